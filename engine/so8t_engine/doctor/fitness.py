"""Compares what a run needs with what this machine has: versions, GPU, memory, disk."""

from __future__ import annotations

from pathlib import Path

from so8t_engine.config.run_config import RunConfig
from so8t_engine.doctor import memory, needs, weights
from so8t_engine.doctor.facts import Facts
from so8t_engine.doctor.findings import Finding
from so8t_engine.doctor.memory import GIB, Shape
from so8t_engine.doctor.needs import gib

TESTED_TORCH = (2, 13)
LARGE = 1e9  # parameters: from here on a CPU alone takes months
RESERVE = GIB  # of disk: logs, and room for everything else on the machine


def versions(config: RunConfig, facts: Facts) -> list[Finding]:
    found: list[Finding] = []
    if facts.python < (3, 11):
        found.append(
            Finding("error", "Python is older than 3.11.", "", "Start with `python3.11 installer/bootstrap.py`.")
        )
    if facts.torch is None:
        found.append(Finding("error", "torch is not installed.", "", "Run `python3 installer/bootstrap.py run` again."))
    elif _number(facts.torch) < TESTED_TORCH:
        why = "Results are tested with 2.13 and newer."
        found.append(
            Finding("warning", f"torch is {facts.torch}.", why, "Run `python3 installer/bootstrap.py run` again.")
        )
    else:
        found.append(Finding("ok", f"Python {facts.python[0]}.{facts.python[1]}, torch {facts.torch}."))
    if config.model.load_in_4bit and facts.gpus and facts.bitsandbytes is None:
        change = 'Install it (`pip install -e ".[cuda]"`), or set model.load_in_4bit: false.'
        found.append(Finding("error", "bitsandbytes is not installed.", "model.load_in_4bit needs it.", change))
    if config.model.attn_implementation == "flash_attention_2" and facts.flash_attention is None:
        why = "model.attn_implementation is flash_attention_2."
        found.append(Finding("error", "flash-attn is not installed.", why, "Set model.attn_implementation: sdpa."))
    return found


def device(config: RunConfig, facts: Facts) -> list[Finding]:
    wanted, four_bit = config.runtime.device, config.model.load_in_4bit
    needing = "model.load_in_4bit" if four_bit else f"runtime.device: {wanted}"
    if four_bit and wanted == "cpu":
        change = "Set runtime.device: auto, or model.load_in_4bit: false."
        return [Finding("error", "runtime.device is cpu.", "model.load_in_4bit needs a CUDA GPU.", change)]
    if not four_bit and not wanted.startswith("cuda"):
        return _slow(config, facts)
    other = "model.load_in_4bit: false" if four_bit else "runtime.device: auto"
    if not facts.gpus:
        change = f"Use a machine with one (and its driver), or set {other}; `so8t run --preset demo` runs anywhere."
        return [Finding("error", "No NVIDIA GPU was found.", f"{needing} needs one.", change)]
    index = _index(config)
    if index >= len(facts.gpus):
        there = ", ".join(f"cuda:{number}" for number in range(len(facts.gpus)))
        change = f"Set runtime.device to one that is there: {there}."
        return [Finding("error", f"There is no GPU number {index}.", f"{needing} asks for it.", change)]
    if facts.torch is not None and facts.torch_cuda is None:
        change = "Delete .venv and run `python3 installer/bootstrap.py run` again: it finds the GPU now."
        return [Finding("error", "torch is a CPU build.", f"{needing} needs the CUDA build.", change)]
    return [
        Finding(
            "ok", f"{facts.gpus[index].name}, driver {facts.gpus[index].driver}, torch for CUDA {facts.torch_cuda}."
        )
    ]


