"""What the SO(8) gates cost: a PPO micro-batch forward and backward, and decoding, with them and without, turn by turn.

Random weights; the same policy, its gates switched on and off from one round to the next, so that whatever else the
machine does hits both. Reports the median of the rounds' ratios, by CPU time where there is no GPU. `--arch` phi is
two layers of Phi-3.5-mini's width (both gated: twice the share of the real job, where half of the layers are),
demo the preset's model. Prints one JSON object as its last line.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable
from typing import Any

import torch
from torch import nn
from transformers import Phi3Config, Phi3ForCausalLM

from so8t_engine import config_file
from so8t_engine.config import RunConfig
from so8t_engine.train import generate, rollout
from so8t_engine.train.policy import Policy

PHI = dict(hidden_size=3072, intermediate_size=8192, num_attention_heads=32, num_key_value_heads=32)
DEMO = dict(hidden_size=256, intermediate_size=512, num_attention_heads=4, num_key_value_heads=4)


def policy_of(arch: str, layers: int, device: torch.device) -> tuple[Policy, RunConfig]:
    """All layers gated for phi (`layers` of them), the preset's band for the demo."""
    torch.manual_seed(1)
    shape = {**PHI, "num_hidden_layers": layers} if arch == "phi" else {**DEMO, "num_hidden_layers": 4}
    words = ["lora.train_tag_rows=false"] + (["lora.r=64", "gate.first=0.0", "gate.last=1.0"] if arch == "phi" else [])
    config = config_file.load_preset("demo", words)
    kind = torch.bfloat16 if device.type == "cuda" else torch.float32
    model = Phi3ForCausalLM(Phi3Config(**shape, vocab_size=4096, pad_token_id=0, max_position_embeddings=4096))
    policy = Policy.wrap(model.to(device, kind), None, config, 1)
    assert policy.gates is not None
    with torch.no_grad():
        nn.init.normal_(policy.gates.generators, std=0.02)
    return policy, config


def measured(action: Callable[[], object], device: torch.device) -> float:
    if device.type == "cuda":
        torch.cuda.synchronize(device)
        start = time.perf_counter()
        action()
        torch.cuda.synchronize(device)
        return time.perf_counter() - start
    start = time.process_time()
    action()
    return time.process_time() - start


def compared(policy: Policy, action: Callable[[], object], rounds: int, device: torch.device) -> dict[str, float]:
    """Medians with and without, and the median over rounds of their ratio; who begins changes each round."""
    assert policy.gates is not None
    times: dict[bool, list[float]] = {True: [], False: []}
    for number in range(rounds + 1):
        for enabled in (True, False) if number % 2 else (False, True):
            policy.gates.enabled = enabled
            seconds = measured(action, device)
            if number:  # the first round warms up
                times[enabled].append(seconds)
    policy.gates.enabled = True
    ratios = [on / off for on, off in zip(times[True], times[False], strict=True)]
    return {
        "with_seconds": round(statistics.median(times[True]), 4),
        "without_seconds": round(statistics.median(times[False]), 4),
        "overhead_percent": round(100 * (statistics.median(ratios) - 1), 2),
    }


def step_of(policy: Policy, sequences: int, prompt: int, response: int) -> Callable[[], None]:
    queries = torch.randint(1, 4000, (sequences, prompt))
    responses = torch.randint(1, 4000, (sequences, response))
    lengths = torch.full((sequences,), response - 1)

    def step() -> None:
        policy.train(dropout=False)
        seen = rollout.look(policy, queries, torch.full((sequences,), prompt), responses, lengths, 1.0)
        (seen.logprobs.mean() + seen.values.mean()).backward()
        for parameter in policy.trainable().values():
            parameter.grad = None

    return step


def decoding_of(policy: Policy, sequences: int, prompt: int, tokens: int, merged: bool) -> Callable[[], None]:
    prompts = torch.randint(1, 4000, (sequences, prompt)).tolist()

    def decode() -> None:
        policy.eval()
        if merged:
            with policy.merged():
                generate.generate(policy.base, prompts, [], 0, tokens)
        else:
            generate.generate(policy.base, prompts, [], 0, tokens)

    return decode


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--arch", choices=["phi", "demo"], default="demo")
    parser.add_argument("--layers", type=int, default=2, help="of phi; the demo has four, the middle two gated")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--sequences", type=int, help="default 2 for phi, 32 for demo")
    parser.add_argument("--tokens", type=int, help="response tokens; default 128 for phi, 48 for demo")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    device = torch.device(given.device)
    policy, _ = policy_of(given.arch, given.layers, device)
    sequences = given.sequences or (2 if given.arch == "phi" else 32)
    tokens = given.tokens or (128 if given.arch == "phi" else 48)
    result: dict[str, Any] = {"arch": given.arch, "device": str(device), "threads": given.threads}
    result["update"] = compared(policy, step_of(policy, sequences, 32, tokens), given.rounds, device)
    few = min(tokens, 16)
    for name, merged in (("decoding", False), ("decoding_as_in_rollouts", True)):
        found = compared(policy, decoding_of(policy, sequences, 32, few, merged), given.rounds, device)
        result[name] = {**found, "tokens_per_second": round(sequences * few / found["with_seconds"], 1)}
    print(json.dumps(result))


if __name__ == "__main__":
    main()
