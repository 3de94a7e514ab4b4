"""Changes the code in one small way after another and lists the changes that no test notices.

    cd tests && ../.venv/bin/python -m mutation --count 300 --seed 11 --map MAP.json --report FILE.json

In place, in a clean checkout, one change at a time, each taken back again. First, once, every test of `engine/` and
`gui/` is run to see which lines it runs (`--map`, about ten minutes). Then for each change the tests that run its
lines, the module's own first, else the quickest, until one fails: *noticed*, if it passes without the change. What
these let pass is listed: a test is missing, a test further away (e2e, crash) would see it, or the change makes no
difference (*equivalent*); which, a person judges. `--only` a part of the sources, `--again` the changes of a report
that survived. JSON last.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import tempfile
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from mutation.changes import PROJECT, SOURCES, Change, changes
from mutation.nearness import is_slow, near, test_files
from mutation.prepared_process import first_failure, forked, prepare
from mutation.touched import children_tell, run_tests

FILES_AT_ONCE, MAP_SECONDS, ONE_TEST = 12, 900.0, 60.0  # seconds
OWN, OTHERS, SLOW, MOST_TESTS = 40.0, 60.0, 90.0, 60
Map = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Try:
    """`how` is the failure that noticed it, empty where none did; `tests` is how many were chosen."""

    change: Change
    how: str
    tests: int
    seconds: float


def make_map(path: Path, only: str) -> Map:
    """The map of `path`, with the quick files of tests that are missing in it run and added, some at a time."""
    known: dict[str, Map] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    quick = [file for half in SOURCES for file in test_files(half) if only in file.as_posix() and not is_slow(file)]
    missing = [file for file in quick if _inside(file) not in known]
    with tempfile.TemporaryDirectory() as folder, children_tell():
        for first in range(0, len(missing), FILES_AT_ONCE):
            began, files = time.monotonic(), missing[first : first + FILES_AT_ONCE]
            answer, told = Path(folder, f"answer{first}"), Path(folder, f"told{first}")
            forked(partial(run_tests, files, answer, told), Path(folder, "output"), MAP_SECONDS)
            tests: Map = json.loads(answer.read_text(encoding="utf-8")) if answer.exists() else {}
            for file in files:
                name = _inside(file)
                known[name] = {test: touched for test, touched in tests.items() if test.startswith(f"{name}::")}
            path.write_text(json.dumps(known), encoding="utf-8")
            failed = [test for test, touched in tests.items() if not touched["passed"]]
            print(f"{time.monotonic() - began:5.0f} s  {len(files)} files, {len(tests)} tests {failed}", flush=True)
    return {test: touched for tests in known.values() for test, touched in tests.items()}


def tests_for(change: Change, tests: Map) -> list[tuple[list[str], float]]:
    """With the seconds they get: tests that run the lines of the change, the module's own file first, then all others,
    the quickest first; then the slow files about the module, which the map does not know.
    """
    half = next(name for name, folder in SOURCES.items() if folder in change.path.parents)
    path = _inside(change.path)
    own = (Path("tests", half) / change.path.relative_to(SOURCES[half]).parent / f"test_{change.path.name}").as_posix()
    hits = [
        test
        for test, touched in tests.items()
        if touched["passed"]
        and (lines := touched["lines"].get(path))
        and (not change.lines or change.lines & set(lines))
    ]
    hits.sort(key=lambda test: tests[test]["seconds"])
    first = [test for test in hits if test.startswith(own)][:MOST_TESTS]
    others = [test for test in hits if not test.startswith(own)][:MOST_TESTS]
    slow = [
        _inside(file) for file in near(change.path, half) if not any(test.startswith(_inside(file)) for test in tests)
    ]
    return [(names, seconds) for names, seconds in ((first, OWN), (others, OTHERS), (slow, SLOW)) if names]


def attempt(change: Change, tests: Map, output: Path, patience: float) -> Try:
    began = time.monotonic()
    stages = tests_for(change, tests)
    original = change.path.read_bytes()
    for names, seconds in stages:
        look = partial(first_failure, output=output, seconds=seconds * patience, one_test=ONE_TEST * patience)
        change.path.write_bytes(original[: change.start] + change.text.encode() + original[change.end :])
        try:
            how = look(names)
        finally:
            change.path.write_bytes(original)
        if how and not look([_test(how)] if "::" in how else names):
            return Try(change, how, len(names), time.monotonic() - began)
    return Try(change, "", sum(len(names) for names, _ in stages), time.monotonic() - began)


def _inside(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def _test(how: str) -> str:
    return how.removeprefix("FAILED ").removeprefix("ERROR ").partition(" - ")[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="a part of the path of the sources")
    parser.add_argument("--tests", default="", help="a part of the path of the tests for the map")
    parser.add_argument("--patience", type=float, default=1.0, help="times the usual limits, on a busy machine")
    parser.add_argument(
        "--map", type=Path, required=True, help="which test runs what; JSON; made where it is not there"
    )
    parser.add_argument("--report", type=Path, help="JSON; if it is there, the run goes on where it ends")
    parser.add_argument("--again", type=Path, help="a report: its survivors, where they can still be made")
    options = parser.parse_args()
    if subprocess.run(["git", "diff", "--quiet"], cwd=PROJECT, check=False).returncode:
        raise SystemExit("There are changes that are not committed; commit them first.")
    prepare()
    tests = make_map(options.map, options.tests)
    paths = [path for folder in SOURCES.values() for path in sorted(folder.rglob("*.py"))]
    everything = [change for path in paths if options.only in path.as_posix() for change in changes(path)]
    sample = random.Random(options.seed).sample(everything, min(options.count, len(everything)))
    if options.again:
        survived = {row["change"] for row in json.loads(options.again.read_text("utf-8")) if not row["noticed"]}
        sample = [change for change in everything if change.name in survived]
    results: list[dict[str, Any]] = []
    if options.report and options.report.exists():
        results = json.loads(options.report.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        for change in sample[len(results) :]:
            tried = attempt(change, tests, Path(folder, "output"), options.patience)
            results.append({"change": change.name, "noticed": tried.how, "tests": tried.tests})
            verdict = tried.how or f"SURVIVED {tried.tests} tests"
            print(f"{len(results):4d} {tried.seconds:5.0f} s  {change.name}  {verdict}", flush=True)
            if options.report:
                options.report.write_text(json.dumps(results, indent=1), encoding="utf-8")
    survivors = [result["change"] for result in results if not result["noticed"]]
    print(json.dumps({"candidates": len(everything), "tried": len(results), "survived": survivors}))


if __name__ == "__main__":
    main()
