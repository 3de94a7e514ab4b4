"""Keeps the machine from falling asleep while a run goes on."""

from __future__ import annotations

from typing import Any

from so8t_gui.i18n.translate import tr


def no_way() -> str:
    return tr("This desktop offers no way to stay awake. Turn sleep off in its settings while a run is going on.")


class SleepInhibitor:
    """Holds wakepy's mode (Windows, macOS, the usual Linux desktops) while it is wanted.

    `problem`: the sentence about a desktop that offers no way to stay awake; empty elsewhere.
    """

    def __init__(self) -> None:
        self._mode: Any = None

    @property
    def problem(self) -> str:
        return "" if self._mode is None or self._mode.active else no_way()

    @property
    def holds(self) -> bool:
        return self._mode is not None and bool(self._mode.active)

    def hold(self, wanted: bool) -> None:
        """Cheap to call again with the same value."""
        if wanted == (self._mode is not None):
            return
        if not wanted:
            mode, self._mode = self._mode, None
            mode.__exit__(None, None, None)
            return
        from wakepy import keep  # only when something runs: it takes a moment

        self._mode = keep.running(on_fail="pass")
        self._mode.__enter__()
