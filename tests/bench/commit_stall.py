"""How long training stands still for a save of the real job's size, and what it costs while it is being written.

Tensors of the shapes of LoRA adapters on a Phi-3.5-mini with their Adam moments, saved by the engine's own context to a
real folder while a loop of matrix products runs; first as the engine does it (in the background), then with the same
saves written at once. Prints one JSON object as its last line. The folder's disk matters: choose it with --folder.
"""

from __future__ import annotations

import argparse
import functools
import json
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import torch
from torch import Tensor

from so8t_engine.config.run_config import RunConfig
from so8t_engine.protocol import Message
from so8t_engine.run.context import Context
from so8t_engine.run.control import Control
from so8t_engine.session import recovery, store
from so8t_engine.session.state import Cursor
from so8t_engine.train import checkpoint
from so8t_engine.train.tensor_snapshot import Buffers

HIDDEN, INNER = 3072, 8192  # Phi-3.5-mini: https://huggingface.co/microsoft/Phi-3.5-mini-instruct/blob/main/config.json
MODULES = {
    "self_attn.qkv_proj": (HIDDEN, 3 * HIDDEN),
    "self_attn.o_proj": (HIDDEN, HIDDEN),
    "mlp.gate_up_proj": (HIDDEN, 2 * INNER),
    "mlp.down_proj": (INNER, HIDDEN),
}
INTERVAL = 180.0
CALM_SECONDS = 3.0
MIB = 1 << 20


@dataclass
class Job:
    """What is saved, and the work that goes on meanwhile. Has state because training has."""

    trained: dict[str, Tensor]
    moments: dict[str, Tensor]
    left: Tensor
    right: Tensor
    buffers: Buffers = field(default_factory=Buffers)
    units: int = 0

    def unit(self) -> None:
        """A few matrix products, then a small change to some of the tensors in place, as an optimizer makes it."""
        for _ in range(4):
            self.right = torch.nn.functional.normalize(self.left @ self.right, dim=0)
        names = list(self.trained)
        chosen = [self.trained[names[(self.units * 8 + i) % len(names)]] for i in range(8)]
        torch._foreach_mul_(chosen, 0.999)
        self.units += 1
        settle(self.left.device)

    def payload(self) -> store.Files:
        return checkpoint.pack(checkpoint.TrainingCheckpoint(self.trained, self.moments, "update"), self.buffers)


@dataclass
class Measured:
    blocked: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    written: list[float] = field(default_factory=list)
    during: list[float] = field(default_factory=list)
    calm: list[float] = field(default_factory=list)
    size: int = 0
    extra_memory: int = 0


def make_job(megabytes: float, rank: int, device: torch.device, width: int) -> Job:
    each = 3 * 4 * rank * sum(a + b for a, b in MODULES.values()) / MIB
    layers = max(1, round(megabytes * 1e6 / MIB / each))
    shapes = {
        f"model.layers.{layer}.{module}.lora_{side}.default.weight": shape
        for layer in range(layers)
        for module, (wide, out) in MODULES.items()
        for side, shape in (("A", (rank, wide)), ("B", (out, rank)))
    }
    trained = {name: torch.randn(shape, device=device) for name, shape in shapes.items()}
    moments = {f"{name}/step": torch.tensor(1.0) for name in shapes}
    for key in ("exp_avg", "exp_avg_sq"):
        moments |= {f"{name}/{key}": torch.rand(shape, device=device) for name, shape in shapes.items()}
    return Job(trained, moments, torch.randn(width, width, device=device), torch.randn(width, width, device=device))


