"""A session with commits whose every byte is known, for the tests of faults."""

from __future__ import annotations

from pathlib import Path

from crash import workload
from so8t_engine.session import recovery
from so8t_engine.session.history import read
from so8t_engine.session.recovery import Recovered

ID = workload.SESSION


def saved(tmp_path: Path, commits: int = 3) -> Path:
    """A session with that many commits; the two newest checkpoints are kept. Again: goes on from where it is."""
    workload.run(tmp_path, commits)
    return tmp_path / ID


def checkpoint(session: Path, number: int) -> Path:
    return session / "checkpoints" / f"{number:06d}"


def assert_goes_on_from(session: Path, unit: int) -> Recovered:
    """Recovers and compares payload and history with what belongs to that unit."""
    recovered = recovery.recover(session)

    assert recovered.state.cursor.unit == unit, recovered.notes
    assert recovered.folder is not None
    for name, data in workload.payload(unit).items():
        assert (recovered.folder / name).read_bytes() == data
    assert [entry["loss"] for entry in read(session / "history.jsonl")] == workload.points(unit)
    return recovered


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
