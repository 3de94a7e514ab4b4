"""Options as people write them: which columns hold them, what one text holds, and which one is right."""

from __future__ import annotations

from typing import Any

import pytest

from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.answers import options, right_options
from so8t_engine.data.adapters.parsed_row import Skip

LONG = "w" * 120


def read(row: dict[str, Any], right: Any, **more: Any) -> object:
    """(options, the numbers of the right ones), or why there is none."""
    try:
        return options.read(row, list(row), right, **more)
    except Skip as skip:
        return skip.reason


HEN, THREE = (["hen", "dog"], (0,)), ["hen", "dog", "cow"]
DOG = (["hen", "dog"], (1,))
NONE_RIGHT, OTHER, SEVERAL = drop_reasons.NO_RIGHT_OPTION, drop_reasons.OTHER_OPTIONS, drop_reasons.SEVERAL_RIGHT
READ: list[tuple[Any, Any, dict[str, Any], object]] = [
    (["hen", "dog"], "A", {}, HEN), (["hen", "dog"], "b", {}, DOG), (["hen", "dog"], "dog", {}, DOG),
    (["hen", "dog"], 0, {}, HEN), (["hen", "dog"], 1, {}, DOG), (["hen", "dog"], 1, {"start": 1}, HEN),
    (["hen", "dog"], 2, {"start": 1}, DOG), (["hen", "dog"], 2, {}, NONE_RIGHT), (["hen", "dog"], -1, {}, NONE_RIGHT),
    (["hen", "dog"], "C", {}, NONE_RIGHT), (["hen", "dog"], "", {}, NONE_RIGHT), (["hen", "dog"], None, {}, NONE_RIGHT),
    (["hen", "dog"], ["dog"], {}, DOG), (["hen", "dog"], "Option 2", {"start": 1}, DOG), (["hen", "dog"], "②", {}, DOG),
    (["hen", "dog"], "③", {}, NONE_RIGHT), (["hen", "dog"], "イ", {}, DOG), (["hen", "dog"], "B. dog", {}, DOG),
    (["hen"], "A", {}, OTHER), (7, "A", {}, OTHER), ("hen", "A", {}, OTHER),
    (["1. 2", "2. 1"], "2", {"start": 1}, (["2", "1"], (1,))), ([2, 7, 9], 2, {}, (["2", "7", "9"], (0,))),
    (["vitamin A: good", "vitamin B: bad"], "B. vitamin B: bad", {}, (["vitamin A: good", "vitamin B: bad"], (1,))),
    (["hen", "dog"], "1. dog", {}, DOG), (["hen", "dog"], "2. dog", {}, DOG),
    (THREE, "3. dog", {}, drop_reasons.LETTER_OF_ANOTHER), (THREE, "a) cow", {}, drop_reasons.LETTER_OF_ANOTHER),
    ({"text": ["1. hen", "2. dog"], "label": ["0", "1"]}, 1, {}, DOG),
        ({"no": 0, "ok": 1}, None, {}, (["no", "ok"], (1,))),
    ({"a": 0, "hen": 1}, None, {}, (["a", "hen"], (1,))), ({"hen": 0, "dog": 2}, "B", {}, (["0", "2"], (1,))),
    ({"hen": [0], "dog": 1}, "B", {}, (["0", "1"], (1,))),
        ([{"label": "x", "text": "hen"}, {"text": "dog"}], "x", {}, NONE_RIGHT),
    (["2", "1"], "1", {"start": 1}, (["2", "1"], (1,))),
    (["Hen", "Dog"], "dog", {}, (["Hen", "Dog"], (1,))), (["hen", "dog"], "“Dog”.", {}, DOG),
    (["犬", "猫"], "猫。", {}, (["犬", "猫"], (1,))),
    (["Hen", "HEN"], "hen", {}, NONE_RIGHT), (["...", "dog"], ".", {}, NONE_RIGHT),
    (["hen", "dog"], "Hen, Dog", {}, (["hen", "dog"], (0, 1))),
    (["..", "dog"], "", {}, NONE_RIGHT), (["b", "A"], "a", {}, (["b", "A"], (0,))),
    ({"text": ["1. hen", "2. dog"], "label": ["x", "y"]}, "y", {}, DOG),
    (["A. hen", "B. dog"], "B", {}, DOG), (["B. hen", "A. dog"], "B", {}, (["B. hen", "A. dog"], (1,))),
    (["1. hen", "2. dog"], 1, {}, HEN), (["1. hen", "2. dog"], "2", {}, DOG), (["0. hen", "1. dog"], 1, {}, DOG),
    (["1. hen", "2. dog"], 1, {"start": 0}, DOG), (["1. hen", "3. dog"], "B", {}, (["1. hen", "3. dog"], (1,))),
    (["ア hen", "イ dog"], "イ", {}, (["ア hen", "イ dog"], (1,))), (["ア. hen", "イ. dog"], "イ", {}, DOG),
    ([5, 7, 9], 7, {}, (["5", "7", "9"], (1,))), ([5, 7, 9], 2, {}, (["5", "7", "9"], (2,))),
    (["1", "7", "0"], 1, {}, (["1", "7", "0"], (1,))), (["1", "7", "0"], "1", {}, (["1", "7", "0"], (0,))),
    (THREE, "A,C", {}, (THREE, (0, 2))), (THREE, "CA", {}, SEVERAL), (THREE, "AC", {}, (THREE, (0, 2))),
    (THREE, [0, 2], {}, (THREE, (0, 2))), (THREE, "A,D", {}, NONE_RIGHT), (THREE, "13", {}, SEVERAL),
    (THREE, ["hen", "emu"], {}, NONE_RIGHT), (THREE, "①③", {}, (THREE, (0, 2))), (THREE, "アウ", {}, (THREE, (0, 2))),
    ({"text": ["hen", "dog"], "label": ["x", "y"]}, "y", {}, DOG),
    ([{"label": "x", "text": "hen"}, {"text": "dog"}], "B", {}, DOG),
    ([{"label": "x", "text": "hen"}, {"label": "y", "text": "dog"}], "y", {}, DOG),
    ({"A": "hen", "B": "dog"}, "B", {}, DOG), ('["hen", "dog"]', "B", {}, DOG), ("A. hen\nB. dog", "B", {}, DOG),
    ("hen | dog", "dog", {}, DOG), (["*hen", "dog"], None, {"among": True}, HEN),
    (["[ ] hen", "[x] dog"], None, {"among": True}, DOG), (["hen", "dog (correct)"], None, {"among": True}, DOG),
    (["hen", "dog"], None, {"among": True}, NONE_RIGHT), (["*hen", "*dog"], None, {"among": True}, NONE_RIGHT),
    ([{"text": "hen", "correct": 0}, {"text": "dog", "correct": 1}], None, {"among": True}, DOG),
    ([{"text": "hen", "correct": False}, {"text": "dog"}], None, {"among": True}, NONE_RIGHT),
    ({"text": ["hen", "dog"], "labels": [0, 1]}, None, {"among": True}, DOG),
    ({"hen": 0, "dog": 1}, None, {}, DOG),
    ({"hen": 0.0, "dog": 1.0, "cow": 1}, None, {}, (["hen", "dog", "cow"], (1, 2))),
    ({"A": 0, "B": 1}, "B", {}, (["0", "1"], (1,))), ({"hen": 0, "dog": 0}, None, {}, NONE_RIGHT),
    ([{"aid": 1, "atext": "hen"}, {"aid": 2, "atext": "dog"}], 2, {}, DOG),
    ([{"aid": 0, "atext": "hen"}, {"aid": 1, "atext": "dog"}], 1, {}, DOG),
    ([{"nr": "a", "wort": " hen"}, {"nr": "b", "wort": "dog"}], "b", {}, DOG),
]  # fmt: skip


