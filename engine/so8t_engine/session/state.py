"""How far a session is, as a value: the cursor and everything `pipeline_state.json` holds."""

from __future__ import annotations

import dataclasses
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from so8t_engine.errors import EngineError
from so8t_engine.sentences import sentence
from so8t_engine.session import config_seal
from so8t_engine.session.config_seal import ConfigSeal

FORMAT_VERSION = 1
FAR = 1e18  # beyond any count, size or time of a session
STATUSES = ("new", "running", "paused", "failed", "finished")


@dataclass(frozen=True)
class Cursor:
    """(step, unit): `unit` units of `step` are done; (step, 0) is its beginning."""

    step: str
    unit: int = 0


@dataclass(frozen=True)
class Work:
    """Units of one kind done in this session and the active seconds they took (pauses excluded)."""

    count: int = 0
    seconds: float = 0.0

    def plus(self, seconds: float) -> Work:
        return Work(self.count + 1, self.seconds + seconds)


@dataclass(frozen=True)
class PipelineState:
    """The value behind `pipeline_state.json`; the same value lies in every checkpoint's manifest.

    `checkpoint` is the name of the newest acknowledged checkpoint; `points` and `history_bytes`/`history_crc`
    bind it to a prefix of the history; `work` and `totals` (by "step/kind") feed the ETA; `run` counts starts;
    `reason` and `error` hold sentences as JSON (plain strings in sessions of SO8T 0.1 before protocol 2);
    `adjustments` (run/adjustments.py) apply from the moment they are written, `noted` are those the history tells of;
    `started` is the number of its last start among all starts in the data folder (start_counter.py), 0 where none was
    counted; `share` of the run was done after `share_seconds` active seconds (share.py); `step_seconds`: active seconds
    by step; `session` is the folder's name, as the session has taken it on; `identity` stays, whatever that becomes;
    `config` is the configuration everything up to the cursor was made with.
    """

    session: str
    status: str = "new"
    cursor: Cursor = Cursor("collect")
    checkpoint: str | None = None
    points: int = 0
    history_bytes: int = 0
    history_crc: int = 0
    active_seconds: float = 0.0
    work: dict[str, Work] = field(default_factory=dict)
    totals: dict[str, int] = field(default_factory=dict)
    run: int = 0
    created: str = ""
    updated: str = ""
    reason: dict[str, Any] | str | None = None
    error: dict[str, Any] | None = None
    results: dict[str, Any] = field(default_factory=dict)
    adjustments: dict[str, float] = field(default_factory=dict)
    noted: dict[str, float] = field(default_factory=dict)
    started: int = 0
    share: float = 0.0
    share_seconds: float = 0.0
    step_seconds: dict[str, float] = field(default_factory=dict)
    identity: str = ""
    config: ConfigSeal | None = None

    @property
    def bound_to(self) -> str:
        """What its checkpoints are bound to (identity.py): without an identity of its own the first name it had."""
        return self.identity or self.session

    def changed(self, **fields: Any) -> PipelineState:
        return dataclasses.replace(self, **fields)


def wall_clock() -> str:
    """Now, as a state's `created` and `updated` have it: UTC, to the second."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def to_json(state: PipelineState) -> dict[str, Any]:
    return {"format_version": FORMAT_VERSION, **dataclasses.asdict(state)}


def from_json(body: Any, what: str) -> PipelineState:
    """Raises EngineError session_newer for a newer format, ValueError for anything that is not a state."""
    if not isinstance(body, dict) or not isinstance(body.get("format_version"), int):
        raise ValueError(sentence("session.no_state_in", what=what))
    if body["format_version"] > FORMAT_VERSION:
        raise EngineError(
            "session_newer",
            sentence("session.newer", what=what, format=body["format_version"], newest=FORMAT_VERSION),
        )
    names = {f.name for f in dataclasses.fields(PipelineState)}
    values = {key: value for key, value in body.items() if key in names}
    try:
        values["cursor"] = Cursor(**values["cursor"])
        values["work"] = {key: Work(**item) for key, item in values["work"].items()}
        values["config"] = config_seal.from_json(values.get("config"))
        state = PipelineState(**values)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(sentence("session.state_shape", what=what, error=str(error))) from error
    wrong = _wrong_field(state)
    if wrong:
        raise ValueError(sentence("session.state_field", what=what, field=wrong))
    if state.status not in STATUSES:
        raise ValueError(sentence("session.unknown_status", what=what, status=str(state.status)))
    return state


def _wrong_field(state: PipelineState) -> str:
    """The name of a field that holds another type of value than a state has there; empty where all are right."""
    fields = dataclasses.fields(PipelineState)
    return next((f.name for f in fields if not FITS[str(f.type)](getattr(state, f.name))), "")


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < FAR  # NaN: False


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and _is_number(value) and value >= 0


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _each(fits: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda values: isinstance(values, dict) and all(map(fits, values.values()))


FITS: dict[str, Callable[[Any], bool]] = {  # by the annotation of the field
    "str": _is_text,
    "int": _is_count,
    "float": _is_number,
    "str | None": lambda value: value is None or _is_text(value),
    "Cursor": lambda cursor: _is_text(cursor.step) and _is_count(cursor.unit),
    "ConfigSeal | None": lambda seal: seal is None or (_is_text(seal.sha256) and _is_text(seal.text)),
    "dict[str, Work]": _each(lambda work: _is_count(work.count) and _is_number(work.seconds)),
    "dict[str, int]": _each(_is_count),
    "dict[str, float]": _each(_is_number),
    "dict[str, Any]": lambda value: isinstance(value, dict),
    "dict[str, Any] | None": lambda value: value is None or isinstance(value, dict),
    "dict[str, Any] | str | None": lambda value: value is None or isinstance(value, (dict, str)),
}


def dump(state: PipelineState) -> bytes:
    return (json.dumps(to_json(state), ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
