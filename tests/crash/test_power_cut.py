"""Power cuts at every instant of the real protocol: nothing acknowledged is lost, nothing wrong is believed."""

from __future__ import annotations

import shutil
import signal
from functools import partial
from pathlib import Path

import pytest

from crash import states, verdicts, workload
from crash.replay import Known, check, judge_all, recorded, scratch
from crash.trace import Recording, read, record
from so8t_engine.errors import EngineError
from so8t_engine.session import recovery

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")

QUICK = {"commits": 3, "extra": 1}
SOAK = {"commits": 6, "extra": 200}


def assert_no_bad(recording: Recording, folder: Path, least: int, **how: object) -> None:
    judge, known = partial(verdicts.judge_engine, settled=set()), Known()
    for model in states.MODELS:
        tally = judge_all(folder, recording, model, judge, known=known, **how)  # type: ignore[arg-type]

        assert tally.bad == 0, f"{model}: {tally.bad} of {tally.unique}: {tally.examples}"
        assert tally.unique >= least, f"{model}: only {tally.unique} states, the recording is not what it should be"


@pytest.mark.parametrize("size", [QUICK, pytest.param(SOAK, marks=pytest.mark.soak)], ids=["quick", "soak"])
def test_fault_01_02_03_05_creation_commits_and_retention_survive_a_cut_at_any_op(size: dict[str, int]) -> None:
    with scratch() as folder:
        recording, _ = recorded(folder, "--commits", str(size["commits"]))
        unlinked = [op for op in recording.ops if op.kind == "rename" and op.name2.endswith(".dead")]

        assert len(unlinked) == size["commits"] - workload.KEEP, "retention must be part of what is cut"
        assert_no_bad(recording, folder, 60, extra=size["extra"])


@pytest.mark.parametrize("commits", [2, pytest.param(3, marks=pytest.mark.soak)])
def test_fault_01_saves_written_by_the_thread_survive_a_cut_at_any_op_too(commits: int) -> None:
    """Heartbeats and the next points come between; acknowledged is what the step's thread has said."""
    with scratch() as folder:
        recording, _ = recorded(folder, "--commits", str(commits), "--task", "behind")
        threads = {line.split(" ", 1)[0] for line in (folder / "trace").read_text().splitlines()}

        assert len(threads) == 1 + commits, "a thread for each save"
        assert [op.number for op in recording.ops if op.kind == "ack"] == list(range(commits + 1))
        assert_no_bad(recording, folder, 60, extra=1)


def test_a_handle_whose_number_another_thread_got_before_its_close_had_returned_is_that_threads(
    tmp_path: Path,
) -> None:
    """Its writes were overlooked, now and then: the second line of the close was taken for the end of the new file."""
    calls = (
        'openat(AT_FDCWD, "{a}", O_WRONLY|O_CREAT, 0666) = 5<{a}>', "close(5<{a}> <unfinished ...>",
        'openat(AT_FDCWD, "{b}", O_WRONLY|O_CREAT, 0666 <unfinished ...>', "<... openat resumed>) = 5<{b}>",
        "<... close resumed>) = 0", 'write(5<{b}>, "{text}", 2) = 2', "close(5<{b}>) = 0",
    )  # fmt: skip
    threads = (1, 1, 2, 2, 1, 2, 2)
    names = {name: hexed(str(tmp_path / name)) for name in "ab"} | {"text": hexed("hi")}
    log = tmp_path / "trace"
    log.write_text("".join(f"{one} {call.format(**names)}\n" for one, call in zip(threads, calls, strict=True)))
    recording = Recording(tmp_path)
    read(recording, log)
    assert states.image(recording, range(len(recording.ops))) == {"a": b"", "b": b"hi"}


def hexed(text: str) -> str:
    """As strace writes it."""
    return "".join(f"\\x{byte:02x}" for byte in text.encode())


def leftovers(folder: Path) -> states.Image:
    """A session with three commits and everything recovery has to deal with, as a durable disk."""
    recording, _ = recorded(folder, "--commits", "3")
    image = states.image(recording, range(len(recording.ops)))
    session = workload.SESSION
    checkpoints = f"{session}/checkpoints"
    newest = image[f"{checkpoints}/000003/adapter.safetensors"]
    assert newest is not None
    image[f"{checkpoints}/000003/adapter.safetensors"] = bytes([newest[0] ^ 1]) + newest[1:]
    for name in (f"{checkpoints}/000004.part", f"{checkpoints}/000001.dead", f"{session}/final_model.part"):
        image[name] = None
        image[f"{name}/rest.bin"] = b"x" * 100
    image[f"{session}/pipeline_state.json.part"] = b"\0" * 50
    image[f"{session}/history.jsonl"] = (image[f"{session}/history.jsonl"] or b"") + b'{"number":7,"torn'
    return dict(sorted(image.items()))


@pytest.mark.parametrize("extra", [2, pytest.param(200, marks=pytest.mark.soak)], ids=["quick", "soak"])
def test_fault_04_recovery_cut_at_any_op_and_done_again_gives_the_same(extra: int) -> None:
    """Newest checkpoint bad, half-removed and half-written folders, a history that runs on: cut in repair."""
    with scratch() as folder, scratch() as before:
        image = leftovers(before)
        recording, start = recorded(folder, "--task", "recover", before=image)

        assert any(op.name2 == "000003.bad" for op in recording.ops[start:]), "the bad one is set aside"
        assert_no_bad(recording, folder, 12, after=start, acknowledged=2, extra=extra)


