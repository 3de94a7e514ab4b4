"""What PPO on Phi-3.5-mini needs of a GPU: NF4 base, LoRA r 64, SO(8) gates, answers of 512 tokens (preset phi35-so8t).

With --device cuda one PPO iteration runs on random weights through the engine's own code (rollouts, policy and
reference passes, every update of the iteration): peak memory as the allocator saw it, tokens a second. Without a GPU
nothing is run; an itemised estimate is printed, and says so: weights, trained parameters, and keys and values are
arithmetic; what an update keeps and peaks at is counted, tensor by tensor, while the engine's update runs on PyTorch's
meta device, where tensors have sizes but no numbers. Beside it the same estimate for TRL 1.12.0's PPOTrainer in bf16
with LoRA: policy and value model are two whole models, the reference is the policy without its adapter, logits are kept
for the whole sequence; its reward model is left out. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
import weakref
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves
from transformers import AutoModelForCausalLM, Phi3Config, Phi3ForCausalLM, masking_utils

import so8t_resources
from so8t_engine import config_file
from so8t_engine.config import RunConfig
from so8t_engine.doctor import needs
from so8t_engine.train import gate, opened, optim, ppo, rollout, seeds
from so8t_engine.train.policy import Policy

GIB = 1 << 30
PRESET = "phi35-so8t"


class Counted(TorchDispatchMode):
    """Bytes of all tensors made while it is on: those alive now, and the most there were at once."""

    def __init__(self) -> None:
        super().__init__()
        self.now = self.peak = 0
        self._sizes: dict[int, int] = {}

    def __torch_dispatch__(self, function: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        made = function(*args, **(kwargs or {}))
        for tensor in tree_leaves(made):
            if isinstance(tensor, torch.Tensor) and tensor.is_meta:
                self._add(tensor.untyped_storage())
        return made

    def ignore(self, tensors: Mapping[str, torch.Tensor] | list[torch.Tensor]) -> None:
        for tensor in tensors.values() if isinstance(tensors, Mapping) else tensors:
            self._sizes[tensor.untyped_storage()._cdata] = 0

    def _add(self, storage: Any) -> None:
        key = storage._cdata
        if key not in self._sizes:
            self._sizes[key] = storage.nbytes()
            self.now += storage.nbytes()
            self.peak = max(self.peak, self.now)
            weakref.finalize(storage, self._gone, key)

    def _gone(self, key: int) -> None:
        self.now -= self._sizes.pop(key, 0)


def shape_of(arch: str) -> Phi3Config:
    body = json.loads(so8t_resources.path("arch", f"{arch}.json").read_text(encoding="utf-8"))
    return Phi3Config(**{name: value for name, value in body.items() if name != "model_type"})


def configured(words: list[str]) -> RunConfig:
    """The preset, without the tag rows, which want a tokenizer (0.3 MB)."""
    return config_file.load_preset(PRESET, ["lora.train_tag_rows=false", *words])


def counted_update(arch: str, config: RunConfig) -> tuple[float, int]:
    """(peak bytes of one micro-batch's forward and backward beside the gradients, trained parameters)."""
    shape = shape_of(arch)
    torch.set_default_dtype(torch.bfloat16)
    with torch.device("meta"):
        model = Phi3ForCausalLM(shape)
    torch.set_default_dtype(torch.float32)
    gate.exponential = lambda full: full * 1.0  # these two look at numbers, of which there are none here
    masking_utils.is_tracing = lambda *_: True
    policy = Policy.wrap(model, None, config, 1)
    policy.train(dropout=False)
    trained = policy.trainable()
    rows, prompt, answer = config.ppo.per_device_train_batch_size, *config.lengths
    count = Counted()
    count.ignore([*model.parameters(), *model.buffers(), *trained.values()])
    tokens = torch.ones(rows, answer, dtype=torch.long)
    with count:
        seen = rollout.look(
            policy, torch.ones(rows, prompt, dtype=torch.long), torch.full((rows,), prompt), tokens,
            torch.full((rows,), answer - 1), config.ppo.temperature,
        )  # fmt: skip
        (seen.logprobs.mean() + seen.values.mean()).backward()
    parameters = sum(parameter.numel() for parameter in trained.values())
    gradients = sum(parameter.numel() * parameter.element_size() for parameter in trained.values())
    return count.peak - gradients, parameters


def estimate(arch: str, config: RunConfig) -> dict[str, float]:
    shape = needs.from_json(json.dumps(shape_of(arch).to_dict()))
    assert shape is not None
    update, parameters = counted_update(arch, config)
    usual = needs.gpu_memory(shape, config)
    prompt, answer = config.lengths
    width = needs.DTYPE_BYTES[config.model.dtype]
    asked = config.ppo.local_rollout_forward_batch_size
    unpacked = 2 * shape.hidden * shape.intermediate * width
    phases = {
        "rollouts: keys and values": needs._cache(shape, asked, prompt + answer, width),
        "update: activations and logits (counted)": update + unpacked,
    }
    phase = max(phases, key=lambda name: phases[name])
    items = {
        "weights (NF4, embeddings bf16)": usual["base model"],
        "adapters, gates, value head (float32)": parameters * 4.0,
        "their gradients": parameters * 4.0,
        "Adam's moments": parameters * 8.0,
        **phases,
    }
    always = sum(size for name, size in items.items() if name not in phases) + phases[phase]
    items["allocator (10 %)"] = needs.ALLOCATOR * always
    items["CUDA"] = needs.CUDA_CONTEXT
    items["peak"] = always + items["allocator (10 %)"] + items["CUDA"]
    return items


def estimate_trl(arch: str, config: RunConfig) -> dict[str, float]:
    """From TRL 1.12.0's source (trl/experimental/ppo): what it keeps on the GPU for the same work in bfloat16."""
    shape = needs.from_json(json.dumps(shape_of(arch).to_dict()))
    assert shape is not None
    plain = config.model_copy(update={"model": config.model.model_copy(update={"load_in_4bit": False})})
    prompt, answer = config.lengths
    tokens, rows = prompt + answer, config.ppo.per_device_train_batch_size
    asked = config.ppo.local_rollout_forward_batch_size
    logits = rows * tokens * shape.vocabulary
    layer = tokens * (10 * shape.hidden + 6 * shape.intermediate) * 2
    activations = 2 * rows * (tokens * shape.layers * shape.hidden * 2 + layer)  # policy and value model, checkpointed
    phases = {
        "rollouts: keys and values": needs._cache(shape, asked, tokens, 2),
        "update: activations, logits of whole sequences (bf16, float32 softmax, gradient)": activations + logits * 14,
    }
    items = {
        "policy (bf16)": shape.parameters * 2.0,
        "value model (bf16)": (shape.parameters - shape.vocabulary * shape.hidden) * 2.0,
        "adapters, gradients, moments": needs.trained_parameters(shape, plain) * 16.0,
        **phases,
    }
    always = sum(size for name, size in items.items() if name not in phases) + max(phases.values())
    items["allocator (10 %)"] = needs.ALLOCATOR * always
    items["CUDA"] = needs.CUDA_CONTEXT
    items["peak"] = always + items["allocator (10 %)"] + items["CUDA"]
    return items


def measured(arch: str, config: RunConfig, device: torch.device) -> dict[str, float]:
    """One iteration of batch_size episodes; random prompts, answers that never end."""
    with tempfile.TemporaryDirectory() as folder:
        torch.set_default_dtype(torch.bfloat16)
        Phi3ForCausalLM(shape_of(arch)).save_pretrained(folder)
        torch.set_default_dtype(torch.float32)
        model = AutoModelForCausalLM.from_pretrained(
            Path(folder), quantization_config=opened.four_bit(torch.bfloat16), dtype=torch.bfloat16,
            device_map={"": str(device)},
        )  # fmt: skip
    policy = Policy.wrap(model, None, config, 1)
    settings, (prompt, _) = config.ppo, config.lengths
    optimizer = optim.adamw(policy.trainable(), settings.learning_rate)
    torch.cuda.reset_peak_memory_stats(device)
    began, parts = time.perf_counter(), []
    for number in range(0, settings.batch_size, settings.local_rollout_forward_batch_size):
        count = settings.local_rollout_forward_batch_size
        prompts = torch.randint(1, 30_000, (count, prompt)).tolist()
        answers = rollout.answer(policy, prompts, [], 0, settings, seeds.generator(device, "bench", number))
        parts.append(rollout.observe(policy, prompts, answers, [0.1] * count, [], 0, settings))
    asked = time.perf_counter() - began
    batch = ppo.prepare(parts, 0, settings)
    for index in range(settings.num_ppo_epochs * settings.num_mini_batches):
        ppo.update(policy, optimizer, batch, ppo.minibatch(index, settings, 1), settings)
    torch.cuda.synchronize(device)
    whole = time.perf_counter() - began
    tokens = settings.batch_size * settings.response_length
    return {
        "peak_gib": round(torch.cuda.max_memory_allocated(device) / GIB, 3),
        "reserved_gib": round(torch.cuda.max_memory_reserved(device) / GIB, 3),
        "rollout_tokens_per_second": round(tokens / asked, 1),
        "tokens_per_second": round(tokens / whole, 1), "iteration_seconds": round(whole, 1),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--arch", default="phi-3.5-mini", help="a file of resources/arch (default phi-3.5-mini)")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="change the preset")
    given = parser.parse_args()
    config = configured(given.set)
    told: dict[str, Any] = {"arch": given.arch, "device": given.device, "torch": torch.__version__}
    if given.device.startswith("cuda"):
        told |= {"estimate": False, **measured(given.arch, config, torch.device(given.device))}
        print(f"measured on {torch.cuda.get_device_name(given.device)}")
    else:
        print("No GPU: this is an estimate, nothing was run.")
        ours, peer = estimate(given.arch, config), estimate_trl(given.arch, config)
        for name, items in (("SO8T", ours), ("TRL 1.12.0, bf16 + LoRA", peer)):
            print(f"\n{name}")
            for item, size in items.items():
                print(f"  {item:<82} {size / GIB:6.2f} GiB")
        told |= {"estimate": True, "ours_gib": _gib(ours), "trl_gib": _gib(peer)}
        told["share_of_trl"] = round(ours["peak"] / peer["peak"], 3)
    print(json.dumps(told))


def _gib(items: dict[str, float]) -> dict[str, float]:
    return {name: round(size / GIB, 3) for name, size in items.items()}


if __name__ == "__main__":
    main()
