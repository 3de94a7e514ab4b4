"""What is offered at logon: by what lies on the disk, who runs it, and the user's rule."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from helpers import sample_sessions
from so8t_engine.errors import EngineError, as_json
from so8t_engine.sentences import verbatim
from so8t_engine.session import catalog, lock, store
from so8t_engine.session.state import Cursor, PipelineState
from so8t_gui.startup import offer_resume, unfinished_session
from so8t_gui.startup.unfinished_session import UnfinishedSession
from so8t_gui.view import messages
from so8t_gui.view.reduce import reduce
from so8t_gui.view.state import View


def newest(root: Path) -> UnfinishedSession | None:
    return next(iter(unfinished_session.waiting(catalog.sessions(root))), None)


def session(root: Path, name: str, status: str) -> Path:
    return sample_sessions.make(root, name, PipelineState(name, status, Cursor("train", 3), "000001"))


@pytest.mark.parametrize(
    ("rule", "after_crash", "action"),
    [
        ("ask", False, "offer"),
        ("auto", False, "resume"),
        ("off", False, "nothing"),
        ("off", True, "offer"),
        ("auto", True, "resume"),
    ],
)
def test_the_users_rule_decides(tmp_path: Path, rule: str, after_crash: bool, action: str) -> None:
    session(tmp_path, "20260101-000000-old", "paused")
    session(tmp_path, "20260102-000000-my-run", "running")
    session(tmp_path, "20260103-000000-done", "finished")
    found = newest(tmp_path)

    assert found is not None and (found.title, found.status, found.problem) == ("my-run", "cut", "")
    assert "step 4 of 5" in found.text
    assert offer_resume.action(rule, found, after_crash) == action


def test_nothing_unfinished_is_nothing_to_do(tmp_path: Path) -> None:
    session(tmp_path, "20260101-000000-a", "finished")

    assert newest(tmp_path) is None and newest(tmp_path / "none") is None
    assert offer_resume.action("auto", None, False) == "nothing"


def test_a_session_that_another_program_runs_is_told_and_not_started(tmp_path: Path) -> None:
    made = session(tmp_path, "20260101-000000-a", "running")
    with lock.held(made, {}):
        found = newest(tmp_path)

    assert found is not None and "Another program" in found.problem
    assert offer_resume.action("auto", found, False) == "nothing"


def test_after_a_restart_an_error_still_says_what_to_do(tmp_path: Path) -> None:
    error = as_json(EngineError("disk_full", sample_sessions.DISK_FULL))
    state = PipelineState("20260101-000000-a", "failed", Cursor("train", 3), "000001", error=error)
    entry = catalog.entry(sample_sessions.make(tmp_path, state.session, state))
    view = reduce(View(), unfinished_session.chosen(entry), 0.0)

    assert messages.problem(view).splitlines() == [
        str(sample_sessions.DISK_FULL), "Free some space on that disk, then Resume."
    ]  # fmt: skip


@pytest.mark.parametrize(("content", "word"), [('{"format_version": 99}', "newer version"), ("{", "cannot be read")])
def test_a_session_that_cannot_be_read_is_told_and_not_started(tmp_path: Path, content: str, word: str) -> None:
    made = session(tmp_path, "20260101-000000-a", "paused")
    (made / store.STATE).write_text(content)
    found = newest(tmp_path)

    assert found is not None and word in found.problem
    assert offer_resume.action("auto", found, False) == "nothing"


@pytest.mark.parametrize(
    ("status", "code", "advised"),
    [("newer", "session_newer", False), ("damaged", "stored", True), ("renamed", "session_foreign", False)],
)
def test_what_is_shown_of_a_session_that_cannot_be_used_says_why_in_the_words_for_its_kind(
    tmp_path: Path, status: str, code: str, advised: bool
) -> None:
    """`advised`: with what can be done about it in the same sentence."""
    entry = replace(
        catalog.entry(session(tmp_path, "20260101-000000-a", "paused")), status=status, detail=verbatim("A.")
    )
    chosen = unfinished_session.chosen(entry)
    told = verbatim(unfinished_session.problem(entry)) if advised else entry.detail
    assert (chosen.code, chosen.status, chosen.detail) == (code, "failed", told)


def test_what_is_shown_of_a_session_at_rest_is_as_far_as_its_folder_says(tmp_path: Path) -> None:
    state = PipelineState("20260101-000000-a", "paused", Cursor("train", 3), "000001")
    made = sample_sessions.make(tmp_path, state.session, state, share=0.62)
    assert unfinished_session.chosen(catalog.entry(made)).share == pytest.approx(0.62)


def test_of_several_sessions_that_cannot_be_read_the_newest_alone_is_told_of(tmp_path: Path) -> None:
    for name in ("20260101-000000-a", "20260102-000000-b"):
        (session(tmp_path, name, "paused") / store.STATE).write_text("{")
    found = unfinished_session.waiting(catalog.sessions(tmp_path))
    assert [one.session for one in found] == ["20260102-000000-b"]


def test_of_several_results_the_last_one_stays_in_sight(tmp_path: Path) -> None:
    """It may be of the session that was begun first."""
    for name, updated in (("20260101-000000-a", "2026-01-04T00:00:00Z"), ("20260102-000000-b", "2026-01-03T00:00:00Z")):
        sample_sessions.make(tmp_path, name, PipelineState(name, "finished", updated=updated))
    state = PipelineState("", "paused", Cursor("train", 3), "000001", updated="2026-01-02T00:00:00Z")
    sample_sessions.make(tmp_path, "20260103-000000-waiting", state)
    recent = [unfinished_session.of(entry) for entry in catalog.latest(tmp_path)]
    chosen = unfinished_session.to_show(newest(tmp_path), recent)
    assert chosen is not None and chosen.title == "a"


def test_of_results_alone_the_last_one_stands_on_the_page(tmp_path: Path) -> None:
    for name, number in (("20260101-000000-a", 11), ("20260102-000000-b", 10)):
        sample_sessions.make(tmp_path, name, PipelineState(name, "finished", started=number))
    recent = [unfinished_session.of(entry) for entry in catalog.latest(tmp_path)]
    chosen = unfinished_session.to_show(None, recent)
    assert chosen is not None and chosen.title == "a"


def test_a_backup_of_a_finished_session_is_nothing_to_be_told_of_and_a_renamed_one_is(tmp_path: Path) -> None:
    name = "20260101-000000-done"
    original = sample_sessions.make(tmp_path, name, PipelineState(name, "finished"))
    backup = tmp_path / "20990101-000000-backup"
    shutil.copytree(original, backup)
    assert unfinished_session.waiting(catalog.sessions(tmp_path)) == []
    shutil.rmtree(original)
    (told,) = unfinished_session.waiting(catalog.sessions(tmp_path))

    assert told.problem.endswith("Adopt it on the Sessions page.") and name in told.problem


@pytest.mark.parametrize(
    ("status", "paused", "done", "shown"),
    [
        ("paused", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", "done"),
        ("paused", "2026-01-03T00:00:00Z", "2026-01-02T00:00:00Z", "waiting"),
        ("running", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", "waiting"),
        ("failed", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", "waiting"),
        ("paused", "2026-01-02T00:00:00Z", "2026-01-02T00:00:00Z", "waiting"),
    ],
)
def test_that_a_result_stays_in_sight_after_a_restart_unless_a_cut_session_waits(
    tmp_path: Path, status: str, paused: str, done: str, shown: str
) -> None:
    """`running` without an engine: its engine died."""
    for name, state, updated in (("waiting", status, paused), ("done", "finished", done)):
        of = PipelineState(f"20260101-000000-{name}", state, Cursor("train", 3), "000001", updated=updated)
        sample_sessions.make(tmp_path, of.session, of)
    recent = [unfinished_session.of(entry) for entry in catalog.latest(tmp_path)]
    chosen = unfinished_session.to_show(newest(tmp_path), recent)
    assert chosen is not None and chosen.title == shown
    assert unfinished_session.to_show(None, []) is None


def test_a_copy_beside_its_finished_original_is_not_what_stands_on_the_page(tmp_path: Path) -> None:
    """It stood there as a run that a problem has stopped, and the tray warned."""
    name = "20260101-000000-done"
    made = sample_sessions.make(tmp_path, name, PipelineState(name, "finished", identity="own"))
    shutil.copytree(made, tmp_path / f"{name} - Copy")
    recent = [unfinished_session.of(entry) for entry in catalog.latest(tmp_path)]
    assert [one.status for one in recent] == ["finished"]
    chosen = unfinished_session.to_show(newest(tmp_path), recent)
    assert chosen is not None and chosen.title == "done"


def test_what_stopped_it_and_what_to_do_about_it_is_told_line_by_line(tmp_path: Path) -> None:
    error = as_json(EngineError("disk_full", sample_sessions.DISK_FULL))
    state = PipelineState("20260101-000000-a", "failed", Cursor("train", 3), "000001", error=error, updated="now")
    entry = catalog.entry(sample_sessions.make(tmp_path, state.session, state, share=0.62))
    made = unfinished_session.of(entry, 3.0)
    assert made.why.splitlines() == [str(sample_sessions.DISK_FULL), "Free some space on that disk, then Resume."]
    assert (made.begun, made.updated, made.where, made.problem) == (3.0, "now", "step 4 of 5, 62 %", "")
    assert made.name.startswith("a (") and made.text.endswith("(step 4 of 5, 62 %)") and made.title == "a"
    whole = unfinished_session.of(replace(entry, detail=None, action=None, step="", status="new"))
    assert whole.why == "" and whole.name == "a"


@pytest.mark.parametrize(
    ("status", "code"),
    [("newer", "session_newer"), ("copy", "session_foreign"), ("renamed", "session_foreign"), ("damaged", "stored"),
     ("failed", "stored"), ("running", "stored")],
)  # fmt: skip
def test_what_is_in_its_way_is_a_sentence_of_its_own(tmp_path: Path, status: str, code: str) -> None:
    entry = replace(
        catalog.entry(session(tmp_path, "20260101-000000-a", "paused")), status=status, detail=verbatim("It is.")
    )
    problem, shown = unfinished_session.problem(entry), unfinished_session.chosen(entry)
    words = {"running": "Another program", "newer": "newer version", "damaged": "Verify it", "copy": "It is. Adopt",
             "renamed": "It is. Adopt"}  # fmt: skip
    assert words.get(status, "") in problem and bool(problem) is (status in words) and shown.code == code
    assert shown.status == (status if status in ("failed", "running") else "failed")
    other = unfinished_session.of(entry)
    assert unfinished_session.why_not_beside(other).startswith(unfinished_session.runs_elsewhere(other))
    assert '"a" is running' in unfinished_session.runs_elsewhere(other)
