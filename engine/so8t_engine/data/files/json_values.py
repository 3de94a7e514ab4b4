"""The values of a JSON text one after another, however it is laid out and however long it is, in flat memory.

Python's own decoder reads each value, so that a value is what `json.loads` would make of it (large numbers, NaN,
lone surrogates); only as much text is held as the value needs.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import IO, Any

from so8t_engine.sentences import sentence

CHUNK = 1 << 18  # bytes that are read at once
MOST = 1 << 30  # characters of one value
NEAR = 16  # an error so near to the end of the text there is may only mean that the rest is missing
SPACE = re.compile(r"[\s\ufeff]*")

_decoder = json.JSONDecoder()


class JsonValues:
    """Raises ValueError with a Sentence, naming the line, where the text is not JSON or not UTF-8."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._utf8 = codecs.getincrementaldecoder("utf-8")()
        self._text, self._at = "", 0
        self._lines, self._bytes = 0, 0  # in front of `_text`
        self._ended = False

    def peek(self) -> str:
        """The next character that is no white space; empty at the end."""
        while True:
            match = SPACE.match(self._text, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._text) or not self._more():
                return self._text[self._at : self._at + 1]

    def skip(self, mark: str) -> bool:
        """Passes over `mark`, where it comes next."""
        found = self.peek() == mark
        self._at += found
        return found

    def expect(self, mark: str) -> None:
        if not self.skip(mark):
            raise self._wrong(f"Expecting '{mark}'", self._at)

    def value(self) -> Any:
        """The next value, whole."""
        self.peek()
        while True:
            try:
                value, end = _decoder.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if not (self._cut(error) and len(self._text) - self._at < MOST and self._more()):
                    raise self._wrong(error.msg, error.pos) from error
            except RecursionError as error:
                raise ValueError(sentence("data.nested_too_deeply")) from error
            else:
                if end == len(self._text) and self._more():  # a number may go on
                    continue
                self._at = end
                return value

    def begins_well(self, most: int) -> bool:
        """Whether the next value is whole, or not yet at its end after `most` characters. Nothing is passed over."""
        self.peek()
        while True:
            try:
                _decoder.raw_decode(self._text, self._at)
                return True
            except json.JSONDecodeError as error:
                if not self._cut(error):
                    return False
                if len(self._text) - self._at > most:
                    return True
                if not self._more():
                    return False
            except RecursionError:
                return False

    def items(self) -> Iterator[Any]:
        """What is left of the array whose `[` was passed over."""
        if self.skip("]"):
            return
        while True:
            yield self.value()
            if not self.skip(","):
                self.expect("]")
                return
            if self.skip("]"):  # a comma behind the last one: many write it by hand
                return

    def _cut(self, error: json.JSONDecodeError) -> bool:
        """Whether the error may only mean that the rest of the text is not there yet."""
        return error.pos >= len(self._text) - NEAR or error.msg.startswith(("Unterminated", "Invalid \\u"))

    def _more(self) -> bool:
        """Reads on, as much as there is already; False at the end."""
        if self._ended:
            return False
        self._lines += self._text.count("\n", 0, self._at)
        self._text, self._at = self._text[self._at :], 0
        data = self._file.read(max(CHUNK, len(self._text)))
        self._ended, pending = not data, len(self._utf8.getstate()[0])  # of a character that is not whole yet
        try:
            self._text += self._utf8.decode(data, final=self._ended)
        except UnicodeDecodeError as error:
            raise ValueError(sentence("data.document_not_utf8", byte=self._bytes - pending + error.start)) from error
        self._bytes += len(data)
        return not self._ended

    def _wrong(self, what: str, place: int) -> ValueError:
        line = self._lines + self._text.count("\n", 0, place) + 1
        return ValueError(sentence("data.document_not_json", line=line, error=what))
