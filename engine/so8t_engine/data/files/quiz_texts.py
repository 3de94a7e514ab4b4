"""Texts that programs for quizzes, flashcards and chats write: what a .txt begins as; Aiken's questions as rows.

Aiken is what Moodle exports: a question, a lettered line for each option, and "ANSWER: B".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Literal

from so8t_engine.data.drop_reasons import NO_RIGHT_OPTION, NOT_UTF8, TOO_LONG
from so8t_engine.data.files.csv_rows import DIRECTIVES
from so8t_engine.data.files.row_readers import BOM, BadRow, RawRow, bounded, row
from so8t_engine.errors import EngineError
from so8t_engine.sentences import Sentence, sentence

Kind = Literal["aiken", "gift", "anki", "line", "whatsapp"]
OF_AIKEN = ".aiken"  # of no name: known by its beginning
HEAD = 1 << 16  # bytes
OPTION = re.compile(r"\s*([A-Z])\s*[.)]\s+(?=\S)")
ANSWER = re.compile(r"ANSWER\s*:\s*")
FEEDBACK = re.compile(r"(?i)\s*feedback\s*:\s*(?=\S)")
AIKEN = re.compile(r"(?m)^\s*A\s*[.)]\s+\S.*$[\s\S]*?^\s*ANSWER\s*:\s*[A-Za-z]\s*$")
GIFT = re.compile(r"(?m)^::|^\s*//|\{\s*(?:=|~|#|T(?:RUE)?\s*\}|F(?:ALSE)?\s*\})")
LINE = re.compile(r"\ufeff?\[LINE\]|.*のトーク履歴|.*Chat history (?:with|in)", re.IGNORECASE)
WHATSAPP = re.compile(
    r"(?m)^\u200e?\[?\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[ap]\.?m\.?)?\]?(?: -)?"
    r" [^:\n]{1,40}: ",
    re.IGNORECASE,
)


def kind_of(path: Path) -> Kind | None:
    """What a text is, where its beginning tells. Raises OSError."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if DIRECTIVES.match(head):
        return "anki"
    text = head.decode("utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", errors="replace")
    if AIKEN.search(text):
        return "aiken"
    if LINE.match(text):
        return "line"
    if len(WHATSAPP.findall(text)) > 1:
        return "whatsapp"
    return "gift" if "{" in text and "}" in text and len(GIFT.findall(text)) > 1 else None


def reader_of(path: Path) -> str:
    """The kind of file as which a text is read that a program has written; raises EngineError where it is no source."""
    try:
        kind = kind_of(path)
    except OSError:
        kind = None
    match kind:
        case "anki":
            return ".csv"
        case "aiken":
            return OF_AIKEN
        case "gift":
            raise EngineError("dataset_kind", sentence("data.gift", path=path))
        case "line" | "whatsapp":
            program = {"line": "LINE", "whatsapp": "WhatsApp"}[kind]
            raise EngineError("dataset_kind", sentence("data.chat_as_text", path=path, program=program))
    raise EngineError("dataset_kind", sentence("data.unknown_text", path=path))


def aiken_rows(file: IO[bytes], limit: int, skip: int = 0) -> Iterator[RawRow | BadRow]:
    """A row for each question behind number `skip`: question, A, B, ..., answer, and explanation where there is one."""
    for number, (at, problem, found) in enumerate(_questions(file, limit), 1):
        if number <= skip:
            continue
        if problem is None and found.get("answer") in _letters(found):
            yield row(found, number, "item", number)
        else:
            yield BadRow(number, "line", at, problem or NO_RIGHT_OPTION)


def _questions(file: IO[bytes], limit: int) -> Iterator[tuple[int, Sentence | None, dict[str, str]]]:
    """(the last line, what is wrong with it, the question) of each; one that nothing answers ends at a gap."""
    found, last, is_gap = dict[str, str](), 0, False
    for at, line in enumerate(bounded(file, limit), 1):
        text, problem = _text(line, at)
        if problem is not None:
            yield at, problem, {}
            continue
        if not text:
            is_gap = True
            continue
        if "answer" in found and (why := FEEDBACK.match(text)):
            found["explanation"] = text[why.end() :]
            continue
        goes_on = ANSWER.match(text) or _is_next(OPTION.match(text), found)
        if "answer" in found or (is_gap and _letters(found) and not goes_on):
            yield last, None, found
            found = {}
        _take(text, found)
        last, is_gap = at, False
    if _letters(found):
        yield last, None, found


def _text(line: bytes | None, at: int) -> tuple[str, Sentence | None]:
    if line is None:
        return "", TOO_LONG
    try:
        return (line.removeprefix(BOM) if at == 1 else line).decode().strip(), None
    except UnicodeDecodeError:
        return "", NOT_UTF8


def _letters(found: Mapping[str, str]) -> list[str]:
    return [name for name in found if len(name) == 1]


def _is_next(option: re.Match[str] | None, found: Mapping[str, str]) -> bool:
    return option is not None and bool(found) and option[1] == chr(ord("A") + len(_letters(found)))


def _take(text: str, found: dict[str, str]) -> None:
    """A line into the question that is being read."""
    option, answer, letters = OPTION.match(text), ANSWER.match(text), _letters(found)
    if answer and letters:
        found["answer"] = text[answer.end() :].upper()
    elif option and _is_next(option, found):
        found[option[1]] = text[option.end() :]
    elif letters:
        found[letters[-1]] += f"\n{text}"
    else:
        found["question"] = f"{found['question']}\n{text}" if found else text
