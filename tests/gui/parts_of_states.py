"""Parts of pages in the states that a walk through the pages does not reach. Part of `parts_of_pages`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QMenu, QWidget

from helpers import parts_of_page
from so8t_engine.protocol import STEPS
from so8t_engine.sentences import Sentence, sentence, to_json
from so8t_engine.session.catalog import Entry
from so8t_gui.comparison.side_by_side import ComparedSession
from so8t_gui.comparison.table import ComparisonTable
from so8t_gui.desktop.tray import Tray
from so8t_gui.engine.queries import QueryPool
from so8t_gui.forms.datasets import DatasetList
from so8t_gui.forms.field_row import FieldRow
from so8t_gui.forms.findings import Verdict
from so8t_gui.forms.schema_fields import Field
from so8t_gui.pages.run import RunPage
from so8t_gui.pages.sessions import Looked, SessionsPage
from so8t_gui.pages.settings import SettingsPage
from so8t_gui.plot.series import Table
from so8t_gui.result.panel import ResultPanel
from so8t_gui.result.report_file import GgufFiles, RunResult
from so8t_gui.result.try_it import TryIt
from so8t_gui.sessions.actions import SessionActions
from so8t_gui.sessions.rows import ORDER, SessionRow
from so8t_gui.settings_file import Settings as SettingsOfWindow
from so8t_gui.view.state import Problem, Step, View
from so8t_gui.widgets.panels import Banner

States = dict[str, Callable[[], object]]
NOW = 1_000.0
HERE = tuple(Step(name, "done" if n < 3 else "stopped" if n == 3 else "todo") for n, name in enumerate(STEPS))
GOING = tuple(replace(step, state="running", began=NOW - 90) if step.state == "stopped" else step for step in HERE)
REST = View(session="20261123-081500-one", title="one", steps=HERE, share=0.24)
RUN = replace(
    REST, phase="running", steps=GOING, kind="update", unit=3, total=9, rate=0.5, eta_total=600.0,
    estimated=True, unsaved=20.0, saved=NOW - 20, heard=NOW - 5, metrics={"loss": 0.5},
)  # fmt: skip
PROBLEMS = (
    "disk_full", "code_not_allowed", "source_changed", "training_config_changed", "history_damaged", "results_damaged",
    "session_damaged",
)  # fmt: skip
FIELDS = (
    Field(("seed",), "integer", 17, low=0, high=9, about="Where chance begins."),
    Field(("lr",), "number", 0.1, low=0, open_low=True, multiple=0.5), Field(("on",), "boolean", False),
    Field(("kind",), "choice", "b", choices=("a", "b")), Field(("may",), "choice", optional=True, choices=("a", "b")),
    Field(("some",), "choices", ["a"], choices=("a", "b")), Field(("word",), "text", "x"),
    Field(("words",), "list", ["x"]),
)  # fmt: skip
VALUES = (3, 1.5, True, "a", "b", ["b"], "y", ["y", "z"])


def text() -> str:
    parts = []
    for make in (_run, _actions, _try, _result, _verdict, _sessions, _compared, _settings, _datasets):
        widget, states = make()
        parts += _of(widget, states)
        widget.deleteLater()
    for field, value in zip(FIELDS, VALUES, strict=True):
        row = FieldRow(field, narrow=field.key == "seed")
        parts += _of(row, {
            field.key: lambda row=row, field=field: row.put(field.default, field.default),
            f"{field.key} changed": lambda row=row, field=field, value=value: row.put(value, field.default),
            f"{field.key} wrong": lambda row=row: row.complain("Not so."),
        })  # fmt: skip
        row.deleteLater()
    return "\n".join([*parts, *_tray()]) + "\n"


def _of(widget: QWidget, states: States) -> Iterator[str]:
    before: list[str] = []
    for name, begin in states.items():
        begin()
        lines = parts_of_page.lines_of(widget)
        yield f"# {name}"
        yield from parts_of_page.differing(before, lines) if before else lines
        before = lines


def _run() -> tuple[QWidget, States]:
    page = RunPage()

    def show(view: View) -> Callable[[], None]:
        return lambda: page.render_view(view, NOW)

    cut = {"kind": "power", "lost_seconds": 130.0, "step": "train", "unit": 4}
    states: States = {
        "run: none": show(View()),
        "run: starting": show(replace(REST, phase="starting")),
        "run: running": show(RUN),
        "run: so far nothing saved": show(replace(RUN, unsaved=None, saved=None, rate=None, eta_total=None)),
        "run: after a cut": show(replace(RUN, incident=cut)),
        "run: pausing": show(replace(RUN, phase="pausing")),
        "run: waiting": show(replace(RUN, phase="waiting", waiting=sentence("disk.full", path="/x", error="28"))),
        "run: restarting": show(replace(RUN, phase="restarting", retry_at=NOW + 5)),
        "run: elsewhere": show(replace(RUN, phase="elsewhere")),
        "run: paused": show(replace(REST, phase="paused", reason=Sentence("run.pause_by_window"))),
        "run: cut": show(replace(REST, phase="paused", cut=True)),
    }
    for code in PROBLEMS:
        problem = Problem(code, sentence("disk.full", path="/x", error="28"), sentence("action.disk_full"))
        states[f"run: {code}"] = show(replace(REST, phase="failed", problem=problem))
    states |= {
        "run: starting over is asked": lambda: page._problem._banner._act("remedy0"),
        "run: not so": lambda: page._problem._banner._act("no"),
        "run: countdown": lambda: page.count_down("In 9 s."),
        "run: no countdown": lambda: page.count_down(""),
        "run: others": lambda: [page.put_others([("a", "A"), ("b", "B & C")]), page.render_view(REST, NOW)],
        "run: sleepless": lambda: page.tell_sleep("It may fall asleep."),
        "run: hindered": lambda: page.tell_hindrance("Its disk is not there."),
        "run: elsewhere another": lambda: page.tell_elsewhere("Another one runs.", "b"),
        "run: nothing of that": lambda: [
            tell("") for tell in (page.tell_sleep, page.tell_hindrance, lambda _: page.tell_elsewhere("", ""))
        ],
    }  # fmt: skip
    return page, states


def _row(status: str, name: str = "one") -> SessionRow:
    return SessionRow(f"20261123-081500-{name}", Path("/x") / name, name, status, "train", 4, 0.5, None, None, None)


def _actions() -> tuple[QWidget, States]:
    owner = QWidget()
    actions = SessionActions(QueryPool(owner), Banner())
    actions.destroyed.connect(owner.deleteLater)
    states: States = {"selected: none": lambda: actions.put([])}
    for status in ORDER:
        states[f"selected: {status}"] = lambda status=status: actions.put([_row(status)])
    states["selected: two"] = lambda: actions.put([_row("paused"), _row("finished")])
    return actions, states


def _try() -> tuple[QWidget, States]:
    trial = TryIt()
    base, tuned = trial.sides["base"], trial.sides["tuned"]
    return trial, {
        "try: no session": lambda: None,
        "try: a session": lambda: trial.put(Path("/x")),
        "try: with files": lambda: trial.put_files(GgufFiles(("Q4_K_M", "Q8_0"))),
        "try: with a question": lambda: trial.question.setPlainText("?"),
        "try: asked": lambda: [card.begin("Waiting ...") for card in (base, tuned)],
        "try: being answered": lambda: base.answers("base-Q8_0.gguf"),
        "try: answered": lambda: tuned.end(
            {"sections": {"task": "T", "logic": "L"}, "final": "F", "tokens": 3, "tokens_per_second": 1.5}
        ),
        "try: told": lambda: base.tell("It failed."),
        "try: under its question": lambda: trial._put_asked("7 + 8 = ?"),
        "try: hindered": lambda: trial.put_hindrance("A run goes on."),
    }


def _result() -> tuple[QWidget, States]:
    panel = ResultPanel()
    return panel, {
        "result: none": lambda: None,
        "result: reading": lambda: panel.put(RunResult(problem="Reading ...")),
        "result: empty": lambda: panel.put(RunResult()),
        "result: so long": lambda: panel.took(3_600.0),
    }


def _verdict() -> tuple[QWidget, States]:
    verdict = Verdict(lambda _: None, lambda _, __: None)
    full = to_json(sentence("disk.full", path="/x", error="28"))
    change = to_json(sentence("action.disk_full"))

    def found(*levels: str) -> Callable[[], None]:
        findings = [{"level": level, "what": full, "why": full, "change": change} for level in levels]
        return lambda: verdict.put({"problems": [], "findings": findings})

    return verdict, {
        "check: none": lambda: None,
        "check: going on": verdict.wait,
        "check: fits": found("ok"),
        "check: with a warning": found("ok", "warning"),
        "check: does not fit": found("error", "warning"),
        "check: a wrong key": lambda: verdict.put({"problems": [{"key": "seed", "sentence": full}], "findings": []}),
        "check: failed": lambda: verdict.fail("It could not be checked."),
    }


def _sessions() -> tuple[QWidget, States]:
    root = Path("/x")
    page = SessionsPage(root)
    one, two, last = _row("paused"), _row("finished", "two"), _row("running", "last")

    def looked(*rows: SessionRow, place: tuple[int, int] | None = (1, 2), trouble: str = "") -> Callable[[], None]:
        return lambda: page._show_rows(Looked(root, place, rows, trouble, 0.0))

    return page, {
        "sessions: not read yet": lambda: None,
        "sessions: some are wanted before": lambda: page._filter.setText("two"),
        "sessions: all are wanted before": lambda: page._filter.setText(""),
        "sessions: none": looked(),
        "sessions: cannot be read": looked(place=None, trouble="Permission denied"),
        "sessions: three": looked(one, two, last),
        "sessions: one is chosen": lambda: page.select([one.session]),
        "sessions: all are chosen": lambda: page.select([one.session, two.session, last.session]),
        "sessions: some are shown": lambda: page._filter.setText("two"),
        "sessions: none fits": lambda: page._filter.setText("no such"),
        "sessions: all are shown": lambda: page._filter.setText(""),
        "sessions: one is gone": looked(one, two),
        "sessions: that was read": lambda: page._message._act("close"),
        "sessions: two are gone": looked(last),
        "sessions: their folder is gone": looked(place=None),
        "sessions: it is back": looked(last),
        "sessions: a bare folder in its place": looked(place=(3, 4)),
    }


def _compared() -> tuple[QWidget, States]:
    table = ComparisonTable()
    table._queries.ask = lambda *_: None  # type: ignore[method-assign]
    sides = [ComparedSession(name, Entry(name, Path("/x") / name, "paused"), Table()) for name in ("a", "b & c")]
    return table, {
        "compared: none": lambda: table.put([]),
        "compared: two that are asked": lambda: table.put(sides),
        "compared: one has answered": lambda: table._told(0, {"values": {"seed": 1, "name": "a"}}),
        "compared: both have": lambda: table._told(1, {"values": {"seed": 2, "name": "b"}}),
        "compared: one cannot": lambda: table._told(1, "?"),
        "compared: one alone": lambda: table.put(sides[:1]),
    }


def _settings() -> tuple[QWidget, States]:
    page = SettingsPage(SettingsOfWindow(), "/usual")
    other = SettingsOfWindow(
        data_root="/s", on_logon="off", language="ja", theme="dark", notifications=False, threads=3, inhibit_sleep=False
    )
    return page, {
        "settings: as they are first": lambda: None,
        "settings: others": lambda: page.put(other),
        "settings: it starts at logon": lambda: page.put_autostart(True, "By the desktop.", "note"),
        "settings: an entry that is broken": lambda: page.put_autostart(False, "It is gone.", "warning"),
        "settings: not kept": lambda: page.tell("error", "They cannot be kept."),
    }


def _datasets() -> tuple[QWidget, States]:
    made = DatasetList()
    one = {"name": "one", "source": "local", "path": "/x/one.jsonl", "adapter": "auto", "max_rows": 10}
    hub = {"name": "two", "source": "hub", "path": "a/b", "revision": "v1", "adapter": "columns", "use": "evaluation"}
    hub["columns"] = {"prompt": "question", "response": "answer"}
    demo = {"name": "demo", "source": "local", "path": "demo:chat", "use": "train"}
    return made, {
        "datasets: none": lambda: None,
        "datasets: one that is missing": lambda: made.put([one]),
        "datasets: three": lambda: made.put([one, hub, demo]),
        "datasets: looked at": lambda: made.put_levels(["error", "ok", "warning"]),
        "datasets: chosen": lambda: made.select(("datasets", "1", "path")),
        "datasets: none is chosen": made.choose_none,
        "datasets: no id": lambda: made._refuse("a b", " a b "),
        "datasets: an id": lambda: made._refuse("a/b", "a/b"),
        "datasets: two": lambda: made.put([one, demo]),
    }


def _tray() -> Iterator[str]:
    tray, before = Tray(), list[str]()
    two = [("a", "A"), ("b", "B & C")]
    states: States = {
        "nothing": lambda: tray.render_view(View(), NOW, None),
        "to resume": lambda: tray.render_view(REST, NOW, ("a", "A & B")),
        "counting": lambda: tray.render_view(REST, NOW, ("a", "A"), "In 9 s."),
        "running": lambda: tray.render_view(RUN, NOW, ("a", "A")),
        "pausing": lambda: tray.render_view(replace(RUN, phase="pausing"), NOW, ("a", "A")),
        "others and recent ones": lambda: [
            tray.show_others(two), tray.show_recent(two), tray.render_view(REST, NOW, None)
        ],
        "another one": lambda: [tray.show_others(two[1:]), tray.show_recent(two[1:]), tray.show_autostart(True)],
        "none of them": lambda: [tray.show_others([]), tray.show_recent([]), tray.render_view(REST, NOW, None)],
        "in another language": lambda: [tray.relabel(), tray.render_view(REST, NOW, None)],
    }  # fmt: skip
    for name, begin in states.items():
        begin()
        lines = [repr(tray._icon.toolTip()), *_entries(tray._menu)]
        yield f"# tray: {name}"
        yield from parts_of_page.differing(before, lines) if before else lines
        before = lines
    tray.deleteLater()


def _entries(menu: QMenu) -> Iterator[str]:
    for action in menu.actions():
        ticked = f" {'ticked' if action.isChecked() else 'not ticked'}" if action.isCheckable() else ""
        off = " off" if not action.isEnabled() else ""
        if action.isSeparator():
            yield "-"
        elif action.isVisible():
            yield f"{action.text()!r}{ticked}{off}"
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from (f" {line}" for line in _entries(inner))
