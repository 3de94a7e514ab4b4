"""A talk that ends with a user's turn, and what stands beside it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from helpers.rows import parsed, reason
from so8t_engine.config.run_config import Columns, Dataset
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import row_mapping
from so8t_engine.data.notes import source_notes

TALK = [
    {"role": "user", "content": "Can I take paracetamol?"},
    {"role": "assistant", "content": "How much do you weigh?"},
    {"role": "user", "content": "70 kg"},
]
SHAREGPT = [
    {"from": "human", "value": "Can I take paracetamol?"},
    {"from": "gpt", "value": "How much do you weigh?"},
    {"from": "human", "value": "70 kg"},
]
ASKED = "User: Can I take paracetamol?\n\nAssistant: How much do you weigh?\n\nUser: 70 kg"
A = "At most 3 g a day."


@pytest.mark.parametrize(
    "place", ["messages", "conversation", "conversations", "dialogue", "prompt", "input", "context"]
)
@pytest.mark.parametrize("beside", [
    {"reference": A}, {"label": A}, {"chosen": A}, {"expected": A}, {"gt": A}, {"true_answer": A}, {"gold_label": A},
    {"ideal_completions_data": {"ideal_completion": A, "ideal_completions_ref_completions": ["As much as you like."]}},
    {"reward_model": {"style": "rule", "ground_truth": A}}, {"answer": A}, {"response": A}, {"gold_answer": A},
    {"ラベル": "1日3gまでです。"}, {"正解": "1日3gまでです。"}, {"标准答案": "每天最多3克。"},
    {"모범답안": "하루 최대 3g입니다."},
    {"Musterlösung": "Höchstens 3 g am Tag."}, {"réponse attendue": "Au plus 3 g par jour."},
    {"respuesta esperada": "Como máximo 3 g al día."},
])  # fmt: skip
def test_what_stands_beside_a_talk_that_ends_with_its_user_answers_it(place: str, beside: dict[str, Any]) -> None:
    said: Any = next(iter(beside.values()))
    said = said.get("ideal_completion") or said["ground_truth"] if isinstance(said, dict) else said
    found = parsed({place: TALK, **beside})
    assert (found.prompt, found.response) == (ASKED, said)


def test_an_answer_may_be_a_message() -> None:
    message = {"role": "assistant", "content": A}
    for said in (message, [message], json.dumps([message])):
        assert parsed({"messages": TALK, "chosen": said}).response == A
        assert parsed({"prompt": TALK, "reference": said}).response == A
    assert parsed({"messages": TALK, "chosen": [{"role": "user", "content": A}]}).response == "How much do you weigh?"


@pytest.mark.parametrize("place", ["prompt", "input", "context"])
def test_so_it_does_for_a_single_question_and_for_names_of_another_program(place: str) -> None:
    found = parsed({place: [{"role": "user", "content": "Is aspirin an NSAID?"}], "reference": "Yes, it is."})
    assert (found.prompt, found.response) == ("Is aspirin an NSAID?", "Yes, it is.")
    assert parsed({"conversations": SHAREGPT, "reference": A}).response == A
    assert parsed({"messages": json.dumps(TALK), "reference": A}).response == A


@pytest.mark.parametrize("beside", [
    {"TARGET_QUESTION": "Does it ask for no more?", "PASS_CRITERIA": "YES"}, {"rubric": "says 3 g"},
    {"rubrics": [{"criterion": "limits", "points": 4}]}, {"採点基準": "3gと答える"}, 
    {"Bewertungskriterien": "nennt 3 g"},
    {"critères": "dit 3 g"}, {"criterios": "dice 3 g"}, {"评分标准": "说3克"}, {"채점기준": "3g이라고 답한다"},
    {"reference": "https://example.org/p?id=3"},
])  # fmt: skip
def test_an_earlier_answer_is_not_learnt_where_the_missing_one_is_to_be_judged(beside: dict[str, Any]) -> None:
    assert reason({"messages": TALK, **beside}) == drop_reasons.UNANSWERED
    dataset = Dataset(name="x", path="x.jsonl", source="local")
    notes = source_notes.of_rows(dataset, [{"messages": TALK, **beside}], {})
    assert "data.questions_left" not in [note.code for note in notes]


@pytest.mark.parametrize("beside", [
    {}, {"label": "safe"}, {"label": "positive"}, {"label": "very good"}, {"label": True}, {"label": 3},
    {"accepted": "yes"}, {"preferred": "A"}, {"id": "7", "model": "x"}, {"rubric": ""},
    {"reference_id": "7"}, {"expected_language": "en"},
])  # fmt: skip
def test_a_talk_alone_is_learnt_as_far_as_it_is_answered_and_that_is_said(beside: dict[str, Any]) -> None:
    row = {"messages": TALK, **beside}
    assert parsed(row).response == "How much do you weigh?"
    dataset = Dataset(name="x", path="x.jsonl", source="local")
    assert [
        note.args for note in source_notes.of_rows(dataset, [row] * 2, {}) if note.code == "data.questions_left"
    ] == [{"count": 2}]


def test_a_talk_that_ends_with_an_answer_keeps_it() -> None:
    row = {"messages": [*TALK, {"role": "assistant", "content": A}], "reference": "see a doctor", "rubric": "says 3 g"}
    assert parsed(row).response == A
    dataset = Dataset(name="x", path="x.jsonl", source="local")
    assert "data.questions_left" not in [note.code for note in source_notes.of_rows(dataset, [row], {})]
    named = Columns(messages="messages")
    assert parsed({"messages": TALK, "rubric": "x"}, columns=named).response == "How much do you weigh?"
    assert row_mapping.mapping({"messages": TALK, "reference": A}) == Columns(messages="messages", response="reference")
