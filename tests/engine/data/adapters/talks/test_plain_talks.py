"""Talks that are plain by who speaks: in a column of any name, in an object around them, with Japanese keys."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import parsed
from so8t_engine.config.run_config import Dataset
from so8t_engine.data import admission
from so8t_engine.data.adapters import choose_adapter

TURNS = [{"role": "user", "text": "x"}, {"role": "bot", "text": "y"}]
ASKED, SAID = "卵のゆで方を教えてください。", "沸騰した湯で八分ゆでます。"


@pytest.mark.parametrize(
    ("who", "what", "asks", "answers"),
    [
        ("話者", "発言", "ユーザー", "アシスタント"), ("役割", "内容", "利用者", "AI"),
        ("話者", "本文", "人間", "ボット"), ("発話者", "発話", "お客様", "オペレーター"),
        ("ロール", "テキスト", "客", "店員"), ("role", "発言", "user", "assistant"),
        ("送信者", "メッセージ", "お客さん", "担当者"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", ["会話", "メッセージ", "foo"])
@pytest.mark.parametrize("around", [None, "ターン", "turns", "messages"])
def test_a_talk_is_read_by_who_speaks_whatever_its_column_is_called_and_what_stands_around_it(
    who: str, what: str, asks: str, answers: str, place: str, around: str | None
) -> None:
    turns = [{who: asks, what: ASKED}, {who: answers, what: SAID}]
    read = parsed({"id": 1, place: turns if around is None else {around: turns, "言語": "ja"}})
    assert (read.prompt, read.response) == (ASKED, SAID)


@pytest.mark.parametrize(
    "value",
    [
        [{"話者": "田中", "発言": ASKED}, {"話者": "鈴木", "発言": SAID}],
        [{"話者": "ユーザー", "発言": ASKED}],
        [{"話者": "ユーザー", "発言": ASKED}, {"話者": "ユーザー", "発言": SAID}],
        [{"話者": "ユーザー", "発言": ASKED}, {"話者": "AI", "発言": ""}],
        [{"話者": "ユーザー", "発言": ASKED}, "AI"],
        {"a": TURNS, "b": TURNS},
    ],
)  # fmt: skip
def test_what_may_be_no_talk_is_not_read_as_one_in_a_column_of_any_name(value: Any) -> None:
    dataset = Dataset(name="x", path="x.jsonl", source="local")
    assert choose_adapter.choose(dataset, {"foo": value}) is None


def test_a_talk_of_names_and_sentences_is_told_with_what_to_call_them() -> None:
    rows = [{"会話": [{"名前": "お客様", "文": ASKED}, {"名前": "担当者", "文": SAID}]}] * 3
    said = admission.unfit(Dataset(name="x", path="x.jsonl", source="local"), rows)
    assert said.code == "steps.talk_named_otherwise"
