"""The pages against the engine's real command line: every question a page asks is one that is answered there."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from helpers import sample_sessions
from so8t_engine.commands import arguments, start
from so8t_engine.config import file as config_file
from so8t_engine.session import store
from so8t_gui.forms.alpha_preview import AlphaPreview
from so8t_gui.forms.findings import Verdict
from so8t_gui.pages.doctor import DoctorPage
from so8t_gui.pages.new_session import NewSessionPage
from so8t_gui.pages.sessions import SessionsPage

LONG = 90_000  # the engine's process has to start, on a machine that may be busy


def opened(qtbot: QtBot, root: Path, engine: Sequence[str]) -> NewSessionPage:
    page = NewSessionPage(root, engine)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    return page


def settled(qtbot: QtBot, page: NewSessionPage) -> Verdict:
    """Until nothing is asked any more."""
    names = ("form", "check", "curve")
    clocks = (page._check_clock, page._curve_clock)
    qtbot.waitUntil(
        lambda: not any(page._desk.asking(name) for name in names) and not any(clock.isActive() for clock in clocks),
        timeout=LONG,
    )
    assert page._message.text == ""
    verdict = page.findChild(Verdict)
    assert isinstance(verdict, Verdict)
    return verdict


def noting(engine: Sequence[str], folder: Path) -> tuple[Sequence[str], Callable[[], list[str]]]:
    """The same command, which also notes what it was asked; and these questions, a line each."""
    notes, program = folder / "questions", folder / "noting.py"
    program.write_text(
        f"import subprocess, sys\nopen({str(notes)!r}, 'a').write(' '.join(sys.argv[1:]) + '\\n')\n"
        f"sys.exit(subprocess.call([*{list(engine)!r}, *sys.argv[1:]]))\n",
        encoding="utf-8",
    )
    return (sys.executable, "-I", "-S", str(program)), lambda: notes.read_text().splitlines()


def engine_takes(words: list[str]) -> argparse.Namespace:
    """By the parser of `so8t-engine`, which the window starts."""
    parser = argparse.ArgumentParser(exit_on_error=False)
    commands = parser.add_subparsers(dest="command", required=True)
    start.add_run(commands, arguments.common())
    return parser.parse_args(words)


def test_a_new_session_from_each_preset_is_shown_checked_and_could_start(
    qtbot: QtBot, tmp_path: Path, engine: Sequence[str]
) -> None:
    page = opened(qtbot, tmp_path, engine)
    verdict = settled(qtbot, page)
    curve = page.findChild(AlphaPreview)
    assert isinstance(curve, AlphaPreview)
    assert verdict.problems == () and not verdict.unfit
    names = [name for name, _ in config_file.presets()]
    listed = {str(combo.itemData(i)) for combo in page.findChildren(QComboBox) for i in range(combo.count())}
    assert set(names) <= listed
    for name in names:
        page.start_from_preset(name)
        verdict = settled(qtbot, page)
        assert page.draft.preset == name and verdict.problems == () and verdict.sentences
        assert len(curve.points) > 10
        config = config_file.load_preset(name)
        assert page.draft.values == config.model_dump(mode="json")
        assert engine_takes(page.draft.arguments).preset == name


def test_it_opens_with_one_question_and_one_check(qtbot: QtBot, tmp_path: Path, engine: Sequence[str]) -> None:
    noted, questions = noting(engine, tmp_path)
    page = opened(qtbot, tmp_path / "root", noted)
    settled(qtbot, page)
    assert [line.split(" --")[0] for line in questions()] == ["config form", "config check"]

    page.start_from_preset("phi35-so8t")
    settled(qtbot, page)
    page._edited(("seed",), 77)
    settled(qtbot, page)
    assert [line.split(" --")[0] for line in questions()[2:]] == ["config form", "config check", "config check"]

    page._edited(("alpha", "schedule"), "linear")
    settled(qtbot, page)
    assert sorted(line.split(" --")[0] for line in questions()[5:]) == ["alpha", "config check"]
    curve = page.findChild(AlphaPreview)
    assert isinstance(curve, AlphaPreview)
    assert curve.points[80][1] == pytest.approx((curve.points[0][1] + curve.points[-1][1]) / 2)

    page._edited(("ppo", "total_episodes"), 0)
    settled(qtbot, page)
    assert {alpha for _, alpha in curve.points} == {1.0}
    page._edited(("algorithm",), "grpo")
    settled(qtbot, page)
    assert curve.points[-1][1] < 0.4
    page._edited(("grpo", "max_steps"), 0)
    settled(qtbot, page)
    assert {alpha for _, alpha in curve.points} == {1.0}


def test_the_check_is_of_the_folder_in_which_the_window_keeps_its_sessions(
    qtbot: QtBot, tmp_path: Path, engine: Sequence[str]
) -> None:
    (tmp_path / "file").write_text("")
    page = opened(qtbot, tmp_path / "file" / "inside", engine)
    settled(qtbot, page)
    assert page._verdict.unfit and not page._start.isEnabled()
    page.set_root(tmp_path / "fine")
    settled(qtbot, page)
    assert not page._verdict.unfit and page._start.isEnabled()


def test_a_file_that_cannot_be_read_at_first_leaves_the_form_of_the_demo(
    qtbot: QtBot, tmp_path: Path, engine: Sequence[str]
) -> None:
    """As when the program is started with such a file: the form is there, what is wrong, and no Start of another."""
    page = NewSessionPage(tmp_path, engine)
    qtbot.addWidget(page)
    page.start_from_file(str(tmp_path / "mine.yaml"))
    page.show()
    qtbot.waitUntil(lambda: bool(page.draft.values) and not page._desk.asking("check"), timeout=LONG)
    assert page.draft.preset == "demo" and page._form is not None and not page._start.isEnabled()
    assert "There is no file" in page._message.text


def test_a_check_that_failed_says_why_and_one_that_is_made_is_not_made_again(
    qtbot: QtBot, tmp_path: Path, engine: Sequence[str]
) -> None:
    page = NewSessionPage(tmp_path, engine)
    qtbot.addWidget(page)
    page._check_failed("The engine ended without an answer.")
    verdict = page.findChild(Verdict)
    assert isinstance(verdict, Verdict) and "The engine ended without an answer." in verdict.sentences

    page._check_clock.start()
    page._check()
    assert not page._check_clock.isActive()


def test_a_wrong_value_is_named_and_a_right_one_reaches_the_engine(
    qtbot: QtBot, tmp_path: Path, engine: Sequence[str]
) -> None:
    page = opened(qtbot, tmp_path, engine)
    settled(qtbot, page)
    page._edited(("ppo", "learning_rate"), -1.0)
    verdict = settled(qtbot, page)
    assert [path for path, _ in verdict.problems] == [("ppo", "learning_rate")]

    page._edited(("ppo", "learning_rate"), 1e-6)
    assert settled(qtbot, page).problems == ()
    taken = engine_takes(page.draft.arguments)
    assert start.load_config(taken.file, taken.preset, taken.set).ppo.learning_rate == 1e-6


def test_a_duplicate_of_an_old_session_has_its_values(qtbot: QtBot, tmp_path: Path, engine: Sequence[str]) -> None:
    config = config_file.load_preset("demo", ["seed=77", "description=学習"])
    made = store.create(tmp_path, "20260101-000000-x", config_file.dump(config), "then")
    page = opened(qtbot, tmp_path, engine)
    settled(qtbot, page)
    page.start_from_file(str(made / store.CONFIG))
    assert settled(qtbot, page).problems == ()

    assert page.draft.values == config.model_dump(mode="json")
    taken = engine_takes(page.draft.arguments)
    assert start.load_config(taken.file, taken.preset, taken.set) == config


UNREADABLE = {
    b"name: [broken\n": "not valid YAML",
    "name: \u5b66\u7fd2\n".encode("shift_jis"): "is saved in Shift_JIS (cp932)",
    b"- a\n- b\n": "a configuration consists of 'key: value' lines",
    None: "There is no file",
}


def test_a_file_that_cannot_be_read_is_a_sentence_and_leaves_the_form(
    qtbot: QtBot, tmp_path: Path, engine: Sequence[str]
) -> None:
    page = opened(qtbot, tmp_path, engine)
    settled(qtbot, page)
    values, file = page.draft.values, tmp_path / "mine.yaml"
    for written, words in UNREADABLE.items():
        file.unlink(missing_ok=True)
        if written is not None:
            file.write_bytes(written)
        page.start_from_file(str(file))
        qtbot.waitUntil(lambda words=words: words in page._message.text, timeout=LONG)  # type: ignore[misc]

        assert "Traceback" not in page._message.text
        assert page.draft.values == values


def test_a_dataset_that_vanished_is_named_before_the_start(qtbot: QtBot, tmp_path: Path, engine: Sequence[str]) -> None:
    data = tmp_path / "mine.jsonl"
    data.write_text('{"prompt": "1 + 1?", "response": "2"}\n', encoding="utf-8")
    page = opened(qtbot, tmp_path, engine)
    settled(qtbot, page)
    page._edited(("datasets",), [{"name": "mine", "source": "local", "path": str(data)}])
    assert settled(qtbot, page).problems == ()
    data.unlink()
    page._check()
    verdict = page.findChild(Verdict)
    assert isinstance(verdict, Verdict) and verdict._summary.text() == "Checking ..."
    verdict = settled(qtbot, page)

    assert any(str(data) in sentence for sentence in verdict.sentences)
    assert verdict.unfit or verdict.problems


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="would fill this user's own trash")
def test_the_real_trash_takes_what_is_selected(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.setenv("HOME", str(tmp_path))
    sample_sessions.make_all(tmp_path / "root")
    page = SessionsPage(tmp_path / "root")
    qtbot.addWidget(page)
    page.show()
    names = ["20261123-081500-phi35-so8t", "20261122-190000-demo", "20261101-000000-future"]
    qtbot.waitUntil(lambda: page._model.rowCount() == 6)
    page.select(names)
    page._actions.ask_trash()
    yes = page._message.findChild(QPushButton, "yes")
    assert isinstance(yes, QPushButton)
    yes.click()
    qtbot.waitUntil(lambda: "in the trash" in page._message.text, timeout=LONG)
    qtbot.waitUntil(lambda: page._model.rowCount() == 3)

    assert not any((tmp_path / "root" / name).exists() for name in names)
    assert len(list((tmp_path / "share").rglob(store.CONFIG))) == 3


def test_the_diagnostics_hold_what_the_engine_says(qtbot: QtBot, tmp_path: Path) -> None:
    page = DoctorPage(tmp_path)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: not page._desk.asking("doctor"), timeout=LONG)

    assert "memory" in page.text and "protocol" in page.text


def test_a_page_of_diagnostics_that_was_seen_asks_of_another_folder_and_says_why_it_has_no_answer(
    qtbot: QtBot, tmp_path: Path
) -> None:
    page = DoctorPage(tmp_path / "a", ("/nowhere/python",))
    qtbot.addWidget(page)
    page.set_root(tmp_path / "b")
    assert page.text == "", "nobody has looked at it"
    page.show()
    qtbot.waitUntil(lambda: "could not be started" in page.text)
    page.set_root(tmp_path / "c")
    assert str(tmp_path / "c") in page.text and "could not be started" not in page.text
    qtbot.waitUntil(lambda: "could not be started" in page.text)
