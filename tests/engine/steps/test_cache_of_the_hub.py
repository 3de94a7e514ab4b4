"""What lies in the cache of the Hub's files: under names that every system can hold, and as it had arrived."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from helpers.hub_sources import collected, lines, rows, session_of, source
from helpers.loopback_hub import Fault, LoopbackHub
from helpers.sessions import refused
from so8t_engine.data import cached_names, hub_files


@pytest.mark.parametrize("damage", ["middle", "beginning"])
def test_zeros_inside_of_what_had_arrived_before_a_power_cut_are_not_kept(
    served: LoopbackHub, tmp_path: Path, damage: str
) -> None:
    data = lines(rows(200))
    repo = served.add("owner/maths", {"train.jsonl": data})
    served.faults += [Fault("/cdn/", 1, cut=20_000), Fault("/cdn/", status=500)]
    session = session_of(tmp_path, source())
    refused(lambda: session.run("collect"))
    served.faults.clear()
    part = hub_files.cache() / "owner--maths" / repo.head / "train.jsonl.part"
    begun = part.read_bytes()
    start = {"middle": 9_000, "beginning": 0}[damage]
    part.write_bytes(begun[:start] + bytes(4_096) + begun[start + 4_096 :])
    session.run("collect")

    assert collected(session) == rows(200)
    assert part.with_name("train.jsonl").read_bytes() == data


ODD_NAMES = ("train-aux/CON.jsonl", "train-b/a:b?*|.jsonl", "train-c./a.jsonl", "train-D/x.jsonl", "train-d/x.jsonl",
             "train-e/data.jsonl.part", "train-f/" + "long" * 45 + ".jsonl", "train-g/nul", "train-h/x. ")  # fmt: skip


def test_names_that_windows_cannot_hold_are_other_names_in_the_cache(served: LoopbackHub, tmp_path: Path) -> None:
    """Also beside a file that an earlier version has left under its own name."""
    names = [name for name in ODD_NAMES if name.endswith(".jsonl")]
    served.add("owner/maths", {name: lines(rows(5, 5 * n)) for n, name in enumerate(names)})
    session = session_of(tmp_path, source(), name="first")
    session.run("collect")
    folder = hub_files.cache() / "owner--maths"
    kept = sorted(path.relative_to(folder).as_posix().split("/", 1)[1] for path in folder.rglob("*.jsonl"))

    assert sorted(row["question"] for row in collected(session)) == sorted(
        row["question"] for row in rows(5 * len(names))
    )
    assert len(kept) == len({name.lower() for name in kept}) == len(names)
    assert all(cached_names.is_safe(folder, name) for name in kept)
    assert [name for name in kept if "/" in name] == ["train-d/x.jsonl"]
    asked = len(served.data(".jsonl"))
    session_of(tmp_path, source(), name="second").run("collect")
    assert len(served.data(".jsonl")) == asked


def test_a_file_that_an_earlier_version_left_under_its_own_name_is_used(tmp_path: Path) -> None:
    for name in ODD_NAMES:
        before = cached_names.place(tmp_path, name)
        assert before.parent == tmp_path or name == "train-d/x.jsonl"
        assert len(before.name) <= 64 or name == "train-d/x.jsonl"
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / f"{name}.part").write_bytes(b"begun")
        assert cached_names.place(tmp_path, name) == tmp_path / name
    assert len({cached_names.safe(name).lower() for name in ODD_NAMES}) == len(ODD_NAMES)
    assert not cached_names.is_safe(tmp_path / ("deep/" * 45), "train/x.jsonl")


def test_that_a_folder_of_thousands_of_odd_names_is_not_listed_for_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"Data-{number}.jsonl" for number in range(3_000)]
    for name in names[::2]:  # an earlier version left these
        (tmp_path / name).touch()
    listed = 0
    real = os.listdir

    def counted(folder: Path) -> list[str]:
        nonlocal listed
        listed += 1
        return real(folder)

    monkeypatch.setattr(os, "listdir", counted)
    lie_there = [cached_names.place(tmp_path, name) == tmp_path / name for name in names]
    assert lie_there == [True, False] * 1_500 and listed < 10
