"""Changes the code in one small way after another and lists the changes that no test notices.

    cd tests && ../.venv/bin/python -m mutation --count 300 --seed 11 --map MAP.json --report FILE.json

In place, in a clean checkout, one change at a time, each taken back again. The tests (`--tests`, or all of `engine/`
and `gui/`) are collected once, and each change is tried in a fork of that process. First the quick tests (with
`--slow` all) are run to see which lines they run (`--map`, once). Then for each change all those that run its lines,
the module's own first, else the quickest, and what is near the module and not in the map. *Noticed*: one fails, passes
without the change, and fails again with it; or the gate's type check refuses it, which is asked where no test noticed.
*Let pass*: all of them passed with the change, and so did the types; a test is missing, one
further away (slow, e2e, crash) would see it, or it makes no difference (*equivalent*); which, a person judges.
*Unsure*: neither, as with a test that fails without a change, too, or for which there was no time; the report says
which. `--again`: the changes of a report that were not noticed. JSON last.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from mutation import forked_tests, swapped_code, touched, type_check
from mutation.changes import PROJECT, SOURCES, Change, again, changes
from mutation.chosen_tests import UNKNOWN, choose
from mutation.forked_tests import CANNOT, Cannot, Diary, Run, forked
from mutation.nearness import is_slow
from mutation.written_change import written

VERDICTS = ("noticed", "let pass", "unsure")
FILES_AT_ONCE, MAP_SECONDS, ONE_TEST, MOST_SECONDS = 1, 300.0, 60.0, 120.0
SPARE, TIMES, CONTROLS = 30.0, 5.0, 3  # seconds, times what the map says: then a run hangs
OURS = ("so8t_engine", "so8t_gui", "so8t_resources", "helpers", "engine", "gui", "conftest", "crash", "e2e")


@dataclass(frozen=True)
class Try:
    """`how` is the failure that noticed it, empty where none did; `passed` is how many tests passed in spite of it.

    `doubts` are the tests of which it is not known whether they would have noticed it.
    """

    how: str
    passed: int
    doubts: tuple[str, ...] = ()

    @property
    def verdict(self) -> str:
        return "noticed" if self.how else "unsure" if self.doubts or not self.passed else "let pass"


class Mutation:
    """A plugin of pytest that runs, in the place of the tests, one change after another."""

    def __init__(self, options: argparse.Namespace, folder: Path) -> None:
        self._options, self._output, self._written = options, folder / "output", folder / "diary"
        self._diary, self._fixtures = Diary(self._written), touched.SharedFixtures()
        self._items: dict[str, pytest.Item] = {}
        self._map: dict[str, touched.Rows] = {}
        self._passing, self._red = set[str](), set[str]()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        for plugin in (self._diary, self._fixtures):
            session.config.pluginmanager.register(plugin)
        self._items = {item.nodeid: item for item in session.items}
        self._make_map(self._options.map)
        results = self._try_all(_sample(self._options))
        by_verdict = {name: [row["change"] for row in results if row["verdict"] == name] for name in VERDICTS[1:]}
        print(json.dumps({"tried": len(results), **by_verdict}))
        return True

    def _make_map(self, path: Path) -> None:
        """What is missing in it is run and added, some files at a time; a run that is ended leaves them missing."""
        if path.exists():
            self._map = json.loads(path.read_text(encoding="utf-8"))
        names = [name for name in self._files() if self._options.slow or not is_slow(PROJECT / name)]
        missing = [] if self._options.known else [name for name in names if name not in self._map]
        for first in range(0, len(missing), FILES_AT_ONCE):
            began, files = time.monotonic(), missing[first : first + FILES_AT_ONCE]
            items, answer = [item for name in files for item in self._of_file(name)], self._output.with_name("answer")
            answer.unlink(missing_ok=True)

            def trace(items: list[pytest.Item] = items, answer: Path = answer) -> None:
                seconds = MAP_SECONDS * self._options.patience
                rows = touched.traced(items, self._diary.failed, self._fixtures, seconds)
                answer.write_text(json.dumps(rows), encoding="utf-8")

            forked(trace, self._output, 2 * MAP_SECONDS * self._options.patience)
            if not answer.exists():
                print(f"{time.monotonic() - began:5.0f} s  not mapped: {files}", flush=True)
                continue
            rows: touched.Rows = json.loads(answer.read_text(encoding="utf-8"))
            failed = [test for test, row in rows.items() if not row["passed"]]
            for test in failed:  # a busy machine fails a test, too
                rows[test]["passed"] = self._control([test])
            for name in files:
                self._map[name] = {test: row for test, row in rows.items() if test.startswith(f"{name}::")}
            path.write_text(json.dumps(self._map), encoding="utf-8")
            failed = [test for test, row in rows.items() if not row["passed"]]
            print(f"{time.monotonic() - began:5.0f} s  {len(rows)} of {len(items)} tests mapped {failed}", flush=True)

    def _try_all(self, sample: list[Change]) -> list[dict[str, Any]]:
        report, results = self._options.report, list[dict[str, Any]]()
        if report and report.exists():
            results = json.loads(report.read_text(encoding="utf-8"))
        for change in sample[len(results) :]:
            began = time.monotonic()
            tried = self._try(change)
            results.append({
                "change": change.name, "verdict": tried.verdict, "noticed": tried.how, "tests": tried.passed,
                "doubts": tried.doubts,
            })  # fmt: skip
            seconds, said = time.monotonic() - began, tried.how or f"{tried.passed} tests pass"
            print(
                f"{len(results):4d} {seconds:5.1f} s  {change.name}  {tried.verdict.upper()} {said[:160]} "
                f"{len(tried.doubts)} {' '.join(tried.doubts)[:200]}",
                flush=True,
            )
            if report:
                report.write_text(json.dumps(results, indent=1), encoding="utf-8")
        return results

    def _try(self, change: Change) -> Try:
        chosen = choose(
            change, self._map, known=self._items, most_seconds=self._options.seconds, slow=self._options.slow
        )
        passed, doubts = 0, list(chosen.left)
        for stage, seconds in chosen.stages:
            names = stage
            while names:
                run = self._run(names, seconds, change)
                passed += len(run.passed)
                if run.green:
                    break
                suspects = [run.failed] if run.failed in self._items else list(names)
                if self._noticed(suspects, change):
                    return Try(f"{run.failed} - {run.how}", passed)
                doubts.append(f"{run.failed or ' '.join(names)}: {run.how}")
                names = names[names.index(run.failed) + 1 :] if run.failed in names else ()
        return Try(type_check.refused(change), passed, tuple(doubts))

    def _noticed(self, names: list[str], change: Change) -> bool:
        """Whether they pass without the change and then fail with it: alone, in forks of their own."""
        seconds = sum(self._seconds(name) for name in names)
        return self._control(names) and not self._run(names, seconds, change).green

    def _control(self, names: list[str]) -> bool:
        """Whether they pass without a change: asked three times, as a busy machine fails a test, too."""
        if self._red.intersection(names):
            return False
        seconds = sum(self._seconds(name) for name in names)
        if self._passing.issuperset(names) or any(self._run(names, seconds).green for _ in range(CONTROLS)):
            self._passing.update(names)
            return True
        self._red.update(names)
        return False

    def _seconds(self, name: str) -> float:
        row = self._map.get(name.partition("::")[0], {}).get(name)
        return float(row["seconds"]) if row else UNKNOWN * (1 if "::" in name else len(self._of_file(name)))

    def _run(self, names: Sequence[str], seconds: float, change: Change | None = None) -> Run:
        """These tests or files of tests in a fork, with the change or without one. `seconds` they take if not hindered.

        A change at import, or one that no function that lives can be given, is tried with our modules imported anew.
        """
        items = [item for name in names for item in ([self._items[name]] if "::" in name else self._of_file(name))]
        limit = (SPARE + TIMES * seconds) * self._options.patience
        with written(change) if change else contextlib.nullcontext(("", "")) as (before, after):

            def run() -> None:
                if change and not (change.lines and swapped_code.swap(change.path, before, after)):
                    raise Cannot
                forked_tests.run_items(items, self._diary)

            def anew() -> None:
                swapped_code.forget(*OURS)
                forked_tests.main_anew(names, Diary(self._written))

            self._written.unlink(missing_ok=True)
            if self._options.fresh:
                fresh = partial(forked_tests.exec_fresh, names, self._written)
                return forked_tests.read(self._written, forked(fresh, self._output, limit))
            code = forked(run, self._output, limit)
            if code == CANNOT:
                self._written.unlink(missing_ok=True)
                code = forked(anew, self._output, limit + SPARE * self._options.patience)
            return forked_tests.read(self._written, code)

    def _files(self) -> list[str]:
        return list(dict.fromkeys(test.partition("::")[0] for test in self._items))

    def _of_file(self, name: str) -> list[pytest.Item]:
        return [item for test, item in self._items.items() if test.startswith(f"{name}::")]


def _sample(options: argparse.Namespace) -> list[Change]:
    """Drawn from all code; `--only` takes a part of what is drawn, so that room by room it is the same sample."""
    everything = [
        change for half in SOURCES.values() for path in sorted(half.rglob("*.py")) for change in changes(path)
    ]
    if options.again:
        rows = json.loads(options.again.read_text(encoding="utf-8"))
        sample = again(everything, [row["change"] for row in rows if row.get("verdict") != "noticed"])
    else:
        sample = random.Random(options.seed).sample(everything, min(options.count, len(everything)))
    sample = [change for change in sample if options.only in change.path.as_posix()]
    print(json.dumps({"candidates": len(everything), "to try": len(sample)}), flush=True)
    return sample


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--only", default="", help="of what is drawn, the changes with this in the path of their module"
    )
    parser.add_argument("--tests", nargs="+", default=[f"tests/{half}" for half in SOURCES], help="files or folders")
    parser.add_argument("--seconds", type=float, default=MOST_SECONDS, help="of tests for one change, by the map")
    parser.add_argument(
        "--slow", action="store_true", help="also the slow tests about the module; a minute or two each"
    )
    parser.add_argument(
        "--fresh", action="store_true", help="each try in a process of its own: slower, but Qt dies in some forks"
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
    os.environ.update(QT_QPA_PLATFORM="offscreen", OMP_NUM_THREADS="1")
    if not options.fresh:
        os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    folders = [str(PROJECT / name) for name in options.tests]
    with tempfile.TemporaryDirectory() as folder:
        arguments = ["-q", "-n0", "-s", "-p", "no:cacheprovider", f"--timeout={ONE_TEST * options.patience:.0f}"]
        pytest.main([*arguments, *folders], plugins=[Mutation(options, Path(folder))])


if __name__ == "__main__":
    main()
