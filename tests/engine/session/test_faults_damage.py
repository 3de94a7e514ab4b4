"""Damaged files of a session: what is bad is noticed, set aside and kept; the newest good checkpoint goes on."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from crash import workload
from crash.faults import ID, assert_goes_on_from, checkpoint, everything, saved
from so8t_engine.errors import EngineError
from so8t_engine.session import catalog, history, incidents, manifest, recovery, store, verification
from so8t_engine.session.state import PipelineState, from_json, to_json

FILES = ("adapter.safetensors", "optimizer.safetensors", "state.json", "manifest.json")


def torn(data: bytes) -> bytes:
    return data[: len(data) // 2]


def nul(data: bytes) -> bytes:
    return bytes(len(data))


def empty(data: bytes) -> bytes:
    return b""


def not_text(data: bytes) -> bytes:
    return b"\xff\xfe" + data


def another_shape(data: bytes) -> bytes:
    return b"[1, 2]"


@pytest.mark.parametrize("damage", [torn, nul, empty, not_text, another_shape])
def test_fault_09_10_11_a_damaged_state_file_costs_nothing_and_is_told(
    tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    session = saved(tmp_path)
    state = session / store.STATE
    state.write_bytes(damage(state.read_bytes()))
    recovered = assert_goes_on_from(session, 3)

    assert any(note.args.get("file") == store.STATE for note in recovered.notes)
    incident = incidents.describe(recovered.state, recovered.notes, {}, "killed", "now")
    assert incident is not None and incident["kind"] == "damage"
    assert catalog.entry(session).unfinished


def test_fault_09_a_missing_state_file_costs_nothing_either(tmp_path: Path) -> None:
    session = saved(tmp_path)
    (session / store.STATE).unlink()

    assert_goes_on_from(session, 3)


def test_fault_09_torn_before_the_first_commit_is_a_beginning(tmp_path: Path) -> None:
    session = store.create(tmp_path, "new", "", "")
    (session / store.STATE).write_bytes(b'{"form')

    assert recovery.recover(session).state == PipelineState("new")


def flipped(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 0x10]) + data[middle + 1 :]


def zeroed_block(data: bytes) -> bytes:
    return bytes(min(4096, len(data))) + data[4096:]


@pytest.mark.parametrize("damage", [flipped, torn, zeroed_block, empty], ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("file", FILES)
def test_fault_11_12_13_14_a_damaged_checkpoint_file_falls_back_and_the_bad_folder_is_kept(
    tmp_path: Path, file: str, damage: Callable[[bytes], bytes]
) -> None:
    session = saved(tmp_path)
    bad = checkpoint(session, 3) / file
    bad.write_bytes(damage(bad.read_bytes()))
    before = everything(checkpoint(session, 3))
    recovered = assert_goes_on_from(session, 2)

    assert [note.args["checkpoint"] for note in recovered.notes if note.code == "session.set_aside"] == ["000003"]
    assert everything(session / "checkpoints" / "000003.bad") == before


def test_fault_13_a_flipped_bit_anywhere_in_the_manifest_is_noticed(tmp_path: Path) -> None:
    session = saved(tmp_path)
    path = checkpoint(session, 3) / "manifest.json"
    data = path.read_bytes()
    for place in range(0, len(data), 7):
        path.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])

        assert manifest.problems(path.parent), f"byte {place}"


def test_fault_13_a_damaged_end_of_the_history_falls_back_to_what_is_intact(tmp_path: Path) -> None:
    session = saved(tmp_path)
    path = session / history.NAME
    data = bytearray(path.read_bytes())
    data[-20] ^= 3
    path.write_bytes(data)

    assert_goes_on_from(session, 2)


def test_fault_15_files_of_two_checkpoints_mixed_are_noticed(tmp_path: Path) -> None:
    session = saved(tmp_path)
    shutil.copy(checkpoint(session, 2) / "adapter.safetensors", checkpoint(session, 3))

    assert_goes_on_from(session, 2)


def test_fault_15_a_whole_checkpoint_under_another_number_or_from_another_session_is_not_believed(
    tmp_path: Path,
) -> None:
    session = saved(tmp_path)
    stranger = saved(tmp_path / "elsewhere", 5)
    shutil.copytree(checkpoint(session, 2), checkpoint(session, 4))
    shutil.copytree(checkpoint(stranger, 5), checkpoint(session, 5))
    recovered = assert_goes_on_from(session, 3)

    assert [note.code for note in recovered.notes].count("session.set_aside") == 2


def test_fault_16_all_checkpoints_bad_is_refused_with_nothing_touched_and_starting_over_is_offered(
    tmp_path: Path,
) -> None:
    session = saved(tmp_path)
    for number in (2, 3):
        (checkpoint(session, number) / "adapter.safetensors").write_bytes(b"")
    before = everything(session)
    with pytest.raises(EngineError) as refused:
        recovery.recover(session)

    assert refused.value.code == "session_damaged" and "--from-start" in str(refused.value.action)
    assert everything(session) == before
    recovery.start_over(session)
    assert recovery.recover(session).state.cursor.unit == 0
    assert [path.name for path in sorted((session / "set-aside").iterdir())] == [
        "001-000002.bad", "002-000003.bad", "003-history.jsonl", "004-timeline.jsonl",
    ]  # fmt: skip


def test_fault_16_vanished_checkpoints_never_restart_a_session_silently(tmp_path: Path) -> None:
    session = saved(tmp_path)
    shutil.rmtree(session / "checkpoints")

    with pytest.raises(EngineError, match="No checkpoint"):
        recovery.recover(session)


def test_fault_17_after_a_fallback_the_next_commit_counts_and_the_bad_one_is_never_read_again(tmp_path: Path) -> None:
    session = saved(tmp_path)
    (checkpoint(session, 3) / "state.json").write_bytes(b"{}")
    assert_goes_on_from(session, 2)
    assert_goes_on_from(session, 2)
    saved(tmp_path, 1)

    assert_goes_on_from(session, 3)
    assert not checkpoint(session, 3).exists(), "its number is not used again"
    assert [path.name for path in sorted((session / "checkpoints").iterdir())] == ["000002", "000003.bad", "000004"]


def test_fault_17_the_fallback_itself_is_refreshed_so_that_a_second_damage_is_survived(tmp_path: Path) -> None:
    session = saved(tmp_path)
    (checkpoint(session, 3) / "state.json").write_bytes(b"{}")
    saved(tmp_path, 2)
    (checkpoint(session, 5) / "state.json").write_bytes(b"{}")

    assert_goes_on_from(session, 3)


@pytest.mark.parametrize("where", ["state", "checkpoint"])
def test_fault_36_a_newer_format_is_refused_and_not_a_byte_is_changed(tmp_path: Path, where: str) -> None:
    session = saved(tmp_path)
    if where == "state":
        body = json.loads((session / store.STATE).read_bytes()) | {"format_version": 2, "new": {"thing": 1}}
        (session / store.STATE).write_text(json.dumps(body))
    else:
        folder = checkpoint(session, 3)
        files, about = manifest.read(folder)
        about["state"]["format_version"] = 2
        (folder / manifest.NAME).write_bytes(manifest.build(files, about))
    (session / "checkpoints" / "000004.part").mkdir()
    before = everything(session)
    with pytest.raises(EngineError) as refused:
        recovery.recover(session)

    assert refused.value.code == "session_newer"
    assert everything(session) == before and (session / "checkpoints" / "000004.part").exists()


def test_fault_36_fields_a_later_program_may_add_within_the_format_are_skipped() -> None:
    body = to_json(PipelineState("s")) | {"later": 1}

    assert from_json(body, "it") == PipelineState("s")


@pytest.mark.parametrize(
    "cursor", [{"step": "train", "unit": "3"}, {"step": 3, "unit": 3}, {"step": "train", "unit": -1}]
)
def test_a_state_with_half_a_good_cursor_is_none(cursor: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="cursor"):
        from_json({**to_json(PipelineState("s")), "cursor": cursor}, "it")


def test_fault_37_a_history_that_runs_on_and_is_torn_is_cut_off_and_made_again_identically(tmp_path: Path) -> None:
    untouched = saved(tmp_path / "untouched", 4)
    session = saved(tmp_path, 3)
    with (session / history.NAME).open("ab") as file:
        file.write(history.line({"number": 7, "kind": "point", "loss": 9.0}) + b'{"number":8,"ki')
    assert_goes_on_from(session, 3)
    saved(tmp_path, 1)

    assert (session / history.NAME).read_bytes() == (untouched / history.NAME).read_bytes()


def test_fault_38_a_checkpoint_whose_history_is_not_there_does_not_count(tmp_path: Path) -> None:
    session = saved(tmp_path)
    path = session / history.NAME
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:5]))

    assert_goes_on_from(session, 2)


def test_fault_38_a_history_that_vanishes_while_running_is_not_filled_with_zeros(tmp_path: Path) -> None:
    session = saved(tmp_path)
    recovered = recovery.recover(session)
    (session / history.NAME).unlink()

    with pytest.raises(EngineError, match="is truncated"):
        history.extend(session / history.NAME, verification.prefix_of(recovered.state), [{"number": 7}])


def test_a_checkpoint_the_disk_cannot_read_falls_back_but_one_that_is_only_forbidden_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = saved(tmp_path)
    real = manifest.digest_file

    def unreadable(code: int) -> Callable[[Path], tuple[int, str]]:
        def digest_file(path: Path) -> tuple[int, str]:
            if path.parent.name == "000003":
                raise OSError(code, "from the disk", str(path))
            return real(path)

        return digest_file

    before = everything(session)
    monkeypatch.setattr(manifest, "digest_file", unreadable(13))
    with pytest.raises(EngineError, match="not allowed"):
        recovery.recover(session)
    assert everything(session) == before
    monkeypatch.setattr(manifest, "digest_file", unreadable(5))
    assert_goes_on_from(session, 2)


def test_a_listing_shows_a_damaged_session_without_falling_over(tmp_path: Path) -> None:
    session = saved(tmp_path)
    shutil.rmtree(session / "checkpoints")
    (session / store.STATE).write_bytes(b"")

    assert catalog.sessions(tmp_path)[0].status == "damaged"
    assert catalog.sessions(tmp_path)[0].session == ID


def test_the_oracle_of_these_tests_can_tell_units_apart() -> None:
    assert workload.payload(2) != workload.payload(3)
