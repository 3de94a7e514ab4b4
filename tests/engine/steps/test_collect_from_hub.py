"""Collecting from a hub on this machine that answers as the real one does, and as it does on a bad day."""

from __future__ import annotations

import concurrent.futures
import gzip
import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from filelock import FileLock

from helpers.data_sources import EVERY_TICK
from helpers.hub_sources import (
    another_word,
    collected,
    half,
    large,
    lines,
    parquet,
    rows,
    session_of,
    source,
    warned,
    zeroed,
)
from helpers.loopback_hub import Fault, LoopbackHub
from helpers.sessions import Cut, make_config, refused
from so8t_engine import offline
from so8t_engine.config.run_config import Dataset
from so8t_engine.data.hub import hub_download, hub_files
from so8t_engine.data.hub.hub_problems import Patience
from so8t_engine.protocol import Message
from so8t_engine.run.context import Paused
from so8t_engine.sentences import sentence

CARD = b"""---
license: mit
configs:
- config_name: main
  data_files:
  - {split: train, path: main/train-*}
  - {split: test, path: main/test-*}
- config_name: other
  data_files:
  - {split: train, path: other/train-*}
---
"""


@pytest.mark.parametrize("kind", ["parquet", "jsonl", "jsonl.gz"])
def test_only_the_files_of_the_wanted_split_are_fetched(served: LoopbackHub, tmp_path: Path, kind: str) -> None:
    write = {"parquet": parquet, "jsonl": lines, "jsonl.gz": lambda items: gzip.compress(lines(items))}[kind]
    files = {f"main/train-0000{n}-of-00002.{kind}": write(rows(50, 50 * n)) for n in range(2)}
    more = {f"main/test-00000-of-00001.{kind}": write(rows(50)), f"other/train-00000-of-00001.{kind}": write(rows(9))}
    repo = served.add("owner/maths", {"README.md": CARD, **files, **more})
    session = session_of(tmp_path, source(config_name="main"))
    session.run("collect")

    assert collected(session) == rows(100)
    assert sorted(request.path.split("/")[-1] for request in served.data(f".{kind}")) == sorted(
        name.split("/")[1] for name in files
    )
    note = session.notes("collected", "provenance.json")["a"]
    assert (note["revision"], note["licence"], note["kept"]) == (repo.head, "mit", 100)
    assert note["files"] == {name: [len(data), hashlib.sha256(data).hexdigest()] for name, data in files.items()}


def test_small_files_that_lfs_does_not_know_are_held_against_gits_digest(served: LoopbackHub, tmp_path: Path) -> None:
    data = lines(rows(4))
    served.add("owner/maths", {"train.jsonl": data})
    session = session_of(tmp_path, source())
    session.run("collect")

    blob = hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()
    assert session.notes("collected", "provenance.json")["a"]["files"] == {"train.jsonl": [len(data), blob]}
    assert collected(session) == rows(4)


def test_the_token_is_for_the_hub_alone_and_stands_nowhere(served: LoopbackHub, tmp_path: Path) -> None:
    served.add("owner/maths", {"train.jsonl": lines(rows(50))})
    session = session_of(tmp_path, source())
    session.run("collect")
    cdn = [request for request in served.asked if request.path.startswith("/cdn/")]

    assert cdn and not any(request.token for request in cdn)
    assert any(request.token for request in served.asked if "/resolve/" in request.path)
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not any(b"canarycanary" in path.read_bytes() for path in kept)


def test_files_come_in_parallel_up_to_the_limit(served: LoopbackHub, tmp_path: Path) -> None:
    files = {f"train-{n:05d}-of-00006.jsonl": lines(rows(20, 20 * n)) for n in range(6)}
    served.add("owner/maths", files)
    served.faults.append(Fault("/resolve/", pause=0.05, methods=("GET",)))
    session = session_of(tmp_path, source(), collect={"parallel_downloads": 3})
    session.run("collect")

    assert collected(session) == rows(120)
    assert 2 <= served.most_at_once <= 3


