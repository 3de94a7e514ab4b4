"""What PPO on Phi-3.5-mini needs of a GPU: NF4 base, LoRA r 64, SO(8) gates, answers of 512 tokens (preset phi35-so8t).

With --device cuda one PPO iteration runs on random weights through the engine's own code (rollouts, policy and
reference passes, every update of the iteration): peak memory as the allocator saw it, tokens a second. With
--trl-python as well: TRL 1.12.0's PPOTrainer on the same work (same shape, prompts, lengths, batch, epochs) in bfloat16
with LoRA, in its own environment (ppo_vs_trl.py --help says how to make it); its reward model is a tiny one.

Without a GPU nothing is run: an itemised ESTIMATE is printed, and says so. Ours is the engine's own
(doctor/gpu_memory_estimate.py, which tests hold to counts on real small models), and beside it what one micro-batch's
update takes of this very model, counted allocation by allocation on PyTorch's meta device, where tensors have sizes but
no numbers. TRL's is read off its source, with our measured bytes a token for activations. The last line is one JSON
object.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import torch
from transformers import AutoModelForCausalLM, Phi3Config, Phi3ForCausalLM, masking_utils

sys.path.insert(0, str(Path(__file__).parents[1]))

import so8t_resources
from helpers.allocations import Allocations
from so8t_engine.config import file as config_file
from so8t_engine.config.run_config import RunConfig
from so8t_engine.doctor import gpu_memory_estimate
from so8t_engine.doctor.gpu_memory_estimate import GIB, Items, Shape
from so8t_engine.model import pretrained, runtime, so8_gate
from so8t_engine.model.policy import Policy
from so8t_engine.sentences import Sentence, say
from so8t_engine.train import optim, ppo, rollout

PRESET = "phi35-so8t"
HIGHEST_WORD = 30_000  # of random prompts


def phi(arch: str, layers: int | None) -> Phi3Config:
    body = json.loads(so8t_resources.path("arch", f"{arch}.json").read_text(encoding="utf-8"))
    body |= {"num_hidden_layers": layers or body["num_hidden_layers"]}
    return Phi3Config(**{name: value for name, value in body.items() if name != "model_type"})


def configured(words: list[str]) -> RunConfig:
    """The preset, without the tag rows, which want a tokenizer (0.3 MB)."""
    return config_file.load_preset(PRESET, ["lora.train_tag_rows=false", *words])


def counted_update(shape: Phi3Config, config: RunConfig) -> int:
    """Peak bytes of one micro-batch's forward and backward with its gradients, weights apart (not 4-bit)."""
    torch.set_default_dtype(torch.bfloat16)
    with torch.device("meta"):
        model = Phi3ForCausalLM(shape)
    torch.set_default_dtype(torch.float32)
    so8_gate.exponential = lambda full: full * 1.0  # these two look at numbers, of which there are none here
    masking_utils.is_tracing = lambda *_: True
    policy = Policy.wrap(model, None, config, 1)
    policy.train(dropout=False)
    rows, (prompt, answer) = config.ppo.per_device_train_batch_size, config.lengths
    tokens = torch.ones(rows, answer, dtype=torch.long)
    lengths = torch.full((rows,), prompt), torch.full((rows,), answer - 1)
    with Allocations([*model.parameters(), *model.buffers(), *policy.trainable().values()], "meta") as count:
        queries = torch.ones(rows, prompt, dtype=torch.long)
        seen = rollout.score_sequences(
            policy,
            queries=queries,
            query_lengths=lengths[0],
            responses=tokens,
            lengths=lengths[1],
            temperature=config.ppo.temperature,
        )
        (seen.logprobs.mean() + seen.values.mean()).backward()
    return count.peak


def peak(always: Items, phases: Items) -> Items:
    """All items, the phases each by itself, and the peak: what is always there and the largest phase, with margins."""
    largest = max(phases.values())
    whole = gpu_memory_estimate.with_margins({**always, "the largest of these phases": largest})
    return {**always, **phases, **whole, "peak": sum(whole.values())}


def estimate_ours(shape: Shape, config: RunConfig) -> Items:
    """Of the PPO iteration alone: warm-up and evaluation are left out on both sides."""
    phases = gpu_memory_estimate.phases(shape, config)
    chosen = {code: phases[code] for code in ("memory.rollouts", "memory.updates")}
    items = peak(gpu_memory_estimate.always(shape, config), chosen)
    return {say(Sentence(code)) if code.startswith("memory.") else code: size for code, size in items.items()}


