"""Multiple choice in the forms people have: what is asked, the options in their order, the right one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from helpers.rows import of_source, parsed, reason
from helpers.sessions import local, make_config, write_lines
from so8t_engine.config.run_config import Dataset
from so8t_engine.data import drop_reasons, trial
from so8t_engine.data.adapters import choose_adapter

Q = "Which saw is it?"
LIST = ["saw", "glue", "nail"]
CHOICES: list[dict[str, Any]] = [
    {"question": Q, "subject": "craft", "choices": LIST, "answer": 1},
    {"question": Q, "options": LIST, "answer": "B"},
    {"question": Q, "options": str(LIST), "correct_answer": "glue"},
    {"question": Q, "choices": {"label": ["1", "2", "3"], "text": LIST}, "answerKey": "2"},
    {"question": Q, "options": {"A": "saw", "B": "glue", "C": "nail"}, "answer_idx": "B"},
    {"question": Q, "options": [{"label": "A", "text": "saw"}, {"label": "B", "text": "glue"},
                                {"label": "C", "text": "nail"}], "answer": "(B)"},
    {"question": Q, "A": "saw", "B": "glue", "C": "nail", "D": None, "answer": "B"},
    {"question": Q, "opa": "saw", "opb": "glue", "opc": "nail", "cop": 1},
    {"question": Q, "option1": "saw", "option2": "glue", "option3": "nail", "answer": "2"},
    {"question": Q, "mc1_targets": {"choices": LIST, "labels": [0, 1, 0]}, "answer": None},
    {"question": Q, "options": ["A)saw", "B)glue", "C)nail"], "correct": "B"},
    {"question": Q, "options": ["(A) saw", "(B) glue", "(C) nail"], "answer": "glue"},
    {"ctx": Q, "endings": LIST, "label": "1"},
    {"sentence": Q, "option1": "saw", "option2": "glue", "option3": "nail", "answer": "2"},
    {"question": Q, "answerA": "saw", "answerB": "glue", "answerC": "nail", "label": "2"},
    {"question": Q, "answers": LIST, "correct_answer_id": 1},
    {"question": Q, "answer_entity": "glue", "answer_candidates": LIST},
    {"question_stem": Q, "choices": {"label": ["A", "B", "C"], "text": LIST}, "answerKey": "B"},
    {"question": Q, "mc1_targets": {"choices": LIST, "labels": [0, 1, 0]}},
    {"context": "", "question": Q, "answerA": "saw", "answerB": "glue", "answerC": "nail", "label": 1},
    {"premise": Q, "choice1": "saw", "choice2": "glue", "choice3": "nail", "label": 1, "idx": 0},
    {"question": Q, "mc_answer1": "saw", "mc_answer2": "glue", "mc_answer3": "nail", "correct_answer_num": "2"},
    {"問題": Q, "A": "saw", "B": "glue", "C": "nail", "解答": "B"},
    {"問題文": Q, "選択肢": LIST, "正解": "glue"},
    {"startphrase": Q, "ending0": "saw", "ending1": "glue", "ending2": "nail", "label": 1},
    {"question": Q, "answers": LIST, "label": 1, "id_string": "x"},
    {"statement": Q, "option_list": {"A": "saw", "B": "glue", "C": "nail"}, "answer": ["B"]},
    {"input": Q, "target_scores": {"saw": 0, "glue": 1, "nail": 0}},
    {"No": "1", "Stem": Q, "Opt1": "saw", "Opt2": "glue", "Opt3": "nail", "Key": "B"},
    {"Intitulé": Q, "Réponse A": "saw", "Réponse B": "glue", "Réponse C": "nail", "Bonne(s) réponse(s)": "B"},
    {"q_text": Q, "q_op1": "saw", "q_op2": "glue", "q_op3": "nail", "q_ans": "glue"},
]  # fmt: skip


@pytest.mark.parametrize("row", CHOICES)
def test_options_are_read_in_every_form_and_the_right_one_is_found(row: dict[str, Any]) -> None:
    result = parsed(row)

    assert (result.choices, result.answer, result.category) == (tuple(LIST), "B", "choice")
    assert result.prompt == f"{Q}\nA. saw\nB. glue\nC. nail"


def test_a_number_says_which_option_even_where_one_is_the_same_number() -> None:
    counted = {"question": "3 - 1?", "choices": ["1", "2", "3"], "answer": 1}

    assert [parsed({**counted, "answer": answer}).answer for answer in (1, "2", 0, "3")] == ["B", "B", "A", "C"]
    assert parsed({**counted, "choices": ["1", "0", "2"], "answer": 0}).answer == "A"
    assert parsed({**counted, "choices": [1, 2, 3]}).answer == "A"  # a number among numbers is the option itself


@pytest.mark.parametrize("kind", [int, str])
@pytest.mark.parametrize("start", [0, 1])
@pytest.mark.parametrize("name", ["label", "answer"])
def test_what_numbers_count_from_is_seen_in_the_rows_of_the_source(name: str, start: int, kind: Any) -> None:
    rows = [{"question": Q, "answerA": "saw", "answerB": "glue", name: kind(right + start)} for right in (1, 0, 1, 1)]
    dataset = Dataset(name="x", path="x.jsonl", source="local")
    adapter = choose_adapter.choose(dataset, rows[0])
    index = choose_adapter.index_of(dataset, lambda: iter(rows))

    assert adapter is not None
    assert [adapter.adapt(row, index).response for row in rows] == ["B. glue", "A. saw", "B. glue", "B. glue"]


def test_a_right_option_that_is_a_number_is_no_place_among_them() -> None:
    wrong = {"question": "2 - 2?", "distractor1": "4", "distractor2": "1", "correct_answer": "0"}
    rows = [
        {"question": "2 - 2?", "option1": "7", "option2": "8", "option3": "0", "answer": "0"},
        {"question": "Which?", "option1": "saw", "option2": "glue", "option3": "nail", "answer": "2"},
    ]
    dataset = Dataset(name="x", path="x.jsonl", source="local")

    def read(*of: dict[str, Any]) -> list[str]:
        adapter = choose_adapter.choose(dataset, of[0])
        index = choose_adapter.index_of(dataset, lambda: iter(of))
        assert adapter is not None
        return [adapter.adapt(row, index).response for row in of]

    assert read(wrong) == ["A. 0"]
    assert read(*rows) == ["C. 0", "B. glue"]


def test_wrong_options_beside_the_right_one_are_put_in_an_order_that_gives_nothing_away() -> None:
    wrong = {"distractor1": "zinc", "distractor2": "air"}

    other = {"Question": Q, "Incorrect Answer 1": "zinc", "Incorrect Answer 2": "air", "Correct Answer": "gold"}
    assert parsed(other).response == "B. gold"
    for right, letter in (("gold", "B"), ("ache", "A")):
        row = parsed({"question": Q, **wrong, "correct_answer": right, "support": "It shines."})
        assert (row.answer, row.response, row.reasoning) == (letter, f"{letter}. {right}", "It shines.")


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (("ダミー1", "ダミー2"), "正解"), (("ダミーA", "ダミーB"), "正解"), (("誤答①", "誤答②"), "答え"),
        (("不正解１", "不正解２"), "正答"), (("誤答選択肢1", "誤答選択肢2"), "正解"), (("ハズレ1", "ハズレ2"), "答え"),
        (("wrong answer 1", "wrong answer 2"), "correct answer"), (("Decoy 1", "Decoy 2"), "Answer"),
        (("dummy1", "dummy2"), "correct"), (("Wrong a", "Wrong b"), "Correct"),
    ],
)  # fmt: skip
def test_wrong_options_are_known_by_what_people_call_them(wrong: tuple[str, str], right: str) -> None:
    row = parsed({"問題": Q, right: "gold", wrong[0]: "zinc", wrong[1]: "air"})

    assert (row.prompt, row.response) == (f"{Q}\nA. air\nB. gold\nC. zinc", "B. gold")


def test_wrong_answers_in_whole_texts_are_no_options() -> None:
    wrong = {"wrong_answer_1": "It shines because it is wet. " * 5, "wrong_answer_2": "It does not shine."}

    assert parsed({"question": Q, "answer": "It reflects light.", **wrong}).response == "It reflects light."


def test_what_a_question_is_about_stands_before_it() -> None:
    about = "A saw lies there."

    race = parsed({"article": about, "question": Q, "options": LIST, "answer": "B"})
    logic = parsed({"context": about, "query": Q, "options": LIST, "correct_option": 1})
    talk = parsed({"dialogue": ["M: Hi.", "W: Hello."], "question": Q, "choice": LIST, "answer": "glue"})
    assert talk.prompt == f"M: Hi.\nW: Hello.\n\n{Q}\nA. saw\nB. glue\nC. nail"
    assert race.prompt == logic.prompt == f"{about}\n\n{Q}\nA. saw\nB. glue\nC. nail"
    svamp = parsed({"Body": about, "Question": Q, "Equation": "1", "Answer": "The small one."})
    assert (svamp.prompt, svamp.response) == (f"{about}\n\n{Q}", "The small one.")
    span = parsed({"context": about, "question": Q, "answers": {"text": ["saw"], "answer_start": [2]}})
    assert (span.prompt, span.response, span.answer) == (f"{about}\n\n{Q}", "saw", "saw")
    assert reason({"context": about, "question": Q, "answers": {"text": []}}) == drop_reasons.NO_GOLD_ANSWER


THREE = {"1": "saw", "2": "glue", "3": "nail"}
SPREAD: list[dict[str, Any]] = [
    {"問題": Q, "選択肢A": "saw", "選択肢B": "glue", "選択肢C": "nail", "正解": "B"},
    {"問題": Q, "選択肢１": "saw", "選択肢２": "glue", "選択肢３": "nail", "正解": "2"},
    {"問題": Q, "選択肢ア": "saw", "選択肢イ": "glue", "選択肢ウ": "nail", "正解": "イ"},
    {"問題文": Q, "ア": "saw", "イ": "glue", "ウ": "nail", "正答": "イ"},
    {"問題": Q, **THREE, "正解": "2"},
    {"question": Q, "a": "saw", "b": "glue", "c": "nail", "answer": "b"},
    {"Question": Q, "Answer 1": "saw", "Answer 2": "glue", "Answer 3": "nail", "Correct answer(s)": "2"},
    {"question": Q, "option1": "saw", "option2": "glue", "option3": "nail", "correct_option_number": 2},
    *({"question": Q, "options": LIST, key: 1} for key in (
        "correctIndex", "correctAnswerIndex", "correctOptionIndex", "answerIndex", "correct_option_index",
        "correct_answer_index", "correctChoice")),
    *({"question": Q, "options": LIST, key: "B"} for key in ("correctOption", "rightAnswer", "right_answer")),
    {"question": Q, "answers": LIST, "correctIndex": 1},
    {"question": Q, "options": ["1. saw", "2. glue", "3. nail"], "answer": 2},
    {"question": Q, "options": ["1. saw", "2. glue", "3. nail"], "answer": "2"},
    {"question": Q, "options": ["① saw", "② glue", "③ nail"], "answer": "②"},
    {"question": Q, "options": ["ア. saw", "イ. glue", "ウ. nail"], "answer": "イ"},
    *({"問題": Q, "選択肢1": "saw", "選択肢2": "glue", "選択肢3": "nail", "正解": right}
      for right in ("２", "②", "2番", "2.0", 2.0, "Option 2", "(2)", "選択肢２")),
]  # fmt: skip


@pytest.mark.parametrize("row", SPREAD)
def test_options_of_a_quiz_are_read_as_people_number_and_letter_them(row: dict[str, Any]) -> None:
    result = parsed(row)

    assert (result.choices, result.answer, result.category) == (tuple(LIST), "B", "choice")


def test_two_numbers_beside_a_question_are_no_options() -> None:
    assert parsed({"question": "a + b?", "a": 3, "b": 4, "answer": "7"}).response == "7"


@pytest.mark.parametrize("kind", [int, str, float])
@pytest.mark.parametrize("start", [0, 1])
@pytest.mark.parametrize("options", [{"choices": LIST}, {"A": "saw", "B": "glue", "C": "nail"}])
def test_numbers_among_a_list_count_from_what_all_rows_of_the_source_tell(
    options: dict[str, Any], start: int, kind: Any
) -> None:
    rows = [{"question": f"{Q} {right}", **options, "answer": kind(right + start)} for right in (1, 2, 1, 0)]

    assert [getattr(row, "answer", row) for row in of_source(rows)] == ["B", "C", "B", "A"]


def test_numbers_that_nothing_tells_about_count_from_0() -> None:
    rows = [{"question": f"{Q} {number}", "choices": LIST, "answer": 1} for number in range(3)]

    assert [getattr(row, "answer", row) for row in of_source(rows)] == ["B"] * 3


def test_how_numbers_are_read_is_said_where_nothing_tells_and_only_there(tmp_path: Path) -> None:
    def said(*right: object) -> int:
        rows = [{"question": f"{Q} {number}", "choices": LIST, "answer": one} for number, one in enumerate(right)]
        tried = trial.run(make_config([local("quiz", write_lines(tmp_path / "quiz.jsonl", rows))]))
        return [note.code for note in tried.notes].count("data.numbers_untold")

    assert [said(1, 2, 1), said(1, 0), said(1, 3), said("B", "A"), said("glue", "saw")] == [1, 0, 0, 0, 0]


def test_letters_of_options_that_stand_in_the_question_are_the_answer() -> None:
    assert parsed({"question": f"{Q}\nA. x\nB. y\nC. z", "answer": ["A", "C"]}).response == "A. x\nC. z"


@pytest.mark.parametrize("name", ["q", "stem", "問"])
@pytest.mark.parametrize("right", ["nail", 2, "C"])
def test_short_names_ask_where_options_are_there(name: str, right: object) -> None:
    assert parsed({name: Q, "choices": LIST, "correct": right}).answer == "C"


def test_answers_one_of_which_is_marked_are_options() -> None:
    answers = [{"text": text, "isCorrect": text == "nail"} for text in LIST]
    found = parsed({"question": Q, "answers": answers, "explanation": "It holds."})
    assert (found.answer, found.choices, found.reasoning) == ("C", tuple(LIST), "It holds.")

    long = "We saw that it holds two boards together. " * 4
    found = parsed({"question": Q, "answers": [{"text": text + long, "correct": text == "nail"} for text in LIST]})
    assert (found.choices, found.response) == ((), f"nail{long}")


def test_of_scienceqa_the_lecture_is_thought_before_the_solution_of_each_question() -> None:
    row = {"question": "Which is a metal?", "choices": ["tin", "bat"], "answer": 0, "hint": "", "grade": "grade3"}
    both = {**row, "lecture": "Metals shine.", "solution": "Tin shines."}
    assert parsed(both).reasoning == "Metals shine.\n\nTin shines."
    assert parsed({**both, "lecture": ""}).reasoning == "Tin shines."
    assert parsed({**both, "solution": ""}).reasoning == "Metals shine."
    assert parsed({**row, "lecture": "Metals shine."}).reasoning == "Metals shine."
