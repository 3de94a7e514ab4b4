"""The list of sessions: what it says of folders in every state, in the window's language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QPalette

from helpers import sample_sessions
from helpers.japanese import english_in, is_japanese
from so8t_engine.errors import CODES, EngineError, as_json
from so8t_engine.sentences import Sentence, to_json
from so8t_engine.session import catalog, lock, store
from so8t_engine.session.state import Cursor, PipelineState
from so8t_gui.i18n.language import Language
from so8t_gui.sessions import rows as session_rows
from so8t_gui.sessions.rows import COLUMNS, SessionRow
from so8t_gui.sessions.table import SessionModel
from so8t_gui.startup import unfinished_session

REASONS = ("run.pause_by_window", "run.pause_ctrl_c", "run.pause_by_system", "run.pause_window_closed")


@pytest.fixture
def language(qapp: QObject) -> Iterator[Language]:
    made = Language()
    made.use("ja")
    yield made
    made.use("en")


def in_every_state(root: Path) -> list[SessionRow]:
    """One session a status, an error code and a reason of a pause."""
    sample_sessions.make_all(root)
    for number, code in enumerate(CODES):
        name = f"20260101-0000{number:02d}-failed"
        error = as_json(EngineError(code, sample_sessions.DISK_FULL))
        sample_sessions.make(root, name, PipelineState(name, "failed", Cursor("train", 4), error=error))
    for number, reason in enumerate(REASONS):
        name = f"20260102-0000{number:02d}-paused"
        state = PipelineState(name, "paused", Cursor("train", 4), reason=to_json(Sentence(reason)))
        sample_sessions.make(root, name, state)
    damaged = sample_sessions.make(root, "20260103-000000-x", PipelineState("20260103-000000-x"))
    (damaged / store.STATE).write_text("{")
    return list(session_rows.rows(catalog.sessions(root)))


def test_every_state_is_said_in_japanese(language: Language, tmp_path: Path) -> None:
    rows = in_every_state(tmp_path)
    shown = {row.status for row in rows}
    held = replace(rows[0], status="running")

    assert shown == {"new", "paused", "failed", "finished", "cut", "newer", "damaged"}
    for row in [*rows, held]:
        texts = [session_rows.state_word(row.status), session_rows.state_sentence(row), session_rows.step_text(row)]
        wrong = [text for text in texts if text and not is_japanese(text)]
        assert not wrong, (row.session, wrong, list(map(english_in, wrong)))
    assert all(map(is_japanese, session_rows.columns().values()))


def test_what_hinders_a_session_is_said_in_japanese(language: Language, tmp_path: Path) -> None:
    in_every_state(tmp_path)
    held = tmp_path / "20260102-000000-paused"
    with lock.held(held, {"pid": 1}):
        problems = [unfinished_session.problem(entry) for entry in catalog.sessions(tmp_path)]

    said = [text for text in problems if text]
    assert len(said) == 3 and all(map(is_japanese, said))  # one runs, one is newer, one is damaged


def test_a_session_of_an_older_version_has_its_words_as_they_were_written(qapp: QObject, tmp_path: Path) -> None:
    state = PipelineState("20260101-000000-x", "failed", error={"code": "disk_full", "sentence": "The disk is full."})
    sample_sessions.make(tmp_path, state.session, state)
    row = session_rows.rows(catalog.sessions(tmp_path))[0]

    assert session_rows.state_sentence(row).splitlines()[1:] == [
        "The disk is full.", "Free some space on that disk, then Resume."
    ]  # fmt: skip


def test_a_tag_in_what_the_engine_says_is_text_and_a_control_is_nothing(qapp: QObject, tmp_path: Path) -> None:
    state = PipelineState("20260101-000000-x", "paused", reason="<b>bold</b>\x1b[1m")
    sample_sessions.make(tmp_path, state.session, state)
    model = SessionModel(QPalette, lambda row: None)
    model.put(session_rows.rows(catalog.sessions(tmp_path)))

    cell = model.index(0, COLUMNS.index("state"))
    assert model.data(cell, Qt.ItemDataRole.ToolTipRole) == "Paused (<b>bold</b>). Resume goes on where it was."


@pytest.mark.parametrize(
    ("status", "results", "text"),
    [
        ("finished", {"base": 0.409, "tuned": 0.618}, "40.9\N{NO-BREAK SPACE}% → 61.8\N{NO-BREAK SPACE}%"),
        ("finished", {"base": 0.5, "tuned": 0.4}, "50.0\N{NO-BREAK SPACE}% → 40.0\N{NO-BREAK SPACE}%"),
        ("finished", {"base": 0.0, "tuned": 0.0}, "0.0\N{NO-BREAK SPACE}% → 0.0\N{NO-BREAK SPACE}%"),
        ("finished", {"tuned": 0.4}, "40.0\N{NO-BREAK SPACE}%"),
        ("finished", {}, session_rows.NO_RESULT),
        ("finished", {"base": "many", "tuned": [1]}, session_rows.NO_RESULT),
        ("finished", {"base": 0.5, "tuned": 1e300}, session_rows.NO_RESULT),
        ("paused", {"base": 0.409, "tuned": 0.618}, session_rows.NO_RESULT),
    ],
)
def test_that_the_list_says_what_came_of_a_run(
    tmp_path: Path, status: str, results: dict[str, object], text: str
) -> None:
    name = "20260101-000000-x"
    sample_sessions.make(tmp_path, name, PipelineState(name, status, Cursor("evaluate", 4), results=results))
    [row] = session_rows.rows(catalog.sessions(tmp_path))
    assert session_rows.result_text(row) == text


def test_that_the_list_is_sorted_by_result(tmp_path: Path) -> None:
    rows = in_every_state(tmp_path)
    rows.append(replace(rows[0], session="better", base=0.1, tuned=0.9))
    model = SessionModel(QPalette, lambda _: None)
    model.put(rows)
    model.sort(COLUMNS.index("result"), Qt.SortOrder.DescendingOrder)
    shown = [session_rows.result_text(row).partition("→ ")[2] for row in model.shown[:3]]
    assert shown == ["90.0\N{NO-BREAK SPACE}%", "61.8\N{NO-BREAK SPACE}%", ""]


def test_that_a_finished_session_is_further_than_one_in_its_last_step(tmp_path: Path) -> None:
    for name, status in (("20260101-000000-a", "finished"), ("20260101-000000-b", "paused")):
        sample_sessions.make(tmp_path, name, PipelineState(name, status, Cursor("evaluate", 4)))
    key = session_rows.sort_key("step", lambda _: None)
    ordered = sorted(session_rows.rows(catalog.sessions(tmp_path)), key=key)
    assert [row.status for row in ordered] == ["paused", "finished"]


def test_a_row_is_found_by_every_word_that_is_shown_of_it_and_by_its_state(qapp: QObject) -> None:
    row = SessionRow("20260101-000000-a", Path("/s/a"), "Night run", "paused", "train", 4, 0.5, None, None, None)
    found = [("", ""), ("night", ""), ("RUN night", ""), ("paused", ""), ("0101", "paused"), ("train", "")]
    assert all(session_rows.matches(row, text, status) for text, status in found)
    missed = [("night x", ""), ("night", "finished"), ("", "finished")]
    assert not any(session_rows.matches(row, text, status) for text, status in missed)
