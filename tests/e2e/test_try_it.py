"""Stop in Try it, while a real llama.cpp is at work: its processes end, and the page can be asked again."""

from __future__ import annotations

from pathlib import Path

import psutil
from pytestqt.qtbot import QtBot

from so8t_engine.chat import llama_worker
from so8t_gui.result import report_file
from so8t_gui.result.try_it import TryIt


def asked() -> dict[psutil.Process, str]:
    """`so8t chat` below this process and llama.cpp's below that, with their words; of other tests there may be more."""
    lines = {child: " ".join(words(child)) for child in psutil.Process().children(recursive=True) if is_alive(child)}
    ours = (llama_worker.__name__, "so8t_engine.cli chat")
    return {child: line for child, line in lines.items() if any(name in line for name in ours)}


def at_work() -> list[psutil.Process]:
    """Both; none without llama.cpp's."""
    found = asked()
    return list(found) if any(llama_worker.__name__ in line for line in found.values()) else []


def words(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def is_alive(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


def test_that_stop_ends_llama_cpp_and_the_page_can_be_asked_again(untouched: Path, qtbot: QtBot) -> None:
    trial = TryIt()
    qtbot.addWidget(trial)
    trial.put(untouched)
    trial.put_files(report_file.read(untouched).files)
    trial.question.setPlainText("2 + 3 = ?")
    trial.ask()
    found: list[psutil.Process] = []

    def llama_is_there() -> bool:
        found[:] = at_work()
        return bool(found)

    qtbot.waitUntil(llama_is_there, timeout=120_000)
    assert len(found) == 2 and not trial._ask.isEnabled()
    trial._stop.click()
    assert trial._ask.isEnabled() and not trial._stop.isEnabled() and trial.sides["tuned"].state == ""
    qtbot.waitUntil(lambda: not any(map(is_alive, found)), timeout=30_000)

    trial.ask()
    tuned = trial.sides["tuned"]
    qtbot.waitUntil(lambda: "tokens" in tuned.state or bool(trial.message.text), timeout=120_000)
    assert trial.message.text == "" and "small-" in tuned.file.text()
    trial.put(None)
    qtbot.waitUntil(lambda: not asked(), timeout=30_000)
