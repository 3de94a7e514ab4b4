"""The window's run over real child processes: what they say, how they end, what the user is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from helpers.fake_engine import command
from so8t_engine.protocol import PROTOCOL_VERSION
from so8t_gui import low_disk_warning
from so8t_gui import runner as runner_module
from so8t_gui.engine.events import Chosen
from so8t_gui.engine.process import EngineProcess, resume_arguments
from so8t_gui.i18n.translate import say
from so8t_gui.runner import Runner
from so8t_gui.startup.offer_resume import missing_text
from so8t_gui.view.notifications import Notice

Make = Callable[..., Runner]


@pytest.fixture
def make(tmp_path: Path, qtbot: QtBot) -> Make:
    parents = []

    def made(body: str, silent_seconds: float = 60.0, protocol: int = PROTOCOL_VERSION) -> Runner:
        parents.append(QObject())
        engine = EngineProcess(parents[-1], command(tmp_path, body, protocol), silent_seconds)
        runner = Runner(parents[-1], engine)
        runner.keep_awake = False
        runner.notices = []  # type: ignore[attr-defined]
        runner.notice.connect(runner.notices.append)  # type: ignore[attr-defined]
        return runner

    return made


def run(runner: Runner, qtbot: QtBot, *words: str) -> list[Notice]:
    with qtbot.waitSignal(runner.rested, timeout=20_000):
        runner.start(list(words))
    return runner.notices  # type: ignore[attr-defined,no-any-return]


def test_a_run_to_its_end(make: Make, qtbot: QtBot) -> None:
    runner = make("""
        hello(); session()
        say("progress", step="train", kind="update", unit=1, total=2, active_seconds=1.0, eta_total_seconds=1.0)
        say("finished", session="x", path=PATH, results={"base": 0.1, "tuned": 0.4}, report="r")
        say("bye", exit_code=0)
    """)
    notices = run(runner, qtbot)
    assert runner.view.phase == "finished"
    assert [notice.title for notice in notices] == ["x: finished"]
    assert "10.0\N{NO-BREAK SPACE}% before, 40.0\N{NO-BREAK SPACE}% after" in notices[0].text


def test_pause_reaches_the_engine_and_is_no_news(make: Make, qtbot: QtBot) -> None:
    runner = make("""
        hello(); session()
        assert hear() == "pause"
        say("paused", reason=sentence("run.pause_by_window"))
        sys.exit(75)
    """)
    runner.start([])
    qtbot.waitUntil(lambda: runner.view.phase == "running", timeout=20_000)
    with qtbot.waitSignal(runner.rested, timeout=20_000):
        runner.pause()
    assert runner.view.phase == "paused" and runner.notices == []  # type: ignore[attr-defined]


def test_an_engine_killed_from_outside_is_told_with_the_way_on(make: Make, qtbot: QtBot) -> None:
    runner = make("hello(); session(); os.kill(os.getpid(), 9)")
    notices = run(runner, qtbot)
    assert runner.view.phase == "failed"
    assert "Resume goes on from the last save" in notices[-1].text


@pytest.mark.parametrize("protocol", [1, 99])
def test_an_engine_of_another_protocol_is_refused_with_a_sentence_and_ended(
    make: Make, qtbot: QtBot, protocol: int
) -> None:
    runner = make("""
        hello(); session()
        say("warning", code="x", detail="of another version")
        print("more", flush=True)
        time.sleep(600)
    """, protocol=protocol)  # fmt: skip
    notices = run(runner, qtbot)

    assert f"The engine speaks protocol {protocol}, this window speaks {PROTOCOL_VERSION}" in notices[-1].text
    assert "Install SO8T again" in notices[-1].text and len(notices) == 1
    assert runner.view.phase == "failed" and runner.view.session == "" and runner.view.notes == ()


def test_a_program_that_is_no_engine_is_a_sentence(make: Make, qtbot: QtBot) -> None:
    runner = make("""
        print("Traceback (most recent call last):")
        print("\\x00\\xff garbage" * 1000)
        sys.exit("cannot import name 'x'")
    """)
    notices = run(runner, qtbot)
    assert runner.view.problem is not None and "cannot import name" in say(runner.view.problem.sentence)
    assert len(notices) == 1


def test_a_missing_interpreter_is_a_sentence(qtbot: QtBot) -> None:
    parent = QObject()
    runner = Runner(parent, EngineProcess(parent, ["/nowhere/python"]))
    with qtbot.waitSignal(runner.rested, timeout=20_000):
        runner.start([])
    assert runner.view.phase == "failed" and runner.view.problem is not None
    assert "could not be started" in say(runner.view.problem.sentence)


def test_silence_is_noted(make: Make, qtbot: QtBot) -> None:
    runner = make("hello(); session(); hear(); sys.exit(75)", silent_seconds=0.5)
    runner.start([])
    qtbot.waitUntil(lambda: any(note.data.get("what") == "silent" for note in runner.view.notes), timeout=20_000)
    with qtbot.waitSignal(runner.rested, timeout=20_000):
        runner.pause()


def test_leaving_kills_what_does_not_answer(make: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner_module, "PATIENCE_MS", 500)
    runner = make("hello(); session(); time.sleep(600)")
    runner.start([])
    qtbot.waitUntil(lambda: runner.view.phase == "running", timeout=20_000)
    with qtbot.waitSignal(runner.rested, timeout=20_000):
        runner.leave()
    assert not runner.running


def test_a_start_waits_for_a_process_that_has_said_goodbye_and_happens_once(
    make: Make, qtbot: QtBot, tmp_path: Path
) -> None:
    """The same again with what the user agrees to: the option stands there once, however often that is pressed."""
    runner = make("""
        with open(PATH + "/starts", "a") as log:
            log.write(" ".join(sys.argv[1:]) + "\\n")
        hello(); session()
        if len(sys.argv) == 2:
            say("paused", reason=sentence("run.pause_by_window"))
            time.sleep(0.7)
        else:
            hear()
        sys.exit(75)
    """)
    runner.start(["run"])
    qtbot.waitUntil(lambda: runner.running and runner.view.phase == "paused", timeout=20_000)
    for _ in range(2):
        runner.start_again("--allow-code")
        qtbot.waitUntil(lambda: runner.view.alive and runner.view.phase == "running", timeout=20_000)
        with qtbot.waitSignal(runner.rested, timeout=20_000):
            runner.pause()
        assert not runner.running

    assert (tmp_path / "starts").read_text().splitlines() == ["run", *["run --allow-code"] * 2]


def test_leaving_without_a_run_is_at_once(make: Make, qtbot: QtBot) -> None:
    runner = make("")
    with qtbot.waitSignal(runner.rested, timeout=runner_module.PATIENCE_MS // 2):
        runner.leave()


def test_sleep_pauses_and_waking_goes_on(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    runner = make("""
        hello(); session()
        open(PATH + "/starts", "a").write(" ".join(sys.argv[1:]) + "\\n")
        hear()
        say("paused", reason=sentence("run.pause_by_window"))
        sys.exit(75)
    """)
    runner.start(["run"])
    qtbot.waitUntil(lambda: runner.view.phase == "running", timeout=20_000)
    with qtbot.waitSignal(runner.rested, timeout=20_000):
        runner._suspend.events.prepare(True)
    runner._suspend.events.prepare(False)
    qtbot.waitUntil(lambda: runner.view.phase == "running", timeout=20_000)
    starts = (tmp_path / "starts").read_text().splitlines()
    assert starts == ["run", " ".join(resume_arguments(tmp_path))]
    with qtbot.waitSignal(runner.rested, timeout=20_000):
        runner.pause()


def test_a_full_disk_is_told_once(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    runner = make("")
    usage = type("Usage", (), {"free": 1 << 30})()
    monkeypatch.setattr(low_disk_warning.shutil, "disk_usage", lambda path: usage)
    for _ in range(3):
        runner._low_disk.look()
    assert [notice.title for notice in runner.notices] == ["The disk is almost full"]  # type: ignore[attr-defined]
    for free in (low_disk_warning.LOW_BYTES, low_disk_warning.LOW_BYTES - 1):  # there was room again in between
        usage.free = free
        runner._low_disk.look()
    assert len(runner.notices) == 2  # type: ignore[attr-defined]


def test_only_errors_hinder() -> None:
    findings = [
        {"level": "warning", "what": "a"},
        {"level": "error", "what": "No GPU.", "why": "", "change": "Buy one."},
    ]
    assert missing_text({"findings": findings}) == "No GPU. Buy one."
    assert missing_text({"findings": findings[:1]}) == missing_text(None) == ""


def test_what_is_chosen_to_be_looked_at_is_no_news_and_what_becomes_of_it_is(make: Make) -> None:
    """Another program ran it to its end while it was shown here."""
    runner = make("")
    for events in (
        [Chosen("old", "old", "/s/old", "finished", "evaluate", 1.0)],
        [Chosen("s", "mine", "/s", "running", "train", 0.4)],
        [Chosen("s", "mine", "/s", "finished", "evaluate", 1.0)],
    ):
        runner._happened(events)

    assert [notice.title for notice in runner.notices] == ["mine: finished"]  # type: ignore[attr-defined]
