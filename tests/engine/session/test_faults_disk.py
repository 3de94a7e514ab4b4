"""A full, failing, read-only or busy disk: waited for, written anew or refused in a sentence; what was saved stays."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from crash import workload
from crash.faults import ID, assert_goes_on_from, saved
from helpers import small_disk
from so8t_engine.config.run_config import RunConfig
from so8t_engine.errors import EXIT_DISK, EngineError
from so8t_engine.protocol import Message
from so8t_engine.run import wait_for_space
from so8t_engine.run.context import Context
from so8t_engine.run.control import Control
from so8t_engine.sentences import verbatim
from so8t_engine.session import durable, lock, recovery, store
from so8t_engine.session.state import Cursor

BIG = 400_000
CONFIG = RunConfig.model_validate(
    {"datasets": [{"name": "a", "source": "local", "path": "a.jsonl"}], "model": {"build": {}}}
)


@pytest.fixture(name="small_disk")
def disk_of_a_megabyte(tmp_path: Path) -> Iterator[Path]:
    """A real file system of one megabyte."""
    with small_disk.small_disk(tmp_path / "disk", size="1m") as folder:
        yield folder


def fill(disk: Path, but: int) -> Path:
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_bsize
    ballast = disk / "ballast"
    ballast.write_bytes(bytes(free - but))
    return ballast


def context_of(session: Path, events: list[Message], control: Control) -> Context:
    return Context(session, CONFIG, recovery.recover(session), events.append, control, background=False)


def big_payload() -> dict[str, bytes]:
    return {"weights.bin": bytes(BIG)}


def test_fault_18_a_full_disk_is_waited_for_and_the_run_goes_on_when_space_is_back(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, events, wishes = saved(small_disk, 1), list[Message](), Control()
    ballast = fill(small_disk, but=100_000)
    context = context_of(session, events, wishes)
    left_while_waiting: list[list[str]] = []

    def somebody_frees_space(seconds: float) -> None:
        left_while_waiting.append([path.name for path in session.rglob("*.part")])
        ballast.unlink(missing_ok=True)

    monkeypatch.setattr(wishes, "wait", somebody_frees_space)
    wishes.save()
    context.point(loss=1.0)
    context.tick(Cursor("collect", 2), "shard", payload=big_payload)

    assert [event.name for event in events if event.name in ("waiting", "saved")] == ["waiting", "saved"]
    assert left_while_waiting == [[]], "what was half-written is taken away at once: the user needs the space"
    recovered = recovery.recover(session)
    assert recovered.state.cursor == Cursor("collect", 2) and recovered.folder is not None
    assert len((recovered.folder / "weights.bin").read_bytes()) == BIG


def test_fault_18_a_pause_ends_the_wait_and_what_was_saved_is_there(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, events, wishes = saved(small_disk, 2), list[Message](), Control()
    fill(small_disk, but=50_000)
    context = context_of(session, events, wishes)
    monkeypatch.setattr(wishes, "wait", lambda seconds: wishes.pause(verbatim("enough")))
    wishes.save()
    with pytest.raises(EngineError) as refused:
        context.tick(Cursor("collect", 3), "shard", payload=big_payload)

    assert refused.value.code == "disk_full" and "resume" in str(refused.value.action)
    assert_goes_on_from(session, 2)


def test_fault_18_space_that_came_unseen_is_found_after_a_minute(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Somebody frees space between the failed write and the first look: free space never grows, yet there is enough."""
    tries, waited, wishes = list[int](), list[float](), Control()
    monkeypatch.setattr(wishes, "wait", waited.append)

    def write() -> None:
        tries.append(1)
        if len(tries) == 1:
            raise EngineError("disk_full", verbatim("The disk is full."))

    monkeypatch.setattr(wait_for_space, "_free", lambda folder: (1_000, 1_000))  # what the disk here has, others change
    wait_for_space.patiently(write, tmp_path, wishes, lambda error: None)

    assert len(tries) == 2 and sum(waited) == 60


