"""What a run needs against what a machine has, rule by rule: the level, what is said, why, and what to change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from so8t_engine.config import file as config_file
from so8t_engine.config.run_config import RunConfig
from so8t_engine.doctor import disk_estimate, gpu_memory_estimate, main_memory_estimate, verdicts
from so8t_engine.doctor.facts import Facts
from so8t_engine.doctor.findings import Finding
from so8t_engine.doctor.gpu_memory_estimate import GIB, Shape
from so8t_engine.doctor.machine import Gpu, MainMemory
from so8t_engine.run import workload

CARD = Gpu("GeForce RTX 3080", 10 * GIB, 9 * GIB, "580.65")
PC = Facts(
    gpus=(CARD,), memory=MainMemory(32 * GIB, 24 * GIB), free=200 * GIB, free_cache=200 * GIB, same_disk=True,
    torch="2.13.0+cu130", torch_cuda="13.0", bitsandbytes="0.50.2", flash_attention=None, python=(3, 11),
)  # fmt: skip
CPU_BUILD = replace(PC, torch="2.13.0+cpu", torch_cuda=None)
NO_GPU = replace(CPU_BUILD, gpus=(), bitsandbytes=None)
TWO = replace(PC, gpus=(CARD, replace(CARD, name="RTX 4090")))
OF_PPO = ["ppo.local_rollout_forward_batch_size", "ppo.per_device_train_batch_size", "ppo.response_length"]
IN_FULL = "model.load_in_4bit=false"
FLASH = (IN_FULL, "model.attn_implementation=flash_attention_2")


def real(*words: str) -> RunConfig:
    return config_file.load_preset("phi35-so8t", words)


def shape_of(config: RunConfig) -> Shape:
    shape = gpu_memory_estimate.shape_of(config)
    assert shape is not None
    return shape


def brief(findings: Sequence[Finding]) -> list[str]:
    """Level and codes, those of a finding beside each other, without the room's name."""
    return [
        " ".join([
            finding.level,
            *(part.code.removeprefix("doctor.") for part in (finding.what, finding.why, finding.change) if part),
        ])
        for finding in findings
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "words", "said"),
    [
        (PC, (), ["ok python_and_torch"]),
        (replace(PC, python=(3, 10)), (), ["error python_too_old start_with_another_python", "ok python_and_torch"]),
        (replace(PC, python=(3, 12)), (), ["ok python_and_torch"]),
        (replace(PC, torch=None), (), ["error no_torch install_again"]),
        (replace(PC, torch="2.12.9"), (), ["warning torch_is torch_tested install_again"]),
        (replace(PC, bitsandbytes=None), (),
         ["ok python_and_torch", "error no_bitsandbytes four_bit_needs_it install_bitsandbytes"]),
        (replace(PC, bitsandbytes=None), (IN_FULL,), ["ok python_and_torch"]),
        (NO_GPU, (), ["ok python_and_torch"]),
        (PC, FLASH, ["ok python_and_torch", "error no_flash_attention flash_attention_is_set set_sdpa"]),
        (replace(PC, flash_attention="2.8"), FLASH, ["ok python_and_torch"]),
        (replace(PC, flash_attention="2.8"), (*FLASH, "model.dtype=float32"),
         ["ok python_and_torch", "error flash_attention_in_float32 flash_attention_is_set set_sdpa"]),
        (replace(PC, flash_attention="2.8"), (*FLASH, "runtime.device=cpu"),
         ["ok python_and_torch", "error flash_attention_without_gpu flash_attention_is_set set_sdpa"]),
        (replace(PC, flash_attention="2.8"), (IN_FULL, "model.dtype=float32"), ["ok python_and_torch"]),
    ],
)  # fmt: skip
def test_of_versions_it_is_said_what_is_too_old_or_missing(
    facts: Facts, words: tuple[str, ...], said: list[str]
) -> None:
    found = verdicts.versions(real(*words), facts)

    assert brief(found) == said
    assert all("Python 3.1" in str(each.what) for each in found if each.what.code == "doctor.python_and_torch")


