"""Device, attention and precision: what is chosen, what is refused, and what a resume compares."""

from __future__ import annotations

import importlib.util
import os
from typing import Any

import pytest
import torch

from helpers.sessions import make_config
from helpers.training import SECTIONS
from so8t_engine.config import file as config_file
from so8t_engine.config.run_config import RunConfig
from so8t_engine.errors import EngineError
from so8t_engine.model import runtime

CPU, GPU = torch.device("cpu"), torch.device("cuda", 0)
FLASH = "flash_attention_2"


def configured(attention: str, dtype: str = "bfloat16", **settings: Any) -> RunConfig:
    model = {**SECTIONS["model"], "attn_implementation": attention, "dtype": dtype}
    sections = {**SECTIONS, "model": model, "runtime": {"device": "cpu", "num_threads": 1, **settings}}
    return make_config([{"name": "none", "source": "local", "path": "none"}], **sections)


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Packages that are there for importlib, whatever is there in truth."""
    names: list[str] = []
    real = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: (name in names or None) if name == "flash_attn" else real(name)
    )
    return names


@pytest.mark.parametrize(
    ("there", "device", "dtype", "chosen"),
    [
        (True, GPU, "bfloat16", FLASH), (True, GPU, "float16", FLASH), (True, GPU, "float32", "sdpa"),
        (True, CPU, "bfloat16", "sdpa"), (False, GPU, "bfloat16", "sdpa"), (False, CPU, "float32", "sdpa"),
    ],
)  # fmt: skip
def test_auto_takes_flash_attention_only_where_it_can_compute(
    installed: list[str], there: bool, device: torch.device, dtype: str, chosen: str
) -> None:
    installed += ["flash_attn"] if there else []

    assert runtime.choose_attention(configured("auto", dtype), device) == chosen
    assert runtime.choose_attention(configured("sdpa", dtype), device) == "sdpa"
    assert runtime.choose_attention(configured("eager", dtype), device) == "eager"


@pytest.mark.parametrize(
    ("there", "device", "dtype", "why"),
    [
        (False, GPU, "bfloat16", "the package flash-attn is not installed"),
        (True, CPU, "bfloat16", "it needs a GPU, and this run computes on the CPU"),
        (True, GPU, "float32", "it cannot compute in float32"),
    ],
)
def test_flash_attention_that_cannot_be_had_is_one_sentence(
    installed: list[str], there: bool, device: torch.device, dtype: str, why: str
) -> None:
    installed += ["flash_attn"] if there else []
    with pytest.raises(EngineError) as caught:
        runtime.choose_attention(configured(FLASH, dtype), device)

    assert caught.value.code == "device_missing"
    assert str(caught.value.detail).startswith(f"model.attn_implementation is {FLASH}, but {why}.")
    installed.append("flash_attn")
    assert runtime.choose_attention(configured(FLASH), GPU) == FLASH


def test_another_name_of_it_is_refused_with_the_right_ones() -> None:
    with pytest.raises(EngineError, match="auto, sdpa, flash_attention_2, eager, not 'flash'"):
        config_file.load_preset("demo", ["model.attn_implementation=flash"])


def test_it_is_refused_before_anything_is_loaded(installed: list[str]) -> None:
    with pytest.raises(EngineError, match="flash-attn is not installed"):
        runtime.prepare(configured(FLASH))


@pytest.mark.parametrize("tf32", [False, True])
def test_the_precision_of_a_gpus_products_is_the_settings_whatever_it_was(tf32: bool) -> None:
    try:
        torch.backends.cuda.matmul.fp32_precision = "ieee" if tf32 else "tf32"
        runtime.prepare(configured("sdpa", tf32=tf32))

        assert torch.backends.cuda.matmul.fp32_precision == ("tf32" if tf32 else "ieee")
    finally:
        torch.backends.cuda.matmul.fp32_precision = "ieee"


@pytest.mark.parametrize(
    ("variable", "ours", "theirs"),
    [("CUBLAS_WORKSPACE_CONFIG", ":4096:8", ":16:8"), ("FLASH_ATTENTION_DETERMINISTIC", "1", "0")],
)
def test_a_gpus_libraries_are_told_to_repeat_themselves_unless_somebody_has_said_how(
    monkeypatch: pytest.MonkeyPatch, variable: str, ours: str, theirs: str
) -> None:
    monkeypatch.setenv(variable, theirs)
    runtime.prepare(configured("sdpa"))
    assert os.environ[variable] == theirs
    monkeypatch.delenv(variable)
    runtime.prepare(configured("sdpa"))
    assert os.environ[variable] == ours


def test_facts_hold_what_was_chosen_and_a_difference_names_it(
    installed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda _: "RTX 3080")
    before = runtime.facts(configured("auto"), GPU)
    installed.append("flash_attn")
    after = runtime.facts(configured("auto", tf32=True), GPU)

    assert runtime.difference(before, before) == ""
    assert runtime.difference(before, after) == f"attention sdpa -> {FLASH}, tf32 False -> True"


def test_tf32_is_nothing_to_a_cpu(installed: list[str]) -> None:
    assert runtime.difference(*(runtime.facts(configured("auto", tf32=tf32), CPU) for tf32 in (False, True))) == ""


def test_a_checkpoint_from_before_a_fact_was_recorded_tells_of_no_difference() -> None:
    now = runtime.facts(configured("sdpa"), CPU)
    older = {name: value for name, value in now.items() if name not in ("attention", "tf32")}

    assert runtime.difference(older, now) == ""
    assert runtime.difference({**older, "torch": "2.0"}, now) == f"torch 2.0 -> {torch.__version__}"


def test_on_a_gpu_what_does_not_repeat_itself_is_refused_but_for_passes_without_gradients() -> None:
    """The flags can be set where no GPU is; with `warn_only` attention's backward pass would stay as it was."""
    cuda, before = torch.device("cuda"), torch.get_deterministic_debug_mode()
    cudnn = torch.backends.cuda.cudnn_sdp_enabled()
    try:
        runtime._repeat_exactly(cuda)
        assert torch.get_deterministic_debug_mode() == 2, "error"
        assert not torch.backends.cuda.cudnn_sdp_enabled()
        with pytest.raises(ZeroDivisionError), runtime.repeatable_anyway(cuda):
            assert torch.get_deterministic_debug_mode() == 0
            raise ZeroDivisionError
        assert torch.get_deterministic_debug_mode() == 2, "put back, even after an error"
        runtime._repeat_exactly(torch.device("cpu"))
        assert torch.get_deterministic_debug_mode() == 1, "warn"
    finally:
        torch.set_deterministic_debug_mode(before)
        torch.backends.cuda.enable_cudnn_sdp(cudnn)


