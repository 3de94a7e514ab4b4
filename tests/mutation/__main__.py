"""Changes the code in one small way after another and lists the changes that no test notices.

    cd tests && ../.venv/bin/python -m mutation --count 300 --seed 11 --map MAP.json --report FILE.json

In place, in a clean checkout, one change at a time, each taken back again. First, once, every test of `engine/` and
`gui/` is run to see which lines it runs (`--map`, about half an hour). Then for each change the tests that run its
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
from mutation.prepared_process import first_failure, forked, prepare
from mutation.touched import children_tell, run_tests

MAP_ONE_FILE, ONE_TEST = 600.0, 60.0  # seconds
OWN, OTHERS, MOST_TESTS = 40.0, 60.0, 60
Map = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Try:
    """`how` is the failure that noticed it, empty where none did; `tests` is how many were chosen."""

    change: Change
    how: str
    tests: int
    seconds: float


def make_map(path: Path, only: str) -> Map:
    """The map of `path`, with what is missing in it run and added, file by file."""
    known: dict[str, Map] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    files = [file for half in SOURCES for file in (PROJECT / "tests" / half).rglob("test_*.py")]
    files = [file for file in sorted(files, key=lambda file: file.stat().st_size) if only in file.as_posix()]
    with tempfile.TemporaryDirectory() as folder, children_tell():
        for number, file in enumerate(files):
            name = file.relative_to(PROJECT).as_posix()
            if name in known:
                continue
            began, answer, told = time.monotonic(), Path(folder, "answer"), Path(folder, f"told{number}")
            answer.unlink(missing_ok=True)
            code = forked(partial(run_tests, file, answer, told), Path(folder, "output"), MAP_ONE_FILE)
            known[name] = json.loads(answer.read_text(encoding="utf-8")) if answer.exists() else {}
            path.write_text(json.dumps(known), encoding="utf-8")
            failed = [test for test, touched in known[name].items() if not touched["passed"]]
            print(
                f"{time.monotonic() - began:5.0f} s  {name}  {len(known[name])} tests, code {code} {failed}", flush=True
            )
    return {test: touched for tests in known.values() for test, touched in tests.items()}


def tests_for(change: Change, tests: Map) -> tuple[list[str], list[str]]:
    """Those that run the lines of the change: of the module's own file, then of all others, the quickest first."""
    half = next(name for name, folder in SOURCES.items() if folder in change.path.parents)
    path = change.path.relative_to(PROJECT).as_posix()
    own = (Path("tests", half) / change.path.relative_to(SOURCES[half]).parent / f"test_{change.path.name}").as_posix()
    hits = [
        test
        for test, touched in tests.items()
        if touched["passed"]
        and (lines := touched["lines"].get(path))
        and (not change.lines or change.lines & set(lines))
    ]
    hits.sort(key=lambda test: tests[test]["seconds"])
    if not change.lines and not hits:  # a module of constants
        hits = [test for test in tests if test.startswith(own)]
    first = [test for test in hits if test.startswith(own)]
    return first[:MOST_TESTS], [test for test in hits if test not in first][:MOST_TESTS]


def attempt(change: Change, tests: Map, output: Path, patience: float) -> Try:
    began = time.monotonic()
    stages = [(names, seconds) for names, seconds in zip(tests_for(change, tests), (OWN, OTHERS), strict=True) if names]
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
