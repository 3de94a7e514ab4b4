"""Creating, committing, keeping and recovering a session; what goes wrong is in tests/engine/test_faults_*."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from so8t_engine.errors import EngineError
from so8t_engine.session import catalog, config_seal, history, live_progress, manifest, recovery, store, verification
from so8t_engine.session.state import Cursor, PipelineState


def test_a_new_session_is_whole_and_at_its_beginning(tmp_path: Path) -> None:
    session = store.create(tmp_path / "sessions", "s", "name: s\n", "now")

    assert sorted(path.name for path in session.iterdir()) == [
        "checkpoints", "config.yaml", "data", "logs", "pipeline_state.json",
    ]  # fmt: skip
    state = PipelineState("s", created="now", updated="now", config=config_seal.of(b"name: s\n"))
    assert recovery.recover(session) == recovery.Recovered(state, None)
    assert [path.name for path in session.parent.iterdir()] == ["s"]


def test_a_name_that_is_taken_is_refused_and_its_session_left_alone(tmp_path: Path) -> None:
    session = store.create(tmp_path, "s", "first", "now")
    with pytest.raises(FileExistsError):
        store.create(tmp_path, "s", "second", "now")

    assert (session / "config.yaml").read_text() == "first"
    assert [path.name for path in tmp_path.iterdir()] == ["s"]


def commits(session: Path, count: int) -> PipelineState:
    state = recovery.recover(session).state
    for unit in range(state.cursor.unit + 1, state.cursor.unit + 1 + count):
        mark = history.extend(session / history.NAME, verification.prefix_of(state), [{"number": unit}])
        state = state.changed(
            cursor=Cursor("train", unit), points=mark.points, history_bytes=mark.bytes, history_crc=mark.crc
        )
        state = store.commit(session, state, {"unit": str(unit).encode()})
    return state


def test_a_commit_is_what_recovery_finds(tmp_path: Path) -> None:
    session = store.create(tmp_path, "s", "", "now")
    state = commits(session, 3)
    recovered = recovery.recover(session)

    assert recovered.state == state and recovered.notes == ()
    assert recovered.folder == session / "checkpoints" / "000003"
    assert recovered.folder is not None and (recovered.folder / "unit").read_text() == "3"


@pytest.mark.parametrize(("looks", "left"), [(0, []), (1, ["000001"])])
def test_nothing_is_made_or_named_in_a_folder_that_is_not_the_sessions_any_more(
    tmp_path: Path, looks: int, left: list[str]
) -> None:
    session = store.create(tmp_path, "s", "", "now")
    answers = iter([True] * looks + [False] * 9)
    before = (session / store.STATE).read_bytes()
    with pytest.raises(FileNotFoundError):
        store.commit(session, recovery.recover(session).state, {"unit": b"1"}, lambda: next(answers))

    assert sorted(path.name for path in (session / "checkpoints").iterdir()) == left
    assert (session / store.STATE).read_bytes() == before


@pytest.mark.parametrize(
    ("there", "error", "left"), [(True, ValueError, []), (False, FileNotFoundError, ["000001.part"])]
)
def test_the_half_of_a_commit_that_failed_is_removed_unless_the_folder_is_another_by_then(
    tmp_path: Path, there: bool, error: type[Exception], left: list[str]
) -> None:
    session, answers = store.create(tmp_path, "s", "", "now"), [True]

    def fails() -> Iterator[bytes]:
        yield b"half"
        answers[0] = there
        raise ValueError

    with pytest.raises(error):
        store.commit(session, recovery.recover(session).state, {"unit": fails}, lambda: answers[0])
    assert [path.name for path in (session / "checkpoints").iterdir()] == left


def test_the_numbers_of_bad_and_half_written_checkpoints_are_not_used_again(tmp_path: Path) -> None:
    session = store.create(tmp_path, "s", "", "now")
    commits(session, 1)
    for name in ("000007.bad", "000009.part", "000011.dead"):
        (session / "checkpoints" / name).mkdir()
    state = store.commit(session, store.read_state(session), {})

    assert state.checkpoint == "000012"


@pytest.mark.parametrize(("keep", "left"), [(0, 2), (1, 2), (2, 2), (3, 3), (9, 5)])
def test_at_least_two_checkpoints_are_kept(tmp_path: Path, keep: int, left: int) -> None:
    session = store.create(tmp_path, "s", "", "now")
    commits(session, 5)
    store.retain(session, keep)

    names = sorted(path.name for path in (session / "checkpoints").iterdir())
    assert names == [f"{number:06d}" for number in range(6 - left, 6)]


def test_checkpoints_are_ordered_as_numbers_beyond_a_million(tmp_path: Path) -> None:
    session = store.create(tmp_path, "s", "", "now")
    commits(session, 1)
    (session / "checkpoints" / "000001").rename(session / "checkpoints" / "999999")
    about = {"session": "s", "checkpoint": "999999"}
    listed, before = manifest.read(session / "checkpoints" / "999999")
    (session / "checkpoints" / "999999" / manifest.NAME).write_bytes(manifest.build(listed, {**before, **about}))
    commits(session, 2)

    assert recovery.recover(session).state.checkpoint == "1000001"


def test_a_status_is_kept_beside_the_last_commit(tmp_path: Path) -> None:
    session = store.create(tmp_path, "s", "", "now")
    state = commits(session, 2)
    store.write_state(session, state.changed(status="failed", error={"code": "x", "sentence": "y", "action": "z"}))

    assert recovery.recover(session).state.status == "failed"
    assert recovery.recover(session).state.cursor == Cursor("train", 2)


def test_a_session_moves_to_another_folder_as_it_is(tmp_path: Path) -> None:
    session = store.create(tmp_path / "here", "s", "", "now")
    state = commits(session, 2)
    (tmp_path / "there").mkdir()
    session.rename(tmp_path / "there" / "s")

    assert recovery.recover(tmp_path / "there" / "s").state == state
    assert verification.problems(tmp_path / "there" / "s") == []


def test_verify_names_what_is_bad_in_checkpoints_outputs_and_the_state(tmp_path: Path) -> None:
    session = store.create(tmp_path, "s", "", "now")
    commits(session, 2)
    for place in ("adapter", "data/collected"):
        folder = session / place
        folder.mkdir(parents=True)
        (folder / "x").write_bytes(b"good")
        (folder / manifest.NAME).write_bytes(manifest.build(manifest.of_folder(folder), {}))
        (folder / "x").write_bytes(b"evil")
    (session / "checkpoints" / "000002" / "unit").write_bytes(b"3")
    (session / store.STATE).write_bytes(b"{")
    found = "\n".join(map(str, verification.problems(session)))

    assert found.count("\n") == 3
    for word in ("pipeline_state.json", "000002", "adapter/x", "collected/x"):
        assert word in found


def test_starting_over_keeps_every_old_file_and_counts_the_runs_on(tmp_path: Path) -> None:
    session = store.create(tmp_path, "s", "", "now")
    store.write_state(session, commits(session, 2).changed(run=4, status="failed"))
    for result in ("adapter", "final_model", "gguf", "report"):
        (session / result).mkdir()
        (session / result / "of").write_text(result)
    before = (session / history.NAME).read_bytes()
    recovery.start_over(session)
    state = recovery.recover(session).state

    assert (state.cursor, state.status, state.run, state.points) == (Cursor("collect"), "new", 5, 0)
    kept = session / "set-aside"
    assert sorted(path.read_text() for path in kept.glob("*/unit")) == ["1", "2"]
    assert [path.read_bytes() for path in kept.glob("*-history.jsonl")] == [before]
    assert sorted(path.read_text() for path in kept.glob("*/of")) == ["adapter", "final_model", "gguf", "report"]
    assert state.config == config_seal.of(b""), "an edited configuration is still noticed"
    assert not (session / history.NAME).exists() and not (session / "adapter").exists()


@pytest.mark.parametrize(
    ("sign", "run"), [('{"run": 7, "step": "collect", "unit": 3}', 8), ('{"run": -3}', 1), ("", 1)]
)
def test_starting_over_where_the_pointer_is_lost_believes_no_sign_of_life_from_before(
    tmp_path: Path, sign: str, run: int
) -> None:
    """It was left by a run of another beginning: neither this state nor that of the next start is taken for it."""
    session = store.create(tmp_path, "s", "", "now")
    commits(session, 1)
    (session / live_progress.NAME).write_text(sign)
    (session / store.STATE).write_bytes(b"{")
    recovery.start_over(session)
    state = recovery.recover(session).state

    assert state.run == run
    assert live_progress.of_run(session, state) == live_progress.of_run(session, state.changed(run=run + 1)) == {}


def test_starting_over_twice_keeps_both(tmp_path: Path) -> None:
    session = store.create(tmp_path, "s", "", "now")
    for _ in range(2):
        commits(session, 1)
        recovery.start_over(session)
    recovery.recover(session)

    assert len(list((session / "set-aside").glob("*-history.jsonl"))) == 2
    assert len(list((session / "set-aside").glob("*/unit"))) == 2


def test_only_what_the_program_makes_itself_is_swept_at_a_start(tmp_path: Path) -> None:
    """A user's own folders inside a session may end as the program's do."""
    session = store.create(tmp_path, "s", "", "now")
    commits(session, 1)
    (session / "model").mkdir()
    theirs = ["mybackup.part", "notes.old", "adapter-2.dead", "checkpoints/mine.part", "checkpoints/12.dead"]
    ours = [
        "gguf.part", "adapter.old.dead", "adapter.old.1.dead", "model.part.dead", "pipeline_state.json.part",
        "model.old", "checkpoints/000002.part", "checkpoints/000003.dead", "checkpoints/000004.part.dead",
    ]  # fmt: skip
    for name in (*theirs, *ours):
        (session / name).mkdir()
    notes = recovery.recover(session).notes

    assert all((session / name).is_dir() for name in theirs)
    assert not any((session / name).exists() for name in ours) and len(notes) == len(ours)


def test_a_session_whose_making_fails_leaves_nothing_in_the_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a full disk: the flush of the second file fails; what takes names away goes on working there."""
    tmp_path.joinpath("20250101-000000-other").mkdir()
    real, struck = os.fsync, []

    def fsync(handle: int) -> None:
        if not struck and list(tmp_path.rglob("pipeline_state.json")):
            struck.append(handle)
            raise OSError(errno.ENOSPC, "No space left on device")
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(EngineError) as refused:
        store.create(tmp_path, "s", "name: s\n", "now")

    assert struck and refused.value.code == "disk_full"
    assert [path.name for path in tmp_path.iterdir()] == ["20250101-000000-other"]


