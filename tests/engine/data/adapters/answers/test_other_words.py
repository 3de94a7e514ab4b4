"""A word is plainly another one, or it may be the same."""

from __future__ import annotations

import pytest

from so8t_engine.data.adapters.answers import other_words


@pytest.mark.parametrize(
    ("said", "gold", "are_other"),
    [
        ("Sydney", "Canberra", True), ("sydney.", "Canberra", True), ("the Moon", "Mars", True),
        ("Roman", "Romans", False), ("Romans", "Romania", False),
        ("obvious", "Jupiter", False), ("Unknown", "Mars", False),
        ("the capital", "Canberra", False), ("Köln", "Wien", False), ("Köln", "Zürich", True),
        ("two words", "Mars", False),
        ("USA", "Mars", False), ("Москва", "Париж", True),
        ("京都", "東京", True), ("「京都」", "東京", True), ("東京都", "東京", False), ("医院", "病院", False),
        ("医師", "医者", False), ("米国", "アメリカ", False), ("都", "東京", False), ("以上", "東京", False),
        ("シドニー", "キャンベラ", True), ("ヴェネツィア", "ベネチア", False), ("ヴィーナス", "ビーナス", False),
        ("コンピュータ", "コンピューター", False), ("りんご", "みかん", True), ("とうきょう", "きょうと", True),
        ("うみ", "やま", False), ("とうきょう", "東京", False), ("オーストラリア", "イタリア", True),
        ("東京タワー", "スカイツリー", True), ("東京タワー", "東京タワーだ", False),
    ],
)  # fmt: skip
def test_two_words_are_plainly_not_one(said: str, gold: str, are_other: bool) -> None:
    assert other_words.are_other(said, gold) is are_other
    assert other_words.are_other(gold, said) is are_other


@pytest.mark.parametrize(
    ("gold", "is_one"),
    [("Canberra", True), ("the Moon", True), ("the capital", False), ("東京", True), ("都", False), ("ET", False),
     ("New York", False), ("りんご", True), ("1945", False), ("東京です", True), ("", False)],
)  # fmt: skip
def test_a_gold_answer_is_a_word_that_can_be_held_against_another(gold: str, is_one: bool) -> None:
    assert other_words.may_be_one(gold) is is_one
