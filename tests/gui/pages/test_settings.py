"""The page Settings by itself: each control shows its setting, tells of a change once, and refuses what cannot be."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from so8t_gui.pages.settings import SettingsPage
from so8t_gui.settings_file import MOST_THREADS, Settings
from so8t_gui.widgets import file_choice

OTHER = Settings(
    data_root="/s", on_logon="off", language="ja", theme="dark", notifications=False, threads=3, inhibit_sleep=False
)


@pytest.fixture
def page(qtbot: QtBot) -> SettingsPage:
    made = SettingsPage(Settings(), "/usual")
    qtbot.addWidget(made)
    return made


@pytest.fixture
def told(page: SettingsPage) -> list[Settings]:
    settings = list[Settings]()
    page.changed.connect(settings.append)
    return settings


def shown(page: SettingsPage) -> Settings:
    (rule,) = [name for name, radio in page._rules.items() if radio.isChecked()]
    return Settings(
        data_root=page._root.text(), on_logon=rule, language=page._language.currentData(),
        theme=page._theme.currentData(), notifications=page._notify.isChecked(), threads=page._threads.value(),
        inhibit_sleep=page._awake.isChecked(),
    )  # fmt: skip


def test_each_control_shows_its_setting_and_showing_is_no_change(page: SettingsPage, told: list[Settings]) -> None:
    for settings in (Settings(), OTHER, Settings()):
        page.put(settings)
        assert shown(page) == settings
    assert not [settings for settings in told if settings != page._settings]


def test_each_control_tells_what_was_chosen_once(page: SettingsPage, told: list[Settings]) -> None:
    now = Settings()
    for act, change in (
        (page._rules["auto"].click, {"on_logon": "auto"}), (page._rules["off"].click, {"on_logon": "off"}),
        (page._rules["ask"].click, {"on_logon": "ask"}), (page._notify.click, {"notifications": False}),
        (page._awake.click, {"inhibit_sleep": False}), (lambda: page._threads.setValue(4), {"threads": 4}),
        (lambda: [page._theme.setCurrentIndex(2), page._theme.activated.emit(2)], {"theme": "dark"}),
        (lambda: [page._language.setCurrentIndex(1), page._language.activated.emit(1)], {"language": "en"}),
    ):  # fmt: skip
        now = replace(now, **change)  # type: ignore[arg-type]
        act()
        assert told.pop() == now and not told
        act()
        assert not told or told.pop() != now
        page.put(now)
        told.clear()
    assert page._threads.maximum() == MOST_THREADS


def test_a_folder_is_taken_where_sessions_can_lie_and_else_stays_to_be_corrected(
    page: SettingsPage, told: list[Settings], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page._root.setText("somewhere")
    page._root.editingFinished.emit()
    assert page._root_message.text.startswith("Give the whole path") and not told
    page.put(replace(Settings(), theme="dark"))
    assert page._root.text() == "somewhere"
    page._root.setText(f'"{tmp_path}"')
    page._root.editingFinished.emit()
    assert page._root_message.text == "" and told.pop().data_root == str(tmp_path)
    asked = list[str]()
    for picked in ("", str(tmp_path / "new")):
        monkeypatch.setattr(file_choice, "folder", lambda *words, picked=picked: asked.append(words[2]) or picked)
        page._pick_root()
        assert [settings.data_root for settings in told] == ([picked] if picked else [])
    assert page._root.text() == str(tmp_path / "new") and asked == [f'"{tmp_path}"'] * 2
    assert page._root.placeholderText() == "/usual"


def test_the_start_at_logon_is_what_the_system_says(page: SettingsPage) -> None:
    wanted = list[bool]()
    page.autostart_wanted.connect(wanted.append)
    for on in (True, False):
        page.put_autostart(on, "It is so.", "warning")
        assert page._autostart.isChecked() is on and page._autostart_message.text == "It is so."
        assert page._autostart_message._level == "warning"
        page._autostart.click()
    page.put_autostart(True)
    assert wanted == [False, True] and page._autostart_message.text == ""
    page.tell("error", "They cannot be kept.")
    assert page._message.text == "They cannot be kept."
    page._message._act("close")
    assert page._message.text == ""
