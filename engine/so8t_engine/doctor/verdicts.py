"""Compares what a run needs with what this machine has: versions, GPU, memory, disk."""

from __future__ import annotations

from pathlib import Path

from so8t_engine.config.run_config import RunConfig
from so8t_engine.doctor import disk_estimate, gpu_memory_estimate, main_memory_estimate, weights
from so8t_engine.doctor.facts import Facts
from so8t_engine.doctor.findings import Finding
from so8t_engine.doctor.gpu_memory_estimate import GIB, Items, Shape
from so8t_engine.run import past_sessions, workload
from so8t_engine.sentences import Sentence, in_turn, sentence

TESTED_TORCH = (2, 13)
LARGE = 1e9  # parameters: from here on a CPU alone takes months
MOSTLY = 0.8  # of a run's time
RESERVE = GIB  # of disk: logs, and room for everything else on the machine


def duration(
    config: RunConfig, facts: Facts, data_root: Path, left: tuple[float, float] | None = None
) -> list[Finding]:
    """How long it will take, as sessions like it took; where there was none, by the class of the card.

    On a processor alone it is said why that is not known. The run corrects it as it measures: `left`.
    """
    if left is not None:
        low, high = (seconds / 3600 for seconds in left)
        return [Finding("ok", sentence("doctor.takes_still", low=low, high=high), sentence("doctor.measured_itself"))]
    card = workload.card(facts.gpus[_index(config)].total if uses_cuda(config, facts) else 0)
    guess = past_sessions.guess(config, data_root, card=card)
    seconds = {kind: guess.totals[kind] * each for kind, each in (guess.seconds | guess.before).items()}
    whole = sum(seconds.values())
    if sum(seconds[kind] for kind in guess.before) > MOSTLY * whole:
        what = sentence("doctor.takes_as_before", hours=whole / 3600)
        return [Finding("ok", what, sentence("doctor.measured_before"))]
    if not uses_cuda(config, facts):
        return [Finding("ok", sentence("doctor.no_time_known"), sentence("doctor.time_left_as_it_runs"))]
    hours = round(whole / 3600)
    what = sentence("doctor.takes_hours", hours=max(1, hours))
    if hours >= 48:
        days, rest = divmod(hours, 24)
        what = sentence("doctor.takes_days", days=days, hours=rest)
    return [Finding("ok", what, sentence("doctor.corrected_as_it_runs"))]


def versions(config: RunConfig, facts: Facts) -> list[Finding]:
    findings: list[Finding] = []
    again = sentence("doctor.install_again")
    if facts.python < (3, 11):
        findings.append(
            Finding("error", sentence("doctor.python_too_old"), change=sentence("doctor.start_with_another_python"))
        )
    if facts.torch is None:
        findings.append(Finding("error", sentence("doctor.no_torch"), change=again))
    elif _number(facts.torch) < TESTED_TORCH:
        tested = sentence("doctor.torch_tested", version=".".join(map(str, TESTED_TORCH)))
        findings.append(Finding("warning", sentence("doctor.torch_is", version=facts.torch), tested, again))
    else:
        python = ".".join(map(str, facts.python))
        findings.append(Finding("ok", sentence("doctor.python_and_torch", python=python, torch=facts.torch)))
    if config.model.load_in_4bit and facts.gpus and facts.bitsandbytes is None:
        what, why = sentence("doctor.no_bitsandbytes"), sentence("doctor.four_bit_needs_it")
        findings.append(Finding("error", what, why, sentence("doctor.install_bitsandbytes")))
    return [*findings, *_flash_attention(config, facts)]


def _flash_attention(config: RunConfig, facts: Facts) -> list[Finding]:
    """What step 4 refuses (model/runtime.py, `choose_attention`)."""
    if config.model.attn_implementation != "flash_attention_2":
        return []
    what: Sentence | None = None
    if facts.flash_attention is None:
        what = sentence("doctor.no_flash_attention")
    elif not uses_cuda(config, facts):
        what = sentence("doctor.flash_attention_without_gpu")
    elif config.model.dtype == "float32":
        what = sentence("doctor.flash_attention_in_float32")
    if what is None:
        return []
    return [Finding("error", what, sentence("doctor.flash_attention_is_set"), sentence("doctor.set_sdpa"))]


def device(config: RunConfig, facts: Facts) -> list[Finding]:
    wanted, four_bit = config.runtime.device, config.model.load_in_4bit
    setting = "model.load_in_4bit" if four_bit else f"runtime.device: {wanted}"
    if four_bit and wanted == "cpu":
        what, why = sentence("doctor.device_is_cpu"), sentence("doctor.four_bit_needs_cuda")
        return [Finding("error", what, why, sentence("doctor.set_device_or_no_four_bit"))]
    if not four_bit and not wanted.startswith("cuda"):
        return _slow(config, facts)
    if not facts.gpus:
        instead = "model.load_in_4bit: false" if four_bit else "runtime.device: auto"
        why = sentence("doctor.needs_a_gpu", setting=setting)
        return [Finding("error", sentence("doctor.no_gpu"), why, sentence("doctor.get_a_gpu_or_set", setting=instead))]
    index = _index(config)
    if index >= len(facts.gpus):
        names = [f"cuda:{number}" for number in range(len(facts.gpus))]
        what, why = sentence("doctor.no_such_gpu", index=index), sentence("doctor.asks_for_it", setting=setting)
        return [Finding("error", what, why, sentence("doctor.set_device", names=names))]
    if facts.torch is not None and facts.torch_cuda is None:
        why = sentence("doctor.needs_the_cuda_build", setting=setting)
        return [Finding("error", sentence("doctor.torch_for_cpu"), why, sentence("doctor.install_for_gpu"))]
    gpu = facts.gpus[index]
    return [Finding("ok", sentence("doctor.gpu", name=gpu.name, driver=gpu.driver, cuda=facts.torch_cuda))]


