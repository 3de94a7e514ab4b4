"""The exit code of a command whose answer could not be written."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from so8t_engine.commands.printer import Printer, as_json
from so8t_engine.errors import EXIT_FINISHED, EXIT_INTERRUPTED, EXIT_UNEXPECTED, EngineError, failed
from so8t_engine.process.output import Outlet
from so8t_engine.sentences import sentence


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
