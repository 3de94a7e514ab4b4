"""What can be agreed to when something has stopped a run: the options of the engine, the gentlest first."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject

from so8t_gui.view.remedies import remedies


@pytest.mark.parametrize(
    ("code", "options", "asked"),
    [
        ("code_not_allowed", ["--allow-code"], 0),
        ("source_changed", ["--accept-changes"], 0),
        ("config_changed", ["--accept-changes"], 0),
        ("training_config_changed", ["--evaluate-again --accept-changes"], 0),
        ("history_damaged", ["--accept-changes", "--from-start"], 1),
        ("session_foreign", ["adopt"], 0),
        ("results_damaged", ["--evaluate-again"], 0),
        ("session_damaged", ["--from-start"], 1),
        ("disk_full", [], 0),
    ],
)
def test_each_problem_has_its_own_and_what_costs_work_is_asked_first(
    qapp: QObject, code: str, options: list[str], asked: int
) -> None:
    found = remedies(code)
    assert [remedy.option for remedy in found] == options and all(remedy.label for remedy in found)
    assert [bool(remedy.question) for remedy in found].count(True) == asked
    assert all(remedy.question == "" or remedy.option == "--from-start" for remedy in found)
