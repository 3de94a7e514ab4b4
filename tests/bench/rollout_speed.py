"""Tokens a second of rollouts on a Phi-3.5-mini of random weights: NF4, LoRA r 64, gates, prompts and answers of 512.

In one run on one card: steps replayed as a CUDA graph (as a run does it) for several numbers of rows, the same launched
one by one, and transformers' own continuous batching (`generate_batch`) on the base model, which carries no adapter
here. Then a profile of replayed steps: the share of their time in which the GPU works, and what it works on; how far
the drawn log-probabilities are from the training pass's; whether the same answers come twice. Without a card
(--count): ATen operations of one decode step and one micro-batch of the real shape, on the meta device. The last line
is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import torch
from torch.utils._python_dispatch import TorchDispatchMode
from transformers import AutoModelForCausalLM, Phi3Config, Phi3ForCausalLM, masking_utils

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1]))

import ppo_memory

from so8t_engine.config.run_config import RunConfig
from so8t_engine.model import generate, pretrained, runtime, so8_gate, step_graphs
from so8t_engine.model.policy import Policy
from so8t_engine.train import rollout


def opened(folder: Path, shape: Phi3Config, config: RunConfig, device: torch.device) -> Policy:
    """The policy on random weights, adapters and gates that do something."""
    if not (folder / "config.json").is_file():
        torch.set_default_dtype(torch.bfloat16)
        with torch.device(device):
            Phi3ForCausalLM(shape).save_pretrained(folder)
        torch.set_default_dtype(torch.float32)
        torch.cuda.empty_cache()
    four = pretrained.four_bit(torch.bfloat16) if config.model.load_in_4bit else None
    model = AutoModelForCausalLM.from_pretrained(
        folder, quantization_config=four, dtype=torch.bfloat16, device_map={"": str(device)}
    )
    policy = Policy.wrap(model, None, config, 1)
    with torch.no_grad():
        for name, parameter in policy.trainable().items():
            if "lora_B" in name or name.startswith("gates"):
                torch.nn.init.normal_(parameter, std=1e-3)
    policy.set_alpha(0.8)
    policy.keep_reference(policy.tensors(), config.alpha.initial)
    return policy


def prompts_of(count: int, length: int, seed: int) -> list[list[int]]:
    chance = torch.Generator().manual_seed(seed)
    return torch.randint(3, ppo_memory.HIGHEST_WORD, (count, length), generator=chance).tolist()


def answered(policy: Policy, prompts: list[list[int]], new: int, rows: int) -> list[generate.Completion]:
    with policy.generating():
        return generate.generate(
            policy.base, prompts, stop=[2], max_new_tokens=new, rows=rows, temperature=0.7,
            seeds=list(range(len(prompts))), graph_failed=lambda why: print("NO GRAPH:", why, flush=True),
        )  # fmt: skip


def timed(policy: Policy, length: int, new: int, rows: int, rounds: int) -> float:
    """Tokens a second, reading the prompts included."""
    prompts = prompts_of(rows * rounds, length, rows)
    torch.cuda.synchronize()
    began = time.perf_counter()
    said = answered(policy, prompts, new, rows)
    torch.cuda.synchronize()
    return sum(len(answer.tokens) for answer in said) / (time.perf_counter() - began)


def one_by_one(policy: Policy, length: int, new: int, rows: int) -> float:
    class Launched(step_graphs.StepGraphs):
        def __init__(self, step: Any, _: torch.device, failed: Any) -> None:
            super().__init__(step, torch.device("cpu"), failed)

    generate.StepGraphs = Launched
    try:
        return timed(policy, length, new, rows, 1)
    finally:
        generate.StepGraphs = step_graphs.StepGraphs


def profiled(policy: Policy, length: int, rows: int) -> dict[str, Any]:
    """Of replayed steps alone."""
    steps: dict[str, Any] = {}

    class Watched(step_graphs.StepGraphs):
        def run(self, width: int) -> None:
            self.calls = getattr(self, "calls", 0) + 1
            if self.calls != 100:
                super().run(width)
                return
            torch.cuda.synchronize()
            began = time.perf_counter()
            for _ in range(8):
                super().run(width)
            torch.cuda.synchronize()
            steps["ms"] = (time.perf_counter() - began) / 8 * 1e3
            with torch.profiler.profile(activities=[torch.profiler.ProfilerActivity.CUDA]) as profile:
                for _ in range(4):
                    super().run(width)
                torch.cuda.synchronize()
            rows_of = sorted(profile.key_averages(), key=lambda row: -row.self_device_time_total)
            steps["gpu_ms"] = sum(row.self_device_time_total for row in rows_of) / 4 / 1e3
            steps["kernels"] = sum(row.count for row in rows_of) // 4
            steps["top"] = [
                [row.key[:60], row.count // 4, round(row.self_device_time_total / 4 / 1e3, 3)] for row in rows_of[:14]
            ]

    generate.StepGraphs = Watched
    try:
        answered(policy, prompts_of(rows, length, 1), 160, rows)
    finally:
        generate.StepGraphs = step_graphs.StepGraphs
    return steps | {"gpu_busy": round(steps["gpu_ms"] / steps["ms"], 3)}


def their_own(policy: Policy, length: int, new: int, rows: int, count: int) -> dict[str, Any]:
    """transformers' continuous batching on the base model alone; twice, to see whether the answers repeat."""
    from transformers import GenerationConfig
    from transformers.generation.configuration_utils import ContinuousBatchingConfig

    prompts = prompts_of(count, length, rows)
    settings = GenerationConfig(max_new_tokens=new, do_sample=True, temperature=0.7, top_k=0, eos_token_id=-1)
    batching = {"max_requests_per_batch": rows, "max_batch_tokens": 2048, "seed": 1, "max_memory_percent": 0.5}
    said, seconds = [], 0.0
    try:
        with policy.as_base(), runtime.repeatable_anyway(policy.device):
            for _ in range(2):
                torch.cuda.synchronize()
                began = time.perf_counter()
                found = policy.base.generate_batch(
                    [list(prompt) for prompt in prompts], generation_config=settings,
                    continuous_batching_config=ContinuousBatchingConfig(**batching),
                )  # fmt: skip
                torch.cuda.synchronize()
                seconds = time.perf_counter() - began
                said.append([list(each.generated_tokens) for each in found.values()])
        tokens = sum(map(len, said[1]))
        return {"tokens_per_second": round(tokens / seconds, 1), "tokens": tokens, "same_twice": said[0] == said[1]}
    except Exception as error:  # noqa: BLE001 - whatever a library cannot do is the finding
        return {"error": f"{type(error).__name__}: {error}"[:300]}


