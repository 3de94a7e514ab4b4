"""What values are read as, at the bounds: sessions, logs, histories, outputs, days, pages, turns that were made up."""

from __future__ import annotations

from typing import Any

import pytest

from engine.data.adapters.proposed.test_help_pages import NEWS, WANT, pages
from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.answers import own_answers
from so8t_engine.data.adapters.judged import days
from so8t_engine.data.adapters.known import agent_sessions, api_logs, traced
from so8t_engine.data.adapters.proposed import help_pages
from so8t_engine.data.adapters.talks import talk


def test_what_a_value_of_a_program_is_read_as() -> None:
    for first, program in (
        ([], None), ([{"user_name": "a", "character_name": "b", "x": 1}], "silly_tavern"),
        ([{"type": "session_meta"}], None),
        ([{"type": "session_meta", "payload": {}}], "codex"), ([{"type": "user", "x": 1}], None), ([{"x": 1}], None),
    ):  # fmt: skip
        assert agent_sessions.program(first) == program, first
    for value, is_one in (({"chunks": []}, True), ({"chunks": "x"}, False), ({}, False), ("x", False)):
        assert api_logs.is_one({api_logs.STUDIO: value}) is is_one, value
    turn = {"role": "assistant", "content": "c"}
    for out, answer in (
        (None, None), ("x", "x"), (3, 3), (["a"], "a"), (["a", "b"], None), ([turn], [turn]),
        ({"zork": 1}, '{"zork": 1}'),
    ):  # fmt: skip
        assert traced.answer_of(out) == answer, out


def test_a_history_is_pairs_where_all_of_it_are_pairs() -> None:
    said, turns = {"role": "user", "content": "c"}, [("user", "a"), ("assistant", "b")]
    for value, told in (([["a", "b"]], turns), ([], []), ([said], [("user", "c")])):
        assert talk.history(value, {}) == told, value
    mixed: list[Any] = [["a", "b"], said]
    with pytest.raises(TypeError, match="no message"):
        talk.history(mixed, {})


def test_a_day_may_be_written_as_long_as_it_is_looked_at() -> None:
    for spare, is_day in ((0, True), (1, False)):
        assert (days.of("2024-03-02".ljust(days.LONGEST + spare)) is not None) is is_day, spare


def test_pages_ask_where_two_in_three_of_their_titles_do() -> None:
    assert help_pages.mapping(pages((WANT[0], WANT[1], NEWS[0]))) is not None
    assert help_pages.mapping(pages((WANT[0], NEWS[1], NEWS[0]))) is None


def test_an_own_result_differs_where_both_say_something_else() -> None:
    where = Columns(prompt="q", response="gold", reasoning="r1_reasoning")
    for said, gold, differ in (("91", "97", True), ("", "97", False), ("Lima", "lima", False), ("97", "", False)):
        row = {"q": "Which?", "r1_reasoning": "So.", "r1_answer": said, "gold": gold}
        assert own_answers.differ(row, where) is differ, (said, gold)
    assert own_answers.differ({"q": "Which?", "r1_reasoning": "So.", "gold": "97"}, where) is False