@pytest.mark.parametrize(("value", "right", "more", "expected"), READ)
def test_options_in_one_column_and_the_right_ones(
    value: Any, right: Any, more: dict[str, Any], expected: object
) -> None:
    assert read({"c": value}, right, **more) == expected


COLUMNS: list[tuple[dict[str, Any], Any, object]] = [
    ({"sol1": "hen", "sol2": "dog"}, 0, HEN), ({"sol1": "hen", "sol2": "dog"}, 1, DOG),
    ({"option1": "hen", "option2": "dog"}, 1, HEN), ({"option1": "hen", "option2": "dog"}, 2, DOG),
    ({"option1": "hen", "option2": "dog"}, 0, HEN), ({"option1": "hen", "option2": "dog", "option3": ""}, 2, DOG),
    ({"option0": "hen", "option1": "dog"}, 1, DOG), ({"opa": "hen", "opb": "dog"}, 1, DOG),
    ({"opa": "hen", "opb": "dog"}, "b", DOG), ({"ア": "hen", "イ": "dog"}, "イ", DOG),
    ({"AnswerA_text": "hen", "AnswerB_text": "dog"}, "B", DOG),
    ({"answerA": "hen", "answerB": "dog", "answerC": "cow"}, "1", (THREE, (0,))),
    ({"answerA": "hen", "answerB": "dog", "answerC": "cow"}, "2", (THREE, (1,))),
    ({"A": 1, "B": 0}, 1, (["1", "0"], (0,))),
    ({"answerA": "hen", "answerB": "dog", "answerC": "cow"}, 3, (THREE, (2,))),
    ({"answerA": "hen", "answerB": "dog", "answerC": "cow"}, "B", (THREE, (1,))),
    ({"first": "hen", "second": "dog", "third": "cow"}, 3, (THREE, (2,))),
    ({"first": "hen", "second": "dog", "third": "cow"}, 0, (THREE, (0,))),
    ({"first": "hen", "second": "dog", "third": "cow", "last": "emu"}, "D", ([*THREE, "emu"], (3,))),
    ({"x": "hen", "second": "dog", "third": "cow"}, "D", NONE_RIGHT),
    ({"甲": "hen", "乙": "dog", "丙": "cow"}, "乙", (THREE, (1,))),
    ({"option1": "1", "option2": "0"}, "0", (["1", "0"], (1,))), ({"A": 2, "B": 7, "C": 9}, 2, (["2", "7", "9"], (0,))),
    ({"A": 2, "B": 7, "C": 9}, 1, (["2", "7", "9"], (1,))),
        ({"A": "2", "B": "7", "C": "9"}, "2", (["2", "7", "9"], (0,))),
    ({"A": "1. hen", "B": "2. dog"}, "B", DOG),
    ({"distractor1": "hen", "answer": "dog"}, "dog", (["dog", "hen"], (0,))),
    ({"incorrect answer 1": "dog", "incorrect answer 2": "cow", "answer": "emu"}, "emu", (["cow", "dog", "emu"], (2,))),
]  # fmt: skip


