"""That there is no answer is said in many languages, and is none to be learnt, but where the question asks for it."""

from __future__ import annotations

import pytest

from so8t_engine.data.adapters.answers import placeholders

NONE = (
    "No Answer Present.", "unanswerable", "CANNOTANSWER", "NoAnswer", "[]", "k. A.", "keine Antwort", "keine Angabe",
    "(leer)", "[vide]", "N/D", "sin respuesta", "no aplica", "sem resposta",
    "não se aplica", "Sans réponse", "non renseigné", "nessuna risposta", "待补充", "暂无", "暂无答案", "同上题", "略",
    "无答案", "추후 작성", "추후 기재 예정", "미정", "답변 예정", "상동", "回答なし", "無回答", "解答略",
)  # fmt: skip


@pytest.mark.parametrize("said", NONE)
def test_what_only_says_that_there_is_none_keeps_the_place_of_an_answer(said: str) -> None:
    assert placeholders.is_one("What opens at nine o'clock here?", said)
    assert not placeholders.is_one(f"What does {said} mean?", said), "the question names it"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("남은 사과는 몇 개?", "없음"), ("지문에 나온 부작용을 쓰시오.", "없음"),
        ("库存还有多少?", "暂无"), ("회의는 언제?", "미정"),
        ("What does f() return?", "[]"), ("Intersection of {1} and {2}?", "[]"), ("Wie ist die Flasche?", "leer"),
        ("What is the status of ticket 4?", "keine Antwort"), ("Comment est le verre ?", "vide"),
        ("Wo steht das?", "Im Handbuch auf Seite 12."), ("Was tun?", "Siehe Handbuch S. 12"),
        ("Darf man das?", "Keine Antwort ist auch eine Antwort."),
        ("Was fehlt?", "Angaben"), ("これは何の略?", "略"), ("¿Cómo está?", "vacío"),
    ],
)  # fmt: skip
def test_what_may_as_well_be_the_answer_stays(asked: str, said: str) -> None:
    assert not placeholders.is_one(asked, said)