BAD_DAYS: list[tuple[str, Callable[[], list[Fault]], str | None, str]] = [
    ("500 from the API", lambda: [Fault("/api/datasets/owner/maths", 2, status=500)], None, ""),
    ("500 for data", lambda: [Fault("/resolve/", 2, status=500, methods=("GET",))], None, ""),
    ("503 from the CDN", lambda: [Fault("/cdn/", 2, status=503)], None, ""),
    ("500 for ever", lambda: [Fault("/cdn/", status=500)], "dataset_network", "does not answer"),
    ("429 twice", lambda: [Fault("/cdn/", 2, status=429, headers={"Retry-After": "0.01"})], None, ""),
    ("429 for ever", lambda: [Fault("/cdn/", status=429)], "dataset_network", "no more requests for now"),
    ("429 of the API", lambda: [Fault("/api/datasets/owner/maths/rev", status=429)], "dataset_network", "(429)"),
    ("cut in mid-file, 3 times", lambda: [Fault("/cdn/", 3, cut=3_000)], None, ""),
    ("shorter than its listing", lambda: [Fault("/cdn/", body=half)], "dataset_network", "arriving shorter"),
    ("shorter once", lambda: [Fault("/cdn/", 1, body=half)], None, ""),
    ("400 bytes zeroed once", lambda: [Fault("/cdn/", 1, body=zeroed)], None, ""),
    ("400 bytes zeroed", lambda: [Fault("/cdn/", body=zeroed)], "dataset_network", "of owner/maths keeps arriving"),
    ("a word changed once", lambda: [Fault("/cdn/", 1, body=another_word)], None, ""),
    ("a word changed", lambda: [Fault("/cdn/", body=another_word)], "dataset_network", "SHA-256"),
    ("no such file any more", lambda: [Fault("/cdn/", status=404)], "dataset_missing", "owner/maths"),
    ("forbidden", lambda: [Fault("/resolve/", status=403)], "dataset_gated", "no access"),
    ("slow", lambda: [Fault("/cdn/", pause=0.01, drip=2_000)], None, ""),
    ("a proxy without ranges", lambda: [Fault("/cdn/", 1, cut=3_000), Fault("/resolve/", 1, status=200)], None, ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("faults", "code", "expected"), [day[1:] for day in BAD_DAYS], ids=[day[0] for day in BAD_DAYS]
)
def test_a_bad_day_ends_with_all_rows_or_with_a_sentence(
    served: LoopbackHub,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    faults: Callable[[], list[Fault]],
    code: str | None,
    expected: str,
) -> None:
    """Whatever went wrong, the next start has all of them."""
    monkeypatch.setattr("huggingface_hub.utils._http.time.sleep", lambda seconds: None)
    served.add("owner/maths", {"train.jsonl": lines(rows(100))})
    served.faults += faults()
    session = session_of(tmp_path, source(), collect={"retries": 3})
    if code is not None:
        error = refused(lambda: session.run("collect"))
        assert (error.code, expected in error.detail) == (code, True), error.detail
        served.faults.clear()
    session.run("collect")

    assert collected(session) == rows(100)


def test_a_wait_the_hub_asks_for_is_obeyed_and_named(served: LoopbackHub, tmp_path: Path) -> None:
    served.add("owner/maths", {"train.jsonl": lines(rows(50))})
    served.faults.append(Fault("/cdn/", 1, status=429, headers={"Retry-After": "0.2"}))
    served.faults.append(Fault("/api/", 1, status=429, headers={"ratelimit": '"api";r=0;t=0'}))
    session = session_of(tmp_path, source())
    context = session.context()
    waits: list[float] = []
    whole = context.wait
    context.wait = lambda seconds: (waits.append(seconds), whole(seconds))[1]  # type: ignore[method-assign,func-returns-value]
    session.run("collect", context=context)

    assert collected(session) == rows(50)
    assert len(warned(session, "hub_waits")) == 2
    assert "asks to wait 0 s before owner/maths is read on: too many requests (429)" in warned(session, "hub_waits")[0]


@pytest.mark.parametrize("late", [{"Retry-After": "90000"}, {"Retry-After": "Fri, 01 Jan 2100 00:00:00 GMT"}])
def test_a_wait_of_days_is_refused_at_once(served: LoopbackHub, tmp_path: Path, late: dict[str, str]) -> None:
    served.add("owner/maths", {"train.jsonl": lines(rows(50))})
    served.faults.append(Fault("/cdn/", status=429, headers=late))

    error = refused(lambda: session_of(tmp_path, source()).run("collect"))
    assert (error.code, "429" in error.detail) == ("dataset_network", True)


def test_a_file_that_broke_off_goes_on_from_its_next_byte_in_the_next_start(
    served: LoopbackHub, tmp_path: Path
) -> None:
    data = lines(rows(200))
    served.add("owner/maths", {"train.jsonl": data})
    served.faults += [Fault("/cdn/", 1, cut=20_000), Fault("/cdn/", status=500)]
    session = session_of(tmp_path, source())
    refused(lambda: session.run("collect"))
    served.faults.clear()
    before = len(served.asked)
    session.run("collect")
    [again] = [request for request in served.asked[before:] if request.path.startswith("/cdn/")]

    assert (again.range, again.sent) == (f"bytes=20000-{len(data) - 1}", len(data) - 20_000)
    assert collected(session) == rows(200)


def test_a_file_that_another_session_has_fetched_is_checked_and_not_fetched_again(
    served: LoopbackHub, tmp_path: Path
) -> None:
    repo = served.add("owner/maths", {"train.jsonl": lines(rows(50))})
    session_of(tmp_path, source(), name="first").run("collect")
    assert len(served.data("train.jsonl")) == 1
    session_of(tmp_path, source(), name="second").run("collect")
    assert len(served.data("train.jsonl")) == 1
    kept = hub_files.cache() / "owner--maths" / repo.head / "train.jsonl"
    kept.write_bytes(zeroed(kept.read_bytes()))
    third = session_of(tmp_path, source(), name="third")
    third.run("collect")

    assert len(served.data("train.jsonl")) == 2
    assert collected(third) == rows(50)


@pytest.mark.parametrize("variable", offline.VARIABLES)
def test_what_was_fetched_once_can_be_collected_without_network(
    served: LoopbackHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    served.add("owner/maths", {"train.jsonl": lines(rows(50)), "test.jsonl": lines(rows(3))})
    first = session_of(tmp_path, source(), name="first")
    first.run("collect")
    asked = len(served.asked)
    monkeypatch.setenv("HF_HUB_OFFLINE", "")
    monkeypatch.setenv(variable, "1")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    second = session_of(tmp_path, source(), name="second")
    second.run("collect")

    assert second.digests() == first.digests()
    assert len(served.asked) == asked


def test_bytes_and_time_left_are_shown_while_a_file_arrives(
    served: LoopbackHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("so8t_engine.run.context.PROGRESS_SECONDS", 0)
    data = lines(rows(100))
    served.add("owner/maths", {"train.jsonl": data})
    served.faults.append(Fault("/cdn/", pause=0.02, drip=5_000))
    session = session_of(tmp_path, source())
    session.run("collect")
    said = [event for event in session.said("progress") if "to_fetch" in event["metrics"]]
    shown = [event["metrics"] for event in said]

    assert {event["total"] for event in said} == {1}  # shards, guessed before the first byte is there
    assert session.said("progress")[len(said)]["total"] > 1  # with the first shard, by what the file holds
    assert {each["to_fetch"] for each in shown} == {len(data)}
    done = [each["fetched"] for each in shown]
    assert done == sorted(done) and done[-1] == len(data) and any(0 < bytes_ < len(data) for bytes_ in done)
    assert any(each["fetch_seconds"] for each in shown)


def test_a_pause_ends_a_download_and_the_next_start_goes_on(served: LoopbackHub, tmp_path: Path) -> None:
    data = lines(rows(200))
    served.add("owner/maths", {"train.jsonl": data})
    served.faults.append(Fault("/cdn/", 1, pause=0.02, drip=1_000))
    session = session_of(tmp_path, source())

    def pause_in_the_middle(message: Message) -> None:
        if (message.data.get("metrics") or {}).get("fetched", 0) > 0:
            session.control.pause(sentence("run.pause_by_window"))

    with pytest.raises(Paused):
        session.run("collect", context=session.context(cut=pause_in_the_middle))
    session.control.pause_reason = None
    session.run("collect")

    assert collected(session) == rows(200)
    first, second = [request for request in served.asked if request.path.startswith("/cdn/")]
    assert first.range is None and second.range is not None


def test_the_commit_stays_that_of_the_beginning_when_main_moves(served: LoopbackHub, tmp_path: Path) -> None:
    repo = served.add("owner/maths", {"train.jsonl": lines(rows(200))})
    before = repo.head
    session = session_of(tmp_path, source(), **EVERY_TICK)

    def cut(message: Message) -> None:
        if message.name == "saved":
            raise Cut

    with pytest.raises(Cut):
        session.run("collect", context=session.context(cut=cut))
    repo.push({"train.jsonl": lines(rows(7, 900))})
    session.run("collect")

    assert collected(session) == rows(200)
    assert session.notes("collected", "provenance.json")["a"]["revision"] == before


def test_what_the_library_had_begun_to_read_it_reads_to_its_end(
    served: LoopbackHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A session of an older version, which knew no files of a hub source."""
    served.add("owner/maths", {"train.jsonl": lines(rows(100))})
    session = session_of(tmp_path, source(), **EVERY_TICK)

    def cut(message: Message) -> None:
        if message.name == "saved":
            raise Cut

    with monkeypatch.context() as older, pytest.raises(Cut):
        older.setattr(hub_files, "choose", lambda *_: None)
        session.run("collect", context=session.context(cut=cut))
    session.run("collect")

    assert collected(session) == rows(100)
    assert session.notes("collected", "provenance.json")["a"]["files"] == {}


def test_a_split_that_is_not_there_is_named_with_those_that_are(served: LoopbackHub, tmp_path: Path) -> None:
    served.add("owner/maths", {"train.jsonl": lines(rows(3)), "test.jsonl": lines(rows(3))})
    error = refused(lambda: session_of(tmp_path, source(split="dev")).run("collect"))

    assert (error.code, error.detail) == (
        "dataset_missing",
        "The dataset owner/maths has no split 'dev'; it has test, train.",
    )


def test_of_two_sessions_that_want_a_file_at_once_one_fetches_it(served: LoopbackHub) -> None:
    """The other waits for it, and neither takes away or replaces what the first may be reading by then."""
    data = lines(rows(50))
    dataset, revision, file = _listed(served, data)
    target = hub_download.place(dataset, revision, file)
    waits = threading.Event()

    def heard(so_far: hub_download.Fetched) -> None:
        if held.is_locked:
            asked.append(so_far)
            if len(asked) > 20:
                waits.set()

    asked: list[hub_download.Fetched] = []
    with concurrent.futures.ThreadPoolExecutor(1) as pool, _held_by_another(target) as held:
        found = pool.submit(hub_download.fetch, dataset, revision, [file], at_once=1, patience=Patience(), heard=heard)
        assert waits.wait(10)
        target.write_bytes(data)
        written = target.stat().st_ino
        held.release()
        assert found.result(10) == [target]

    assert (target.read_bytes(), target.stat().st_ino) == (data, written)
    assert served.data("train.jsonl") == []


def test_a_beginning_that_another_session_has_completed_is_read_where_it_lies(
    served: LoopbackHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    large(monkeypatch)
    monkeypatch.setattr(hub_download, "LOCK_SECONDS", 0.01)
    data = lines(rows(50))
    dataset, revision, file = _listed(served, data)
    target = hub_download.place(dataset, revision, file)
    waits = threading.Event()
    patience = Patience(sleep=lambda seconds: waits.set())
    piece = hub_download.prefix(dataset, revision, file, patience)
    waits.clear()
    with concurrent.futures.ThreadPoolExecutor(1) as pool, _held_by_another(target) as held:
        found = pool.submit(piece, 5_000, 700)
        assert waits.wait(10)
        target.write_bytes(data)
        held.release()
        assert found.result(10) == data[5_000:5_700]

    assert served.data("train.jsonl") == []


def _listed(served: LoopbackHub, data: bytes) -> tuple[Dataset, str, hub_files.HubFile]:
    repo = served.add("owner/maths", {"train.jsonl": data})
    dataset = make_config([source()]).datasets[0]
    [file] = hub_files.choose(dataset, hub_files.Pinned(repo.head, None), Patience()) or []
    return dataset, repo.head, file


@contextmanager
def _held_by_another(target: Path) -> Iterator[FileLock]:
    """As another session holds a file that it is fetching."""
    target.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(target.with_name(target.name + ".part.lock"), thread_local=False)
    lock.acquire()
    try:
        yield lock
    finally:
        lock.release(force=True)
