"""Labels that tools keep in lists (doccano) are asked for like those in words, and spans of a text are no answers."""

from __future__ import annotations

from typing import Any

import pytest

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.proposed import class_questions, proposals

TEXTS = ("I love it, great film", "Bad film", "Great cast", "Boring", "What a mess", "Lovely")
CLASSES = ("positive", "negative", "positive", "negative", "negative", "positive")
ASKED = ("What is the capital of France?", "Who wrote Faust?", "What is 2 + 3?", "Which river is in Bonn?")
ANSWERS = ("Paris.", "Goethe.", "It is 5.", "The Rhine.")


def rows(texts: tuple[str, ...], labels: list[Any]) -> list[dict[str, Any]]:
    each = enumerate(zip(texts, labels, strict=True))
    return [{"id": number, "text": text, "label": [label], "Comments": []} for number, (text, label) in each]


@pytest.mark.parametrize(
    ("found", "mapping"),
    [
        (rows(TEXTS, [*CLASSES]), (r"Which is it: negative, positive?\n\n{text}", "label.0")),
        (rows(ASKED, [*ANSWERS]), ("text", "label.0")),
        ([{"v1": label, "v2": text} for text, label in zip(TEXTS, CLASSES, strict=True)],
         (r"Which is it: negative, positive?\n\n{v2}", "v1")),
        ([{"column1": text, "column2": label} for text, label in zip(TEXTS, CLASSES, strict=True)],
         (r"Which is it: negative, positive?\n\n{column1}", "column2")),
        ([{"v1": n % 2, "v2": text} for n, text in enumerate(TEXTS)], None),
        ([{"v1": str(n % 2), "v2": text} for n, text in enumerate(TEXTS)], None),
        ([{"v1": ("yes", "no")[n % 2], "v2": text} for n, text in enumerate(TEXTS)], None),
        ([{"zork": label, "v2": text} for text, label in zip(TEXTS, CLASSES, strict=True)], None),
        (rows(TEXTS, [[0, 4, "NAME"]] * 6), None), (rows(TEXTS[1:3], [[0, 4, "NAME"]] * 2), None),
        (rows(TEXTS, [{"label": "NAME", "start_offset": 0}] * 6), None),
    ],
)  # fmt: skip
def test_a_label_in_a_list_is_asked_for_and_a_span_is_not(found: list[Any], mapping: tuple[str, str] | None) -> None:
    where = proposals.propose(found)

    assert (None if where is None else (where.prompt, where.response)) == mapping


@pytest.mark.parametrize(
    ("labels", "texts", "told"),
    [
        ("abab", ["x y", "u v", "x z", "uv"], True), ("abab", ["x y", "u v", "xz", "uv"], False),
        ("aba", ["x y", "u v", "x z"], False), ("aaaa", ["x y", "u v", "x z", "uv"], False),
        ("abcab", ["x y", "u v", "x z", "u w", "v w"], False),
        ("abcabc", ["x y", "u v", "x z", "u w", "v w", "w x"], True),
        ("abab", ["x y", "x y", "u v", "x z"], True), ("ababab", ["x y"] * 4 + ["u v", "x z"], False),
        ("abab", ["x" * 21, "u" * 21, "v" * 21, "uv"], True), ("abab", ["x" * 20, "u" * 20, "v" * 20, "uv"], False),
    ],
)  # fmt: skip
def test_of_two_columns_without_names_few_words_are_the_label_of_many_texts(
    labels: str, texts: list[str], told: bool
) -> None:
    for columns in ({"v1": [*labels], "v2": texts}, {"v2": texts, "v1": [*labels]}):
        found = class_questions.of_unnamed(columns)
        assert found == (Columns(prompt="v2", response="v1") if told else None)


def test_a_text_that_comes_again_as_often_as_a_label_is_none_that_is_asked_about() -> None:
    where = Columns(prompt="text", response="label")
    for texts, asked in ((["a b", "a b", "c d", "c d"], False), (["a b", "a b", "c d", "e f"], True)):
        given = [{"text": text, "label": label} for text, label in zip(texts, "xyxy", strict=True)]
        found = class_questions.asked(where, given, {"text": texts})
        assert (found != where) is asked, texts
