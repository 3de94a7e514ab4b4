"""What the GPU does, by NVML; without one the processor and memory, by psutil. No Qt here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from so8t_gui.i18n.translate import tr

GIB = 1 << 30


@dataclass(frozen=True)
class Gauge:
    """One reading: its name, its words, its share of the most there is (None where there is no most).

    From the share `warn` on it is worth a look; load may well be full.
    """

    name: str
    words: str
    share: float | None = None
    warn: float = 2.0


def reader() -> Callable[[], list[Gauge]]:
    """A function that reads anew; the GPU's where there is one. NVML stays open as long as it is held."""
    try:
        import pynvml

        pynvml.nvmlInit()
        handle = pynvml.nvmlDeviceGetHandleByIndex(0)
    except Exception:  # noqa: BLE001 - no library, no driver, no GPU: all the same here
        return processor
    return lambda: gpu(pynvml, handle)


def gpu(nvml: Any, handle: Any) -> list[Gauge]:
    """What this GPU does not tell is left out; one that went away (driver updated) is said to be gone."""
    found = []
    for read in (_load, _memory, _temperature, _power):
        try:
            found.append(read(nvml, handle))
        except nvml.NVMLError:
            continue
    return found or [Gauge(tr("GPU"), tr("does not answer"))]


def _load(nvml: Any, handle: Any) -> Gauge:
    load = nvml.nvmlDeviceGetUtilizationRates(handle).gpu
    return Gauge(tr("GPU"), f"{load} %", load / 100)


def _memory(nvml: Any, handle: Any) -> Gauge:
    memory = nvml.nvmlDeviceGetMemoryInfo(handle)
    words = f"{memory.used / GIB:.1f} / {memory.total / GIB:.1f} GiB"
    return Gauge(tr("GPU memory"), words, memory.used / memory.total, 0.97)


def _temperature(nvml: Any, handle: Any) -> Gauge:
    degrees = nvml.nvmlDeviceGetTemperature(handle, nvml.NVML_TEMPERATURE_GPU)
    return Gauge(tr("Temperature"), f"{degrees} °C", min(1.0, degrees / 100), 0.87)


def _power(nvml: Any, handle: Any) -> Gauge:
    watts = nvml.nvmlDeviceGetPowerUsage(handle) / 1_000
    limit = nvml.nvmlDeviceGetEnforcedPowerLimit(handle) / 1_000
    return Gauge(tr("Power"), f"{watts:.0f} / {limit:.0f} W", min(1.0, watts / limit) if limit else None)


def processor() -> list[Gauge]:
    """Since the last call."""
    import psutil

    load, memory = psutil.cpu_percent(None), psutil.virtual_memory()
    used = memory.total - memory.available
    return [
        Gauge(tr("CPU"), f"{load:.0f} %", load / 100),
        Gauge(tr("Memory"), f"{used / GIB:.1f} / {memory.total / GIB:.1f} GiB", used / memory.total, 0.95),
    ]
