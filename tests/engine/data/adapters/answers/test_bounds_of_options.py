"""What the functions about options, thoughts and tables say at their bounds, and of values that seldom come."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from so8t_engine.data.adapters.answers import (
    continued_code,
    left_overs,
    named_options,
    option_thoughts,
    options,
    placeholders,
    right_options,
    short_thoughts,
    tables,
)
from so8t_engine.data.adapters.parsed_row import Skip

CASES: list[tuple[Callable[..., Any], tuple[Any, ...], object]] = [
    (continued_code.whole, ("def f(x):", "    return x"), "def f(x):\n    return x"),
    (continued_code.whole, ("import os", "    return x"), "    return x"),
    (continued_code.whole, ("What does this do?\\ndef f(x):", "    return x"), "    return x"),
    (left_overs.is_none, ("Why?", "red"), False),
    (left_overs.is_none, ("Why?", "none"), True),
    (left_overs.is_none, ("How many?", "none"), False),
    (left_overs.is_none, ("Is it none?", "none"), False),
    (left_overs.is_none, ("Why?", "null"), True),
    (left_overs.is_none, ("nan", "Oma"), False),
    (left_overs.refuse, ("※" + "y" * 31, "So it is."), None),
    (option_thoughts.reasons, ("The dog barks.", ["cat", "dog"], [1], True, True), "The dog barks."),
    (option_thoughts.reasons, ("The cat does not.", ["cat", "dog"], [1], True, True), None),
    (option_thoughts.reasons, ("It is ox.", ["cat", "ox"], [1], True, True), None),
    (option_thoughts.reasons, ("123 it is.", ["cat", "123"], [1], True, True), "123 it is."),
    (option_thoughts.reasons, ("None of them.", ["cat", "dog"], [1], True, True), None),
    (
        option_thoughts.relettered,
        ("正しいのは②です。", {"opts": ["①犬", "②猫"]}, ["opts"], "2", 2),
        "正しいのはBです。",
    ),
    (option_thoughts.relettered, ("正しいのは②です。", {"opts": ["犬", "②猫"]}, ["opts"], "2", 2), "正しいのは②です。"),
    (option_thoughts.relettered, ("正しいのは②です。", {"opts": ["犬", "猫"]}, ["opts"], "②", 2), "正しいのはBです。"),
    (option_thoughts.relettered, ("正しいのは②です。", {"opts": ["犬", "猫"]}, ["opts"], "2", 2), "正しいのは②です。"),
    (
        option_thoughts.relettered,
        ("正しいのはイです。", {"ア": "犬", "イ": "猫"}, ["ア", "イ"], "2", 2),
        "正しいのはBです。",
    ),
    (
        option_thoughts.relettered,
        ("正しいのはイです。", {"a": "犬", "b": "猫"}, ["a", "b"], "イ", 2),
        "正しいのはBです。",
    ),
    (
        option_thoughts.relettered,
        ("正しいのはイです。", {"a": "犬", "b": "猫"}, ["a", "b"], "2", 2),
        "正しいのはイです。",
    ),
    (
        option_thoughts.relettered,
        ("正しいのはエです。", {"ア": "犬", "イ": "猫"}, ["ア", "イ"], "2", 2),
        "正しいのはエです。",
    ),
    (
        option_thoughts.of_answer,
        ("It is a dog, as it barks, so the answer is B.", ["cat", "dog"], [1]),
        "It is a dog, as it barks, so the answer is B.",
    ),
    (option_thoughts.of_answer, ("B. dog: it barks at night.", ["cat", "dog"], [1]), None),
    (
        option_thoughts.of_answer,
        ("B. dog: it barks at night, as every child knows.", ["cat", "dog"], [1]),
        "it barks at night, as every child knows.",
    ),
    (option_thoughts.of_answer, ("B. dog: " + "y" * 32, ["cat", "dog"], [1]), None),
    (option_thoughts.of_answer, ("B. dog: " + "y" * 33, ["cat", "dog"], [1]), "y" * 33),
    (
        option_thoughts.of_answer,
        (
            "B. a dog that is of no known breed at all: " + "y" * 20,
            ["cat", "a dog that is of no known breed at all"],
            [1],
        ),
        "y" * 20,
    ),
    (
        option_thoughts.of_answer,
        (
            "B. a dog that is of no known breed at all: " + "y" * 19,
            ["cat", "a dog that is of no known breed at all"],
            [1],
        ),
        None,
    ),
    (option_thoughts.of_answer, ("A. a cat, as everybody knows who has ever had one.", ["cat", "dog"], [1]), None),
    (
        option_thoughts.relettered,
        ("①と②のうち正しいのは②です。", {"opts": ["犬", "猫"], "more": ["①犬", "②猫"]}, ["opts", "more"], "2", 2),
        "AとBのうち正しいのはBです。",
    ),
    (option_thoughts.reasons, ("It is a cat or a dog.", ["cat", "dog"], [1], True, True), None),
    (option_thoughts.reasons, ("It is a dog or a cat.", ["cat", "dog"], [1], True, True), "It is a dog or a cat."),
    (options.in_one_text, ("A. hen",), ([], [])),
    (options.in_one_text, ("hen|dog",), (["hen", "dog"], [])),
    (options.in_one_text, ("hen|dog|cow",), (["hen", "dog", "cow"], [])),
    (options.in_one_text, ("hen / dog / cow",), (["hen", "dog", "cow"], [])),
    (options.in_one_text, ("hen / dog",), (["hen", "dog"], [])),
    (options.in_one_text, ("hen||dog",), ([], [])),
    (options.in_one_text, ("A",), ([], [])),
    (options.in_one_text, ("|",), ([], [])),
    (placeholders.is_one, ("Why?", "todo: " + "y" * 74), True),
    (placeholders.is_one, ("Why?", "todo: " + "y" * 75), False),
    (placeholders.is_one, ("Why?", "red"), False),
    (placeholders.is_one, ("Why?", "tbd"), True),
    (placeholders.is_one, ("Why?", "lorem ipsum " + "y " * 60), True),
    (placeholders.is_one, ("What is lorem ipsum?", "lorem ipsum " + "y " * 60), False),
    (placeholders.is_one, ("Why?", "y " * 60), False),
    (right_options.parts, ("A,C",), ["A", "C"]),
    (right_options.parts, ("AC",), ["A", "C"]),
    (right_options.find, (["hen", "dog"], ["A", "B"], ["A"], 0, True), (0,)),
    (right_options.find, (["1. a 1. b", "2. c"], [], "a 1. b", 0, True), (0,)),
    (right_options.find, (["dog", "dog", "hen"], [], "1. dog", 0, True), (0,)),
    (right_options.find, (["dog", "dog", "hen"], [], "0. dog", 0, True), (0,)),
    (right_options.find, (["dog", "dog", "hen"], [], "2. dog", 1, True), (1,)),
    (right_options.find, (["hen", "dog", "cow"], [], [0, 2], 0, True), (0, 2)),
    (right_options.find, (["hen", "dog"], ["A", "B"], ["B"], 0, True), (1,)),
    (short_thoughts.found, ([{"r": "red"}] * 4, "r"), {"\x00short thoughts": ("r", "4")}),
    (short_thoughts.found, ([{"r": "red"}] * 3, "r"), {}),
    (short_thoughts.found, ([{"r": "red"}] * 9 + [{"r": "It is red."}], "r"), {"\x00short thoughts": ("r", "10")}),
    (short_thoughts.found, ([{"r": "red"}] * 8 + [{"r": "It is: red."}], "r"), {}),
    (short_thoughts.found, ([{"r": "red"}] * 4 + [{"r": " "}, {"r": 7}, {}], "r"), {"\x00short thoughts": ("r", "4")}),
    (short_thoughts.is_bare, ("one two three four",), True),
    (short_thoughts.is_bare, ("one two three four five",), False),
    (short_thoughts.is_bare, ("y" * 40,), True),
    (short_thoughts.is_bare, ("y" * 41,), False),
    (short_thoughts.found, ([{"r": "red"}] * 9 + [{"r": "It is: red."}], "r"), {"\x00short thoughts": ("r", "10")}),
    (short_thoughts.found, ([{"r": "red"}] * 8 + [{"r": "It is: red."}] * 2, "r"), {}),
    (tables.text_of, ({"header": ["a", "b"], "rows": [["1", "2"]]},), "| a | b |\n| --- | --- |\n| 1 | 2 |"),
    (tables.text_of, ({"header": ["a", "b"], "notes": "x"},), None),
    (tables.text_of, ({"rows": [["1", "2"], ["3", "4"]]},), None),
    (tables.text_of, ({"a": [1, 2], "b": [3, None]},), "| a | b |\n| --- | --- |\n| 1 | 3 |\n| 2 |  |"),
    (tables.text_of, ({"a": [1, 2], "b": [3]},), None),
    (tables.text_of, ({"a": [1], "b": [3]},), None),
    (tables.text_of, ([],), None),
    (tables.text_of, ("ab",), None),
    (tables.text_of, ([{"a": 1}, {"a": 2}],), None),
    (tables.text_of, ([{"a": 1, "b": 2}, {"a": 3, "b": 4}],), "| a | b |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4 |"),
    (tables.text_of, ([{"a": 1, "b": 2}, {"a": 3, "c": 4}],), None),
    (tables.text_of, ([["a", "b"], ["c", "d"]],), "| a | b |\n| --- | --- |\n| c | d |"),
    (tables.text_of, ([["a"], ["c"]],), None),
    (tables.text_of, ([["a", "b"], ["c"]],), None),
    (tables.text_of, ([["a", "b"], "cd"],), None),
    (tables.text_of, ([["a", "b"], ["c", {}]],), None),
    (tables.text_of, ([["a", "b"]],), None),
    (tables.text_of, ([{"a": 1}],), None),
    (named_options.concluded, ("だから東京です。", ["東京", "大阪"]), 0),
    (named_options.concluded, ("東京東京。だから東京です。", ["東京", "大阪"]), 0),
    (named_options.concluded, ("東京です。", ["東京", "大阪"]), None),
    (named_options.concluded, ("だから東京と大阪です。", ["東京", "大阪"]), None),
    (named_options.concluded, ("だから東京です。", ["東京", "7"]), None),
    (named_options.concluded, ("So it is the cat.", ["a cat", "a dog"]), 0),
    (named_options.concluded, ("So it is the catfish.", ["a cat", "a dog"]), None),
    (named_options.concluded, ("Not a brain, the rain is the right answer.", ["the rain", "the snow"]), 0),
    (named_options.concluded, ("Not rains, the rain is the right answer.", ["the rain", "the snow"]), 0),
    (named_options.concluded, ("Not a train, the rain is the right answer.", ["the rain", "the snow"]), 0),
    (named_options.concluded, ("So it is the cat, I suppose.", ["a cat", "a dog"]), None),
    (named_options.concluded, ("It is the cat.", ["a cat", "a dog"]), None),
    (named_options.concluded, ("The dog barks. So the answer is the cat.", ["a cat", "a dog"]), None),
    (named_options.lettered, ("So option 2 is right.", ["a cat", "a dog"], [1], "2"), "So option B is right."),
    (named_options.lettered, ("So option 2 is right.", ["a cat", "a dog"], [1], "1"), "So option 2 is right."),
    (named_options.lettered, ("So option 2 is right.", ["a cat", "a dog"], [1], "a dog"), "So option B is right."),
    (named_options.lettered, ("So option 2 is right.", ["a cat", "a dog"], [0], "a cat"), "So option 2 is right."),
    (named_options.lettered, ("So option 3 is right.", ["a cat", "a dog"], [1], "2"), "So option 3 is right."),
    (named_options.lettered, ("So option 2 is right.", ["2 cats", "a dog"], [1], "2"), "So option 2 is right."),
    (named_options.lettered, ("So 2 is right.", ["a cat", "a dog"], [1], "2"), "So 2 is right."),
    (
        named_options.lettered,
        ("There is no option 3, so option 2 is right.", ["a cat", "a dog"], [1], "2"),
        "There is no option 3, so option 2 is right.",
    ),
    (
        named_options.lettered,
        ("3番ホームの話。選択肢2が正しい。", ["猫", "犬", "鳥"], [1], "2"),
        "3番ホームの話。選択肢Bが正しい。",
    ),
    (named_options.lettered, ("猫2は鳴く。選択肢1が正しい。", ["猫", "犬"], [0], "1"), "猫2は鳴く。選択肢Aが正しい。"),
    (
        named_options.lettered,
        ("正解は2月で、選択肢1が正しい。", ["猫", "犬"], [0], "1"),
        "正解は2月で、選択肢Aが正しい。",
    ),
    (named_options.concluded, ("So it is the dog, not the cat.", ["a cat", "a dog"]), None),
    (named_options.concluded, ("The cat meows. So it is the Dog.", ["a cat", "a dog"]), 1),
    (named_options.lettered, ("選択肢2が正しい。", ["猫", "犬"], [1], "2"), "選択肢Bが正しい。"),
    (named_options.lettered, ("2が正しい。", ["猫", "犬"], [1], "2"), "Bが正しい。"),
    (named_options.concluded, ("So it is the xcat.", ["a cat", "a dog"]), None),
    (named_options.concluded, ("So it is the cats.", ["a cat", "a dog"]), None),
]


@pytest.mark.parametrize(("function", "given", "value"), CASES)
def test_what_is_said_of_an_option_at_a_bound_and_of_what_seldom_comes(
    function: Callable[..., Any], given: tuple[Any, ...], value: object
) -> None:
    said = function(*given)
    assert (said, type(said)) == (value, type(value))


REFUSED: list[tuple[Callable[..., Any], tuple[Any, ...], object]] = [
    (left_overs.refuse, ("小計" + " " * 2, "7件"), left_overs.Sentence(code="data.of_table", args={})),
    (left_overs.refuse, ("※" + "y" * 30, "So it is."), left_overs.Sentence(code="data.of_table", args={})),
    (
        right_options.find,
        (["hen", "dog"], [], "hen, ", 0, True),
        left_overs.Sentence(code="data.no_right_option", args={}),
    ),
    (
        right_options.find,
        (["hen", "dog"], [], ["hen", "hen"], 0, True),
        left_overs.Sentence(code="data.several_right", args={}),
    ),
    (
        right_options.find,
        (["hen", "dog", "cow"], [], "B. cow", 0, True),
        left_overs.Sentence(code="data.letter_of_another", args={}),
    ),
]


@pytest.mark.parametrize(("function", "given", "why"), REFUSED)
def test_what_it_refuses_and_why(function: Callable[..., Any], given: tuple[Any, ...], why: object) -> None:
    with pytest.raises(Skip) as refused:
        function(*given)
    assert refused.value.reason == why
