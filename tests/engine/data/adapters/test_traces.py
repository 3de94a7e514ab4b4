"""Tags around a trace, and tags that are only spoken of."""

from __future__ import annotations

from helpers.rows import parsed

Q = "Which saw is it?"


def test_a_tag_that_an_answer_only_speaks_of_begins_no_trace() -> None:
    answer = "Write `<think>` before and `</think>` behind it."
    spoken_of = parsed({"prompt": Q, "response": answer})
    assert (spoken_of.response, spoken_of.reasoning) == (answer, None)
    found = parsed({"prompt": Q, "response": f"<think>The tag `</think>` ends it.</think>{answer}"})
    assert (found.reasoning, found.response) == ("The tag `</think>` ends it.", answer)
    assert parsed({"prompt": Q, "response": "<think>It is `x`</think>Use `x`."}).reasoning == "It is `x`"


def test_an_empty_trace_is_none_and_its_tags_are_gone() -> None:
    found = parsed({"prompt": Q, "response": "<think></think>\n\nThe old one."})
    assert (found.reasoning, found.response) == (None, "The old one.")