def estimate_trl(shape: Shape, config: RunConfig, lean: bool) -> Items:
    """From TRL 1.12.0's source (trl/experimental/ppo/ppo_trainer.py): the same work in bfloat16 with a LoRA policy.

    As documented all of the value model is trained and a whole reward model is there. `lean` is kinder than TRL can be
    told to be without tricks: value model frozen but for LoRA of the same size, no reward model at all. Generation
    keeps every token's scores in float32 until the whole batch is done, and pads them once more into one tensor.
    """
    changed = config.model.model_copy(update={"load_in_4bit": False})
    plain = config.model_copy(update={"model": changed})
    prompt, answer = config.lengths
    tokens, rows, asked = prompt + answer, config.ppo.per_device_train_batch_size, config.ppo.batch_size
    part = config.ppo.local_rollout_forward_batch_size
    trained = float(gpu_memory_estimate.trained_parameters(shape, plain))
    value = float(shape.parameters - shape.vocabulary * shape.hidden)  # without the head
    scores = asked * answer * shape.vocabulary * 4.0
    recomputed = shape.of_layer(gpu_memory_estimate.DIFFERENTIATED[gpu_memory_estimate.HALF_WIDE_LORA])
    one = tokens * (shape.layers * shape.hidden * 2 + recomputed)
    logits = tokens * shape.vocabulary * (2 + 2 + 4 + 4)  # kept, gradient; float32 softmax and its product of `entropy`
    gradients = trained * 4 + (trained * 4 if lean else value * 2)
    always = {
        "policy (bf16)": shape.parameters * 2.0,
        "adapters and their moments": trained * 12,
        "value model (bf16)": value * 2,
        "value model's moments": trained * 12 if lean else value * 4,
    } | ({} if lean else {"reward model (bf16)": value * 2})
    phases = {
        "rollouts: keys and values": gpu_memory_estimate.keys_and_values(shape, plain, part * tokens)
        + part * prompt * shape.of_layer(gpu_memory_estimate.PASSING[gpu_memory_estimate.HALF])
        + scores * (1 - part / asked),
        "rollouts: scores of all answers (float32), and the padded copy": 2 * scores,
        "updates: gradients, activations of both, logits": gradients + rows * (2 * one + logits),
    }
    return peak(always, phases)


def measured(shape: Phi3Config, config: RunConfig, device: torch.device, folder: Path) -> dict[str, float]:
    """One iteration of batch_size episodes; random prompts, answers that never end."""
    if not (folder / "config.json").is_file():
        torch.set_default_dtype(torch.bfloat16)
        with torch.device(device):
            Phi3ForCausalLM(shape).save_pretrained(folder)
        torch.set_default_dtype(torch.float32)
    four = pretrained.four_bit(torch.bfloat16) if config.model.load_in_4bit else None
    model = AutoModelForCausalLM.from_pretrained(
        folder, quantization_config=four, dtype=torch.bfloat16, device_map={"": str(device)}
    )
    policy = Policy.wrap(model, None, config, 1)
    policy.keep_reference(policy.tensors(), config.alpha.initial)
    settings, (prompt, _) = config.ppo, config.lengths
    optimizer = optim.adamw(policy.trainable(), settings.learning_rate)
    cuda = device.type == "cuda"
    if cuda:
        torch.cuda.reset_peak_memory_stats(device)
    peaks: dict[str, float] = {}

    def lap(name: str) -> float:
        """Seconds since the beginning, once the GPU is done; the peak of what came since the lap before."""
        if cuda:
            torch.cuda.synchronize(device)
            peaks[name] = round(torch.cuda.max_memory_allocated(device) / GIB, 3)
            peaks[f"{name}_reserved"] = round(torch.cuda.max_memory_reserved(device) / GIB, 3)
            torch.cuda.reset_peak_memory_stats(device)
        return time.perf_counter() - began

    began = time.perf_counter()
    prompts = torch.randint(1, min(shape.vocab_size, HIGHEST_WORD), (settings.batch_size, prompt)).tolist()
    answers = rollout.answer(
        policy,
        prompts,
        stop=[],
        settings=settings,
        rows=settings.local_rollout_forward_batch_size,
        seeds=list(range(len(prompts))),
        graph_failed=print,
    )
    said = lap("answers")
    part = rollout.make_experience(
        policy,
        prompts=prompts,
        responses=[answer.tokens for answer in answers],
        scores=[0.1] * len(prompts),
        stop=[],
        pad=0,
        settings=settings,
    )
    asked = lap("passes")
    batch = ppo.prepare([part], 0, settings)
    epochs = []
    for epoch in range(settings.num_ppo_epochs):
        for index in range(epoch * settings.num_mini_batches, (epoch + 1) * settings.num_mini_batches):
            ppo.update(policy, optimizer, batch, ppo.minibatch(index, settings, 1), settings)
        epochs.append(lap("updates"))
    whole = epochs[-1]
    tokens = settings.batch_size * settings.response_length
    return {
        "peak_gib": max((peak for name, peak in peaks.items() if "reserved" not in name), default=0.0),
        "reserved_gib": max((peak for name, peak in peaks.items() if "reserved" in name), default=0.0),
        "rollout_tokens_per_second": round(tokens / said, 1), "passes_seconds": round(asked - said, 1),
        "tokens_per_second": round(tokens / whole, 1), "iteration_seconds": round(whole, 1),
        "one_epoch_seconds": round(epochs[0], 1), **peaks,
    }  # fmt: skip


