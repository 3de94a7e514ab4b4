"""What was changed of a new session and has not begun yet, in a file beside the settings: Quit and a crash leave it.

Only the source and the changes, the values are the engine's. What may be a secret is not written down. (No Qt here.)
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from so8t_engine.session import wary_read
from so8t_gui import settings_file
from so8t_gui.forms.schema_fields import Keys
from so8t_gui.forms.session_draft import DATASETS, SessionDraft

NAME = "new_session.json"
NOW, ASIDE = "now", "aside"
SECRET_ADDRESS = re.compile(r"https?://.*[@?#]", re.IGNORECASE | re.DOTALL)
VARIABLE: Keys = ("convert", "teaching", "api_key_env")
NAME_OF_A_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]*")  # a key has other letters, too


class KeptDrafts:
    """What is shown, where it is kept, and what it has taken the place of: `aside`, which can be taken back."""

    def __init__(self, file: Path | None = None) -> None:
        """Without a file nothing outlives the page."""
        self._file = file
        self._written: dict[str, Any] = {}
        self._begun: SessionDraft | None = None
        self.aside: SessionDraft | None = None

    def read(self) -> SessionDraft:
        """What was shown when it was kept last, and had not begun; empty where there is none. Sets `aside`."""
        self._written = wary_read.json_object(self._file) if self._file is not None else {}
        self.aside = _draft(self._written.get(ASIDE))
        return _draft(self._written.get(NOW)) or SessionDraft()

    def put_aside(self, draft: SessionDraft, instead: SessionDraft) -> None:
        """Another takes its place; nothing is lost where nothing was changed, it is the same, or a session has it."""
        if draft.changes and not draft.is_same(instead) and not self._has_begun(draft):
            self.aside = draft

    def begun(self, draft: SessionDraft) -> None:
        """A session has it now."""
        self._begun = draft
        if self.aside is not None and self._has_begun(self.aside):
            self.aside = None
        self.keep(draft)

    def _has_begun(self, draft: SessionDraft) -> bool:
        return self._begun is not None and self._begun.is_same(draft)

    def keep(self, now: SessionDraft) -> None:
        """Durably, or not at all: where it cannot be written, it lasts as long as the window."""
        drafts = {NOW: None if self._has_begun(now) else now, ASIDE: self.aside}
        body = {name: _body(draft) for name, draft in drafts.items() if draft is not None and draft.changes}
        if self._file is None or body == self._written:
            return
        try:
            if body:
                settings_file.write(self._file, body)
            else:
                self._file.unlink(missing_ok=True)
            self._written = body
        except OSError:
            pass


def fitting(changes: Mapping[Keys, Any], values: Mapping[str, Any]) -> dict[Keys, Any]:
    """Those of keys that there still are: another version may have kept them."""
    return {path: value for path, value in changes.items() if _is_key(path, values)}


def _is_key(path: Keys, values: Any) -> bool:
    for part in path:
        if values is None:  # a section that is not set
            return True
        if not isinstance(values, Mapping) or part not in values:
            return False
        values = values[part]
    return True


def _body(draft: SessionDraft) -> dict[str, Any]:
    said = {path: value for path, value in draft.changes.items() if not _is_secret(path, value)}
    changes = {".".join(path): _without_secrets(value) for path, value in said.items()}
    body = {"preset": draft.preset, "file": draft.file, "changes": changes}
    return {**body, "name": draft.name} if draft.name else body


def _draft(body: Any) -> SessionDraft | None:
    """None for whatever else lies in the file."""
    match body:
        case {"preset": str(preset), "file": str(file), "changes": dict(changes)} if preset or file:
            read = {tuple(key.split(".")): value for key, value in changes.items()}
            fit = {path: value for path, value in read.items() if path != DATASETS or _are_datasets(value)}
            name = body.get("name")
            kept = name if isinstance(name, str) else ""
            return SessionDraft(preset=preset, file=file, changes=fit, name=kept) if fit else None
    return None


def _are_datasets(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) and isinstance(one.get("name"), str) for one in value)


def _is_secret(path: Keys, value: Any) -> bool:
    if path == VARIABLE and isinstance(value, str):
        return NAME_OF_A_VARIABLE.fullmatch(value) is None
    return isinstance(value, str) and SECRET_ADDRESS.match(value) is not None


def _without_secrets(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _without_secrets(inner) for name, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_without_secrets(inner) for inner in value]
    return "" if _is_secret((), value) else value
