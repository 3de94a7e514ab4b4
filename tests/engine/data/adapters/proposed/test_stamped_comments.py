"""Of a ticket as Jira exports it the last comment is proposed as the answer."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import of_source
from so8t_engine.config.run_config import Columns
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.parsed_row import ParsedRow
from so8t_engine.data.adapters.proposed import proposals, stamped_comments

ASKED = (("VPN stops", "It says that a certificate expired."), ("No colour", "It prints black only."),
         ("Flicker", "My screen flickers."))  # fmt: skip
SAID = (("What version?", "5.0.02.", "Renew the certificate."), ("I have added you to the group.",), ())


def rows(title: str, text: str, comment: str, stamp: str = "03/Feb/25 9:10 AM;ann;", **more: Any) -> list[Any]:
    names = (comment, f"{comment} 2", f"{comment} 3")
    return [
        {title: asked, text: told, **{name: "" for name in names},
         **{name: stamp + one for name, one in zip(names, said, strict=False)}, **more}
        for (asked, told), said in zip(ASKED, SAID, strict=True)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "text", "comment", "stamp"),
    [
        ("Summary", "Description", "Comment", "03/Feb/25 9:10 AM;557058:ann;"),
        ("Zusammenfassung", "Beschreibung", "Kommentar", "03.02.25 09:10;ann;"),
        ("要約", "説明", "コメント", "2025/02/03 9:10;ann;"),
    ],
)
def test_the_last_comment_answers_what_the_ticket_says(title: str, text: str, comment: str, stamp: str) -> None:
    given = rows(title, text, comment, stamp, Status="Done")
    where = proposals.propose(given)
    asked, said = f"{{{title}}}\\n\\n{{{text}}}", f"{comment} 3, {comment} 2, {comment}"
    assert where == Columns(prompt=asked, response=said)
    found = [row for row in of_source(given, columns=where.model_dump(exclude_none=True)) if isinstance(row, ParsedRow)]
    assert [row.prompt for row in found] == [f"{one}\n\n{other}" for one, other in ASKED[:2]]
    assert [row.response for row in found] == [stamp + one[-1] for one in SAID[:2]]


def test_what_the_customer_thought_of_it_is_the_label() -> None:
    tickets = rows("Summary", "Description", "Comment")
    given = [row | {"Satisfaction": said} for row, said in zip(tickets, ("5/5", "4/5", "2/5"), strict=True)]
    where = proposals.propose(given)
    assert where is not None and where.label == "Satisfaction > 2"


@pytest.mark.parametrize(
    "given",
    [
        rows("Summary", "Description", "Comment", Reporter="ann"),  # nobody else says anything
        rows("Summary", "Description", "Comment", **{"Issue Type": "Bug"}),
        rows("Summary", "Description", "zork", stamp=""), rows("Summary", "zork", "Comment"),
        [{"Summary": asked, "Description": told, "Comment": "Thanks!"} for asked, told in ASKED],
    ],
)  # fmt: skip
def test_where_nobody_answers_or_nothing_is_a_comment_nothing_is_proposed(given: list[Any]) -> None:
    assert stamped_comments.mapping(given) is None


THANKED = ("Thanks, it works.", "OK, thanks!", "ありがとうございます。", "Danke, geht wieder.", "Merci !")


@pytest.mark.parametrize("last", [*THANKED, "It still fails for me."])
@pytest.mark.parametrize("stamp", ["03/Feb/25 9:10 AM;{};", ""])
def test_who_thanks_or_asked_does_not_answer_but_who_spoke_before(last: str, stamp: str) -> None:
    if not stamp and last not in THANKED:
        return  # nobody knows who says it
    said = [stamp.format(who) + text if text else "" for who, text in (("ann", "Renew it."), ("jo", last))]
    row = {
        "Title": "VPN stops",
        "Description": "It expired.",
        "Comment1": said[0],
        "Comment2": said[1],
        "Reporter": "jo",
    }
    where = proposals.propose([row] * 3)
    assert where == Columns(prompt="{Title}\\n\\n{Description}", response="Comment2, Comment1")
    [found] = of_source([row], columns=where.model_dump(exclude_none=True))
    assert getattr(found, "response", found) == said[0]


@pytest.mark.parametrize(
    ("name", "said", "expected"),
    [
        ("Last comment", "Renew it.", "Renew it."), ("Last comment", "Thanks, works!", drop_reasons.UNANSWERED),
        ("最終コメント", "ありがとうございます。", drop_reasons.UNANSWERED),
        ("Last comment", "Thanks for reporting it. Renew it.", "Thanks for reporting it. Renew it."),
        ("Last comment", f"Thanks. {'Renew it. ' * 8}", f"Thanks. {'Renew it. ' * 8}"),
        ("Answer", "Thanks!", "Thanks!"), ("Comment", "", drop_reasons.EMPTY_FIELD),
        ("Comment", "03/Feb/25 9:10 AM;jo;It still fails.", drop_reasons.UNANSWERED),
    ],
)  # fmt: skip
def test_a_single_comment_that_thanks_leaves_its_question_unanswered(name: str, said: str, expected: object) -> None:
    row = {"Summary": "VPN stops", name: said, "Reporter": "jo"}
    [found] = of_source([row], columns={"prompt": "Summary", "response": name})
    assert getattr(found, "response", found) == expected


def test_where_all_comments_thank_nothing_answers() -> None:
    row = {"Summary": "VPN stops", "Comment": "Thanks!", "Comment 2": "Thanks!"}
    assert of_source([row], columns={"prompt": "Summary", "response": "Comment 2, Comment"}) == [
        drop_reasons.UNANSWERED
    ]
