"""Dialogs for files and folders: they open where the user was last, at first among his documents.

Never in the folder that the program was started in: that is its own, or the system's. The folder is one of the window,
whichever page asks; it is a setting, so that it outlives the window (`begin_in`, `last`).
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from so8t_engine import paths

_used = {"folder": ""}


def begin_in(folder: str) -> None:
    """Where the user was last, before this start; empty where nobody knows."""
    _used["folder"] = folder


def last() -> str:
    """Where a file or a folder was chosen last; empty before the first."""
    return _used["folder"]


def open_files(parent: QWidget, title: str, kinds: str) -> list[str]:
    chosen, _ = QFileDialog.getOpenFileNames(parent, title, str(_start()), kinds)
    _note(*chosen)
    return chosen


def open_file(parent: QWidget, title: str, kinds: str) -> str:
    """Empty where the user wants none, as of the others."""
    chosen, _ = QFileDialog.getOpenFileName(parent, title, str(_start()), kinds)
    _note(chosen)
    return chosen


def save_file(parent: QWidget, title: str, name: str, kinds: str) -> str:
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(_start() / name), kinds)
    _note(chosen)
    return chosen


def folder(parent: QWidget, title: str, shown: str) -> str:
    """`shown`: the one that is chosen now, where the dialog opens if it is there."""
    now = paths.at_home(shown) if shown else None
    start = now if now is not None and now.is_absolute() and _is_there(now) else _start()
    chosen = QFileDialog.getExistingDirectory(parent, title, str(start))
    _note(str(Path(chosen) / "inside") if chosen else "")
    return chosen


def _start() -> Path:
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    places = [Path(place) for place in (last(), documents) if place]
    return next((place for place in places if _is_there(place)), Path.home())


def _is_there(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except (OSError, ValueError):
        return False


def _note(*chosen: str) -> None:
    if chosen and chosen[0]:
        _used["folder"] = str(Path(chosen[0]).parent)
