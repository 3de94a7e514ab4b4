"""The gate: records a workload, rebuilds every disk a cut could leave in memory, recovers from it and counts.

As a program: `python -m crash.replay --help` (from the tests folder); the last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from crash import states, verdicts
from crash.trace import Recording, record

Judge = Callable[[Path, int | None, int], str]
Known = dict[tuple[bytes, int | None], str]  # verdicts by what lay on the disk and what was acknowledged


@dataclass
class Tally:
    """How many states were tried, how many of them differ, and what became of those."""

    tried: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def unique(self) -> int:
        return self.verdicts.total()

    @property
    def bad(self) -> int:
        return self.unique - self.verdicts[verdicts.OK]

    def add(self, other: Tally) -> None:
        self.tried += other.tried
        self.verdicts += other.verdicts
        self.examples = other.examples | self.examples
        self.seconds += other.seconds


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder in memory where there is one: thousands of small states are written and recovered there."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="crash-", dir=memory if memory.is_dir() else None)).resolve()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def recorded(folder: Path, *arguments: str, before: states.Image | None = None) -> tuple[Recording, int]:
    """One run of the workload on `before`; (recording, number of ops that were there already).

    Raises AssertionError where the full replay is not what really lies on the disk: then nothing would be proved.
    """
    root = folder / "w"
    root.mkdir()
    recording = Recording(root)
    states.write_image(root, before or {})
    start = recording.begin_with(before or {})
    record(recording, folder / "trace", arguments)
    check(recording)
    return recording, start


def check(recording: Recording) -> None:
    replayed = states.image(recording, range(len(recording.ops)))
    real = states.read_image(recording.root)
    assert replayed == real, f"the replay differs from the disk: {sorted(replayed.items() ^ real.items())[:4]}"


def judge_all(
    folder: Path, recording: Recording, model: str, judge: Judge | None = None, after: int = 0,
    acknowledged: int | None = None, extra: int = 4, seed: int = 1, stop_at: int | None = None, ahead: int = 1,
    known: Known | None = None,
) -> Tally:  # fmt: skip
    """Every crash state of one model. `stop_at`: enough bad ones seen (for mutants).

    `ahead`: by how many commits the disk may be newer than what was acknowledged. `known`: verdicts of another model,
    whose cuts leave many of the same disks; grows.
    """
    tally, seen, kept, started = Tally(), set(), set(), time.monotonic()
    judge, known = judge or partial(verdicts.judge_engine, settled=set()), {} if known is None else known
    root = folder / "s"
    last = max((op.number for op in recording.ops if op.kind == "ack"), default=0)
    for crash in states.crashes(recording, model, after, acknowledged, extra, seed):
        tally.tried += 1
        if (crash.keep, crash.acknowledged) in kept:
            continue
        kept.add((crash.keep, crash.acknowledged))
        found = states.image(recording, crash.keep)
        key = (states.fingerprint(found), crash.acknowledged)
        if key in seen:
            continue
        seen.add(key)
        if key not in known:
            shutil.rmtree(root, ignore_errors=True)
            root.mkdir()
            states.write_image(root, found)
            newest = min(last, (crash.acknowledged or 0) + ahead)
            known[key] = judge(root, crash.acknowledged, max(newest, crash.acknowledged or 0))
        told = known[key]
        tally.verdicts[told] += 1
        if told != verdicts.OK and told not in tally.examples:
            op = recording.ops[crash.upto - 1]
            tally.examples[told] = (
                f"after op {crash.upto} ({op.kind} {op.name} {op.name2}), acknowledged {crash.acknowledged}"
            )
        if stop_at is not None and tally.bad >= stop_at:
            break
    tally.seconds = time.monotonic() - started
    return tally


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", choices=states.MODELS, default="posix")
    parser.add_argument("--commits", type=int, default=4)
    parser.add_argument("--patch", default="", help="make the protocol wrong on purpose (crash/patches.py)")
    parser.add_argument("--random", type=int, default=4, help="random subsets per crash point")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with scratch() as folder:
        recording, _ = recorded(folder, "--commits", str(arguments.commits), "--patch", arguments.patch)
        tally = judge_all(folder, recording, arguments.model, extra=arguments.random, seed=arguments.seed)
    for told, example in tally.examples.items():
        print(f"{told}: {tally.verdicts[told]} times, first {example}")
    ops = sum(op.kind not in ("ack", "sync") for op in recording.ops)
    body = {"model": arguments.model, "patch": arguments.patch, "ops": ops, "tried": tally.tried}
    print(json.dumps(body | {"unique": tally.unique, "bad": tally.bad, "seconds": round(tally.seconds, 2)}))
    return 1 if tally.bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
