"""Texts that people and programs for quizzes, flashcards and chats write: what a .txt is; Aiken's questions as rows.

Aiken is what Moodle exports: a question, a lettered line for each option, and "ANSWER: B". LogiQA has the letter alone
in the line above the question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Literal

from so8t_engine.data.drop_reasons import NO_RIGHT_OPTION
from so8t_engine.data.files import (
    encodings,
    flashcards,
    gift,
    markdown_tables,
    notebooks,
    numbered_quizzes,
    perplexity_texts,
    question_headings,
    question_texts,
    rasa_markdown,
    web_pages,
)
from so8t_engine.data.files.csv_rows import DIRECTIVES
from so8t_engine.data.files.row_readers import BadRow, RawRow, row, text_lines
from so8t_engine.data.files.table_head import Form
from so8t_engine.errors import EngineError
from so8t_engine.sentences import Sentence, sentence

Kind = Literal[
    "aiken", "gift", "anki", "cards", "line", "whatsapp", "table", "marked", "headed", "asked", "numbered", "talk",
    "perplexity", "rasa",
]  # fmt: skip
READERS: Mapping[Kind, str] = {  # of no name: by their beginning
    "anki": ".csv", "aiken": ".aiken", "table": ".tables", "marked": ".marked", "headed": ".headed", "asked": ".asked",
    "numbered": ".numbered", "gift": ".gift", "cards": ".cards", "perplexity": ".perplexity",
}  # fmt: skip
OF_QUESTIONS: Mapping[str, question_texts.Kind] = {".marked": "marked", ".headed": "headed", ".asked": "asked"}
KINDS = (*(reader for reader in READERS.values() if reader != ".csv"), notebooks.KIND, web_pages.KIND)
HEAD = 1 << 16  # bytes
MOST_NAMED = 5  # headings
OPTION = re.compile(r"\s*([A-Z])\s*[.)]\s+(?=\S)")
NUMBERED = re.compile(r"(\d{1,4})[.)]\s+(?=\S)")
ANSWER = re.compile(r"ANSWER\s*:\s*")
FEEDBACK = re.compile(r"(?i)\s*feedback\s*:\s*(?=\S)")
AIKEN = re.compile(r"(?m)^\s*A\s*[.)]\s+\S.*$[\s\S]*?^\s*ANSWER\s*:\s*[A-Za-z]\s*$")
LETTER, OF_LOGIQA = re.compile(r"[A-Ea-e]"), re.compile(r"\s*([A-Z])\s*[.)]\s*(?=\S)")
LETTER_ABOVE = re.compile(
    r"(?:\A\s*|\n[ \t]*\n)[A-Ea-e][ \t]*\n(?:[ \t]*\S.*\n)+?[ \t]*A[ \t]*[.)][ \t]*\S.*\n[ \t]*B[ \t]*[.)]"
)
LINE = re.compile(
    r"\ufeff?\[LINE\]|.*のトーク履歴|.*Chat history (?:with|in)|\d{4}\.\d\d\.\d\d [月火水木金土日]曜日\s*\n\d\d:\d\d ",
    re.IGNORECASE,
)
WHATSAPP = re.compile(
    r"(?m)^\u200e?\[?\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[ap]\.?m\.?)?\]?(?: -)?"
    r" [^:\n]{1,40}: ",
    re.IGNORECASE,
)
ASKED, ANSWERED = "user|human|you|me|ユーザー|あなた|用户", "assistant|ai|bot|chatgpt|claude|gemini|アシスタント|助手"


def _speaks(names: str, sign: str, headings: str) -> re.Pattern[str]:
    """Lines that say whose turn it is: a heading, a bold word, or a name with a colon."""
    ends = r"[ \t]*[:：]?(?:\*\*|__)?[ \t]*[:：]?"
    return re.compile(
        rf"(?mi)^[ \t]*(?:#{{1,6}}[ \t]+{sign}|#{{1,6}}[ \t]+\W{{0,8}}(?:{names}|{headings}){ends}[ \t]*$"
        rf"|(?:\*\*|__)(?:{names})(?:[:：](?:\*\*|__)|(?:\*\*|__)[ \t]*(?:[:：]|$))|(?:{names})[ \t]*[:：](?!//))"
    )


ASKS, ANSWERS = _speaks(ASKED, "🧑‍💻", "prompt|request"), _speaks(ANSWERED, "🤖", "response")


def kind_of(path: Path) -> Kind | None:
    """What a text is, where its beginning tells. Raises OSError."""
    head = _head(path)
    text = _decoded(head)
    if DIRECTIVES.match(text.encode(errors="replace")):
        return "anki"
    if perplexity_texts.is_one(text):
        return "perplexity"
    if rasa_markdown.is_one(text):
        return "rasa"
    if AIKEN.search(text) or len(LETTER_ABOVE.findall(text)) > 1:
        return "aiken"
    if LINE.match(text):
        return "line"
    if len(WHATSAPP.findall(text)) > 1:
        return "whatsapp"
    if gift.is_one(text):
        return "gift"
    if flashcards.is_one(text):
        return "cards"
    if ASKS.search(text) and ANSWERS.search(text):
        return "talk"
    numbered = numbered_quizzes.kind_of(text, _decoded(head, _tail(path)))
    if numbered == "choice":
        return "numbered"
    told = question_texts.kind_of(text) or ("table" if markdown_tables.is_one(text) else None)
    return told or ("numbered" if numbered else None)


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD)


def _tail(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(max(HEAD, path.stat().st_size - HEAD))
        return file.read()


def _decoded(head: bytes, data: bytes | None = None) -> str:
    """The head, or `data` of the same text, as far as the encoding is known, with the ends of lines and the spaces as
    they are read; the rest stands for itself.
    """
    try:
        name = encodings.find(head, None).name
    except ValueError:
        name = encodings.UTF8
    text = (head if data is None else data).decode(name, errors="replace").removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")


def reader_of(path: Path) -> str:
    """The kind of file as which a text is read that a program has written; raises EngineError where it is no source."""
    try:
        kind, lines = kind_of(path), _decoded(_head(path)).splitlines()
    except OSError:
        kind, lines = None, []
    if kind is not None and kind in READERS:
        return READERS[kind]
    match kind:
        case "line" | "whatsapp":
            program = {"line": "LINE", "whatsapp": "WhatsApp"}[kind]
            raise EngineError("dataset_kind", sentence("data.chat_as_text", path=path, program=program))
        case "rasa":
            missing = [name for name in ("nlu", "responses") if name not in rasa_markdown.read("\n".join(lines))]
            why = sentence("data.part_of_rasa", missing=missing or ["rules"])
            raise EngineError("dataset_kind", sentence("data.unusable_file", path=path, why=why))
        case "talk":
            raise EngineError("dataset_kind", sentence("data.talk_as_text", path=path))
    if names := question_headings.stopping(lines):
        raise EngineError("dataset_kind", sentence("data.headings_stop", path=path, names=names[:MOST_NAMED]))
    if len(titles := question_headings.titles(lines)) >= question_headings.FEWEST:
        raise EngineError("dataset_kind", sentence("data.page_of_titles", path=path, titles=titles[:MOST_NAMED]))
    raise EngineError("dataset_kind", sentence("data.unknown_text", path=path))


def rows(
    file: IO[bytes], kind: str, limit: int, skip: int, form: Form, notice: Callable[[Sentence], None]
) -> Iterator[RawRow | BadRow]:
    """Of a text of one of KINDS. Raises ValueError with a Sentence."""
    match kind:
        case ".aiken":
            yield from aiken_rows(file, limit, skip)
        case ".gift":
            yield from gift.rows(file, limit, skip)
        case ".cards":
            yield from flashcards.rows(file, limit, skip)
        case ".perplexity":
            yield from perplexity_texts.rows(file, limit, skip)
        case ".tables":
            yield from markdown_tables.rows(file, limit, skip, form, notice)
        case ".numbered":
            yield from numbered_quizzes.rows(file, limit, skip, notice)
        case web_pages.KIND:
            yield from web_pages.rows(file, limit, skip, notice)
        case notebooks.KIND:
            text, asking = notebooks.opened(file)
            yield from question_texts.rows(text, limit, asking, skip, notice)
        case _:
            yield from question_texts.rows(file, limit, OF_QUESTIONS[kind], skip, notice)


def aiken_rows(file: IO[bytes], limit: int, skip: int = 0) -> Iterator[RawRow | BadRow]:
    """A row for each question behind number `skip`: question, A, B, ..., answer, and explanation where there is one."""
    for number, (at, problem, found) in enumerate(_questions(file, limit), 1):
        if number <= skip:
            continue
        if problem is None and found.get("answer") in _letters(found):
            numbered = NUMBERED.match(found["question"])
            if numbered is not None and int(numbered[1]) == number:
                found["question"] = found["question"][numbered.end() :]
            yield row(found, number, "item", number)
        else:
            yield BadRow(number, "line", at, problem or NO_RIGHT_OPTION)


def _questions(file: IO[bytes], limit: int) -> Iterator[tuple[int, Sentence | None, dict[str, str]]]:
    """(the last line, what is wrong with it, the question) of each; one that nothing answers ends at a gap."""
    found, last, is_gap, above = dict[str, str](), 0, False, dict[str, str]()
    for at, line, problem in text_lines(file, limit):
        text = line.strip()
        if problem is not None:
            yield at, problem, {}
            continue
        if not text:
            is_gap = True
            continue
        if "answer" in found and (why := FEEDBACK.match(text)):
            found["explanation"] = text[why.end() :]
            continue
        options = OF_LOGIQA if above else OPTION
        goes_on = ANSWER.match(text) or _is_next(options.match(text), found)
        if "answer" in found or (is_gap and _letters(found) and not goes_on):
            yield last, None, found | above
            found, above = {}, {}
        if not found and LETTER.fullmatch(text):
            above = {"answer": text.upper()}
        else:
            _take(text, found, options)
        last, is_gap = at, False
    if _letters(found):
        yield last, None, found | above


def _letters(found: Mapping[str, str]) -> list[str]:
    return [name for name in found if len(name) == 1]


def _is_next(option: re.Match[str] | None, found: Mapping[str, str]) -> bool:
    return option is not None and bool(found) and option[1] == chr(ord("A") + len(_letters(found)))


def _take(text: str, found: dict[str, str], options: re.Pattern[str]) -> None:
    """A line into the question that is being read."""
    option, answer, letters = options.match(text), ANSWER.match(text), _letters(found)
    if answer and letters:
        found["answer"] = text[answer.end() :].upper()
    elif option and _is_next(option, found):
        found[option[1]] = text[option.end() :]
    elif letters:
        found[letters[-1]] += f"\n{text}"
    else:
        found["question"] = f"{found['question']}\n{text}" if found else text
