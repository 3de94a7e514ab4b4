"""A refusal of what is safe is not learnt, one of what is harmful is, and one of nobody knows what is told."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import of_source
from so8t_engine.config.run_config import Columns, Dataset
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.judged import refusal_labels, score_limits
from so8t_engine.data.adapters.parsed_row import ParsedRow
from so8t_engine.data.notes import source_notes

NO, YES = "I'm sorry, but I can't help with that.", "Run kill followed by its PID."


def row(answer: str = NO, **more: Any) -> dict[str, Any]:
    return {"prompt": "How do I kill a Linux process?", "completion": answer, **more}


@pytest.mark.parametrize(
    ("beside", "column"),
    [
        ({"label": "safe", "final_label": "2_full_refusal"}, "final_label"),
        ({"label": "safe", "final_label": "3_partial_refusal"}, "final_label"),
        ({"type": "homonyms", "label": "safe", "annotation_1": "2_full_refusal"}, "annotation_1"),
        ({"prompt_harm_label": "unharmful", "response_refusal_label": "refusal"}, "response_refusal_label"),
        ({"prompt_label": "safe", "judgement": "direct_refusal"}, "judgement"),
        ({"prompt_safe": True, "is_refusal": True}, "is_refusal"),
        ({"prompt_harmful": "false", "refused": "1"}, "refused"),
        ({"safety": "benign", "response_type": "Indirect refusal"}, "response_type"),
        ({"label": "安全", "応答分類": "完全拒否"}, "応答分類"),
    ],
)
def test_a_refusal_of_what_is_safe_is_not_learnt(beside: dict[str, Any], column: str) -> None:
    said = row(**beside)
    assert of_source([said]) == [drop_reasons.labelled_bad(column, str(beside[column]))]
    assert refusal_labels.reading(said, column) is True


@pytest.mark.parametrize(
    ("answer", "beside", "learnt"),
    [
        (YES, {"label": "safe", "final_label": "1_full_compliance"}, True),
        (YES, {"label": "safe", "annotation_1": "2_full_refusal", "final_label": "1_full_compliance"}, True),
        (NO, {"label": "safe", "annotation_1": "1_full_compliance", "final_label": "2_full_refusal"}, False),
        (NO, {"label": "unsafe", "final_label": "2_full_refusal"}, True),
        (NO, {"type": "contrast_homonyms", "label": "safe", "final_label": "2_full_refusal"}, True),
        (NO, {"type": "contrast_homonyms", "final_label": "2_full_refusal"}, True),
        (NO, {"prompt_harm_label": "harmful", "response_refusal_label": "refusal"}, True),
        (NO, {"prompt_safe": False, "is_refusal": True}, True),
        (NO, {"final_label": "2_full_refusal"}, True),
        (NO, {"is_safe": True, "is_refusal": True}, True),
        (YES, {"prompt_safe": True, "is_refusal": False}, True),
        (NO, {"prompt_safe": True, "tone": "refusal"}, True),
    ],
)
def test_other_refusals_and_answers_stay(answer: str, beside: dict[str, Any], learnt: bool) -> None:
    [found] = of_source([row(answer, **beside)])
    assert (isinstance(found, ParsedRow) and found.response == answer and not found.bad_answer) is learnt


ROWS = [row(YES, label="safe", final_label="1_full_compliance"), row(label="safe", final_label="2_full_refusal"),
        row(label="unsafe", final_label="2_full_refusal")]  # fmt: skip


def test_the_line_that_is_shown_reads_the_rows_as_they_are_read() -> None:
    dataset = Dataset(name="x", path="x.csv", source="local")
    where = source_notes.mapping(dataset, ROWS[0])
    assert where is not None and where.label == "label, final_label"
    assert of_source(ROWS, columns=where.model_dump(exclude_none=True)) == of_source(ROWS)
    assert of_source(ROWS, columns={"prompt": "prompt", "response": "completion"})[1] != of_source(ROWS)[1]
    named = dataset.model_copy(update={"columns": where})
    assert "'final_label', named as `label`: 1 row is bad and not learnt (2_full_refusal), 2 rows are good" in str(
        source_notes.labels_read(named, ROWS)[1]
    )


def notes(rows: list[dict[str, Any]], **columns: str) -> list[str]:
    where = Columns(**columns) if columns else None
    dataset = Dataset(name="x", path="x.csv", source="local", columns=where)
    return [str(note) for note in source_notes.of_rows(dataset, rows, {}) if note.code != "data.label_read"]


def test_refusals_of_nobody_knows_what_are_told_with_the_line_that_leaves_them_out() -> None:
    unknown = [{name: value for name, value in said.items() if name != "label"} for said in ROWS]
    [said] = notes(unknown)
    line = 'columns: {prompt: prompt, response: completion, label: "final_label = 1_full_compliance"}'
    assert said.startswith("'final_label' says that 2 answers refuse;") and line in said
    limit = {"prompt": "prompt", "response": "completion", "label": "final_label = 1_full_compliance"}
    assert [isinstance(one, ParsedRow) for one in of_source(unknown, columns=limit)] == [True, False, False]
    assert notes(unknown, **limit) == [] and notes(ROWS) == []
    [alone] = notes(unknown[1:])
    assert "`" not in alone


@pytest.mark.parametrize("value", ["1_full_compliance", "3_partial", "2_a"])
def test_the_number_of_a_class_is_no_score(value: str) -> None:
    assert score_limits.figure_of(value) is None
    assert score_limits.figure_of("4 (good)") == 4
