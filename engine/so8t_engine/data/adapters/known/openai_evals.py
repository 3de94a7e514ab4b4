"""Files of OpenAI's evals: `item` is what was asked with its right answer, `sample` what a model said to it.

As JSON or with a column for each (`item.question`). What the model said is learnt only where the item has no right
answer and every grader let it pass.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import column_names
from so8t_engine.data.adapters.parsed_row import Fields, Skip
from so8t_engine.data.adapters.talks import talk

ITEMS = ("item", "datasource_item")
IN_COLUMNS, OF_SAMPLE = "item.", "sample."
BESIDE = frozenset((*ITEMS, "sample", "id", "results", "status", "object", "created_at", "run_id", "eval_id", "error"))


def fits(names: frozenset[str]) -> bool:
    if any(name.startswith(IN_COLUMNS) for name in names):
        return all(name.startswith((IN_COLUMNS, OF_SAMPLE)) or name in BESIDE for name in names)
    return not names.isdisjoint(ITEMS) and names <= BESIDE and ("sample" in names or names <= {*ITEMS})


def is_one(row: Fields) -> bool:
    return isinstance(_item(row), Mapping)


def unpack(row: Fields) -> dict[str, Any]:
    """Raises Skip where neither a right answer nor a grader's word is there."""
    item = dict(_item(row))
    if column_names.guess(tuple(item)) is not None or "sample" not in row:
        return item
    asks = column_names.guess((*item, "output"))
    if asks is None or asks.response != "output":
        return item
    results = talk.opened(row.get("results")) or []
    if not results or not all(isinstance(one, Mapping) and one.get("passed") is True for one in results):
        raise Skip(drop_reasons.NO_GOLD_ANSWER)
    return {**item, "output": _said(talk.opened(row["sample"]))}


def _item(row: Fields) -> Any:
    named = {name.removeprefix(IN_COLUMNS): value for name, value in row.items() if name.startswith(IN_COLUMNS)}
    return named or talk.opened(next((row[name] for name in ITEMS if name in row), None))


def _said(sample: Mapping[str, Any]) -> Any:
    said = sample.get("output_text", sample.get("output"))
    return said[-1] if isinstance(said, list) and said else said
