"""A column of labels or figures beside answers in prose is what these come to, not what is learnt."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import of_source, parsed
from so8t_engine.config.run_config import Dataset
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import choose_adapter
from so8t_engine.data.adapters.answers import labels_beside
from so8t_engine.data.adapters.parsed_row import ParsedRow
from so8t_engine.data.notes import source_notes

ASKED = ["What is the capital of Peru?", "Are whales mammals?", "When was it passed?", "Which share of glass?"]
PROSE = [
    "Lima is the capital of Peru, and it lies at the sea, as few capitals of the Andes do.",
    "Yes, whales are mammals, since they nurse their young and breathe air through lungs.",
    "The first such law was passed by the parliament, after long debates, in the year 2023.",
    "All of the glass can be molten again, so its share of recycling is given as 100%.",
]
TOLD, CLASSES = ["Lima", "yes", "2023", "100%"], ["geo", "bio", "law", "eco"]
JAPANESE = ["はい、鯨は子に乳を与え、肺で呼吸するため、魚ではなく哺乳類に分類されます。"] * 4


def rows(asks: str, prose: str, short: str, labels: list[str] = TOLD) -> list[dict[str, Any]]:
    given = zip(ASKED, PROSE, labels, strict=True)
    return [{asks: asked, prose: text, short: label} for asked, text, label in given]


def learnt(given: list[dict[str, Any]]) -> list[tuple[str, str | None]]:
    return [(row.response, row.answer) for row in of_source(given) if isinstance(row, ParsedRow)]


@pytest.mark.parametrize(
    ("short", "prose"),
    [
        *((short, "answer") for short in ("final", "output", "completion", "response", "target", "出力")),
        ("response", "回答"), ("response", "output"), ("final_answer", "answer"), ("ground_truth", "answer"),
        ("expected_answer", "answer"), ("gold", "response"), ("正解", "回答"), ("correct_answer", "output"),
    ],
)  # fmt: skip
def test_the_prose_is_learnt_and_the_short_one_is_its_gold_answer(short: str, prose: str) -> None:
    assert learnt(rows("question", prose, short)) == [*zip(PROSE, TOLD, strict=True)]
    worked = "One counts on from there, by one, and so it makes {}."
    numbers = [{"question": f"{n} + 1?", prose: worked.format(n + 1), short: n + 1} for n in range(4)]
    assert [gold for _, gold in learnt(numbers)] == ["1", "2", "3", "4"]
    assert all(said.startswith("One counts on") for said, _ in learnt(numbers))


@pytest.mark.parametrize("short", ["final", "output", "completion", "response", "target"])
def test_classes_that_the_prose_does_not_come_to_are_not_used_and_that_is_said(short: str) -> None:
    given = rows("question", "answer", short, CLASSES)
    assert learnt(given) == [(text, None) for text in PROSE]
    dataset = Dataset(name="d", source="local", path="d.jsonl")
    index = choose_adapter.index_of(dataset, lambda: iter(given))
    [note] = [one for one in source_notes.of_rows(dataset, given, index) if one.code == "data.label_beside_unused"]
    line = f"columns: {{prompt: question, response: {short}}}"
    assert (note.args["column"], note.args["prose"], note.args["line"]) == (short, "answer", line)
    assert short in source_notes.unused(dataset, given[0], index)


@pytest.mark.parametrize("short", ["final", "ground_truth"])
def test_that_the_prose_is_learnt_is_said_with_the_line_that_learns_the_short_one(short: str) -> None:
    given = rows("question", "answer", short)
    dataset = Dataset(name="d", source="local", path="d.jsonl")
    index = choose_adapter.index_of(dataset, lambda: iter(given))
    told = source_notes.of_rows(dataset, given, index)
    [note] = [one for one in told if one.code == "data.label_beside_is_gold"]
    assert note.args["line"] == f"columns: {{prompt: question, response: {short}}}"
    assert "data.right_one_learnt" not in [one.code for one in told]
    where = source_notes.mapping(dataset, given[0], index)
    assert where is not None and (where.response, where.answer) == ("answer", short)


def test_a_text_that_answers_is_learnt_beside_a_target_and_one_that_is_asked_about_is_not() -> None:
    assert learnt(rows("prompt", "text", "target")) == [*zip(PROSE, TOLD, strict=True)]
    asked_about = [{**row, "prompt": "Which class is it?"} for row in rows("prompt", "text", "target", CLASSES)]
    assert [said for said, _ in learnt(asked_about)] == CLASSES
    assert [said for said, _ in learnt(rows("question", "text", "target"))] == TOLD  # a passage


def test_japanese_prose_and_labels_are_told_apart_too() -> None:
    asked = [f"{n} 頭の鯨は哺乳類ですか。" for n in range(4)]
    given = [{"質問": q, "回答": text, "response": "はい"} for q, text in zip(asked, JAPANESE, strict=True)]
    assert learnt(given) == [(text, "はい") for text in JAPANESE]


@pytest.mark.parametrize(
    "row",
    [
        {"solution": "We count on by one, from one to two, and so it makes 2.", "answer": "2"},
        {"response": "We count on by one, from one to two, and so it makes 2.", "answer": "2"},
        {"answer": "We count on by one, from one to two, and so it makes two.\n#### 2", "final": "2"},
        {"output": "2", "explanation": "We count on by one, from one to two, and so it makes 2."},
        {"reasoning": "We count on by one, from one to two, and so it makes 2.", "answer": "So it is 2.", "final": "2"},
    ],
)  # fmt: skip
def test_data_with_reasoning_stays_as_it_is(row: dict[str, str]) -> None:
    given = [{"question": f"Once more, {n}: 1 + 1?", **row} for n in range(4)]
    alone = [parsed(one) for one in given]
    assert [(one.response, one.answer, one.reasoning) for one in of_source(given) if isinstance(one, ParsedRow)] == [
        (one.response, one.answer, one.reasoning) for one in alone
    ]


def test_a_few_rows_or_long_texts_tell_nothing() -> None:
    assert learnt(rows("question", "answer", "final")[:2]) == [("Lima", PROSE[0]), ("yes", PROSE[1])]
    long = [f"{text} So it is." for text in PROSE]
    assert [said for said, _ in learnt(rows("question", "answer", "final", long))] == long
    mixed = [PROSE[1], *TOLD[1:]]
    assert [said for said, _ in learnt(rows("question", "answer", "final", mixed))] == mixed


def test_prose_that_comes_to_something_else_than_what_is_right_is_not_learnt() -> None:
    worked = "One counts on from there, by one, and it makes {}."
    given = [
        {"question": f"{n} + 1?", "answer": worked.format(n + 1 + (n == 2)), "ground_truth": n + 1} for n in range(6)
    ]
    found = of_source(given)
    bad = [row.bad_answer for row in found if isinstance(row, ParsedRow)]
    assert bad == [drop_reasons.other_than_gold("ground_truth") if n == 2 else None for n in range(6)]
    alone = parsed({"question": "1 + 1?", "answer": "It makes 3.", "correct_answer": "2"})
    assert (alone.answer, alone.bad_answer) == ("2", drop_reasons.other_than_gold("correct_answer"))


def test_where_most_prose_says_something_else_what_is_called_right_is_learnt_as_before() -> None:
    assert [said for said, _ in learnt(rows("question", "answer", "gold", ["Rome"] * 4))] == ["Rome"] * 4


@pytest.mark.parametrize(
    ("prose", "label", "comes"),
    [
        (PROSE[0], "lima", True), (PROSE[1], "yes", True), (PROSE[1], "no", False), (PROSE[2], "2023", True),
        (PROSE[2], "2022", False), (PROSE[0], "Lim", False), ("It makes 8.", "7", False), (JAPANESE[0], "哺乳類", True),
    ],
)  # fmt: skip
def test_what_an_answer_comes_to(prose: str, label: str, comes: bool) -> None:
    assert labels_beside.concludes_in(prose, label) is comes
