"""Date and time as this user writes them."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, QLocale


def moment(seconds: float | None) -> str:
    """Of the epoch; empty where it is not known."""
    if seconds is None:
        return ""
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(seconds)), QLocale.FormatType.ShortFormat)
