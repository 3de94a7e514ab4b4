"""A name in which another font has to lend letters is shown whole, wherever a text stands in a line of its own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QTextLayout, QTextOption
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from helpers.application import FINISHED, Application
from so8t_gui.widgets import label as label_file
from so8t_gui.widgets.label import Label, laid_out, line_height
from so8t_gui.widgets.one_line import OneLine
from so8t_gui.widgets.panels import Banner
from so8t_gui.widgets.wrapped_lines import WrappedLines

MIXED = 'My FAQ"私の"gjy'


def needed(label: QLabel) -> float:
    """The height of its text in the room it has, whatever fonts it takes."""
    height = 0.0
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap if label.wordWrap() else QTextOption.WrapMode.ManualWrap)
    for part in label.text().split("\n"):
        layout = QTextLayout(part, label.font(), label)
        layout.setTextOption(option)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(label.contentsRect().width())
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
    return height


@pytest.mark.parametrize("application", ["en"], indirect=True)
def test_no_line_with_a_mixed_name_is_cut_off(application: Application) -> None:
    application.run()
    runner = application.controller.runner
    runner.view = replace(runner.view, title=MIXED)
    application.controller.navigation.show_session(FINISHED)
    run = application.pages.run
    application.wait(lambda: run._finished != "" and MIXED in run._behind.text)
    QApplication.processEvents()
    labels = [each for each in run.findChildren(QLabel) if each.isVisible() and "私" in each.text()]
    assert labels
    for label in labels:
        assert label.visibleRegion().boundingRect().height() >= needed(label), label.text()


def test_a_line_of_its_own_is_as_high_as_the_letters_that_another_font_lends(qtbot: object) -> None:
    """Half of the g was cut off below a name with Japanese in it."""
    column = QWidget()
    box = QVBoxLayout(column)
    banner, one, wrapped, plain = Banner(), OneLine(""), WrappedLines(), Label()
    for part in (banner, one, wrapped, plain):
        box.addWidget(part)
    box.addStretch()
    column.resize(700, 400)
    column.show()
    for text in ("goes on", MIXED, "goes on", f"{MIXED} " * 30):
        banner.say("note", text)
        for part in (one, wrapped, plain):
            part.setText(text)
        for _ in range(3):
            QApplication.processEvents()
        for part in (banner._text, plain, *([one] if len(text) < 30 else [])):
            assert part.height() >= needed(part), (type(part).__name__, text)
        assert wrapped.height() >= laid_out(text.strip(), wrapped.width(), wrapped.font(), wrapped)[1]
    latin, mixed = (line_height(one.font(), one, text) for text in ("goes on", MIXED))
    assert mixed > latin >= one.fontMetrics().height(), "or this machine has no font that lends letters"
    column.close()
    column.deleteLater()


def test_lines_that_became_higher_without_another_text_are_made_room_for(
    qtbot: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which font lends letters may change while a text stands there."""
    banner = Banner()
    banner.resize(700, 60)
    banner.show()
    banner.say("note", MIXED)
    QApplication.processEvents()
    text, higher = banner._text, banner._text.heightForWidth(600) + 7
    monkeypatch.setattr(text, "heightForWidth", lambda _: higher)
    monkeypatch.setattr(label_file, "laid_out", lambda *about: (laid_out(*about)[0], higher))
    for _ in range(4):
        text.repaint()
        QApplication.processEvents()
    assert text.height() >= higher
    banner.close()
    banner.deleteLater()
