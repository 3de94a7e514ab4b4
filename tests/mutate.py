"""How much do the tests notice? Changes the code in one small way after another and runs the tests that should see it.

    python tests/mutate.py --count 300 --seed 11 [--only engine/so8t_engine/session] [--report FILE.json]

In place, in a clean checkout, one change at a time, each taken back again; two checkouts halve the time (`--part 1/2`).
A change is *noticed* where one of the tests fails, or does not end, that are about the module or import it; what these
let pass is tried against the tests of the package, for a while. What still survives is listed: a test
is missing, a test further away would see it, or the change makes no difference (*equivalent*); which, a person judges.
JSON last.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
SOURCES = {"engine": "engine/so8t_engine", "gui": "gui/so8t_gui"}
FIRST_SECONDS, SECOND_SECONDS, ONE_TEST_SECONDS = 60, 30, 60
FLIPPED = {
    ast.Eq: "!=", ast.NotEq: "==", ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Is: "is not",
    ast.IsNot: "is", ast.In: "not in", ast.NotIn: "in", ast.Add: "-", ast.Sub: "+", ast.Mult: "/", ast.Div: "*",
    ast.And: "or", ast.Or: "and",
}  # fmt: skip
OTHER_CALL = {"min": "max", "max": "min", "any": "all", "all": "any"}
HARMLESS_CALLS = ("warning", "info", "debug", "setAccessibleName", "setObjectName", "setToolTip", "setSpacing",
                  "setContentsMargins", "super")  # fmt: skip


@dataclass(frozen=True)
class Change:
    """`source[start:end]` of a file becomes `text`. `line` counts from 1; `old` is what stood there, in one line."""

    path: Path
    line: int
    start: int
    end: int
    text: str
    old: str

    def __str__(self) -> str:
        return f"{self.path.relative_to(PROJECT)}:{self.line}: {self.old!r} -> {self.text!r}"


def changes(path: Path) -> list[Change]:
    """All there are for one module."""
    source = path.read_text(encoding="utf-8")
    starts = [0]
    for line in source.encode().splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    data = source.encode()

    def change(node: ast.expr | ast.stmt, text: str) -> Change:
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)
        return Change(path, node.lineno, start, end, text, " ".join(data[start:end].decode().split()))

    return [change(node, text) for node, text in _candidates(ast.parse(source))]


def _candidates(tree: ast.Module) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    """Nodes with the text to stand in their place. Numbers of a module of widgets are distances: a matter of looks."""
    of_looks = any(isinstance(node, ast.ImportFrom) and node.module == "PySide6.QtWidgets" for node in tree.body)
    for node in _live(tree):
        match node:
            case ast.Compare(ops=[operator], left=left, comparators=[right]) if type(operator) in FLIPPED:
                yield node, f"{_text(left)} {FLIPPED[type(operator)]} {_text(right)}"
            case ast.BinOp(op=operator, left=left, right=right) if type(operator) in FLIPPED and not _is_text(node):
                yield node, f"({_text(left)} {FLIPPED[type(operator)]} {_text(right)})"
            case ast.BoolOp(op=operator, values=values):
                yield node, "(" + f" {FLIPPED[type(operator)]} ".join(_text(value) for value in values) + ")"
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                yield node, f"bool({_text(operand)})"
            case ast.If(test=test) if not isinstance(test, (ast.Compare, ast.BoolOp, ast.UnaryOp)):
                yield test, f"(not {_text(test)})"
            case ast.Constant(value=bool(value)):
                yield node, str(not value)
            case ast.Constant(value=int(value)) if 0 <= value <= 10 and not of_looks:
                yield node, str(value + 1)
            case ast.Call(func=ast.Name(id=name)) if name in OTHER_CALL:
                yield node.func, OTHER_CALL[name]
            case ast.Expr(value=ast.Call() as call) if not _harmless(call):
                yield node, "pass"
            case ast.Return(value=ast.expr() as value) if not (isinstance(value, ast.Constant) and value.value is None):
                yield node, "return None"


def _live(node: ast.AST) -> Iterator[ast.AST]:
    """What can matter: no annotations, imports, texts of errors, decorators, or blocks for other systems."""
    yield node
    if (isinstance(node, ast.If) and "platform" in ast.unparse(node.test)) or isinstance(
        node, (ast.Raise, ast.JoinedStr)
    ):
        return
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "type_params") or (
            isinstance(node, ast.AnnAssign) and name == "target"
        ):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not isinstance(child, (ast.Import, ast.ImportFrom)):
                yield from _live(child)


def _text(node: ast.expr) -> str:
    plain = (ast.Name, ast.Constant, ast.Attribute, ast.Call, ast.Subscript)
    return ast.unparse(node) if isinstance(node, plain) else f"({ast.unparse(node)})"


def _is_text(node: ast.BinOp) -> bool:
    return any(
        isinstance(side, ast.JoinedStr) or (isinstance(side, ast.Constant) and isinstance(side.value, str))
        for side in (node.left, node.right)
    )


def _harmless(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return name in HARMLESS_CALLS or "super()" in ast.unparse(call.func)


def tests_about(path: Path) -> tuple[list[Path], list[Path]]:
    """The test file of this module and those that import it, smallest first; then all others of its package."""
    half = next(name for name, folder in SOURCES.items() if (PROJECT / folder) in path.parents)
    inside = path.relative_to(PROJECT / SOURCES[half])
    module = ".".join([f"so8t_{half}", *inside.with_suffix("").parts]).removesuffix(".__init__")
    package, _, name = module.rpartition(".")
    spellings = (f"from {module} import", f"import {module}", f"from {package} import ")
    own = PROJECT / "tests" / half / inside.with_name(f"test_{inside.name}")
    near = []
    for test in sorted((PROJECT / "tests" / half).rglob("test_*.py"), key=_slowness):
        lines = test.read_text(encoding="utf-8").splitlines()
        if any(line.startswith(spellings[:2]) or (line.startswith(spellings[2]) and name in line) for line in lines):
            near.append(test)
    first = [*([own] if own.exists() else []), *(test for test in near if test != own)]
    folders = [own.parent if own.parent.is_dir() else PROJECT / "tests" / half]
    if half == "gui":
        folders.append(PROJECT / "tests" / "gui" / "application")
    rest = [test for folder in folders for test in sorted(folder.rglob("test_*.py"), key=_slowness)]
    return first, [test for test in dict.fromkeys(rest) if test not in first]


def _slowness(test: Path) -> tuple[bool, int]:
    """What starts processes comes last, else the shortest first."""
    return "faults" in test.name or "subprocess" in test.read_text(encoding="utf-8"), test.stat().st_size


def noticed(change: Change, *, patience: float, near_only: bool) -> str:
    """How the tests noticed it; empty where none did."""
    near, package = tests_about(change.path)
    stages = [(near, FIRST_SECONDS), (package, SECOND_SECONDS)]
    original = change.path.read_bytes()
    change.path.write_bytes(original[: change.start] + change.text.encode() + original[change.end :])
    try:
        for tests, seconds in stages[:1] if near_only and near else stages:
            if tests and (how := _failure(tests, patience=patience, seconds=seconds)):
                return how
    finally:
        change.path.write_bytes(original)
    return ""


def fails_anyway(how: str, patience: float) -> bool:
    """Whether that test fails without a change too, or only now and then."""
    test = how.removeprefix("FAILED ").removeprefix("ERROR ").partition(" - ")[0]
    return "::" in test and bool(_failure([test], patience=patience, seconds=FIRST_SECONDS))


def _failure(tests: Sequence[Path | str], *, patience: float, seconds: float) -> str:
    """The first failure of `tests`; empty where all pass, or as many as fit into the time."""
    command = [sys.executable, "-m", "pytest", "-xq", "-n0", "-p", "no:cacheprovider", "--no-header"]
    command += [f"--timeout={ONE_TEST_SECONDS * patience:.0f}", *map(str, tests)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "OMP_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    with subprocess.Popen(
        command,
        cwd=PROJECT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            output, _ = process.communicate(timeout=patience * seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            return ""
    failures = [line for line in output.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return "" if process.returncode == 0 else (failures or ["a test did not end, or Python did not start"])[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="")
    parser.add_argument("--part", default="1/1")
    parser.add_argument("--near", action="store_true", help="only the tests that import the changed module")
    parser.add_argument("--patience", type=float, default=1.0, help="times the usual limits, on a busy machine")
    parser.add_argument("--report", type=Path, help="JSON; if it is there, the run goes on where it ends")
    options = parser.parse_args()
    if subprocess.run(["git", "diff", "--quiet"], cwd=PROJECT, check=False).returncode:
        raise SystemExit("There are changes that are not committed; commit them first.")
    paths = [path for folder in SOURCES.values() for path in sorted((PROJECT / folder).rglob("*.py"))]
    everything = [change for path in paths if options.only in path.as_posix() for change in changes(path)]
    sample = random.Random(options.seed).sample(everything, min(options.count, len(everything)))
    number, parts = map(int, options.part.split("/"))
    if sample and (how := _failure(tests_about(sample[0].path)[0], patience=options.patience, seconds=FIRST_SECONDS)):
        raise SystemExit(f"The tests fail without a change: {how}")
    results: list[dict[str, str]] = []
    if options.report and options.report.exists():
        results = json.loads(options.report.read_text(encoding="utf-8"))
    for change in sample[number - 1 :: parts][len(results) :]:
        began = time.monotonic()
        how = noticed(change, patience=options.patience, near_only=options.near)
        if how and fails_anyway(how, options.patience):
            how = ""
        results.append({"change": str(change), "noticed": how})
        print(f"{len(results):4d} {time.monotonic() - began:5.0f} s  {change}  {how or 'SURVIVED'}", flush=True)
        if options.report:
            options.report.write_text(json.dumps(results, indent=1), encoding="utf-8")
    survivors = [result["change"] for result in results if not result["noticed"]]
    print(json.dumps({"candidates": len(everything), "tried": len(results), "survived": survivors}))


if __name__ == "__main__":
    main()
