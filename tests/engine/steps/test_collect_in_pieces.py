"""Large sources of which only the beginning is wanted: fetched piece by piece, nothing twice."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow import feather

from helpers.data_sources import EVERY_TICK
from helpers.hub_sources import another_word, collected, large, lines, parquet, rows, session_of, source
from helpers.loopback_hub import Fault, LoopbackHub
from helpers.sessions import make_config, refused
from so8t_engine.data import trial
from so8t_engine.data.adapters import choose_adapter
from so8t_engine.data.files import table_rows
from so8t_engine.data.files.row_readers import RawRow
from so8t_engine.data.hub import hub_download, hub_files
from so8t_engine.data.hub.hub_problems import Patience


def test_of_a_large_table_only_the_wanted_groups_of_rows_are_fetched(
    served: LoopbackHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither those behind `max_rows` nor, in the next start, those that are collected."""
    large(monkeypatch)
    items = [row | {"noise": random.Random(n).randbytes(1_200).hex()} for n, row in enumerate(rows(400))]
    data = parquet(items, group=40)
    served.add("owner/maths", {"train.parquet": data})
    session = session_of(tmp_path, source(max_rows=120), **EVERY_TICK)
    cuts = session.run_with_cuts("collect")
    fetched = sum(request.sent for request in served.data("train.parquet"))

    assert cuts == 3
    assert collected(session) == items[:120]
    assert fetched < len(data) * 0.9, "the footer four times, of ten groups three, some of them twice"


