"""Words for good, bad and harmful, in a column that judges or that the user says does so."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import of_source, parsed, reason
from so8t_engine.config.run_config import Dataset
from so8t_engine.data.adapters import choose_adapter
from so8t_engine.data.adapters.parsed_row import ParsedRow
from so8t_engine.data.notes import source_notes

Q, A = "Which saw is it?", "The small one."
REFUSED = "I'm sorry, but I can't help with that."
NAMED = {"columns": {"prompt": "prompt", "response": "response", "label": "note"}}


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        ("harmful", "harmless"),
        ("harmful", "benign"),
        ("toxic", "non-toxic"),
        ("unsafe\nS9", "safe"),
        ("有害", "無害"),
        ("falsch", "richtig"),
        ("Düzeltilecek", "Onaylandı"),
        ("zu korrigieren", "freigegeben"),
        ("à corriger", "validé"),
        ("por corregir", "aprobado"),
        ("待修改", "已审核"),
        ("수정 필요", "승인"),
        ("nein", "ja"),
        ("faux", "vrai"),
        ("incorrecto", "correcto"),
        ("sbagliato", "giusto"),
        ("errado", "certo"),
        ("fout", "goed"),
        ("нет", "да"),
        ("неверно", "верно"),
        ("błędne", "poprawne"),
        ("yanlış", "doğru"),
        ("错误", "正确"),
        ("나쁨", "좋음"),
        ("誤訳", "OK"),
        ("△", "◎"),
        ("▲", "○"),
        ("❌", "✔\ufe0f"),
        ("一部正解", "レ"),
    ],
)
def test_a_column_that_the_user_names_calls_answers_bad_in_the_words_of_people(bad: str, good: str) -> None:
    rows = [{"prompt": f"{Q} {word}", "response": A, "note": word} for word in (bad, good)]
    condemned, learnt = of_source(rows, **NAMED)
    assert not isinstance(condemned, ParsedRow) or condemned.bad_answer is not None
    assert isinstance(learnt, ParsedRow) and learnt.bad_answer is None


@pytest.mark.parametrize(
    ("row", "where", "bad", "good"),
    [
        ({"prompt": Q, "response": A}, "label", "harmful", "harmless"),
        ({"prompt": Q, "response": A}, "label", "toxic", "non-toxic"),
        ({"prompt": Q, "response": A}, "guard", "unsafe\nS9", "safe"),
        ({"prompt": Q, "response": A}, "should_refuse", True, False),
        ({"prompt": Q, "response": A}, "meta", {"label": "harmful"}, {"label": "ok"}),
        ({"prompt": Q, "response": A}, "moderation", {"flagged": True}, {"flagged": False}),
        ({"question": Q, "réponse": A}, "verdict", "faux", "vrai"),
        ({"question": Q, "answer": A}, "verdict", "sbagliato", "giusto"),
        ({"Frage": Q, "Antwort": A}, "Bewertung", "falsch", "richtig"),
        ({"Frage": Q, "Antwort": A}, "richtig?", "nein", "ja"),
        ({"Вопрос": Q, "Ответ": A}, "Проверено", "нет", "да"),
        ({"질문": Q, "답변": A}, "평가", "나쁨", "좋음"),
        ({"问题": Q, "答案": A}, "评价", "错误", "正确"),
        ({"问题": Q, "答案": A}, "标签", "有害", "无害"),
        ({"質問": Q, "回答": A}, "ラベル", "有害", "無害"),
        ({"質問": Q, "回答": A}, "採点", "△", "◎"),
        ({"質問": Q, "回答": A}, "安全", 0, 1),
        ({"質問": Q, "回答": A}, "有害", "○", "×"),
        ({"質問": Q, "回答": A}, "要修正", "はい", "いいえ"),
        ({"質問": Q, "回答": A}, "安全", "危険", "安全"),
        ({"질문": Q, "답변": A}, "안전", False, True),
        ({"問題": Q, "回答": A}, "審核", "不通過", "通過"),
        ({"Frage": Q, "Antwort": A, "Geprüft": "ja"}, "Falsch", "x", ""),
    ],
)
def test_a_column_that_judges_by_its_name_does_so_in_the_words_of_people(
    row: dict[str, Any], where: str, bad: Any, good: Any
) -> None:
    names = list(row)
    rows = [{**row, names[0]: f"{Q} {number}", where: value} for number, value in enumerate((bad, good))]
    condemned, learnt = of_source(rows)
    assert not isinstance(condemned, ParsedRow) or condemned.bad_answer is not None
    assert isinstance(learnt, ParsedRow) and learnt.bad_answer is None and learnt.response == A


def test_a_label_of_harm_may_be_of_the_request_so_an_answer_that_refuses_is_learnt() -> None:
    refusal = parsed({"prompt": Q, "response": REFUSED, "label": "harmful"})
    assert refusal.bad_answer is None and refusal.safety == "unsafe" and refusal.response == REFUSED
    assert parsed({"prompt": Q, "response": REFUSED, "should_refuse": "yes"}).response == REFUSED
    asked = parsed({"prompt": Q, "response": A, "label": "harmful"})
    assert asked.safety == "unsafe" and "'label': harmful" in str(asked.bad_answer)


@pytest.mark.parametrize("word", ["male", "de", "maths", "neutral", "B"])
def test_a_word_that_says_neither_condemns_nothing(word: str) -> None:
    assert parsed({"prompt": Q, "response": A, "label": word}).response == A


def test_a_right_that_is_only_half_of_it_is_told_as_it_stands() -> None:
    assert "'採点': △" in str(reason({"質問": Q, "回答": A, "採点": "△"}))


@pytest.mark.parametrize(
    ("column", "good", "bad"),
    [
        ("quality", "good", "bad"), ("Qualität", "gut", "schlecht"), ("Qualität der Antwort", "sehr gut", "nicht gut"),
        ("calidad", "buena", "mala"), ("calidad de la respuesta", "muy buena", "pésima"),
        ("qualité", "bonne", "mauvaise"), ("qualità", "buona", "scarsa"), ("qualidade", "boa", "ruim"),
        ("kwaliteit", "goed", "slecht"), ("качество", "хорошо", "плохо"), ("质量", "好", "差"),
        ("回答质量", "优秀", "很差"), ("質量", "合格", "不合格"), ("质量", "好", "不好"), ("品質", "良", "不良"),
        ("回答の品質", "良い", "悪い"), ("품질", "좋음", "나쁨"),
    ],
)  # fmt: skip
def test_quality_is_a_verdict_in_every_language(column: str, good: str, bad: str) -> None:
    rows = [{"question": f"Which, {n}?", "answer": A, column: said} for n, said in enumerate((good, bad, good, ""))]
    assert [isinstance(one, ParsedRow) and one.bad_answer is None for one in of_source(rows)] == [
        True,
        False,
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("column", "high", "low"),
    [
        ("quality", "high", "low"), ("Antwortqualität", "hoch", "niedrig"), ("qualité", "élevée", "faible"),
        ("calidad", "alta", "baja"), ("답변 품질", "높음", "낮음"),
    ],
)  # fmt: skip
def test_low_quality_of_a_model_s_answer_condemns_it(column: str, high: str, low: str) -> None:
    rows = [{"question": f"Which, {n}?", "model_answer": A, column: said} for n, said in enumerate((high, low, high))]
    assert [isinstance(one, ParsedRow) and one.bad_answer is None for one in of_source(rows)] == [True, False, True]


@pytest.mark.parametrize("column", ["Qualität", "calidad", "质量"])
@pytest.mark.parametrize("held", [["Holz", "Stahl", "Holz"], [5, 3, 4], ["A4", "A3", "A4"]])
def test_what_else_is_called_quality_judges_nothing(column: str, held: list[object]) -> None:
    rows = [{"question": f"Which, {n}?", "answer": A, column: said} for n, said in enumerate(held)]
    assert all(isinstance(one, ParsedRow) and one.bad_answer is None for one in of_source(rows))


@pytest.mark.parametrize(
    ("column", "yes", "no", "pending"),
    [
        ("审核", "通过", "不通过", "待审"), ("审核状态", "通过", "未通过", "审核中"),
        ("审核结果", "通过", "驳回", "待机"), ("复核", "通过", "不通过", "待复核"), ("검수", "승인", "반려", "대기"),
        ("검수결과", "승인", "반려", "보류"), ("검토", "승인", "반려", "검토중"),
        ("심사 결과", "통과", "탈락", "심사 중"),
        ("確認", "承認", "却下", "保留"), ("レビュー結果", "承認", "却下", "確認中"),
        ("審査結果", "合格", "不合格", "審査待ち"), ("revisión", "aprobado", "rechazado", "en revisión"),
        ("verificación", "correcto", "incorrecto", "sin revisar"),
        ("Prüfung", "freigegeben", "abgelehnt", "in Prüfung"),
        ("Überprüfung", "freigegeben", "abgelehnt", "zurückgestellt"),
        ("relecture", "validé", "refusé", "en cours de relecture"), ("revisão", "aprovado", "reprovado", "em revisão"),
        ("revisione", "approvato", "respinto", "in sospeso"), ("review", "approved", "rejected", "awaiting approval"),
    ],
)  # fmt: skip
def test_what_waits_to_be_looked_at_is_no_yes_and_hides_no_verdict(
    column: str, yes: str, no: str, pending: str
) -> None:
    rows = [
        {"question": f"Which, {n}?", "answer": A, column: said} for n, said in enumerate((yes, no, pending, yes, no))
    ]
    found = [isinstance(one, ParsedRow) and one.bad_answer is None for one in of_source(rows)]
    assert found == [True, False, True, True, False]
    dataset = Dataset(name="d", source="local", path="d.jsonl")
    notes = source_notes.of_rows(dataset, rows, choose_adapter.index_of(dataset, lambda: iter(rows)))
    [note] = [note for note in notes if note.code == "data.unsettled_line"]
    assert yes in note.args["line"] and pending not in note.args["line"]
