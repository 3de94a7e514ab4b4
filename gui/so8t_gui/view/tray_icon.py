"""Which sign the icon in the tray (and of the window) shows for a view; desktop/icons.py draws it."""

from __future__ import annotations

from typing import Literal

from so8t_gui.view.state import View

Icon = Literal["idle", "running", "paused", "attention", "finished"]


def tray_icon(view: View) -> Icon:
    """`attention`, the warning sign, where a person is needed: it failed, waits, or paused for a reason of its own."""
    if view.phase in ("failed", "waiting") or (view.phase == "paused" and view.paused_by_itself):
        return "attention"
    if view.moving:
        return "running"
    return "paused" if view.phase == "paused" else "finished" if view.phase == "finished" else "idle"
