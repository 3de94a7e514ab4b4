"""Columns as Japanese files call them, and what only the values of a row tell of its columns."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import parsed

Q, A, WHY = "日本の首都はどこですか？", "東京です。", "首都を順に思い出す。"


@pytest.mark.parametrize(
    ("row", "reasoning"),
    [
        ({"式": Q, "答え": A, "途中の考え": WHY}, WHY),
        ({"問題": Q, "答え": A, "計算過程": WHY}, WHY),
        ({"質問": Q, "推論過程": WHY, "回答": A}, WHY),
        ({"問題": Q, "解き方": WHY, "解答": A}, WHY),
        ({"指示": Q, "思考ステップ": WHY, "最終回答": A}, WHY),
        ({"設問": Q, "解答例": A}, None),
        ({"問題文": Q, "誤答": "大阪です。", "正答": A, "解説": WHY}, WHY),
        ({"問題文": Q, "不正解": "大阪です。", "模範解答": A}, None),
        ({"No.": 1, "お問い合わせ内容": Q, "回答内容": A}, None),
        ({"text": Q, "output": f"<思考>\n{WHY}\n</思考>\n<出力>\n{A}\n</出力>"}, WHY),
        ({"index": "0", "chat_history": f"Human: {Q}\n\nAssistant:", "chosen": A, "rejected": "大阪"}, None),
    ],
)
def test_question_thought_and_answer_are_found_by_their_japanese_names(
    row: dict[str, Any], reasoning: str | None
) -> None:
    found = parsed(row)
    assert (found.prompt, found.response.strip(), found.reasoning) == (Q, A, reasoning)


@pytest.mark.parametrize("name", ["text", "document", "本文", "文脈"])
@pytest.mark.parametrize("asks", ["question", "質問"])
def test_what_a_question_is_about_stands_before_it(asks: str, name: str) -> None:
    row = {"title": "x", name: "東京は首都である。", asks: Q, "answer": A}
    assert parsed(row).prompt == f"東京は首都である。\n\n{Q}"


def test_a_text_that_is_the_whole_example_once_more_is_not_what_it_is_about() -> None:
    assert parsed({"question": Q, "answer": A, "text": f"問: {Q} 答: {A}"}).prompt == Q


def test_options_that_are_written_out_in_a_text_are_those_of_the_question() -> None:
    row = {"question": Q, "options": "A. 大阪\nB. 東京", "answer": "B. 東京", "reasoning": WHY}
    assert (parsed(row).prompt, parsed(row).reasoning) == (f"{Q}\nA. 大阪\nB. 東京", WHY)
    assert (parsed(row).response, parsed(row).answer) == ("B. 東京", "B")


@pytest.mark.parametrize("gold", ["proof", "notfound"])
def test_what_stands_for_a_gold_answer_that_there_is_not_is_no_answer(gold: str) -> None:
    found = parsed({"problem": "Prove it.", "solution": "It is clear.", "answer": gold})
    assert (found.response, found.answer, found.reasoning) == ("It is clear.", None, None)
    assert parsed({"problem": "Prove it.", "response": "It is clear.", "answer": gold}).answer is None
