"""Every button of the page Run, pressed in the whole application, and what is seen of it."""

from __future__ import annotations

import csv
import json
import shutil
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QPushButton

from helpers import sample_report, toy_engine
from helpers.application import (
    CUT,
    FAILED,
    FINISHED,
    PAUSED,
    Application,
    Presses,
    actions_of,
    buttons_of,
    drawn,
    label_of,
    titles,
)
from so8t_engine.session import catalog
from so8t_gui.i18n.translate import tr
from so8t_gui.result.answer_view import FoldedSection, section_title
from so8t_gui.sessions.rows import share_of
from so8t_gui.view.state import View

presses = Presses("run")
MODEL = "demo-20261122-190000"  # there is an older session of the same name


def test_every_button_of_the_page_run(application: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    presses.run(application, monkeypatch)


@presses.of("Try the &demo")
def demo(application: Application, _: pytest.MonkeyPatch) -> None:
    """Offered as long as no session is shown."""
    application.show_none()
    application.press("Try the &demo")
    application.wait(lambda: application.controller.runner.view.phase == "running")
    assert application.engine_starts == [["run", "--preset", "demo", "--data-root", str(application.root)]]
    application.rest()
    assert not application.sees("Try the &demo")


@presses.of("&Resume")
def resume(application: Application, _: pytest.MonkeyPatch) -> None:
    application.show(PAUSED)
    application.press("&Resume")
    application.wait(lambda: application.controller.runner.view.phase == "running")
    assert application.engine_starts[1:] == [["resume", PAUSED, "--data-root", str(application.root)]]
    assert application.sees("&Pause") and not application.sees("&Resume")


@presses.of("Sa&ve now")
def save(application: Application, _: pytest.MonkeyPatch) -> None:
    """That it was asked for is said at once: the next restart point may be a minute away."""
    head = application.pages.run._head
    assert application.controller.runner.view.saved is None
    application.press("Sa&ve now")
    assert head._safe.text() == tr("Saving at the next restart point ...") and not application.sees("Sa&ve now")
    application.controller.drawing.render()
    assert head._safe.text() == tr("Saving at the next restart point ...") and not application.sees("Sa&ve now")
    application.wait(lambda: application.controller.runner.view.saved is not None)
    application.wait(lambda: application.sees("Sa&ve now"))
    assert head._safe.text() not in ("", tr("Saving at the next restart point ..."))


def test_the_share_is_that_of_the_last_save_where_nothing_newer_is_known(application: Application) -> None:
    """Other programs read it from the save: after a step's end the next may load for minutes and say nothing."""
    application.run()
    assert not any("71 %" in text for text in application.pages.run.texts)
    application.press("Sa&ve now")
    application.wait(lambda: any("71 %" in text for text in application.pages.run.texts))
    assert "71 %" in application.controller.tray._icon.toolTip()


@presses.of("&Pause")
def pause(application: Application, _: pytest.MonkeyPatch) -> None:
    application.press("&Pause")
    application.wait(lambda: not application.controller.runner.running)
    assert application.controller.runner.view.phase == "paused" and application.sees("&Resume")


@presses.of("Resume &another ...")
def resume_another(application: Application, _: pytest.MonkeyPatch) -> None:
    """The list is in the order in which they would go on, without the one that is shown."""
    others = application.pages.run._head._others
    application.wait(lambda: bool(others.actions()))
    application.press("Resume &another ...")
    found = others.actions()
    assert ["24gb" in action.text() for action in found] == [True, False, False]
    runner, seen = application.controller.runner, list[View]()
    runner.changed.connect(lambda *_: seen.append(runner.view))
    found[0].trigger()
    others.close()
    application.wait(lambda: application.controller.runner.view.phase == "running")
    begun = [view for view in seen if view.session == CUT]
    known = share_of(catalog.entry(application.root / CUT))
    assert known and all(view.share >= known for view in begun), "never as if everything were lost"
    assert begun and all(view.steps[0].state == "done" for view in begun)
    assert application.engine_starts[-1][:2] == ["resume", CUT] and not application.sees("Resume &another ...")
    application.rest()
    application.show(PAUSED)


@presses.of("A&dopt")
def adopt(application: Application, _: pytest.MonkeyPatch) -> None:
    """A copy cannot be resumed: the page says what it is and offers what helps, then shows the session it became."""
    copied, copy = f"{PAUSED} - Copy", f"{PAUSED}-copy"
    shutil.copytree(application.root / PAUSED, application.root / copied)
    application.show(copied)
    assert application.sees("A&dopt") and not application.sees("&Resume")
    assert str(application.root / PAUSED) in application.pages.run._message.text
    application.press("A&dopt")
    view = application.controller.runner
    application.wait(lambda: view.view.session == copy)
    sessions = application.pages.sessions
    application.wait(lambda: [row.session for row in sessions.selected] == [copy])
    assert application.page == "sessions" and application.sees("&Resume")
    application.open("run")
    assert application.sees("&Resume") and not application.sees("A&dopt")
    shutil.rmtree(application.root / copy)
    application.show(PAUSED)


@presses.of("Open &folder")
def open_folder(application: Application, _: pytest.MonkeyPatch) -> None:
    application.press("Open &folder")
    application.wait(lambda: application.opened.paths[-1:] == [str(application.root / PAUSED)])


@presses.of("Open re&port")
def open_report(application: Application, _: pytest.MonkeyPatch) -> None:
    """Of a finished session, on its result page, where its folder is opened too."""
    application.show(FINISHED)
    application.press("Open &folder")
    application.wait(lambda: application.opened.paths[-1:] == [str(application.root / FINISHED)])
    application.press("Open re&port")
    report = application.root / FINISHED / "report" / "report.html"
    application.wait(lambda: application.opened.paths[-1:] == [str(report)])

    report.rename(report.with_name("gone.html"))
    application.press("Open re&port")
    assert str(report) in application.pages.run._opening.text
    application.pages.run._opening.quieten()
    assert application.opened.paths[-1] == str(report) and application.opened.paths.count(str(report)) == 1
    report.with_name("gone.html").rename(report)


@presses.of("Make &its results again")
def make_again(application: Application, _: pytest.MonkeyPatch) -> None:
    """It is there where something of a finished session is gone, and begins step 5 again."""
    assert not application.sees("Make &its results again")
    model = application.root / FINISHED / "final_model"
    model.rename(model.with_name("elsewhere"))
    application.show(PAUSED)
    application.show(FINISHED)
    application.wait(lambda: application.sees("Make &its results again"))
    application.press("Make &its results again")
    application.wait(lambda: application.controller.runner.view.phase == "running")
    assert application.engine_starts[-1][:2] == ["resume", FINISHED]
    assert "--evaluate-again" in application.engine_starts[-1]
    application.rest()
    model.with_name("elsewhere").rename(model)
    application.show(PAUSED)


@presses.of("Add to Olla&ma", "&Copy this line")
def add_to_ollama(application: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the engine's own command line; a stand-in of Ollama in PATH notes what it was called with."""
    sample_report.write_gguf(application.root / FINISHED)
    monkeypatch.setenv("XDG_CACHE_HOME", str(application.folder / "cache"))
    log, program = application.folder / "called", application.folder / "bin" / "ollama"
    program.write_text(f"#!/bin/sh\necho $1 $2 $3 $4 > {log}\n")
    program.chmod(0o755)
    application.show(FINISHED)
    application.press("Add to Olla&ma")
    said = application.pages.run._handing_over
    application.wait(lambda: said.text.endswith(f"ollama run so8t/{MODEL}"))
    create, model, option, recipe = log.read_text().split()
    assert (create, model, option) == ("create", f"so8t/{MODEL}", "-f")
    assert Path(recipe).read_text() == f"FROM {application.root / FINISHED / 'gguf' / 'demo-Q8_0.gguf'}\n"
    application.press("&Copy this line")
    assert QGuiApplication.clipboard().text() == f"ollama run so8t/{MODEL}"
    program.write_text("#!/bin/sh\necho Error: no server >&2\nexit 1\n")
    application.press("Add to Olla&ma")
    application.wait(lambda: "Error: no server" in said.text)
    assert application.sees("Add to Olla&ma")


@presses.of("Add to LM St&udio")
def add_to_lm_studio(application: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    """First it is not there; then it is."""
    application.press("Add to LM St&udio")
    said = application.pages.run._handing_over
    application.wait(lambda: "lms import" in said.text)
    (application.folder / "home" / ".lmstudio").mkdir()
    application.press("Add to LM St&udio")
    place = application.folder / "home" / ".lmstudio" / "models" / "so8t" / MODEL / "demo-Q8_0.gguf"
    application.wait(lambda: str(place) in said.text)
    assert place.samefile(application.root / FINISHED / "gguf" / place.name)
    application.show(PAUSED)
    assert said.text == "" and not application.sees("Add to Olla&ma")


CHAT = """
import json, sys, time
words = sys.argv[1:]
base = "--base" in words
with open(LOG, "a") as log:
    log.write(json.dumps(words) + "\\n")
def say(**event):
    print(json.dumps(event), flush=True)
if "--prompt=busy" in words:
    say(v=2, name="failed", code="locked", sentence="A run goes on.", action="Pause it.")
    sys.exit(5)
say(event="answering", file="base.gguf" if base else "demo-Q8_0.gguf", model="x")
if "--prompt=slow" in words:
    time.sleep(600)
for section, text in [(None, "18")] if base else [("logic", "7 + 8"), ("logic", " = 15"), ("final", "15")]:
    say(event="text", text=text, section=section)
say(event="answer", sections={} if base else {"logic": "7 + 8 = 15"}, final="18" if base else "15", tokens=9,
    tokens_per_second=30.0, ended="stop")
"""


@presses.of("Show a&ll {n}")
def show_all_questions(application: Application, _: pytest.MonkeyPatch) -> None:
    body = sample_report.report()
    sample_report.write(application.root / FINISHED, body | {"samples": 2 * body["samples"]})
    application.show(FINISHED)
    application.wait(lambda: len(application.pages.run.result.cards) == 3)
    application.press("Show a&ll {n}")
    assert len(application.pages.run.result.cards) == 6


@presses.of("Tr&y it", "As&k", "&Stop")
def try_it(application: Application, _: pytest.MonkeyPatch) -> None:
    """Both answer, each with its file; the thoughts lie in their boxes. A stand-in speaks as `so8t chat` does."""
    log, script = application.folder / "chat.log", application.folder / "chat.py"
    script.write_text(f"LOG = {str(log)!r}\n{CHAT}")
    trial = application.pages.run.trial
    trial.engine = (sys.executable, str(script))
    sample_report.write_gguf(application.root / FINISHED)
    application.show(PAUSED)
    application.show(FINISHED)
    application.press("Tr&y it")
    assert trial.isVisible() and not application.sees("As&k")
    application.wait(lambda: trial.files.count() == 3)
    assert [trial.files.itemData(at) for at in range(3)] == ["Q8_0", "Q4_K_M", "F16"]
    assert trial.files.currentIndex() == 0 and "Q8_0" in trial.files.currentText() != "Q8_0"
    assert any("demo-Q8_0.gguf" in text for text in application.pages.run.result.texts)
    trial.question.setPlainText("7 + 8 = ?")
    application.press("As&k")
    base, tuned = trial.sides["base"], trial.sides["tuned"]
    application.wait(lambda: "30.0" in base.state and "30.0" in tuned.state and application.sees("As&k"))
    assert (base.view.final, tuned.view.final) == ("18", "15")
    assert "base.gguf" in base.file.text() and "demo-Q8_0.gguf" in tuned.file.text()
    lids = {lid.text(): lid.isEnabled() for lid in tuned.findChildren(FoldedSection)}
    assert len(lids) == 6 and [name for name, there in lids.items() if there] == [section_title("logic")]
    asked = [json.loads(line) for line in log.read_text().splitlines()]
    words = ["chat", FINISHED, "--data-root", str(application.root), "--json"]
    words += ["--quant", "Q8_0"]
    assert asked == [[*words, "--prompt=7 + 8 = ?"], [*words, "--base", "--prompt=7 + 8 = ?"]]

    trial.question.setPlainText("busy")
    application.qtbot.keyClick(trial.question, Qt.Key.Key_Return)
    application.wait(lambda: trial.message.text == "A run goes on.\nPause it.")
    assert application.sees("As&k") and (base.view.final, tuned.view.final) == ("", "")

    trial.files.setCurrentIndex(1)
    trial.question.setPlainText("slow")
    application.press("As&k")
    application.wait(lambda: "demo-Q8_0.gguf" in tuned.file.text())
    application.press("&Stop")
    assert application.sees("As&k") and not application.sees("&Stop") and len(log.read_text().splitlines()) == 4
    assert json.loads(log.read_text().splitlines()[-1])[5:7] == ["--quant", "Q4_K_M"]


@presses.of("&Log scale", "By &time", "Foll&ow")
def look_of_the_plot(application: Application, _: pytest.MonkeyPatch) -> None:
    application.show(PAUSED)
    application.wait(lambda: drawn(application) != [] and min(drawn(application)) > 50)
    chart = application.pages.run.panel.chart
    for label, name in (("&Log scale", "log"), ("By &time", "by_time"), ("Foll&ow", "follow")):
        before = getattr(chart.options, name)
        application.press(label)
        assert getattr(chart.options, name) is not before
        application.press(label)
        assert getattr(chart.options, name) is before


@presses.of("As a ta&ble")
def plot_as_text(application: Application, _: pytest.MonkeyPatch) -> None:
    panel = application.pages.run.panel
    application.press("As a ta&ble")
    assert panel._text.isVisible() and len(panel._text.toPlainText().splitlines()) > 20
    application.press("As a ta&ble")
    assert panel.chart.isVisible()


@presses.of("E&xport", "&OK")
def export(application: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    """The button opens a menu and waits; an entry is chosen while it does."""
    panel = application.pages.run.panel
    entries = {action.text(): action for action in actions_of(application.pages.run.panel)}
    assert set(entries) == {"CSV", "PNG", "SVG"}
    for ending, action in entries.items():
        path = application.folder / f"plot.{ending.lower()}"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, path=path: (str(path), ""))
        menu = next(button.menu() for button in buttons_of(panel) if isinstance(button, QPushButton) and button.menu())
        seen: list[bool] = []

        def choose(menu=menu, action=action, seen=seen) -> None:  # type: ignore[no-untyped-def]
            seen.append(menu.isVisible())
            menu.close()
            action.trigger()

        QTimer.singleShot(0, choose)
        application.press("E&xport")
        application.wait(lambda seen=seen: bool(seen))  # type: ignore[misc]
        assert seen == [True] and path.stat().st_size > 500 and str(path) in panel._message.text
        application.press("&OK")
        assert panel._message.text == ""
    with (application.folder / "plot.csv").open(encoding="utf-8") as file:
        assert len(list(csv.DictReader(file))) == 180


@presses.of("Back to the run")
def back_to_the_run(application: Application, _: pytest.MonkeyPatch) -> None:
    application.controller.navigation.compare([application.root / CUT, application.root / FINISHED])
    application.wait(lambda: len(drawn(application)) == 2 and min(drawn(application)) > 20)
    application.press("Back to the run")
    application.wait(lambda: len(drawn(application)) == 1 and min(drawn(application)) > 50)
    assert titles(application) == [PAUSED] and not application.sees("Back to the run")


@presses.of("&Cancel")
def cancel_the_countdown(application: Application, _: pytest.MonkeyPatch) -> None:
    offer, starts, root = application.controller.offer, len(application.engine_starts), application.folder / "whole"
    toy_engine.broken_off(root)  # the sample sessions have no checkpoints, so nobody would resume them
    offer.look(root, lambda: offer.begin("auto", False))
    application.wait(lambda: offer.counting != "")
    assert offer.counting in application.pages.run.texts
    application.press("&Cancel")
    assert offer.counting == "" and not application.sees("&Cancel") and len(application.engine_starts) == starts


@presses.of("Start &new ...")
def start_new(application: Application, _: pytest.MonkeyPatch) -> None:
    application.press("Start &new ...")
    assert application.page == "new" and application.pages.new.isVisible()


def test_the_log_is_searched(application: Application) -> None:
    application.show(PAUSED)
    log = application.pages.run._log
    application.wait(lambda: "rollout batch" in log._lines.toPlainText())
    log._find.setText("LoRA")
    assert [line.partition(": ")[2] for line in log._lines.toPlainText().splitlines()] == [
        "LoRA r 64 on 128 maps, gates on 16 layers"
    ]
    log._find.clear()
    assert len(log._lines.toPlainText().splitlines()) == 3


def test_a_failed_session_says_why_and_can_be_resumed(application: Application) -> None:
    application.show(FAILED)
    assert "/data/sources" in application.pages.run._message.text and application.sees("&Resume")
    assert tr("&Resume") in {label_of(button) for button in buttons_of(application.pages.run) if button.isVisible()}
