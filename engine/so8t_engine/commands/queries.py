"""What a window (or a script) asks beside a run, answered as JSON values: DESIGN.md, "Commands"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from so8t_engine import paths, sentences
from so8t_engine.commands import start
from so8t_engine.config import adapter_names
from so8t_engine.config import file as config_file
from so8t_engine.config.run_config import RunConfig
from so8t_engine.doctor.findings import Finding, to_json
from so8t_engine.errors import EngineError, action
from so8t_engine.run import past_sessions, session_config
from so8t_engine.sentences import Sentence, in_turn, of_error, say, sentence
from so8t_engine.session import catalog, identity, incidents, recovery, set_aside, store, verification

if TYPE_CHECKING:
    from so8t_engine.doctor.data_sources import Sources

Json = dict[str, Any]

QUICK_BYTES = 32 << 20  # of a checkpoint that is read while somebody waits for an answer


def schema() -> Json:
    """Every key with its type, range, default and sentence, as JSON Schema."""
    return RunConfig.model_json_schema()


def values(config: RunConfig) -> Json:
    """The configuration with all defaults written out."""
    return {"values": config.model_dump(mode="json")}


def presets() -> list[Json]:
    """The shipped configurations."""
    return [
        {"name": name, "description": say(description), "sentence": sentences.to_json(description)}
        for name, description in config_file.presets()
    ]


def alpha_curve(config: RunConfig) -> list[tuple[float, float]]:
    """(share of training, alpha) each; where reinforcement learning is left out it stays."""
    from so8t_engine.train import alpha_schedule

    if not config.learns:
        return [(at, config.alpha.initial) for at, _ in alpha_schedule.curve(config.alpha)]
    return alpha_schedule.curve(config.alpha)


def form(config: RunConfig) -> Json:
    """All that a form of the configuration shows at first, in one answer: each question alone costs a process."""
    names = {"adapters": list(adapter_names.NAMES)}
    return {"schema": schema(), "presets": presets(), **names, **values(config), "points": alpha_curve(config)}


def check(load: Callable[[], RunConfig], chosen_root: str | Path | None) -> Json:
    """`problems` by key if it is no right configuration, else what this machine (or only the input) lacks.

    What is wrong hides nothing: the rest is looked at all the same.

    Datasets that are not there or cannot be used count as problems, by their place in the list; `datasets`: the level
    of the finding about each. `chosen_root`: where sessions are to live, if not where the configuration says or in the
    default folder. Raises EngineError where the file itself cannot be read.
    """
    wrong: Sequence[tuple[str, Sentence]] = ()
    try:
        config = load()
    except config_file.ConfigInvalid as error:
        if not error.problems:
            raise
        wrong = error.problems
        if error.rest is None:
            return {"problems": _problems(wrong), "findings": []}
        config = error.rest
    findings = start.before_a_run(config, paths.data_root(chosen_root or config.data_root))
    if any(key.startswith("datasets.") for key, _ in wrong):  # the others have other places in the list now
        return {"problems": _problems(wrong), "findings": [to_json(finding) for finding in findings]}
    sources = data_sources(config)
    return {
        "problems": _problems([*wrong, *sources.problems]),
        "name": config.name,
        "findings": [to_json(finding) for finding in [*findings, *sources.findings]],
        "datasets": list(sources.levels),
    }


def data_sources(config: RunConfig) -> Sources:
    """What the first rows of the datasets say. A session that has collected them needs them no more."""
    from so8t_engine.doctor import data_sources  # with pyarrow, which no other question needs

    return data_sources.check(config)


def ready(session: Path) -> list[Finding]:
    """What keeps it from going on: in its own files, then on this machine. The space it takes already counts as free.

    Raises EngineError.
    """
    from so8t_engine.doctor import checkup, facts, reward_files

    identity.refuse_foreign(session)
    file = session_config.read(session, recovery.sealed_config(session))
    machine = facts.look(session.parent)
    machine = replace(machine, free=machine.free + _taken(session))
    checked = checkup.check(file.config, session.parent, machine, left=past_sessions.left(session, file.config))
    code = reward_files.own_code(file.config.reward, "error")  # nobody may be there to allow it
    if code is not None:
        checked = [code, *(finding for finding in checked if finding.what != code.what)]
    return [*hindrances(session), *checked]


def problems(session: Path) -> list[Sentence]:
    """What `verify` finds: every manifest, the history, the configuration. Raises EngineError session_newer."""
    found = verification.problems(session)
    try:
        config = session_config.read(session, recovery.sealed_config(session))
    except EngineError as error:
        return [*found, error.sentence]
    if config.wrong is not None:
        found.append(config.wrong.sentence)
    if config.unusable is not None:
        found.append(sentence("session.problem_at", place=store.CONFIG, what=config.unusable))
    return found if config.changed is None else [*found, config.changed]


def hindrances(session: Path, most: int | None = None) -> list[Finding]:
    """What a start would say of the session's own files: what it refuses, and what it mends by itself.

    Only looks; every file of the newest checkpoint is read, but where it has more than `most` bytes: then names and
    sizes alone are compared. Raises EngineError where the session cannot be read.
    """
    findings = []
    config = session_config.read(session, recovery.sealed_config(session))
    if config.changed is not None:
        findings.append(Finding("error", config.changed, change=action("config_changed")))
    if config.wrong is not None:
        findings.append(Finding("error", config.wrong.sentence, change=config.wrong.action))
    if config.unusable is not None:
        what = sentence("session.config_will_be_put_back", file=store.CONFIG)
        findings.append(Finding("warning", what, why=config.unusable))
    outlook = recovery.outlook(session, most)
    if outlook.refused is not None:
        findings.append(Finding("error", outlook.refused.sentence, change=outlook.refused.action))
    elif outlook.wrong is not None:
        findings.append(Finding("warning", outlook.wrong))
    return findings


def newest_checkpoint(session: catalog.Entry) -> Sentence | None:
    """What names and sizes alone show to be wrong with the newest checkpoint of a session at rest."""
    if not session.unfinished or session.status == "running":
        return None
    try:
        outlook = recovery.outlook(session.path, most=0)
    except (EngineError, OSError):
        return None  # `status` and `ready` say it
    if outlook.refused is not None:
        return in_turn(outlook.refused.sentence, outlook.refused.action)
    return outlook.wrong


def entry(session: catalog.Entry) -> Json:
    """A session as the command `sessions` gives it."""
    return {
        "session": session.session,
        "name": session.name,
        "status": session.status,
        "step": session.step,
        "unit": session.unit,
        "share": session.share,
        "updated": session.updated,
        "path": str(session.path),
        "results": session.results,
        "detail": None if session.detail is None else sentences.to_json(session.detail),
        "action": None if session.action is None else sentences.to_json(session.action),
    }


def status(session: catalog.Entry, others: Sequence[catalog.Entry] = ()) -> Json:
    """A session as the command `status` gives it: its last progress, all its interruptions, what its files lack.

    `others`: the unfinished sessions that would go on after it, in their order.
    """
    values = entry(session)
    shown = {key: values[key] for key in ("session", "name", "status", "step", "unit", "share", "detail", "action")}
    return shown | {
        "step_seconds": session.step_seconds,
        "live": session.live,
        "incidents": incidents.read(session.path),
        "problems": [sentences.to_json(what) for what in troubles(session)],
        "others": [other.session for other in others],
    }


def troubles(session: catalog.Entry, most: int = QUICK_BYTES) -> list[Sentence]:
    """Why a session at rest would not simply go on, as far as a quick look at its own files tells (`most`: as in
    `hindrances`); of a finished one `lost_results`.
    """
    if session.status == "finished":
        return lost_results(session.path)
    if not session.unfinished or session.status == "running":
        return []
    try:
        return [finding.what_and_why for finding in hindrances(session.path, most)]
    except EngineError as error:
        return [error.sentence]


def lost_results(session: Path) -> list[Sentence]:
    """What a quick look shows a finished session to lack of its results, and what makes them again."""
    try:
        lost = verification.lost_results(session)
    except OSError as error:
        return [of_error(error)]
    if not lost:
        return []
    copied = identity.foreign(session) is not None
    return [*lost, action("session_foreign") if copied else sentence("commands.make_again", session=session.name)]


def _problems(problems: Sequence[tuple[str, Sentence]]) -> list[Json]:
    return [{"key": key, "sentence": sentences.to_json(what)} for key, what in problems]


def _taken(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        if path.is_relative_to(folder / set_aside.FOLDER):
            continue  # nothing of it will be written over
        try:
            total += path.lstat().st_size if path.is_file() else 0
        except OSError:
            continue  # it went while we looked
    return total
