"""What step 5 needs to be begun again, what it is begun with, and how the session counts from there."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.sessions import make_config, refused
from so8t_engine.config import file as config_file
from so8t_engine.config.run_config import RunConfig
from so8t_engine.errors import EngineError
from so8t_engine.run import evaluation_again
from so8t_engine.session import config_seal, history, recovery, sealed_folder, store, verification
from so8t_engine.session.state import Cursor, PipelineState, Work

BUILT = make_config([{"name": "a", "path": "a.jsonl", "source": "local"}])
OPENED = BUILT.model_copy(update={"model": BUILT.model.model_copy(update={"build": None})})


def published(session: Path, *names: str) -> None:
    for name in names:
        sealed_folder.publish(session / name, lambda part: (part / "x").write_bytes(b"x") and None, {})


@pytest.mark.parametrize(
    ("config", "there", "missing"),
    [
        (BUILT, ("adapter", "model", "data/converted"), None),  # without PPO there is no reference
        (BUILT, ("adapter", "reference", "data/converted"), "model"),
        (OPENED, ("adapter", "reference", "data/converted"), None),
        (OPENED, ("reference", "model", "data/converted"), "adapter"),
        (OPENED, ("adapter", "reference", "model"), "converted"),
    ],
)
def test_only_what_the_session_keeps_itself_is_needed(
    tmp_path: Path, config: RunConfig, there: tuple[str, ...], missing: str | None
) -> None:
    (tmp_path / "data").mkdir()
    published(tmp_path, *there)
    if missing is None:
        evaluation_again._refuse_incomplete(tmp_path, config)
        return
    with pytest.raises(EngineError) as refused:
        evaluation_again._refuse_incomplete(tmp_path, config)
    assert refused.value.code == "session_damaged" and missing in str(refused.value)


@pytest.mark.parametrize("damaged", ["adapter", "reference", "model"])
def test_what_is_there_must_be_whole_needed_or_not(tmp_path: Path, damaged: str) -> None:
    (tmp_path / "data").mkdir()
    published(tmp_path, "adapter", "reference", "model", "data/converted")
    (tmp_path / damaged / "x").write_bytes(b"y")
    with pytest.raises(EngineError, match="x"):
        evaluation_again._refuse_incomplete(tmp_path, OPENED)


def test_what_step_5_did_is_not_done_any_more_and_its_time_is_no_part_of_the_share() -> None:
    work = {"train/update": Work(4, 60.0), "evaluate/answers": Work(2, 20.0)}
    before = PipelineState(
        "s", cursor=Cursor("evaluate", 9), status="finished", run=3, active_seconds=80.0, share=1.0,
        step_seconds={"train": 60.0, "evaluate": 20.0}, work=work, totals={"train/update": 4, "evaluate/answers": 2},
    )  # fmt: skip
    state = evaluation_again._at_the_beginning(before, None)

    assert (state.cursor, state.status, state.run) == (Cursor("evaluate", 0), "paused", 4)
    assert state.reason is not None and state.reason["code"] == "run.evaluated_again"
    assert (dict(state.work), dict(state.totals)) == ({"train/update": Work(4, 60.0)}, {"train/update": 4})
    assert (state.share, state.share_seconds, state.config) == (0.75, 80.0, before.config)
    cut_off = evaluation_again._at_the_beginning(before.changed(status="running", active_seconds=0.0), None)
    assert (cut_off.status, cut_off.reason, cut_off.share) == ("running", None, 0.0)


def test_what_was_answered_is_taken_from_the_newest_save_of_step_5_that_has_answers(tmp_path: Path) -> None:
    session = store.create(tmp_path, "s", "", "now")
    answered, settings = evaluation_again.ANSWERED, evaluation_again.SETTINGS
    assert evaluation_again._answered(session, BUILT) == {}
    state = store.read_state(session).changed(config=config_seal.of(b""))
    for cursor, files in (
        (Cursor("train", 1), {answered: b"of another step"}),
        (Cursor("evaluate", 1), {answered: b"first"}),
        (Cursor("evaluate", 2), {answered: b"second", settings: b"as set then"}),
    ):
        state = store.commit(session, state.changed(cursor=cursor), files)
        found = evaluation_again._answered(session, BUILT)
        if cursor.step == "train":
            assert found == {}
        elif settings not in files:
            assert found == {answered: b"first", settings: BUILT.evaluate.model_dump_json().encode()}
    assert found == {answered: b"second", settings: b"as set then"}
    store.commit(session, state.changed(cursor=Cursor("evaluate", 3)), {})
    assert evaluation_again._answered(session, BUILT) == found


ID = "20260101-000000-demo"


@pytest.fixture
def finished(tmp_path: Path) -> Path:
    """A session that is through, with what step 5 needs of it, two entries of history and its answers."""
    config = config_file.dump(config_file.load_preset("demo"))
    session = store.create(tmp_path, ID, config, "now")
    published(session, "adapter", "model", "data/converted")
    state = recovery.recover(session).state.changed(cursor=Cursor("evaluate", 9), status="finished")
    mark = history.extend(session / history.NAME, verification.prefix_of(state), [{"number": 1}, {"number": 2}])
    state = state.changed(points=mark.points, history_bytes=mark.bytes, history_crc=mark.crc)
    store.commit(session, state, {evaluation_again.ANSWERED: b"answers"})
    return session


def again(session: Path, accept_changes: bool = False) -> recovery.Recovered:
    return evaluation_again.begin(session, recovery.recover(session), accept_changes)


def test_step_5_is_begun_again_by_one_commit_that_keeps_its_answers_and_marks_the_history(finished: Path) -> None:
    begun = again(finished)

    assert begun.state.cursor == Cursor("evaluate", 0) and begun.state.points == 3
    [entry] = begun.marks
    assert (entry["number"], entry["kind"], entry["mark"]) == (3, "mark", evaluation_again.MARK)
    assert entry["why"]["code"] == "run.evaluated_again"
    assert list(history.read(finished / history.NAME))[-1] == entry
    assert begun.folder is not None and (begun.folder / evaluation_again.ANSWERED).read_bytes() == b"answers"
    assert recovery.recover(finished).state == begun.state
    asked_twice = again(finished)
    assert asked_twice.state == begun.state and asked_twice.marks == ()
    assert len(list(history.read(finished / history.NAME))) == 3


def test_step_5_is_begun_again_with_its_own_settings_as_they_are_now(finished: Path) -> None:
    file = finished / store.CONFIG
    changed = config_file.load_preset("demo", ["evaluate.max_records=3"])
    file.write_text(config_file.dump(changed), encoding="utf-8")
    begun = again(finished)

    assert begun.marks[0]["why"]["code"] == "run.evaluated_otherwise" and begun.state.config is not None
    assert config_file.parse(begun.state.config.text, store.CONFIG).evaluate.max_records == 3
    assert begun.folder is not None and (begun.folder / evaluation_again.ANSWERED).read_bytes() == b"answers"


def test_step_5_is_not_begun_again_where_training_was_set_otherwise_or_is_not_over(finished: Path) -> None:
    changed = config_file.load_preset("demo", ["seed=99"])
    (finished / store.CONFIG).write_text(config_file.dump(changed), encoding="utf-8")
    before = (finished / store.STATE).read_bytes()
    assert refused(lambda: again(finished)).code == "training_config_changed"
    assert (finished / store.STATE).read_bytes() == before
    begun = again(finished, accept_changes=True)
    assert begun.folder is not None and not (begun.folder / evaluation_again.ANSWERED).exists(), (
        "answers of another run"
    )

    store.commit(finished, begun.state.changed(cursor=Cursor("train", 1)), {})
    error = refused(lambda: again(finished, accept_changes=True))
    assert error.code == "usage" and ID in error.detail
