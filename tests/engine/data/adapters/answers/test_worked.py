"""A worked answer beside a gold one: its way is thought, its result the answer; another result is not split off."""

from __future__ import annotations

import pytest

from helpers.rows import parsed
from so8t_engine.data.adapters.answers import worked

Q = "How many legs have three spiders?"
WAY = "A spider has 8 legs, so three have 8 * 3 of them."


@pytest.mark.parametrize("gold", ["answer_number", "final_answer", "ground_truth", "expected_answer", "correct_answer"])
@pytest.mark.parametrize(
    "ends",
    [
        " The answer is 24.",
        "\n#### 24",
        " So, the final answer is: 24",
        " That is $\\boxed{24}$.",
        "答えは24です。",
        " The correct answer is 24.",
        "正解は24です。",
    ],
)
def test_the_way_to_the_gold_result_is_thought(ends: str, gold: str) -> None:
    """MGSM's worked answers with `answer_number` beside them were answers without thought."""
    found = parsed({"question": Q, "answer": WAY + ends, gold: 24})
    assert (found.response, found.answer, found.answer_kind, found.bad_answer) == ("24", "24", "number", None)
    assert found.reasoning is not None and found.reasoning.startswith(WAY)


@pytest.mark.parametrize("gold", ["ground_truth", "expected_answer", "correct_answer"])
@pytest.mark.parametrize(
    "ends",
    [
        "\nAnswer: 24", "\n\n**Answer:** 24", " Answer: **24**.", "\n**Answer: 24**", "\n## Answer\n24",
        "\n答え：24", "\n【答え】24", "\n> Final answer: 24", "\nAntwort: 24", "\nRéponse : 24", "\n答案：24",
    ],
)  # fmt: skip
def test_so_it_is_before_a_last_line_that_is_called_the_answer(ends: str, gold: str) -> None:
    found = parsed({"question": Q, "answer": WAY + ends, gold: 24})
    assert (found.response, found.answer, found.reasoning, found.bad_answer) == ("24", "24", WAY, None)


@pytest.mark.parametrize(
    "ends",
    [
        " Die Antwort ist 24.", " Die richtige Antwort lautet: 24", " La réponse est 24.",
        " Donc la réponse finale est : 24.", " La respuesta correcta es 24.", " La risposta è 24.", " A resposta é 24.",
        "，所以答案是24。", "答案为：24",
    ],
)  # fmt: skip
def test_the_answer_is_said_in_other_languages_too(ends: str) -> None:
    found = parsed({"question": Q, "response": WAY + ends, "gold": "24"})
    assert (found.response, found.reasoning, found.bad_answer) == ("24", WAY.rstrip("，"), None)
    assert parsed({"question": Q, "response": WAY + ends, "gold": "18"}).bad_answer is not None


@pytest.mark.parametrize(
    ("last", "gold", "response"),
    [
        ("Answer: Canberra", "Canberra", "Canberra"), ("Answer: (B)", "B", "(B)"), ("答え：24匹", "24", "24匹"),
        ("Answer: William Shakespeare.", "William Shakespeare", "William Shakespeare."),
        ("Answer: [1, 2]", "1, 2", "[1, 2]"), ("Answer: U.S.", "U.S.", "U.S."), ("Answer: Yes", "yes", "Yes"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("names", [("response", "gold"), ("output", "answer"), ("model_answer", "expected_answer")])
def test_what_a_last_line_calls_the_answer_is_that(names: tuple[str, str], last: str, gold: str, response: str) -> None:
    found = parsed({"question": Q, **dict(zip(names, (f"{WAY}\n{last}", gold), strict=True))})
    assert (found.response, found.reasoning, found.bad_answer) == (response, WAY, None)


@pytest.mark.parametrize("last", ["Answer: 24 to 26", "The gist: 24", "Answer: 24\nThat is all.", "Answers: 24"])
def test_a_last_line_that_calls_nothing_else_the_gold_answer_stays(last: str) -> None:
    assert worked.split(f"{WAY}\n{last}", Q, "response", "24", None).way is None


def test_a_label_that_the_question_asks_for_stays_before_the_answer() -> None:
    asked = f'{Q} End with "Answer: ..." and the number, as in "Answer: 3".'
    assert worked.split(f"{WAY}\nAnswer: 24", asked, "response", "24", None) == ("Answer: 24", "24", WAY, False)
    assert worked.split(f"{WAY}\nAnswer: 24", f"Question: {Q}\nAnswer:", "response", "24", None).response == "24"


@pytest.mark.parametrize("said", ["\\boxed{24}", "The answer is 24.", "24"])
def test_a_result_alone_has_no_way(said: str) -> None:
    assert worked.split(said, Q, "answer", "24", None) == (said, "24", None, False)


@pytest.mark.parametrize("ends", [" The answer is 18.", "\n#### 18", " That is $\\boxed{18}$."])
def test_an_answer_that_the_gold_one_contradicts_stays_whole(ends: str) -> None:
    assert worked.split(WAY + ends, Q, "answer", "24", None) == (WAY + ends, "24", None, False)


def test_what_is_boxed_behind_a_trace_is_answered_alone_unless_a_box_was_asked_for() -> None:
    assert worked.split("$\\boxed{24}$.", Q, "answer", "", WAY) == ("24", "24", None, True)
    assert worked.split("\\boxed{24}", f"{Q} In \\boxed{{}}.", "answer", "", WAY) == ("\\boxed{24}", "24", None, True)
    assert worked.split("So \\boxed{24} legs.", Q, "answer", "", WAY) == ("So \\boxed{24} legs.", "24", None, True)
    assert worked.split("\\boxed{18}", Q, "answer", "24", WAY) == ("\\boxed{18}", "24", None, False)
