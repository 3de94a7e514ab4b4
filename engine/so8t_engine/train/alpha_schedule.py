"""The strength of the gates: fixed schedules follow from the update number, an adaptive one from the loss as well.

One door for all of them: `strength(schedule, update, updates, state)` says alpha, `next_state(...)` the state after an
update. Fixed schedules leave the state as it is.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from so8t_engine.config.run_config import Alpha

STEPS = 4
SLOWER = 4  # how much longer than the fast mean the slow one remembers
TOO_LARGE = 1e100


@dataclass(frozen=True)
class AdaptiveState:
    """State of an adaptive schedule. `moved` is in updates; `total` and `count` belong to the open window.

    `fast`, `slow` are means over windows of the loss, `spread` the deviation of a window from the slow one.
    """

    moved: int = 0
    total: float = 0.0
    count: int = 0
    windows: int = 0
    fast: float = 0.0
    slow: float = 0.0
    spread: float = 0.0
    rising: bool = False


START = AdaptiveState()


def strength(schedule: Alpha, update: int, updates: int, state: AdaptiveState = START) -> float:
    """Alpha after `update` optimizer updates; `updates` is the length where `annealing_steps` is not set.

    `initial` exactly at 0 and `final` exactly from the end on, for every schedule; monotone.
    """
    length = schedule.annealing_steps or updates
    if update >= length:  # also where there is no update at all
        return schedule.final
    if update <= 0:
        return schedule.initial
    x = update / length
    if schedule.schedule == "adaptive":
        moves = _moves(schedule, length)
        x = min(1.0, _moved(schedule, state, update, length) / moves)
        return schedule.final if x == 1 else schedule.initial + (schedule.final - schedule.initial) * x
    if schedule.schedule == "exponential":
        return _exponential(schedule.initial, schedule.final, x)
    curves = {"sigmoid": _sigmoid(x), "linear": x, "cosine": _cosine(x), "step": _step(x)}
    return schedule.initial + (schedule.final - schedule.initial) * curves[schedule.schedule]


def next_state(
    schedule: Alpha, state: AdaptiveState, update: int, loss: float | None, period: int = 1
) -> AdaptiveState:
    """The state after update number `update` (from 1) had this loss. A loss that is NaN or missing changes nothing.

    `adaptive` moves `speed` times as fast as a straight line, and stands still while the loss rises: the fast mean over
    windows of `period` updates lies above the slow one by `tolerance` standard errors. From the last moment at which
    this speed still arrives in time it moves whatever the loss does (`strength`). So there are two paces only, none and
    the full one, and `final` is reached exactly, and in time.
    """
    if schedule.schedule != "adaptive":
        return state
    if loss is not None and abs(loss) < TOO_LARGE:  # false for NaN
        moved = state.moved + (not state.rising)
        state = replace(state, moved=moved, total=state.total + loss, count=state.count + 1)
    if update % period or not state.count:
        return state
    return _window(replace(state, total=0.0, count=0), state.total / state.count, schedule)


def curve(schedule: Alpha, points: int = 160) -> list[tuple[float, float]]:
    """(share of the annealing's updates, alpha) for a preview; `adaptive` as it is while the loss never rises."""
    whole = schedule.model_copy(update={"annealing_steps": None})
    state, values = START, []
    for update in range(points + 1):
        values.append((update / points, strength(whole, update, points, state)))
        state = next_state(whole, state, update + 1, 0.0)
    return values


def _window(state: AdaptiveState, mean: float, schedule: Alpha) -> AdaptiveState:
    memory, seen = schedule.adaptive.memory, state.windows + 1
    quick, late = 1 / memory, 1 / (SLOWER * memory)
    spread = state.spread
    if seen > 1:
        away = abs(mean - state.slow) * math.sqrt(math.pi / 2)
        spread += (away - spread) * max(late, 1 / (seen - 1))
    fast = state.fast + (mean - state.fast) * max(quick, 1 / seen)
    slow = state.slow + (mean - state.slow) * max(late, 1 / seen)
    both = quick * late / (quick + late - quick * late)
    error = math.sqrt(quick / (2 - quick) + late / (2 - late) - 2 * both)  # of fast - slow in white noise of spread 1
    rising = fast - slow > schedule.adaptive.tolerance * error * spread
    return replace(state, windows=seen, fast=fast, slow=slow, spread=spread, rising=rising)


def _moves(schedule: Alpha, length: int) -> int:
    """How many updates the way takes at full speed."""
    return math.ceil(length / schedule.adaptive.speed)


def _moved(schedule: Alpha, state: AdaptiveState, update: int, length: int) -> int:
    """How many of them are done, at least as many as leave no more than there is time for."""
    return max(state.moved, _moves(schedule, length) - (length - update))


def _sigmoid(x: float) -> float:
    """sigmoid((t - T/2) / (T/8)), rescaled so that it runs from exactly 0 to exactly 1."""
    low = 1 / (1 + math.exp(4))
    return (1 / (1 + math.exp(4 - 8 * x)) - low) / (1 - 2 * low)


def _cosine(x: float) -> float:
    return (1 - math.cos(math.pi * x)) / 2


def _step(x: float) -> float:
    """Four equal stairs."""
    return math.floor(x * STEPS) / STEPS


def _exponential(initial: float, final: float, x: float) -> float:
    """A constant ratio per update; from or to zero it falls to a straight line, as no ratio reaches zero."""
    if initial <= 0 or final <= 0:
        return initial + (final - initial) * x
    return initial * (final / initial) ** x
