"""The three data steps over many records with copies planted in them: seconds, memory, recall and precision.

    cd tests && ../.venv/bin/python -m bench.data_scale [--records 1000000] [--keep FOLDER]

Made of sentences of ../shared/data where it is there, else of random words; 70 % English, 30 % Japanese, some 430 bytes
a record, 8 % copies, half of them with a change. The last line is JSON.

Made of few sentences, records hold held-out questions by chance; these are no duplicates, so they are counted apart
and looked at once more by plain loops: whether each really has four in five runs of a held-out question, for 2,000
of them.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import random
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

import numpy as np
import psutil
import pyarrow.parquet as pq

from helpers import planted
from helpers.paths import SHARED_DATA
from helpers.sessions import DATA_STEPS, Session, local, make_config
from so8t_engine.data.texts.words import words

Flags = np.ndarray[Any, np.dtype[np.bool_]]
Codes = np.ndarray[Any, np.dtype[np.uint8]]
EVERY = 0.3  # seconds
MADE = [(language, kind) for language in ("en", "ja") for kind in (None, *planted.KINDS)]
LOOKED_AT = 2_000  # leaks; all of ten million records' would take plain loops a day
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
    made = bytearray()  # what each row is, by its number in MADE: lists of millions would be in all figures
    with source.open("w", encoding="utf-8") as file:
        for item in planted.records(options.records, seed=1, sentences=sentences()):
            made.append(MADE.index((item.language, item.kind)))
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


def _of_integrate(session: Session, source: Path, made: bytes) -> dict[str, Any]:
    kept, leaks = _numbers(session, len(made))
    left_out = np.flatnonzero(leaks).tolist()
    some = set(random.Random(1).sample(left_out, min(len(left_out), LOOKED_AT)))
    held = _held(session, made_of(source, some))
    return {
        "leaks": {"left_out": len(left_out), "looked_at": len(some), "hold_a_question": held},
        "recall_precision": _figures(np.frombuffer(made, np.uint8), (kept | leaks)[1:]),
    }


def _numbers(session: Session, rows: int) -> tuple[Flags, Flags]:
    """Of the numbers 0 to `rows` those of rows kept, and of those taken out at the end for a held-out question.

    Before the next step begins: until then the shards that had them lie beside those that took their place.
    """
    kept, leaks = np.zeros(rows + 1, bool), np.zeros(rows + 1, bool)
    folder = session.path / "data" / "integrated"
    for path in folder.glob("*.parquet"):
        if "-swept" not in path.name:
            first = pq.read_table(path, columns=["number"])["number"].to_numpy()
            swept = path.with_name(path.name.replace(".parquet", "-swept.parquet"))
            now = pq.read_table(swept, columns=["number"])["number"].to_numpy() if swept.exists() else first
            kept[now] = True
            leaks[np.setdiff1d(first, now)] = True
    return kept, leaks


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


def _figures(made: Codes, kept: Flags) -> dict[str, Any]:
    """By language recall and precision; by kind of copy the share that was left out."""
    figures: dict[str, Any] = {}
    gone = ~kept
    for language in ("en", "ja"):
        of = np.isin(made, [code for code, (spoken, _) in enumerate(MADE) if spoken == language])
        copies = gone & of & (made != MADE.index((language, None)))
        planted_here = int((of & (made != MADE.index((language, None)))).sum())
        figures[language] = [round(copies.sum() / planted_here, 4), round(copies.sum() / max((gone & of).sum(), 1), 4)]
    for kind in planted.KINDS:
        of = np.isin(made, [code for code, (_, copied) in enumerate(MADE) if copied == kind])
        figures[kind] = round(float((gone & of).sum() / max(of.sum(), 1)), 4)
    return {name: [float(one) for one in of] if isinstance(of, list) else of for name, of in figures.items()}


if __name__ == "__main__":
    sys.exit(main())
