"""Start at logon on Windows: a task of the Task Scheduler; where that is refused, the value Run in the user's registry.

Never run on Windows yet: what asks the system goes through `System`, so that everything else is tested.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from so8t_gui.autostart import entry, task
from so8t_gui.autostart.entry import Refused, Status, tr

VALUE = "SO8T"
RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
APPROVED = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
OWN = r"Software\SO8T"  # the task's command, which schtasks shows in the console's code page alone
LONGEST_RUN = 260  # characters; Windows passes over a longer value
LIMIT_SECONDS = 30.0
CREATE_NO_WINDOW = 0x08000000
LOST = frozenset("?\ufffd")  # no path of Windows has them: a code page had no such character
SID = re.compile(rb"\bS-1-[0-9]+(?:-[0-9]+)+\b")

Done = tuple[int, bytes]  # exit code, output
RunProgram = Callable[[Sequence[str]], Done]


class Registry(Protocol):
    """Below HKEY_CURRENT_USER. All raise OSError; `read` and `delete` FileNotFoundError where nothing is."""

    def read(self, key: str, name: str) -> str | bytes: ...

    def write(self, key: str, name: str, value: str) -> None: ...

    def delete(self, key: str, name: str) -> None: ...


@dataclass(frozen=True)
class System:
    """What this module asks Windows: programs, the registry, and the user as DOMAIN\\name and as a SID.

    The SID is empty where it is not known; Entra ID's accounts are found badly by name.
    """

    run: RunProgram
    registry: Registry
    user: str
    sid: str = ""


def status(system: System | None = None) -> Status:
    """The task, else the Run value. Where both are there the one that works counts (the program starts once)."""
    system = system or _system()
    statuses = [state for state in (_task_status(system), _run_status(system)) if state is not None]
    best = [s for s in statuses if s.on] or [s for s in statuses if s.broken] or statuses
    return best[0] if best else Status(False, tr("It does not start at logon."))


def put(command: Sequence[str], system: System | None = None) -> str:
    """Returns what to tell the user, and which way it is. Raises Refused."""
    system = system or _system()
    if why := entry.unwritable(command):
        raise Refused(why)
    refused = _create(command, system)
    if not refused:
        _forget_run(system)
        _remember(system, command)
        return tr("SO8T starts at logon (by the Task Scheduler).")
    line = subprocess.list2cmdline(command)
    if len(line) > LONGEST_RUN:
        why = tr("the path of the program is longer than the {most} characters it takes", most=LONGEST_RUN)
        raise Refused(tr("The Task Scheduler said: {task} The registry said: {run}.", task=refused, run=why))
    try:
        system.registry.write(RUN, VALUE, line)
        _delete_value(system, APPROVED)  # switched off in the Task Manager before, and wanted now
    except OSError as error:
        raise Refused(
            tr("The Task Scheduler said: {task} The registry said: {run}.", task=refused, run=error)
        ) from error
    return tr("SO8T starts at logon (by the registry's Run key; the Task Scheduler refused: {why})", why=refused)


def remove(system: System | None = None) -> str:
    """Raises Refused."""
    system = system or _system()
    if _task_status(system) is not None:
        code, output = _schtasks(system, "/Delete", "/TN", task.name(system.user), "/F")
        if code:
            raise Refused(tr("The Task Scheduler said: {task}", task=decoded(output).strip()))
    try:
        _forget_run(system)
    except OSError as error:
        raise Refused(tr("The registry said: {run}.", run=error)) from error
    return tr("SO8T does not start at logon any more.")


def decoded(output: bytes) -> str:
    """What schtasks prints: UTF-16 with or without its mark, or the code page of the console."""
    if output[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return output.decode("utf-16", "replace")
    if b"\x00" in output[:64]:
        return output.decode("utf-16-le", "replace")
    try:
        return output.decode("utf-8")
    except UnicodeDecodeError:
        return output.decode("oem" if sys.platform == "win32" else "latin-1", "replace")


def _create(command: Sequence[str], system: System) -> str:
    """Registers the task; returns why not, if not."""
    if task.unfit(command):
        return tr("it would read a part of the path {path} as a variable.", path=command[0])
    with tempfile.TemporaryDirectory(prefix="so8t-") as folder:
        path = Path(folder) / "task.xml"
        path.write_text(task.text(command, system.sid or system.user), encoding="utf-16", newline="\r\n")
        code, output = _schtasks(system, "/Create", "/TN", task.name(system.user), "/XML", str(path), "/F")
    return "" if code == 0 else decoded(output).strip() or tr("code {code}.", code=code)


def _task_status(system: System) -> Status | None:
    name = task.name(system.user)
    code, output = _schtasks(system, "/Query", "/TN", name, "/XML")
    if code:
        return None  # there is none, or no Task Scheduler; its output is in the language of the system
    registered = task.parse(decoded(output))
    if registered is None or not registered.command:
        return Status(False, tr("The task {name} cannot be read.", name=name), "task", name, broken=True)
    return _judge(
        "task", name, _as_written(system, registered.command), enabled=registered.enabled,
        switch=tr("the Task Scheduler"),
        sentence=tr("It starts at logon (by the Task Scheduler)."),
    )  # fmt: skip


def _as_written(system: System, seen: tuple[str, ...]) -> tuple[str, ...]:
    """The command as `put` wrote it, if the task still has it; else as schtasks shows it."""
    if entry.is_there(seen):
        return seen
    try:
        kept = system.registry.read(OWN, VALUE)
    except OSError:
        return seen
    written = tuple(task.split(kept)) if isinstance(kept, str) else ()
    return written if task.is_same(seen, written) else seen


def _remember(system: System, command: Sequence[str]) -> None:
    try:
        system.registry.write(OWN, VALUE, subprocess.list2cmdline(command))
    except OSError:
        pass  # the task is there; what schtasks shows will have to do


def _run_status(system: System) -> Status | None:
    try:
        line = system.registry.read(RUN, VALUE)
    except FileNotFoundError:
        return None
    place = rf"HKCU\{RUN}\{VALUE}"
    command = tuple(task.split(line)) if isinstance(line, str) else ()
    return _judge(
        "run", place, command, enabled=not _disapproved(system), switch=tr("the Task Manager"),
        sentence=tr("It starts at logon (by the registry's Run key)."),
    )  # fmt: skip


def _judge(way: str, place: str, command: tuple[str, ...], *, enabled: bool, switch: str, sentence: str) -> Status:
    """`switch`: where a user can switch it off; `sentence`: that it starts this way."""
    ours = entry.is_ours(command)
    if not enabled:
        off = tr("It does not start at logon: it is switched off in {where}.", where=switch)
        return Status(False, off, way, place, command, ours=ours, chosen_off=True)
    if not LOST.intersection(command[0] if command else "") and not entry.is_there(command):
        return Status(False, entry.gone(command), way, place, command, broken=True, ours=ours)
    return Status(True, sentence, way, place, command, ours=ours)


def _disapproved(system: System) -> bool:
    """The Task Manager's list of startup programs keeps an odd first byte for what was switched off."""
    try:
        kept = system.registry.read(APPROVED, VALUE)
    except OSError:
        return False
    return isinstance(kept, bytes) and bool(kept) and kept[0] % 2 == 1


