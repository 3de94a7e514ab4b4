"""The plot's switches, its titles, its words and its exports."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from so8t_gui.desktop import theme
from so8t_gui.plot.chart import ChartOptions, SessionCurves
from so8t_gui.plot.chart_panel import EXTRAS, WEIGHTS, ChartPanel
from so8t_gui.plot.event_lines import hue
from so8t_gui.plot.series import Table


@pytest.fixture
def panel(qtbot: QtBot) -> ChartPanel:
    made = ChartPanel()
    qtbot.addWidget(made)
    made.resize(800, 400)
    return made


def curves(title: str, updates: int = 3, timeline: bool = True) -> SessionCurves:
    table = Table()
    for number in range(1, updates + 1):
        table.add({"number": number, "phase": "ppo", "loss": 1.0 * number, "alpha": 0.5})
    return SessionCurves(title, table, [(updates, 60.0)] if timeline and updates else [])


def test_each_switch_changes_what_is_drawn_and_back(panel: ChartPanel) -> None:
    panel.put([curves("a")])
    assert panel.chart.options == ChartOptions() and panel._follow.isChecked()
    for box, name in ((panel._log, "log"), (panel._time, "by_time"), (panel._follow, "follow")):
        for _ in range(2):
            box.click()
            assert getattr(panel.chart.options, name) is box.isChecked()
    for place, extra in enumerate(("", *EXTRAS)):
        panel._extra.setCurrentIndex(place)
        panel._extra.activated.emit(place)
        assert panel.chart.options.extra == extra
    panel.chart.followed.emit(False)
    assert not panel._follow.isChecked()


def test_a_table_has_no_switches_of_curves(panel: ChartPanel) -> None:
    """By time changed nothing of it."""
    panel.put([curves("a")])
    of_curves = (panel._log, panel._time, panel._extra)
    for as_table in (True, False):
        panel._as_text.click()
        assert [one.isEnabled() for one in of_curves] == 3 * [not as_table]
        assert panel._follow.isEnabled() and panel._smooth.isEnabled()


def test_each_switch_is_told_each_time_it_is_set(panel: ChartPanel) -> None:
    told = list[int]()
    panel.switched.connect(lambda: told.append(1))
    for act in (
        panel._log.click, panel._time.click, panel._as_text.click, panel._as_text.click,
        lambda: panel._smooth.setValue(2), lambda: panel._extra.activated.emit(0),
    ):  # fmt: skip
        act()
        assert told == [1]
        told.clear()


def test_it_is_set_as_the_panel_of_another_language_was(panel: ChartPanel, qtbot: QtBot) -> None:
    for options, as_text in (
        (ChartOptions(WEIGHTS[2], log=True, extra="kl"), True), (ChartOptions(by_time=True, extra="gone"), False),
        (ChartOptions(), False),
    ):  # fmt: skip
        panel.take_up(options, as_text)
        known = replace(options, extra=options.extra if options.extra in EXTRAS else "")
        assert panel.chart.options == known and panel.as_text is as_text
        assert panel._smooth.value() == WEIGHTS.index(options.weight)
        switches = [box.isChecked() for box in (panel._log, panel._time, panel._follow)]
        assert switches == [options.log, options.by_time, options.follow]
        assert panel._extra.currentData() == (options.extra if options.extra in EXTRAS else "")


def test_a_smoothing_that_there_is_not_is_the_usual_one(panel: ChartPanel) -> None:
    panel.take_up(ChartOptions(WEIGHTS[2]), False)
    panel.take_up(ChartOptions(0.123), False)
    assert panel.chart.options.weight == ChartOptions().weight == WEIGHTS[panel._smooth.value()]


def titles(panel: ChartPanel) -> list[tuple[str, str]]:
    shown = [label for label in panel._names.findChildren(QLabel) if not label.parentWidget().isHidden()]
    return [(square.styleSheet(), title.text()) for square, title in zip(shown[::2], shown[1::2], strict=True)]


def test_several_sessions_have_titles_in_the_inks_of_their_curves(panel: ChartPanel) -> None:
    for names in (["a"], ["a", "b" * 200], ["c", "d"], []):
        panel.put([curves(name) for name in names])
        assert panel._names.isHidden() is (len(names) < 2)
        told = titles(panel)
        assert [title[:1] for _, title in told] == ([name[0] for name in names] if len(names) > 1 else [])
        assert [ink for ink, _ in told] == [f"color: {hue(n, panel.palette()).name()}" for n in range(len(told))]
        assert all(len(title) <= 80 for _, title in told)
    panel.put([curves("a"), curves("b")])
    panel.chart.setPalette(theme.palette(True))
    panel.setPalette(theme.palette(True))
    assert titles(panel)[0][0] == f"color: {hue(0, theme.palette(True)).name()}"


def test_as_a_table_each_of_several_sessions_has_its_name_and_the_place_read_at_stays(panel: ChartPanel) -> None:
    panel.show()
    panel.put([curves("a", 200)])
    panel._as_text.click()
    assert panel._stack.currentWidget() is panel._text and not panel._text.toPlainText().startswith("a\n")
    alone = panel._text.toPlainText()
    bar = panel._text.verticalScrollBar()
    assert bar.value() == bar.maximum() > 3, "it is followed"
    bar.setValue(3)
    assert not panel._follow.isChecked()
    panel.chart.lines[0].table.add({"number": 999, "phase": "ppo", "loss": 0.25, "alpha": 1.0})
    panel.changed()
    assert bar.value() == 3 and panel._text.toPlainText() != alone
    changes = list[bool]()
    panel._text.textChanged.connect(lambda: changes.append(True))
    panel.changed()
    assert not changes, "it was not written anew"
    panel.put([curves("a"), curves("b")])
    parts = panel._text.toPlainText().split("\n\n")
    assert [part.partition("\n")[0] for part in parts if part[:2] in ("a\n", "b\n")] == ["a", "b"]
    panel._as_text.click()
    assert panel._stack.currentWidget() is panel.chart
    panel.put([curves("c")])
    assert "a\n" in panel._text.toPlainText(), "nobody reads it"


def test_a_followed_table_and_the_line_below_it_go_with_the_newest(panel: ChartPanel) -> None:
    """The line stood at the update of which the table was made, and the newest row was out of sight."""
    panel.show()
    panel.put([curves("a", 200)])
    panel._as_text.click()
    bar = panel._text.verticalScrollBar()
    for number in range(201, 231):
        panel.chart.lines[0].table.add({"number": number, "phase": "ppo", "loss": 0.25, "alpha": 1.0})
        panel.changed()
        assert panel._under.text().startswith(f"update {number}, loss 0.25")
        assert bar.value() == bar.maximum() > 3
    bar.setValue(0)
    panel.changed()
    assert bar.value() == 0 and not panel.chart.options.follow
    panel._follow.click()
    assert bar.value() == bar.maximum() and panel.chart.options.follow


def test_below_the_plot_stands_what_is_pointed_at_or_why_there_is_nothing_or_the_newest(panel: ChartPanel) -> None:
    def under(*lines: SessionCurves) -> str:
        panel.put(lines)
        panel.chart.draw()
        return panel._under.text()

    panel.put([])
    assert panel._under.text() != "", "it need not be drawn for that"
    nothing, timeless = "Loss and alpha appear with the first update", "Times are available after the first save."
    assert under().startswith(nothing) and under(curves("a", 0)).startswith(nothing)
    assert under(curves("a", 0), curves("b")) == ""
    assert under(curves("a")).startswith("update 3, loss 3")
    panel._time.click()
    assert under(curves("a", timeline=False)) == timeless
    assert under(curves("a", timeline=False), curves("b")) == ""
    panel.chart.pointed.emit("update 2")
    assert panel._under.text() == "update 2" == under(curves("a", timeline=False))
    panel.chart.pointed.emit("")
    assert panel._under.text() == timeless
    panel._time.click()
    panel.chart.draw()
    assert panel._under.text().startswith("update 3")


def test_what_is_exported_is_written_where_the_user_wants_and_that_is_said(
    panel: ChartPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, picked = list[tuple[str, str]](), [""]

    def chosen(_parent: object, _title: str, name: str, kinds: str) -> tuple[str, str]:
        asked.append((Path(name).name, kinds))
        return picked[-1], ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    export = next(one for one in panel.findChildren(QPushButton) if one.accessibleName() == "Export")
    csv, png, svg = export.menu().actions()
    panel.put([replace(curves("first"), title="mine"), curves("second", 5)])
    csv.trigger()
    assert panel._message.text == "" and asked == [("mine, second.csv", "CSV (*.csv)")]
    for action, name, written in (
        (csv, "a", "a.csv"), (csv, "b.CSV", "b.CSV"), (png, "c", "c.png"), (svg, "d.svg", "d.svg"),
    ):  # fmt: skip
        picked.append(str(tmp_path / name))
        action.trigger()
        assert (tmp_path / written).stat().st_size > 0
        assert (panel._message._level, panel._message.text) == ("ok", f"Written to {tmp_path / written}.")
    assert len((tmp_path / "a.csv").read_text().splitlines()) == 1 + 3 + 5
    assert [name for name, _ in asked[1:]] == [f"mine, second.{end}" for end in ("csv", "csv", "png", "svg")]
    panel._message._act("close")
    panel.export(tmp_path / "none" / "a.csv")
    assert panel._message._level == "error" and "could not be written" in panel._message.text
    panel._message._act("close")
    assert panel._message.text == ""
    panel.put([])
    picked.append("")
    csv.trigger()
    panel.export(tmp_path / "e.csv")
    assert asked[-1][0] == "so8t.csv" and not (tmp_path / "e.csv").exists()
