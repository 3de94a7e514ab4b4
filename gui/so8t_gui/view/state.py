"""What the window shows, as one value. `reduce` makes the next one of every event. No Qt here.

Times are of a monotonic clock in seconds, so that a wall clock set back changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from so8t_engine.protocol import STEPS
from so8t_engine.sentences import Sentence

RunPhase = Literal[
    "idle", "starting", "running", "pausing", "waiting", "restarting", "elsewhere", "paused", "finished", "failed"
]
StepState = Literal["todo", "running", "stopped", "done"]

PACES: Mapping[str, float] = {"second": 1.0, "minute": 60.0, "hour": 3_600.0}
ALIVE: frozenset[RunPhase] = frozenset(("starting", "running", "pausing", "waiting", "restarting"))
# Reasons of a pause that need no notification: the user knows. A reason in plain words is of an older SO8T.
BY_HAND = frozenset((
    "run.pause_by_window", "run.pause_window_closed", "run.pause_ctrl_c", "run.pause_suspend", "run.pause_logoff",
    "run.pause_quit", "plain.verbatim",
))  # fmt: skip
NOT_BY_RESUME = frozenset(("session_foreign", "session_newer"))  # codes of problems that no other try would solve


@dataclass(frozen=True)
class Step:
    """One of the five. `seconds`: how long it was worked on before `began`, as the session knows; None: nobody does."""

    name: str
    state: StepState = "todo"
    began: float | None = None
    seconds: float | None = None


@dataclass(frozen=True, eq=False)
class Note:
    """One thing that happened, told apart by identity. `kind`: a name of protocol.EVENTS, or `process`.

    `data`: the event's values, those that people read as Sentence (reduce.SENTENCES).
    """

    kind: str
    data: Mapping[str, Any]
    at: float


@dataclass(frozen=True)
class Problem:
    """Why it does not run: an error code of the engine or of `reduce`, what happened, and what to do."""

    code: str
    sentence: Sentence
    action: Sentence | None = None


@dataclass(frozen=True)
class View:
    """Everything that is drawn. Times are of the clock that `reduce` was given; shares are of one."""

    phase: RunPhase = "idle"
    session: str = ""
    title: str = ""
    path: str = ""
    steps: tuple[Step, ...] = tuple(Step(name) for name in STEPS)
    kind: str = ""
    loading: bool = False  # of the step that runs: what it needs; no unit of it is under way
    unit: int = 0
    total: int = 0
    rate: float | None = None
    eta: float | None = None
    eta_total: float | None = None
    eta_low: float | None = None  # of an engine of another version there is none
    eta_high: float | None = None
    estimated: bool = False  # the time left was certain enough to be said once: from then on it is
    ends: tuple[float, ...] = ()
    unsaved: float | None = None
    heard: float = 0.0  # the last progress event
    saved: float | None = None
    metrics: Mapping[str, Any] = field(default_factory=dict)
    points: int = 0
    reason: Sentence | None = None
    problem: Problem | None = None
    waiting: Sentence | None = None
    retry_at: float | None = None
    incident: Mapping[str, Any] | None = None
    results: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    share: float = 0.0  # of the whole run; never falls while the session stays the same (so8t_engine.session.share)
    cut: bool = False  # at rest because its engine died
    begun: float | None = None  # seconds of the epoch, where other sessions go by the same title
    paces: Mapping[str, str] = field(default_factory=dict)  # by kind of unit: the time its rate is said for (PACES)

    @property
    def alive(self) -> bool:
        """An engine process is there, or one is about to come."""
        return self.phase in ALIVE

    @property
    def moving(self) -> bool:
        """Someone works on it: an engine of ours, or another program."""
        return self.alive or self.phase == "elsewhere"

    @property
    def resumable(self) -> bool:
        """At rest, and nothing but a start is needed to find out whether it goes on."""
        at_rest = bool(self.session) and not self.moving and self.phase != "finished"
        return at_rest and (self.problem is None or self.problem.code not in NOT_BY_RESUME)

    @property
    def step_number(self) -> int:
        """From 1; 0 before the first step."""
        numbers = [number for number, step in enumerate(self.steps, 1) if step.state in ("running", "stopped")]
        return numbers[-1] if numbers else sum(step.state == "done" for step in self.steps)

    @property
    def step(self) -> str:
        return self.steps[self.step_number - 1].name if self.step_number else ""

    @property
    def paused_by_itself(self) -> bool:
        return self.reason is not None and self.reason.code not in BY_HAND

    def would_lose(self, now: float) -> float | None:
        """Seconds of work a power cut would cost at `now`; None where nothing runs. Loading is no work."""
        if self.unsaved is None or not self.moving:
            return None
        if self.loading:
            return self.unsaved
        return self.unsaved + max(0.0, now - self.heard)
