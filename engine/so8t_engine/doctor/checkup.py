"""Is this machine fit for this run? Looks before anything starts, and says what is missing and what to change."""

from __future__ import annotations

import os
import platform
import tempfile
from pathlib import Path

from so8t_engine import VERSION, paths
from so8t_engine.config.run_config import RunConfig
from so8t_engine.doctor import (
    build_plan,
    gpu_memory_estimate,
    machine,
    operating_system,
    reward_files,
    teacher_plan,
    training_plan,
    verdicts,
    weights,
)
from so8t_engine.doctor.facts import Facts, look
from so8t_engine.doctor.findings import Finding, errors
from so8t_engine.sentences import ENGLISH, Sentence, bytes_text, say, sentence
from so8t_engine.session import cached_files, sessions_folder

PACKAGES = ("torch", "transformers", "tokenizers", "peft", "datasets", "safetensors", "pyarrow", "gguf", "xllamacpp",
            "bitsandbytes", "huggingface-hub", "pydantic")  # fmt: skip
PROJECTIONS = ("qkv_proj", "o_proj", "gate_up_proj", "down_proj")
SET_OR_NOT = ("HF_TOKEN", "HF_HOME", "HF_HUB_CACHE", "HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_DATASETS_OFFLINE",
              "HF_ENDPOINT", "CUDA_VISIBLE_DEVICES", "OMP_NUM_THREADS", "SO8T_DATA_ROOT", "HTTPS_PROXY")  # fmt: skip


def check(
    config: RunConfig,
    data_root: Path,
    facts: Facts | None = None,
    of_inputs: list[Finding] | None = None,
    left: tuple[float, float] | None = None,
) -> list[Finding]:
    """Everything there is to say before a run; one with an error should not start. `of_inputs`: what `inputs` said;
    `left`: of a session that has begun, between which seconds its rest lies.
    """
    facts, folder = facts or look(data_root), _folder(data_root)
    shape = gpu_memory_estimate.shape_of(config)
    device = verdicts.device(config, facts)
    findings = [*verdicts.versions(config, facts), *device, *(inputs(config) if of_inputs is None else of_inputs)]
    cuda = verdicts.uses_cuda(config, facts)
    if shape is None:
        findings.append(Finding("warning", sentence("doctor.size_unknown"), sentence("doctor.sizes_unchecked")))
    else:
        findings += verdicts.gpu_memory(config, shape, facts) if cuda else []
        if cuda or not errors(device):  # else nobody knows where it will compute
            findings += verdicts.main_memory(config, shape, facts, cuda)
        findings += verdicts.disk(config, shape, facts, data_root) if not errors(folder) else []
        findings += verdicts.duration(config, facts, data_root, left) if not errors(device) else []
    return [*findings, *operating_system.check(operating_system.look(), data_root), *folder]


def inputs(config: RunConfig) -> list[Finding]:
    """What the run is to be made of, whatever the machine: base model, tokenizer, rewards, a plan that trains."""
    return [
        *weights.check(config),
        *build_plan.check(config),
        *_targets(config),
        *reward_files.check(config.reward),
        *training_plan.check(config),
        *teacher_plan.check(config),
    ]


def _targets(config: RunConfig) -> list[Finding]:
    """LoRA's targets by the names that a phi3 layer has."""
    wanted = config.lora.target_modules if config.lora.enabled else []
    if config.lora.enabled and not wanted:
        none = sentence("doctor.no_lora_targets")
        return [Finding("error", none, change=sentence("doctor.no_lora", names=list(PROJECTIONS)))]
    absent = [target for target in wanted if target.rpartition(".")[2] not in PROJECTIONS]
    if not absent:
        return []
    what, why = sentence("doctor.lora_targets", names=absent), sentence("doctor.phi3_layers", names=list(PROJECTIONS))
    return [Finding("error", what, why, sentence("doctor.choose_from_those"))]


