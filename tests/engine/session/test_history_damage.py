"""A damaged history: what is whole is kept, what is lost is named, and the weights go on if the user says so."""

from __future__ import annotations

import json
import random
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crash import workload
from crash.faults import checkpoint, everything, saved
from helpers import odd_file
from helpers.sessions import Cut, refused
from so8t_engine.sentences import say
from so8t_engine.session import history, history_damage, incidents, recovery, store, verification
from so8t_engine.session.history import Prefix

LINES = 6  # entries of three commits


def damage(session: Path, change: Callable[[list[bytes]], list[bytes]]) -> bytes:
    """Changes the lines of the history; returns what was there before."""
    path = session / history.NAME
    before = path.read_bytes()
    path.write_bytes(b"".join(change(before.splitlines(keepends=True))))
    return before


def second_line_twice_hit(lines: list[bytes]) -> list[bytes]:
    hit = bytearray(lines[1])
    hit[3] ^= 1
    hit[12] ^= 4
    return [lines[0], bytes(hit), *lines[2:]]


def zeroed_block(lines: list[bytes]) -> list[bytes]:
    data = b"".join(lines)
    return [bytes(70) + data[70:]]


def cut_short(lines: list[bytes]) -> list[bytes]:
    return lines[:1]


def gone(lines: list[bytes]) -> list[bytes]:
    return []


def exchanged(lines: list[bytes]) -> list[bytes]:
    """Each line is right by itself."""
    other = {"number": 2, "kind": "point", "loss": 0.25}
    return [lines[0], history.line(other), *lines[2:]]


def kept(session: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted((session / "set-aside").glob("*-history.jsonl"))]


def test_fault_13_any_single_flipped_bit_of_the_history_costs_nothing_and_is_told(tmp_path: Path) -> None:
    session = saved(tmp_path)
    path = session / history.NAME
    before = path.read_bytes()
    ends = [8 * place + 3 for place, byte in enumerate(before) if byte == ord("\n")]
    for place in [*random.Random(5).sample(range(8 * len(before)), 30), *ends[:3]]:
        turned = bytearray(before)
        turned[place >> 3] ^= 1 << (place & 7)
        path.write_bytes(turned)
        assert recovery.refusal(session) is None
        recovered = recovery.recover(session)

        assert path.read_bytes() == before and recovered.state.cursor.unit == 3 and recovered.marks == ()
        assert [note.code for note in recovered.notes] == ["session.history_flipped"]
        assert bytes(turned) in kept(session)
    incident = incidents.describe(recovered.state.changed(status="paused"), recovered.notes, {}, "killed", "now")
    assert incident is not None and incident["kind"] == "damage"


def test_line_ends_that_an_editor_has_changed_cost_nothing_either(tmp_path: Path) -> None:
    session = saved(tmp_path)
    before = damage(session, lambda lines: [line.replace(b"\n", b"\r\n") for line in lines])
    recovery.recover(session)

    assert (session / history.NAME).read_bytes() == before


@pytest.mark.parametrize(
    ("change", "lost"),
    [(second_line_twice_hit, [2]), (zeroed_block, [1, 2]), (cut_short, [2, 3, 4, 5, 6]), (gone, [1, 2, 3, 4, 5, 6])],
)
def test_fault_13_37_38_a_damaged_middle_is_named_and_nothing_is_touched_before_the_user_chooses(
    tmp_path: Path, change: Callable[[list[bytes]], list[bytes]], lost: list[int]
) -> None:
    session = saved(tmp_path)
    whole = damage(session, change).splitlines(keepends=True)
    hurt = (session / history.NAME).read_bytes()
    before = everything(session)
    error = refused(lambda: recovery.recover(session))

    assert error.code == "history_damaged" and error.sentence.args["lost"] == len(lost)
    assert say(error.sentence).startswith("Damaged entries in history.jsonl of session")
    assert f": {len(lost)} of 6 (" in say(error.sentence)
    assert "--accept-changes" in say(error.action) and "--from-start" in say(error.action)
    assert everything(session) == before
    [problem] = verification.problems(session)
    assert problem.code == "session.history_damaged"

    recovered = recovery.recover(session, accept_changes=True)
    lines = (session / history.NAME).read_bytes().splitlines(keepends=True)
    assert len(lines) == LINES + 1 and recovered.state.points == LINES + 1
    for number, line in enumerate(lines[:LINES], 1):
        placeholder = history.line({"number": number, "kind": "lost"})
        assert line == (placeholder if number in lost else whole[number - 1])
    mark = history.entry_of(lines[-1])
    assert (mark["number"], mark["mark"]) == (7, "exactness_break") and recovered.marks == (mark,)
    assert kept(session) == [hurt]
    assert recovered.folder is not None and recovered.state.cursor.unit == 3
    for name, data in workload.payload(3).items():
        assert (recovered.folder / name).read_bytes() == data

    again = recovery.recover(session)
    assert again.state == recovered.state and again.marks == () and verification.problems(session) == []
    saved(tmp_path, 1)
    assert [entry["number"] for entry in history.read(session / history.NAME)] == list(range(1, 10))


