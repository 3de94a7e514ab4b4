"""Small workbooks of LibreOffice's (.ods), written part by part."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office", "style": "style", "text": "text", "table": "table", "fo": "xsl-fo-compatible",
        "number": "datastyle", "draw": "drawing", "manifest": "manifest",
    }.items()
)  # fmt: skip
KIND = "application/vnd.oasis.opendocument.spreadsheet"


def cell(text: str, attributes: str = "") -> str:
    """A text, of several lines a paragraph each."""
    if not text:
        return f"<table:table-cell {attributes}/>"
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell office:value-type="string" {attributes}>{lines}</table:table-cell>'


def row(*texts: str, attributes: str = "") -> str:
    """With all the empty cells to the last column that a sheet has, as LibreOffice writes them."""
    cells = "".join(map(cell, texts))
    rest = f'<table:table-cell table:number-columns-repeated="{16_384 - len(texts)}"/>'
    return f"<table:table-row {attributes}>{cells}{rest}</table:table-row>"


def gap(count: int) -> str:
    return row(attributes=f'table:number-rows-repeated="{count}"')


def table(*rows: Sequence[str]) -> str:
    return "".join(row(*texts) for texts in rows) + gap(1_048_576 - len(rows))


def sheet(name: str, rows: str, style: str = "ta1", columns: str = "") -> str:
    """`columns`: the `table:table-column` elements in front of the rows."""
    return (
        f"<table:table table:name={quoteattr(name)} table:style-name={quoteattr(style)}>{columns}{rows}</table:table>"
    )


def write(
    path: Path,
    sheets: str,
    *,
    styles: str = "",
    common: str = "",
    kind: str = KIND,
    head: str = "",
    manifest: str = "",
) -> Path:
    """`sheets`: of `sheet`; `styles`: automatic ones, `common`: those of styles.xml; `head`: in front of the XML;
    `manifest`: what it says of content.xml.
    """
    hidden = '<style:table-properties table:display="false"/>'
    automatic = f'<style:style style:name="ta2" style:family="table">{hidden}</style:style>{styles}'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", kind, zipfile.ZIP_STORED)
        archive.writestr(
            "styles.xml",
            f"<office:document-styles {SPACES}><office:styles>{common}</office:styles></office:document-styles>",
        )
        archive.writestr(
            "content.xml",
            f"{head}<office:document-content {SPACES}><office:automatic-styles>{automatic}"
            f"</office:automatic-styles><office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>",
        )
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest {SPACES}><manifest:file-entry manifest:full-path="content.xml">{manifest}'
            "</manifest:file-entry></manifest:manifest>",
        )
    return path