def _forget_run(system: System) -> None:
    for key in (RUN, APPROVED, OWN):
        _delete_value(system, key)


def _delete_value(system: System, key: str) -> None:
    try:
        system.registry.delete(key, VALUE)
    except FileNotFoundError:
        pass  # as wished


def _schtasks(system: System, *arguments: str) -> Done:
    try:
        return system.run(["schtasks", *arguments])
    except subprocess.TimeoutExpired:
        return 1, tr("schtasks gave no answer.").encode()
    except OSError as error:
        return 1, tr("schtasks cannot be started: {why}.", why=entry.reason(error)).encode()


def _system() -> System:
    name, domain = os.environ.get("USERNAME", ""), os.environ.get("USERDOMAIN", "")
    return System(_run, _registry(), f"{domain}\\{name}" if domain else name, sid(_run))


def sid(run: RunProgram) -> str:
    """Of the user whose program this is; empty where the system does not say."""
    try:
        code, output = run(["whoami", "/user", "/fo", "csv", "/nh"])
    except (OSError, subprocess.TimeoutExpired):
        return ""
    match = SID.search(output)
    return match[0].decode("ascii") if code == 0 and match else ""


def _run(argv: Sequence[str]) -> Done:
    flags = CREATE_NO_WINDOW if sys.platform == "win32" else 0
    done = subprocess.run(
        argv, stdin=subprocess.DEVNULL, capture_output=True, timeout=LIMIT_SECONDS, creationflags=flags, check=False
    )
    return done.returncode, done.stdout if done.returncode == 0 else done.stderr or done.stdout


def _registry() -> Registry:
    from so8t_gui.autostart import windows_registry

    return windows_registry.User()
