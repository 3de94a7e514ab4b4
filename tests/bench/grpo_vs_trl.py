"""One cycle of GRPO: SO8T (NF4, LoRA, SO(8) gates) against TRL's GRPOTrainer with its own generation (bfloat16, LoRA).

Both generate --batch answers of --length tokens to the same prompts of about as many, score them with the same random
numbers, and update once or, with --iterations 4, four times over them; no reference model on either side. TRL generates
with transformers, or with --paged with transformers' continuous batching. Each side is a process of its own; building
the model is not counted, recording the step as a CUDA graph is. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

GIB = 1 << 30
GENERATIONS = 4  # answers to a prompt
TARGETS = ["qkv_proj", "o_proj", "gate_up_proj", "down_proj"]


def prompts(given: argparse.Namespace) -> list[str]:
    numbers = random.Random(1)
    words = ["one", "two", "three", "four"]
    return [" ".join(numbers.choices(words, k=given.length - 12)) for _ in range(given.batch // GENERATIONS)]


def reward(completion_ids: list[list[int]], **_: Any) -> list[float]:
    numbers = random.Random(2)
    return [numbers.random() for _ in completion_ids]


def trl_cycle(given: argparse.Namespace) -> dict[str, Any]:
    from datasets import Dataset
    from peft import LoraConfig
    from trl import GRPOConfig, GRPOTrainer

    cuda = given.device.startswith("cuda")
    dtype = torch.bfloat16 if cuda else torch.float32
    model = AutoModelForCausalLM.from_pretrained(given.model, dtype=dtype)
    with tempfile.TemporaryDirectory() as spare:
        settings = GRPOConfig(
            output_dir=spare, max_steps=given.iterations, per_device_train_batch_size=given.micro,
            gradient_accumulation_steps=given.batch // given.micro, num_iterations=given.iterations,
            num_generations=GENERATIONS, max_completion_length=given.length, temperature=1.0, beta=0.0,
            generation_kwargs={"min_new_tokens": given.length}, use_transformers_continuous_batching=given.paged,
            gradient_checkpointing=True, bf16=cuda, use_cpu=not cuda, report_to="none", save_strategy="no",
            logging_strategy="no", disable_tqdm=True,
        )  # fmt: skip
        trainer = GRPOTrainer(
            model=model,
            reward_funcs=reward,
            args=settings,
            train_dataset=Dataset.from_dict(
                {"prompt": [[{"role": "user", "content": text}] for text in prompts(given)]}
            ),
            processing_class=AutoTokenizer.from_pretrained(given.model),
            peft_config=LoraConfig(r=64, lora_alpha=128, target_modules=TARGETS, task_type="CAUSAL_LM"),
        )
        return timed(trainer.train, given)


def our_cycle(given: argparse.Namespace) -> dict[str, Any]:
    from so8t_engine.config import file as config_file
    from so8t_engine.model import generate, pretrained, runtime
    from so8t_engine.model.policy import Policy
    from so8t_engine.train import group_trainer, optim

    words = {
        "algorithm": "grpo", "grpo.num_generations": GENERATIONS, "grpo.num_iterations": given.iterations,
        "grpo.max_steps": given.iterations, "grpo.per_device_train_batch_size": given.micro,
        "grpo.gradient_accumulation_steps": given.batch // given.micro, "grpo.max_completion_length": given.length,
        "grpo.beta": 0.0, "lora.train_tag_rows": "false", "runtime.device": given.device,
    }  # fmt: skip
    config = config_file.load_preset("phi35-so8t", [f"{key}={value}" for key, value in words.items()])
    device = runtime.prepare(config)
    cuda = device.type == "cuda"
    if given.cap_gib and cuda:
        whole = torch.cuda.get_device_properties(device).total_memory
        torch.cuda.set_per_process_memory_fraction(given.cap_gib * GIB / whole)
    model = AutoModelForCausalLM.from_pretrained(
        given.model,
        quantization_config=pretrained.four_bit(torch.bfloat16) if cuda else None,
        dtype=torch.bfloat16 if cuda else torch.float32,
        device_map={"": str(device)},
    )
    policy = Policy.wrap(model, None, config, 1)
    settings = config.grpo
    assert settings is not None

    def answer(asked: list[list[int]]) -> list[list[int]]:
        with policy.generating():
            answers = generate.generate(
                policy.base,
                asked,
                stop=[],
                max_new_tokens=given.length,
                rows=given.rows,
                temperature=settings.temperature,
                seeds=range(len(asked)),
                graph_failed=print,
            )
        return [each.tokens for each in answers]

    def cycle() -> None:
        with tempfile.TemporaryDirectory() as spare:
            group_trainer.run(
                policy=policy,
                tokenizer=AutoTokenizer.from_pretrained(given.model),
                optimizer=optim.adamw(policy.trainable(), settings.learning_rate),
                settings=settings,
                prompts=[(row, [{"role": "user", "content": text}]) for row, text in enumerate(prompts(given))],
                session=Path(spare),
                rate_factor=lambda _: 1.0,
                answer=answer,
                reward=lambda _, responses: reward(responses),
                begin=lambda _: None,
                end=lambda *_: None,
            )

    return timed(cycle, given)


def timed(cycle: Any, given: argparse.Namespace) -> dict[str, Any]:
    cuda = given.device.startswith("cuda")
    if cuda:
        torch.cuda.reset_peak_memory_stats()
    began = time.perf_counter()
    cycle()
    if cuda:
        torch.cuda.synchronize()
    seconds = time.perf_counter() - began
    return {
        "cycle_seconds": round(seconds, 2),
        "tokens_per_second": round(given.batch * given.length / seconds, 1),
        "peak_gib": round(torch.cuda.max_memory_allocated() / GIB, 3) if cuda else None,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", required=True, help="a folder with a model of Phi-3.5's shape and its tokenizer")
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--batch", type=int, default=16, help="answers of a cycle")
    parser.add_argument("--rows", type=int, default=8, help="answered at a time by SO8T; TRL answers all at once")
    parser.add_argument("--micro", type=int, default=4)
    parser.add_argument("--length", type=int, default=512, help="tokens of prompts, and of answers")
    parser.add_argument("--iterations", type=int, default=1)
    parser.add_argument("--cap-gib", type=float, help="what our allocator may take, as on a smaller card")
    parser.add_argument("--paged", action="store_true", help="TRL generates by continuous batching")
    parser.add_argument("--side", choices=("ours", "trl"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.side:
        print(json.dumps(our_cycle(given) if given.side == "ours" else trl_cycle(given)))
        return
    told: dict[str, Any] = {"benchmark": "grpo_vs_trl", "device": given.device, "torch": torch.__version__,
                            "batch": given.batch, "length": given.length, "iterations": given.iterations}  # fmt: skip
    for side in ("ours", "trl"):
        command = [sys.executable, __file__, *sys.argv[1:], "--side", side]
        said = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
        told[side] = json.loads(said.splitlines()[-1])
        print(f"{side}: {told[side]}", flush=True)
    told["times_as_fast"] = round(told["trl"]["cycle_seconds"] / told["ours"]["cycle_seconds"], 2)
    print(json.dumps(told))


if __name__ == "__main__":
    main()
