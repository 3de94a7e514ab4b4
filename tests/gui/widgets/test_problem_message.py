"""Why a run stopped, with what can be agreed to: what costs work is asked first, and the question stays."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from so8t_gui.widgets.panels import Banner
from so8t_gui.widgets.problem_message import ProblemMessage

DAMAGED = ("history_damaged", "Its history is damaged.")


class Shown:
    """A message, the banner it speaks by, and what was agreed to."""

    def __init__(self, qtbot: QtBot, closable: bool = False) -> None:
        self.banner, self.agreed = Banner(), list[str]()
        qtbot.addWidget(self.banner)
        self.it = ProblemMessage(self.banner, self.banner, closable)
        self.it.agreed.connect(self.agreed.append)

    @property
    def labels(self) -> list[str]:
        return [one.text().replace("&", "") for one in self.banner.findChildren(QPushButton) if not one.isHidden()]

    def press(self, label: str) -> None:
        found = [one for one in self.banner.findChildren(QPushButton) if one.text().replace("&", "") == label]
        found[-1].click()


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    return Shown(qtbot)


def test_what_costs_nothing_is_agreed_to_by_one_click_and_the_message_stays(shown: Shown) -> None:
    shown.it.put(*DAMAGED)
    assert (shown.banner._level, shown.banner.text) == ("error", DAMAGED[1])
    assert shown.labels == ["Go on without the damaged entries", "Start over ..."]
    shown.press("Go on without the damaged entries")
    assert shown.agreed == ["--accept-changes"] and shown.banner.text == DAMAGED[1]


def test_what_costs_work_is_asked_first_and_the_question_stays_until_it_is_answered(shown: Shown) -> None:
    shown.it.put(*DAMAGED)
    shown.press("Start over ...")
    shown.it.put(*DAMAGED)
    assert shown.banner._level == "warning" and shown.banner.text.startswith("Begin this session again")
    assert shown.labels == ["Keep it as it is", "Yes, start over"] and shown.agreed == []
    shown.press("Keep it as it is")
    assert shown.banner.text == DAMAGED[1] and shown.agreed == []
    shown.press("Start over ...")
    shown.press("Yes, start over")
    assert shown.agreed == ["--from-start"] and shown.banner.text == DAMAGED[1]


def test_of_another_problem_nothing_is_asked_yet(shown: Shown) -> None:
    for code, text in ((DAMAGED[0], "It is damaged in another place."), ("session_damaged", DAMAGED[1])):
        shown.it.put(*DAMAGED)
        shown.press("Start over ...")
        shown.it.put(code, text)
        assert (shown.banner._level, shown.banner.text) == ("error", text)
    shown.it.put(*DAMAGED)
    shown.press("Start over ...")
    shown.it.forget()
    shown.it.put(*DAMAGED)
    assert shown.banner.text == DAMAGED[1]


def test_what_is_renamed_is_no_other_problem(shown: Shown) -> None:
    shown.it.put(*DAMAGED)
    shown.press("Start over ...")
    shown.it.reword("history", "past")
    shown.it.put(DAMAGED[0], "Its past is damaged.")
    assert shown.banner._level == "warning", "the question stays"


def test_it_goes_by_a_button_where_nothing_else_takes_it_away(qtbot: QtBot) -> None:
    for closable in (True, False):
        shown = Shown(qtbot, closable)
        shown.it.put("disk_full", "The disk is full.")
        assert shown.labels == (["OK"] if closable else [])
        if closable:
            shown.press("OK")
            assert shown.banner.text == ""
