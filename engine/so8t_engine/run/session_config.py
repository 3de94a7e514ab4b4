"""The configuration a session goes on with: config.yaml, compared with the one that the state has sealed.

A session is frozen at its creation. An edited file is refused with the keys that differ, unless the user accepts them;
one that no longer is a configuration is refused with the lines to correct. The sealed copy takes the place of a damaged
one only: what a user has typed is never taken for damage.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path

from so8t_engine.config import changes, file_text
from so8t_engine.config import file as config_file
from so8t_engine.config.run_config import RunConfig
from so8t_engine.errors import EngineError
from so8t_engine.sentences import Sentence, below, of_error, sentence
from so8t_engine.session import config_seal, durable, set_aside, wary_read
from so8t_engine.session.config_seal import NAME, ConfigSeal


@dataclass(frozen=True)
class SessionConfig:
    """`seal` belongs to `config`. `changed`: the file says something else than what was sealed, and what.

    `wrong`: the file was edited, and what it says now is no configuration. `unusable`: the file is damaged, and how.
    `config` is in both cases the sealed one.
    """

    config: RunConfig
    seal: ConfigSeal
    changed: Sentence | None = None
    wrong: EngineError | None = None
    unusable: Sentence | None = None


def read(session: Path, seal: ConfigSeal | None) -> SessionConfig:
    """Only looks. Raises EngineError config_invalid where neither file nor seal can be used, disk_*."""
    sealed = seal if seal is not None and seal.intact else None
    now: ConfigSeal | None = None
    try:
        data = _bytes(session / NAME, sealed)
        now = config_seal.of(data)
        if sealed is None or now.sha256 != sealed.sha256:
            return _compared(session, config_file.parse(now.text, f"{session.name}/{NAME}"), now, seal)
    except (EngineError, ValueError) as error:
        if isinstance(error, EngineError) and error.code.startswith("disk_"):
            raise  # it may not be read now; that says nothing about what it holds
        if sealed is None:
            raise _invalid(session, error) from error
        if isinstance(error, EngineError) and now is not None and _is_typed(now.text, sealed.text):
            return SessionConfig(_parsed(session, sealed), sealed, wrong=_refused(session, error))
        why = error.sentence if isinstance(error, EngineError) else of_error(error)
        return SessionConfig(_parsed(session, sealed), sealed, unusable=why)
    return SessionConfig(_parsed(session, sealed), sealed)


def refuse_changes(session: Path, file: SessionConfig, accept_changes: bool, code: str = "config_changed") -> None:
    """Raises EngineError `code` where the file was edited and nobody has said that this is meant.

    Where it no longer is a configuration, config_invalid, whatever was said.
    """
    if file.wrong is not None:
        raise file.wrong
    if file.changed is not None and not accept_changes:
        raise EngineError(code, file.changed)


def put_back(session: Path, file: SessionConfig) -> list[Sentence]:
    """Where the file is damaged, it is set aside and the sealed copy takes its place; notes say so."""
    if file.unusable is None:
        return []
    path = session / NAME
    try:
        set_aside.copy(session, NAME, _bytes(path, file.seal))
    except (EngineError, ValueError):
        if path.exists():  # a folder, a pipe, gigabytes: not to be read
            set_aside.move(session, path)
    durable.replace(path, file.seal.text.encode())
    return [sentence("session.config_put_back", file=NAME, why=file.unusable)]


def _is_typed(text: str, sealed: str) -> bool:
    """Somebody wrote this text, rather than that a cut or the disk left it.

    A mere beginning of what was sealed is left by a cut, and nobody types control characters.
    """
    controls = (each for each in set(text) - set("\r\n\t") if unicodedata.category(each) == "Cc")
    return not sealed.startswith(text.rstrip("\n")) and not any(controls)


def _refused(session: Path, error: EngineError) -> EngineError:
    """With how to get back what the session was made with."""
    return EngineError(error.code, below(error.sentence, sentence("run.config_to_get_back", session=session.name)))


def _compared(session: Path, config: RunConfig, now: ConfigSeal, seal: ConfigSeal | None) -> SessionConfig:
    if seal is None or seal.sha256 == now.sha256:
        return SessionConfig(config, now)
    if not seal.intact:
        return SessionConfig(config, now, changed=sentence("run.config_changed_somehow", session=session.name))
    try:
        keys = changes.between(config_file.parse(seal.text, NAME), config)
    except EngineError:  # as it was sealed, this version cannot read it
        return SessionConfig(config, now, changed=sentence("run.config_changed_somehow", session=session.name))
    if not keys:
        return SessionConfig(config, seal)  # comments, spaces, line ends
    return SessionConfig(config, now, changed=sentence("run.config_changed", session=session.name, changes=keys))


def _bytes(path: Path, sealed: ConfigSeal | None) -> bytes:
    """Raises EngineError file_missing, disk_*; ValueError for what is not a regular file, or far longer than it was."""
    limit = max(2 * len(sealed.text.encode()), file_text.MOST_BYTES) if sealed else wary_read.STATE_BYTES
    try:
        return durable.read_twice(lambda: wary_read.data(path, limit))
    except OSError as error:
        if not durable.is_lost(error):
            with durable.translated(path):
                raise
        raise file_text.unreadable(path, error) from error


def _parsed(session: Path, seal: ConfigSeal) -> RunConfig:
    return config_file.parse(seal.text, f"{session.name}/{NAME}")


def _invalid(session: Path, error: Exception) -> EngineError:
    if isinstance(error, EngineError):
        return error
    return file_text.unreadable(session / NAME, ValueError(str(error)))
