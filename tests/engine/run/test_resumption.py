"""What was asked of a session reaches the process that does the work, the beginning anew only the first one."""

from __future__ import annotations

import argparse
import itertools

import pytest

from so8t_engine.run import resumption
from so8t_engine.run.resumption import GOES_ON, Resumption


def read(flags: list[str]) -> Resumption:
    parser = argparse.ArgumentParser()
    resumption.add_flags(parser)
    return resumption.of(parser.parse_args(flags))


@pytest.mark.parametrize("asked", [Resumption(*each) for each in itertools.product([False, True], repeat=3)])
def test_that_a_process_is_told_what_was_asked_and_its_successor_not_to_begin_again(asked: Resumption) -> None:
    assert read(asked.flags(first=True)) == asked
    assert read(asked.flags(first=False)) == Resumption(accept_changes=asked.accept_changes)


def test_that_going_on_asks_nothing_and_the_flags_have_their_names() -> None:
    assert GOES_ON.flags(first=True) == [] and read([]) == GOES_ON == Resumption(False, False, False)
    every = Resumption(from_start=True, evaluate_again=True, accept_changes=True)
    assert every.flags(first=True) == ["--from-start", "--evaluate-again", "--accept-changes"]
