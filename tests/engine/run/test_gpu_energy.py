"""The energy that a run used: the card at work is asked, by its own number; nothing else is, and nothing is raised."""

from __future__ import annotations

import sys
from types import ModuleType, SimpleNamespace

import pytest

from so8t_engine.run import gpu_energy


def card(monkeypatch: pytest.MonkeyPatch, available: bool = True, initialized: bool = True) -> list[object]:
    """A card that has used 1,500 J; what NVML was asked."""
    asked: list[object] = []
    torch, pynvml = ModuleType("torch"), ModuleType("pynvml")
    torch.cuda = SimpleNamespace(  # type: ignore[attr-defined]
        is_available=lambda: available, is_initialized=lambda: initialized, current_device=lambda: 1,
        get_device_properties=lambda number: SimpleNamespace(uuid=f"card-{number}"),
    )  # fmt: skip
    vars(pynvml).update(
        nvmlInit=lambda: asked.append("begin"), nvmlShutdown=lambda: asked.append("end"),
        nvmlDeviceGetHandleByUUID=lambda name: name,
        nvmlDeviceGetTotalEnergyConsumption=lambda handle: asked.append(handle) or 1_500_000,
    )  # fmt: skip
    monkeypatch.setitem(sys.modules, "torch", torch)
    monkeypatch.setitem(sys.modules, "pynvml", pynvml)
    return asked


def test_the_card_at_work_is_asked_and_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = card(monkeypatch)
    assert gpu_energy.joules() == 1500.0 and asked == ["begin", "GPU-card-1", "end"]


@pytest.mark.parametrize(("available", "initialized"), [(False, True), (True, False)])
def test_where_no_card_is_at_work_none_is_asked(
    monkeypatch: pytest.MonkeyPatch, available: bool, initialized: bool
) -> None:
    asked = card(monkeypatch, available, initialized)
    assert gpu_energy.joules() is None and asked == []


def test_a_driver_that_fails_is_no_failure_and_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = card(monkeypatch)
    monkeypatch.delattr(sys.modules["pynvml"], "nvmlDeviceGetHandleByUUID")
    assert gpu_energy.joules() is None and asked == ["begin", "end"]
