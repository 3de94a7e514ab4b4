"""What a user has done on the page New session, for the one that takes its place in another language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from so8t_gui.forms.kept_drafts import KeptDrafts
from so8t_gui.forms.session_draft import SessionDraft


@dataclass(frozen=True)
class TypedDraft:
    """`form`: the engine's answer, so that nothing has to be asked again; `unread`: texts that are no values, by key,
    of the first questions and of all keys.
    """

    draft: SessionDraft
    drafts: KeptDrafts
    form: Mapping[str, Any]
    unread: tuple[Mapping[str, str], Mapping[str, str]]
    hub: str
    search: str
    tab: int
    places: tuple[int, int]
