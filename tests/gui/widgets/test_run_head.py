"""The head of the page Run: what can be done in which state, what stands in the way, the room that is kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from so8t_gui.view import messages
from so8t_gui.view.state import View
from so8t_gui.widgets.run_head import FINE, LONGEST_ENTRY, STATUS_LETTERS, STATUS_SHARE, RunHead

REST = View(phase="paused", session="a", title="A", path="/s/a", share=0.4567)


@pytest.fixture
def head(qtbot: QtBot) -> RunHead:
    made = RunHead()
    qtbot.addWidget(made)
    return made


def offered(head: RunHead) -> list[str]:
    buttons = head.findChildren(QPushButton)
    return sorted(
        f"{one.accessibleName()}{'' if one.isEnabled() else ' (grey)'}" for one in buttons if not one.isHidden()
    )


@pytest.mark.parametrize(
    ("view", "buttons"),
    [
        (None, ["Start new ...", "Try the demo"]),
        (View(phase="starting"), ["Pause", "Save now (grey)"]),
        (replace(REST, phase="running"), ["Open folder", "Pause", "Save now"]),
        (replace(REST, phase="pausing"), ["Open folder", "Pause (grey)", "Save now (grey)"]),
        (replace(REST, phase="waiting"), ["Open folder", "Pause", "Save now (grey)"]),
        (REST, ["Open folder", "Resume", "Start new ..."]),
        (replace(REST, path=""), ["Resume", "Start new ..."]),
        (replace(REST, phase="finished"), ["Start new ..."]),
        (replace(REST, phase="elsewhere"), ["Open folder", "Resume (grey)", "Start new ..."]),
        (View(phase="failed"), ["Start new ...", "Try the demo"]),
    ],
)
def test_what_can_be_done_follows_the_state(head: RunHead, view: View | None, buttons: list[str]) -> None:
    """None: as it is made."""
    if view is not None:
        head.render_view(view, 0.0)
    assert offered(head) == buttons


def test_why_nothing_is_resumed_is_said_by_the_buttons_that_would(head: RunHead) -> None:
    head.put_others([("b", "B")])
    elsewhere = messages.run_by_another()
    for view, hindrance, why in (
        (REST, "", ""), (REST, "C runs.", "C runs."), (replace(REST, phase="elsewhere"), "", elsewhere),
        (replace(REST, phase="elsewhere"), "C runs.", elsewhere), (REST, "", ""),
    ):  # fmt: skip
        head.render_view(view, 0.0)
        head.put_hindrance(hindrance)
        for control in (head._resume, head._another):
            assert control.isEnabled() is not why and control.isEnabled() == (not why)
            assert control.toolTip().replace("\n", " ") == why


def test_the_other_sessions_are_offered_at_rest_without_the_one_that_is_shown(head: RunHead) -> None:
    wanted = list[str]()
    head.another_wanted.connect(wanted.append)
    head.render_view(REST, 0.0)
    head.put_others([("a", "A"), ("b", "B & C"), ("c", "x" * 200)])
    for view, texts in ((REST, ["B && C", "x"]), (replace(REST, session="b"), ["A", "x"])):
        head.render_view(view, 0.0)
        assert [action.text()[:6].rstrip("x…") or "x" for action in head._others.actions()] == texts
        assert not head._another.isHidden() and len(head._others.actions()[-1].text()) <= LONGEST_ENTRY
    head._others.actions()[0].trigger()
    assert wanted == ["a"]
    first = head._others.actions()
    head.put_others([("a", "A"), ("b", "B & C"), ("c", "x" * 200)])
    assert head._others.actions() == first, "an open menu stays as it is"
    head.render_view(replace(REST, phase="running"), 0.0)
    assert head._another.isHidden()
    head.put_others([("b", "B")])
    head.render_view(replace(REST, session="b"), 0.0)
    assert head._another.isHidden()


def test_how_far_it_is_is_shown_until_it_is_finished(head: RunHead) -> None:
    head.render_view(REST, 0.0)
    assert (head._bar.value(), head._bar.maximum()) == (457, FINE)
    assert head._bar.accessibleDescription() == "46 %"
    assert head._status.text() == head.texts[1].replace(" %", "\N{NO-BREAK SPACE}%") != head.texts[1]
    assert "time" in head._bar.toolTip() and head._status.toolTip() == head._bar.toolTip()
    for phase, seen in (("finished", False), ("paused", True)):
        head.render_view(replace(REST, phase=phase), 0.0)  # type: ignore[arg-type]
        assert [not part.isHidden() for part in (head._bar, head._foot)] == [seen, seen]
        assert bool(head._status.toolTip()) == seen


def test_the_status_keeps_letters_in_a_line_and_in_a_small_window_a_share_of_it(head: RunHead) -> None:
    letters = STATUS_LETTERS * head._status.fontMetrics().averageCharWidth()
    head.show()
    for width in (STATUS_SHARE * letters + 300, head.minimumSizeHint().width()):
        head.resize(width, 200)
        assert head._status.minimumWidth() == min(letters, head.width() // STATUS_SHARE)


def test_what_stood_below_the_bar_keeps_its_height_at_this_width(head: RunHead) -> None:
    head.resize(900, 200)
    head.show()
    running = replace(REST, phase="running", saved=1.0, unsaved=3.0, rate=1.0, kind="update", eta_total=50.0)
    foot = head._foot
    head.render_view(running, 5.0)
    high = foot.minimumHeight()
    foot.setMinimumHeight(high + 30)
    head.render_view(REST, 5.0)
    assert foot.minimumHeight() == high + 30 > 30
    head.resize(800, 200)
    head.render_view(REST, 5.0)
    assert foot.minimumHeight() == head._foot_rows.heightForWidth(foot.width())


def test_out_of_sight_it_is_as_high_as_it_would_be_in_sight(qtbot: QtBot) -> None:
    """A run that ended behind another page left a hole between its name and what became of it."""
    page, head = QWidget(), RunHead()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    column.addWidget(head)
    column.addStretch(1)
    finished = replace(REST, phase="finished", share=1.0)
    page.resize(900, 400)
    page.show()
    head.render_view(finished, 0.0)
    QApplication.processEvents()
    wanted = head.minimumHeight()
    head.render_view(replace(REST, phase="running"), 0.0)
    QApplication.processEvents()
    assert head.minimumHeight() > wanted
    page.hide()
    for view in (REST, finished):
        head.render_view(view, 0.0)
        QApplication.processEvents()
    assert head.minimumHeight() == wanted
