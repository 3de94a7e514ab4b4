"""Pairs of sentences with a number are asked how alike they are."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import parsed
from so8t_engine.data.adapters.proposed import proposals, sentence_pairs

ENGLISH = [
    ("A plane takes off.", "An air plane rises."),
    ("A cat sits.", "A dog runs."),
    ("Two boys play.", "Kids play."),
]
JAPANESE = [
    ("川べりに人がいます。", "壁に布がある。"),
    ("男性が飛行機を見ています。", "男が機体を見る。"),
    ("猫が寝る。", "猫が眠る。"),
]
ASKS = "How similar in meaning are these two sentences, from 0 (not at all) to {} (the same)?"
ASKS_JA = "次の 2 つの文の意味はどのくらい似ていますか。0 (まったく異なる) から {} (同じ) の数で答えてください。"


def rows(pairs: list[tuple[str, str]], names: tuple[str, str, str], said: list[Any]) -> list[dict[str, Any]]:
    return [dict(zip(names, (*pair, one), strict=True)) for pair, one in zip(pairs, said, strict=True)]


@pytest.mark.parametrize(
    ("pairs", "names", "said", "asks"),
    [
        (JAPANESE, ("sentence1", "sentence2", "label"), [0.0, 3.8, 4.0], ASKS_JA.format(5)),
        (ENGLISH, ("sentence1", "sentence2", "score"), [5.0, 0.4, 3.9], ASKS.format(5)),
        (ENGLISH, ("sentence_A", "sentence_B", "relatedness_score"), ["4.5", "1", "3.6"], ASKS.format(5)),
        (ENGLISH, ("text1", "text2", "similarity"), [0.95, 0, 1], ASKS.format(1)),
        (ENGLISH, ("sentence1", "sentence2", "similarity_score"), [4, 0, 5], ASKS.format(5)),
        (JAPANESE, ("文1", "文2", "類似度"), [9, 0, 7], ASKS_JA.format(10)),
        (JAPANESE, ("文A", "文B", "スコア"), [90.5, 0, 7], ASKS_JA.format(100)),
        ([*JAPANESE[:2], ("NHK", "BBC")], ("文A", "文B", "スコア"), [90.5, 100, 7], ASKS_JA.format(100)),
    ],
)
def test_a_line_asks_how_alike_two_sentences_are(
    pairs: list[tuple[str, str]], names: tuple[str, str, str], said: list[Any], asks: str
) -> None:
    """The proposed one held the bare sentences, and learnt the number."""
    given = rows(pairs, names, said)
    where = proposals.propose(given)
    assert where is not None and where.prompt == f"{asks}\\n\\n1. {{{names[0]}}}\\n2. {{{names[1]}}}"
    first = parsed(given[0], columns=where)
    assert first.prompt == f"{asks}\n\n1. {pairs[0][0]}\n2. {pairs[0][1]}"
    assert float(first.response) == float(said[0])


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("sentence1", "sentence2", "label"), [0, 2, 1]), (("sentence1", "sentence2", "label"), [1.0, 0.0, 1.0]),
        (("sentence1", "sentence2", "label"), [0.5, -1, 1]), (("sentence1", "sentence2", "score"), [0.5, 101, 1]),
        (("sentence1", "sentence2", "similarity"), [0.5, None, 1]), (("sentence1", "other", "similarity"), [0.5, 0, 1]),
        (("sentence1", "sentence2", "length"), [0.5, 0.2, 1]), (("sentence1", "sentence2", "label"), ["a", "b", "c"]),
    ],
)  # fmt: skip
def test_classes_and_other_numbers_are_not_taken_for_likeness(names: tuple[str, str, str], said: list[Any]) -> None:
    assert sentence_pairs.mapping(rows(ENGLISH, names, said)) is None
    assert sentence_pairs.mapping(rows(ENGLISH, ("sentence1", "sentence2", "score"), [0.5, 1, 1])[:1]) is None
    assert sentence_pairs.mapping(rows(ENGLISH, ("sentence1", "sentence2", "score"), [0.5, 1, 1])[:2]) is not None
    assert sentence_pairs.mapping([{"sentence1": 1, "sentence2": "x", "score": 0.5}] * 2) is None
