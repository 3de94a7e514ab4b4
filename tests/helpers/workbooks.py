"""Small workbooks (.xlsx), written part by part as one program or another writes them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def cell(place: str, text: str) -> str:
    """A text inside the sheet, as Google Sheets' and many programs' exports have them."""
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def row(number: int, *texts: str, hidden: bool = False) -> str:
    cells = "".join(cell(f"{chr(65 + place)}{number}", text) for place, text in enumerate(texts) if text)
    return f'<row r="{number}"{" hidden=" + quoteattr("1") if hidden else ""}>{cells}</row>'


def table(*rows: Sequence[str]) -> str:
    return "".join(row(number, *texts) for number, texts in enumerate(rows, 1))


def write(
    path: Path,
    sheets: Mapping[str, str],
    *,
    merged: Mapping[str, Sequence[str]] = {},
    hidden: Sequence[str] = (),
    strings: Sequence[str] = (),
    formats: Sequence[str] = (),
    since_1904: bool = False,
    absolute: bool = False,
    head: str = "",
    struck: Sequence[int] = (),
    comments: Sequence[str] = (),
) -> Path:
    """`sheets`: the rows of each; `strings`: shared ones, as XML inside `si`; `formats`: of styles 1, 2, ...

    `absolute`: parts are named from the root; `head`: stands in front of each sheet's XML; `struck`: of the styles
    those that strike through; `comments`: the cells of the first sheet that have one.
    """
    root = "/xl/" if absolute else ""
    states = {name: ' state="hidden"' if name in hidden else "" for name in sheets}
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}"{states[name]} r:id="s{number}"/>'
        for number, name in enumerate(sheets, 1)
    )
    relations = "".join(
        f'<Relationship Id="s{number}" Type="{RELATED}/worksheet" Target="{root}worksheets/sheet{number}.xml"/>'
        for number in range(1, len(sheets) + 1)
    )
    for kind in ("styles", "sharedStrings"):
        relations += f'<Relationship Id="{kind}" Type="{RELATED}/{kind}" Target="{root}{kind}.xml"/>'
    codes = "".join(f'<numFmt numFmtId="{164 + n}" formatCode={quoteattr(c)}/>' for n, c in enumerate(formats))
    used = "".join(f'<xf numFmtId="{164 + n}" fontId="{int(n + 1 in struck)}"/>' for n in range(len(formats)))
    fonts = '<fonts><font><strike val="0"/></font><font><strike/></font></fonts><dxfs><dxf><font/></dxf></dxfs>'
    date = '<workbookPr date1904="1"/>' if since_1904 else ""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}">'
            f'<Relationship Id="w" Type="{RELATED}/officeDocument" Target="{root or "xl/"}workbook.xml"/>'
            "</Relationships>",
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}">{date}<sheets>{listed}</sheets></workbook>',
        )
        archive.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{PACKAGE}">{relations}</Relationships>')
        archive.writestr(
            "xl/styles.xml",
            f'<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts>{fonts}'
            '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
            f"<cellXfs><xf/>{used}</cellXfs></styleSheet>",
        )
        archive.writestr(
            "xl/sharedStrings.xml",
            f'<sst xmlns="{MAIN}">{"".join(f"<si>{one}</si>" for one in strings)}</sst>',
        )
        if comments:
            listed = "".join(f'<comment ref="{cell}"/>' for cell in comments)
            archive.writestr(
                "xl/comments1.xml", f'<comments xmlns="{MAIN}"><commentList>{listed}</commentList></comments>'
            )
            archive.writestr(
                "xl/worksheets/_rels/sheet1.xml.rels",
                f'<Relationships xmlns="{PACKAGE}">'
                f'<Relationship Id="c" Type="{RELATED}/comments" Target="../comments1.xml"/></Relationships>',
            )
        for number, (name, rows) in enumerate(sheets.items(), 1):
            cells = "".join(f'<mergeCell ref="{one}"/>' for one in merged.get(name, ()))
            more = f"<mergeCells>{cells}</mergeCells>" if cells else ""
            archive.writestr(
                f"xl/worksheets/sheet{number}.xml",
                f'{head}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{more}</worksheet>',
            )
    return path
