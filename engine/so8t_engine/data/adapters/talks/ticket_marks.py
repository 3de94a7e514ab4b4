"""What help desks note of a ticket's messages: who wrote each, whether the customer sees it, whether a machine did."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from so8t_engine.data.adapters.talks.role_words import ASSISTANT, USER

OUTBOUND = 10  # `source` of a ticket of Freshdesk's that an agent began
OF_CUSTOMER = ("incoming", "is_inbound", "isinbound", "is_incoming", "isincoming", "inbound", "createdbycustomer",
               "created_by_customer")  # fmt: skip
OF_AGENT = ("from_agent", "is_agent", "isagent", "outgoing", "is_outbound")
OF_USER = ("is_user", "from_user", "is_customer", "from_customer", "is_human")  # of turns in rows
OF_BOT = ("is_bot", "is_assistant", "from_bot")
IN, OUT = ("in", "incoming", "inbound", "received", "0"), ("out", "outgoing", "outbound", "sent", "1")
DIRECTIONS = ("direction", "message_type")
PEOPLE = (
    "createdby",
    "author",
    "sender",
    "from",
    "author_type",
    "author_role",
    "sender_type",
    "user_type",
    "user_role",
)
CUSTOMERS = frozenset((
    "user", "lead", "contact", "customer", "end_user", "end-user", "enduser", "end user", "visitor", "requester",
))  # fmt: skip
AGENTS = frozenset(("admin", "agent", "teammate", "operator", "staff", "support", "light agent"))
MACHINES = frozenset((
    "bot", "system", "agent_bot", "captain::assistant", "team", "workflow", "automation", "trigger", "rule", "campaign",
))  # fmt: skip
PRIVATE = ("private", "is_private", "isprivate", "internal", "is_internal", "isinternal", "is_note", "isnote",
           "is_agent_note", "internal_note", "is_internal_note")  # fmt: skip
PUBLIC = ("public", "is_public", "ispublic", "jsdpublic")
NOTES = frozenset((
    "note", "lineitem", "phone", "forwardparent", "forwardchild", "activity", "event", "internal-note", "internal_note",
    "internal", "private", "voicecomment", "file", "picked", "animation", "audio",
))  # fmt: skip
SPOKEN = frozenset(("comment", "open", "close", "quick_reply"))  # `part_type` of Intercom's that may hold words
UNSENT = frozenset(("draft", "hidden", "underreview", "deleted"))
AUTOMATED = ("automated", "is_automated", "auto_reply", "is_auto_reply", "from_ai_agent", "is_ai_answer", "is_ai",
             "automation_id", "automation_type_id", "automation_rule_id")  # fmt: skip
OS_TICKET = {  # `type` of an entry of a thread
    "m": "M", "message": "M", "r": "R", "response": "R", "reply": "R", "n": "N", "note": "N",
}  # fmt: skip
TRUE, FALSE = ("true", "1", "yes", "y"), ("false", "0", "no", "n")
LONGEST_KIND = 24  # characters of what says which kind of entry it is
LONGEST_RECEIPT = 800  # characters
RECEIPT = re.compile(  # what says of itself that a program sent it
    r"(?i)\bthis (?:is|was) an? auto(?:mated|matic)|\bthis (?:e-?mail|message) (?:is|was|has been) (?:sent )?automatic"
    r"|\bha(?:s|ve) been received and (?:is|are) being reviewed\b|\bI(?:'m| am) (?:currently )?out of (?:the )?office\b"
    r"|\b(?:dies|das) ist eine automati|\bdiese (?:e-?mail|nachricht) wurde automatisch"
    r"|\bceci est une? [\w-]+ automatique|\beste es un \w+ automático|\bquesto è un \w+ automatico"
    r"|\besta é uma \w+ automática"
    r"|(?:この|本)(?:メール|メッセージ)は.{0,12}自動|自動(?:返信|送信|配信|応答)(?:メール|メッセージ)?です"
    r"|由系统自动(?:发送|回复)|자동(?:으로)? ?(?:발송|회신)된? ?(?:메일|메시지)?(?:입니다|되었)"
)

ASSOCIATED = ("authorassociation", "author_association")  # of a comment on GitHub: what its author is to the project
OF_PROJECT = frozenset(("owner", "member", "collaborator"))

OF_NOTES = re.compile(
    r"(?i)(?<!public )\bnotes?\b|\binternal\b|\bintern(?:e[rns]?|[oa])?\b|\bnotiz|\bnota intern|内部|社内|メモ"
)
UNSEEN = re.compile(
    rf"(?i){OF_NOTES.pattern[4:]}|\b(?:private?|privad[ao]|privat[aeo]?|privée?|nicht öffentlich)\b|非公開|不公开"
)


def of_os_ticket(entry: Mapping[str, Any]) -> str | None:
    """M, R or N: the customer's message, an agent's response, a note among agents; None of any other entry."""
    plain = {name.lower(): value for name, value in entry.items()}
    kind = plain.get("type")
    if not isinstance(kind, str) or "role" in plain or not {"poster", "staff_id", "thread_id"} & plain.keys():
        return None
    return OS_TICKET.get(kind.strip().lower())


def association(entry: Mapping[str, Any]) -> str | None:
    """What the author of a comment is to a project on GitHub; None of any other entry."""
    said = next((value for name, value in entry.items() if name.lower() in ASSOCIATED), None)
    return said.lower() if isinstance(said, str) else None


def tells(entry: Mapping[str, Any]) -> bool:
    """Whether a message notes itself which way it went, or who of a help desk's people wrote it."""
    names = {name.lower() for name in entry}
    if not names.isdisjoint((*OF_CUSTOMER, *OF_AGENT)) or "part_type" in names or of_os_ticket(entry) is not None:
        return True
    if association(entry) is not None:
        return True
    if "direction" in names:
        return _direction(entry, "direction") is not None
    noted = not names.isdisjoint((*PRIVATE, *PUBLIC, "message_type", "automated", "state"))
    return noted and (side(entry) is not None or is_of_machine(entry))


