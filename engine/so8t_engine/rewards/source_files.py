"""Which files run when a session's reward functions are called: read, never run.

Terms: *folders*, where a session's own modules are looked for (reward.folder, then the current one); *root*, the module
or package that lies in such a folder and is imported by its first name. Modules that are installed are nobody's here.
"""

from __future__ import annotations

import ast
import hashlib
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class SourceFiles:
    """`roots`: first name of a module -> the folder it lies in; `digests`: each file that may run -> its SHA-256."""

    roots: dict[str, Path]
    digests: dict[Path, str]

    @property
    def digest(self) -> str:
        """Changes with the name or a byte of any of them, not with the place they lie in."""
        lines = sorted(f"{self._within(path)}\0{digest}\n" for path, digest in self.digests.items())
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    def _within(self, path: Path) -> str:
        return next(path.relative_to(folder) for folder in self.roots.values() if folder in path.parents).as_posix()


def of_functions(names: Iterable[str], folders: Sequence[Path]) -> SourceFiles:
    """What `module:function` names would run out of `folders`: their files and, in turn, all that these import there.

    Of a package every file counts. A file that cannot be read or is no Python counts as it is: importing it will tell.
    """
    roots: dict[str, Path] = {}
    digests: dict[Path, str] = {}
    waiting = [name.partition(":")[0].partition(".")[0] for name in names]
    while waiting:
        root = waiting.pop()
        folder = next((folder for folder in folders if file_of(folder, root) is not None), None)
        if root in roots or folder is None or root in sys.stdlib_module_names:
            continue
        roots[root] = folder
        for path in _files(folder, root):
            content = path.read_bytes()
            digests[path] = hashlib.sha256(content).hexdigest()
            waiting += _imported(content)
    return SourceFiles(roots, digests)


def file_of(folder: Path, module: str) -> Path | None:
    """The file of a dotted module name below `folder`, where there is one."""
    base = folder.joinpath(*module.split("."))
    return next((path for path in (base.with_suffix(".py"), base / "__init__.py") if path.is_file()), None)


def _files(folder: Path, root: str) -> list[Path]:
    package = folder / root
    if (folder / f"{root}.py").is_file():
        return [folder / f"{root}.py"]
    return sorted(path for path in package.rglob("*.py") if path.is_file())


def _imported(content: bytes) -> list[str]:
    """First names of the modules that this source imports, at its top or within functions."""
    try:
        tree = ast.parse(content)
    except (SyntaxError, ValueError):
        return []
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module is not None:
            names.append(node.module)
    return [name.partition(".")[0] for name in names]
