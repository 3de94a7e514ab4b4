"""The list of sessions: newest first, each with what became of it, read-only and without loading anything heavy."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.program import so8t
from helpers.sessions import refused
from so8t_engine.errors import EngineError, as_json
from so8t_engine.sentences import say, sentence, to_json
from so8t_engine.session import catalog, display_name, lock, store, verification
from so8t_engine.session.state import Cursor, PipelineState
from so8t_engine.typed import Typed


def make(root: Path, name: str, **fields: object) -> Path:
    session = store.create(root, name, "", "now")
    store.write_state(session, PipelineState(name).changed(**fields))
    return session


def test_sessions_are_listed_newest_first_and_nothing_else_is(tmp_path: Path) -> None:
    for name in ("20260102-000000-b", "20260101-000000-a", "20260103-000000-c"):
        make(tmp_path, name)
    (tmp_path / "20260104-000000-d.7.part").mkdir()
    (tmp_path / "not a session").mkdir()
    (tmp_path / "20260105-000000-empty").mkdir()

    assert [entry.session[-1] for entry in catalog.sessions(tmp_path)] == ["c", "b", "a"]
    assert catalog.sessions(tmp_path / "none") == []


@pytest.mark.parametrize(
    ("stored", "shown", "unfinished"),
    [
        ("new", "new", True),
        ("running", "cut", True),
        ("paused", "paused", True),
        ("failed", "failed", True),
        ("finished", "finished", False),
    ],
)
def test_what_became_of_a_session_is_shown(tmp_path: Path, stored: str, shown: str, unfinished: bool) -> None:
    entry = catalog.entry(make(tmp_path, "s", status=stored, cursor=Cursor("convert", 2)))

    assert (entry.status, entry.unfinished, entry.step_number, entry.unit) == (shown, unfinished, 3, 2)


def test_figures_that_were_changed_in_the_state_of_a_finished_session_are_not_shown_and_named(tmp_path: Path) -> None:
    session = make(tmp_path, "s")
    state = store.commit(session, store.read_state(session).changed(status="finished", results={"tuned": 0.25}), {})
    assert catalog.entry(session).results == {"tuned": 0.25} and verification.lost_results(session)
    store.write_state(session, state.changed(results={"tuned": 0.75}))

    assert catalog.entry(session).results == {}
    assert f"{store.STATE}: its content has changed" in str(verification.problems(session)[0])
    store.write_state(session, state.changed(checkpoint="../s", results={"tuned": 0.75}))
    assert catalog.entry(session).results == {"tuned": 0.75}  # nobody knows better


def test_an_error_keeps_what_to_do_about_it_wherever_the_session_is_told_of(tmp_path: Path) -> None:
    error = EngineError("disk_full", sentence("disk.full", path="/data", error="ENOSPC"))
    session = make(tmp_path, "20260101-000000-s", status="failed", error=as_json(error))
    entry = catalog.entry(session)

    assert (entry.detail, entry.action) == (error.sentence, error.action)
    for words in (["status", session.name], ["sessions"]):
        lines, value = (so8t(*words, "--data-root", tmp_path, *more).stdout for more in ([], ["--json"]))
        action = say(error.action, typed=Typed(root=str(tmp_path), session=session.name))
        assert str(error.sentence) in lines and action in lines and f"resume {session.name} --data-root" in action
        body = json.loads(value)
        assert (body if words[1:] else body[0])["action"] == to_json(error.action)


@pytest.mark.parametrize(
    ("error", "action"),
    [
        ({"code": "disk_full", "sentence": "Full."}, "Free some space on that disk, then `so8t resume`."),
        ({"code": "moon", "sentence": "Full."}, None),
        ({"code": ["x"], "sentence": None}, None),
        ({"code": "moon", "sentence": "Full.", "action": "Wait."}, "Wait."),
    ],
)
def test_the_errors_of_other_versions_keep_as_much_as_they_have(
    tmp_path: Path, error: dict[str, object], action: str | None
) -> None:
    entry = catalog.entry(make(tmp_path, "s", status="failed", error=error))

    assert (None if entry.action is None else str(entry.action)) == action


def test_a_session_that_an_engine_holds_is_running_whatever_its_state_says(tmp_path: Path) -> None:
    session = make(tmp_path, "s", status="paused")
    with lock.held(session, {}):
        assert catalog.entry(session).status == "running"


def test_the_reason_of_a_failure_and_of_a_pause_is_shown(tmp_path: Path) -> None:
    failed = make(tmp_path, "a", status="failed", error={"code": "x", "sentence": "It broke.", "action": ""})
    paused = make(tmp_path, "b", status="paused", reason="Ctrl+C")

    assert str(catalog.entry(failed).detail) == "It broke." and str(catalog.entry(paused).detail) == "Ctrl+C"


def test_a_newer_session_is_shown_as_such(tmp_path: Path) -> None:
    session = make(tmp_path, "s")
    (session / store.STATE).write_text(json.dumps({"format_version": 99}))

    shown = catalog.entry(session)
    assert shown.status == "newer" and not shown.unfinished and (shown.started, shown.unit) == (0, 0)


def test_live_progress_is_shown_only_of_the_present_run_and_step(tmp_path: Path) -> None:
    session = make(tmp_path, "s", run=3)
    here = '{"run":3,"step":"collect","unit":7}'
    stale = ('{"run":2,"step":"collect","unit":7}', '{"run":3,"step":"train","unit":7}', "{", "[]")
    for text, live in ((here, True), *((text, False) for text in stale)):
        (session / "progress.json").write_text(text)

        assert bool(catalog.entry(session).live) == live


def test_a_session_whose_state_file_is_gone_is_listed_as_far_as_its_checkpoints_tell(tmp_path: Path) -> None:
    session = make(tmp_path, "s")
    store.commit(session, PipelineState("s", status="running", cursor=Cursor("train", 4)), {})
    (session / store.STATE).unlink()

    assert [(entry.status, entry.unit) for entry in catalog.sessions(tmp_path)] == [("cut", 4)]


def test_a_session_whose_configuration_is_gone_is_listed_and_goes_on(tmp_path: Path) -> None:
    """The state has it sealed: it comes back at the next start."""
    session = make(tmp_path, "20261124-000000-demo", status="paused")
    (session / store.CONFIG).unlink()
    gone = [entry.session for entry in catalog.unfinished(tmp_path)]
    if sys.platform != "win32":
        (session / store.CONFIG).symlink_to("nowhere")
    as_link = [entry.session for entry in catalog.unfinished(tmp_path)]

    assert gone == as_link == [session.name]


def test_looking_changes_nothing(tmp_path: Path) -> None:
    session = make(tmp_path, "s", status="running")
    (session / "checkpoints" / "000001.part").mkdir()
    before = sorted((path, path.stat().st_mtime_ns) for path in tmp_path.rglob("*"))
    catalog.sessions(tmp_path)

    assert sorted((path, path.stat().st_mtime_ns) for path in tmp_path.rglob("*")) == before


def test_an_unknown_session_is_told(tmp_path: Path) -> None:
    with pytest.raises(EngineError) as refused:
        catalog.find(tmp_path, "nobody")

    assert refused.value.code == "session_unknown"


def test_a_copy_that_the_list_shows_is_found_and_what_it_shows_not_is_no_session(tmp_path: Path) -> None:
    session = store.create(tmp_path, "20260101-000000-a", "", "then")
    shutil.copytree(session, tmp_path / "a (2)")
    (tmp_path / "b (2)").mkdir()

    def code(name: str) -> str:
        with pytest.raises(EngineError) as refused:
            catalog.find(tmp_path, name)
        return refused.value.code

    assert catalog.find(tmp_path, session.name) == session
    assert [code(name) for name in ("a (2)", "b (2)", f"../{tmp_path.name}/a (2)")] == [
        "session_foreign", "session_name", "session_name",
    ]  # fmt: skip


def test_the_list_needs_the_standard_library_alone() -> None:
    heavy = ("torch", "pydantic", "yaml", "numpy")
    code = f"import sys; from so8t_engine.session import catalog; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_names_are_newest_first_with_copies_and_without_what_is_half_made_or_hidden(tmp_path: Path) -> None:
    names = ["20260101-000000-a", "20260102-000000-a", "20260101-000000-a - Copy", "a (2)", "b.part", "b.old", ".trash"]
    for name in names:
        (tmp_path / name).mkdir()
        (tmp_path / name / store.CONFIG).write_bytes(b"")
    (tmp_path / "20260103-000000-empty").mkdir()
    (tmp_path / "20260104-000000-file").write_bytes(b"")

    assert catalog.names(tmp_path) == ["a (2)", names[1], names[2], names[0]]
    assert catalog.names(tmp_path / "none") == []


@pytest.mark.parametrize(
    ("session", "title"),
    [("20260101-000000-a", "a"), ("20260101-000000-20260101-000000-a", "20260101-000000-a"), ("mine", "mine")],
)
def test_a_session_without_a_name_is_known_by_its_runs(session: str, title: str) -> None:
    assert catalog.title(session) == title
    assert catalog.Entry(session, Path(session), "new").title == title
    assert catalog.Entry(session, Path(session), "new", name="The one").title == "The one"


def test_the_one_that_worked_last_is_first_whichever_was_made_last(tmp_path: Path) -> None:
    """`status`, `report` and `chat` spoke of the session made last, the window of the one that had just ended."""
    started = {"20260101-000000-a": 11, "20260102-000000-b": 3, "20260103-000000-c": 0, "20260105-000000-e": 10}
    for name, number in started.items():
        made = store.create(tmp_path, name, "{}", "")
        store.write_state(made, store.read_state(made).changed(status="finished", started=number))
    shutil.copytree(tmp_path / "20260103-000000-c", tmp_path / "20260109-000000-d")
    assert [one.session[-1] for one in catalog.latest(tmp_path)] == ["a", "e", "b", "c"]

    for name in ("20260101-000001-x", "20260104-000000-y", "20260106-000000-z"):
        (store.create(tmp_path, name, "{}", "") / store.STATE).write_text("{", encoding="utf-8")
    assert [one.session[-1] for one in catalog.latest(tmp_path)] == ["z", "y", "x", "a", "e", "b", "c"]
    assert catalog.latest(tmp_path / "none") == []


def test_a_session_that_is_passed_over_is_said_with_what_it_lacks(tmp_path: Path) -> None:
    taken = catalog.Entry("a", tmp_path / "a", "finished")
    damaged = catalog.Entry("b", tmp_path / "b", "damaged", detail=sentence("session.file_missing"))
    without = catalog.Entry("c", tmp_path / "c", "finished")

    assert catalog.passed_over(damaged, taken, "report").code == "session.passed_over_damaged"
    assert "missing" in str(catalog.passed_over(damaged, taken, "report"))
    said = catalog.passed_over(without, taken, "its report")
    assert (said.code, said.args) == ("session.passed_over", {"session": "c", "taken": "a", "what": "its report"})


def test_a_name_that_nearly_is_a_sessions_is_refused_with_that(tmp_path: Path) -> None:
    make(tmp_path, "20260101-000000-maths")
    done = so8t("status", "20260101-00000-maths", "--data-root", tmp_path, "--lang", "en")

    assert done.returncode == 4
    assert f"no session 20260101-00000-maths in {tmp_path}; did you mean 20260101-000000-maths?" in done.stdout
    assert "did you mean" not in str(refused(lambda: catalog.find(tmp_path, "another")).sentence)


def test_a_session_is_found_by_the_name_it_is_shown_by_where_that_is_its_own(tmp_path: Path) -> None:
    """`so8t resume demo` said that there is no session demo, which the window calls so everywhere."""
    demo, other = make(tmp_path, "20260101-000000-demo"), make(tmp_path, "20260102-000000-sums")
    assert catalog.find(tmp_path, "demo") == demo and catalog.find(tmp_path, demo.name) == demo
    display_name.give(other, "足し算 2 回目")
    assert catalog.find(tmp_path, "足し算 2 回目") == other
    assert refused(lambda: catalog.find(tmp_path, "sums")).code == "session_unknown", "it has another name now"
    assert f"did you mean {demo.name}?" in str(refused(lambda: catalog.find(tmp_path, "demoo")).sentence)
    shutil.copytree(other, tmp_path / "20260103-000000-sums")
    assert catalog.find(tmp_path, "足し算 2 回目") == other, "a copy is none"

    later = make(tmp_path, "20260104-000000-demo")
    several = refused(lambda: catalog.find(tmp_path, "demo"))
    assert (several.code, several.sentence.code) == ("session_unknown", "session.several_called")
    assert several.sentence.args["sessions"] == [later.name, demo.name]
    for name in ("../demo", "de/mo", ".hidden"):
        assert refused(lambda name=name: catalog.find(tmp_path, name)).code == "session_name"


@pytest.mark.parametrize(
    ("totals", "learns"),
    [
        ({}, None), ({"train/warmup": 3}, False), ({"train/warmup": 3, "train/rollout": 9}, True),
        ({"train/cycle": 1}, True), ({"train/update": 0, "train/warmup": 1}, False), ({"evaluate/cycle": 3}, False),
    ],
)  # fmt: skip
def test_whether_a_run_learns_is_told_by_its_units(tmp_path: Path, totals: dict[str, int], learns: bool | None) -> None:
    assert catalog.learns(make(tmp_path, "20260101-000000-a", totals=totals)) is learns


def test_whether_a_run_learns_is_not_told_of_what_is_no_session(tmp_path: Path) -> None:
    assert catalog.learns(tmp_path) is None


def test_a_folder_that_may_not_be_looked_into_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert catalog.is_session(tmp_path) is catalog.is_session(tmp_path / "none") is False

    def closed(path: Path) -> list[str]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(catalog.os, "listdir", closed)

    assert catalog.is_session(tmp_path) is True


@pytest.mark.parametrize(
    ("reason", "by"),
    [
        (to_json(sentence("run.pause_ctrl_c")), "by_user"), (to_json(sentence("run.pause_by_window")), "by_user"),
        ("asked by hand", "by_user"), (None, "by_itself"),
    ],
)  # fmt: skip
def test_why_it_stands_still_is_told_by_the_code_of_its_pause(
    tmp_path: Path, reason: dict[str, object] | str | None, by: str
) -> None:
    assert catalog.entry(make(tmp_path, "s", status="paused", reason=reason)).stands_by == by


def test_a_name_that_was_given_stands_beside_the_one_that_is_typed(tmp_path: Path) -> None:
    session = make(tmp_path, "20260101-000000-a")
    assert catalog.entry(session).called == session.name
    display_name.give(session, "My run")
    called = catalog.entry(session).called

    assert catalog.entry(session).title == "My run" and session.name in str(called) and "My run" in str(called)


def test_the_newest_session_that_is_worked_on_is_found(tmp_path: Path) -> None:
    first, second = make(tmp_path, "20260101-000000-a"), make(tmp_path, "20260102-000000-b")
    assert catalog.running(tmp_path) is None
    with lock.held(first, {}):
        assert catalog.running(tmp_path) == first
        with lock.held(second, {}):
            assert catalog.running(tmp_path) == second
