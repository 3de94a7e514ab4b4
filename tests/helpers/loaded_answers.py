"""What the window asks, answered by a process that has loaded the engine's command line once and forks each time.

`command` is started in the place of `python -m so8t_engine.cli`: a small program that hands its arguments, its
environment and what it prints to over to the fork, and ends with the fork's exit code, or takes it along where it is
killed. That the command line answers when it starts alone is seen by tests that ask it so.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import sys

TYPE_CHECKING = False  # not from `typing`: the small program would load it each time
if TYPE_CHECKING:
    from so8t_engine.config.run_config import RunConfig

LOADED = (
    "so8t_engine.cli",
    "so8t_engine.doctor.checkup",
    "so8t_engine.doctor.data_sources",
    "ftfy",
    "psutil",
    "pynvml",
)
MOST_BYTES = 1 << 20


class LoadedAnswers:
    """`command`; has state because the process that forks has; use it as a context manager."""

    def __init__(self, folder: str) -> None:
        import subprocess

        self._address = f"{folder}/answers"
        self.command = (sys.executable, "-I", "-S", __file__, self._address)
        self._forks = subprocess.Popen(
            [sys.executable, __file__, "serve", self._address],
            env={**os.environ, "PYTHONUTF8": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self._forks.stdout is not None
        self._forks.stdout.readline()

    def __enter__(self) -> LoadedAnswers:
        return self

    def __exit__(self, *_: object) -> None:
        self._forks.communicate()


def serve(address: str) -> None:
    """Until the process that wants it is gone."""
    import gc
    from importlib import import_module

    for name in LOADED:
        import_module(name)
    file = import_module("so8t_engine.config.file")
    presets = [file.load_preset(name) for name, _ in file.presets()]  # what its text means, each fork knows then
    remember_looks([preset for preset in presets if all(each.path.startswith("demo:") for each in preset.datasets)])
    gc.freeze()
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        listener.bind(address)
        listener.listen(64)
        print("ready", flush=True)
        while sys.stdin not in select.select([listener, sys.stdin], [], [])[0]:
            asker, _ = listener.accept()
            if os.fork() == 0:
                answer(asker)
            asker.close()
            with contextlib.suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass


def remember_looks(configs: list[RunConfig]) -> None:
    """What a look at SO8T's own sources finds, which never change, each fork knows then of these configurations,
    whatever a user calls them. Of any other one, a source or a seed changed, it looks itself.
    """
    from so8t_engine.doctor import data_sources

    def read(config: RunConfig) -> str:
        return config.model_dump_json(exclude={"name", "description"})

    look, known = data_sources.check, {read(config): data_sources.check(config) for config in configs}
    data_sources.check = lambda config: known.get(read(config)) or look(config)


def answer(asker: socket.socket) -> None:
    """One question, by a process of its own, which goes when the asker goes. Ends this process."""
    body, files, *_ = socket.recv_fds(asker, MOST_BYTES, 3)
    pid = os.fork()
    if pid == 0:
        command(*json.loads(body), files)
    for file in files:
        os.close(file)
    if asker in select.select([asker, os.pidfd_open(pid)], [], [])[0]:
        os.kill(pid, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    with contextlib.suppress(OSError):  # the asker may be gone
        asker.send(str(code).encode())
    os._exit(0)


def command(words: list[str], variables: dict[str, str], folder: str, files: list[int]) -> None:
    """The command line from its arguments to its exit code. Ends the process."""
    from so8t_engine import cli

    code: object = 1
    try:
        os.environ.clear()
        os.environ.update(variables)
        os.chdir(folder)
        for number, file in enumerate(files):
            os.dup2(file, number)
        sys.stdout, sys.stderr = (
            os.fdopen(1, "w"),
            os.fdopen(2, "w"),
        )  # these know their files anew
        code = cli.main(words)
    except SystemExit as error:  # argparse's
        code = error.code
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(code if isinstance(code, int) else 1)


def ask(address: str, words: list[str]) -> int:
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as asked:
        asked.connect(address)
        socket.send_fds(asked, [json.dumps([words, dict(os.environ), os.path.realpath(".")]).encode()], [0, 1, 2])
        return int(asked.recv(MOST_BYTES) or "1")


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve(sys.argv[2])
    else:
        sys.exit(ask(sys.argv[1], sys.argv[2:]))
