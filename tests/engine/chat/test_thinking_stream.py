"""Which section each piece of an answer belongs to, while it is being written."""

from __future__ import annotations

import re

import pytest

from so8t_engine.chat.thinking_stream import Piece, ThinkingStream

ANSWER = "<think-task>How many?</think-task>\n<think-logic>2 < 3, so 2 + 3 = 5</think-logic>\n<final>5 個</final>"


@pytest.mark.parametrize("size", [1, 2, 3, 7, len(ANSWER)])
def test_that_the_sections_are_the_same_however_the_answer_is_cut(size: int) -> None:
    stream = ThinkingStream()
    pieces = [piece for at in range(0, len(ANSWER), size) for piece in stream.feed(ANSWER[at : at + size])]
    pieces += stream.end()
    shown = {name: "".join(piece.text for piece in pieces if piece.section == name) for name in ("task", "logic")}

    assert shown == stream.sections == {"task": "How many?", "logic": "2 < 3, so 2 + 3 = 5"}
    assert stream.final == "5 個"
    assert not any("think" in piece.text or "final" in piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("text", "sections", "final"),
    [
        ("plain, as the base says it: 1 <2", {}, "plain, as the base says it: 1 <2"),
        ("<think-logic>cut off in the middle <fin", {"logic": "cut off in the middle <fin"}, ""),
        ("<think-logic>2 + 3</think-logic>5", {"logic": "2 + 3"}, "5"),
        ("<final>cut off", {}, "cut off"),
        ("<final>4</final> no, <final>5</final>", {}, "5"),
        ("", {}, ""),
    ],
)
def test_that_an_answer_in_no_format_or_cut_off_is_shown_too(text: str, sections: dict[str, str], final: str) -> None:
    stream = ThinkingStream()
    shown = "".join(piece.text for piece in [*stream.feed(text), *stream.end()])

    assert (stream.sections, stream.final) == (sections, final)
    assert shown == re.sub("</?think-logic>|</?final>", "", text)


def test_that_half_a_tag_behind_a_thought_is_no_answer() -> None:
    stream = ThinkingStream()
    shown = [*stream.feed("<think-logic>2 + 3</think-logic>\n<fin"), *stream.end()]

    assert shown == [Piece("logic", "2 + 3"), Piece(None, "\n")] and stream.final == ""


def test_that_what_may_become_a_tag_waits_and_nothing_else_does() -> None:
    stream = ThinkingStream()

    assert stream.feed("a <thi") == [Piece(None, "a ")]
    assert stream.feed("s> b") == [Piece(None, "<"), Piece(None, "this> b")]
