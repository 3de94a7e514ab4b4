"""What is proposed for four rows of each shape, place by place; and what their names and texts tell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.proposed import choice_shapes, completed, nearest_mapping, proposals, reasons_beside

ASKED = ("Which planet is it?", "Why does ice float?", "What is the capital?", "How do I store basil?")
SAID = ("Mercury", "It is less dense than the liquid.", "Canberra", "In a glass of water, out of the fridge.")
WRONG = ("Venus", "Ice is colder.", "Sydney", "In the sun.")
TOLD = ("Nobody told me so before.", "It was in the rain over night.", "They came home late again.", "Some have it.")
KANA = ("これです。", "それです。", "どれもです。", "だれかです。")
COUNTED, ANIMALS = ("1", "2", "3", "4"), ("cat", "dog", "cat", "cow")
CANNED = "Please restart the program, then sign in once more with the same name and the word that came by mail."
PAIR = {"prompt": "foo", "response": "bar"}


def few(number: int) -> str:
    return f"v{number % 2}"


def numbered(number: int) -> str:
    return f"id-{number}7"


def rows(columns: dict[str, Any], count: int = 4) -> list[dict[str, Any]]:
    def at(values: Any, number: int) -> Any:
        return values[number] if isinstance(values, tuple) else values(number) if callable(values) else values

    return [{name: at(values, number) for name, values in columns.items()} for number in range(count)]


def proposed(columns: dict[str, Any]) -> dict[str, str] | None:
    where = proposals.propose(rows(columns))
    return None if where is None else {role: name for role, name in where.model_dump().items() if name is not None}


def test_three_rows_are_enough_to_tell_that_nothing_is_learnt_of_them() -> None:
    given = {"question": ASKED, "answer": SAID, "is_correct": "no"}
    assert proposals.propose(rows(given, 3)) is None is not proposals.propose(rows(given, 2))
    assert (
        proposals.propose(rows({"foo": ASKED, "remedy": COUNTED}, 2))
        is None
        is not proposals.propose(rows({"foo": ASKED, "remedy": COUNTED}, 1))
    )


def pair(first: str, second: str) -> Callable[[int], Any]:
    return lambda number: {first: SAID[number], second: WRONG[number]}


SHAPES: list[tuple[dict[str, Any], dict[str, str] | None]] = [
    ({"foo": ASKED, "bar": SAID}, PAIR), ({"bar": SAID, "foo": ASKED}, PAIR), ({"foo": ASKED, "bar": few}, None),
    ({"foo": ASKED, "label": few}, {"prompt": "foo", "response": "label"}),
    ({"text": SAID, "label": few}, {"prompt": "Which is it: v0, v1?\\n\\n{text}", "response": "label"}),
    ({"foo": ASKED, "bar": "same"}, None), ({"foo": ASKED, "bar": ASKED}, None),
    ({"foo": ASKED, "bar": numbered}, None),
    ({"foo": ASKED, "bar": lambda n: ASKED[n] + SAID[n]}, None), ({"foo": numbered, "bar": SAID}, None),
    ({"foo": ASKED, "answer_x": numbered}, {"prompt": "foo", "response": "answer_x"}),
    ({"foo": ASKED, "bar": (*SAID[:2], "", "")}, PAIR), ({"foo": ASKED, "bar": SAID, "score": 1}, PAIR),
    ({"foo": ASKED, "score": SAID}, None), ({"sent_more": ASKED, "sent_less": SAID}, None),
    ({"foo": ASKED, "mt_output": SAID}, None),
    ({"rating": ASKED, "bar": SAID}, None), ({"foo": ASKED, "rating": SAID, "bar": WRONG}, PAIR),
    ({"foo1": ASKED, "foo2": SAID, "foo3": WRONG}, None), ({"foo": ASKED, "step1": SAID, "step2": WRONG}, None),
    ({"foo": ASKED, "choices": SAID}, None),
    ({"foo": lambda n: f"{ASKED[n]} A. x B. y C. z", "bar": lambda n: "ABCD"[n]}, None),
    ({"foo": ASKED, "cands": lambda n: [SAID[n], WRONG[n]], "scores": [1, 2]}, None),
    ({"foo": ASKED, "cands": lambda n: [SAID[n], WRONG[n]], "bar": lambda n: "ABBA"[n]}, None),
    ({"foo": ASKED, "cands": lambda n: [{"n": 1, "said": SAID[n]}, {"n": 2, "said": WRONG[n]}], "bar": (1, 2, 2, 1)},
     None),
    ({"foo": ASKED, "bar": ("DONE", "NOT_PLANNED", "REOPENED", "DONE")}, None),
    ({"foo": ASKED, "bar": ("OPEN", "DONE", "WONTFIX", "OPEN")}, None),
    ({"foo": ASKED, "x_answer": ("NONE", "YES", "NONE", "none")}, None),
    ({"foo": ASKED, "bar": ("YES", "NO", "YES", "TRUE")}, PAIR),
    ({"foo": ASKED, "equation": ("x=24*(1-3/8)", "5*18-37", "x = 7 + 2", "3/4"), "n": ("15", "53", "9", "0.75")}, None),
    ({"foo": ASKED, "equation": ("x=24*(1-3/8)", "5*18-37", "x = 7 + 2", "3/4"), "x_ans": ("15", "53", "9", "0.75")},
     {"prompt": "foo", "response": "x_ans", "reasoning": "equation"}),
    ({"foo": ASKED, "comment": SAID, "target_x": {"good": 1, "bad": 1}}, None),
    ({"data": lambda n: {"mes": f"{{{{user}}}}: {ASKED[n]}", "description": f"{{{{char}}}} says: {SAID[n]}"}}, None),
    ({"foo": ASKED, "bar": lambda n: f"{{{{user}}}}, {SAID[n]}"}, PAIR),
    ({"foo": ASKED, "comment": SAID}, {"prompt": "foo", "response": "comment"}),
    ({"foo": ASKED, "wahl": ["x1", "y1", "z1"], "bar": lambda n: "ABCD"[n]}, None),
    ({"foo": ASKED, "cands": lambda n: [SAID[n], WRONG[n]]}, {"prompt": "foo", "response": "cands.0"}),
    ({"foo": lambda n: [ASKED[n], SAID[n]]}, {"messages": "foo"}),
    ({"foo": ASKED, "cands": lambda n: [{"text": SAID[n]}, {"text": WRONG[n]}]}, {"prompt": "foo",
     "response": "cands.0.text"}),
    ({"foo": ASKED, "cands": lambda n: [{"text": SAID[n], "score": 1}, {"text": WRONG[n], "score": 2}]},
     {"prompt": "foo", "response": "cands"}),
    ({"foo": ASKED, "bar": SAID, "explanation": WRONG}, {**PAIR, "reasoning": "explanation"}),
    ({"foo": ASKED, "explanation": WRONG}, {"prompt": "foo", "response": "explanation"}),
    ({"subject": SAID, "body": ASKED, "reply": WRONG}, {"prompt": "body", "response": "reply"}),
    ({"subject": SAID, "body": ASKED}, None),
    ({"question": ASKED, "passage": SAID, "bar": WRONG}, {"prompt": "question", "query": "passage", "response": "bar"}),
    ({"question": ASKED, "ergebnis": SAID, "begründung": WRONG, "sachverhalt": SAID},
     {"prompt": "question", "query": "sachverhalt", "response": "ergebnis", "reasoning": "begründung"}),
    ({"question": ASKED, "result": SAID, "reasoning": WRONG, "facts": SAID},
     {"prompt": "question", "query": "facts", "response": "result", "reasoning": "reasoning"}),
    ({"question": ASKED, "result": "good", "reasoning": WRONG}, {"prompt": "question", "response": "reasoning",
     "label": "result"}),
    ({"question": ASKED, "rationale": WRONG, "prediction": SAID, "is_correct": ("yes", "no", "yes", "yes")},
     {"prompt": "question", "response": "prediction", "reasoning": "rationale", "label": "is_correct"}),
    ({"question": ASKED, "rationale": WRONG, "prediction": SAID}, {"prompt": "question", "response": "rationale"}),
    ({"Aufgabe": ASKED, "Rechenweg": WRONG, "Ergebnis": SAID, "Bewertung": ("richtig", "falsch", "richtig", "richtig")},
     {"prompt": "Aufgabe", "response": "Ergebnis", "reasoning": "Rechenweg", "label": "Bewertung"}),
    ({"create_table": "CREATE TABLE pets (name TEXT)", "question_en": ASKED, "sql_query": SAID},
     {"prompt": "question_en", "response": "sql_query"}),
    ({"foo": ASKED, "bar": SAID, "status": "closed"}, PAIR), ({"foo": ASKED, "bar": SAID, "order_status": "bad"}, PAIR),
    ({"foo": ASKED, "bar": SAID, "status": ("good", "bad", "good", "bad")}, {**PAIR, "label": "status"}),
    ({"foo": lambda n: {"q": ASKED[n], "a": SAID[n]}}, {"prompt": "foo.q", "response": "foo.a"}),
    ({"foo": {"a": {"b": {"c": {"d": {"e": "x"}}}}}, "q": ASKED, "z": SAID}, {"prompt": "q", "response": "z"}),
    ({"foo": ASKED, "label": COUNTED}, None),
    ({"foo": ASKED, "label": ("1", "2", "2", "1")}, {**PAIR, "response": "label"}),
    ({"foo": ASKED, "remedy": COUNTED}, None), ({"foo": ASKED, "remedy": ("5", "6", "7", "8")}, None),
    ({"foo": ASKED, "remedy": ("5", "6", "7", "9")}, {**PAIR, "response": "remedy"}),
    ({"foo": ASKED, "x_answer": COUNTED}, {**PAIR, "response": "x_answer"}),
    ({"foo": ASKED, "spans": lambda n: [[n, 4, "N"]]}, None),
    ({"foo": ASKED, "bar": SAID, "misconception": WRONG}, None),
    ({"foo": TOLD, "name": SAID}, None), ({"question": TOLD, "name": SAID}, None),
    ({"name": SAID, "advice": WRONG}, None),
    ({"name": SAID, "foo": TOLD, "advice": WRONG}, {"prompt": "foo", "response": "advice"}),
    ({"name": ASKED, "foo": TOLD, "advice": WRONG}, {"prompt": "name", "response": "foo"}),
    ({"foo": TOLD, "category": SAID}, None),
    ({"foo": TOLD, "category": few, "advice": WRONG}, {**PAIR, "response": "advice"}),
    ({"foo": TOLD, "category": few}, {"prompt": "Which is it: v0, v1?\\n\\n{foo}", "response": "category"}),
    ({"foo": TOLD, "label": few, "advice": WRONG}, {**PAIR, "response": "advice"}),
    ({"foo": TOLD, "bar": ANIMALS, "zork": WRONG, "complaint": SAID}, {"prompt": "complaint", "response": "foo"}),
    ({"question": ASKED, "bar": ANIMALS, "zork": TOLD}, {"prompt": "question", "response": "zork"}),
    ({"question": ASKED, "code": ANIMALS, "zork": TOLD}, {"prompt": "question", "response": "code"}),
    ({"foo": TOLD, "bar": ANIMALS}, PAIR), ({"foo": ASKED, "A": SAID, "B": WRONG}, None),
    ({"foo": lambda n: f"{ASKED[n]} A. x B. y", "bar": lambda n: "ABBA"[n]}, PAIR),
    ({"foo": lambda n: f"{ASKED[n]} A. x B. y C. z", "label": lambda n: "ABCA"[n]}, {**PAIR, "response": "label"}),
    ({"foo": ASKED, "cands": lambda n: [{"t": SAID[n], "votes": 1}]},
     {"prompt": "foo", "response": "cands.0.t", "label": "cands.0.votes"}),
    ({"foo": ASKED, "cands": lambda n: [{"t": SAID[n], "votes": 1}, {"t": WRONG[n], "votes": 2}]}, None),
    ({"foo": ASKED, "cands": lambda n: [SAID[n]], "scores": [1]}, {"prompt": "foo", "response": "cands.0"}),
    ({"foo": ASKED, "cands": lambda n: [SAID[n], WRONG[n]], "scores": [1]}, {"prompt": "foo", "response": "cands.0"}),
    ({"foo": ASKED, "cands": lambda n: [SAID[n], WRONG[n]], "zork": [1, 2]}, {"prompt": "foo", "response": "cands.0"}),
    ({"foo": lambda n: [ASKED[n], SAID[n]], "bar": SAID}, {"messages": "foo"}),
    ({"foo": lambda n: [SAID[n], WRONG[n]], "bar": ASKED}, {"prompt": "bar", "response": "foo.0"}),
    ({"sentence_1": ASKED, "sentence_2": SAID}, None), ({"text1": ASKED, "text2": SAID}, None),
    ({"foo_a": ASKED, "foo_b": SAID}, {"prompt": "foo_a", "response": "foo_b"}),
    ({"text_a": TOLD, "text_b": SAID}, None),
    ({"text": TOLD, "text_b": SAID}, {"prompt": "text", "response": "text_b"}),
    ({"text_a": TOLD, "text_b": SAID, "x_answer": WRONG}, {"prompt": "text_a", "response": "x_answer"}),
    ({"text_a": TOLD, "text_b": SAID, "label": few},
     {"prompt": "Which is it: v0, v1?\\n\\n{text_a}\\n{text_b}", "response": "label"}),
    ({"foo": KANA, "bar": TOLD}, None), ({"foo": TOLD, "bar": KANA}, None), ({"foo": KANA[:2] * 2, "bar": KANA}, PAIR),
    ({"foo": TOLD, "x_answer": KANA}, {"prompt": "foo", "response": "x_answer"}),
    ({"foo": (*ASKED[:1] * 3, ASKED[1]), "bar": SAID}, PAIR), ({"foo": ASKED[:1] * 4, "bar": SAID}, None),
    ({"foo": SAID, "bar": WRONG, "zork": ASKED}, {"prompt": "zork", "response": "foo"}),
    ({"complaint": SAID, "advice": WRONG, "zork": ASKED}, {"prompt": "zork", "response": "advice"}),
    ({"foo": ASKED, "bar": lambda n: f"<b>{ASKED[n]}</b> {SAID[n]}"}, None),
    ({"foo": ASKED, "bar": lambda n: f"{ASKED[n] if n < 2 else ''}{SAID[n]}"}, PAIR),
    ({"foo": ASKED, "bar": lambda n: f"{ASKED[n] if n < 3 else ''}{SAID[n]}"}, None),
    ({"foo": ASKED, "bar": ("Why?", "Who?", "no", "so")}, None),
    ({"foo": ASKED, "bar": ("Why?", "no", "oh", "so")}, PAIR),
    ({"foo": ASKED, "bar": "x", "zork": SAID}, {"prompt": "foo", "response": "zork"}),
    ({"foo": numbered, "advice": SAID, "bar": WRONG, "remedy": TOLD}, {"prompt": "bar", "response": "remedy"}),
    ({"description": numbered, "bar": WRONG, "content": SAID, "advice": TOLD}, {"prompt": "content",
     "response": "advice"}),
    ({"description": numbered, "bar": WRONG, "complaint": SAID, "advice": TOLD}, {"prompt": "complaint",
     "response": "advice"}),
    ({"foo": numbered, "question": ASKED, "x_grounds": TOLD, "bar": WRONG},
     {"prompt": "question", "response": "bar", "reasoning": "x_grounds"}),
    ({"foo": numbered, "question": ASKED, "bar": WRONG, "zork": TOLD}, {"prompt": "question", "response": "zork"}),
    ({"foo": numbered, "zork": TOLD, "bar": WRONG, "advice": SAID}, {"prompt": "zork", "response": "advice"}),
    ({"foo": few, "bar": SAID, "advice": WRONG}, {"prompt": "bar", "response": "advice"}),
    ({"foo": ASKED, "zork": numbered, "feedback": SAID}, None),
    ({"foo": ASKED, "zork": numbered, "answer_date": SAID}, None),
    ({"foo": SAID, "zork": numbered, "category": ASKED, "advice": WRONG}, {"prompt": "category", "response": "advice"}),
    ({"foo": ASKED, "bar": ("NASA", "FIFA", "UNESCO", "WHO")}, PAIR),
    ({"foo": ASKED, "bar": ("NOT_MET", "MET_ONCE", "DONE", "OPEN")}, None),
    ({"foo": ASKED, "hint": SAID}, None), ({"foo": ASKED, "question_body": SAID}, None),
    ({"foo": ASKED, "intent": few}, None),
    ({"foo": ASKED, "correct_feedback": SAID}, None),
    ({"foo": ASKED, "bar": lambda n: {"author": SAID[n], "at": "x"}}, None),
    ({"foo": ASKED, "labels": SAID, "issue_id": numbered}, None),
    ({"foo": ASKED, "labels": SAID}, {**PAIR, "response": "labels"}),
    ({"foo": ASKED, "evidence": SAID}, {**PAIR, "response": "evidence"}), ({"question": ASKED, "evidence": SAID}, None),
    ({"foo": ASKED, "resps": SAID}, None),
    ({"foo": ASKED, "resps": SAID, "is_correct": ("yes", "no", "yes", "no")},
     {"prompt": "foo", "response": "resps", "label": "is_correct"}),
    ({"foo": ASKED, "draft": SAID, "points": (3, 1, 2, 3)}, None),
    ({"foo": ASKED, "essay": SAID}, {**PAIR, "response": "essay"}),
    ({"foo": ASKED, "draft": SAID, "points": (3, 1, 2, 3), "bar": WRONG}, None),
    ({"foo": ASKED, "draft": SAID, "points": (3, 1, 2, 3), "x_answer": WRONG}, {"prompt": "foo",
     "response": "x_answer"}),
    ({"foo": ASKED, "bar": SAID, "teacher_comment": WRONG}, None),
    ({"foo": ASKED, "bar": SAID, "student_answer": WRONG}, None),
    ({"foo": ASKED, "x_answer": SAID, "teacher_comment": WRONG}, {"prompt": "foo", "response": "x_answer"}),
    ({"foo": ASKED, "x_answer": SAID, "student_answer": WRONG}, {"prompt": "foo", "response": "x_answer"}),
    ({"foo": ASKED, "bar": SAID, "the_right_answer": WRONG}, {"prompt": "foo", "response": "the_right_answer"}),
    ({"foo": ASKED, "bar": SAID, "bar_checked": ("yes", "no", "?", "yes")}, {**PAIR, "label": "bar_checked"}),
    ({"foo": ASKED, "bar": (CANNED, f"Dear. {CANNED}") * 2, "zork": few}, PAIR),
    ({"foo": ASKED, "bar": ("yo", "no") * 2, "zork": few}, None),
]  # fmt: skip


@pytest.mark.parametrize(("columns", "expected"), SHAPES)
def test_what_is_proposed_for_a_shape_is_what_it_teaches(
    columns: dict[str, Any], expected: dict[str, str] | None
) -> None:
    assert proposed(columns) == expected


@pytest.mark.parametrize(
    ("name", "said", "alike"),
    [
        ("Why?", ["Who?", "How?"], True), ("Why?", ["Who?", "No."], True), ("Why?", ["No.", "So.", "Who?"], False),
        ("a b c", ["d e f"], True),
        ("a b c d", ["a b c d e"], True), ("a b", ["a b c"], False), ("7", ["8"], True), ("7", ["x"], False),
        ("x", ["a\nb"], False),
        ("a\nb", ["c\nd"], True), ("x", ["", ""], False), ("x", [], False), ("x", ["y", ""], True),
    ],
)  # fmt: skip
def test_a_name_looks_like_the_texts_below_it(name: str, said: list[str], alike: bool) -> None:
    assert proposals.looks_like(name, said) is alike


def test_names_that_are_a_row_themselves_are_left_to_the_rows() -> None:
    lower = [
        {"why is it so": asked.lower(), "it is cold": said.lower()} for asked, said in zip(ASKED, SAID, strict=True)
    ]
    where = proposals.without_header(lower)
    assert where is not None and (where.prompt, where.response) == ("column1", "column2")
    assert proposals.without_header([{"1": asked, "2": said} for asked, said in zip(ASKED, SAID, strict=True)]) is None
    upper = [{"a Question": asked, "an Answer": said} for asked, said in zip(ASKED, SAID, strict=True)]
    assert proposals.without_header(upper) is None


@pytest.mark.parametrize(
    ("place", "names", "is_part"),
    [("steps.0", (), True), ("a.step_1.text", (), True), ("article", (), True), ("articles", (), False),
    ("a1", ("a1", "a2", "a3"), True),
     ("a1", ("a1", "a2"), False), ("a", ("a1", "a2", "a3"), False)],
)  # fmt: skip
def test_the_first_of_several_steps_or_columns_is_a_part(place: str, names: tuple[str, ...], is_part: bool) -> None:
    assert completed.is_part(place, names) is is_part


@pytest.mark.parametrize(
    ("place", "figure", "machine"),
    [("rating", True, False), ("x.user_score", True, False), ("scored", False, False), ("評価", True, False),
    ("mt", False, True), ("x.nmt", False, True), ("機械翻訳", False, True)],
)  # fmt: skip
def test_a_place_grades_or_is_a_machines(place: str, figure: bool, machine: bool) -> None:
    assert (completed.is_figure(place), completed.is_of_machine(place)) == (figure, machine)
    assert completed.is_rating(place, {"a": [], place: []}) is False
    assert completed.is_rating(place, {"a": [], "b": [], place: []}) is figure


@pytest.mark.parametrize(
    ("prompt", "response", "itself"),
    [("title", "body", True), ("{title} {body}", "selftext", True), ("{x} {title}", "body", True),
    ("x", "body", False), ("title", "text", False),
     ("title", "answer_body", False)],
)  # fmt: skip
def test_a_title_asks_for_no_body_of_its_own(prompt: str, response: str, itself: bool) -> None:
    assert completed.asks_itself(Columns(prompt=prompt, response=response)) is itself


@pytest.mark.parametrize(
    ("reasoning", "response", "is_one"),
    [("x", "Ergebnis", True), ("x", "結論", True), (None, "Ergebnis", False), ("x", "answer", False)],
)
def test_a_result_is_one_beside_its_reasons(reasoning: str | None, response: str, is_one: bool) -> None:
    assert reasons_beside.is_one(Columns(prompt="q", response=response, reasoning=reasoning)) is is_one


OPTIONS = ("hen", "dog", "cow")


def quiz(**columns: Any) -> dict[str, str] | None:
    count = min(len(values) for values in (*columns.values(), ASKED) if isinstance(values, tuple))
    where = choice_shapes.mapping(rows(columns, count))
    return None if where is None else {role: name for role, name in where.model_dump().items() if name is not None}


LISTED = {"prompt": "q", "choices": "wahl", "answer": "x"}
SPREAD = {"prompt": "q", "choices": "w_1, w_2, w_3", "answer": "x"}
NUMBERED = [{"aid": number, "atext": text} for number, text in enumerate(OPTIONS, 1)]
COLUMNS = {"w_1": "hen", "w_2": "dog", "w_3": "cow"}


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"q": ASKED, "wahl": list(OPTIONS), "x": ("A", "B", "C", "A")}, LISTED),
        ({"q": ASKED, "wahl": "hen | dog | cow", "x": ("A", "B", "C", "A")}, LISTED),
        ({"q": ASKED, "wahl": list(OPTIONS), "x": ("hen", "dog", "B", "B")}, LISTED),
        ({"q": ASKED, "wahl": list(OPTIONS), "x": "A"}, None),
        ({"q": ASKED, "wahl": list(OPTIONS[:2]), "x": ("A", "B", "A", "B")}, None),
        ({"q": ASKED, "wahl": ["hen"] * 3, "x": ("A", "B", "A", "B")}, None),
        ({"q": ASKED, "wahl": list(OPTIONS), "x": ("A", "B", "C", "z")}, None),
        ({"q": ASKED, "wahl": list(OPTIONS), "x": (["A", "B"], "B", "C", "A")}, LISTED),
        ({"q": ASKED, "wahl": [{"key": "A", "text": "hen"}, {"key": "B", "text": "dog"}, {"key": "C", "text": "cow"}],
         "x": ("A", "B", "C", "A")}, LISTED),
        ({"q": ASKED, "wahl": [{"text": "hen"}, {"key": "B", "text": "dog"}, {"key": "C", "text": "cow"}], "x": ("B",
         "B", "C", "B")}, None),
        ({"q": ASKED, **COLUMNS, "x": ("1", "2", "3", "1")}, SPREAD),
        ({"q": ASKED, **COLUMNS, "x": ("hen", "dog", "cow", "cow")}, SPREAD),
        ({"q": ASKED, **COLUMNS, "x": ("1", "2", "3", "4")}, None),
        ({"wahl": list(OPTIONS), "x": ("A", "B", "C", "A")}, None),
        ({"q": ASKED, "w_1": "hen", "w_2": "dog", "w_4": "cow", "x": ("1", "2", "1", "1")}, None),
        ({"foo": WRONG, "bar": ASKED, **COLUMNS, "x": ("1", "2", "3", "1")}, {**SPREAD, "prompt": "bar"}),
        ({"foo": SAID, "frage": WRONG, **COLUMNS, "x": ("1", "2", "3", "1")}, {**SPREAD, "prompt": "frage"}),
        ({"q": ASKED, "explanation": SAID, **COLUMNS, "x": ("1", "2", "3", "1")}, {**SPREAD,
         "reasoning": "explanation"}),
        ({"explanation": SAID, **COLUMNS, "x": ("1", "2", "3", "1")}, {**SPREAD, "prompt": "explanation"}),
        ({"q": (*ASKED[:2], "", ""), **COLUMNS, "x": ("1", "2", "3", "1")}, SPREAD),
        ({"q": (ASKED[0], "", "", ""), **COLUMNS, "x": ("1", "2", "3", "1")}, None),
        ({"q": ASKED, "wahl": dict(zip("ABC", OPTIONS, strict=True)), "x": (["A"], ["B", "C"], "C", "A")}, LISTED),
        ({"q": ASKED, "wahl": dict(zip("xyz", OPTIONS, strict=True)), "x": ("x", "y", "z", "x")}, None),
        ({"q": ASKED, "wahl": NUMBERED, "x": (3, 1, 2, 1)}, LISTED),
        ({"q": ASKED, "wahl": NUMBERED, "x": (0, 1, 2, 1)}, None),
        ({"q": ASKED, "wahl_score": ({"hen": 1, "dog": 0}, {"hen": 0, "dog": 1}, {"hen": 1, "dog": 0}, {"hen": 0,
         "dog": 1})}, {"prompt": "q", "choices": "wahl_score", "answer": "wahl_score"}),
        ({"q": ASKED, "flags": {"long": 1, "rude": 0}}, None),
        ({"q": ASKED, "scores": {"long": 1, "rude": 1, "odd": 0}}, None),
        ({"q": ASKED, "w_0": "hen", "w_1": "dog", "w_2": "cow", "x": ("0", "2", "1", "1")}, {**SPREAD,
         "choices": "w_0, w_1, w_2"}),
        ({"q": ASKED, "w_0": "7", "w_1": "8.5", "w_2": "9", "x": ("0", "2", "1", "1")}, None),
        ({"No": ("1", "2", "3"), "q": ASKED, **COLUMNS, "Key": ("2", "3", "1")}, {**SPREAD, "answer": "Key"}),
        ({"#": ("1", "2", "3"), "q": ASKED, **COLUMNS}, None), ({"n": (1, 2, 3), "q": ASKED, **COLUMNS}, None),
        ({"q": ASKED, **COLUMNS, "Punkte": ("1", "2", "1", "3")}, None),
        ({"q": ASKED, **COLUMNS, "type": ("1", "2", "1", "3"), "x": ("1", "2", "3", "1")}, SPREAD),
        ({"category": ("a long name of a class", "another", "a third", "x"), "q": ASKED, **COLUMNS,
         "x": ("1", "2", "3", "1")}, SPREAD),
        ({"remark": "It is longer than what is asked, all of it.", "q": ASKED, **COLUMNS, "x": ("1", "2", "3", "1")},
         SPREAD),
    ],
)  # fmt: skip
def test_a_quiz_is_told_by_its_shape(columns: dict[str, Any], expected: dict[str, str] | None) -> None:
    assert quiz(**columns) == expected


def test_a_quiz_is_told_by_three_rows_of_which_four_in_five_name_an_option() -> None:
    five = [{"q": ASKED[0], **COLUMNS, "x": right} for right in ("1", "3", "2", "1", "z")]
    assert choice_shapes.mapping(five) is not None and choice_shapes.mapping(five[:2]) is None
    assert choice_shapes.mapping(five[:3]) is not None and choice_shapes.mapping(five[1:]) is None
    numbered = [{"q": ASKED[0], "wahl": NUMBERED, "x": right} for right in (1, 3, 2, 1, 0)]
    assert choice_shapes.mapping(numbered) is None is not choice_shapes.mapping(numbered[:4])


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"cands": ["hen", "dog"], "x": "A"}, True), ({"cands": ["hen"], "x": "A"}, False),
        ({"cands": [{"no": 1, "is": "hen"}, {"no": 2, "is": "dog"}], "x": 2}, True),
        ({"cands": "hen", "x": "A"}, False),
        ({"cands": ["hen", 3], "x": "A"}, False),
        ({"cands": ["hen", "dog"], "x": "z"}, False), ({"cands": ["hen", "dog"], "y": ["A", "B"]}, True),
    ],
)  # fmt: skip
def test_options_in_a_list_are_told_apart_by_another_column(row: dict[str, Any], told: bool) -> None:
    other = {**row, "x": {"A": "B", 2: 1}.get(row.get("x", ""), "q")} if "x" in row else row
    for place in ("cands", "cands.0"):
        assert choice_shapes.are_told_apart(place, [row, other, row]) is told


def test_places_are_columns_and_ways_into_objects_as_deep_as_four() -> None:
    row = {"a": "x", "b": {"c": {"d": {"e": {"f": {"g": "x"}}}}}, "l": ["x", "y"], "o": '[{"t": "x"}]', "n": None}
    assert nearest_mapping.places_of({**row, "": "x"}) == ["a", "b.c.d.e.f", "l.0", "o.0.t", "n"]
    said = {"role": "user", "content": "x"}
    row = {"m": said, "i": {"m": said}, "l": [said], "s": [{"from": "x"}], "e": [], "o": {"l": [said]}, "x": [[said]]}
    assert nearest_mapping.places_of(row) == ["m", "i.m", "l", "s", "e", "o.l", "x.0"]


PAIRS = [("The house is big.", "Das Haus ist groß."), ("I like tea.", "Ich mag Tee."), ("It rains.", "Es regnet."),
         ("Where is it?", "Wo ist es?")]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "target", "asked"),
    [
        ("text_en", "text_de", "Translate into German:"), ("en_text", "de_text", "Translate into German:"),
        ("english_sentence", "german_sentence", "Translate into German:"),
        ("sentence_en", "sentence_ja", "Translate into Japanese:"),
        ("source_en", "target_de", "Translate into German:"), ("src_text", "tgt_text", "Translate into German:"),
        ("src", "tgt", "Translate into German:"), ("Quelle", "Ziel", "Translate into German:"),
        ("source", "target", "Translate into German:"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("turned", [False, True])
def test_two_languages_are_proposed_with_a_line_that_says_into_which(
    source: str, target: str, asked: str, turned: bool
) -> None:
    names_target = target.startswith(("target", "tgt", "Ziel"))
    rows = [
        {target: said, source: text} if turned and names_target else {source: text, target: said}
        for text, said in PAIRS
    ]
    where = proposals.propose(rows)
    assert where is not None
    assert (where.prompt, where.response) == (f"{asked}\\n\\n{{{source}}}", target)
