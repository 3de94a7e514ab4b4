"""The styles of a workbook of LibreOffice's: which sheets are hidden, what is struck through, how days are shown."""

from __future__ import annotations

import datetime

from so8t_engine.data.files import number_formats

CODES = {"year": "yyyy", "month": "mm", "day": "dd", "hours": "hh", "minutes": "mm", "seconds": "ss"}  # as Excel's
SINCE = datetime.datetime(1899, 12, 30)


class Styles:
    def __init__(self) -> None:
        self.hidden: set[str] = set()  # styles of sheets
        self._struck: set[str] = set()
        self._parents: dict[str, str] = {}
        self._days: dict[str, str] = {}  # style -> name of its format
        self._codes: dict[str, list[str]] = {}  # format -> its parts
        self._style = self._format = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """What the parser says."""
        if name == "style":
            about = plain(attributes)
            self._style, self._format = about.get("name", ""), ""
            self._parents[self._style] = about.get("parent-style-name", "")
            if "data-style-name" in about:
                self._days[self._style] = about["data-style-name"]
        elif name == "text-properties" and self._style:
            about = plain(attributes)
            line = about.get("text-line-through-style") or about.get("text-line-through-type") or "none"
            if line != "none":
                self._struck.add(self._style)
        elif name == "table-properties" and plain(attributes).get("display") == "false":
            self.hidden.add(self._style)
        elif name == "date-style":
            self._format, self._style = plain(attributes).get("name", ""), ""
            self._codes[self._format] = []
        elif name.endswith("-style"):
            self._format = self._style = ""
        elif self._format and name in CODES:
            is_word = name == "month" and plain(attributes).get("textual") == "true"
            self._codes[self._format].append("mmm" if is_word else CODES[name])

    def is_struck(self, style: str) -> bool:
        return any(one in self._struck for one in self._lineage(style))

    def day(self, value: str, style: str, text: str) -> str:
        """A day, as ISO writes it, hours behind it; of a format without a year or day what it shows."""
        try:
            moment = datetime.datetime.fromisoformat(value.partition(".")[0])
        except ValueError:
            return text
        known = (self._codes.get(self._days.get(one, "")) for one in self._lineage(style))
        code = " ".join(next((code for code in known if code), []))
        if not code:
            return moment.isoformat(" ").removesuffix(" 00:00:00")
        if "月" in text:
            code += ' "月"'
        return number_formats.shown(code, False)(str((moment - SINCE) / datetime.timedelta(days=1)))

    def _lineage(self, style: str) -> list[str]:
        found: list[str] = []
        while style and style not in found:
            found.append(style)
            style = self._parents.get(style, "")
        return found


def plain(attributes: dict[str, str]) -> dict[str, str]:
    """By their names without the prefix, of two alike the first."""
    return {name.rpartition(":")[2]: value for name, value in reversed(attributes.items())}
