"""Date and time as this user writes them."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, QLocale


def moment(seconds: float | None) -> str:
    """Of the epoch; empty where it is not known."""
    if seconds is None:
        return ""
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(seconds)), QLocale.FormatType.ShortFormat)


def to_the_second(seconds: float | None) -> str:
    """The same, of what may happen several times in a minute."""
    if seconds is None:
        return ""
    written = QLocale().dateTimeFormat(QLocale.FormatType.ShortFormat).replace("mm", "mm:ss", 1)
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(seconds)), written)
