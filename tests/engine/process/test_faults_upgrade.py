"""Fault 46: the program is removed or replaced by another version while a run goes on."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from crash.soak import digests
from helpers.paths import PROJECT
from helpers.toy_engine import heard, new, session_in, start, told, until_training
from so8t_engine.session import store

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows does not let go of files in use")
PACKAGES = ("engine/so8t_engine", "resources/so8t_resources")


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the program that processes of this test find first."""
    place = tmp_path / "installed"
    for package in PACKAGES:
        shutil.copytree(PROJECT / package, place / Path(package).name, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setenv("PYTHONPATH", str(place))
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    return place


def removed(place: Path) -> None:
    shutil.rmtree(place)


def upgraded(place: Path) -> None:
    """Every file is another one, and says so in its version."""
    shutil.rmtree(place)
    for package in PACKAGES:
        shutil.copytree(PROJECT / package, place / Path(package).name, ignore=shutil.ignore_patterns("__pycache__"))
    (place / "so8t_engine" / "__init__.py").write_text('"""The next version."""\n\nVERSION = "99.0.0"\n')


@pytest.mark.parametrize("change", [removed, upgraded])
def test_fault_46_a_program_changed_under_a_run_costs_nothing(tmp_path: Path, installed: Path, change) -> None:  # type: ignore[no-untyped-def]
    """The run ends by itself or in a sentence; the program that is there afterwards goes on to the same bytes."""
    untouched, struck = tmp_path / "untouched", tmp_path / "struck-by-it"
    _, finished = told(new(untouched))
    assert list(installed.glob("so8t_engine/process/__pycache__/*")), "it is the copy that runs"
    with new(struck) as engine:
        until_training(engine)
        before = store.read_state(session_in(struck)).cursor
        change(installed)
        events = list(heard(engine))
        code = engine.wait()
    after = store.read_state(session_in(struck))
    if code != 0:
        assert any(event["name"] in ("failed", "paused") and event.get("sentence") for event in events), events[-3:]
        _, code = told(start(struck, "resume"))

    assert (finished, code) == (0, 0)
    assert (after.cursor.step, after.cursor.unit) >= (before.step, before.unit) or after.status == "finished"
    assert store.read_state(session_in(struck)).status == "finished"
    assert digests(session_in(struck)) == digests(session_in(untouched))
