"""The start: rule, countdown, what is missing; settings that hold at once; one window; a window that crashed."""

from __future__ import annotations

import functools
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from helpers.sample_sessions import make
from so8t_engine.config import file as config_file
from so8t_engine.session import catalog, display_name
from so8t_engine.session.state import Cursor, PipelineState
from so8t_gui import app, launcher
from so8t_gui.engine.events import Chosen
from so8t_gui.engine.interpreter import with_output
from so8t_gui.preferences import Preferences
from so8t_gui.startup.countdown import Countdown
from so8t_gui.startup.offer_resume import FolderLook, ResumeOffer
from so8t_gui.startup.unfinished_session import UnfinishedSession
from so8t_gui.view.notifications import Notice

NAME = "20260101-000000-x"


def unfinished(root: Path, *changes: str) -> None:
    config = config_file.dump(config_file.load_preset("demo", changes))
    make(root, NAME, PipelineState(NAME, "paused", Cursor("train", 4)), config, 0.62)


@pytest.fixture
def begun(qtbot: QtBot, tmp_path: Path) -> ResumeOffer:
    parent = QObject()
    made = ResumeOffer(parent)
    made.parent_kept = parent  # type: ignore[attr-defined]
    made.told = []  # type: ignore[attr-defined]
    made.notice.connect(made.told.append)  # type: ignore[attr-defined]
    return made


def look(begun: ResumeOffer, qtbot: QtBot, root: Path) -> None:
    with qtbot.waitSignal(begun.looked, timeout=20_000):
        begun.look(root)


def told(begun: ResumeOffer, qtbot: QtBot) -> Notice:
    qtbot.waitUntil(lambda: bool(begun.told), timeout=30_000)  # type: ignore[attr-defined]
    return begun.told[-1]  # type: ignore[attr-defined,no-any-return]


def test_ask_offers_it_with_one_click(begun: ResumeOffer, qtbot: QtBot, tmp_path: Path) -> None:
    unfinished(tmp_path)
    look(begun, qtbot, tmp_path)
    begun.begin("ask", False)
    notice = told(begun, qtbot)
    assert notice.resume == NAME and '"x" (step 4 of 5, 62 %)' in notice.text


def test_auto_counts_down_and_can_be_cancelled(begun: ResumeOffer, qtbot: QtBot, tmp_path: Path) -> None:
    unfinished(tmp_path)
    look(begun, qtbot, tmp_path)
    begun.begin("auto", False)
    told(begun, qtbot)
    assert "30 s" in begun.counting
    begun.cancel()
    assert begun.counting == ""


def test_what_is_counted_down_is_named_as_it_is_called_now(begun: ResumeOffer, qtbot: QtBot, tmp_path: Path) -> None:
    unfinished(tmp_path)
    look(begun, qtbot, tmp_path)
    assert begun.newest is not None
    begun.count_down(begun.newest, 30, "")
    begun._answer = begun.newest, {"findings": [{"level": "error", "what": "No GPU."}]}
    assert '"x" (step 4' in begun.counting and begun.hindrance.startswith("x cannot")
    display_name.give(tmp_path / NAME, "My FAQ")
    look(begun, qtbot, tmp_path)
    assert '"My FAQ" (step 4' in begun.counting and begun.hindrance.startswith("My FAQ cannot")
    begun.cancel()


def test_what_is_missing_is_said_instead(begun: ResumeOffer, qtbot: QtBot, tmp_path: Path) -> None:
    unfinished(tmp_path, "runtime.device=cuda:7")
    look(begun, qtbot, tmp_path)
    begun.begin("auto", False)
    notice = told(begun, qtbot)
    assert notice.resume == "" and notice.title == "x cannot be resumed yet" and "GPU" in notice.text
    assert begun.counting == ""


def test_off_says_nothing(begun: ResumeOffer, qtbot: QtBot, tmp_path: Path) -> None:
    unfinished(tmp_path)
    look(begun, qtbot, tmp_path)
    begun.begin("off", False)
    assert begun.told == [] and begun.offered is not None  # type: ignore[attr-defined]


def waits(name: str) -> UnfinishedSession:
    path = Path("/s") / name
    return UnfinishedSession(name, name, path, "paused", "1 %", "", Chosen(name, name, str(path), "paused", "train"))


@pytest.mark.parametrize(
    ("others", "told_of"),
    [
        ([], ""),
        (["b"], '\nAlso unfinished: "b" (1 %).'),
        (["b", "c"], '\nAlso unfinished: "b" (1 %), "c" (1 %).'),
        (["b", "c", "d", "e"], '\nAlso unfinished: "b" (1 %), "c" (1 %) and 2 more.'),
    ],
)
def test_an_offer_names_two_of_the_others_and_counts_the_rest(
    begun: ResumeOffer, others: list[str], told_of: str
) -> None:
    begun.waiting = [waits(name) for name in ("a", *others)]
    begun._ready(begun.waiting[0], "offer", {"findings": []})
    begun.count_down(begun.waiting[0], 9, "Cut")
    offer, counting = begun.told  # type: ignore[attr-defined]
    assert offer.text == f'"a" (1 %) can go on.{told_of}'
    assert counting.text == f'"a" (1 %) will be resumed in 9 s.{told_of}' and counting.resume == "a"


