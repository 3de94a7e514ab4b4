"""Every text the window shows, in its language: its own by `tr`, the engine's sentences by `say`."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication

from so8t_engine import sentences
from so8t_engine.plain_text import plain
from so8t_engine.sentences import LONGEST_TEXT, Sentence

CONTEXT = "so8t"  # of the messages in so8t_ja.ts


def tr(text: str, **values: Any) -> str:
    """The text in the user's language, its {placeholders} filled in. `text` must be a literal: it is collected.

    Values that are no numbers may come from anywhere: they become plain text (a path of one line, others of several).
    A translation whose placeholders do not fit is not worth an error: then it is said in English.
    """
    translation = QCoreApplication.translate(CONTEXT, text)
    if not values:
        return translation
    safe = {name: _shown(value) for name, value in values.items()}
    try:
        return translation.format(**safe)
    except (KeyError, IndexError, ValueError):
        return text.format(**safe)


def _shown(value: Any) -> Any:
    if isinstance(value, (int, float)):
        return value
    return plain(value, most=LONGEST_TEXT, lines=isinstance(value, str))


def say(sentence: Sentence | None) -> str:
    """What the engine says, by the names of buttons, in the language that `tr` has now; None says nothing."""
    if sentence is None:
        return ""
    return sentences.say(sentence, tr("en"), window=True)  # a translation gives its own code
