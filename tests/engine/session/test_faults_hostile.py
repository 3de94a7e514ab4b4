"""Links, paths and pickles where a session's files belong: refused, nothing foreign read, written or executed."""

from __future__ import annotations

import os
import pickle  # noqa: TID251  the canary is made with it; nothing may ever read it
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from crash.faults import ID, assert_goes_on_from, checkpoint, saved
from helpers.program import so8t
from so8t_engine import paths
from so8t_engine.config.run_config import RunConfig
from so8t_engine.errors import EXIT_SESSION, EngineError
from so8t_engine.session import catalog, manifest, recovery, store, verification

CONFIG = RunConfig.model_validate(
    {"datasets": [{"name": "a", "source": "local", "path": "a.jsonl"}], "model": {"build": {}}}
)
LINKS = (
    "pipeline_state.json",
    "pipeline_state.json.part",
    "history.jsonl",
    "incidents.jsonl",
    "engine.json",
    "engine.json.part",
    "progress.json.part",
    "timeline.jsonl",
    "timeline.jsonl.part",
    "logs/engine.log",
    "checkpoints/000003/state.json",
    "checkpoints/000004.part",
    "data/collected",
)


def resume(root: Path, name: str = ID) -> subprocess.CompletedProcess[str]:
    return so8t("resume", name, "--data-root", root)


@pytest.mark.parametrize("name", LINKS)
def test_fault_40_a_link_anywhere_in_a_session_is_refused_before_anything_is_written(tmp_path: Path, name: str) -> None:
    session = saved(tmp_path / "sessions")
    foreign = tmp_path / "foreign.txt"
    foreign.write_text("mine")
    link = session / name
    link.parent.mkdir(exist_ok=True)
    link.unlink(missing_ok=True)
    link.symlink_to(foreign)
    actions: list[Callable[[Path], object]] = [recovery.recover, recovery.start_over, verification.problems]
    for action in actions:
        with pytest.raises(EngineError) as refused:
            action(session)
        assert refused.value.code == "session_unsafe"

    assert foreign.read_text() == "mine" and link.is_symlink()


@pytest.mark.parametrize("name", ["logs/engine.log", "engine.json.part"])
def test_fault_40_the_program_touches_no_linked_file_either(tmp_path: Path, name: str) -> None:
    """The log and the note who holds the lock are written before recovery: they must not follow a link."""
    session = saved(tmp_path / "sessions")
    (session / store.CONFIG).write_text(CONFIG.model_dump_json())
    foreign = tmp_path / "foreign.txt"
    foreign.write_text("mine")
    (session / name).unlink(missing_ok=True)
    (session / name).symlink_to(foreign)
    done = resume(tmp_path / "sessions")

    assert done.returncode == EXIT_SESSION and "is a link" in done.stdout
    assert foreign.read_text() == "mine"
    assert "Traceback" not in done.stdout + done.stderr


def test_fault_40_a_session_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    real = saved(tmp_path / "elsewhere")
    (tmp_path / "sessions").mkdir()
    (tmp_path / "sessions" / ID).symlink_to(real)
    done = resume(tmp_path / "sessions")

    assert done.returncode == EXIT_SESSION and "is a link" in done.stdout
    assert_goes_on_from(real, 3)


@pytest.mark.parametrize(
    "name", ["..", "../x", "a/b", "/etc", "C:x", "a\\b", "", "a\n", "a\0b", ".hidden", "x" * 81, "a b", "ä"]
)
def test_fault_41_a_session_id_that_is_a_path_or_no_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(EngineError) as found:
        catalog.find(tmp_path, name)
    with pytest.raises(EngineError) as created:
        store.create(tmp_path, name, "", "")

    assert found.value.code == created.value.code == "session_name"
    assert not list(tmp_path.iterdir())


def test_fault_41_the_names_the_program_gives_are_names_it_accepts(tmp_path: Path) -> None:
    store.check_name(paths.session_id(tmp_path, "phi35-so8t", "20260101-000000"))


@pytest.mark.parametrize("name", ["../../secret.txt", "/etc/hostname", "a\\..\\b", "C:secret", "x/../../secret.txt"])
def test_fault_41_a_manifest_that_names_a_file_outside_its_folder_is_bad(tmp_path: Path, name: str) -> None:
    session = saved(tmp_path)
    (tmp_path / "secret.txt").write_text("secret")
    folder = checkpoint(session, 3)
    files, about = manifest.read(folder)
    outside = manifest.digest_file(tmp_path / "secret.txt")
    (folder / manifest.NAME).write_bytes(manifest.build({**files, name: outside}, about))

    with pytest.raises(ValueError, match="outside"):
        manifest.read(folder)
    assert_goes_on_from(session, 2)


class Canary:
    """Unpickled, it makes a file."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self) -> tuple[object, tuple[str, int]]:
        return os.mkdir, (str(self.file), 0o700)


@pytest.mark.parametrize("name", ["state.json", "adapter.safetensors", "rng_state.pth", "manifest.json"])
def test_fault_42_a_pickle_offered_as_a_file_of_a_checkpoint_is_never_unpickled(tmp_path: Path, name: str) -> None:
    session, sprung = saved(tmp_path), tmp_path / "sprung"
    folder = checkpoint(session, 3)
    files, about = manifest.read(folder)
    (folder / name).write_bytes(pickle.dumps(Canary(sprung)))
    if name != manifest.NAME:
        (folder / manifest.NAME).write_bytes(
            manifest.build({**files, name: manifest.digest_file(folder / name)}, about)
        )
    recovered = recovery.recover(session)

    assert recovered.state.cursor.unit == (2 if name == manifest.NAME else 3)
    assert catalog.entry(session).unfinished and not sprung.exists()
    pickle.loads(pickle.dumps(Canary(sprung)))
    assert sprung.exists(), "the canary does sing when it is unpickled"


@pytest.mark.parametrize(
    "name", ["pipeline_state.json", "history.jsonl", "incidents.jsonl", "progress.json", "timeline.jsonl"]
)
def test_fault_42_a_pickle_offered_as_a_file_of_the_session_is_never_unpickled(tmp_path: Path, name: str) -> None:
    session, sprung = saved(tmp_path), tmp_path / "sprung"
    (session / name).write_bytes(pickle.dumps(Canary(sprung)))
    try:
        recovery.recover(session)
    except EngineError as error:
        assert name == "history.jsonl" and error.code == "history_damaged"
    catalog.entry(session)

    assert not sprung.exists()
