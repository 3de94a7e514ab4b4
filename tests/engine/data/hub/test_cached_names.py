"""Names in the cache: a file's own where every system holds it, else one made of its letters and a digest."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from so8t_engine.data.hub import cached_names

ODD_NAMES = ("train-aux/CON.jsonl", "train-b/a:b?*|.jsonl", "train-c./a.jsonl", "train-D/x.jsonl", "train-d/x.jsonl",
             "train-e/data.jsonl.part", "train-f/" + "long" * 45 + ".jsonl", "train-g/nul", "train-h/x. ")  # fmt: skip


@pytest.mark.parametrize(
    ("name", "leads_out"),
    [
        (".", True), ("a/..", True), ("..", True), ("../x", True), ("a/../../x", True), ("/x", True),
        ("a", False), ("a/b", False), ("..a/x", False), ("a/..b", False), ("a/../b", False),
    ],
)  # fmt: skip
def test_whether_a_name_is_of_a_file_inside(name: str, leads_out: bool) -> None:
    assert cached_names.leads_out(name) is leads_out


@pytest.mark.parametrize(
    ("name", "is_safe"),
    [
        ("train/data-0.parquet", True), ("a", True), ("a/b", True),
        ("é.csv", True), ("console.txt", True), ("a.con", True), ("a b.txt", True),
        ("b" * 200, True), ("é" * 100, True), ("Train/x", False), ("e\u0301.csv", False), ("con", False),
        ("aux.jsonl", False), ("a/nul.txt", False), ("com1/x", False), ("lpt³.x", False), ("a:b", False), ("x.", False),
        ("x ", False), (" x", False), ("a//b", False), ("b" * 201, False), ("é" * 101, False), ("x.part", False),
        ("x.part.lock", False), ("x.part.sums", False), ("\ud800", False),
    ],
)  # fmt: skip
def test_which_names_every_system_holds(name: str, is_safe: bool) -> None:
    assert cached_names.is_safe(Path("cache"), name) is is_safe


def test_a_path_with_what_may_lie_beside_it_is_as_long_as_windows_takes_and_no_longer() -> None:
    name = f"{'a' * 100}/{'b' * 100}"
    room = 259 - len("/") - len(name) - len(".part.lock")
    assert cached_names.is_safe(Path("c" * room), name)
    assert not cached_names.is_safe(Path("c" * (room + 1)), name)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Train-Aux/CON.jsonl", "_con-109f8ce446a30dfb.jsonl"),
        ("train-aux/con.jsonl", "_con-8bbcb51ec88a2855.jsonl"),
        (f"a/Über die Zeit, {'long ' * 12}.json.gz", "_ber-die-zeit-long-long-long-long-10f9265d8a3cba4d.json.gz"),
        ("x. ", "_x-7a590786edc74362"),
        ("日本語.csv", "_-7c240e54f43ecbd1.csv"),
        ("a.b.c.parquet", "_a-b-574c879d8f1cf4db.c.parquet"),
    ],
)
def test_the_name_in_place_of_another_stays_the_same_or_all_would_be_fetched_again(name: str, safe: str) -> None:
    assert cached_names.safe(name) == safe


def test_a_file_that_an_earlier_version_left_under_its_own_name_is_used(tmp_path: Path) -> None:
    for name in ODD_NAMES:
        before = cached_names.place(tmp_path, name)
        assert before == (tmp_path / name if name == "train-d/x.jsonl" else tmp_path / cached_names.safe(name))
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / f"{name}.part").write_bytes(b"begun")
        assert cached_names.place(tmp_path, name) == tmp_path / name
        (tmp_path / f"{name}.part").rename(tmp_path / name)
        assert cached_names.place(tmp_path, name) == tmp_path / name
    assert len({cached_names.safe(name).lower() for name in ODD_NAMES}) == len(ODD_NAMES)


def test_a_name_that_no_file_can_have_here_lies_nowhere(tmp_path: Path) -> None:
    for name in (f"A/{'x' * 300}", "A\0b"):
        assert cached_names.place(tmp_path, name) == tmp_path / cached_names.safe(name)


def test_a_file_that_came_within_one_tick_of_the_clock_is_seen_too(tmp_path: Path) -> None:
    (tmp_path / "A").touch()
    assert cached_names.place(tmp_path, "A") == tmp_path / "A"
    before = tmp_path.stat()
    (tmp_path / "B").touch()
    os.utime(tmp_path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert cached_names.place(tmp_path, "B") == tmp_path / "B"


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
