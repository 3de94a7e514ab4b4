"""Reasoning whose author came to another result than the answer that is learnt is not learnt."""

from __future__ import annotations

import pytest

from helpers.rows import of_source, parsed, whole
from so8t_engine.config.run_config import Columns, Dataset
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.answers import own_answers
from so8t_engine.data.adapters.parsed_row import ParsedRow
from so8t_engine.data.notes import source_notes


@pytest.mark.parametrize(
    ("reasoning", "own"),
    [
        ("r1_reasoning", "r1_answer"),
        ("qwen_cot", "qwen_final_answer"),
        ("model_thinking", "model_prediction"),
        ("r1の推論", "r1の答え"),
        ("ki_begründung", "ki_antwort"),
    ],
)
def test_such_a_row_is_left_out_where_the_user_names_the_reasoning(reasoning: str, own: str) -> None:
    said = [("97", "97"), ("91", "97"), ("1,000", "1000"), ("", "12"), ("Lima", "Lima"), ("B", "A")]
    rows = [
        {"question": f"Question {n}?", reasoning: "So it must be.", own: one, "gold": gold}
        for n, (one, gold) in enumerate(said)
    ]
    found = of_source(rows, columns={"prompt": "question", "response": "gold", "reasoning": reasoning})
    assert [isinstance(one, ParsedRow) for one in found] == [True, False, True, True, True, False]
    assert found[1] == drop_reasons.CONTRADICTS


@pytest.mark.parametrize("own", ["gpt_answer", "r1_score", "answer"])
def test_a_result_of_somebody_else_says_nothing_of_it(own: str) -> None:
    row = {"question": "2 + 2?", "r1_reasoning": "So it is 4.", own: "5", "gold": "4"}
    columns = {"prompt": "question", "response": "gold", "reasoning": "r1_reasoning"}
    assert isinstance(of_source([row], columns=columns)[0], ParsedRow)


ASKED, WRONG, RIGHT = "Which gas do plants take in?", "Plants take in oxygen.", "Carbon dioxide"
WHY = "Animals breathe oxygen, so plants likely take it too."


def test_what_led_to_an_answer_that_is_replaced_is_no_thought_of_the_right_one() -> None:
    replaced = [
        ("model_answer", "model_reasoning", "reference_answer"), ("answer", "reasoning", "correct_answer"),
        ("llm_response", "thinking", "answer"), ("model_answer", "explanation", "gold_answer"),
        ("response", "chain_of_thought", "ground_truth"), ("回答", "思考", "正解"), ("AIの回答", "思考", "模範解答"),
        ("response", "reasoning", "corrected_response"),
    ]  # fmt: skip
    for said, why, right in replaced:
        row = {"question": ASKED, why: WHY, said: WRONG, right: RIGHT}
        assert whole(row) == {"prompt": ASKED, "response": RIGHT}, (said, why, right)
        assert parsed({**row, said: f"It is {RIGHT.lower()}."}).reasoning == WHY, (said, why, right)
        assert parsed({name: text for name, text in row.items() if name != said}).reasoning == WHY, (said, why, right)
    scored = {"question": ASKED, "reasoning": WHY, "answer": WRONG, "ground_truth": RIGHT, "faithfulness": 0.9}
    assert whole(scored) == {"prompt": ASKED, "response": RIGHT}


def test_what_is_of_the_right_answer_by_its_name_or_led_to_what_is_praised_stays_its_thought() -> None:
    kept = [
        ("model_answer", "teacher_explanation", "reference_answer"), ("answer", "explanation", "correct_answer"),
        ("AIの回答", "先生の解説", "正解"), ("回答", "解説", "正解"), ("Antwort", "Erklärung", "richtige Antwort"),
        ("model_answer", "expert_explanation", "gold_answer"),
    ]  # fmt: skip
    for said, why, right in kept:
        row = {"question": ASKED, why: WHY, said: WRONG, right: RIGHT}
        assert whole(row) == {"prompt": ASKED, "response": RIGHT, "reasoning": WHY}, (said, why, right)
    praised = {"question": ASKED, "reasoning": WHY, "answer": WRONG, "gold": RIGHT, "is_correct": True}
    assert (parsed(praised).response, parsed(praised).reasoning) == (RIGHT, WHY)


@pytest.mark.parametrize("score", [None, 0.1, 0.0])
def test_no_score_joins_a_thought_with_the_answer_that_it_did_not_lead_to(score: float | None) -> None:
    row = {"question": ASKED, "model_reasoning": WHY, "model_answer": WRONG, "reference_answer": RIGHT}
    rows = [{**row, "verifier_score": score}, {**row, "model_answer": f"{RIGHT}.", "verifier_score": 1.0}]
    assert [one.reasoning for one in of_source(rows) if isinstance(one, ParsedRow)] == [None, WHY]
    notes = source_notes.of_rows(Dataset(name="d", source="local", path="x"), rows, {})
    [told] = [note for note in notes if note.code == "data.anothers_thoughts"]
    assert told.args == {"column": "model_reasoning", "answer": "model_answer", "count": 1}


@pytest.mark.parametrize(
    ("learnt", "said", "reasoning", "is_replaced"),
    [
        ("correct_answer", "answer", "reasoning", True), ("correct_answer", "comment", "reasoning", False),
        ("gold", "candidate_1", "reasoning", True), ("gold", "output", "reasoning", True),
        ("answer", "llm_answer", "reasoning", True), ("Answer", "answer", "reasoning", False),
        ("note", "answer", "reasoning", False), ("revised_answer", "comment", "reasoning", True),
        ("correct_answer", "answer", "explanation", False), ("correct_answer", "llm_answer", "explanation", True),
        ("correct_answer", "llm_answer", "expert_reasoning", False),
    ],
)  # fmt: skip
def test_reasoning_beside_an_answer_that_the_right_one_replaces_is_of_that(
    learnt: str, said: str, reasoning: str, is_replaced: bool
) -> None:
    other = Columns(prompt="question", response=said, reasoning=reasoning)
    assert own_answers.is_replaced(learnt, other) is is_replaced


@pytest.mark.parametrize(
    ("columns", "differs"),
    [
        ({"response": "gold"}, True), ({"response": "r1_response", "answer": "gold"}, True),
        ({"response": "gold", "choices": "a, b"}, False), ({"response": None, "chosen": "gold"}, False),
        ({"response": "gold", "messages": "talk"}, False), ({"response": "gold", "reasoning": None}, False),
        ({"response": None, "answer": "gold"}, False),
    ],
)  # fmt: skip
def test_where_one_answer_is_learnt_its_reasoning_must_come_to_it(
    columns: dict[str, str | None], differs: bool
) -> None:
    where = Columns.model_construct(**{"prompt": "q", "reasoning": "r1_reasoning", **columns})
    row = {"q": "2 + 2?", "r1_reasoning": "So.", "r1_answer": "5", "gold": "4", "r1_response": "It is 5."}
    assert own_answers.differ(row, where) is differs
