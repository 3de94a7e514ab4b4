"""A page shown in the user's browser, where there is one."""

from __future__ import annotations

import webbrowser
from collections.abc import Iterator
from pathlib import Path

from so8t_engine.sentences import Sentence, sentence


def shown(page: Path, wanted: bool) -> Iterator[Sentence | str]:
    """Opens it if that is wanted; says where it is, last, and before that if no browser could be asked."""
    if wanted and not _opened(page):
        yield sentence("commands.no_browser")
    yield str(page)


def _opened(page: Path) -> bool:
    try:
        return webbrowser.open(page.absolute().as_uri())
    except (OSError, webbrowser.Error):  # what BROWSER names cannot be started
        return False
