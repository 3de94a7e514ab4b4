"""How long the list of sessions takes to read; prints one JSON object as its last line."""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from pathlib import Path

from so8t_engine.session import catalog, durable, store
from so8t_engine.session.state import Cursor, PipelineState, Work, dump


def make(root: Path, count: int) -> None:
    """Sessions half-way through training, as they lie on a disk, without the flushes that would take minutes."""
    work = {f"{step}/unit": Work(1_000, 123.4) for step in ("collect", "integrate", "convert", "train")}
    for number in range(count):
        name = f"20260101-{number:06d}-bench"
        state = PipelineState(
            name, "paused", Cursor("train", number), f"{number:06d}", points=10_000, work=work,
            totals=dict.fromkeys(work, 10_000), run=3, created="now", updated="now",
        )  # fmt: skip
        (root / name / store.CHECKPOINTS).mkdir(parents=True)
        (root / name / store.CONFIG).write_text("name: bench\n")
        durable.replace(root / name / store.STATE, dump(state), durable=False)
        (root / name / "progress.json").write_text(
            json.dumps({"run": 3, "step": "train", "unit": number, "total": 10_000})
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=1_000)
    parser.add_argument("--times", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        make(root, arguments.sessions)
        seconds = []
        for _ in range(arguments.times):
            started = time.perf_counter()
            found = catalog.sessions(root)
            seconds.append(time.perf_counter() - started)
            assert len(found) == arguments.sessions
    median = statistics.median(seconds)
    body = {"sessions": arguments.sessions, "median_ms": round(1_000 * median, 1)}
    print(
        json.dumps(
            body
            | {"per_session_us": round(1e6 * median / arguments.sessions), "first_ms": round(1_000 * seconds[0], 1)}
        )
    )


if __name__ == "__main__":
    main()
