"""The engine's side of ppo_vs_trl.py: the training step of a real session, stopped after every PPO iteration."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from so8t_engine.config.run_config import RunConfig
from so8t_engine.data import shards
from so8t_engine.model import base_model
from so8t_engine.model import tokenizer as tokens
from so8t_engine.protocol import Message
from so8t_engine.run.context import Context
from so8t_engine.run.control import Control
from so8t_engine.session import recovery, store
from so8t_engine.session.state import Cursor
from so8t_engine.steps import collect, convert, integrate, train

MAX_PROMPT = 64


class Turns:
    """Waits for its turn after every iteration, and keeps a clock that stands still meanwhile."""

    def __init__(self, channel: Any, iteration: int) -> None:
        self._channel, self._iteration = channel, iteration
        self._waited, self._began, self._spent = 0.0, 0.0, 0.0
        self.ready: dict[str, Any] = {}
        self._saves = 0

    def clock(self) -> float:
        return time.monotonic() - self._waited

    def emit(self, event: Message) -> None:
        self._saves += event.name == "saved"
        if event.name != "point" or event.data["phase"] not in ("rollout", "ppo"):
            return
        if event.data["phase"] == "ppo" and event.data["update"] % self._iteration == 0:
            took = {"seconds": self.clock() - self._began, "cpu_seconds": time.process_time() - self._spent}
            self._say(took | {"saves": self._saves, "device": self.ready["device"]})
            self.wait()

    def wait(self) -> None:
        before = time.monotonic()
        if sys.stdin.readline() != "go\n":
            os._exit(0)
        self._waited += time.monotonic() - before
        self._began, self._spent = self.clock(), time.process_time()

    def start(self, about: dict[str, Any]) -> None:
        self.ready = about
        self._say(about)
        self.wait()

    def _say(self, body: dict[str, Any]) -> None:
        self._channel.write(json.dumps(body) + "\n")
        self._channel.flush()


def configured(job: dict[str, Any]) -> RunConfig:
    batch = job["batch"]
    return RunConfig.model_validate(
        {
            "datasets": [
                {"name": "maths", "source": "local", "path": "demo:maths", "adapter": "gsm8k", "max_rows": 2000}
            ],
            "model": {
                "dtype": "float32" if job["device"] == "cpu" else "bfloat16",
                "build": {
                    "hidden_size": job["hidden"], "intermediate_size": 2 * job["hidden"], "vocab_size": job["vocab"],
                    "num_hidden_layers": job["layers"], "max_steps": 1, "per_device_train_batch_size": 4,
                },
            },
            "lora": {"enabled": job["lora"], "r": 16, "lora_alpha": 32},
            "warmup": {"max_steps": 0, "max_length": 256},
            "ppo": {
                "total_episodes": job["episodes"], "batch_size": batch, "local_rollout_forward_batch_size": batch,
                "per_device_train_batch_size": batch // job["minibatches"], "num_ppo_epochs": job["epochs"],
                "num_mini_batches": job["minibatches"], "response_length": job["response"],
                "max_prompt_length": MAX_PROMPT, "learning_rate": 1e-5, "temperature": 1.0,
            },
            "checkpoint": {"interval_seconds": job["interval"]},
            "runtime": {"device": job["device"], "num_threads": job["threads"]},
        }
    )  # fmt: skip


def prompts(session: Path, config: RunConfig, tokenizer: Any) -> list[list[int]]:
    """The token ids of what PPO asks, as many as TRL's side will want."""
    examples = shards.read_examples(session, "train")
    texts = [examples[i].prompt for i in range(len(examples))]
    found = tokens.encode_prompts(tokenizer, texts, config.convert.system_prompt)
    return [list(prompt) for prompt in found if len(prompt) <= MAX_PROMPT]


def main() -> None:
    job = json.loads(sys.argv[1])
    channel = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    config, root = configured(job), Path(job["root"])
    root.mkdir()
    store.create(root, "s", config.model_dump_json(), "2026-01-01T00:00:00Z")
    session = root / "s"
    turns = Turns(channel, job["epochs"] * job["minibatches"])
    context = Context(session, config, recovery.recover(session), turns.emit, Control(), clock=turns.clock)
    for step, following in ((collect, "integrate"), (integrate, "convert"), (convert, "train")):
        step.run(context, context.state.cursor)
        context.go_to(Cursor(following))

    real = base_model.load

    def loaded(*arguments: Any) -> Any:
        """The model has been built: from here on, only iterations, with other ends of answers."""
        found = real(*arguments)
        (root / "prompts.json").write_text(json.dumps(prompts(session, config, found[1])))
        every = job["end_every"]
        ends = list(range(every // 2, len(found[1]), every)) if every else [-1]
        tokens.stop_ids = lambda _: ends
        where = {"model": str(session / base_model.MODEL), "prompts": str(root / "prompts.json")}
        turns.start(where | {"device": str(arguments[2])})
        return found

    base_model.load = loaded
    train.run(context, context.state.cursor)


if __name__ == "__main__":
    main()
