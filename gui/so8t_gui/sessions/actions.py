"""What can be done with the selected sessions: a row of buttons, and messages about the outcome."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QInputDialog, QLineEdit, QMenu, QWidget

from so8t_engine.plain_text import plain
from so8t_engine.sentences import from_json
from so8t_engine.session import catalog, display_name
from so8t_gui.engine.queries import QueryPool
from so8t_gui.i18n.moment import moment
from so8t_gui.i18n.translate import say, tr
from so8t_gui.sessions.rows import SessionRow
from so8t_gui.sessions.table import NEVER_READ, ONCE_MORE
from so8t_gui.view import messages
from so8t_gui.view.remedies import ADOPT
from so8t_gui.widgets.flow_layout import FlowLayout
from so8t_gui.widgets.opener import Opener
from so8t_gui.widgets.panels import Banner, button
from so8t_gui.widgets.problem_message import ProblemMessage
from so8t_gui.widgets.tool_tip import tool_tip

VERIFY_SECONDS = 3_600


class SessionActions(QWidget):
    """`wished(what, session)` is for the page; the engine is asked to verify and to move to the trash from here.

    `removed(session)`: it is in the trash; `renamed(session, title)`: it has another name; `naming`, with how many
    readings: it is shown by one already (table.call); `adopted(folder, session)`: what lay in that folder is this
    session now; `changed`: the folder should be read again;
    `mend_wanted(session, option)`: what is damaged should be made again.
    """

    wished = Signal(str, str)
    removed = Signal(str)
    renamed = Signal(str, str)
    naming = Signal(str, str, int)
    adopted = Signal(str, str)
    changed = Signal()
    mend_wanted = Signal(str, str)

    def __init__(self, queries: QueryPool, message: Banner) -> None:
        """`message`: where the page shows what came of it."""
        super().__init__()
        self._queries, self._message = queries, message
        self._opener = Opener(message, self)
        self._problem, self._damaged = ProblemMessage(message, self, closable=True), ""
        self._problem.agreed.connect(self._mend)
        self._selected: tuple[SessionRow, ...] = ()
        self._running: SessionRow | None = None
        self._asked = ""  # what was said of the selection as it is
        self._verified: tuple[SessionRow, str, str] | None = None  # of it as it was, what was said and when
        self._names: dict[str, str] = {}  # of every session, as they were last read
        self._resume = button(tr("&Resume"), lambda: self._wish("resume"), main=True)
        self._adopt = button(
            tr("&Adopt"), self._adopt_selected, main=True,
            about=tr("Makes this renamed or copied session one of its own, under the name of its folder"),
        )  # fmt: skip
        self._show = button(
            tr("&Show"), lambda: self._wish("show"), about=tr("Its steps and curves, or its result, on the page Run")
        )
        self._compare = button(
            tr("&Compare"), lambda: self._wish("compare"),
            about=tr("Curves of all selected sessions in one plot, their results, and the keys in which they differ"),
        )  # fmt: skip
        self._folder = button(tr("Open &folder"), self._open_folder)
        self._report = button(tr("Open re&port"), self._open_report)
        self._verify = button(tr("&Verify"), self.verify, about=tr("Reads every saved file and compares it"))
        self._duplicate = button(
            tr("&Duplicate as new"), lambda: self._wish("duplicate"),
            about=tr("A new session with the configuration of this one, to be changed before it starts"),
        )  # fmt: skip
        self._rename = button(
            tr("Re&name ..."),
            self.ask_name,
            about=tr("The name it is shown by; its folder and results stay as they are"),
        )
        self._trash = button(tr("Move to &trash"), self.ask_trash)
        row = FlowLayout()
        left = (self._resume, self._adopt, self._show, self._compare)
        right = (self._folder, self._report, self._verify, self._duplicate, self._rename, self._trash)
        for widget in left:
            row.add(widget)
        for widget in right:
            row.add(widget, right=True)
        self.setLayout(row)
        self._menu, self._buttons = QMenu(self), (*left, *right)

    def put(self, rows: Sequence[SessionRow], running: SessionRow | None = None) -> None:
        """The sessions that are selected now, and one that runs."""
        if _removable(rows) != _removable(self._selected):
            self.forget()
        self._selected, self._running = tuple(rows), running
        self._allow()

    @property
    def why_not(self) -> str:
        """Why Resume is grey though the selected session could go on; empty where it is not."""
        row = self._selected[0] if len(self._selected) == 1 else None
        held = row is not None and row.resumable and self._running is not None
        return messages.one_at_a_time(self._running.title) if held and self._running is not None else ""

    def _allow(self) -> None:
        rows, running = self._selected, self._running
        row = rows[0] if len(rows) == 1 else None
        readable = row is not None and row.status not in ("newer", "damaged")
        resumable = row is not None and row.resumable
        self._resume.setEnabled(resumable and running is None)
        self._resume.setToolTip(tool_tip(self.why_not))
        self._resume.setAccessibleDescription(self.why_not)
        adoptable = row is not None and row.adoptable
        self._resume.setVisible(not adoptable)
        self._adopt.setVisible(adoptable)
        self._adopt.setEnabled(not self._queries.asking("adopt"))
        self._show.setEnabled(readable)
        self._compare.setEnabled(len(rows) > 1)
        self._folder.setEnabled(row is not None)
        self._report.setEnabled(row is not None and row.status == "finished")
        self._duplicate.setEnabled(readable)
        self._rename.setEnabled(readable and not adoptable and not self._queries.asking("rename"))
        self._verify.setEnabled(row is not None and not self._queries.asking("verify"))
        runs = next((tr("{name} is running; pause it before it is moved to the trash.", name=name_of(one))
                     for one in rows if not one.removable), "")  # fmt: skip
        self._trash.setEnabled(bool(rows) and not runs and not self._queries.asking("trash"))
        self._trash.setToolTip(tool_tip(runs))
        self._trash.setAccessibleDescription(runs)

    def forget(self) -> None:
        """A question about the selection, and why something is not done with it, go with the selection."""
        self._opener.forget()
        if self._asked and self._message.text == self._asked:
            self._message.quieten()
        self._asked = ""

    def open_menu(self, place: QPoint) -> None:
        """What the buttons offer for the selected sessions, at this place of the screen."""
        self._menu.clear()
        for one in self._buttons:
            if one.isEnabled() and not one.isHidden():
                self._menu.addAction(one.text(), one.click)
        if not self._menu.isEmpty():
            self._menu.popup(place)

    def verify(self) -> None:
        for row in self._selected[:1]:

            def told(value: Any, row: SessionRow = row) -> None:
                name = self._names.get(row.session) or name_of(row)
                problems = value.get("problems", []) if isinstance(value, dict) else []
                if problems:
                    advice = [value["advice"]] if value.get("refused") else []  # in sight, above what may be scrolled
                    first = "\n".join(say(from_json(each)) for each in (*advice, *problems[:5]))
                    text = tr("{name}: problems found: {n}\n{first}", name=name, n=len(problems), first=first)
                    self._tell_damage(row.session, text, value)
                else:
                    self._tell("ok", tr("{name}: every file is as it was written.", name=name))
                self._verified = row, self._message.text, moment(time.time())
                self._allow()

            self._message.say("note", tr("Reading every file of {name} ...", name=name_of(row)))
            argv = ["verify", row.session, "--data-root", str(row.path.parent)]
            self._queries.ask("verify", argv, told, self._complain, VERIFY_SECONDS)
        self._allow()

    def follow(self, rows: Sequence[SessionRow]) -> None:
        """What is said names a session as it is called now. What was found of one that has gone on since is said of
        then, without what could be done about it.
        """
        before_now, self._names = self._names, {row.session: name_of(row) for row in rows}
        for session, name in self._names.items():
            self._reword(before_now.get(session, name), name)
        if self._verified is None:
            return
        before, said, when = self._verified
        now = next((row for row in rows if row.session == before.session), None)
        if self._message.text != said:
            self._verified = None  # something else is said by now
        elif now is None or _standing(now) != _standing(before):
            self._verified = None
            self._problem.forget()
            since = tr("Verified on {time}; the session has changed since then. What was found:", time=when)
            self._tell("note", f"{since}\n{said}")

    def _reword(self, before: str, now: str) -> None:
        if before == now or before not in self._message.text:
            return
        self._message.reword(before, now)
        self._problem.reword(before, now)
        self._asked = self._asked.replace(before, now)
        if self._verified is not None:
            row, said, when = self._verified
            self._verified = row, said.replace(before, now), when

    def _tell_damage(self, session: str, text: str, found: dict[str, Any]) -> None:
        """With what mends a finished session: its results made again, else what the engine says of that."""
        self._damaged = session
        if not found.get("advice"):
            self._tell("error", text)
        else:
            self._problem.put(str(found.get("refused") or "results_damaged"), text)

    def _mend(self, option: str) -> None:
        self._problem.forget()
        self._message.quieten()
        if option == ADOPT:
            self._adopt_selected()
        else:
            self.mend_wanted.emit(self._damaged, option)

    def _adopt_selected(self) -> None:
        for row in self._selected[:1]:
            self.adopt(row.path)

    def adopt(self, folder: Path) -> None:
        """Selected or not."""

        def told(value: Any) -> None:
            about = value if isinstance(value, dict) else {}
            name = str(about.get("session", ""))
            said = tr("{name} is a session of its own now; Resume goes on with it.", name=name)
            if about.get("status") == "finished":
                said = tr("{name} is a session of its own now; it is finished.", name=name)
            self._tell("ok", said)
            self.adopted.emit(folder.name, name)
            self.changed.emit()

        self._queries.ask("adopt", ["adopt", str(folder)], told, self._complain)
        self._allow()

    def ask_name(self) -> None:
        """In a dialog; what was typed is kept, an empty line takes the name away again."""
        if not self._rename.isEnabled():
            return
        row = self._selected[0]
        dialog = QInputDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(tr("Rename the session"))
        dialog.setLabelText(tr("Name (left empty, the name it was started with)"))
        dialog.setTextValue(row.title)
        dialog.setOkButtonText(tr("Rename"))
        dialog.setCancelButtonText(tr("Cancel"))
        line = dialog.findChild(QLineEdit)
        if line is not None:
            line.setMaxLength(display_name.LONGEST)
            line.selectAll()
        dialog.textValueSelected.connect(lambda name: self._give_name(row, name))
        dialog.open()

    def _give_name(self, row: SessionRow, name: str) -> None:
        """The list has it at once; the engine, which keeps it, takes a while to start."""

        def told(value: Any) -> None:
            given = value.get("name", "") if isinstance(value, dict) else ""
            called = given or catalog.title(row.session)
            self.naming.emit(row.session, called, ONCE_MORE)
            self.renamed.emit(row.session, called)
            self._allow()
            self.changed.emit()

        def refused(why: str) -> None:
            self.naming.emit(row.session, "", 0)
            self._complain(why)

        typed = f" {name}"  # no option, whatever it begins with; the engine takes the space away
        argv = ["rename", row.session, typed, "--data-root", str(row.path.parent)]
        self.naming.emit(row.session, plain(name).strip() or catalog.title(row.session), NEVER_READ)
        self._queries.ask("rename", argv, told, refused)
        self._allow()

    def ask_trash(self) -> None:
        """Asks first. A session that runs is refused at once (the engine refuses it, too)."""
        running = [name_of(row) for row in self._selected if not row.removable]
        if running:
            self._asked = tr("{name} is running; pause it before it is moved to the trash.", name=running[0])
            self._tell("warning", self._asked)
        elif self._selected:
            rows = self._selected
            what = name_of(rows[0]) if len(rows) == 1 else tr("{n} sessions", n=len(rows))
            self._asked = tr("Move {what} with everything in it to the trash?", what=what)
            place = self.window().focusWidget()
            self._message.say(
                "warning", self._asked, no=(tr("&Keep"), lambda: self._keep(place)),
                yes=(tr("Yes, &move"), lambda: self._remove(rows)),
            )  # fmt: skip
            keep = self._message.findChild(QWidget, "no")
            if keep is not None:
                keep.setFocus()

    def _keep(self, place: QWidget | None) -> None:
        """Back to where the user was."""
        self.forget()
        if place is not None:
            place.setFocus()

    def _remove(self, rows: Sequence[SessionRow]) -> None:
        first, rest = rows[0], rows[1:]
        self._message.say("note", tr("Moving {name} to the trash ...", name=name_of(first)))

        def told(_value: Any) -> None:
            self.removed.emit(first.session)
            if rest:
                self._remove(rest)
            else:
                self._tell("ok", tr("{name} is in the trash.", name=name_of(first)))
            self.changed.emit()

        self._queries.ask(
            "trash", ["trash", first.session, "--data-root", str(first.path.parent)], told, self._complain
        )
        self._allow()

    def _wish(self, what: str) -> None:
        for row in self._selected[:1]:
            self.wished.emit(what, row.session)

    def _open_folder(self) -> None:
        for row in self._selected[:1]:
            self._opener.open(row.path)

    def _open_report(self) -> None:
        for row in self._selected[:1]:
            self._opener.open_report(row.path)

    def _tell(self, level: str, text: str) -> None:
        self._message.say(level, text, close=(tr("&OK"), self._message.quieten))

    def _complain(self, text: str) -> None:
        self._tell("error", text)
        self._allow()
        self.changed.emit()


def _standing(row: SessionRow) -> tuple[object, ...]:
    """What changes where a session goes on."""
    return row.status, row.saved, row.step, row.share


def _removable(rows: Sequence[SessionRow]) -> list[tuple[str, bool]]:
    return [(row.session, row.removable) for row in rows]


def name_of(row: SessionRow) -> str:
    """As the list has it, with the day it was made: names may be given twice."""
    day = moment(row.started)
    return tr('"{name}" ({where})', name=row.title, where=day) if day else tr('"{name}"', name=row.title)
