"""Who listens to whom in the whole application: its objects, its pages, the tray's menu. Part of `parts_of_pages`."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QMenu

from helpers import parts_of_page
from so8t_gui.controller import Controller


def text(controller: Controller) -> str:
    pages, tray = controller.navigation.pages, controller.tray
    lines = ["# objects", *parts_of_page.helpers(controller), "# tray", *_said(tray._icon), *_entries(tray._menu)]
    lines += ["# pages", *_said(pages.window)]
    for page in (pages.run, pages.sessions, pages.new, pages.settings, pages.doctor, pages.welcome):
        lines += _said(page)
    return "\n".join(lines) + "\n"


def _said(thing: object) -> list[str]:
    return [" ".join([type(thing).__name__, *parts_of_page.listeners(thing)])]


def _entries(menu: QMenu) -> Iterator[str]:
    """By place: what they say is the language's."""
    for action in menu.actions():
        if action.isSeparator():
            yield "-"
            continue
        inner = action.menu()
        state = [] if inner else ["off"] * (not action.isEnabled()) + ["hidden"] * (not action.isVisible())
        yield " ".join(["menu" if inner else "entry", *state, *parts_of_page.listeners(action)])
        if inner is not None and isinstance(inner, QMenu):
            yield from (f" {line}" for line in _entries(inner))
