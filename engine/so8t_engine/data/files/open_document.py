"""A workbook as LibreOffice keeps it (.ods): its sheets, their rows, as of one of Excel's.

All sheets stand in one part behind each other. It is gone through once for their names, merged cells and comments, and
once more for the rows of one. What a cell repeats is written out, as far as it holds a text.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import IO

from so8t_engine.data.files import cell_texts, sheet_xml
from so8t_engine.data.files.open_styles import Styles, plain
from so8t_engine.data.files.shared_strings import MOST
from so8t_engine.data.files.workbook import MOST_COLUMNS, MOST_FRAME, MOST_ROWS, Merge, Sheet, SheetRow, are_withdrawn
from so8t_engine.sentences import sentence

CONTENT, STYLES, MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
KIND = b"application/vnd.oasis.opendocument.spreadsheet"
LOCKED = "encrypted-package"  # what a password makes of all parts; or of each, as the manifest then says
OF_OTHER_FILES = "ta_extref"  # the style of sheets that are copies of what formulas take from other workbooks
HIDDEN_ROWS = ("collapse", "filter")
MOST_SHEETS = 10_000


def is_one(parts: list[str]) -> bool:
    """By the names of its parts."""
    return "[Content_Types].xml" not in parts and (CONTENT in parts or LOCKED in parts)


class OpenDocument:
    def __init__(self, packed: zipfile.ZipFile) -> None:
        """Raises ValueError with a Sentence, zipfile.BadZipFile, RuntimeError."""
        self._zip = packed
        names = packed.namelist()
        manifest = self._head(MANIFEST) if MANIFEST in names else b""
        if LOCKED in names or b"encryption-data" in manifest:
            raise ValueError(sentence("data.workbook_has_password"))
        if CONTENT not in names or ("mimetype" in names and not self._head("mimetype").startswith(KIND)):
            raise ValueError(sentence("data.no_such_workbook"))
        self._styles = Styles()
        if STYLES in names and packed.getinfo(STYLES).file_size <= MOST_FRAME:
            for _ in sheet_xml.feed(self._open(STYLES), self._styles.start, lambda name: None, lambda text: None):
                pass
        found = _OpenRows(self._styles, None, 0)
        try:
            for _ in self._fed(found):
                pass
        except sheet_xml.Damaged:
            if not found.sheets:
                raise
        self._found = found
        self.sheets = tuple(sheet for sheet in found.sheets if sheet is not None)

    def rows(self, sheet: Sheet, limit: int) -> Iterator[SheetRow]:
        reader = _OpenRows(self._styles, self._found.sheets.index(sheet), limit)
        written = 0
        try:
            for _ in self._fed(reader):
                for row, times in reader.ready:
                    written += times * sum(map(len, row.texts))
                    if written > MOST:
                        raise ValueError(sentence("data.workbook_too_large", bytes=written))
                    yield from (row._replace(number=row.number + more) for more in range(times))
                reader.ready.clear()
                if reader.done:
                    return
        except sheet_xml.Damaged:
            yield from (row._replace(number=row.number + more) for row, times in reader.ready for more in range(times))
            raise

    def comments(self, sheet: Sheet) -> int:
        """How many cells somebody has written a comment on."""
        return self._found.comments[self._found.sheets.index(sheet)]

    def merges(self, sheet: Sheet) -> list[Merge]:
        """Cells merged over several rows, from above."""
        return self._found.merges[self._found.sheets.index(sheet)]

    def _fed(self, reader: _OpenRows) -> Iterator[None]:
        sizes = sheet_xml.feed(self._open(CONTENT), reader.start, reader.end, reader.text)
        return sheet_xml.watched(sizes, reader.has_begun, sentence("data.workbook_damaged", error="XML"))

    def _head(self, part: str) -> bytes:
        with self._zip.open(part) as file:
            return file.read(MOST_FRAME)

    def _open(self, part: str) -> IO[bytes]:
        about = self._zip.getinfo(part)
        if about.file_size > MOST:
            raise ValueError(sentence("data.workbook_too_large", bytes=about.file_size))
        return self._zip.open(about)


class _OpenRows:
    """What the parser says of all sheets: `ready` are rows of the wanted one, and how often each stands there."""

    def __init__(self, styles: Styles, wanted: int | None, limit: int) -> None:
        """`wanted`: the number of the sheet; None: of none, but what all of them are."""
        self._styles, self._wanted, self._limit = styles, wanted, limit
        self.sheets: list[Sheet | None] = []  # None stands for what is no sheet of this workbook
        self.merges: list[list[Merge]] = []
        self.comments: list[int] = []
        self.ready: list[tuple[SheetRow, int]] = []
        self.done = False
        self._began = self._in_sheet = False
        self._columns: list[tuple[int, str]] = []  # up to which column, the style of its cells
        self._row: dict[str, str] = {}
        self._number = self._times = 0
        self._texts: list[str] = []
        self._column = self._size = self._uncomputed = self._struck = 0
        self._withdrawn: list[int] = []
        self._cell: cell_texts.CellText | None = None

    def has_begun(self) -> bool:
        """Whether a row has begun since this was asked last."""
        began, self._began = self._began, False
        return began

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._cell is not None:
            self._cell.start(name, attributes)
        elif not self._in_sheet:
            if name == "table":
                self._begin_sheet(plain(attributes))
            else:
                self._styles.start(name, attributes)
        elif name == "table-column":
            about = plain(attributes)
            end = (self._columns[-1][0] if self._columns else 0) + _times(about, "number-columns-repeated")
            self._columns.append((end, about.get("default-cell-style-name", "")))
        elif name == "table-row":
            self._row = plain(attributes)
            self._times, self._began = _times(self._row, "number-rows-repeated"), True
            self._texts, self._column, self._size, self._uncomputed, self._struck = [], 0, 0, 0, 0
            self._withdrawn = []
        elif name in ("table-cell", "covered-table-cell"):
            hears = self._is_wanted() and self._size <= self._limit
            self._cell = cell_texts.CellText(name, plain(attributes), self._styles, self._limit if hears else -1)

    def end(self, name: str) -> None:
        if self._cell is not None:
            if self._cell.is_inside():
                self._cell.end(name)
            else:
                self._end_cell(self._cell)
                self._cell = None
        elif name == "table-row":
            self._end_row()
        elif name == "table" and self._in_sheet:
            self._in_sheet = False
            self.done = self._is_wanted()

    def text(self, text: str) -> None:
        if self._cell is not None:
            self._cell.text(text)

    def _is_wanted(self) -> bool:
        return self._wanted == len(self.sheets) - 1

    def _begin_sheet(self, about: dict[str, str]) -> None:
        style = about.get("style-name", "")
        if len(self.sheets) == MOST_SHEETS:
            raise ValueError(sentence("data.workbook_damaged", error=f"table {MOST_SHEETS + 1}"))
        sheet = Sheet(about.get("name", ""), CONTENT, style in self._styles.hidden)
        self.sheets.append(sheet if sheet.name and style != OF_OTHER_FILES else None)  # of a DDE link it has no name
        self.merges.append([])
        self.comments.append(0)
        self._in_sheet, self._columns, self._number = True, [], 1

    def _end_cell(self, cell: cell_texts.CellText) -> None:
        times = _times(cell.about, "number-columns-repeated")
        at, self._column = self._column, self._column + times
        self.comments[-1] += cell.comments
        if self._wanted is None:
            if (spanned := _times(cell.about, "number-rows-spanned")) > 1:
                self.merges[-1].append(Merge(self._number, at, self._number + spanned - 1))
            return
        if not self._is_wanted() or cell.name != "table-cell":
            return
        if cell.is_empty():
            return
        style = cell.about.get("style-name") or self._row.get("default-cell-style-name") or self._style_of(at)
        text = cell.shown(style)
        struck = cell.is_struck(style)
        self._uncomputed += not text and not struck and cell.is_uncomputed()
        self._struck += struck
        self._withdrawn += [*range(at, min(at + times, MOST_COLUMNS))] if struck and not text.strip() else []
        self._size += len(text) * times
        if text and self._size <= self._limit:
            if self._column > MOST_COLUMNS:
                raise ValueError(sentence("data.workbook_damaged", error=f"column {self._column}"))
            self._texts += [""] * (at - len(self._texts)) + [text] * times

    def _style_of(self, column: int) -> str:
        return next((style for end, style in self._columns if column < end), "")

    def _end_row(self) -> None:
        number, self._number = self._number, self._number + self._times
        too_long = self._size > self._limit
        if self._is_wanted() and (self._texts or too_long or self._uncomputed or self._struck):
            if self._number - 1 > MOST_ROWS:
                raise ValueError(sentence("data.workbook_damaged", error=f"row {self._number - 1}"))
            texts = [] if too_long or are_withdrawn(self._texts, len(self._withdrawn)) else self._texts
            hidden = self._row.get("visibility") in HIDDEN_ROWS
            row = SheetRow(number, texts, hidden, self._uncomputed, self._struck, too_long, tuple(self._withdrawn))
            self.ready.append((row, self._times))


def _times(about: dict[str, str], name: str) -> int:
    return max(1, sheet_xml.whole(about.get(name), 1))
