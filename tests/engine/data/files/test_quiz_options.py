"""The options that a question ends with: by which marks they are told, behind each other or a line each."""

from __future__ import annotations

import pytest

from so8t_engine.data.files import quiz_options


@pytest.mark.parametrize("between", [" ", "\n"])
@pytest.mark.parametrize(
    ("first", "second", "in_lines"),
    [("ア ", "イ ", False), ("①", "②", False), ("A. ", "B. ", False), ("a) ", "b) ", False), ("1) ", "2) ", False),
     ("A ", "B ", True), ("a ", "b ", True), ("1 ", "2 ", True)],
)  # fmt: skip
def test_marks_that_nothing_closes_begin_a_line(between: str, first: str, second: str, in_lines: bool) -> None:
    found = quiz_options.found(f"Which?{between}{first}hen{between}{second}owl")
    texts = [] if in_lines and between == " " else [{first[:1]: "hen", second[:1]: "owl"}]
    assert [options.texts for options in found] == texts
    assert all(options.asked == "Which?" and not options.starred for options in found)


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        ("Which?\nA. hen", []), ("Which?\nA. hen\nC. owl", []), ("Which?\nB. hen\nC. owl", []),
        ("Which?\nA. hen\nB. \nC. owl", []), ("Which?\n1.5 hen\n2.5 owl", []),
        ("A. hen\nB. owl\nWhich?\nA. cat\nB. dog", [{"A": "cat", "B": "dog"}]),
        ("Which?\nA. hen\nB. owl\n\nThat is all.", [{"A": "hen", "B": "owl"}]),
        ("Which of A. and B.?\nA. hen\nB. owl", [{"A": "hen", "B": "owl"}]),
        ("Which?\nA. 1) x 2) y\nB. owl", [{"A": "1) x 2) y", "B": "owl"}, {"1": "x", "2": "y\nB. owl"}]),
    ],
)  # fmt: skip
def test_options_follow_each_other_from_the_first_mark_on(text: str, texts: list[dict[str, str]]) -> None:
    assert [options.texts for options in quiz_options.found(text)] == texts


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("B", ("B", "")), ("b.", ("B", "")), ("（Ｂ）", ("B", "")), ("owl", ("B", "")), ("「owl。」", ("B", "")),
        ("B. owl", ("B", "")), ("B) as it hoots", ("B", "as it hoots")), ("B as it hoots", ("B", "as it hoots")),
        ("A, B", ("A,B", "")), ("A and B", ("A,B", "")), ("AとB", ("A,B", "")), ("A, D", None), ("D", None),
        ("cat", None), ("Because", None), ("A. x\nB. y", None), ("", None), ("2", None),
    ],
)  # fmt: skip
def test_an_answer_names_options_by_their_marks_or_one_by_its_text(said: str, named: tuple[str, str] | None) -> None:
    assert quiz_options.right(said, {"A": "hen", "B": "owl", "C": "emu"}) == named


def test_a_mark_is_known_in_a_circle_or_in_the_other_case_where_it_is_one_alone() -> None:
    assert quiz_options.right("2", {"①": "hen", "②": "owl"}) == ("②", "")
    assert quiz_options.right("②", {"1": "hen", "2": "owl"}) == ("2", "")
    assert quiz_options.right("A", {"a": "hen", "b": "owl"}) == ("a", "")
    assert quiz_options.right("hen", {"A": "hen", "B": "hen"}) is None
    assert quiz_options.columns({"①": "hen", "②": "owl"}) == {"option1": "hen", "option2": "owl"}
    assert quiz_options.columns({"1": "hen"}) == {"option1": "hen"} and quiz_options.columns({"a": "x"}) == {"A": "x"}
    assert quiz_options.is_mark("(B)") and not quiz_options.is_mark("owl") and not quiz_options.is_mark("AB")


@pytest.mark.parametrize(
    ("text", "starred"),
    [("A. hen\n*B. owl", "B"), ("*A. hen\n*B. owl", ""), ("A. hen\nB. owl", ""), ("A. hen\n**B. owl**", "")],
)
def test_a_star_marks_the_right_one_where_it_is_one(text: str, starred: str) -> None:
    assert [options.starred for options in quiz_options.found(f"Which?\n{text}")] == [starred]
