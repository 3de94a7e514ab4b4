"""Kills training with SIGKILL at named points of its own code; at the end its bytes must be those of an untouched run.

Where soak.py kills at random instants, this kills inside: in the middle of a rollout batch, between micro-batches,
within an optimizer step, while a checkpoint is written, while resuming. Forks (torch is imported once). The last line
printed is one JSON object; exit code 1 where anything was not as it must be.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from helpers.sessions import Session
from helpers.training import configured, digests, ready

Changes = Mapping[str, Any]

# name: (module, attribute, calls that one run makes of it at most; the kill comes at one of them)
POINTS: dict[str, tuple[str, str, int]] = {
    "drawing a token of a rollout": ("so8t_engine.model.sampling", "Sampler.__call__", 32),
    "scoring a rollout batch": ("so8t_engine.rewards.scoring", "score", 4),
    "looking at a rollout batch": ("so8t_engine.train.rollout", "make_experience", 4),
    "computing advantages": ("so8t_engine.train.ppo", "prepare", 2),
    "between two micro-batches": ("so8t_engine.train.ppo", "_micro_batch", 16),
    "a backward pass": ("torch", "Tensor.backward", 24),
    "an optimizer step": ("torch.optim", "AdamW.step", 14),
    "copying what is to be saved": ("so8t_engine.train.checkpoint", "pack", 18),
    "writing a checkpoint's file": ("so8t_engine.session.durable", "write", 40),
    "naming a checkpoint": ("so8t_engine.session.durable", "rename", 18),
    "moving the pointer": ("so8t_engine.session.durable", "replace", 18),
    "writing the history": ("so8t_engine.session.durable", "append", 18),
    "removing an old checkpoint": ("so8t_engine.session.durable", "discard", 12),
    "publishing a folder": ("so8t_engine.session.sealed_folder", "publish", 3),
    "recovering": ("so8t_engine.session.recovery", "recover", 1),
    "reading a checkpoint": ("so8t_engine.train.checkpoint", "unpack", 1),
    "loading moments": ("so8t_engine.train.optim", "load_moments", 1),
    "loading trained tensors": ("so8t_engine.model.policy", "Policy.load_tensors", 1),
}
KINDS: dict[str, Changes] = {
    "lora": {},
    "full fine-tuning, two threads": {"lora": {"enabled": False}, "runtime": {"num_threads": 2}},
    "residual gates, cosine": {"gate": {"mode": "residual"}, "alpha": {"schedule": "cosine"}},
}


def forked(action: Callable[[], None]) -> int:
    """Exit code of `action` in a child; -9 where it was killed."""
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            action()
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def deadly(point: str, call: int, after: bool) -> None:
    """From now on the `call`-th call of that function kills this process, before or behind what it does."""
    module, path, _ = POINTS[point]
    owner: Any = import_module(module)
    *parents, name = path.split(".")
    for parent in parents:
        owner = getattr(owner, parent)
    real, calls = getattr(owner, name), 0

    def counted(*arguments: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == call and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        result = real(*arguments, **named)
        if calls == call:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, name, counted)


def train(root: Path, changes: Changes, interval: float) -> None:
    session = Session(root, configured(root, **changes, checkpoint={"interval_seconds": interval}))
    if session.context().state.cursor.step == "train":
        session.run("train")


def one_session(
    data: Path,
    root: Path,
    changes: Changes,
    kills: int,
    source: random.Random,
    tried: Counter[str],
    killed: Counter[str],
) -> dict[str, Any]:
    """From the first unit to the last, killed on the way; `tried` and `killed` count by point."""
    root.mkdir()
    ready(data, root, **changes)
    here = 0
    while True:
        point = min(POINTS, key=lambda name: (tried[name], source.random()))  # the least tried first
        call, after = source.randint(1, -(-POINTS[point][2] // 2)), source.random() < 0.5
        armed = here < kills
        tried[point] += armed

        def action(point: str = point, call: int = call, after: bool = after, armed: bool = armed) -> None:
            if armed:
                deadly(point, call, after)
            train(root, changes, source.choice([1e-6, 0.05, 0.5]))

        code = forked(action)
        if code == 0:
            return digests(Session(root, configured(root, **changes)))
        if code != -signal.SIGKILL:
            raise SystemExit(f"training ended with {code} behind point {point!r}")
        here += 1
        killed[point] += 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=54, help="in all, spread over sessions and points")
    parser.add_argument("--seed", type=int, default=None, help="default: drawn and printed")
    arguments = parser.parse_args()
    seed = arguments.seed if arguments.seed is not None else random.SystemRandom().randrange(1_000_000)
    print(f"seed {seed}", flush=True)
    source, wrong, sessions = random.Random(seed), [], 0
    tried, killed = Counter[str](), Counter[str]()
    started = time.monotonic()
    warnings.simplefilter("ignore", FutureWarning)
    import_module("so8t_engine.steps.train")
    with tempfile.TemporaryDirectory(prefix="points-") as folder:
        data = Path(folder) / "data"
        data.mkdir()
        assert forked(lambda: Session(data, configured(data)).run() and None) == 0
        expected: dict[str, dict[str, Any]] = {}
        while killed.total() < arguments.kills:
            name = list(KINDS)[sessions % len(KINDS)]
            root, sessions = Path(folder) / f"session{sessions}", sessions + 1
            if name not in expected:
                untouched = Path(folder) / f"untouched{sessions}"
                expected[name] = one_session(data, untouched, KINDS[name], 0, source, tried, killed)
            share = min(arguments.kills - killed.total(), 6 * len(POINTS) // len(KINDS))
            found = one_session(data, root, KINDS[name], share, source, tried, killed)
            if found != expected[name]:
                names = sorted(
                    key for key in found.keys() | expected[name].keys() if found.get(key) != expected[name].get(key)
                )
                wrong.append(f"session {sessions} ({name}) differs from the untouched one in {names[:5]}")
            shutil.rmtree(root)
    body = {"seed": seed, "kills": killed.total(), "sessions": sessions, "points": dict(killed), "wrong": wrong}
    print(json.dumps(body | {"mismatches": len(wrong), "seconds": round(time.monotonic() - started, 1)}))
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
