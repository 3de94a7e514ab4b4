"""What is a verdict by its name, by all its words, or by its place in an answer's own object or turn."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import of_source, parsed, reason
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.parsed_row import ParsedRow

Q, A = "Which saw is it?", "The small one."
ASKED, ANSWERED = {"role": "user", "content": Q}, {"role": "assistant", "content": A}
PAIR = {"prompt": Q, "response": A}


@pytest.mark.parametrize(
    ("column", "values", "learnt"),
    [
        ("thumbs", ["up", "down"], [True, False]),
        ("thumb", ["up", "down"], [True, False]),
        ("thumb_up", ["up", "down"], [True, False]),
        ("thumbs_up", [1, 0], [True, False]),
        ("user_thumbs_down", [True, False], [False, True]),
        ("vote", [1, -1], [True, False]),
        ("human_vote", ["up", "down"], [True, False]),
        ("result", ["PASS", "FAIL"], [True, False]),
        ("outcome", ["success", "failure"], [True, False]),
        ("status", ["OK", None, "NG"], [True, True, False]),
        ("評価結果", ["合格", "不合格"], [True, False]),
        ("eval", ["○", "×"], [True, False]),
        ("evaluation", ["良い", "悪い"], [True, False]),
        ("user_rating", ["good", "bad"], [True, False]),
        ("○×", ["○", "×"], [True, False]),
        ("verdict_by_teacher", ["right", "wrong"], [True, False]),
        ("final_verdict", [1, 0], [True, False]),
        ("verdicts", [["right", "wrong", "right"], ["wrong", "wrong", "right"]], [True, False]),
        ("正否", ["正", "誤"], [True, False]),
        ("status", ["published", "Draft", "deprecated"], [True, False, False]),
        ("ステータス", ["公開", "下書き", "廃止"], [True, False, False]),
        ("Status", ["Done", "In progress", "Not started"], [True, False, False]),
        ("レビュー状況", ["OK", "NG"], [True, False]),
        ("備考", ["", "古い情報、削除予定", "廃止"], [True, False, False]),
        ("Stand", ["aktuell", "veraltet"], [True, False]),
        ("Stand", ["2024-01-01", "veraltet"], [True, True]),
        ("Vigente", ["Sí", "No"], [True, False]),
        ("notes", ["", "to be deleted", "Obsolete: see 7"], [True, False, False]),
        ("备注", ["", "已过时"], [True, False]),
        ("公開状態", ["公開", "下書き"], [True, False]),
        ("is_true", [True, False], [True, False]),
        ("factual", ["yes", "no"], [True, False]),
        ("needs_review", [False, True], [True, False]),
        ("needs_human_check", ["0", "1"], [True, False]),
        ("要確認", ["", "あり"], [True, False]),
        ("mistake", [0, 1], [True, False]),
        ("use", [True, False], [True, False]),
        ("include", ["yes", "no"], [True, False]),
        ("use_for_training", [1, 0], [True, False]),
        ("NG理由", ["", "なし", "色が違う"], [True, True, False]),
        ("rejection_reason", [None, "too short"], [True, False]),
        ("指摘事項", ["特になし。", "数字が古い"], [True, False]),
        ("reviewer_comment", ["Nice.", "This is wrong."], [True, False]),
        ("incorrect", [False, True], [True, False]),
        ("is_invalid", ["no", "yes"], [True, False]),
        ("spam", [0, 1], [True, False]),
        ("採用", ["○", "×"], [True, False]),
        ("学習対象", ["はい", "いいえ"], [True, False]),
        ("status", ["approved", "pending", "rejected"], [True, True, False]),
        ("review_status", ["accepted", "rejected"], [True, False]),
        ("is_accepted", ["True", "False"], [True, False]),
        ("Verified", ["TRUE", "FALSE"], [True, False]),
        ("レビュー", ["OK", "NG：事実と違う"], [True, False]),
        ("Human review", ["Correct - well put", "Incorrect - made up"], [True, False]),
        ("Label (Y/N)", ["Y", "N"], [True, False]),
        ("正確性", ["正確", "不正確"], [True, False]),
        ("役に立ちましたか", ["はい", "いいえ"], [True, False]),
        ("Is this correct?", ["yes", "no"], [True, False]),
        ("要修正", ["", "要修正", "○"], [True, False, False]),
        ("採用", ["○", "", "○"], [True, False, True]),
        ("ベストアンサー", ["", "○"], [False, True]),
        ("is_best", [True, None], [True, False]),
        ("確認", ["OK", "NG", "保留"], [True, False, True]),
        ("review", ["approved", "wrong", "needs work", ""], [True, False, False, True]),
        ("reviewer", ["approved", "rejected"], [True, False]),
        ("qa", ["ok", "ng"], [True, False]),
        ("checked", ["✓", "✗"], [True, False]),
        ("reviewed", ["yes", "no"], [True, False]),
        ("チェック済み", ["✓", "✗"], [True, False]),
        ("verification", ["passed", "failed"], [True, False]),
        ("verification_result", ["pass", "fail"], [True, False]),
        ("proof_status", ["solved", "unsolved"], [True, False]),
        ("submission_status", ["Accepted", "Wrong Answer", "Time Limit Exceeded"], [True, False, False]),
        ("verdict", ["AC", "WA", "TLE"], [True, False, False]),
        ("validity", ["valid", "invalid"], [True, False]),
        ("final_answer_correct", [True, False], [True, False]),
        ("model_answer_is_correct", [True, False], [True, False]),
        ("judge_correct", ["yes", "no"], [True, False]),
        ("math_verify_correct", [True, False], [True, False]),
        ("problem_is_valid", ["Yes", "No", "Incomplete"], [True, False, False]),
        ("solution_is_valid", ["Yes", "No", "Problem not solved"], [True, False, False]),
        ("is_valid", [True, False], [True, False]),
        ("tests_passed", ["5/5", "3/5"], [True, False]),
        ("備考", ["", "誤り：数字が違う", "p. 3"], [True, False, True]),
        ("備考", ["", "誤りあり", "要出典"], [True, False, True]),
        ("备注", ["", "错误：数字不对", "正确"], [True, False, True]),
        ("remarks", ["see page 3", "Wrong: the number is off", "ok"], [True, False, True]),
        ("comment", ["Wrong, do not use", "Nice."], [False, True]),
        ("Freigabe", ["ja", "nein", "offen"], [True, False, True]),
        ("Freigabe (ja/nein)", ["freigegeben", "nicht freigegeben"], [True, False]),
        ("Genehmigung", ["genehmigt", "abgelehnt"], [True, False]),
        ("validation", ["validée", "non validée", "en attente"], [True, False, True]),
        ("Aprobación", ["sí", "no"], [True, False]),
        ("approvazione", ["approvata", "non approvata"], [True, False]),
        ("aprovação", ["aprovada", "não aprovada"], [True, False]),
        ("Freigabe", ["2024-03-01", "2024-04-02"], [True, True]),
        ("正解", ["○", "×"], [True, False]),
        ("正解", [1, 0, 1], [True, False, True]),
        ("正解", ["TRUE", "FALSE"], [True, False]),
        ("annotator_labels", [["good", "bad", "good"], ["bad", "bad", "good"], ["bad", "good"]], [True, False, False]),
    ],
)
def test_what_is_a_verdict_by_its_name_or_in_all_its_words_counts_beside_a_gold_answer_as_well(
    column: str, values: list[Any], learnt: list[bool]
) -> None:
    for pair in ({"question": Q, "answer": A}, {"問題": Q, "解答": A}, PAIR):
        read = of_source([{**pair, column: value} for value in values])
        assert [isinstance(row, ParsedRow) and row.bad_answer is None for row in read] == learnt


@pytest.mark.parametrize(
    ("column", "good", "bad"),
    [
        ("certo", "certo", "errado"), ("risultato", "giusto", "sbagliato"), ("resultaat", "goed", "fout"),
        ("resultado", "correcto", "incorrecto"), ("résultat", "juste", "faux"), ("Ergebnis", "richtig", "falsch"),
        ("Prüfergebnis", "bestanden", "durchgefallen"), ("wynik", "dobrze", "źle"), ("результат", "верно", "неверно"),
        ("проверка", "верно", "неверно"), ("ответ верный", "да", "нет"), ("sonuç", "doğru", "yanlış"),
        ("결과", "정답", "오답"), ("结果", "正确", "错误"), ("結果", "正解", "不正解"), ("判定", "richtig", "falsch"),
        ("정답여부", "O", "X"), ("正误", "对", "错"), ("goed", "ja", "nee"), ("vrai", "oui", "non"), ("صحيح", "نعم",
        "لا"),
        ("النتيجة", "صحيح", "خطأ"), ("التقييم", "صحيح", "خطأ"), ("label", "صحيح", "خطأ"), ("label", "सही", "गलत"),
        ("rätt", "ja", "nej"),
        ("kết quả", "đúng", "sai"), ("Bemerkung", "", "falsch: die Zahl"),
        ("комментарий", "", "Ошибка: не то число"), ("비고", "", "오답: 숫자"), ("ملاحظات", "", "خطأ: الرقم"),
        ("faux", "non", "oui"), ("خطأ", "لا", "نعم"), ("błędna", "nie", "tak"), ("fel", "nej", "ja"),
    ],
)  # fmt: skip
def test_verdicts_are_heard_in_the_languages_of_people(column: str, good: str, bad: str) -> None:
    for pair in ({"question": Q, "answer": A}, PAIR):
        read = of_source([{**pair, column: value} for value in (good, bad, good)])
        assert [isinstance(row, ParsedRow) and row.bad_answer is None for row in read] == [True, False, True]


def test_a_column_for_the_right_answer_is_a_gold_answer_where_it_holds_one() -> None:
    rows = [{"question": "1 + 0?", "response": "1", "正解": "1"}, {"question": "1 - 1?", "response": "1", "正解": "0"}]
    right, wrong = of_source(rows)
    assert isinstance(right, ParsedRow) and right.answer == "1" and right.bad_answer is None
    assert isinstance(wrong, ParsedRow) and wrong.answer == "0" and wrong.bad_answer is not None


def test_a_verdict_beside_columns_of_a_known_data_set_counts_too() -> None:
    known = {"instruction": Q, "context": "", "response": A, "category": "open_qa"}
    assert parsed(known).response == parsed({**known, "thumbs": "up"}).response == A
    assert reason({**known, "thumbs": "down"}) == drop_reasons.labelled_bad("thumbs", "down")


def test_rows_that_lack_the_column_do_not_end_the_look_at_it() -> None:
    pair = {"question": Q, "answer": A}
    read = of_source([{**pair, "result": "PASS"}, pair, {**pair, "result": "FAIL"}])
    assert [isinstance(row, ParsedRow) for row in read] == [True, True, False]
    read = of_source([{**pair, "result": "FAIL"}, pair, {**pair, "result": "3 to 1"}])
    assert all(isinstance(row, ParsedRow) for row in read)


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("status", ["success"] * 3),
        ("status", ["pending", "open"]),
        ("use", ["train", "test"]),
        ("used_in_training", ["yes", "no"]),
        ("incorrect", ["It is big.", "It is red."]),
        ("mistakes", [0, 3, 12]),
        ("needs_review", ["the date", ""]),
        ("result", ["PASS", "FAIL", "12 apples"]),
        ("outcome", ["failure", "draw"]),
        ("status", ["failed"] * 6),
        ("eval", [True, False]),
        ("evaluation", ["bad", 0.7]),
        ("question_verdict", ["wrong", "right"]),
        ("prompt_eval", ["bad", "good"]),
        ("upvotes", [0, -1]),
        ("annotator_labels", [["no", "no"], ["yes"]]),
        ("success", [True, False]),
        ("verified", [False] * 6),
        ("採用", ["", "", ""]),
        ("正誤", ["○", ""]),
        ("error_type", ["none", "spelling"]),
        ("comment", ["It is wrong to use.", "Nice."]),
        ("remarks", ["see page 3", ""]),
        ("review", ["A bad film, all in all.", "good"]),
        ("match_result", ["failed", "3 to 1"]),
        ("question_status", ["approved", "rejected"]),
        ("正解", [1, 0, 2]),
        ("grade", ["A", "F"]),
        ("score", [0, 1]),
        ("rating", [-1, 0]),
        ("film_rating", ["good", "bad"]),
    ],
)
def test_words_that_may_be_of_something_else_leave_nothing_out_beside_a_gold_answer(
    column: str, values: list[Any]
) -> None:
    read = of_source([{"question": Q, "answer": A, column: value} for value in values])
    assert all(isinstance(row, ParsedRow) and row.bad_answer is None for row in read)


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        ({"prompt": Q, "response": {"text": A, "evaluation": {"verdict": "incorrect"}}},
         "response.evaluation.verdict", "incorrect"),
        ({"prompt": Q, "response": {"text": A, "is_correct": False}}, "response.is_correct", "false"),
        ({"conversations": [{"from": "human", "value": Q}, {"from": "gpt", "value": A, "rating": {"label": "bad"}}]},
         "conversations.-1.rating.label", "bad"),
        ({"messages": [ASKED, {**ANSWERED, "metadata": {"feedback": {"thumbs_up": False}}}]},
         "messages.-1.metadata.feedback.thumbs_up", "false"),
        ({**PAIR, "rating": {"label": "bad"}}, "rating.label", "bad"),
        ({**PAIR, "human_feedback": {"thumbs": "down"}}, "human_feedback.thumbs", "down"),
    ],
)  # fmt: skip
def test_a_verdict_within_the_object_or_the_turn_of_an_answer_condemns_it(
    row: dict[str, Any], column: str, value: str
) -> None:
    assert reason(row) == drop_reasons.labelled_bad(column, value)


@pytest.mark.parametrize(
    "row",
    [
        {"messages": [ASKED, {**ANSWERED, "function_call": {"name": "set", "arguments": {"valid": False}}}, ANSWERED]},
        {"messages": [ASKED, {**ANSWERED, "extra": {"keep": False, "label": "bad"}}]},
        {"prompt": Q, "response": {"text": A, "arguments": {"status": "failed"}, "is_correct": True}},
    ],
)
def test_what_an_answer_calls_or_holds_is_no_verdict_on_it(row: dict[str, Any]) -> None:
    assert parsed(row).bad_answer is None and parsed(row).response.startswith(A)


@pytest.mark.parametrize("place", ["annotation", "feedback"])
@pytest.mark.parametrize(
    ("ratings", "learnt"),
    [
        ([-1, 1, 0], [False, True, True]),
        (["thumbsDown", "thumbsUp"], [False, True]),
        (["THUMBS_DOWN", None], [False, True]),
        ([1, 2, 5], [True, True, True]),
    ],
)
def test_a_thumb_on_a_turn_or_beside_an_answer_counts_in_an_object_that_rates(
    place: str, ratings: list[Any], learnt: list[bool]
) -> None:
    for rows in (
        [{"messages": [ASKED, {**ANSWERED, place: {"rating": rating}}]} for rating in ratings],
        [{**PAIR, place: {"rating": rating}} for rating in ratings],
    ):
        read = of_source(rows)
        assert [isinstance(row, ParsedRow) and row.bad_answer is None for row in read] == learnt


@pytest.mark.parametrize(
    ("column", "bad", "good"),
    [
        ("正しい", "いいえ", "はい"), ("有効", "FALSE", "TRUE"), ("使用可否", "否", "可"),
        ("レビュー結果", "差し戻し", "承認"),
        ("削除フラグ", "1", "0"), ("採用フラグ", "0", "1"), ("正解フラグ", "0", "1"),
        ("ハルシネーション", "あり", "なし"),
        ("誤り", "TRUE", "FALSE"), ("要修正", "1", ""), ("除外", "1", ""), ("deleted", True, False),
        ("exclude", True, False), ("is_error", True, False), ("truthful", 0, 1), ("eval_passed", False, True),
        ("approved_by_human", False, True), ("isCorrect", False, True), ("reviewStatus", "rejected", "approved"),
        ("isHallucinated", True, False), ("humanRating", "bad", "good"), ("needsReview", True, False),
        ("Repeat needed?", "yes", "no"), ("rework_required", True, False), ("Cut?", "yes", "no"), ("scrapped", 1, 0),
    ],
)  # fmt: skip
def test_a_flag_that_takes_an_answer_out_is_obeyed(column: str, bad: Any, good: Any) -> None:
    read = of_source([{**PAIR, column: value} for value in (bad, good)])
    assert [isinstance(row, ParsedRow) and row.bad_answer is None for row in read] == [False, True]


def test_a_request_that_is_called_a_jailbreak_is_asked_only_and_learnt_where_the_answer_refuses() -> None:
    refused = "I'm sorry, but I can't help with that."
    rows = [{"prompt": Q, "jailbreak": said, "response": answer} for said, answer in
            ((True, A), ("TRUE", refused), ("jailbreak", A), ("benign", A), (False, A))]  # fmt: skip
    read = of_source(rows)
    assert [isinstance(row, ParsedRow) and row.bad_answer is None for row in read] == [False, True, False, True, True]


@pytest.mark.parametrize(
    ("column", "value", "said"), [("レビュー", "NG：事実と違う", "NG"), ("label", "Bad - no", "Bad")]
)
def test_a_verdict_with_a_remark_behind_it_is_told_by_its_first_word(column: str, value: str, said: str) -> None:
    assert reason({**PAIR, column: value}) == drop_reasons.labelled_bad(column, said)


def test_an_answer_that_a_column_named_as_label_does_not_mark_is_left_out_as_well() -> None:
    rows = [{**PAIR, "採用": said} for said in ("○", "", "○")]
    read = of_source(rows, columns={"prompt": "prompt", "response": "response", "label": "採用"})
    assert [isinstance(row, ParsedRow) for row in read] == [True, False, True]


@pytest.mark.parametrize(
    ("row", "learnt"),
    [
        ({"hallucination_labels": []}, True),
        ({"hallucination_labels": [{"start": 0, "end": 5, "text": A}]}, False),
        ({"hallucination_labels": '[{"start": 0, "end": 5}]'}, False),
        ({"hallucination_labels": "[]"}, True),
        ({"hallucination_spans": ["small"]}, False),
        ({"mistakes": ["the size"]}, False),
        ({"mistakes": []}, True),
    ],
)
def test_a_list_of_what_is_wrong_condemns_where_it_is_not_empty(row: dict[str, Any], learnt: bool) -> None:
    for pair in (PAIR, {"question": Q, "answer": A}):
        [read] = of_source([{**pair, **row}])
        assert (isinstance(read, ParsedRow) and read.bad_answer is None) is learnt


def test_what_judges_the_only_model_s_answer_that_there_is_judges_a_talk_with_it() -> None:
    talk = {"conversations": [{"from": "human", "value": Q}, {"from": "gpt", "value": A}], "r1_solution": A}
    read = of_source([{**talk, "r1_correctness": value} for value in ("True", "False", "True")])
    assert [isinstance(row, ParsedRow) and row.bad_answer is None for row in read] == [True, False, True]
    two = {**talk, "v3_solution": A}
    assert all(isinstance(row, ParsedRow) for row in of_source([{**two, "r1_correctness": v} for v in (True, False)]))


def test_a_person_s_correction_is_learnt_in_place_of_what_was_wrong() -> None:
    bad = {"question": Q, "model_answer": "The large one.", "is_correct": False, "human_correction": A}
    good = {"question": Q, "model_answer": A, "is_correct": True, "human_correction": ""}
    read = of_source([bad, good])
    assert [row.response for row in read if isinstance(row, ParsedRow) and row.bad_answer is None] == [A, A]


@pytest.mark.parametrize(
    ("score", "beside"),
    [("score", {"gold_standard_solution": "In words."}), ("verifier_score", {}), ("is_correct", {})],
)
def test_a_fraction_from_0_to_1_judges_as_the_nearer_one_and_is_no_praise_against_the_gold_answer(
    score: str, beside: dict[str, str]
) -> None:
    row = {"prompt": Q, "llm_response": r"So it is \boxed{36}.", "ground_truth": "36", **beside}
    wrong = {**row, "llm_response": r"So it is \boxed{63}."}
    told = [(row, 1.0, None), (row, 0.85, None), (row, 0.1, drop_reasons.labelled_bad(score, "0..0.5")),
            (wrong, 0.85, drop_reasons.other_than_gold("ground_truth")),
            (row, 0.0, drop_reasons.labelled_bad(score, "0.0"))]  # fmt: skip
    found = of_source([{**one, score: said} for one, said, _ in told])
    assert [one.bad_answer if isinstance(one, ParsedRow) else one for one in found] == [why for _, _, why in told]
