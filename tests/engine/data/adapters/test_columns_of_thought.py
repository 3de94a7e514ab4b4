"""Thought is known by what people call it, in several columns too; it is never put into the question."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import parsed, reason
from so8t_engine.config.run_config import Dataset
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import row_mapping
from so8t_engine.data.notes import source_notes

ASKED = "4人に6個ずつ配ると3個余りました。全部で何個ですか。"


@pytest.mark.parametrize(
    "name",
    ["式と考え方", "式", "計算式", "立式", "アセスメント", "アセスメント（考え方）", "メモ（考え方）", "解答の道筋",
     "見立て", "Equation"],
)  # fmt: skip
def test_how_an_answer_is_worked_out_is_thought(name: str) -> None:
    assert parsed({"問題": ASKED, name: "4×6=24、24+3=27", "答え": "27個"}).reasoning == "4×6=24、24+3=27"


@pytest.mark.parametrize(
    ("asked", "answer", "names"),
    [
        ("問題", "答え", ["先生の解説", "講師の解説", "正解の解説", "判断の根拠", "回答の根拠", "結論に至る過程"]),
        ("Question", "Answer", ["Teacher's explanation", "Reason for the answer", "Basis for the decision",
                                "Inner thought", "Why is this correct?"]),
        ("Frage", "Antwort", ["Erklärung der Lehrkraft", "Begründung der Antwort", "Erläuterung", "Lösungserklärung"]),
        ("question", "réponse", ["Explication du professeur", "Justification de la réponse"]),
        ("Pregunta", "Respuesta", ["Explicación del profesor", "Justificación de la decisión"]),
        ("Pergunta", "Resposta", ["Explicação do professor", "Raciocínio da resposta"]),
        ("Domanda", "Risposta", ["Spiegazione dell'insegnante", "Motivazione della risposta"]),
        ("Pytanie", "Odpowiedź", ["Wyjaśnienie nauczyciela", "Uzasadnienie odpowiedzi"]),
        ("问题", "答案", ["老师的讲解", "教师解析", "判断依据"]),
        ("질문", "답변", ["선생님 해설", "교사의 풀이", "판단 근거"]),
    ],
)  # fmt: skip
def test_whose_thought_it_is_or_of_what_may_stand_beside_the_word_for_it(
    asked: str, answer: str, names: list[str]
) -> None:
    for name in names:
        assert parsed({asked: "12, 18?", answer: "6", name: "2 x 3 is in both of them."}).reasoning is not None, name


@pytest.mark.parametrize(
    "name", ["生徒の解説", "採点の根拠", "回答者の理由", "Reason for rejection", "Student's reasoning"]
)
def test_a_pupils_reasons_and_a_markers_are_no_thought(name: str) -> None:
    rows = {"問題": "12と18の最大公約数は？", "答え": "6", name: "2 x 3 is in both of them."}
    assert parsed(rows).reasoning is None


def test_a_sum_alone_is_asked() -> None:
    row = parsed({"式": "4×6+3", "答え": "27"})
    assert (row.prompt, row.reasoning, row.response) == ("4×6+3", None, "27")


@pytest.mark.parametrize("name", ["生徒の考え方", "採点の考え方", "誤った考え方"])
def test_what_pupils_thought_and_how_to_mark_are_not(name: str) -> None:
    assert parsed({"問題": ASKED, name: "4×6だから24", "答え": "27個"}).reasoning is None


@pytest.mark.parametrize("stem", ["考え方", "解説", "手順", "step", "Solution Step "])
def test_steps_in_columns_of_their_own_are_one_thought_in_their_order(stem: str) -> None:
    steps = {f"{stem}2": "24+3=27", f"{stem}1": "4×6=24"}

    assert parsed({"問題": ASKED, **steps, "答え": "27個"}).reasoning == "4×6=24\n24+3=27"


def test_a_step_that_is_not_there_leaves_the_others() -> None:
    assert parsed({"問題": ASKED, "考え方1": "4×6+3=27", "考え方2": "", "答え": "27個"}).reasoning.strip() == "4×6+3=27"


def test_the_facts_of_a_case_are_asked_about_where_an_analysis_stands_beside_them() -> None:
    case = {"facts": "E found a wallet and kept it.", "question": "Is it theft?", "answer": "No."}
    row = parsed({**case, "analysis": "Custody had ended before E took it."})

    assert row.prompt == "E found a wallet and kept it.\n\nIs it theft?"
    assert row.reasoning == "Custody had ended before E took it."
    assert parsed(case).reasoning == "E found a wallet and kept it."


ROWS = (
    ("4人に6個ずつ配ると3個余った。全部で何個ですか。", "まず4×6=24、次に24+3=27", "27個"),
    ("時速60kmで2時間走ると何kmですか。", "60×2=120になる", "120km"),
    ("1200円の2割引きはいくらですか。", "1200×0.8=960と求める", "960円"),
)


@pytest.mark.parametrize("name", ["ヒント", "Hint", "ヒント2", "余白"])
def test_what_holds_the_answers_and_works_them_out_is_proposed_as_the_thought(name: str) -> None:
    rows: list[dict[str, Any]] = [{"問題": asked, name: worked, "答え": said} for asked, worked, said in ROWS]
    dataset = Dataset(name="d", source="local", path="x")
    told = source_notes.of_rows(dataset, rows, {})
    lines = [(note.code, note.args["line"]) for note in told if note.args.get("column") == name]

    assert lines == [
        ("data.thought_stands_in", f"columns: {{prompt: 問題, response: 答え, reasoning: {name}}}"),
    ]


@pytest.mark.parametrize("name", ["explanation_1", "解説文1", "理由2"])
def test_other_reasons_are_never_put_into_the_question(name: str) -> None:
    rows: list[dict[str, Any]] = [
        {"問題": asked, name: worked, "答え": said, "解説": worked} for asked, worked, said in ROWS
    ]
    notes = source_notes.of_rows(Dataset(name="d", source="local", path="x"), rows, {})

    assert not [note for note in notes if f"{{{name}}}" in str(note.args.get("line"))]


def test_what_is_said_of_the_right_option_is_thought_and_never_a_verdict_on_it() -> None:
    row = {"question": "Bats are birds.", "choices": ["True", "False"], "answer": 1}
    told = ("feedback", "Feedback", "generalFeedback", "Hinweis", "Comentário", "Commentaire", "Kommentar",
            "comentario", "commento", "explanation")  # fmt: skip
    for name in told:
        where = row_mapping.mapping({**row, name: "Bats are mammals."})
        assert where is not None and (where.reasoning, where.label) == (name, None), name
        assert parsed({**row, name: "They give milk."}).reasoning == "They give milk.", name
    for said in ("False", "Incorrect! Bats are mammals.", "Correct. They give milk."):
        assert parsed({**row, "feedback": said}).response == "B. False", said
    spread = {"Frage": "Was bildet Insulin?", "A": "Leber", "B": "Pankreas", "Lösung": "B", "Hinweis": "In Inseln."}
    notes = Dataset(name="d", source="local", path="x")
    said_of = source_notes.mapping(notes, spread, {})
    assert said_of is not None and (said_of.reasoning, said_of.label) == ("Hinweis", None)


def test_a_word_for_bad_stays_one_and_a_pupils_year_is_none() -> None:
    row = {"question": "Bats are birds.", "choices": ["True", "False"], "answer": 1}
    assert reason({**row, "Hinweis": "falsch"}) == drop_reasons.labelled_bad("Hinweis", "falsch")
    graded = source_notes.mapping(Dataset(name="d", source="local", path="x"), {**row, "grade": "grade2"}, {})
    assert graded is not None and graded.label is None
    attempt = {**row, "response": "True", "feedback": "wrong"}
    assert parsed(attempt).response == "B. False"


def test_thought_has_more_names() -> None:
    named = (("Frage", "Überlegung", "Antwort"), ("問題", "解き方のポイント", "模範解答"), ("問題文", "解説文", "解答"),
             ("Pregunta", "¿Por qué?", "Respuesta"), ("question", "full_text_proof", "answer"))  # fmt: skip
    for asks, why, answers in named:
        assert parsed({asks: "12, 18?", why: "2 x 3 is in both of them.", answers: "6"}).reasoning is not None, why


def test_a_story_stands_before_its_question_and_a_question_s_own_text_behind_it() -> None:
    story, asked = "A farmer has 6 rows of 14 cabbages.", "How many has he?"
    assert parsed({"Body": story, "Question": asked, "Answer": "84"}).prompt == f"{story}\n\n{asked}"
    assert parsed({"Question": asked, "Body": story, "Answer": "84"}).prompt == f"{asked}\n\n{story}"


def test_what_says_question_and_answer_again_is_never_asked() -> None:
    rows = [{"hypothesis": f"The owl number {n} is active at night.", "question": f"When is owl number {n} active?",
             "context": f"Owl number {n} hunts mice.", "answer": "at night"} for n in range(4)]  # fmt: skip
    notes = source_notes.of_rows(Dataset(name="d", source="local", path="x"), rows, {})
    assert not [note for note in notes if "{hypothesis}" in str(note.args.get("line"))]


def test_steps_of_a_preferred_answer_are_nobody_who_speaks() -> None:
    asked = [{"from": "user", "value": "12 trays of 9 rolls?"}]
    said = (f"Step 1: 12 x 9 = {n}.\nAnswer:\n{n}" for n in (108, 109, 110))
    rows = [{"trajectory": asked, "chosen": one, "rejected": "Step 1: 21.\nAnswer:\n21"} for one in said]
    assert source_notes.roles_unknown(Dataset(name="d", source="local", path="x"), rows) == []
