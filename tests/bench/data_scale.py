"""The three data steps over many records with copies planted in them: seconds, memory, recall and precision.

    cd tests && ../.venv/bin/python -m bench.data_scale [--records 1000000] [--keep FOLDER]

Made of sentences of ../shared/data where it is there, else of random words; 70 % English, 30 % Japanese, some 430 bytes
a record, 8 % copies, half of them with a change. The last line is JSON.

Made of few sentences, records hold held-out questions by chance; these are no duplicates, so they are counted apart
and looked at once more by plain loops: whether each really has four in five runs of a held-out question.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import re
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil
import pyarrow.parquet as pq

from helpers import planted
from helpers.paths import SHARED_DATA
from helpers.sessions import DATA_STEPS, Session, local, make_config
from so8t_engine.data.words import words

EVERY = 0.3  # seconds
END = re.compile(r"(?<=[.!?。？！])\s*")


class Watch:
    """The memory of this process and its children at its peak, pages they share counted once (PSS); Linux.

    Looked at several times a second, so what is shorter may not be in it. What the bench itself holds is.
    """

    def __enter__(self) -> Watch:
        self.peak_mib = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        own = psutil.Process()
        while not self._over.wait(EVERY):
            with contextlib.suppress(psutil.Error, OSError):
                of_all = [process.memory_full_info().pss for process in (own, *own.children())]
                self.peak_mib = max(self.peak_mib, sum(of_all) >> 20)


def processor_seconds() -> float:
    """Of this process and of its children that have ended."""
    return sum(os.times()[:4])


def sentences() -> dict[str, list[str]] | None:
    if not SHARED_DATA.exists():
        return None
    english = [json.loads(line)["question"] for line in (SHARED_DATA / "gsm8k/train.jsonl").open(encoding="utf-8")]
    japanese = [
        json.loads(line)["question"] for line in (SHARED_DATA / "jcommonsenseqa/train-v1.3.json").open(encoding="utf-8")
    ]
    return {
        "en": [part for text in english for part in END.split(text) if len(part) > 20],
        "ja": [part + "。" for text in japanese for part in END.split(text) if len(part) > 8],
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, help="the session is made there and stays")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=JSON", help="a key of `integrate`")
    options = parser.parse_args()
    root = options.keep or Path(tempfile.mkdtemp(prefix="data-scale-"))
    root.mkdir(parents=True, exist_ok=True)
    source = root / "rows.jsonl"
    made: list[tuple[str, str | None]] = []
    same: dict[tuple[str, str | None], tuple[str, str | None]] = {}  # else a million of them would be in all figures
    with source.open("w", encoding="utf-8") as file:
        for item in planted.records(options.records, seed=1, sentences=sentences()):
            made.append(same.setdefault((item.language, item.kind), (item.language, item.kind)))
            file.write(json.dumps({"prompt": item.prompt, "response": item.response}, ensure_ascii=False) + "\n")
    rules = {key: json.loads(value) for key, _, value in (given.partition("=") for given in options.set)}
    session = Session(root, make_config([local("rows", source)], integrate=rules))
    found: dict[str, Any] = {
        "records": options.records,
        "bytes": source.stat().st_size,
        "seconds": {},
        "processor_seconds": {},
        "peak_pss_mib": {},
    }
    for step in DATA_STEPS:
        begun, worked = time.perf_counter(), processor_seconds()
        with Watch() as watch:
            session.run(step)
        found["seconds"][step] = round(time.perf_counter() - begun, 1)
        found["processor_seconds"][step] = round(processor_seconds() - worked, 1)
        found["peak_pss_mib"][step] = watch.peak_mib
        if step == "integrate":
            found |= _of_integrate(session, source, made)
        print(step, found["seconds"][step], "s", found["peak_pss_mib"][step], "MiB", file=sys.stderr, flush=True)
    for kind in ("seconds", "processor_seconds"):
        found[kind]["together"] = round(sum(found[kind].values()), 1)
    found["dropped"] = session.notes("integrated", "counts.json")["sources"]["rows"]["dropped"]
    found["machine"] = f"{os.cpu_count()} cores, {platform.machine()}, load {os.getloadavg()[0]:.1f}"
    found["versions"] = {name: version(name) for name in ("numpy", "pyarrow")} | {"python": platform.python_version()}
    if options.keep is None:
        shutil.rmtree(root)
    print(json.dumps(found))
    return 0


def _of_integrate(session: Session, source: Path, made: list[tuple[str, str | None]]) -> dict[str, Any]:
    kept, leaks = _numbers(session)
    return {
        "leaks": {"left_out": len(leaks), "hold_a_question": _held(session, made_of(source, leaks))},
        "recall_precision": _figures(made, kept | leaks),
    }


def _numbers(session: Session) -> tuple[set[int], set[int]]:
    """Numbers of the rows that are kept, and of those that were taken out at the end for a held-out question.

    Before the next step begins: until then the shards that had them lie beside those that took their place.
    """
    of = {
        path.name: set(pq.read_table(path, columns=["number"])["number"].to_pylist())
        for path in (session.path / "data" / "integrated").glob("*.parquet")
    }
    first = {name: numbers for name, numbers in of.items() if "-swept" not in name}
    kept = {name: of.get(name.replace(".parquet", "-swept.parquet"), numbers) for name, numbers in first.items()}
    return set().union(*kept.values()), set().union(*(numbers - kept[name] for name, numbers in first.items()))


def made_of(source: Path, numbers: set[int]) -> list[str]:
    """The texts of these rows."""
    with source.open(encoding="utf-8") as lines:
        return ["\n".join(json.loads(line).values()) for number, line in enumerate(lines, 1) if number in numbers]


def _held(session: Session, texts: list[str]) -> int:
    """How many of the texts have at least 80 % of a held-out question's runs of five words (characters)."""
    questions: list[set[tuple[str, ...]]] = []
    for path in (session.path / "data" / "integrated").glob("*.parquet"):
        if "-swept" in path.name or not path.with_name(f"{path.stem}-swept.parquet").exists():
            rows = pq.read_table(path, columns=["prompt"], filters=[("split", "=", "heldout")])["prompt"].to_pylist()
            questions += [_runs(prompt) for prompt in rows]
    having: dict[tuple[str, ...], list[int]] = {}
    for number, runs in enumerate(questions):
        for run in runs:
            having.setdefault(run, []).append(number)
    shared = [Counter(number for run in _runs(text) for number in having.get(run, ())) for text in texts]
    return sum(any(count >= 0.8 * len(questions[of]) for of, count in counts.items()) for counts in shared)


def _runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[first : first + 5]) for first in range(max(len(found) - 4, 1))}


def _figures(made: list[tuple[str, str | None]], kept: set[int]) -> dict[str, Any]:
    """By language recall and precision; by kind of copy the share that was left out."""
    figures: dict[str, Any] = {}
    for language in ("en", "ja"):
        out = [(kind, number not in kept) for number, (of, kind) in enumerate(made, 1) if of == language]
        copies = [gone for kind, gone in out if kind]
        figures[language] = [
            round(sum(copies) / len(copies), 4),
            round(sum(copies) / max(sum(g for _, g in out), 1), 4),
        ]
    for kind in planted.KINDS:
        gone = [number not in kept for number, (_, of) in enumerate(made, 1) if of == kind]
        figures[kind] = round(sum(gone) / max(len(gone), 1), 4)
    return figures


if __name__ == "__main__":
    sys.exit(main())
