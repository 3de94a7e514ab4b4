"""What a machine said, and beside it what somebody wrote: that is learnt, or nothing where nobody has written yet."""

from __future__ import annotations

import pytest

from helpers.rows import of_source, parsed
from so8t_engine.config.run_config import Dataset
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.parsed_row import ParsedRow
from so8t_engine.data.adapters.proposed import proposals
from so8t_engine.data.notes import source_notes

RIGHT, WRONG = "Lima is the capital of Peru.", "That must be Quito."


@pytest.mark.parametrize(
    ("asks", "machine", "people"),
    [
        ("question", "model_answer", "human_answer"), ("question", "ai_answer", "human_answer"),
        ("question", "llm_response", "expert_answer"), ("question", "model_output", "human_response"),
        ("question", "chatgpt_answer", "teacher_answer"), ("question", "bot_reply", "agent_reply"),
        ("question", "gpt4_response", "Doctor's answer"), ("question", "answer_chatgpt", "answer_by_human"),
        ("question", "model_answer", "human_expert_answer"), ("question", "Answer (AI)", "Answer (human)"),
        ("question", "answer", "human_answer"), ("prompt", "response", "human_response"),
        ("prompt", "output", "manual_answer"), ("質問", "モデル回答", "人手回答"), ("質問", "AIの回答", "専門家の回答"),
        ("質問", "回答（AI）", "回答（人）"), ("質問", "回答", "人間の回答"), ("質問", "ボットの返信", "担当者の返信"),
        ("问题", "模型回答", "人工回答"), ("问题", "机器人回复", "客服回复"), ("问题", "AI回答", "专家答案"),
        ("질문", "AI 답변", "상담원 답변"), ("질문", "모델 답변", "사람 답변"),
        ("Frage", "KI-Antwort", "Antwort Mensch"),
        ("Frage", "Antwort (KI)", "Antwort (Mensch)"), ("Frage", "Bot-Antwort", "Antwort des Lehrers"),
        ("question", "Réponse IA", "Réponse humaine"), ("question", "Réponse du bot", "Réponse de l'expert"),
        ("pregunta", "respuesta IA", "respuesta humana"), ("pregunta", "respuesta del bot", "respuesta del experto"),
    ],
)  # fmt: skip
def test_what_somebody_wrote_is_learnt_and_not_what_a_machine_said(asks: str, machine: str, people: str) -> None:
    for said in (WRONG, f"Quito, because it lies high up. {WRONG}"):
        rows = [{asks: f"What is the capital, part {part}?", machine: said, people: RIGHT} for part in "ab"]
        assert [row.response for row in of_source(rows) if isinstance(row, ParsedRow)] == [RIGHT, RIGHT]
    turned = [{people: row[people], machine: row[machine], asks: row[asks]} for row in rows]
    assert [row.response for row in of_source(turned) if isinstance(row, ParsedRow)] == [RIGHT, RIGHT]


@pytest.mark.parametrize(
    "row",
    [
        {"answer": RIGHT, "agent_answer": WRONG}, {"answer": RIGHT, "teacher_answer": WRONG},
        {"answer": RIGHT, "model_answer": WRONG, "human_answer": WRONG},  # of people who were tested too
        {"correct_answer": RIGHT, "human_answer": WRONG},
        {"correct_answer": RIGHT, "ai_answer": "No.", "human_answer": WRONG},
        {"model_answer": RIGHT, "human_answer": WRONG, "winner": "model"},
        {"model_answer": RIGHT, "human_rating": 5}, {"model_answer": RIGHT, "expert_comment": WRONG},
        {"answer": RIGHT, "human_text": ""},
    ],
)  # fmt: skip
def test_what_somebody_wrote_is_not_learnt_beside_what_is_right_or_was_preferred(row: dict[str, object]) -> None:
    assert parsed({"question": "What is the capital?", **row}).response == RIGHT


@pytest.mark.parametrize("column", ["preferred", "winner", "better"])
@pytest.mark.parametrize(("said", "learnt"), [("model_answer", WRONG), ("human_answer", RIGHT), ("Model answer", WRONG),
                                              ("model", WRONG), ("human", RIGHT)])  # fmt: skip
