"""Start at logon on macOS: a LaunchAgent of the user. Never run on macOS yet.

It is written only, not loaded: launchd reads the folder at the next logon, and the program runs already.
"""

from __future__ import annotations

import os
import plistlib
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError

from so8t_gui.autostart import entry
from so8t_gui.autostart.entry import Refused, Status, tr

LABEL = "so8t.tray"
LIMIT_SECONDS = 10.0

Launchctl = Callable[[Sequence[str]], str]


def agent(command: Sequence[str]) -> dict[str, Any]:
    """The keys of launchd.plist(5)."""
    return {
        "Label": LABEL,
        "ProgramArguments": list(command),
        "RunAtLoad": True,
        "KeepAlive": False,
        "LimitLoadToSessionType": "Aqua",
        "ProcessType": "Interactive",
    }


def text(command: Sequence[str]) -> bytes:
    return plistlib.dumps(agent(command), sort_keys=False)


def path() -> Path:
    return Path.home() / "Library" / "LaunchAgents" / f"{LABEL}.plist"


def launchctl(arguments: Sequence[str]) -> str:
    """What it prints; nothing where it is not there or gives no answer."""
    try:
        done = subprocess.run(
            ["launchctl", *arguments], capture_output=True, text=True, timeout=LIMIT_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout


def status(file: Path | None = None, ask: Launchctl = launchctl) -> Status:
    file = file or path()
    try:
        keys = plistlib.loads(file.read_bytes())
    except FileNotFoundError:
        return Status(False, tr("It does not start at logon."))
    except OSError as error:
        sentence = tr("The entry at logon, {path}, cannot be read: {why}.", path=file, why=entry.reason(error))
        return Status(False, sentence, "launch-agent", str(file), broken=True, ours=False)
    except (ValueError, ExpatError, plistlib.InvalidFileException):
        sentence = tr("The entry at logon, {path}, is damaged.", path=file)
        return Status(False, sentence, "launch-agent", str(file), broken=True)
    arguments = keys.get("ProgramArguments") if isinstance(keys, dict) else None
    command = tuple(str(word) for word in arguments) if isinstance(arguments, list) else ()
    ours = entry.is_ours(command)
    if (isinstance(keys, dict) and keys.get("Disabled") is True) or _switched_off(ask):
        sentence = tr("It does not start at logon: it is switched off in {where}.", where=tr("the System Settings"))
        return Status(False, sentence, "launch-agent", str(file), command, ours=ours, chosen_off=True)
    if not entry.is_there(command):
        return Status(False, entry.gone(command), "launch-agent", str(file), command, broken=True, ours=ours)
    sentence = tr("It starts at logon (by {path}).", path=file)
    return Status(True, sentence, "launch-agent", str(file), command, ours=ours)


def put(command: Sequence[str], file: Path | None = None, ask: Launchctl = launchctl) -> str:
    """Raises Refused."""
    file = file or path()
    if why := entry.unwritable(command):
        raise Refused(why)
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(text(command))
        part.replace(file)
    except OSError as error:
        try:
            part.unlink(missing_ok=True)
        except OSError:
            pass  # its folder is a file, or may not be written
        sentence = tr("The entry at logon, {path}, cannot be written: {why}.", path=file, why=entry.reason(error))
        raise Refused(sentence) from error
    ask(["enable", f"gui/{_user()}/{LABEL}"])
    return tr("SO8T starts at logon (by {path}).", path=file)


def remove(file: Path | None = None) -> str:
    """Raises Refused."""
    file = file or path()
    try:
        file.unlink(missing_ok=True)
    except NotADirectoryError:
        pass  # its folder is a file: there is no entry
    except OSError as error:
        sentence = tr("The entry at logon, {path}, cannot be removed: {why}.", path=file, why=entry.reason(error))
        raise Refused(sentence) from error
    return tr("SO8T does not start at logon any more.")


def _switched_off(ask: Launchctl) -> bool:
    output = ask(["print-disabled", f"gui/{_user()}"])
    return re.search(rf'"{re.escape(LABEL)}"\s*=>\s*(disabled|true)\b', output) is not None


def _user() -> int:
    if sys.platform == "win32":
        return 0
    return os.getuid()
