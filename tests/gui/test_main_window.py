"""What the window itself shows of a run: its icon and its title."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QIcon, QImage
from pytestqt.qtbot import QtBot

from so8t_gui.desktop import icons
from so8t_gui.main_window import MainWindow
from so8t_gui.view.state import View
from so8t_gui.view.tray_icon import Icon


def picture(icon: QIcon) -> QImage:
    return icon.pixmap(32, 32).toImage()


@pytest.mark.parametrize(
    ("phase", "sign"),
    [("idle", "idle"), ("running", "running"), ("paused", "paused"), ("failed", "attention"), ("finished", "finished")],
)
def test_the_icon_of_the_window_is_the_sign_of_the_run(qtbot: QtBot, phase: str, sign: Icon) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    assert picture(window.windowIcon()) == picture(icons.icon("idle"))
    view = replace(View(), phase=phase)
    other = replace(View(), phase="paused" if phase != "paused" else "idle")
    window.render_view(other)
    window.render_view(view)

    assert picture(window.windowIcon()) == picture(icons.icon(sign, view.share))
    assert picture(window.windowIcon()) != picture(icons.icon("paused" if sign != "paused" else "idle", 0.0))


def test_the_title_is_the_name_of_the_session_as_it_is(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.render_view(replace(View(), session="s", title="mine [*] too"))
    assert window.windowTitle() == "mine [*][*] too - SO8T"
    window.render_view(View())
    assert window.windowTitle() == "SO8T"
