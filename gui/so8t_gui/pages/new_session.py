"""The page New session: what it starts from, what is changed, and whether it can run on this machine.

The engine knows the configuration; the page asks it for schema, values and verdicts, and keeps one `SessionDraft`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QTabWidget, QVBoxLayout, QWidget

from so8t_gui.engine.queries import QueryPool
from so8t_gui.forms import schema_fields
from so8t_gui.forms.basics import Basics
from so8t_gui.forms.findings import Verdict
from so8t_gui.forms.preset_descriptions import described
from so8t_gui.forms.schema_form import SchemaForm
from so8t_gui.forms.session_draft import SessionDraft
from so8t_gui.i18n.translate import tr
from so8t_gui.widgets.flow_layout import FlowLayout
from so8t_gui.widgets.panels import Banner, button, column, heading, quiet, tab_in_order
from so8t_gui.widgets.scroll_place import scroll_back

QUIET_MS = 600  # after the last change, before the engine is asked what it thinks of it
CURVE_MS = 200
FORM, CHECK = 5, 2  # shares of the width
FORM_LETTERS = 80  # the form is at least as wide beside the check
FORM_LINES = 14  # of text, that are seen of it at least
FIRST = "demo"
SHOWN_ELSEWHERE = ("datasets", "data_root")
YAML = (".yaml", ".yml", ".json")


@dataclass(frozen=True)
class TypedDraft:
    """What a user has done on this page, for the one that takes its place in another language.

    `form`: the engine's answer, so that nothing has to be asked again; `unread`: texts that are no values, by key, of
    the first questions and of all keys.
    """

    draft: SessionDraft
    form: Mapping[str, Any]
    unread: tuple[Mapping[str, str], Mapping[str, str]]
    hub: str
    search: str
    tab: int
    places: tuple[int, int]


class NewSessionPage(QWidget):
    """`start_wanted(arguments)`: the engine's arguments, from `run` on; `root_wanted`: another folder for sessions."""

    start_wanted = Signal(list)
    root_wanted = Signal()

    def __init__(self, root: Path, engine: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = QueryPool(self, engine)
        self._draft, self._root = SessionDraft(), root
        self._wanted = ""
        self._refused = ""  # what was to be opened and could not be, until the user goes on with something else
        self._drawn: list[str] = []  # what the curve of alpha that is shown, or asked for, was made of
        self._form: SchemaForm | None = None
        self._answer: Mapping[str, Any] | None = None  # of which the form is made
        self._check_clock = self._clock(QUIET_MS, self._check)
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
            self._draft, self._answer, (self._basics.unread, self._form.unread), self._basics.hub, self._form.search,
            self._tabs.currentIndex(), (self._basics.verticalScrollBar().value(), self._form.place),
        )  # fmt: skip

    def take_up(self, kept: TypedDraft) -> None:
        self._wanted, self._draft = kept.draft.file or kept.draft.preset, kept.draft
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

    def start_from_preset(self, name: str) -> None:
        self._load(replace(self._draft, preset=name, file="", changes={}))

    def start_from_file(self, path: str) -> None:
        """A YAML file, or the configuration of an old session."""
        self._load(replace(self._draft, preset="", file=path, changes={}))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._draft.values and not self._wanted:
            self.start_from_preset(FIRST)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The check is beside the form, or below it where that would leave the form too narrow."""
        super().resizeEvent(event)
        room = (event.size().width() - self._middle.spacing()) * FORM // (FORM + CHECK)
        beside = room >= FORM_LETTERS * self.fontMetrics().averageCharWidth()
        way = QBoxLayout.Direction
        self._middle.setDirection(way.LeftToRight if beside else way.TopToBottom)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            _leave_it_there(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """One YAML file is a configuration; anything else is data."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        _leave_it_there(event)
        if len(paths) == 1 and paths[0].lower().endswith(YAML[:2]):
            self.start_from_file(paths[0])
        elif paths:
            self._basics.add_files(paths)

    def _build(self) -> None:
        self._message = Banner()
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
        page.addWidget(heading(tr("New session")))
        page.addLayout(middle, 1)
        page.addWidget(self._message)
        page.addWidget(self._summary)
        page.addLayout(foot)
        self._render()

    def _load(self, draft: SessionDraft) -> None:
        """Asks for all that is shown of another source, in one question; what is shown stays until it arrives."""
        self._wanted = draft.file or draft.preset

        def told(form: Any) -> None:
            self._message.quieten()
            self._refused = ""
            self._take_form(replace(draft, values=form["values"]), form)

        def refused(sentence: str) -> None:
            self._wanted, self._refused = "", draft.file or draft.preset
            self._basics.put(self._draft)
            self._render()
            if self._draft.values:
                self._offer_other(sentence)
            else:  # nothing is shown yet
                self._complain(sentence)
                first = ["config", "form", "--preset", FIRST]
                self._desk.ask("form", first, lambda form: instead(form, sentence), self._complain)

        def instead(form: Any, sentence: str) -> None:
            self._take_form(replace(draft, preset=FIRST, file="", values=form["values"]), form)
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
        self._draft, self._drawn = draft, _alpha(draft)
        self._verdict.forget()
        self._put_curve(form)
        self._take(draft, anew=True)
        self._check()  # nobody is typing

    def _take(self, draft: SessionDraft, anew: bool = False) -> None:
        self._draft = draft
        self._basics.put(draft, anew)
        if self._form is not None:
            self._form.put(draft, anew)
        self._render()
        if draft.values:
            self._check_clock.start()
            if _alpha(draft) != self._drawn:
                self._curve_clock.start()

    def _edited(self, path: tuple[str, ...], value: object) -> None:
        self._take(self._draft.changed(path, value))

    @property
    def _mistakes(self) -> dict[tuple[str, ...], str]:
        """What is typed and is no value, on either part of the form."""
        return {**(self._form.mistakes if self._form is not None else {}), **self._basics.mistakes}

    def _render(self) -> None:
        changes, mistakes = len(self._draft.changes), self._mistakes
        self._verdict.put_mistakes(mistakes)
        source = self._draft.file or self._draft.preset
        if not self._draft.values:
            self._summary.setText(tr("Asking the engine ..."))
        elif self._refused:
            self._summary.setText(tr("Not opened: {file}", file=self._refused))
        elif changes:
            self._summary.setText(tr("{source}, changed keys: {n}", source=source, n=changes))
        else:
            self._summary.setText(tr("{source}, unchanged", source=source))
        self._undo.setEnabled(changes > 0 or bool(mistakes))
        self._again.setEnabled(bool(self._draft.values))
        problems, unfit = bool(self._verdict.problems), self._verdict.unfit
        self._force.setVisible(unfit and not problems)
        opened = not self._refused and not self._desk.asking("form")  # what is shown is what was to be opened
        fits = opened and not mistakes and not problems and (self._draft.force or not unfit)
        self._start.setEnabled(bool(self._draft.values) and fits)

    def _put_schema(self, schema: Any) -> None:
        self._waiting.hide()
        sections = schema_fields.sections(schema, SHOWN_ELSEWHERE)
        form = self._form = SchemaForm(sections)
        form.edited.connect(self._edited)
        form.wrong.connect(self._render)
        self._advanced_column.addWidget(form)
        self._basics.put_schema(sections)
        self._verdict.put_labels({**dict.fromkeys(form.rows, ""), **self._basics.labels})
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
        row = self._form.rows.get(".".join(path)) if self._form else None
        if row is not None:
            row.complain(sentence)

    def _open_row(self, path: tuple[str, ...]) -> None:
        """Goes to the field where the key can be changed: among the first questions, where it is one of them."""
        form, key = self._form, ".".join(path)
        if form is not None and key in form.rows and (path in form.mistakes or not self._basics.asks(path)):
            self._tabs.setCurrentWidget(self._advanced)
            form.show_row(key)
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
        self._drawn = _alpha(self._draft)
        argv = ["alpha", *self._drawn]
        self._desk.ask("curve", argv, self._put_curve, lambda sentence: self._basics.put_curve([], sentence))

    def _undo_all(self) -> None:
        self._take(replace(self._draft, changes={}), anew=True)

    def _emit_start(self) -> None:
        self.start_wanted.emit(self._draft.arguments)

    def _offer_other(self, sentence: str) -> None:
        """What was to be opened could not be: what is shown instead is started only once the user wants that."""

        def go_on() -> None:
            self._message.quieten()
            self._refused = ""
            self._render()

        label = tr("Go on with {source}", source=self._draft.file or self._draft.preset)
        self._message.say("error", sentence, close=(label, go_on))

    def _complain(self, sentence: str) -> None:
        self._message.say("error", sentence, close=(tr("&OK"), self._message.quieten))

    def _clock(self, milliseconds: int, act: Any) -> QTimer:
        clock = QTimer(self)
        clock.setSingleShot(True)
        clock.setInterval(milliseconds)
        clock.timeout.connect(act)
        return clock


def _alpha(draft: SessionDraft) -> list[str]:
    """What the curve of alpha depends on, as `so8t alpha` takes it."""
    keys = ("schedule", "initial", "final", "annealing_steps", "adaptive")
    sets = [part for key in keys for part in ("--set", schema_fields.word(("alpha", key), draft.value(("alpha", key))))]
    return [*sets, "--set", "ppo.total_episodes=0"] if _without_learning(draft) else sets


def _without_learning(draft: SessionDraft) -> bool:
    """As RunConfig.learns says it: alpha moves with the updates of reinforcement learning alone."""
    algorithm = draft.value(("algorithm",))
    if algorithm != "ppo":
        return bool(draft.value((str(algorithm), "max_steps")) == 0)
    episodes, batch = draft.value(("ppo", "total_episodes")), draft.value(("ppo", "batch_size"))
    return isinstance(episodes, int) and isinstance(batch, int) and episodes < batch


def _leave_it_there(event: QDropEvent) -> None:
    """A file manager may propose to move; whoever is told that it was moved deletes it."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()
