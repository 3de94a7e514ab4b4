"""Why a run stopped, in a banner, with buttons for what the user can agree to; what costs work is asked first."""

from __future__ import annotations

import functools
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from so8t_gui.i18n.translate import tr
from so8t_gui.view.remedies import Remedy, remedies
from so8t_gui.widgets.panels import Banner


class ProblemMessage(QObject):
    """`agreed`: to start again with this option of the engine. A question stays until it is answered. `closable`: it
    goes by a button, too.
    """

    agreed = Signal(str)

    def __init__(self, banner: Banner, parent: QObject, closable: bool = False) -> None:
        super().__init__(parent)
        self._closable = closable
        self._banner, self._text, self._code = banner, "", ""
        self._asked: Remedy | None = None

    def put(self, code: str, text: str) -> None:
        if (code, text) != (self._code, self._text):
            self._code, self._text, self._asked = code, text, None
        self._say()

    def forget(self) -> None:
        """There is no problem any more; what the banner says is somebody else's."""
        self._code, self._text, self._asked = "", "", None

    def reword(self, before: str, now: str) -> None:
        """What it names goes by another name."""
        self._text = self._text.replace(before, now)

    def _say(self) -> None:
        asked = self._asked
        if asked is not None:
            self._banner.say(
                "warning", asked.question, no=(tr("&Keep it as it is"), lambda: self._ask(None)),
                yes=(tr("&Yes, start over"), lambda: self._agree(asked)),
            )  # fmt: skip
            return
        buttons: dict[str, tuple[str, Callable[[], None]]] = {
            f"remedy{number}": (remedy.label, functools.partial(self._take, remedy))
            for number, remedy in enumerate(remedies(self._code))
        }
        if self._closable:
            buttons["close"] = (tr("&OK"), self._banner.quieten)
        self._banner.say("error", self._text, **buttons)

    def _take(self, remedy: Remedy) -> None:
        if remedy.question:
            self._ask(remedy)
        else:
            self._agree(remedy)

    def _ask(self, remedy: Remedy | None) -> None:
        self._asked = remedy
        self._say()

    def _agree(self, remedy: Remedy) -> None:
        self._asked = None
        self._say()
        self.agreed.emit(remedy.option)