@pytest.mark.parametrize(
    ("facts", "words", "said"),
    [
        (PC, (), ["ok gpu"]),
        (PC, ("runtime.device=cpu",), ["error device_is_cpu four_bit_needs_cuda set_device_or_no_four_bit"]),
        (PC, (IN_FULL, "runtime.device=cpu"), ["warning runs_on_the_cpu takes_months get_a_gpu"]),
        (PC, (IN_FULL, "runtime.device=auto"), []),
        (PC, (IN_FULL, "runtime.device=cuda"), ["ok gpu"]),
        (PC, (IN_FULL, "runtime.device=cuda:0"), ["ok gpu"]),
        (PC, (IN_FULL, "runtime.device=cuda:1"), ["error no_such_gpu asks_for_it set_device"]),
        (PC, ("runtime.device=cuda:1",), ["error no_such_gpu asks_for_it set_device"]),
        (TWO, (IN_FULL, "runtime.device=cuda:1"), ["ok gpu"]),
        (CPU_BUILD, (), ["error torch_for_cpu needs_the_cuda_build install_for_gpu"]),
        (replace(CPU_BUILD, torch=None), (), ["ok gpu"]),
        (NO_GPU, (), ["error no_gpu needs_a_gpu get_a_gpu_or_set"]),
        (NO_GPU, (IN_FULL, "runtime.device=cuda"), ["error no_gpu needs_a_gpu get_a_gpu_or_set"]),
        (NO_GPU, (IN_FULL, "runtime.device=auto"), ["warning runs_on_the_cpu takes_months get_a_gpu"]),
    ],
)  # fmt: skip
def test_what_it_computes_on_is_there_or_it_is_said_what_to_set(
    facts: Facts, words: tuple[str, ...], said: list[str]
) -> None:
    assert brief(verdicts.device(real(*words), facts)) == said


@pytest.mark.parametrize(
    ("words", "asked", "instead"),
    [
        ((), "model.load_in_4bit", "model.load_in_4bit: false"),
        ((IN_FULL, "runtime.device=cuda:1"), "runtime.device: cuda:1", "runtime.device: auto"),
    ],
)
def test_without_a_gpu_the_setting_that_asks_for_one_is_named_and_what_to_set_instead(
    words: tuple[str, ...], asked: str, instead: str
) -> None:
    [found] = verdicts.device(real(*words), NO_GPU)

    assert found.why and found.why.args == {"setting": asked}
    assert found.change and found.change.args == {"setting": instead}


def test_a_gpu_that_is_not_there_is_refused_with_the_names_of_those_that_are() -> None:
    [found] = verdicts.device(real("runtime.device=cuda:2"), TWO)
    [card] = verdicts.device(real("runtime.device=cuda:1"), TWO)

    assert found.what.args == {"index": 2} and found.change and found.change.args == {"names": ["cuda:0", "cuda:1"]}
    assert card.what.args == {"name": "RTX 4090", "driver": "580.65", "cuda": "13.0"}


@pytest.mark.parametrize(
    ("facts", "device", "said"),
    [
        (CPU_BUILD, "auto", ["warning torch_for_cpu gpu_is_idle install_for_gpu"]),
        (CPU_BUILD, "cpu", []),
        (replace(CPU_BUILD, torch=None), "auto", []),
        (NO_GPU, "auto", []),
        (PC, "auto", []),
    ],
)
def test_a_small_model_may_be_trained_on_the_cpu_but_a_gpu_beside_it_should_not_be_idle(
    facts: Facts, device: str, said: list[str]
) -> None:
    config = config_file.load_preset("demo", (f"runtime.device={device}",))

    assert brief(verdicts.device(config, facts)) == said


@pytest.mark.parametrize(
    ("facts", "device", "answer"),
    [
        (PC, "auto", True), (PC, "cpu", False), (PC, "cuda", True), (PC, "cuda:0", True), (PC, "cuda:1", False),
        (TWO, "cuda:1", True), (CPU_BUILD, "auto", False), (CPU_BUILD, "cuda", True), (NO_GPU, "auto", False),
        (NO_GPU, "cuda", False),
    ],
)  # fmt: skip
def test_whether_a_run_computes_on_a_gpu(facts: Facts, device: str, answer: bool) -> None:
    assert verdicts.uses_cuda(real(IN_FULL, f"runtime.device={device}"), facts) is answer