def test_a_new_session_that_is_started_again_is_announced_and_counted_down(begun: ResumeOffer) -> None:
    started: list[str] = []
    begun.count_down(waits("a"), 9, "Cut")
    begun.count_down_anew(2, lambda: started.append("again"))
    assert begun.counting == "The new session is started again in 2 s."
    notice = begun.told[-1]  # type: ignore[attr-defined]
    assert (notice.title, notice.text, notice.resume) == ("New session: cut off", begun.counting, "")
    for _ in range(2):
        begun._countdown._tick()
    assert started == ["again"] and begun.counting == ""


def test_what_this_machine_lacks_is_told_to_all_who_listen(begun: ResumeOffer, qtbot: QtBot) -> None:
    with qtbot.waitSignal(begun.counted):
        begun._ready(waits("a"), "resume", {"findings": [{"level": "error", "what": "No GPU."}]})
    assert begun.hindrance == "a cannot be resumed yet\nNo GPU."
    begun.cancel()
    assert begun.hindrance == ""


def test_a_session_that_cannot_go_on_is_told_of_with_its_reason_unless_nothing_is_wanted_at_logon(
    begun: ResumeOffer,
) -> None:
    begun.waiting = [replace(waits("a"), problem="Another program runs it.")]
    begun.begin("off", False)
    assert not begun.told  # type: ignore[attr-defined]
    begun.begin("auto", False)
    (notice,) = begun.told  # type: ignore[attr-defined]
    assert (notice.title, notice.text, notice.kind) == ('"a" (1 %)', "Another program runs it.", "warning")
    assert begun.offered is None


