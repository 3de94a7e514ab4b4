"""Reads single rows as the steps do."""

from __future__ import annotations

from typing import Any

import pytest

from so8t_engine.config.run_config import Dataset
from so8t_engine.data.adapters import choose_adapter
from so8t_engine.data.adapters.parsed_row import ParsedRow, Skip


def parsed(row: dict[str, Any], **entry: Any) -> ParsedRow:
    dataset = Dataset(name="x", path="x.jsonl", source="local", **entry)
    adapter = choose_adapter.choose(dataset, row)
    assert adapter is not None, "no adapter fits"
    return adapter.adapt(row, {})


def reason(row: dict[str, Any], **entry: Any) -> object:
    with pytest.raises(Skip) as skipped:
        parsed(row, **entry)
    return skipped.value.reason


def whole(row: dict[str, Any], **entry: Any) -> dict[str, Any] | object:
    """All that a row is read as, but for what most are (no trace, of `chat`); or why it is left out."""
    try:
        found = parsed(row, **entry)
    except Skip as skip:
        return skip.reason
    usual = ParsedRow("", "", "chat")._asdict()
    return {name: value for name, value in found._asdict().items() if value != usual[name]}


def of_source(rows: list[dict[str, Any]], **entry: Any) -> list[ParsedRow | object]:
    """What becomes of all rows of a source: each as it is read, or the reason why it is left out."""
    dataset = Dataset(name="x", path="x.jsonl", source="local", **entry)
    index = choose_adapter.index_of(dataset, lambda: iter(rows))
    found: list[ParsedRow | object] = []
    for row in rows:
        adapter = choose_adapter.choose(dataset, row)
        assert adapter is not None, "no adapter fits"
        try:
            found.append(adapter.adapt(row, index))
        except Skip as skip:
            found.append(skip.reason)
    return found
