"""The opposite of a word for good is one for bad; how satisfied somebody was, also with the number of the choice."""

from __future__ import annotations

import pytest

from helpers.rows import of_source
from so8t_engine.data.adapters.judged import opposites, verdict_values, verdict_words
from so8t_engine.data.adapters.parsed_row import ParsedRow

Q, A = "Which saw is it?", "The small one."


def _learnt(column: str, *values: str) -> list[bool]:
    rows = [{"question": f"{Q} {number}", "answer": A, column: value} for number, value in enumerate(values)]
    return [isinstance(row, ParsedRow) and row.bad_answer is None for row in of_source(rows)]


@pytest.mark.parametrize(
    "word",
    ["not passed", "not accepted", "not satisfied", "unaccepted", "not in force",
     "nicht bestanden", "gar nicht korrekt", "nicht akzeptiert", "nicht angenommen", "ungültig", "nicht aktuell",
     "pas validé", "non accepté", "pas juste", "inexact", "n'est pas correcte", "no aceptado", "no es correcta",
     "non corretto", "non accettato", "inesatto", "não aceito", "não está correto", "nie zatwierdzone",
     "niezaliczone", "nie zaliczone", "не принято", "niet goedgekeurd", "未批准", "审核不通过", "审核未通过",
     "不合格",
     "不予批准", "미승인", "불승인", "승인 거부", "승인되지 않음", "합격하지 못함", "不承認", "非承認", "承認されず",
     "公開不可", "掲載不可", "採用しない", "合格せず", "正確ではない", "公開しない", "doğru değil", "回答取り下げ",
     "odpowiedź wycofana", "Antwort zurückgezogen", "반려", "驳回", "退回", "bocciato", "reprobado", "recusado"],
)  # fmt: skip
def test_the_opposite_of_good_is_bad(word: str) -> None:
    assert verdict_values.stated(word.upper() if word.isascii() else word) is True
    assert verdict_values.is_unsettled(word) is False
    assert _learnt("status", "ok", word, "ok") == [True, False, True]


@pytest.mark.parametrize(
    "word",
    ["not verified", "not published", "nicht geprüft", "nicht veröffentlicht", "non vérifié", "pas publié",
     "no verificado", "non verificato", "não publicado", "nie sprawdzone", "非公開", "未公開", "未確認", "未审核",
     "未发布", "비공개", "미검토", "inactive", "不公开", "internal only", "社外秘",
     "unanswered", "nicht beantwortet", "確認されていない", "확인되지 않음",
     "검토 안 됨"],
)  # fmt: skip
def test_what_nobody_has_looked_at_yet_or_not_all_see_is_not_called_bad(word: str) -> None:
    assert verdict_values.stated(word) is None and verdict_values.is_unsettled(word)


@pytest.mark.parametrize(
    "word", ["note", "none", "international", "nicht", "no", "未来", "不思議", "非常口", "unit", "online",
    "no answer", "불고기",
             "informed", "o", "niedziela", "pas encore", "通行不可能"]
)  # fmt: skip
def test_what_only_begins_so_says_nothing(word: str) -> None:
    assert verdict_values.stated(word) is (False if word == "o" else None)


@pytest.mark.parametrize(
    ("word", "approved"),
    [("forbidden", "approved"), ("prohibited", "approved"), ("verboten", "freigegeben"), ("interdit", "validé"),
     ("prohibido", "aprobado"), ("proibido", "aprovado"), ("vietato", "approvato"), ("niedozwolone", "zatwierdzone"),
     ("使用禁止", "承認"), ("禁止", "承認"), ("禁用", "已批准"), ("금지", "승인")],
)  # fmt: skip
def test_what_must_not_be_used_is_not_learnt(word: str, approved: str) -> None:
    assert _learnt("Status", approved, word, approved) == [True, False, True]


