"""Two versions of an answer in columns of their own (old and new, before and after), and a column that names the one to
be used: `use?`, `keep`, 採用.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from typing import Any

from so8t_engine.data.adapters import column_words
from so8t_engine.data.adapters.judged import pointers, verdict_names

USES = re.compile(
    r"(?:which_(?:one_)?(?:to_)?|to_)?(?:use|keep|take|pick)(?:_(?:it|which|version|this|answer))?|which(?:_one)?|used|kept"
    r"|採用(?:版|案|する方)?|使用(?:版|する方)?|使う(?:方|ほう)|verwenden|behalten|nehmen|gilt|utiliser|garder|usar|conservar|usare|tenere"
)
PAIRS = (
    ("old", "new"), ("before", "after"), ("original", "revised"), ("original", "edited"), ("previous", "current"),
    ("draft", "final"), ("current", "proposed"), ("旧", "新"), ("修正前", "修正後"), ("変更前", "変更後"),
    ("alt", "neu"), ("alte", "neue"), ("vorher", "nachher"), ("ancienne", "nouvelle"), ("avant", "après"),
    ("antigua", "nueva"), ("antes", "después"), ("vecchia", "nuova"), ("prima", "dopo"), ("antiga", "nova"),
)  # fmt: skip
SAME = {"alt": "alte", "neu": "neue"}  # as a word for the one that its column calls otherwise


@functools.lru_cache(maxsize=512)
def uses(names: tuple[str, ...]) -> str | None:
    """The column that may name the version to be used."""
    return next((name for name in names if USES.fullmatch(verdict_names.plain(name))), None)


@functools.lru_cache(maxsize=512)
def answers(names: tuple[str, ...]) -> dict[str, str]:
    """What each of two versions is called -> its column; none where there are no two."""
    plain = {verdict_names.plain(name): name for name in names}
    for pair in PAIRS:
        rests = {mark: _with(plain, mark) for mark in pair}
        first, second = rests.values()
        shared = [rest for rest in first if rest in second and (not rest or _answers(rest))]
        if len(shared) == 1:
            return {mark: those[shared[0]] for mark, those in rests.items()}
    return {}


def named(value: Any, columns: Sequence[str], marks: Sequence[str]) -> pointers.Outcome | None:
    """Which of the answers a value names, from 0, by its column or by what that is called; None of any other value."""
    word = value.strip().lower().rstrip("。.") if isinstance(value, str) else ""
    if word in pointers.TIES or word in pointers.BOTH_BAD:
        return "bad" if word in pointers.BOTH_BAD else "tie"
    for known in ([column.strip().lower() for column in columns], [*marks]):
        found = [place for place, one in enumerate(known) if one in (word, SAME.get(word))]
        if len(found) == 1:
            return found[0]
    return None


def _with(plain: Mapping[str, str], mark: str) -> dict[str, str]:
    """What is left of each name that is of a version -> the column."""
    found = {_without(called, mark): name for called, name in plain.items()}
    return {rest: name for rest, name in found.items() if rest is not None}


def _answers(called: str) -> bool:
    return called in column_words.ANSWERING or column_words.ANSWERS.search(called) is not None


def _without(called: str, mark: str) -> str | None:
    """What is left of a name without what its version is called; None where that does not stand at one of its ends."""
    if mark[0].isascii():
        parts = called.split("_")
        rest = parts[1:] if parts[0] == mark else parts[:-1] if parts[-1] == mark else None
        return None if rest is None else "_".join(rest)
    if called.startswith(mark):
        return called.removeprefix(mark).lstrip("_の")
    return called.removesuffix(mark).rstrip("_") if called.endswith(mark) else None
