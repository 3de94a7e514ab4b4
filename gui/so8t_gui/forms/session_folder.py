"""Whether sessions can lie in a folder that was typed (no Qt)."""

from __future__ import annotations

import os
from pathlib import Path

from so8t_engine import paths
from so8t_gui.i18n.translate import tr


def problem(typed: str) -> str:
    """Why none can; empty where they can, also in a folder that is still to be made. Looks, and makes nothing."""
    if not typed:
        return ""
    folder = paths.at_home(typed)
    if not folder.is_absolute():
        return tr("Give the whole path of the folder, such as {example}.", example=Path.home() / "so8t")
    try:
        there = next(place for place in (folder, *folder.parents) if place.exists())
        if not there.is_dir():
            return tr("{path} is a file. Choose a folder.", path=there)
        if not os.access(there, os.W_OK | os.X_OK):
            return tr("Nothing can be written in {path}. Choose another folder.", path=there)
    except (OSError, ValueError, StopIteration) as error:
        return tr("{path} cannot be read: {why}.", path=typed, why=getattr(error, "strerror", None) or error)
    return ""
