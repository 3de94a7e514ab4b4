"""What of a session can be believed, and the sentence that says what is wrong with the rest."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.sessions import refused
from so8t_engine.session import manifest, recovery, results, sealed_folder, store, verification
from so8t_engine.session.config_seal import ConfigSeal, from_json, of
from so8t_engine.session.state import PipelineState, Work, dump


def written(session: Path, data: bytes) -> Path:
    (session / store.STATE).write_bytes(data)
    return session


def finished(session: Path, *folders: str, made: bool = False) -> PipelineState:
    """As a run leaves it, with these of its results; `made`: its report tells of a GGUF file, else of none."""
    figures = {"gguf": {"F16": {"bytes": 5} if made else {"error": "no room"}}}

    def fill(part: Path) -> None:
        (part / "report.json").write_text(json.dumps(figures), encoding="utf-8")

    for name in folders:
        sealed_folder.publish(session / name, fill, {})
    return PipelineState(session.name, status="finished")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{", "it is not JSON (line 1, column 2)"),
        (b'{\n "a": ?}', "it is not JSON (line 2, column 7)"),
        (b'{"a": "\xff"}', "it is not UTF-8 text (byte 8)"),
        (b"[" * 100_000, "it is nested deeper than can be read"),
    ],
)  # fmt: skip
def test_that_what_is_wrong_with_a_state_file_is_said_with_its_place(tmp_path: Path, data: bytes, said: str) -> None:
    state, [note] = verification.read_pointer(written(tmp_path, data))

    assert state is None
    assert str(note) == f"pipeline_state.json is unreadable ({said}); the newest checkpoint's own copy is used"
    assert verification.pointer_to_go_on(tmp_path) == (None, [note])


def test_that_a_state_file_which_is_missing_is_named(tmp_path: Path) -> None:
    state, [note] = verification.read_pointer(tmp_path)

    assert state is None
    assert str(note) == "pipeline_state.json is missing; the newest checkpoint's own copy is used"


def test_that_a_state_file_which_may_not_be_read_is_shown_as_such_and_no_reason_to_go_on_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbids(*_: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("so8t_engine.session.wary_read.json_value", forbids)

    state, [note] = verification.read_pointer(tmp_path)
    assert state is None and note.code == "session.pointer_unreadable" and "Permission denied" in str(note)
    assert refused(lambda: verification.pointer_to_go_on(tmp_path)).code == "disk_permission"


def test_that_checkpoints_are_listed_by_number_and_only_folders_count(tmp_path: Path) -> None:
    for name in ("000009", "000010", "1000000", "000011.bad", "12", "000013.part"):
        (tmp_path / name).mkdir()
    (tmp_path / "000014").write_bytes(b"")

    assert verification.complete(tmp_path) == ["1000000", "000010", "000009"]
    assert verification.complete(tmp_path / "none") == []


def test_that_a_finished_session_lacks_the_folders_that_its_report_says_it_made(tmp_path: Path) -> None:
    state = finished(tmp_path, "adapter", "report", made=True)

    assert verification.lost(tmp_path, state) == ["final_model", "gguf"]
    (tmp_path / "final_model").mkdir()
    assert verification.lost(tmp_path, state) == ["final_model", "gguf"], "nothing vouches for an empty folder"
    assert verification.lost(tmp_path, state.changed(status="paused")) == []
    assert verification.lost(tmp_path, None) == []


def test_that_gguf_files_which_could_not_be_made_are_not_missed(tmp_path: Path) -> None:
    state = finished(tmp_path, "adapter", "report", "final_model")

    assert verification.lost(tmp_path, state) == []


def test_that_without_a_report_those_gguf_files_are_missed_that_were_asked_for(tmp_path: Path) -> None:
    state = finished(tmp_path, "adapter", "final_model")
    asked = state.changed(work={verification.GGUF_UNITS: Work(1, 2.0)})

    assert verification.lost(tmp_path, state) == ["report"]
    assert verification.lost(tmp_path, asked) == ["report", "gguf"]


def test_that_what_is_gone_and_what_was_changed_in_the_report_is_said_of_a_finished_session(tmp_path: Path) -> None:
    written(tmp_path, dump(finished(tmp_path, "report", made=True)))
    (tmp_path / results.FIGURES).write_text('{"gguf": {}}', encoding="utf-8")

    said = [str(what) for what in verification.lost_results(tmp_path)]
    assert said == ["report/report.json: 12 bytes where 31 were written", "final_model: missing"]


def test_that_figures_are_believed_which_the_last_checkpoint_has_sealed(tmp_path: Path) -> None:
    session = PipelineState(tmp_path.name, status="finished", checkpoint="000001", results={"tuned": 0.5})
    folder = tmp_path / verification.CHECKPOINTS / "000001"
    folder.mkdir(parents=True)

    def sealed(figures: object) -> PipelineState:
        (folder / manifest.NAME).write_bytes(manifest.build({}, {"state": {"results": figures}}))
        return session

    assert verification.believed_results(tmp_path, sealed({"tuned": 0.5})) == {"tuned": 0.5}
    assert verification.believed_results(tmp_path, sealed({"tuned": 0.4})) == {}
    unfinished = sealed({"tuned": 0.4}).changed(status="running")
    assert verification.believed_results(tmp_path, unfinished) == {"tuned": 0.5}
    for none in (None, "../000001"):
        assert verification.believed_results(tmp_path, session.changed(checkpoint=none)) == {"tuned": 0.5}


@pytest.mark.parametrize(
    ("status", "code", "said"),
    [
        ("finished", "results_damaged", "The report of session {}, which is finished, is gone."),
        ("running", "report_missing", "Session {} has no report; its last step writes it."),
    ],
)  # fmt: skip
def test_that_a_report_which_is_gone_and_one_to_come_are_told_apart(
    tmp_path: Path, status: str, code: str, said: str
) -> None:
    error = verification.no_report(written(tmp_path, dump(PipelineState(tmp_path.name, status=status))))

    assert (error.code, str(error.sentence)) == (code, said.format(tmp_path.name))


def test_that_a_report_of_a_session_without_a_state_is_one_to_come(tmp_path: Path) -> None:
    assert verification.no_report(tmp_path).code == "report_missing"


@pytest.mark.skipif(sys.platform == "win32", reason="making a symbolic link needs a privilege there")
@pytest.mark.parametrize("look", [verification.problems, recovery.refusal, recovery.start_over, recovery.recover])
def test_that_a_session_with_a_link_in_it_is_neither_checked_nor_changed(
    tmp_path: Path, look: Callable[[Path], object]
) -> None:
    store.create(tmp_path, "s", "{}", "2026-01-01T00:00:00Z")
    (tmp_path / "s" / "data").mkdir(exist_ok=True)
    (tmp_path / "s" / "data" / "theirs").symlink_to(tmp_path)
    before = sorted(tmp_path.rglob("*"))

    error = refused(lambda: look(tmp_path / "s"))
    assert (error.code, str(error.sentence)) == ("session_unsafe", "data/theirs in session s is a link.")
    assert sorted(tmp_path.rglob("*")) == before


def test_that_a_session_whose_state_names_a_checkpoint_that_is_gone_is_refused_by_a_look(tmp_path: Path) -> None:
    store.create(tmp_path, "s", "{}", "2026-01-01T00:00:00Z")
    assert recovery.refusal(tmp_path / "s") is None
    store.write_state(tmp_path / "s", store.read_state(tmp_path / "s").changed(checkpoint="000004"))

    refusal = recovery.refusal(tmp_path / "s")
    assert refusal is not None and refusal.code == "session_damaged"
    assert [str(one) for one in verification.problems(tmp_path / "s")] == ["No checkpoint of session s is intact."]


def test_that_a_sealed_configuration_knows_whether_it_is_the_original() -> None:
    seal = of("seed: 1 # 種\n".encode())

    assert seal.text == "seed: 1 # 種\n" and seal.intact
    assert not ConfigSeal(seal.sha256, "seed: 2 # 種\n").intact
    assert from_json(None) is None and from_json({"sha256": seal.sha256, "text": seal.text}) == seal


def test_that_a_session_is_made_with_what_its_newest_checkpoint_that_knows_it_has_sealed(tmp_path: Path) -> None:
    store.create(tmp_path, "s", "seed: 1\n", "2026-01-01T00:00:00Z")
    session = tmp_path / "s"
    first = store.read_state(session)
    state = store.commit(session, first.changed(config=of(b"seed: 2\n")), {})
    store.commit(session, state.changed(config=None), {})
    store.write_state(session, store.read_state(session).changed(config=of(b"seed: 3\n")))

    seal = recovery.sealed_config(session)
    assert seal is not None and seal.text == "seed: 2\n"


def checkpoints(session: Path, *names: str, points: int = 0) -> Path:
    """Checkpoints of a session of no history, the last of them its newest."""
    for name in names:
        state = PipelineState(
            session.name, checkpoint=name, points=points, history_bytes=9 * points, history_crc=points
        )
        folder = session / verification.CHECKPOINTS / name
        folder.mkdir(parents=True)
        about = {"session": session.name, "checkpoint": name, "state": json.loads(dump(state))}
        (folder / manifest.NAME).write_bytes(manifest.build({}, about))
        written(session, dump(state))
    return session


def said_of(session: Path) -> list[tuple[str, str]]:
    return [(each.args.get("place", ""), each.args["what"].code if "what" in each.args else each.code)
            for each in verification.problems(session)]  # fmt: skip


def test_that_every_checkpoint_is_looked_at_and_the_newest_is_missed_where_it_is_gone(tmp_path: Path) -> None:
    session = checkpoints(tmp_path, "000001", "000002")
    assert said_of(session) == []
    (session / "checkpoints" / "000002").rename(session / "checkpoints" / "elsewhere")
    assert said_of(session) == [("checkpoints/000002", "session.file_missing")]
    (session / "checkpoints" / "elsewhere").rename(session / "checkpoints" / "000002.bad")
    assert said_of(session) == [], "it was set aside, which was told when it was"
    (session / "checkpoints" / "000001" / manifest.NAME).write_bytes(b"x")
    assert said_of(session) == [
        ("checkpoints/000001", "session.problem_at"), ("", "session.no_intact_checkpoint"),
    ]  # fmt: skip


def test_that_a_state_which_names_no_checkpoint_of_ours_misses_none(tmp_path: Path) -> None:
    state = PipelineState(tmp_path.name)
    assert verification.gone(tmp_path, None) is None is verification.gone(tmp_path, state)
    assert verification.gone(tmp_path, state.changed(checkpoint="../x")) is None
    assert verification.gone(tmp_path, state.changed(checkpoint="12345")) is None
    assert verification.gone(tmp_path, state.changed(checkpoint="123456")) == "123456"


def test_that_a_checkpoint_of_another_session_number_or_history_is_none_of_this(tmp_path: Path) -> None:
    session = checkpoints(tmp_path, "000001")
    state, _ = verification.judge(session, "000001")
    assert state is not None and state.checkpoint == "000001"
    (session / "checkpoints" / "000001").rename(session / "checkpoints" / "000003")
    assert [verification.payload(session, "000003")[0], verification.payload(session, "000003")[1].code] == [
        None, "session.another_checkpoint",
    ]  # fmt: skip
    longer = checkpoints(tmp_path, "000004", points=3)
    assert verification.payload(longer, "000004")[0] is not None
    state, why = verification.judge(longer, "000004")
    assert (state, why.code) == (None, "session.history_differs")
    assert said_of(longer)[-1] == ("", "session.history_damaged")


@pytest.mark.parametrize("state", [None, [], {"session": 5}, {"session": "s", "cursor": {"step": "none", "unit": 0}}])
def test_that_a_checkpoint_which_is_whole_but_holds_no_state_is_named(tmp_path: Path, state: object) -> None:
    session = store.create(tmp_path, "s", "", "now")
    folder = session / "checkpoints" / "000001"
    folder.mkdir()
    (folder / manifest.NAME).write_bytes(manifest.build({}, {"checkpoint": "000001", "state": state}))
    found, why = verification.payload(session, "000001")

    assert found is None and "checkpoint 000001" in str(why)


def test_that_figures_which_were_changed_in_the_state_of_a_finished_session_are_a_problem(tmp_path: Path) -> None:
    session = checkpoints(tmp_path, "000001")
    pointer, _ = verification.read_pointer(session)
    assert pointer is not None
    written(session, dump(pointer.changed(status="finished", results={"tuned": 0.9})))

    assert (store.STATE, "session.file_changed") in said_of(session)
