"""Load, memory, temperature and power of the GPU, by NVML; without one of the processor, by psutil. No widgets here.

`so8t doctor` asks NVML for other things (total memory and driver, once, of every GPU) in a process of its own: this
reads one GPU every two seconds and must not load the engine, so the two stay apart.
"""

from __future__ import annotations

import time
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
        return Processor()
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


A_FEW_TICKS = 0.1  # seconds: of the counters of a system there are a hundred in a second


class Processor:
    """Load since the last reading of this object, and memory. (psutil's own difference is kept for each thread, and
    every reading is made in another one.)
    """

    def __init__(self, times: Callable[[], Any] | None = None) -> None:
        """`times`: counters since the machine started, as psutil.cpu_times gives them."""
        import psutil

        self._times = times or psutil.cpu_times
        self._before = _busy_and_all(self._times())
        self._last: float | None = None  # the load of the reading before: two may fall into one tick of the counters

    def __call__(self) -> list[Gauge]:
        import psutil

        busy, whole = _busy_and_all(self._times())
        if whole <= self._before[1] and self._last is None:  # the first: it is waited for, in this thread of its own
            time.sleep(A_FEW_TICKS)
            busy, whole = _busy_and_all(self._times())
        passed = whole - self._before[1]
        if passed > 0:
            self._last = 100 * min(1.0, max(0.0, (busy - self._before[0]) / passed))
            self._before = (busy, whole)
        load = self._last
        memory = psutil.virtual_memory()
        used = memory.total - memory.available
        return [
            Gauge(tr("CPU"), "-" if load is None else f"{load:.0f} %", None if load is None else load / 100),
            Gauge(tr("Memory"), f"{used / GIB:.1f} / {memory.total / GIB:.1f} GiB", used / memory.total, "memory"),
        ]


def _busy_and_all(times: Any) -> tuple[float, float]:
    """Seconds of all cores. Linux counts a guest's time within `user` and `nice` already."""
    whole = sum(times) - getattr(times, "guest", 0.0) - getattr(times, "guest_nice", 0.0)
    return whole - times.idle - getattr(times, "iowait", 0.0), whole
