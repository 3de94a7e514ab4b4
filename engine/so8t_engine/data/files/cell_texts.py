"""The text of one cell as LibreOffice keeps it: paragraphs, counted spaces, comments and readings beside it."""

from __future__ import annotations

import re

from so8t_engine.data.files import number_formats, sheet_xml
from so8t_engine.data.files.open_styles import Styles, plain

BLANKS = re.compile(r"[ \t\r\n]+")  # stand for one space, as in a web page
SPACE, TAB, LINE = "\1", "\2", "\3"  # what is meant as such, which XML has none of
MEANT = str.maketrans({SPACE: " ", TAB: "\t", LINE: "\n"})
BESIDE = ("annotation", "ruby-text", "note")  # no part of the text
MOST_SPACES = 1_000


class CellText:
    def __init__(self, name: str, about: dict[str, str], styles: Styles, limit: int) -> None:
        """`about`: its attributes; `limit`: characters that are kept and some more, below 0 none."""
        self.name, self.about, self._styles, self._limit = name, about, styles, limit
        self.comments = 0
        self._path: list[str] = []
        self._beside = self._size = 0
        self._paragraphs: list[list[str]] = []
        self._strikes = False
        self._struck_from: int | None = None  # how deep in the cell that stands which is struck through

    def is_inside(self) -> bool:
        """Whether an element in the cell is open."""
        return bool(self._path)

    def is_empty(self) -> bool:
        """Whether it has neither a text nor a value or a formula."""
        return not self._paragraphs and "value-type" not in self.about and "formula" not in self.about

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._path.append(name)
        self.comments += name == "annotation"
        self._beside += name in BESIDE
        if self._limit < 0 or self._beside:
            return
        if self._path == ["p"]:
            self._paragraphs.append([])
        elif self._path[0] != "p":
            return
        elif name == "s":
            self._hear(SPACE * min(sheet_xml.whole(plain(attributes).get("c"), 1), MOST_SPACES))
        elif name == "tab":
            self._hear(TAB)
        elif name == "line-break":
            self._hear(LINE)
        elif name == "span" and self._styles.is_struck(plain(attributes).get("style-name", "")):
            self._strikes, self._struck_from = True, self._struck_from or len(self._path)

    def end(self, name: str) -> None:
        self._beside -= self._path.pop() in BESIDE
        if self._struck_from is not None and len(self._path) < self._struck_from:
            self._struck_from = None

    def text(self, text: str) -> None:
        if self._path[:1] == ["p"] and not self._beside and self._limit >= 0:
            self._hear(text)

    def shown(self, style: str) -> str:
        """What the sheet shows and does not strike through; a day as ISO writes it."""
        if self._styles.is_struck(style):
            return ""
        text = "\n".join(BLANKS.sub(" ", "".join(parts)).strip(" ") for parts in self._paragraphs).translate(MEANT)
        about = self.about
        if self._strikes:
            return text
        match about.get("value-type"):
            case "boolean":
                return about.get("boolean-value", "").upper()
            case "date":
                return self._styles.day(about.get("date-value", ""), style, text)
            case "float" | "percentage" | "currency":
                return text or number_formats.general(about.get("value", ""))
            case "time":
                return text or about.get("time-value", "")
        return text or about.get("string-value", "")

    def is_uncomputed(self) -> bool:
        """Whether it is a formula whose result nobody has written down."""
        return "formula" in self.about and "value-type" not in self.about

    def is_struck(self, style: str) -> bool:
        return self._strikes or self._styles.is_struck(style)

    def _hear(self, text: str) -> None:
        if self._size <= self._limit and self._struck_from is None:
            self._paragraphs[-1].append(text)
            self._size += len(text)