@pytest.mark.parametrize(
    ("wanted", "physical", "logical", "threads"),
    [(None, 8, 16, 7), (None, 1, 2, 1), (None, None, 4, 3), (None, None, None, 1), (5, 8, 16, 5)],
)
def test_a_core_is_left_to_others(
    monkeypatch: pytest.MonkeyPatch, wanted: int | None, physical: int | None, logical: int | None, threads: int
) -> None:
    monkeypatch.setattr(runtime.psutil, "cpu_count", lambda logical: None if logical else physical)
    monkeypatch.setattr(os, "cpu_count", lambda: logical)
    config = config_file.load_preset("demo", [f"runtime.num_threads={'null' if wanted is None else wanted}"])

    assert runtime.choose_threads(config) == threads


@pytest.mark.parametrize(
    ("wanted", "cards", "device"),
    [
        ("auto", 0, "cpu"), ("auto", 1, "cuda"), ("cpu", 1, "cpu"), ("cuda", 1, "cuda"), ("cuda", 0, None),
        ("cuda:0", 1, "cuda:0"), ("cuda:1", 1, None), ("cuda:1", 2, "cuda:1"),
    ],
)  # fmt: skip
def test_a_device_is_one_that_is_there(
    monkeypatch: pytest.MonkeyPatch, wanted: str, cards: int, device: str | None
) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: cards > 0)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: cards)
    if device is None:
        with pytest.raises(EngineError) as refused:
            runtime.choose_device(wanted)
        assert refused.value.sentence.args == {"device": wanted, "count": cards}
    else:
        assert runtime.choose_device(wanted) == torch.device(device)


def test_before_a_run_threads_memory_and_repetition_are_set_and_libraries_are_silent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done: list[Any] = []
    monkeypatch.setattr(torch, "set_num_threads", done.append)
    monkeypatch.setattr(runtime, "_repeat_exactly", done.append)
    monkeypatch.setattr(runtime.kept_memory, "keep", lambda: done.append("keep"))
    monkeypatch.setattr(runtime, "hush", lambda: done.append("hush"))
    monkeypatch.setattr(torch.utils.deterministic, "fill_uninitialized_memory", True)
    device = runtime.prepare(config_file.load_preset("demo", ["runtime.device=cpu", "runtime.num_threads=3"]))

    assert (device.type, done) == ("cpu", [3, torch.device("cpu"), "keep", "hush"])
    assert torch.utils.deterministic.fill_uninitialized_memory is False  # type: ignore[attr-defined]


def test_libraries_are_silenced(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    for name in ("set_verbosity_error", "disable_progress_bar"):
        monkeypatch.setattr(runtime.transformers.logging, name, lambda name=name: done.append(name))
    runtime.hush()

    assert done == ["set_verbosity_error", "disable_progress_bar"]
