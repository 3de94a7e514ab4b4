"""Pause and save requests from outside, and heartbeats to the supervisor."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable

from so8t_engine.errors import warning
from so8t_engine.protocol import FOREIGN, PROTOCOL_VERSION, Emit, Message, decode
from so8t_engine.sentences import Sentence, from_json, sentence, to_json

PAUSES = {"suspend": "run.pause_suspend", "logoff": "run.pause_logoff", "quit": "run.pause_quit"}


class Control:
    """The wishes: set by any thread, read by the step's thread at each tick and by a save that waits.

    `tell` hears what a process that watches over this one should know (watchdog.py): signs of life, a wish to pause.
    """

    def __init__(self, tell: Callable[[Message], None] = lambda message: None) -> None:
        self._wake = threading.Event()
        self._tell = tell
        self._patience = 0.0
        self.pause_reason: Sentence | None = None
        self.save_wanted = False
        self.leaving = False

    def pause(self, reason: Sentence) -> None:
        self.pause_reason = self.pause_reason or reason
        self._tell(Message("pause", {"reason": to_json(self.pause_reason)}))
        self._wake.set()

    def save(self) -> None:
        self.save_wanted = True

    def leave(self) -> None:
        """The run ends: nobody waits for anything any more."""
        self.leaving = True
        self._wake.set()

    @property
    def ending(self) -> bool:
        return self.leaving or self.pause_reason is not None

    def alive(self, patience: float) -> None:
        """Something got done. Who hears no more for `patience` seconds may take this process for stuck."""
        self._patience = patience
        self._tell(Message("alive", {"seconds": patience}))

    def wait(self, seconds: float) -> None:
        """Sleeps, but not through a pause. Waiting is no hanging."""
        self._tell(Message("alive", {"seconds": self._patience + seconds}))
        self._wake.wait(seconds)


def pause_reason(command: Message) -> Sentence:
    """Of the window's `pause`: by the user, or because the machine is about to sleep or the user is logged off."""
    why = command.data.get("why")
    return sentence(PAUSES[why] if isinstance(why, str) and why in PAUSES else "run.pause_by_window")


def listen(lines: Iterable[str], control: Control, emit: Emit) -> None:
    """Obeys the supervisor's commands until they end, which means pause."""
    for line in lines:
        obey(line, control, emit)
    control.pause(sentence("run.pause_supervisor_gone"))


def obey(line: str, control: Control, emit: Emit) -> None:
    """One command; what is none is passed over, and one of another protocol version is refused."""
    command = decode(line)
    if command is None:
        return
    if command.name == "pause":
        control.pause(from_json(command.data["reason"]))
    elif command.name == "save":
        control.save()
    elif command.name == FOREIGN:
        versions = {"version": command.data["protocol"], "own": PROTOCOL_VERSION}
        emit(warning("protocol", sentence("run.foreign_command", command=command.data["name"], **versions)))
