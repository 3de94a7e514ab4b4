"""From the start of the engine's process to its first optimizer update: a new session, fresh training, a resume.

Three kinds of start, in turn, --repeats times, of the real command line over the same small model from disk:
  new      a session that does not exist yet, through collect, integrate and convert
  train    a session whose data are ready and whose training has not begun
  resumed  the same session, killed in the warm-up behind a save: checkpoint verified, everything restored from it
`resume_ratio` is resumed / train by medians: what a resume costs more than a fresh start of training. Processor time is
reported beside wall time. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import torch
import yaml

ENGINE = [sys.executable, "-m", "so8t_engine.cli"]
Event = dict[str, Any]


def configuration(model: str | None, hidden: int, layers: int, device: str) -> dict[str, Any]:
    build = {
        "hidden_size": hidden, "intermediate_size": 2 * hidden, "num_hidden_layers": layers, "num_attention_heads": 4,
        "vocab_size": 2048, "max_position_embeddings": 2048, "max_steps": 1, "per_device_train_batch_size": 4,
    }  # fmt: skip
    data = {"name": "maths", "source": "local", "path": "demo:maths", "adapter": "gsm8k", "max_rows": 400}
    return {
        "name": "latency", "datasets": [data],
        "model": {"dtype": "float32", "model_name_or_path": model} if model else {"dtype": "float32", "build": build},
        "lora": {"r": 16, "lora_alpha": 32},
        "warmup": {"max_steps": 400, "per_device_train_batch_size": 4, "max_length": 160},
        "checkpoint": {"interval_seconds": 1.0},
        "runtime": {"device": device, "num_threads": 1},
    }  # fmt: skip


def until(words: list[str], wanted: Callable[[Event], bool]) -> tuple[float, float]:
    """Runs the engine until an event; (seconds, processor seconds of all its processes). Then it is killed."""
    began = time.perf_counter()
    process = subprocess.Popen([*ENGINE, *words, "--json"], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        for line in process.stdout:
            event = json.loads(line)
            if event["name"] == "failed":
                raise SystemExit(event["sentence"])
            if wanted(event):
                spent = time.perf_counter() - began
                family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
                used = sum(sum(one.cpu_times()[:2]) for one in family)
                return spent, used
        raise SystemExit("the engine ended before its first update")
    finally:
        family = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
        process.kill()
        for one in family:
            try:
                one.kill()
            except psutil.NoSuchProcess:
                pass
        process.wait()


def first_update(event: Event) -> bool:
    return event["name"] == "point" and event.get("phase") == "warmup"


def base_model(folder: Path, hidden: int, layers: int, device: str) -> Path:
    """Built by a session of its own, which ends when its model stands on disk."""
    config = folder / "build.yaml"
    config.write_text(yaml.safe_dump(configuration(None, hidden, layers, device)))
    until(["run", str(config), "--data-root", str(folder / "build")], first_update)
    (model,) = (folder / "build").glob("*/model")
    return model


def prepared(folder: Path, config: Path) -> dict[str, Path]:
    """Sessions that stand before their first update, and behind a save in the warm-up."""

    def training(event: Event) -> bool:
        return event["name"] == "step" and event["step"] == "train" and event["state"] == "running"

    until(["run", str(config), "--data-root", str(folder / "train")], training)
    (fresh,) = (folder / "train").glob("*-latency")
    shutil.copytree(fresh, folder / "resumed" / fresh.name)
    begun = False

    def saved(event: Event) -> bool:
        nonlocal begun
        begun = begun or first_update(event)
        return begun and event["name"] == "saved"

    until(["resume", fresh.name, "--data-root", str(folder / "resumed")], saved)
    return {"train": fresh, "resumed": folder / "resumed" / fresh.name}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--hidden", type=int, default=256)
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    given = parser.parse_args()
    times: dict[str, list[tuple[float, float]]] = {"new": [], "train": [], "resumed": []}
    with tempfile.TemporaryDirectory() as spare:
        folder = Path(spare)
        config = folder / "latency.yaml"
        model = base_model(folder, given.hidden, given.layers, given.device)
        config.write_text(yaml.safe_dump(configuration(str(model), 0, 0, given.device)))
        kept = prepared(folder, config)
        for number in range(given.repeats + 1):
            for kind in times:
                root = folder / f"{kind}-{number}"
                words = ["run", str(config)]
                if kind != "new":
                    shutil.copytree(kept[kind], root / kept[kind].name)
                    words = ["resume", kept[kind].name]
                found = until([*words, "--data-root", str(root)], first_update)
                if number:  # the first round fills the system's file cache
                    times[kind].append(found)
                shutil.rmtree(root)
    told: dict[str, Any] = {
        "benchmark": "start_latency",
        "repeats": given.repeats,
        "device": given.device,
        "hidden": given.hidden,
        "layers": given.layers,
    }
    for kind, found in times.items():
        wall, used = zip(*found, strict=True)
        told[kind] = {
            "seconds": round(statistics.median(wall), 3), "worst": round(max(wall), 3),
            "cpu_seconds": round(statistics.median(used), 3),
        }  # fmt: skip
    for name, unit in (("resume_ratio", "seconds"), ("resume_ratio_cpu", "cpu_seconds")):
        told[name] = round(told["resumed"][unit] / told["train"][unit], 3)
    print(json.dumps({**told, "torch": torch.__version__, "python": platform.python_version()}))


if __name__ == "__main__":
    main()
