"""TRL 1.12.0's side of ppo_vs_trl.py (in TRL's own interpreter): PPOTrainer as documented, stopped after every step."""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any

import torch
from peft import LoraConfig
from transformers import (
    AutoModelForCausalLM,
    AutoModelForSequenceClassification,
    AutoTokenizer,
    TrainerCallback,
)
from trl.experimental.ppo import PPOConfig, PPOTrainer, ppo_trainer


class Turns(TrainerCallback):
    """Waits for its turn before the first step and after every one."""

    def __init__(self, channel: Any, device: str) -> None:
        self._channel, self._device = channel, device
        self._began, self._spent = 0.0, 0.0

    def on_train_begin(self, *_: Any, **__: Any) -> None:
        self._say({"ready": True})
        self._wait()

    def on_step_end(self, *_: Any, **__: Any) -> None:
        took = {"seconds": time.monotonic() - self._began, "cpu_seconds": time.process_time() - self._spent}
        self._say(took | {"device": self._device})
        self._wait()

    def _wait(self) -> None:
        if sys.stdin.readline() != "go\n":
            os._exit(0)
        self._began, self._spent = time.monotonic(), time.process_time()

    def _say(self, body: dict[str, Any]) -> None:
        self._channel.write(json.dumps(body) + "\n")
        self._channel.flush()


def end_at(every: int) -> None:
    """One token in `every` ends an answer, the same ones as on the engine's side; TRL knows only one end token."""

    def truncated(_stop: int, pad: int, responses: torch.Tensor) -> torch.Tensor:
        last = ppo_trainer.first_true_indices(responses % every == every // 2).unsqueeze(-1)
        return torch.masked_fill(responses, torch.arange(responses.shape[1], device=responses.device) > last, pad)

    ppo_trainer.truncate_response = truncated


def main() -> None:
    job = json.loads(sys.argv[1])
    channel = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    torch.set_num_threads(job["threads"])
    if job["end_every"]:
        end_at(job["end_every"])
    cpu = job["device"].startswith("cpu")
    dtype = torch.float32 if cpu else torch.bfloat16
    folder = job["model"]
    tokenizer = AutoTokenizer.from_pretrained(folder, padding_side="left")
    with open(job["prompts"], encoding="utf-8") as file:  # noqa: PTH123 - plain enough
        prompts = json.load(file)
    policy, reference = (AutoModelForCausalLM.from_pretrained(folder, dtype=dtype) for _ in range(2))
    value, reward = (
        AutoModelForSequenceClassification.from_pretrained(folder, dtype=dtype, num_labels=1) for _ in range(2)
    )
    settings = PPOConfig(
        output_dir=job["root"], total_episodes=job["episodes"], per_device_train_batch_size=job["batch"],
        gradient_accumulation_steps=1, num_mini_batches=job["minibatches"], num_ppo_epochs=job["epochs"],
        local_rollout_forward_batch_size=job["batch"], response_length=job["response"], temperature=1.0,
        learning_rate=1e-5, adam_beta2=0.95, num_sample_generations=0, gradient_checkpointing=False, bf16=not cpu,
        use_cpu=cpu, report_to="none", save_strategy="no", logging_strategy="no", disable_tqdm=True,
        missing_eos_penalty=1.0, stop_token="eos" if job["end_every"] else None,
    )  # fmt: skip
    targets = ["qkv_proj", "o_proj", "gate_up_proj", "down_proj"]
    lora = LoraConfig(r=16, lora_alpha=32, target_modules=targets, task_type="CAUSAL_LM") if job["lora"] else None
    trainer = PPOTrainer(
        args=settings, processing_class=tokenizer, model=policy, ref_model=None if lora else reference,
        reward_model=reward, value_model=value, train_dataset=[{"input_ids": prompt} for prompt in prompts],
        callbacks=[Turns(channel, job["device"])], peft_config=lora,
    )  # fmt: skip
    trainer.train()


if __name__ == "__main__":
    main()