def is_open(entry: Mapping[str, Any]) -> bool:
    """Whether it says if the customer reads it."""
    return any(name.lower() in PUBLIC for name in entry)


def side(entry: Mapping[str, Any], in_rows: bool = False) -> str | None:
    """USER for the customer's, ASSISTANT for an agent's; None where it notes nothing. `in_rows`: it is a row itself."""
    if (kind := of_os_ticket(entry)) is not None:
        return {"M": USER, "R": ASSISTANT}.get(kind)
    plain = {name.lower(): value for name, value in entry.items()}
    talkers = ((OF_USER, USER, ASSISTANT), (OF_BOT, ASSISTANT, USER)) if in_rows else ()
    for names, role, other in ((OF_CUSTOMER, USER, ASSISTANT), (OF_AGENT, ASSISTANT, USER), *talkers):
        found = next((truth for name in names if (truth := _truth(plain.get(name))) is not None), None)
        if found is not None:
            return role if found else other
    if "message_type" in plain or "direction" in plain:
        return next((told for name in DIRECTIONS if (told := _direction(plain, name)) is not None), None)
    for who in PEOPLE:
        kind = kind_of(plain.get(who))
        if kind in CUSTOMERS:
            return ASSISTANT if kind == "user" and who == "createdby" else USER  # who uses the program
        if kind in AGENTS:
            return ASSISTANT
    return None


def is_hidden(entry: Mapping[str, Any]) -> bool:
    """Whether no customer reads it: a note among agents, a draft, an event."""
    if _is_private(entry):
        return True
    plain = {name.lower(): value for name, value in entry.items()}
    if "part_type" in plain and plain["part_type"] not in SPOKEN:
        return True
    kinds = [plain.get(name) for name in ("type", "channel", "visibility", "content_type")]
    if any(isinstance(kind, str) and (kind.lower() in NOTES or kind == "COMMENT") for kind in kinds):  # of HubSpot
        return True
    drafted = any(_truth(plain.get(name)) for name in ("is_draft", "isdraft", "draft", "deleted", "redacted"))
    return drafted or str(plain.get("state")).lower() in UNSENT


def _is_private(entry: Mapping[str, Any]) -> bool:
    """Whether it notes that colleagues alone read it, or that the public does not."""
    plain = {name.lower(): value for name, value in entry.items()}
    closed = any(_truth(plain.get(name)) is False for name in PUBLIC)
    return closed or of_os_ticket(entry) == "N" or any(_truth(plain.get(name)) for name in PRIVATE)


def is_note(entry: Mapping[str, Any]) -> bool:
    """Whether an entry of a thread says that it is for colleagues alone."""
    if _is_private(entry):
        return True
    plain = {name.lower(): value for name, value in entry.items()}
    kinds = [
        str(plain[name]) for name in ("type", "kind", "visibility", "part_type") if isinstance(plain.get(name), str)
    ]
    return any(len(kind) <= LONGEST_KIND and UNSEEN.search(kind) for kind in kinds)


def holds_note(row: Any, place: str | None) -> bool:
    """Whether a place such as `thread.1.body` is in an entry of a list that is a note among colleagues."""
    for part in str(place).split(".")[:-1]:
        is_entry = isinstance(row, list) and part.lstrip("-").isdecimal() and -len(row) <= int(part) < len(row)
        row = row[int(part)] if is_entry else row.get(part) if isinstance(row, Mapping) else None
        if is_entry and isinstance(row, Mapping) and is_note(row):
            return True
    return False


def is_of_machine(entry: Mapping[str, Any]) -> bool:
    """Whether a bot, a rule or a campaign wrote it."""
    plain = {name.lower(): value for name, value in entry.items()}
    about = [plain, *(plain[name] for name in ("author", "sender") if isinstance(plain.get(name), Mapping))]
    if any(one.get(name) not in (None, False, "", 0) for one in about for name in AUTOMATED):
        return True
    if any(kind_of(plain.get(name)) in MACHINES for name in PEOPLE) or str(plain.get("author_id")) == "-1":
        return True
    if plain.get("message_type") in (2, 3, "activity", "template"):
        return True
    via = plain.get("via")
    if isinstance(via, Mapping):
        source = via.get("source")
        rule = source.get("rel") if isinstance(source, Mapping) else None
        return str(via.get("channel")) in MACHINES or str(rule) in MACHINES
    return isinstance(via, str) and via in MACHINES


def is_receipt(text: str) -> bool:
    """Whether an agent's message is what a program sends by itself: "Your request has been received"."""
    return len(text) <= LONGEST_RECEIPT and RECEIPT.search(text) is not None


def kind_of(who: Any) -> str | None:
    """`{"type": "admin", ...}` or `"Agent"`."""
    if isinstance(who, Mapping):
        who = next((who[name] for name in ("type", "role") if isinstance(who.get(name), str)), None)
    return who.strip().lower() if isinstance(who, str) else None


def _direction(entry: Mapping[str, Any], name: str) -> str | None:
    said = str(entry.get(name)).strip().lower()
    return USER if said in IN else ASSISTANT if said in OUT else None


def _truth(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    said = str(value).strip().lower() if isinstance(value, (str, int)) else ""
    return True if said in TRUE else False if said in FALSE else None
