"""PPO updates and tokens per second: this engine against TRL 1.12.0's PPOTrainer, on the same model and prompts.

Ours runs as it does for users: LoRA, gates, value head, rewards, history and saves of a real session on disk,
once with a save every few seconds and once at the default of 180 s. TRL runs in the shape its documentation gives:
policy, reference, value and reward model, all parameters trained. Further pairs leave one difference out: ours with
all parameters trained (two backbone passes of a rollout and one of an update stay, where TRL needs four and two), and
TRL with LoRA on the policy (its value model trains all parameters still).

Two kinds of answers: all at full length (no token ends anything), and mixed lengths (one token in --end-every ends an
answer, as real answers end at different places). The same prompts, the same epochs and minibatches, each
minibatch one micro-batch: with gradient accumulation TRL would make only one optimizer step an epoch. Every worker is
a process of its own; they take turns, one iteration each, so that what else the machine does hits all alike; each
figure is a median over rounds, each ratio a median of a round's ratios. The first iteration of each is not counted.
On the CPU, seconds of processor time are given beside those of the clock: on a busy machine they are the fairer ones.

TRL 1.12.0 needs an environment of its own:

    python3 -m venv trl112
    trl112/bin/pip install torch==2.13.0 trl==1.12.0 transformers==5.23.0 peft datasets accelerate
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
OURS: dict[str, dict[str, Any]] = {
    "ours": {},
    "ours, frequent saves": {"often": True},
    "ours, all parameters": {"lora": False},
}  # fmt: skip
THEIRS: dict[str, dict[str, Any]] = {"trl": {}, "trl, LoRA policy": {"lora": True}}
PAIRS = [
    ("ours", "trl"),
    ("ours, frequent saves", "trl"),
    ("ours, all parameters", "trl"),
    ("ours", "trl, LoRA policy"),
]


class Worker:
    """A process that does one iteration whenever it is told; has state because a process has."""

    def __init__(self, python: str, script: str, job: dict[str, Any], log: Path) -> None:
        environment = os.environ | {"TRL_EXPERIMENTAL_SILENCE": "1", "HF_HUB_OFFLINE": "1"}
        environment |= {"OMP_NUM_THREADS": str(job["threads"])}
        self._log = log
        self._process = subprocess.Popen(
            [python, str(HERE / script), json.dumps(job)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=log.open("wb"), text=True, env=environment,
        )  # fmt: skip
        self.about = self._hear()

    def iterate(self) -> dict[str, Any]:
        assert self._process.stdin is not None
        self._process.stdin.write("go\n")
        self._process.stdin.flush()
        return self._hear()

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()

    def _hear(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"A worker ended early:\n{self._log.read_text(errors='replace')[-3000:]}")
        found: dict[str, Any] = json.loads(line)
        return found


def measure(size: int, end_every: int, arguments: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """One model size: per worker its median seconds an iteration and rates, per pair the ratio of speeds.

    One token in `end_every` ends an answer; 0: none does.
    """
    names = ("layers", "vocab", "batch", "minibatches", "epochs", "response", "threads", "device")
    job = {name: getattr(arguments, name) for name in names} | {"hidden": size, "end_every": end_every}
    job |= {"episodes": arguments.batch * (arguments.rounds + 1)}
    workers: dict[str, Worker] = {}
    measured: dict[str, list[dict[str, Any]]] = {}
    last: dict[str, dict[str, Any]] = {}
    try:
        for number, (name, wishes) in enumerate(OURS.items()):
            own = job | {"root": str(folder / f"{size}-{end_every}-{number}"), "lora": True} | wishes
            own["interval"] = arguments.interval if wishes.get("often") else 180.0
            workers[name] = Worker(sys.executable, "ppo_worker_ours.py", own, folder / name)
        for name, wishes in THEIRS.items() if arguments.trl_python else ():
            own = job | {"lora": False, "root": str(folder), **workers["ours"].about} | wishes
            workers[name] = Worker(arguments.trl_python, "ppo_worker_trl.py", own, folder / name)
        for each in range(arguments.rounds + 1):
            for name, worker in workers.items():
                last[name] = worker.iterate()
                if each:
                    measured.setdefault(name, []).append(last[name])
            print(
                f"hidden {size}, ends {end_every}, round {each}:",
                {name: round(took["seconds"], 2) for name, took in last.items()},
            )
    finally:
        for worker in workers.values():
            worker.close()
    return {"speed": {name: rates(took, arguments) for name, took in measured.items()}} | {
        f"times_as_fast_by_{kind}": {
            f"{one} / {other}": ratio([took[kind] for took in measured[one]], [took[kind] for took in measured[other]])
            for one, other in PAIRS
            if one in measured and other in measured
        }
        for kind in ("seconds", "cpu_seconds")
    }


def rates(took: list[dict[str, Any]], arguments: argparse.Namespace) -> dict[str, Any]:
    seconds = statistics.median(each["seconds"] for each in took)
    return {
        **took[-1],
        "seconds": round(seconds, 3),
        "cpu_seconds": round(statistics.median(each["cpu_seconds"] for each in took), 3),
        "updates_per_second": round(arguments.epochs * arguments.minibatches / seconds, 3),
        "response_tokens_per_second": round(arguments.batch * arguments.response / seconds, 1),
    }


def ratio(ours: list[float], theirs: list[float]) -> float:
    """How many of our iterations fit into one of theirs."""
    return round(statistics.median(b / a for a, b in zip(ours, theirs, strict=True)), 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trl-python", help="interpreter of the environment with trl 1.12.0; without it only ours")
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    parser.add_argument("--sizes", type=int, nargs="+", default=[256, 768], help="hidden sizes")
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--vocab", type=int, default=4096, help="rows of embedding and head (Phi-3: 32064)")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--batch", type=int, default=16, help="episodes an iteration")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--minibatches", type=int, default=2)
    parser.add_argument("--response", type=int, default=48, help="tokens of every answer")
    parser.add_argument("--end-every", type=int, default=32, help="for mixed lengths: one token in so many ends")
    parser.add_argument("--interval", type=float, default=2.0, help="seconds between saves where they are frequent")
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    if not arguments.trl_python:
        print("No --trl-python: only our side is measured (--help says how to make the other).")
    with tempfile.TemporaryDirectory() as folder:
        found = {
            f"hidden {size}, {kind}": measure(size, every, arguments, Path(folder))
            for size in arguments.sizes
            for kind, every in (("full length", 0), ("mixed lengths", arguments.end_every))
        }
    settings = {name: value for name, value in vars(arguments).items() if name != "trl_python"}
    print(json.dumps({"benchmark": "ppo_vs_trl", "with_trl": bool(arguments.trl_python), **settings, **found}))


if __name__ == "__main__":
    main()
