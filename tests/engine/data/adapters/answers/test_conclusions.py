"""An answer that comes to something else than the gold one is never learnt; its question is kept for the reward."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from helpers.rows import of_source, parsed
from so8t_engine.config.run_config import Columns
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.answers import boxed, conclusions
from so8t_engine.data.adapters.parsed_row import ParsedRow

Q = "How many apples are 3 and 4?"
WRONG, RIGHT = (
    "3 and 4: I count on from 4. The apples are 8 then.",
    "3 and 4: I count on from 4. The apples are 7 then.",
)


@pytest.mark.parametrize(
    ("predicted", "gold"),
    [
        ("predicted_answer", "expected_answer"), ("model_answer", "ground_truth"), ("prediction", "reference"),
        ("pred", "gold"), ("pred", "answer"), ("extracted_answer", "gold_answer"), ("parsed_answer", "correct_answer"),
        ("model_prediction", "target"), ("pred_answer", "gt"), ("予測", "正解"), ("モデル回答", "正解"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("worked", ["response", "generated_solution"])
def test_a_worked_answer_that_was_found_to_come_to_something_else_is_not_learnt(
    predicted: str, gold: str, worked: str
) -> None:
    asked = {"problem": Q, gold: "7"}
    wrong, right = of_source([{**asked, worked: WRONG, predicted: "8"}, {**asked, worked: RIGHT, predicted: "7"}])

    assert isinstance(wrong, ParsedRow) and isinstance(right, ParsedRow)
    assert (wrong.bad_answer, wrong.answer, wrong.reasoning) == (drop_reasons.other_than_gold(gold), "7", None)
    assert right.bad_answer is None and (right.reasoning or right.response) == RIGHT


@pytest.mark.parametrize(
    ("predicted", "gold"),
    [("7.0", "7"), ("$7$", "7"), ("1,200", "1200"), ("\\frac{1}{2}", "0.5"), ("\\dfrac{1}{2}", "1/2"), ("(B)", "B"),
     ("\\boxed{\\text{B}}", "b"), ("50\\%", "50"), (["7"], "7"), (7, "7"), ("x + 1", "x+1"), (None, "7"), ("", "7")],
)  # fmt: skip
def test_the_same_result_in_other_dress_is_no_other(predicted: Any, gold: str) -> None:
    row = {"problem": Q, "response": "I counted.", "predicted_answer": predicted, "expected_answer": gold}
    assert parsed(row).bad_answer is None


def test_who_says_that_it_is_right_may_have_compared_it_better() -> None:
    row = {
        "problem": Q,
        "response": "It is all reals.",
        "predicted_answer": "R",
        "expected_answer": "(-\\infty, \\infty)",
    }

    assert parsed(row).bad_answer == drop_reasons.other_than_gold("expected_answer")
    assert parsed({**row, "is_correct": True}).bad_answer is None


def test_what_another_model_predicted_says_nothing_of_the_data_sets_own_solution() -> None:
    row = {"question": Q, "solution": "3 + 4 = 7.", "answer": "7", "pred": "8"}
    assert (parsed(row).bad_answer, parsed(row).reasoning) == (None, "3 + 4 = 7.")
    assert parsed({"question": Q, "answer": "7", "prediction": "8"}).response == "7"
    assert parsed({"question": Q, "prediction": "Many words.", "reference": "Few."}).response == "Few."


@pytest.mark.parametrize(
    ("response", "gold", "is_right"),
    [
        ("So \\boxed{8}", "7", False), ("So \\boxed{7.0}", "7", True), ("\\boxed{3} and \\boxed{7}", "7", True),
        ("3 + 4 = 8\n#### 8", "7", False), ("The answer is 8.", "7", False), ("Answer: **8**", "7", False),
        ("数えます。答えは 8 です。", "7", False), ("答えは7です。", "7", True), ("8", "7", False),
        ("The total is 8.", "7", False), ("The total is 7 apples.", "7", True), ("合計は8個です。", "7", False),
        ("The answer is B", "A", False), ("B", "A", False),
        ("B. eight", "B", True), ("Seven.", "7", True), ("It is 50%.", "0.5", True), ("So \\boxed{x+1}", "7", True),
        ("The answer is 8.", "eight", True), ("3 + 4 is 7, not 8.", "7", True),
    ],
)  # fmt: skip
def test_a_result_that_an_answer_marks_itself_is_held_against_the_gold_one(
    response: str, gold: str, is_right: bool
) -> None:
    row = parsed({"problem": Q, "response": f"<think>I count.</think>{response}", "expected_answer": gold})
    assert row.bad_answer == (None if is_right else drop_reasons.other_than_gold("expected_answer"))


@pytest.mark.parametrize(
    ("more", "column"),
    [
        ({"reward_model": {"ground_truth": "7", "style": "rule"}}, "reward_model.ground_truth"),
        ({"verification_info": '{"ground_truth": "7"}'}, "verification_info.ground_truth"),
        ({"solution": "7"}, "solution"),
    ],
)
def test_a_gold_answer_in_an_object_or_in_a_bare_solution_is_one_too(more: dict[str, Any], column: str) -> None:
    asked = {"prompt": [{"role": "user", "content": Q}], **more}
    assert parsed({**asked, "response": "The total is 8."}).bad_answer == drop_reasons.other_than_gold(column)
    right = parsed({**asked, "response": "<think>3 and 4.</think>\n<answer>7</answer>"})
    assert (right.answer, right.reasoning) == ("7", "3 and 4.")


def test_a_gold_answer_on_the_turn_that_asks_is_one_too() -> None:
    asked = {"role": "user", "content": Q, "info": {"reference_answer": "7"}}
    wrong = parsed({"messages": [asked, {"role": "assistant", "content": "The total is 8."}]})
    assert (wrong.bad_answer, wrong.answer) == (drop_reasons.other_than_gold("messages.0.info.reference_answer"), "7")


def test_a_reason_that_names_the_gold_column_is_found_again_in_its_files() -> None:
    why = drop_reasons.other_than_gold("a 'b'")
    assert drop_reasons.of_text(str(why)) == why and drop_reasons.is_expected(str(why))


def test_what_a_result_is_worth_is_seen_through_its_dress() -> None:
    assert conclusions.plain("\\(\\frac{3}{4}\\)") == conclusions.plain("0.75") == conclusions.plain("3/4")
    assert conclusions.plain("-\\frac{3}{4}") == conclusions.plain("-0.75")
    assert conclusions.plain("1/0") is None and conclusions.plain("several") is None
    assert conclusions.plain("seven") == conclusions.plain("7") and conclusions.plain("1.5 million") == 1_500_000


@pytest.mark.parametrize(
    ("text", "gold", "differs"),
    [
        ("The correct answer is A: Sydney.", "B", True), ("\\boxed{A. Sydney}", "B", True),
        ("So the answer is (A) Sydney", "B", True), ("So the answer is (B) Canberra", "B", False),
        ("答えは16円です。", "15", True), ("答えは16円です。", "15円", True), ("答えは15円です。", "15", False),
        ("よって7個。", "6個", True), ("よって6個。", "6", False),
        ("The answer is 16 km.", "15 km", True), ("The answer is 15km.", "15 km", False),
        ("The answer is 1.5 km.", "1500 m", False), ("The answer is 1.5 hours.", "90", False),
        ("\\boxed{4\\%}", "3%", True), ("\\boxed{3\\%}", "3%", False), ("\\boxed{3\\%}", "0.03", False),
        ("The answer is yes.", "no", True), ("The answer is yes.", "false", True),
        ("The answer is no.", "False", False),
        ("The answer is Canberra.", "the capital", False),
    ],
)  # fmt: skip
def test_options_amounts_and_yes_or_no_are_held_against_the_gold_answer(text: str, gold: str, differs: bool) -> None:
    assert conclusions.differs(text, gold) is differs


def test_a_program_that_the_question_begins_is_whole_in_the_answer() -> None:
    begun = 'def f(x):\n    """Twice x."""\n'
    row = parsed({"prompt": begun, "canonical_solution": "    y = x\n    return x + y\n"})
    assert row.response == f"{begun}    y = x\n    return x + y"


@pytest.mark.parametrize("said", ["The answer is 7", "THE ANSWER IS 7", "答えは7", "#### 7"])
def test_a_result_is_found_in_any_letters(said: str) -> None:
    assert [*conclusions.results(f"First I count on from 4, then I look again and see.\n{said}")] == ["7"]


LONG, TAIL = "7" + " " * 39, "w" * 196


@pytest.mark.parametrize(
    ("result", "plain"),
    [
        ("7", Fraction(7)), ("-7.5", Fraction("-7.5")), (".5", Fraction("0.5")), ("1,000", Fraction(1000)),
        ("7.", Fraction(7)),
        ("1/2", Fraction(1, 2)), ("-1/2", Fraction(-1, 2)), ("1/0", None), ("\\frac{1}{2}", Fraction(1, 2)),
        ("-\\frac{1}{2}", Fraction(-1, 2)), ("-\\dfrac{-1}{2}", Fraction(1, 2)), ("\\boxed{\\text{A}}", "A"),
        ("(B)", "B"), ("b.", "B"),
        ("\\boxed{\\text{\\textbf{A}}}", None), ("C) dog", "C"), ("yes", True), ("いいえ", False), ("3個", Fraction(3)),
        ("x+1", None),
        ("7 kg", conclusions.Amount(Fraction(7), "kg")), ("50%", conclusions.Amount(Fraction(50), "%")),
    ],
)  # fmt: skip
def test_a_result_is_plain_however_it_is_dressed(result: str, plain: object) -> None:
    assert conclusions.plain(result) == plain


@pytest.mark.parametrize(
    ("text", "gold", "differs", "agrees"),
    [
        ("It is 7.", "7", False, True), ("It is 8.", "7", True, False), ("The answer is 7.", "7", False, True),
        ("7", "7", False, True),
        (f"{TAIL}w 8.", "7", True, False), (f"{TAIL}ww 8.", "7", False, False), (f"{TAIL}w 7.", "7", False, True),
        (f"{TAIL}ww 7.", "7", False, False), ("50%", "7", False, False), ("It is 8%.", "7", False, False),
        ("7 kg", "8 kg", True, False),
        ("7 kg", "8 m", False, False), ("A", "B", True, False), ("yes", "no", True, False), ("yes", "7", False, False),
        ("dog", "dog", False, False), ("\\boxed{dog}", "Dog", False, True), ("8\n", "8", False, True),
        (LONG, "7", False, True),
    ],
)  # fmt: skip
def test_a_text_comes_to_another_result_or_to_the_same_where_that_is_plain(
    text: str, gold: str, differs: bool, agrees: bool
) -> None:
    assert (conclusions.differs(text, gold), conclusions.agrees(text, gold)) == (differs, agrees)


@pytest.mark.parametrize(
    ("reasoning", "answer", "contradicts"),
    [
        ("3 + 4 = 8", "7", True), ("3 + 4 = 7", "7", False), ("3 + 4 = 7.", " 7 ", False),
        ("It is = 1,000", "1000", False), ("So.", "7", False),
        ("The answer is 8.", "7", True), ("3 + 4 = 8", "seven", True), ("3 + 4 = 7", "seven", False),
        ("3 + 4 = 8", "some", False), ("3 + 4 = 8", LONG, True),
        ("3 + 4 = 8", f"{LONG} ", False),
        ("The answer is yes.", "No", True), ("It is 8", "7", False),
    ],
)  # fmt: skip
def test_reasoning_contradicts_the_answer_behind_it(reasoning: str, answer: str, contradicts: bool) -> None:
    assert conclusions.contradicts(reasoning, answer) is contradicts


@pytest.mark.parametrize(
    ("value", "short"),
    [("7", "7"), (["7"], "7"), (["7", "8"], ""), ([], ""), (7, "7"), (None, ""), ("a\nb", ""),
    ("w" * 120, "w" * 120), ("w" * 121, ""),
     ({"x": 1}, ""), (" 7\n", "7")],
)  # fmt: skip
def test_a_result_is_short_and_one(value: object, short: str) -> None:
    assert conclusions.short(value) == short


WORKED, REPLY = (
    Columns(prompt="q", response="a", answer="a", reasoning="z"),
    Columns(prompt="q", response="r", answer="a"),
)
SAID = {"role": "assistant", "content": "So 8"}


@pytest.mark.parametrize(
    ("where", "row", "predicted", "owned", "is_other"),
    [
        (REPLY, {"r": "So 8", "a": "7"}, "8", True, True), (REPLY, {"r": "So 7", "a": "7"}, "8", False, False),
        (REPLY, {"r": "So", "a": "7"}, "8", True, False), (REPLY, {"r": "So", "a": "7"}, "8", False, True),
        (REPLY, {"r": "So", "a": "7"}, "7", False, False), (REPLY, {"r": "So", "a": ""}, "7", False, False),
        (REPLY, {"r": "So", "a": "7"}, "", False, False), (REPLY, {"r": {"x": 1}, "a": "7"}, "8", False, True),
        (REPLY, {"r": {"x": 1}, "a": "7"}, "8", True, False), (WORKED, {"a": "7", "z": "So 8"}, "8", True, True),
        (WORKED, {"a": "7", "z": "So 7"}, "8", False, False),
        (Columns(messages="m", answer="a"), {"m": [{"content": "So 7"}, SAID], "a": "7"}, "8", True, True),
        (Columns(messages="m", answer="a"), {"m": [SAID, {"content": "So 7"}], "a": "7"}, "8", False, False),
    ],
)  # fmt: skip
def test_what_was_predicted_is_other_than_gold_unless_the_answer_ends_in_that(
    where: Columns, row: dict[str, object], predicted: str, owned: bool, is_other: bool
) -> None:
    assert conclusions.is_other(row, where, predicted, owned=owned) is is_other


@pytest.mark.parametrize(
    ("text", "gold", "is_other"),
    [
        ("1.234,5", "1234.5", False), ("1234.5", "1.234,5", False), ("1234.6", "1.234,5", True),
        ("1234,5", "1.234,5", False),
        ("３，１４２", "3142", False), ("５．５", "5.5", False), ("５．６", "5.5", True),
        ("\N{MINUS SIGN}3", "-3", False),
        ("1'234", "1234", False), ("1\N{RIGHT SINGLE QUOTATION MARK}234", "1234", False),
        ("1.234.567", "1234567", False),
        ("12.500", "12500", False), ("12,5", "12.5", False), ("12,5", "125", True), ("1.5", "15", True),
        ("1,2", "12", True),
        ("1.500 €", "1500 €", False), ("1.500 €", "1600 €", True), ("12.500 metros", "12500 metros", False),
        ("€1.500", "1500 €", False), ("1.234,50 €", "1234,50 €", False), ("1.500 m", "1.500 km", True),
        ("1.500 m³", "1500 m^3", False), ("1.500 €", "1,5 €", False),
        ("The answer is 1.234,5", "1234.5", False), ("13*2 = 26. Final answer", "26", False),
        ("13*2 = 26. Final answer", "27", True), ("13*2 = 26 (final answer)", "27", True),
        ("We get 13*2 = 26. **Final answer**", "26", False),
    ],
)  # fmt: skip
def test_a_number_is_the_same_however_a_country_writes_it(text: str, gold: str, is_other: bool) -> None:
    assert conclusions.differs(text, gold) is is_other


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Adding them gives \\boxed{7}.", ["7"]), ("\\[ \\boxed{x = \\frac{1}{2^{n}}} \\]", ["x = \\frac{1}{2^{n}}"]),
        ("Use \\boxed{x} for results.", []), ("Use `\\boxed{x}` for results, as in `\\boxed{3}`, each time.", []),
        ("Put the result in \\boxed{} at the end.", []), ("The command is \\boxed{x}, of amsmath.", []),
        ("```latex\n\\boxed{E = mc^2}\n```\nframes it.", []), ("The answer is `\\boxed{7}`.", ["7"]),
        ("結果は \\boxed{答え} のように書いてください。", []),
        ("Graders look for `\\boxed{5}`. It is \\boxed{8}", ["8"]),
        ("We write \\boxed{7}.", ["7"]), ("\\boxed{open", []), ("\\fbox{4}", ["4"]),
    ],
)  # fmt: skip
def test_what_is_boxed_is_a_result_where_it_is_not_only_spoken_of(text: str, found: list[str]) -> None:
    assert boxed.results(text) == found
    assert parsed({"question": "How is it done?", "answer": text}).answer == (found[-1] if found else None)


@pytest.mark.parametrize("before", ["", "x " * 90, "The answer? " * 3, "Answers differ. " + "y " * 60])
@pytest.mark.parametrize(
    ("closing", "result"),
    [
        ("Therefore, the correct answer is 12.", "12"), ("Thus, the final answer: (b)", "(b)"),
        ("So the answer must be: 7 km.", "7 km"), ("Daher, die richtige Antwort lautet 7.", "7"),
        ("ANSWER: 4", "4"), ("したがって、答えは、12個です。", "12個"), ("よって正解：ア。", "ア"),
        ("所以，最终答案是：12", "12"),
    ],
)  # fmt: skip
def test_a_closing_that_says_the_answer_is_found_wherever_it_begins(before: str, closing: str, result: str) -> None:
    assert list(conclusions.results(before + ("\n" if before else "") + closing)) == [result]


@pytest.mark.parametrize(
    ("said", "gold", "is_other"),
    [
        ("0.33", "1/3", False), ("1/3", "0.33", False), ("1/3", "0.3", True), ("0.34", "1/3", True),
        ("1/3", "2/3", True),
        ("3.14", "3.14159", False), ("5.665", "5.67", False), ("5.664", "5.67", True), ("5.67", "5.68", True),
        ("5.67 m", "5.6667 m", False), ("5.68 m", "5.6667 m", True), ("5.7", "5.6667", True), ("6", "5.9999", True),
        ("-0.67", "-2/3", False), ("0.67", "-2/3", True),
    ],
)  # fmt: skip
def test_a_result_that_is_rounded_to_two_decimals_or_more_is_no_other(said: str, gold: str, is_other: bool) -> None:
    assert conclusions.differs(f"So it comes.\nThe answer is {said}", gold) is is_other


def test_a_working_is_more_exact_than_the_answer_that_rounds_it() -> None:
    assert not conclusions.contradicts("17 ÷ 3 = 5.6667", "5.67")
    assert conclusions.contradicts("17 ÷ 3 = 5.6667", "5.76")
    row = {"question": "What is 17 ÷ 3?", "reasoning": "17 ÷ 3 = 5.6667", "answer": "5.67"}
    assert parsed(row).reasoning == "17 ÷ 3 = 5.6667"
