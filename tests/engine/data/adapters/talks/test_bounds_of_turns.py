"""Turns in rows of their own, at the bounds: what counts them, when they were said, what is a receipt or no turn."""

from __future__ import annotations

import itertools
import json
from typing import Any

from engine.data.adapters.talks.test_turns_in_rows import counted
from so8t_engine.data.adapters.talks import turn_columns, turns_in_rows

TALK = [("user", "Which gas?"), ("assistant", "Oxygen.")]


def order(*times: str) -> list[str]:
    """What was said at these times, in the order that they are put into."""
    rows = [{"conversation_id": "c", "timestamp": time, "role": "user", "content": time} for time in times]
    [(turns, _)] = turns_in_rows.look(iter(rows)).values()
    return [text for _, _, text, *_ in json.loads(turns)]


def test_turns_are_ordered_by_days_and_times_however_they_are_written() -> None:
    for times in (
        ("2024-01-01T10:00:00.5", "2024-01-01T10:00:01"), ("11/30/2024 10:00", "12/1/2024 10:00"),
        ("2024-03-01T10:00:00", "3/13/2024 10:00", "2024-03-14 10:00:00"), ("13.11.2024 10:00", "1.12.2024 10:00"),
        ("1.12.2024 10:00", "13.12.2024 10:00", "1.1.2025 10:00"), ("3/2/2024 11:59 AM", "3/2/2024 12:10 PM"),
    ):  # fmt: skip
        for mixed in itertools.permutations(times):
            assert order(*mixed) == [*times], mixed


def test_a_turn_is_a_text_or_parts_of_one_and_an_id_is_short() -> None:
    text = {"type": "text", "text": "x"}
    for said, is_one in (
        ("x", True),
        ([text], True),
        ([text, {"type": "image"}], False),
        ([text, "x"], False),
        ([], False),
    ):
        row = {"conversation_id": "c", "role": "user", "content": said}
        assert turn_columns.is_one(row) is is_one, said
    for spare, names in ((0, True), (1, False)):
        row = {"chat": "c" * (turn_columns.LONGEST_ID + spare), "role": "user", "content": "x"}
        assert turn_columns.names_its_talk(row, "chat") is names


def test_what_is_said_of_an_answer_stays_with_its_turn() -> None:
    rows: list[dict[str, Any]] = [{**row, "feedback": ""} for row in counted(TALK, [*TALK[:1], ("assistant", "Air.")])]
    rows[1]["feedback"] = "bad"
    rows[2]["content" if "content" in rows[2] else "text"] = "Which one?"
    turns = [json.loads(said) for said, _ in turns_in_rows.look(iter(rows)).values()]
    assert [[more for _, _, _, *more in talk] for talk in turns] == [[[], [{"feedback": "bad"}]], [[], []]]


def test_a_row_that_says_of_which_talk_it_is_counts_no_turns_anew() -> None:
    rows = counted(TALK, [("user", "Why?"), ("assistant", "So.")])
    assert len(turns_in_rows.look(iter(rows))) == 2
    assert turns_in_rows.look(iter([*rows[:3], {**rows[3], "conversation_id": "c"}])) == {}


def test_ids_that_come_back_and_count_no_turns_leave_talks_as_they_are() -> None:
    said = [[("user", f"Which {at}?"), ("assistant", "So.")] for at in range(2)]
    for ids, apart in (("1213", True), ("1212", False), ("1234", False), ("1122", False), ("abac", True)):
        rows = [{**row, "id": one} for row, one in zip(counted(*said, start=1), ids, strict=True)]
        assert (turns_in_rows.look(iter(rows)) == {}) is apart, ids


def test_named_speakers_of_other_programs_are_no_channel_of_slack() -> None:
    rows = [{"conversation_id": f"c{at // 2}", "turn": str(at), "speaker": f"Al {at}", "text": "x"} for at in range(12)]
    assert turns_in_rows.CHANNEL not in turns_in_rows.look(iter(rows))


def test_a_receipt_of_a_help_desk_is_no_turn_and_who_asked_is_told_by_both_numbers() -> None:
    receipt = "It has been received and is being reviewed."
    for of_desk, kept in (({"private": False}, ["Why?", "So."]), ({"type": "x"}, ["Why?", receipt, "So."])):
        said = (("user", "Why?"), ("agent", receipt), ("agent", "So."))
        rows = [{"conversation_id": "c", "role": who, "content": text, **of_desk} for who, text in said]
        [(turns, _)] = turns_in_rows.look(iter(rows)).values()
        assert [text for _, _, text, *_ in json.loads(turns)] == kept, of_desk
    for author, asker, who in ((5, "5", "user"), (6, 5, "assistant"), (None, 5, "agent"), (5, None, "agent")):
        noted = {"author_id": author, "requester_id": asker}
        rows = [{"ticket_id": "t", "role": "agent", "content": text, **noted} for text in ("x", "y")]
        [(turns, _)] = turns_in_rows.look(iter(rows)).values()
        assert {speaker for _, speaker, *_ in json.loads(turns)} == {who}, noted
