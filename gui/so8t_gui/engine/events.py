"""What happens to the window's run: the engine's own messages, and how its process ends. No Qt here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from so8t_engine.protocol import Message
from so8t_engine.sentences import Sentence


@dataclass(frozen=True)
class Started:
    """The engine's process is being started for this session ("" for one that is being made), which lies in `path`."""

    session: str = ""
    title: str = ""
    path: str = ""


@dataclass(frozen=True)
class Pausing:
    """The user asked for a pause; the engine will obey at its next restart point."""


@dataclass(frozen=True)
class Exited:
    """The engine's process is gone. `crashed`: by a signal or an exception of the system.

    `error_line`: the last line on its standard error.
    """

    code: int
    crashed: bool = False
    error_line: str = ""


@dataclass(frozen=True)
class NotStarted:
    """There was no process to begin with: the interpreter is missing, or may not be run."""

    reason: Sentence


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
    """A session from the disk is shown, as its catalog entry has it; no engine of this window runs.

    `share`: of the whole run, from 0 to 1. `detail`: why it stands still, `action`: what to do about that. `live`: its
    last `progress`, if another program runs it. `results`: what its evaluation found, if it got so far. `code`: of the
    problem, where it is failed. `unit`: of the step, as it was saved.
    """

    session: str
    title: str
    path: str
    status: str
    step: str
    share: float = 0.0
    detail: Sentence | None = None
    live: Mapping[str, Any] = field(default_factory=dict)
    results: Mapping[str, Any] = field(default_factory=dict)
    step_seconds: Mapping[str, float] = field(default_factory=dict)
    action: Sentence | None = None
    code: str = "stored"
    unit: int = 0


@dataclass(frozen=True)
class Renamed:
    """The user gave a session another name to be shown by."""

    session: str
    title: str


@dataclass(frozen=True)
class FolderRenamed:
    """The folder of a session was found under another name, under which it can be adopted. `what`: said of that."""

    session: str
    folder: str
    path: str
    what: Sentence | None = None


Event = Message | Started | Pausing | Exited | NotStarted | Silent | Garbage | Chosen | Renamed | FolderRenamed
