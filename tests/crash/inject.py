"""Faults at every n-th system call of a resume and a commit: n = 1, 2, 3, ... until a run is not hit any more.

A process that has imported everything forks a child per case; strace attaches to the child and injects, so that
the interpreter's own start is never hit. As a program: one JSON object as the last line, exit code 1 where
anything was bad.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import select
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from crash import states, verdicts, workload
from crash.replay import scratch
from so8t_engine.errors import EngineError
from so8t_engine.run import wait_for_space
from so8t_engine.run.control import Control
from so8t_engine.sentences import verbatim

CALLS = "openat,write,fsync,ftruncate,rename,mkdir,unlink,unlinkat,rmdir"
FAULTS = {
    "KILL": "signal=KILL:when={n}",
    "ENOSPC": "error=ENOSPC:when={n}",
    "EIO": "error=EIO:when={n}",
    "EROFS": "error=EROFS:when={n}+",
    "FULL": "error=ENOSPC:when={n}+",
    "DEAD": "error=EIO:when={n}+",
}
WRITING = "write,fsync,ftruncate,rename,mkdir,unlink,unlinkat,rmdir"  # what a disk that stays bad refuses
ALLOW_ANY_TRACER, ANYONE = 0x59616D61, ctypes.c_ulong(-1)
ACKNOWLEDGED = 2
READY = "/so8t-ready"


@dataclass
class Result:
    runs: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    endings: Counter[str] = field(default_factory=Counter)
    examples: dict[str, int] = field(default_factory=dict)

    @property
    def bad(self) -> int:
        return self.runs - self.verdicts[verdicts.OK]


def child(root: Path, go: int, out: int) -> None:
    """Resumes and commits twice; says what it acknowledged and how it ended through writev, which is never hit."""

    def tell(word: str) -> None:
        os.writev(out, [f"{word}\n".encode()])

    waits = 0

    def space_came(folder: Path, control: Control) -> None:
        nonlocal waits
        waits += 1
        tell("waiting")
        if waits == 3:
            control.pause(verbatim("nobody frees any space"))

    wait_for_space._wait_for_space = space_came
    workload.say = tell
    ctypes.CDLL(None).prctl(ALLOW_ANY_TRACER, ANYONE, 0, 0, 0)
    while not select.select([go], [], [], 0.001)[0]:
        os.access(READY, os.F_OK)  # seen in the trace: from here on no call is missed
    try:
        workload.run(root, 2)
        tell("END finished")
    except EngineError as error:
        tell(f"END {error.code}")
    except BaseException as error:  # noqa: BLE001  what a user would see as a traceback
        tell(f"END traceback {type(error).__name__}")
    os._exit(0)


def run_case(root: Path, log: Path, what: str) -> tuple[bool, list[str]]:
    """One child with one fault. Returns whether the fault struck, and what the child said."""
    go_read, go_write = os.pipe()
    out_read, out_write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(go_write)
        child(root, go_read, out_write)
    os.close(go_read)
    os.close(out_write)
    tracer = subprocess.Popen(
        [
            "strace",
            "-f",
            "-o",
            str(log),
            "-e",
            f"trace={CALLS},access,faccessat,faccessat2",
            "-e",
            f"inject={what}",
            "-p",
            str(pid),
        ],
        stderr=subprocess.DEVNULL,
    )
    while not log.exists() or READY not in log.read_text():
        if tracer.poll() is not None:
            raise RuntimeError("strace could not attach")
        time.sleep(0.001)
    os.close(go_write)
    with os.fdopen(out_read) as said:
        words = said.read().splitlines()
    _, ended = os.waitpid(pid, 0)
    tracer.wait()
    struck = os.WIFSIGNALED(ended) or "(INJECTED)" in log.read_text()
    return struck, words


def judge(fault: str, root: Path, words: list[str]) -> tuple[str, str]:
    """(verdict, how it ended). A process that was not killed leaves no half-written file and ends with a sentence."""
    acknowledged = max([ACKNOWLEDGED] + [int(word.split()[1]) for word in words if word.startswith("ACK ")])
    ending = next((word[4:] for word in words if word.startswith("END ")), "killed")
    if ending.startswith("traceback") or (ending == "killed") != (fault == "KILL" and words[-1:] != ["END finished"]):
        return f"ended as {ending}", ending
    left = [path.name for path in root.rglob("*.part")]
    if fault in ("ENOSPC", "EIO") and left:
        return f"left behind: {left}", ending
    return verdicts.judge_engine(root, acknowledged, ACKNOWLEDGED + 2), ending


def series(fault: str, progress: Callable[[int], None] = lambda n: None, first: int = 1, step: int = 1) -> Result:
    result = Result()
    with scratch() as folder:
        plain = folder / "plain"
        plain.mkdir()
        workload.say = lambda word: None
        workload.run(plain, ACKNOWLEDGED)
        image = states.read_image(plain)
        workload.run(plain, 2)  # everything that is loaded lazily is loaded now
        calls = WRITING if fault in ("EROFS", "FULL", "DEAD") else CALLS
        n = first
        while True:
            root = folder / f"r{n}"
            root.mkdir()
            states.write_image(root, image)
            (folder / "log").unlink(missing_ok=True)
            struck, words = run_case(root, folder / "log", f"{calls}:{FAULTS[fault].format(n=n)}")
            told, ending = judge(fault, root, words)
            result.runs += 1
            result.verdicts[told] += 1
            result.endings[ending + (" after waiting" if "waiting" in words else "")] += 1
            result.examples.setdefault(told, n)
            progress(n)
            if not struck:
                return result
            n += step


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("fault", choices=FAULTS)
    parser.add_argument("--step", type=int, default=1, help="every n-th call only")
    parser.add_argument("--first", type=int, default=1, help="beginning with this one")
    arguments = parser.parse_args()
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    started = time.monotonic()
    result = series(arguments.fault, first=arguments.first, step=arguments.step)
    body = {
        "fault": arguments.fault,
        "first": arguments.first,
        "step": arguments.step,
        "runs": result.runs,
        "bad": result.bad,
        "endings": dict(result.endings),
    }
    body |= {"verdicts": dict(result.verdicts), "examples": result.examples}
    print(json.dumps(body | {"seconds": round(time.monotonic() - started, 1)}))
    return 1 if result.bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
