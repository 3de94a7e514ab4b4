"""The exit code of a command whose answer could not be written."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from so8t_engine.commands.printer import Printer
from so8t_engine.errors import EXIT_FINISHED, EXIT_INTERRUPTED, EXIT_UNEXPECTED
from so8t_engine.process.output import Outlet


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
