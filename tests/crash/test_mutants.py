"""The gate can fail: five writers in use elsewhere and our own protocol made wrong are each caught by it."""

from __future__ import annotations

import functools
import shutil

import pytest

from crash import mutants, patches, states
from crash.replay import Tally, judge_all, recorded, scratch

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")


def tally_of(model: str, mutant: str = "", patch: str = "", enough: int = 20) -> Tally:
    with scratch() as folder:
        recording, _ = recorded(folder, "--commits", "3", "--mutant", mutant, "--patch", patch)
        if mutant:
            judge = functools.partial(mutants.judge, mutant)
            return judge_all(folder, recording, model, judge, acknowledged=0, extra=0, stop_at=enough)
        return judge_all(folder, recording, model, extra=0, stop_at=enough)


@pytest.mark.parametrize("mutant", mutants.ALL)
def test_each_bad_writer_is_caught(mutant: str) -> None:
    tally = tally_of("posix", mutant=mutant)

    assert tally.bad >= 20, tally.verdicts


@pytest.mark.parametrize("mutant", ["rename_only", "files_flushed", "no_folder_flush"])
def test_kills_alone_would_not_have_caught_it(mutant: str) -> None:
    """Why there is a power-cut gate beside the kill loops."""
    tally = tally_of("kill9", mutant=mutant)

    assert tally.bad == 0 and tally.unique > 20


@pytest.mark.parametrize("patch", list(patches.ALL))
def test_our_own_protocol_made_wrong_is_caught(patch: str) -> None:
    tally = tally_of("posix", patch=patch, enough=3)

    assert tally.bad >= 3, tally.verdicts


def test_bad_weights_are_among_what_is_caught() -> None:
    tally = tally_of("posix", mutant="rename_only", enough=400)

    assert any(told.startswith("corrupt: weights") for told in tally.verdicts), tally.verdicts


def test_every_model_is_one_that_can_fail() -> None:
    for model in states.MODELS:
        assert tally_of(model, mutant="in_place", enough=1).bad
