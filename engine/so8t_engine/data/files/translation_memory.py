"""A translation memory (.tmx) as rows: a column for each language, the one translated from first.

What a `prop` says of a unit's or a translation's state (approved, rejected, draft) is the column `status`.
What stands in a segment for a program's own formatting (`bpt`, `ept`, `ph`, `it`, `ut`) is no text.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import IO

from so8t_engine.data.adapters.judged import verdict_values
from so8t_engine.data.drop_reasons import TOO_LONG
from so8t_engine.data.files import sheet_xml
from so8t_engine.data.files.row_readers import BadRow, RawRow, row

CODES = ("bpt", "ept", "ph", "it", "ut")
STATE = re.compile(  # what a prop is called that says how far a translation has come
    r"(?i)(?:.*[_.:-])?(?:status|state|confirmation_?level|(?P<done>confirmed|approved)|approval|review|quality|verdict"
    r"|zustand|statut|estado|stato|ステータス|状態)(?::\w+)?"
)
COLUMN, NOT_DONE = "status", "not approved"
HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])")  # RejectedTranslation
LONGEST = 40  # characters of a state
ANY = "*all*"  # the header's word for no language in particular


def rows(file: IO[bytes], limit: int, skip: int) -> Iterator[RawRow | BadRow]:
    """Those behind number `skip`; of a unit with several translations into one language a row for each.

    Raises ValueError with a Sentence.
    """
    units = _Units(limit)
    number = 0
    for at, unit in sheet_xml.items(file, units.ready, units.start, units.end, units.text, "tu"):
        for value in _each(unit) if unit is not None else [None]:
            number += 1
            if number > skip:
                yield BadRow(number, "item", at, TOO_LONG) if value is None else row(value, number, "item", at)


def _each(unit: dict[str, list[str]]) -> Iterator[dict[str, str]]:
    most = max(map(len, unit.values()), default=0)
    for number in range(most):
        yield {language: texts[min(number, len(texts) - 1)] for language, texts in unit.items()}


class _Units:
    """What the parser says of the units: those of the last piece are `ready`, by their number; None: too long."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self.ready: list[tuple[int, dict[str, list[str]] | None]] = []
        self._counted = itertools.count(1)
        self._source = self._of_all = self._language = ""
        self._found: dict[str, list[str]] = {}
        self._heard: list[str] = []
        self._size = self._in_code = 0
        self._hears = False
        self._done = self._state = ""
        self._noted: list[str] | None = None  # by a prop that is read

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "header":
            self._of_all = _language(attributes.get("srclang", ""))
        elif name == "tu":
            self._source = _language(attributes.get("srclang", "")) or self._of_all
            self._found, self._size, self._state = {}, 0, ""
        elif name == "prop" and (called := STATE.fullmatch(attributes.get("type", "").strip())):
            self._done, self._noted = called["done"] or "", []
        elif name == "tuv":
            self._language = _language(sheet_xml.attribute(attributes, "lang") or "")
        elif name == "seg":
            self._hears, self._heard = True, []
        elif self._hears:
            self._in_code += name in CODES

    def end(self, name: str) -> None:
        if name == "seg":
            self._hears, self._in_code = False, 0
            text = "".join(self._heard).strip()
            if text and self._language:
                self._found.setdefault(self._language, []).append(text)
        elif name == "prop" and self._noted is not None:
            said = _state(self._done, "".join(self._noted).strip())
            self._state = said if not self._state or verdict_values.stated(said) else self._state
            self._noted = None
        elif name == "tu":
            first = next((language for language in self._found if _is_of(language, self._source)), None)
            unit = {first: self._found.pop(first), **self._found} if first is not None else self._found
            if self._state and unit:
                unit = {**unit, COLUMN: [self._state]}
            self.ready.append((next(self._counted), None if self._size > self._limit else unit))
        elif self._hears:
            self._in_code -= name in CODES

    def text(self, text: str) -> None:
        if self._noted is not None and sum(map(len, self._noted)) <= LONGEST:
            self._noted.append(text)
        if self._hears and not self._in_code and self._size <= self._limit:
            self._heard.append(text)
            self._size += len(text)


def _state(done: str, said: str) -> str:
    """What a prop says, in words that are known: the first of RejectedTranslation; of yes and no what that means.

    `done`: what it is called if it says whether a translation is done.
    """
    if done:
        return NOT_DONE if verdict_values.finding("answer", said) else done.lower()
    words = HUMPS.sub(" ", said)
    return words.partition(" ")[0] if words != said else said


def _language(name: str) -> str:
    """As it is written everywhere, en-US and zh-Hant, whatever a program makes of it."""
    first, *more = re.split("[-_]", name.strip())
    shown = [part.title() if len(part) == 4 else part.upper() for part in more]
    return "-".join([first.lower(), *shown]) if name != ANY else ""


def _is_of(language: str, source: str) -> bool:
    """Whether it is that one, or one of its countries: en is en-US."""
    return bool(source) and (language == source or language.partition("-")[0] == source.partition("-")[0])
