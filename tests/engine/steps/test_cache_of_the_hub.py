"""What lies in the cache of the Hub's files: under names that every system can hold, and as it had arrived."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.hub_sources import collected, lines, rows, session_of, source
from helpers.loopback_hub import Fault, LoopbackHub
from helpers.sessions import refused
from so8t_engine.data.hub import cached_names, hub_files


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
