"""`so8t data try`: which way a label is read, how to turn it, and what its values say that nobody knows."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from helpers.sessions import write_lines
from so8t_engine import cli
from so8t_engine.commands.printer import Printer

NAMED = ("--set=columns.prompt=question", "--set=columns.response=answer")
OF_LABELS = ("data.label_read", "data.label_by_its_name", "data.label_may_be_turned")


def tried(folder: Path, rows: list[dict[str, Any]], *arguments: str) -> dict[str, Any]:
    out = io.StringIO()
    path = write_lines(folder / "a.jsonl", rows)
    cli.answered(cli.parsed(["data", "try", str(path), *arguments]), Printer(out, json=True, language="en"))
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def rows_with(column: str, *values: Any) -> list[dict[str, Any]]:
    return [{"question": f"{n}?", "answer": f"So {n}.", column: value} for n, value in enumerate(values)]


def learnt(found: dict[str, Any]) -> list[str]:
    return [each["record"]["response"] for each in found["examples"] if each["record"] and each["record"]["response"]]


def noted(found: dict[str, Any], *codes: str) -> list[str]:
    return [note["text"] for note in found["notes"] if note["code"] in codes]


@pytest.mark.parametrize(("yes", "no"), [(True, False), ("yes", "no"), (1, 0)])
def test_a_flag_that_nobody_knows_is_said_to_be_read_one_way_with_the_line_that_turns_it(
    tmp_path: Path, yes: Any, no: Any
) -> None:
    rows = rows_with("wibble", yes, no)
    found = tried(tmp_path, rows, *NAMED, "--set=columns.label=wibble")
    assert learnt(found) == ["So 0."]
    [said] = noted(found, "data.label_may_be_turned")
    assert 'columns: {prompt: question, response: answer, label: "not wibble"}' in said
    turned = tried(tmp_path, rows, *NAMED, "--set=columns.label=not wibble")
    assert learnt(turned) == ["So 1."] and turned["unused"] == []
    bad, good = (json.dumps(value).strip('"') for value in (yes, no))
    read = f"1 row is bad and not learnt ({bad}), 1 row is good ({good})."
    assert noted(turned, *OF_LABELS) == [f"'not wibble', named as `label`: {read}"]


@pytest.mark.parametrize("column", ["is_correct", "jailbroken", "error", "採用"])
def test_a_flag_that_is_known_need_not_be_turned(tmp_path: Path, column: str) -> None:
    found = tried(tmp_path, rows_with(column, True, False), *NAMED, f"--set=columns.label={column}")
    assert len(learnt(found)) == 1 and not noted(found, "data.label_may_be_turned")


def test_one_of_several_labels_is_turned_and_a_column_that_is_called_so_is_itself(tmp_path: Path) -> None:
    rows = [{**row, "not fit": mark} for row, mark in zip(rows_with("wibble", 1, 1, 0), (1, 0, 1), strict=True)]
    found = tried(tmp_path, rows, *NAMED, "--set=columns.label=not fit, not wibble")
    assert learnt(found) == ["So 2."]


def test_a_turned_label_judges_each_of_several_answers(tmp_path: Path) -> None:
    rows = [{"question": "Which?", "answer": ["Hen.", "Cat."], "wibble": [True, False]}]
    assert learnt(tried(tmp_path, rows, *NAMED, "--set=columns.label=not wibble")) == ["Cat."]


@pytest.mark.parametrize(
    ("column", "values", "unclear"),
    [
        ("verdict", ["wrong", "right", "frumious"], "frumious"),
        ("採点", ["×", "○", "びみょう"], "びみょう"),
        ("label", ["harmful", "ok", "slithy"], "slithy"),
    ],
)
def test_a_value_that_nobody_knows_is_said_where_a_column_judges_by_its_name(
    tmp_path: Path, column: str, values: list[Any], unclear: str
) -> None:
    [said] = noted(tried(tmp_path, rows_with(column, *values)), "data.label_by_its_name")
    assert said.startswith(f"'{column}', ") and f"1 row has a value that says neither, and so stays ({unclear})" in said


@pytest.mark.parametrize(("column", "values"), [("verdict", ["plim", "plam"]), ("verdict", ["plim"])])
def test_a_verdict_of_which_no_value_is_known_is_not_called_good(
    tmp_path: Path, column: str, values: list[Any]
) -> None:
    found = tried(tmp_path, rows_with(column, *values * 4), *NAMED, f"--set=columns.label={column}")
    [said] = noted(found, *OF_LABELS)
    assert "is good" not in said and "are good" not in said and "says neither" in said


def test_words_of_harm_are_told_whatever_the_column_is_called(tmp_path: Path) -> None:
    rows = rows_with("category", "harmful", "benign", "harmful")
    [note] = tried(tmp_path, rows)["notes"]
    assert note["code"] == "data.looks_like_verdict" and "label: category" in note["text"]
    found = tried(tmp_path, rows, *NAMED, "--set=columns.label=category")
    assert learnt(found) == ["So 1."]


@pytest.mark.parametrize("column", ["upvotes", "downvotes", "Was this helpful? (no)", "likes", "役に立った数"])
def test_counts_of_what_people_thought_are_told_as_such_and_no_label_is_proposed(tmp_path: Path, column: str) -> None:
    notes = tried(tmp_path, rows_with(column, "57", "0", "1"))["notes"]
    assert [note["code"] for note in notes] == ["data.looks_like_score"]


@pytest.mark.parametrize("column", ["lie", "false", "rejected", "error", "duplicate"])
def test_of_a_flag_that_is_only_told_the_line_leaves_the_bad_ones_out(tmp_path: Path, column: str) -> None:
    rows = rows_with(column, False, True, False)
    [note] = tried(tmp_path, rows)["notes"]
    assert note["code"] == "data.looks_like_verdict" and f"label: {column}" in note["text"].replace('"', "")
    assert learnt(tried(tmp_path, rows, *NAMED, f'--set=columns.label="{column}"')) == ["So 0.", "So 2."]


def test_right_answers_in_the_plural_are_no_verdict(tmp_path: Path) -> None:
    assert tried(tmp_path, rows_with("Correct Answers", "Because of light", "No", "Nothing"))["notes"] == []


def test_a_grade_of_another_models_answer_is_none_of_this_one(tmp_path: Path) -> None:
    rows = [
        {"question": f"{n}?", "aaa_response": "So.", "bbb_response": "No.", "aaa_grade": aaa, "bbb_grade": bbb,
         "aaa_grade_reason": aaa}
        for n, (aaa, bbb) in enumerate((("Yes", "No"), ("No", "Yes"), ("Yes", "Yes")))
    ]  # fmt: skip
    named = ("--set=columns.prompt=question", "--set=columns.response=aaa_response")
    [note] = tried(tmp_path, rows, *named)["notes"]
    assert note["code"] == "data.looks_like_verdict" and "label: aaa_grade}" in note["text"]


def test_both_of_two_scales_that_judge_together_are_shown(tmp_path: Path) -> None:
    scales = [(3, 4), (0, 0), (4, 1)]
    rows = [{"prompt": f"{n}?", "response": "So.", "helpfulness": a, "correctness": b}
            for n, (a, b) in enumerate(scales)]  # fmt: skip
    found = tried(tmp_path, rows)
    assert 'label: "helpfulness, correctness"' in found["line"]
    assert [note["code"] for note in found["notes"]] == ["data.verdicts_obeyed"]


def test_of_answers_by_several_models_the_line_judges_one_by_its_own_verdict_alone(tmp_path: Path) -> None:
    rows = [
        {"types_of_harm": "theft", "question": f"Where is saw {n}?", "aaa_response": f"I can't say {n}.",
         "aaa_harmful": 0, "bbb_response": f"In shed {n}.", "bbb_harmful": n % 2}
        for n in range(4)
    ]  # fmt: skip
    [note] = tried(tmp_path, rows)["notes"]
    assert "`columns: {prompt: question, response: aaa_response, label: aaa_harmful}`" in note["text"]
    named = ("prompt=question", "response=aaa_response", "label=aaa_harmful")
    assert len(learnt(tried(tmp_path, rows, *(f"--set=columns.{place}" for place in named)))) == 4
