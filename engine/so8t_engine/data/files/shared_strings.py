"""The texts of a workbook that its cells name by number: read as far as one is asked for, kept on the disk."""

from __future__ import annotations

import re
import tempfile
from array import array
from typing import IO

from so8t_engine.data.files import sheet_xml

ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # characters that XML does not have
MOST = 4 << 30  # bytes of XML
RECENT = 20_000  # texts that are held in memory


class SharedStrings:
    def __init__(self, part: IO[bytes] | None, limit: int) -> None:
        """`limit`: of a text, so many characters are kept and one more."""
        self._ends = array("Q", [0])
        self._kept = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the workbook
        self._limit = limit
        self._run: list[str] = []
        self._size = 0
        self._ready: list[str] = []
        self._in_text = self._in_phonetic = self._strikes = False
        self.struck: set[int] = set()  # the numbers of those that are struck through in part
        self._pieces = iter(()) if part is None else sheet_xml.feed(part, self._start, self._end, self._text)
        self._recent: dict[int, str] = {}

    def __getitem__(self, number: int) -> str:
        """Empty where there is none of that number."""
        known = self._recent.get(number)
        if known is not None:
            return known
        while number + 1 >= len(self._ends):
            if next(self._pieces, None) is None:
                return ""
            self._keep()
        at, end = self._ends[number], self._ends[number + 1]
        self._kept.seek(at)
        text = self._kept.read(end - at).decode(errors="surrogatepass")
        self._remember(number, text)
        return text

    def close(self) -> None:
        self._kept.close()

    def _remember(self, number: int, text: str) -> None:
        if len(self._recent) == RECENT:
            self._recent.clear()
        self._recent[number] = text

    def _keep(self) -> None:
        self._kept.seek(self._ends[-1])
        for text in self._ready:
            data = text.encode(errors="surrogatepass")
            self._kept.write(data)
            self._remember(len(self._ends) - 1, text)
            self._ends.append(self._ends[-1] + len(data))
        self._ready.clear()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self._run, self._size, self._strikes = [], 0, False
        elif name == "r":
            self._strikes = False
        elif name == "t":
            self._in_text = not self._in_phonetic
        elif name == "rPh":  # how to read it aloud
            self._in_phonetic = True
        elif name == "strike" and sheet_xml.is_on(attributes):
            self._strikes = True
            self.struck.add(len(self._ends) - 1 + len(self._ready))

    def _end(self, name: str) -> None:
        if name == "t":
            self._in_text = False
        elif name == "rPh":
            self._in_phonetic = False
        elif name == "si":
            self._ready.append(unescaped("".join(self._run)))

    def _text(self, text: str) -> None:
        if self._in_text and not self._strikes and self._size <= self._limit:
            self._run.append(text[: self._limit + 1 - self._size])
            self._size += len(text)


def unescaped(text: str) -> str:
    return ESCAPED.sub(_character, text) if "_x" in text else text


def _character(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return found[0] if 0xD800 <= code < 0xE000 else chr(code)
