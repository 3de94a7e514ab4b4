"""Two or more sessions side by side, in the whole application: curves, results, and what differs in configuration."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace

import yaml
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.application.test_layout import SMALL
from helpers.application import CUT, FAILED, FINISHED, NEW, PAUSED, Application, drawn
from helpers.sample_report import RESULTS
from so8t_engine import numerals
from so8t_engine.session import catalog, display_name, history, store
from so8t_gui.comparison.side_by_side import LAST, NOTHING
from so8t_gui.i18n.translate import tr
from so8t_gui.plot.labels import phase_name
from so8t_gui.result import report_file, verdict
from so8t_gui.sessions.rows import state_word
from so8t_gui.view import messages
from so8t_gui.widgets.tall_page import TallPage


def configure(application: Application, session: str, **changes: object) -> None:
    path = application.root / session / store.CONFIG
    values = yaml.safe_load(path.read_text(encoding="utf-8"))
    for key, value in changes.items():
        *sections, last = key.split("__")
        at = values
        for section in sections:
            at = at[section]
        at[last] = value
    path.write_text(yaml.safe_dump(values, allow_unicode=True), encoding="utf-8")


def test_compare_shows_results_and_the_keys_that_differ_below_the_curves(application: Application) -> None:
    """It showed curves alone: which of the two was better, and why, had to be remembered."""
    run = application.pages.run
    configure(application, PAUSED, seed=18, ppo__learning_rate=2e-5, convert__system_prompt="考えてから答えて")
    configure(application, FINISHED, ppo__learning_rate=1e-5)
    folder = application.root / FINISHED
    formed = RESULTS | {"base_format": 0.0, "tuned_format": 0.9}
    store.commit(folder, store.read_state(folder).changed(results=formed), {})
    display_name.give(folder, "first")
    display_name.give(application.root / PAUSED, "second")
    application.select(FINISHED, PAUSED)
    application.press("&Compare")
    table = run.comparison
    application.wait(lambda: any(line[0] == "seed" for line in table.lines))
    assert table.isVisible() and not run._log.isVisible() and len(drawn(application)) == 2
    names = [table.horizontalHeaderItem(column).text() for column in range(3)]
    lines = {line[0]: dict(zip(names[1:], line[1:], strict=True)) for line in table.lines}
    report = report_file.read(folder)
    base, tuned = report.shares[0], report.shares[-1]
    assert (base.share, tuned.share, report.graded) == (RESULTS["base"], RESULTS["tuned"], 340)
    assert names == ["", "first", "second"] or names == ["", "second", "first"]
    assert lines[tr("State")] == {"first": state_word("finished"), "second": state_word("paused")}
    for label, share in (("Right answers, base model", base), ("Right answers, tuned model", tuned)):
        said = tr("{said}, of {n} questions", said=verdict.share_with_interval(share), n=340)
        assert lines[tr(label)] == {"first": said, "second": NOTHING}
    assert lines[tr("Well-formed, tuned model")]["first"] == numerals.percent(0.9)
    assert lines[tr("Time worked")] == {"first": messages.duration(295.0), "second": NOTHING}
    losses = lines[tr("Loss, {phase} (mean of the last {n})", phase=phase_name("ppo"), n=LAST)]
    assert all(losses[name] not in ("", NOTHING) for name in names[1:])
    assert lines["seed"] == {"first": "17", "second": "18"}
    assert lines["ppo.learning_rate"] == {"first": "1e-05", "second": "2e-05"}
    assert lines["convert.system_prompt"]["second"] == "考えてから答えて"
    results, differing = tr("Results"), tr("Configuration: keys that differ")
    rows = [line[0] for line in table.lines]
    assert rows[0] == results and set(rows[rows.index(differing) + 1 :]) == {
        "seed", "ppo.learning_rate", "convert.system_prompt",
    }  # fmt: skip
    application.press("Back to the run")
    assert not table.isVisible()


def test_a_configuration_that_cannot_be_read_is_said_and_equal_ones_differ_in_nothing(application: Application) -> None:
    table = application.pages.run.comparison
    application.select(FINISHED, CUT)
    application.press("&Compare")
    application.wait(lambda: tr("None") in [line[0] for line in table.lines])
    (application.root / CUT / store.CONFIG).write_text("seed: [", encoding="utf-8")
    application.select(PAUSED, CUT)
    application.press("&Compare")
    application.wait(lambda: any(line[0] == tr("Cannot be read") for line in table.lines))
    language = application.controller.preferences.now.language
    other = "en" if language == "ja" else "ja"
    pages = application.pages
    pages.settings.changed.emit(replace(application.controller.preferences.now, language=other))
    application.wait(lambda: application.pages is not pages)
    table = application.pages.run.comparison
    application.wait(lambda: any(line[0] == tr("Cannot be read") for line in table.lines))
    assert table.lines[0][0] == tr("Results")


def test_all_sessions_at_once_fit_a_small_window_and_none_is_scrolled_sideways(application: Application) -> None:
    """Their names above the plot were in one row, which made the page wider than the window."""
    window, run = application.pages.window, application.pages.run
    window.resize(*SMALL)
    application.select(PAUSED, CUT, FINISHED, FAILED, NEW)
    application.press("&Compare")
    application.wait(lambda: run.comparison.columnCount() == 6 and len(run.panel.chart.lines) == 5)
    names = run.panel._names
    application.wait(lambda: names.height() >= run.panel._titles.heightForWidth(names.width()) > 0)
    [area] = [one for one in window.findChildren(TallPage) if one.isVisible()]
    assert area.horizontalScrollBar().maximum() == 0


def test_what_is_compared_is_read_again_when_one_of_them_has_gone_on(application: Application) -> None:
    """Paused, it still said Running, and its curve ended where it had been; the head of another one stood above it."""
    run, table = application.pages.run, application.pages.run.comparison
    application.show(PAUSED)
    application.select(CUT, PAUSED)
    application.press("&Compare")
    application.wait(lambda: len(drawn(application)) == 2 and tr("Asking the engine ...") not in str(table.lines))
    assert not run._head.isVisible() and run._behind.isVisible()
    compared = tr("{n} sessions beside each other.", n=2)
    assert run._behind.text == compared
    states = lambda: {line[0]: set(line[1:]) for line in table.lines}[tr("State")]  # noqa: E731
    assert states() == {state_word("cut"), state_word("paused")}
    updates = sum(len(line.table) for line in run.panel.chart.lines)

    folder = application.root / PAUSED
    entry = {"kind": "point", "phase": "ppo", "loss": 0.5, "alpha": 0.5}
    with (folder / history.NAME).open("ab") as file:
        for number in range(1_000, 1_004):
            file.write(history.line({"number": number, **entry}))
    store.commit(folder, replace(store.read_state(folder), status="failed"), {})
    run.look_again()
    application.wait(lambda: states() == {state_word("cut"), state_word("failed")})
    assert sum(len(line.table) for line in run.panel.chart.lines) == updates + 4
    assert tr("Asking the engine ...") not in str(table.lines), "what does not change is not asked again"
    shown = run.panel.chart.lines
    run.look_again()
    application.wait(lambda: not run._laid._busy)
    assert run.panel.chart.lines is shown, "nothing has changed"

    application.controller.resume(PAUSED)
    application.wait(lambda: application.controller.runner.view.phase == "running")
    application.select(CUT, FINISHED)
    application.press("&Compare")
    goes_on = tr('"{name}" goes on meanwhile.', name=messages.name(application.controller.runner.view))
    application.wait(lambda: run._behind.text == f"{compared} {goes_on}")
    assert not run._head.isVisible()
    application.press("Back to the run")
    assert run._head.isVisible() and application.sees("&Pause")


def test_the_name_of_the_page_run_leads_from_a_comparison_to_the_run(application: Application) -> None:
    """It stayed in the comparison."""
    window, run = application.pages.window, application.pages.run
    names, left = window._list, Qt.MouseButton.LeftButton
    ways = [
        lambda: QTest.mouseClick(names.viewport(), left, pos=names.visualItemRect(names.item(0)).center()),
        lambda: QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier),
    ]  # fmt: skip
    for way in ways:
        for page in ("run", "sessions"):
            application.select(CUT, PAUSED)
            application.press("&Compare")
            application.wait(lambda: len(drawn(application)) == 2)
            application.open(page)
            assert run._overlay, "a page that the program opens leaves it as it is"
            way()
            assert application.page == "run" and not run._overlay and run._head.isVisible()


def test_a_mean_over_fewer_updates_says_of_how_many_and_phases_are_marked_in_their_sessions_colour(
    application: Application,
) -> None:
    """The warm-up of one lay over the base training of another, without a word."""
    for session, phases in ((CUT, ("pretrain", "warmup")), (PAUSED, ("warmup", "ppo")), (FAILED, ("pretrain", "ppo"))):
        entries = [
            {"number": n + 1, "kind": "point", "phase": phases[n // 30], "loss": 1.0, "alpha": 1.0} for n in range(34)
        ]
        (application.root / session / history.NAME).write_bytes(b"".join(history.line(entry) for entry in entries))
    display_name.give(application.root / CUT, "first")
    application.select(CUT, PAUSED, FAILED)
    application.press("&Compare")
    run = application.pages.run
    application.wait(lambda: len(drawn(application)) == 3)
    lines = {line[0]: line[1:] for line in run.comparison.lines}
    few = tr("{figure} (only {n} updates)", figure="1", n=4)
    for phase, told in (("pretrain", {"1", NOTHING}), ("warmup", {few, "1", NOTHING}), ("ppo", {few, NOTHING})):
        label = tr("Loss, {phase} (mean of the last {n})", phase=phase_name(phase), n=LAST)
        assert set(lines[label]) == told
    chart = run.panel.chart
    inks = {line.title: chart.colour(place).name() for place, line in enumerate(chart.lines)}
    [warm] = [title for title in inks if title not in ("first", catalog.title(FAILED))]
    application.wait(lambda: len(chart._marks._lines) == 4)
    marks = {(mark.label.format, mark.value()): mark.pen.color().name() for mark in chart._marks._lines}
    own = {(phase_name("warmup"), 0.5): inks[warm], (phase_name("warmup"), 30.5): inks["first"]}
    assert own.items() <= marks.items() and len(marks) == 4
    shared = {marks[phase_name("pretrain"), 0.5], marks[phase_name("ppo"), 30.5]}
    assert not shared & set(inks.values()), "of two sessions"


def test_what_is_exported_of_a_comparison_holds_every_session_and_its_name(application: Application) -> None:
    """The CSV had the first alone, and the picture did not say which curve was whose; both were said to be written."""
    panel = application.pages.run.panel
    display_name.give(application.root / FINISHED, "first")
    application.select(FINISHED, PAUSED)
    application.press("&Compare")
    application.wait(lambda: len(drawn(application)) == 2 and all(drawn(application)))
    for ending in ("csv", "svg"):
        panel.export(application.folder / f"curves.{ending}")
    with (application.folder / "curves.csv").open(encoding="utf-8", newline="") as file:
        rows = Counter(row["session"] for row in csv.DictReader(file))
    lines = panel.chart.lines
    assert rows == {line.title: len(line.table) for line in lines} and "first" in rows and len(rows) == 2
    picture = (application.folder / "curves.svg").read_text(encoding="utf-8")
    assert all(f">{line.title}" in picture for line in lines)
