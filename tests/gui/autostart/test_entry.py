"""The commands of an entry at logon: which are made, which are known again as ours, and in which language it speaks."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from so8t_gui import autostart
from so8t_gui.autostart import entry
from so8t_gui.i18n.language import Language


@pytest.fixture
def japanese(qapp: QObject) -> Iterator[None]:
    language = Language()
    language.use("ja")
    yield
    language.use("en")


def test_within_the_window_an_entry_speaks_its_language(japanese: None) -> None:
    said = entry.tr("It could not be kept from starting at logon. {why}", why="E5")
    assert "E5" in said and not said.isascii()


@pytest.mark.parametrize("hidden", [True, False])
def test_the_launcher_is_started_where_there_is_one_else_the_window_by_the_interpreter(
    tmp_path: Path, hidden: bool
) -> None:
    rest = (entry.HIDDEN,) if hidden else ()
    python, pythonw = str(tmp_path / "python.exe"), tmp_path / "pythonw.exe"
    by_module = ("-m", "so8t_gui", *rest)
    assert entry.command(python, hidden, windows=True) == (python, *by_module)
    pythonw.touch()
    assert entry.command(python, hidden, windows=True) == (str(pythonw), *by_module), "without a console"
    assert entry.command(python, hidden) == (python, *by_module)
    for name, windows in (("so8t-tray.exe", True), ("so8t-tray", False)):
        (tmp_path / name).touch()
        assert entry.command(python, hidden, windows=windows) == (str(tmp_path / name), *rest)


@pytest.mark.parametrize(
    ("argv", "ours"),
    [
        ([], False),
        (["/old/place/so8t-tray"], True),
        (["/old/place/so8t-tray", "--hidden"], True),
        (["C:\\old\\Scripts\\SO8T-Tray.exe", "--hidden"], True),
        (["/old/place/so8t-tray", "resume"], False),
        (["/old/python3.11", "-m", "so8t_gui"], True),
        (["/old/python3.11", "-m", "so8t_gui", "--hidden"], True),
        (["/old/python3.11", "-m", "so8t_gui", "resume"], False),
        (["/old/python3.11", "-m", "another"], False),
        (["/old/python3.11", "-c", "so8t_gui"], False),
        (["/old/python3.11", "-m"], False),
        (["/usr/bin/nice", "-m", "so8t_gui"], False),
    ],
)
def test_only_a_command_that_could_have_been_made_here_is_ours(argv: list[str], ours: bool) -> None:
    assert entry.is_ours(argv) is ours


def test_the_reason_of_a_refusal_is_the_systems_word_without_its_number() -> None:
    assert entry.reason(OSError(13, "Permission denied")) == "Permission denied"
    assert entry.reason(OSError("of its own")) == "of its own"


def test_what_starts_the_window_after_an_update_is_what_starts_it_at_logon() -> None:
    assert autostart.start_command() == entry.command(sys.executable, hidden=True, windows=sys.platform == "win32")
