"""A training step small enough to be cut off at every unit, and what two of them are compared by."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from helpers.sessions import Session, local, made_with, make_config, write_lines
from so8t_engine.config.run_config import RunConfig
from so8t_engine.session import manifest

BUILD = dict(
    hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=2, vocab_size=384,
    max_position_embeddings=128, max_steps=3, per_device_train_batch_size=4,
)  # fmt: skip
SECTIONS: dict[str, Any] = dict(
    model={"dtype": "float32", "build": BUILD},
    lora={"r": 2, "lora_alpha": 4},
    gate={"first": 0.0, "last": 1.0, "target_modules": ["o_proj", "down_proj"], "learning_rate": 1e-2},
    warmup={
        "max_steps": 3, "per_device_train_batch_size": 2, "gradient_accumulation_steps": 2, "learning_rate": 1e-2,
        "max_length": 100,
    },
    ppo={
        "total_episodes": 16, "batch_size": 8, "local_rollout_forward_batch_size": 4, "per_device_train_batch_size": 2,
        "num_ppo_epochs": 2, "num_mini_batches": 2, "learning_rate": 1e-3, "response_length": 8,
        "max_prompt_length": 60,
    },
    checkpoint={"interval_seconds": 1e-6},
    runtime={"device": "cpu", "num_threads": 1},
)  # fmt: skip
UNITS = 3 + 3 + 2 * (2 + 4)


def configured(root: Path, **changes: Any) -> RunConfig:
    rows = [
        {"question": f"What is {a} plus {b}?", "answer": f"{a} + {b} = {a + b}\n#### {a + b}"}
        for a in range(1, 6)
        for b in range(1, 6)
    ]
    path = write_lines(root / "sums.jsonl", rows)
    sections = dict(SECTIONS)
    for key, value in changes.items():
        sections[key] = {**sections.get(key, {}), **value} if isinstance(value, dict) else value
    return make_config([local("sums", path, adapter="gsm8k")], **sections)


def ready(data: Path, root: Path, **changes: Any) -> Session:
    """A copy of the session in `data`, its data steps done, with a configuration changed here and there."""
    shutil.copytree(data / "s", root / "s")
    session = Session(root, configured(root, **changes))
    made_with(session.path, session.config.model_dump_json())
    return session


def digests(session: Session) -> dict[str, tuple[int, str]]:
    """Every byte that training leaves behind."""
    found = {"history": manifest.digest_file(session.path / "history.jsonl")}
    for folder in ("model", "reference", "adapter"):
        listed = manifest.of_folder(session.path / folder)
        found |= {f"{folder}/{name}": value for name, value in listed.items()}
    return found


def points(session: Session) -> list[dict[str, Any]]:
    lines = (session.path / "history.jsonl").read_text(encoding="utf-8").splitlines()
    entries = [json.loads(line.split("\t")[0]) for line in lines]  # each line ends with its checksum
    return [entry for entry in entries if entry.get("kind") == "point"]
