"""What came before the last question: pairs or messages, or nothing."""

from __future__ import annotations

from typing import Any

import pytest

from so8t_engine.data.adapters.talks import talk, transcripts
from so8t_engine.data.adapters.talks.talk import ASSISTANT, USER

BOTH = [(USER, "How many?"), (ASSISTANT, "Seven.")]


@pytest.mark.parametrize(
    ("value", "turns"),
    [
        ([["How many?", "Seven."]], BOTH),
        ('[["How many?", "Seven."]]', BOTH),
        ([{"role": "user", "content": "How many?"}, {"role": "assistant", "content": "Seven."}], BOTH),
        ([], []),
        ("", []),
        ("[]", []),
        (None, []),
    ],
)
def test_a_history_is_its_turns(value: Any, turns: list[tuple[str, str]]) -> None:
    assert talk.history(value, {}) == turns


def test_names_at_the_beginning_of_lines_are_a_transcript_only_where_it_begins_with_one() -> None:
    """A story may hold a dialogue; it is none."""
    assert transcripts.parse("User: hi\nAssistant: yes") == [(USER, "hi"), (ASSISTANT, "yes")]
    assert transcripts.parse("A story.\nUser: hi\nAssistant: yes") is None


def test_the_one_who_answers_is_called_system_in_many_japanese_talks() -> None:
    assert transcripts.parse("ユーザー: 元気?\nシステム: はい。") == [(USER, "元気?"), (ASSISTANT, "はい。")]
    assert transcripts.parse("システム: 短く。\nユーザー: 元気?") is None


def test_formatted_pieces_between_plain_ones_are_of_one_line_as_telegram_has_them() -> None:
    pieces = ["Press ", {"type": "bold", "text": "the button"}, " for 5 s."]
    assert talk.words(pieces) == "Press the button for 5 s."
    assert talk.words([{"type": "text", "text": "One."}, {"type": "text", "text": "Two."}]) == "One.\nTwo."
    assert talk.words(["One.", "Two."]) == "One.\nTwo."


def test_what_telegram_notes_between_messages_is_no_turn() -> None:
    joined = {"id": 2, "type": "service", "actor": "Ann", "action": "invite_members", "text": ""}
    said = [{"type": "message", "from": name, "text": name} for name in ("Ann", "Bob")]
    assert talk.turns([joined, *said, joined], {"Ann": USER, "Bob": ASSISTANT}) == [(USER, "Ann"), (ASSISTANT, "Bob")]
