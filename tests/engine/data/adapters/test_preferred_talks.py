"""Of two whole talks the preferred one is learnt, with the system prompt that stands in a column of its own."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import parsed

Q, A = "Which saw is it?", "The small one."
SYSTEM = {"role": "system", "content": "Be short."}
ASKED, ANSWERED = {"role": "user", "content": Q}, {"role": "assistant", "content": A}
BEFORE = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]


@pytest.mark.parametrize(
    "row",
    [
        {"system": "Be short.", "prompt": Q, "chosen": [*BEFORE, ASKED, ANSWERED]},
        {"system": "Be short.", "prompt": Q, "chosen": [SYSTEM, *BEFORE, ASKED, ANSWERED]},
        {"system": "Be short.", "prompt": [*BEFORE, ASKED], "chosen": [ANSWERED]},
        {"prompt": Q, "chosen": [SYSTEM, *BEFORE, ASKED, ANSWERED]},
    ],
)
def test_a_preferred_talk_keeps_its_system_prompt_and_has_no_turn_twice(row: dict[str, Any]) -> None:
    result = parsed({**row, "rejected": [ASKED, {**ANSWERED, "content": "No."}]})

    assert (result.prompt, result.response) == (f"Be short.\n\nUser: Hi\n\nAssistant: Hello\n\nUser: {Q}", A)