@pytest.mark.parametrize(("row", "right", "expected"), COLUMNS)
def test_options_in_columns_of_their_own_and_the_right_one(row: dict[str, Any], right: Any, expected: object) -> None:
    assert read(row, right) == expected


@pytest.mark.parametrize(
    ("names", "where", "right"),
    [
        (("q", "choices", "answer"), ("choices",), "answer"), (("q", "answers", "correct_index"),
        ("answers",), "correct_index"),
        (("q", "answers", "answer"), (), "answer"), (("q", "A", "B", "label"), ("A", "B"), "label"),
        (("a", "b", "gold"), (), "gold"), (("a", "b", "c", "gold"), ("a", "b", "c"), "gold"),
        (("q", "option_b", "answer"), (), "answer"),
        (("option_a", "option_c", "key"), (), "key"), (("１", "２", "３", "正解"), ("１", "２", "３"), "正解"),
        (("distractor1", "answer"), ("distractor1", "answer"), "answer"), (("mc1_targets", "gold"),
        ("mc1_targets",), "mc1_targets"),
        (("choices", "answer", "correct_option"), ("choices",), "correct_option"),
        (("١", "٢", "٣", "answer"), (), "answer"), (("option2", "option3", "key"), (), "key"),
        (("option0", "option1", "key"), ("option0", "option1"), "key"),
        ((" (A)", "(B) ", "key"), (" (A)", "(B) "), "key"),
    ],
)  # fmt: skip
def test_the_columns_of_options_and_of_the_right_one(
    names: tuple[str, ...], where: tuple[str, ...], right: str | None
) -> None:
    assert (options.columns(names), options.right_column(names, where, "q")) == (where, right)