def test_fault_18_a_run_that_waits_for_space_is_not_taken_for_hung(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before each look it says how long it will be silent: what the next unit may take, and the wait on top."""
    monkeypatch.setattr(wait_for_space, "SPACE_SECONDS", 0.01)
    told, tries = list[Message](), list[int]()
    wishes = Control(told.append)
    wishes.alive(300)

    def write() -> None:
        tries.append(len(told))
        if len(tries) < 3:
            raise EngineError("disk_full", verbatim("The disk is full."))

    wait_for_space.patiently(write, tmp_path, wishes, lambda error: None)

    assert len(tries) == 3 and tries[1] > tries[0] and tries[2] > tries[1]
    assert {(message.name, message.data["seconds"]) for message in told[1:]} == {("alive", 300.01)}


@pytest.mark.parametrize("number", range(1, 9))
def test_fault_19_an_fsync_that_failed_is_not_repeated_on_the_same_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """The page may be gone after a failed fsync: everything is written again before anything is flushed again."""
    session = saved(tmp_path, 2)
    log: list[tuple[str, int]] = []
    flush, write = os.fsync, os.write

    def fsync(handle: int) -> None:
        inode = os.fstat(handle).st_ino
        log.append(("fsync", inode))
        if sum(word == "fsync" for word, _ in log) == number:
            log.append(("failed", inode))
            raise OSError(5, "Input/output error")
        flush(handle)

    def wrote(handle: int, data: bytes) -> int:
        log.append(("write", os.fstat(handle).st_ino))
        return write(handle, data)

    context = context_of(session, [], Control())
    for unit in (3,):
        for number_of_point in range((unit - 1) * workload.POINTS, unit * workload.POINTS):
            context.point(loss=1 / (1 + number_of_point))
    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "write", wrote)
    context.state = context.state.changed(cursor=Cursor("collect", 3))
    context.commit(lambda: workload.payload(3))
    monkeypatch.undo()

    failed = next(inode for word, inode in log if word == "failed")
    after = log[log.index(("failed", failed)) + 1 :]
    is_folder = failed in {path.stat().st_ino for path in [session, *session.rglob("*")] if path.is_dir()}
    if ("fsync", failed) in after and not is_folder:
        assert ("write", failed) in after[: after.index(("fsync", failed))], "flushed again without being written again"
    assert any(word == "write" for word, _ in after), "written again"
    assert_goes_on_from(session, 3)


def test_fault_19_a_second_failure_is_a_pause_not_a_third_try(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = saved(tmp_path, 2)
    context, tries = context_of(session, [], Control()), []

    def failing(handle: int) -> None:
        tries.append(handle)
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", failing)
        with pytest.raises(EngineError) as refused:
            context.go_to(Cursor("integrate"))

    assert refused.value.code == "disk_error"
    assert_goes_on_from(session, 2)


def test_fault_20_a_disk_that_turns_read_only_refuses_the_start_and_pauses_a_run(small_disk: Path) -> None:
    session = saved(small_disk, 2)
    context = context_of(session, [], Control())
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(EngineError) as paused:
        context.go_to(Cursor("integrate"))
    command = [sys.executable, "-m", "so8t_engine.cli", "resume", ID, "--data-root", str(small_disk)]
    start = subprocess.run(command, capture_output=True, text=True)
    with pytest.raises(EngineError) as locked, lock.held(session, {"pid": 1}):
        pass

    assert paused.value.code == locked.value.code == "disk_read_only"
    assert start.returncode == EXIT_DISK and "read-only" in start.stdout
    assert "Traceback" not in start.stdout + start.stderr
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    assert_goes_on_from(session, 2)


def busy_for(times: int) -> tuple[list[int], PermissionError]:
    error = PermissionError(13, "The process cannot access the file")
    error.winerror = 32  # type: ignore[attr-defined]
    return [times], error


@pytest.mark.parametrize("code", durable.BUSY_WINERRORS)
def test_fault_21_a_file_held_by_a_scanner_is_tried_again_for_a_moment(code: int) -> None:
    slept: list[float] = []
    left, error = busy_for(3)
    error.winerror = code  # type: ignore[attr-defined]

    def action() -> str:
        if left[0]:
            left[0] -= 1
            raise error
        return "done"

    assert durable.retry_busy(action, slept.append, windows=True) == "done"
    assert slept == [0.01, 0.02, 0.04]


def test_fault_21_a_file_held_for_good_is_given_up_after_two_and_a_half_seconds() -> None:
    slept: list[float] = []
    _, error = busy_for(0)

    def action() -> None:
        raise error

    with pytest.raises(PermissionError):
        durable.retry_busy(action, slept.append, windows=True)
    assert 2.5 <= sum(slept) < 3.1


def test_fault_21_a_permission_really_missing_is_told_at_once() -> None:
    def action() -> None:
        raise PermissionError(13, "Permission denied")

    with pytest.raises(PermissionError):
        durable.retry_busy(action, lambda seconds: pytest.fail("nothing to wait for"), windows=True)
    with pytest.raises(PermissionError):
        durable.retry_busy(lambda: (_ for _ in ()).throw(busy_for(0)[1]), lambda seconds: None, windows=False)


def folder_flushes(monkeypatch: pytest.MonkeyPatch, fails: int) -> list[int]:
    """Every flush of a folder from now on is noted; number `fails` (from 1) raises."""
    seen: list[int] = []
    flush = os.fsync

    def fsync(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            seen.append(handle)
            if len(seen) == fails:
                raise OSError(5, "Input/output error")
        flush(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    return seen


def test_fault_19_no_commit_is_acknowledged_whose_folder_could_not_be_flushed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever of its folders: the name could be gone after a power cut, with everything behind it."""
    session = saved(tmp_path, 2)
    state = recovery.recover(session).state
    with monkeypatch.context() as patch:
        seen = folder_flushes(patch, fails=0)
        store.commit(session, state, {})
        flushes = len(seen)
    assert flushes >= 3
    for number in range(1, flushes + 1):
        with monkeypatch.context() as patch, pytest.raises(EngineError) as refused:
            folder_flushes(patch, fails=number)
            store.commit(session, state, {})
        assert refused.value.code == "disk_error", f"the flush number {number} of {flushes}"


def test_two_hundred_commits_keep_no_handle(tmp_path: Path) -> None:
    session = saved(tmp_path, 1)
    state = recovery.recover(session).state
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(200):
        state = store.commit(session, state, {"weights.bin": b"x"})
        store.retain(session, 2)

    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_fault_18_files_that_may_be_made_again_are_noticed_as_quickly_as_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with small_disk.small_disk(tmp_path / "disk", size="2m", files=60) as disk:
        session, wishes, waited = saved(disk, 1), Control(), list[float]()
        ballast = disk / "ballast"
        ballast.mkdir()
        with pytest.raises(OSError):
            for number in range(100):
                (ballast / str(number)).touch()
        context = context_of(session, [], wishes)

        def somebody_removes_files(seconds: float) -> None:
            waited.append(seconds)
            for path in ballast.iterdir():
                path.unlink()

        monkeypatch.setattr(wishes, "wait", somebody_removes_files)
        wishes.save()
        context.tick(Cursor("collect", 2), "shard", payload=lambda: {"weights.bin": b"x"})

        assert waited == [wait_for_space.SPACE_SECONDS]
        assert recovery.recover(session).state.cursor == Cursor("collect", 2)


def test_fault_18_a_limit_of_file_sizes_is_no_reason_to_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As FAT32 says of 4 GB (EFBIG): no space that comes back would help."""
    resource = pytest.importorskip("resource")
    session, wishes = saved(tmp_path, 2), Control()
    monkeypatch.setattr(wishes, "wait", lambda seconds: pytest.fail("nothing to wait for"))
    context = context_of(session, [], wishes)
    wishes.save()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (BIG // 2, before[1]))
    try:
        with pytest.raises(EngineError) as refused:
            context.tick(Cursor("collect", 3), "shard", payload=big_payload)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert refused.value.code == "disk_file_limit" and "larger than this disk" in refused.value.detail
    assert "FAT32" in str(refused.value.action)
    assert_goes_on_from(session, 2)


def test_fault_20_results_on_a_disk_that_turns_read_only_are_refused_in_words(small_disk: Path) -> None:
    session = saved(small_disk, 2)
    context = context_of(session, [], Control())
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    try:
        with pytest.raises(EngineError) as refused:
            context.publish(session / "out", lambda part: None, {})
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)

    assert refused.value.code == "disk_read_only"


@pytest.mark.parametrize(("number", "code"), [(errno.EACCES, "disk_permission"), (errno.EDQUOT, "disk_full")])
def test_fault_21_what_a_library_may_not_write_into_a_result_is_told_in_words(
    tmp_path: Path, number: int, code: str
) -> None:
    session, control = saved(tmp_path, 2), Control()
    context = context_of(session, [], control)
    control.leave()

    def forbidden(part: Path) -> None:
        raise OSError(number, os.strerror(number), str(part / "model.safetensors"))

    with pytest.raises(EngineError) as refused:
        context.publish(session / "out", forbidden, {})
    assert refused.value.code == code and list(session.glob("out*")) == []


def test_a_checkpoint_that_somebody_holds_is_told_and_the_next_save_removes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = saved(tmp_path, 4)
    real = shutil.rmtree

    def held(folder: Path) -> None:
        raise PermissionError(13, "held")

    with monkeypatch.context() as patch, pytest.raises(EngineError, match="another program has a file in it open"):
        patch.setattr(shutil, "rmtree", held)
        state = store.commit(session, recovery.recover(session).state, {})
        store.commit(session, state, {})
        store.retain(session, 2)
    assert real is shutil.rmtree and list(session.glob("checkpoints/*.dead"))
    store.retain(session, 2)

    assert not list(session.glob("checkpoints/*.dead"))
    assert len(list(session.glob("checkpoints/*"))) == 2