@pytest.mark.parametrize(
    ("total", "free", "said"),
    [
        (0, 0, "ok gpu_memory made_up_of"),
        (0, -1, "warning gpu_is_busy run_needs free_the_gpu"),
        (-1, -1, "error gpu_too_small run_needs lower"),
        (1, 1, "ok gpu_memory made_up_of"),
    ],
)
def test_a_gpu_has_the_memory_that_is_needed_to_the_byte_or_is_too_small(total: int, free: int, said: str) -> None:
    config = real()
    need = sum(gpu_memory_estimate.gpu_memory(shape_of(config), config).values())
    card = replace(CARD, total=need + total, free=need + free)

    assert brief(verdicts.gpu_memory(config, shape_of(config), replace(PC, gpus=(card,)))) == [said]


@pytest.mark.parametrize(
    ("total", "available", "said"),
    [
        (0, 0, "ok memory made_up_of"),
        (0, -1, "warning memory_is_busy run_needs close_programs"),
        (-1, -1, "error memory_too_small run_needs use_a_smaller_model"),
    ],
)
def test_a_machine_has_the_memory_that_is_needed_to_the_byte_or_is_too_small(
    total: int, available: int, said: str
) -> None:
    config = real()
    for cuda in (True, False):
        need = sum(main_memory_estimate.main_memory(shape_of(config), config, cuda).values())
        facts = replace(PC, memory=MainMemory(need + total, need + available))
        assert brief(verdicts.main_memory(config, shape_of(config), facts, cuda)) == [said]


@pytest.mark.parametrize(
    ("words", "code", "keys"),
    [
        ((), "doctor.lower", OF_PPO),
        ((IN_FULL,), "doctor.lower_or_four_bit", OF_PPO),
        (("algorithm=grpo",), "doctor.lower", ["grpo.per_device_train_batch_size", "grpo.max_completion_length"]),
    ],
)  # fmt: skip
def test_for_a_gpu_too_small_the_keys_of_the_algorithm_are_named(
    words: tuple[str, ...], code: str, keys: list[str]
) -> None:
    config = real(*words)
    [found] = verdicts.gpu_memory(config, shape_of(config), replace(PC, gpus=(replace(CARD, total=GIB),)))

    assert found.change and (found.change.code, found.change.args) == (code, {"keys": keys})


@pytest.mark.parametrize(
    ("same_disk", "free", "cache", "limit", "said"),
    [
        (True, 0, -1, None, ["ok disk made_up_of"]),
        (True, -1, -1, None, ["error disk_too_small {why} free_space"]),
        (False, 0, 0, 0, ["ok disk made_up_of"]),
        (False, -1, 0, None, ["error disk_too_small {why} free_space"]),
        (False, 0, -1, None, ["ok disk made_up_of", "error cache_too_small downloaded_to_there free_space_or_hf_home"]),
        (True, 0, 0, -1, ["ok disk made_up_of", "error file_limit largest_file allow_larger_files"]),
        (False, -1, -1, -1, [
            "error disk_too_small {why} free_space", "error file_limit largest_file allow_larger_files",
            "error cache_too_small downloaded_to_there free_space_or_hf_home",
        ]),
    ],
)  # fmt: skip
def test_a_disk_has_the_space_that_is_needed_to_the_byte_and_a_reserve_besides(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    same_disk: bool,
    free: int,
    cache: int,
    limit: int | None,
    said: list[str],
) -> None:
    """The model that is to be fetched counts where it lies on the same disk."""
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    monkeypatch.delenv("HF_HUB_CACHE", raising=False)
    config = real()
    shape, wanted = shape_of(config), disk_estimate.disk(shape_of(config), config)
    fetched = disk_estimate.download(shape)
    facts = replace(
        PC,
        same_disk=same_disk,
        free=wanted.most + (fetched if same_disk else 0) + GIB + free,
        free_cache=fetched + GIB + cache,
        file_limit=None if limit is None else wanted.largest_file + limit,
    )
    found = verdicts.disk(config, shape, facts, tmp_path)

    assert brief(found) == [
        line.format(why=found[0].why and found[0].why.code.removeprefix("doctor.")) for line in said
    ]
    assert "download" in str(found[0].why)
    if found[0].level == "error":
        assert found[0].change and found[0].change.args == {"size": 1} and "1.0 GiB" in str(found[0].why)
    else:
        assert found[0].what.args["kept"] == sum(wanted.kept.values())
        assert found[0].what.args["need"] + GIB == facts.free


