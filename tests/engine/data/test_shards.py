"""What the data steps write into their folders, and what the next step, training and evaluation read of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from helpers.sessions import Session, make_config, refused
from so8t_engine.data import shards
from so8t_engine.data.record import Example, Record
from so8t_engine.data.shards import Examples
from so8t_engine.data.stretches import Stretches
from so8t_engine.session import manifest
from so8t_engine.session.state import Cursor

RECORDS = [
    Record("a" * 16, "s", "Why?", "So.", "chat", "en", "train", reasoning="Thus."),
    Record("b" * 16, "s", "How?", "So.", "chat", "en", "train", choices=["x", "y"]),
    Record("c" * 16, "s", "Who?", "", "chat", "en", "train", reasoning="Thus."),
    Record("d" * 16, "s", "When?", "So.", "chat", "en", "heldout", reasoning="Thus."),
    Record("e" * 16, "s", "Where?", "So.", "chat", "en", "train", reasoning="Thus."),
    Record("f" * 16, "s", "What?", "", "chat", "en", "train"),
]


def integrated(path: Path, records: list[Record], schema: pa.Schema = shards.INTEGRATED_SCHEMA) -> Path:
    rows = [
        {**record._asdict(), "key": "k", "prompt_key": "p", "number": place} for place, record in enumerate(records, 7)
    ]
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), path)
    return path


def examples(*rows: dict[str, Any], measured: bool = True, repeated: bool = False) -> pa.Table:
    nothing: dict[str, Any] = dict.fromkeys(Example._fields)
    nothing |= {"split": "train", "completion": "A", "repeats": 1}
    every = [{**nothing, "id": str(place), **row} for place, row in enumerate(rows)]
    return pa.Table.from_pylist(every, schema=shards.converted_schema(measured=measured, repeated=repeated))


def test_a_prompt_may_be_asked_up_to_the_limit_and_where_its_tokens_were_not_counted() -> None:
    table = examples(*({"prompt_tokens": count, "completion_tokens": 1} for count in (None, 5, 6, 0)))
    every = Examples(table, Stretches(np.arange(4)))

    assert list(shards.askable(every, 5)) == list(shards.askable(list(every), 5)) == [0, 1, 3]
    assert list(shards.askable(every, 6)) == [0, 1, 2, 3]
    assert list(shards.askable(list(every), -1)) == []
    uncounted = Examples(examples({}, {}, measured=False), Stretches(np.arange(2)))
    assert list(shards.askable(uncounted, 0)) == [0, 1]


def test_those_with_a_completion_are_taught_and_a_part_of_examples_is_examples() -> None:
    table = examples({}, {"completion": ""}, {}, {})
    every = Examples(table, Stretches(np.array([1, 0, 3])))

    assert [each.id for each in every] == ["1", "0", "3"]
    assert [each.id for each in shards.taught(every)] == [each.id for each in shards.taught(list(every))] == ["0", "3"]
    assert len(every) == 3 and every[-1].id == "3"
    assert isinstance(every[1:], Examples) and [each.id for each in every[1:]] == ["0", "3"]


def test_records_come_back_as_they_were_and_of_an_older_version_without_what_came_later(tmp_path: Path) -> None:
    path = integrated(tmp_path / "new.parquet", RECORDS)
    assert [record._replace(choices=record.choices or ()) for record in shards.read_records(path)] == RECORDS
    assert shards.read_numbers(path) == [7, 8, 9, 10, 11, 12]

    schema = pa.schema([field for field in shards.INTEGRATED_SCHEMA if field.name not in ("messages", "number")])
    older = integrated(tmp_path / "old.parquet", RECORDS, schema)
    assert shards.read_records(older) == shards.read_records(path)
    assert shards.read_numbers(older) == [1, 2, 3, 4, 5, 6]


def test_of_training_records_with_an_answer_those_with_reasoning_are_read_and_of_others_the_ids(tmp_path: Path) -> None:
    found, bare = shards.read_reasoned(integrated(tmp_path / "a.parquet", RECORDS))
    assert ([record.id[0] for record in found], [each[0] for each in bare]) == (["a", "e"], ["b"])
    for few, ids in ((RECORDS[1:4], ["b"]), (RECORDS[2:4], []), (RECORDS[4:5], [])):
        found, bare = shards.read_reasoned(integrated(tmp_path / "few.parquet", few))
        assert ([record.id[0] for record in found], [each[0] for each in bare]) == (["e"] * (few == RECORDS[4:5]), ids)


def test_collected_rows_come_back_with_their_numbers(tmp_path: Path) -> None:
    rows = [(number, json.dumps({"n": number}), "a.jsonl", number + 1) for number in range(3, 1_500)]
    table = shards.collected("s", rows)
    (tmp_path / "a.parquet").write_bytes(shards.parquet(table))

    assert list(shards.read_collected(tmp_path / "a.parquet")) == [("s", row[0], {"n": row[0]}) for row in rows]
    assert (table["file"][0].as_py(), table["place"][0].as_py()) == ("a.jsonl", 4)
    halves = pa.concat_tables([table.slice(0, 700), table.slice(700)])
    assert shards.parquet(halves) == shards.parquet(table), "however they lie in memory"


@pytest.fixture
def finished(tmp_path: Path) -> Session:
    """Two converted shards, one of them of an older version that counted neither tokens nor repeats."""
    session = Session(tmp_path, make_config([{"name": "a", "path": "owner/a"}]))
    context = session.context()
    context.tick(Cursor("convert", 1), "shard", {}, dict)
    tables = {
        "000.arrow": examples({"id": "a"}, {"id": "b", "split": "heldout"}, measured=False),
        "001.arrow": examples(
            {"id": "c", "repeats": 2, "prompt_tokens": 5}, {"id": "d", "split": "heldout"}, {"id": "e"}, repeated=True
        ),
    }
    where = shards.folder(session.path, shards.CONVERTED)
    listed = {}
    for name, data in {name: shards.arrow(table) for name, table in tables.items()}.items():
        context.write(where / name, data)
        listed[name] = manifest.digest(data)
    for stale in ("stale.arrow", "replaced.arrow"):
        context.write(where / stale, b"x")
    notes = {"counts.json": {"é": 1, "a": 2}}
    shards.finish(context, shards.CONVERTED, listed, notes, replaced=["replaced.arrow"])
    return session


def test_a_finished_folder_holds_what_its_manifest_lists_and_what_a_checkpoint_may_still_name(
    finished: Session,
) -> None:
    where = shards.folder(finished.path, shards.CONVERTED)

    assert where == finished.path / "data" / "converted"
    kept = ["000.arrow", "001.arrow", "counts.json", manifest.NAME]
    assert sorted(path.name for path in where.iterdir()) == sorted([*kept, "replaced.arrow"])
    shards.clear(finished.path, shards.CONVERTED)
    assert sorted(path.name for path in where.iterdir()) == sorted(kept)
    assert (where / "counts.json").read_text(encoding="utf-8") == '{\n "a": 2,\n "é": 1\n}\n'
    assert shards.noted(finished.path, shards.CONVERTED) == {"a": 2, "é": 1}
    assert shards.noted(finished.path, shards.INTEGRATED) == {}
    assert [path.name for path in shards.listed(finished.path, shards.CONVERTED)] == ["000.arrow", "001.arrow"]
    (where / "001.arrow").write_bytes(b"x")
    assert refused(lambda: shards.read_examples(finished.path, "train")).code == "session_damaged"


def test_examples_of_a_split_come_as_often_as_they_are_seen_in_one_pass(finished: Session) -> None:
    train, heldout = (shards.read_examples(finished.path, split) for split in ("train", "heldout"))

    assert [each.id for each in train] == ["a", "c", "c", "e"]
    assert [each.id for each in heldout] == ["b", "d"]
    assert [each.prompt_tokens for each in train] == [None, 5, 5, None]
    assert shards.read_converted(finished.path).num_rows == 5
