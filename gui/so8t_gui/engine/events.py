"""What happens to the window's run besides the engine's own messages; no Qt here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from so8t_engine.protocol import Message


@dataclass(frozen=True)
class Started:
    """The engine's process is being started for this session ("" for one that is being made)."""

    session: str = ""
    title: str = ""


@dataclass(frozen=True)
class Pausing:
    """The user asked for a pause; the engine will obey at its next restart point."""


@dataclass(frozen=True)
class Exited:
    """The engine's process is gone. `crashed`: by a signal or an exception of the system."""

    code: int
    crashed: bool = False
    last_words: str = ""


@dataclass(frozen=True)
class NotStarted:
    """There was no process to begin with: the interpreter is missing, or may not be run."""

    reason: str


@dataclass(frozen=True)
class Silent:
    """Nothing was heard for so many seconds although the process lives."""

    seconds: float


@dataclass(frozen=True)
class Garbage:
    """A line that is no message of this protocol version."""

    line: str


@dataclass(frozen=True)
class Chosen:
    """A session from the disk is shown, nothing runs: the catalog's words for it."""

    session: str
    title: str
    path: str
    status: str
    step: str
    share: float = 0.0
    detail: str = ""
    live: Mapping[str, Any] = field(default_factory=dict)


Event = Message | Started | Pausing | Exited | NotStarted | Silent | Garbage | Chosen
