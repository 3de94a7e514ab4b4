"""A column named as answers are, of which nearly all rows have a label or a figure, beside one with answers in prose.

The prose is learnt (`answer`, with `final`, `output` or `target` beside it), and the short one is the gold answer of
the rows whose prose comes to it. So is one called right (`ground_truth`) where most prose does; all rows tell. Where
reasons stand in a column of their own, or the short one is the `answer` (GSM8K), nothing changes.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters import column_words
from so8t_engine.data.adapters.answers import conclusions, right_beside
from so8t_engine.data.adapters.judged import verdict_names
from so8t_engine.data.adapters.talks import talk

BESIDE = "a label beside an answer in prose"  # in what all rows tell: the columns, and how many rows do not come to it
SHORT = (
    "final", "output", "completion", "response", "target", "targets", "reply", "answer_text", "continuation", "出力",
    "応答", "最終回答",
)  # fmt: skip
PROSE = ("answer", "answers", "解答", "回答", "答え", "antwort", "réponse", "respuesta", "risposta")
GOLD = (*right_beside.NAMES, "final_answer", "answer_number")
FEWEST, MOSTLY = 3, 0.9
LONGEST, MOST_WORDS = 30, 3  # of a label
SHORTEST, LONGER = 40, 3  # characters of prose; times as long as the label
ENDS = re.compile(r"[.!?。！？]\s*$")
NONE_COMES_TO_IT = "none"


class Beside(NamedTuple):
    """The column of labels and that of prose; `is_right`: the former is called so."""

    short: str
    prose: str
    is_right: bool


def look(rows: Sequence[Mapping[str, Any]], where: Columns) -> dict[str, tuple[str, str]]:
    """`rows`: the first of a source."""
    found = _pair(tuple(rows[0]), where) if rows else None
    if found is None:  # most sources
        return {}
    given = [(label_of(row.get(found.short)), row.get(found.prose)) for row in rows]
    filled = [(label, said) for label, said in given if label is not None and said not in (None, "")]
    pairs = [(label, said) for label, said in filled if _is_label(label) and _is_prose(said, label)]
    if len(pairs) < max(FEWEST, MOSTLY * len(filled)):
        return {}
    apart = sum(not concludes_in(said, label) for label, said in pairs)
    if found.is_right and apart * 2 > len(pairs):
        return {}
    if found.prose == "text" and 2 * len({str(row.get(str(where.prompt))) for row in rows}) < len(rows):
        return {}  # one question about many texts
    return {BESIDE: (f"{found.short}\n{found.prose}", NONE_COMES_TO_IT if apart * 2 > len(pairs) else str(apart))}


def applied(where: Columns, row: Mapping[str, Any], index: Mapping[str, tuple[str, str]]) -> Columns:
    """The mapping by which a row of such a source is read."""
    if BESIDE not in index:
        return where
    (short, prose), told = index[BESIDE][0].split("\n"), index[BESIDE][1]
    said, label = row.get(prose), label_of(row.get(short))
    if where.choices or not isinstance(said, str) or not said.strip():
        return where
    is_gold = label is not None and told != NONE_COMES_TO_IT and concludes_in(said, label)
    if where.response == short:
        return _to(where, prose, short if is_gold else None) if is_gold or not _is_right(short) else where
    held = is_gold or (label is not None and _is_right(short) and conclusions.differs(said, label))
    return _to(where, prose, short) if where.response == prose and where.answer is None and held else where


def concludes_in(prose: str, label: str) -> bool:
    """Whether an answer comes to a label: as its result, its first word, or in its words."""
    if conclusions.agrees(prose, label) or conclusions.begins_with(prose, label) or conclusions.ends_in(prose, label):
        return True
    if conclusions.plain(label) is not None or conclusions.differs(prose, label):
        return False
    bounds = (r"(?<!\w)", r"(?!\w)") if label.isascii() else ("", "")
    return re.search(f"{bounds[0]}{re.escape(label)}{bounds[1]}", prose, re.IGNORECASE) is not None


def label_of(value: Any) -> str | None:
    """A label or a figure as text."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    return talk.words(value).strip() or None


@functools.lru_cache(maxsize=512)
def _pair(names: tuple[str, ...], where: Columns) -> Beside | None:
    """Which columns may be such, by their names."""
    by_name = {verdict_names.plain(name): name for name in names}
    response, taken = where.response, (where.response, where.prompt, where.query, None)
    if response not in names or where.reasoning or where.choices or where.messages or where.chosen:
        return None

    def first(wanted: Sequence[str]) -> str | None:
        return next((by_name[name] for name in wanted if by_name.get(name) not in taken), None)

    called, gold = verdict_names.plain(str(response)), first(GOLD)
    if called in SHORT:
        prose = first((*PROSE, "output", "completion")) or (
            by_name.get("text") if called in ("target", "targets") else None
        )
        if prose is not None and prose not in taken:
            return Beside(str(response), prose, is_right=False)
    if _is_right(str(response)):
        prose = first((*PROSE, *column_words.RESPONSE))
        return Beside(str(response), prose, is_right=True) if prose is not None else None
    return Beside(gold, str(response), is_right=True) if gold is not None and where.answer in (None, gold) else None


def _is_right(name: str) -> bool:
    return verdict_names.plain(name) in GOLD


@functools.lru_cache(maxsize=512)
def _to(where: Columns, prose: str, gold: str | None) -> Columns:
    return where.model_copy(update={"response": prose, "answer": gold})


def _is_label(said: str) -> bool:
    if len(said) > LONGEST or "\n" in said:
        return False
    return len(said.split()) <= MOST_WORDS and (ENDS.search(said) is None or said[:-1].isdecimal())


def _is_prose(said: Any, label: str) -> bool:
    if not isinstance(said, str):
        return False
    wide = 1 if said.isascii() else 2  # characters that say as much as two
    return wide * len(said.strip()) >= max(SHORTEST, LONGER * len(label))
