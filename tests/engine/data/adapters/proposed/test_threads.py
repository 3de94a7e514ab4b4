"""Of what several wrote below a ticket no line takes the first: it may be the question, or a note among colleagues."""

from __future__ import annotations

from typing import Any

import pytest

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.proposed import never_proposed, proposals

ASKED = ["The link has expired.", "I got the wrong size.", "The VAT number is missing.", "Please add a dark mode."]
SAID = ["Take the code instead.", "A new one leaves today.", "It stands on the new invoice.", "It comes in May."]


def tickets(mark: dict[str, Any], asked_by: str = "requester_id") -> list[dict[str, Any]]:
    """`mark`: what each comment has beside its text and who wrote it."""
    return [
        {
            "description": asked,
            asked_by: 500 + number,
            "comments": [
                {"author_id": author, "html_body": f"<p>{text}</p>", **mark}
                for author, text in ((500 + number, asked), (900, said))
            ],
        }
        for number, (asked, said) in enumerate(zip(ASKED, SAID, strict=True))
    ]


@pytest.mark.parametrize(
    ("mark", "asked_by"), [({"public": True}, "requester_id"), ({}, "requester_id"), ({"incoming": True}, "thread_id")]
)
def test_the_first_comment_of_a_ticket_is_not_proposed_as_its_answer(mark: dict[str, Any], asked_by: str) -> None:
    assert proposals.propose(tickets(mark, asked_by)) is None


def test_the_first_of_one_persons_texts_is_none_of_a_thread() -> None:
    rows = [{"question": asked, "author_id": 1, "answers": [{"user_id": 2, "text": said}, {"user_id": 3, "text": "No"}]}
            for asked, said in zip(ASKED, SAID, strict=True)]  # fmt: skip
    assert not never_proposed.is_of_thread("answers.0.text", rows)
    assert not never_proposed.is_of_thread("question", tickets({"public": True}))
    assert never_proposed.is_of_thread("comments.0.html_body", tickets({}))
    for prompt, response, takes in (
        ("description", "comments.0.html_body", True), ("comments.0.html_body", "answer", False),
        ("comments.0.html_body", "description", True), ("description", "answer", False),
    ):  # fmt: skip
        where = Columns(prompt=prompt, response=response)
        assert never_proposed.takes_of_thread(where, tickets({})) is takes, where


def test_a_single_reply_below_a_ticket_still_answers() -> None:
    rows = [{"description": asked, "replies": [{"reply_text": said, "public": True}]}
            for asked, said in zip(ASKED, SAID, strict=True)]  # fmt: skip
    assert proposals.propose(rows) == Columns(prompt="description", response="replies.0.reply_text")
