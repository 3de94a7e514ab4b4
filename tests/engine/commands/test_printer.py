"""The exit code of a command whose answer could not be written."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest

from so8t_engine.commands.printer import Printer, as_json
from so8t_engine.errors import EXIT_FINISHED, EXIT_INTERRUPTED, EXIT_UNEXPECTED, EngineError, failed
from so8t_engine.process.output import Outlet
from so8t_engine.sentences import Sentence, sentence
from so8t_engine.typed import Typed


@pytest.mark.parametrize(
    ("trouble", "code", "ends_with", "said"),
    [
        (None, EXIT_FINISHED, EXIT_FINISHED, ""),
        (BrokenPipeError(32, "Broken pipe"), EXIT_FINISHED, EXIT_FINISHED, ""),
        (OSError(28, "No space left on device"), EXIT_FINISHED, EXIT_UNEXPECTED, "No space left on device"),
        (OSError(28, "No space left on device"), EXIT_INTERRUPTED, EXIT_INTERRUPTED, ""),
    ],
)
def test_an_answer_that_was_lost_is_a_failure_unless_the_command_had_failed_or_nobody_wanted_more(
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    trouble: OSError | None,
    code: int,
    ends_with: int,
    said: str,
) -> None:
    with (tmp_path / "out").open("wb") as file:
        outlet = Outlet(file.fileno())
        outlet.error = trouble
        printer = Printer(io.TextIOWrapper(io.BufferedWriter(outlet), encoding="utf-8"))
        assert printer.ended(code) == ends_with
    heard = capfd.readouterr().err
    assert said in heard and bool(said) == bool(heard)


def test_json_says_the_same_without_a_character_that_a_terminal_would_obey_or_not_show() -> None:
    value = {"name": "a\x9b2J\u2028\u202eb", "日本": "語"}

    assert json.loads(as_json(value)) == value
    assert as_json(value) == '{"name": "a\\u009b2J\\u2028\\u202eb", "日本": "語"}'


def test_a_runs_events_are_lines_of_json_for_programs_and_drawn_for_people() -> None:
    said = []
    for asked in (True, False):
        out = io.StringIO()
        with Printer(out, json=asked).events(lambda _: None) as emit:
            emit(failed(EngineError("usage", sentence("chat.empty_prompt"))))
        said.append(out.getvalue())

    assert json.loads(said[0])["name"] == "failed"
    assert "`--prompt` is empty" in said[1] and "{" not in said[1]


def test_an_answer_is_its_value_for_programs_and_its_lines_for_people() -> None:
    about = Typed(session="a")
    lines = [sentence("run.save_given_up"), "plain\x1b[2Jtext", "two\nlines"]
    said = {}
    for asked in (True, False):
        out = io.StringIO()
        assert Printer(out, json=asked, typed=about).answer({"a": "ü"}, lines, 4) == 4
        said[asked] = out.getvalue()

    assert said[True] == '{"a": "ü"}\n'
    first, *others = said[False].splitlines()
    assert first == "The last save was given up; the one before it stands."
    assert others[-2:] == ["two", "lines"] and "\x1b" not in said[False]
    assert Printer(io.StringIO()).answer({}, []) == EXIT_FINISHED


def test_what_fails_is_said_with_the_session_that_it_is_about_and_ends_with_its_code(tmp_path: Path) -> None:
    error = EngineError("session_finished", sentence("session.finished", session="x"))
    for asked in (True, False):
        out = io.StringIO()
        printer = Printer(out, json=asked).about(tmp_path / "mine")
        assert printer.fail(error) == error.exit_code
        if asked:
            assert json.loads(out.getvalue())["code"] == "session_finished"
        else:
            assert f"`so8t report mine --data-root {tmp_path}`" in out.getvalue()
    japanese = Printer(io.StringIO(), language="ja")
    assert japanese.say(sentence("run.save_given_up")) != Printer(io.StringIO()).say(sentence("run.save_given_up"))
    assert (japanese.channel().language, japanese.channel().json) == ("ja", False)


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (None, False),
        (sentence("run.pause_no_reader"), True),
        (sentence("run.pause_terminal_closed"), True),
        (sentence("run.pause_output_lost", error="x"), True),
        (sentence("run.pause_ctrl_c"), False),
    ],
)
def test_a_pause_whose_reason_could_not_be_said_is_said_where_it_can_still_be_read(
    capfd: pytest.CaptureFixture[str], reason: Sentence | None, said: bool
) -> None:
    Printer(io.StringIO()).unheard(reason)

    assert bool(capfd.readouterr().err) is said


def test_where_nothing_can_be_said_any_more_nothing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(handle: int, data: bytes) -> int:
        raise OSError(9, "Bad file descriptor")

    monkeypatch.setattr(os, "write", gone)
    Printer(io.StringIO()).on_stderr(sentence("run.save_given_up"))


def test_a_terminal_on_which_a_run_was_drawn_is_left_as_it_was_also_where_the_run_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")  # for rich this is a terminal
    monkeypatch.setenv("TERM", "xterm")
    out = io.StringIO()
    with pytest.raises(KeyboardInterrupt), Printer(out).events(lambda _: None):
        raise KeyboardInterrupt
    assert out.getvalue() == "\x1b[?25h"


def test_what_is_still_on_its_way_is_written_before_a_command_ends(tmp_path: Path) -> None:
    with (tmp_path / "out").open("wb") as file:
        out = io.TextIOWrapper(io.BufferedWriter(Outlet(file.fileno())), encoding="utf-8")
        printer = Printer(out)
        printer.answer({}, ["a"])
        assert (printer.ended(EXIT_FINISHED), (tmp_path / "out").read_text()) == (EXIT_FINISHED, "a\n")
