"""Sources that cannot be had: the others are collected first, and what is decided stays decided."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.data_sources import EVERY_TICK
from helpers.hub_sources import collected, large, lines, parquet, rows, session_of, source, warned
from helpers.loopback_hub import Fault, LoopbackHub
from helpers.sessions import Cut, local, refused, write_lines
from so8t_engine.protocol import Message


def test_one_bad_source_stops_no_other_and_a_resume_asks_only_for_it(served: LoopbackHub, tmp_path: Path) -> None:
    for name in ("first", "third", "fourth"):
        served.add(f"owner/{name}", {"train.jsonl": lines(rows(90, len(name) * 100))})
    served.repos["owner/third"].gated = True
    broken = write_lines(tmp_path / "broken.jsonl", [*rows(3), b"{"])
    sources = [
        source("one", "owner/first"),
        source("two", "owner/nowhere"),
        source("three", "owner/third"),
        local("four", broken),
        source("five", "owner/fourth"),
    ]
    session = session_of(tmp_path, *sources, **EVERY_TICK)
    error = refused(lambda: session.run("collect"))

    assert error.code == "dataset_several"
    assert [name in error.detail for name in ("owner/nowhere", "owner/third", "broken.jsonl", "owner/first")] == [
        True,
        True,
        True,
        False,
    ]
    assert len(warned(session, "source_failed")) == 3
    assert {name.split("-")[1] for name in session.digests()} == {"one", "five"}

    served.add("owner/nowhere", {"train.jsonl": lines(rows(5))})
    served.repos["owner/third"].gated = False
    write_lines(broken, rows(4))
    before = len(served.asked)
    session.run_with_cuts("collect")
    whole = session_of(tmp_path, *sources, name="whole")
    whole.run("collect")

    assert not any(
        "owner/first" in request.path or "owner/fourth" in request.path for request in served.asked[before:][:9]
    )
    assert session.digests() == whole.digests()


def test_a_source_that_loses_its_connection_goes_on_where_it_was(
    served: LoopbackHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large(monkeypatch)
    served.add("owner/maths", {"train.parquet": parquet(rows(200), group=40)})
    served.add("owner/more", {"train.jsonl": lines(rows(10))})
    sources = [source(max_rows=190), source("b", "owner/more")]
    whole = session_of(tmp_path, *sources, name="whole")
    whole.run("collect")
    session = session_of(tmp_path, *sources, **EVERY_TICK)

    def lose_it(message: Message) -> None:
        if message.name == "saved" and message.data.get("unit") == 2:
            served.faults.append(Fault("/cdn/owner/maths", status=500))

    error = refused(lambda: session.run("collect", context=session.context(cut=lose_it)))
    assert (error.code, len(session.digests())) == ("dataset_network", 3)
    served.faults.clear()
    session.run("collect")

    assert session.digests() == whole.digests()


@pytest.mark.parametrize("use", ["train", "evaluation"])
def test_a_source_that_is_not_required_is_left_out_for_good_and_said_once(
    served: LoopbackHub, tmp_path: Path, use: str
) -> None:
    served.add("owner/maths", {"train.jsonl": lines(rows(90))})
    sources = [source("gone", "owner/nowhere", required=False, use=use), source()]
    session = session_of(tmp_path, *sources, **EVERY_TICK)
    cuts = session.run_with_cuts()
    whole = session_of(tmp_path, *sources, name="whole")
    whole.run()

    assert cuts >= 3 and len(warned(session, "source_left_out")) == 1
    assert (
        "gone is left out, as it is not required: The dataset owner/nowhere is not on"
        in warned(session, "source_left_out")[0]
    )
    assert sum("owner/nowhere" in request.path for request in served.asked) <= 4
    assert session.digests() == whole.digests()
    note = session.notes("collected", "provenance.json")
    assert (note["gone"]["kept"], note["a"]["kept"], "left_out" in note["a"]) == (0, 90, False)
    assert note["gone"]["left_out"]["code"] == "data.not_on_the_hub"


def test_a_local_source_that_is_not_required_is_left_out_in_the_first_start(
    served: LoopbackHub, tmp_path: Path
) -> None:
    served.add("owner/maths", {"train.jsonl": lines(rows(9))})
    gone = source("gone", str(tmp_path / "gone.jsonl"), source="local", required=False)
    session = session_of(tmp_path, gone, source())
    session.run("collect")

    assert collected(session) == rows(9)
    [said] = warned(session, "source_left_out")
    assert "gone is left out, as it is not required" in said


def test_a_decision_stands_although_the_source_comes_back(served: LoopbackHub, tmp_path: Path) -> None:
    served.add("owner/maths", {"train.jsonl": lines(rows(90))})
    sources = [source("gone", "owner/nowhere", required=False), source()]
    session = session_of(tmp_path, *sources, **EVERY_TICK)

    def cut(message: Message) -> None:
        if message.name == "saved":
            raise Cut

    with pytest.raises(Cut):
        session.run("collect", context=session.context(cut=cut))
    assert session.digests() == {}  # the decision is on the disk before anything else is collected
    served.add("owner/nowhere", {"train.jsonl": lines(rows(5))})
    session.run("collect")

    assert collected(session) == rows(90)


def test_without_anything_to_train_on_nothing_is_decided(served: LoopbackHub, tmp_path: Path) -> None:
    session = session_of(tmp_path, source(required=False))
    error = refused(lambda: session.run("collect"))
    assert (error.code, "owner/maths" in error.detail) == ("dataset_empty", True)
    served.add("owner/maths", {"train.jsonl": lines(rows(5))})
    session.run("collect")

    assert collected(session) == rows(5)


def test_files_of_a_folder_that_are_not_read_are_told_of(tmp_path: Path) -> None:
    folder = tmp_path / "rows"
    folder.mkdir()
    write_lines(folder / "a.jsonl", rows(3))
    (folder / "scan.pdf").write_bytes(b"x")
    session = session_of(tmp_path, local("a", folder))
    session.run("collect")

    [said] = warned(session, "files_left_out")
    assert "scan.pdf" in said


def test_that_the_others_come_first_is_told_only_where_there_are_others_and_of_what_is_needed(tmp_path: Path) -> None:
    there = write_lines(tmp_path / "a.jsonl", rows(3))
    gone = local("gone", tmp_path / "none.jsonl")
    for number, (sources, told) in enumerate(
        (([gone], 0), ([gone, local("a", there)], 1), ([gone | {"required": False}, local("a", there)], 0))
    ):
        session = session_of(tmp_path / str(number), *sources)
        if sources[0].get("required", True):
            refused(lambda session=session: session.run("collect"))
        else:
            session.run("collect")
        assert len(warned(session, "source_failed")) == told
