"""Starts the engine for the kill loop and hears what it says: the real program, or the toy in a forked child."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from typing import IO, Any

ONE_THREAD = {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1"}


class Running:
    """A started engine in a process group of its own. Has state because a thread listens to it."""

    def __init__(self, pid: int, words: IO[str], process: subprocess.Popen[str] | None = None) -> None:
        self.pid = pid
        self.started = time.monotonic()
        self.heard: list[tuple[float, dict[str, Any]]] = []
        self.code: int | None = None
        self._process = process
        self._words = words
        self._news = threading.Condition()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def wait_for(self, name: str, count: int, seconds: float) -> bool:
        """Until it has said `name` that often; False where it ended or that takes too long."""
        with self._news:
            return self._news.wait_for(lambda: len(self.said(name)) >= count or self.code is not None, seconds) and (
                len(self.said(name)) >= count
            )

    def wait(self, seconds: float) -> int | None:
        """Its exit code, or None after that many seconds."""
        with self._news:
            self._news.wait_for(lambda: self.code is not None, seconds)
        return self.code

    def kill(self) -> bool:
        """SIGKILL to the whole group; False where it had already ended. All it said is read to the end."""
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self._listener.join()
        return self.code == -signal.SIGKILL

    def said(self, name: str) -> list[dict[str, Any]]:
        return [event for _, event in self.heard if event["name"] == name]

    def _listen(self) -> None:
        for line in self._words:
            try:
                event = json.loads(line)
            except ValueError:
                continue  # cut off in the middle of a line
            with self._news:
                self.heard.append((time.monotonic() - self.started, event))
                self._news.notify_all()
        self._words.close()
        code = self._process.wait() if self._process else os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        with self._news:
            self.code = code
            self._news.notify_all()


def start_program(arguments: Sequence[str], **extra: str) -> Running:
    """`extra`: of its environment."""
    command = [sys.executable, "-m", "so8t_engine.cli", *arguments]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True,
        env={**os.environ, **ONE_THREAD, **extra},
    )  # fmt: skip
    assert process.stdout is not None
    return Running(process.pid, process.stdout, process)


def start_toy(arguments: Sequence[str]) -> Running:
    """The real command line in a forked child that need not import it again."""
    from crash import toy
    from so8t_engine import cli

    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.setsid()
        os.environ["SO8T_SUPERVISED"] = "0"  # the fork itself does the work
        os.dup2(write, 1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        toy.install()
        os._exit(cli.main(list(arguments)))
    os.close(write)
    return Running(pid, os.fdopen(read, encoding="utf-8", errors="replace"))
