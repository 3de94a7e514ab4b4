"""What may be thought and is not read is told, with the line that learns it."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import of_source
from so8t_engine.config.run_config import Dataset
from so8t_engine.data.adapters.parsed_row import ParsedRow
from so8t_engine.data.notes import source_notes, thought_notes

ASKED = ("What is 3 times 14?", "Why is the sky blue?", "Which number is missing: 2, 4, 8?")
SAID = ("42", "Short waves are scattered.", "16")
WHY = ("Three tens are 30, three fours are 12.", "Blue light has the shorter waves.", "Each is twice the one before.")


def told(columns: dict[str, tuple[Any, ...]]) -> list[tuple[str, str]]:
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    notes = source_notes.of_rows(Dataset(name="d", source="local", path="x"), rows, {})
    return [(one.code, one.args["line"]) for one in notes if one.code in ("data.trace_unread", "data.may_be_thought")]


def test_prose_between_question_and_answer_may_be_thought() -> None:
    line = "columns: {prompt: question, response: answer, reasoning: musings}"
    assert told({"question": ASKED, "musings": WHY, "answer": SAID}) == [("data.may_be_thought", line)]
    aside: tuple[dict[str, tuple[Any, ...]], ...] = (
        {"musings": WHY, "question": ASKED, "answer": SAID}, {"question": ASKED, "answer": SAID, "musings": WHY},
        {"question": ASKED, "musings": ("T-1", "T-2", "T-3"), "answer": SAID},
        {"question": ASKED, "musings": (WHY[0],) * 3, "answer": SAID},
        {"question": ASKED, "original_question": WHY, "answer": SAID},
        {"question": ASKED, "musings": WHY, "reasoning": WHY, "answer": SAID},
        {"question": ASKED, "url": ("https://a.de/b c d e",) * 3, "answer": SAID},
    )  # fmt: skip
    for columns in aside:
        assert told(columns) == [], columns


def test_thought_in_tags_or_in_an_object_beside_answers_without_any_is_told() -> None:
    solved = tuple(f"<think>\n{why}\n</think>\n\n{said}" for why, said in zip(WHY, SAID, strict=True))
    columns = {"question": ASKED, "solution": SAID, "r1_solution": solved, "r1_correctness": ("True", "False", "True")}
    line = "columns: {prompt: question, response: r1_solution, label: r1_correctness}"
    assert told(columns) == [("data.trace_unread", line)]
    assert told({"question": ASKED, "response": solved, "r1_solution": solved}) == []
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    named = {"prompt": "question", "response": "r1_solution", "label": "r1_correctness"}
    found = of_source(rows, columns=named)
    assert [one.reasoning for one in found if isinstance(one, ParsedRow)] == [WHY[0], WHY[2]]
    inside = {"question": ASKED, "answer": SAID, "other": tuple({"solution": why} for why in WHY)}
    line = "columns: {prompt: question, response: answer, reasoning: other.solution}"
    assert told(inside) == [("data.may_be_thought", line)]
    options = {"question": ASKED, "A": SAID, "B": WHY, "label": ("A", "A", "A"), "other": inside["other"]}
    assert told(options)[0][1].startswith('columns: {prompt: question, reasoning: "{other.solution}", answer: label')


def test_an_answer_that_is_cut_off_in_its_thought_has_one() -> None:
    rows = [{"question": ASKED[0], "generation": "<think>Three tens", "other": {"solution": WHY[0]}}]
    where = source_notes.mapping(Dataset(name="d", source="local", path="x"), rows[0], {})
    assert where is not None and thought_notes.note(rows, where, None) is None


@pytest.mark.parametrize(
    ("prose", "of", "is_told"), [(1, 1, False), (2, 2, False), (3, 3, True), (2, 3, True), (2, 4, False), (3, 4, True)]
)
def test_most_of_three_texts_or_more_are_prose(prose: int, of: int, is_told: bool) -> None:
    asked, said = (tuple(f"{what} {n}?" for n in range(of)) for what in ("What is it and what is", "It is"))
    texts = tuple(f"Then comes number {n} and so on" if n < prose else f"T-{n}" for n in range(of))
    assert bool(told({"question": asked, "musings": texts, "answer": said})) is is_told
    inside = tuple({"solution": text} for text in texts)
    assert bool(told({"question": asked, "answer": said, "other": inside})) is (is_told or of == prose)


@pytest.mark.parametrize(
    ("text", "is_prose"),
    [("so we take two more", True), ("then they multiply", False), ("as we do so now", False),
     ("as we do so, now", True),
     ("12 345 678 901 234 5", False), ("それは三に十四を", True), ("それは三に十四", False), (None, False)],
)  # fmt: skip
def test_prose_is_four_words_or_sixteen_letters(text: object, is_prose: bool) -> None:
    assert thought_notes._is_prose(text) is is_prose


@pytest.mark.parametrize(
    ("traced", "others", "are"), [(1, 0, True), (1, 1, True), (1, 2, False), (2, 2, True), (0, 1, False)]
)
def test_a_column_holds_traces_where_half_of_its_texts_have_one(traced: int, others: int, are: bool) -> None:
    texts: list[Any] = ["<think>So.</think>Yes."] * traced + ["Yes."] * others + ["", None, 3]
    assert thought_notes._are_traced([{"x": text} for text in texts], "x") is are
