"""`so8t` by a fork of a process that has loaded its code (forks.py), without a supervisor: what it prints is in files
that can be read while it runs.

For tests of what a command does. That it starts alone and is watched over is seen by those that use program.py.
"""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from helpers import program
from helpers.forks import FORKS, Forked
from helpers.program import environment


class LoadedProgram:
    """One command at a time. Has state because the process has."""

    def __init__(self, folder: Path, loaded: Sequence[str], **always: str) -> None:
        """`folder`: for what is printed. `loaded`: modules, installed if they can be. `always`: in its environment."""
        self.out, self.err, self._loaded, self._always = folder / "out", folder / "err", loaded, always
        self._process: subprocess.Popen[str] | None = None

    def so8t(self, *arguments: object, **extra: str) -> subprocess.CompletedProcess[str]:
        """As program.so8t."""
        if not FORKS:
            return program.started(*arguments, **self._always, **extra)
        self.start(*arguments, **extra)
        return self.ended()

    def start(self, *arguments: object, **extra: str) -> int:
        """Its process, which leads a group of its own."""
        variables = environment(SO8T_SUPERVISED="0", **self._always, **extra)
        with self.out.open("wb") as out, self.err.open("wb") as err:
            self._process = Forked(
                self._loaded, "so8t_engine.cli", [*map(str, arguments)], variables,
                new_session=True, given=(0, out.fileno(), err.fileno()),
            )  # fmt: skip
        return self._process.pid

    def ended(self) -> subprocess.CompletedProcess[str]:
        assert self._process is not None
        code = self._process.wait()
        out, err = (path.read_text(encoding="utf-8") for path in (self.out, self.err))
        return subprocess.CompletedProcess(self._process.args, code, out, err)
