"""What becomes of a file that was fetched, and how long the rest will take."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from so8t_engine.config.run_config import Dataset
from so8t_engine.data.hub import hub_download
from so8t_engine.data.hub.hub_download import Fetched
from so8t_engine.data.hub.hub_files import HubFile
from so8t_engine.data.hub.hub_problems import FIRST_PAUSE_SECONDS, Patience

DATA = b"row\n" * 9
FILE = HubFile("a.jsonl", len(DATA), hashlib.sha256(DATA).hexdigest())


@pytest.mark.parametrize("arrived", [DATA, DATA[:-1], b"x" * len(DATA), None])
def test_only_what_is_whole_comes_into_its_place_and_nothing_else_stays(tmp_path: Path, arrived: bytes | None) -> None:
    target, part = tmp_path / "a.jsonl", tmp_path / "a.jsonl.part"
    if arrived is not None:
        part.write_bytes(arrived)

    assert hub_download._kept(part, target, FILE) is (arrived == DATA)
    assert [path.name for path in tmp_path.iterdir()] == (["a.jsonl"] if arrived == DATA else [])


def test_a_damaged_file_is_gone_and_zeros_at_the_end_of_a_part_are_fetched_again(tmp_path: Path) -> None:
    target, part = tmp_path / "a.jsonl", tmp_path / "a.jsonl.part"
    target.write_bytes(DATA[:-1] + b"x")
    part.write_bytes(DATA[:5] + bytes(3))

    assert not hub_download._cleared(target, FILE)
    assert not target.exists() and part.read_bytes() == DATA[:5]
    target.write_bytes(DATA)
    assert hub_download._cleared(target, FILE) and target.read_bytes() == DATA


@pytest.mark.parametrize("zeros", [3, 4, 5, 12])
def test_of_zeros_at_the_end_of_a_part_nothing_stays_however_many_are_looked_at_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zeros: int
) -> None:
    target, part = tmp_path / "a.jsonl", tmp_path / "a.jsonl.part"
    monkeypatch.setattr(hub_download, "CHUNK", 4)
    part.write_bytes(DATA[:7] + bytes(zeros))

    assert not hub_download._cleared(target, FILE)
    assert part.read_bytes() == DATA[:7]


def test_the_time_that_is_left_follows_from_what_this_process_has_fetched() -> None:
    """Of 1,000 bytes 200 were there and 300 came in 6 seconds: 500 are missing."""
    assert hub_download._so_far(200, 300, 1_000, 6.0) == Fetched(500, 1_000, 10.0)
    assert hub_download._so_far(200, 0, 1_000, 6.0) == Fetched(200, 1_000, None)


def test_a_connection_that_brought_something_before_it_broke_has_all_its_tries_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def four_bytes(dataset: Dataset, revision: str, file: HubFile, start: int, end: int) -> Iterator[bytes]:
        yield DATA[start : start + 4]
        raise TimeoutError

    monkeypatch.setattr(hub_download, "_sent", four_bytes)
    pauses, arrived = list[float](), bytearray()
    hub_download._pull(
        Dataset(name="a", path="owner/a"), "main", FILE, start=0, end=len(DATA),
        patience=Patience(retries=1, sleep=pauses.append), take=arrived.extend,
    )  # fmt: skip

    assert bytes(arrived) == DATA and pauses == [FIRST_PAUSE_SECONDS] * 9
