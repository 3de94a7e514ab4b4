"""Teachers for tests: a tiny model that has learnt one reply by heart, and records that it can be asked about."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from helpers.sessions import local, write_lines
from so8t_engine.config.model import Build
from so8t_engine.config.teaching import Teaching
from so8t_engine.data.record import Record
from so8t_engine.data.thought import sections
from so8t_engine.model import base_model
from so8t_engine.model import tokenizer as tokens
from so8t_engine.teacher import questions

LOGIC = "Three of the ten went away, so take them off."
REPLY = json.dumps({"logic": LOGIC, "final": "7"})
NAMES = ("Mia", "Ben", "Ken", "Yui", "Tom", "Ann", "Leo", "Sam", "Eva")


ALIKE = {"near_duplicates": False, "decontaminate": False}  # section `integrate`: the sums differ by a name


def sums(folder: Path, wrong: int = 1) -> dict[str, Any]:
    """A source whose answers are all 7, but for the last ones; nobody says how one gets there."""
    rows = [{"q": f"{name} had 10 pens and lost 3. How many are left?", "a": "7"} for name in NAMES]
    for row in rows[len(rows) - wrong :]:
        row["a"] = "8"
    path = write_lines(folder / "sums.jsonl", rows)
    columns = {"prompt": "q", "response": "a", "answer": "a"}
    return local("sums", path, adapter="columns", columns=columns, category="maths")


def learn_by_heart(folder: Path, reply: str = REPLY, steps: int = 60) -> Path:
    """A Phi-3 model of a few thousand weights, saved as a real one is, that answers every sum with `reply`."""
    asked = [_question(f"{name} had 10 pens and lost 3. How many are left?") for name in NAMES]
    tokenizer = tokens.train([*asked, reply] * 20, vocab_size=600, max_length=2_048)
    build = Build(
        hidden_size=64, intermediate_size=64, num_hidden_layers=1, num_attention_heads=2, vocab_size=600,
        max_position_embeddings=2_048,
    )  # fmt: skip
    model = base_model.new(build, tokenizer, 0, torch.device("cpu"))
    _fit(model, tokens.encode_prompts(tokenizer, asked), tokens.encode_completions(tokenizer, [reply])[0], steps)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def _question(prompt: str) -> str:
    record = Record("0", "s", prompt, "7", "maths", "en", "train", answer="7", answer_kind="number")
    asked = questions.of_record(record, sections.of_record(record), Teaching())
    assert asked is not None
    return asked.text


def _fit(model: Any, prompts: Sequence[list[int]], answer: list[int], steps: int) -> None:
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-2)
    for step in range(steps):
        prompt = prompts[step % len(prompts)]
        labels = torch.tensor([[-100] * len(prompt) + answer])
        loss = model(input_ids=torch.tensor([prompt + answer]), labels=labels).loss
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
