"""How hard a task is, by how many of somebody's tries solved it: that says nothing of the solution written for it."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.judged import verdict_names, verdict_values
from so8t_engine.data.adapters.parsed_row import Fields

SOLVED = re.compile(r"(?:\w+_)?(?:is_)?(?:re)?solved")
SCORED = re.compile(r"(?:human|user)_score")  # of OpenBookQA
WRITTEN = (  # with the data set, not by a model
    "solution", "solutions", "worked_solution", "official_solution", "canonical_solution", "reference_solution",
    "gold_solution", "editorial", "explanation", "rationale", "解説", "解答", "解き方", "解法", "模範解答",
)  # fmt: skip


@functools.lru_cache(maxsize=512)
def is_one(name: str, kind: verdict_names.Kind, where: Columns) -> bool:
    """Whether a column that judges by its name says how hard a task is, beside a solution that was written for it, or
    beside options how many people took the right one.
    """
    if where.choices and kind == "thumb":
        return SCORED.fullmatch(verdict_names.plain(name)) is not None
    solved = kind == "rate" or (kind == "run" and SOLVED.fullmatch(verdict_names.plain(name)) is not None)
    return solved and where.reasoning is not None and verdict_names.plain(where.reasoning) in WRITTEN


def unsolved(rows: Sequence[Fields], where: Columns) -> Iterator[tuple[str, int]]:
    """(column, in how many rows it says that nobody has solved the task) of those that do."""
    named = (where.label or "").split(", ")
    for name in rows[0] if rows else ():
        kind = verdict_names.kind_of(name, where.response)
        if kind == "rate" and name not in named:  # of others it is said that they look like verdicts
            count = sum(verdict_values.finding(kind, row.get(name)) is True for row in rows)
            if count:
                yield name, count
