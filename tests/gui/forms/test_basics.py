"""The short form: what is typed stays as it was typed."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from so8t_engine.sentences import Sentence
from so8t_gui.forms import basics, session_draft
from so8t_gui.forms.session_draft import SessionDraft


def test_the_base_model_that_is_shown_is_the_configuration_s(qtbot: QtBot) -> None:
    form = basics.Basics()
    qtbot.addWidget(form)
    parts = {name: part for name, part in vars(form).items() if isinstance(part, QWidget)}
    assert "_model" in parts and [name for name, part in parts.items() if not form.isAncestorOf(part)] == []
    form.put(SessionDraft(values={"model": {"model_name_or_path": "own/model"}}), anew=True)
    assert form._model.text() == "own/model"
    form.put(SessionDraft(), anew=True)
    assert form._model.text() == str(SessionDraft().value(session_draft.MODEL) or "")


def test_the_wheel_over_the_presets_changes_nothing(qtbot: QtBot) -> None:
    """It scrolls the page: another preset is another configuration, and what was entered would be gone."""
    form = basics.Basics()
    qtbot.addWidget(form)
    form.put_presets({name: Sentence("", {}) for name in "ab"})
    form.put(SessionDraft(preset="a"), anew=True)
    chosen: list[str] = []
    form.preset_chosen.connect(chosen.append)
    form.show()
    turn = QWheelEvent(
        QPointF(5, 5), form._source.mapToGlobal(QPointF(5, 5)), QPoint(0, -120), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(form._source, turn)

    assert (form._source.currentText(), chosen, turn.isAccepted()) == ("a", [], False)


def test_a_configuration_from_a_file_is_called_by_it(qtbot: QtBot) -> None:
    form = basics.Basics()
    qtbot.addWidget(form)
    form.put(SessionDraft(file="/home/a/mine.yaml"), anew=True)

    assert (form._source.currentIndex(), form._source.placeholderText()) == (-1, "mine.yaml")
    assert form._about.text().splitlines()[0] == "/home/a/mine.yaml", "its path is said once"
    form.put(SessionDraft(preset="demo"), anew=True)
    assert form._source.placeholderText() == ""
