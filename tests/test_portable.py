"""The tests can be collected on Windows: what only POSIX has is looked up inside a test, or where it was asked for."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers.paths import PROJECT, TESTS

SIGNALS = ("SIGKILL", "SIGSTOP", "SIGCONT", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGCHLD")
CALLS = ("geteuid", "getuid", "getgid", "killpg", "fork", "mkfifo", "statvfs", "setsid", "WNOHANG")
ONLY_POSIX = {"socket.AF_UNIX", *(f"signal.{name}" for name in SIGNALS), *(f"os.{name}" for name in CALLS)}
ONLY_POSIX_MODULES = {"fcntl", "resource", "pwd", "grp", "termios", "pty"}
ASKED = ("os.name", "sys.platform", "hasattr(", "importorskip")


def at_import(node: ast.AST) -> Iterator[ast.AST]:
    """What is run when the module is imported, but for what stands behind a question which system this is."""
    if isinstance(node, ast.If | ast.IfExp) and any(word in ast.unparse(node.test) for word in ASKED):
        return
    if isinstance(node, ast.BoolOp) and any(word in ast.unparse(node.values[0]) for word in ASKED):
        return
    if isinstance(node, ast.Lambda):
        return
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        defaults = [*node.args.defaults, *(default for default in node.args.kw_defaults if default is not None)]
        for part in (*node.decorator_list, *defaults):
            yield from at_import(part)
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from at_import(child)


def only_on_posix(source: str) -> list[str]:
    found = []
    for node in at_import(ast.parse(source)):
        if isinstance(node, ast.Attribute) and ast.unparse(node) in ONLY_POSIX:
            found.append(f"{node.lineno}: {ast.unparse(node)}")
        elif isinstance(node, ast.Import):
            found += [f"{node.lineno}: {alias.name}" for alias in node.names if alias.name in ONLY_POSIX_MODULES]
        elif isinstance(node, ast.ImportFrom) and node.module in ONLY_POSIX_MODULES:
            found.append(f"{node.lineno}: {node.module}")
    return found


def test_that_no_test_needs_posix_to_be_collected() -> None:
    found = {
        path.relative_to(PROJECT).as_posix(): only_on_posix(path.read_text(encoding="utf-8")) for path in modules()
    }

    assert {path: lines for path, lines in found.items() if lines} == {}


def modules() -> list[Path]:
    return sorted(TESTS.rglob("*.py"))


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("import signal\nX = signal.SIGKILL", 1),
        ("import pytest, signal\n@pytest.mark.parametrize('x', [signal.SIGKILL])\ndef test(x): ...", 1),
        ("import os, pytest\n@pytest.mark.skipif(os.geteuid() == 0, reason='')\ndef test(): ...", 1),
        ("import os\nROOT = hasattr(os, 'geteuid') and os.geteuid() == 0", 0),
        ("import signal\ndef test(): signal.SIGKILL", 0),
        ("import fcntl", 1),
        ("import sys\nif sys.platform != 'win32':\n    import fcntl", 0),
    ],
)
def test_what_is_found(source: str, count: int) -> None:
    assert len(only_on_posix(source)) == count
