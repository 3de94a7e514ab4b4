"""The window's program without a console: what it prints must neither end it nor start it again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from so8t_gui import __main__ as program
from so8t_gui import app, launcher, missing_console

pytestmark = pytest.mark.skipif(os.name != "posix", reason="descriptors are closed by a shell")
KEPT = [sys.executable, "-m", "so8t_gui", launcher.KEPT]


@pytest.fixture
def place(tmp_path: Path) -> dict[str, str]:
    return {
        **os.environ, "QT_QPA_PLATFORM": "offscreen", "SO8T_CONFIG_HOME": str(tmp_path / "config"),
        "SO8T_DATA_ROOT": str(tmp_path / "sessions"), "XDG_CONFIG_HOME": str(tmp_path / "xdg"),
    }  # fmt: skip


def closed(command: list[str], place: dict[str, str]) -> subprocess.Popen[bytes]:
    """Started as pythonw.exe starts: no standard output, no standard error."""
    shell = ["sh", "-c", 'exec "$@" 1>&- 2>&-', "sh", *command]
    return subprocess.Popen(shell, env=place, stdin=subprocess.DEVNULL)


@pytest.fixture
def window(place: dict[str, str], tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The first one, open and listening."""
    place["SO8T_TRACE_START"] = "1"
    with closed([*KEPT, "--hidden"], place) as process:
        log = tmp_path / "config" / missing_console.NAME
        until = time.monotonic() + 120
        while not (log.exists() and "so8t: tray" in log.read_text()) and time.monotonic() < until:
            time.sleep(0.05)
        try:
            yield process
        finally:
            process.kill()


def test_that_a_later_start_and_quit_without_a_console_end_well(
    window: subprocess.Popen[bytes], place: dict[str, str]
) -> None:
    """A code of 1 would be a crash to the launcher, which would start a hidden window. On a busy machine the window
    may not answer in time, and the later start says so (4)."""
    codes = [closed([*KEPT, "resume"], place).wait(120)]
    while window.poll() is None and len(codes) < 10:
        codes.append(closed([*KEPT, "--quit"], place).wait(120))
        try:
            window.wait(5)
        except subprocess.TimeoutExpired:
            continue

    assert set(codes) <= {0, app.EXIT_NO_ANSWER} and not any(map(launcher.crashed, codes))
    assert window.wait(60) == 0


def test_that_quit_without_a_window_or_a_console_starts_none(place: dict[str, str]) -> None:
    """Through the launcher: it would go on starting windows after a crash."""
    assert closed([sys.executable, "-m", "so8t_gui", "--quit"], place).wait(120) == 0


def test_that_no_display_is_said_in_the_log_and_by_the_exit_code(place: dict[str, str], tmp_path: Path) -> None:
    place.pop("DISPLAY", None), place.pop("WAYLAND_DISPLAY", None)
    code = closed([sys.executable, "-m", "so8t_gui"], {**place, "QT_QPA_PLATFORM": "xcb"}).wait(120)

    assert code == 3
    assert "no display here" in (tmp_path / "config" / missing_console.NAME).read_text()


def test_that_the_window_speaks_utf8_to_all_it_starts(tmp_path: Path) -> None:
    seen = tmp_path / "seen.json"
    code = f"import json, sys, pathlib; pathlib.Path({str(seen)!r}).write_text(json.dumps([sys.flags.utf8_mode, sys.stdout.encoding, sys.stdout.errors]))"  # noqa: E501

    assert launcher.keep([sys.executable, "-c", code], []) == 0
    assert json.loads(seen.read_text()) == [1, "utf-8", "backslashreplace"]


def test_that_a_window_that_crashes_again_and_again_is_given_up(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    starts = tmp_path / "starts"
    code = f"import sys, pathlib; p = pathlib.Path({str(starts)!r}); p.open('a').write(repr(sys.argv[1:]) + chr(10)); sys.exit(1)"  # noqa: E501

    assert launcher.keep([sys.executable, "-c", code], ["resume", "--data-root", "there"], pause=0) == 1
    lines = starts.read_text().splitlines()
    assert (
        lines
        == ["['resume', '--data-root', 'there']"]
        + ["['--after-crash', '--hidden', '--data-root', 'there']"] * launcher.CRASHES
    )
    assert "crashed 6 times" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("code", "crashed"),
    [
        (0, False),
        (1, True),
        (3, False),
        (-11, True),
        (-15, False),
        (0xBFFFFFFF, False),
        (0xC0000000, True),
        (0xC0000005, True),
    ],
)
def test_that_a_crash_is_told_from_an_end_by_its_code(code: int, crashed: bool) -> None:
    assert launcher.crashed(code) is crashed


def test_a_check_and_a_kept_window_are_run_here_and_all_else_is_kept_by_the_launcher(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = list[tuple[str, list[str]]]()
    for name in ("open_log", "flush"):
        monkeypatch.setattr(missing_console, name, lambda: None)
    monkeypatch.setattr(os, "_exit", lambda code: None)
    monkeypatch.setattr(app, "main", lambda words: asked.append(("window", words)))
    monkeypatch.setattr(launcher, "main", lambda words: asked.append(("launcher", words)))
    for words in (["--check"], [launcher.KEPT, "--hidden"], ["--hidden"]):
        monkeypatch.setattr(sys, "argv", ["so8t-tray", *words])
        program.main()

    assert asked == [("window", ["--check"]), ("window", ["--hidden"]), ("launcher", ["--hidden"])]


def test_the_launcher_keeps_the_window_with_the_words_it_was_given(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = list[object]()
    monkeypatch.setattr(missing_console, "open_log", lambda: kept.append("log"))
    monkeypatch.setattr(launcher, "keep", lambda command, words: kept.append((command, words)) or 5)
    monkeypatch.setattr(sys, "argv", ["so8t-tray", "resume"])
    assert [launcher.main(), launcher.main(["--hidden"]), launcher.main([])] == [5] * 3
    assert kept == [each for words in (["resume"], ["--hidden"], []) for each in ("log", (KEPT, words))]


def test_a_request_to_end_reaches_the_window() -> None:
    numbers = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
    before = [signal.getsignal(number) for number in numbers]
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as window:
        try:
            launcher._pass_on(window)
            assert signal.getsignal(signal.SIGINT) == signal.SIG_IGN, "a terminal tells the window itself"
            assert signal.getsignal(signal.SIGHUP) == signal.getsignal(signal.SIGTERM)
            os.kill(os.getpid(), signal.SIGTERM)
            assert window.wait(60) == -signal.SIGTERM
        finally:
            window.kill()
            for number, handler in zip(numbers, before, strict=True):
                signal.signal(number, handler)