def _slow(config: RunConfig, facts: Facts) -> list[Finding]:
    """A run on the CPU that nobody would wait for, or one on the CPU beside an idle GPU."""
    shape = memory.shape_of(config)
    if uses_cuda(config, facts) or shape is None:
        return []
    if shape.parameters > LARGE:
        why = f"{shape.parameters / 1e9:.1f} billion parameters without a GPU take months."
        return [Finding("warning", "This run computes on the CPU.", why, "Use a machine with an NVIDIA GPU.")]
    if facts.gpus and facts.torch is not None and facts.torch_cuda is None and config.runtime.device == "auto":
        change = "Delete .venv and run `python3 installer/bootstrap.py run` again: it finds the GPU now."
        return [Finding("warning", "torch is a CPU build.", "The GPU of this machine is not used.", change)]
    return []


def gpu_memory(config: RunConfig, shape: Shape, facts: Facts) -> list[Finding]:
    gpu = facts.gpus[_index(config)]
    items = memory.gpu_memory(shape, config)
    need = sum(items.values())
    why = f"The run needs about {gib(need)}: {needs.itemised(items)}."
    if need > gpu.total:
        smaller = "ppo.local_rollout_forward_batch_size, ppo.per_device_train_batch_size or ppo.response_length"
        if config.group is not None:
            smaller = f"{config.algorithm}.per_device_train_batch_size or {config.algorithm}.max_completion_length"
        change = f"Lower {smaller}, or set model.load_in_4bit: true."
        if config.model.load_in_4bit:
            change = f"Lower {smaller}."
        return [Finding("error", f"{gpu.name} has {gib(gpu.total)} of memory.", why, change)]
    if need > gpu.free:
        what = f"Of {gpu.name}'s {gib(gpu.total)} only {gib(gpu.free)} are free now."
        return [Finding("warning", what, why, "Close other programs that use the GPU.")]
    return [Finding("ok", f"GPU memory: about {gib(need)} needed, {gib(gpu.free)} free.", why)]


def main_memory(config: RunConfig, shape: Shape, facts: Facts, cuda: bool) -> list[Finding]:
    items = needs.main_memory(shape, config, cuda)
    need, have = sum(items.values()), facts.memory
    why = f"The run needs about {gib(need)}: {needs.itemised(items)}."
    if need > have.total:
        return [
            Finding("error", f"This machine has {gib(have.total)} of memory.", why, "Use a smaller model or batch.")
        ]
    if need > have.available:
        what = f"Only {gib(have.available)} of {gib(have.total)} memory are available now."
        return [Finding("warning", what, why, "Close other programs.")]
    return [Finding("ok", f"Memory: about {gib(need)} needed, {gib(have.available)} available.", why)]


def disk(config: RunConfig, shape: Shape, facts: Facts, data_root: Path) -> list[Finding]:
    items = needs.disk(shape, config)
    cache = needs.download(shape) if weights.must_be_fetched(config) else 0
    need = sum(items.values()) + (cache if facts.same_disk else 0)
    why = f"The session needs about {gib(need)}: {needs.itemised(items)}."
    if cache:
        why = f"The session needs about {gib(need)}: {needs.itemised(items)}, download {gib(cache)}."
    found = [Finding("ok", f"Disk: about {gib(need)} needed, {gib(facts.free)} free.", why)]
    if need + RESERVE > facts.free:
        change = f"Free {gib(need + RESERVE - facts.free)}, or choose another disk with --data-root."
        found = [Finding("error", f"{data_root} has only {gib(facts.free)} of free space.", why, change)]
    if cache and not facts.same_disk and cache + RESERVE > facts.free_cache:
        why = f"The base model is {gib(cache)} and is downloaded to there."
        change = "Free some space, or set HF_HOME to another disk."
        found.append(Finding("error", f"{weights.cache_folder()} has only {gib(facts.free_cache)} free.", why, change))
    return found


def uses_cuda(config: RunConfig, facts: Facts) -> bool:
    wanted = config.runtime.device
    return wanted != "cpu" and _index(config) < len(facts.gpus) and (facts.torch_cuda is not None or wanted != "auto")


def _index(config: RunConfig) -> int:
    return int(config.runtime.device.partition(":")[2] or 0)


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("+")[0].split(".")[:2] if part.isdecimal())
