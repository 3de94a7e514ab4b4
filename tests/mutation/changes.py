"""The small changes: comparisons, arithmetic, and/or, conditions, small numbers, calls and results left out."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SOURCES = {"engine": PROJECT / "engine" / "so8t_engine", "gui": PROJECT / "gui" / "so8t_gui"}
FLIPPED = {
    ast.Eq: "!=", ast.NotEq: "==", ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Is: "is not",
    ast.IsNot: "is", ast.In: "not in", ast.NotIn: "in", ast.Add: "-", ast.Sub: "+", ast.Mult: "/", ast.Div: "*",
    ast.And: "or", ast.Or: "and",
}  # fmt: skip
OTHER_CALL = {"min": "max", "max": "min", "any": "all", "all": "any"}
HARMLESS_CALLS = ("warning", "info", "debug", "setObjectName", "super")


@dataclass(frozen=True)
class Change:
    """`source[start:end]` (bytes) becomes `text`. `line` counts from 1; `old` is what stood there, in one line.

    `lines` are those of the statement it stands in; none where it is run at import.
    """

    path: Path
    line: int
    lines: frozenset[int]
    start: int
    end: int
    text: str
    old: str

    @property
    def name(self) -> str:
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
        old = " ".join(data[start:end].decode().split())
        return Change(path, node.lineno, lines_of.get(node, frozenset()), start, end, text, old)

    tree = ast.parse(source)
    lines_of = _statements(tree)
    return [change(node, text) for node, text in _candidates(tree)]


def again(everything: Iterable[Change], names: Iterable[str]) -> list[Change]:
    """The changes of these names, also where the code above them has moved them: the nearest of the same text."""
    by_text: dict[tuple[str, str], list[Change]] = {}
    for change in everything:
        by_text.setdefault(_without_line(change.name), []).append(change)
    found = []
    for name in names:
        same, line = by_text.get(_without_line(name), []), int(name.split(":")[1])
        if same:
            found.append(min(same, key=lambda change: abs(change.line - line)))
            same.remove(found[-1])
    return found


def _without_line(name: str) -> tuple[str, str]:
    path, _, text = name.split(":", 2)
    return path, text


def _statements(tree: ast.Module) -> dict[ast.AST, frozenset[int]]:
    """For each node inside a function the lines of its statement; of one with a body, those of its head."""
    found: dict[ast.AST, frozenset[int]] = {}

    def walk(node: ast.AST, inside: bool, lines: frozenset[int]) -> None:
        if isinstance(node, ast.stmt):
            body = getattr(node, "body", None)
            last = body[0].lineno - 1 if body else node.end_lineno or node.lineno
            lines = frozenset(range(node.lineno, max(last, node.lineno) + 1))
        if inside:
            found[node] = lines
        is_function = isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
        for name, value in ast.iter_fields(node):
            deeper = inside or (is_function and name == "body")
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    walk(child, deeper, lines)

    walk(tree, False, frozenset())
    return found


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