def test_the_column_that_asks_says_of_no_option_that_it_is_right() -> None:
    assert options.right_column(("answer", "label"), (), "answer") == "label"
    assert options.right_column(("answer",), (), "answer") is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("①hen ②dog", (["hen", "dog"], ["1", "2"])), ("A. hen | B. dog", (["hen", "dog"], ["A", "B"])),
        ("a) hen\nb) dog", (["hen", "dog"], ["A", "B"])), ("1) hen 2) dog", (["hen", "dog"], ["1", "2"])),
        ("ア 犬　イ 猫　ウ 鳥", (["犬", "猫", "鳥"], ["ア", "イ", "ウ"])),
        ("イ 犬 ロ 猫", (["犬", "猫"], ["イ", "ロ"])),
        ("ア行 イ列", ([], [])), ("A hen B dog", ([], [])),
        ("A. vitamin A: good B. dog", (["vitamin A: good", "dog"], ["A", "B"])), ("A. hen B.", ([], [])),
        ("B. hen C. dog", ([], [])), ("hen; dog", (["hen", "dog"], [])), ("hen, dog", ([], [])),
        ("hen, dog, cow", (["hen", "dog", "cow"], [])), ("hen; ; dog", ([], [])), ("hen; hen", ([], [])),
        ("hen", ([], [])),
        (f"hen; {LONG}", (["hen", LONG], [])), (f"hen; {LONG}w", ([], [])), ("; ".join("abcdefghij"),
        ([*"abcdefghij"], [])),
        ("; ".join("abcdefghijk"), ([], [])),
    ],
)  # fmt: skip
def test_one_text_may_hold_options(text: str, found: object) -> None:
    assert options.in_one_text(text) == found


@pytest.mark.parametrize(
    ("value", "right", "are"),
    [
        ("hen; dog", "dog", True), ("hen; dog", "B", True), ("hen; dog", 2, True), ("hen; dog", 3, False),
        ("hen; dog", 0, True),
        ("hen; dog", "B. dog", True), ("hen; dog", "2. dog", True), ("hen; dog", "A,B", True),
        ("hen; dog", "emu", False),
        ("hen", "hen", False), ("hen", "A", False), (["hen", "dog"], "A", False), ("hen; dog", ["A"], False),
        ("hen; dog", None, False),
    ],
)  # fmt: skip
def test_a_text_holds_options_where_another_column_names_one_of_them(value: Any, right: Any, are: bool) -> None:
    assert options.are_in_one_text(value, right) is are


@pytest.mark.parametrize(
    ("value", "are"),
    [
        ("A. hen\n\nB. dog", True),
        ("A. hen", False),
        ("A. hen\ndog", False),
        ("hen\ndog", False),
        (7, False),
        ("", False),
    ],
)
def test_lettered_lines_are_options_written_out(value: Any, are: bool) -> None:
    assert options.are_written_out(value) is are


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Which?\nA. hen\nB. dog", ("Which?", ["hen", "dog"], ["A", "B"])),
        ("Which?\n1) hen\n2) dog\nAnswer:", ("Which?", ["hen", "dog"], ["1", "2"])),
        ("Which?\nA. A. hen\nB. dog", ("Which?", ["A. hen", "dog"], ["A", "B"])),
        ("How many?\n1) hen\n2) dog", None), ("Which?\n1. hen\n2. dog", None), ("Which?\nA. hen", None),
        ("A. hen\nB. dog", None),
        ("Which?\nA. hen\nor\nB. dog", None), ("Which?\nB. hen\nC. dog", None),
    ],
)  # fmt: skip
def test_options_may_end_what_is_asked(asked: str, found: object) -> None:
    assert options.at_the_end(asked) == found


