"""The program under test: makes or resumes a session through the real engine and says `ACK n` for what it promises.

Run under strace as `python workload.py ROOT --commits N`. Payload, history and configuration are functions of
the unit, so that a judge who knows only the unit knows every byte that must be there.
"""

from __future__ import annotations

import argparse
import functools
import itertools
import json
import os
import random
from collections.abc import Callable
from pathlib import Path

from crash import patches

SESSION = "20260101-000000-s"
CREATED = "2026-01-01T00:00:00Z"
CONFIG = "name: s\n"
POINTS = 2
KEEP = 2


def payload(unit: int) -> dict[str, bytes]:
    """Five 4 KiB blocks in three files: enough for torn and mixed ones, few enough to try every state."""
    return {
        "adapter.safetensors": random.Random(f"{unit}/adapter").randbytes(6_000),
        "optimizer.safetensors": random.Random(f"{unit}/optimizer").randbytes(5_000),
        "state.json": json.dumps({"unit": unit}).encode(),
    }


def points(unit: int) -> list[float]:
    """The losses of all history entries up to and including `unit`."""
    return [1 / (1 + number) for number in range(unit * POINTS)]


def say(word: str) -> None:
    os.write(1, (word + "\n").encode())


def open_session(root: Path) -> tuple[Path, int]:
    """Creates the session where there is none, recovers it and marks it as running, like the pipeline."""
    from so8t_engine.session import durable, recovery, store

    session = root / SESSION
    new = not session.exists()
    if new:
        store.create(root, SESSION, CONFIG, CREATED)
        if not durable.WINDOWS:
            say("ACK 0")
    recovered = recovery.recover(session)
    store.write_state(session, recovered.state.changed(status="running", run=recovered.state.run + 1))
    if new and durable.WINDOWS:
        say("ACK 0")
    return session, recovered.state.cursor.unit


def run(root: Path, commits: int, background: bool = False) -> None:
    """Commits through a real Context, its clock moved by itself so that heartbeats are written too."""
    from so8t_engine.config.run_config import RunConfig
    from so8t_engine.protocol import Message
    from so8t_engine.run.context import Context
    from so8t_engine.run.control import Control
    from so8t_engine.session import recovery
    from so8t_engine.session.state import Cursor

    session, done = open_session(root)
    config = RunConfig.model_validate(
        {
            "datasets": [{"name": "a", "source": "local", "path": "a.jsonl"}],
            "model": {"build": {}},
            "checkpoint": {"save_total_limit": KEEP},
        }
    )

    def emit(message: Message) -> None:
        if message.name == "saved":
            say(f"ACK {message.data['unit']}")

    control, ticks = Control(), itertools.count()
    recovered = recovery.recover(session)
    context = Context(
        session,
        config,
        recovered,
        emit,
        control,
        clock=lambda: float(next(ticks)),
        now=lambda: CREATED,
        background=background,
    )
    for unit in range(done + 1, done + 1 + commits):
        for number in range((unit - 1) * POINTS, unit * POINTS):
            context.point(loss=1 / (1 + number))
        control.save()
        context.tick(Cursor("collect", unit), "shard", payload=functools.partial(payload, unit))
    if background:
        context.set_status("paused")


def recover(root: Path, commits: int) -> None:
    """Recovery alone, without what follows."""
    from so8t_engine.session import recovery

    recovery.recover(root / SESSION)


def start_over(root: Path, commits: int) -> None:
    from so8t_engine.session import recovery

    recovery.start_over(root / SESSION)


def outputs(root: Path, commits: int) -> None:
    """An output folder that is replaced by a newer one, again and again."""
    from so8t_engine.session import durable

    for unit in range(1, commits + 1):
        part = root / SESSION / "gguf.part"
        durable.make_folder(part)
        for name, data in payload(unit).items():
            durable.write(part / name, data)
        durable.publish(part, root / SESSION / "gguf")
        say(f"ACK {unit}")


TASKS: dict[str, Callable[[Path, int], None]] = {
    "run": run,
    "behind": functools.partial(run, background=True),
    "recover": recover,
    "start_over": start_over,
    "outputs": outputs,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", type=Path)
    parser.add_argument("--task", default="run")
    parser.add_argument("--commits", type=int, default=3)
    parser.add_argument("--patch", default="", help="one of crash.patches, to make the protocol wrong on purpose")
    parser.add_argument("--mutant", default="", help="one of crash.mutants instead of the engine")
    arguments = parser.parse_args()
    if arguments.mutant:
        from crash import mutants

        mutants.write(arguments.root, arguments.mutant, arguments.commits)
        return
    if arguments.patch:
        patches.apply(arguments.patch)
    TASKS[arguments.task](arguments.root, arguments.commits)


if __name__ == "__main__":
    main()
