"""Tickets as help desks hand them out: what the customer wrote, and what an agent answered where the customer reads it.

Freshdesk and Freshservice, Zendesk, Intercom, Help Scout and FreeScout, Front, Gorgias, Chatwoot, Zammad, Zoho Desk,
Crisp, Jira Service Management, osTicket; issues of GitHub, which the people of the project answer. A note among agents
is never read, nor a draft, nor what a bot, a rule, a receipt said.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from so8t_engine.config.run_config import Columns
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import mapped
from so8t_engine.data.adapters.parsed_row import Fields, Index, ParsedRow, Skip
from so8t_engine.data.adapters.talks import talk, ticket_marks
from so8t_engine.data.texts import markup

WRAPPERS = ("ticket", "helpdesk_ticket", "conversation", "issue", "fields")
PLACES = (  # of what was said, in the order of a look; `{"conversation_parts": {"conversation_parts": [...]}}`
    "conversation_parts", "_embedded", "conversations", "comments", "comment", "helpdesk_notes", "notes", "threads",
    "thread", "thread_entries", "entries", "messages", "articles", "_results",
)  # fmt: skip
INNER = (*PLACES, "data", "values")
LISTS = (
    "conversations",
    "tickets",
    "_results",
    "payload",
    "results",
    "issues",
    "data",
)  # of tickets, in an answer's page
OF_ONE = frozenset(("requester_id", "requester", "ticket", "subject", "title", "state", "status"))
TEXTS = (
    "stripped_text", "body_text", "plain_body", "plainText", "text", "content", "body", "html_body", "body_html",
    "richText", "message",
)  # fmt: skip
OWN = ("description_text", "description")  # what a ticket begins with, where its list does not hold it
HTML = re.compile(r"<(?:p|div|br|span|html|body|a|ul|ol|b|strong|table)\b[^<>]*>", re.IGNORECASE)
TIMES = (
    "created_at",
    "createdAt",
    "created_datetime",
    "created_time",
    "createdTime",
    "posted_at",
    "created",
    "timestamp",
)
DAY_FIRST = re.compile(r"\d{4}-\d{2}-\d{2}")
ASKERS = ("requester_id", "requester", "reporter", "customer_id", "customer", "contact_id", "contact")
WITH_THEM = ("collaborator_ids", "email_cc_ids")  # others who write for the customer
AUTHORS = ("author_id", "user_id", "author")
IDS = ("id", "accountId")
OPENED_BY = ("author", "user")  # an issue on GitHub
OF_ISSUES = frozenset(("number", "title", "body", "author", "comments"))
RATINGS = ("satisfaction_rating", "conversation_rating", "satisfaction_survey", "csat_survey_response", "csat_score")
RATED = ("score", "rating")
LOWEST = 2  # of five; Freshdesk counts from -103
PUT_ASIDE = ("spam", "deleted", "is_spam", "is_deleted")


def fits(columns: Sequence[str]) -> bool:
    return not {*WRAPPERS, *PLACES}.isdisjoint(columns)


def is_one(row: Any) -> bool:
    """Whether it is a ticket with what was said in it."""
    if not isinstance(row, Mapping):
        return False
    ticket = _unwrapped(row)
    entries = _entries(ticket)
    if entries is None:
        return False
    return _asker(ticket) is not None or any(map(ticket_marks.tells, entries)) or _is_issue(ticket, entries)


def listed(item: Mapping[str, Any]) -> list[Any] | None:
    """The tickets in a page of a program's answer; None where it is none."""
    inside = [item, *(item[key] for key in ("_embedded", "data") if isinstance(item.get(key), Mapping))]
    lists = [one[key] for one in inside for key in LISTS if isinstance(one.get(key), list) and one[key]]
    return next((rows for rows in lists if is_one(rows[0])), None)


def may_be_one(keys: Collection[str], only: str) -> bool:
    """Whether an object with these keys may be one ticket, and `only` the list of what was said in it."""
    return only in PLACES and not OF_ONE.isdisjoint(keys)


def read(row: Fields, index: Index) -> ParsedRow:
    """Raises Skip; KeyError where it is none."""
    ticket = _unwrapped(row)
    entries = _entries(ticket)
    if entries is None:
        raise KeyError("what was said")
    _refuse_bad(ticket)
    turns = _turns(ticket, entries)
    if not turns or turns[0]["role"] != talk.USER:
        raise Skip(drop_reasons.NO_QUESTION)  # an agent began, or nobody who may be learnt from
    if turns[-1]["role"] == talk.USER and len(turns) == 1:
        raise Skip(drop_reasons.UNANSWERED)
    return mapped.read(Columns(messages="messages"), {"messages": turns}, index=index)


def _unwrapped(row: Fields) -> Fields:
    """The ticket, where an object around it holds it, with what stands beside it there."""
    inner = next((row[name] for name in WRAPPERS if isinstance(row.get(name), Mapping)), None)
    return row if inner is None else {**inner, **row}


def _entries(ticket: Fields) -> list[Mapping[str, Any]] | None:
    for name in PLACES:
        value = talk.opened(ticket[name]) if name in ticket else None
        while isinstance(value, Mapping):
            value = next((value[key] for key in INNER if isinstance(value.get(key), (list, Mapping))), None)
        if isinstance(value, list) and value and isinstance(value[0], dict) and "role" in value[0]:
            continue  # a talk with a model, as most are: told in no time
        if not isinstance(value, list) or not all(isinstance(one, Mapping) for one in value):
            continue
        if any(ticket_marks.tells(one) or (ticket_marks.is_open(one) and _author(one)) for one in value):
            return value
        if not value and (isinstance(ticket.get(OWN[0]), str) or ticket.keys() >= OF_ISSUES):
            return value  # of Freshdesk, of GitHub, not answered yet
    return None