def test_what_a_killed_maker_left_is_swept_by_the_next_and_what_a_living_one_makes_is_not(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys; from pathlib import Path; from so8t_engine.session import durable, store\n"
        "durable.publish = lambda *_, **__: os.kill(os.getpid(), signal.SIGTERM)\n"
        "store.create(Path(sys.argv[1]), 'killed', '', '')"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    (left,) = tmp_path.iterdir()
    assert killed.returncode and left.name.startswith("killed.") and left.name.endswith(".part")
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as alive:
        for name in (
            f"20260101-b.{alive.pid}.part",
            "mine.part",
            "20260101-c.12.part.txt",
            "20260101-d.99999999999.part",
        ):
            (tmp_path / name).mkdir()
        (tmp_path / f"{left.name}.dead").mkdir()
        store.create(tmp_path, "s", "", "now")
        alive.communicate(b"\n")

    assert {path.name for path in tmp_path.iterdir()} == {
        "s", f"20260101-b.{alive.pid}.part", "mine.part", "20260101-c.12.part.txt", "20260101-d.99999999999.part",
    }  # fmt: skip


def test_fault_47_ten_thousand_old_checkpoints_cost_one_listing_and_no_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = store.create(tmp_path, "s", "", "now")
    commits(session, 1)
    newest = session / "checkpoints" / "010001"
    (session / "checkpoints" / "000001").rename(newest)
    files, about = manifest.read(newest)
    about = about | {"checkpoint": newest.name, "state": about["state"] | {"checkpoint": newest.name}}
    (newest / manifest.NAME).write_bytes(manifest.build(files, about))
    store.write_state(session, store.read_state(session).changed(checkpoint=newest.name))
    for number in range(1, 10_001):
        (session / "checkpoints" / f"{number:06d}").mkdir()
    read: list[Path] = []
    real = manifest.read

    def counted(folder: Path) -> object:
        read.append(folder)
        return real(folder)

    monkeypatch.setattr(manifest, "read", counted)
    catalog.entry(session)
    assert not read, "the list needs the pointer alone"
    recovered = recovery.recover(session)
    assert recovered.folder == newest and set(read) == {newest}
    store.retain(session, 2)
    assert sorted(path.name for path in (session / "checkpoints").iterdir()) == ["010000", "010001"]


def test_fault_47_commit_after_commit_takes_as_many_handles_files_and_openings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = store.create(tmp_path, "s", "", "now")
    opened: list[object] = []
    real = os.open
    monkeypatch.setattr(os, "open", lambda path, *more, **named: opened.append(path) or real(path, *more, **named))
    state, counts = recovery.recover(session).state, []
    for unit in range(60):
        opened.clear()
        state = store.commit(session, state.changed(cursor=Cursor("train", unit)), {"unit": b"x"})
        store.retain(session, 2)
        handles = psutil.Process().num_handles() if sys.platform == "win32" else psutil.Process().num_fds()
        counts.append((len(opened), len(list(session.rglob("*"))), handles))

    assert len(set(counts[2:])) == 1, counts
