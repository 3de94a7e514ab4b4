"""A tool tip of the engine's or the user's own text: Qt would take one with a tag in it for HTML."""

from __future__ import annotations

from PySide6.QtGui import Qt


def plain(text: str) -> str:
    return Qt.convertFromPlainText(text) if Qt.mightBeRichText(text) else text