class Operations(TorchDispatchMode):
    """Counts what reaches the device: views launch nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.counts: Counter[str] = Counter()

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        if not func.is_view:
            self.counts[str(func)] += 1
        return func(*args, **(kwargs or {}))


def counted(shape: Phi3Config, config: RunConfig, rows: int) -> dict[str, int]:
    """ATen operations of a decode step and of a micro-batch's forward and backward, bfloat16 weights, meta device."""
    torch.set_default_dtype(torch.bfloat16)
    with torch.device("meta"):
        model = Phi3ForCausalLM(shape)
    torch.set_default_dtype(torch.float32)
    so8_gate.exponential = lambda full: full * 1.0  # these two look at numbers, of which there are none here
    masking_utils.is_tracing = lambda *_: True
    policy = Policy.wrap(model, None, config, 1)
    device = torch.device("meta")
    found = {}
    with torch.no_grad(), policy.generating(), runtime.attending_with_masks(model):
        decoder = generate._Decoder(model, rows, 1024, 512, stop=[2], temperature=0.7, device=device)
        decoder.step(256)
        with Operations() as operations:
            decoder.step(256)
        found["decode_step"] = operations.counts.total()
    policy.train(dropout=False)
    ids = torch.ones(2, 1024, dtype=torch.long, device=device)
    with Operations() as operations:
        states = policy.hidden(ids)
        logprobs, _ = policy.logprobs(states[:, :512].flatten(0, 1), ids[:, :512].flatten())
        (logprobs.mean() + policy.values(states).mean()).backward()
    return found | {"micro_batch": operations.counts.total()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--layers", type=int, help="fewer layers, for a try")
    parser.add_argument("--length", type=int, default=512, help="tokens of prompts, and of answers")
    parser.add_argument("--rows", type=int, nargs="+", default=[8, 16, 32])
    parser.add_argument("--model", type=Path, help="a folder to keep the random model in")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="change the preset")
    parser.add_argument("--cap-gib", type=float, help="what the allocator may take, as on a smaller card")
    parser.add_argument("--count", action="store_true", help="count operations on the meta device; needs no card")
    given = parser.parse_args()
    config, shape = ppo_memory.configured(given.set), ppo_memory.phi("phi-3.5-mini", given.layers)
    told: dict[str, Any] = {"benchmark": "rollout_speed", "torch": torch.__version__, "layers": shape.num_hidden_layers}
    if given.count or given.device == "cpu":
        print(json.dumps(told | {"operations": counted(shape, config, given.rows[0])}))
        return
    if given.cap_gib:
        total = torch.cuda.get_device_properties(0).total_memory
        torch.cuda.set_per_process_memory_fraction(given.cap_gib * ppo_memory.GIB / total)
    device = runtime.prepare(config)
    with tempfile.TemporaryDirectory() as spare:
        policy = opened(given.model or Path(spare), shape, config, device)
        length, first = given.length, given.rows[0]
        answered(policy, prompts_of(first, 64, 0), 24, first)  # libraries and kernels are loaded
        told["device"] = torch.cuda.get_device_name(device)
        torch.cuda.reset_peak_memory_stats(device)
        told["graph"] = {}
        for rows in given.rows:
            told["graph"][rows] = round(timed(policy, length, length, rows, 2 if rows == first else 1), 1)
            told.setdefault("peak_gib", {})[rows] = round(torch.cuda.max_memory_allocated(device) / ppo_memory.GIB, 2)
            print("rows", rows, told["graph"][rows], "tokens/s", flush=True)
        told["one_by_one"] = round(one_by_one(policy, length, 48, first), 1)
        print("one by one", told["one_by_one"], flush=True)
        told["profile"] = profiled(policy, length, first)
        print(json.dumps(told["profile"]), flush=True)
        prompts = prompts_of(first, length, 5)
        said = answered(policy, prompts, 128, first)
        told["same_twice"] = said == answered(policy, prompts, 128, first)
        seen = rollout.make_experience(
            policy, prompts=prompts, responses=[answer.tokens for answer in said], scores=[0.0] * first, stop=[2],
            pad=0, settings=config.ppo,
        )  # fmt: skip
        told["logprob_difference"] = [round(value, 5) for value in rollout.logprob_differences(said, seen.logprobs)]
        print(told["same_twice"], told["logprob_difference"], flush=True)
        told["generate_batch_of_the_base"] = their_own(policy, length, min(length, 256), first, first)
    print(json.dumps(told))


if __name__ == "__main__":
    main()
