"""Files of a Hub dataset brought into the cache: several at a time, each from the byte on where it broke off.

A file counts once its digest is the one in the Hub's listing; a damaged one is fetched anew. The cache lies in the
Hub's own folder (HF_HOME), by commit, outside of the session: another session, or a restart, fetches nothing twice.
"""

from __future__ import annotations

import concurrent.futures
import dataclasses
import hashlib
import os
import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from so8t_engine.config.run_config import Dataset
from so8t_engine.data.hub import cached_names, fetched_pieces
from so8t_engine.data.hub.hub_files import ANSWER_SECONDS, HubFile, cache
from so8t_engine.data.hub.hub_problems import Patience
from so8t_engine.errors import EngineError
from so8t_engine.sentences import Sentence, sentence
from so8t_engine.session import durable

POLL_SECONDS = 0.1
LOCK_SECONDS = 0.5
FETCHED_AGAIN = 2  # times, where what arrived was damaged
AHEAD = 4 << 20  # bytes that are fetched at least by whoever reads a file from the front
CHUNK = 1 << 20
SHA1_LETTERS = 40
DAMAGED = "data.arrives_damaged"  # the sentence: what was read of such a file until then is not to be trusted
PARTIAL, HTTP_ERROR = 206, 400


@dataclass(frozen=True)
class Fetched:
    """How far a source's files are, in bytes; `seconds_left` by what this process has fetched of them so far."""

    done: int
    total: int
    seconds_left: float | None


class CutShort(Exception):
    """The hub sent less than its listing says, and no error."""

    def __init__(self) -> None:
        super().__init__("Consistency check failed: a file is shorter than its listing says")


class Stopped(Exception):
    """Another file of the source has failed, or the run pauses."""


def place(dataset: Dataset, revision: str, file: HubFile) -> Path:
    """Where a file lies once it is whole; beside it, with `.part` behind its name, what there is of it before.

    Raises EngineError dataset_file where a name would lead out of the cache: names come from the Hub or a session.
    """
    root = Path(os.path.normpath(cache()))
    folder = Path(os.path.normpath(root / dataset.path.replace("/", "--") / revision))
    if not folder.is_relative_to(root) or folder == root or cached_names.leads_out(file.name):
        why = sentence("data.not_a_file_name", name=file.name)
        raise EngineError("dataset_file", sentence("data.unreadable_dataset", dataset=dataset.path, why=why))
    return cached_names.place(folder, file.name)


def fetch(
    dataset: Dataset,
    revision: str,
    files: Sequence[HubFile],
    *,
    at_once: int,
    patience: Patience,
    heard: Callable[[Fetched], None] = lambda so_far: None,
) -> list[Path]:
    """The files, whole and as the Hub lists them, up to `at_once` fetched in parallel.

    `heard` and `patience` are called in the caller's thread. Raises EngineError dataset_*, disk_full; what has been
    fetched until then is kept.
    """
    stop, said = threading.Event(), queue.SimpleQueue[Sentence]()
    inside = dataclasses.replace(patience, sleep=lambda seconds: _rest(stop, seconds), notice=said.put)
    arrived = {file.name: 0 for file in files}  # bytes, each counted by one thread
    before = sum(_there(place(dataset, revision, file)) for file in files)
    total, began = sum(file.size for file in files), time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(at_once, thread_name_prefix="hub") as pool:
        try:
            jobs = [pool.submit(_whole, dataset, revision, file, inside, arrived) for file in files]
            pending = set(jobs)
            while pending:
                done, pending = concurrent.futures.wait(pending, POLL_SECONDS, concurrent.futures.FIRST_COMPLETED)
                while not said.empty():
                    patience.notice(said.get())
                for job in done:
                    job.result()
                heard(_so_far(before, sum(arrived.values()), total, time.monotonic() - began))
                patience.sleep(0.0)
        except BaseException:
            stop.set()
            pool.shutdown(cancel_futures=True)
            raise
    return [job.result() for job in jobs]


def ranges(dataset: Dataset, revision: str, file: HubFile, patience: Patience) -> Callable[[int, int], bytes]:
    """`(at, size)` -> the bytes there, fetched as they are wanted."""

    def piece(at: int, size: int) -> bytes:
        got = bytearray()
        _pull(dataset, revision, file, start=at, end=at + size, patience=patience, take=got.extend)
        return bytes(got)

    return piece