def measured_trl(python: str, config: RunConfig, device: str, folder: Path) -> dict[str, float]:
    """One iteration of PPOTrainer, in a process of its own, over the model that `measured` wrote."""
    settings = config.ppo
    job = {
        "model": str(folder), "device": device, "prompt": config.lengths[0], "response": settings.response_length,
        "batch": settings.batch_size, "minibatches": settings.num_mini_batches, "epochs": settings.num_ppo_epochs,
        "micro": settings.per_device_train_batch_size, "asked": settings.local_rollout_forward_batch_size,
        "r": config.lora.r, "lora_alpha": config.lora.lora_alpha, "temperature": settings.temperature,
        "highest": HIGHEST_WORD,
    }  # fmt: skip
    script = Path(__file__).with_name("ppo_memory_trl.py")
    said = subprocess.run([python, str(script), json.dumps(job)], stdout=subprocess.PIPE, text=True, check=True).stdout
    found: dict[str, float] = json.loads(said.splitlines()[-1])
    return found


def in_gib(items: Items) -> Items:
    return {name: round(size / GIB, 3) for name, size in items.items()}


def estimates(shape: Phi3Config, config: RunConfig) -> dict[str, Any]:
    """Printed and returned."""
    small = gpu_memory_estimate.from_json(json.dumps(shape.to_dict()))
    assert small is not None
    told = {
        "ours": estimate_ours(small, config),
        "trl": estimate_trl(small, config, lean=False),
        "trl_lean": estimate_trl(small, config, lean=True),
    }
    titles = {
        "ours": "SO8T", "trl": "TRL 1.12.0, bf16 + LoRA, as documented",
        "trl_lean": "TRL 1.12.0, bf16, LoRA on the value model too, no reward model",
    }  # fmt: skip
    for name, items in told.items():
        print(f"\n{titles[name]}")
        for item, size in items.items():
            print(f"  {item:<64} {size / GIB:6.2f} GiB")
    found: dict[str, Any] = {f"{name}_gib": in_gib(items) for name, items in told.items()}
    found["ours_peak_gb"] = round(told["ours"]["peak"] / 1e9, 2)
    for name in ("trl", "trl_lean"):
        found[f"share_of_{name}"] = round(told["ours"]["peak"] / told[name]["peak"], 3)
    counted = counted_update(shape, config)
    arithmetic = told["ours"]["updates (gradients, activations, logits)"]
    unpacked = 2 * small.hidden * small.intermediate * 2 if config.model.load_in_4bit else 0
    found["update_counted_on_meta_gib"] = round((counted + unpacked) / GIB, 3)
    print(
        f"\nThe update, counted on the meta device: {(counted + unpacked) / GIB:.2f} GiB ({arithmetic / GIB:.2f} above)"
    )
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--arch", default="phi-3.5-mini", help="a file of resources/arch (default phi-3.5-mini)")
    parser.add_argument("--layers", type=int, help="fewer layers, for a try")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--trl-python", help="interpreter of the environment with trl 1.12.0 (with --device cuda)")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="change the preset")
    parser.add_argument("--model", type=Path, help="a folder to keep the random model in")
    parser.add_argument("--cap-gib", type=float, help="what our allocator may take, as on a smaller card")
    parser.add_argument("--run", action="store_true", help="run without a GPU too: for small --layers and --set only")
    given = parser.parse_args()
    config, shape = configured(given.set), phi(given.arch, given.layers)
    told: dict[str, Any] = {
        "benchmark": "ppo_memory", "arch": given.arch, "layers": shape.num_hidden_layers, "device": given.device,
        "torch": torch.__version__, "python": sys.version.split()[0],
    }  # fmt: skip
    if given.device.startswith("cuda") or given.run:
        device = runtime.prepare(config) if given.device != "cpu" else torch.device("cpu")
        if given.cap_gib:
            total = torch.cuda.get_device_properties(device).total_memory
            torch.cuda.set_per_process_memory_fraction(given.cap_gib * GIB / total)
        with tempfile.TemporaryDirectory() as folder:
            where = given.model or Path(folder)
            ours = measured(shape, config, device, where)
            told |= {"estimate": False, "ours": ours}
            if given.trl_python:
                told["trl"] = measured_trl(given.trl_python, config, given.device, where)
                for kind in ("iteration_seconds", "one_epoch_seconds"):
                    told[f"times_as_fast_by_{kind}"] = round(told["trl"][kind] / ours[kind], 2)
                if device.type == "cuda":
                    told["share_of_trl"] = round(ours["peak_gib"] / told["trl"]["peak_gib"], 3)
    else:
        print("No GPU: this is an ESTIMATE, nothing was run.")
        told |= {"estimate": True, **estimates(shape, config)}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
