"""The whole application in a home of its own, in English or in Japanese.

What a button does has nothing to do with the language: the gate presses each in one of them, half of the tests in
each, the soak in the other. Where words are what is tested, the gate has both.
"""

from __future__ import annotations

import functools
import os
import shutil
import signal
import sys
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from helpers import toy_engine
from helpers.application import Application
from so8t_gui.desktop import theme
from so8t_gui.engine import child, queries
from so8t_gui.engine.process import EngineProcess
from so8t_gui.engine.process import program as engine_program

SIGNALS = (signal.SIGINT, signal.SIGTERM)
SAID_BY_OFFSCREEN = ("This plugin does not support", "systemTrayWindowChanged")  # of windows in front, menus, trays


LANGUAGES = ("en", "ja")
OF_WORDS = ("test_language.py", "test_layout.py")


@functools.cache
def is_here(path: Path) -> bool:
    return path.is_relative_to(Path(__file__).parent)


def test_of(item: pytest.Item) -> str:
    return f"{item.path.name}::{item.name.partition('[')[0]}"


def language_of(item: pytest.Item) -> str:
    return str(item.callspec.params.get("application", "")) if hasattr(item, "callspec") else ""


def turn(test: str) -> str:
    """The language in which the gate runs a test of both: always the same one for the same test."""
    return LANGUAGES[zlib.crc32(test.encode()) % len(LANGUAGES)]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    asked = {(test_of(item), language_of(item)) for item in items if is_here(item.path)}
    for item in items:
        if is_here(item.path):
            item.add_marker(pytest.mark.qt_log_ignore(*SAID_BY_OFFSCREEN, extend=True))
            test, language = test_of(item), language_of(item)
            in_both = all((test, each) in asked for each in LANGUAGES)
            if in_both and language != turn(test) and item.path.name not in OF_WORDS:
                item.add_marker(pytest.mark.soak)
            if sys.platform in ("win32", "darwin"):
                item.add_marker(pytest.mark.skip(reason="would change this user's own logon and trash"))


@pytest.fixture(params=LANGUAGES)
def application(
    request: pytest.FixtureRequest,
    qapp: QApplication,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    engine: Sequence[str],
) -> Iterator[Application]:
    monkeypatch.setattr(queries, "program", lambda: engine)
    (tmp_path / "home").mkdir()
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")  # nothing is said on this user's desktop
    monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=os.pathsep)  # helpers.application.Opened
    handlers = {number: signal.getsignal(number) for number in SIGNALS}
    theme.apply(qapp, "light")
    made = Application(qapp, qtbot, tmp_path, request.param)
    yield made
    made.close()
    signal.set_wakeup_fd(-1)
    for number, handler in handlers.items():
        signal.signal(number, handler)
    theme.apply(qapp, "light")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A session broken off in the middle of training."""
    return toy_engine.broken_off(tmp_path_factory.mktemp("made"))


@pytest.fixture
def session(made: Path, application: Application, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Among the window's sessions; the window's engine is the real one."""
    for name, value in toy_engine.toys().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(queries, "program", child.program)  # one that has loaded the toys
    engine = application.controller.runner._engine
    assert isinstance(engine, EngineProcess)
    engine._command = engine_program()
    return Path(shutil.copytree(made, application.root / made.name))
