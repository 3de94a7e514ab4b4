"""What people paste where a Hub id or a path is wanted: an address, a path in quotation marks (no Qt)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from so8t_engine import paths

SITE = re.compile(r"^(?:(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co)|hf:/)/", re.IGNORECASE)
COMMAND = re.compile(r"""^load_dataset\(\s*["']([^"']+)["'].*$""")
COMMAND_REVISION = re.compile(r"""\brevision\s*=\s*["']([^"']+)["']""")
BEHIND = ("tree", "blob", "viewer", "resolve", "raw", "discussions", "edit", "commits")  # an id, in an address
OF_A_REVISION = ("tree", "blob", "resolve", "raw")  # behind these stands which one
NEWEST = "main"
ID = re.compile(r"\w[\w.-]*(?:/\w[\w.-]*)?", re.ASCII)
QUOTES = "\"'“”"


class HubSource(NamedTuple):
    """`owner/name`, and which of its revisions; None: the newest."""

    identity: str
    revision: str | None = None


def hub_source(text: str) -> HubSource:
    """What an address of the Hub, a line of code, or `owner/name@revision` says; other text without blanks and
    quotation marks around it."""
    whole = unquoted(text)
    text = COMMAND.sub(r"\1", whole)
    if text != whole:
        named = COMMAND_REVISION.search(whole)
        return _source(text, named[1] if named else "")
    inside = SITE.sub("", text)
    if inside == text:
        return HubSource(text) if is_path(text) else _source(*_at(text.strip("/")))
    parts = [part for part in re.split(r"[?#]", inside)[0].split("/") if part]
    if parts[:1] in (["datasets"], ["models"]):
        parts = parts[1:]
    ends = next((place for place, part in enumerate(parts) if part in BEHIND and place), len(parts))
    identity, revision = _at("/".join(parts[: min(ends, 2)]))
    if parts[ends : ends + 1] and parts[ends] in OF_A_REVISION:
        long = 3 if parts[ends + 1 : ends + 2] == ["refs"] else 1  # refs/pr/3
        revision = "/".join(parts[ends + 1 : ends + 1 + long])
    return _source(identity, unquote(revision))


def shown(identity: str, revision: str | None) -> str:
    """As `hub_source` reads it."""
    return f"{identity}@{revision}" if revision else identity


def _at(text: str) -> tuple[str, str]:
    identity, _, revision = text.partition("@")
    return identity, revision


def _source(identity: str, revision: str) -> HubSource:
    return HubSource(identity, revision if revision not in ("", NEWEST) else None)


def unquoted(text: str) -> str:
    """As Windows copies a path, it stands in quotation marks."""
    return text.strip().strip(QUOTES).strip()


def is_id(text: str) -> bool:
    """Whether something on the Hub could be called so."""
    return ID.fullmatch(text) is not None


def is_path(text: str) -> bool:
    """Something on this machine, to be told from an id: it is written as a path, or is one."""
    if re.match(r"^([/~.\\]|[A-Za-z]:[\\/])", text):
        return True
    try:
        return "/" not in text and Path(paths.at_home(text)).is_file()
    except (OSError, ValueError):
        return False
