"""Changes the code in one small way after another and lists the changes that no test notices.

    cd tests && ../.venv/bin/python -m mutation --count 300 --seed 11 --map MAP.json --report FILE.json

In place, in a clean checkout, one change at a time, each taken back again. All tests of `engine/` and `gui/` are
collected once, and each change is tried in a fork of that process. First the quick tests (with `--slow` all) are run to
see which lines they run (`--map`, once). Then for each change those that run its lines, the module's own first, else
the quickest; then the slow ones about the module (`--slow`). *Noticed*: one fails, and passes without the change. What
they let pass is listed: a test is missing, a test further away (e2e, crash) would see it, or the change makes no
difference (*equivalent*); which, a person judges. `--again`: the changes of a report that survived. JSON last.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from mutation import forked_tests, swapped_code, touched
from mutation.changes import PROJECT, SOURCES, Change, changes
from mutation.forked_tests import CANNOT, TOOK_TOO_LONG, Cannot, Failures, forked
from mutation.nearness import is_slow, near, test_files

FILES_AT_ONCE, MAP_SECONDS, ONE_TEST = 2, 120.0, 60.0
OWN, OTHERS, SLOW = 60.0, 60.0, 120.0  # seconds for the tests of each kind
MOST_TESTS, MOST_FILES = 40, 4
OURS = ("so8t_engine", "so8t_gui", "so8t_resources", "helpers", "engine", "gui", "conftest", "crash", "e2e")


@dataclass(frozen=True)
class Try:
    """`how` is the failure that noticed it, empty where none did; `tests` is how many were chosen."""

    how: str
    tests: int


class Mutation:
    """A plugin of pytest that runs, in the place of the tests, one change after another."""

    def __init__(self, options: argparse.Namespace, folder: Path) -> None:
        self._options, self._output = options, folder / "output"
        self._failures, self._failed = Failures(), touched.Failed()
        self._items: dict[str, pytest.Item] = {}
        self._map: dict[str, touched.Rows] = {}
        self._tests: touched.Rows = {}
        self._passing: set[str] = set()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        for plugin in (self._failures, self._failed):
            session.config.pluginmanager.register(plugin)
        self._items = {item.nodeid: item for item in session.items}
        self._make_map(self._options.map)
        paths = [path for folder in SOURCES.values() for path in sorted(folder.rglob("*.py"))]
        everything = [change for path in paths if self._options.only in path.as_posix() for change in changes(path)]
        sample = random.Random(self._options.seed).sample(everything, min(self._options.count, len(everything)))
        if self._options.again:
            survived = {row["change"] for row in json.loads(self._options.again.read_text()) if not row["noticed"]}
            sample = [change for change in everything if change.name in survived]
        results = self._try_all(sample)
        survivors = [result["change"] for result in results if not result["noticed"]]
        print(json.dumps({"candidates": len(everything), "tried": len(results), "survived": survivors}))
        return True

    def _make_map(self, path: Path) -> None:
        """What is missing in it is run and added, some files at a time."""
        if path.exists():
            self._map = json.loads(path.read_text(encoding="utf-8"))
        names = [
            _inside(file) for half in SOURCES for file in test_files(half) if self._options.slow or not is_slow(file)
        ]
        missing = [] if self._options.known else [name for name in names if name not in self._map]
        for first in range(0, len(missing), FILES_AT_ONCE):
            began, files = time.monotonic(), missing[first : first + FILES_AT_ONCE]
            items = [item for name in files for item in self._of_file(name)]

            def trace(items: list[pytest.Item] = items) -> str:
                return json.dumps(touched.traced(items, self._failed.names, MAP_SECONDS * self._options.patience))

            _, answer = forked(trace, self._output, 2 * MAP_SECONDS * self._options.patience)
            rows: touched.Rows = json.loads(answer or "{}")
            for name in files:
                self._map[name] = {test: row for test, row in rows.items() if test.startswith(f"{name}::")}
            path.write_text(json.dumps(self._map), encoding="utf-8")
            failed = [test for test, row in rows.items() if not row["passed"]]
            print(f"{time.monotonic() - began:5.0f} s  {len(rows)} of {len(items)} tests mapped {failed}", flush=True)
        self._tests = {test: row for rows in self._map.values() for test, row in rows.items() if test in self._items}

    def _try_all(self, sample: list[Change]) -> list[dict[str, Any]]:
        report, results = self._options.report, list[dict[str, Any]]()
        if report and report.exists():
            results = json.loads(report.read_text(encoding="utf-8"))
        for change in sample[len(results) :]:
            began = time.monotonic()
            tried = self._try(change)
            results.append({"change": change.name, "noticed": tried.how, "tests": tried.tests})
            verdict = tried.how or f"SURVIVED {tried.tests} tests"
            print(f"{len(results):4d} {time.monotonic() - began:5.1f} s  {change.name}  {verdict[:160]}", flush=True)
            if report:
                report.write_text(json.dumps(results, indent=1), encoding="utf-8")
        return results

    def _try(self, change: Change) -> Try:
        original, tried = change.path.read_bytes(), 0
        changed = original[: change.start] + change.text.encode() + original[change.end :]

        def swap() -> None:
            if not change.lines or not swapped_code.swap(change.path, original.decode(), changed.decode()):
                raise Cannot

        for names, seconds in self._chosen(change):
            tried += len(names)
            change.path.write_bytes(changed)
            try:
                how = self._failure(names, seconds, swap)
            finally:
                change.path.write_bytes(original)
            if how and self._passes_without(how, names, seconds):
                return Try(how, tried)
        return Try("", tried)

    def _chosen(self, change: Change) -> list[tuple[list[str], float]]:
        """Tests with the seconds they get."""
        half = next(name for name, folder in SOURCES.items() if folder in change.path.parents)
        path, inside = _inside(change.path), change.path.relative_to(SOURCES[half])
        own = (Path("tests", half) / inside.with_name(f"test_{inside.name}")).as_posix()
        hits = [
            test
            for test, row in self._tests.items()
            if row["passed"] and (lines := row["lines"].get(path)) and (not change.lines or change.lines & set(lines))
        ]
        files = [_inside(file) for file in near(change.path, half)]
        if not change.lines:  # run at import, perhaps a module of constants: what imports it
            hits += [test for name in files for test in self._map.get(name, {}) if test not in hits]
        hits.sort(key=lambda test: self._tests.get(test, {"seconds": ONE_TEST})["seconds"])
        first = [test for test in hits if test.startswith(own)][:MOST_TESTS]
        others = [test for test in hits if not test.startswith(own)][:MOST_TESTS]
        unknown = [name for name in files if not self._map.get(name)]
        quick = [name for name in unknown if not is_slow(PROJECT / name)][:MOST_FILES]
        slow = [name for name in unknown if name not in quick] if self._options.slow else []
        stages = ((first, OWN), (others, OTHERS), (quick, OTHERS), (slow, SLOW))
        return [(names, seconds) for names, seconds in stages if names]

    def _failure(self, names: list[str], seconds: float, swap: Callable[[], None]) -> str:
        """The first of these tests or files of tests that fails, in a fork."""
        items = [item for name in names for item in ([self._items[name]] if "::" in name else self._of_file(name))]

        def run() -> str:
            swap()
            return forked_tests.run_items(items, self._failures)

        def anew() -> str:
            swapped_code.forget(*OURS)
            return forked_tests.main_anew(names)

        limit = seconds * self._options.patience
        code, how = forked(run, self._output, limit)
        if code == CANNOT:
            code, how = forked(anew, self._output, limit)
        return how if code == 0 else "took too long" if code == TOOK_TOO_LONG else f"ended with {code}"

    def _passes_without(self, how: str, names: list[str], seconds: float) -> bool:
        """Whether what failed passes without a change; once it has, it is not asked again.

        It is asked twice: on a busy machine a test also fails by its time limit, and noticed changes would be listed.
        """
        test = how.partition(" - ")[0]
        if test in self._passing:
            return True
        whole = test not in self._items  # a test ended the process
        asked = names if whole else [test]
        passes = any(not self._failure(asked, 2 * seconds, _nothing) for _ in range(2))
        if passes and not whole:
            self._passing.add(test)
        return passes

    def _of_file(self, name: str) -> list[pytest.Item]:
        return [item for test, item in self._items.items() if test.startswith(f"{name}::")]


def _nothing() -> None: ...


def _inside(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="a part of the path of the sources")
    parser.add_argument(
        "--slow", action="store_true", help="also the slow tests about the module; a minute or two each"
    )
    parser.add_argument("--patience", type=float, default=1.0, help="times the usual limits, on a busy machine")
    parser.add_argument(
        "--map", type=Path, required=True, help="which test runs what; JSON; made where it is not there"
    )
    parser.add_argument("--known", action="store_true", help="the map as it is, although files are missing in it")
    parser.add_argument("--report", type=Path, help="JSON; if it is there, the run goes on where it ends")
    parser.add_argument("--again", type=Path, help="a report: its survivors, where they can still be made")
    options = parser.parse_args()
    if subprocess.run(["git", "diff", "--quiet"], cwd=PROJECT, check=False).returncode:
        raise SystemExit("There are changes that are not committed; commit them first.")
    os.environ.update(QT_QPA_PLATFORM="offscreen", OMP_NUM_THREADS="1", PYTHONDONTWRITEBYTECODE="1")
    folders = [str(PROJECT / "tests" / half) for half in SOURCES]
    with tempfile.TemporaryDirectory() as folder:
        arguments = ["-q", "-n0", "-s", "-p", "no:cacheprovider", f"--timeout={ONE_TEST * options.patience:.0f}"]
        pytest.main([*arguments, *folders], plugins=[Mutation(options, Path(folder))])


if __name__ == "__main__":
    main()
