"""Words for good, bad and harmful, in a column that judges or that the user says does so."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import of_source, parsed, reason
from so8t_engine.data.adapters.parsed_row import ParsedRow

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