def _folder(data_root: Path) -> list[Finding]:
    unusable = sessions_folder.problem(data_root)
    if unusable is not None:
        return [Finding("error", unusable, change=sentence("action.data_root"))]
    findings = []
    problem = write_problem(data_root)
    if problem is not None:
        what, why = (
            sentence("doctor.cannot_write", folder=data_root, error=problem),
            sentence("doctor.sessions_live_there"),
        )
        findings.append(Finding("error", what, why, sentence("action.disk_permission")))
    service = machine.synced_by(data_root)
    if service is not None:
        what = sentence("doctor.synchronised_by", folder=data_root, service=service)
        if not service:
            what = sentence("doctor.synchronised", folder=data_root)
        why = sentence("doctor.synchronising_disturbs")
        findings.append(Finding("warning", what, why, sentence("doctor.choose_a_local_folder")))
    kind = machine.network_kind(data_root)
    if kind is not None:
        what, why = sentence("doctor.network_folder", folder=data_root, kind=kind), sentence("doctor.network_may_lose")
        findings.append(Finding("warning", what, why, sentence("doctor.choose_a_local_folder")))
    return findings


def write_problem(folder: Path) -> Sentence | str | None:
    """Why nothing can be written there; really writes a file, in the nearest folder above that exists."""
    there = machine.existing(folder)
    try:
        with tempfile.TemporaryFile(dir=there, prefix=".so8t-write-test-") as file:
            file.write(b"x")
            file.flush()
    except FileNotFoundError:  # /proc: the folder is there
        return sentence("doctor.takes_no_files", path=there)
    except OSError as error:
        return error.strerror or str(error)
    return None


def doctor_report(data_root: Path, language: str = ENGLISH) -> list[str]:
    """Lines to copy into a report. Of the environment only whether a variable is set, never its value.

    What the check has to say about the folder of the sessions is said in `language`, the facts in English.
    """
    facts = look(data_root)
    writable = sessions_folder.problem(data_root) or write_problem(data_root) or "writable"
    lines = [
        f"so8t {VERSION}, Python {platform.python_version()}, {platform.platform()}",
        f"processor: {os.cpu_count()} cores; memory {bytes_text(facts.memory.total)}, "
        f"{bytes_text(facts.memory.available)} available",
        f"sessions: {data_root}, {bytes_text(facts.free)} free, {writable}",
        f"Hugging Face cache: {weights.cache_folder()}, {bytes_text(facts.free_cache)} free",
    ]
    bases = cached_files.folder(cached_files.BASES)
    count, size = cached_files.total(bases)
    if count:
        how_long = f"each goes {cached_files.DAYS:.0f} days after its last use"
        lines.append(f"base models made for chats: {count}, {bytes_text(size)} in {bases}; {how_long}")
    for gpu in facts.gpus:
        lines.append(f"GPU: {gpu.name}, {bytes_text(gpu.total)}, {bytes_text(gpu.free)} free, driver {gpu.driver}")
    if not facts.gpus:
        lines.append("GPU: none (no NVIDIA driver answers)")
    build = f"CUDA {facts.torch_cuda}" if facts.torch_cuda else "CPU build"
    lines.append(f"torch: {facts.torch or 'not installed'}, {build}")
    lines.append("packages: " + ", ".join(f"{name} {machine.version(name) or '-'}" for name in PACKAGES))
    there = [name for name in SET_OR_NOT if os.environ.get(name)]
    lines.append("set: " + (", ".join(there) or "none of " + ", ".join(SET_OR_NOT)))
    lines += [f"{finding.level}: {say(finding.what_and_why, language)}" for finding in _folder(data_root)]
    system = operating_system.look()
    rest = [*operating_system.check(system, data_root), *operating_system.hints(system)]
    lines += [f"{finding.level}: {say(finding.whole, language)}" for finding in rest]
    return [paths.homely(line) for line in lines]
