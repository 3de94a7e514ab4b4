"""The page Run, its plot and its log, over real histories: what stands there in every state; what can be exported."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from so8t_engine.protocol import PROTOCOL_VERSION, Message
from so8t_engine.session import history, incidents, timeline
from so8t_gui.desktop.hardware import Gauge
from so8t_gui.engine.events import Chosen, Pausing, Started
from so8t_gui.pages.run import RunPage
from so8t_gui.plot import session_history
from so8t_gui.view.reduce import reduce
from so8t_gui.view.state import View
from so8t_gui.widgets import status_icons
from so8t_gui.widgets.hardware_strip import Dial, HardwareStrip

NAME = "20260101-000000-x"


def session(root: Path, points: int = 60) -> Path:
    folder = root / NAME
    (folder / "logs").mkdir(parents=True)
    (folder / "logs" / "engine.log").write_text("first\nloaded the model\nlast\n")
    entries: list[dict[str, object]] = [
        {"kind": "point", "phase": "ppo", "update": n, "loss": 3 / n, "alpha": 1 - n / 100, "reward": n / 60}
        for n in range(1, points + 1)
    ]
    entries.insert(30, {"kind": "mark", "mark": "phase_transition", "direction": "down", "size": 1, "since": 30})
    entries = [{"number": n, **entry} for n, entry in enumerate(entries, 1)]
    history.extend(folder / history.NAME, history.Prefix(), entries)
    for done in (20, 40, 61):
        timeline.add(folder, done, done * 60.0)
    incidents.record(folder, {
        "run": 1, "kind": "power", "when": "then", "lost_seconds": 70.0, "lost_units": 1, "resumed_from": "000001",
        "step": "train", "unit": 20, "points": 20, "notes": [],
    })  # fmt: skip
    return folder


@pytest.fixture
def page(qtbot: QtBot) -> RunPage:
    made = RunPage()
    qtbot.addWidget(made)
    made.resize(1_000, 700)
    made.show()
    return made


def chosen(folder: Path, status: str = "paused") -> View:
    return reduce(View(), Chosen(NAME, "x", str(folder), status, "train", 0.4), 0.0)


def running(folder: Path) -> View:
    view = reduce(View(), Started(NAME, "x"), 0.0)
    for name, body in (
        ("hello", {"protocol": PROTOCOL_VERSION, "version": "1", "pid": 1}),
        ("session", {"session": NAME, "title": "x", "path": str(folder), "step": "train", "resumed": True}),
        ("step", {"step": "train", "state": "running"}),
        ("progress", {"step": "train", "kind": "update", "unit": 61, "total": 200, "rate": 0.5, "eta_seconds": 30.0,
                      "eta_total_seconds": 60.0, "active_seconds": 60.0, "unsaved_seconds": 40.0, "points": 61}),
    ):  # fmt: skip
        view = reduce(view, Message(name, body), 1.0)
    return view


def loaded(page: RunPage, qtbot: QtBot, count: int = 60) -> None:
    qtbot.waitUntil(
        lambda: bool(page.panel.chart.lines) and len(page.panel.chart.lines[0].table) == count, timeout=10_000
    )


def test_a_session_at_rest_shows_its_whole_history(page: RunPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.render_view(chosen(session(tmp_path)), 0.0)
    loaded(page, qtbot)
    table = page.panel.chart.lines[0].table
    assert [(mark.kind, mark.x) for mark in table.marks] == [("phase_transition", 30), ("interruption", 20)]
    assert "1 min 10 s of work is done again" in table.marks[1].text
    assert page.texts[:2] == ["x", "Paused, step 4 of 5: Train, 40 %"]


def test_a_run_says_how_far_how_long_and_what_a_cut_would_cost(page: RunPage, tmp_path: Path) -> None:
    page.render_view(running(session(tmp_path)), 11.0)
    words = " ".join(page.texts)
    for said in (
        "step 4 of 5",
        "50 %",
        "time left: still measuring",
        "30 updates a minute",
        "Saved 50 s ago",
        "would cost 50 s",
    ):
        assert said in words
    assert any("61 of 200 parts" in sentence for sentence in page.texts)
    moving = (page._head._bar, page._head._left, page._head._rate, page._head._safe)
    assert all(part.isVisible() and part.window() is page.window() for part in moving)
    page.render_view(chosen(tmp_path / NAME, "finished"), 12.0)
    assert not any(part.isVisible() for part in moving)


def test_points_go_on_where_the_history_ends_each_once(page: RunPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.render_view(running(session(tmp_path)), 0.0)
    fresh = [Message("point", {"number": n, "phase": "ppo", "loss": 0.1, "alpha": 0.4}) for n in (60, 61, 62, 63)]
    page.take(fresh[:3])  # before the past is read
    loaded(page, qtbot, 61)
    page.take([*fresh, Message("progress", {"points": 63, "active_seconds": 4_100.0})])
    loaded(page, qtbot, 62)
    assert page.panel.chart.lines[0].timeline[-1] == (63, 4_100.0)


def test_under_the_plot_stand_the_newest_values_or_those_under_the_mouse(
    page: RunPage, qtbot: QtBot, tmp_path: Path
) -> None:
    page.render_view(running(session(tmp_path)), 0.0)
    loaded(page, qtbot)
    page.take([Message("point", {"number": 62, "phase": "ppo", "loss": 0.125, "alpha": 0.5})])
    under = page.panel._under
    qtbot.waitUntil(lambda: under.text().startswith("update 61, loss 0.125, alpha 0.5"))
    page.panel.chart.pointed.emit("update 7, loss 2")
    assert under.text() == "update 7, loss 2"

    page.panel.chart.pointed.emit("")
    assert under.text().startswith("update 61")


def test_what_another_program_adds_is_shown(page: RunPage, qtbot: QtBot, tmp_path: Path) -> None:
    folder = session(tmp_path)
    page.render_view(chosen(folder), 0.0)
    loaded(page, qtbot)
    before = (folder / history.NAME).read_bytes()
    other = session(tmp_path / "longer", 80)
    longer = (other / history.NAME).read_bytes()
    assert longer.startswith(before)
    (folder / history.NAME).write_bytes(longer)
    with qtbot.waitSignal(page.stale):
        page.look_again()

    loaded(page, qtbot, 80)
    with qtbot.assertNotEmitted(page.stale, wait=200):
        page.look_again()  # nothing new


def test_every_switch_draws(page: RunPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.render_view(chosen(session(tmp_path)), 0.0)
    loaded(page, qtbot)
    chart = page.panel.chart
    for look in (
        {"log": True},
        {"by_time": True},
        {"extra": "reward"},
        {"extra": "kl"},
        {"weight": 0.0},
        {"follow": False},
    ):
        chart.choose(**look)
        assert not chart.grab().isNull()
    assert chart.xs(chart.lines[0])[-1] == pytest.approx(61)  # minutes


def test_dragging_ends_following(page: RunPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.render_view(chosen(session(tmp_path)), 0.0)
    loaded(page, qtbot)
    follow = next(box for box in page.findChildren(QCheckBox) if box.accessibleName() == "Follow")
    assert follow.isChecked()
    page.panel.chart._main.vb.sigRangeChangedManually.emit([True, True])
    assert not follow.isChecked() and not page.panel.chart.options.follow


def test_the_plot_in_words(page: RunPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.render_view(chosen(session(tmp_path)), 0.0)
    loaded(page, qtbot)
    box = next(box for box in page.findChildren(QCheckBox) if box.accessibleName() == "The plot as a table")
    box.click()
    text = page.panel._text.toPlainText()
    assert "update" in text and "After update 30" in text and "\n60\t" in text
    page.panel.chart.lines[0].table.add({"number": 1_000, "phase": "ppo", "loss": 0.25, "alpha": 1.0})
    page.panel.changed()
    assert "\n61\t" in page.panel._text.toPlainText(), "what is added while it is read stands there too"


def test_exports(page: RunPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.render_view(chosen(session(tmp_path)), 0.0)
    loaded(page, qtbot)
    for ending in ("csv", "png", "svg"):
        page.panel.export(tmp_path / f"plot.{ending}")
    rows = list(csv.DictReader((tmp_path / "plot.csv").open(encoding="utf-8")))
    assert len(rows) == 60 and float(rows[1]["loss"]) == 1.5 and float(rows[0]["active_seconds"]) == 60.0
    assert (tmp_path / "plot.png").read_bytes().startswith(b"\x89PNG")
    assert b"<svg" in (tmp_path / "plot.svg").read_bytes()[:1_000]
    page.panel.export(tmp_path / "nowhere" / "plot.csv")
    assert "could not be written" in page.panel._message.text


def test_sessions_over_each_other_and_back(page: RunPage, qtbot: QtBot, tmp_path: Path) -> None:
    first, second = session(tmp_path / "a"), session(tmp_path / "b", 40)
    page.render_view(chosen(first), 0.0)
    loaded(page, qtbot)
    page.overlay([first, second])
    qtbot.waitUntil(lambda: [len(line.table) for line in page.panel.chart.lines] == [60, 40], timeout=10_000)
    page.show()
    old = [label for label in page.panel.findChildren(QLabel) if label.text() == "■"]
    qtbot.waitUntil(lambda: all(label.isVisible() for label in old), timeout=10_000)
    page.panel.put(page.panel.chart.lines)
    assert len(old) == 2 and not any(label.isVisible() for label in old), "titles that are written anew"
    of_the_run = (page._steps, page._strip, page._log)
    assert all(part.isHidden() for part in of_the_run) and not page._compared.isHidden()
    page._behind.findChild(QPushButton, "back").click()
    loaded(page, qtbot)
    assert not any(part.isHidden() for part in of_the_run) and page._compared.isHidden()


def test_a_folder_deleted_while_shown_is_a_sentence(page: RunPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.render_view(chosen(tmp_path / NAME), 0.0)
    qtbot.waitUntil(lambda: page.curves.history is not None, timeout=10_000)
    page._open("folder")
    assert "There is no" in page._opening.text


def test_a_problem_a_countdown_and_sleeplessness_are_said(page: RunPage, qtbot: QtBot, tmp_path: Path) -> None:
    view = reduce(
        running(tmp_path), Message("failed", {"code": "x", "sentence": "The GPU is gone.", "action": "Look."}), 2.0
    )
    page.render_view(view, 3.0)
    assert "The GPU is gone.\nLook." in page.texts
    page.count_down("x is resumed in 30 s.")
    with qtbot.waitSignal(page.cancel_wanted):
        next(button for button in page._counting.findChildren(QPushButton) if button.objectName() == "cancel").click()
    page.count_down("")
    page.tell_sleep("It may fall asleep.")
    assert page._sleep.text == "It may fall asleep."
    with qtbot.waitSignal(page.sleep_read):
        page._sleep.findChild(QPushButton, "close").click()
    page.tell_sleep("")
    assert page._sleep.text == ""


def test_a_double_click_on_cancel_of_a_countdown_resumes_nothing(page: RunPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.render_view(chosen(session(tmp_path)), 0.0)
    page.cancel_wanted.connect(lambda: page.count_down(""))
    resumed: list[str] = []
    page.resume_wanted.connect(resumed.append)
    page.count_down("x is resumed in 30 s.")
    [cancel] = [one for one in page._counting.findChildren(QPushButton) if one.objectName() == "cancel"]
    at = cancel.mapTo(page, cancel.rect().center())

    for _ in range(2):
        qtbot.wait(50)  # the page is laid out anew
        struck = page.childAt(at)
        if struck is not None:
            qtbot.mouseClick(struck, Qt.MouseButton.LeftButton, pos=struck.mapFrom(page, at))

    assert page._counting.isHidden() and resumed == []
    [resume] = [one for one in page.findChildren(QPushButton) if one.isVisible() and one.text() == "&Resume"]
    qtbot.mouseClick(resume, Qt.MouseButton.LeftButton)
    assert resumed == [NAME]


def test_the_log_is_searched_and_what_happened_is_told(page: RunPage, qtbot: QtBot, tmp_path: Path) -> None:
    view = reduce(
        running(session(tmp_path)), Message("warning", {"code": "x", "sentence": "Slow disk."}), time.monotonic()
    )
    page.render_view(view, time.monotonic())
    assert "Slow disk." in page._log.sentences
    qtbot.waitUntil(lambda: "loaded the model" in page._log._lines.toPlainText(), timeout=10_000)
    page._log._find.setText("MODEL")
    assert page._log._lines.toPlainText() == "loaded the model"


def test_a_pause_on_its_way_cannot_be_asked_for_twice(page: RunPage, tmp_path: Path) -> None:
    page.render_view(reduce(running(tmp_path), Pausing(), 2.0), 2.0)
    assert not page._head._pause.isEnabled() and not page._head._save.isEnabled()


def test_gauges_of_this_machine_and_of_a_gpu(qtbot: QtBot) -> None:
    strip = HardwareStrip(lambda: lambda: [Gauge("GPU", "97 %", 0.97), Gauge("GPU memory", "9.1 / 10.0 GiB", 0.91)])
    real = HardwareStrip()
    for one in (strip, real):
        qtbot.addWidget(one)
        one.show()
        qtbot.waitUntil(lambda one=one: len(one.gauges) >= 2, timeout=10_000)
    assert strip.gauges[0].text == "97 %" and not strip.grab().isNull()


def test_a_gauge_is_filled_as_far_as_its_share(qtbot: QtBot) -> None:
    part = Dial()
    qtbot.addWidget(part)
    part.put(Gauge("GPU", "50 %", 0.5))
    part.resize(200, part.sizeHint().height())
    picture, palette = part.grab().toImage(), part.palette()
    middle = round(part.fontMetrics().height() + 6)

    filled, empty = picture.pixelColor(50, middle), picture.pixelColor(150, middle)
    assert filled == status_icons.colour("running", palette)
    assert empty not in (filled, palette.window().color()), "how long it would be is seen, too"


def test_a_run_that_has_not_said_its_name_yet_is_a_new_session(page: RunPage) -> None:
    starting = reduce(View(), Started("", ""), 0.0)
    page.render_view(starting, 1.0)
    assert page._head.texts[0] == "New session"
    page.render_view(View(), 1.0)
    assert page._head.texts[0] == "No session is shown"


def test_the_status_stands_below_the_name(page: RunPage, tmp_path: Path) -> None:
    page.render_view(chosen(session(tmp_path)), 0.0)
    name, status = page._head._title, page._head._status
    assert status.isVisible() and status.window() is page.window() and status.text().startswith("Paused")
    assert name.x() == status.x() and name.y() < status.y()


def test_a_history_that_cannot_be_read_is_told_and_the_points_that_come_are_shown(
    page: RunPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Path) -> session_history.SessionHistory:
        raise ValueError("odd")

    monkeypatch.setattr(session_history, "read", broken)
    view = reduce(View(), Chosen(NAME, "x", str(session(tmp_path)), "paused", "train", 0.4), 1.0)
    with qtbot.captureExceptions() as raised:
        page.render_view(view, 1.0)
        qtbot.waitUntil(lambda: page.curves.history is not None)
    assert len(raised) == 1 and page.curves.history is not None and page.curves.history.problem == "odd"
