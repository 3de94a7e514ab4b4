"""Is this machine fit for this run? Looks before anything starts, and says what is missing and what to change."""

from __future__ import annotations

import os
import platform
import tempfile
from pathlib import Path

from so8t_engine import VERSION
from so8t_engine.config.run_config import RunConfig
from so8t_engine.doctor import fitness, machine, memory, reward_files, weights
from so8t_engine.doctor.facts import Facts, look
from so8t_engine.doctor.findings import Finding
from so8t_engine.doctor.needs import gib

PACKAGES = ("torch", "transformers", "tokenizers", "peft", "datasets", "safetensors", "pyarrow", "gguf", "xllamacpp",
            "bitsandbytes", "huggingface-hub", "pydantic")  # fmt: skip
PROJECTIONS = ("qkv_proj", "o_proj", "gate_up_proj", "down_proj")
SET_OR_NOT = ("HF_TOKEN", "HF_HOME", "HF_HUB_CACHE", "HF_HUB_OFFLINE", "HF_ENDPOINT", "CUDA_VISIBLE_DEVICES",
              "OMP_NUM_THREADS", "SO8T_DATA_ROOT", "HTTPS_PROXY")  # fmt: skip


def check(config: RunConfig, data_root: Path, facts: Facts | None = None) -> list[Finding]:
    """Everything there is to say before a run; one with an error should not start."""
    facts = facts or look(data_root)
    shape = memory.shape_of(config)
    device = fitness.device(config, facts)
    findings = [*fitness.versions(config, facts), *device, *inputs(config)]
    cuda = fitness.uses_cuda(config, facts)
    if shape is None:
        findings.append(
            Finding("warning", "The size of the base model is not known.", "Memory and disk are not checked.")
        )
    else:
        findings += fitness.gpu_memory(config, shape, facts) if cuda else []
        if cuda or not any(one.level == "error" for one in device):  # else nobody knows where it will compute
            findings += fitness.main_memory(config, shape, facts, cuda)
        findings += fitness.disk(config, shape, facts, data_root)
    return [*findings, *_folder(data_root)]


def inputs(config: RunConfig) -> list[Finding]:
    """What the run is to be made of, whatever the machine: base model, tokenizer, reward functions, reward model."""
    return [*weights.check(config), *_targets(config), *reward_files.check(config.reward)]


def _targets(config: RunConfig) -> list[Finding]:
    """LoRA's targets by the names that a phi3 layer has."""
    wanted = config.lora.target_modules if config.lora.enabled else []
    absent = [target for target in wanted if target.rpartition(".")[2] not in PROJECTIONS]
    if not absent:
        return []
    what = f"lora.target_modules names {', '.join(absent)}."
    why = f"A layer of Phi-3 has {', '.join(PROJECTIONS)}."
    return [Finding("error", what, why, "Choose from those.")]


def _folder(data_root: Path) -> list[Finding]:
    found = []
    trouble = write_trouble(data_root)
    if trouble:
        change = "Give your user write access, or choose another folder with --data-root."
        found.append(Finding("error", f"{data_root} cannot be written: {trouble}.", "Sessions live there.", change))
    why = "It may copy, lock or delay files while a session writes them."
    change = "Choose a local folder with --data-root."
    service = machine.synced_by(data_root)
    if service:
        found.append(Finding("warning", f"{data_root} is synchronised by {service}.", why, change))
    kind = machine.network_kind(data_root)
    if kind:
        why = "Power cuts and lost connections may lose what a network file system said was saved."
        found.append(Finding("warning", f"{data_root} lies on a network file system ({kind}).", why, change))
    return found


def write_trouble(folder: Path) -> str | None:
    """Why nothing can be written there; really writes a file, in the nearest folder above that exists."""
    there = machine.existing(folder)
    if not there.is_dir():
        return f"{there} is a file"
    try:
        with tempfile.TemporaryFile(dir=there, prefix=".so8t-write-test-") as file:
            file.write(b"x")
            file.flush()
    except OSError as error:
        return str(error.strerror or error).lower()
    return None


def doctor_report(data_root: Path) -> list[str]:
    """Lines to copy into a report. Of the environment only whether a variable is set, never its value."""
    facts = look(data_root)
    lines = [
        f"so8t {VERSION}, Python {platform.python_version()}, {platform.platform()}",
        f"processor: {os.cpu_count()} cores; memory {gib(facts.memory.total)}, {gib(facts.memory.available)} available",
        f"sessions: {homely(data_root)}, {gib(facts.free)} free, {write_trouble(data_root) or 'writable'}",
        f"Hugging Face cache: {homely(weights.cache_folder())}, {gib(facts.free_cache)} free",
    ]
    for gpu in facts.gpus:
        lines.append(f"GPU: {gpu.name}, {gib(gpu.total)}, {gib(gpu.free)} free, driver {gpu.driver}")
    if not facts.gpus:
        lines.append("GPU: none (no NVIDIA driver answers)")
    lines.append(
        f"torch: {facts.torch or 'not installed'}, {f'CUDA {facts.torch_cuda}' if facts.torch_cuda else 'CPU build'}"
    )
    lines.append("packages: " + ", ".join(f"{name} {machine.version(name) or '-'}" for name in PACKAGES))
    lines.append(
        "set: " + (", ".join(name for name in SET_OR_NOT if os.environ.get(name)) or "none of " + ", ".join(SET_OR_NOT))
    )
    lines += [f"{finding.level}: {finding.what} {finding.why}".rstrip() for finding in _folder(data_root)]
    return lines


def homely(path: Path) -> str:
    """The path with ~ for the home folder: a report goes to other people."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(path)
