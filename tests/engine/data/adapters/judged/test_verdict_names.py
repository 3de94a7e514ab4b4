"""Which columns judge an answer, name by name, what they judge, and whose answer that is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from so8t_engine.data.adapters.judged import verdict_names

BY_KIND = {
    "answer": "label 判定 correct is_correct IsCorrect isCorrect correctness is_correct_math_verify correctness_llama "
    "response_correct response_resolved response_verified model_ok llm_judge_correct gpt_4o_judge_correct ○× マルバツ "
    "Correct(y/n) richtig 正确 final_validity",
    "checked": "verified accepted valid is_valid problem_valid is_question_valid question_validity geprüft",
    "run": "ok is_ok resolved success reward passed gelöst 解決済み",
    "rate": "pass_rate avg_pass_rate solve_rate num_correct",
    "word": "status grade quality decision finish_reason review_status answer_grade llm_grade 品質 ステータス",
    "fault": "error exception",
    "tests": "tests_passed unit_tests_passed passed_tests all_tests_results num_passed",
    "verdict": "verdict final_verdict gpt_verdict verdict_by_teacher",
    "wrong": "is_wrong flagged ng is_error has_error misleading needs_review 要修正 user_thumbs_down 無効",
    "harm": "harmful toxicity response_toxic response_label openai_moderation dangerous 有害",
    "request": "prompt_harmful question_toxicity is_jailbreak prompt_injection prompt_label should_refuse",
    "safe": "safe is_safe response_safe answer_is_safe 安全 guard_2_label llama_guard",
    "seen": "visibility 公開区分",
    "against": "outdated_since deleted_on NG理由 rejection_reason superseded_by",
    "thumb": "thumbs_up thumb user_feedback customer_score reaction model_thumbs_up",
    "vote": "vote votes user_vote answer_votes",
    "stated": "rating user_rating annotator_label annotators review satisfaction my_eval ergebnis ticket_status "
    "gemini_status exam_result",
    "predicted": "predicted_answer prediction extracted_answer model_answer 予測",
    "critique": "critique judge_comment human_review bewertung 講評",
    "remark": "remarks notes 備考 bemerkung",
    "none": "question_correct prompt_verdict rejected_verdict prompt_quality user_status rejected_quality "
    "gemini_quality gemini_correct gemini_resolved rejected_ok prompt_safe gemini_safe types_of_harm areas_of_harmful "
    "rejected_harmful question_vote prompt_thumbs prompt_thumbs_up prompt_rating question_review question_eval "
    "question_status rejected_status reason_status grounds_result request_status user_grade Colour(x) colour score "
    "prompt_error",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "kind"),
    [(name, kind) for kind, names in BY_KIND.items() for name in names.split()]
    + [("Correct (yes or no)", "answer"), (" ○× ", "answer"), ("Colour (correct)", "none"), ("Is Correct?", "answer")],
)
def test_a_name_tells_what_is_judged(name: str, kind: str) -> None:
    assert verdict_names.kind_of(name) == (None if kind == "none" else kind)


@pytest.mark.parametrize(
    ("name", "response", "kind"),
    [
        ("gemini_correct", "gemini_attempt", "answer"), ("gemini_correct", "Gemini_attempt", "answer"),
        ("gemini_correct", "gemini", None), ("gemini_status", "gemini_attempt", "word"),
        ("gemini_safe", "gemini_attempt", "safe"), ("gemini_harmful", "gemini_attempt", "harm"),
        ("gemini_correct (y/n)", "gemini_attempt", "answer"), ("question_correct", "answer", None),
    ],
)  # fmt: skip
def test_a_name_that_begins_as_the_answers_does_is_of_that(name: str, response: str, kind: str | None) -> None:
    assert verdict_names.kind_of(name, response) == kind


CASES: list[tuple[Callable[..., Any], tuple[Any, ...], object]] = [
    (verdict_names.plain, (" isCorrectHTMLText (y/n)? ",), "is_correct_html_text_y_n"),
    (verdict_names.plain, ("GPT4Score",), "gpt4_score"),
    (verdict_names.selects, ("Approved (x)",), True),
    (verdict_names.selects, ("correct",), False),
    (verdict_names.is_ticked_by_x, ("Correct ( X )",), True),
    (verdict_names.is_ticked_by_x, ("Correct (xy)",), False),
    (verdict_names.is_revised, ("corrected_answer",), True),
    (verdict_names.is_revised, ("revision",), False),
    (verdict_names.is_revision, ("Revision",), True),
    (verdict_names.is_revision, ("corrected",), True),
    (verdict_names.is_revision, ("fix",), False),
    (verdict_names.is_mended, ("fix",), True),
    (verdict_names.is_mended, ("修正後の回答",), True),
    (verdict_names.is_mended, ("post_edited_translation",), True),
    (verdict_names.is_mended, ("answer",), False),
    (verdict_names.is_unmended, ("corrected_answer", "(No change.)"), True),
    (verdict_names.is_unmended, ("corrected_answer", "変更なし。"), True),
    (verdict_names.is_unmended, ("corrected_answer", "It is 7."), False),
    (verdict_names.is_unmended, ("answer", "none"), False),
    (verdict_names.is_unmended, ("answer", ""), True),
    (verdict_names.is_unmended, ("answer", []), True),
    (verdict_names.is_unmended, ("corrected_answer", None), True),
    (verdict_names.is_unmended, ("corrected_answer", 7), False),
    (verdict_names.is_mended_translation, ("revised_mt",), True),
    (verdict_names.is_mended_translation, ("mt",), False),
    (verdict_names.as_fix, ("fix",), "fix (corrected answer)"),
    (verdict_names.as_fix, ("corrected_answer",), "corrected_answer"),
    (verdict_names.as_fix, ("colour",), "colour"),
    (verdict_names.holds_several, ("modelResponses",), True),
    (verdict_names.holds_several, ("answers",), False),
    (verdict_names.holds_several, (None,), False),
    (verdict_names.of_another, ("b_grade", ("a_answer", "b_answer"), "a_answer"), True),
    (verdict_names.of_another, ("B_grade", ("A_answer", "B_answer"), "A_answer"), True),
    (verdict_names.of_another, ("a_grade", ("a_answer", "b_answer"), "a_answer"), False),
    (verdict_names.of_another, ("a_grade", ("a_answer", "a_response"), "a_answer"), False),
    (verdict_names.of_another, ("c_grade", ("a_answer", "b_answer"), "a_answer"), False),
    (verdict_names.of_another, ("final_grade", ("a_answer", "final_answer"), "a_answer"), False),
    (verdict_names.judging, (("q", "is_correct"), "r"), (("is_correct", "answer"),)),
    (verdict_names.judging, (("q", "b_answer", "b_prediction"), "a_answer"), ()),
    (verdict_names.judging, (("gpt_answer", "r", "gpt_correct", "llm_prediction"), "r"),
    (("llm_prediction", "predicted"),)),
    (verdict_names.judging, (("score", "response_id"), None), ()),
    (verdict_names.judging, (("score", "problem_id"), None), ()),
    (verdict_names.judging, (("score", "response_id", "problem_id"), None), (("score", "answer"),)),
    (verdict_names.judging, (("is_correct", "gold_standard_solution"), None), (("is_correct", "answer"),)),
    (verdict_names.judging, (("r1_solution", "r1_correct", "r1_verified", "r1_verdict", "r1_status"), None),
     (("r1_verdict", "verdict"), ("r1_correct", "answer"), ("r1_verified", "checked"))),
    (verdict_names.judging, (("r1_solution", "r1_success", "r1_colour"), None), ()),
    (verdict_names.judging, (("R1_solution", "R1_correct"), None), (("R1_correct", "answer"),)),
    (verdict_names.judging, (("r1_solution", "r1_correct"), "r"), ()),
    (verdict_names.is_of_tests, ("pass_rate", ("pass_rate", "hidden_tests")), True),
    (verdict_names.is_of_tests, ("solve_rate", ("solve_rate", "hidden_tests")), False),
    (verdict_names.is_of_attempt, ("a.prediction", None), True),
    (verdict_names.is_of_attempt, ("is_correct", None), False),
    (verdict_names.is_of_attempt, ("is_correct", "r"), True),
    (verdict_names.is_of_attempt, ("a.success", "r"), True),
    (verdict_names.is_of_attempt, ("harmful", "r"), False),
    (verdict_names.is_of_attempt, ("a.gemini_correct", "gemini_attempt"), True),
]  # fmt: skip


@pytest.mark.parametrize(("function", "given", "value"), CASES)
def test_names_tell_what_somebody_made_of_an_answer_and_whose_one_a_column_judges(
    function: Callable[..., Any], given: tuple[Any, ...], value: object
) -> None:
    said = function(*given)
    assert (said, type(said)) == (value, type(value))
