"""Options that reasons call by words or by numbers: what is concluded with is heard, and numbers become letters."""

from __future__ import annotations

import pytest

from helpers.rows import parsed
from so8t_engine.data.adapters.answers import conclusions, named_options

TEXTS = ("Venus", "the Jupiter", "Mars.")
JAPANESE = ("木星", "火星", "金星")
ROW = {"question": "Which is red?", "options": ["Venus", "Jupiter", "Mars"], "answer": "C"}


@pytest.mark.parametrize(
    ("thought", "place"),
    [
        ("It is red. Therefore Jupiter is the right answer.", 1),
        ("Therefore, the correct option is Jupiter.", 1),
        ("As it is the largest planet, Jupiter is the right answer.", 1),
        ('It is red. So it\'s "Mars".', 2),
        ("Hence the Jupiter.", 1),
        ("So that leaves only Venus", 0),
        ("Thus mars is the correct choice!", 2),
        ("So we choose Mars.", 2),
        ("Venus is hot and Mars is not.\nConsequently it must be Mars.", 2),
        ("Jupiter is larger than Mars.", None),
        ("Jupiter is the largest, so Jupiter is larger than Mars.", None),
        ("Many think that Jupiter is the right answer.", None),
        ("So it is not Jupiter.", None),
        ("Jupiter", None),
        ("If it were gas, Jupiter is the right answer.", None),
        ("Jupiter is the right answer. It is big.", None),
        ("So Jupiter is the largest.", None),
        ("Therefore Jupiters is the right answer.", None),
        ("", None),
        ("So Jupiter is the right answer and Mars is not.", None),
        ("Therefore Saturn is the right answer.", None),
    ],
)
def test_a_last_sentence_that_concludes_with_one_option_is_heard(thought: str, place: int | None) -> None:
    assert named_options.concluded(thought, TEXTS) == place


@pytest.mark.parametrize(
    ("thought", "place"),
    [
        ("大きい。よって木星が正解です。", 0),
        ("したがって、正解は火星である。", 1),
        ("よって、「金星」", 2),
        ("つまり金星を選ぶ。", 2),
        ("赤いので、火星が正解。", 1),
        ("赤いのは火星なので、火星が正解。", None),
        ("木星が正解ではない。", None),
        ("木星は大きい。", None),
        ("もし大きければ、木星が正解。", None),
        ("火星より大きいので、木星が正解。", None),
    ],
)
def test_so_is_a_japanese_one(thought: str, place: int | None) -> None:
    assert named_options.concluded(thought, JAPANESE) == place


def test_options_of_numbers_and_letters_are_not_looked_for() -> None:
    assert named_options.concluded("So it is 12.", ("12", "14")) is None
    assert named_options.concluded("So it is red.", ("red", "x")) is None
    assert named_options.concluded("So it is red ink.", ("red", "red ink")) == 1
    assert named_options.concluded(f"So it is {'r' * 81}.", ("r" * 81, "red ink")) is None


def test_reasons_that_conclude_with_another_option_by_its_words_are_not_learnt() -> None:
    """They were: the gold option is C."""
    wrong, right = (
        "It is a big planet, and it looks red. Therefore {} is the right answer.",
        "Jupiter is larger, but {}.",
    )
    assert parsed({**ROW, "explanation": wrong.format("Jupiter")}).reasoning is None
    assert parsed({**ROW, "explanation": wrong.format("Mars")}).reasoning == wrong.format("Mars")
    for why in (right.format("the answer is Mars"), right.format("Mars is red"), "Jupiter is the largest of them."):
        assert parsed({**ROW, "explanation": why}).reasoning == why
    assert conclusions.differs(wrong.format("Jupiter"), "Mars") and not conclusions.differs(
        wrong.format("Mars"), "Mars"
    )
    assert not conclusions.differs("Therefore this is the right answer.", "Mars")
    assert not conclusions.differs("Therefore neither is the right answer.", "Mars")


THREE = ("木", "金", "火")


@pytest.mark.parametrize(
    ("thought", "said", "lettered"),
    [
        ("赤い。よって3。", "3", "赤い。よってC。"),
        ("したがって、正解は３である。", "3", "したがって、正解はCである。"),
        ("1は誤り。2も不適切。よって3番が正しい。", "3", "Aは誤り。Bも不適切。よってCが正しい。"),
        ("選択肢1は誤り。正解は3番です。", "3", "選択肢Aは誤り。正解はCです。"),
        ("よって2。", "3", "よってB。"),
        ("よって3。", "火", "よってC。"),
        ("よって2。", "火", "よって2。"),
        ("よって3。", "2", "よって3。"),
        ("よって3個。", "3", "よって3個。"),
        ("答えは3.5。", "3", "答えは3.5。"),
        ("第3は正しい。", "3", "第3は正しい。"),
        ("よって4。", "3", "よって4。"),
        ("3つある。", "3", "3つある。"),
        ("13が正しい。", "3", "13が正しい。"),
        ("Option 1 is wrong. The answer is 3.", "3", "Option A is wrong. The answer is C."),
        ("Choice (2) is not red. So option 3.", "3", "Choice (B) is not red. So option C."),
        ("The answer is 3 metres.", "3", "The answer is 3 metres."),
        ("The answer is 3%.", "3", "The answer is 3%."),
    ],
)
def test_numbers_by_which_options_are_called_become_their_letters(thought: str, said: str, lettered: str) -> None:
    assert named_options.lettered(thought, THREE, (2,), said) == lettered


def test_numbers_stay_where_they_may_be_of_what_an_option_says() -> None:
    assert named_options.lettered("よって3。", ("1", "2", "3"), (2,), "3") == "よって3。"
    assert named_options.lettered("よって3。", ("3個", "2個", "4個"), (2,), "3") == "よって3。"
    assert named_options.lettered("よって3。", THREE, (1, 2), "3") == "よって3。"


def test_a_row_whose_reasons_name_another_number_has_none() -> None:
    """よって3 was learnt below options A to C."""
    row = {"question": "赤い星は？", "option1": "木星", "option2": "金星", "option3": "火星", "answer": "3"}
    why = "火星は酸化鉄で赤く見える。{}"
    assert parsed({**row, "explanation": why.format("よって3。")}).reasoning == why.format("よってC。")
    assert parsed({**row, "explanation": why.format("よって2。")}).reasoning is None
    assert parsed({**row, "explanation": why.format("したがって、正解は木星。")}).reasoning is None
