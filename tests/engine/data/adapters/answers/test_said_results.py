"""A thought that says in any of the main languages that it comes to something else than the answer is not learnt."""

from __future__ import annotations

import pytest

from so8t_engine.data.adapters.answers import conclusions, other_words, said_results


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("海に住むので、正解はAです。", "A"), ("海に住むから、Aが正しい。", "A"), ("ゆえに北岳が正解。", "北岳"),
        ("它住在海里,故选A。", "A"), ("因此选择A项。", "A"), ("【答案】A", "A"), ("所以答案选A", "A"), ("答案：A", "A"),
        ("所以，正确答案是 (A)。", "(A)"), ("所以选13。", "13"), ("因此答案为土星。", "土星"),
        ("바다에 사니 정답은 A이다.", "A"), ("따라서 정답은 (A)입니다.", "(A)"), ("답: A", "A"), ("정답 A", "A"),
        ("그러므로 A가 정답이다.", "A"), ("따라서 답은 시드니입니다.", "시드니"), ("답은 13이다.", "13"),
        ("Die Antwort ist Mailand.", "Mailand"), ("Antwort: Mailand", "Mailand"), ("Lösung: 13", "13"),
        ("Daher lautet die Antwort Mailand.", "Mailand"), ("Daher ist die Antwort: ja", "ja"),
        ("Das Ergebnis ist 13.", "13"), ("Somit lautet das Ergebnis 24.", "24"),
        ("Das Meer, also ist Antwort A richtig.", "A"), ("Option B ist korrekt.", "B"),
        ("por eso la opción correcta es la A.", "A"), ("El resultado es 13.", "13"), ("Respuesta: 13", "13"),
        ("Le résultat est 13.", "13"), ("Réponse : B", "B"), ("Il risultato è 13.", "13"), ("O resultado é 13.", "13"),
        ("A alternativa correta é a B.", "B"), ("Ответ: 13.", "13"), ("Правильный ответ — Б", "Б"),
    ],
)  # fmt: skip
def test_what_the_end_of_a_text_calls_its_answer(end: str, said: str) -> None:
    for before in ("", "3+3+3+3 = 13. "):
        assert conclusions.results(f"{before}{end}") == [said]


@pytest.mark.parametrize(
    "text",
    [
        "我不知道，答案在书中。", "这就是答案。", "我选了三个苹果。", "他选择了离开。", "그 답은",
        "Das Ergebnis ist klar.", "Die Antwort war schwer.", "El resultado es claro.", "Le résultat est connu.",
        "Ответ неизвестен.", "Nur Antwort A ist richtig geschrieben.", "Aが正しいとは言えない。",
        "Option A richtig zu lesen ist schwer.",
    ],
)  # fmt: skip
def test_what_only_speaks_of_an_answer_calls_nothing_so(text: str) -> None:
    assert said_results.of(text) is None


@pytest.mark.parametrize(
    ("reasoning", "answer"),
    [
        ("Die Regierung sitzt am Tiber. Die Antwort ist Mailand.", "Rom"),
        ("9 ist durch 3 teilbar. Antwort: ja", "Nein"),
        ("Solo se divide por 1 y 7. La respuesta es no.", "Sí"), ("Il se divise par 3. La réponse est oui.", "Non"),
        ("동쪽에 있다. 따라서 답은 시드니입니다.", "캔버라"), ("Она на Сене. Ответ: Лион.", "Париж"),
        ("静岡と山梨にある。ゆえに北岳が正解。", "富士山"), ("它住在海里,故选A。", "B"), ("바다에 산다. 정답: A", "B"),
        ("能被3整除。答案是：是", "否"),
    ],
)  # fmt: skip
def test_a_thought_that_comes_to_another_answer_contradicts_it(reasoning: str, answer: str) -> None:
    assert conclusions.contradicts(reasoning, answer)


@pytest.mark.parametrize(
    ("reasoning", "answer"),
    [
        ("Mailand ist größer. Die Antwort ist Rom.", "Rom"), ("Die Antwort ist klar.", "Rom"),
        ("La respuesta es evidente.", "Lima"), ("답은 명확합니다.", "캔버라"), ("A는 아니다. 정답: B", "B"),
        ("A 是鲸，不是鱼。故选B。", "B"), ("9 ist ungerade. Antwort: ja", "Ja"), ("La respuesta es sí.", "Si"),
        ("答案是显然的。", "北京"), ("Die Antwort ist USA.", "Amerika"), ("Option A ist richtig, B nicht.", "B"),
    ],
)  # fmt: skip
def test_a_thought_that_weighs_others_and_comes_to_the_answer_or_says_no_result_does_not(
    reasoning: str, answer: str
) -> None:
    assert not conclusions.contradicts(reasoning, answer)


@pytest.mark.parametrize(
    ("said", "gold", "other"),
    [
        ("Mailand", "Rom", True), ("Ulm", "Bonn", True), ("Rom", "Roma", False), ("rom", "Mailand", False),
        ("USA", "Mars", False), ("시드니", "캔버라", True), ("명확합니다", "캔버라", False), ("서울", "서울시", False),
    ],
)  # fmt: skip
def test_names_of_three_letters_and_words_in_hangul_are_held_against_each_other(
    said: str, gold: str, other: bool
) -> None:
    assert other_words.are_other(said, gold) is other
