"""Which state of a session can be trusted: the pointer, the checkpoints that verify, links that must not be there.

Reads only; store.py writes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from so8t_engine.errors import EngineError
from so8t_engine.sentences import Sentence, of_error, sentence, verbatim
from so8t_engine.session import (
    durable,
    gguf_files,
    history,
    history_damage,
    identity,
    layout,
    manifest,
    results,
    wary_read,
)
from so8t_engine.session.identity import CHECKPOINTS as CHECKPOINTS
from so8t_engine.session.identity import STATE as STATE
from so8t_engine.session.state import PipelineState, from_json

GGUF_UNITS = "evaluate/gguf"  # of `PipelineState.work`


def read_pointer(session: Path) -> tuple[PipelineState | None, list[Sentence]]:
    """For showing: what prevents it is a sentence, whatever it is."""
    try:
        return _pointer(session)
    except OSError as error:
        return None, [sentence("session.pointer_unreadable", file=STATE, error=why(error))]


def pointer_to_go_on(session: Path) -> tuple[PipelineState | None, list[Sentence]]:
    """As `read_pointer`. Raises EngineError disk_* where it may not be read: no reason to do without it."""
    with durable.translated(session / STATE):
        return _pointer(session)


def _pointer(session: Path) -> tuple[PipelineState | None, list[Sentence]]:
    path = session / STATE
    try:
        return from_json(wary_read.json_value(path, wary_read.STATE_BYTES), f"{session.name}/{STATE}"), []
    except FileNotFoundError:
        return None, [sentence("session.pointer_missing", file=STATE)]
    except (ValueError, OSError) as error:
        if isinstance(error, OSError) and not durable.is_lost(error):
            raise
        return None, [sentence("session.pointer_unreadable", file=STATE, error=why(error))]


def why(error: Exception) -> Sentence:
    """What is wrong with the text of a file."""
    if isinstance(error, json.JSONDecodeError):
        return sentence("session.not_json", line=error.lineno, column=error.colno)
    if isinstance(error, UnicodeDecodeError):
        return sentence("session.not_utf8", byte=error.start + 1)
    return of_error(error)


def judge(session: Path, name: str) -> tuple[PipelineState | None, Sentence]:
    """(state, a word nobody needs) for a checkpoint that verifies and whose history is there, else (None, why).

    Raises EngineError disk_* where it may not be read: no reason to give it up.
    """
    with durable.translated(session / CHECKPOINTS / name):
        state, why = _payload(session, name)
        if state is not None and not history.holds(session / history.NAME, prefix_of(state)):
            return None, sentence("session.history_differs")
        return state, why


def payload(session: Path, name: str, most: int | None = None) -> tuple[PipelineState | None, Sentence]:
    """As `judge`, but whether the history that belongs to it is there is not asked. `most`: as in manifest.problems."""
    with durable.translated(session / CHECKPOINTS / name):
        return _payload(session, name, most)


def _payload(session: Path, name: str, most: int | None = None) -> tuple[PipelineState | None, Sentence]:
    folder = session / CHECKPOINTS / name
    wrong = manifest.problems(folder, most)
    if wrong:
        return None, wrong[0]
    _, about = manifest.read(folder)
    try:
        state = from_json(about.get("state"), f"checkpoint {name}")
    except ValueError as error:
        return None, of_error(error)
    if (state.bound_to, about.get("checkpoint")) != (identity.of(session).bound_to, name):
        other = sentence("session.another_checkpoint", checkpoint=about.get("checkpoint"), session=about.get("session"))
        return None, other
    return state, verbatim("")


def complete(root: Path) -> list[str]:
    """Names of complete checkpoints, newest first; by number, never by time."""
    if not root.is_dir():
        return []
    names = [entry.name for entry in root.iterdir() if re.fullmatch(r"\d{6,}", entry.name) and entry.is_dir()]
    return sorted(names, key=int, reverse=True)


def gone(session: Path, pointer: PipelineState | None) -> str | None:
    """The checkpoint that the state names as its newest, where nothing of it is there, nor set aside."""
    name = None if pointer is None else pointer.checkpoint
    if name is None or not re.fullmatch(r"\d{6,}", name):
        return None
    root = session / CHECKPOINTS
    return None if (root / name).exists() or (root / f"{name}.bad").exists() else name


def prefix_of(state: PipelineState) -> history.Prefix:
    return history.Prefix(state.points, state.history_bytes, state.history_crc)


def problems(session: Path) -> list[Sentence]:
    """Every manifest of the session checked, and its history; one sentence a problem. Raises EngineError session_newer.

    The history is held against the newest whole checkpoint: an older one knows less of it.
    """
    refuse_links(session)
    pointer, problems = read_pointer(session)
    newest: PipelineState | None = None
    for name in complete(session / CHECKPOINTS):
        state, why = payload(session, name)
        if state is None:
            problems.append(sentence("session.problem_at", place=f"checkpoints/{name}", what=why))
        newest = newest or state
    if newest is None and pointer is not None and pointer.checkpoint is not None:
        problems.append(sentence("session.no_intact_checkpoint", session=session.name))
    if newest is not None and (away := gone(session, pointer)) is not None:
        problems.append(_missing(f"checkpoints/{away}"))
    damage = None if newest is None else history_damage.of_session(session, prefix_of(newest))
    if damage is not None:
        problems.append(history_damage.described(damage, session.name))
    if pointer is not None and believed_results(session, pointer) != pointer.results:
        problems.append(sentence("session.problem_at", place=STATE, what=sentence("session.file_changed")))
    for path in sorted(session.glob(f"*/{manifest.NAME}")) + sorted(session.glob(f"data/*/{manifest.NAME}")):
        place = path.parent.parent.name
        problems += [sentence("session.problem_in", folder=place, what=what) for what in manifest.problems(path.parent)]
    return problems + [_missing(name) for name in lost(session, pointer)]


def believed_results(session: Path, state: PipelineState) -> dict[str, Any]:
    """The figures that a session's state, which nothing seals, says its steps left: none where the session is finished
    and its last checkpoint has sealed others. Without one its word is taken.
    """
    if state.status != "finished" or not (state.checkpoint or "").isdecimal():
        return state.results
    try:
        _, about = manifest.read(session / CHECKPOINTS / str(state.checkpoint))
        return state.results if about["state"]["results"] == state.results else {}
    except (OSError, ValueError, LookupError, TypeError):
        return state.results


def lost_results(session: Path) -> list[Sentence]:
    """What a finished session lacks of what step 5 has made, by a quick look: folders that are gone, and files of its
    report that are not as they were written. Gigabytes are not read. Raises OSError.
    """
    gone = [name for name in lost(session, read_pointer(session)[0]) if name != "adapter"]
    report = (session / results.REPORT).parent
    changed = manifest.problems(report) if (report / manifest.NAME).is_file() else []
    return [*changed, *(_missing(name) for name in gone)]


def _missing(name: str) -> Sentence:
    return sentence("session.problem_at", place=name, what=sentence("session.file_missing"))


def lost(session: Path, state: PipelineState | None) -> list[str]:
    """Folders that a finished session should have and has not, by a look at their names alone.

    What lies in the place of one without a manifest is none: a file, a folder that nothing vouches for.
    """
    return [name for name in _promised(session, state) if not (session / name / manifest.NAME).is_file()]


def _promised(session: Path, state: PipelineState | None) -> Iterator[str]:
    """Folders that a finished session has, but for what its report says could not be made.

    Where the report is gone or another, too, GGUF files are what it was asked for.
    """
    if state is None or state.status != "finished":
        return
    yield from (name for name in layout.RESULTS if name != results.GGUF)
    figures = gguf_files.reported(session)
    if GGUF_UNITS in state.work if figures is None else gguf_files.best(figures) is not None:
        yield results.GGUF


def no_report(session: Path) -> EngineError:
    """That there is none: it is still to be written, or was and is gone."""
    pointer, _ = read_pointer(session)
    if pointer is not None and pointer.status == "finished":
        return EngineError("results_damaged", sentence("session.report_gone", session=session.name))
    return EngineError("report_missing", sentence("session.no_report", session=session.name))


def refuse_links(session: Path) -> None:
    """A link inside a session could lead a write to someone else's file. Raises EngineError session_unsafe."""
    if session.is_symlink():
        raise EngineError("session_unsafe", sentence("session.is_a_link", session=session.name))
    for path in session.rglob("*"):
        if path.is_symlink():
            raise EngineError(
                "session_unsafe",
                sentence("session.holds_a_link", path=path.relative_to(session).as_posix(), session=session.name),
            )
