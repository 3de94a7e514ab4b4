"""What a table or a program leaves where a question or an answer should stand is not learnt."""

from __future__ import annotations

import pytest

from so8t_engine.config.run_config import Columns, Dataset
from so8t_engine.data import admission, drop_reasons
from so8t_engine.data.adapters.parsed_row import ParsedRow, Skip
from so8t_engine.sentences import Sentence

WHO = "Who wrote it?"
Q = "海の水はなぜ塩辛いのですか。"


def read(question: str, answer: str, **more: str) -> ParsedRow | Sentence:
    columns = Columns(prompt="q", response="a", reasoning="why" if more else None)
    try:
        return admission.parsed(
            Dataset(name="d", source="local", path="x", columns=columns), {"q": question, "a": answer, **more}, {}
        )
    except Skip as skip:
        return skip.reason


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (Q, "なし"), (Q, "未回答"), (Q, "該当なし"), (Q, "（空欄）"), (Q, "ー"), (Q, "同上"), (Q, "〃"),
        ("How do I clean it?", "None"), ("Why is it blue?", "null"), (WHO, "N/A"), (WHO, "(blank)"), (WHO, "=B2&C2"),
        ("How many legs has it?", "=VLOOKUP(A2,Sheet2!A:B,2,0)"), (WHO, "=Sheet2!B7"), (Q, "エラーが発生しました。"),
        (WHO, "As an AI, I cannot say. Error: request timed out"), (WHO, "Internal Server Error"), (Q, "特になし"),
        (WHO, "[ERROR]: 429 Too Many Requests"), (WHO, "There was an error generating a response"),
    ],
)  # fmt: skip
def test_what_stands_for_an_answer_that_there_is_not_is_none(question: str, answer: str) -> None:
    assert read(question, answer) == drop_reasons.NO_ANSWER


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("How many are left?", "None"), ("残りはありますか。", "なし"), ("この果物は何ですか。", "なし"),
        ("Which fits? (or N/A)", "N/A"), ("What does JSON.parse return?", "null"), ("x + 1 for x = 2?", "=3"),
        ("Which formula adds A1 and A2?", "=SUM(A1:A2)"), ("What says the server?", "Error: request timed out"),
        ("同上の意味は？", "上と同じという意味です。"), ("What is it?", "Sorry, that was an error. It is Canberra."),
        ("合計", "total"), ("Total", "合計"), ("Average", "平均"), ("※を英語で何と言いますか。", "asterisk"),
        ("※以下を要約せよ", "要約"), ("質問", "question"),
    ],
)  # fmt: skip
def test_the_same_words_may_be_right_answers(question: str, answer: str) -> None:
    assert isinstance(read(question, answer), ParsedRow)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("合計", "20件"), ("Total", "24"), ("Grand total:", "1,024 rows"), ("平均", "3.5点"), ("※社外秘", "2025年作成"),
        ("質問", "回答"), ("Question", "Answer"), ("prompt", "response"),
    ],
)  # fmt: skip
def test_totals_notes_and_second_headers_of_a_table_are_no_questions(question: str, answer: str) -> None:
    assert read(question, answer) == drop_reasons.OF_TABLE


@pytest.mark.parametrize("none", ["nan", "None", "N/A", "null", "-", "なし", "未記入", "#REF!"])
def test_what_stands_for_a_thought_that_there_is_not_is_none(none: str) -> None:
    found = read(WHO, "Shakespeare", why=none)

    assert isinstance(found, ParsedRow)
    assert (found.response, found.reasoning) == ("Shakespeare", None)
