"""How long a process may be silent, and what counts as silence."""

from __future__ import annotations

import io
import os
import threading

import pytest

from so8t_engine.process import watchdog
from so8t_engine.process.watchdog import GAP_SECONDS, START_SECONDS, Signs, SilenceTimer
from so8t_engine.protocol import Message, decode
from so8t_engine.run import hang_timeout
from so8t_engine.run.control import Control
from so8t_engine.sentences import to_json, verbatim
from so8t_engine.session.state import Cursor, PipelineState, Work

TOTALS = {"train/setup": 1, "train/rollout": 10, "train/update": 40, "evaluate/answers": 9}


def at(work: dict[str, Work]) -> PipelineState:
    return PipelineState("s", cursor=Cursor("train", 1), totals=TOTALS, work={"train/setup": Work(1, 900)} | work)


@pytest.mark.parametrize(
    ("rollout", "update", "seconds"),
    [
        (Work(2, 4), Work(4, 8), 300),  # quick units: the least
        (Work(2, 120), Work(4, 8), 600),  # ten times the slowest kind's mean
        (Work(10, 600), Work(39, 78), 300),  # rollouts are over: they count no more
        (Work(2, 4), None, 3600),  # the next unit may be of a kind nobody has measured
        (Work(10, 20), Work(40, 80), 3600),  # no unit left: publishing
    ],
)
def test_a_unit_may_take_ten_times_what_its_kind_takes(rollout: Work, update: Work | None, seconds: float) -> None:
    work = {"train/rollout": rollout} | ({} if update is None else {"train/update": update})

    assert hang_timeout.of_next_unit(at(work), 300) == seconds


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now

    def look_until(self, watch: SilenceTimer, seconds: float) -> float | None:
        """Looks every second, as the supervisor does more often, until that time."""
        found = None
        while self.now < seconds and found is None:
            self.now += 1
            found = watch.silent_for()
        return found


def test_silence_counts_from_the_last_sign_with_the_limit_it_gave() -> None:
    clock = Clock()
    watch = SilenceTimer(clock)
    assert clock.look_until(watch, START_SECONDS) is None
    watch.sign(5)

    assert clock.look_until(watch, clock.now + 5) is None
    assert clock.look_until(watch, clock.now + 1) == 6


def test_a_machine_that_slept_and_a_supervisor_that_was_stopped_are_no_silence() -> None:
    clock = Clock()
    watch = SilenceTimer(clock)
    watch.sign(5)
    clock.now += GAP_SECONDS + 10_000

    assert watch.silent_for() is None
    assert clock.look_until(watch, clock.now + 6) == 6


def signs_given(factor: float = 1.0) -> tuple[Signs, io.TextIOWrapper, int]:
    read, write = os.pipe()
    return Signs(write, factor, lambda: 1.0), os.fdopen(read, encoding="utf-8"), write


def test_signs_cross_the_pipe_equal_ones_in_short_succession_once() -> None:
    signs, words, write = signs_given(factor=4)
    control = Control(signs)
    for seconds in (300, 300, 300, 40):
        control.alive(seconds)
    control.wait(0.0)
    control.pause(verbatim("because"))
    os.close(write)
    heard: list[Message | None] = []
    watchdog.listen(words, heard.append)
    watchdog.faulthandler.cancel_dump_traceback_later()

    assert heard == [
        Message("alive", {"seconds": 1200.0}),
        Message("alive", {"seconds": 160.0}),
        Message("pause", {"reason": to_json(verbatim("because"))}),
        None,
    ]


def test_an_equal_sign_is_given_again_once_some_time_has_passed() -> None:
    times = iter([0.0, watchdog.QUIET_SECONDS / 2, watchdog.QUIET_SECONDS, 1.5 * watchdog.QUIET_SECONDS])
    read, write = os.pipe()
    signs = Signs(write, clock=lambda: next(times))
    for _ in range(4):
        signs(Message("alive", {"seconds": 300}))
    os.close(write)
    watchdog.faulthandler.cancel_dump_traceback_later()
    with os.fdopen(read) as words:
        assert len(words.readlines()) == 2


def test_a_process_writes_its_stacks_when_most_of_its_patience_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    after: list[float] = []
    monkeypatch.setattr(watchdog.faulthandler, "dump_traceback_later", after.append)
    signs, words, write = signs_given(factor=4)
    signs(Message("alive", {"seconds": 300}))
    os.close(write)
    words.close()

    assert after == [pytest.approx(0.9 * 1200)]


def test_a_wait_lasts_until_a_pause_ends_it() -> None:
    control = Control()
    waiting = threading.Thread(target=control.wait, args=(3600,), daemon=True)
    waiting.start()
    waiting.join(0.05)
    waits = waiting.is_alive()
    control.pause(verbatim("because"))
    waiting.join(60)

    assert waits and not waiting.is_alive()


def test_a_wait_that_is_declared_is_no_hanging() -> None:
    heard: list[Message] = []
    control = Control(heard.append)
    control.alive(300)
    control.pause(verbatim("so that it need not wait"))
    control.wait(60)

    assert heard[0] == Message("alive", {"seconds": 300}) and heard[-1] == Message("alive", {"seconds": 360})


def test_a_supervisor_that_is_gone_is_no_error() -> None:
    signs, words, write = signs_given()
    words.close()
    signs(Message("pause", {"reason": "x"}))
    os.close(write)


def test_garbage_in_the_pipe_is_skipped() -> None:
    heard: list[Message | None] = []
    watchdog.listen(io.StringIO('\n{"v":2\nnot json\n{"v":2,"name":"alive","seconds":1}\n'), heard.append)

    assert heard == [decode('{"v":2,"name":"alive","seconds":1}'), None]
