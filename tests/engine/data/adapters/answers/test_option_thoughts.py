"""Thought beside options is learnt where it comes to the right one; the right one is that of its own column."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from helpers.rows import parsed, reason
from helpers.sessions import local, make_config, write_lines
from so8t_engine.data import drop_reasons, trial
from so8t_engine.data.adapters.answers import option_thoughts

Q = "What colour is the sky?"
TEXTS = ("red", "blue", "green")
WHY = "Air scatters short waves more than long ones, and those are the ones we see."
SHAPES: list[dict[str, Any]] = [
    {"question": Q, "options": list(TEXTS), "gold": "B"}, {"question": Q, "choices": list(TEXTS), "answer": 1},
    {"question": Q, "A": "red", "B": "blue", "C": "green", "answer": "B"},
    {"問題": Q, "選択肢": list(TEXTS), "正解": "blue"},
]  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", ["model_answer", "response", "output", "prediction", "モデルの回答"])
def test_how_a_model_came_to_the_right_option_is_learnt(shape: dict[str, Any], name: str) -> None:
    right, wrong = (
        parsed({**shape, name: f"{WHY} The answer is B."}),
        parsed({**shape, name: f"{WHY} The answer is C."}),
    )
    assert (right.response, right.answer, right.reasoning) == ("B. blue", "B", WHY)
    assert (wrong.response, wrong.answer, wrong.reasoning, wrong.bad_answer) == ("B. blue", "B", None, None)


@pytest.mark.parametrize(
    ("said", "way"),
    [
        (f"{WHY}\nAnswer: (B) blue", WHY), (f"{WHY} The answer is blue.", WHY), (f"<think>{WHY}</think>\nB", WHY),
        (f"{WHY} So it is \\boxed{{B}}", f"{WHY} So it is \\boxed{{B}}"), (f"{WHY} So it is B", f"{WHY} So it is B"),
        (f"B. {WHY}", WHY), (f"B. blue: {WHY}", WHY), (f"<think>{WHY}</think>\nC", None), (f"C. {WHY}", None),
        (f"B. {WHY} So it is C.", None), (WHY, None),
        ("The answer is B.", None), ("B. blue, which we see each morning", None),
        (f"<think>{WHY} The answer is B.", None), (f"{WHY} The answer is D.", None), (7, None), (None, None),
    ],
)  # fmt: skip
def test_the_way_is_what_stands_before_the_right_option_or_behind_its_letter(said: object, way: str | None) -> None:
    assert option_thoughts.of_answer(said, TEXTS, (1,)) == way


def test_of_several_right_options_no_way_is_known() -> None:
    assert option_thoughts.of_answer(f"{WHY} The answer is B.", TEXTS, (1, 2)) is None
    assert option_thoughts.reasons(f"{WHY} The answer is A.", TEXTS, (1, 2)) == f"{WHY} The answer is A."


@pytest.mark.parametrize("column", ["explanation", "rationale", "solution"])
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(
    ("ends", "is_learnt"),
    [("", True), (" So it is B.", True), (" The answer is blue.", True), (" The answer is C.", False),
     (" So it is C.", False), (" The answer is (A) red.", False), (" The answer is green.", False),
     (" よって正解はC。", False), (" The answer is D.", True), (" The answer is 3.", True),
     (" The answer is (C) blue.", True)],
)  # fmt: skip
def test_reasons_that_come_to_another_option_are_not_learnt(
    column: str, shape: dict[str, Any], ends: str, is_learnt: bool
) -> None:
    found = parsed({**shape, column: WHY + ends})
    assert (found.response, found.reasoning) == ("B. blue", WHY + ends if is_learnt else None)


@pytest.mark.parametrize(
    "said", ["A: warm, B: cold fits.", "A: 暖色、B: 寒色が合う。", "A: a warm one.", "(A) is warm, (B) is cold"]
)
def test_short_reasons_that_go_through_the_options_come_to_none_of_them(said: str) -> None:
    assert parsed({**SHAPES[0], "explanation": said}).reasoning == said


def test_letters_of_options_that_nobody_had_ordered_say_nothing() -> None:
    row = {"question": Q, "correct_answer": "blue", "distractor1": "red", "distractor2": "green"}
    assert parsed({**row, "support": f"{WHY} The answer is C."}).reasoning == f"{WHY} The answer is C."
    assert parsed({**row, "support": f"{WHY} The answer is red."}).reasoning is None


def test_where_there_are_reasons_no_answer_of_a_model_is_asked_for_any() -> None:
    row = {**SHAPES[0], "explanation": "It is a law of optics.", "model_answer": f"{WHY} The answer is B."}
    assert parsed(row).reasoning == "It is a law of optics."
    wrong = parsed({**row, "model_answer": "C"})  # whoever's the reasons are
    assert (wrong.response, wrong.reasoning) == ("B. blue", None)


@pytest.mark.parametrize("model", ["C", "The answer is A.", f"{WHY} The answer is green."])
def test_reasons_beside_a_wrong_answer_of_a_model_stay_where_they_name_the_right_option_first(model: str) -> None:
    row = {**SHAPES[0], "model_answer": model}
    why = "Short waves are scattered: the blue ones more than the red ones."
    assert parsed({**row, "explanation": why}).reasoning == why
    assert parsed({**row, "explanation": "The red ones are longer than the blue ones."}).reasoning is None
    assert parsed({**row, "explanation": "Short waves are scattered, so it is C."}).reasoning is None


CIRCLED = {"question": "気体はどれですか。", "choices": ["① 酸素", "② 窒素", "③ 二酸化炭素"], "answer": "③"}
KANA = {"question": "気体はどれですか。", "ア": "酸素", "イ": "窒素", "ウ": "二酸化炭素", "正解": "ウ"}


@pytest.mark.parametrize(
    ("row", "said", "learnt"),
    [
        (CIRCLED, "①と②は違う。よって③。", "AとBは違う。よってC。"), (CIRCLED, "よって②。", None),
        (CIRCLED, "①まず見る。⑤次に聞く。", "①まず見る。⑤次に聞く。"), (CIRCLED, "アではない。", "アではない。"),
        (KANA, "アとイは違う。したがって答えはウ。", "AとBは違う。したがって答えはC。"),
        (KANA, "したがって答えはイ。", None),
        (KANA, "ウイスキーやウ段の音。", "ウイスキーやウ段の音。"), (KANA, "①まず見る。", "①まず見る。"),
    ],
)  # fmt: skip
def test_a_thought_calls_the_options_as_the_question_does(row: dict[str, Any], said: str, learnt: str | None) -> None:
    name = "rationale" if row is CIRCLED else "解説"
    found = parsed({**row, name: said})
    assert (found.reasoning, found.response) == (learnt, "C. 二酸化炭素")


def test_a_verdict_on_what_a_model_has_answered_takes_nothing_but_that() -> None:
    row = {**SHAPES[0], "model_answer": f"{WHY} The answer is B."}
    assert parsed({**row, "is_correct": False}).reasoning is None
    assert parsed({**row, "is_correct": True}).reasoning == WHY
    assert reason({**row, "flagged": True}) == drop_reasons.labelled_bad("flagged", "true")
    assert reason({**SHAPES[0], "is_correct": False}) == drop_reasons.labelled_bad("is_correct", "false")


def test_that_such_thought_is_not_learnt_is_said(tmp_path: Path) -> None:
    def notes(name: str, *ends: str) -> list[str]:
        rows = [{**SHAPES[0], "question": f"{Q} {end}", name: WHY + end} for end in ends]
        tried = trial.run(make_config([local("quiz", write_lines(tmp_path / "quiz.jsonl", rows))]))
        return [str(note) for note in tried.notes if "of_other_options" in note.code]

    right, wrong = " The answer is B.", " The answer is C."
    assert notes("explanation", right, "") == notes("model_answer", right) == []
    [said] = notes("explanation", right, wrong, wrong)
    assert said.startswith("'explanation' comes to another option than the right one in 2 rows of the first ones")
    [said] = notes("model_answer", right, "", wrong)
    assert said.startswith("'model_answer' holds what a model has answered. In 2 rows of the first ones")
