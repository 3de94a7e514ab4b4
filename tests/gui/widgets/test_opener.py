"""What opens files where there is no xdg-open: Qt, which says whether it could."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from so8t_gui.widgets import opener
from so8t_gui.widgets.opener import Opener
from so8t_gui.widgets.panels import Banner


@pytest.mark.parametrize("worked", [True, False])
def test_without_xdg_open_qt_opens_it_and_a_failure_is_told(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, worked: bool
) -> None:
    urls = list[QUrl]()
    monkeypatch.setattr(opener.shutil, "which", lambda _: None)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: urls.append(url) or worked)
    message = Banner()
    qtbot.addWidget(message)
    Opener(message, message).open(tmp_path)
    assert [url.toLocalFile() for url in urls] == [str(tmp_path)]
    assert (str(tmp_path) in message.text) is not worked


def test_what_is_not_there_any_more_is_not_opened(qtbot: QtBot, tmp_path: Path) -> None:
    message = Banner()
    qtbot.addWidget(message)
    Opener(message, message).open(tmp_path / "none")
    assert message.text == f"There is no {tmp_path / 'none'} any more."
