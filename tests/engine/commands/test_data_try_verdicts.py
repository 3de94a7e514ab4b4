"""`so8t data try`: what is said of columns that judge the answers, or may do so."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from helpers.sessions import write_lines
from so8t_engine import cli
from so8t_engine.commands.printer import Printer


def tried(*arguments: object) -> tuple[int, dict[str, Any]]:
    out = io.StringIO()
    options = cli.parsed(["data", "try", *map(str, arguments)])
    return cli.answered(options, Printer(out, json=True, language="en")), json.loads(out.getvalue())


@pytest.mark.parametrize(
    ("column", "values", "read"),
    [
        ("Status", ["Closed"], "2 rows have a value that says neither, and so stay (Closed)"),
        ("CSAT", [1, 5], "2 rows have a value that says neither, and so stay (1, 5)"),
        ("採用", ["○", ""], "1 row is bad and not learnt (), 1 row is good (○)"),
        ("error_type", ["none", "typo"], "1 row is bad and not learnt (typo), 1 row is good (none)"),
    ],
)
def test_values_of_a_label_that_nobody_knows_are_not_called_good(
    tmp_path: Path, column: str, values: list[Any], read: str
) -> None:
    rows = [{"ask": f"{n}?", "say": "So.", column: values[n % len(values)]} for n in range(2)]
    path = write_lines(tmp_path / "a.jsonl", rows)
    _, found = tried(path, "--set=columns.prompt=ask", "--set=columns.response=say", f"--set=columns.label={column}")
    assert any(f"'{column}', named as `label`: {read}." == note["text"] for note in found["notes"])


@pytest.mark.parametrize(
    ("column", "values", "code"),
    [
        ("ok", [True, False], "data.looks_like_verdict"), ("quality", ["high", "low"], "data.looks_like_verdict"),
        ("承認", ["済", "未"], "data.unsettled_line"),
        ("published", [True, False], "data.unsettled_line"),
        ("stars", [4, 1], "data.looks_like_score"), ("Zork(1-5)", ["5", "1"], "data.looks_like_score"),
        ("評価(A-D)", ["A", "D"], "data.looks_like_label"), ("confidence", ["98%", "3%"], "data.looks_like_score"),
        ("error_type", ["none", "factual error"], "data.looks_like_verdict"),
        ("eval", [1, 0], "data.looks_like_verdict"),
        ("正誤", ["○", ""], "data.looks_unsettled"), ("review_result", ["blue", "red"], "data.looks_like_label"),
        ("error_type", ["typo", "grammar"], "data.looks_like_label"),
    ],
)  # fmt: skip
def test_a_flag_that_may_be_of_anything_is_said(tmp_path: Path, column: str, values: list[Any], code: str) -> None:
    rows = [{"question": f"{n}?", "answer": "So.", column: values[n % len(values)]} for n in range(6)]
    _, found = tried(write_lines(tmp_path / "a.jsonl", rows))
    assert (found["kept"], [note["code"] for note in found["notes"]]) == (6, [code])


TWICE = [("Which gas?", "Oxygen", "right"), ("Which metal?", "Iron", "right"), ("Which gas?", "Helium", "wrong")]


def test_of_a_question_with_two_answers_the_one_that_is_marked_wrong_is_not_learnt(tmp_path: Path) -> None:
    rows = [{"question": asked, "answer": answer, "正誤": mark} for asked, answer, mark in TWICE]
    _, found = tried(write_lines(tmp_path / "a.jsonl", rows))
    assert [each["record"]["response"] for each in found["examples"] if each["record"]] == ["Oxygen", "Iron"]
    assert [note["code"] for note in found["notes"]] == ["data.verdicts_obeyed"]


def test_questions_with_several_answers_are_told_where_nothing_marks_a_wrong_one(tmp_path: Path) -> None:
    rows = [{"question": asked, "answer": answer} for asked, answer, _ in (*TWICE, TWICE[0])]
    _, found = tried(write_lines(tmp_path / "a.jsonl", rows))
    [note] = found["notes"]
    assert note["code"] == "data.several_answers" and found["kept"] == 3
    assert "1 question has more than one answer" in note["text"] and "'Oxygen', 'Helium'" in note["text"]


@pytest.mark.parametrize(
    ("names", "states", "line"),
    [
        (("質問", "回答", "ステータス"), ("完了", "対応中", "下書き"), "ステータス = 完了"),
        (("question", "answer", "status"), ("published", "in review", "draft"), "status = published"),
        (("Frage", "Antwort", "Status"), ("freigegeben", "offen", "Entwurf"), "Status = freigegeben"),
    ],
)
def test_the_line_that_is_proposed_for_states_learns_what_is_done_and_nothing_else(
    tmp_path: Path, names: tuple[str, str, str], states: tuple[str, str, str], line: str
) -> None:
    question, answer, state = names
    rows = [{question: f"Why is it so, {n}?", answer: f"It is since {n}.", state: states[n % 3]} for n in range(6)]
    source = write_lines(tmp_path / "a.jsonl", rows)
    _, found = tried(source)
    told = next(note for note in found["notes"] if note["code"] == "data.unsettled_line")
    assert (found["kept"], told["args"]["values"], told["args"]["count"]) == (4, [states[1]], 2)
    wanted = f'columns: {{prompt: {question}, response: {answer}, label: "{line}"}}'
    assert told["args"]["line"] == wanted
    _, obeyed = tried(source, "--set", f"columns={wanted.removeprefix('columns: ')}")
    assert [one["row"][state] for one in obeyed["examples"] if one["record"]] == [states[0]] * 2
