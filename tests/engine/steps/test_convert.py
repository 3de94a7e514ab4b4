"""The units that a shard is converted in."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from helpers.sessions import local, make_config
from so8t_engine.steps import convert


@pytest.mark.parametrize(
    ("rows", "sections", "wanted"),
    [
        (0, "leave_out", [(0, 0)]),
        (1, "leave_out", [(0, 1)]),
        (5, "leave_out", [(0, 5)]),
        (0, "teacher", [(0, 0)]),
        (5, "teacher", [(0, 2), (2, 4), (4, 5)]),
    ],
)
def test_a_shard_is_one_unit_or_with_a_teacher_as_many_as_it_has_blocks_of_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int, sections: str, wanted: list[tuple[int, int]]
) -> None:
    monkeypatch.setattr(convert, "TEACHER_RECORDS", 2)
    path = tmp_path / "shard.parquet"
    pq.write_table(pa.table({"number": list(range(rows))}), path)
    config = make_config([local("a", "a.jsonl")], convert={"missing_sections": sections, "teacher": "owner/model"})

    assert list(convert._units(config, [path])) == [(path, *unit) for unit in wanted]
