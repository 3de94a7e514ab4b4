"""Of several answers of a model to one question the one is learnt that is judged right."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import of_source, parsed, reason
from so8t_engine.config.run_config import Dataset
from so8t_engine.data import admission, drop_reasons
from so8t_engine.data.adapters.parsed_row import ParsedRow, Skip

Q = "How many apples are 3 and 4?"
WRONG = "<think>\n3 and 4, I count on.\n</think>\n\nThe total is 8."
RIGHT = "<think>\n4 and 3, I count on.\n</think>\n\nThe total is 7."
CUT = "<think>\n4 and 3, I"


@pytest.mark.parametrize(
    "row",
    [
        {"generations": [WRONG, RIGHT], "correctness_math_verify": [False, True], "correctness_llama": None},
        {"generations": [WRONG, RIGHT], "correctness_math_verify": [False, False], "correctness_llama": [False, True]},
        {"generations": [CUT, RIGHT], "is_reasoning_complete": [False, True], "correctness_math_verify": [True, True]},
        {"generations": [CUT, RIGHT], "finish_reasons": ["length", "stop"], "correctness_math_verify": [True, True]},
        {"generations": [WRONG, RIGHT]},
        {"generations": [RIGHT]},
        {"responses": [WRONG, RIGHT], "rewards": [0.0, 1.0]},
        {"outputs": [WRONG, RIGHT], "scores": [0.1, 0.9]},
        {"responses": [WRONG, RIGHT], "best_response_idx": 1},
        {"responses": [WRONG, RIGHT], "labels": ["bad", "good"]},
        {"completions": [[{"role": "assistant", "content": WRONG}], [{"role": "assistant", "content": RIGHT}]],
         "rewards": [0, 1]},
        {"samples": [{"text": WRONG, "is_correct": False}, {"text": RIGHT, "is_correct": True}]},
        {"responses": [{"response": WRONG, "reward": 0.1}, {"response": RIGHT, "reward": 0.9}]},
        {"solutions": [{"solution": WRONG, "correct": False}, {"solution": RIGHT, "correct": True}]},
    ],
)  # fmt: skip
def test_the_right_one_is_learnt_with_its_trace(row: dict[str, Any]) -> None:
    found = parsed({"problem": Q, "answer": "7", "correctness_count": 1, **row})
    assert (found.response, found.reasoning) == ("The total is 7.", "4 and 3, I count on.")
    assert (found.answer, found.bad_answer) == ("7", None)


@pytest.mark.parametrize(
    "beside",
    [
        {"ranks": [3, 1, 2]}, {"rank": [3, 1, 2]}, {"ranking": [2, 0, 1]}, {"rankings": [3.0, 1.0, 2.0]},
        {"scores": [0, 9, 5]}, {"is_correct": [False, True, False]}, {"passed": [False, True, False]},
        {"evals": ["bad", "good", "bad"]},
    ],
)  # fmt: skip
@pytest.mark.parametrize("column", ["answers", "response", "responses"])
def test_lists_beside_a_list_of_answers_choose_the_best(column: str, beside: dict[str, Any]) -> None:
    row = {"prompt": Q, column: ["It may be 8.", "It is 7.", "Perhaps 7?"], **beside}
    assert (parsed(row).response, parsed(row).bad_answer) == ("It is 7.", None)


@pytest.mark.parametrize(
    ("label", "values"),
    [("ranks", [1, 0]), ("ranking", [2, 1]), ("passed", [False, True]), ("evals", ["bad", "good"]), ("mark", [0, 1])],
)
def test_the_line_that_names_these_lists_chooses_the_same(label: str, values: list[Any]) -> None:
    row = {"prompt": Q, "answers": ["It may be 8.", "It is 7."], label: values}
    columns = {"prompt": "prompt", "response": "answers", "label": label}
    assert parsed(row, columns=columns).response == "It is 7."


def test_answers_that_nothing_ranks_are_spellings_of_the_first() -> None:
    assert parsed({"prompt": Q, "answers": ["7", "seven"], "labels": ["en"], "tags": ["a", "b"]}).response == "7"


@pytest.mark.parametrize(
    ("answers", "judge", "values"),
    [
        ("generations", "correctness", [True]), ("generations", "correctness", [False, True, True]),
        ("responses", "rewards", [0.5]), ("responses", "is_correct", [True]), ("solutions", "scores", [0.1, 0.9, 0.3]),
        ("candidates", "scores", [1]), ("answers", "ranks", [1, 2, 3]),
    ],
)  # fmt: skip
def test_a_list_that_is_shorter_or_longer_than_the_answers_it_judges_is_named(
    answers: str, judge: str, values: list[Any]
) -> None:
    assert reason({"prompt": Q, answers: ["It is 8.", "It is 7."], judge: values}) == drop_reasons.unpaired(
        judge, answers
    )


@pytest.mark.parametrize(
    "beside", [{"best": 1}, {"chosen": 1}, {"best_answer": "It is 7."}, {"preferred_index": 1}, {"scores": [1, 5]}]
)
def test_of_candidates_the_one_that_is_called_the_best_is_learnt(beside: dict[str, Any]) -> None:
    assert parsed({"question": Q, "candidates": ["It is 8.", "It is 7."], **beside}).response == "It is 7."


@pytest.mark.parametrize(("best", "learnt"), [([1, 0], ["b", "c"]), ([1, 2], ["a", "d"]), ([1, 1], ["b", "d"])])
def test_what_the_number_of_the_best_counts_from_is_seen_in_the_rows(best: list[int], learnt: list[str]) -> None:
    rows = [{"question": Q, "candidates": list(pair), "best": at} for pair, at in zip(("ab", "cd"), best, strict=True)]
    assert [found.response for found in of_source(rows) if isinstance(found, ParsedRow)] == learnt


def test_solutions_each_with_its_verdict_are_samples_and_programs_are_none() -> None:
    judged = [{"solution": "It is 8.", "correct": False}, {"solution": "It is 7.", "correct": True}]
    assert parsed({"problem": Q, "solutions": judged}).response == "It is 7."
    bad = {"problem": Q, "solutions": [{"solution": "It is 8.", "correct": 0}, {"solution": "It is 9.", "correct": 0}]}
    assert reason(bad) == drop_reasons.labelled_bad("solutions.correct", "0")
    mine = Dataset(name="x", path="x.jsonl", source="local")
    assert not admission.fits(mine, {"problem": Q, "solutions": ["x = 7"]})
    assert admission.fits(mine, {"problem": Q, "solutions": [{"solution": "It is 7."}]})


def test_where_none_is_right_the_question_is_kept_for_the_reward() -> None:
    row = {"problem": Q, "answer": "7", "generations": [WRONG, WRONG], "correctness_math_verify": [False, False]}
    found = parsed(row)
    assert (found.bad_answer, found.answer) == (drop_reasons.labelled_bad("correctness_math_verify", "false"), "7")
    assert parsed({**row, "correctness_math_verify": None}).bad_answer == drop_reasons.other_than_gold("answer")


def test_a_worked_solution_of_the_data_set_comes_before_what_a_model_wrote() -> None:
    row = {"problem": Q, "solution": "3 + 4 = 7", "answer": "7", "generations": [WRONG, WRONG],
           "correctness_math_verify": [False, False]}  # fmt: skip
    [found] = of_source([row])
    assert isinstance(found, ParsedRow) and (found.bad_answer, found.reasoning) == (None, "3 + 4 = 7")


def test_of_several_that_nobody_judges_none_is_guessed() -> None:
    dataset = Dataset(name="x", path="x.jsonl", source="local")
    row = {"prompt": Q, "responses": ["Many.", "A few."], "pass_rate": 0.5}
    assert not admission.fits(dataset, row)
    assert "columns: {prompt: prompt, response: responses.0}" in str(admission.unfit(dataset, [row]))
    assert parsed({**row, "answer": "Seven"}).response == "Seven"
    half = {"prompt": Q, "responses": [{"response": "Many.", "reward": 0.1}, "A few."], "answer": "Seven"}
    assert parsed(half).response == "Seven"
    assert not admission.fits(dataset, {**half, "answer": None})


def test_a_mapping_may_name_the_answers_and_what_judges_them() -> None:
    columns = {"prompt": "p", "response": "generations", "label": "ok"}
    row = {"p": Q, "generations": ["One.", "Two."], "ok": [False, True], "is_correct": [True, False]}
    assert parsed(row, columns=columns).response == "Two."


@pytest.mark.parametrize(("best", "learnt"), [("1", "b"), (1, "b"), ("B", "b"), ("b", "b"), ("0", "a")])
def test_the_best_may_be_named_by_number_letter_or_text(best: Any, learnt: str) -> None:
    assert parsed({"prompt": Q, "responses": ["a", "b"], "best": best}).response == learnt


def test_of_a_trace_for_each_answer_the_chosen_ones_is_learnt_and_why_it_was_rated_so_is_none() -> None:
    row = {"prompt": Q, "generations": ["It is 8.", "It is 7."], "ratings": [1, 5]}
    assert parsed({**row, "reasoning": ["I guess.", "3 and 4."]}).reasoning == "3 and 4."
    assert parsed({**row, "rationale": ["It is wrong.", "It is right."]}).reasoning is None


def test_steps_that_are_all_right_are_one_answer_and_a_wrong_step_leaves_it_out() -> None:
    row = {"prompt": Q, "completions": ["Ann has 3 apples. ", "She buys 4 more.", "That makes 7 apples."]}
    assert parsed({**row, "labels": [True, True, True]}).response == (
        "Ann has 3 apples.\nShe buys 4 more.\nThat makes 7 apples."
    )
    assert parsed({**row, "labels": "[true, true, true]"}).response.endswith("7 apples.")
    for labels in ([True, True, False], [False, True, True], [False, False, False], [True, False, None]):
        assert reason({**row, "labels": labels}) == drop_reasons.labelled_bad("labels", "false")
    assert parsed({**row, "labels": [False, "good", "bad"]}).response == "She buys 4 more.", "marks of three answers"


def test_a_list_of_candidates_is_no_gold_answer() -> None:
    found = parsed({"question": "Which saw?", "answers": ["No.", "The small one."], "best_answer": "The small one."})
    assert (found.response, found.answer) == ("The small one.", None)


REASONED = ["3 and 4 make 8.\nThe answer is 8.", "4 and 3 make 7.\nThe answer is 7.", "I do not know."]


@pytest.mark.parametrize(
    ("answers", "gold"),
    [
        (answers, gold)
        for answers in ("answers", "responses", "completions", "attempts", "model_answers", "回答", "回答候補")
        for gold in ("ground_truth", "gold", "correct_answer", "正解", "reference", "answer")
    ],
)  # fmt: skip
@pytest.mark.parametrize("value", ["7", 7, "$7$"])
def test_of_answers_in_a_list_the_one_that_comes_to_the_gold_answer_is_learnt(
    answers: str, gold: str, value: Any
) -> None:
    found = parsed({"question": Q, answers: REASONED, gold: value})
    assert (found.reasoning, found.response, found.bad_answer) == ("4 and 3 make 7.", "7", None)
    none = parsed({"question": Q, answers: [REASONED[2], REASONED[0]], gold: value})
    assert (none.answer, none.bad_answer) == (found.answer, drop_reasons.other_than_gold(gold))


@pytest.mark.parametrize(
    ("gold", "said", "learnt"),
    [
        ("B", ["A. It is small, as the text says.", "B. It is large, as the text says."], 1),
        ("B", ["The answer is (A).", "So the answer is (B)."], 1), ("no", ["Yes, it is.", "No, it is not."], 1),
        ("Lima is the capital.", ["Quito is the capital.", "Lima is the capital."], 1),
        ("7", ["8個です。", "4+3=7 なので、7個になります。"], 1), ("はい", ["いいえです。", "はい、そうです。"], 1),
        ("7", ["It lies there.", "So there are 7 of them in all, as counted."], 1),
        ("12 km", ["It is 13 km away.", "One goes 4 times. It is 12 km away."], 1),
        ("5", [{"text": "It makes 4."}, {"text": "It makes 5."}], 1), ("1/2", ["\\boxed{\\frac{1}{2}}", "It is 2."], 0),
    ],
)  # fmt: skip
def test_letters_words_and_equal_texts_tell_which_is_right(gold: str, said: list[Any], learnt: int) -> None:
    text = said[learnt]["text"] if isinstance(said[learnt], dict) else said[learnt]
    assert parsed({"question": Q, "answers": said, "ground_truth": gold}).response == text


@pytest.mark.parametrize("said", ["It is 8 and not 7 in all, as one says.", "There were 7. Then 3 more came to them."])
def test_a_number_among_others_is_no_conclusion(said: str) -> None:
    found = parsed({"question": Q, "responses": [said, "It is 8."], "answer": "7"})
    assert found.bad_answer == drop_reasons.other_than_gold("answer")


ENDS_RIGHT = "50 minus 10 is 40, plus 2 makes 42. The answer is 42."


@pytest.mark.parametrize(
    "wrong",
    [
        "It is not 42 but 40, by guess. The answer is 40.",
        "One may think of 42, but fewer are left, so it comes to 40.",
        "42 over 6 is 7, so it is 41.",
    ],
)  # fmt: skip
@pytest.mark.parametrize("beside", [{}, {"ranks": [2, 1]}, {"scores": [1, 5]}])
def test_an_answer_that_only_mentions_the_gold_value_is_not_the_right_one(wrong: str, beside: dict[str, Any]) -> None:
    found = parsed({"prompt": "How much is 50 minus 8?", "answer": "42", "responses": [wrong, ENDS_RIGHT], **beside})
    assert (found.response, found.bad_answer) == ("42", None)


@pytest.mark.parametrize(
    "row",
    [
        {"response_a": ENDS_RIGHT, "response_b": "I recall it. The answer is 36.", "winner": "response_b"},
        {"chosen": "I recall it. The answer is 36.", "rejected": ENDS_RIGHT},
        {"responses": [ENDS_RIGHT, "I recall it. The answer is 36."], "best": 1},
    ],
)
@pytest.mark.parametrize("gold", ["answer", "ground_truth"])
def test_what_was_preferred_is_not_learnt_against_the_gold_answer(row: dict[str, Any], gold: str) -> None:
    row = {"prompt": "How much is 6 * 7?", **row}
    assert parsed({**row, gold: "36"}).response
    try:
        assert parsed({**row, gold: "42"}).bad_answer == drop_reasons.other_than_gold(gold)
    except Skip as skip:
        assert skip.reason == drop_reasons.other_than_gold(gold)


def test_japanese_results_are_held_against_the_gold_one_in_a_table_too() -> None:
    found = parsed({"質問": "5と6で？", "回答": '["8個です。", "9 個です。"]', "正解": "11"})
    assert (found.answer, found.bad_answer) == ("11", drop_reasons.other_than_gold("正解"))
    assert found.response == "8個です。"


@pytest.mark.parametrize("answers", [["Beatles", "The Fab Four"], ["7", "seven"], ["The Beatles"]])
def test_spellings_that_nothing_tells_apart_are_no_candidates(answers: list[str]) -> None:
    row = {"question": "Which band?", "answers": answers, "answer": "The Beatles"}
    assert parsed(row).response == "The Beatles"


def test_the_number_of_an_option_is_no_result() -> None:
    found = parsed({"question": Q, "answers": ["8", "9", "7"], "label": 2})
    assert (found.response, len(found.choices)) == ("C. 7", 3)


def test_answers_and_what_judges_them_may_stand_there_as_json_in_a_table() -> None:
    row = {"question": Q, "answers": '["It is 8.", "It is 7."]', "ranks": "[2, 1]"}
    assert parsed(row).response == "It is 7."
    assert parsed({"question": Q, "answers": '["It is 8.", "It is 7."]', "gold": "7"}).response == "It is 7."


@pytest.mark.parametrize("name", ["rank", "ranks", "順位", "human_rank"])
def test_ranks_are_places_and_marks_beyond_them_are_none(name: str) -> None:
    row = {"prompt": Q, "responses": ["a", "b", "c"]}
    assert [parsed({**row, name: ranks}).response for ranks in ([2, 1, 3], [1, 0, 2], [2, 2, 1])] == ["b", "b", "c"]
    dataset = Dataset(name="x", path="x.jsonl", source="local")
    assert not admission.fits(dataset, {**row, name: [5, 3, 4]})


def test_a_best_answer_by_its_number_comes_before_ranks() -> None:
    row = {"prompt": Q, "responses": ["a", "b", "c"], "best": 1, "ranks": [2, 1, 3]}
    assert parsed(row).response == "b"


@pytest.mark.parametrize("mark", ["selected", "is_best", "chosen", "preferred", "IsAccepted", "best_answer", "採用"])
def test_a_mark_on_one_answer_says_that_it_is_the_best(mark: str) -> None:
    texts = [{"text": "It is 8.", mark: False}, {"text": "It is 7.", mark: True}]
    assert parsed({"prompt": Q, "answers": texts}).response == "It is 7."
    assert parsed({"prompt": Q, "responses": texts}).response == "It is 7."
