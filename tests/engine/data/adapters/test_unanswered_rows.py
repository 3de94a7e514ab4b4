"""A row that asks and answers nothing, among answered ones, is said to be just that."""

from __future__ import annotations

from typing import Any

import pytest

from so8t_engine.config.run_config import Columns, Dataset
from so8t_engine.data import admission, drop_reasons
from so8t_engine.data.adapters import choose_adapter, unanswered_rows

QA = {"question": "Where?", "response": "Here."}
REVIEW = {"review": "It crashes.", "reviewReply": {"comment": "Update it."}}
OF_REVIEWS = {"columns": {"prompt": "review", "response": "reviewReply.comment"}}


def why(rows: list[dict[str, Any]], **entry: Any) -> list[object]:
    dataset = Dataset(name="x", path="x.jsonl", source="local", **entry)
    index = choose_adapter.index_of(dataset, lambda: iter(rows))
    read = [admission.answers(dataset, row, index)[0] for row in rows]
    return [getattr(item, "response", item) for item in read]


@pytest.mark.parametrize(
    ("answered", "alone", "entry"),
    [
        (QA, {"question": "Why?"}, {}), (QA, {"question": "Why?", "response": None}, {}),
        ({"質問": "どこ？", "回答": "ここ。"}, {"質問": "なぜ？"}, {}),
        (REVIEW, {"review": "Nice."}, OF_REVIEWS), (REVIEW, {"review": "Nice.", "reviewReply": None}, OF_REVIEWS),
        ({"口コミ": "落ちます。", "返信": "更新を。"}, {"口コミ": "よい。"},
         {"columns": {"prompt": "口コミ", "response": "返信"}}),
    ],
)  # fmt: skip
def test_it_is_a_question_without_an_answer_wherever_it_stands(answered: Any, alone: Any, entry: Any) -> None:
    for rows in ([answered, alone], [alone, answered]):
        assert drop_reasons.UNANSWERED in why(rows, **entry) and drop_reasons.OTHER_SHAPE not in why(rows, **entry)


def test_other_rows_keep_their_reason() -> None:
    assert why([{"question": "Why?"}] * 2) == [drop_reasons.OTHER_SHAPE] * 2
    assert why([QA, {"x": 1}, {"question": ""}, {**QA, "response": ""}])[1:] == [
        drop_reasons.OTHER_SHAPE, drop_reasons.OTHER_SHAPE, drop_reasons.EMPTY_FIELD,
    ]  # fmt: skip
    assert unanswered_rows.look([QA], Columns(messages="x")) == unanswered_rows.look([QA], None) == {}


def test_what_a_source_is_read_as_is_told_by_the_first_row_that_is_read() -> None:
    dataset = Dataset(name="x", path="x.jsonl", source="local")
    assert choose_adapter.from_read(dataset, [{"question": "Why?"}, QA]) == [QA]
    assert choose_adapter.from_read(dataset, [{"x": 1}] * 2) == [{"x": 1}] * 2 and not choose_adapter.from_read(
        dataset, []
    )