def test_a_folder_that_cannot_be_read_holds_no_sessions_and_what_waits_for_the_look_goes_on(
    begun: ResumeOffer, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the reading ends by a mistake of the window's own, which is raised for its log."""
    begun.waiting, after = [waits("a")], list[str]()
    trouble: list[Exception] = [PermissionError("may not")]

    def broken(_: Path) -> list[catalog.Entry]:
        raise trouble[-1]

    monkeypatch.setattr(catalog, "sessions", broken)
    with qtbot.waitSignal(begun.looked) as looked:
        begun.look(tmp_path, lambda: after.append("refused"))
    assert looked.args == [[]] and begun.waiting == []
    trouble.append(ValueError("a mistake"))
    with qtbot.captureExceptions() as raised:
        begun.look(tmp_path, lambda: after.append("mistake"))
        qtbot.waitUntil(lambda: bool(raised))
    assert after == ["refused", "mistake"]


def test_what_a_later_look_has_found_stays_where_an_earlier_one_ends_behind_it(
    begun: ResumeOffer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that was read before a run began said, for a while, that it still waited."""
    looks, after, shown = list[tuple[Any, ...]](), list[int](), list[Any]()
    monkeypatch.setattr(begun._background, "run", lambda *asked: looks.append(asked))
    begun.looked.connect(shown.append)
    for number in range(3):
        begun.look(tmp_path, functools.partial(after.append, number))
    found = [FolderLook([waits(name)], [waits(name)]) for name in "abc"]
    for number in (1, 0, 2):
        looks[number][1](found[number])
    assert shown == [found[1].recent, found[2].recent] and after == [1, 0, 2], "whoever waits for a look goes on"
    assert begun.waiting == found[2].waiting


def test_the_newest_eight_sessions_are_recent(begun: ResumeOffer, qtbot: QtBot, tmp_path: Path) -> None:
    for day in range(1, 10):
        name = f"2026010{day}-000000-x{day}"
        make(tmp_path, name, PipelineState(name, "paused", Cursor("train", 4)), "", 0.62)
    with qtbot.waitSignal(begun.looked) as looked:
        begun.look(tmp_path)
    assert [session.title for session in looked.args[0]] == [f"x{day}" for day in range(9, 1, -1)]
    assert begun.title_of("20260103-000000-x3") == "x3" and len(begun.others) == 8


def test_the_session_that_worked_last_is_the_first_of_the_recent_ones(
    begun: ResumeOffer, qtbot: QtBot, tmp_path: Path
) -> None:
    for name, started in (("20260101-000000-old", 11), ("20260102-000000-new", 10)):
        make(tmp_path, name, PipelineState(name, "finished", started=started), "", 1.0)
    with qtbot.waitSignal(begun.looked) as looked:
        begun.look(tmp_path)
    assert [session.title for session in looked.args[0]] == ["old", "new"]


def test_a_countdown_runs_out_once(qtbot: QtBot) -> None:
    count, done, left = Countdown(step_ms=5), [], []
    count.ticked.connect(left.append)
    count.start(3, lambda: done.append(1))
    qtbot.waitUntil(lambda: bool(done))
    assert left == [3, 2, 1, 0] and done == [1]
    count.start(3, lambda: done.append(2))
    count.cancel()
    assert done == [1] and count.left == 0


def test_settings_hold_at_once_and_are_kept(qtbot: QtBot, tmp_path: Path) -> None:
    parent = QObject()
    first = Preferences(parent, tmp_path / "settings.json")
    with qtbot.waitSignal(first.changed):
        first.put(replace(first.now, data_root=str(tmp_path / "other"), theme="dark"))
    assert first.root == tmp_path / "other"
    assert Preferences(parent, tmp_path / "settings.json").now.theme == "dark"
    forced = Preferences(parent, tmp_path / "settings.json", str(tmp_path / "forced"))
    assert forced.root == tmp_path / "forced"


def test_settings_that_cannot_be_kept_are_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    parent = QObject()
    made = Preferences(parent, tmp_path / "file" / "settings.json")
    made.put(replace(made.now, theme="dark"))
    assert made.now.theme == "dark" and "could not be saved" in made.problem


@pytest.mark.parametrize(
    ("code", "again"),
    [(0, False), (3, False), (-15, False), (-2, False), (1, True), (-9, True), (-11, True), (0xC0000005, True)],
)
def test_only_a_crash_starts_the_window_again(code: int, again: bool) -> None:
    assert launcher.crashed(code) == again


def test_a_window_that_always_crashes_is_given_up(tmp_path: Path) -> None:
    script = tmp_path / "window.py"
    script.write_text(
        f"import sys; open({str(tmp_path / 'log')!r}, 'a').write(' '.join(sys.argv[1:]) + '\\n'); sys.exit(1)"
    )
    assert launcher.keep([sys.executable, str(script)], ["--first"], pause=0.0) == 1
    lines = (tmp_path / "log").read_text().splitlines()
    assert lines == ["--first"] + ["--after-crash --hidden"] * launcher.CRASHES


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a display is looked for on Linux alone")
def test_no_display_is_a_sentence() -> None:
    assert "no display" in app.display_problem({})
    assert "does not answer" in app.display_problem({"DISPLAY": ":987"})
    assert app.display_problem({"QT_QPA_PLATFORM": "offscreen"}) == ""
    assert app.display_problem({"WAYLAND_DISPLAY": "wayland-0"}) == ""


def test_the_engine_gets_an_interpreter_with_standard_output() -> None:
    assert with_output("/usr/bin/python3", False) == "/usr/bin/python3"
    assert with_output("/env/Scripts/pythonw.exe", True) == "/env/Scripts/python.exe"
    assert with_output("/env/Scripts/python.exe", True) == "/env/Scripts/python.exe"


def test_whether_this_machine_can_is_asked_of_the_engine_and_where_it_does_not_answer_it_is_offered(
    begun: ResumeOffer, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = list[tuple[Any, ...]]()
    monkeypatch.setattr(begun._desk, "ask", lambda *what: asked.append(what))
    begun.waiting = [waits("a"), waits("b")]
    begun.begin("ask", False)
    ((name, words, _, failed),) = asked
    assert (name, words) == ("ready", ["ready", "a", "--data-root", "/s"])
    failed("It does not start.")
    (notice,) = begun.told  # type: ignore[attr-defined]
    assert (notice.title, notice.resume) == ("An unfinished session", "a")
    assert notice.hint == "Resume it in the window, or in the menu of the icon."
    begun.begin("auto", False)
    failed = asked[-1][3]
    failed("It does not start.")
    assert begun.counting == '"a" (1 %) will be resumed in 30 s.'
    assert begun.told[-1].hint == "You can cancel this in the menu of the icon."  # type: ignore[attr-defined]


def test_what_failed_by_its_own_data_is_told_of_with_the_reason_and_not_offered(
    begun: ResumeOffer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(begun._desk, "ask", lambda *_: pytest.fail("it would only fail again"))
    begun.waiting = [replace(waits("a"), needs_mending=True, why="A column is missing.\nName it.")]
    begun.begin("auto", False)
    assert begun.told == [Notice("a: stopped", "A column is missing.\nName it.", "warning")]  # type: ignore[attr-defined]
    assert begun.counting == ""
    begun.begin("off", False)
    assert len(begun.told) == 1  # type: ignore[attr-defined]


def test_which_session_another_program_runs_is_known_by_the_last_look(begun: ResumeOffer) -> None:
    begun.waiting = [waits("a"), replace(waits("b"), status="running", problem="It runs."), waits("c")]
    found = [begun.running_besides(session) for session in ("", "a", "b")]
    assert [one and one.session for one in found] == ["b", "b", None]
    assert [begun.runs(session) for session in ("a", "b", "d")] == [False, True, False]
    assert [session for session, _ in begun.others] == ["c"] and begun.offered == ("a", '"a" (1 %)')
    assert begun.title_of("c") == "c" and begun.title_of("20260101-000000-gone") == "gone"
