"""Five toy steps without torch behind the real command line: the kill loop's fast subject.

`install` puts them where the pipeline looks for its steps; everything else (cli, pipeline, context, store) is real.
The toy trainer has what makes resuming hard: momentum, its own random numbers, a shuffled order, annealed alpha.
"""

from __future__ import annotations

import functools
import json
import random
import struct
import sys
import time
from pathlib import Path
from types import ModuleType

from so8t_engine.protocol import STEPS
from so8t_engine.run.context import Context
from so8t_engine.session import durable
from so8t_engine.session.state import Cursor

UNITS = {"collect": 8, "integrate": 6, "convert": 6, "train": 120, "evaluate": 8}
SIZE = 100
STATE = "state.json"
UNIT_SECONDS = 0.002


def install() -> None:
    for step in STEPS:
        module = ModuleType(f"so8t_engine.steps.{step}")
        module.run = train if step == "train" else other  # type: ignore[attr-defined]
        sys.modules[module.__name__] = module


def other(context: Context, cursor: Cursor) -> None:
    """A data step: a small output per unit, a folder with a manifest at the end.

    It reads what it has kept in the last checkpoint, as the real ones do.
    """
    step = cursor.step
    before = context.checkpoint()
    assert (0 if before is None else json.loads((before / STATE).read_bytes())) == cursor.unit
    context.begin({"shard": UNITS[step]})
    folder = context.session / "data" / step
    for unit in range(cursor.unit + 1, UNITS[step] + 1):
        time.sleep(UNIT_SECONDS)
        context.write(folder / f"{unit:03d}.json", json.dumps(random.Random(f"{step}{unit}").random()).encode())
        context.tick(Cursor(step, unit), "shard", payload=functools.partial(_state, unit))
    if step == "evaluate":
        adapter = (context.session / "adapter" / "adapter.bin").read_bytes()
        for name in ("final_model", "gguf", "report"):
            publish(context, name, {"report.json" if name == "report" else "out.bin": adapter + name.encode()})


def _state(unit: int) -> dict[str, bytes]:
    return {STATE: json.dumps(unit).encode()}


def train(context: Context, cursor: Cursor) -> None:
    context.begin({"update": UNITS["train"]})
    weights, momentum, source = [0.0] * SIZE, [0.0] * SIZE, random.Random(7)
    order = list(range(UNITS["train"]))
    random.Random(1).shuffle(order)
    before = context.checkpoint()
    if before is not None:
        values = struct.unpack(f"<{2 * SIZE}d", (before / "weights.bin").read_bytes())
        weights, momentum = list(values[:SIZE]), list(values[SIZE:])
        version, internal, gauss = json.loads((before / "random.json").read_text())
        source.setstate((version, tuple(internal), gauss))

    def payload() -> dict[str, bytes]:
        return {
            "weights.bin": struct.pack(f"<{2 * SIZE}d", *weights, *momentum),
            "random.json": json.dumps(source.getstate()).encode(),
        }

    for unit in range(cursor.unit + 1, UNITS["train"] + 1):
        time.sleep(UNIT_SECONDS)
        alpha = 1 - 0.618 * unit / UNITS["train"]
        target = random.Random(order[unit - 1]).random()
        for index in range(SIZE):
            momentum[index] = 0.9 * momentum[index] + alpha * (target - weights[index]) + source.gauss(0, 0.01)
            weights[index] += 0.01 * momentum[index]
        context.point(update=unit, loss=(target - weights[0]) ** 2, alpha=alpha)
        context.tick(Cursor("train", unit), "update", payload=payload)
    publish(context, "adapter", {"adapter.bin": payload()["weights.bin"]})


def publish(context: Context, name: str, contents: dict[str, bytes]) -> None:
    def fill(part: Path) -> None:
        for file, data in contents.items():
            durable.write(part / file, data)

    context.publish(context.session / name, fill, {"folder": name})
