"""Numbers of classes are not taught unsaid: the line that is proposed says what each means."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import of_source
from so8t_engine.config.run_config import Columns, Dataset
from so8t_engine.data import admission
from so8t_engine.data.adapters.parsed_row import ParsedRow
from so8t_engine.data.notes import bare_classes, source_notes

DATASET = Dataset(name="x", path="x.jsonl", source="local")


@pytest.mark.parametrize(
    ("asks", "column", "values", "labels"),
    [
        ("func", "target", [True, False], '{"false": "WHAT FALSE MEANS", "true": "WHAT TRUE MEANS"}'),
        ("text", "label", [1, 0], '{"0": "WHAT 0 MEANS", "1": "WHAT 1 MEANS"}'),
        ("sentence", "label", ["0", "2", "1"], '{"0": "WHAT 0 MEANS", "1": "WHAT 1 MEANS", "2": "WHAT 2 MEANS"}'),
    ],
)
def test_the_line_for_a_text_with_the_number_of_its_class_says_what_each_means(
    asks: str, column: str, values: list[Any], labels: str
) -> None:
    rows = [{asks: f"int f{n}() {{ return {n}; }}", column: values[n % len(values)]} for n in range(6)]
    said = admission.unfit(DATASET, rows)
    assert said.code == "steps.classes_alone"
    assert said.args["line"] == f"columns: {{prompt: {asks}, response: {column}}}, labels: {labels}"


def test_words_are_classes_that_say_what_they_mean() -> None:
    rows = [{"text": f"Film {n}.", "label": ("good", "bad")[n % 2]} for n in range(6)]
    assert admission.unfit(DATASET, rows).code == "steps.no_adapter_fits"


def test_true_answers_a_claim_of_which_it_is_asked() -> None:
    rows = [
        {"claim": f"{n} is even.", "verdict": ("true", "false")[n % 2], "explanation": f"By {n}."} for n in range(6)
    ]
    assert admission.unfit(DATASET, rows).code == "steps.no_adapter_fits"


def test_true_answers_a_question() -> None:
    rows = [{"question": f"Is {n} even?", "label": n % 2 == 0} for n in range(6)]
    assert admission.unfit(DATASET, rows).code == "steps.no_adapter_fits"


@pytest.mark.parametrize(("count", "told"), [(12, True), (6, False)])
def test_that_many_answers_are_a_few_numbers_is_told(count: int, told: bool) -> None:
    rows = [{"input": f"int f{n}() {{ return {n}; }}", "target": n % 2} for n in range(count)]
    found = [note for note in source_notes.of_rows(DATASET, rows, {}) if note.code == "data.bare_classes"]
    assert bool(found) is told
    assert all(isinstance(row, ParsedRow) for row in of_source(rows))
    named = DATASET.model_copy(update={"labels": {"0": "safe", "1": "vulnerable"}})
    assert not [note for note in source_notes.of_rows(named, rows, {}) if note.code == "data.bare_classes"]


def test_answers_of_many_numbers_are_what_is_asked_for() -> None:
    rows = [{"question": f"{n} - {n // 2}?", "answer": n - n // 2} for n in range(20)]
    assert not [note for note in source_notes.of_rows(DATASET, rows, {}) if note.code == "data.bare_classes"]


@pytest.mark.parametrize(
    ("answers", "classes"),
    [
        ([0, 1] * 5, (10, ["0", "1"])), ([0, 1] * 5 + ["", None, [1]], (10, ["0", "1"])), ([0, 1] * 4 + [0, ""], None),
        ([0, 1, 2] * 4, (12, ["0", "1", "2"])), ([0, 1, 2, 3] * 4, None), ([1] * 12, None), ([True, False] * 6, None),
        ([" 1 ", "-1"] * 5, (10, ["-1", "1"])), ([10, 1] * 5, None), ([0.5, 1] * 5, None),
    ],
)  # fmt: skip
def test_answers_are_classes_where_ten_are_two_or_three_figures(
    answers: list[Any], classes: tuple[int, list[str]] | None
) -> None:
    where = Columns(prompt="q", response="a")
    said = bare_classes.note([{"q": "x", "a": answer} for answer in answers], where, {})
    assert (said and (said.args["count"], said.args["values"])) == classes
    if said is not None:
        assert said.args["column"] == "a"
        assert str(said.args["line"]).startswith(f'labels: {{"{said.args["values"][0]}": "WHAT ')
        assert bare_classes.note([{"q": "x", "a": answer} for answer in answers], where, {"0": "no"}) is None


@pytest.mark.parametrize(
    ("asked", "answers", "prompt", "classes"),
    [
        ("x", [0, 1], "q", ["0", "1"]), ("x", [True, False], "q", ["false", "true"]),
        ("Is it?", [True, False], "q", None),
        ("Is it?", [0, 1], "q", ["0", "1"]), ("x", [0], "q", None), ("x", [0, 0], "q", None),
        ("x", [*range(6)], "q", list("012345")),
        ("x", [*range(7)], "q", None), ("x", [0, "one"], "q", None), ("x", [0, 1], "Is {q} right?", None),
    ],
)  # fmt: skip
def test_a_line_says_what_each_class_means_where_there_are_a_few(
    asked: str, answers: list[Any], prompt: str, classes: list[str] | None
) -> None:
    rows = [{"q": asked, "a": answer} for answer in answers]
    found = bare_classes.line(rows, Columns(prompt=prompt, response="a"), None)
    assert (found and found[0]) == classes
    assert found is None or found[1].startswith("columns: {prompt: q, response: a}, labels: {")
