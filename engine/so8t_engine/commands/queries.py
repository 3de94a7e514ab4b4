"""What a window (or a script) asks beside a run, answered as JSON values: DESIGN.md, "Commands"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from so8t_engine import sentences
from so8t_engine.config import file as config_file
from so8t_engine.config.run_config import RunConfig
from so8t_engine.doctor import checkup, facts, reward_files
from so8t_engine.doctor.findings import Finding, to_json
from so8t_engine.sentences import Sentence, say
from so8t_engine.session import catalog, identity, incidents, store

if TYPE_CHECKING:
    from so8t_engine.doctor.data_sources import Sources

Json = dict[str, Any]


def schema() -> Json:
    """Every key with its type, range, default and sentence, as JSON Schema."""
    return RunConfig.model_json_schema()


def values(config: RunConfig) -> Json:
    """The configuration with all defaults written out."""
    return {"values": config.model_dump(mode="json")}


def presets(shipped: Sequence[tuple[str, Sentence]]) -> list[Json]:
    return [
        {"name": name, "description": say(description), "sentence": sentences.to_json(description)}
        for name, description in shipped
    ]


def check(load: Callable[[], RunConfig], root: Path | None) -> Json:
    """`problems` by key if it is no right configuration, else what this machine (or only the input) lacks.

    Datasets that are not there or cannot be used count as problems, by their place in the list; `datasets`: the level
    of the finding about each. `root`: where the session would live; None looks at the inputs alone. Raises EngineError
    where the file itself cannot be read.
    """
    try:
        config = load()
    except config_file.ConfigInvalid as error:
        if not error.problems:
            raise
        return {"problems": _problems(error.problems), "findings": []}
    findings = checkup.inputs(config) if root is None else checkup.check(config, root)
    sources = data_sources(config)
    return {
        "problems": _problems(sources.problems),
        "name": config.name,
        "findings": [to_json(finding) for finding in [*findings, *sources.findings]],
        "datasets": list(sources.levels),
    }


def data_sources(config: RunConfig) -> Sources:
    """What the first rows of the datasets say. A session that has collected them needs them no more."""
    from so8t_engine.doctor import data_sources  # with pyarrow, which no other question needs

    return data_sources.check(config)


def ready(session: Path) -> list[Finding]:
    """What this machine lacks to go on with it; the space it takes already counts as free. Raises EngineError."""
    identity.refuse_foreign(session)
    config = config_file.parse((session / store.CONFIG).read_text(encoding="utf-8"), str(session / store.CONFIG))
    machine = facts.look(session.parent)
    findings = checkup.check(config, session.parent, replace(machine, free=machine.free + _taken(session)))
    code = reward_files.own_code(config.reward, "error")  # nobody may be there to allow it
    return findings if code is None else [code, *(finding for finding in findings if finding.what != code.what)]


def entry(session: catalog.Entry) -> Json:
    """A session as the command `sessions` gives it."""
    return {
        "session": session.session,
        "status": session.status,
        "step": session.step,
        "unit": session.unit,
        "share": session.share,
        "updated": session.updated,
        "path": str(session.path),
        "detail": None if session.detail is None else sentences.to_json(session.detail),
        "action": None if session.action is None else sentences.to_json(session.action),
    }


def status(session: catalog.Entry, others: Sequence[catalog.Entry] = ()) -> Json:
    """A session as the command `status` gives it: its last progress and all its interruptions too.

    `others`: the unfinished sessions that would go on after it, in their order.
    """
    values = entry(session)
    shown = {key: values[key] for key in ("session", "status", "step", "unit", "share", "detail", "action")}
    return shown | {
        "step_seconds": session.step_seconds,
        "live": session.live,
        "incidents": incidents.read(session.path),
        "others": [other.session for other in others],
    }


def _problems(problems: Sequence[tuple[str, Sentence]]) -> list[Json]:
    return [{"key": key, "sentence": sentences.to_json(what)} for key, what in problems]


def _taken(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.lstat().st_size if path.is_file() else 0
        except OSError:
            continue  # it went while we looked
    return total
