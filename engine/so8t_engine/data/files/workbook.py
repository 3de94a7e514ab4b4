"""A workbook of Excel's (.xlsx, .xlsm), also as LibreOffice and Google Sheets write it: its sheets, their rows.

Rows are read one after another, as what the sheet shows; nothing of it is ever unpacked to a file by its name.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, NamedTuple

from so8t_engine.data.files import number_formats, sheet_xml
from so8t_engine.data.files.number_formats import BUILT_IN, Show
from so8t_engine.data.files.shared_strings import MOST, SharedStrings, unescaped
from so8t_engine.data.files.sheet_xml import attribute
from so8t_engine.sentences import sentence

MOST_FRAME = 64 << 20  # bytes of a part that is held whole
MOST_COLUMNS, MOST_ROWS = 16_384, 1_048_576
COLUMN = re.compile(r"([A-Z]{1,3})(\d+)")
MERGED = re.compile(rb"<(?:\w+:)?mergeCell [^>]*?ref=[\"']([A-Z]{1,3}\d+):([A-Z]{1,3}\d+)[\"']")


class Sheet(NamedTuple):
    name: str
    part: str
    hidden: bool


class SheetRow(NamedTuple):
    """`number`: as Excel counts; `uncomputed`: formulas whose result nobody has written down; `struck`: texts that are
    struck through, be it in part; `withdrawn`: the columns of those that are so as a whole.
    """

    number: int
    texts: list[str]
    hidden: bool
    uncomputed: int
    struck: int
    too_long: bool
    withdrawn: tuple[int, ...] = ()


class Merge(NamedTuple):
    """Rows and columns from 0 for columns, from 1 for rows, as in SheetRow."""

    row: int
    column: int
    last_row: int


@dataclass(frozen=True)
class Frame:
    sheets: tuple[Sheet, ...]
    strings: str | None
    styles: tuple[Show, ...]
    struck: frozenset[int]  # the styles that strike a text through


class Workbook:
    def __init__(self, packed: zipfile.ZipFile) -> None:
        """Raises ValueError with a Sentence, zipfile.BadZipFile, RuntimeError (a password)."""
        self._zip = packed
        self._names = {name.lower(): name for name in self._zip.namelist()}
        main = next((target for kind, target in self._related("") if kind == "officeDocument"), "xl/workbook.xml")
        if main.lower().endswith(".bin") or main.lower() not in self._names:
            raise ValueError(sentence("data.no_such_workbook"))
        self._since_1904 = False
        self._about = self._frame(main)
        self.sheets = self._about.sheets

    def rows(self, sheet: Sheet, limit: int) -> Iterator[SheetRow]:
        strings = SharedStrings(self._open(self._about.strings) if self._about.strings else None, limit)
        reader = _Rows(strings, self._about, limit)
        try:
            sizes = sheet_xml.feed(self._open(sheet.part), reader.start, reader.end, reader.text)
            damaged = sentence("data.workbook_damaged", error="XML")
            for _ in sheet_xml.watched(sizes, lambda: bool(reader.ready), damaged):
                yield from reader.ready
                reader.ready.clear()
                if reader.done:
                    return
        except sheet_xml.Damaged:
            yield from reader.ready
            raise
        finally:
            strings.close()

    def comments(self, sheet: Sheet) -> int:
        """How many cells somebody has written a comment on."""
        found: list[str] = []

        def start(name: str, attributes: dict[str, str]) -> None:
            if name in ("comment", "threadedComment"):
                found.append(attributes.get("ref", ""))

        for kind, part in self._related(sheet.part):
            if kind in ("comments", "threadedComment") and part.lower() in self._names:
                self._whole(part, start)
        return len(set(found))

    def merges(self, sheet: Sheet) -> list[Merge]:
        """Cells merged over several rows, from above. They stand behind the rows."""
        found: list[Merge] = []
        rest = b""
        with self._open(sheet.part) as part:
            while data := part.read(sheet_xml.PIECE):
                rest += data
                for first, last in MERGED.findall(rest):
                    column, row = place(first.decode())
                    last_row = place(last.decode())[1]
                    if last_row > row:
                        found.append(Merge(row, column, last_row))
                rest = rest[rest.rfind(b">") + 1 :][-4096:]
        return sorted(found)

    def _frame(self, main: str) -> Frame:
        sheets: list[tuple[str, str, bool]] = []

        def start(name: str, attributes: dict[str, str]) -> None:
            if name == "sheet":
                state = attributes.get("state", "visible")
                sheets.append((attributes.get("name", ""), attribute(attributes, "id") or "", state != "visible"))
            elif name == "workbookPr":
                self._since_1904 = attributes.get("date1904") in ("1", "true")

        self._whole(main, start)
        parts = {name: (kind, target) for name, kind, target in self._relations(main)}
        tables = [
            Sheet(name, parts[related][1], hidden)
            for name, related, hidden in sheets
            if related in parts and parts[related][0] == "worksheet" and parts[related][1].lower() in self._names
        ]
        of_kind = {kind: target for kind, target in self._related(main) if target.lower() in self._names}
        styles = of_kind.get("styles")
        shows, struck = self._styles(styles) if styles else ((), frozenset[int]())
        return Frame(tuple(tables), of_kind.get("sharedStrings"), shows, struck)

    def _styles(self, part: str) -> tuple[tuple[Show, ...], frozenset[int]]:
        codes: dict[int, str] = {}
        used: list[int] = []
        fonts: list[int] = []
        struck: list[bool] = []  # of the fonts
        inside = [""]

        def start(name: str, attributes: dict[str, str]) -> None:
            if name == "numFmt":
                codes[sheet_xml.whole(attributes.get("numFmtId"), -1)] = attributes.get("formatCode", "")
            elif name in ("fonts", "cellXfs", "cellStyleXfs", "dxfs"):
                inside[0] = name
            elif name == "font" and inside[0] == "fonts":
                struck.append(False)
            elif name == "strike" and inside[0] == "fonts":
                struck[-1:] = [sheet_xml.is_on(attributes)]
            elif name == "xf" and inside[0] == "cellXfs":
                used.append(sheet_xml.whole(attributes.get("numFmtId"), 0))
                fonts.append(sheet_xml.whole(attributes.get("fontId"), 0))

        self._whole(part, start)
        known = [codes.get(number) or BUILT_IN.get(number) for number in used]
        shows = (number_formats.shown(code, self._since_1904) if code else number_formats.general for code in known)
        return tuple(shows), frozenset(at for at, font in enumerate(fonts) if font < len(struck) and struck[font])

    def _related(self, part: str) -> list[tuple[str, str]]:
        return [(kind, target) for _, kind, target in self._relations(part)]

    def _relations(self, part: str) -> list[tuple[str, str, str]]:
        """(id, kind, the part's name) of what one refers to, be it by a path from the root or from itself."""
        folder, name = posixpath.split(part)
        found: list[tuple[str, str, str]] = []

        def start(name: str, attributes: dict[str, str]) -> None:
            if name == "Relationship" and attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))
                kind = attributes.get("Type", "").rpartition("/")[2]
                found.append((attributes.get("Id", ""), kind, target.lstrip("/")))

        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations.lower() in self._names:
            self._whole(relations, start)
        return found

    def _whole(self, part: str, start: sheet_xml.Start) -> None:
        if self._zip.getinfo(self._names[part.lower()]).file_size > MOST_FRAME:
            raise ValueError(sentence("data.workbook_damaged", error=part))
        for _ in sheet_xml.feed(self._open(part), start, lambda name: None, lambda text: None):
            pass

    def _open(self, part: str) -> IO[bytes]:
        about = self._zip.getinfo(self._names[part.lower()])
        if about.file_size > MOST:
            raise ValueError(sentence("data.workbook_too_large", bytes=about.file_size))
        return self._zip.open(about)


