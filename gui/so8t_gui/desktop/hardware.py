"""Load, memory, temperature and power of the GPU, by NVML; without one of the processor, by psutil. No widgets here.

`so8t doctor` asks NVML for other things (total memory and driver, once, of every GPU) in a process of its own: this
reads one GPU every two seconds and must not load the engine, so the two stay apart.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from so8t_gui.i18n.translate import tr

GIB = 1 << 30


@dataclass(frozen=True)
class Gauge:
    """One reading: its name, its value as text, and its share of the maximum (None where there is no maximum).

    From which share on it is a warning: widgets/hardware_strip.py.
    """

    name: str
    text: str
    share: float | None = None
    kind: Literal["", "gpu_memory", "temperature", "memory"] = ""


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
    """Readings this GPU does not offer are left out; one that went away (driver updated) is said not to answer."""
    gauges = []
    for read in (_load, _memory, _temperature, _power):
        try:
            gauges.append(read(nvml, handle))
        except nvml.NVMLError:
            continue
    return gauges or [Gauge(tr("GPU"), tr("does not answer"))]


def _load(nvml: Any, handle: Any) -> Gauge:
    load = nvml.nvmlDeviceGetUtilizationRates(handle).gpu
    return Gauge(tr("GPU"), f"{load} %", load / 100)


def _memory(nvml: Any, handle: Any) -> Gauge:
    memory = nvml.nvmlDeviceGetMemoryInfo(handle)
    text = f"{memory.used / GIB:.1f} / {memory.total / GIB:.1f} GiB"
    return Gauge(tr("GPU memory"), text, memory.used / memory.total, "gpu_memory")


def _temperature(nvml: Any, handle: Any) -> Gauge:
    degrees = nvml.nvmlDeviceGetTemperature(handle, nvml.NVML_TEMPERATURE_GPU)
    return Gauge(tr("Temperature"), f"{degrees} °C", min(1.0, degrees / 100), "temperature")


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
        Gauge(tr("Memory"), f"{used / GIB:.1f} / {memory.total / GIB:.1f} GiB", used / memory.total, "memory"),
    ]
