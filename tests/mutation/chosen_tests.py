"""Which tests a change is tried with: those that run its lines, the module's own first, else the quickest."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from mutation.changes import PROJECT, SOURCES, Change
from mutation.nearness import is_slow, near
from mutation.touched import Rows

UNKNOWN = 2.0  # seconds of a test that the map does not know


@dataclass(frozen=True)
class Chosen:
    """`stages` of tests or whole files, each with the seconds it takes by the map; `left` are out, with the reason."""

    stages: tuple[tuple[tuple[str, ...], float], ...]
    left: tuple[str, ...]


def choose(
    change: Change, tests: Mapping[str, Rows], *, known: Collection[str], most_seconds: float, slow: bool
) -> Chosen:
    """`tests` is the map: for each file of tests what each of its tests runs; `known` is every test that there is.

    Each stage takes as many as fit into `most_seconds`. One that failed when the map was made cannot tell: it is left.
    """
    half = next(name for name, folder in SOURCES.items() if folder in change.path.parents)
    path, inside = _inside(change.path), change.path.relative_to(SOURCES[half])
    own = (Path("tests", half) / inside.with_name(f"test_{inside.name}")).as_posix()
    rows = {test: row for file in tests.values() for test, row in file.items() if test in known}
    files = [_inside(file) for file in near(change.path, half)]
    hits = [
        test
        for test, row in rows.items()
        if (lines := row["lines"].get(path)) and (not change.lines or change.lines & set(lines))
    ]
    if not change.lines:  # run at import, perhaps a module of constants: what imports it
        hits += [test for name in files for test in tests.get(name, {}) if test in rows and test not in hits]
    left = [f"failed without a change: {test}" for test in hits if not rows[test]["passed"]]
    hits = sorted((test for test in hits if rows[test]["passed"]), key=lambda test: float(rows[test]["seconds"]))
    counts = {name: sum(test.startswith(f"{name}::") for test in known) for name in files}
    unknown = [name for name in files if counts[name] > len(tests.get(name, {}))]
    stages = [
        {test: float(rows[test]["seconds"]) for test in hits if test.startswith(own)},
        {test: float(rows[test]["seconds"]) for test in hits if not test.startswith(own)},
        {name: UNKNOWN * counts[name] for name in unknown if not is_slow(PROJECT / name)},
        {name: UNKNOWN * counts[name] for name in unknown if slow and is_slow(PROJECT / name)},
    ]
    chosen = []
    for stage in stages:
        names, seconds = list[str](), 0.0
        for name, its_seconds in stage.items():
            if seconds and seconds + its_seconds > most_seconds:
                left.append(f"no time: {name}")
            else:
                names.append(name)
                seconds += its_seconds
        if names:
            chosen.append((tuple(names), seconds))
    return Chosen(tuple(chosen), tuple(left))


def _inside(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()
