"""Answers that are nothing but numbers of classes, or true and false: they teach nothing until each has a meaning."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters import column_names
from so8t_engine.data.adapters.judged import verdicts
from so8t_engine.data.adapters.parsed_row import Fields
from so8t_engine.data.adapters.proposed import tasks
from so8t_engine.data.adapters.talks import talk
from so8t_engine.sentences import Sentence, sentence

NUMBERS, MARKS = re.compile(r"-?\d"), re.compile(r"-?\d|(?i:true|false)")
MOST = 6  # different ones
IN_LETTERS: dict[tuple[str, ...], str] = {  # of true and false in one language; which of them is true
    ("f", "v"): "v", ("f", "t"): "t", ("f", "r"): "r", ("f", "w"): "w", ("f", "p"): "p", ("d", "y"): "d",
}  # fmt: skip
FEWEST, FEW = 10, 3  # answers, from which on so few different numbers are not what questions ask for
ASKS = re.compile(r"[?？]\s*$")


def line(rows: Sequence[Fields], where: Columns, tool: str | None) -> tuple[list[str], str] | None:
    """The classes that a mapping would teach, and the mapping with what each of them means; None of any other."""
    said = _said(rows, where)
    asked = [talk.words_if_any(verdicts.at(row, str(where.prompt))) for row in rows]
    means = NUMBERS if all(map(ASKS.search, asked)) else MARKS  # true answers a question
    meanings = next((words for task, words in tasks.MAY_BE_SAID.items() if str(where.prompt).startswith(task)), None)
    told = meanings is None and "?" in str(where.prompt)
    if len(rows) < 2 or told or not 1 < len({*said}) <= MOST or not all(map(means.fullmatch, said)):
        return None
    classes = sorted({*said})
    if meanings is not None and classes == ["0", "1"]:
        named = json.dumps(dict(zip(classes, meanings, strict=True)), ensure_ascii=False)
        return classes, f"{column_names.line(where, tool)}, labels: {named}"
    return classes, f"{column_names.line(where, tool)}, {_labels(classes)}"


def lettered(rows: Sequence[Fields], where: Columns) -> str:
    """What the letters for true and false mean by which statements are answered, as the end of a line; or nothing."""
    said = sorted({*_said(rows, where)}, key=str.lower)
    true = IN_LETTERS.get(tuple(letter.lower() for letter in said))
    if true is None or not str(where.prompt).startswith(tasks.STATED):
        return ""
    return f", labels: {json.dumps({each: 'true' if each.lower() == true else 'false' for each in said})}"


def note(rows: Sequence[Fields], where: Columns, labels: object) -> Sentence | None:
    """That answers which are learnt are numbers of classes."""
    said = _said(rows, where)
    if labels or len(said) < FEWEST or not 1 < len({*said}) <= FEW or not all(map(NUMBERS.fullmatch, said)):
        return None
    classes = sorted({*said})
    return sentence(
        "data.bare_classes", count=len(said), column=where.response, values=classes, line=_labels(classes)
    )  # fmt: skip


def _said(rows: Sequence[Fields], where: Columns) -> list[str]:
    values = [verdicts.at(row, where.response) for row in rows] if where.response and not where.choices else []
    return [talk.words(value).strip() for value in values if isinstance(value, (str, int, float)) and value != ""]


def _labels(classes: Sequence[str]) -> str:
    return f"labels: {json.dumps({each: f'WHAT {each.upper()} MEANS' for each in classes})}"
