"""Files of a hub that sends them in small pieces and breaks off: what is asked for, what is kept."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import huggingface_hub
import pytest

from helpers.sessions import refused
from so8t_engine.config.run_config import Dataset
from so8t_engine.data.hub import hub_download, hub_problems
from so8t_engine.data.hub.hub_download import Fetched
from so8t_engine.data.hub.hub_files import HubFile
from so8t_engine.data.hub.hub_problems import Patience

DATA = bytes(range(1, 101))
FILE = HubFile("in/a.jsonl", len(DATA), hashlib.sha256(DATA).hexdigest())
DATASET = Dataset(name="a", path="owner/a")


class Hub:
    """`asked`: the range of each request; `breaks`: after so many bytes the first requests break off."""

    def __init__(self, data: bytes) -> None:
        self.data, self.knows_ranges, self.breaks = data, True, list[int]()
        self.asked: list[str | None] = []

    @contextmanager
    def stream(self, method: str, url: str, headers: dict[str, str], **more: Any) -> Iterator[Hub]:
        assert (method, headers["Accept-Encoding"], more["follow_redirects"]) == ("GET", "identity", True)
        assert url.endswith("datasets/owner/a/resolve/rev/in/a.jsonl")
        asked = headers.get("Range")
        self.asked.append(asked and asked.removeprefix("bytes="))
        start, end = (map(int, asked.removeprefix("bytes=").split("-"))) if asked else (0, len(self.data) - 1)
        self.status_code = 206 if asked and self.knows_ranges else 200
        self.sends = self.data[start : end + 1] if self.status_code == 206 else self.data
        yield self

    def iter_raw(self) -> Iterator[bytes]:
        ends = self.breaks.pop(0) if self.breaks else len(self.sends)
        for at in range(0, ends, 7):
            yield self.sends[at : min(at + 7, ends)]


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hub:
    made = Hub(DATA)
    monkeypatch.setattr(huggingface_hub, "get_session", lambda: made)
    monkeypatch.setattr(hub_download, "cache", lambda: tmp_path / "cache")
    monkeypatch.setattr(hub_download, "AHEAD", 30)
    monkeypatch.setattr(hub_problems, "FIRST_PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(hub_download, "_in_the_librarys_cache", lambda *of: None)
    return made


@pytest.fixture
def patience() -> Patience:
    return Patience(retries=2, sleep=lambda seconds: None)


def part() -> Path:
    target = hub_download.place(DATASET, "rev", FILE)
    return target.with_name(f"{target.name}.part")


@pytest.mark.parametrize("knows_ranges", [True, False])
def test_of_a_range_the_bytes_that_are_wanted_come_whatever_is_sent(
    hub: Hub, patience: Patience, knows_ranges: bool
) -> None:
    hub.knows_ranges = knows_ranges
    piece = hub_download.ranges(DATASET, "rev", FILE, patience)
    for at, size in ((0, 100), (0, 5), (95, 5), (7, 7), (13, 30), (50, 0)):
        assert piece(at, size) == DATA[at : at + size]
    assert hub.asked == [None, "0-4", "95-99", "7-13", "13-42"]


def test_a_download_that_breaks_off_goes_on_where_it_was(hub: Hub, patience: Patience) -> None:
    hub.breaks = [20, 0, 31]
    heard: list[Fetched] = []
    [path] = hub_download.fetch(DATASET, "rev", [FILE], at_once=1, patience=patience, heard=heard.append)
    assert (path.read_bytes(), path.name) == (DATA, "a.jsonl") and not part().exists()
    assert hub.asked == [None, "20-99", "20-99", "51-99"]
    assert (heard[-1].done, heard[-1].total) == (100, 100)
    assert hub_download.fetch(DATASET, "rev", [FILE], at_once=1, patience=patience) == [path] and len(hub.asked) == 4


def test_what_is_there_of_a_file_counts_and_is_not_fetched_again(hub: Hub, patience: Patience) -> None:
    part().parent.mkdir(parents=True)
    part().write_bytes(DATA[:40] + bytes(9))
    heard: list[Fetched] = []
    hub_download.fetch(DATASET, "rev", [FILE], at_once=1, patience=patience, heard=heard.append)
    assert hub.asked == ["40-99"] and heard[-1].total == 100
    other = dataclasses.replace(FILE, digest=hashlib.sha1(b"blob 100\0" + DATA).hexdigest())
    assert hub_download.is_whole(hub_download.place(DATASET, "rev", FILE), other)


def test_more_than_there_should_be_is_begun_anew(hub: Hub, patience: Patience) -> None:
    part().parent.mkdir(parents=True)
    part().write_bytes(b"x" * 101)
    [path] = hub_download.fetch(DATASET, "rev", [FILE], at_once=1, patience=patience)
    assert hub.asked == [None] and path.read_bytes() == DATA


def test_a_file_that_arrives_damaged_three_times_is_given_up_and_none_of_it_stays(hub: Hub, patience: Patience) -> None:
    hub.data = DATA[:-1] + b"\0"
    error = refused(lambda: hub_download.fetch(DATASET, "rev", [FILE], at_once=1, patience=patience))
    assert (error.code, error.sentence.code) == ("dataset_network", "data.arrives_damaged")
    assert error.sentence.args == {"dataset": "owner/a", "file": "in/a.jsonl"}
    assert hub.asked == [None] * 3 and not part().exists()


def test_a_connection_that_breaks_too_often_is_told_and_what_came_is_kept(hub: Hub, patience: Patience) -> None:
    hub.breaks = [20, 0, 0, 0]
    error = refused(lambda: hub_download.fetch(DATASET, "rev", [FILE], at_once=1, patience=patience))
    assert error.code == "dataset_network" and part().read_bytes() == DATA[:20]
    assert hub.asked == [None, "20-99", "20-99"]


def test_whoever_reads_from_the_front_has_some_more_fetched_and_kept(hub: Hub, patience: Patience) -> None:
    piece = hub_download.prefix(DATASET, "rev", FILE, patience)
    assert piece(0, 5) == DATA[:5] and part().read_bytes() == DATA[:30]
    assert piece(10, 20) == DATA[10:30] and hub.asked == ["0-29"]
    assert piece(25, 6) == DATA[25:31] and hub.asked == ["0-29", "30-59"]
    again = hub_download.prefix(DATASET, "rev", FILE, patience)
    assert again(0, 60) == DATA[:60] and len(hub.asked) == 2
    assert again(0, 95) == DATA[:95] and hub.asked[2:] == ["60-94"]
    assert again(90, 10) == DATA[90:] and not part().exists()
    assert {path.suffix for path in part().parent.iterdir()} <= {".jsonl", ".lock"}  # nor digests of its pieces
    assert hub_download.place(DATASET, "rev", FILE).read_bytes() == DATA
    assert hub_download.prefix(DATASET, "rev", FILE, patience)(3, 4) == DATA[3:7] and hub.asked[3:] == ["95-99"]


def test_of_a_beginning_what_is_not_as_it_was_written_is_fetched_again(hub: Hub, patience: Patience) -> None:
    hub_download.prefix(DATASET, "rev", FILE, patience)(0, 31)
    hub_download.prefix(DATASET, "rev", FILE, patience)(0, 60)
    kept = bytearray(part().read_bytes())
    assert kept == DATA[:61]
    kept[40] = 0
    part().write_bytes(kept)
    assert hub_download.prefix(DATASET, "rev", FILE, patience)(0, 50) == DATA[:50]
    assert hub.asked == ["0-30", "31-60", "31-60"]


def test_a_file_whose_end_shows_that_it_is_damaged_is_fetched_anew(hub: Hub, patience: Patience) -> None:
    piece = hub_download.prefix(DATASET, "rev", FILE, patience)
    piece(0, 30)
    part().write_bytes(b"x" * 30)
    error = refused(lambda: piece(0, 100))
    assert error.sentence.code == "data.arrives_damaged" and not part().exists()
    assert piece(0, 100) == DATA
    hub_download.forget(DATASET, "rev", FILE, patience)
    assert piece(0, 5) == DATA[:5]
    other = dataclasses.replace(FILE, name="in/a.jsonl", size=90)
    assert not hub_download.is_whole(hub_download.place(DATASET, "rev", FILE), other)


def test_what_was_fetched_and_makes_no_sense_is_forgotten(hub: Hub, patience: Patience) -> None:
    piece = hub_download.prefix(DATASET, "rev", FILE, patience)
    piece(0, 30)
    hub_download.forget(DATASET, "rev", FILE, patience)
    assert [path for path in part().parent.iterdir() if path.suffix != ".lock"] == []
    assert piece(0, 30) == DATA[:30] and hub.asked == ["0-29"] * 2


@pytest.mark.parametrize(("path", "revision", "name"), [("..", "rev", "a"), ("a", "..", "a"), ("a", "rev", "../../a")])
def test_a_name_that_leads_out_of_the_cache_is_refused(hub: Hub, path: str, revision: str, name: str) -> None:
    dataset, file = Dataset(name="a", path=path), dataclasses.replace(FILE, name=name)
    error = refused(lambda: hub_download.place(dataset, revision, file))
    assert (error.code, error.sentence.code) == ("dataset_file", "data.unreadable_dataset")
    assert hub_download.place(DATASET, "rev", FILE).parts[-4:] == ("owner--a", "rev", "in", "a.jsonl")
