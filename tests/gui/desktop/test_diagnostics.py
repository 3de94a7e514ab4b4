"""The text of a problem report, whatever the engine's command line answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from so8t_gui.desktop import diagnostics


@pytest.mark.parametrize(
    ("answer", "lines"),
    [({"lines": ["a", 2]}, ["a", "2"]), (["a"], ["a"]), ("a text", ["a text"]), ({"other": 1}, ["None"]), (3, ["3"])],
)
def test_the_engines_lines_are_text_without_the_home_folders_name(answer: object, lines: list[str]) -> None:
    assert diagnostics.engine_lines(answer) == lines
    assert diagnostics.engine_lines([f"{Path.home()}/x"]) == ["~/x"]


def test_what_window_and_engine_both_tell_stands_there_once() -> None:
    window = ["window: so8t 1", "Qt 6", "sessions: ~/s"]
    assert diagnostics.together(window, ["so8t 1", "sessions: ~/s, 9 GiB free"]) == [
        "window: so8t 1", "Qt 6", "so8t 1", "sessions: ~/s, 9 GiB free",
    ]  # fmt: skip
    assert diagnostics.together(window, ["None"]) == [*window, "None"], "an answer that says nothing of them"


def test_a_package_that_is_not_there_has_no_version() -> None:
    assert diagnostics.version("no-such-package-anywhere") == "-" != diagnostics.version("so8t")