def test_a_history_of_right_lines_that_is_another_is_refused_too_and_kept_whole(tmp_path: Path) -> None:
    session = saved(tmp_path)
    damage(session, exchanged)
    error = refused(lambda: recovery.recover(session))
    assert (error.code, error.sentence.code) == ("history_damaged", "session.history_altered")
    recovery.recover(session, accept_changes=True)

    entries = list(history.read(session / history.NAME))
    assert [entry.get("loss") for entry in entries][:3] == [1.0, 0.25, 1 / 3]
    assert entries[-1]["mark"] == "exactness_break"


def test_damaged_places_are_named_by_the_updates_they_stood_between() -> None:
    entries: list[dict[str, Any]] = [
        {"number": number, "kind": "point", "phase": "ppo", "update": number} for number in range(1, 40)
    ]
    lines = [history.line(entry) for entry in entries]
    prefix = Prefix(39, sum(map(len, lines)), 1)
    for number in (1, 5, 6, 7, *range(9, 38, 2)):
        lines[number - 1] = b"\x00" * 40 + b"\n"
    found = history_damage.find(b"".join(lines), prefix)
    assert found is not None and found.restored is None

    said = say(history_damage.described(found, "s"))
    assert "no. 1 (beside ppo 2), no. 5-7 (between ppo 4 and ppo 8)" in said and "9 more places" in said


def test_a_cut_after_the_history_was_mended_asks_again_and_ends_with_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, straight = saved(tmp_path / "cut"), saved(tmp_path / "straight")
    damage(session, second_line_twice_hit)
    damage(straight, second_line_twice_hit)
    recovery.recover(straight, accept_changes=True)

    def cut(*_: object) -> None:
        raise Cut

    with monkeypatch.context() as patched:
        patched.setattr(store, "commit", cut)
        with pytest.raises(Cut):
            recovery.recover(session, accept_changes=True)
    assert refused(lambda: recovery.recover(session)).code == "history_damaged"
    recovery.recover(session, accept_changes=True)

    assert (session / history.NAME).read_bytes() == (straight / history.NAME).read_bytes()
    assert len(kept(session)) == 1
    assert checkpoint(session, 4).is_dir() and not list(session.rglob("*.bad"))


def test_a_listing_and_a_status_of_an_older_version_are_read_without_a_seal(tmp_path: Path) -> None:
    session = saved(tmp_path)
    path = session / store.STATE
    body = json.loads(path.read_bytes())
    del body["config"]
    path.write_text(json.dumps(body), encoding="utf-8")

    assert store.read_state(session).config is None


def test_a_history_that_is_not_there_is_all_lost_too(tmp_path: Path) -> None:
    session = saved(tmp_path, 3)
    (session / history.NAME).unlink()
    error = refused(lambda: recovery.recover(session))
    recovered = recovery.recover(session, accept_changes=True)
    again = recovery.recover(session)

    assert error.code == "history_damaged"
    assert recovered.state.checkpoint == again.state.checkpoint and not again.notes
    assert kept(session) == [b""]


