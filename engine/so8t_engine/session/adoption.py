"""Makes a renamed or copied session one of its own under the name its folder has."""

from __future__ import annotations

from pathlib import Path

from so8t_engine import session_name
from so8t_engine.errors import EngineError
from so8t_engine.sentences import sentence
from so8t_engine.session import catalog, display_name, durable, identity, lock, store, verification


def adopt(folder: Path) -> tuple[Path, str]:
    """(the folder, the name the session had before). Its checkpoints stay valid; the original is left alone.

    A folder whose name is no session id ("... - Copy") is given one first. A cut in between leaves a foreign session
    that can be adopted again. Raises EngineError session_*, locked, disk_*.
    """
    verification.refuse_links(folder)
    if not catalog.is_session(folder):
        raise EngineError("session_unknown", sentence("session.is_no_session", path=folder))
    before = identity.of(folder)
    if before.name == folder.name:
        raise EngineError("session_at_home", sentence("session.is_at_home", session=folder.name))
    if lock.is_held(folder):
        raise lock.locked(folder)
    state, is_copy = store.read_state(folder), identity.original(folder, before) is not None
    named = folder.with_name(fitting_name(folder, before.name))
    if named != folder:
        durable.rename(folder, named)
    with lock.held(named, lock.read_owner(named)):  # who held it last still tells a power cut from a kill
        bound_to = "" if before.bound_to == named.name else before.bound_to
        identity.note(named, identity.Identity(before.bound_to, named.name))
        if is_copy:
            display_name.give(named, "")  # its folder's tells it from the original
        store.write_state(named, state.changed(session=named.name, identity=bound_to))
    return named, before.name


def fitting_name(folder: Path, before: str) -> str:
    """Its own where that is a session id, else one like it that is free.

    Where letters cannot stay (a name in Japanese), what is left of it follows the name of `before`, and is never that.
    """
    if store.SESSION_ID.match(folder.name):
        return folder.name
    lossy, base = not folder.name.isascii(), session_name.letters(folder.name)
    if lossy and not base.startswith(session_name.letters(before)):
        base = session_name.letters(f"{before} {base}")
    base = base[:70].strip("-") or session_name.NAMELESS
    name, number = base, 2
    while (lossy and name == before) or folder.with_name(name).exists():
        name, number = f"{base}-{number}", number + 1
    return name
