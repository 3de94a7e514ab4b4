"""What the list of sessions, `status` and `verify` say of one, line by line; no program is started."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from helpers.sessions import refused
from so8t_engine.commands import queries, sessions
from so8t_engine.doctor.findings import Finding
from so8t_engine.errors import EXIT_SESSION, EngineError
from so8t_engine.sentences import Sentence, named, say, sentence, to_json
from so8t_engine.session import results, store
from so8t_engine.session.catalog import Entry

ID = "20260101-000000-x"
HERE = Entry(
    ID, Path("/there") / ID, "paused", step="train", step_number=4, unit=7, share=0.426,
    updated="then",
)  # fmt: skip
LIVE = {
    "kind": "update", "unit": 3, "total": 12, "rate": 0.5, "eta_total_seconds": 75, "eta_seconds": 18,
    "unsaved_seconds": 90,
}  # fmt: skip
WHY, TODO = sentence("run.save_given_up"), sentence("action.data_root")


def row(entry: Entry) -> list[str]:
    return [cell if isinstance(cell, str) else say(cell) for cell in sessions._row(entry)]


@pytest.mark.parametrize(
    ("changes", "cells"),
    [
        ({}, [ID, "paused", "step 4 of 5 (train)", "43 %", "", ""]),
        ({"name": "Mine"}, [ID + ' "Mine"', "paused", "step 4 of 5 (train)", "43 %", "", ""]),
        ({"step": "", "status": "damaged"}, [ID, "damaged", "", "", "", ""]),
        (
            {"detail": WHY, "status": "finished"},
            [ID, "finished", "step 4 of 5 (train)", "43 %", "", str(WHY)],
        ),
        (
            {"status": "finished", "share": 1.0, "results": {"base": 0.25, "tuned": 0.5}},
            [
                ID,
                "finished",
                "step 4 of 5 (train)",
                "100 %",
                "a result",
                "",
            ],
        ),
    ],
)
def test_a_session_is_one_row_of_the_list(changes: dict[str, Any], cells: list[str]) -> None:
    found = row(replace(HERE, **changes))

    assert [cell.replace("\N{NO-BREAK SPACE}", " ") for cell in found[:4]] == cells[:4]
    assert bool(found[4]) is bool(cells[4]) and found[5] == cells[5]


@pytest.mark.parametrize(
    ("status", "found", "shares"),
    [
        ("finished", {"base": 0.25, "tuned": 0.5}, ["25.0 %", "50.0 %"]),
        ("finished", {"base": 0, "tuned": 1}, ["0.0 %", "100.0 %"]),
        ("paused", {"base": 0.25, "tuned": 0.5}, None),
        ("finished", {"base": 0.25}, None),
        ("finished", {"base": None, "tuned": 0.5}, None),
        ("finished", {"base": -0.1, "tuned": 0.5}, None),
        ("finished", {"base": 0.1, "tuned": 1.1}, None),
        ("finished", {"base": "x", "tuned": 0.5}, None),
        ("finished", {}, None),
    ],
)
def test_right_answers_are_told_of_a_finished_session_that_measured_them(
    status: str, found: dict[str, Any], shares: list[str] | None
) -> None:
    said = sessions._result(replace(HERE, status=status, results=found))

    assert (said and [said.args[key].replace("\N{NO-BREAK SPACE}", " ") for key in ("base", "tuned")]) == shares


@pytest.mark.parametrize(
    ("detail", "action", "said"),
    [(None, None, None), (WHY, None, str(WHY)), (None, TODO, str(TODO)), (WHY, TODO, f"{WHY} {TODO}")],
)
def test_why_it_stands_still_is_told_with_what_to_do(
    detail: Sentence | None, action: Sentence | None, said: str | None
) -> None:
    found = sessions._why(replace(HERE, detail=detail, action=action))

    assert (found and str(found)) == said


@pytest.mark.parametrize(
    ("changes", "parts"),
    [
        ({}, ["commands.step", "commands.percent"]),
        ({"step": ""}, []),
        ({"detail": WHY}, ["commands.step", "commands.percent", "run.save_given_up"]),
        ({"live": LIVE}, ["commands.step", "commands.percent", "terminal.units"]),
        (
            {"live": LIVE, "status": "running"},
            ["commands.step", "commands.percent", "terminal.units", "commands.left", "commands.would_lose"],
        ),
        (
            {"live": LIVE | {"waiting": to_json(WHY)}, "status": "running"},
            ["commands.step", "commands.percent", "commands.waiting"],
        ),
        ({"live": LIVE | {"waiting": to_json(WHY)}}, ["commands.step", "commands.percent", "terminal.units"]),
        (
            {"status": "finished", "results": {"base": 0.1, "tuned": 0.2}, "action": TODO},
            ["commands.step", "commands.percent", "commands.result", "action.data_root"],
        ),
    ],
)
def test_where_a_session_stands_is_told_part_by_part(changes: dict[str, Any], parts: list[str]) -> None:
    said = sessions._standing(replace(HERE, **changes))

    assert said.code == "commands.standing" and said.args["session"] == HERE.session
    assert [part.code for part in said.args["parts"]] == parts
    assert said.args["status"] == named("status", changes.get("status", "paused"))
    lost = [part.args["seconds"] for part in said.args["parts"] if part.code == "commands.would_lose"]
    assert lost == [90] * ("commands.would_lose" in parts)


@pytest.mark.parametrize("known", [{}, {"unsaved_seconds": None}, {"unsaved_seconds": 0}])
def test_what_is_not_known_to_be_unsaved_would_not_be_lost(known: dict[str, Any]) -> None:
    live = {name: value for name, value in LIVE.items() if name != "unsaved_seconds"} | known
    said = sessions._standing(replace(HERE, live=live, status="running"))

    assert said.args["parts"][-1] == sentence("commands.would_lose", seconds=0)


@pytest.mark.parametrize(
    ("live", "code", "args"),
    [
        (LIVE, "commands.left", {"seconds": 75}),
        (LIVE | {"eta_low_seconds": 30, "eta_high_seconds": 200}, "terminal.left_between", {"low": 30, "high": 200}),
        (LIVE | {"rate": None, "eta_low_seconds": 7, "eta_high_seconds": 700}, "terminal.guessed", {"seconds": 60}),
        ({}, "terminal.measuring", {}),
    ],
)
def test_the_time_left_is_told_as_certain_as_it_is(live: dict[str, Any], code: str, args: dict[str, Any]) -> None:
    assert sessions._left(live) == Sentence(code, args)


@pytest.mark.parametrize(
    ("refused_with", "code"),
    [(None, "commands.make_again"), ("session_damaged", "commands.only_from_start"), ("locked", "action.locked")],
)
def test_how_a_finished_session_is_mended_is_what_a_start_would_not_refuse(refused_with: str | None, code: str) -> None:
    error = None if refused_with is None else EngineError(refused_with, WHY)

    assert sessions._how_to_mend(Path("/there/s"), error).code == code


def test_of_a_session_to_go_on_with_only_what_is_not_a_problem_already_is_advice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path, ID, "paused")
    options: Any = SimpleNamespace(data_root=tmp_path, session=ID)
    found = [Finding("error", WHY), Finding("warning", TODO)]
    said: list[tuple[Any, list[Sentence], int]] = []
    printer: Any = SimpleNamespace(answer=lambda value, lines, code=0: said.append((value, lines, code)) or code)  # type: ignore[func-returns-value]
    monkeypatch.setattr(sessions.start, "sessions_root", lambda root: root)
    monkeypatch.setattr(queries, "hindrances", lambda _: found)
    for problems in ([WHY], []):
        monkeypatch.setattr(queries, "problems", lambda _, problems=problems: problems)
        sessions._verify(options, printer)
    count = sentence("commands.problems", session=ID, count=1)

    assert said == [
        ({"session": ID, "problems": [to_json(WHY)]}, [WHY, count, found[1].whole], EXIT_SESSION),
        ({"session": ID, "problems": []}, [sentence("commands.intact", session=ID)], 0),
    ]


def made(root: Path, name: str, status: str, report: bool = False) -> Path:
    session = store.create(root, name, "name: x\n", "then")
    store.write_state(session, store.read_state(session).changed(status=status))
    if report:
        (session / results.REPORT).parent.mkdir()
        (session / results.REPORT).write_text("<html>", encoding="utf-8")
    return session


def test_the_newest_report_is_taken_and_what_is_passed_over_is_told(tmp_path: Path) -> None:
    told = list[Sentence]()
    assert refused(lambda: sessions.latest_reported(tmp_path, told.append)).code == "session_unknown"
    made(tmp_path, "20260101-000000-a", "paused")
    made(tmp_path, "20260102-000000-b", "finished")
    assert refused(lambda: sessions.latest_reported(tmp_path, told.append)).code == "report_missing"
    old = made(tmp_path, "20250101-000000-c", "finished", report=True)
    made(tmp_path, "20250102-000000-d", "paused", report=True)
    assert told == [] and sessions.latest_reported(tmp_path, told.append) == old
    assert [each.args["session"] for each in told] == ["20260102-000000-b"]


def test_a_report_is_shown_in_the_readers_language_where_it_is_there(tmp_path: Path) -> None:
    session = made(tmp_path, "20260101-000000-a", "finished", report=True)
    own = session / results.REPORT
    assert sessions.report(session, "ja") == own == sessions.report(session)
    own.with_name("report.ja.html").write_text("<html>", encoding="utf-8")
    assert sessions.report(session, "ja").name == "report.ja.html" and sessions.report(session, "en") == own
    own.unlink()
    assert refused(lambda: sessions.report(session, "ja")).code in ("report_missing", "results_damaged")


def test_what_programs_get_of_a_session(tmp_path: Path) -> None:
    session = made(tmp_path, "20260101-000000-a", "paused")
    entry = replace(
        HERE, session=session.name, path=session, name="Mine", detail=WHY, action=TODO, results={"base": 0.5},
        step_seconds={"train": 3.0}, live=LIVE,
    )  # fmt: skip
    shared = {
        "session": session.name, "name": "Mine", "status": "paused", "step": "train", "unit": 7, "share": 0.426,
        "detail": to_json(WHY), "action": to_json(TODO),
    }  # fmt: skip
    assert queries.entry(entry) == shared | {"updated": "then", "path": str(session), "results": {"base": 0.5}}
    told = queries.status(entry, [HERE])
    assert {key: told[key] for key in shared} == shared
    assert (told["step_seconds"], told["live"], told["incidents"]) == ({"train": 3.0}, LIVE, [])
    assert told["others"] == [HERE.session] and set(told) == {
        *shared,
        "step_seconds",
        "live",
        "incidents",
        "problems",
        "others",
    }
    bare = queries.entry(replace(entry, detail=None, action=None))
    assert (bare["detail"], bare["action"]) == (None, None) and queries.status(entry)["others"] == []


@pytest.mark.parametrize(
    ("status", "looked"), [("paused", True), ("cut", True), ("running", False), ("damaged", False), ("copy", False)]
)
def test_only_a_session_at_rest_that_could_go_on_is_looked_at_for_what_is_in_its_way(
    tmp_path: Path, status: str, looked: bool
) -> None:
    session = made(tmp_path, "20260101-000000-a", "paused")
    (session / store.CONFIG).write_text("datasets: [", encoding="utf-8")
    entry = replace(HERE, session=session.name, path=session, status=status)

    assert bool(queries.troubles(entry)) is looked


def test_of_a_finished_session_it_is_told_what_of_its_results_is_lost(tmp_path: Path) -> None:
    session = made(tmp_path, "20260101-000000-a", "finished")
    entry = replace(HERE, session=session.name, path=session, status="finished")
    said = [each.code for each in queries.troubles(entry)]

    assert said == [each.code for each in queries.lost_results(session)] and said[-1] == "commands.make_again"
    assert queries.newest_checkpoint(entry) is None
