from __future__ import annotations

import pytest

from helpers.rows import parsed

Q, A = "Which saw is it?", "The small one."
ENDS = "</s>", "<|eot_id|>", " <|im_end|>\n", "<|end|><|endoftext|>", "<end_of_turn>\n<eos>", "<｜end▁of▁sentence｜>"


@pytest.mark.parametrize("end", ENDS)
def test_the_token_that_ended_another_models_answer_is_no_part_of_it(end: str) -> None:
    talk = [(Q, A), ("Why?", f"It fits.{end}")]
    messages = [
        {"role": role, "content": said} for turn in talk for role, said in zip(("user", "assistant"), turn, strict=True)
    ]

    assert parsed({"question": Q, "answer": A + end}).response == A
    assert parsed({"messages": messages}).response == "It fits."
    assert parsed({"question": Q, "answer": f"Write <s>{A}</s>"}).response == f"Write <s>{A}</s>"
