"""An instruction and the question in a column of its own are both asked."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import parsed

TOLD, ASKED = "Answer the question briefly.", "Where is Lima?"


@pytest.mark.parametrize("told", ["instruction", "Instruction", "instructions", "task_instruction", "指示", "consigne"])
@pytest.mark.parametrize("asked", ["question", "problem", "prompt", "質問", "問題", "frage", "pregunta"])
@pytest.mark.parametrize("answers", ["answer", "response", "output", "回答"])
def test_both_are_asked_whichever_way_they_are_called(told: str, asked: str, answers: str) -> None:
    found = parsed({told: TOLD, asked: ASKED, answers: "In Peru."})
    assert (found.prompt, found.response) == (f"{TOLD}\n\n{ASKED}", "In Peru.")


@pytest.mark.parametrize(
    ("row", "prompt"),
    [
        ({"instruction": TOLD, "question": ASKED, "choices": ["Peru", "Chile"], "answer": "A"},
         f"{TOLD}\n\n{ASKED}\nA. Peru\nB. Chile"),
        ({"instruction": "Answer.", "context": "Lima lies in Peru.", "question": ASKED, "answer": "In Peru."},
         f"Answer.\n\n{ASKED}\n\nLima lies in Peru."),
        ({"instruction": ASKED, "question": ASKED, "answer": "In Peru."}, ASKED),
        ({"instruction": f"{TOLD} {ASKED}", "question": ASKED, "answer": "In Peru."}, f"{TOLD} {ASKED}"),
        ({"instruction": ASKED, "prompt": f"Below is one. {ASKED}", "output": "In Peru."}, ASKED),
        ({"instruction": TOLD, "question": "", "answer": "In Peru."}, TOLD),
        ({"instruction": TOLD, "question": 3, "answer": "In Peru."}, TOLD),
        ({"question": ASKED, "指示": "短く", "answer": "In Peru."}, ASKED),
        ({"question": ASKED, "definition": "A town is a large place.", "answer": "In Peru."}, ASKED),
        ({"instruction": TOLD, "input_text": ASKED, "output_text": "In Peru."}, f"{TOLD}\n\n{ASKED}"),
        ({"instruction": TOLD, "input": ASKED, "output": "In Peru."}, f"{TOLD}\n\n{ASKED}"),
    ],
)  # fmt: skip
def test_what_stands_in_the_other_or_asks_nothing_is_not_asked_twice(row: dict[str, Any], prompt: str) -> None:
    assert parsed(row).prompt == prompt