def _slow(config: RunConfig, facts: Facts) -> list[Finding]:
    """A run on the CPU that nobody would wait for, or one on the CPU beside an idle GPU."""
    shape = gpu_memory_estimate.shape_of(config)
    if uses_cuda(config, facts) or shape is None:
        return []
    if shape.parameters > LARGE:
        why = sentence("doctor.takes_months", billions=shape.parameters / 1e9)
        return [Finding("warning", sentence("doctor.runs_on_the_cpu"), why, sentence("doctor.get_a_gpu"))]
    if facts.gpus and facts.torch is not None and facts.torch_cuda is None and config.runtime.device == "auto":
        what, why = sentence("doctor.torch_for_cpu"), sentence("doctor.gpu_is_idle")
        return [Finding("warning", what, why, sentence("doctor.install_for_gpu"))]
    return []


def gpu_memory(config: RunConfig, shape: Shape, facts: Facts) -> list[Finding]:
    gpu = facts.gpus[_index(config)]
    items = gpu_memory_estimate.gpu_memory(shape, config)
    need = sum(items.values())
    why = sentence("doctor.run_needs", need=need, items=main_memory_estimate.itemised(items))
    if need > gpu.total:
        what = sentence("doctor.gpu_too_small", name=gpu.name, total=gpu.total)
        return [Finding("error", what, why, _smaller(config))]
    if need > gpu.free:
        what = sentence("doctor.gpu_is_busy", name=gpu.name, total=gpu.total, free=gpu.free)
        return [Finding("warning", what, why, sentence("doctor.free_the_gpu"))]
    return [Finding("ok", sentence("doctor.gpu_memory", need=need, free=gpu.free), _made_up_of(items))]


def _smaller(config: RunConfig) -> Sentence:
    """What to lower where the GPU's memory is too small."""
    keys = [
        f"ppo.{key}" for key in ("local_rollout_forward_batch_size", "per_device_train_batch_size", "response_length")
    ]
    if config.group is not None:
        keys = [f"{config.algorithm}.{key}" for key in ("per_device_train_batch_size", "max_completion_length")]
    if config.model.load_in_4bit:
        return sentence("doctor.lower", keys=keys)
    return sentence("doctor.lower_or_four_bit", keys=keys)


def main_memory(config: RunConfig, shape: Shape, facts: Facts, cuda: bool) -> list[Finding]:
    items = main_memory_estimate.main_memory(shape, config, cuda)
    need, have = sum(items.values()), facts.memory
    why = sentence("doctor.run_needs", need=need, items=main_memory_estimate.itemised(items))
    if need > have.total:
        what = sentence("doctor.memory_too_small", total=have.total)
        return [Finding("error", what, why, sentence("doctor.use_a_smaller_model"))]
    if need > have.available:
        what = sentence("doctor.memory_is_busy", available=have.available, total=have.total)
        return [Finding("warning", what, why, sentence("doctor.close_programs"))]
    return [Finding("ok", sentence("doctor.memory", need=need, available=have.available), _made_up_of(items))]


def _made_up_of(items: Items) -> Sentence:
    """Beside a sentence that has the sum already."""
    return sentence("doctor.made_up_of", items=main_memory_estimate.itemised(items))


def disk(config: RunConfig, shape: Shape, facts: Facts, data_root: Path) -> list[Finding]:
    wanted = disk_estimate.disk(shape, config)
    cache = disk_estimate.download(shape) if weights.must_be_fetched(config) else 0
    need, kept = wanted.most + (cache if facts.same_disk else 0), sum(wanted.kept.values())
    items = wanted.peak | ({"memory.download": cache} if cache else {})
    findings = [Finding("ok", sentence("doctor.disk", need=need, kept=kept, free=facts.free), _made_up_of(items))]
    if need + RESERVE > facts.free:
        what = sentence("doctor.disk_too_small", folder=data_root, free=facts.free)
        listed = main_memory_estimate.itemised(items)
        why = sentence("doctor.session_needs", need=need, items=listed, kept=kept)
        why = in_turn(why, sentence("doctor.disk_reserve", reserve=RESERVE))
        findings = [Finding("error", what, why, sentence("doctor.free_space", size=need + RESERVE - facts.free))]
    if facts.file_limit is not None and wanted.largest_file > facts.file_limit:
        what = sentence("doctor.file_limit", folder=data_root, limit=facts.file_limit)
        why = sentence("doctor.largest_file", size=wanted.largest_file)
        findings.append(Finding("error", what, why, sentence("doctor.allow_larger_files")))
    if cache and not facts.same_disk and cache + RESERVE > facts.free_cache:
        what = sentence("doctor.cache_too_small", folder=weights.cache_folder(), free=facts.free_cache)
        why = sentence("doctor.downloaded_to_there", size=cache)
        findings.append(Finding("error", what, why, sentence("doctor.free_space_or_hf_home")))
    return findings


def uses_cuda(config: RunConfig, facts: Facts) -> bool:
    wanted = config.runtime.device
    return wanted != "cpu" and _index(config) < len(facts.gpus) and (facts.torch_cuda is not None or wanted != "auto")


def _index(config: RunConfig) -> int:
    return int(config.runtime.device.partition(":")[2] or 0)


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("+")[0].split(".")[:2] if part.isdecimal())
