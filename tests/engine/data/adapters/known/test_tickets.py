"""Tickets as Freshdesk, Zendesk, Intercom, Help Scout, Front and others hand them out."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from helpers.rows import of_source, parsed, reason
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.known import tickets
from so8t_engine.data.files import json_documents
from so8t_engine.data.files.row_readers import RawRow

Q, A = "How can I export the invoices of last year?", "Open Billing, choose the year and press 'Download all'."
NOTE = "VIP, ask Bob before you answer."
RECEIPT = "Your request (88) has been received and is being reviewed by our support staff."
USER, AGENT = 501, 900


def freshdesk(**more: Any) -> dict[str, Any]:
    def said(text: str, *, incoming: bool = False, private: bool = False) -> dict[str, Any]:
        noted = {"incoming": incoming, "private": private, "source": 2 if private else 0, "user_id": AGENT}
        return {"body": f"<div>{text}</div>", "body_text": text, **noted}

    talk = [said(RECEIPT), said(NOTE, private=True), said(A), said("Thanks!", incoming=True), said(NOTE, private=True)]
    ticket = {"id": 88, "subject": "Invoices", "description": f"<div>{Q}</div>", "description_text": Q, "source": 1}
    return {**ticket, "status": 5, "requester_id": USER, "responder_id": AGENT, "conversations": talk, **more}


def zendesk(*said: tuple[int, str, bool], **more: Any) -> dict[str, Any]:
    comments = [
        {"id": at, "type": "Comment", "author_id": who, "body": text, "html_body": f"<p>{text}</p>", "plain_body": text,
         "public": public, "via": {"channel": "web"}, "created_at": f"2024-03-02T10:0{at}:00Z"}
        for at, (who, text, public) in enumerate(said or ((USER, Q, True), (AGENT, NOTE, False), (AGENT, A, True)))
    ]  # fmt: skip
    ticket = {"id": 1, "subject": "Invoices", "description": comments[0]["body"], "requester_id": USER}
    return {**ticket, "submitter_id": USER, "assignee_id": AGENT, "status": "closed", "comments": comments, **more}


def intercom(*parts: dict[str, Any], begun_by: str = "user") -> dict[str, Any]:
    source = {"type": "conversation", "delivered_as": "customer_initiated", "body": f"<p>{Q}</p>"}
    said = parts or (
        part("bot", "Our usual reply time is a few hours."), part("admin", None, "assignment"),
        part("admin", NOTE, "note"), part("admin", A), part("admin", None, "close"),
    )  # fmt: skip
    inside = {"type": "conversation_part.list", "conversation_parts": list(said), "total_count": len(said)}
    whole = {"type": "conversation", "id": "1", "source": {**source, "author": {"type": begun_by, "id": "5"}}}
    return {**whole, "state": "closed", "conversation_parts": inside}


def part(who: str, text: str | None, kind: str = "comment", **author: Any) -> dict[str, Any]:
    body = text and f"<p>{text}</p>"
    return {"type": "conversation_part", "part_type": kind, "body": body, "author": {"type": who, "id": "8", **author}}


def help_scout() -> dict[str, Any]:
    def thread(at: int, kind: str, who: str, text: str, state: str = "published") -> dict[str, Any]:
        made = {"createdBy": {"id": 1, "type": who}, "createdAt": f"2024-01-02T00:00:0{at}Z"}
        return {"id": at, "type": kind, "state": state, "body": f"<div>{text}</div>", **made}

    newest_first = [
        thread(4, "message", "user", "Never sent.", "draft"), thread(3, "message", "user", A),
        thread(2, "note", "user", NOTE), thread(1, "lineitem", "user", ""), thread(0, "customer", "customer", Q),
    ]  # fmt: skip
    about = {"id": 1, "type": "email", "status": "closed", "state": "published", "subject": "Invoices"}
    return {**about, "createdBy": {"id": 4, "type": "customer"}, "_embedded": {"threads": newest_first}}


def front() -> dict[str, Any]:
    def message(at: float, inbound: bool, text: str, draft: bool = False) -> dict[str, Any]:
        return {"type": "email", "is_inbound": inbound, "is_draft": draft, "created_at": at, "text": text}

    said = [message(4.0, False, "Not sent.", True), message(3.0, False, A), message(1.0, True, Q)]
    return {"id": "cnv_1", "subject": "Invoices", "messages": said, "comments": [{"id": "com_1", "body": NOTE}]}


def gorgias() -> dict[str, Any]:
    said = [(False, True, Q, "email"), (True, False, NOTE, "helpdesk"), (True, True, "Rule says hi.", "rule"),
            (True, True, A, "helpdesk")]  # fmt: skip
    return {
        "messages": [
            {"from_agent": agent, "public": public, "stripped_text": text, "body_text": f"{text}\n> old", "via": via}
            for agent, public, text, via in said
        ]
    }


def chatwoot() -> dict[str, Any]:
    said = [
        (0, False, Q),
        (3, False, "Give us a way to reach you."),
        (2, False, "Assigned"),
        (1, True, NOTE),
        (1, False, A),
    ]
    return {
        "messages": [
            {"content": text, "message_type": kind, "private": private, "content_type": "text", "created_at": at}
            for at, (kind, private, text) in enumerate(said)
        ]
    }


def zammad() -> dict[str, Any]:
    said = [
        ("Customer", False, Q),
        ("System", False, "We have got your mail."),
        ("Agent", True, NOTE),
        ("Agent", False, A),
    ]
    articles = [{"sender": who, "type": "email", "internal": hidden, "body": text} for who, hidden, text in said]
    return {"id": 1, "title": "Invoices", "state": "closed", "articles": articles}


def crisp() -> dict[str, Any]:
    said = [("user", "text", Q, False), ("operator", "text", "On our way!", True),
            ("operator", "note", NOTE, False), ("operator", "text", A, False)]  # fmt: skip
    return {"messages": [{"from": who, "type": kind, "content": text, "automated": by} for who, kind, text, by in said]}


def jira_service() -> dict[str, Any]:
    said = [("c", True, "It is urgent."), ("a", False, NOTE), ("a", True, A)]
    comments = [{"author": {"accountId": who}, "body": text, "jsdPublic": public} for who, public, text in said]
    fields = {
        "summary": "Invoices",
        "description": Q,
        "reporter": {"accountId": "c"},
        "comment": {"comments": comments},
    }
    return {"key": "SD-1", "fields": fields}


@pytest.mark.parametrize(
    ("row", "asked"),
    [
        (freshdesk(), Q), ({"helpdesk_ticket": freshdesk()}, Q), (zendesk(), Q), (intercom(), Q), (help_scout(), Q),
        ({"ticket": {"id": 1, "requester_id": USER}, "comments": zendesk()["comments"]}, Q), (front(), Q),
        (gorgias(), Q), (chatwoot(), Q), (zammad(), Q), (crisp(), Q), (jira_service(), f"{Q}\n\nIt is urgent."),
    ],
)  # fmt: skip
def test_an_agents_public_answer_is_learnt_and_nothing_that_the_customer_does_not_read(
    row: dict[str, Any], asked: str
) -> None:
    result = parsed(row)
    assert (result.prompt, result.response) == (asked, A)


def test_of_a_longer_ticket_the_last_answer_is_learnt_and_what_was_said_before_it() -> None:
    row = zendesk(
        (USER, Q, True), (AGENT, "Which plan?", True), (USER, "Pro.", True), (AGENT, A, True), (USER, "Ta!", True)
    )
    result = parsed(row)
    assert (result.response, result.messages[:2]) == (A, (("user", Q), ("assistant", "Which plan?")))
    assert result.messages[2] == ("user", "Pro.")
    assert reason(zendesk((USER, Q, True), (AGENT, NOTE, False))) == drop_reasons.UNANSWERED


def test_a_ticket_that_an_agent_began_has_no_question() -> None:
    began = zendesk((AGENT, "Your parcel is lost. Which address?", True), (USER, "Elm St 5", True), (AGENT, A, True))
    assert (
        reason(began) == reason(intercom(begun_by="admin")) == reason(freshdesk(source=10)) == drop_reasons.NO_QUESTION
    )


def test_of_zendesk_a_private_first_comment_is_no_question_though_the_description_repeats_it() -> None:
    row = zendesk((AGENT, NOTE, False), (USER, Q, True), (AGENT, A, True))
    assert (row["description"], parsed(row).prompt) == (NOTE, Q)


def test_whom_a_ticket_is_copied_to_asks_too_and_a_machine_answers_nothing() -> None:
    copied = zendesk((USER, Q, True), (77, "We need it as CSV.", True), (AGENT, A, True), collaborator_ids=[77])
    assert parsed(copied).prompt == f"{Q}\n\nWe need it as CSV."
    by_rule = zendesk((USER, Q, True), (AGENT, A, True), (AGENT, "Solved by time.", True))
    by_rule["comments"][2]["via"] = {"channel": "rule"}
    by_system = zendesk((USER, Q, True), (AGENT, A, True), (-1, "Solved by time.", True))
    assert parsed(by_rule).response == parsed(by_system).response == A
    of_fin = intercom(part("admin", "Fin's own words.", from_ai_agent=True))
    assert reason(of_fin) == reason(intercom(part("bot", "Hello"))) == drop_reasons.UNANSWERED


def test_an_answer_that_speaks_of_automatic_replies_is_no_receipt() -> None:
    told = "Open Mail > Rules and choose 'Automatic reply' to send an out of office message."
    assert parsed(zendesk((USER, "How do I set an autoreply?", True), (AGENT, told, True))).response == told
    for receipt in (
        "※このメールは自動送信です。",
        "Dies ist eine automatische Antwort.",
        "This is an automated response.",
    ):
        assert reason(zendesk((USER, Q, True), (AGENT, receipt, True))) == drop_reasons.UNANSWERED


@pytest.mark.parametrize(
    ("noted", "name", "said"),
    [
        ({"satisfaction_rating": {"score": "bad"}}, "satisfaction_rating", "bad"),
        ({"conversation_rating": {"rating": 1, "remark": "no"}}, "conversation_rating", "1"),
        ({"spam": True}, "spam", "true"),
    ],
)
def test_a_ticket_that_was_called_bad_is_not_learnt(noted: dict[str, Any], name: str, said: str) -> None:
    assert reason(zendesk(**noted)) == drop_reasons.labelled_bad(name, said)
    assert parsed(zendesk(satisfaction_rating={"score": "good"}, spam=False)).response == A


@pytest.mark.parametrize(("rating", "is_learnt"), [(-103, False), (1, False), (2, False), (3, True), (5, True)])
def test_of_five_stars_one_or_two_are_bad(rating: int, is_learnt: bool) -> None:
    ticket = zendesk(satisfaction_rating={"rating": rating})
    if is_learnt:
        assert parsed(ticket).response == A
    else:
        assert reason(ticket) == drop_reasons.labelled_bad("satisfaction_rating", str(rating))


@pytest.mark.parametrize(
    "document",
    [
        zendesk(), freshdesk(), front(), zammad(), {"tickets": [zendesk()], "next_page": None},
        {"type": "conversation.list", "conversations": [intercom()], "pages": {"type": "pages"}},
        {"_embedded": {"conversations": [help_scout()]}, "page": {"size": 25}},
        {"data": {"meta": {"all_count": 1}, "payload": [chatwoot()]}}, [freshdesk()],
    ],
)  # fmt: skip
def test_a_page_of_tickets_and_one_alone_are_read_as_tickets(document: Any) -> None:
    [row] = list(json_documents.json_rows(io.BytesIO(json.dumps(document, indent=1).encode()), 1 << 20))
    assert isinstance(row, RawRow)
    assert parsed(json.loads(row.text)).response == A


@pytest.mark.parametrize(
    "row",
    [
        {"messages": [{"role": "user", "content": Q}, {"role": "assistant", "content": A}]},
        {"conversations": [{"from": "human", "value": Q}, {"from": "gpt", "value": A}]},
        {"question": Q, "comments": [{"author": "x", "body": A, "score": 3}]},
        {"comments": "nothing", "subject": "x"}, {"ticket": {"comments": []}}, {"issue": "x", "notes": []},
    ],
)  # fmt: skip
def test_other_lists_are_no_tickets(row: dict[str, Any]) -> None:
    assert not tickets.is_one(row)


@pytest.mark.parametrize(
    ("names", "asks", "notes", "answers"),
    [
        (("author_role", "public"), ("end-user", "true"), ("agent", "false"), ("agent", "true")),
        (("incoming", "private"), ("TRUE", "FALSE"), ("FALSE", "TRUE"), ("FALSE", "FALSE")),
        (("direction", "type"), ("in", "email"), ("out", "Internal note"), ("out", "email")),
        (("sender", "visibility"), ("customer", "public"), ("agent", "private"), ("agent", "public")),
        (("発言者", "公開"), ("お客様", "公開"), ("担当者", "非公開"), ("担当者", "公開")),
        (("author_id", "requester_id", "public"), (5, 5, True), (9, 5, False), (9, 5, True)),
    ],
)
def test_of_a_table_with_a_row_for_each_message_no_note_is_learnt(
    names: tuple[str, ...], asks: tuple[Any, ...], notes: tuple[Any, ...], answers: tuple[Any, ...]
) -> None:
    said = [(notes, NOTE), (asks, Q), (answers, A), (notes, NOTE)]
    rows = [{"ticket_id": 7, **dict(zip(names, noted, strict=True)), "body": text} for noted, text in said]
    hidden = [{**rows[0], "ticket_id": 8}]
    found = of_source(rows + hidden)
    assert found[0] == found[2] == found[3] == found[4] == drop_reasons.OF_A_TALK
    assert (found[1].prompt, found[1].response) == (Q, A)  # type: ignore[union-attr]


@pytest.mark.parametrize("kinds", [("M", "N", "R"), ("message", "note", "response"), ("m", "n", "r")])
@pytest.mark.parametrize("place", ["thread", "thread_entries", "entries"])
def test_threads_of_os_ticket_are_read_without_their_notes(kinds: tuple[str, str, str], place: str) -> None:
    asks, notes, replies = kinds
    thread = [
        {"type": asks, "poster": "Lena", "body": f"<p>{Q}</p>"}, {"type": notes, "poster": "Omar", "body": NOTE},
        {"type": replies, "poster": "Omar", "body": f"<p>{A}</p>"}, {"type": notes, "poster": "Omar", "body": NOTE},
    ]  # fmt: skip
    row = {"number": "104233", "subject": "Invoices", "status": "closed", place: thread}
    [found] = of_source([row])
    assert (getattr(found, "prompt", found), getattr(found, "response", None)) == (Q, A)
    assert of_source([{**row, place: thread[:2]}], adapter="tickets") == [drop_reasons.UNANSWERED]


def comment(login: str, text: str, association: str = "NONE", name: str = "authorAssociation") -> dict[str, Any]:
    return {"author": {"login": login}, name: association, "body": text}


def issue(*comments: dict[str, Any], **more: Any) -> dict[str, Any]:
    about = {"number": 7, "title": "Empty file", "body": Q, "state": "CLOSED", "stateReason": "COMPLETED"}
    return {**about, "author": {"login": "lena"}, "comments": list(comments), **more}


@pytest.mark.parametrize(
    ("comments", "answer"),
    [
        ((comment("omar", A, "MEMBER"),), A), ((comment("omar", A, "OWNER", "author_association"),), A),
        ((comment("ines", "Same here."), comment("omar", A, "COLLABORATOR"), comment("lena", "Thanks!")), A),
        ((comment("ines", "Same here."),), drop_reasons.UNANSWERED), ((), drop_reasons.UNANSWERED),
        ((comment("lena", "I found it.", "MEMBER"),), drop_reasons.UNANSWERED),
        ((comment("stale[bot]", "Closed as stale.", "MEMBER"),), drop_reasons.UNANSWERED),
        ((comment("omar", A, "MEMBER"), comment("ines", "Use that.", "CONTRIBUTOR")), A),
    ],
)  # fmt: skip
def test_an_issue_is_answered_by_the_people_of_its_project(comments: tuple[dict[str, Any], ...], answer: str) -> None:
    [found] = of_source([issue(*comments)])
    assert getattr(found, "response", found) == answer
    assert getattr(found, "prompt", f"Empty file\n\n{Q}") == f"Empty file\n\n{Q}"
    [untold] = of_source([issue(*comments, body=None)])
    assert getattr(untold, "prompt", "Empty file") == "Empty file"
