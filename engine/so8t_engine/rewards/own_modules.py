"""Imports the modules that a session brings: only files the user has allowed, as they were when they were allowed.

Python's own way (a folder at the head of sys.path) would also run a file of that folder which takes the name of any
library, and a compiled `.pyc` in the place of the source that was looked at.
"""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType

from so8t_engine.rewards.source_files import SourceFiles, file_of


class OwnModules(MetaPathFinder):
    """Finds the modules whose first name is among `files.roots`, and no others; first of all finders."""

    def __init__(self, files: SourceFiles) -> None:
        self._files = files

    def install(self) -> None:
        """In place of an earlier one. It stays: a function may import something when it is called."""
        sys.meta_path[:] = [self, *(finder for finder in sys.meta_path if not isinstance(finder, OwnModules))]

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Raises ModuleNotFoundError for a part of an own package that was not there when it was allowed."""
        folder = self._files.roots.get(fullname.partition(".")[0])
        if folder is None:
            return None
        file = file_of(folder, fullname)
        if file is None or file not in self._files.digests:
            raise ModuleNotFoundError(f"No module named {fullname!r} in {folder}", name=fullname)
        package = [str(file.parent)] if file.name == "__init__.py" else None
        loader = _AsAllowed(fullname, file, self._files.digests[file])
        return importlib.util.spec_from_file_location(fullname, file, loader=loader, submodule_search_locations=package)


class _AsAllowed(SourceFileLoader):
    """From the source, never from a `.pyc`, and none is written beside the user's files."""

    def __init__(self, fullname: str, path: Path, digest: str) -> None:
        super().__init__(fullname, str(path))
        self._digest = digest

    def get_code(self, fullname: str) -> CodeType:
        content = self.get_data(self.path)
        if hashlib.sha256(content).hexdigest() != self._digest:
            raise ImportError(f"{self.path} has changed since it was allowed", name=fullname, path=self.path)
        code: CodeType = self.source_to_code(content, self.path)
        return code
