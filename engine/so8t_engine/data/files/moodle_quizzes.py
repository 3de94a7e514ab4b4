"""Quizzes as Moodle exports them in XML, as rows: choices, short answers, numbers, true or false, pairs to be matched.

What explains the right answer is its thought. Free texts (whose notes are for who marks them), gaps within a text and
numbers that are computed anew each time have no answer.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO

from so8t_engine.data.drop_reasons import TOO_LONG
from so8t_engine.data.files import gift, sheet_xml
from so8t_engine.data.files.row_readers import BadRow, RawRow, row
from so8t_engine.data.texts import markup

QUESTION, MATCHES = "question", "subquestion"
NO_QUESTION = ("category", "description", "random", "randomsamatch")
BASE64 = "file"  # a picture as it is
STORED = "@@PLUGINFILE@@"
PAGES = ("html", "moodle_auto_format", "")
HTML = re.compile(r"</?[A-Za-z][^<>]*>|&#?\w{2,8};")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
WHOLE = 100.0  # per cent
ANY = re.compile(r"(?<!\\)\*")  # whatever stands there, in a short answer


def rows(file: IO[bytes], limit: int, skip: int) -> Iterator[RawRow | BadRow]:
    """One for each question behind number `skip`. Raises ValueError with a Sentence."""
    parser = _Parser(limit)
    questions = sheet_xml.items(file, parser.ready, parser.start, parser.end, parser.text, QUESTION)
    for number, (at, question) in enumerate(questions, 1):
        if number > skip:
            found = None if question is None else _read(question)
            yield BadRow(number, "item", at, TOO_LONG) if found is None else row(found, number, "item", at)


@dataclass
class _Element:
    name: str
    attributes: dict[str, str]
    texts: list[str] = field(default_factory=list)
    inside: list[_Element] = field(default_factory=list)

    def all_of(self, name: str) -> list[_Element]:
        return [one for one in self.inside if one.name == name]

    def said(self, name: str = "text") -> str:
        """The words of the first element of that name within it, or within the text of that."""
        one = next(iter(self.all_of(name)), None)
        if one is None:
            return ""
        return (
            _plain("".join(one.texts), self.attributes) if name == "text" else one.said() or "".join(one.texts).strip()
        )


class _Parser:
    """What the parser says of the questions: those of the last piece are `ready`, by their number; None: too long."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self.ready: list[tuple[int, _Element | None]] = []
        self._counted = itertools.count(1)
        self._within: list[_Element] = []
        self._size = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == QUESTION and not self._within:
            self._within, self._size = [_Element(name, attributes)], 0
        elif self._within:
            element = _Element(name, attributes)
            if self._size <= self._limit:
                self._within[-1].inside.append(element)
            self._within.append(element)

    def end(self, name: str) -> None:
        if not self._within:
            return
        element = self._within.pop()
        if not self._within and element.attributes.get("type") not in NO_QUESTION:
            self.ready.append((next(self._counted), element if self._size <= self._limit else None))

    def text(self, text: str) -> None:
        if self._within and self._within[-1].name != BASE64:
            self._size += len(text)
            if self._size <= self._limit:
                self._within[-1].texts.append(text)


def _read(question: _Element) -> dict[str, str]:
    asked = question.said("questiontext")
    kind = question.attributes.get("type", "")
    answered = READERS.get(kind, _unanswered)(asked, question)
    needs = {"image": STORED} if _stored(question) else {}
    return {**gift.explained(answered, question.said("generalfeedback")), **needs}


def _choice(asked: str, question: _Element) -> dict[str, str]:
    found = question.all_of("answer")[: len(LETTERS)]
    shares = [_share(one) for one in found]
    several = question.said("single").lower() == "false"
    is_right = [share > 0 if several else share == max(shares) >= WHOLE for share in shares]
    options = dict(zip(LETTERS, (one.said() for one in found), strict=False))
    right = ",".join(letter for letter, right in zip(LETTERS, is_right, strict=False) if right)
    return {
        "question": asked,
        **options,
        "answer": right,
        **_why([one for one, is_ in zip(found, is_right, strict=True) if is_]),
    }


def _truth(asked: str, question: _Element) -> dict[str, str]:
    right = _right(question)
    words = gift.TRUE_FALSE[gift.JAPANESE.search(asked) is None]
    said = "" if right is None else "AB"[right.said().lower() == "false"]
    return {
        "question": asked,
        "A": words[0],
        "B": words[1],
        "answer": said,
        **_why([right] if right is not None else []),
    }


def _short(asked: str, question: _Element) -> dict[str, str]:
    right = _right(question)
    said = "" if right is None else ANY.sub("", right.said()).replace("\\*", "*").strip()
    return {"question": asked, "answer": said, **_why([right] if right is not None else [])}


def _matching(asked: str, question: _Element) -> dict[str, str]:
    pairs = [(one.said(), one.said("answer")) for one in question.all_of(MATCHES)]
    whole = [pair for pair in pairs if pair[1]]
    return gift.matched(asked, whole) if len(whole) > 1 else {"question": asked, "answer": ""}


def _unanswered(asked: str, question: _Element) -> dict[str, str]:
    return {"question": asked, "answer": ""}


READERS: dict[str, Callable[[str, _Element], dict[str, str]]] = {
    "multichoice": _choice, "multichoiceset": _choice, "oumultiresponse": _choice, "truefalse": _truth,
    "shortanswer": _short, "numerical": _short, "matching": _matching, "ddmatch": _matching,
}  # fmt: skip


def _right(question: _Element) -> _Element | None:
    return next((one for one in question.all_of("answer") if _share(one) >= WHOLE), None)


def _why(rights: Sequence[_Element]) -> dict[str, str]:
    return {"explanation": rights[0].said("feedback")} if len(rights) == 1 else {}


def _share(answer: _Element) -> float:
    try:
        return float(answer.attributes.get("fraction", ""))
    except ValueError:
        return 0.0


def _plain(text: str, attributes: dict[str, str]) -> str:
    is_page = attributes.get("format", "") in PAGES and HTML.search(text)
    return (markup.without_left_overs(text) if is_page else text).strip()


def _stored(question: _Element) -> bool:
    """Whether what is asked, or an option, needs a picture or a sound of Moodle's."""
    parts = [*question.all_of("questiontext"), *question.all_of("answer"), *question.all_of(MATCHES)]
    return any(STORED in "".join(one.texts) for part in parts for one in part.all_of("text"))
