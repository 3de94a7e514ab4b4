"""Which session a folder holds, whatever it is called: renamed, copied, restored from a backup.

A session has an identity of its own, which its checkpoints are bound to, and the name under which it goes on. A folder
of another name is a renamed session, or a copy of one: it is told of, and goes on only once it is adopted
(adoption.py), so that a backup never takes the place of what it is a backup of. Reads only.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from so8t_engine.errors import EngineError
from so8t_engine.sentences import Sentence, sentence
from so8t_engine.session import durable, manifest, wary_read

STATE = "pipeline_state.json"
ADOPTED = "adopted.json"  # its checkpoints still bear the name before; read where the state cannot be
CHECKPOINTS = "checkpoints"


@dataclass(frozen=True)
class Identity:
    """`bound_to`: what its checkpoints say they belong to. `name`: the folder's name under which it goes on."""

    bound_to: str
    name: str

    @property
    def own(self) -> str:
        """As a state holds it: empty where the name alone says it."""
        return "" if self.bound_to == self.name else self.bound_to


def of(session: Path) -> Identity:
    """What its files say; where they say nothing, that of its name."""
    return _known(session) or Identity(session.name, session.name)


def _known(session: Path) -> Identity | None:
    """What the pointer says, if that is of this folder; else what its checkpoints say."""
    pointer = _claimed(wary_read.json_object(session / STATE, wary_read.STATE_BYTES))
    if pointer is not None and pointer.name == session.name:
        return pointer
    of_checkpoints = list(_of_checkpoints(session))
    adopted = None if pointer is not None else _claimed(wary_read.json_object(session / ADOPTED, wary_read.STATE_BYTES))
    if adopted is not None and {claim.bound_to for claim in of_checkpoints} <= {adopted.bound_to}:
        return adopted
    at_home = next((claim for claim in of_checkpoints if claim.name == session.name), None)
    if at_home is not None:  # the pointer is torn, or came from elsewhere
        return at_home
    if pointer is not None:
        return pointer
    return of_checkpoints[0] if len({claim.bound_to for claim in of_checkpoints}) == 1 else None


def note(session: Path, identity: Identity) -> None:
    """What it is from now on, for the time until its checkpoints say it too. Raises EngineError disk_*."""
    body = json.dumps({"session": identity.name, "identity": identity.bound_to}, ensure_ascii=False)
    durable.replace(session / ADOPTED, body.encode())


def original(session: Path, identity: Identity) -> Path | None:
    """The folder beside it that bears the name and is the same session; None where there is none."""
    if not identity.name or Path(identity.name).name != identity.name:
        return None
    beside = session.with_name(identity.name)
    if beside == session or not beside.is_dir():
        return None
    return beside if _known(beside) == identity else None


def foreign(session: Path) -> Sentence | None:
    """That the folder holds a session of another name, and which; None where it is at home."""
    identity = of(session)
    if identity.name == session.name:
        return None
    beside = original(session, identity)
    if beside is not None:
        return sentence("session.is_a_copy", folder=session.name, session=identity.name, path=beside)
    return sentence("session.is_renamed", folder=session.name, session=identity.name)


def refuse_foreign(session: Path) -> None:
    """Raises EngineError session_foreign."""
    what = foreign(session)
    if what is not None:
        raise EngineError("session_foreign", what)


def _of_checkpoints(session: Path) -> Iterator[Identity]:
    """Newest first; whatever cannot be read says nothing."""
    try:
        folders = [path for path in (session / CHECKPOINTS).iterdir() if path.name.isdecimal() and len(path.name) < 20]
    except OSError:
        return
    for folder in sorted(folders, key=lambda path: int(path.name), reverse=True):
        try:
            _, about = manifest.read(folder)
        except (OSError, ValueError):
            continue
        claim = _claimed(about)
        if claim is not None:
            yield claim


def _claimed(body: dict[str, Any]) -> Identity | None:
    name, identity = body.get("session"), body.get("identity")
    if not isinstance(name, str) or not name:
        return None
    return Identity(identity if isinstance(identity, str) and identity else name, name)
