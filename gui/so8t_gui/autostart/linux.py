"""Start at logon where freedesktop's autostart folders are read: GNOME, KDE, Xfce, MATE, LXQt, `dex -a`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import so8t_resources
from so8t_gui.autostart import desktop_entry, entry
from so8t_gui.autostart.entry import Refused, Status, tr

NAME = "so8t.desktop"
COMMENT = {
    "": "Trains language models; resumes what was cut off",
    "ja": "言語モデルの学習。中断したところから再開します",
}


@dataclass(frozen=True)
class EntryFiles:
    """The user's file, and those of the whole system that it takes precedence over."""

    own: Path
    others: tuple[Path, ...] = ()


def files() -> EntryFiles:
    home = _absolute(os.environ.get("XDG_CONFIG_HOME", "")) or Path.home() / ".config"
    shared = os.environ.get("XDG_CONFIG_DIRS") or "/etc/xdg"
    folders = [folder for folder in map(_absolute, shared.split(os.pathsep)) if folder is not None]
    return EntryFiles(home / "autostart" / NAME, tuple(folder / "autostart" / NAME for folder in folders))


def status(where: EntryFiles | None = None) -> Status:
    where = where or files()
    for path in (where.own, *where.others):
        try:
            content = path.read_bytes().decode("utf-8", "surrogateescape")
        except FileNotFoundError:
            continue
        except OSError as error:
            sentence = tr("The entry at logon, {path}, cannot be read: {why}.", path=path, why=entry.reason(error))
            return Status(False, sentence, "xdg", str(path), broken=True, ours=False)
        return _judge(path, desktop_entry.values(content))
    return Status(False, tr("It does not start at logon."))


def put(command: Sequence[str], where: EntryFiles | None = None) -> str:
    """Registers it; returns what to tell the user. Raises Refused."""
    path = (where or files()).own
    _write(path, desktop_entry.text(command, "SO8T", COMMENT, str(so8t_resources.path("icons", "so8t.svg"))))
    return tr("SO8T starts at logon (by {path}).", path=path)


def remove(where: EntryFiles | None = None) -> str:
    """Raises Refused."""
    where = where or files()
    if any(path.exists() for path in where.others):
        _write(where.own, desktop_entry.masked("SO8T"))
        return tr("SO8T does not start at logon any more; the entry for all users is switched off for you.")
    try:
        where.own.unlink(missing_ok=True)
    except NotADirectoryError:
        pass  # its folder is a file: there is no entry
    except OSError as error:
        sentence = tr("The entry at logon, {path}, cannot be removed: {why}.", path=where.own, why=entry.reason(error))
        raise Refused(sentence) from error
    return tr("SO8T does not start at logon any more.")


def _judge(path: Path, keys: dict[str, str]) -> Status:
    if desktop_entry.switched_off(keys):
        sentence = tr("It does not start at logon: it is switched off in the desktop's settings.")
        return Status(False, sentence, "xdg", str(path), chosen_off=True)
    command = desktop_entry.command(keys)
    ours = entry.is_ours(command)
    if not command:
        sentence = tr("The entry at logon, {path}, names no program.", path=path)
        return Status(False, sentence, "xdg", str(path), broken=True, ours=not keys)
    if not entry.is_there(command):
        return Status(False, entry.gone(command), "xdg", str(path), command, broken=True, ours=ours)
    return Status(True, tr("It starts at logon (by {path}).", path=path), "xdg", str(path), command, ours=ours)


def _write(path: Path, content: str) -> None:
    """Old or new at any instant, never half of it."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content.encode("utf-8", "surrogateescape"))
        part.replace(path)
    except OSError as error:
        try:
            part.unlink(missing_ok=True)
        except OSError:
            pass  # its folder is a file, or may not be written
        sentence = tr("The entry at logon, {path}, cannot be written: {why}.", path=path, why=entry.reason(error))
        raise Refused(sentence) from error


def _absolute(folder: str) -> Path | None:
    """Relative folders are to be ignored (XDG base directory specification)."""
    return Path(folder) if folder and Path(folder).is_absolute() else None
