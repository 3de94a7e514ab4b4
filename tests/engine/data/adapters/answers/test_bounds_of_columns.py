"""What the functions about columns say at their bounds, and of values that seldom come."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.answers import (
    counting,
    gold_beside,
    paragraphs,
    words_for_none,
)

EIGHTS = ["y" * 23 + ". The total is 8."] * 2  # 40 characters each
CASES: list[tuple[Callable[..., Any], tuple[Any, ...], object]] = [
    (
        counting.told_elsewhere,
        ([{"a": "1", "o": ["hen", "dog"], "why": "The answer is B."}], Columns(prompt="q", answer="a", choices="o")),
        0,
    ),
    (
        counting.told_elsewhere,
        ([{"a": "1", "o": ["hen", "dog"], "why": "The answer is A."}], Columns(prompt="q", answer="a", choices="o")),
        1,
    ),
    (
        counting.told_elsewhere,
        ([{"a": "1", "o": ["hen", "dog"], "why": "hen"}], Columns(prompt="q", answer="a", choices="o")),
        1,
    ),
    (
        counting.told_elsewhere,
        ([{"a": "1", "o": ["hen", "dog"], "why": "The answer is ケ."}], Columns(prompt="q", answer="a", choices="o")),
        None,
    ),
    (counting.told_elsewhere, ([{"a": "1", "o": ["hen", "dog"]}], Columns(prompt="q", answer="a", choices="o")), None),
    (gold_beside.may_tell, (("prompt", "response"),), False),
    (gold_beside.may_tell, (("prompt", "answers", "gold"),), True),
    (gold_beside.may_tell, (("gold", "prompt"),), False),
    (gold_beside.may_tell, (("prompt", "attempts"),), False),
    (
        gold_beside.of_list,
        ({"q": "Who?", "answers": EIGHTS, "gold": "2"}, Columns(prompt="q", response="x")),
        None,
    ),
    (
        gold_beside.of_list,
        ({"q": "Who?", "answers": ["y" + EIGHTS[0], EIGHTS[1]], "gold": "2"}, Columns(prompt="q", response="x")),
        Columns(prompt="q", response="answers", answer="gold"),
    ),
    (gold_beside.place, ({"solution": "So it goes.", "a": "b"}, Columns(prompt="q", response="a")), None),
    (gold_beside.place, ({"solution": "", "a": "b"}, Columns(prompt="q", response="a")), None),
    (gold_beside.place, ({"solution": "12", "a": "b"}, Columns(prompt="q", response="a")), "solution"),
    (gold_beside.place, ({"solution": "12", "a": "b"}, Columns(prompt="q", response="solution")), None),
    (gold_beside.place, ({"solution": "12", "a": "b"}, Columns(prompt="q", response="a", reasoning="solution")), None),
    (
        gold_beside.place,
        ({"reward_model": {"ground_truth": "12"}}, Columns(prompt="q", response="a")),
        "reward_model.ground_truth",
    ),
    (gold_beside.place, ({"reward_model": {"ground_truth": ""}}, Columns(prompt="q", response="a")), None),
    (
        gold_beside.of_list,
        (
            {"q": "Who?", "answers": ["The total is 8.", "The total is 7."], "gold": "7"},
            Columns(prompt="q", response="x"),
        ),
        Columns(prompt="q", response="answers", answer="gold"),
    ),
    (
        gold_beside.of_list,
        (
            {"q": "Who?", "answers": ["The total is 8.", "The total is 7."], "gold": "7"},
            Columns(prompt="q", response="said"),
        ),
        Columns(prompt="q", response="answers", answer="gold"),
    ),
    (
        gold_beside.of_list,
        (
            {"q": "Who?", "answers": ["The total is 8.", "The total is 7."], "gold": "7", "said": "x"},
            Columns(prompt="q", response="said"),
        ),
        None,
    ),
    (
        gold_beside.of_list,
        ({"q": "Who?", "answers": ["The total is 8."], "gold": "7"}, Columns(prompt="q", response="x")),
        None,
    ),
    (
        gold_beside.of_list,
        (
            {"q": "Who?", "answers": ["The total is 8.", "The total is 7."], "gold": True},
            Columns(prompt="q", response="x"),
        ),
        None,
    ),
    (
        gold_beside.of_list,
        (
            {"q": "Who?", "answers": ["The total is 8.", "The total is 7."], "gold": ""},
            Columns(prompt="q", response="x"),
        ),
        None,
    ),
    (
        gold_beside.of_list,
        (
            {"q": "Who?", "answers": ["The total is 8.", "The total is 9."], "gold": "2"},
            Columns(prompt="q", response="x"),
        ),
        None,
    ),
    (
        gold_beside.of_list,
        (
            {"q": "Who?", "answers": ["The total is 8.", "The total is 9."], "gold": "3"},
            Columns(prompt="q", response="x"),
        ),
        Columns(prompt="q", response="answers", answer="gold"),
    ),
    (
        gold_beside.of_list,
        (
            {"q": "Who?", "answers": ["The total is 8.", "The total is 9."], "gold": "B"},
            Columns(prompt="q", response="x"),
        ),
        None,
    ),
    (
        gold_beside.of_list,
        (
            {"q": "Who?", "answers": ["The total is 8. " * 4, "The total is 9. " * 4], "gold": "2"},
            Columns(prompt="q", response="x"),
        ),
        Columns(prompt="q", response="answers", answer="gold"),
    ),
    (
        gold_beside.of_list,
        ({"q": "Who?", "answers": ["8", "9"], "gold": "9"}, Columns(prompt="q", response="x")),
        Columns(prompt="q", response="answers", answer="gold"),
    ),
    (
        gold_beside.of_list,
        ({"q": "Who?", "candidates": ["8", "9"], "gold": "9"}, Columns(prompt="q", response="x")),
        None,
    ),
    (gold_beside.of_list, ({"answers": ["8", "9"], "gold": "9"}, Columns(prompt="answers", response="x")), None),
    (
        gold_beside.of_list,
        (
            {"q": "Who?", "answers": ["The total is 8.", "The total is 9."], "gold": ["7"]},
            Columns(prompt="q", response="x"),
        ),
        None,
    ),
    (
        gold_beside.of_list,
        (
            {"q": "Who?", "answers": ["The total is 8.", "The total is 7."], "gold": None},
            Columns(prompt="q", response="x"),
        ),
        None,
    ),
    (
        gold_beside.of_list,
        (
            {"q": "Who?", "answers": ["The total is 8.", "The total is 9."], "gold": "C"},
            Columns(prompt="q", response="x"),
        ),
        None,
    ),
    (
        gold_beside.of_list,
        (
            {"q": "Who?", "answers": ["The total is 8.", "The total is 9."], "gold": "AB"},
            Columns(prompt="q", response="x"),
        ),
        None,
    ),
    (
        gold_beside.of_list,
        (
            {"q": "Who?", "answers": ["The total is A.", "The total is AB."], "gold": "AB"},
            Columns(prompt="q", response="x"),
        ),
        None,
    ),
    (paragraphs.may_be_example, ("document",), True),
    (paragraphs.may_be_example, ("passage_2",), False),
    (paragraphs.may_be_example, ("word",), False),
    (paragraphs.stands_first, ("question", "context"), True),
    (paragraphs.stands_first, ("question", "input"), False),
    (paragraphs.stands_first, ("instruction", "context"), False),
    (paragraphs.stands_first, ("question", "passage_2"), False),
    (paragraphs.is_told_first, ({"body": "x", "question": "y"}, "question", "body"), True),
    (paragraphs.is_told_first, ({"question": "y", "body": "x"}, "question", "body"), False),
    (paragraphs.is_told_first, ({"body": "x"}, "question", "body"), False),
    (paragraphs.is_told_first, ({"question": "y"}, "question", "body"), False),
    (paragraphs.is_told_first, ({"question": "y", "context": "x"}, "question", "context"), True),
    (paragraphs.is_told_first, ({"body": "x", "instruction": "y"}, "instruction", "body"), False),
    (paragraphs.text_of, ({"表": 1}, "db_schema"), '{\n "表": 1\n}'),
    (paragraphs.text_of, ({"text": "x", "type": "image_url"},), None),
    (paragraphs.text_of, ({"text": "x", "type": "text"},), "x"),
    (paragraphs.put_in, (["a", "b"],), None),
    (paragraphs.put_in, (["a", {"b": 1}],), '["a", {"b": 1}]'),
    (paragraphs.put_in, ([["a"]],), '[["a"]]'),
    (paragraphs.put_in, ([],), None),
    (paragraphs.put_in, ("a",), None),
    (paragraphs.put_in, ({"text": "x"},), "x"),
    (paragraphs.put_in, ({"text": ["x"]},), None),
    (paragraphs.put_in, ({"text": ""},), '{"text": ""}'),
    (paragraphs.put_in, ({"text": "x", "n": 1},), '{"text": "x", "n": 1}'),
    (paragraphs.put_in, ({"名前": "犬"},), '{"名前": "犬"}'),
    (paragraphs.put_in, ([{"type": "text", "text": "x"}, {"type": "image"}],), None),
    (paragraphs.put_in, ({"a": [1, 2], "b": [3, 4]},), "| a | b |\n| --- | --- |\n| 1 | 3 |\n| 2 | 4 |"),
    (words_for_none.is_asked_for, ("What is the word for it?", "y" * 24), True),
    (words_for_none.is_asked_for, ("What is the word for it?", "y" * 25), False),
    (paragraphs.text_of, ({"a": 1}, "db_schema"), '{\n "a": 1\n}'),
    (paragraphs.text_of, ({"a": 1}, "notes"), None),
    (paragraphs.text_of, ({"a": 1},), None),
    (paragraphs.text_of, ({"title": ["T"], "sentences": [["a.", "b."]]},), "T: a. b."),
    (paragraphs.text_of, ({"title": ["T", "U"], "sentences": [["a.", "b."]]},), None),
    (paragraphs.text_of, ([{"type": "image", "text": "x"}],), "| type | text |\n| --- | --- |\n| image | x |"),
    (paragraphs.put_in, ({"type": "image", "text": "x"},), None),
    (paragraphs.put_in, ({"type": "of a kind", "n": 2},), '{"type": "of a kind", "n": 2}'),
    (paragraphs.text_of, ([{"node": {"text": "x"}}],), "x"),
    (paragraphs.asks, ("question",), True),
    (paragraphs.asks, ("label",), False),
    (paragraphs.is_one, ("word", "case"), False),
    (paragraphs.is_one, ("He went to the bank and lost.", "case"), True),
    (paragraphs.is_one, (["a"], "case"), False),
    (paragraphs.is_one, ("report.pdf", "document"), False),
    (paragraphs.is_one, ("It is red.", "document"), True),
    (paragraphs.is_one, (None, "document"), True),
    (paragraphs.is_one, ("", "document"), True),
    (paragraphs.is_one, (["report.pdf"], "document"), False),
    (paragraphs.is_one, (["report.pdf", "It is red."], "document"), True),
    (paragraphs.is_one, ([], "document"), True),
    (paragraphs.is_one, ({"a": 1}, "document"), False),
    (words_for_none.is_asked_for, ("What is the word for no?", "<nooutput>"), False),
    (words_for_none.is_asked_for, ("What is the word for no?", "nil"), True),
    (words_for_none.is_asked_for, ("What is it?", "nil"), False),
    (words_for_none.is_asked_for, ("What does Lua give?", "nil"), True),
    (
        words_for_none.look,
        ([{"q": "nan"}, {"q": "nil"}, {"q": "-"}, {"q": "-"}], Columns(prompt="q", response="x")),
        {"one row asks: nan": ("", "")},
    ),
    (
        words_for_none.look,
        (
            [{"i": "none"}] * 2 + [{"i": "-"}] * 3 + [{"i": 7}, {"i": "noinput"}],
            Columns(prompt="q", query="i", response="x"),
        ),
        {"few rows give: none": ("", "")},
    ),
    (
        gold_beside.of_list,
        ({"q": "Who?", "answers": ["So it is A.", "So it is C."], "gold": "B"}, Columns(prompt="q", response="x")),
        None,
    ),
    (
        gold_beside.of_list,
        ({"q": "Who?", "answers": ["So it is A.", "So it is C."], "gold": "D"}, Columns(prompt="q", response="x")),
        Columns(prompt="q", response="answers", answer="gold"),
    ),
]


@pytest.mark.parametrize(("function", "given", "value"), CASES)
def test_what_is_said_of_a_column_at_a_bound_and_of_what_seldom_comes(
    function: Callable[..., Any], given: tuple[Any, ...], value: object
) -> None:
    said = function(*given)
    assert (said, type(said)) == (value, type(value))
