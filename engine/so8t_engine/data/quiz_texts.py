"""Texts that programs for quizzes, flashcards and chats write: what a .txt begins as; Aiken's questions as rows.

Aiken is what Moodle exports: a question, a lettered line for each option, and "ANSWER: B".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Literal

from so8t_engine.data.csv_rows import DIRECTIVES
from so8t_engine.data.drop_reasons import NOT_UTF8, TOO_LONG
from so8t_engine.data.row_readers import BOM, BadRow, RawRow, bounded, row

Kind = Literal["aiken", "gift", "anki", "line", "whatsapp"]
HEAD = 1 << 16  # bytes
OPTION = re.compile(r"\s*([A-Z])\s*[.)]\s+(?=\S)")
ANSWER = re.compile(r"\s*ANSWER\s*:\s*([A-Z])\s*")
FEEDBACK = re.compile(r"(?i)\s*feedback\s*:\s*(?=\S)")
AIKEN = re.compile(r"(?m)^\s*A\s*[.)]\s+\S.*$[\s\S]*?^\s*ANSWER\s*:\s*[A-Z]\s*$")
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


def aiken_rows(file: IO[bytes], limit: int, skip: int = 0) -> Iterator[RawRow | BadRow]:
    """A row for each question behind number `skip`: question, A, B, ..., answer, and explanation where there is one."""
    number, found = 0, dict[str, str]()
    for at, line in enumerate(bounded(file, limit), 1):
        if line is None:
            yield BadRow(number + 1, "line", at, TOO_LONG)
            continue
        try:
            text = (line.removeprefix(BOM) if at == 1 else line).decode().strip()
        except UnicodeDecodeError:
            yield BadRow(number + 1, "line", at, NOT_UTF8)
            continue
        if found.get("answer") and text and (why := FEEDBACK.match(text)):
            found["explanation"] = text[why.end() :]
            continue
        if found.get("answer") and text:
            number += 1
            if number > skip:
                yield row(found, number, "item", number)
            found = {}
        _take(text, found)
    if found.get("answer") and number >= skip:
        yield row(found, number + 1, "item", number + 1)


def _take(text: str, found: dict[str, str]) -> None:
    """A line into the question that is being read."""
    option, answer = OPTION.match(text), ANSWER.fullmatch(text)
    letters = [name for name in found if len(name) == 1]
    if answer and letters:
        found["answer"] = answer[1]
    elif option and found and option[1] == chr(ord("A") + len(letters)):
        found[option[1]] = text[option.end() :]
    elif letters and text:
        found[letters[-1]] += f"\n{text}"
    elif text:
        found["question"] = f"{found['question']}\n{text}" if found else text
