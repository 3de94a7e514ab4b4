"""Sheets as teachers, testers and shops keep them: which column asks, which answers, which says how."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import of_source
from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.parsed_row import ParsedRow
from so8t_engine.data.adapters.proposed import proposals, tasks


def learnt(rows: list[dict[str, Any]]) -> list[tuple[str, str | None, str]]:
    """(question, thought, answer) of each row."""
    found = of_source(rows)
    assert all(isinstance(one, ParsedRow) and one.bad_answer is None for one in found), found
    return [(one.prompt, one.reasoning, one.response) for one in found if isinstance(one, ParsedRow)]


WAY = "わり算を先にする。48÷6=8、8+2=10。"


@pytest.mark.parametrize(
    ("asks", "answers", "way"),
    [
        ("しき", "こたえ", "ときかた"),
        ("もんだい", "こたえ", "とき方"),
        ("計算式", "答", "解き方"),
        ("問題", "答え", "かんがえかた"),
        ("Aufgabe", "Antwort", "Rechenweg"),
        ("Expression", "Answer", "How to solve"),
        ("Question", "Réponse", "Démarche"),
    ],
)
def test_of_a_drill_the_way_is_thought_the_result_the_answer_and_a_common_mistake_nothing(
    asks: str, answers: str, way: str
) -> None:
    rows = [{asks: "48÷6+2", answers: "10", way: WAY, "よくあるまちがい": "6"}]
    assert learnt(rows) == [("48÷6+2", WAY, "10")]


@pytest.mark.parametrize(
    ("asks", "said", "right", "judges", "bad", "good"),
    [
        ("Frage", "Antwort der KI", "Richtige Antwort", "Bewertung", "falsch", "richtig"),
        ("Frage", "KI-Antwort", "Korrekte Antwort", "Urteil", "falsch", "richtig"),
        ("Question", "AI's answer", "Right answer", "Verdict", "wrong", "right"),
        ("Question", "Answer of the model", "Correct answer", "Verdict", "wrong", "right"),
        ("Question", "Réponse de l'IA", "Bonne réponse", "Évaluation", "faux", "correct"),
        ("Pregunta", "Respuesta de la IA", "Respuesta correcta", "Evaluación", "incorrecto", "correcto"),
        ("Domanda", "Risposta dell'IA", "Risposta corretta", "Valutazione", "sbagliato", "corretto"),
        ("Pergunta", "Resposta da IA", "Resposta correta", "Avaliação", "incorreto", "correto"),
        ("質問", "AIの答え", "正しい答え", "評価", "×", "○"),
        ("问题", "AI的回答", "正确答案", "评价", "错误", "正确"),
        ("질문", "AI의 답변", "정답", "평가", "틀림", "맞음"),
    ],
)
def test_beside_a_machines_answer_and_what_was_said_of_it_the_right_one_is_learnt_in_every_row(
    asks: str, said: str, right: str, judges: str, bad: str, good: str
) -> None:
    rows = [
        {asks: "Which river?", said: "The Elbe.", right: "The Rhine flows there.", judges: bad},
        {asks: "Who wrote it?", said: "Goethe.", right: "Johann Wolfgang von Goethe.", judges: good},
    ]
    assert learnt(rows) == [
        ("Which river?", None, "The Rhine flows there."),
        ("Who wrote it?", None, "Johann Wolfgang von Goethe."),
    ]


QUIZ = [
    ("赤信号では止まる。", "○", "法令で決まっている。"),
    ("夜は無灯火でよい。", "×", "灯火が要る。"),
    ("駐車禁止の場所でも停車はできる。", "○", "停車は別に定められている。"),
    ("踏切では徐行すればよい。", "×", "一時停止が要る。"),
]


@pytest.mark.parametrize("number", ["No", "No.", "番号", "問題番号", "#", "Lfd"])
@pytest.mark.parametrize("truth", ["○×", "◯・✕", "正誤", "マルバツ", "True/False", "Richtig/Falsch"])
def test_of_a_true_or_false_quiz_the_mark_is_proposed_as_the_answer_and_no_running_number(
    number: str, truth: str
) -> None:
    rows = [
        {number: str(count), "問題": stated, truth: mark, "解説": why}
        for count, (stated, mark, why) in enumerate(QUIZ, 1)
    ]
    where = proposals.propose(rows)

    assert where is not None
    assert (where.response, where.reasoning, where.label) == (truth, "解説", None)
    assert where.prompt == "次の記述は正しいですか。\\n\\n{問題}"
    assert [one.response for one in of_source(rows, columns=where.model_dump(exclude_none=True))] == list("○×○×")  # type: ignore[union-attr]


def test_a_mark_beside_an_answer_still_judges_that() -> None:
    rows = [{"No": str(count), "質問": asked, "回答": why, "○×": mark} for count, (asked, mark, why) in enumerate(QUIZ)]
    assert [isinstance(one, ParsedRow) for one in of_source(rows)] == [True, False, True, False]


def test_a_question_of_such_a_quiz_is_asked_as_it_stands() -> None:
    rows = [{"Frage": f"Ist {number} gerade?", "Wahr oder falsch": mark}
            for number, mark in ((1, "falsch"), (2, "wahr"), (3, "falsch"), (4, "wahr"))]  # fmt: skip
    assert tasks.mapping(rows[0]) == Columns(prompt="Frage", response="Wahr oder falsch")


def test_what_only_counts_the_rows_is_never_proposed_as_their_answer() -> None:
    rows = [{"Kennung": str(number), "Aussage zu": f"Satz {number} ist wahr."} for number in range(7, 12)]
    assert proposals.propose(rows) is None
    years = [{**row, "Kennung": year} for row, year in zip(rows, ("7", "8", "10", "9", "11"), strict=True)]
    assert proposals.propose(years) is None or proposals.propose(years) != proposals.propose(rows)
