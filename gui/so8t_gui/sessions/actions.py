"""What can be done with the selected sessions: a row of buttons, and the sentences about what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from so8t_gui.engine.queries import Desk
from so8t_gui.i18n.engine_sentences import spoken
from so8t_gui.i18n.translate import tr
from so8t_gui.sessions.rows import Row
from so8t_gui.widgets.flow_layout import FlowLayout
from so8t_gui.widgets.panels import Sentence, button

REPORT = Path("report") / "report.html"
VERIFY_SECONDS = 3_600


class SessionActions(QWidget):
    """`wished(what, session)` is for the page; verify and trash are asked of the engine from here.

    `removing(session)`: it will vanish because the user said so; `changed`: the folder should be read again.
    """

    wished = Signal(str, str)
    removing = Signal(str)
    changed = Signal()

    def __init__(self, desk: Desk, said: Sentence) -> None:
        super().__init__()
        self._desk, self._said = desk, said
        self._chosen: tuple[Row, ...] = ()
        self._resume = button(tr("&Resume"), lambda: self._wish("resume"), main=True)
        self._show = button(tr("&Show"), lambda: self._wish("show"), about=tr("Its curves and steps on the page Run"))
        self._compare = button(
            tr("&Compare curves"), lambda: self._wish("compare"),
            about=tr("Loss and alpha of all selected sessions in one plot"),
        )  # fmt: skip
        self._folder = button(tr("Open &folder"), lambda: self._open(Path()))
        self._report = button(tr("Open re&port"), lambda: self._open(REPORT))
        self._verify = button(tr("&Verify"), self.verify, about=tr("Reads every saved file and compares it"))
        self._duplicate = button(
            tr("&Duplicate as new"), lambda: self._wish("duplicate"),
            about=tr("A new session with the configuration of this one, to be changed before it starts"),
        )  # fmt: skip
        self._trash = button(tr("Move to &trash"), self.ask_trash)
        row = FlowLayout()
        for one in (self._resume, self._show, self._compare):
            row.add(one)
        for one in (self._folder, self._report, self._verify, self._duplicate, self._trash):
            row.add(one, right=True)
        self.setLayout(row)

    def put(self, chosen: Sequence[Row]) -> None:
        """The sessions that are selected now."""
        self._chosen = tuple(chosen)
        one = chosen[0] if len(chosen) == 1 else None
        readable = one is not None and one.status not in ("newer", "damaged")
        self._resume.setEnabled(one is not None and one.resumable)
        self._show.setEnabled(readable)
        self._compare.setEnabled(len(chosen) > 1)
        self._folder.setEnabled(one is not None)
        self._report.setEnabled(one is not None and one.status == "finished")
        self._duplicate.setEnabled(readable)
        self._verify.setEnabled(one is not None and not self._desk.asking("verify"))
        self._trash.setEnabled(bool(chosen) and not self._desk.asking("trash"))

    def verify(self) -> None:
        for row in self._chosen[:1]:
            name = row.session

            def told(value: Any, name: str = name) -> None:
                found = [spoken(str(one)) for one in value.get("problems", [])] if isinstance(value, dict) else []
                if found:
                    first = "\n".join(found[:5])
                    words = tr("{name} has {n} problems:\n{first}", name=name, n=len(found), first=first)
                    self._tell("error", words)
                else:
                    self._tell("ok", tr("{name}: every file is as it was written.", name=name))
                self.put(self._chosen)

            self._said.say("note", tr("Reading every file of {name} ...", name=name))
            words = ["verify", name, "--data-root", str(row.path.parent)]
            self._desk.ask("verify", words, told, self._complain, VERIFY_SECONDS)
        self.put(self._chosen)

    def ask_trash(self) -> None:
        """Asks first; what runs is refused at once (the engine refuses it, too)."""
        running = [row.session for row in self._chosen if not row.removable]
        if running:
            self._tell("warning", tr("{name} is running; pause it before it is moved to the trash.", name=running[0]))
        elif self._chosen:
            names = [row.path for row in self._chosen]
            what = names[0].name if len(names) == 1 else tr("{n} sessions", n=len(names))
            self._said.say(
                "warning", tr("Move {what} with everything in it to the trash?", what=what),
                no=(tr("&Keep"), self._said.quieten), yes=(tr("Yes, &move"), lambda: self._remove(names)),
            )  # fmt: skip
            keep = self._said.findChild(QWidget, "no")
            if keep is not None:
                keep.setFocus()

    def _remove(self, folders: Sequence[Path]) -> None:
        first, rest = folders[0], folders[1:]
        self._said.say("note", tr("Moving {name} to the trash ...", name=first.name))

        def told(_value: Any) -> None:
            self.removing.emit(first.name)
            if rest:
                self._remove(rest)
            else:
                self._tell("ok", tr("{name} is in the trash.", name=first.name))
            self.changed.emit()

        self._desk.ask("trash", ["trash", first.name, "--data-root", str(first.parent)], told, self._complain)
        self.put(self._chosen)

    def _wish(self, what: str) -> None:
        for row in self._chosen[:1]:
            self.wished.emit(what, row.session)

    def _open(self, inside: Path) -> None:
        for row in self._chosen[:1]:
            target = row.path / inside
            if not target.exists():
                self._tell("warning", tr("There is no {path} any more.", path=target))
            elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(target))):
                self._tell("warning", tr("No program could be found to open {path}.", path=target))

    def _tell(self, level: str, sentence: str) -> None:
        self._said.say(level, sentence, close=(tr("&OK"), self._said.quieten))

    def _complain(self, sentence: str) -> None:
        self._tell("error", sentence)
        self.put(self._chosen)
        self.changed.emit()
