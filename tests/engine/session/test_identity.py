"""A session that was renamed or copied says what it is, stands for nothing else, and goes on once it is adopted."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from crash import workload
from crash.faults import ID, assert_goes_on_from, checkpoint, everything, saved
from helpers.sessions import refused
from so8t_engine.session import adoption, catalog, identity, lock, manifest, recovery, store, verification
from so8t_engine.session.state import PipelineState


def of_a_newer_kind(session: Path) -> Path:
    """The same session with an identity of its own; sessions made before had their name alone."""
    own = "0123456789abcdef0123456789abcdef"
    for folder in (session / "checkpoints").iterdir():
        files, about = manifest.read(folder)
        about = about | {"identity": own, "state": about["state"] | {"identity": own}}
        (folder / manifest.NAME).write_bytes(manifest.build(files, about))
    body = json.loads((session / store.STATE).read_bytes()) | {"identity": own}
    (session / store.STATE).write_text(json.dumps(body))
    return session


@pytest.fixture(params=["an older version's", "a newer one's"])
def session(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    made = saved(tmp_path / "sessions")
    if request.param == "an older version's":
        for folder in checkpoint(made, 2), checkpoint(made, 3):
            files, about = manifest.read(folder)
            state = {name: value for name, value in about["state"].items() if name != "identity"}
            about = {"session": ID, "checkpoint": about["checkpoint"], "state": state}
            (folder / manifest.NAME).write_bytes(manifest.build(files, about))
        body = json.loads((made / store.STATE).read_bytes())
        del body["identity"]
        (made / store.STATE).write_text(json.dumps(body))
        return made
    return of_a_newer_kind(made)


def test_a_session_moved_under_its_own_name_is_at_home_anywhere(session: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "another disk" / ID
    elsewhere.parent.mkdir()
    session.rename(elsewhere)

    assert identity.foreign(elsewhere) is None and catalog.entry(elsewhere).status == "cut"
    assert_goes_on_from(elsewhere, 3)


def test_a_renamed_session_says_which_it_is_and_is_refused_with_nothing_touched(session: Path) -> None:
    renamed = session.rename(session.with_name("20270101-000000-mine"))
    before = everything(renamed)
    error = refused(lambda: recovery.recover(renamed))
    entry = catalog.entry(renamed)

    assert error.code == "session_foreign" and "so8t adopt" in str(error.action)
    assert error.detail == f"20270101-000000-mine is session {ID} under another name."
    assert refused(lambda: recovery.start_over(renamed)).code == "session_foreign"
    assert (entry.status, str(entry.detail), entry.unfinished) == ("renamed", error.detail, False)
    assert verification.problems(renamed) == [], "its files are as they were written"
    assert everything(renamed) == before


def test_an_adopted_session_goes_on_from_its_checkpoints_under_its_new_name(session: Path) -> None:
    renamed = session.rename(session.with_name("20270101-000000-mine"))
    (renamed / lock.OWNER).write_text('{"boot": "before the cut"}')
    adopted, before = adoption.adopt(renamed)

    assert (adopted, before) == (renamed, ID) and catalog.entry(adopted).status == "cut"
    assert lock.read_owner(adopted) == {"boot": "before the cut"}
    recovered = assert_goes_on_from(adopted, 3)
    assert recovered.state.session == renamed.name and not recovered.notes
    store.write_state(adopted, store.commit(adopted, recovered.state, workload.payload(3)))
    assert_goes_on_from(adopted, 3)
    (adopted / store.STATE).unlink()
    assert_goes_on_from(adopted, 3)
    assert refused(lambda: adoption.adopt(adopted)).code == "session_at_home"


def test_an_adopted_session_may_be_renamed_and_adopted_again_and_go_back_to_its_first_name(session: Path) -> None:
    for name in ("20270101-b", "20270102-c", ID):
        session = session.rename(session.with_name(name))
        adopted, _ = adoption.adopt(session) if identity.foreign(session) else (session, "")
        recovered = assert_goes_on_from(adopted, 3)
        store.write_state(adopted, store.commit(adopted, recovered.state, workload.payload(3)))


def test_a_backup_beside_the_original_is_a_copy_and_never_the_newest(session: Path) -> None:
    for name in ("20990101-000000-backup", f"{ID} - Copy", f"{ID} (2)", f"{ID} - コピー"):
        shutil.copytree(session, session.with_name(name))
    entries = {entry.session: entry for entry in catalog.sessions(session.parent)}

    assert [entry.session for entry in catalog.unfinished(session.parent)] == [ID]
    assert [entry.session for entry in catalog.latest(session.parent)] == [ID]
    assert len(entries) == 5 and {entry.status for name, entry in entries.items() if name != ID} == {"copy"}
    said = str(entries["20990101-000000-backup"].detail)
    assert said == f"20990101-000000-backup is a copy of session {ID}, which lies in {session}."


def test_an_adopted_copy_goes_on_and_the_original_stays_as_it_is(session: Path) -> None:
    copy = shutil.copytree(session, session.with_name(f"{ID} - Copy"))
    before = everything(session)
    adopted, _ = adoption.adopt(copy)

    assert adopted.name == f"{ID}-copy" and not copy.exists()
    assert_goes_on_from(adopted, 3)
    assert everything(session) == before
    assert {entry.session: entry.status for entry in catalog.sessions(session.parent)} == {
        ID: "cut", adopted.name: "cut",
    }  # fmt: skip


def test_a_session_with_a_name_in_japanese_is_adopted_under_the_name_it_had_with_a_number(session: Path) -> None:
    renamed = session.rename(session.with_name("りんご"))
    adopted, before = adoption.adopt(renamed)

    assert (adopted.name, before) == (f"{ID}-2", ID) and assert_goes_on_from(adopted, 3)
    names = [adoption.fitting_name(session.with_name(name), ID) for name in ("りんご 7", f"{ID} - コピー", "Mine (2)")]
    assert names == [f"{ID}-7", f"{ID}-3", "mine-2"]


def test_a_copy_that_outlives_its_original_is_a_renamed_session(session: Path) -> None:
    copy = session.rename(session.with_name("20990101-000000-backup"))

    assert catalog.entry(copy).status == "renamed"
    (session.parent / ID).mkdir()
    assert catalog.entry(copy).status == "renamed", "a folder of that name is not yet the session"


def test_without_its_state_file_a_renamed_session_is_known_by_its_checkpoints(session: Path) -> None:
    renamed = session.rename(session.with_name("20270101-mine"))
    (renamed / store.STATE).write_bytes(b"")

    assert refused(lambda: recovery.recover(renamed)).code == "session_foreign"
    assert_goes_on_from(adoption.adopt(renamed)[0], 3)


def test_a_state_file_of_another_session_does_not_make_a_session_another(session: Path, tmp_path: Path) -> None:
    other = store.create(tmp_path / "elsewhere", "20260202-other", "", "now", identity="f" * 32)
    shutil.copy(other / store.STATE, session / store.STATE)

    assert identity.foreign(session) is None
    assert_goes_on_from(session, 3)


def test_a_running_session_is_not_adopted(session: Path) -> None:
    renamed = session.rename(session.with_name("20270101-mine"))
    with lock.held(renamed, {"pid": 1}):
        assert refused(lambda: adoption.adopt(renamed)).code == "locked"
        assert catalog.entry(renamed).status == "running"


def test_names_that_are_paths_are_never_looked_at(session: Path) -> None:
    for name in ("../../secret", "/etc", "", "a/b", ".."):
        state = PipelineState(name, "paused", identity="f" * 32)
        shutil.rmtree(session / "checkpoints")
        (session / "checkpoints").mkdir()
        store.write_state(session, state)

        assert catalog.entry(session).status in ("renamed", "paused")


def test_an_adopted_session_is_at_home_although_its_state_is_garbage(session: Path) -> None:
    """Its checkpoints bear the name before until the next save; a finished one has none. Its copy is a copy."""
    copy = Path(shutil.copytree(session, session.with_name("20270101-000000-mine")))
    adopted, before = adoption.adopt(copy)
    assert before == ID and identity.foreign(adopted) is None
    (adopted / store.STATE).write_bytes(b"garbage")
    another = Path(shutil.copytree(adopted, session.with_name("20270102-000000-again")))

    assert identity.foreign(adopted) is None and catalog.entry(adopted).status not in ("copy", "renamed")
    assert catalog.entry(another).status in ("copy", "renamed")
    assert refused(lambda: recovery.recover(another)).code == "session_foreign"
    assert_goes_on_from(adopted, 3)
    assert catalog.entry(session).status not in ("copy", "renamed")