def _turns(ticket: Fields, entries: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    turns: list[dict[str, str]] = []
    for role, text in [*_begun(ticket, entries), *_said(ticket, entries)]:
        if turns and turns[-1]["role"] == role:
            text = f"{turns.pop()['content']}\n\n{text}"
        turns.append({"role": role, "content": text})
    return turns


def _begun(ticket: Fields, entries: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """What began it and stands beside the list: of Freshdesk, Jira the description, of Intercom the source.

    Of Zendesk the description is the first comment again, which may be a note.
    """
    source = ticket.get("source")
    if _is_issue(ticket, entries):
        parts = [_plain(ticket[name]) for name in ("title", "body") if isinstance(ticket.get(name), str)]
        yield talk.USER, "\n\n".join(filter(None, parts))
    elif isinstance(source, Mapping) and isinstance(source.get("body"), str):
        if (role := _side(source, ticket)) is not None and (text := _text(source)):
            yield role, text
    elif not any("author_id" in one and "public" in one for one in entries) and "_embedded" not in ticket:
        own = next((ticket[name] for name in OWN if isinstance(ticket.get(name), str) and ticket[name].strip()), "")
        if own:
            yield talk.ASSISTANT if source == ticket_marks.OUTBOUND else talk.USER, _plain(own)


def _said(ticket: Fields, entries: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for entry in _in_order(entries):
        role = _side(entry, ticket)
        text = _text(entry) if role is not None else ""
        if role is not None and text and not (role == talk.ASSISTANT and ticket_marks.is_receipt(text)):
            yield role, text


def _side(entry: Mapping[str, Any], ticket: Fields) -> str | None:
    """Whose turn it is; None for what no customer reads, and for what a machine said."""
    if ticket_marks.is_hidden(entry) or ticket_marks.is_of_machine(entry):
        return None
    if (association := ticket_marks.association(entry)) is not None:
        return _side_of_issue(entry, ticket, association)
    told = ticket_marks.side(entry)
    asker, author = _asker(ticket), _author(entry)
    if told is not None or asker is None or author is None:
        return told
    others = [one for name in WITH_THEM for one in ticket.get(name) or []]
    return talk.USER if author == asker or author in map(str, others) else talk.ASSISTANT


def _is_issue(ticket: Fields, entries: Sequence[Mapping[str, Any]]) -> bool:
    """Whether it is one of GitHub's, whose title and text ask."""
    told = any(ticket_marks.association(one) is not None for one in entries)
    return told or (not entries and ticket.keys() >= OF_ISSUES)


def _side_of_issue(entry: Mapping[str, Any], ticket: Fields, association: str) -> str | None:
    """Whoever opened it asks, the people of the project answer; what others add is not read, nor what bots do."""
    writers = [_login(one[name]) for one in (ticket, entry) for name in OPENED_BY if one.get(name) is not None]
    author = writers[-1] if writers else None
    if author is None or author.endswith("[bot]") or author.endswith("-bot"):
        return None
    if len(writers) > 1 and author == writers[0]:
        return talk.USER
    return talk.ASSISTANT if association in ticket_marks.OF_PROJECT else None


def _login(who: Any) -> str | None:
    login = who.get("login") if isinstance(who, Mapping) else who
    return login if isinstance(login, str) else None


def _asker(ticket: Fields) -> str | None:
    return next((found for name in ASKERS if (found := _id(ticket.get(name))) is not None), None)


def _author(entry: Mapping[str, Any]) -> str | None:
    return next((found for name in AUTHORS if (found := _id(entry.get(name))) is not None), None)


def _id(value: Any) -> str | None:
    if isinstance(value, Mapping):
        value = next((value[name] for name in IDS if value.get(name) is not None), None)
    return str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else None


def _text(entry: Mapping[str, Any]) -> str:
    return next((_plain(entry[name]) for name in TEXTS if isinstance(entry.get(name), str) and entry[name].strip()), "")


def _plain(text: str) -> str:
    return (markup.without_left_overs(text) if HTML.search(text) else text).strip()


def _in_order(entries: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    """The first one first; as they are where their times say nothing."""
    name = next((name for name in TIMES if all(one.get(name) is not None for one in entries)), None)
    times = [one[name] for one in entries] if name is not None else []
    in_numbers = all(type(time) in (int, float) for time in times)
    if name is None or not (in_numbers or all(isinstance(time, str) and DAY_FIRST.match(time) for time in times)):
        return entries
    return sorted(entries, key=lambda one: one[name])


def _refuse_bad(ticket: Fields) -> None:
    """Raises Skip for one that the customer called bad, or that was put aside."""
    for name in PUT_ASIDE:
        if ticket.get(name) is True:
            raise Skip(drop_reasons.labelled_bad(name, "true"))
    for name in RATINGS:
        said = talk.opened(ticket.get(name))
        value = next((said[key] for key in RATED if key in said), None) if isinstance(said, Mapping) else said
        low = isinstance(value, (int, float)) and not isinstance(value, bool) and value <= LOWEST
        if low or (isinstance(value, str) and re.match(r"(?i)bad\b|[12](?:\.0)?$", value.strip())):
            raise Skip(drop_reasons.labelled_bad(name, str(value)))
