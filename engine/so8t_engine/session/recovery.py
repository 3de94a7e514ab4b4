"""Finds the state a session goes on from after a cut, sweeps what the cut left, sets aside what is damaged.

Reads in the reverse order of a commit (store.py), and gives the same result however often it is itself cut off.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from so8t_engine.errors import EngineError
from so8t_engine.sentences import Sentence, sentence
from so8t_engine.session import durable, history, identity, verification
from so8t_engine.session.state import PipelineState
from so8t_engine.session.store import write_state
from so8t_engine.session.verification import CHECKPOINTS


@dataclass(frozen=True)
class Recovered:
    """A session ready to go on. `folder` holds the payload of `state.cursor`; `notes` tell what was repaired."""

    state: PipelineState
    folder: Path | None
    notes: tuple[Sentence, ...] = ()


def recover(session: Path) -> Recovered:
    """The newest state that verifies, everything unfinished swept, everything bad set aside (never deleted).

    Raises EngineError session_newer (nothing touched), session_unsafe, session_damaged (no good checkpoint left),
    disk_*.
    """
    with durable.translated(session):
        return _recovered(session)


def _recovered(session: Path) -> Recovered:
    verification.refuse_links(session)
    identity.refuse_foreign(session)
    known = identity.of(session)
    pointer, notes = verification.read_pointer(session)
    root = session / CHECKPOINTS
    durable.make_folder(root, below=session)
    bad: dict[str, Sentence] = {}
    good: PipelineState | None = None
    for name in verification.complete(root):
        good, why = verification.judge(session, name)
        if good is not None:
            break
        bad[name] = why
    set_aside = [entry.name for entry in root.glob("*.bad")]
    acknowledged = pointer is not None and pointer.checkpoint is not None
    if good is None and (bad or set_aside or acknowledged):
        raise EngineError("session_damaged", sentence("session.no_intact_checkpoint", session=session.name))

    for folder in (session, root):
        notes += [sentence("session.removed", name=name) for name in durable.sweep(folder)]
    for name, why in bad.items():
        durable.rename(root / name, root / f"{name}.bad")
        notes.append(sentence("session.set_aside", checkpoint=name, why=why))
    state = (good or PipelineState(session.name)).changed(session=session.name, identity=known.own)
    if pointer is not None:
        state = state.changed(
            run=pointer.run, status=pointer.status, reason=pointer.reason, error=pointer.error,
            created=pointer.created, updated=pointer.updated, adjustments=pointer.adjustments, started=pointer.started,
            share=max(pointer.share, state.share), share_seconds=max(pointer.share_seconds, state.share_seconds),
        )  # fmt: skip
    history.truncate(session / history.NAME, verification.prefix_of(state))
    for folder in (session.parent, session, root):  # a killed process may have left names that no flush covers
        durable.flush_folder(folder)
    return Recovered(state, root / str(state.checkpoint) if good else None, tuple(notes))


def start_over(session: Path) -> None:
    """Sets every checkpoint aside (kept as `*.bad`) so that the session begins again from its first step."""
    root = session / CHECKPOINTS
    verification.refuse_links(session)
    identity.refuse_foreign(session)
    own = identity.of(session).own
    for name in reversed(verification.complete(root)):  # the newest last: a cut leaves it, or asks again
        durable.rename(root / name, root / f"{name}.bad")
    aside = session / "set-aside"
    durable.make_folder(aside, below=session)
    for entry in sorted(root.iterdir()):
        durable.rename(entry, aside / f"{1 + len(list(aside.iterdir())):03d}-{entry.name}")
    pointer, _ = verification.read_pointer(session)
    created = pointer.created if pointer else ""
    run = pointer.run + 1 if pointer else 0  # what the run before has left in progress.json is of another beginning
    started = pointer.started if pointer else 0
    state = PipelineState(session.name, created=created, updated=created, run=run, started=started, identity=own)
    write_state(session, state)
