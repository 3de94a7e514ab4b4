"""Sources that are broken, missing or changed: each is one sentence that names the place."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from helpers.data_sources import EVERY_TICK, SMALL, pairs, small
from helpers.sessions import Cut, Session, local, make_config, refused, write_lines
from so8t_engine.data import admission, shards
from so8t_engine.session import verification

BAD = [
    ("broken.jsonl", [*pairs(30), b"{broken"], "dataset_bad", "line 31 of broken.jsonl (not JSON)"),
    ("latin.jsonl", [*pairs(30), b'{"prompt": "\xff"}'], "dataset_bad", "line 31 of latin.jsonl (not UTF-8)"),
    (
        "huge.jsonl",
        [b'{"prompt": "' + b"x" * 500_000 + b'"}', *pairs(30)],
        "dataset_bad",
        "line 1 of huge.jsonl (longer than",
    ),
    ("numbers.jsonl", [b"1", b"2"], "dataset_bad", "line 1 of numbers.jsonl (not a JSON object)"),
    ("empty.jsonl", [], "dataset_no_rows", "holds no rows"),
    ("blank.jsonl", [b"", b" "], "dataset_no_rows", "holds no rows"),
    ("empty.json", [b"[]"], "dataset_no_rows", "holds no rows"),
]


@pytest.mark.parametrize(("name", "rows", "code", "expected"), BAD)
def test_bad_input_stops_with_a_sentence_that_names_the_place(
    tmp_path: Path, name: str, rows: list[Any], code: str, expected: str
) -> None:
    path = write_lines(tmp_path / name, rows)
    session = Session(tmp_path, make_config([local("a", path)], collect={"max_line_bytes": 100_000}))
    error = refused(lambda: session.run("collect"))

    assert error.code == code
    assert str(path) in error.detail
    assert expected in error.detail


def test_too_many_bad_lines_stop_early_and_few_do_not(tmp_path: Path) -> None:
    few = write_lines(tmp_path / "few.jsonl", [*pairs(150), b"{", *pairs(50, 150)])
    many = write_lines(tmp_path / "many.jsonl", [*pairs(97), b"{", b"{", b"{", *pairs(10_000, 97)])
    session = Session(tmp_path, make_config([local("few", few)]))
    session.run("collect")

    assert session.notes("collected", "provenance.json")["few"]["kept"] == 200
    error = refused(lambda: Session(tmp_path, make_config([local("many", many)]), "t").run("collect"))
    assert "2 of 100 rows" in error.detail or "3 of 100 rows" in error.detail


def test_a_missing_file_is_named_before_the_others_are_collected(tmp_path: Path) -> None:
    there = write_lines(tmp_path / "a.jsonl", pairs(3))
    session = Session(tmp_path, make_config([local("a", there), local("b", tmp_path / "nowhere.jsonl")]))
    error = refused(lambda: session.run("collect"))

    assert (error.code, "nowhere.jsonl" in error.detail) == ("dataset_missing", True)
    said = [event.name for event in session.events if event.name in ("warning", "progress")]
    assert said[:2] == ["warning", "progress"]
    assert [warning["code"] for warning in session.said("warning")] == ["source_failed"]
    assert [name for name in session.digests()] == ["collected/000-a-00000.parquet"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_named(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", pairs(3))
    path.chmod(0)
    error = refused(lambda: Session(tmp_path, make_config([local("a", path)])).run("collect"))

    assert (error.code, "permission denied" in error.detail) == ("dataset_missing", True)


def test_an_empty_file_among_others_is_only_reported(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    write_lines(tmp_path / "data" / "a.jsonl", [])
    write_lines(tmp_path / "data" / "b.jsonl", pairs(3))
    session = Session(tmp_path, make_config([local("a", tmp_path / "data")]))
    session.run("collect")

    assert [warning["code"] for warning in session.said("warning")] == ["file_empty"]


def test_rows_no_adapter_knows_are_refused_with_their_columns(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", [{"foo": 1, "bar": 2}])
    error = refused(lambda: Session(tmp_path, make_config([local("a", path)])).run("collect", "integrate"))

    assert (error.code, "'bar', 'foo'" in error.detail) == ("dataset_shape", True)


@pytest.mark.parametrize("name", ["0.jsonl", "z.jsonl"])
def test_a_file_of_another_shape_beside_good_ones_stops_nothing_and_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    looked_at: list[Mapping[str, Any]] = []
    fits = admission.fits
    monkeypatch.setattr(admission, "fits", lambda dataset, row: [looked_at.append(row), fits(dataset, row)][1])
    (tmp_path / "data").mkdir()
    write_lines(tmp_path / "data" / "b.jsonl", pairs(4))
    write_lines(tmp_path / "data" / name, [{"foo": number, "bar": 2} for number in range(20)])
    session = Session(tmp_path, make_config([local("a", tmp_path / "data")], collect={"rows_per_shard": 2}))
    session.run("collect", "integrate")

    counts = json.loads((session.path / "data" / "integrated" / "counts.json").read_text(encoding="utf-8"))
    assert (counts["sources"]["a"]["kept"], list(counts["sources"]["a"]["dropped"].values())) == (4, [20])
    assert len(looked_at) <= 11  # each shard's first row once, not once for each shard


def test_nothing_left_to_train_on_is_refused_with_the_reasons(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", pairs(5))
    config = make_config([local("a", path)], integrate={"languages": ["ja"]})
    error = refused(lambda: Session(tmp_path, config).run("collect", "integrate"))

    assert error.code == "dataset_empty"
    assert "its language is not in integrate.languages (5)" in error.detail


def test_a_source_that_changed_during_the_step_is_refused_or_accepted(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", pairs(9))
    session = Session(tmp_path, make_config([local("a", path)], **{**SMALL, **EVERY_TICK}))
    with pytest.raises(Cut):
        session.run("collect", context=session.context(cut=_cut_when_saved))
    write_lines(path, pairs(12))

    error = refused(lambda: session.run("collect"))
    assert (error.code, str(path) in error.detail) == ("source_changed", True)
    session.run("collect", context=session.context(accept_changes=True))
    assert session.notes("collected", "provenance.json")["a"]["kept"] == 12
    assert session.said("mark")[0]["mark"] == "exactness_break"


def _cut_when_saved(message: Any) -> None:
    if message.name == "saved":
        raise Cut


def test_data_that_was_altered_is_not_read(tmp_path: Path) -> None:
    session = Session(tmp_path, small(tmp_path / "data"))
    session.run()
    path = shards.listed(session.path, shards.CONVERTED)[0]
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))

    error = refused(lambda: shards.read_examples(session.path, "train"))
    assert (error.code, path.name in error.detail) == ("session_damaged", True)
    assert any(path.name in str(problem) for problem in verification.problems(session.path))


def test_integrate_notices_that_its_own_earlier_shard_was_altered(tmp_path: Path) -> None:
    session = Session(tmp_path, small(tmp_path / "data", **EVERY_TICK))
    session.run("collect")
    with pytest.raises(Cut):
        session.run("integrate", context=session.context(cut=_cut_when_saved))
    [path] = (session.path / "data" / "integrated").glob("*.parquet")
    path.write_bytes(path.read_bytes() + b"x")

    assert refused(lambda: session.run("integrate")).code == "session_damaged"