def settle(device: torch.device) -> None:
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def timed(action: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    started = clock()
    action()
    return clock() - started


class Peak:
    """The most memory this process holds while it is watched; has state because a thread looks again and again."""

    def __init__(self) -> None:
        self._process, self._over = psutil.Process(), threading.Event()
        self.before = self.most = self._process.memory_info().rss
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def _watch(self) -> None:
        while not self._over.wait(0.02):
            self.most = max(self.most, self._process.memory_info().rss)

    def stop(self) -> int:
        self._over.set()
        self._thread.join()
        return self.most - self.before


def measure(job: Job, folder: Path, saves: int, background: bool) -> Measured:
    """Ticks after every unit; a save is asked for some seconds after the one before was done."""
    config = RunConfig.model_validate(
        {"datasets": [{"name": "a", "source": "local", "path": "a"}], "model": {"build": {}}}
    )
    session = store.create(folder, "background" if background else "at-once", "", "")
    found, control, said = Measured(), Control(), list[Message]()
    context = Context(session, config, recovery.recover(session), said.append, control, background=background)
    device, peak, unit = job.left.device, Peak(), 0

    def step() -> tuple[float, float, float]:
        """Seconds of the unit; of the tick until training can go on; of the tick's own work in this thread."""
        nonlocal unit
        unit += 1
        working, busy = timed(job.unit), 0.0

        def tick() -> None:
            nonlocal busy
            context_tick = functools.partial(context.tick, Cursor("train", unit), "update", payload=job.payload)
            busy = timed(context_tick, time.thread_time)
            settle(device)

        return working, timed(tick), busy

    for _ in range(saves):
        said.clear()
        control.save()
        _, blocked, busy = step()
        while not any(event.name == "saved" for event in said):
            working, waiting, own = step()
            found.during.append(working)
            blocked, busy = blocked + waiting, busy + own
        event = next(event.data for event in said if event.name == "saved")
        found.blocked.append(blocked)
        found.busy.append(busy)
        found.written.append(event["seconds"])
        found.size = event["bytes"]
        until = time.perf_counter() + CALM_SECONDS
        while time.perf_counter() < until:
            found.calm.append(step()[0])
    found.extra_memory = peak.stop()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=1200, help="size of a save (adapters and moments)")
    parser.add_argument("--rank", type=int, default=64, help="rank of the adapters")
    parser.add_argument("--device", default="cpu", help="cpu, cuda, cuda:1")
    parser.add_argument("--threads", type=int, default=1, help="of the loop's work on a CPU")
    parser.add_argument("--width", type=int, default=768, help="of the loop's matrices; more on a GPU")
    parser.add_argument("--saves", type=int, default=5)
    parser.add_argument("--folder", default=None, help="where to write (default: the system's temporary folder)")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    device = torch.device(arguments.device)
    job = make_job(arguments.megabytes, arguments.rank, device, arguments.width)
    for _ in range(20):
        job.unit()
    job.buffers.reserve(sum(each.nbytes for each in (*job.trained.values(), *job.moments.values())), device)
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        behind = measure(job, Path(folder), arguments.saves, background=True)
        at_once = measure(job, Path(folder), arguments.saves, background=False)
    slower = statistics.fmean(behind.during) / statistics.fmean(behind.calm) - 1
    blocked = statistics.median(behind.blocked)
    body = {
        "device": str(device),
        "bytes": behind.size,
        "tensors": len(job.trained) + len(job.moments),
        "blocked_seconds_median": round(blocked, 3),
        "blocked_seconds_worst": round(max(behind.blocked), 3),
        "blocked_cpu_seconds_median": round(statistics.median(behind.busy), 3),
        "blocked_cpu_seconds_worst": round(max(behind.busy), 3),
        "write_seconds_median": round(statistics.median(behind.written), 2),
        "blocked_share_at_180_s": round(blocked / INTERVAL, 5),
        "loop_slower_while_written": round(slower, 3),
        "share_with_slowing_at_180_s": round(
            (blocked + max(0, slower) * sum(behind.during) / arguments.saves) / INTERVAL, 5
        ),
        "extra_memory_mib": round(behind.extra_memory / MIB),
        "at_once_blocked_seconds_median": round(statistics.median(at_once.blocked), 3),
        "at_once_share_at_180_s": round(statistics.median(at_once.blocked) / INTERVAL, 5),
        "unit_seconds": round(statistics.fmean(behind.calm), 4),
    }
    print(json.dumps(body))


if __name__ == "__main__":
    main()
