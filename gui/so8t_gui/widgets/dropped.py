"""Files that are dragged onto a page and let go there: they stay where they lie."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QDropEvent


def local_paths(event: QDropEvent) -> list[str]:
    """Of this machine."""
    return [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]


def leave_it_there(event: QDropEvent) -> None:
    """A file manager may propose to move; whoever is told that it was moved deletes it."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()
