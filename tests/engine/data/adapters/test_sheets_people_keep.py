"""Sheets as teachers, testers and shops keep them: which column asks, which answers, which says how."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import of_source
from so8t_engine.data.adapters.parsed_row import ParsedRow


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
