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


def test_where_a_dataset_lies_can_be_read_whole_at_its_place(qtbot: QtBot) -> None:
    form = DatasetList()
    qtbot.addWidget(form)
    form.put([{"name": "a", "source": "hub", "path": "owner/a", "revision": "v2"}])
    items = [form._table.item(0, column) for column in range(form._table.columnCount())]

    assert [item.text() for item in items if item is not None and "owner/a" in item.toolTip()] == ["owner/a@v2"]
