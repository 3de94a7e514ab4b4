"""Finds the state a session goes on from after a cut, sweeps what the cut left, sets aside what is damaged.

Reads in the reverse order of a commit (store.py), and gives the same result however often it is itself cut off.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from so8t_engine.errors import EngineError
from so8t_engine.sentences import Sentence, sentence
from so8t_engine.session import (
    durable,
    history,
    history_damage,
    identity,
    layout,
    live_progress,
    manifest,
    set_aside,
    store,
    timeline,
    verification,
)
from so8t_engine.session.config_seal import ConfigSeal
from so8t_engine.session.history_damage import Damage
from so8t_engine.session.state import PipelineState
from so8t_engine.session.verification import CHECKPOINTS


@dataclass(frozen=True)
class Recovered:
    """A session ready to go on. `folder` holds the payload of `state.cursor`; `notes` tell what was repaired.

    `marks`: entries that the repair has added to the history. `ended`: the checkpoint was made when all steps were
    done, whatever the pointer says; a cut between the two leaves it so, and there is nothing to be run any more.
    """

    state: PipelineState
    folder: Path | None
    notes: tuple[Sentence, ...] = ()
    marks: tuple[dict[str, Any], ...] = ()
    ended: bool = False


def recover(session: Path, accept_changes: bool = False) -> Recovered:
    """The newest state that verifies, everything unfinished swept, everything bad set aside (never deleted).

    With `accept_changes` the newest whole checkpoint goes on even where its history is damaged and no older one ends
    before that. Raises EngineError session_newer or history_damaged (nothing touched), session_unsafe, session_damaged
    (no good checkpoint left), disk_*.
    """
    with durable.translated(session):
        return _recovered(session, accept_changes)


def refusal(session: Path) -> EngineError | None:
    """Why `recover` would refuse this session. Only looks; raises session_newer, session_unsafe, disk_*."""
    return outlook(session).refused


@dataclass(frozen=True)
class Outlook:
    """What `recover` would meet: why it would refuse, else what is wrong with the newest checkpoint and from which one
    it would go on; None where it can be used.
    """

    refused: EngineError | None
    wrong: Sentence | None = None


def outlook(session: Path, most: int | None = None) -> Outlook:
    """Only looks; of checkpoints with more than `most` bytes at names and sizes alone.

    Raises session_newer, session_unsafe, disk_*.
    """
    with durable.translated(session):
        verification.refuse_links(session)
        pointer, _ = verification.pointer_to_go_on(session)
        examined = _look(session, most)
        refused = _refusal(session, pointer, examined)
        if refused is not None:
            return Outlook(refused)
        before = (examined.good.checkpoint if examined.good else None) or ""
        if (lost := verification.gone(session, pointer)) is not None:
            return Outlook(None, sentence("session.newest_missing", checkpoint=lost, before=before))
        why = next(iter(examined.bad.values()), None)
        return Outlook(None, None if why is None else sentence("session.newest_not_whole", what=why, before=before))


def _refusal(session: Path, pointer: PipelineState | None, examined: _Examined) -> EngineError | None:
    set_aside_before = [entry.name for entry in (session / CHECKPOINTS).glob("*.bad")]
    acknowledged = pointer is not None and pointer.checkpoint is not None
    if examined.good is None and (examined.bad or set_aside_before or acknowledged):
        return EngineError("session_damaged", sentence("session.no_intact_checkpoint", session=session.name))
    if examined.damage is not None and examined.damage.restored is None:
        return EngineError("history_damaged", history_damage.described(examined.damage, session.name))
    return None


def _recovered(session: Path, accept_changes: bool) -> Recovered:
    verification.refuse_links(session)
    identity.refuse_foreign(session)
    names = identity.of(session)
    pointer, notes = verification.pointer_to_go_on(session)
    root = session / CHECKPOINTS
    durable.make_folder(root, below=session)
    examined = _look(session)
    refused = _refusal(session, pointer, examined)
    if refused is not None and not (accept_changes and refused.code == "history_damaged"):
        raise refused

    for folder, ours in ((session, layout.left_in_session), (root, layout.left_in_checkpoints)):
        notes += [sentence("session.removed", name=name) for name in durable.sweep(folder, ours)]
    for name, why in examined.bad.items():
        durable.rename(root / name, root / f"{name}.bad")
        notes.append(sentence("session.set_aside", checkpoint=name, why=why))
    state = (examined.good or PipelineState(session.name)).changed(session=session.name, identity=names.own)
    if pointer is not None:
        state = state.changed(
            run=pointer.run, status=pointer.status, reason=pointer.reason, error=pointer.error,
            created=pointer.created, updated=pointer.updated, adjustments=pointer.adjustments, started=pointer.started,
            share=max(pointer.share, state.share), share_seconds=max(pointer.share_seconds, state.share_seconds),
            config=state.config or pointer.config,
        )  # fmt: skip
    marks: tuple[dict[str, Any], ...] = ()
    if examined.damage is not None:
        state, note, marks = _mended(session, state, examined.damage)
        notes.append(note)
    history.truncate(session / history.NAME, verification.prefix_of(state))
    for folder in (session.parent, session, root):  # a killed process may have left names that no flush covers
        durable.flush_folder(folder)
    payload = root / str(state.checkpoint) if examined.good else None
    ended = examined.good is not None and examined.good.status == "finished"
    return Recovered(state, payload, tuple(notes), marks, ended)


@dataclass(frozen=True)
class _Examined:
    """`good`: the state to go on from; `damage`: of its history; `bad`: checkpoints not to be used, and why."""

    good: PipelineState | None
    damage: Damage | None
    bad: dict[str, Sentence]


def _look(session: Path, most: int | None = None) -> _Examined:
    """The newest checkpoint that verifies with its history; else the newest that does but for its history.

    `most`: as in manifest.problems.
    """
    bad: dict[str, Sentence] = {}
    stranded: _Examined | None = None
    for name in verification.complete(session / CHECKPOINTS):
        state, why = verification.payload(session, name, most)
        if state is None:
            bad[name] = why
            continue
        damage = history_damage.of_session(session, verification.prefix_of(state))
        if damage is None or damage.restored is not None:
            return _Examined(state, damage, bad)
        if stranded is None:
            stranded = _Examined(state, damage, dict(bad))
        bad[name] = sentence("session.history_differs")
    return stranded or _Examined(None, None, bad)


def _mended(
    session: Path, state: PipelineState, damage: Damage
) -> tuple[PipelineState, Sentence, tuple[dict[str, Any], ...]]:
    """(state, what was done, marks): the history made whole, the damaged file kept.

    Where entries are lost the checkpoint is written once more, bound to the new history: until it stands, everything
    is found as before and asked for again.
    """
    path = session / history.NAME
    why = history_damage.described(damage, session.name)
    data, prefix = history_damage.mended(damage, why)
    if damage.restored is not None:
        data = damage.restored
    damaged = history.load(path)
    if damaged != data:  # else a cut has come behind this line before
        if path.exists() and not path.is_file():
            set_aside.move(session, path)
        set_aside.copy(session, history.NAME, damaged)
        durable.replace(path, data)
    if damage.restored is not None:
        return state, why, ()
    bound = state.changed(points=prefix.points, history_bytes=prefix.bytes, history_crc=prefix.crc)
    return store.commit(session, bound, _payload(session, state)), why, (history_damage.mark(damage, why),)


def _payload(session: Path, state: PipelineState) -> store.Files:
    folder = session / CHECKPOINTS / str(state.checkpoint)
    listed, _ = manifest.read(folder)
    return {name: functools.partial(_chunks, folder / name) for name in listed}


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(manifest.CHUNK):
            yield chunk


def start_over(session: Path) -> None:
    """Sets checkpoints, history and results aside (kept in `set-aside/`): the session begins again from its first step.

    What it was made with is still known, so that a changed configuration is still noticed.
    """
    root = session / CHECKPOINTS
    verification.refuse_links(session)
    identity.refuse_foreign(session)
    own = identity.of(session).own
    pointer, _ = verification.pointer_to_go_on(session)
    seal = sealed_config(session)
    for name in reversed(verification.complete(root)):  # the newest last: a cut leaves it, or asks again
        durable.rename(root / name, root / f"{name}.bad")
    for entry in sorted(root.iterdir()):
        set_aside.move(session, entry)
    for name in (history.NAME, timeline.NAME, *layout.RESULTS):
        if (session / name).exists():
            set_aside.move(session, session / name)
    created = pointer.created if pointer else ""
    last = pointer.run if pointer else live_progress.run_of(session)
    run = last + 1  # what the run before has left in progress.json is of another beginning
    started = pointer.started if pointer else 0
    state = PipelineState(session.name, created=created, updated=created, run=run, started=started)
    store.write_state(session, state.changed(identity=own, config=seal))


def sealed_config(session: Path) -> ConfigSeal | None:
    """What the session is made with: as the newest checkpoint knows it whose manifest is whole, which has it within
    its own seal, else the pointer. Only looks, and reads no payload.
    """
    for name in verification.complete(session / CHECKPOINTS):
        state, _ = verification.payload(session, name, most=0)
        if state is not None and state.config is not None:
            return state.config
    pointer, _ = verification.pointer_to_go_on(session)
    return None if pointer is None else pointer.config
