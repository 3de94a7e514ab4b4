"""Reasoning that comes to another result than the answer beside it teaches neither."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from helpers.rows import parsed, reason
from helpers.sessions import write_lines
from so8t_engine import cli
from so8t_engine.commands.printer import Printer
from so8t_engine.data import drop_reasons

ASKED = "Tom has 3 hens and gets 4. How many?"


@pytest.mark.parametrize(
    ("reasoning", "answer"),
    [
        ("6*7 = 36.", "42"),
        ("5*5 = 25.", "24"),
        ("3+4=7. The answer is 7.", "8"),
        ("We add: \\boxed{7}", "8"),
        ("3 + 4 = 7 hens.", "8"),
        ("Tom gets 4. 答えは 7 です。", "8"),
        ("Of the two it is the first. The answer is A.", "B"),
        ("A is odd, so it is B", "C"),
        ("A is odd. Hence, option B is correct.", "C"),
        ("A は奇数です。よって正解はB。", "C"),
        ("Water evaporates. So no.", "Yes"),
        ("水が蒸発します。したがって、いいえ。", "はい"),
        ("It is the largest city. The answer is Sydney.", "Canberra"),
        ("It follows Mars. The answer is the Moon.", "Jupiter"),
        ("御所がありました。よって答えは京都です。", "東京"),
        ("最大の都市です。正解はシドニーです。", "キャンベラ"),
    ],
)
def test_a_row_whose_reasoning_comes_to_something_else_than_its_answer_is_left_out(reasoning: str, answer: str) -> None:
    assert reason({"question": ASKED, "reasoning": reasoning, "answer": answer}) == drop_reasons.CONTRADICTS


@pytest.mark.parametrize(
    ("reasoning", "answer"),
    [
        ("8+1 = 9.", "9"),
        ("He had 7 and lost 2.", "5"),  # what is left is not worked out
        ("Half of 10 = 5, and of that 2 = 40%.", "40"),
        ("3 + 4 = 7.", "7 hens"),
        ("3 + 4 = 7.", "Seven."),
        ("The answer is 7.", "The answer is 7, as 3 and 4 are 7."),
        ("3 + 4 = 7. Check: 7 - 4 = 3.", "7"),
        ("x = 1/2", "0.5"),
        ("A is odd, so it is C", "C"),
        ("A: animal, B: fruit fits.", "B"),
        ("A: 動物、B: 果物が合う。", "B"),
        ("Salt stays behind. So yes.", "はい"),
        ("It was founded for that. The answer is obvious.", "Canberra"),
        ("It was founded for that. The answer is the capital.", "Canberra"),
        ("政府があります。答えは以上です。", "東京"),
        ("江戸のことです。答えは東京都です。", "東京"),
        ("答えは米国です。", "アメリカ"),
        ("The answer is 1 1/2.", "1.5"),
        ("So it is \\boxed{25\\%}", "0.25"),
        ("So it is \\boxed{25}\\%", "0.25"),
    ],
)
def test_what_may_agree_with_its_answer_stays(reasoning: str, answer: str) -> None:
    kept = parsed({"question": ASKED, "reasoning": reasoning, "answer": answer})
    assert (kept.response, kept.reasoning, kept.bad_answer) == (answer, reasoning, None)


@pytest.mark.parametrize("names", [("solution", "answer"), ("response", "gold")])
@pytest.mark.parametrize(
    ("said", "gold"),
    [
        ("A is odd, so it is B", "C"), ("Water evaporates. So no.", "Yes"), ("蒸発します。よって、いいえ。", "はい"),
        ("It is the largest city. The answer is Sydney.", "Canberra"), ("都でした。答えは京都です。", "東京"),
    ],
)  # fmt: skip
def test_beside_a_gold_answer_the_question_of_such_a_row_is_asked(names: tuple[str, str], said: str, gold: str) -> None:
    found = parsed({"question": ASKED, **dict(zip(names, (said, gold), strict=True))})
    assert (found.bad_answer, found.reasoning, found.answer) == (drop_reasons.other_than_gold(names[1]), None, gold)


@pytest.mark.parametrize(
    ("thought", "answer", "gold"),
    [
        ("So the answer is no.", "Yes", "yes"),
        ("3 + 4 = 8.", "7", "7"),
        ("水が蒸発します。よって、いいえ。", "はい", "はい"),
    ],
)
def test_a_gold_answer_that_agrees_with_the_answer_makes_no_thought_agree(thought: str, answer: str, gold: str) -> None:
    row = {"question": ASKED, "answer": answer, "gold_answer": gold}
    assert reason({**row, "thinking": thought}) == drop_reasons.CONTRADICTS
    assert parsed({**row, "thinking": "We look at it."}).reasoning == "We look at it."
    assert parsed({**row, "thinking": thought, "is_correct": True}).reasoning == thought


def test_a_thought_is_held_against_the_gold_answer_where_the_answer_says_nothing_plain() -> None:
    row = {"question": ASKED, "answer": "They are quite many hens, as one sees.", "gold_answer": "7"}
    found = parsed({**row, "thinking": "3 + 4 = 8."})
    assert (found.bad_answer, found.reasoning, found.answer) == (drop_reasons.other_than_gold("gold_answer"), None, "7")
    kept = parsed({**row, "thinking": "3 + 4 = 7."})
    assert (kept.bad_answer, kept.reasoning) == (None, "3 + 4 = 7.")


def test_a_thought_in_tags_is_held_against_the_answer_behind_it_too() -> None:
    assert reason({"question": ASKED, "answer": "<think>3 + 4 = 7.</think>8"}) == drop_reasons.CONTRADICTS
    talk = [{"role": "user", "content": ASKED}, {"role": "assistant", "content": "<think>3 + 4 = 7.</think>8"}]
    assert reason({"messages": talk}) == drop_reasons.CONTRADICTS
    assert parsed({"question": ASKED, "answer": "<think>3 + 4 = 7.</think>7"}).reasoning == "3 + 4 = 7."
    assert parsed({"question": ASKED, "answer": "<think>Once 3 + 4 = 7. Check: 7 - 4 = 3.</think>7"}).response == "7"


def test_who_calls_the_answer_right_knows_it_better() -> None:
    row = {"question": ASKED, "reasoning": "3+4 = 7.", "answer": "8"}
    assert parsed({**row, "is_correct": True}).response == "8"


def test_the_line_that_learns_such_rows_all_the_same_is_told_and_works(tmp_path: Path) -> None:
    rows = [{"question": ASKED, "reasoning": "3+4 = 7.", "answer": answer} for answer in ("7", "8")]
    path = write_lines(tmp_path / "a.jsonl", rows)

    def tried(*arguments: str) -> dict[str, list[dict[str, str]]]:
        out = io.StringIO()
        cli.answered(cli.parsed(["data", "try", str(path), *arguments]), Printer(out, json=True, language="en"))
        found: dict[str, list[dict[str, str]]] = json.loads(out.getvalue())
        return found

    found = tried()
    [note] = [note for note in found["notes"] if note["code"] == "data.contradictions"]
    assert found["kept"] == 1
    assert "`columns: {prompt: question, response: answer, reasoning: reasoning}`" in note["text"]
    named = tried(*(f"--set=columns.{place}" for place in
                    ("prompt=question", "response=answer", "reasoning=reasoning")))  # fmt: skip
    assert named["kept"] == 2
