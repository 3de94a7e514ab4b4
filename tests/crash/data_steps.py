"""Kills the data steps at random instants while they fetch, read, sieve and ask; their files must be as untouched ones.

Real program, real signals; the Hub and the teacher are servers of this process, on loopback, and slow enough that a
kill meets a file that is half there and a question that is half answered. The last line printed is one JSON object;
exit code 1 where anything differs.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import random
import tempfile
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import yaml

from crash.soak import session_of
from crash.subject import Running, start_program
from helpers.loopback_hub import Fault, LoopbackHub

PATIENCE = 600.0  # seconds for a whole run of the three steps
THOUGHT = "Three of the ten went away, so take them off."
REPLY = json.dumps({"logic": THOUGHT, "final": "7"})


class Teacher(BaseHTTPRequestHandler):
    """Knows one answer, and takes its time."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        time.sleep(0.02)
        data = json.dumps({"choices": [{"message": {"content": REPLY}, "finish_reason": "stop"}]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        pass


def sums(count: int) -> list[dict[str, str]]:
    """Answers that nobody explains: the teacher is asked about each."""
    names = [f"{first}{last}" for first in ("Mi", "Be", "Ke", "Yu", "To", "An", "Le", "Sa") for last in "abcdefghij"]
    return [{"q": f"{name} had 10 pens and lost 3. How many are left?", "a": "7"} for name in names[:count]]


def explained(count: int, start: int = 0) -> list[dict[str, str]]:
    rows = []
    for n in range(start, start + count):
        noise = random.Random(n).randbytes(150).hex()
        rows.append({"question": f"{noise} What is {n} + {n}?", "answer": f"Twice {n} is {2 * n}.\n#### {2 * n}"})
    return rows


def lines(rows: list[dict[str, str]]) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def large_table() -> bytes:
    """More than is fetched whole where only its first rows are wanted: the rest is noise."""
    rows = explained(600, 10_000)
    rows += [{"question": random.Random(n).randbytes(12_000).hex(), "answer": "no"} for n in range(1_500)]
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), sink, row_group_size=100)
    return sink.getvalue()


def fill(hub: LoopbackHub) -> None:
    split = {f"train-{n:05d}-of-00004.jsonl": lines(explained(300, 300 * n)) for n in range(4)}
    hub.add("owner/split", split)
    hub.add("owner/large", {"train.parquet": large_table()})
    hub.add("owner/sums", {"train.jsonl": lines(sums(80))})
    hub.faults.append(Fault("/cdn/owner/split", pause=0.01, drip=8_000))
    hub.faults.append(Fault("/cdn/owner/large", pause=0.01, drip=200_000))


def configuration(teacher: str) -> dict[str, Any]:
    columns = {"prompt": "q", "response": "a", "answer": "a"}
    return {
        "name": "data",
        "datasets": [
            {"name": "gone", "path": "owner/nowhere", "required": False},
            {"name": "split", "path": "owner/split"},
            {"name": "large", "path": "owner/large", "max_rows": 500},
            {"name": "sums", "path": "owner/sums", "adapter": "columns", "columns": columns, "category": "maths"},
        ],
        "collect": {"rows_per_shard": 100},
        "integrate": {"near_duplicates": False, "decontaminate": False},
        "convert": {
            "missing_sections": "teacher", "teacher": teacher, "final_only_share": 1.0,
            "teaching": {"model": "tiny", "samples": 1, "batch_size": 8},
        },
        "model": {"build": {}},
        "runtime": {"device": "cpu", "num_threads": 1},
        "checkpoint": {"interval_seconds": 0.2, "save_total_limit": 2},
    }  # fmt: skip


def digests(session: Path) -> dict[str, str]:
    root = session / "data"
    found = sorted(path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def at_training(engine: Running) -> bool:
    return any(event.get("step") == "train" for event in engine.said("step"))


def start(root: Path, config: Path) -> Running:
    """A new session or the one that is there; its own cache of the Hub, its own replies."""
    session = session_of(root)
    where = ["--data-root", str(root), "--json"]
    arguments = ["resume", session.name, *where] if session else ["run", str(config), "--force", *where]
    return start_program(arguments, HF_HOME=str(root / "hf"), HF_HUB_OFFLINE="0")


def until(engine: Running, seconds: float) -> bool:
    """Waits until the data steps are done (true), it ended, or the time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and engine.code is None:
        if at_training(engine):
            return True
        engine.wait(0.02)
    return at_training(engine)


def one_session(root: Path, config: Path, strikes: list[float], hit: Counter[str]) -> dict[str, str]:
    """Through the three steps, killed after so many seconds of each start for as long as there are `strikes`."""
    root.mkdir(parents=True)
    while True:
        engine = start(root, config)
        done = until(engine, strikes.pop(0) if strikes else PATIENCE)
        steps = engine.said("step")
        killed = engine.kill()
        if done:
            session = session_of(root)
            assert session is not None
            return digests(session)
        if not killed:
            raise SystemExit(f"ended with {engine.code}: {engine.heard[-2:]}")
        hit[steps[-1]["step"] if steps else "start"] += 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=None, help="default: drawn and printed")
    arguments = parser.parse_args()
    seed = arguments.seed if arguments.seed is not None else random.SystemRandom().randrange(1_000_000)
    print(f"seed {seed}", flush=True)
    began, instants = time.monotonic(), random.Random(seed)
    hub, server = LoopbackHub(), ThreadingHTTPServer(("127.0.0.1", 0), Teacher)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    fill(hub)
    os.environ["HF_ENDPOINT"] = hub.endpoint
    hit: Counter[str] = Counter()
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(prefix="data-soak-") as folder:
        config = Path(folder) / "data.yaml"
        config.write_text(yaml.safe_dump(configuration(f"http://127.0.0.1:{server.server_port}/v1")), encoding="utf-8")
        first = time.monotonic()
        expected = one_session(Path(folder) / "untouched", config, [], Counter())
        seconds, sessions = time.monotonic() - first, 0
        while sum(hit.values()) < arguments.kills:
            sessions += 1
            strikes = [instants.uniform(0.0, 0.7 * seconds) for _ in range(arguments.kills - sum(hit.values()))]
            found = one_session(Path(folder) / f"session{sessions}", config, strikes, hit)
            names = sorted(expected.keys() | found.keys())
            wrong += [f"session {sessions}: {name}" for name in names if expected.get(name) != found.get(name)]
    body = {"seed": seed, "kills": sum(hit.values()), "sessions": sessions, "steps": dict(hit), "files": len(expected)}
    body |= {"mismatches": len(wrong), "wrong": wrong[:10], "untouched_seconds": round(seconds, 1)}
    print(json.dumps(body | {"seconds": round(time.monotonic() - began, 1)}))
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
