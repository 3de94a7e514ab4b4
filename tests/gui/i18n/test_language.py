"""Japanese: every sentence is translated, with its places; the program speaks it when it is told to."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from helpers.paths import PROJECT
from so8t_engine.data.record import SECTIONS
from so8t_engine.evaluate import report_page
from so8t_gui.i18n import language as language_module
from so8t_gui.i18n import translate
from so8t_gui.i18n.language import Language
from so8t_gui.i18n.translate import tr
from so8t_gui.result.answer_view import AnswerView, FoldedSection
from so8t_gui.view import messages
from so8t_gui.view.state import View

tr_of_qt = QCoreApplication.translate
TOOL = PROJECT / "resources" / "make_translations.py"


@pytest.fixture
def language(qapp: QObject) -> Iterator[Language]:
    made = Language()
    yield made
    made.use("en")


def test_every_sentence_of_the_window_is_translated_and_compiled() -> None:
    done = subprocess.run([sys.executable, str(TOOL), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_it_speaks_what_it_is_told(language: Language) -> None:
    assert language.use("ja") == "ja"
    assert tr("Run") == "実行" and messages.duration(3_700) == "1 時間 1 分"
    assert messages.status(View(), 0.0) == "実行中のものはありません。"
    assert language.use("en") == "en"
    assert tr("Run") == "Run"


@pytest.mark.parametrize(
    ("choice", "languages", "expected"),
    [
        ("system", ["ja-JP", "en-US"], "ja"), ("system", ["en_GB", "ja"], "en"), ("system", ["de-DE", "JA"], "ja"),
        ("system", ["de-DE", "jav"], "en"), ("system", [], "en"), ("en", ["ja-JP"], "en"), ("ja", ["en-US"], "ja"),
    ],
)  # fmt: skip
def test_of_the_languages_of_the_system_the_first_that_it_speaks_is_taken(
    monkeypatch: pytest.MonkeyPatch, choice: str, languages: list[str], expected: str
) -> None:
    system = SimpleNamespace(uiLanguages=lambda: languages)
    monkeypatch.setattr(language_module, "QLocale", SimpleNamespace(system=lambda: system))

    assert language_module.chosen(choice) == expected


@pytest.mark.parametrize("code", ["en", "ja"])
def test_a_section_is_called_by_the_word_that_the_report_has(language: Language, qtbot: QtBot, code: str) -> None:
    """And in English by the word of its tag, which the answer itself may show."""
    language.use(code)
    view = AnswerView(all_boxes=True)
    qtbot.addWidget(view)
    titles = [lid.text() for lid in view.findChildren(FoldedSection)]
    words = [report_page.Speaker(code).word("section", name) for name in SECTIONS]

    assert [title.lower() for title in titles] == words and [*map(str.capitalize, words)] == titles
    assert code != "en" or words == [*SECTIONS]


def test_the_dialog_for_files_is_all_japanese(language: Language, qtbot: QtBot) -> None:
    """Qt's own, where the desktop has none: labels, buttons, columns, what is said when pointed at."""
    language.use("ja")
    dialog = QFileDialog()
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    said = {label.text() for label in dialog.findChildren(QLabel)}
    said |= {text for one in dialog.findChildren(QAbstractButton) for text in (one.text(), one.toolTip())}
    said |= {action.text() for action in dialog.findChildren(QAction)}
    said |= {tr_of_qt("QAbstractFileIconProvider", text) for text in ("Drive", "Folder", "File", "Unknown")}

    texts = {text for text in said if text}
    assert len(texts) > 15
    assert not [text for text in texts if not any(ord(sign) > 0x3000 for sign in text)]


def test_what_comes_into_a_sentence_from_outside_is_plain_text_and_a_number_stays_one(qapp: QObject) -> None:
    assert tr("{name}: {n:.1f}", name="a\x1b[31m\nb", n=2) == "a\nb: 2.0"


def test_a_sentence_nobody_translated_is_said_in_english(language: Language) -> None:
    language.use("ja")
    assert tr("No such sentence: {n}", n=3) == "No such sentence: 3"


@pytest.mark.parametrize(
    ("system", "shown", "written"),
    [
        ("en_GB", "en", "en_GB"), ("de_DE", "en", "en_DE"), ("ja_JP", "en", "en_JP"),
        ("ja_JP", "ja", "ja_JP"), ("en_GB", "ja", "ja_JP"), ("de_DE", "ja", "ja_JP"),
    ],
)  # fmt: skip
def test_dates_and_numbers_are_those_of_the_system_or_of_the_languages_country(
    monkeypatch: pytest.MonkeyPatch, system: str, shown: str, written: str
) -> None:
    monkeypatch.setattr(QLocale, "system", lambda: QLocale(system))
    assert language_module._locale(shown) == QLocale(written)


def test_a_translation_whose_placeholders_do_not_fit_is_said_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    for said in ("{other}", "{", "{0}"):
        monkeypatch.setattr(QCoreApplication, "translate", lambda *_, said=said: said)
        assert translate.tr("{n} of them", n=3) == "3 of them"


def test_dates_and_numbers_of_qt_are_those_of_the_language(language: Language) -> None:
    for spoken, found in (("ja", QLocale.Language.Japanese), ("en", QLocale.Language.English)):
        language.use(spoken)
        assert QLocale().language() == found and language.current == spoken
