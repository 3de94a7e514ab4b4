"""What the SO(8) gates cost: a PPO micro-batch forward and backward, and decoding, with them and without, turn by turn.

Random weights; the same policy, its gates switched on and off from one round to the next, so that whatever else the
machine does hits both. Reports the median of the rounds' ratios with its quartiles, by processor time where there is no
GPU. `--arch phi-3.5-mini` is some layers of the real job's width with the real job's settings, its middle half gated
as there; `demo` the preset's model. `--hidden` scales the width of either. Prints one JSON object as its last line.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import time
from collections.abc import Callable
from typing import Any

import torch
import transformers
from torch import nn
from transformers import Phi3Config, Phi3ForCausalLM

from so8t_engine.config import file as config_file
from so8t_engine.model import generate
from so8t_engine.model.policy import Policy
from so8t_engine.train import rollout

PRESETS = {"phi-3.5-mini": "phi35-so8t", "demo": "demo"}
SHAPES = {  # hidden size, intermediate size, width of a head
    "phi-3.5-mini": (3072, 8192, 96),
    "demo": (256, 512, 64),
}
VOCABULARY = 4096


def policy_of(given: argparse.Namespace, device: torch.device) -> Policy:
    """With the preset's LoRA and band of gates, and generators that turn."""
    torch.manual_seed(1)
    usual, intermediate, head = SHAPES[given.arch]
    hidden = given.hidden or usual
    heads = max(1, hidden // head)
    cuda = device.type == "cuda"
    shape = Phi3Config(
        hidden_size=hidden, intermediate_size=intermediate * hidden // usual, num_hidden_layers=given.layers,
        num_attention_heads=heads, num_key_value_heads=heads, vocab_size=VOCABULARY, pad_token_id=0,
        bos_token_id=None, eos_token_id=None, max_position_embeddings=4096,
    )  # fmt: skip
    settings = ["lora.train_tag_rows=false", "model.gradient_checkpointing=false"]
    config = config_file.load_preset(PRESETS[given.arch], settings)
    model = Phi3ForCausalLM(shape).to(device, torch.bfloat16 if cuda else torch.float32)
    policy = Policy.wrap(model, None, config, 1)
    assert policy.gates is not None
    with torch.no_grad():
        nn.init.normal_(policy.gates.generators, std=0.02)
    return policy


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


def compared(policy: Policy, action: Callable[[], object], rounds: int, device: torch.device) -> dict[str, Any]:
    """Medians with and without, and over the rounds their ratio; who begins changes each round."""
    assert policy.gates is not None
    times: dict[bool, list[float]] = {True: [], False: []}
    for number in range(rounds + 1):
        for enabled in (True, False) if number % 2 else (False, True):
            policy.gates.enabled = enabled
            seconds = measured(action, device)
            if number:  # the first round warms up
                times[enabled].append(seconds)
    policy.gates.enabled = True
    percents = [100 * (on / off - 1) for on, off in zip(times[True], times[False], strict=True)]
    low, middle, high = statistics.quantiles(percents, n=4, method="inclusive")
    return {
        "with_seconds": round(statistics.median(times[True]), 4),
        "without_seconds": round(statistics.median(times[False]), 4),
        "overhead_percent": round(middle, 2),
        "quartiles_percent": [round(low, 2), round(high, 2)],
    }


def step_of(policy: Policy, sequences: int, prompt: int, response: int) -> Callable[[], None]:
    queries = torch.randint(1, VOCABULARY, (sequences, prompt))
    responses = torch.randint(1, VOCABULARY, (sequences, response))
    lengths = torch.full((sequences,), response - 1)

    def step() -> None:
        policy.train(dropout=False)
        seen = rollout.score_sequences(
            policy,
            queries=queries,
            query_lengths=torch.full((sequences,), prompt),
            responses=responses,
            lengths=lengths,
            temperature=1.0,
        )
        (seen.logprobs.mean() + seen.values.mean()).backward()
        for parameter in policy.trainable().values():
            parameter.grad = None

    return step


def decoding_of(policy: Policy, sequences: int, prompt: int, tokens: int, merged: bool) -> Callable[[], None]:
    prompts = torch.randint(1, VOCABULARY, (sequences, prompt)).tolist()

    def decode() -> None:
        policy.eval()
        if merged:
            with policy.merged():
                generate.generate(policy.base, prompts, stop=[], max_new_tokens=tokens)
        else:
            generate.generate(policy.base, prompts, stop=[], max_new_tokens=tokens)

    return decode


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--arch", choices=list(PRESETS), default="demo")
    parser.add_argument("--hidden", type=int, help="another width, a multiple of 192; the maps' proportions stay")
    parser.add_argument("--layers", type=int, default=4, help="the middle half is gated")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--sequences", type=int, help="default 2, for demo 32")
    parser.add_argument("--prompt", type=int, default=32)
    parser.add_argument("--tokens", type=int, help="response tokens; default 128, for demo 48")
    parser.add_argument("--decoding", action="store_true", help="decoding too (16 tokens), as training and as rollouts")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    device = torch.device(given.device)
    policy = policy_of(given, device)
    assert policy.gates is not None
    sequences = given.sequences or (32 if given.arch == "demo" else 2)
    tokens = given.tokens or (48 if given.arch == "demo" else 128)
    result: dict[str, Any] = {
        "benchmark": "gate_overhead", "arch": given.arch, "hidden": policy.base.config.hidden_size,
        "layers": given.layers, "gates": len(policy.gates.names), "sequences": sequences, "prompt": given.prompt,
        "tokens": tokens, "rounds": given.rounds, "device": str(device), "threads": given.threads,
        "torch": torch.__version__, "transformers": transformers.__version__, "machine": platform.machine(),
        "update": compared(policy, step_of(policy, sequences, given.prompt, tokens), given.rounds, device),
    }  # fmt: skip
    for name, merged in (("decoding", False), ("decoding_as_in_rollouts", True)) if given.decoding else ():
        found = compared(policy, decoding_of(policy, sequences, given.prompt, 16, merged), given.rounds, device)
        result[name] = found | {"tokens_per_second": round(sequences * 16 / found["with_seconds"], 1)}
    print(json.dumps(result))


if __name__ == "__main__":
    main()
