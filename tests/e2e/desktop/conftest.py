"""Skips, saying so, where the programs of a desktop are missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from e2e.desktop.desk import Desk, lacking
from helpers import program, toy_engine

MakeDesk = Callable[..., Desk]


@pytest.fixture
def toy_digests(tmp_path: Path) -> dict[str, str]:
    """What the toy steps leave of the small job if nobody touches it."""
    root = tmp_path / "toy-untouched"
    _, code = toy_engine.told(toy_engine.start(root, "run", str(program.SMALL)))
    assert code == 0
    return program.digests(program.session_in(root))


@pytest.fixture
def desk_of(tmp_path: Path) -> Iterator[MakeDesk]:
    """Makes desks that end with the test."""
    missing = lacking()
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    with ExitStack() as open_desks:

        def make(**options: bool) -> Desk:
            folder = tmp_path / f"desk{len(list(tmp_path.glob('desk*')))}"
            return open_desks.enter_context(Desk(folder, **options))

        yield make
