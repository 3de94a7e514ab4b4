"""A task of Windows' Task Scheduler as XML, and back. Pure.

Schema: namespace http://schemas.microsoft.com/windows/2004/02/mit/task, version 1.2 (Windows 7 and later).
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

SPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"
VERSION = "1.2"
DELAY = "PT10S"  # the panel and the network come first
EXPANDED = re.compile(r"%[^%]+%|\$\(")
OTHER_THAN_ASCII = re.compile(r"([^\x00-\x7f]+)")
NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


@dataclass(frozen=True)
class Task:
    """What a registered task says. `enabled`: not switched off in the Task Scheduler, neither it nor its trigger."""

    command: tuple[str, ...]
    enabled: bool


def name(user: str) -> str:
    """All users of a machine share one list of tasks; nobody may replace another's."""
    return f"SO8T at logon of {NOT_IN_NAMES.sub('-', user)}"


def unfit(command: Sequence[str]) -> bool:
    """Whether the Task Scheduler would start something else: it puts values in the place of %NAME% and $(ArgN)."""
    return any(EXPANDED.search(word) for word in command)


def is_same(seen: Sequence[str], written: Sequence[str]) -> bool:
    """Whether `seen` is `written` as a console's code page shows it: there every character that is not ASCII may have
    become another one, or a few.
    """
    return len(seen) == len(written) and all(
        re.fullmatch("".join(_shown(part) for part in OTHER_THAN_ASCII.split(after)), before, re.DOTALL)
        for before, after in zip(seen, written, strict=True)
    )


def _shown(part: str) -> str:
    return re.escape(part) if part.isascii() else f".{{{len(part)},{4 * len(part)}}}"


def text(command: Sequence[str], user: str) -> str:
    """`user` as a SID, or DOMAIN\\name: the trigger and the rights are that user's alone."""
    root = ElementTree.Element("Task", version=VERSION, xmlns=SPACE)
    about = ElementTree.SubElement(root, "RegistrationInfo")
    _add(about, "Author", user)
    _add(about, "Description", "Starts SO8T, hidden in the tray, so that a session that was cut off can go on.")
    trigger = ElementTree.SubElement(ElementTree.SubElement(root, "Triggers"), "LogonTrigger")
    _add(trigger, "Enabled", "true")
    _add(trigger, "UserId", user)
    _add(trigger, "Delay", DELAY)
    principal = ElementTree.SubElement(ElementTree.SubElement(root, "Principals"), "Principal", id="Author")
    _add(principal, "UserId", user)
    _add(principal, "LogonType", "InteractiveToken")
    _add(principal, "RunLevel", "LeastPrivilege")
    settings = ElementTree.SubElement(root, "Settings")
    for key, value in (
        ("MultipleInstancesPolicy", "IgnoreNew"),
        ("DisallowStartIfOnBatteries", "false"),
        ("StopIfGoingOnBatteries", "false"),
        ("AllowHardTerminate", "false"),  # the window pauses its session first
        ("StartWhenAvailable", "false"),
        ("RunOnlyIfNetworkAvailable", "false"),
        ("AllowStartOnDemand", "true"),
        ("Enabled", "true"),
        ("Hidden", "false"),
        ("RunOnlyIfIdle", "false"),
        ("WakeToRun", "false"),
        ("ExecutionTimeLimit", "PT0S"),  # none; the usual one is three days
        ("Priority", "5"),  # as programs that a user starts; the usual 7 slows the disk down
    ):
        _add(settings, key, value)
    start = ElementTree.SubElement(ElementTree.SubElement(root, "Actions", Context="Author"), "Exec")
    _add(start, "Command", command[0])
    if command[1:]:
        _add(start, "Arguments", subprocess.list2cmdline(command[1:]))
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-16"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def parse(content: str) -> Task | None:
    """None where that is no task."""
    body = re.sub(r"\A\ufeff?\s*<\?xml[^>]*\?>", "", content.strip())  # its encoding is no longer the one it names
    try:
        root = ElementTree.fromstring(body)
    except ElementTree.ParseError:
        return None
    if root.tag != f"{{{SPACE}}}Task":
        return None
    program = root.findtext(f".//{{{SPACE}}}Exec/{{{SPACE}}}Command", "")
    if "\n" in program:  # somebody laid the file out
        program = program.strip()
    if len(program) > 1 and program[0] == program[-1] == '"':
        program = program[1:-1]
    arguments = root.findtext(f".//{{{SPACE}}}Exec/{{{SPACE}}}Arguments", "")
    switches = [root.find(f".//{{{SPACE}}}{inside}/{{{SPACE}}}Enabled") for inside in ("Settings", "LogonTrigger")]
    enabled = all(switch is None or (switch.text or "").strip().casefold() != "false" for switch in switches)
    return Task((program, *split(arguments)) if program else (), enabled)


def split(line: str) -> list[str]:
    """A Windows command line into its arguments: the rules of CommandLineToArgvW, the inverse of list2cmdline."""
    argv, word, quoted, started, slashes = [], "", False, False, 0
    for character in line:
        if character == "\\":
            slashes += 1
            continue
        if character == '"':
            word += "\\" * (slashes // 2)
            if slashes % 2:
                word += '"'
            else:
                quoted, started = not quoted, True
        else:
            word += "\\" * slashes
            if character in " \t" and not quoted:
                argv += [word] if word or started else []
                word, started = "", False
            else:
                word += character
        slashes = 0
    word += "\\" * slashes
    return argv + ([word] if word or started else [])


def _add(parent: ElementTree.Element, key: str, value: str) -> None:
    ElementTree.SubElement(parent, key).text = value