@pytest.mark.parametrize("kind", ["folder", "named pipe", "socket"])
def test_what_is_no_file_in_the_historys_place_counts_as_all_lost_and_is_set_aside(tmp_path: Path, kind: str) -> None:
    session = saved(tmp_path, 3)
    odd_file.put(session / history.NAME, kind)
    error = refused(lambda: recovery.recover(session))
    shown = list(history.read(session / history.NAME))
    recovered = recovery.recover(session, accept_changes=True)
    again = recovery.recover(session)

    assert (error.code, shown) == ("history_damaged", [])
    assert recovered.state.checkpoint == again.state.checkpoint and not again.notes
    assert len(list((session / "set-aside").glob("*-history.jsonl"))) == 2, "what lay there, and the nothing it held"


def entry(number: int, **more: object) -> bytes:
    return history.line({"number": number, "kind": "point", **more})


def trained(*updates: int) -> dict[int, bytes]:
    return {number: entry(number, phase="warmup", update=number * 10) for number in updates}


@pytest.mark.parametrize(
    ("points", "there", "places"),
    [
        (3, (1, 3), ["history_between 2 warmup 10 warmup 30"]),
        (5, (1, 5), ["history_between 2-4 warmup 10 warmup 50"]),
        (5, (1, 3), ["history_between 2 warmup 10 warmup 30", "history_beside 4-5 warmup 30"]),
        (3, (2, 3), ["history_beside 1 warmup 20"]),
        (2, (), ["history_lines 1-2"]),
        (1, (), ["history_lines 1"]),
    ],
)
def test_lost_entries_are_told_by_the_updates_between_which_they_stood(
    points: int, there: tuple[int, ...], places: list[str]
) -> None:
    said = history_damage.described(history_damage.Damage(points, trained(*there)), "s")

    assert said.code == "session.history_damaged"
    assert (said.args["lost"], said.args["points"], said.args["session"]) == (points - len(there), points, "s")
    assert [
        " ".join([each.code.removeprefix("session."), *each.args.values()]) for each in said.args["places"]
    ] == places


@pytest.mark.parametrize(("lost", "named", "more"), [(8, 8, 0), (9, 8, 1), (12, 8, 4)])
def test_of_many_places_eight_are_named_and_the_others_counted(lost: int, named: int, more: int) -> None:
    every_other = history_damage.Damage(2 * lost, {number: entry(number) for number in range(1, 2 * lost, 2)})
    places = history_damage.described(every_other, "s").args["places"]

    assert [each.code for each in places] == ["session.history_lines"] * named + ["session.history_more_places"] * (
        more > 0
    )
    assert not more or places[-1].args == {"count": more}


def test_a_sum_alone_that_is_wrong_and_what_was_turned_back_are_told_so() -> None:
    every = trained(1, 2)
    assert history_damage.described(history_damage.Damage(2, every), "s").code == "session.history_altered"
    assert history_damage.described(history_damage.Damage(2, every, b""), "s").code == "session.history_flipped"
    without_update = {1: entry(1, phase="warmup"), 3: entry(3, update=30)}
    [place] = history_damage.described(history_damage.Damage(3, without_update), "s").args["places"]
    assert place.code == "session.history_lines"


@pytest.mark.parametrize("length", [8_192, 8_193])
def test_a_flipped_bit_is_looked_for_in_eight_kilobytes_and_no_more(length: int) -> None:
    line = entry(1, note="x" * (length - len(entry(1, note=""))))
    assert len(line) == length
    hit = bytearray(line)
    hit[2] ^= 1

    assert (history_damage._one_bit(bytes(hit)) == line) is (length == 8_192)


@pytest.mark.parametrize(("bad", "back"), [(8, True), (9, False)])
def test_a_bit_is_looked_for_where_no_more_than_eight_entries_are_lost(bad: int, back: bool) -> None:
    lines = [entry(number) for number in range(1, 11)]
    data = b"".join(lines)
    prefix = Prefix(10, len(data), zlib.crc32(data))
    hit = [
        bytes([line[0], line[1], line[2] ^ 1]) + line[3:] if place < bad else line for place, line in enumerate(lines)
    ]
    between = b"".join(hit)
    found = history_damage.find(between, prefix)

    assert found is not None and len(found.whole) == 10 - bad
    assert history_damage.find(data, prefix) is None and history_damage.find(data + b"x", prefix) is None
