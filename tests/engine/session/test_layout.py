"""Which names in a session the program may sweep: what a cut leaves of its own work, and nothing else."""

from __future__ import annotations

import itertools

import pytest

from so8t_engine.session import layout

ENDINGS = ["part", "dead", "old", "old.dead", "part.dead", "old.1.dead", "old.12.dead", "dead.3.dead"]


def test_all_that_is_published_or_replaced_may_be_left_behind_with_every_ending() -> None:
    for name, ending in itertools.product((*layout.FOLDERS, *layout.FILES), ENDINGS):
        assert layout.left_in_session(f"{name}.{ending}"), (name, ending)
        assert not layout.left_in_checkpoints(f"{name}.{ending}")


@pytest.mark.parametrize(
    "name",
    [*layout.FOLDERS, *layout.FILES, "gguf.1", "mine.part", "notes.old", "gguf2.part", "adapter.bak", "part", ".part",
     "adapter.part.txt", "my.adapter.part", "set-aside", "adapter.1.2", ""],
)  # fmt: skip
def test_what_stands_in_its_place_or_is_a_users_is_not(name: str) -> None:
    assert not layout.left_in_session(name)


@pytest.mark.parametrize("name", ["000001.part", "000012.dead", "1234567.part.dead", "000003.bad.dead"])
def test_a_checkpoint_under_way_or_on_its_way_out_may_be_swept(name: str) -> None:
    assert layout.left_in_checkpoints(name) and not layout.left_in_session(name)


@pytest.mark.parametrize("name", ["000001", "000001.bad", "12.dead", "mine.part", "000001x.part", "x000001.part"])
def test_a_whole_checkpoint_a_bad_one_and_a_users_may_not(name: str) -> None:
    assert not layout.left_in_checkpoints(name)
