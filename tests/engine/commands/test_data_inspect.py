"""`so8t data inspect`: what became of a session's sources, and from a training example back to its row."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from helpers import planted
from helpers.sessions import Session, local, make_config, refused, write_lines
from so8t_engine import cli
from so8t_engine.commands.printer import Printer
from so8t_engine.data import inspection, shards
from so8t_engine.session import manifest


@pytest.fixture
def session(tmp_path: Path) -> Session:
    rows: list[Any] = [{"prompt": item.prompt, "response": item.response} for item in planted.records(60, 3, share=0.2)]
    (tmp_path / "many").mkdir()
    write_lines(tmp_path / "many" / "a.jsonl", rows[:25])
    write_lines(tmp_path / "many" / "b.jsonl", [b"{broken", *rows[25:]])
    settings = {"collect": {"rows_per_shard": 20, "max_bad_fraction": 0.5}, "integrate": {"heldout_fraction": 0.1}}
    session = Session(tmp_path / "root", make_config([local("many", tmp_path / "many")], **settings))
    return session


def inspected(session: Session, *more: str, as_json: bool = True, language: str = "en") -> str:
    out = io.StringIO()
    options = cli.parsed(["data", "inspect", session.path.name, "--data-root", str(session.path.parent), *more])
    assert cli.answered(options, Printer(out, json=as_json, language=language)) == 0
    return out.getvalue()


def test_what_each_rule_took_and_what_is_left_is_shown(session: Session) -> None:
    session.run()
    found = json.loads(inspected(session))

    many = found["sources"]["many"]
    assert many["kept"] + sum(rule["rows"] for rule in many["dropped"]) == many["rows"] == 61
    [unread] = [rule for rule in many["dropped"] if not rule["examples"]]
    assert unread["rows"] == 1 and "JSON" in unread["reason"]["text"], unread
    assert {rule["reason"]["code"] for rule in many["dropped"]} >= {"data.duplicate", "data.near_duplicate"}
    assert all(len(rule["examples"]) <= 10 for rule in many["dropped"])
    assert sum(found["language"].values()) == found["records"] == many["kept"]
    assert (
        found["lengths"]["prompt"]["least"]
        <= found["lengths"]["prompt"]["median"]
        <= found["lengths"]["prompt"]["most"]
    )
    assert len(found["examples"]) == 10
    for example in found["examples"]:
        assert example["prompt"] == example["row"]["prompt"].strip()
    told = inspected(session, as_json=False)
    assert "many: 61 read, 4 held out, 49 learnt, 0 asked without an answer, 8 left out" in told
    assert "nearly the same as an earlier record" in told
    assert "先に出た記録とほぼ同じ" in inspected(session, as_json=False, language="ja")


def test_a_training_example_leads_back_to_its_row(session: Session) -> None:
    session.run()
    lines = (session.path.parent.parent / "many" / "b.jsonl").read_text(encoding="utf-8").splitlines()
    example = [item for item in shards.read_examples(session.path, "train")][-1]
    [found] = json.loads(inspected(session, "--example", example.id))["examples"]
    assert inspected(session, "--example", example.id, as_json=False).startswith(f"1. {example.id}")

    assert (found["file"], json.loads(lines[found["row_number"] - 1])) == ("b.jsonl", found["row"])
    assert found["row"]["prompt"].strip() == example.prompt


def _as_before(session: Session, folder: str, columns: set[str]) -> None:
    """The first shard as a version wrote it that did not know these columns."""
    where = shards.folder(session.path, folder)
    names, about = manifest.read(where)
    name = min(name for name in names if not name.endswith(".json"))
    if name.endswith(".arrow"):
        table = pa.ipc.open_file((where / name).read_bytes()).read_all()
        data = shards.arrow(table.drop_columns(list(columns)))
    else:
        table = pq.read_table(where / name)
        data = shards.parquet(table.drop_columns(list(columns)))
    (where / name).write_bytes(data)
    (where / manifest.NAME).write_bytes(manifest.build(names | {name: manifest.digest(data)}, about))


def test_what_an_older_version_had_begun_is_shown_as_far_as_it_noted_it(session: Session) -> None:
    session.run()
    _as_before(session, shards.CONVERTED, {"messages"})
    _as_before(session, shards.COLLECTED, {"file", "place"})
    train = shards.read_examples(session.path, "train")
    told = inspected(session, "--example", train[0].id, as_json=False)
    assert "row 1 of source many" in told
    assert "None" not in told

    _as_before(session, shards.INTEGRATED, {"number"})
    told = inspected(session, "--example", train[0].id, as_json=False)
    assert "source many (an older version did not note the row)" in told
    assert "None" not in told and "null" not in told


def test_before_there_are_records_it_says_so(session: Session) -> None:
    session.run("collect")
    assert refused(lambda: inspection.look(session.path)).sentence.code == "data.inspect_too_early"
    session.run()
    assert refused(lambda: inspection.look(session.path, "nobody")).sentence.code == "data.inspect_no_example"
