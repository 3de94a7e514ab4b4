"""Which files of tests are about a module, by its name and by what they import; which of them take long."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from mutation.changes import PROJECT, SOURCES

# Helpers that start programs or train; and the whole application, a window anew for each test.
SLOW = frozenset({
    "subprocess", "helpers.toy_engine", "helpers.program", "helpers.fake_engine", "helpers.training",
    "helpers.small_disk", "helpers.application", "PySide6.QtCore.QProcess",
})  # fmt: skip


def test_files(half: str) -> list[Path]:
    """The shortest first."""
    return sorted((PROJECT / "tests" / half).rglob("test_*.py"), key=lambda file: file.stat().st_size)


def is_slow(file: Path) -> bool:
    return not SLOW.isdisjoint(_imported(ast.parse(file.read_text(encoding="utf-8"))))


def _imported(tree: ast.Module) -> Iterator[str]:
    """Modules, and what is imported from them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def near(path: Path, half: str) -> list[Path]:
    """The module's own file of tests, those that import it, its package's; of the window's the application's."""
    inside = path.relative_to(SOURCES[half])
    module = ".".join([f"so8t_{half}", *inside.with_suffix("").parts]).removesuffix(".__init__")
    package, _, name = module.rpartition(".")
    spellings = (f"from {module} import", f"import {module}", f"from {package} import ")
    own = PROJECT / "tests" / half / inside.with_name(f"test_{inside.name}")
    importing = []
    for test in test_files(half):
        lines = test.read_text(encoding="utf-8").splitlines()
        if any(line.startswith(spellings[:2]) or (line.startswith(spellings[2]) and name in line) for line in lines):
            importing.append(test)
    folders = [own.parent, *([PROJECT / "tests" / "gui" / "application"] if half == "gui" else [])]
    package_tests = [test for folder in folders if folder.is_dir() for test in sorted(folder.rglob("test_*.py"))]
    first = sorted([own] if own.exists() else [], key=str) + importing
    return list(dict.fromkeys([*first, *package_tests]))
