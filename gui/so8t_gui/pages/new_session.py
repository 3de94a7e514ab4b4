"""The page New session: what it starts from, what is changed, and whether it can run on this machine.

The engine knows the configuration; the page asks it for schema, values and verdicts, and keeps one `SessionDraft`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from so8t_gui.engine.queries import QueryPool
from so8t_gui.forms import schema_fields
from so8t_gui.forms.basics import Basics
from so8t_gui.forms.draft_summary import source_of, summary
from so8t_gui.forms.findings import Verdict
from so8t_gui.forms.kept_drafts import KeptDrafts, fitting
from so8t_gui.forms.kept_note import KeptNote
from so8t_gui.forms.preset_descriptions import described
from so8t_gui.forms.schema_form import SchemaForm
from so8t_gui.forms.session_draft import SessionDraft
from so8t_gui.i18n.translate import tr
from so8t_gui.pages.typed_draft import TypedDraft
from so8t_gui.widgets.dropped import leave_it_there, local_paths
from so8t_gui.widgets.flow_layout import FlowLayout
from so8t_gui.widgets.one_line import OneLine
from so8t_gui.widgets.panels import Banner, button, column, heading, quiet, tab_in_order
from so8t_gui.widgets.scroll_place import scroll_back
from so8t_gui.widgets.tool_tip import tool_tip

QUIET_MS = 600  # after the last change, before the engine is asked what it thinks of it
CURVE_MS = 200
FORM, CHECK = 5, 2  # shares of the width
FORM_LETTERS = 80  # the form is at least as wide beside the check
FORM_LINES = 14  # of text, that are seen of it at least
FIRST = "demo"
SHOWN_ELSEWHERE = ("datasets", "data_root")
YAML = (".yaml", ".yml", ".json")


class NewSessionPage(QWidget):
    """`start_wanted(arguments)`: the engine's arguments, from `run` on; `root_wanted`: another folder for sessions."""

    start_wanted = Signal(list)
    root_wanted = Signal()

    def __init__(
        self, root: Path, engine: Sequence[str] = (), parent: QWidget | None = None, kept_in: Path | None = None
    ) -> None:
        """`kept_in`: the file in which what is typed outlives the window."""
        super().__init__(parent)
        self._desk = QueryPool(self, engine)
        self._root, self._drafts = root, KeptDrafts(kept_in)
        self._draft = self._drafts.read()  # what was typed before the window ended, and did not begin
        self._wanted = ""
        self._refused = ""  # what was to be opened and could not be, until the user goes on with something else
        self._drawn: list[str] = []  # what the curve of alpha that is shown, or asked for, was made of
        self._form: SchemaForm | None = None
        self._hindrance = ""
        self._answer: Mapping[str, Any] | None = None  # of which the form is made
        self._check_clock = self._clock(QUIET_MS, self._check)
        self._keep_clock = self._clock(QUIET_MS, self.keep)
        self._curve_clock = self._clock(CURVE_MS, self._ask_curve)
        self.setAcceptDrops(True)
        self._build()

    @property
    def draft(self) -> SessionDraft:
        return self._draft

    @property
    def kept(self) -> TypedDraft | None:
        """None where nothing is shown yet, or not what was to be opened."""
        if self._form is None or self._answer is None or self._refused:
            return None
        return TypedDraft(
            self._draft, self._drafts, self._answer, (self._basics.unread, self._form.unread), self._basics.hub,
            self._form.search, self._tabs.currentIndex(), (self._basics.verticalScrollBar().value(), self._form.place),
        )  # fmt: skip

    def take_up(self, kept: TypedDraft) -> None:
        self._wanted, self._draft, self._drafts = kept.draft.file or kept.draft.preset, kept.draft, kept.drafts
        self._take_form(kept.draft, kept.form)
        self._force.setChecked(kept.draft.force)
        self._basics.hub = kept.hub
        self._tabs.setCurrentIndex(kept.tab)
        self._basics.take_up(kept.unread[0])
        if self._form is not None:
            self._form.take_up(kept.unread[1], kept.search, kept.places[1])
        scroll_back(self._basics, kept.places[0])

    def set_root(self, root: Path) -> None:
        """The folder of the window's sessions: what is started here lies beside them, or nobody would look for it."""
        self._root = root
        self._basics.put_root(root)
        self._take(self._draft)

    def put_hindrance(self, why: str) -> None:
        """Why nothing is started now, whatever the form says; empty: nothing is in the way."""
        if why != self._hindrance:
            self._hindrance = why
            self._render()

    def start_from_preset(self, name: str) -> None:
        self._load(replace(self._draft, preset=name, file="", name="", changes={}))

    def start_from_file(self, path: str, name: str = "") -> None:
        """A YAML file, or the configuration of an old session, whose copy goes by another `name`."""
        self._load(replace(self._draft, preset="", file=path, name=name, changes={}))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._draft.values and not self._wanted:
            self._load(self._draft if self._draft.changes else SessionDraft(preset=FIRST))

    def keep(self) -> None:
        """What was typed outlives the window, also where that is killed."""
        self._keep_clock.stop()
        self._drafts.keep(self._draft)

    def begun(self, arguments: Sequence[str]) -> None:
        """A session was made of these: `start_wanted`, and what others add."""
        own = self._draft.arguments
        if [*arguments[: len(own)], *arguments[len(own) :][:1]] == [*own, "--data-root"]:
            self._drafts.begun(self._draft)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The check is beside the form, or below it where that would leave the form too narrow."""
        super().resizeEvent(event)
        room = (event.size().width() - self._middle.spacing()) * FORM // (FORM + CHECK)
        beside = room >= FORM_LETTERS * self.fontMetrics().averageCharWidth()
        way = QBoxLayout.Direction
        self._middle.setDirection(way.LeftToRight if beside else way.TopToBottom)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_paths(event):
            leave_it_there(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """One YAML file is a configuration; anything else is data."""
        paths = local_paths(event)
        leave_it_there(event)
        if len(paths) == 1 and paths[0].lower().endswith(YAML[:2]):
            self.start_from_file(paths[0])
        elif paths:
            self._basics.add_files(paths)

    def _build(self) -> None:
        self._message, self._reading = Banner(), OneLine("")
        self._kept_note = KeptNote(self._take_back, self._forget_aside)
        self._basics = Basics()
        self._basics.preset_chosen.connect(self.start_from_preset)
        self._basics.file_chosen.connect(self.start_from_file)
        self._basics.draft_changed.connect(self._take)
        self._basics.root_wanted.connect(self.root_wanted)
        self._basics.put_root(self._root)
        self._basics.wrong.connect(self._render)
        self._advanced = QWidget()
        self._advanced_column = QVBoxLayout(self._advanced)
        self._advanced_column.setContentsMargins(0, 10, 0, 0)
        self._waiting = quiet(tr("Asking the engine for its keys ..."))
        self._advanced_column.addWidget(self._waiting)
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.setMinimumHeight(FORM_LINES * self.fontMetrics().lineSpacing())
        self._tabs.setAccessibleName(tr("Parts of the configuration"))
        self._tabs.addTab(self._basics, tr("&Basics"))
        self._tabs.addTab(self._advanced, tr("&All keys"))

        self._verdict = Verdict(self._open_row, self._change_dataset)
        self._middle = middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        middle.setSpacing(20)
        middle.addWidget(self._tabs, FORM)
        middle.addWidget(self._verdict, CHECK)

        self._summary = quiet()
        self._again = button(tr("Check a&gain"), self._check)
        self._undo = button(tr("&Undo all changes"), self._undo_all)
        self._start = button(tr("&Start"), self._emit_start, main=True)
        self._force = QCheckBox(tr("Start al&though the check says no"))
        self._force.setAccessibleName(tr("Start although the check says no"))
        self._force.clicked.connect(lambda on: self._take(replace(self._draft, force=bool(on))))
        foot = FlowLayout()
        for control in (self._force, self._undo, self._again, self._start):
            foot.add(control, right=True)
        page = column(self)
        top = QHBoxLayout()
        top.addWidget(heading(tr("New session")))
        top.addWidget(self._reading, 1)
        page.addLayout(top)
        page.addWidget(self._kept_note)
        page.addLayout(middle, 1)
        page.addWidget(self._message)
        page.addWidget(self._summary)
        page.addLayout(foot)
        self._render()

    def _take_back(self) -> None:
        """What was put aside, in the place of what is shown."""
        aside, self._drafts.aside = self._drafts.aside, None
        if aside is not None:
            self._load(aside)

    def _throw_away(self) -> None:
        self._draft = replace(self._draft, changes={})
        self._take(self._draft, anew=True)

    def _forget_aside(self) -> None:
        self._drafts.aside = None
        self._render()
        self.keep()

    def _load(self, draft: SessionDraft) -> None:
        """Asks for all that is shown of another source, in one question; what is shown stays until it arrives."""
        self._wanted = draft.file or draft.preset

        def told(form: Any) -> None:
            self._message.quieten()
            self._refused = ""
            made = replace(draft, values=form["values"], changes=fitting(draft.changes, form["values"]))
            if here_again := self._draft.is_same(draft):
                self._draft = made
            self._take_form(made, form)
            self._tabs.setCurrentWidget(self._basics)
            self._basics.begin()
            if here_again and made.changes:
                self._kept_note.here_again(made, self._throw_away)

        def refused(sentence: str) -> None:
            self._wanted, self._refused = "", draft.file or draft.preset
            self._drafts.put_aside(draft, self._draft)  # its file may come back
            self._basics.put(self._draft)
            self._render()
            if self._draft.values:
                self._offer_other(sentence)
            else:  # nothing is shown yet
                self._complain(sentence)
                first = ["config", "form", "--preset", FIRST]
                self._desk.ask("form", first, lambda form: instead(form, sentence), self._complain)

        def instead(form: Any, sentence: str) -> None:
            self._take_form(SessionDraft(preset=FIRST, values=form["values"]), form)
            self._offer_other(sentence)

        self._desk.ask("form", ["config", "form", *draft.source], told, refused)
        self._render()

    def _take_form(self, draft: SessionDraft, form: Mapping[str, Any]) -> None:
        """`schema`, `presets`, `adapters`, `values` and `points` of `so8t config form`."""
        self._answer = form
        if self._form is None:
            self._put_schema(form["schema"])
            self._put_presets(form["presets"])
            self._basics.put_adapters([str(name) for name in form.get("adapters", [])])
        self._drafts.put_aside(self._draft, draft)
        self._draft, self._drawn = draft, draft.alpha
        self._verdict.forget()
        self._put_curve(form)
        self._take(draft, anew=True)
        self._check()  # nobody is typing

    def _take(self, draft: SessionDraft, anew: bool = False) -> None:
        self._draft = draft
        self._verdict.follow(draft.datasets)
        self._basics.put(draft, anew)
        if self._form is not None:
            self._form.put(draft, anew)
        self._render()
        self._keep_clock.start()
        if draft.values:
            self._check_clock.start()
            if draft.alpha != self._drawn:
                self._curve_clock.start()

    def _edited(self, path: tuple[str, ...], value: object) -> None:
        self._take(self._draft.changed(path, value))

    @property
    def _mistakes(self) -> dict[tuple[str, ...], str]:
        """What is typed and is no value, on either part of the form."""
        return {**(self._form.mistakes if self._form is not None else {}), **self._basics.mistakes}

    def _render(self) -> None:
        changes, mistakes = len(self._draft.changes), self._mistakes
        self._kept_note.put(self._draft, self._drafts.aside)
        self._verdict.put_mistakes(mistakes)
        self._summary.setText(summary(self._draft, self._hindrance, self._refused))
        self._undo.setEnabled(changes > 0 or bool(mistakes))
        self._again.setEnabled(bool(self._draft.values))
        problems, unfit = bool(self._verdict.problems), self._verdict.unfit
        self._force.setVisible(unfit and not problems)
        reading = self._desk.asking("form")
        self._reading.setText(tr("Reading the configuration ...") if reading else "")
        opened = not self._refused and not reading  # what is shown is what was to be opened
        fits = opened and not self._verdict.stale and not mistakes and not problems and (self._draft.force or not unfit)
        self._start.setEnabled(bool(self._draft.values) and fits and not self._hindrance)
        self._start.setToolTip(tool_tip(self._hindrance))

    def _put_schema(self, schema: Any) -> None:
        self._waiting.hide()
        sections = schema_fields.sections(schema, SHOWN_ELSEWHERE)
        form = self._form = SchemaForm(sections)
        form.edited.connect(self._edited)
        form.wrong.connect(self._render)
        form.made.connect(lambda: tab_in_order(self))
        self._advanced_column.addWidget(form)
        self._basics.put_schema(sections)
        self._verdict.put_labels({**dict.fromkeys(form.keys, ""), **self._basics.labels})
        tab_in_order(self)

    def _put_presets(self, presets: Any) -> None:
        self._basics.put_presets({str(preset["name"]): described(preset.get("description")) for preset in presets})

    def _put_curve(self, answer: Mapping[str, Any]) -> None:
        self._basics.put_curve([(float(x), float(y)) for x, y in answer["points"]], "")

    def _check(self) -> None:
        self._check_clock.stop()
        if not self._draft.values:
            return
        self._verdict.wait()
        root = ["--data-root", str(self._root)]
        self._desk.ask("check", ["config", "check", *self._draft.options, *root], self._take_check, self._check_failed)

    def _check_failed(self, sentence: str) -> None:
        self._verdict.fail(sentence)
        self._render()

    def _take_check(self, answer: Any) -> None:
        if self._check_clock.isActive():
            return  # of a draft that has changed since
        self._verdict.put(answer, self._draft.datasets)
        self._basics.put_looks([str(level) for level in answer.get("datasets", [])])
        for path, sentence in self._verdict.problems:
            self._say_beside(path, sentence)
        self._render()

    def _say_beside(self, path: tuple[str, ...], sentence: str) -> None:
        self._basics.complain(path, sentence)
        if self._form is not None:
            self._form.complain(path, sentence)

    def _open_row(self, path: tuple[str, ...]) -> None:
        """Goes to the field where the key can be changed: among the first questions, where it is one of them."""
        form = self._form
        if form is not None and (path in form.mistakes or not self._basics.asks(path)):
            self._tabs.setCurrentWidget(self._advanced)
            form.show_row(path)
        else:
            self._tabs.setCurrentWidget(self._basics)
            self._basics.show_row(path)

    def _change_dataset(self, path: tuple[str, ...], values: Mapping[str, Any]) -> None:
        """As the engine proposes; `path`: `datasets.2.path`, of the draft that was checked."""
        datasets = self._draft.datasets
        if int(path[1]) < len(datasets):
            datasets[int(path[1])].update(values)
            self._take(self._draft.with_datasets(datasets))

    def _ask_curve(self) -> None:
        self._drawn = self._draft.alpha
        argv = ["alpha", *self._drawn]
        self._desk.ask("curve", argv, self._put_curve, lambda sentence: self._basics.put_curve([], sentence))

    def _undo_all(self) -> None:
        unchanged = replace(self._draft, changes={})
        self._drafts.put_aside(self._draft, unchanged)
        self._take(unchanged, anew=True)

    def _emit_start(self) -> None:
        self.start_wanted.emit(self._draft.arguments)

    def _offer_other(self, sentence: str) -> None:
        """What was to be opened could not be: what is shown instead is started only once the user wants that."""

        def go_on() -> None:
            self._message.quieten()
            self._refused = ""
            self._render()

        label = tr("Go on with {source}", source=source_of(self._draft))
        self._message.say("error", sentence, close=(label, go_on))

    def _complain(self, sentence: str) -> None:
        self._message.say("error", sentence, close=(tr("&OK"), self._message.quieten))

    def _clock(self, milliseconds: int, act: Any) -> QTimer:
        clock = QTimer(self)
        clock.setSingleShot(True)
        clock.setInterval(milliseconds)
        clock.timeout.connect(act)
        return clock
