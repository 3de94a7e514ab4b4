"""Commands that people read, written so that they work as they stand: the program as it was called, folder, session.

A template of the catalogue names a command between backticks, `so8t resume SESSION`. Who says it on a command line
knows by which words that command reaches the session it is about, and `Typed` puts them in; the window has buttons.
Imports little: sentences.py, which the window imports, imports this module.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from so8t_engine import paths, shells
from so8t_engine.plain_text import plain

PROGRAM = "so8t"
COMMAND = re.compile(r"`so8t (?P<words>[a-z][^`]*)`")
PLACES = {"session": re.compile(r"\bSESSION\b"), "file": re.compile(r"\bFILE\b")}  # what a template has in their place
NO_SESSIONS = ("presets", "config", "alpha", "doctor", "data try", "autostart")  # commands that look at none
AS_IT_IS = re.compile(r"--(?:data-root|help)\b")


@dataclass(frozen=True)
class Typed:
    """`program`: what is typed in place of so8t; `root`: for `--data-root`, where the sessions lie elsewhere than is
    looked without it; `session`, `file` (of a configuration): what is spoken of. All but the first may be empty.
    """

    program: str = PROGRAM
    root: str = ""
    session: str = ""
    file: str = ""

    def reaching(self, session: Path) -> Typed:
        """So that commands reach this session, wherever it lies."""
        return replace(self, session=session.name, root=paths.named_root(session.parent))

    def template(self, template: str) -> str:
        """The same with its commands as they are to be typed; still a template."""
        return COMMAND.sub(lambda found: f"`{self.command(found['words'])}`", template)

    def command(self, words: str) -> str:
        """`words`: all behind `so8t`, of a template."""
        if words == "resume" and self.session:
            words = "resume SESSION"
        for name, place in PLACES.items():
            if known := getattr(self, name):
                words = _in_template(quoted(known)).join(place.split(words))
        if self.root and not words.startswith(NO_SESSIONS) and not AS_IT_IS.search(words):
            words = f"{words} --data-root {_in_template(quoted(self.root))}"
        return f"{_in_template(self.program)} {words}"


AS_THEY_ARE = Typed()


def quoted(text: str) -> str:
    """As one word of a command, for the shell of this terminal."""
    return shells.quoted(plain(text, most=None))


def program(called: str) -> str:
    """What to type for this program, which was called by this path: its name where the shell finds it by that."""
    path = Path(called)
    if path.name.removesuffix(".exe") != PROGRAM:
        return PROGRAM  # `python -m`, a test
    found = shutil.which(PROGRAM)
    try:
        if found is not None and Path(found).with_suffix("").samefile(path.with_suffix("")):
            return PROGRAM
    except OSError:  # Windows: so8t.exe
        if Path(str(found)).with_suffix("") == path.with_suffix("").absolute():
            return PROGRAM
    return shells.line(plain(called, most=None)) if path.name != called else PROGRAM


def _in_template(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
