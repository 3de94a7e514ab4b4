"""Kills a session again and again at random instants; at the end its bytes must be those of an untouched run.

Three mixes of instants: anywhere; around a save; while resuming. After every kill: the history is strictly 1..k, the
next start goes on from no earlier than what was acknowledged. The last line printed is one JSON object; exit code
1 where anything was not as it must be. A failure repeats (up to the machine's timing) with its --seed.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import random
import shutil
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crash.subject import Running, start_program, start_toy
from so8t_engine.protocol import STEPS
from so8t_engine.session import manifest

MIXES = ("anywhere", "around a save", "while resuming")
RESULTS = ("adapter", "final_model", "gguf")
Start = Callable[[Sequence[str]], Running]
Place = tuple[int, int]


@dataclass(frozen=True)
class Times:
    """Of the untouched run: seconds until it has opened its session, and in all; seconds between saves."""

    opened: float
    total: float
    between_saves: float


@dataclass
class Report:
    kills: int = 0
    sessions: int = 0
    by_mix: Counter[str] = field(default_factory=Counter)
    before_open: int = 0
    wrong: list[str] = field(default_factory=list)


def place(event: dict[str, Any]) -> Place:
    return STEPS.index(event["step"]), int(event["unit"])


def digests(session: Path) -> dict[str, str]:
    """sha256 of everything that must not depend on interruptions."""
    found = [path for name in RESULTS for path in sorted((session / name).rglob("*")) if path.is_file()]
    found += [session / "history.jsonl", session / "report" / "report.json"]
    return {path.relative_to(session).as_posix(): hashlib.sha256(content(path)).hexdigest() for path in found}


def content(path: Path) -> bytes:
    """A manifest also names its session, which is another one each time: only what it lists counts."""
    return repr(manifest.read(path.parent)[0]).encode() if path.name == manifest.NAME else path.read_bytes()


def history_fault(session: Path) -> str:
    """What is wrong with the history a kill left: whole lines must be 1..k; only the last may be torn."""
    path = session / "history.jsonl"
    lines = path.read_bytes().split(b"\n")[:-1] if path.exists() else []
    for number, line in enumerate(lines, 1):
        body, _, crc = line.rpartition(b"\t")
        if int(crc, 16) != zlib.crc32(body) or json.loads(body)["number"] != number:
            return f"history line {number} is wrong"
    return ""


def session_of(root: Path) -> Path | None:
    found = [path for path in root.iterdir() if (path / "config.yaml").exists() and "." not in path.name]
    return found[0] if found else None


def untouched(start: Start, config: str, root: Path) -> tuple[dict[str, str], Times]:
    engine = start(["run", config, "--data-root", str(root), "--json"])
    if engine.wait(900) != 0:
        raise SystemExit(f"the untouched run ended with {engine.code}: {engine.heard[-1:]}")
    session = session_of(root)
    assert session is not None
    saves = [seconds for seconds, event in engine.heard if event["name"] == "saved"]
    opened = next(seconds for seconds, event in engine.heard if event["name"] == "session")
    gaps = sorted(late - early for early, late in itertools.pairwise(saves))
    return digests(session), Times(opened, engine.heard[-1][0], gaps[len(gaps) // 2])


def strike(engine: Running, mix: str, times: Times, source: random.Random) -> bool:
    """Waits for the instant, then kills. False where the engine had finished by then."""
    if mix == "anywhere":
        engine.wait(source.uniform(0, times.opened + (times.total - times.opened) / 4))
    elif mix == "while resuming":
        engine.wait(source.uniform(0, 1.2 * times.opened))
    else:
        engine.wait_for("saved", source.randint(1, 4), times.total)
        engine.wait(source.choice([source.uniform(0, 0.01), times.between_saves * source.uniform(0.9, 1.1)]))
    return engine.kill()


def soak(start: Start, config: str, kills: int, seed: int, folder: Path) -> tuple[Report, Times]:
    source, report = random.Random(seed), Report()
    expected, times = untouched(start, config, make(folder / "untouched"))
    while report.kills < kills:
        report.sessions += 1
        root = make(folder / f"session{report.sessions}")
        one_session(start, config, root, kills, report, times, source)
        session = session_of(root)
        found = digests(session) if session else {}
        differing = sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))
        if differing:
            report.wrong.append(f"session {report.sessions} differs from the untouched one in {differing[:5]}")
        shutil.rmtree(root, ignore_errors=True)
    return report, times


def one_session(
    start: Start, config: str, root: Path, kills: int, report: Report, times: Times, source: random.Random
) -> None:
    """From `run` to finished, with kills on the way (none any more once there were enough)."""
    acknowledged: Place = (0, 0)
    while True:
        session = session_of(root)
        new = ["run", config, "--data-root", str(root), "--json"]
        engine = start(["resume", session.name, "--data-root", str(root), "--json"] if session else new)
        fewest = min(report.by_mix[mix] for mix in MIXES)
        mix = source.choice([mix for mix in MIXES if report.by_mix[mix] == fewest])  # each has its turn
        if report.kills < kills and strike(engine, mix, times, source):
            report.kills += 1
            report.by_mix[mix] += 1
        else:
            engine.wait(900)
        opened = engine.said("session")
        report.before_open += not opened
        if opened and place(opened[0]) < acknowledged:
            report.wrong.append(f"resumed from {place(opened[0])} although {acknowledged} was acknowledged")
        acknowledged = max([acknowledged] + [place(event) for event in engine.said("saved")])
        session = session_of(root)
        if session and (fault := history_fault(session)):
            report.wrong.append(fault)
        if engine.code == 0:
            return
        if engine.code != -9:
            if engine.code == 4 and any(event.get("code") == "session_finished" for event in engine.said("failed")):
                return  # killed between the last commit and its last word
            raise SystemExit(f"ended with {engine.code}: {engine.heard[-1:]}")


def make(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    here = Path(__file__).parents[1]
    parser.add_argument("config", nargs="?", default=str(here / "e2e" / "small.yaml"), help="default: the small job")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=None, help="default: drawn and printed")
    parser.add_argument("--toy", action="store_true", help="toy steps without torch, the rest real")
    arguments = parser.parse_args()
    seed = arguments.seed if arguments.seed is not None else random.SystemRandom().randrange(1_000_000)
    print(f"seed {seed}", flush=True)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        start = start_toy if arguments.toy else start_program
        report, times = soak(start, arguments.config, arguments.kills, seed, Path(folder))
    body = {"seed": seed, "kills": report.kills, "sessions": report.sessions, "mixes": dict(report.by_mix)}
    body |= {"before_open": report.before_open, "untouched_seconds": round(times.total, 2)}
    body |= {
        "mismatches": len(report.wrong),
        "wrong": report.wrong[:10],
        "seconds": round(time.monotonic() - started, 1),
    }
    print(json.dumps(body))
    return 1 if report.wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