def prefix(dataset: Dataset, revision: str, file: HubFile, patience: Patience) -> Callable[[int, int], bytes]:
    """The same for whoever reads from the front: what was fetched stays in the cache, a restart reads it there.

    Where the end is reached the whole is held against the listing.
    """
    target = place(dataset, revision, file)
    part = _part_of(target)
    if not is_whole(target, file):
        with _alone(part, patience):
            if not _cleared(target, file):
                with durable.translated(part):
                    fetched_pieces.verify(part)

    def fetched(end: int) -> None:
        with _alone(part, patience):
            if target.is_file():  # another session was quicker
                return
            if end > (start := _there(target)):
                try:
                    wanted = min(file.size, max(end, start + AHEAD))
                    _append(dataset, revision, file, part, end=wanted, patience=patience)
                finally:
                    with durable.translated(part):
                        fetched_pieces.note(part, start)
            if _there(target) == file.size and not _kept(part, target, file):
                raise _damaged(dataset, file)

    def piece(at: int, size: int) -> bytes:
        for _ in range(1 + FETCHED_AGAIN):
            if not target.is_file() and not at + size <= _there(target) < file.size:
                fetched(at + size)
            data = _read(target, at, size)
            if len(data) == size:  # else another session has begun the file anew
                return data
        raise _damaged(dataset, file)

    return piece


def forget(dataset: Dataset, revision: str, file: HubFile, patience: Patience) -> None:
    """What has been fetched of a file makes no sense: the next piece of it is fetched anew."""
    part = _part_of(place(dataset, revision, file))
    with _alone(part, patience), durable.translated(part):
        durable.retry_busy(lambda: part.unlink(missing_ok=True))
        fetched_pieces.forget(part)


def is_whole(path: Path, file: HubFile) -> bool:
    """Whether these bytes are those of the listing."""
    if not path.is_file() or path.stat().st_size != file.size:
        return False
    git = len(file.digest) == SHA1_LETTERS
    digest: Any = hashlib.sha1(b"blob %d\0" % file.size) if git else hashlib.sha256()
    with path.open("rb") as content:
        while data := content.read(CHUNK):
            digest.update(data)
    return bool(digest.hexdigest() == file.digest)


def _whole(dataset: Dataset, revision: str, file: HubFile, patience: Patience, arrived: dict[str, int]) -> Path:
    """One file, in a thread of its own."""
    target = place(dataset, revision, file)
    for path in (target, _in_the_librarys_cache(dataset, revision, file) or target):
        if is_whole(path, file):
            return path
    part = _part_of(target)

    def took(size: int) -> None:
        arrived[file.name] += size
        patience.sleep(0.0)

    with _alone(part, patience):
        if _cleared(target, file):  # another session was quicker
            return target
        for _ in range(1 + FETCHED_AGAIN):
            _append(dataset, revision, file, part, end=file.size, patience=patience, took=took)
            if _kept(part, target, file):
                return target
    raise _damaged(dataset, file)


def _in_the_librarys_cache(dataset: Dataset, revision: str, file: HubFile) -> Path | None:
    from huggingface_hub import try_to_load_from_cache

    try:
        there = try_to_load_from_cache(dataset.path, file.name, revision=revision, repo_type="dataset")
    except ValueError:  # a name that it refuses, as Windows could not hold it
        return None
    return Path(there) if isinstance(there, str) else None


def _append(
    dataset: Dataset,
    revision: str,
    file: HubFile,
    part: Path,
    *,
    end: int,
    patience: Patience,
    took: Callable[[int], None] = lambda size: None,
) -> None:
    """What is missing of the first `end` bytes, behind those that are there."""
    with durable.translated(part):
        part.parent.mkdir(parents=True, exist_ok=True)
        if part.is_file() and part.stat().st_size > file.size:
            durable.retry_busy(part.unlink)
        with part.open("ab", buffering=0) as content:

            def take(data: bytes) -> None:
                rest = memoryview(data)
                while rest:  # a disk that is nearly full takes a part of it
                    rest = rest[content.write(rest) :]
                took(len(data))

            _pull(dataset, revision, file, start=content.tell(), end=end, patience=patience, take=take)


