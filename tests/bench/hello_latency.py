"""How long a window waits for the engine: process start to `hello`. Prints one JSON object as its last line."""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import subprocess
import sys
import time


def once() -> float:
    """Seconds from process start to the first line on standard output."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "so8t_engine"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as engine:
        assert engine.stdout is not None
        line = engine.stdout.readline()
        took = time.perf_counter() - started
        assert json.loads(line)["name"] == "hello"
        engine.communicate()
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--starts", type=int, default=20)
    arguments = parser.parse_args()
    once()  # the first start fills the page cache and writes the bytecode
    seconds = sorted(once() for _ in range(arguments.starts))
    body = {
        "benchmark": "hello_latency",
        "median_ms": round(1000 * statistics.median(seconds), 1),
        "worst_ms": round(1000 * seconds[-1], 1),
        "starts": arguments.starts,
        "python": platform.python_version(),
        "machine": platform.machine(),
    }
    print(json.dumps(body))


if __name__ == "__main__":
    main()