def test_of_a_large_table_only_the_columns_that_are_named_are_fetched(
    served: LoopbackHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large(monkeypatch)
    items = [row | {"traces": random.Random(n).randbytes(4_000).hex()} for n, row in enumerate(rows(100))]
    data = parquet(items)
    served.add("owner/maths", {"train.parquet": data})
    columns = {"prompt": "question", "response": "answer"}
    session = session_of(tmp_path, source(max_rows=100, columns=columns))
    session.run("collect", "integrate")

    assert collected(session) == rows(100)
    assert session.notes("integrated", "counts.json")["records"] == 100
    assert sum(request.sent for request in served.data("train.parquet")) < len(data) / 4


@pytest.mark.parametrize("kind", ["parquet", "arrow"])
def test_pictures_are_fetched_beside_the_columns_that_are_named_as_what_needs_them_is_left_out(
    tmp_path: Path, kind: str
) -> None:
    table = pa.table({"question": ["Which?", "What?"], "image": [None, b"\x89PNG"], "answer": ["a", "b"], "id": [1, 2]})
    path = tmp_path / f"train.{kind}"
    if kind == "parquet":
        pq.write_table(table, path)
    else:
        feather.write_feather(table, path)
    reader = table_rows.parquet_rows if kind == "parquet" else table_rows.arrow_rows
    found = [json.loads(row.text) for row in reader(str(path), 0, columns=("answer",)) if isinstance(row, RawRow)]

    assert found == [{"image": None, "answer": "a"}, {"image": b"\x89PNG".hex(), "answer": "b"}]


def test_an_adapter_by_its_name_gets_its_own_columns_whatever_others_are_named() -> None:
    columns = {"prompt": "question", "response": "answer"}
    named, by_columns = make_config([source(adapter="dolly", columns=columns), source("b", columns=columns)]).datasets

    assert choose_adapter.columns_of(named) is None
    assert choose_adapter.columns_of(by_columns) == ("question", "answer")


@pytest.mark.parametrize("kind", ["jsonl", "jsonl.gz"])
def test_of_a_large_text_only_the_beginning_is_fetched_and_nothing_twice(
    served: LoopbackHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    large(monkeypatch)
    data = lines(rows(400)) if kind == "jsonl" else gzip.compress(lines(rows(400)))
    served.add("owner/maths", {f"train.{kind}": data})
    session = session_of(tmp_path, source(max_rows=120), **EVERY_TICK)
    session.run_with_cuts("collect")
    ranges = [request.range for request in served.data(kind)]

    assert collected(session) == rows(120)
    assert len(ranges) == len(set(ranges))
    assert sum(request.sent for request in served.data(kind)) < len(data) * 0.75


def test_a_large_text_that_is_read_to_its_end_is_held_against_its_digest(
    served: LoopbackHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large(monkeypatch)
    served.add("owner/maths", {"train.jsonl": lines(rows(100))})
    served.faults.append(Fault("/cdn/", body=another_word))
    session = session_of(tmp_path, source(max_rows=1_000))
    error = refused(lambda: session.run("collect"))
    served.faults.clear()
    session.run("collect")

    assert (error.code, "SHA-256" in error.detail) == ("dataset_network", True)
    assert collected(session) == rows(100)


@pytest.mark.parametrize(
    ("kind", "damage"), [(kind, damage) for kind in ("jsonl", "jsonl.gz") for damage in ("beginning", "middle", "end")]
)
def test_what_a_power_cut_left_of_a_beginning_is_fetched_anew(
    served: LoopbackHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, damage: str
) -> None:
    """Zeros where the disk had not got the end of a file; and whatever else makes no sense when it is unpacked."""
    large(monkeypatch)
    data = lines(rows(400)) if kind == "jsonl" else gzip.compress(lines(rows(400)))
    repo = served.add("owner/maths", {f"train.{kind}": data})
    session_of(tmp_path, source(max_rows=120), name="first").run("collect")
    [part] = (hub_files.cache() / "owner--maths" / repo.head).glob("*.part")
    begun = part.read_bytes()
    zeros = bytes(len(begun) // 2)
    start = {"beginning": 0, "middle": len(begun) // 4, "end": len(begun) - len(zeros)}[damage]
    part.write_bytes(begun[:start] + zeros + begun[start + len(zeros) :])
    session = session_of(tmp_path, source(max_rows=120), name="second")
    session.run("collect")

    assert collected(session) == rows(120)
    assert session.notes("collected", "provenance.json")["a"]["kept"] == 120


def test_a_damaged_page_of_a_table_that_is_read_in_pieces_is_asked_again(
    served: LoopbackHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large(monkeypatch)
    served.add("owner/maths", {"train.parquet": parquet(rows(100), group=50)})
    served.faults.append(Fault("/cdn/", 2, body=lambda data: data[:-600] + b"\xff" * 300 + data[-300:]))
    session = session_of(tmp_path, source(max_rows=60))
    session.run("collect")
    served.faults.append(Fault("/cdn/", body=lambda data: data[:-600] + b"\xff" * 300 + data[-300:]))
    error = refused(lambda: session_of(tmp_path, source(max_rows=60), name="worse").run("collect"))

    assert collected(session) == rows(60)
    assert (error.code, "owner/maths/train.parquet" in error.detail.replace("\\", "/")) == ("dataset_file", True)


def test_a_dataset_of_the_hub_is_tried_out_by_its_first_rows(
    served: LoopbackHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large(monkeypatch)
    data = lines(rows(2_000))
    served.add("owner/maths", {"train.jsonl": data})
    tried = trial.run(make_config([source()]))

    assert (tried.rows, tried.kept) == (200, 200)
    assert sum(request.sent for request in served.data("train.jsonl")) < len(data) / 4


def test_what_is_read_in_pieces_is_a_file_like_any_other(served: LoopbackHub) -> None:
    data = lines(rows(40))
    repo = served.add("owner/maths", {"train.jsonl": data})
    dataset = make_config([source()]).datasets[0]
    [file] = hub_files.choose(dataset, hub_files.Pinned(repo.head, None), Patience()) or []
    piece = hub_download.ranges(dataset, repo.head, file, Patience())

    assert [piece(0, 10), piece(500, 700), piece(len(data) - 5, 5)] == [data[:10], data[500:1_200], data[-5:]]


@pytest.mark.parametrize(
    ("revision", "name"), [("v", "../../../x.jsonl"), ("../../..", "x.jsonl"), ("v", "/etc/x.jsonl")]
)
def test_no_name_leads_out_of_the_cache(revision: str, name: str) -> None:
    dataset = make_config([source()]).datasets[0]
    file = hub_files.HubFile(name, 3, "0" * 64)
    error = refused(lambda: hub_download.fetch(dataset, revision, [file], at_once=1, patience=Patience()))

    assert (error.code, name in error.detail) == ("dataset_file", True)
