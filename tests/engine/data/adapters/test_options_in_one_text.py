"""Options in one text, with marks or separators, are options like those of a list."""

from __future__ import annotations

import pytest

from so8t_engine.config.run_config import Columns, Dataset
from so8t_engine.data import admission, drop_reasons
from so8t_engine.data.adapters.answers.options import in_one_text
from so8t_engine.data.adapters.parsed_row import ParsedRow, Skip

Q = "Which animal lays eggs?"
NAMED = Columns(prompt="question", choices="options", answer="answer")
HEN = f"{Q}\nA. dog\nB. hen\nC. cow"


def read(row: dict[str, object], columns: Columns | None = None) -> ParsedRow:
    return admission.parsed(Dataset(name="d", source="local", path="x", columns=columns), row, {})


@pytest.mark.parametrize(
    ("options", "right"),
    [
        ("①dog ②hen ③cow", "②"), ("①dog②hen③cow", "2"), ("A. dog | B. hen | C. cow", "B"),
        ("A) dog B) hen C) cow", "b"),
        ("a: dog, b: hen, c: cow", "B"), ("(A) dog\n(B) hen\n(C) cow", "hen"), ("1. dog\n2. hen\n3. cow", "2"),
        ("1）dog　2）hen　3）cow", "2"), ("ア．dog イ．hen ウ．cow", "イ"), ("dog\nhen\ncow", "B"),
        ("dog | hen | cow", "hen"), ("dog、hen、cow", "hen"), ("dog;hen;cow", "B"), ("dog/hen/cow", "hen"),
        ("dog, hen, cow", "hen"),
    ],
)  # fmt: skip
def test_options_in_one_text_are_told_apart(options: str, right: str) -> None:
    for columns in (None, NAMED):
        row = read({"question": Q, "options": options, "answer": right}, columns)
        assert (row.prompt, row.response, row.answer) == (HEN, "B. hen", "B")


def test_a_column_of_japanese_options_is_read_and_one_that_the_user_names() -> None:
    row = {"問題": Q, "選択肢": "①dog ②hen ③cow", "答え": "②"}
    named = Columns(prompt="問題", choices="選択肢", answer="答え")

    assert read(row).response == read(row, named).response == "B. hen"


def test_what_an_option_says_itself_is_no_mark() -> None:
    assert in_one_text("A. vitamin A: carrots B. lemons") == (["vitamin A: carrots", "lemons"], ["A", "B"])
    assert in_one_text("1. 1.5 m 2. 2.5 m") == (["1.5 m", "2.5 m"], ["1", "2"])
    assert in_one_text("the first") == in_one_text("Yes, it is.") == ([], [])


def test_a_text_beside_an_answer_that_is_none_of_it_is_no_list_of_options() -> None:
    assert read({"question": Q, "choice": "the first, by far", "answer": "A hen."}).response == "A hen."
    with pytest.raises(Skip) as left_out:
        read(
            {"question": Q, "options": "dog", "answer": "B"},
            Columns(prompt="question", choices="options", answer="answer"),
        )
    assert left_out.value.reason == drop_reasons.OTHER_OPTIONS
    several = read({"question": Q, "options": "A. dog B. hen C. duck", "answer": "B, C"})
    assert several.response == "B. hen\nC. duck"
