"""When a process in trouble is followed by another: three times without progress, any progress counts anew."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from so8t_engine.process import restart_policy
from so8t_engine.process.restart_policy import BACK_OFF, Position, Tries, after, position_of
from so8t_engine.session.state import Cursor, PipelineState

HERE = Position(3, 40)


def pauses_of(*places: Position) -> list[float | None]:
    """The pause after each of several troubles in a row, of a run that began at HERE."""
    tries, found = Tries(HERE), list[float | None]()
    for place in places:
        tries, pause = after(tries, place)
        found.append(pause)
    return found


def test_three_new_processes_without_progress_with_longer_and_longer_pauses_then_it_is_given_up() -> None:
    assert pauses_of(HERE, HERE, HERE, HERE) == [5, 30, 120, None]


def test_any_progress_counts_anew() -> None:
    assert pauses_of(HERE, HERE, Position(3, 41), Position(3, 41), Position(4, 0)) == [5, 30, 5, 30, 5]


def test_other_settings_for_the_rest_of_the_run_count_anew_too() -> None:
    halved, quartered = Position(3, 40, (("d", 2),)), Position(3, 40, (("d", 4),))

    assert pauses_of(HERE, halved, quartered, quartered) == [5, 5, 5, 30]


def test_falling_back_to_an_older_checkpoint_and_coming_back_is_no_progress() -> None:
    assert pauses_of(Position(3, 30), HERE, Position(3, 20), HERE) == [5, 30, 120, None]


@given(st.lists(st.builds(Position, st.integers(0, 4), st.integers(0, 3)), max_size=200))
def test_a_run_that_gets_nowhere_ends_and_one_that_is_given_up_had_three_tries(places: list[Position]) -> None:
    found = pauses_of(*places)

    assert found.count(None) == 0 or found[found.index(None) - len(BACK_OFF) : found.index(None)] == list(BACK_OFF)
    assert None in pauses_of(*places, *[HERE] * 5)


def test_a_session_that_could_not_be_read_counts_as_at_its_beginning() -> None:
    assert Tries() == Tries(Position(0, 0), 0)
    assert after(Tries(count=3), Position(0, 1)) == (Tries(Position(0, 1), 1), 5)


def test_the_place_is_what_the_pointer_says() -> None:
    state = PipelineState("s", cursor=Cursor("train", 7), adjustments={"b": 2, "a": 1})

    assert position_of(state) == Position(3, 7, (("a", 1), ("b", 2)))


def test_pauses_can_be_set_from_outside() -> None:
    assert restart_policy.back_off({restart_policy.VARIABLE: "0,1.5"}) == (0, 1.5)
    assert restart_policy.back_off({}) == BACK_OFF
