"""Mails as rows are no pairs: how to make some is said, and no line that learns a mail by its subject is proposed."""

from __future__ import annotations

import pytest

from so8t_engine.config.run_config import Dataset
from so8t_engine.data import admission

ASKED = "Hello, the show was cancelled. How do I get my money back? Lea"
SAID = "Dear Lea, the refund goes to your card within ten days; you need do nothing."


def told(names: str, *rows: tuple[str, ...]) -> str:
    dataset = Dataset(name="d", source="local", path="mails.csv")
    return admission.unfit(dataset, [dict(zip(names.split(","), row, strict=True)) for row in rows]).code


@pytest.mark.parametrize(
    ("names", "reply"),
    [
        ("Subject,From,To,Body", "Re: Refund"), ("Betreff,Von,An,Nachricht", "AW: Geld zurück"),
        ("件名,差出人,宛先,本文", "Re: 返金について"), ("subject,to,sent,body_text", "RE[2]: Refund"),
    ],
)  # fmt: skip
def test_of_mails_it_is_said_how_to_make_pairs_of_them(names: str, reply: str) -> None:
    rows = [(reply.partition(": ")[2], "lea@a.example", "us@a.example", ASKED)]
    rows += [(reply, "us@a.example", "lea@a.example", SAID)]
    assert told(names, *rows) == "steps.mails_as_rows"


@pytest.mark.parametrize(
    ("names", "row"),
    [
        ("Subject,From,To,Body", ("Refund", "lea@a.example", "us@a.example", ASKED)),  # none replies
        ("Subject,Place,Day,Body", ("Re: Refund", "Hall 3", "Monday", ASKED)),  # to nobody
        ("Subject,From,To,Size", ("Re: Refund", "lea@a.example", "us@a.example", "12 kB")),
    ],
)
def test_other_rows_are_no_mails(names: str, row: tuple[str, ...]) -> None:
    assert told(names, row, row) != "steps.mails_as_rows"


def test_mails_with_their_replies_beside_them_are_pairs() -> None:
    row = ("Re: Refund", "lea@a.example", "us@a.example", ASKED, SAID)
    assert told("Subject,From,To,Body,What we wrote back", row, row) != "steps.mails_as_rows"
    brief = [(*row[:3], f"{ASKED} {said}", said) for said in ("It is on its way.", "Within ten days.", "Ask the bank.")]
    assert told("Subject,From,To,Body,Our answer", *brief) != "steps.mails_as_rows"
