"""What Windows is told, by a stand-in for its libraries; and that elsewhere nothing is."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

import so8t_resources
from so8t_gui.desktop import windows_calls
from so8t_gui.desktop.background_window import BackgroundWindow

Calls = list[tuple[str, Any, ...]]  # type: ignore[misc]  # name, then its arguments as plain values


class Library:
    """Notes every call; knows no function of `missing`."""

    def __init__(self, calls: Calls, missing: tuple[str, ...] = ()) -> None:
        self._calls, self._missing = calls, missing

    def __getattr__(self, name: str) -> Callable[..., int]:
        if name in self._missing:
            raise AttributeError(name)

        def call(*arguments: Any) -> int:
            assert all(isinstance(one, (ctypes.c_void_p, ctypes.c_wchar_p, ctypes.c_uint32)) for one in arguments)
            self._calls.append((name, *(one.value for one in arguments)))
            return 1

        return call


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Iterator[Calls]:
    noted: Calls = []
    library = Library(noted)
    monkeypatch.setattr(windows_calls, "libraries", lambda: windows_calls.Libraries(library, library, library))
    yield noted


def test_the_background_window_hears_suspend_and_holds_a_shutdown_while_a_run_lives(
    qapp: QApplication, calls: Calls
) -> None:
    window = BackgroundWindow()
    assert window.handle > 0 and not window._widget.isVisible()
    window.hold_shutdown("SO8T saves the run.")
    window.hold_shutdown("SO8T saves the run.")
    window.hold_shutdown("")
    window.close()
    assert calls == [
        ("RegisterSuspendResumeNotification", window.handle, 0),
        ("ShutdownBlockReasonCreate", window.handle, "SO8T saves the run."),
        ("ShutdownBlockReasonDestroy", window.handle),
    ]


def test_the_program_has_a_name_and_hands_on_the_right_to_be_in_front(calls: Calls) -> None:
    windows_calls.name_program()
    windows_calls.let_others_come_forward()
    assert calls == [("SetCurrentProcessExplicitAppUserModelID", "SO8T.SO8T"), ("AllowSetForegroundWindow", 0xFFFFFFFF)]


def test_an_update_starts_it_again_by_its_own_command(calls: Calls) -> None:
    """The bare interpreter of a virtual environment gets the line; it must be one that Python can run."""
    windows_calls.start_after_update([r"C:\Users\デモ user\so8t-tray.exe", "--hidden"])
    [(name, line, flags)] = calls
    assert (name, flags) == ("RegisterApplicationRestart", 3) and line.startswith('-c "') and line.endswith('"')
    code = line.removeprefix('-c "').removesuffix('"')
    compile(code, "line", "exec")
    assert r"['C:\\Users\\デモ user\\so8t-tray.exe', '--hidden']" in code
    windows_calls.start_after_update(["x" * 1_100])
    assert len(calls) == 1  # Windows takes no longer line


def test_an_older_windows_without_a_call_is_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    noted: Calls = []
    library = Library(noted, missing=("RegisterSuspendResumeNotification",))
    monkeypatch.setattr(windows_calls, "libraries", lambda: windows_calls.Libraries(library, library, library))
    windows_calls.hear_suspend(7)
    assert noted == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has them")
def test_elsewhere_nothing_is_told() -> None:
    assert windows_calls.libraries() is None
    windows_calls.name_program()
    windows_calls.hold_shutdown(1, "why")


def test_the_icon_for_windows_has_every_size(qapp: QApplication) -> None:
    path = Path(so8t_resources.path("icons", "so8t.ico"))
    sizes = {size.width() for size in QIcon(str(path)).availableSizes()}
    assert sizes == {16, 20, 24, 32, 40, 48, 64, 128, 256}
    middle = QIcon(str(path)).pixmap(64, 64).toImage().pixelColor(32, 32)
    assert middle.blue() > 200 and middle.alpha() == 255  # the dot of a run
