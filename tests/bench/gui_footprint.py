"""What the window costs while nobody looks: start to icon, memory, idle processor time, hidden and visible.

Starts the real program (`python -m so8t_gui --kept`) on the display it is given (or with --platform offscreen), with
settings and an empty folder of sessions of its own. Start to tray: from the start of the process until its tray icon
was shown (it says so on standard error when SO8T_TRACE_START is set). Memory: RSS, and USS, which leaves out what is
shared with other programs. Idle: processor time of the process over --idle seconds. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import PySide6

MIB = 1 << 20


def start(folder: Path, words: list[str], environment: dict[str, str]) -> tuple[subprocess.Popen[str], float]:
    """The process, and the seconds until its icon was there."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "settings.json").write_text(json.dumps({"welcomed": True}))
    own = {
        **os.environ, **environment, "SO8T_CONFIG_HOME": str(folder), "SO8T_DATA_ROOT": str(folder / "sessions"),
        "XDG_CONFIG_HOME": str(folder / "xdg"), "SO8T_TRACE_START": "1",
    }  # fmt: skip
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "so8t_gui", "--kept", *words], env=own, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("so8t: tray"):
            return process, time.perf_counter() - began
    raise SystemExit(f"the window ended with code {process.wait()} before it was there")


def end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    process.communicate(timeout=30)


def resting(folder: Path, words: list[str], environment: dict[str, str], idle: float) -> dict[str, float]:
    process, _ = start(folder, words, environment)
    time.sleep(5)
    seen = psutil.Process(process.pid)
    memory = seen.memory_full_info()
    before = seen.cpu_times()
    began = time.perf_counter()
    time.sleep(idle)
    after, spent = seen.cpu_times(), time.perf_counter() - began
    used = after.user + after.system - before.user - before.system
    end(process)
    share = round(100 * used / spent, 3)
    return {"rss_mib": round(memory.rss / MIB, 1), "uss_mib": round(memory.uss / MIB, 1), "idle_cpu_percent": share}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--starts", type=int, default=10)
    parser.add_argument("--idle", type=float, default=60.0, help="seconds of watching (default 60)")
    parser.add_argument("--platform", help="of Qt: xcb, offscreen, ... (default: what Qt chooses)")
    arguments = parser.parse_args()
    environment = {"QT_QPA_PLATFORM": arguments.platform} if arguments.platform else {}
    with tempfile.TemporaryDirectory() as spare:
        times = []
        for number in range(arguments.starts):
            process, seconds = start(Path(spare) / f"start-{number}", ["--hidden"], environment)
            times.append(seconds)
            end(process)
        hidden = resting(Path(spare) / "hidden", ["--hidden"], environment, arguments.idle)
        shown = resting(Path(spare) / "shown", [], environment, arguments.idle)
    found = {
        "start_to_tray_s": {"median": round(statistics.median(times), 3), "worst": round(max(times), 3)},
        "hidden": hidden, "shown": shown, "starts": arguments.starts, "idle_s": arguments.idle,
        "python": platform.python_version(), "pyside": PySide6.__version__,
    }  # fmt: skip
    print(json.dumps(found))


if __name__ == "__main__":
    main()
