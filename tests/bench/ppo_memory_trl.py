"""TRL 1.12.0's side of ppo_memory.py (in TRL's own interpreter): one step of PPOTrainer in bfloat16 with a LoRA policy.

Policy and value model are two copies of the given model, as TRL's documentation has them; the reference is the policy
without its adapter. The reward model is a tiny one, since ours is none: TRL could not do with less.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

import torch
from peft import LoraConfig
from tokenizers import Tokenizer, models
from transformers import (
    AutoModelForCausalLM,
    AutoModelForSequenceClassification,
    Phi3Config,
    Phi3ForSequenceClassification,
    PreTrainedTokenizerFast,
)
from trl.experimental.ppo import PPOConfig, PPOTrainer

PAD = 0


def main() -> None:
    job = json.loads(sys.argv[1])
    cuda = job["device"].startswith("cuda")
    folder = Path(job["model"])
    policy = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.bfloat16)
    value = AutoModelForSequenceClassification.from_pretrained(folder, dtype=torch.bfloat16, num_labels=1)
    small = Phi3Config(
        vocab_size=policy.config.vocab_size, hidden_size=64, intermediate_size=64, num_hidden_layers=1,
        num_attention_heads=2, num_key_value_heads=2, num_labels=1, pad_token_id=PAD, bos_token_id=None,
        eos_token_id=None,
    )  # fmt: skip
    reward = Phi3ForSequenceClassification(small).to(torch.bfloat16)
    for model in (policy, value):
        model.config.pad_token_id = PAD
    words = Tokenizer(models.WordLevel({"<pad>": PAD, "<end>": 1}, unk_token="<pad>"))
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=words, pad_token="<pad>", eos_token="<end>", padding_side="left"
    )
    highest = min(policy.config.vocab_size, job["highest"])
    prompts = torch.randint(2, highest, (job["batch"], job["prompt"])).tolist()
    with tempfile.TemporaryDirectory() as spare:
        settings = PPOConfig(
            output_dir=spare, total_episodes=job["batch"], per_device_train_batch_size=job["micro"],
            gradient_accumulation_steps=job["batch"] // job["micro"], num_mini_batches=job["minibatches"],
            num_ppo_epochs=job["epochs"], local_rollout_forward_batch_size=job["asked"],
            response_length=job["response"], temperature=job["temperature"], num_sample_generations=0,
            gradient_checkpointing=True, bf16=True, use_cpu=not cuda, report_to="none", save_strategy="no",
            logging_strategy="no", disable_tqdm=True, stop_token=None,
        )  # fmt: skip
        targets = ["qkv_proj", "o_proj", "gate_up_proj", "down_proj"]
        lora = LoraConfig(r=job["r"], lora_alpha=job["lora_alpha"], target_modules=targets, task_type="CAUSAL_LM")
        policy.gradient_checkpointing_enable({"use_reentrant": False})
        value.gradient_checkpointing_enable({"use_reentrant": False})
        trainer = PPOTrainer(
            args=settings, processing_class=tokenizer, model=policy, ref_model=None, reward_model=reward,
            value_model=value, train_dataset=[{"input_ids": prompt} for prompt in prompts], peft_config=lora,
        )  # fmt: skip
        if cuda:
            torch.cuda.reset_peak_memory_stats()
        steps: list[float] = []
        own = trainer.optimizer.step

        def step(*given: object, **more: object) -> object:
            """TRL has no hook at the end of an epoch: it ends with a quarter of the optimizer's steps."""
            result = own(*given, **more)
            steps.append(time.perf_counter())
            print(f"optimizer step {len(steps)} after {steps[-1] - began:.1f} s", file=sys.stderr, flush=True)
            return result

        trainer.optimizer.step = step
        began = time.perf_counter()
        trainer.train()
        if cuda:
            torch.cuda.synchronize()
        whole = time.perf_counter() - began
    gib = 1 << 30
    found = {
        "peak_gib": round(torch.cuda.max_memory_allocated() / gib, 3) if cuda else 0.0,
        "reserved_gib": round(torch.cuda.max_memory_reserved() / gib, 3) if cuda else 0.0,
        "tokens_per_second": round(job["batch"] * job["response"] / whole, 1),
        "iteration_seconds": round(whole, 1),
        "one_epoch_seconds": round(steps[len(steps) // job["epochs"] - 1] - began, 1),
        "optimizer_steps": len(steps),
        "tuned_value_parameters": sum(p.numel() for p in value.parameters() if p.requires_grad),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
