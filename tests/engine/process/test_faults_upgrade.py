"""Fault 46: the program is removed or replaced by another version while a run goes on."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from crash.soak import digests
from helpers.paths import PROJECT
from helpers.toy_engine import heard, new, session_in, start, told, until_training
from so8t_engine import VERSION
from so8t_engine.session import store

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows does not let go of files in use")
PACKAGES = ("engine/so8t_engine", "resources/so8t_resources")


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the program that processes of this test find first; its version tells."""
    place = tmp_path / "installed"
    for package in PACKAGES:
        shutil.copytree(PROJECT / package, place / Path(package).name, ignore=shutil.ignore_patterns("__pycache__"))
    called(place, "98.0.0")
    monkeypatch.setenv("PYTHONPATH", str(place))
    return place


def called(place: Path, version: str) -> None:
    path = place / "so8t_engine" / "__init__.py"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f'"{VERSION}"', f'"{version}"'), encoding="utf-8")
    assert version in path.read_text(encoding="utf-8")


def removed(place: Path) -> None:
    shutil.rmtree(place)


def upgraded(place: Path) -> None:
    """Every file is another one, and says so in its version."""
    shutil.rmtree(place)
    for package in PACKAGES:
        shutil.copytree(PROJECT / package, place / Path(package).name, ignore=shutil.ignore_patterns("__pycache__"))
    called(place, "99.0.0")


@pytest.mark.parametrize("change", [removed, upgraded])
def test_fault_46_a_program_changed_under_a_run_costs_nothing(tmp_path: Path, installed: Path, change) -> None:  # type: ignore[no-untyped-def]
    """The run ends by itself or in a sentence; the program that is there afterwards goes on to the same bytes."""
    untouched, struck = tmp_path / "untouched", tmp_path / "struck-by-it"
    said, finished = told(new(untouched, forks=False))
    assert said[0]["version"] == "98.0.0", "it is the copy that runs"
    with new(struck, forks=False) as engine:
        until_training(engine)
        before = store.read_state(session_in(struck)).cursor
        change(installed)
        events = list(heard(engine))
        code = engine.wait()
    after = store.read_state(session_in(struck))
    if code != 0:
        assert any(event["name"] in ("failed", "paused") and event.get("sentence") for event in events), events[-3:]
        _, code = told(start(struck, "resume", forks=False))

    assert (finished, code) == (0, 0)
    assert (after.cursor.step, after.cursor.unit) >= (before.step, before.unit) or after.status == "finished"
    assert store.read_state(session_in(struck)).status == "finished"
    assert digests(session_in(struck)) == digests(session_in(untouched))
