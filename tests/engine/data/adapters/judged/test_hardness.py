"""How many solved a task says how hard it is, not that the solution written for it is bad."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import of_source
from so8t_engine.config.run_config import Dataset
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.parsed_row import ParsedRow
from so8t_engine.data.notes import source_notes


def rows(values: list[Any], name: str, **columns: Any) -> list[dict[str, Any]]:
    written = {"solution": "We add one, so it makes {}.", "answer": "{}"} | columns
    return [
        {"problem": f"What is {n} + 1?", **{key: text.format(n + 1) for key, text in written.items()}, name: value}
        for n, value in enumerate(values)
    ]


@pytest.mark.parametrize(
    ("name", "values"),
    [("pass_rate", [0.0, 0.5, 1.0]), ("solve_rate", [0, 1, 0]), ("num_correct", [0, 3, 2]), ("resolved", [False, True]),
     ("solved", [0, 1]), ("avg_pass_rate", ["0.0", "0.4"])],
)  # fmt: skip
def test_a_written_solution_of_a_hard_task_is_learnt(name: str, values: list[Any]) -> None:
    found = of_source(rows(values, name))
    assert [(row.response, row.reasoning, row.bad_answer) for row in found if isinstance(row, ParsedRow)] == [
        (str(n + 1), f"We add one, so it makes {n + 1}.", None) for n in range(len(values))
    ]


def test_what_a_model_wrote_and_what_is_called_outdated_is_left_out() -> None:
    of_model = of_source(rows([0.0, 1.0], "pass_rate", solution="<think>x</think>It makes {}.", answer="{}"))
    assert isinstance(of_model[1], ParsedRow)
    [bad, _] = of_source([{"prompt": f"{n}?", "response": "Yes.", "pass_rate": n} for n in (0, 1)])
    assert bad == drop_reasons.labelled_bad("pass_rate", "0")
    [outdated, _] = of_source(rows([True, False], "deprecated"))
    assert outdated == drop_reasons.labelled_bad("deprecated", "true")


def test_that_it_is_read_so_is_told_with_the_line_that_leaves_such_rows_out() -> None:
    dataset = Dataset(name="d", source="local", path="d.jsonl")
    given = rows([0.0, 0.5, 0.0], "pass_rate")
    [note] = [one for one in source_notes.of_rows(dataset, given, {}) if one.code == "data.says_how_hard"]
    assert (note.args["column"], note.args["count"]) == ("pass_rate", 2)
    line = "columns: {prompt: problem, response: answer, reasoning: solution, answer: answer, label: pass_rate}"
    assert note.args["line"] == line
    assert "In 2 rows 'pass_rate' says that nobody solved the task" in str(note)
    none = [one.code for one in source_notes.of_rows(dataset, rows([0.5, 1.0], "pass_rate"), {})]
    assert "data.says_how_hard" not in none


@pytest.mark.parametrize("name", ["humanScore", "human_score", "user_score"])
def test_how_many_people_took_the_right_option_says_how_hard_that_is(name: str) -> None:
    asked = {"question": "Which is hot?", "choices": ["ice", "fire"], "answer": "B"}
    found = of_source([{**asked, name: said} for said in (0.0, 0.6, 1.0)])
    assert [row.response for row in found if isinstance(row, ParsedRow)] == ["B. fire"] * 3
    [bad, _] = of_source([{"question": f"{n}?", "answer": "Yes.", name: n} for n in (0, 1)])
    assert bad == drop_reasons.labelled_bad(name, "0")
