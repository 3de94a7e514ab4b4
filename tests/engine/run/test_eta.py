"""The ETA comes from what this session measured, and is right after a resume too."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from so8t_engine.config.run_config import RunConfig
from so8t_engine.protocol import Message
from so8t_engine.run import eta, workload
from so8t_engine.run.context import Context
from so8t_engine.run.control import Control
from so8t_engine.session import incidents, live_progress, recovery, store
from so8t_engine.session.state import Cursor, PipelineState, Work

CONFIG = RunConfig.model_validate(
    {
        "datasets": [{"name": "a", "path": "a.jsonl", "source": "local"}],
        "model": {"build": {}},
        "checkpoint": {"interval_seconds": 180},
    }
)


class FakeClock:
    """Moves only when told."""

    def __init__(self) -> None:
        self.time = 1000.0

    def __call__(self) -> float:
        return self.time


def open_context(session: Path, clock: FakeClock, events: list[Message]) -> Context:
    """Saves are written at once: one that is left behind as if killed must not go on writing beside the next."""
    return Context(
        session, CONFIG, recovery.recover(session), events.append, Control(),
        clock=clock, now=lambda: "", background=False,
    )  # fmt: skip


def at_train(tmp_path: Path) -> Path:
    session = store.create(tmp_path, "eta", "", "")
    state = PipelineState("eta", status="running", cursor=Cursor("train"), run=1)
    store.write_state(session, store.commit(session, state, {}))
    return session


def last_progress(events: list[Message]) -> dict[str, object]:
    return [event.data for event in events if event.name == "progress"][-1]


def test_remaining_time_is_units_left_times_measured_seconds() -> None:
    left = eta.remaining({"train/update": Work(10, 20.0)}, {"train/update": 100}, {"train/update": 999.0})

    assert left == {"train/update": pytest.approx(180.0)}


def test_a_kind_not_measured_yet_counts_with_its_guess_scaled_by_how_wrong_its_step_was() -> None:
    work = {"train/warmup": Work(10, 30.0)}
    left = eta.remaining(work, {"train/warmup": 10, "train/update": 5}, {"train/warmup": 1.0, "train/update": 2.0})

    assert left["train/update"] == pytest.approx(5 * 2.0 * 3)


def test_before_anything_is_measured_the_first_guess_counts() -> None:
    assert eta.remaining({}, {"collect/shard": 4}, {"collect/shard": 2.5}) == {"collect/shard": 10.0}


def test_the_first_estimate_after_a_kill_and_a_night_off_is_right(tmp_path: Path) -> None:
    session, clock, events = at_train(tmp_path), FakeClock(), []
    context = open_context(session, clock, events)
    clock.time += 30  # loading the model
    context.begin({"update": 1000})
    for unit in range(1, 451):
        clock.time += 2.0
        context.tick(Cursor("train", unit), "update")
    saved = store.read_state(session)
    clock.time += 8 * 3600  # killed; the night passes
    context = open_context(session, clock, events)
    clock.time += 30  # loading again
    context.begin({"update": 1000})
    clock.time += 2.0
    context.tick(Cursor("train", saved.cursor.unit + 1), "update")

    assert 360 <= saved.cursor.unit <= 450
    left = last_progress(events)["eta_seconds"]
    assert left == pytest.approx((1000 - saved.cursor.unit - 1) * 2.0, rel=0.01)


def test_work_lost_and_done_again_does_not_slow_the_rate(tmp_path: Path) -> None:
    session, clock, events = at_train(tmp_path), FakeClock(), []
    for _ in range(5):
        context = open_context(session, clock, events)
        context.begin({"update": 1000})
        start = context.state.cursor.unit
        for unit in range(start + 1, start + 130):
            clock.time += 2.0
            context.tick(Cursor("train", unit), "update")

    assert last_progress(events)["rate"] == pytest.approx(0.5, rel=0.01)


def test_what_a_cut_would_cost_is_what_it_then_has_cost(tmp_path: Path) -> None:
    """The time that a resumed run loads counted in the one and not in the other: 14 s were said, and 2 s lost."""
    session, clock, events = at_train(tmp_path), FakeClock(), []
    context = open_context(session, clock, events)
    clock.time += 30  # loading
    context.begin({"update": 1000})
    for unit in range(1, 101):
        clock.time += 2.0
        context.tick(Cursor("train", unit), "update")
    for _ in range(2):  # cut off, and once more before anything was saved
        saved = store.read_state(session)
        context = open_context(session, clock, events)
        clock.time += 12  # loading again
        context.begin({"update": 1000})
        for unit in (1, 2):
            clock.time += 2.0
            context.tick(Cursor("train", saved.cursor.unit + unit), "update")
        clock.time += 0.5  # in the middle of a unit
        context._look_on({})
        left = incidents.heartbeat(session, live_progress.NAME)
        cut = incidents.describe(store.read_state(session).changed(status="running"), (), left, "killed", "")

        assert cut is not None
        assert left["unsaved_seconds"] == cut["lost_seconds"] == 4.5
        assert left["active_seconds"] == saved.active_seconds + 4.5


def test_what_the_first_run_loads_is_no_work_that_a_cut_would_cost(tmp_path: Path) -> None:
    """0 s were said for the whole of the loading, and 69 s at the first update behind it."""
    session, clock, events = at_train(tmp_path), FakeClock(), []
    context, costs = open_context(session, clock, events), []
    context.loads()
    for unit, seconds in enumerate((45.0, 2.0, 2.0)):
        clock.time += seconds
        if unit == 0:
            context.begin({"update": 1000})
        else:
            context.tick(Cursor("train", unit), "update")
        context._look_on({})
        left = incidents.heartbeat(session, live_progress.NAME)
        cut = incidents.describe(store.read_state(session), (), left, "killed", "")
        assert cut is not None and cut["lost_seconds"] == left["unsaved_seconds"]
        costs.append(left["unsaved_seconds"])
    assert costs == [0.0, 2.0, 4.0] and left["active_seconds"] == 49.0
    context.commit()
    clock.time += 2.0
    context.tick(Cursor("train", 3), "update")
    assert context._progress()["unsaved_seconds"] == 2.0


def test_while_a_resumed_step_loads_it_is_known_how_far_it_is_and_what_is_left(tmp_path: Path) -> None:
    """Nothing was: `so8t status` had neither count nor time, as the last sign was of the run before."""
    session, clock, events = at_train(tmp_path), FakeClock(), []
    context = open_context(session, clock, events)
    context.loads()
    fresh = live_progress.of_run(session, context.state)
    assert str(live_progress.units(fresh)) == "loading" and (fresh["total"], fresh["rate"]) == (0, None)
    clock.time += 30
    context.begin({"update": 100})
    for unit in range(1, 41):
        clock.time += 2.0
        context.tick(Cursor("train", unit), "update")
    context.commit()
    store.write_state(session, store.read_state(session).changed(run=2))
    assert live_progress.of_run(session, store.read_state(session)) == {}, "it is of the run before"
    context = open_context(session, clock, events)
    context.loads()
    clock.time += 30
    known = live_progress.of_run(session, context.state)
    assert str(live_progress.units(known)) == "loading, 40 of 100 parts done"
    assert known["eta_total_seconds"] == pytest.approx(120) and known["unsaved_seconds"] == 0
    assert last_progress(events)["kind"] == "setup" and known["rate"] is None
    low, high = live_progress.time_left(known) or (0, 0)
    assert 0 < low < 120 < high


def test_units_are_counted_by_their_kind_too() -> None:
    totals = {"train/setup": 1, "train/pretrain": 400, "train/warmup": 60}
    work = {"train/pretrain": Work(400, 40.0), "train/warmup": Work(25, 5.0)}
    state = PipelineState("s", cursor=Cursor("train", 425), totals=totals, work=work)
    earlier = state.changed(cursor=Cursor("train", 79), work={"train/pretrain": Work(79, 8.0)})

    def said(state: PipelineState, kind: str) -> str:
        return str(live_progress.units(eta.snapshot(state, kind, {}, 0)))

    assert said(state, "warmup") == "warm-up update 25/60"
    assert said(earlier, "pretrain") == "pretraining update 79/400"
    assert eta.snapshot(earlier, "pretrain", {}, 0)["total"] == 460
    assert str(live_progress.units({"kind": "pretrain", "unit": 79, "total": 460})) == "pretraining update 79/460"


def test_the_total_is_that_of_the_units_of_this_step_alone_and_never_less_than_what_is_done(tmp_path: Path) -> None:
    totals = {"collect/shard": 1000, "train/setup": 1, "train/warmup": 30, "train/update": 70, "evaluate/file": 500}
    state = PipelineState("s", cursor=Cursor("train", 40), totals=totals)

    assert eta.snapshot(state, "update", {}, 0)["total"] == 100
    assert eta.snapshot(state.changed(cursor=Cursor("train", 120)), "update", {}, 0)["total"] == 120


def test_a_clock_set_back_makes_no_negative_time(tmp_path: Path) -> None:
    session, clock, events = at_train(tmp_path), FakeClock(), []
    context = open_context(session, clock, events)
    context.begin({"update": 10})
    clock.time += 2.0
    context.tick(Cursor("train", 1), "update")
    clock.time -= 86_400
    context.tick(Cursor("train", 2), "update")

    assert context.state.active_seconds >= 2.0
    assert all(work.seconds >= 0 for work in context.state.work.values())


def test_all_five_steps_are_in_the_total(tmp_path: Path) -> None:
    from so8t_engine.run import workload

    guess = workload.first_guess(CONFIG)
    left = eta.remaining({}, guess.totals, guess.seconds)

    assert {eta.step_of(key) for key, seconds in left.items() if seconds > 0} == {
        "collect", "integrate", "convert", "train", "evaluate",
    }  # fmt: skip


@pytest.mark.parametrize("algorithm", ["grpo", "rloo"])
def test_what_a_group_learns_is_guessed_as_the_warm_up_is_by_the_tokens_it_sees(algorithm: str) -> None:
    """Each of `num_iterations` sees all answers anew, as long as prompt and answer may be."""
    settings = {"max_prompt_length": 30, "max_completion_length": 50, "max_steps": 9}
    once, thrice = (
        workload.first_guess(
            RunConfig.model_validate(
                CONFIG.model_dump() | {"algorithm": algorithm, algorithm: settings | {"num_iterations": times}}
            )
        ).seconds
        for times in (1, 3)
    )
    warmup = CONFIG.warmup
    seen = warmup.per_device_train_batch_size * warmup.gradient_accumulation_steps * warmup.max_length
    group = RunConfig.model_validate(CONFIG.model_dump() | {"algorithm": algorithm, algorithm: settings}).group
    assert group is not None
    answers = group.per_device_train_batch_size * group.steps
    learnt = (once["train/warmup"] - workload.UPDATE_BEGINS) * answers * (30 + 50) / seen

    assert thrice["train/cycle"] - once["train/cycle"] == pytest.approx(2 * learnt) and learnt > 0


def test_what_was_not_measured_is_guessed_as_wrong_as_the_guesses_of_its_step_were() -> None:
    totals = {"train/warmup": 10, "train/update": 5, "evaluate/answers": 4, "train/setup": 1}
    guesses = {"train/warmup": 2.0, "train/update": 3.0, "evaluate/answers": 7.0, "train/setup": 90.0}
    measured = {"train/warmup": Work(4, 24.0), "train/setup": Work(1, 900.0)}  # six seconds in place of two

    assert eta.remaining(measured, totals, guesses) == {
        "train/warmup": 36.0, "train/update": 45.0, "evaluate/answers": 28.0, "train/setup": 0.0,
    }  # fmt: skip
    update = {"train/update": Work(1, 3.0)}
    assert eta.remaining({**update, "train/warmup": Work(2, 0.5)}, totals, guesses)["train/warmup"] == 2.0
    no_time = eta.remaining({**update, "train/warmup": Work(3, 0.0)}, totals, guesses)
    assert no_time["train/warmup"] == pytest.approx(7 * 2.0 * 3 / 9), "a clock that stood still has measured nothing"
    assert eta.remaining({"train/warmup": Work(12, 24.0)}, totals, guesses)["train/warmup"] == 0.0
    assert eta.remaining({}, {"train/other": 3}, {}) == {"train/other": 0.0}


def test_a_range_is_wide_after_one_unit_and_narrows_with_their_number() -> None:
    def off(count: int) -> tuple[float, float]:
        low, high = eta.bounds({"train/update": Work(count, 2.0 * count)}, {"train/update": count + 100}, {})
        return round(200.0 / low, 2), round(high / 200.0, 2)

    assert {count: off(count) for count in (1, 4, 25, 100, 10_000)} == {
        1: (3.0, 3.0), 4: (1.75, 1.75), 25: (1.24, 1.24), 100: (1.11, 1.11), 10_000: (1.03, 1.03),
    }  # fmt: skip


def test_what_was_never_measured_keeps_the_range_wide_most_of_all_a_whole_step() -> None:
    totals = {"train/warmup": 10_000, "train/update": 5, "evaluate/answers": 10, "train/setup": 1, "evaluate/setup": 1}
    guesses = {"train/warmup": 2.0, "train/update": 3.0, "evaluate/answers": 7.0, "evaluate/setup": 30.0}
    work = {"train/warmup": Work(10_000, 20_000.0), "train/setup": Work(1, 9.0)}
    rest = eta.remaining(work, totals, guesses)
    assert (rest["train/update"], eta.of_step(rest, "evaluate")) == (15.0, 100.0)
    low, high = eta.bounds(work, totals, guesses)  # 15 s that may be 6 to 37.5, and apart from them 100 s, 10 to 1,000
    assert (low, high) == (pytest.approx(115 - math.hypot(9, 90)), pytest.approx(115 + math.hypot(22.5, 900)))
    loaded = eta.bounds({"train/setup": Work(1, 9.0)}, {"train/update": 5}, guesses)
    assert loaded == (pytest.approx(1.5), pytest.approx(150.0)), "to load a model says nothing of its updates"
    assert eta.bounds(work, {"train/warmup": 10_000}, guesses) == (0.0, 0.0)
    quick = eta.bounds({"train/warmup": Work(25, 0.5)}, {"train/warmup": 125, "train/update": 1}, {"train/update": 9.0})
    apart = (pytest.approx(11 - math.hypot(2 - 2 / 1.24, 5.4)), pytest.approx(11 + math.hypot(2 * 0.24, 13.5)))
    assert quick == apart, "half a second is measured too"
    begun = eta.bounds({"train/update": Work(0, 4.0)}, {"train/update": 3}, {"train/update": 2.0})
    assert begun == (pytest.approx(0.6), pytest.approx(60.0)), "time without a unit has measured nothing"
    still = {"train/update": Work(4, 12.0), "train/warmup": Work(3, 0.0)}
    [low, high] = eta.bounds(still, {"train/warmup": 10}, guesses)
    left = eta.remaining(still, {"train/warmup": 10}, guesses)["train/warmup"]
    assert (low, high) == (pytest.approx(left / 2.5), pytest.approx(left * 2.5)) and left > 0


def test_what_is_told_of_a_unit_has_its_rate_only_where_time_has_passed() -> None:
    state = PipelineState("s", cursor=Cursor("train", 3), totals={"train/update": 9}, share=0.25, active_seconds=80.0)
    quick, still = (state.changed(work={"train/update": work}) for work in (Work(2, 0.5), Work(2, 0.0)))
    told = eta.snapshot(quick, "update", {}, 7)
    assert told == {
        "step": "train", "kind": "update", "unit": 3, "total": 9, "of_kind": 2, "kind_total": 9, "rate": 4.0,
        "eta_seconds": 1.75, "eta_total_seconds": 1.75, "eta_low_seconds": pytest.approx(1.75 / 2.2071, rel=1e-4),
        "eta_high_seconds": pytest.approx(1.75 * 2.2071, rel=1e-4), "share": 0.25, "active_seconds": 80.0, "points": 7,
    }  # fmt: skip
    assert eta.snapshot(still, "update", {}, 7)["rate"] is None
    assert eta.snapshot(quick, "other", {}, 7)["kind_total"] == 0


def test_a_kind_of_a_step_that_has_not_begun_is_guessed_as_wrong_as_what_is_akin_to_it() -> None:
    """On a busy machine the training took four times as long as was guessed; the evaluation was not thought to."""
    kin = {"train/update": "model/learns", "train/rollout": "model/writes", "evaluate/answers": "model/writes"}
    kin |= {"evaluate/llama": "model/files", "evaluate/gguf": "processor/files"}
    guesses = {"train/update": 1.0, "train/rollout": 2.0, "evaluate/answers": 3.0, "evaluate/llama": 5.0}
    guesses |= {"evaluate/gguf": 7.0}
    totals = {"evaluate/answers": 2, "evaluate/llama": 1, "evaluate/gguf": 1}
    learnt = {"train/update": Work(10, 40.0)}

    assert eta.remaining(learnt, totals, guesses, kin) == {
        "evaluate/answers": 24.0, "evaluate/llama": 20.0, "evaluate/gguf": 7.0,
    }  # fmt: skip
    assert eta.bounds(learnt, totals, guesses, kin) == (
        pytest.approx(51 - math.hypot(18, 15, 6.3)), pytest.approx(51 + math.hypot(72, 60, 63)),
    )  # fmt: skip
    written = learnt | {"train/rollout": Work(5, 60.0)}
    assert eta.remaining(written, totals, guesses, kin) == {
        "evaluate/answers": 36.0, "evaluate/llama": pytest.approx(25.0), "evaluate/gguf": 7.0,
    }  # fmt: skip
    assert eta.bounds(written, {"evaluate/answers": 2}, guesses, kin) == (pytest.approx(14.4), 90.0)
    begun = written | {"evaluate/llama": Work(1, 1.0)}
    assert eta.bounds(begun, {"evaluate/gguf": 1}, guesses, kin) == (pytest.approx(0.56), pytest.approx(3.5))
    assert eta.snapshot(PipelineState("s", totals=totals, work=learnt), "x", guesses, 0, kin)["eta_total_seconds"] == 51


def test_what_nobody_has_guessed_takes_as_long_as_the_units_of_its_step() -> None:
    """It counted for nothing: of step 5 all but the answers."""
    work = {"evaluate/model": Work(1, 9.0), "evaluate/gguf": Work(2, 6.0), "train/update": Work(10, 900.0)}
    assert eta.remaining(work, {"evaluate/llama": 3, "evaluate/gguf": 2}, {}) == {
        "evaluate/llama": 15.0, "evaluate/gguf": 0.0,
    }  # fmt: skip
    assert eta.bounds(work, {"evaluate/llama": 3}, {}) == (pytest.approx(6.0), pytest.approx(37.5))


def test_what_is_guessed_by_the_same_is_off_together_and_apart_from_all_else() -> None:
    kin = {"train/update": "model/learns", "evaluate/answers": "model/writes", "evaluate/gguf_answers": "model/writes"}
    kin |= {"evaluate/llama": "model/files"}
    guesses = dict.fromkeys(kin, 1.0)
    learnt = {"train/update": Work(10_000, 10_000.0)}
    together = {"train/update": 10_000, "evaluate/answers": 30, "evaluate/gguf_answers": 10}
    assert eta.bounds(learnt, together, guesses, kin) == (pytest.approx(10.0), pytest.approx(160.0))
    low, high = eta.bounds(learnt, {"evaluate/answers": 30, "evaluate/llama": 40}, guesses, kin)
    assert (low, high) == (pytest.approx(70 - 0.75 * 50), pytest.approx(70 + 3 * 50))
    assert eta.bounds({}, together, guesses, kin)[1] == pytest.approx(10 * 10_040), "of nothing measured all is"


def test_what_the_steps_before_have_found_of_a_step_to_come_counts_until_it_begins(tmp_path: Path) -> None:
    session, clock, events = at_train(tmp_path), FakeClock(), []
    context = open_context(session, clock, events)
    context.begin({"update": 2})
    context.expect({"evaluate/answers": 7, "evaluate/gguf": 1})
    assert context.state.totals == {
        "train/update": 2, "train/setup": 1, "evaluate/answers": 7, "evaluate/gguf": 1,
    }  # fmt: skip
    context.go_to(Cursor("evaluate"))
    assert store.read_state(session).totals["evaluate/answers"] == 7
    context.begin({"answers": 6})
    assert {key: total for key, total in context.state.totals.items() if key.startswith("evaluate")} == {
        "evaluate/answers": 6, "evaluate/setup": 1,
    }  # fmt: skip


def test_the_first_unit_of_a_run_names_a_range_that_holds_what_comes(tmp_path: Path) -> None:
    """It said "3 min 20 s", and the first unit was an eighth of what the others took."""
    session, clock, events = at_train(tmp_path), FakeClock(), []
    context = open_context(session, clock, events)
    context.begin({"update": 101})
    said = []
    for unit in range(1, 102):
        clock.time += 2.0 if unit == 1 else 5.0
        context.tick(Cursor("train", unit), "update")
        here = last_progress(events)
        said.append((here["eta_low_seconds"], here["eta_high_seconds"], 5.0 * (101 - unit)))
    assert all(low <= left <= high for low, high, left in said if left), said
    assert said[0][1] == pytest.approx(3 * 200.0) and said[-2][1] < 1.2 * said[-2][2]
