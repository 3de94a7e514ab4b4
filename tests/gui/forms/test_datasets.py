"""The list of datasets of a new session, by itself."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from so8t_engine.data import byte_streams, local_files
from so8t_gui.forms.datasets import DatasetList


def test_the_dialog_for_files_offers_every_kind_that_the_engine_reads(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[str] = []

    def chosen(*words: Any) -> tuple[list[str], str]:
        offered.append(words[-1])
        return [], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", chosen)
    form = DatasetList()
    qtbot.addWidget(form)
    next(part for part in form.findChildren(QPushButton) if part.text() == "Add &files ...").click()
    kinds = offered[0].partition("(")[2].partition(")")[0].split()

    assert set(kinds) == {
        f"*{ending}" for ending in (*local_files.ENDINGS, *byte_streams.PACKINGS, byte_streams.ARCHIVE)
    }