@pytest.mark.parametrize(
    ("hours", "code", "args"),
    [
        (0.1, "doctor.takes_hours", {"hours": 1}), (1.0, "doctor.takes_hours", {"hours": 1}),
        (47.0, "doctor.takes_hours", {"hours": 47}), (48.0, "doctor.takes_days", {"days": 2, "hours": 0}),
        (49.0, "doctor.takes_days", {"days": 2, "hours": 1}),
    ],
)  # fmt: skip
def test_from_two_days_on_a_duration_is_told_in_days(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, hours: float, code: str, args: dict[str, int]
) -> None:
    guess = workload.Guess({"train/update": 36}, {"train/update": 100 * hours}, {})
    monkeypatch.setattr(workload, "first_guess", lambda config, card: guess)
    [found] = verdicts.duration(real(), PC, tmp_path)

    assert (found.what.code, dict(found.what.args)) == (code, args)


def test_why_no_duration_is_named_on_a_processor_is_said(tmp_path: Path) -> None:
    """Before the start nothing was said of time at all."""
    [found] = verdicts.duration(real(), replace(PC, gpus=()), tmp_path)
    assert found.level == "ok" and found.why is not None
    assert (found.what.code, found.why.code) == ("doctor.no_time_known", "doctor.time_left_as_it_runs")


@pytest.mark.parametrize(("known", "told"), [(0.9, True), (0.7, False), (0.0, False)])
@pytest.mark.parametrize("gpus", [PC.gpus, ()])
def test_where_sessions_before_have_measured_most_of_it_that_is_the_duration(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, gpus: tuple[Gpu, ...], known: float, told: bool
) -> None:
    """Without a card nothing was said of time however often the same had run."""
    guess = workload.Guess(
        {"train/update": 10, "train/rollout": 1}, {"train/update": 1.0, "train/rollout": 100 * (1 - known)}, {},
        {"train/update": 10 * known} if known else {},
    )  # fmt: skip
    asked = []
    monkeypatch.setattr(verdicts.past_sessions, "guess", lambda *of, card: asked.append((*of, card)) or guess)
    config = real()
    [found] = verdicts.duration(config, replace(PC, gpus=gpus), tmp_path)

    assert asked == [(config, tmp_path, workload.card(gpus[0].total if gpus else 0))]
    assert (found.what.code == "doctor.takes_as_before") is told
    if told:
        assert found.what.args == {"hours": pytest.approx(100 / 3600)} and "about 1 min 40 s" in str(found.what)


def test_of_a_session_that_has_begun_what_is_left_is_said(tmp_path: Path) -> None:
    for facts in (PC, replace(PC, gpus=())):
        [found] = verdicts.duration(real(), facts, tmp_path, (60.0, 7_200.0))
        assert (found.level, str(found.what)) == ("ok", "Between 1 min 00 s and 2 h 00 min are left.")
        assert found.why is not None and found.why.code == "doctor.measured_itself"


def test_what_takes_months_on_a_cpu_is_told_by_its_billions(monkeypatch: pytest.MonkeyPatch) -> None:
    shape = SimpleNamespace(parameters=3_800_000_000)
    monkeypatch.setattr(verdicts.gpu_memory_estimate, "shape_of", lambda config: shape)
    [found] = verdicts._slow(real(), NO_GPU)

    assert found.why is not None and found.why.args == {"billions": 3.8}


def test_a_download_is_counted_only_where_there_is_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    config = real()
    for fetched in (False, True):
        monkeypatch.setattr(verdicts.weights, "must_be_fetched", lambda config, fetched=fetched: fetched)
        found = verdicts.disk(config, shape_of(config), replace(PC, same_disk=False, free_cache=0), tmp_path)

        assert ("memory.download" in repr(found[0].why)) == ("doctor.cache_too_small" in str(found)) == fetched


@pytest.mark.parametrize(
    ("version", "number"), [("2.13.1+cu130", (2, 13)), ("2.9", (2, 9)), ("3", (3,)), ("2.14rc1.dev", (2,))]
)
def test_of_a_version_two_numbers_count(version: str, number: tuple[int, ...]) -> None:
    assert verdicts._number(version) == number
