"""What questions are about is asked with them, by the names that are known; what may be it is told."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import parsed
from so8t_engine.config.run_config import Columns, Dataset
from so8t_engine.data import admission
from so8t_engine.data.adapters.parsed_row import Fields
from so8t_engine.data.notes import source_notes

HOURS = "The museum opens at nine and closes at six; on Mondays it stays shut."
PRICES = "Tickets cost twelve euros for adults, children pay nothing."


def rows_of(column: str, *texts: Any) -> list[Fields]:
    asked = [("When does it close?", "At six."), ("What do adults pay?", "Twelve euros."), ("Is it cheap?", "Yes"),
             ("Who pays nothing?", "Children under ten."), ("Which day is it shut?", "Mondays.")]  # fmt: skip
    return [
        {column: text, "question": question, "answer": answer}
        for text, (question, answer) in zip(texts, asked, strict=False)
    ]


def told(rows: list[Fields], **entry: Any) -> list[tuple[Any, Any]]:
    dataset = Dataset(name="d", source="local", path="x", **entry)
    notes = [note for note in source_notes.of_rows(dataset, rows, {}) if note.code == "data.answers_stand_in"]
    return [(note.args["column"], note.args["line"]) for note in notes]


@pytest.mark.parametrize("name", ["text", "document", "passage_text", "news", "資料", "課題文", "contexto", "本文"])
def test_what_a_question_is_about_is_asked_with_it(name: str) -> None:
    assert parsed({name: HOURS, "question": "When does it close?", "answer": "At six."}).prompt == (
        f"{HOURS}\n\nWhen does it close?"
    )


def test_what_an_instruction_is_about_stands_behind_it() -> None:
    row = {"instruction": "Say it in one word.", "article": HOURS, "response": "Hours."}
    assert parsed(row).prompt == f"Say it in one word.\n\n{HOURS}"


def test_several_passages_are_asked_with_it_and_options_stand_behind_one() -> None:
    row = {"contexts": [HOURS, PRICES], "question": "When does it close?", "answer": "At six."}
    assert parsed(row).prompt == f"{HOURS}\n{PRICES}\n\nWhen does it close?"
    row = {"text": HOURS, "question": "When does it close?", "options": ["six", "ten"], "answer": "six"}
    assert parsed(row).prompt == f"{HOURS}\n\nWhen does it close?\nA. six\nB. ten"


@pytest.mark.parametrize("name", ["review", "policy", "口コミ", "Beipackzettel"])
def test_a_column_in_which_most_answers_stand_is_told_and_the_line_asks_about_it(name: str) -> None:
    rows = rows_of(name, HOURS, PRICES, HOURS)
    [(column, line)] = told(rows)
    assert told(rows_of(name, HOURS, "It costs twelve in all.")) == [(column, line)]  # half of an answer's words

    assert (column, line) == (name, f'columns: {{prompt: "{{{name}}}\\n\\n{{question}}", response: answer}}')
    columns = Columns(prompt=f"{{{name}}}\\n\\n{{question}}", response="answer")
    dataset = Dataset(name="d", source="local", path="x", columns=columns)
    assert admission.parsed(dataset, rows[0], {}).prompt == f"{HOURS}\n\nWhen does it close?"
    assert told(rows, columns=columns) == [] == told(rows, columns=Columns(prompt="question", response="answer"))


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("review", ("Approved by Ann", "Checked twice")),
        ("topic", ("hours", "prices")), ("url", ("x.org/1", "x.org/2")),
        ("wrong_answer", ("At six or ten in the morning", "Twelve euros and a cent")), ("notes", (HOURS, PRICES)),
        ("policy", (HOURS, HOURS)), ("shout", ("AT SIX.", "TWELVE EUROS.")), ("policy", (HOURS, None)),
        ("policy", (HOURS, PRICES, HOURS, "No", "Free")), ("policy", ([HOURS], [PRICES])),
        ("policy", (HOURS, PRICES, [HOURS])), ("policy", (HOURS, None, HOURS, "Children are seen there on most days.")),
        ("policy", (HOURS, HOURS, "Yes, it is cheap, as such a thing can be.")),
    ],
)  # fmt: skip
def test_other_columns_are_not_told_of(name: str, texts: tuple[str, ...]) -> None:
    assert told(rows_of(name, *texts)) == []


@pytest.mark.parametrize(
    ("column", "texts", "count"),
    [
        ("Passage", (HOURS, "", None), 2), ("本文", (HOURS, "", ""), 2), ("Passage", (HOURS, "", PRICES), 0),
        ("Passage", ("", HOURS, ""), 0), ("context", (HOURS, "", ""), 0),
    ],
)  # fmt: skip
def test_a_text_that_is_typed_once_for_several_questions_is_told(column: str, texts: tuple[Any], count: int) -> None:
    notes = source_notes.of_rows(Dataset(name="d", source="local", path="x"), rows_of(column, *texts), {})
    found = [note.args for note in notes if note.code == "data.text_typed_once"]
    assert found == ([{"column": column, "count": count}] if count else [])


@pytest.mark.parametrize(("count", "told_of"), [(8, 2), (9, 0)])
def test_a_text_that_lacks_in_one_row_of_four_is_typed_once(count: int, told_of: int) -> None:
    rows = [{"passage": HOURS, "question": f"When is it {n}?", "answer": "At six."} for n in range(count)]
    rows[3]["passage"] = rows[5]["passage"] = " "
    notes = source_notes.of_rows(Dataset(name="d", source="local", path="x"), rows, {})
    assert [note.args["count"] for note in notes if note.code == "data.text_typed_once"] == [told_of] * bool(told_of)


def test_of_rows_with_other_columns_the_first_one_counts() -> None:
    rows = rows_of("policy", HOURS, PRICES, HOURS)
    assert told([rows[0], {"policy": "x"}, *rows[1:]]) == told(rows) != []