def _pull(
    dataset: Dataset,
    revision: str,
    file: HubFile,
    *,
    start: int,
    end: int,
    patience: Patience,
    take: Callable[[bytes], object],
) -> None:
    """The bytes from `start` to `end`, in order; after each break from where it broke off."""
    at, failed = start, 0
    while at < end:
        before = at
        try:
            for data in _sent(dataset, revision, file, at, end):
                take(data)
                at += len(data)
            if at < end:
                raise CutShort
        except Exception as error:  # noqa: BLE001 - `again` raises what is not of the hub
            failed = patience.again(error, dataset, 0 if at > before else failed)


def _sent(dataset: Dataset, revision: str, file: HubFile, start: int, end: int) -> Iterator[bytes]:
    """What one request brings of these bytes, as it arrives."""
    from huggingface_hub import get_session, hf_hub_url
    from huggingface_hub.utils import build_hf_headers, hf_raise_for_status  # type: ignore[attr-defined]

    url = hf_hub_url(dataset.path, file.name, repo_type="dataset", revision=revision)
    headers = build_hf_headers(library_name="so8t") | {"Accept-Encoding": "identity"}
    if start or end < file.size:
        headers["Range"] = f"bytes={start}-{end - 1}"
    with get_session().stream("GET", url, headers=headers, follow_redirects=True, timeout=ANSWER_SECONDS) as response:
        if response.status_code >= HTTP_ERROR:
            response.read()
            hf_raise_for_status(response)
        at = start if response.status_code == PARTIAL else 0  # a proxy may know no ranges, and send all
        for data in response.iter_raw():
            wanted = data[max(0, start - at) : max(0, end - at)]
            at += len(data)
            if wanted:
                yield wanted
            if at >= end:
                return


@contextmanager
def _alone(part: Path, patience: Patience) -> Iterator[None]:
    """One process at a time writes a file of the cache."""
    from huggingface_hub.utils import WeakFileLock  # type: ignore[attr-defined]

    with ExitStack() as held:
        with durable.translated(part):
            part.parent.mkdir(parents=True, exist_ok=True)
        while True:
            try:
                held.enter_context(WeakFileLock(part.with_name(part.name + ".lock"), timeout=LOCK_SECONDS))
                break
            except TimeoutError:  # filelock's is one
                patience.sleep(LOCK_SECONDS)
        yield


def _kept(part: Path, target: Path, file: HubFile) -> bool:
    """The finished download is in its place; a damaged one is gone. Windows lets others who read it go first."""
    with durable.translated(target):
        whole = is_whole(part, file)
        if whole:
            durable.retry_busy(lambda: part.replace(target))
        else:
            durable.retry_busy(lambda: part.unlink(missing_ok=True))
        fetched_pieces.forget(part)
        return whole


def _cleared(target: Path, file: HubFile) -> bool:
    """Whether the file is there; else a damaged one is gone, and what there is of it ends with bytes that arrived.

    A power cut leaves zeros where the end of a file had not reached the disk: they are fetched again.
    """
    if is_whole(target, file):
        return True
    part = _part_of(target)
    with durable.translated(target):
        durable.retry_busy(lambda: target.unlink(missing_ok=True))
        if part.is_file():
            with part.open("r+b") as content:
                end = content.seek(0, os.SEEK_END)
                while end:
                    start = max(0, end - CHUNK)
                    content.seek(start)
                    end = start + len(content.read(end - start).rstrip(b"\0"))
                    if end > start:
                        break
                content.truncate(end)
    return False


def _read(target: Path, at: int, size: int) -> bytes:
    """Fewer bytes where there are no more; another process may give the file its last name meanwhile."""
    for path in (target, _part_of(target), target):
        try:
            with path.open("rb") as content:
                content.seek(at)
                return content.read(size)
        except FileNotFoundError:
            continue
    return b""


def _damaged(dataset: Dataset, file: HubFile) -> EngineError:
    return EngineError("dataset_network", sentence("data.arrives_damaged", dataset=dataset.path, file=file.name))


def _part_of(target: Path) -> Path:
    return target.with_name(target.name + ".part")


def _there(target: Path) -> int:
    """Bytes of a file, or of what there is of it."""
    for path in (target, _part_of(target)):
        if path.is_file():
            return path.stat().st_size
    return 0


def _so_far(before: int, arrived: int, total: int, seconds: float) -> Fetched:
    done = min(total, before + arrived)
    return Fetched(done, total, (total - done) * seconds / arrived if arrived else None)


def _rest(stop: threading.Event, seconds: float) -> None:
    if stop.wait(seconds):
        raise Stopped
