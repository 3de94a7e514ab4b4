"""Writes a session: creates it, commits to it, retains checkpoints; payload first, pointer last.

A commit is: history flushed; checkpoint files written and flushed into `NNNNNN.part`; the manifest (which
holds the state too) likewise; the folder renamed; `pipeline_state.json` replaced; acknowledged; then retention.
recovery.py reads in the reverse order.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from so8t_engine.errors import EngineError
from so8t_engine.paths import process_lives
from so8t_engine.sentences import sentence
from so8t_engine.session import config_seal, durable, manifest, verification
from so8t_engine.session.state import PipelineState, dump, to_json
from so8t_engine.session.verification import CHECKPOINTS as CHECKPOINTS
from so8t_engine.session.verification import STATE as STATE

CONFIG = config_seal.NAME
NUMBER = re.compile(r"(\d{6,})(\.\w+)?$")
HALF_MADE = re.compile(r"[a-z0-9][a-z0-9-]{0,79}\.(\d{1,10})\.part(?:\.dead)?\Z")
SESSION_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,79}\Z")

Content = bytes | Callable[[], Iterable[durable.Chunk]]  # lazy: called once for each try at writing it
Files = Mapping[str, Content]


def create(root: Path, session: str, config: str, created: str, *, started: int = 0, identity: str = "") -> Path:
    """A new session folder, complete or not there at all. Two that choose one name at once: one of them gets it.

    `identity`: what no other session has; without one it is known by its name.

    Raises EngineError disk_* or session_name, FileExistsError where the name is taken.
    """
    check_name(session)
    durable.make_folder(root)
    with durable.translated(root):
        durable.flush_folder(root.parent)  # it may have been made by a process that was killed before its flush
    _sweep_half_made(root)
    final, part = root / session, root / f"{session}.{os.getpid()}.part"
    if part.exists():
        durable.discard(part)
    try:
        durable.make_folder(part / CHECKPOINTS)
        for name in ("data", "logs"):
            durable.make_folder(part / name)
        seal = config_seal.of(config.encode())
        state = PipelineState(session, created=created, updated=created, started=started, identity=identity)
        durable.write(part / CONFIG, config.encode())
        durable.write(part / STATE, dump(state.changed(config=seal)))
        durable.publish(part, final, over=False)
    except BaseException:
        _remove_quietly(part)
        raise
    return final


def _sweep_half_made(root: Path) -> None:
    """Removes sessions whose maker was killed while it made them: nobody else ever would."""
    with durable.translated(root):
        parts = [(path, HALF_MADE.match(path.name)) for path in root.iterdir()]
    for path, match in parts:
        if match and int(match[1]) != os.getpid() and not process_lives(int(match[1])):
            _remove_quietly(path)


def commit(
    session: Path, state: PipelineState, payload: Files, is_there: Callable[[], bool] = lambda: True
) -> PipelineState:
    """Makes `state` and its payload survive a power cut; returns the acknowledged state.

    `is_there`: whether the path still leads to the session's own folder (`Place`); asked before anything is made,
    named or removed in it. FileNotFoundError where it does not.

    Raises EngineError disk_*, and what a lazy content raises: nothing that was acknowledged before is touched, the
    half-written rest is removed.
    """
    root = session / CHECKPOINTS
    with durable.translated(root):
        name = f"{1 + max(_numbers(root), default=0):06d}"
    part = root / f"{name}.part"
    before = state.checkpoint
    state = state.changed(checkpoint=name)
    try:
        _still(session, is_there)
        durable.make_folder(part, below=session)
        digests = {}
        for file, content in payload.items():
            tally = manifest.Tally()
            durable.write(part / file, tally.passing(chunks(content)))
            digests[file] = tally.result()
        about = {"session": state.session, "identity": state.identity, "checkpoint": name, "state": to_json(state)}
        durable.write(part / manifest.NAME, manifest.build(digests, about))
        with durable.translated(part):
            durable.flush_folder(part)
        durable.rename(part, root / name)
        _still(session, is_there)
        durable.replace(session / STATE, dump(state))
    except Exception:
        _still(session, is_there)
        _remove_quietly(part)
        if before is not None and (root / before).is_dir():  # else the pointer may already name the new one
            _remove_quietly(root / name)
        raise
    return state


def _still(session: Path, is_there: Callable[[], bool]) -> None:
    with durable.translated(session):
        there = is_there()
    if not there:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), os.fspath(session))


def chunks(content: Content) -> Iterable[durable.Chunk]:
    return (content,) if isinstance(content, bytes) else content()


def write_state(session: Path, state: PipelineState) -> None:
    """A change of status that needs no new payload (running, failed, finished)."""
    durable.replace(session / STATE, dump(state))


def retain(session: Path, keep: int) -> None:
    """Removes all but the `keep` (at least two) newest checkpoints. Only after a commit was acknowledged.

    Raises EngineError disk_permission where somebody holds what is left of one; the next save tries that again.
    """
    root = session / CHECKPOINTS
    dead = sorted(path.name for path in root.glob("*.dead"))
    old = [*dead, *verification.complete(root)[max(2, keep) :]]
    held = [root / name for name in old if not durable.discard(root / name)]
    if held:
        raise EngineError("disk_permission", sentence("disk.held", path=held[0]))


def read_state(session: Path) -> PipelineState:
    """What the pointer says, for showing; the newest intact manifest's state where the pointer is torn.

    Raises EngineError session_damaged or session_newer.
    """
    pointer, _ = verification.read_pointer(session)
    if pointer is not None:
        return pointer
    for name in verification.complete(session / CHECKPOINTS):
        state, _ = verification.judge(session, name)
        if state is not None:
            return state
    raise EngineError("session_damaged", sentence("session.no_state", session=session.name))


def check_name(session: str) -> None:
    """A session id becomes a folder name: letters, digits and hyphens only. Raises EngineError session_name."""
    if not SESSION_ID.match(session):
        raise EngineError("session_name", sentence("session.no_id", name=session))


def _numbers(root: Path) -> list[int]:
    """Every number ever used here and still visible, whatever became of it: a name is never used twice."""
    matches = (NUMBER.match(entry.name) for entry in root.iterdir()) if root.is_dir() else iter(())
    return [int(match[1]) for match in matches if match]


def _remove_quietly(part: Path) -> None:
    try:
        if part.exists():
            durable.discard(part)
    except (EngineError, OSError):
        pass  # the disk is in trouble already; the next start sweeps it
