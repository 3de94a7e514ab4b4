"""The one rule of which session goes on: by why it stands still, then by which worked last, never by a clock."""

from __future__ import annotations

import itertools
import os
import random
from dataclasses import dataclass
from pathlib import Path

import pytest

from helpers.paths import TOY
from helpers.program import events, named, so8t
from helpers.toy_engine import toys
from so8t_engine.errors import CODES, EngineError, as_json
from so8t_engine.sentences import Sentence, sentence, to_json
from so8t_engine.session import catalog, selection, store
from so8t_engine.session.selection import StandsBy, in_order, stands_by
from so8t_engine.session.state import Cursor, PipelineState


@dataclass(frozen=True)
class Session:
    session: str
    stands_by: StandsBy = "cut"
    started: int = 0
    updated: str = ""


PAUSES: dict[str, StandsBy] = {
    "run.pause_by_window": "by_user",
    "run.pause_ctrl_c": "by_user",
    "plain.verbatim": "by_user",
    "run.pause_by_system": "by_itself",
    "run.pause_window_closed": "by_itself",
    "run.pause_supervisor_gone": "by_itself",
    "run.pause_no_reader": "by_itself",
    "run.pause_suspend": "by_itself",
    "run.pause_logoff": "by_itself",
}
PASSING = (
    "disk_full", "disk_read_only", "disk_permission", "disk_error", "dataset_network", "environment", "locked",
    "device_missing",
    "session_gone", "out_of_memory", "device_error", "not_finite", "stuck", "crashed",
)  # fmt: skip


@pytest.mark.parametrize(("reason", "expected"), PAUSES.items())
def test_a_pause_is_by_hand_or_by_itself(reason: str, expected: StandsBy) -> None:
    assert stands_by("paused", reason, "") == expected


@pytest.mark.parametrize("code", CODES)
def test_a_failure_passes_or_is_the_sessions_own(code: str) -> None:
    assert stands_by("failed", "", code) == ("passing" if code in PASSING else "own_fault")


@pytest.mark.parametrize(
    ("status", "reason", "error", "expected"),
    [
        ("running", "", "", "running"),
        ("cut", "", "", "cut"),
        ("cut", "", "dataset_bad", "cut"),
        ("new", "", "", "by_itself"),
        ("failed", "", "", "own_fault"),
        ("failed", "", "of a newer version", "own_fault"),
        ("paused", "disk.full", "disk_full", "by_itself"),
        ("paused", "plain.verbatim", "disk_full", "by_itself"),
        ("paused", "run.pause_by_window", "crashed", "by_user"),
        ("paused", "run.pause_by_system", "stuck", "by_itself"),
        ("paused", "reward.raised", "reward", "own_fault"),
        ("paused", "reward.raised", "reward_model", "own_fault"),
    ],
)
def test_a_session_stands_still_for_one_reason(status: str, reason: str, error: str, expected: StandsBy) -> None:
    assert stands_by(status, reason, error) == expected


def test_the_class_counts_first_then_the_number_of_the_last_start() -> None:
    wanted = [Session(f"s-{n}", kind, n) for kind in selection.ORDER for n in (9, 4, 1)]
    shuffled = random.Random(0).sample(wanted, len(wanted))

    assert in_order(shuffled) == wanted
    assert selection.ORDER == ("running", "cut", "by_itself", "by_user", "passing", "own_fault")


def test_neither_clock_nor_name_counts_where_there_are_numbers() -> None:
    """An autumn night, a clock set back a year, a name that sorts last: the one started last goes on."""
    old = Session("20991231-235959-z", started=3, updated="2099-12-31T23:59:59Z")
    last = Session("20260101-011000-a", started=4, updated="2026-01-01T01:10:00Z")
    for order in itertools.permutations((old, last)):
        assert in_order(order)[0] == last


def test_sessions_of_an_older_version_come_below_by_their_last_save() -> None:
    numbered, later = Session("a", started=1, updated="2020"), Session("b", updated="2026-02-01T00:00:00Z")
    earlier, nameless = Session("c", updated="2026-01-01T00:00:00Z"), Session("d")

    for order in itertools.permutations((numbered, later, earlier, nameless)):
        assert in_order(order) == [numbered, later, earlier, nameless]
    assert [one.session for one in in_order([Session("x", started=-5), Session("y")])] == ["y", "x"]


def test_only_what_failed_by_its_own_data_never_goes_on_by_itself() -> None:
    refused = [kind for kind in selection.ORDER if not selection.may_go_on_by_itself(Session("s", kind))]

    assert refused == ["own_fault"]


def make(root: Path, name: str, status: str, started: int, reason: str = "", error: str = "") -> None:
    store.create(root, name, "", "2026-01-01T00:00:00Z")
    store.write_state(
        root / name,
        PipelineState(
            name, status, Cursor("train", 3), started=started, updated=f"2026-01-{30 - started:02d}T00:00:00Z",
            reason=to_json(Sentence(reason)) if reason else None,
            error=as_json(EngineError(error, sentence("disk.full", path="/", error="-"))) if error else None,
        ),
    )  # fmt: skip


def test_a_cut_run_goes_on_although_a_test_that_was_made_later_failed(tmp_path: Path) -> None:
    make(tmp_path, "20260101-000000-long", "running", 3)
    make(tmp_path, "20260102-000000-test", "failed", 2, error="dataset_bad")
    make(tmp_path, "20260103-000000-mine", "paused", 1, reason="run.pause_by_window")
    make(tmp_path, "20260104-000000-away", "paused", 4, reason="run.pause_by_system")
    make(tmp_path, "20260105-000000-done", "finished", 9)

    names = [entry.session[16:] for entry in catalog.unfinished(tmp_path)]
    assert names == ["long", "away", "mine", "test"]


def test_status_and_resume_choose_alike_and_name_the_others(tmp_path: Path) -> None:
    make(tmp_path, "20260101-000000-long", "running", 3)
    for number in range(5):
        make(tmp_path, f"2026020{number + 1}-000000-mine", "paused", number + 1, reason="run.pause_ctrl_c")
    status = so8t("status", "--data-root", tmp_path)
    resumed = so8t("resume", "--data-root", tmp_path)  # its configuration is empty, so it only says which it is

    chosen, *_, others = status.stdout.splitlines()  # between them: its configuration is empty
    assert chosen == "20260101-000000-long: cut off, step 4 of 5 (train), 0 %"
    assert others == (
        "Also unfinished: 20260205-000000-mine, 20260204-000000-mine, 20260203-000000-mine and 2 more "
        f"(`so8t sessions --data-root {tmp_path}`). To go on with one of these instead, name it: "
        f"`so8t resume 20260205-000000-mine --data-root {tmp_path}`."
    )
    assert "20260101-000000-long" in resumed.stdout.replace("\n", " ")
    assert "Also unfinished: 20260205-000000-mine" in resumed.stdout


@pytest.mark.skipif(os.name == "nt", reason="TZ moves the clock of the names on POSIX alone")
def test_fault_22_a_clock_that_jumps_between_starts_does_not_change_which_session_goes_on(tmp_path: Path) -> None:
    """Real starts of the real engine, whose sessions' names go back nine hours, then forth."""
    names = []
    for zone in ("UTC+1", "UTC+10", "UTC-8"):
        done = so8t("run", TOY, "--data-root", tmp_path, "--json", TZ=zone, **toys())
        names.append(named(events(done), "session")[0]["session"])
    started = {entry.session: entry.started for entry in catalog.sessions(tmp_path)}

    assert names[1] < names[0] < names[2]
    assert started[names[0]] < started[names[1]] < started[names[2]]
