"""When the updates of a run were made: the same from the run's events, from its folder, and as it was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from so8t_engine.config.run_config import RunConfig
from so8t_engine.protocol import Message
from so8t_engine.run import workload
from so8t_engine.run.context import Context
from so8t_engine.run.control import Control
from so8t_engine.session import catalog, incidents, recovery, store, timeline
from so8t_engine.session.state import Cursor, PipelineState
from so8t_gui.pages.run import GROWING
from so8t_gui.plot import session_history
from so8t_gui.plot.chart import Chart, SessionCurves, time_unit
from so8t_gui.plot.growing_history import GrowingHistory, go_on_as
from so8t_gui.plot.series import Smooth, Table
from so8t_gui.plot.session_history import SessionHistory

CONFIG = RunConfig.model_validate(
    {"datasets": [{"name": "a", "path": "a.jsonl", "source": "local"}], "model": {"build": {}}}
)


class Run:
    """Of a clock that moves only when told; `made`: when each update was, in seconds of work."""

    def __init__(self, session: Path, watched: GrowingHistory) -> None:
        self.session, self.watched = session, watched
        self.made = list[float]()
        self._time = 1_000.0
        self.begin()

    def begin(self) -> None:
        self._events = list[Message]()
        self.context = Context(
            self.session, CONFIG, recovery.recover(self.session), self._events.append, Control(),
            clock=lambda: self._time, now=lambda: "", background=False,
        )  # fmt: skip
        self.made = self.made[: self.context.state.points]

    def killed(self) -> None:
        """What was not saved is gone; another process takes over, as a start does."""
        beat = {"run": 1, "step": "train", "unit": self.context.cursor.unit, "active_seconds": self.made[-1]}
        self.begin()
        cut = incidents.describe(self.context.state, (), beat, "killed", "")
        assert cut is not None and cut["points"] == self.context.state.points
        incidents.record(self.session, cut)
        self._events.append(Message("incident", cut))
        self._tell()

    def work(self, seconds: float, kind: str = "update", phase: str = "") -> None:
        self._time += seconds
        unit = self.context.cursor.unit + 1
        if phase:
            self.context.point(phase=phase, loss=1.0)
            self.made.append(self.context.state.active_seconds + seconds)
        self.context.tick(Cursor(self.context.cursor.step, unit), kind)
        self._tell()

    def end_step(self) -> None:
        self._time += 60.0  # to write what it has made
        self.context.go_to(Cursor("evaluate"))
        self._tell()

    def _tell(self) -> None:
        told, self._events[:] = [event for event in self._events if event.name in GROWING], []
        self.watched.add(told)


@pytest.fixture
def run(qapp: QObject, tmp_path: Path) -> Iterator[Run]:
    session = store.create(tmp_path, "times", "", "")
    state = PipelineState("times", status="running", cursor=Cursor("train"), run=1)
    store.write_state(session, store.commit(session, state, {}))
    parent = QObject()
    watched = GrowingHistory(parent)
    watched.history = SessionHistory(session)
    yield Run(session, watched)
    parent.deleteLater()


def off(known: SessionHistory, made: list[float]) -> float:
    """By how many of the moments that are told apart the updates stand elsewhere than they were made, at most."""
    found = known.table.seconds(known.timeline)
    spacing = np.array([timeline.spacing(seconds) for seconds in made])
    return float(np.max(np.abs(found - made[: len(found)]) / spacing[: len(found)]))


def test_an_update_stands_where_it_was_made_while_it_comes_and_when_it_is_read_again(run: Run) -> None:
    """The first of them moved at every save, at every change of the language and after a pause; the last one stood at
    the end of the evaluation."""
    run.work(20.0, "load")
    for phase, seconds in (("pretrain", 0.4), ("warmup", 3.0), ("ppo", 11.0)):
        run.work(15.0, "load")
        for _ in range(60):
            run.work(seconds, phase=phase)
    live = run.watched.history
    assert live is not None and len(live.table) == 180 and off(live, run.made) <= 1
    for _ in range(30):
        run.work(0.01, phase="ppo")  # more than are told one by one
    run.end_step()
    for _ in range(20):
        run.work(30.0, "answers")
    assert off(live, run.made) <= 1, "what comes behind the last one does not move it"
    run.context.commit()
    read = session_history.read(run.session)
    assert len(read.table) == 210 and off(read, run.made) <= 1
    assert run.made[0] == pytest.approx(35.4) and len(read.timeline) < 400

    again = list(read.timeline)
    go_on_as(again, live.timeline)
    assert off(SessionHistory(run.session, live.table, again), run.made) <= 1
    go_on_as(again, [(3, 1.0), (2, 9_000.0)])
    assert off(SessionHistory(run.session, live.table, again), run.made) <= 1, "of a run before"


def test_what_a_cut_has_lost_stands_where_it_was_made_the_second_time(run: Run) -> None:
    for _ in range(300):
        run.work(1.0, phase="ppo")
    lost = run.context.state.active_seconds
    run.begin()
    saved = run.context.state.active_seconds
    assert 0 < saved < lost and run.context.state.points == len(run.made)
    for _ in range(150):
        run.work(2.0, phase="ppo")
    run.context.commit()
    read = session_history.read(run.session)
    assert len(read.table) == len(run.made) and off(read, run.made) <= 1


@pytest.mark.parametrize(("episodes", "kinds", "learns"), [(0, {"warmup": 9}, False), (640, {"update": 9}, True)])
def test_a_new_run_says_whether_it_learns_once_it_trains(
    run: Run, qtbot: QtBot, episodes: int, kinds: dict[str, int], learns: bool
) -> None:
    live = run.watched.history
    assert live is not None and catalog.learns(run.session) is None is live.table.learns
    run.work(1.0, "load")
    qtbot.waitUntil(lambda: not run.watched._asking)
    assert live.table.learns is None, "nobody has counted yet"
    config = CONFIG.model_copy(update={"ppo": CONFIG.ppo.model_copy(update={"total_episodes": episodes})})
    run.context.state = run.context.state.changed(totals=workload.first_guess(config).totals)
    run.context.commit()
    assert catalog.learns(run.session) is learns, "as it is guessed"
    run.context.begin(kinds)
    run.context.commit()
    with qtbot.waitSignal(run.watched.grown):
        run.work(1.0, "load")
    assert live.table.learns is learns is session_history.read(run.session).table.learns


def seen(known: SessionHistory) -> tuple[object, ...]:
    table = known.table
    columns = {name: [str(value) for value in column.values] for name, column in table.columns.items()}
    return list(table.x.values), list(table.numbers.values), columns, table.phases, table.marks, table.newest


def test_after_a_kill_the_window_has_what_the_disk_has(run: Run) -> None:
    """What was lost stayed until it was made again, as a smear by time, and no line said where the run was cut."""
    for number in range(300):
        run.context.point(phase="rollout", reward_answer=number / 300)
        run.made.append(run.context.state.active_seconds)
        run.work(1.0, phase="warmup" if number < 5 else "ppo")
    live, smooth = run.watched.history, Smooth(0.9)
    assert live is not None and len(live.table) == 300
    smooth.follow(live.table, "loss")
    told = list[str]()
    run.watched.grown.connect(lambda: told.append("grown"))
    run.killed()
    saved = len(live.table)
    assert 5 < saved < 300 and told == ["grown"], "the plot is drawn anew"
    assert seen(live) == seen(session_history.read(run.session))
    [mark] = live.table.marks
    assert (mark.x, mark.kind) == (saved, "interruption") and "work is done again" in mark.text
    seconds = live.table.seconds(live.timeline)
    for _ in range(2):
        run.work(2.0, phase="grpo")
        smooth.follow(live.table, "loss")
    assert len(smooth.values) == saved + 2 and live.table.phases[-1] == (saved + 1, "grpo")
    assert list(live.table.seconds(live.timeline)[:saved]) == pytest.approx(list(seconds), abs=2.0)
    run.context.commit()
    assert seen(live) == seen(session_history.read(run.session))
    run.watched.add([Message("incident", incidents.read(run.session)[0])])
    assert seen(session_history.read(run.session))[4] == live.table.marks, "a start that was cut off is told twice"
    run.watched.add([Message("incident", {"points": 1, "run": 9})])
    assert len(live.table) == saved, "it makes no sense"


def test_a_week_of_moments_is_small_and_an_hour_is_whole(tmp_path: Path) -> None:
    kept = list[tuple[int, float]]()
    for second in range(0, 7 * 24 * 3_600, 20):
        timeline.note(kept, second // 20, float(second))
    assert 1_000 < len(kept) < 5_000
    moments = timeline.Moments(tmp_path)
    for second in range(0, 3_600, 2):
        moments.note(second // 2, float(second))
    assert 600 < len(timeline.read(tmp_path)) < 1_200
    apart = np.diff([seconds for _, seconds in timeline.read(tmp_path)])
    assert apart.max() <= 3_600 / 300 + 2


@pytest.fixture
def chart(qtbot: object) -> Iterator[Chart]:
    made = Chart()
    made.resize(800, 400)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def timed(seconds: float, updates: int = 10) -> SessionCurves:
    table = Table()
    for number in range(1, updates + 1):
        table.add({"number": number, "phase": "ppo", "loss": 1.0 / number, "alpha": 1.0})
    return SessionCurves("a", table, [(updates, seconds)])


@pytest.mark.parametrize(
    ("seconds", "below", "end"),
    [(90.0, "active seconds", 90.0), (480.0, "active minutes", 8.0), (3 * 3_600.0, "active minutes", 180.0),
     (11 * 3_600.0, "active hours", 11.0), (100 * 3_600.0, "active hours", 100.0)],
)  # fmt: skip
def test_times_are_in_a_unit_that_can_be_read(chart: Chart, seconds: float, below: str, end: float) -> None:
    """A run of minutes had "0.006 active hours"."""
    chart.choose(by_time=True)
    chart.put([timed(seconds)])
    chart.draw()
    assert chart._main.getAxis("bottom").labelText == below
    assert chart._curves[0, "loss"][1].getData()[0][-1] == pytest.approx(end)
    chart.put([timed(seconds), timed(10.0)])
    chart.draw()
    assert chart._main.getAxis("bottom").labelText == below, "that of the longer one"
    chart.choose(by_time=False)
    assert chart._main.getAxis("bottom").labelText == "updates"


def test_what_was_zoomed_to_stays_in_sight_when_the_unit_becomes_another(chart: Chart) -> None:
    line = timed(170.0)
    chart.choose(by_time=True)
    chart.put([line])
    chart.draw()
    chart.choose(follow=False)
    chart._main.setXRange(60.0, 120.0, padding=0)
    line.table.add({"number": 11, "phase": "ppo", "loss": 0.1, "alpha": 1.0})
    line.timeline.append((11, 200.0))
    chart.draw()
    assert chart._main.viewRange()[0] == pytest.approx([1.0, 2.0])
    bounds = (0.0, 180.0, 181.0, 10_800.0, 10_801.0)
    assert [time_unit(seconds) for seconds in bounds] == [1.0, 1.0, 60.0, 60.0, 3_600.0]