def test_of_the_two_that_is_learnt_which_somebody_preferred_by_its_column(column: str, said: str, learnt: str) -> None:
    row = {"question": "What is the capital?", "model_answer": WRONG, "human_answer": RIGHT, column: said}
    assert parsed(row).response == learnt


@pytest.mark.parametrize(
    ("machine", "people", "learnt", "gold"),
    [
        ("It is 12.", "13", "13", "13"), ("Perhaps.", "13", "13", "13"),
        ("6 and 7 are 13.", "13", "6 and 7 are 13.", "13"),
        (RIGHT, RIGHT, RIGHT, None),
    ],
)  # fmt: skip
def test_a_result_that_somebody_wrote_stands_for_another_and_beside_working_that_comes_to_it(
    machine: str, people: str, learnt: str, gold: str | None
) -> None:
    found = parsed({"question": "How much are 6 and 7?", "model_answer": machine, "human_answer": people})
    assert (found.response, found.answer) == (learnt, gold)


@pytest.mark.parametrize(
    ("machine", "mended"),
    [
        ("AIの回答", "修正回答"), ("AIの回答", "訂正回答"), ("KI-Antwort", "korrigierte Antwort"),
        ("Réponse IA", "réponse corrigée"),
        ("respuesta IA", "respuesta corregida"), ("模型回答", "修正答案"), ("模型回答", "修改后的回答"),
        ("AI 답변", "수정된 답변"), ("resposta IA", "resposta corrigida"), ("model_answer", "corrected_answer"),
    ],
)  # fmt: skip
def test_a_machine_s_answer_is_not_learnt_where_it_was_not_mended(machine: str, mended: str) -> None:
    rows = [{"question": "Why?", machine: WRONG, mended: RIGHT}, {"question": "Where?", machine: WRONG, mended: ""}]
    first, second = of_source(rows)
    assert isinstance(first, ParsedRow) and first.response == RIGHT
    assert second in (drop_reasons.UNREVISED, drop_reasons.EMPTY_FIELD)


@pytest.mark.parametrize(
    ("machine", "right"),
    [
        ("model_answer", "correct_answer"), ("model_answer", "human_answer"), ("AI回答", "正解"),
        ("bot_reply", "agent_reply"),
        ("モデルの回答", "人手回答"), ("模型回答", "标准答案"), ("KI-Antwort", "Musterantwort"),
        ("llm_answer", "answer"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("empty", ["", " ", None])
def test_a_machine_s_answer_is_not_learnt_where_the_right_one_has_not_been_written(
    machine: str, right: str, empty: str | None
) -> None:
    rows = [{"question": "Why?", machine: WRONG, right: RIGHT}, {"question": "Where?", machine: WRONG, right: empty}]
    first, second = of_source(rows)
    assert isinstance(first, ParsedRow) and (first.response, second) == (RIGHT, drop_reasons.EMPTY_FIELD)


@pytest.mark.parametrize(
    "row",
    [
        {"answer": RIGHT, "correct_answer": ""}, {"model_answer": RIGHT, "reference": ""},
        {"model_answer": RIGHT, "human_answer": "", "verdict": "correct"},
        {"model_answer": RIGHT, "human_answer": "", "is_correct": True}, {"response": RIGHT, "expected_output": None},
    ],
)  # fmt: skip
def test_an_answer_is_learnt_where_none_need_stand_beside_it(row: dict[str, object]) -> None:
    assert parsed({"question": "What is the capital?", **row}).response == RIGHT


def test_of_what_a_machine_and_somebody_replied_the_second_is_proposed() -> None:
    mails = [
        {"Customer message": f"Who rules, {n}?", "Bot reply": f"Quito {n}.", "Agent reply": f"Lima {n}."} for n in "abc"
    ]
    where = proposals.propose(mails)
    assert where is not None and where.response == "Agent reply"


def test_rows_without_a_right_answer_are_not_counted_as_such_in_which_it_is_learnt() -> None:
    rows = [{"question": f"Part {n}?", "model_answer": WRONG, "human_answer": RIGHT if n else ""} for n in range(3)]
    dataset = Dataset(name="d", source="local", path="d.jsonl")
    [note] = [one for one in source_notes.of_rows(dataset, rows, {}) if one.code == "data.right_one_learnt"]
    assert (note.args["column"], note.args["right"], note.args["count"]) == ("model_answer", "human_answer", 2)
