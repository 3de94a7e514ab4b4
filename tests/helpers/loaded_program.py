"""`so8t` by a process that has loaded its code once and forks for each command: the program from its arguments to its
exit code, without the seconds in which it starts, and without a supervisor.

For tests of what a command does. That it starts alone and is watched over is seen by those that use program.py, which
is also what stands here where processes do not fork (Windows) or libraries do not bear it (macOS).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from types import TracebackType

from helpers import program
from helpers.paths import TESTS
from helpers.program import environment
from so8t_engine import cli

FORKS = sys.platform == "linux"


class LoadedProgram:
    """One command at a time. Has state because the process that forks has; use it as a context manager."""

    def __init__(self, folder: Path, *modules: str) -> None:
        """`folder`: for what is printed. `modules` are loaded beside the command line, and installed if they can be."""
        self.out, self.err, self._words = folder / "out", folder / "err", [""]
        self._forks = subprocess.Popen(
            [sys.executable, "-m", "helpers.loaded_program", *modules],
            cwd=TESTS, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def __enter__(self) -> LoadedProgram:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._forks.communicate()

    def so8t(self, *arguments: object, **extra: str) -> subprocess.CompletedProcess[str]:
        """As program.so8t."""
        if not FORKS:
            return program.so8t(*arguments, **extra)
        self.start(*arguments, **extra)
        return self.ended()

    def start(self, *arguments: object, **extra: str) -> int:
        """Its process, which leads a group of its own."""
        self._words = [*map(str, arguments)]
        asked = [self._words, environment(SO8T_SUPERVISED="0", **extra), str(self.out), str(self.err)]
        print(json.dumps(asked), file=self._forks.stdin, flush=True)
        return self._number()

    def ended(self) -> subprocess.CompletedProcess[str]:
        code = self._number()
        out, err = (path.read_text(encoding="utf-8") for path in (self.out, self.err))
        return subprocess.CompletedProcess(self._words, code, out, err)

    def _number(self) -> int:
        assert self._forks.stdout is not None
        return int(self._forks.stdout.readline())


def serve(modules: Sequence[str]) -> None:
    for name in modules:
        getattr(import_module(name), "install", lambda: None)()
    for line in sys.stdin:
        words, variables, *printed = json.loads(line)
        for path in printed:
            Path(path).write_bytes(b"")
        pid = os.fork()
        if pid == 0:
            command(words, variables, printed)
        print(pid, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


def command(words: list[str], variables: dict[str, str], printed: Sequence[str]) -> None:
    """Ends the process."""
    code: object = 1
    try:
        os.setsid()
        os.environ.clear()
        os.environ.update(variables)
        for number, path in enumerate([os.devnull, *printed]):
            os.dup2(os.open(path, os.O_RDWR), number)
        code = cli.main(words)
    except SystemExit as error:  # argparse's
        code = error.code
    finally:
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else 1)


if __name__ == "__main__":
    serve(sys.argv[1:])
