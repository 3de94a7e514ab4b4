"""What people paste where a Hub id or a path is wanted: an address, a path in quotation marks (no Qt)."""

from __future__ import annotations

import re
from pathlib import Path

from so8t_engine import paths

SITE = re.compile(r"^(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co)/", re.IGNORECASE)
COMMAND = re.compile(r"""^load_dataset\(\s*["']([^"']+)["'].*$""")
BEHIND = ("tree", "blob", "viewer", "resolve", "raw", "discussions", "edit", "commits")  # an id, in an address
QUOTES = "\"'“”"


def hub_id(text: str) -> str:
    """`owner/name` of an address of the Hub, whatever stands behind it; other text without blanks and quotation marks
    around it."""
    text = COMMAND.sub(r"\1", unquoted(text))
    inside = SITE.sub("", text)
    if inside == text:
        return text.strip("/") if not is_path(text) else text
    parts = [part for part in re.split(r"[?#]", inside)[0].split("/") if part]
    if parts[:1] in (["datasets"], ["models"]):
        parts = parts[1:]
    ends = next((place for place, part in enumerate(parts) if part in BEHIND and place), len(parts))
    return "/".join(parts[: min(ends, 2)])


def unquoted(text: str) -> str:
    """As Windows copies a path, it stands in quotation marks."""
    return text.strip().strip(QUOTES).strip()


def is_path(text: str) -> bool:
    """Something on this machine, to be told from an id: it is written as a path, or is one."""
    if re.match(r"^([/~.\\]|[A-Za-z]:[\\/])", text):
        return True
    try:
        return "/" not in text and Path(paths.at_home(text)).is_file()
    except (OSError, ValueError):
        return False
