"""What can be done with the model of a finished run: a row of buttons, and a message about what came of them.

Other programs are called by the engine (`so8t use`), in a process of its own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from so8t_engine.sentences import from_json
from so8t_gui.engine.queries import QueryPool
from so8t_gui.i18n.translate import say, tr
from so8t_gui.widgets.flow_layout import FlowLayout
from so8t_gui.widgets.panels import Banner, button

HAND_OVER_SECONDS = 3_600  # gigabytes are copied, and hashed
PROGRAMS = {"ollama": "Ollama", "lmstudio": "LM Studio"}


class ResultActions(QWidget):
    """`open_wanted(what)`: report or folder. `put(session)` says whose model it is, `complete` whether all is there.

    `again_wanted`: what is lost should be made again.
    """

    try_wanted = Signal()
    again_wanted = Signal()
    open_wanted = Signal(str)

    def __init__(self, message: Banner) -> None:
        """`message`: where the page shows what came of it."""
        super().__init__()
        self._message, self._queries = message, QueryPool(self)
        self._session: Path | None = None
        self._ollama = button(
            tr("Add to Olla&ma"), lambda: self._hand_over("ollama"),
            about=tr("Makes a model of this name in Ollama, from the GGUF file that the report recommends"),
        )  # fmt: skip
        self._lm_studio = button(
            tr("Add to LM St&udio"), lambda: self._hand_over("lmstudio"),
            about=tr("Puts the recommended GGUF file into LM Studio's models folder, as a link where the disk allows"),
        )  # fmt: skip
        self._again = button(
            tr("Make &its results again"), self.again_wanted.emit,
            about=tr("Does step 5 again: model, GGUF files and report, from what was trained"),
        )  # fmt: skip
        self._again.hide()
        row = FlowLayout()
        for control in (
            self._again,
            button(tr("Tr&y it"), self.try_wanted.emit, main=True, about=tr("Ask the model and its base something")),
            self._ollama, self._lm_studio,
            button(tr("Open re&port"), lambda: self.open_wanted.emit("report")),
            button(tr("Open &folder"), lambda: self.open_wanted.emit("folder")),
        ):  # fmt: skip
            row.add(control)
        self.setLayout(row)

    def complete(self, complete: bool) -> None:
        self._again.setVisible(not complete)

    def put(self, session: Path | None) -> None:
        self.complete(True)
        if session != self._session:
            self._session = session
            self._message.quieten()

    def _hand_over(self, program: str) -> None:
        session = self._session
        if session is None:
            return
        name = PROGRAMS[program]

        def told(value: Any) -> None:
            self._allow()
            if session == self._session and isinstance(value, dict):
                self._tell(program, value)

        def failed(text: str) -> None:
            self._allow()
            if session == self._session:
                self._message.say("error", text, close=(tr("&OK"), self._message.quieten))

        self._message.say("note", tr("Adding the model to {name} ...", name=name))
        argv = ["use", program, session.name, "--data-root", str(session.parent)]
        self._queries.ask(program, argv, told, failed, HAND_OVER_SECONDS)
        self._allow()

    def _allow(self) -> None:
        """One at a time of each."""
        for program, control in (("ollama", self._ollama), ("lmstudio", self._lm_studio)):
            control.setEnabled(not self._queries.asking(program))

    def _tell(self, program: str, value: dict[str, Any]) -> None:
        """What happened; and what to type, to talk to it or where the program is not there."""
        done, line = bool(value.get("done")), str(value.get("line") or "")
        said = say(from_json(value["sentence"])) if value.get("sentence") else ""
        close = (tr("&OK"), self._message.quieten)
        if line and (program == "ollama" or not done):
            copy = (tr("&Copy this line"), lambda: QGuiApplication.clipboard().setText(line))
            self._message.say("ok" if done else "warning", f"{said}\n{line}", copy=copy, close=close)
        else:
            self._message.say("ok" if done else "warning", said, close=close)
