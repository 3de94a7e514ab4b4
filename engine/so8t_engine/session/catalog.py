"""The sessions on disk, newest first, without loading anything heavy; read-only.

Standard library only, like `protocol`: the window and the command line share it.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from so8t_engine.errors import CODES, EngineError, action
from so8t_engine.protocol import STEPS
from so8t_engine.sentences import Sentence, from_json, of_error, sentence, verbatim
from so8t_engine.session import (
    display_name,
    identity,
    live_progress,
    lock,
    selection,
    share,
    store,
    verification,
    wary_read,
)
from so8t_engine.session.state import PipelineState

UNFINISHED_NAMES = (".part", ".dead", ".old")
UNREAD = ("newer", "damaged")
LEARNING_UNITS = ("rollout", "update", "cycle")  # of step 4, as workload.py and units.py call them
STAMP = re.compile(r"\d{8}-\d{6}-")  # the time of creation, at the beginning of an id (paths.session_id)


def title(session: str) -> str:
    """The name a run was given in its configuration, from the id of its session."""
    return STAMP.sub("", session, count=1)


@dataclass(frozen=True)
class Entry:
    """One session for a list. `status` adds to the stored ones: `cut` (its engine died), `newer`, `damaged`; `copy` and
    `renamed` (identity.py), which go on only once they are adopted.

    `name`: what a person called it; `title`: what it is known by, that or its run's name.
    `detail`: why it stands still; `action`: what to do about that, where it is an error. `results`: small figures the
    steps left (base, tuned, ...), as the event `finished` has them. `stands_by` and `started`: why it stands still and
    the number of its last start, by which one is chosen to go on (selection.py). `share` of the whole run and
    `step_seconds`, active seconds by step: as far as they were ever shown.
    """

    session: str
    path: Path
    status: str
    step: str = ""
    step_number: int = 0
    unit: int = 0
    created: str = ""
    updated: str = ""
    detail: Sentence | None = None
    action: Sentence | None = None
    live: dict[str, Any] = field(default_factory=dict)
    results: dict[str, Any] = field(default_factory=dict)
    stands_by: selection.StandsBy = "own_fault"
    started: int = 0
    share: float = 0.0
    step_seconds: dict[str, float] = field(default_factory=dict)
    name: str = ""

    @property
    def title(self) -> str:
        return self.name or title(self.session)

    @property
    def called(self) -> Sentence | str:
        """By which it is typed, and the name that a person gave it, in sentences of the command line."""
        return sentence("commands.named", session=self.session, name=self.name) if self.name else self.session

    @property
    def unfinished(self) -> bool:
        return self.status in ("new", "running", "paused", "failed", "cut")


def sessions(root: Path) -> list[Entry]:
    """Every session below `root`, newest first (ids begin with the time of creation)."""
    return [entry(path) for path in _folders(root)]


def passed_over(entry: Entry, taken: Entry, what: str) -> Sentence:
    """That another one was taken although this one is newer, as it has lost `what`, or cannot be read at all."""
    names = {"session": entry.session, "taken": taken.session}
    if entry.status == "damaged":
        return sentence("session.passed_over_damaged", **names, why=entry.detail or "")
    return sentence("session.passed_over", **names, what=what)


def latest(root: Path) -> list[Entry]:
    return latest_of(sessions(root))


def latest_of(entries: Iterable[Entry]) -> list[Entry]:
    """Those that are no copies, the one that worked last first: by the numbers of their starts, as one is chosen to go
    on. One that cannot be read stands before those that were made before it. `entries`: the newest first.
    """
    entries = [one for one in entries if one.status != "copy"]
    unread = [one for one in entries if one.status in UNREAD]
    found = list[Entry]()
    for one in selection.latest_first(one for one in entries if one.status not in UNREAD):
        while unread and unread[0].session > one.session:
            found.append(unread.pop(0))
        found.append(one)
    return found + unread


def entry(session: Path) -> Entry:
    """As far as it can be read. Whatever lies in its files, it hides no other session: nothing is raised."""
    try:
        return _read(session)
    except EngineError as error:
        status = "newer" if error.code == "session_newer" else "damaged"
        return Entry(
            session.name, session, status, detail=error.sentence, action=error.action, name=display_name.of(session)
        )
    except Exception as error:  # noqa: BLE001  files of any content, from anywhere
        why = of_error(error) if isinstance(error, (OSError, ValueError)) else verbatim(type(error).__name__)
        unreadable = sentence("session.unreadable", session=session.name, error=why)
        return Entry(session.name, session, "damaged", detail=unreadable, name=display_name.of(session))


def learns(session: Path) -> bool | None:
    """Whether its run has updates of reinforcement learning; None where that cannot be told (yet). Never raises."""
    try:
        totals = store.read_state(session).totals
    except Exception:  # noqa: BLE001  files of any content, from anywhere
        return None
    return any(totals.get(f"train/{kind}") for kind in LEARNING_UNITS) if totals else None


def _read(session: Path) -> Entry:
    state = store.read_state(session)
    status = state.status
    stranger = None if state.session == session.name else identity.foreign(session)
    if lock.is_held(session):
        status = "running"
    elif stranger is not None:
        status = "copy" if stranger.code == "session.is_a_copy" else "renamed"
    elif status == "running":
        status = "cut"
    return Entry(
        session=session.name,
        path=session,
        status=status,
        step=state.cursor.step,
        step_number=STEPS.index(state.cursor.step) + 1 if state.cursor.step in STEPS else len(STEPS),
        unit=state.cursor.unit,
        created=state.created,
        updated=state.updated,
        detail=stranger or _detail(state),
        action=action("session_foreign") if stranger else None if status == "running" else _action(state),
        live=live_progress.of_run(session, state),
        results=verification.believed_results(session, state),
        stands_by=selection.stands_by(status, _code(state.reason), str((state.error or {}).get("code", ""))),
        started=state.started,
        share=share.caught_up(state, wary_read.json_object(session / live_progress.NAME)).share,
        step_seconds=share.step_seconds(state),
        name="" if status == "copy" else display_name.of(session),  # its folder's tells a copy from the original
    )


def unfinished(root: Path) -> list[Entry]:
    """Every session that could go on, in the order of selection.py: the first is what `resume` without a name means.

    One that is running somewhere counts too, and is refused there.
    """
    return selection.in_order(candidate for candidate in sessions(root) if candidate.unfinished)


def running(root: Path) -> Path | None:
    """The newest session on which an engine works right now."""
    return next((folder for folder in _folders(root) if lock.is_held(folder)), None)


def find(root: Path, name: str) -> Path:
    """The folder of a session id, or of the name by which one alone is known.

    Raises EngineError session_name, session_unknown, session_foreign: the last where the list has it by that name,
    which is no id: a folder that was renamed, or a file manager's copy.
    """
    if not store.SESSION_ID.match(name) and _is_listed(root, name):
        identity.refuse_foreign(root / name)
    if store.SESSION_ID.match(name) and (root / name).is_dir():
        return root / name
    called = [folder for folder in _folders(root) if _title_of(folder) == name]
    if len(called) > 1:
        called = [folder for folder in called if entry(folder).status != "copy"]
    if len(called) == 1:
        return called[0]
    if called:
        ids = [folder.name for folder in called]
        raise EngineError("session_unknown", sentence("session.several_called", name=name, sessions=ids))
    store.check_name(name)
    by_name = {_title_of(folder): folder.name for folder in reversed([*_folders(root)])}
    if near := difflib.get_close_matches(name, [*names(root), *by_name], cutoff=0.8):
        meant = by_name.get(near[0], near[0])
        raise EngineError("session_unknown", sentence("session.unknown_but_near", name=name, root=root, near=meant))
    raise EngineError("session_unknown", sentence("session.unknown", name=name, root=root))


def _title_of(folder: Path) -> str:
    return display_name.of(folder) or title(folder.name)


def names(root: Path) -> list[str]:
    """Of all folders that hold one, newest first."""
    return [folder.name for folder in _folders(root)]


def _folders(root: Path) -> Iterator[Path]:
    """Newest first, each looked at only when it is asked for: of thousands the first is wanted most often."""
    if not root.is_dir():
        return
    for name in sorted((path.name for path in root.iterdir() if _may_be_session(path.name)), reverse=True):
        if is_session(root / name):
            yield root / name


def _is_listed(root: Path, name: str) -> bool:
    return Path(name).name == name and _may_be_session(name) and is_session(root / name)


def _may_be_session(name: str) -> bool:
    """Also what a file manager calls a copy ("... - Copy", "... (2)"): it is listed, and can be adopted."""
    if store.SESSION_ID.match(name):
        return True
    return name.isprintable() and not name.startswith(".") and not name.endswith(UNFINISHED_NAMES)


def is_session(folder: Path) -> bool:
    """By its configuration or its state: either may be gone and comes back from the other's seal or the checkpoints.

    A folder that may not be looked into counts: it is told of, not passed over.
    """
    try:
        names = set(os.listdir(folder))  # noqa: PTH208  names alone: a link that leads nowhere counts too
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return store.CONFIG in names or verification.STATE in names


def _detail(state: PipelineState) -> Sentence | None:
    """Why it stands still, as it was left."""
    if state.error:
        return from_json(state.error.get("sentence", ""))
    return None if state.reason is None else from_json(state.reason)


def _action(state: PipelineState) -> Sentence | None:
    """What the error it was left with says to do; by its code where an older version kept the code alone."""
    if not state.error:
        return None
    if state.error.get("action"):
        return from_json(state.error["action"])
    code = state.error.get("code")
    return action(code) if isinstance(code, str) and code in CODES else None


def _code(reason: dict[str, Any] | str | None) -> str:
    """Of the sentence it was paused with; "" where it was not."""
    return from_json(reason).code if reason else ""
