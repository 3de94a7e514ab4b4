"""What strikes the toy's process in its train step: it hangs, is stopped, crashes, or its GPU fails."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from crash import toy
from so8t_engine.run.context import Context
from so8t_engine.session import durable


class AcceleratorError(RuntimeError):
    """Named as torch's own, which is not loaded here."""


def spinning_at_the_mill() -> None:
    """Busy without end, the GIL held most of the time."""
    number = 0
    while True:
        number += 1


def fail_gpu() -> None:
    raise AcceleratorError(
        "CUDA error: unspecified launch failure\nCUDA kernel errors might be asynchronously reported"
    )


def no_memory() -> None:
    raise RuntimeError("[enforce fail at alloc_cpu.cpp:127] DefaultCPUAllocator: can't allocate memory: you tried ...")


def kill_oneself() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def crash_in_native_code() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.abort()


def leave_without_a_word() -> None:
    """As Task Manager and many a security product end a process on Windows."""
    os._exit(1)


def print_what_no_code_page_has() -> None:
    print("reward \U0001f389 \udc80")


def wait_long() -> None:
    time.sleep(3600)


TROUBLES = {
    "stop": lambda: os.kill(os.getpid(), signal.SIGSTOP),
    "spin": spinning_at_the_mill,
    "gpu": fail_gpu,
    "memory": no_memory,
    "kill": kill_oneself,
    "abort": crash_in_native_code,
    "sleep": wait_long,
    "exit": leave_without_a_word,
    "print": print_what_no_code_page_has,
}


def fill_disk(session: Path) -> None:
    """To the last byte."""
    facts = os.statvfs(session)
    with (session.parent / "ballast").open("wb") as ballast:
        os.posix_fallocate(ballast.fileno(), 0, facts.f_bavail * facts.f_bsize)


def away(session: Path, kind: str) -> None:
    """What a file manager, a person or a cable does to the folder of a session that runs."""
    if kind == "rename":
        session.rename(session.with_name("20270101-000000-renamed"))
    elif kind == "trash":
        (session.parent.parent / "Trash" / "files").mkdir(parents=True, exist_ok=True)
        session.rename(session.parent.parent / "Trash" / "files" / session.name)
    elif kind == "moveroot":
        session.parent.rename(session.parent.with_name("elsewhere"))
    elif kind == "replace":
        session.rename(session.with_name("20270101-000000-renamed"))
        session.mkdir()
    elif kind == "delete":
        while session.exists():  # a save in the background may be making files in it
            shutil.rmtree(session, ignore_errors=True)
    elif kind == "halfway":  # `rm -rf`, when the process looks
        for path in session.iterdir():
            if path.name != "logs":
                shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
    elif kind == "unmount":
        subprocess.run(["umount", "-l", str(session.parent.parent)], check=True)


def take_away(kind: str, step: str, number: int, where: str) -> None:
    """At the tick of this unit, or in the middle of the write before it; `where`: tick, write, save, fill."""

    def strike(session: Path) -> None:
        if not struck:
            struck.append(1)
            away(session, kind)

    struck: list[int] = []
    if where == "tick":
        tick = Context.tick

        def ticking(self: Context, cursor, *more, **named) -> None:  # type: ignore[no-untyped-def]
            if (cursor.step, cursor.unit) == (step, number):
                strike(self.session)
            tick(self, cursor, *more, **named)

        Context.tick = ticking  # type: ignore[method-assign]
        return
    name = {"write": "replace", "save": "write", "fill": "publish"}[where]
    real = getattr(durable, name)

    def striking(path: Path, *more, **named):  # type: ignore[no-untyped-def]
        session = next((folder for folder in path.parents if (folder / "config.yaml").exists()), None)
        if session is not None and session.suffix != ".part" and path.relative_to(session).as_posix().startswith(step):
            strike(session)
        return real(path, *more, **named)

    setattr(durable, name, striking)


def install(trouble: str) -> None:
    toy.install()
    if not trouble:
        return
    if trouble.startswith("away:"):
        _, kind, step, number, where = trouble.split(":")
        take_away(kind, step, int(number), where)
        return
    kind, _, rest = trouble.partition("@")
    place, _, always = rest.partition("/")
    tick = Context.tick

    def struck(self: Context, cursor, *more, **named) -> None:  # type: ignore[no-untyped-def]
        mark = self.session.parent / "struck"
        if cursor.step == "train" and cursor.unit == int(place) and (always or not mark.exists()):
            mark.touch()
            fill_disk(self.session) if kind == "full" else TROUBLES[kind]()
        tick(self, cursor, *more, **named)

    Context.tick = struck  # type: ignore[method-assign]