@pytest.mark.parametrize(
    ("row", "counted"),
    [
        ({"c": [" hen", "dog"]}, (["hen", "dog"], [])),
        ({"c": ["1. hen", "2. dog"]}, (["1. hen", "2. dog"], ["1", "2"])),
        ({"c": ["0. hen", "1. dog"]}, (["0. hen", "1. dog"], ["0", "1"])),
        ({"c": ["2. hen", "3. dog"]}, (["2. hen", "3. dog"], [])),
        ({"c": ["hen", "2. dog"]}, (["hen", "2. dog"], [])), ({"c": [5, 7]}, ([], [])),
        ({"c": ["hen", 7]}, ([], [])), ({}, ([], [])), ({"c": 7}, ([], [])),
        ({"c": {"text": ["hen", "dog"], "label": ["1", "2"]}}, ([], [])),
        ({"c": {"text": ["hen", "dog"], "label": [0, 1]}}, ([], [])),
        ({"c": {"text": ["hen", "dog"], "label": ["A", "B"]}}, (["hen", "dog"], [])),
        ({"c": ["1. hen"]}, (["1. hen"], [])),
        ({"c": [{"aid": 1, "atext": "hen"}, {"aid": 2, "atext": "dog"}]}, ([], [])),
        ({"c": [{"a": 1}, {"a": 2}]}, ([], [])),
    ],
)  # fmt: skip
def test_numbers_count_among_options_that_are_no_numbers_themselves(row: dict[str, Any], counted: object) -> None:
    assert options.counted_options(row, ["c"]) == counted


@pytest.mark.parametrize(
    ("where", "is_so"),
    [(("option1", "option2"), True), (("answerA", "answerB"), True), (("sol1", "sol2"), False), (("a", "b"), False),
     (("option0", "option1"), False), (("option1",), False), (("１", "２"), True)],
)  # fmt: skip
def test_columns_are_numbered_from_one(where: tuple[str, ...], is_so: bool) -> None:
    assert options.from_one(where) is is_so


@pytest.mark.parametrize(
    ("row", "are"),
    [({"c": ["*hen", "dog"]}, True), ({"c": ["[ ] hen", "[ ] dog"]}, True), ({"c": ["hen", "dog"]}, False),
     ({"c": [{"text": "hen", "right": True}, {"text": "dog", "right": False}]}, True), ({"c": 7}, False),
     ({"c": [{"x": 1}]}, False)],
)  # fmt: skip
def test_options_may_be_marked_as_right_or_wrong(row: dict[str, Any], are: bool) -> None:
    assert options.are_marked(row, ["c"]) is are


@pytest.mark.parametrize(
    ("right", "parts"),
    [("A,C", ["A", "C"]), ("1・3", ["1", "3"]), ("A and C", ["A", "C"]), ("AC", ["A", "C"]), ("CA", []), ("AA", []),
    ("Ac", []),
     ("アウ", ["ア", "ウ"]), ("アイウエオカキク", [*"アイウエオカキク"]), ("①③", ["①", "③"]),
     ("①②③④⑤⑥⑦⑧⑨⑩", [*"①②③④⑤⑥⑦⑧⑨⑩"]),
     ("イハ", ["イ", "ハ"]), ("ハイ", []), ("イロハニホヘトチ", [*"イロハニホヘトチ"]), ("", []), ("イイ", []),
     ([0, 2], [0, 2]), ("[0, 2]", [0, 2]), (7, []), ("Ａ,Ｃ", ["A", "C"]), ("Ａ," + "Ｂ" * 38, ["A", "B" * 38]),
     ("Ａ," + "Ｂ" * 39, ["Ａ", "Ｂ" * 39])],
)  # fmt: skip
def test_several_right_ones_are_named_one_by_one(right: Any, parts: list[Any]) -> None:
    assert right_options.parts(right) == parts


@pytest.mark.parametrize(
    ("right", "are"), [("AC", True), ("13", True), ("3", False), ("14", False), ("hen,dog", True), ("hen", False),
    (None, False), ("12", True)]
)  # fmt: skip
def test_more_than_one_option_may_be_named(right: Any, are: bool) -> None:
    assert right_options.are_several(right, THREE, []) is are


