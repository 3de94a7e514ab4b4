"""What sessions before have measured takes the place of a guess, where the same was computed by the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from helpers.sessions import make_config
from so8t_engine.config.run_config import RunConfig
from so8t_engine.run import eta, past_sessions, workload
from so8t_engine.session import store
from so8t_engine.session.state import PipelineState, Work

DATA = [{"name": "a", "source": "local", "path": "a.jsonl"}]
REAL = {"model_name_or_path": "owner/m"}
TEACHER = {"missing_sections": "teacher", "teacher": "http://127.0.0.1:1/v1", "teaching": {"model": "m"}}


def config(**sections: Any) -> RunConfig:
    return make_config(DATA, **sections)


def past(root: Path, name: str, work: dict[str, Work], ran: RunConfig | None = None) -> Path:
    session = store.create(root, name, yaml.safe_dump((ran or config()).model_dump(mode="json")), "")
    store.write_state(session, PipelineState(name, status="finished", work=work))
    return session


def before(root: Path, now: RunConfig | None = None, without: str = "") -> dict[str, float]:
    return past_sessions.guess(now or config(), root, without).before


def test_without_a_session_there_is_the_first_guess_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for folder in (tmp_path, tmp_path / "none", tmp_path / ("a" * 300), tmp_path / "file"):
        assert past_sessions.guess(config(), folder) == workload.first_guess(config())


def test_the_newest_session_that_has_measured_a_kind_says_what_it_takes(tmp_path: Path) -> None:
    past(tmp_path, "20260101-000000-a", {"train/update": Work(10, 40.0), "train/rollout": Work(2, 10.0)})
    past(tmp_path, "20260102-000000-b", {"train/update": Work(4, 12.0), "train/rollout": Work(0, 0.0)})
    past(tmp_path, "20260103-000000-c", {"train/update": Work(1, 99.0), "train/none_such": Work(3, 3.0)})

    assert before(tmp_path, without="20260103-000000-c") == pytest.approx({"train/update": 3.0, "train/rollout": 5.0})
    assert before(tmp_path) == pytest.approx({"train/update": 99.0, "train/rollout": 5.0})


def test_a_guess_is_as_far_off_as_it_was_whatever_is_asked_for_now(tmp_path: Path) -> None:
    ran, now = config(ppo={"response_length": 100}), config(ppo={"response_length": 300})
    guessed = workload.first_guess(ran).seconds["train/rollout"]
    past(tmp_path, "20260101-000000-a", {"train/rollout": Work(5, 5 * 2 * guessed)}, ran)

    assert before(tmp_path, now) == {"train/rollout": pytest.approx(3 * 2 * guessed)}


def test_a_larger_card_is_guessed_by_its_class_and_corrected_by_the_same_class(tmp_path: Path) -> None:
    ran = config(model=REAL)
    past(tmp_path, "20260101-000000-a", {"train/update": Work(5, 50.0)}, ran)

    for card in workload.CARDS:
        found = past_sessions.guess(ran, tmp_path, card=card)
        assert found.before == {"train/update": pytest.approx(10.0)}
        assert found.seconds == workload.first_guess(ran, card).seconds


@pytest.mark.parametrize(
    ("ran", "now", "counts"),
    [
        ({}, {}, True),
        ({"model": REAL}, {"model": REAL}, True),
        ({"model": REAL}, {}, False),
        ({"model": REAL}, {"model": {"model_name_or_path": "owner/other"}}, False),
        ({"model": REAL}, {"model": {**REAL, "load_in_4bit": True}}, False),
        ({"runtime": {"device": "cpu"}}, {"runtime": {"device": "cuda"}}, False),
        ({"convert": TEACHER}, {"convert": TEACHER}, True),
        ({"convert": TEACHER}, {}, False),
        ({"convert": TEACHER}, {"convert": {**TEACHER, "teaching": {"model": "other"}}}, False),
        ({"convert": {**TEACHER, "missing_sections": "leave_out"}}, {}, True),
    ],
)
def test_what_was_computed_by_something_else_says_nothing(
    tmp_path: Path, ran: dict[str, Any], now: dict[str, Any], counts: bool
) -> None:
    past(tmp_path, "20260101-000000-a", {"train/update": Work(1, 2.0)}, config(**ran))
    assert bool(before(tmp_path, config(**now))) is counts


def test_only_the_last_sessions_are_looked_at_and_one_that_cannot_be_read_hides_none(tmp_path: Path) -> None:
    past(tmp_path, "20260101-000000-a", {"train/update": Work(1, 2.0)})
    for number in range(past_sessions.LOOKED_AT - 1):
        past(tmp_path, f"20260102-00000{number}-b", {"train/none_such": Work(1, 1.0)})
    (past(tmp_path, "20260103-000000-c", {}) / store.CONFIG).write_text("{", encoding="utf-8")
    (past(tmp_path, "20260104-000000-d", {"train/update": Work(1, 7.0)}) / store.CONFIG).write_text(
        "{", encoding="utf-8"
    )
    assert before(tmp_path) == pytest.approx({"train/update": 2.0})
    past(tmp_path, "20260105-000000-e", {"train/none_such": Work(1, 1.0)})
    assert before(tmp_path) == {}


def test_a_copy_from_elsewhere_says_nothing(tmp_path: Path) -> None:
    past(tmp_path, "20260101-000000-a", {"train/update": Work(1, 2.0)}).rename(tmp_path / "20260102-000000-copy")
    assert before(tmp_path) == {}


def test_what_is_left_of_a_session_goes_by_its_own_measure(tmp_path: Path) -> None:
    """The check said that no speed is known, of a session that was measuring it."""
    session = past(tmp_path, "20260101-000000-a", {"train/setup": Work(1, 9.0)})
    assert past_sessions.left(session, config()) is None
    work, totals = {"train/update": Work(100, 200.0)}, {"train/update": 200, "evaluate/report": 1}
    store.write_state(session, PipelineState(session.name, status="paused", work=work, totals=totals))
    past(tmp_path, "20260102-000000-b", {"evaluate/report": Work(1, 7.0)})
    first = past_sessions.guess(config(), tmp_path, session.name)
    told = past_sessions.left(session, config())

    assert first.before == {"evaluate/report": pytest.approx(7.0)}
    assert told == eta.bounds(work, totals, first.seconds, first.kin, first.before) and told[0] < 207 < told[1]
    store.write_state(session, PipelineState(session.name, work=work, totals={"train/update": 100}))
    assert past_sessions.left(session, config()) is None
    (session / store.STATE).write_text("{", encoding="utf-8")
    assert past_sessions.left(session, config()) is None


def test_what_was_measured_before_stands_for_the_guess_until_it_is_measured_now() -> None:
    totals, guesses, measured = {"a/x": 10, "b/y": 10}, {"a/x": 1.0, "b/y": 1.0}, {"a/x": 3.0}
    assert eta.remaining({}, totals, guesses, before=measured) == {"a/x": 30.0, "b/y": 10.0}
    assert eta.bounds({}, {"a/x": 10}, guesses, before=measured) == (pytest.approx(12.0), pytest.approx(75.0))
    assert eta.bounds({}, {"a/x": 10}, guesses) == (pytest.approx(1.0), pytest.approx(100.0))
    now = {"a/x": Work(4, 8.0)}
    assert eta.remaining(now, totals, guesses, before=measured)["a/x"] == 12.0
    assert eta.bounds(now, {"a/x": 10}, guesses, before=measured) == eta.bounds(now, {"a/x": 10}, guesses)


def test_a_machine_that_is_busier_than_then_is_so_for_all_that_was_measured() -> None:
    kin = {"train/warmup": "model/learns", "train/update": "model/learns"}
    measured = {"train/warmup": 2.0, "train/update": 4.0}
    left = eta.remaining(
        {"train/warmup": Work(1, 6.0)}, {"train/update": 1}, dict.fromkeys(measured, 1.0), kin, measured
    )
    assert left == {"train/update": pytest.approx(12.0)}