@pytest.mark.parametrize(
    ("column", "scale"),
    [
        ("満足度", ["とても満足", "満足", "どちらでもない", "不満", "とても不満"]),
        ("顧客満足度", ["満足", "やや満足", "普通", "やや不満", "不満"]),
        ("satisfaction", ["very satisfied", "satisfied", "neutral", "not satisfied", "very dissatisfied"]),
        ("CSAT", ["Very satisfied", "Fairly satisfied", "Neither satisfied nor dissatisfied", "Rather dissatisfied",
                  "Not at all satisfied"]),
        ("Kundenzufriedenheit", ["sehr zufrieden", "eher zufrieden", "teils, teils", "eher unzufrieden",
                                 "gar nicht zufrieden"]),
        ("Satisfaction client", ["très satisfait", "plutôt satisfait", "neutre", "peu satisfait",
                                 "pas du tout satisfait"]),
        ("Satisfacción", ["muy satisfecho", "satisfecho", "neutral", "poco satisfecho", "muy insatisfecho"]),
        ("Satisfação do cliente", ["muito satisfeito", "satisfeito", "neutro", "insatisfeito", "nada satisfeito"]),
        ("Soddisfazione", ["molto soddisfatto", "soddisfatto", "neutro", "poco soddisfatto", "insoddisfatto"]),
        ("Zadowolenie", ["bardzo zadowolony", "raczej zadowolony", "neutralny", "raczej niezadowolony",
                         "bardzo niezadowolony"]),
        ("满意度", ["非常满意", "比较满意", "一般", "不太满意", "非常不满意"]),
        ("만족도", ["매우 만족", "만족", "보통", "불만족", "매우 불만족"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "shown", ["{word}", "{number}.{word}", "{number} - {word}", "{number}={word}", "({number}) {word}"]
)
@pytest.mark.parametrize("falls", [True, False])
def test_the_words_of_a_scale_say_which_end_is_good(column: str, scale: list[str], shown: str, falls: bool) -> None:
    numbers = range(1, 6) if falls else range(5, 0, -1)
    said = [shown.format(number=number, word=word) for number, word in zip(numbers, scale, strict=True)]
    assert _learnt(column, *said) == [True, True, True, False, False]


@pytest.mark.parametrize(
    ("column", "yes", "no"),
    [("Resolvido?", "Sim", "Não"), ("Resuelto", "sí", "no"), ("¿Resuelto?", "Sí", "No"), ("Risolto", "sì", "no"),
     ("Résolu ?", "oui", "non"), ("Problem gelöst", "ja", "nein"), ("Rozwiązane", "tak", "nie"),
     ("解決済み", "はい", "いいえ"), ("是否解决", "是", "否"), ("해결 여부", "예", "아니오")],
)  # fmt: skip
def test_what_solved_nothing_is_not_learnt(column: str, yes: str, no: str) -> None:
    rows = [{"prompt": f"{Q} {number}", "response": A, column: value} for number, value in enumerate((yes, no, yes))]
    found = [isinstance(row, ParsedRow) and row.bad_answer is None for row in of_source(rows)]
    assert found == [True, False, True]


@pytest.mark.parametrize(
    "column",
    ["Nota do consumidor", "Avaliação do cliente", "Note du client", "Valoración del cliente", "Valutazione cliente",
     "Kundenbewertung", "Ocena klienta", "お客様の評価", "客户评分", "고객 평점"],
)  # fmt: skip
def test_what_customers_gave_few_points_is_not_learnt(column: str) -> None:
    assert _learnt(column, "9", "10", "0", "8", "1", "9") == [True, True, False, True, False, True]


def test_a_limit_may_be_set_for_the_numbers_of_choices() -> None:
    rows = [{"prompt": f"{Q} {word}", "response": A, "満足度": word} for word in ("1.はやい", "3:ふつう", "5.おそい")]
    named = {"columns": {"prompt": "prompt", "response": "response", "label": "満足度 <= 3"}}
    found = [isinstance(row, ParsedRow) and row.bad_answer is None for row in of_source(rows, **named)]
    assert found == [True, True, False]


@pytest.mark.parametrize(
    ("column", "answered", "withdrawn"),
    [("Stan", "udzielono odpowiedzi", "odpowiedź wycofana"), ("Status", "answered", "withdrawn"),
     ("Status", "beantwortet", "Antwort zurückgezogen"),
     ("状态", "已回复", "已撤回"), ("状態", "回答済み", "取り下げ")],
)  # fmt: skip
def test_an_answer_that_was_given_and_withdrawn_is_not_learnt(column: str, answered: str, withdrawn: str) -> None:
    assert _learnt(column, answered, withdrawn, answered) == [True, False, True]


def test_no_word_is_listed_whose_opposite_says_it_already() -> None:
    assert [word for word in sorted(verdict_words.STATED_BAD) if opposites.of(word)] == []
