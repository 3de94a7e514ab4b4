"""Kills the processes of a running window in turn, round after round; nobody may be left behind, nothing be lost.

Each round: a session runs in the window (steps of the toy kind, all else is real); one of keeper, window, engine,
worker, or all of them get SIGKILL at a random moment. Then, within --grace seconds: no worker lives without an engine,
no engine without a window. The session goes on by the program's own means (another window, another worker) or by one
click (`so8t-tray resume`). Every session that reaches its end must have the bytes of one that nobody touched. The last
line is one JSON object; exit code 1 where anything was not as it must be.

    cd tests && python -m e2e.desktop.kills --rounds 50
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from crash.soak import digests
from e2e.desktop.desk import TESTS, Desk, lacking, wait
from so8t_engine.session import catalog

TARGETS = ("window", "engine", "worker", "keeper", "all")
ALL = ("keeper", "window", "engine", "worker")
TOY = TESTS / "crash" / "toy.yaml"


def untouched(desk: Desk) -> dict[str, str]:
    """A session by the command line, without a window."""
    command = [sys.executable, "-m", "so8t_engine.cli", "run", str(TOY), "--data-root", str(desk.folder / "untouched")]
    subprocess.run(command, env=desk.environment, check=True, stdout=subprocess.DEVNULL, timeout=300)
    return digests(catalog.sessions(desk.folder / "untouched")[0].path)


def left_behind(desk: Desk) -> list[str]:
    """Who lives without the one it should hang on."""
    found = desk.processes()
    alone = []
    if found["worker"] and not found["engine"]:
        alone.append("worker")
    if found["engine"] and not found["window"]:
        alone.append("engine")
    if len(found["worker"]) > 1 or len(found["engine"]) > 1 or len(found["window"]) > 1:
        alone.append("two of a kind")
    return alone


def gone_in_time(desk: Desk, grace: float) -> list[str]:
    """What is still left behind after `grace` seconds."""
    ends = time.monotonic() + grace
    while (alone := left_behind(desk)) and time.monotonic() < ends:
        time.sleep(0.1)
    return alone


def running(desk: Desk, config: Path) -> None:
    """A window with a run in it: what is there goes on, else a new session is made."""
    newest = next(iter(catalog.unfinished(desk.root)), None)
    if newest is not None and newest.status == "running" and desk.processes()["worker"]:
        return
    if newest is not None:
        desk.start("resume")  # hands it to the window that is there, or becomes the window
    else:
        count = len(catalog.sessions(desk.root))
        desk.start(str(config))

        def started() -> bool:
            desk.keys("alt+s")
            return len(catalog.sessions(desk.root)) > count

        wait("another session", started)
    wait("the worker", lambda: desk.processes()["worker"] and (catalog.unfinished(desk.root) or desk.entry))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--grace", type=float, default=30.0)
    given = parser.parse_args()
    if lacking():
        print(f"not installed: {', '.join(lacking())}")
        return 2
    chance, wrong, struck, compared = random.Random(given.seed), [], Counter[str](), 0
    with tempfile.TemporaryDirectory() as spare, Desk(Path(spare) / "desk", toy=True) as desk:
        desk.settings(on_logon="off")
        expected, seen = untouched(desk), set[str]()
        for number in range(given.rounds):
            target = TARGETS[number % len(TARGETS)]
            running(desk, TOY)
            time.sleep(chance.uniform(0.0, 3.0))
            struck[target] += len(desk.kill(*(ALL if target == "all" else (target,))))
            alone = gone_in_time(desk, given.grace)
            if alone:
                wrong.append(f"round {number}, {target} killed: left behind {alone}")
            for one in catalog.sessions(desk.root):
                if one.status == "finished" and one.session not in seen:
                    seen.add(one.session)
                    compared += 1
                    if digests(one.path) != expected:
                        wrong.append(f"round {number}: {one.session} ended with other bytes")
            print(f"{number + 1}/{given.rounds} {target}: {desk.status()}, {len(seen)} sessions finished", flush=True)
        last = next(iter(catalog.unfinished(desk.root)), None)
        if last is not None:
            running(desk, TOY)
            wait("the last session", lambda: catalog.entry(last.path).status == "finished")
            compared += 1
            if digests(last.path) != expected:
                wrong.append(f"{last.session} ended with other bytes")
        desk.run("--quit")
        wait("the end of all processes", lambda: not any(desk.processes().values()))
    told = {"rounds": given.rounds, "processes_killed": dict(struck), "sessions_compared": compared, "wrong": wrong}
    print(json.dumps(told))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