class _Rows:
    """What the parser says of a sheet, as rows: those of the last piece are `ready`."""

    def __init__(self, strings: SharedStrings, frame: Frame, limit: int) -> None:
        self._strings, self._styles, self._struck_styles, self._limit = strings, frame.styles, frame.struck, limit
        self.ready: list[SheetRow] = []
        self.done = False
        self._number = 0
        self._cell: dict[str, str] = {}
        self._texts: list[str] = []
        self._heard: list[str] = []
        self._size = self._column = self._uncomputed = self._struck = 0
        self._hears = self._phonetic = self._formula = self._hidden = self._valued = self._strikes = False
        self._run_strikes = False
        self._withdrawn: list[int] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._cell, self._heard = attributes, []
            self._formula = self._valued = self._strikes = self._run_strikes = False
            named = attributes.get("r")
            self._column = place(named)[0] if named else self._column + 1
            if self._column >= MOST_COLUMNS:
                raise ValueError(sentence("data.workbook_damaged", error=named or "c"))
        elif name == "v":
            self._hears = True
            self._valued = self._cell.get("t", "n") != "n"  # a text may be empty, a number not
        elif name == "t":
            self._hears = not self._phonetic
        elif name == "f":
            self._formula = True
        elif name == "rPh":
            self._phonetic = True
        elif name == "r":
            self._run_strikes = False
        elif name == "strike":
            self._run_strikes = sheet_xml.is_on(attributes)
            self._strikes = self._strikes or self._run_strikes
        elif name == "row":
            number = attributes.get("r", "")
            self._number = int(number) if number.isdecimal() else self._number + 1
            if self._number > MOST_ROWS:
                raise ValueError(sentence("data.workbook_damaged", error=f"row {number}"))
            self._texts, self._column, self._size, self._uncomputed, self._struck = [], -1, 0, 0, 0
            self._withdrawn = []
            self._hidden = attributes.get("hidden") in ("1", "true")

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self._hears = False
        elif name == "c":
            heard = "".join(self._heard)
            text = self._shown(heard)
            self._uncomputed += self._formula and not (self._valued or self._heard)
            struck = bool(text or self._strikes or self._heard) and self._is_struck()
            if struck:
                text = "" if self._style() in self._struck_styles else text.strip()
            self._size += len(text) - len(heard)
            self._struck += struck
            self._withdrawn += [self._column] if struck and not text.strip() else []
            if text:
                self._texts += [""] * (self._column - len(self._texts))
                self._texts[self._column :] = [text]
        elif name == "rPh":
            self._phonetic = False
        elif name == "row":
            too_long = self._size > self._limit
            texts = [] if too_long or are_withdrawn(self._texts, len(self._withdrawn)) else self._texts
            if texts or too_long or self._uncomputed or self._struck:
                counts = (self._hidden, self._uncomputed, self._struck)
                self.ready.append(SheetRow(self._number, texts, *counts, too_long, tuple(self._withdrawn)))
        elif name == "sheetData":
            self.done = True

    def text(self, text: str) -> None:
        if self._hears and not self._run_strikes and self._size <= self._limit:
            self._heard.append(text)
            self._size += len(text)

    def _shown(self, value: str) -> str:
        kind = self._cell.get("t", "n")
        if kind == "s":
            number = sheet_xml.whole(value, -1)
            return self._strings[number] if number >= 0 else ""
        if kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(value, value.upper())
        if kind == "d":
            return value.removesuffix("T00:00:00").replace("T", " ")
        if kind != "n":
            return unescaped(value)
        at = self._style()
        return (self._styles[at] if at < len(self._styles) else number_formats.general)(value) if value else ""

    def _style(self) -> int:
        return sheet_xml.whole(self._cell.get("s"), 0)

    def _is_struck(self) -> bool:
        number = "".join(self._heard) if self._cell.get("t") == "s" else ""
        in_part = sheet_xml.whole(number, -1) in self._strings.struck
        return self._strikes or in_part or self._style() in self._struck_styles


def are_withdrawn(texts: Sequence[str], struck: int) -> bool:
    """Whether as many cells of a row or more are struck through as are not: nothing in it holds any more."""
    return struck > 0 and sum(map(bool, map(str.strip, texts))) <= struck


def place(name: str) -> tuple[int, int]:
    """(column from 0, row from 1) of C7."""
    found = COLUMN.fullmatch(name)
    if found is None:
        raise ValueError(sentence("data.workbook_damaged", error=name[:20]))
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return column - 1, int(found[2])
