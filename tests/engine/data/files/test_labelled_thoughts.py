"""What a text calls a solution or an explanation is thought: no part of the question, and none of a short answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.data.files.test_files_people_have import put, read

OTHER = "\n\nQ: Who?\nA: She.\n"


def rows(tmp_path: Path, text: str) -> list[dict[str, str]]:
    return read(put(tmp_path / "exam.txt", text))[0]


@pytest.mark.parametrize(
    "label",
    ["Solution:", "**Solution:**", "**Solution**:", "- Explanation 1:", "REASONING:", "Working:", "考え方：", "解説：",
     "途中式:", "【解説】", "[考え方]", "解き方：", "Lösung:", "Rechenweg:"],
)  # fmt: skip
def test_a_labelled_line_between_question_and_answer_is_the_thought(tmp_path: Path, label: str) -> None:
    text = f"Q: How much is it?\n{label} 3 * 4 = 12,\n\nless 2.\nA: 10{OTHER}"
    assert rows(tmp_path, text) == [
        {"question": "How much is it?", "reasoning": "3 * 4 = 12,\n\nless 2.", "answer": "10"},
        {"question": "Who?", "answer": "She."},
    ]


@pytest.mark.parametrize(
    ("answer", "label", "thought"),
    [
        ("The cat.", "Explanation:", "It meows."),
        ("ねこです。\nいつも。", "解説：", "鳴くので。"),
        ("34 euros", "Solution:", "40 - 6 = 34."),  # of what is worked out
        ("B", "解き方：", "Aは違う。"),
        ("Two:\n1. one", "**Reasoning: so it says**", None),
    ],
)
def test_one_below_the_answer_is_thought_too(tmp_path: Path, answer: str, label: str, thought: str | None) -> None:
    below = f"{label} {thought}" if thought else label
    text = f"Q: Which is it?\nA: {answer}\n{below}{OTHER}"
    assert rows(tmp_path, text)[0] == {
        "question": "Which is it?", "reasoning": thought or "so it says", "answer": answer,
    }  # fmt: skip


def test_one_above_and_one_below_are_one_thought(tmp_path: Path) -> None:
    text = f"Q: 6 * 7?\nWorking: 6 * 7 = 42\nA: 42\nExplanation: A product.\nA: 42, twice{OTHER}"
    assert rows(tmp_path, text)[:2] == [
        {"question": "6 * 7?", "reasoning": "6 * 7 = 42\nA product.", "answer": "42"},
        {"question": "6 * 7?", "answer": "42, twice"},
    ]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Who is it?\nHint: not he.", "She."),
        ("Is this solution right?\nSolution: 2 + 2 = 5", "No."),
        ("Find the error in Tom's working.\nWorking: 2 + 2 = 5", "It is 4."),
        ("次の解説は正しいですか。\n解説：水は90度で沸騰する。", "いいえ。"),
        ("Which solution is it?\na solution: salt", "Brine."),
        ("Why does it jam?", "Find the cause first.\nSolution: open the flap."),  # all of it helps
        ("Why does it jam?", "Cause: dust.\nSolution: open the flap 2 times."),
        ("Why?", "Explanation: it is so."),  # there is no other answer
        ("虹はなぜ？", "光が分かれるから。\n補足：見えにくい日もある。"),
    ],
)
def test_other_labels_stay_where_they_are(tmp_path: Path, question: str, answer: str) -> None:
    text = f"Q: {question}\nA:\n{answer}{OTHER}"
    assert rows(tmp_path, text)[0] == {"question": question, "answer": answer}


@pytest.mark.parametrize(
    ("asks", "answers"), [("Question 1.", "Answer 1."), ("問題：", "答え："), ("Exercise 2:", "A:")]
)
def test_exams_are_read_by_their_own_words(tmp_path: Path, asks: str, answers: str) -> None:
    text = f"{asks} Why?\nSolution: since.\n{answers} So.\n\n" * 2
    assert rows(tmp_path, text) == [{"question": "Why?", "reasoning": "since.", "answer": "So."}] * 2


def test_an_exercise_in_a_question_is_a_part_of_it(tmp_path: Path) -> None:
    text = "質問：次を解きなさい。\n問題：3x=6\n回答：x=2\n\n" * 2
    assert rows(tmp_path, text) == [{"question": "次を解きなさい。\n問題：3x=6", "answer": "x=2"}] * 2
