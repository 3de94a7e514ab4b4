"""Start at logon: whether it is on, and on and off. One module a platform, chosen here. No Qt, and nothing raises.

An *entry* is what makes the system start SO8T at logon: a .desktop file (`linux`, `desktop_entry`), a LaunchAgent
(`macos`), a task of the Task Scheduler or a value of the registry (`windows`, `task`, `windows_registry`); `entry` is
what they share. `status()` is the truth; the other functions return what was done, or why it was not, as text.

May import: so8t_resources and, where Qt is loaded already, so8t_gui.i18n.
"""

from __future__ import annotations

import sys

from so8t_gui.autostart import entry
from so8t_gui.autostart.entry import Refused, Status, tr

if sys.platform == "win32":
    from so8t_gui.autostart import windows as platform
elif sys.platform == "darwin":
    from so8t_gui.autostart import macos as platform
else:
    from so8t_gui.autostart import linux as platform

__all__ = ["Status", "disable", "enable", "repair", "start_command", "status"]


def status() -> Status:
    try:
        return platform.status()
    except (Refused, OSError, RuntimeError) as error:  # RuntimeError: there is no home folder
        return Status(
            False, tr("Whether it starts at logon cannot be told: {why}.", why=error), broken=True, ours=False
        )


def start_command() -> tuple[str, ...]:
    """What starts this program hidden, whether or not there is an entry."""
    return entry.command(sys.executable, True, sys.platform == "win32")


def enable(hidden: bool = True) -> str:
    """Registers this program, in the place of any entry before."""
    try:
        return platform.put(entry.command(sys.executable, hidden, sys.platform == "win32"))
    except (Refused, OSError, RuntimeError) as error:
        return tr("It could not be set to start at logon. {why}", why=error)


def disable() -> str:
    try:
        return platform.remove()
    except (Refused, OSError, RuntimeError) as error:
        return tr("It could not be kept from starting at logon. {why}", why=error)


def repair() -> str:
    """At every start: an entry of ours whose program has moved is rewritten. Returns what to tell, or nothing.

    An entry that a person changed is only reported, and one that was switched off stays off.
    """
    before = status()
    if not before.broken:
        return ""
    if not before.ours:
        return tr("{what} It was not made by SO8T, so it was left alone.", what=before.sentence)
    outcome = enable(entry.HIDDEN in before.command or not before.command)
    if status().on:
        return tr("The entry at logon started a program that is gone; it starts this one now.")
    return f"{before.sentence} {outcome}"
