"""Whether the window stays fluent under a flood of events, and whether a week of them makes it grow.

1. A real child process prints --rate events a second (points, progress) for --seconds; the real page Run shows them.
   A timer of 2 ms in the window's thread measures every gap between two turns of the event loop.
2. A week (--week points) is fed through the same view, table and page; resident memory before and after tells what one
   point costs, and the view itself must not grow.
The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import textwrap
import time
from pathlib import Path

import psutil
import PySide6
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from so8t_engine.protocol import Message
from so8t_gui.engine.process import EngineProcess
from so8t_gui.pages.run import RunPage
from so8t_gui.view.reduce import reduce
from so8t_gui.view.state import View

MIB = 1 << 20
CHILD = textwrap.dedent(
    """
    import json, sys, time
    rate, seconds, path = float(sys.argv[1]), float(sys.argv[2]), sys.argv[3]
    def say(name, **body):
        print(json.dumps({"v": 1, "name": name, **body}, separators=(",", ":")))
    say("hello", protocol=1, version="bench", pid=0)
    say("session", session="flood", title="flood", path=path, step="train", resumed=False)
    say("step", step="train", state="running")
    began = time.perf_counter()
    number = 0
    while (passed := time.perf_counter() - began) < seconds:
        while number < rate * passed:
            number += 1
            if number % 10 == 0:
                say("progress", step="train", kind="update", unit=number, total=int(rate * seconds), rate=rate,
                    eta_seconds=1.0, eta_total_seconds=2.0, active_seconds=passed, points=number,
                    unsaved_seconds=passed % 5, metrics={})
            else:
                say("point", number=number, phase="ppo", update=number, loss=1 / number, alpha=0.5, reward=0.1, kl=0.2)
        sys.stdout.flush()
        time.sleep(0.005)
    say("paused", reason="asked by the window")
    say("bye", exit_code=75)
    """
)


def flood(rate: float, seconds: float) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "child.py"
        script.write_text(CHILD)
        page, loop = RunPage(), QEventLoop()
        engine = EngineProcess(command=[sys.executable, str(script)])
        state = {"view": View(), "events": 0, "last": time.perf_counter()}
        gaps: list[float] = []

        def happened(events: list[object]) -> None:
            for event in events:
                state["view"] = reduce(state["view"], event, time.monotonic())  # type: ignore[arg-type]
            state["events"] += len(events)  # type: ignore[operator]
            page.take(events, state["view"].active)  # type: ignore[arg-type,attr-defined]
            page.render_view(state["view"], time.monotonic())  # type: ignore[arg-type]
            if not state["view"].alive:  # type: ignore[attr-defined]
                loop.quit()

        def beat() -> None:
            now = time.perf_counter()
            gaps.append(now - state["last"])  # type: ignore[operator]
            state["last"] = now

        engine.happened.connect(happened)
        page.resize(1120, 720)
        page.show()
        clock = QTimer(interval=2)
        clock.timeout.connect(beat)
        QTimer.singleShot(1_500, clock.start)  # the first picture is made before
        QTimer.singleShot(1_500, lambda: state.update(last=time.perf_counter()))
        engine.start([str(rate), str(seconds), folder])
        loop.exec()
        clock.stop()
        page.close()
    gaps.sort()
    return {
        "rate": rate, "seconds": seconds, "events": state["events"], "gap_max_ms": round(1_000 * gaps[-1], 1),
        "gap_p99_ms": round(1_000 * gaps[int(0.99 * len(gaps))], 1),
        "gaps_over_50_ms": sum(gap > 0.05 for gap in gaps),
    }  # fmt: skip


def week(points: int) -> dict[str, object]:
    page, view = RunPage(), View(session="week", path=tempfile.gettempdir(), phase="running")
    page.resize(1120, 720)
    page.show()
    page.render_view(view, 0.0)
    ends = time.perf_counter() + 1
    while time.perf_counter() < ends:
        QApplication.processEvents()
    process, sizes = psutil.Process(), []
    for start in range(0, points, 6_000):
        events = [
            Message("point", {"number": n + 1, "phase": "ppo", "loss": 1.0, "alpha": 0.4, "reward": 0.5, "kl": 1.0})
            for n in range(start, min(points, start + 6_000))
        ]
        for event in events:
            view = reduce(view, event, float(start))
        page.take(events, float(start))
        page.render_view(view, float(start))
        QApplication.processEvents()
        sizes.append(process.memory_info().rss)
    fifth = len(sizes) // 5
    grown = sizes[-1] - sizes[fifth]
    return {
        "points": points, "rss_mib": [round(size / MIB, 1) for size in (sizes[0], sizes[fifth], sizes[-1])],
        "bytes_per_point": round(grown / (points * 4 / 5), 1), "notes_kept": len(view.notes),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rate", type=float, default=2_000)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--week", type=int, default=600_000)
    arguments = parser.parse_args()
    application = QApplication([])
    told = {"flood": flood(arguments.rate, arguments.seconds), "week": week(arguments.week)}
    where = {"python": platform.python_version(), "pyside": PySide6.__version__, "display": application.platformName()}
    print(json.dumps({**told, **where}), flush=True)
    os._exit(0)  # at the end of Python the order in which Qt's objects go is not defined


if __name__ == "__main__":
    main()
