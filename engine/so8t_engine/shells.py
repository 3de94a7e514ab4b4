"""Words as the shells take them that people type commands into: POSIX shells, PowerShell, cmd.exe; a function for each.

What is shown must do the same in the shell that is there: `$HOME`, `%TEMP%` and a backtick in the name of a folder are
no variables. Imports little: what says a sentence imports this module.
"""

from __future__ import annotations

import functools
import re
import shlex
import sys
from collections.abc import Callable
from typing import Literal

Shell = Literal["posix", "powershell", "cmd"]
BARE = re.compile(r"(?![@~])[\w.:\\/~+=@-]+")  # in cmd.exe and in PowerShell
OF_POWERSHELL = re.compile('[$`"“”„]')  # they mean something in its double quotes; curly ones are quotes to it
SINGLE = re.compile("['‘’‚‛]")
GENERATIONS = 6  # so8t.exe, python.exe, a launcher or two, the shell
NAMES: dict[str, Shell] = {
    "powershell.exe": "powershell", "pwsh.exe": "powershell", "cmd.exe": "cmd", "bash.exe": "posix",
}  # fmt: skip


def posix(word: str) -> str:
    return shlex.quote(word)


def powershell(word: str) -> str:
    """As cmd.exe takes it, too, where that is possible."""
    if BARE.fullmatch(word):
        return word
    if not OF_POWERSHELL.search(word):
        return f'"{_ending(word)}"'
    return "'{}'".format(SINGLE.sub(r"\g<0>\g<0>", _ending(word)))


def cmd(word: str) -> str:
    """A caret outside of quotation marks keeps a `%` from being the beginning of a variable, or its end."""
    if BARE.fullmatch(word):
        return word
    return "^%".join(f'"{_ending(part)}"' if part else "" for part in word.split("%")) if word else '""'


QUOTING: dict[Shell, Callable[[str], str]] = {"posix": posix, "powershell": powershell, "cmd": cmd}


def quoted(word: str, shell: Shell | None = None) -> str:
    """As one word of a command; for the shell of this terminal where none is named."""
    return QUOTING[shell or here()](word)


def line(*words: str, shell: Shell | None = None) -> str:
    """A program and its arguments. PowerShell takes what stands in quotation marks for a text, unless it is called."""
    chosen = shell or here()
    program, *arguments = (quoted(word, chosen) for word in words)
    called = f"& {program}" if chosen == "powershell" and program != words[0] else program
    return " ".join((called, *arguments))


def here() -> Shell:
    """Of the terminal that this program was started from; where it does not tell, what Windows opens by itself."""
    return _of_ancestors(sys.platform)


@functools.cache
def _of_ancestors(platform: str) -> Shell:
    if platform != "win32":
        return "posix"
    import psutil

    try:
        ancestors = [process.name().lower() for process in psutil.Process().parents()[:GENERATIONS]]
    except (psutil.Error, OSError):
        ancestors = []
    return next((NAMES[name] for name in ancestors if name in NAMES), "powershell")


def _ending(text: str) -> str:
    """A backslash before a quotation mark would make it one of the word's own."""
    return text + "\\" * (len(text) - len(text.rstrip("\\")))
