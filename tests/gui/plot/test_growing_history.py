"""The history of a session while it grows: what is read, what comes meanwhile, and what others add to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from so8t_engine.protocol import Message
from so8t_engine.session import history, timeline
from so8t_gui.desktop.background import Background
from so8t_gui.plot import session_history
from so8t_gui.plot.growing_history import GrowingHistory
from so8t_gui.view.state import View

Work = list[tuple[object, object, object]]


def write(folder: Path, points: int) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / history.NAME).unlink(missing_ok=True)
    entries = [{"number": n, "kind": "point", "phase": "ppo", "update": n, "loss": 1.0} for n in range(1, points + 1)]
    history.extend(folder / history.NAME, history.Prefix(), entries)
    return folder


def point(number: int) -> Message:
    return Message("point", {"number": number, "phase": "ppo", "loss": 0.5})


def progress(points: int, seconds: float) -> Message:
    return Message("progress", {"points": points, "active_seconds": seconds})


class Growing:
    """It, the looks it waits for, and what it has told."""

    def __init__(self, parent: QObject, monkeypatch: pytest.MonkeyPatch) -> None:
        self.work = Work()
        monkeypatch.setattr(Background, "run", lambda _, *work: self.work.append(work))
        self.it, self.told = GrowingHistory(parent), list[str]()
        for name in ("replaced", "grown", "stale"):
            getattr(self.it, name).connect(lambda name=name: self.told.append(name))

    def read(self) -> None:
        read, show, _ = self.work.pop(0)
        show(read())  # type: ignore[operator]

    def fail(self) -> None:
        self.work.pop(0)[2](ValueError("odd"))  # type: ignore[operator]


@pytest.fixture
def growing(qapp: QObject, monkeypatch: pytest.MonkeyPatch) -> Iterator[Growing]:
    parent = QObject()
    yield Growing(parent, monkeypatch)
    parent.deleteLater()


def view(folder: Path | str, phase: str = "paused") -> View:
    return View(phase=phase, session=Path(folder).name, path=str(folder))  # type: ignore[arg-type]


def test_it_is_read_once_for_each_session_and_only_of_the_one_that_is_followed(
    growing: Growing, tmp_path: Path
) -> None:
    a, b = write(tmp_path / "a", 3), write(tmp_path / "b", 5)
    for followed in (view(a), view(a), view(b)):
        growing.it.follow(followed)
    assert len(growing.work) == 2 and growing.it.curves == []
    growing.read()
    assert growing.told == [] and growing.it.history is None, "of the one before"
    growing.read()
    (curves,) = growing.it.curves
    assert (curves.title, len(curves.table), growing.told) == ("b", 5, ["replaced"])
    growing.it.follow(View(session="c"))
    assert growing.it.curves == [] and not growing.work, "it has no folder yet"


def test_points_that_come_before_it_is_read_are_added_to_it_and_those_after_at_once(
    growing: Growing, tmp_path: Path
) -> None:
    folder = write(tmp_path / "a", 3)
    timeline.add(folder, 3, 60.0)
    growing.it.follow(view(folder, "running"))
    growing.it.add([point(3), point(4), progress(4, 70.0)])
    assert growing.told == []
    growing.read()
    assert growing.it.history is not None
    table, moments = growing.it.history.table, growing.it.history.timeline
    assert len(table) == 4 and moments == [(3, 60.0), (4, 70.0)]
    for events, grown in (([point(5), progress(5, 80.0)], True), ([progress(5, 90.0)], False), ([point(6)], True)):
        growing.told.clear()
        growing.it.add(events)
        assert growing.told == (["grown"] if grown else [])
    assert len(table) == 6 and moments == [(3, 60.0), (4, 70.0), (5, 80.0), (5, 90.0)]
    growing.it.follow(view(write(tmp_path / "b", 1), "running"))
    growing.read()
    assert growing.it.history.timeline == []
    growing.it.add([point(2), progress(2, 5.0), Message("progress", {"points": 3, "active_seconds": None})])
    assert growing.it.history.timeline == [(2, 5.0)] and len(growing.it.history.table) == 2


def test_where_it_cannot_be_read_the_points_of_the_run_are_shown_all_the_same(growing: Growing, tmp_path: Path) -> None:
    growing.it.follow(view(tmp_path / "a", "running"))
    growing.it.add([point(1)])
    growing.fail()
    assert growing.it.history is not None and growing.told == ["replaced"]
    assert (growing.it.history.problem, len(growing.it.history.table)) == ("odd", 1)


def test_what_another_had_read_and_the_disk_has_not_yet_is_taken_over_once(growing: Growing, tmp_path: Path) -> None:
    folder = write(tmp_path / "a", 3)
    known = session_history.read(folder)
    known.table.add(point(4).data)
    known.timeline.append((4, 90.0))
    for place, (shown, count) in enumerate(((write(tmp_path / "b", 1), 1), (folder, 3), (folder, 4))):
        growing.it.take_up(known if place != 1 else None)
        growing.it.follow(View())
        growing.it.follow(view(shown))
        growing.read()
        assert growing.it.history is not None and len(growing.it.history.table) == count
    assert growing.it.history.timeline == [(4, 90.0)] and growing.it._unsaved is None


@pytest.mark.parametrize("phase", ["paused", "elsewhere"])
def test_what_another_program_has_added_is_read_and_told(growing: Growing, tmp_path: Path, phase: str) -> None:
    folder = write(tmp_path / "a", 3)
    growing.it.look_again()
    growing.it.follow(view(folder, phase))
    growing.it.look_again()
    assert len(growing.work) == 1, "it is not read yet"
    growing.read()
    growing.told.clear()
    growing.it.look_again()
    assert growing.work == [], "nothing is new"
    write(folder, 5)
    growing.it.look_again()
    growing.it.look_again()
    assert len(growing.work) == 1 and growing.it.reading
    growing.read()
    assert len(growing.it.curves[0].table) == 5 and not growing.it.reading
    assert growing.told == (["replaced", "stale"] if phase == "paused" else ["replaced"])
    write(folder, 6)
    growing.it.look_again()
    growing.fail()
    assert not growing.it.reading and len(growing.it.curves[0].table) == 5


@pytest.mark.parametrize(("phase", "shown"), [("elsewhere", 3), ("paused", 5)])
def test_what_another_program_has_lost_is_gone_but_not_what_is_not_on_the_disk_yet(
    growing: Growing, tmp_path: Path, phase: str, shown: int
) -> None:
    folder = write(tmp_path / "a", 5)
    growing.it.follow(view(folder, phase))
    growing.read()
    write(folder, 3)
    growing.it.look_again()
    growing.read()
    assert len(growing.it.curves[0].table) == shown
    growing.it.look_again()
    assert growing.work == [], "it was looked at"


def test_a_run_of_this_window_makes_it_longer_itself(growing: Growing, tmp_path: Path) -> None:
    folder = write(tmp_path / "a", 3)
    growing.it.follow(view(folder, "running"))
    growing.read()
    write(folder, 5)
    growing.it.look_again()
    assert growing.work == []
    growing.it.follow(view(folder, "paused"))
    growing.it.look_again()
    growing.it.follow(view(folder, "running"))
    growing.read()
    assert len(growing.it.curves[0].table) == 3, "by now its points come as events"
    growing.it.follow(view(folder, "paused"))
    for points in (4, 5):
        growing.it.add([point(points)])
    before = growing.it.history
    growing.it.look_again()
    growing.read()
    assert growing.it.history is before and before is not None
    assert before.size == session_history.size_of(folder)
    growing.it.look_again()
    assert growing.work == [], "it was looked at"
