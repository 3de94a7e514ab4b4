"""Columns that are not read but may be what the questions are about (reviews, policies), or what answers them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from so8t_engine.config.run_config import Columns, Dataset
from so8t_engine.data.adapters import column_names, column_words
from so8t_engine.data.adapters.answers import right_beside
from so8t_engine.data.adapters.judged import evaluated, verdict_names
from so8t_engine.data.adapters.parsed_row import Fields
from so8t_engine.data.adapters.proposed import nearest_mapping
from so8t_engine.sentences import Sentence, sentence

FEWEST = 2  # rows whose answers stand there
TYPED_ONCE = re.compile(  # for several questions below each other; a `context` or an `input` may be there or not
    r"(?:\w+_)?(?:passage|article|story|paragraph|document|text|lesetext|texte|texto|testo|tekst)(?:_text)?|(?:課題|問題)?本文|課題文|長文"
    r"|記事|段落|資料|文章|短文|지문|본문|课文|текст"
)
WORD = re.compile(r"[^\W_ぁ-ゖァ-ヺ一-龠ー]{3,}|\d+|[一-龠ァ-ヺー]{2,}")
COMMON = frozenset((
    "the", "and", "are", "was", "for", "you", "not", "his", "her", "its", "they", "with", "that", "this", "from",
    "have", "has", "does", "yes", "der", "die", "das", "und", "les", "des", "est", "los", "las",
))  # fmt: skip


def note(dataset: Dataset, rows: Sequence[Fields], where: Columns, tool: str | None) -> Sentence | None:
    """The first of them, with the line that puts it before the question; None where the user has mapped the columns."""
    if dataset.columns is not None or where.prompt not in rows[0] or where.query or where.response is None:
        return None
    column = next((name for name in column_names.unused(tuple(rows[0]), where) if _may_hold(name, rows, where)), None)
    if column is None:
        return None
    asked = where.model_copy(update={"prompt": f"{{{column}}}\\n\\n{{{where.prompt}}}"})
    return sentence("data.answers_stand_in", column=column, line=column_names.line(asked, tool))


def typed_once(rows: Sequence[Fields], where: Columns) -> Sentence | None:
    """That a text stands in the first row of several questions alone, and is asked with that one alone."""
    if where.query is None or TYPED_ONCE.fullmatch(verdict_names.plain(where.query)) is None:
        return None
    held = [str(row.get(where.query) or "").strip() != "" for row in rows]
    without = held.count(False)
    if not held[0] or without < FEWEST or 4 * without < len(held):
        return None
    return sentence("data.text_typed_once", column=where.query, count=without)


def scored(dataset: Dataset, rows: Sequence[Fields], where: Columns, tool: str | None) -> Sentence | None:
    """That a reference is learnt and not the answer beside it, and how to learn that one."""
    if (said := _beside(dataset, rows, where, tool)) is not None:
        return said
    names = evaluated.without_scores(tuple(rows[0]), where.response, verdict_names.plain)
    other = column_names.guess(names) if names is not None and dataset.columns is None else None
    if other is None or other.response in (None, where.response) or other.choices:
        return None
    line = column_names.line(other.model_copy(update={"label": None, "answer": None}), tool)
    return sentence("data.reference_learnt", column=other.response, reference=where.response, line=line)


def _beside(dataset: Dataset, rows: Sequence[Fields], where: Columns, tool: str | None) -> Sentence | None:
    """In how many rows the text is learnt that is called right, and not the answer beside it."""
    guessed = column_names.guess(tuple(rows[0])) if dataset.columns is None else None
    turned = [found for row in rows if (found := right_beside.mapping(row, guessed)) is not None]
    if guessed is None or not turned:
        return None
    line = column_names.line(guessed.model_copy(update={"label": None, "answer": None}), tool)
    right = turned[0].response
    return sentence("data.right_one_learnt", column=guessed.response, right=right, count=len(turned), line=line)


def _may_hold(column: str, rows: Sequence[Fields], where: Columns) -> bool:
    """Whether most answers stand there, in words that their questions have not."""
    plain = verdict_names.plain(column)
    if (
        nearest_mapping.never_answers(column, rows[0])
        or plain in column_words.REASONING
        or column_names.is_part(column)
    ):
        return False
    texts = [row.get(column) for row in rows]
    if not all(isinstance(text, (str, type(None))) for text in texts):
        return False
    told = [
        share for text, row in zip(texts, rows, strict=True) if (share := _share(text or "", row, where)) is not None
    ]
    held = sum(share >= 0.5 for share in told)
    return held >= FEWEST and 2 * held > len(told)


def _share(text: str, row: Fields, where: Columns) -> float | None:
    """How much of an answer stands in a text; None where it has no words of its own, or the text is no longer."""
    said, asked = row.get(str(where.response)), row.get(str(where.prompt))
    if not isinstance(said, str) or not isinstance(asked, str):
        return None
    words = _words(said) - _words(asked)
    if not words or len(text) <= len(said):
        return None if not words else 0.0
    return len(words & _words(text)) / len(words)


def _words(text: str) -> set[str]:
    return {word for word in WORD.findall(text.lower()) if word not in COMMON}