@pytest.mark.parametrize(
    ("value", "found"),
    [(["*hen", "dog"], HEN), (["hen", "✓ dog"], DOG), (["*hen"], None), ("*hen", None), (["*hen", "*dog"], None),
    ([], None),
     (["*hen", 7], None), (["*hen", {"text": "dog", "right": False}], None), (7, None),
     ([{"text": "hen", "right": 1}, {"text": "dog", "right": 0}], HEN),
     ([{"text": "hen", "right": 1}, {"text": "dog"}], None),
     ([{"text": "hen", "right": 1}, {"text": "dog", "right": 1}], None)],
)  # fmt: skip
def test_marks_of_right_ones_are_no_words_of_the_options(value: Any, found: object) -> None:
    assert right_options.marked(value) == found


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ([{"aid": 1, "atext": "hen"}, {"aid": 2, "atext": " dog"}], (["hen", "dog"], ["1", "2"])),
        ([{"n": "A", "t": "hen"}, {"n": "B", "t": "dog"}], (["hen", "dog"], ["A", "B"])),
        ([{"n": "A", "t": "hen"}, {"n": "C", "t": "dog"}], None), ([{"n": "A", "t": "hen"}, {"n": "B"}], None),
        ([{"n": "A", "t": "hen"}, {"n": "B", "t": "dog", "x": 1}], None), ([{"n": "A", "t": "hen"}, 7], None),
        ([{"n": "A", "t": "hen"}, {"n": "B", "t": "hen"}], None),
        ([{"n": "A", "t": "hen"}, {"n": "B", "t": " "}], None),
        ([{"n": "A", "t": "hen"}, {"n": "B", "t": 7}], None), ([{"s": "x", "t": "hen"}, {"s": "y", "t": "dog"}], None),
        ([{"n": "A", "s": "x", "t": "hen"}, {"n": "B", "s": "y", "t": "dog"}], None),
        ([{"n": "A", "s": "x", "t": "hen"}, {"n": "B", "s": "x", "t": "dog"}], (["hen", "dog"], ["A", "B"])),
        ([{"n": "A", "m": 0, "t": "hen"}, {"n": "B", "m": 1, "t": "dog"}], None),
    ],
)  # fmt: skip
def test_objects_of_one_label_and_one_text_each_are_options(value: list[Any], found: object) -> None:
    assert right_options.labelled(value) == found


def test_options_in_columns_of_their_own_are_counted_but_for_empty_ones() -> None:
    row = {"A": "hen", "B": " dog", "C": None}
    assert (
        options.counted_options(row, ["A", "B"])
        == options.counted_options(row, ["A", "B", "C"])
        == (["hen", "dog"], [])
    )
    for odd in ({"score": 1}, {"type": "image", "url": "x.png"}):
        assert options.counted_options({**row, "C": odd}, ["A", "B", "C"]) == ([], [])


@pytest.mark.parametrize(
    ("separator", "fewest"),
    [
        ("\n", 2),
        ("|", 2),
        ("｜", 2),
        (";", 2),
        ("；", 2),
        ("／", 2),
        (" / ", 2),
        ("/", 2),
        ("、", 3),
        (", ", 3),
        (",", 3),
    ],
)
def test_signs_between_options_part_them_commas_only_where_there_are_three(separator: str, fewest: int) -> None:
    few = (["hen", "dog"], []) if fewest == 2 else ([], [])
    assert options.in_one_text(separator.join(["hen", "dog"])) == few
    assert options.in_one_text(separator.join(THREE)) == (THREE, [])


def test_the_widest_signs_between_options_part_them() -> None:
    assert options.in_one_text("1,000, 2,000, 3,000") == (["1,000", "2,000", "3,000"], [])
    assert options.in_one_text("km/h / m/s") == (["km/h", "m/s"], [])


@pytest.mark.parametrize(
    ("names", "fewest"),
    [
        (("option1", "option2", "option3"), 2), (("option_a", "option_b", "option_c"), 2), (("op1", "op2", "op3"), 2),
        (("opción a", "opción b", "opción c"), 2), (("opción 1", "opción 2", "opción 3"), 2),
        (("answer_a", "answer_b", "answer_c"), 2), (("ア", "イ", "ウ"), 2), (("イ", "ロ", "ハ"), 3),
        (("A", "B", "C"), 2),
        (("a", "b", "c"), 3), (("1", "2", "3"), 3),
    ],
)  # fmt: skip
def test_columns_are_options_from_two_on_or_from_three_where_two_may_be_else(
    names: tuple[str, ...], fewest: int
) -> None:
    assert [len(options.spread(names[:count])) for count in (1, 2, 3)] == [0, 2 if fewest == 2 else 0, 3]
    assert options.spread(("q", *reversed(names))) == names
    assert options.spread(names[1:]) == ()
