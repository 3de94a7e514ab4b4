"""The language of every sentence the window shows: English in the source, others from resources/so8t_resources/i18n."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication

CONTEXT = "so8t"


def tr(text: str, **places: Any) -> str:
    """The sentence in the user's language, with its {places} filled in. `text` must be a literal: it is collected.

    A translation whose places do not fit is not worth an error: then it is said in English.
    """
    found = QCoreApplication.translate(CONTEXT, text)
    if not places:
        return found
    try:
        return found.format(**places)
    except (KeyError, IndexError, ValueError):
        return text.format(**places)
