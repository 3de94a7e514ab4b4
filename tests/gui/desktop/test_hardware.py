"""Gauges: the processor's load is a difference of one object, whichever thread reads it."""

from __future__ import annotations

import sys
import threading
from collections import namedtuple
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from so8t_gui.desktop.hardware import Gauge, Processor, gpu, reader

Linux = namedtuple("Linux", "user nice system idle iowait irq softirq steal guest guest_nice")
Windows = namedtuple("Windows", "user system idle interrupt dpc")


def in_a_thread(read: Callable[[], list[Gauge]]) -> list[Gauge]:
    """As the strip reads: each time in another one."""
    got: list[Gauge] = []
    thread = threading.Thread(target=lambda: got.extend(read()))
    thread.start()
    thread.join()
    return got


def test_the_load_is_that_since_the_last_reading_in_any_thread() -> None:
    moments = iter([
        Linux(100.0, 0, 10.0, 500.0, 20.0, 0, 0, 0, 30.0, 0),
        Linux(103.0, 0, 11.0, 515.0, 21.0, 0, 0, 0, 32.0, 0),  # 3 + 1 of 20 seconds, 2 of a guest among them
        Linux(113.0, 0, 11.0, 515.0, 21.0, 0, 0, 0, 32.0, 0),
        Linux(113.0, 0, 11.0, 525.0, 21.0, 0, 0, 0, 32.0, 0),
    ])  # fmt: skip
    processor = Processor(lambda: next(moments))
    loads = [in_a_thread(processor)[0] for _ in range(3)]
    assert [(load.text, round(load.share or 0, 3)) for load in loads] == [("20 %", 0.2), ("100 %", 1.0), ("0 %", 0.0)]


def test_the_counters_of_windows_are_read_too() -> None:
    moments = iter([Windows(10.0, 10.0, 80.0, 0.5, 0.5), Windows(14.0, 11.0, 95.0, 0.5, 0.5)])
    assert in_a_thread(Processor(lambda: next(moments)))[0].text == "25 %"


def test_two_readings_at_once_say_nothing_instead_of_zero() -> None:
    still = Windows(10.0, 10.0, 80.0, 0.0, 0.0)
    processor = Processor(lambda: still)
    load, memory = in_a_thread(processor)
    assert (load.text, load.share) == ("-", None) and memory.share is not None and 0 < memory.share < 1


def test_the_load_of_the_reading_before_stands_until_the_counters_move_and_the_first_is_waited_for() -> None:
    """It said "-" whenever the page was come back to."""
    moments = [Windows(10.0, 10.0, 80.0, 0.0, 0.0)] * 2 + [Windows(14.0, 11.0, 95.0, 0.0, 0.0)] * 2
    moments.append(Windows(14.0, 11.0, 115.0, 0.0, 0.0))
    counted = iter(moments)
    processor = Processor(lambda: next(counted))
    assert [in_a_thread(processor)[0].text for _ in range(3)] == ["25 %", "25 %", "0 %"]


def test_a_full_core_of_this_machine_is_seen() -> None:
    processor = Processor()
    sum(n * n for n in range(3_000_000))
    load = in_a_thread(processor)[0]
    assert load.share is not None and load.share > 0.05


def test_a_gpu_that_answers_nothing_is_said() -> None:
    class Nvml:
        class NVMLError(Exception): ...

        def __getattr__(self, name: str) -> object:
            raise self.NVMLError(name)

    assert [gauge.share for gauge in gpu(Nvml(), None)] == [None]


class Readings:
    """What a GPU answers, by the names of NVML; 0 watts where it has no limit."""

    NVML_TEMPERATURE_GPU = 0

    class NVMLError(Exception): ...

    def __init__(self, *, degrees: int = 61, milliwatts: int = 182_400, limit: int = 250_000) -> None:
        self.nvmlDeviceGetUtilizationRates = lambda _: SimpleNamespace(gpu=37, memory=99)
        self.nvmlDeviceGetMemoryInfo = lambda _: SimpleNamespace(total=24 << 30, used=6 << 30, free=18 << 30)
        self.nvmlDeviceGetTemperature = lambda _, sensor: degrees + sensor
        self.nvmlDeviceGetPowerUsage = lambda _: milliwatts
        self.nvmlDeviceGetEnforcedPowerLimit = lambda _: limit


def test_what_a_gpu_answers_becomes_four_gauges() -> None:
    assert gpu(Readings(), None) == [
        Gauge("GPU", "37 %", 0.37),
        Gauge("GPU memory", "6.0 / 24.0 GiB", 0.25, "gpu_memory"),
        Gauge("Temperature", "61 °C", 0.61, "temperature"),
        Gauge("Power", "182 / 250 W", 0.7296),
    ]


def test_the_first_gpu_is_read_where_there_is_one_and_the_processor_where_there_is_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[object] = []
    nvml = Readings()
    nvml.nvmlInit = lambda: asked.append("init")  # type: ignore[attr-defined]
    nvml.nvmlDeviceGetHandleByIndex = asked.append  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pynvml", nvml)
    assert [gauge.name for gauge in reader()()] == ["GPU", "GPU memory", "Temperature", "Power"]
    assert asked == ["init", 0]
    monkeypatch.setitem(sys.modules, "pynvml", None)
    assert [gauge.name for gauge in reader()()] == ["CPU", "Memory"]


def test_beyond_its_limits_a_gauge_is_full_and_without_one_it_has_no_share() -> None:
    assert [gauge.share for gauge in gpu(Readings(degrees=104, milliwatts=260_000), None)[2:]] == [1.0, 1.0]
    assert gpu(Readings(limit=0), None)[3] == Gauge("Power", "182 / 0 W")