def test_fault_04_resuming_after_repairs_and_going_on_survives_cuts_too() -> None:
    with scratch() as folder, scratch() as before:
        recording, start = recorded(folder, "--commits", "1", before=leftovers(before))

        assert_no_bad(recording, folder, 30, after=start, acknowledged=2, extra=0)


def flushes_of_names(folder: Path) -> list[int]:
    """Which flushes of the workload are those right behind a rename or a new name."""
    recording, start = recorded(folder, "--commits", "2")
    ops = [op for op in recording.ops[start:] if op.kind != "ack"]
    syncs = [index for index, op in enumerate(ops) if op.kind == "sync"]
    return [1 + number for number, index in enumerate(syncs) if index and states.is_name(ops[index - 1])]


def killed_then_resumed(folder: Path, when: int) -> tuple[Recording, int, int | None]:
    """A process killed at its n-th flush, then another that resumes and commits; the disk has seen no sync between."""
    root = folder / f"w{when}"
    root.mkdir()
    recording = Recording(root)
    recording.begin_with({})
    killed = record(recording, folder / "first", ["--commits", "2"], ("-e", f"inject=fsync:signal=KILL:when={when}"))
    start = len(recording.ops)
    acknowledged = [op.number for op in recording.ops if op.kind == "ack"]
    record(recording, folder / "second", ["--commits", "1"])
    check(recording)
    assert killed == -signal.SIGKILL
    return recording, start, acknowledged[-1] if acknowledged else None


@pytest.mark.parametrize("all_of_them", [False, pytest.param(True, marks=pytest.mark.soak)], ids=["quick", "soak"])
def test_a_kill_followed_by_a_power_cut_loses_nothing_either(all_of_them: bool) -> None:
    """What a killed process left un-flushed looks whole to the next one, which must not build on it unflushed."""
    with scratch() as folder, scratch() as plain:
        flushes = flushes_of_names(plain)
        assert len(flushes) > 8
        for when in range(1, max(flushes) + 1) if all_of_them else flushes[::4]:
            recording, start, acknowledged = killed_then_resumed(folder, when)
            tally = judge_all(folder, recording, "posix", after=start, acknowledged=acknowledged, extra=0, ahead=2)

            assert tally.bad == 0, f"killed at flush {when}: {tally.examples}"


def test_starting_over_can_be_cut_anywhere_and_asked_for_again() -> None:
    """Old checkpoints stay on the disk; a cut leaves either the old session or a beginning, after asking once more."""

    def judge(root: Path, acknowledged: int | None, newest: int) -> str:
        session = root / workload.SESSION
        try:
            found = verdicts.engine_finds(root)
        except EngineError as error:
            if error.code != "session_damaged":
                return f"stuck: {error.code}"
            recovery.start_over(session)
            found = verdicts.engine_finds(root)
        if found is None or found.unit not in (0, 3):
            return "lost: neither the old session nor a beginning"
        payloads = [path.read_bytes() for path in session.rglob("adapter.safetensors")]
        kept = all(workload.payload(unit)["adapter.safetensors"] in payloads for unit in (2, 3))
        return verdicts.OK if kept else "lost: a checkpoint that was set aside"

    with scratch() as folder, scratch() as before:
        recording, _ = recorded(before, "--commits", "3")
        image = states.image(recording, range(len(recording.ops)))
        recording, start = recorded(folder, "--task", "start_over", before=image)
        known = Known()
        for model in states.MODELS:
            tally = judge_all(folder, recording, model, judge, after=start, acknowledged=3, known=known)

            assert tally.bad == 0 and tally.unique > 5, f"{model}: {tally.verdicts} {tally.examples}"


def test_an_output_folder_that_is_replaced_is_always_the_old_or_the_new_one() -> None:
    """Never missing in between: a step that goes on from its commit counts on what it wrote before."""

    def judge(root: Path, acknowledged: int | None, newest: int) -> str:
        for _ in range(2):
            recovery.recover(root / workload.SESSION)
        left = sorted(path.name for path in (root / workload.SESSION).glob("gguf*"))
        folder = root / workload.SESSION / "gguf"
        found = {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}
        may_be = [workload.payload(unit) if unit else {} for unit in range(acknowledged or 0, newest + 1)]
        return verdicts.OK if found in may_be and left in ([], ["gguf"]) else f"corrupt or missing: {left}"

    with scratch() as folder, scratch() as before:
        recording, _ = recorded(before, "--commits", "0")
        image = states.image(recording, range(len(recording.ops)))
        recording, start = recorded(folder, "--task", "outputs", before=image)
        known = Known()
        for model in states.MODELS:
            tally = judge_all(folder, recording, model, judge, after=start, acknowledged=0, known=known)

            assert tally.bad == 0 and tally.unique > 20, f"{model}: {tally.verdicts} {tally.examples}"


@pytest.mark.soak
def test_windows_order_needs_no_folder_flush_where_metadata_is_journalled() -> None:
    """NTFS journals names in order and cannot flush a folder: the small state file written last pushes its log."""
    with scratch() as folder:
        recording, start = recorded(folder, "--commits", "3", "--patch", "like_windows")
        tally = judge_all(folder, recording, "journal", extra=1)
        flushed = {op.inode for op in recording.ops[start:] if op.kind == "sync"}

        assert not flushed & recording.folders
        assert tally.bad == 0 and tally.unique > 60, tally.examples
