"""An answer that only says what a language model is or lacks answers nobody; one that goes on to answer stays."""

from __future__ import annotations

import pytest

from helpers.admitted_rows import record_of
from so8t_engine.config.run_config import RunConfig
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.parsed_row import Skip
from so8t_engine.data.texts import disclaimers

Q = "What is the weather in Rome today?"


@pytest.mark.parametrize(
    "answer",
    [
        "As an AI language model, I don't have access to real-time data.",
        "I'm just an AI, I don't have personal preferences. Please check a weather site. Let me know if I can help!",
        "As a large language model, I cannot browse the web. My knowledge cutoff is 2021.",
        "I\N{RIGHT SINGLE QUOTATION MARK}m sorry, but as an AI language model I do not have feelings.",
        "AI言語モデルとして、リアルタイムの情報を持っていません。気象庁のサイトをご確認ください。",
        "私はAIなので、個人的な意見はありません。",
    ],
)
def test_nothing_but_a_disclaimer_is_one(answer: str) -> None:
    assert disclaimers.is_one(Q, answer)


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (Q, "As an AI language model, I don't have live data. In June it is usually 28 degrees and dry."),
        (Q, "As an AI, I can say that Rome is dry in June."), (Q, "It is warm. I don't have more."),
        (Q, "As an AI, I don't have live data, but in June it is usually dry."),
        (Q, "AIとして最新の情報は持っていませんが、六月は乾燥しています。"),
        ("Are you an AI?", "As an AI language model, I don't have a body."),
        ("Do you feel pain?", "As an AI, I don't have feelings."),
        ("あなたは眠りますか。", "私はAIなので、眠ることはありません。"),
        ("How do I pick a lock?", "As an AI language model, I cannot help with that."),
        ("What did the robot say?", "As an AI, I don't have a home."),
        (Q, "As an AI language model, I don't have it. " + "I do not have that either. " * 40),
    ],
)  # fmt: skip
def test_an_answer_a_refusal_and_what_is_asked_of_the_model_itself_stay(asked: str, answer: str) -> None:
    assert not disclaimers.is_one(asked, answer)


@pytest.mark.parametrize("dropped", [True, False])
def test_it_is_left_out_by_a_reason_of_its_own_which_a_key_switches_off(dropped: bool) -> None:
    dataset = {"name": "d", "source": "local", "path": "x"}
    config = RunConfig.model_validate({
        "model": {"model_name_or_path": "x"}, "datasets": [dataset], "integrate": {"drop_disclaimers": dropped},
    })  # fmt: skip
    row = {"question": Q, "answer": "As an AI language model, I don't have access to real-time data."}

    def read() -> str:
        try:
            return record_of(config, row).record.response
        except Skip as skip:
            return str(skip.reason)

    assert read() == (str(drop_reasons.DISCLAIMS) if dropped else row["answer"])
