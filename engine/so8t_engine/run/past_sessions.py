"""How long units took in the sessions before this one, by which a first guess is corrected.

A guess (workload.py) knows how large the model is and what is asked of it, and not how fast this machine is. By how
much it was off in the newest session that has done units of a kind, with the same model computed by the same device, is
how much it is taken to be off now.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from so8t_engine.config.run_config import RunConfig
from so8t_engine.errors import EngineError
from so8t_engine.run import eta, session_config, workload
from so8t_engine.run.workload import CARDS, CardClass, Guess
from so8t_engine.session import identity, store
from so8t_engine.session.catalog import names
from so8t_engine.session.state import Work

LOOKED_AT = 8  # sessions, the newest first

log = logging.getLogger("so8t")


def guess(config: RunConfig, folder: Path, without: str = "", card: CardClass = CARDS[0]) -> Guess:
    """The first guess, with what the sessions of `folder` say, but the one of the name `without`.

    Never raises: what cannot be read says nothing.
    """
    first, seconds = workload.first_guess(config, card), dict[str, float]()
    for past, work in islice(_past(folder, without), LOOKED_AT):
        if _computed_as(past) != _computed_as(config):
            continue
        guessed = workload.first_guess(past, card).seconds
        for key in (guessed.keys() & first.seconds.keys()) - seconds.keys():
            done = work.get(key, Work())
            if eta.counts(key, done):
                seconds[key] = first.seconds[key] * done.seconds / done.count / guessed[key]
    return replace(first, before=seconds)


def left(session: Path, config: RunConfig) -> tuple[float, float] | None:
    """Between which seconds the rest of a session lies.

    None where it has measured nothing yet, where nothing is left, and where its state cannot be read.
    """
    try:
        state = store.read_state(session)
    except EngineError:
        return None
    first = guess(config, session.parent, session.name)
    if not any(eta.counts(key, done) for key, done in state.work.items()):
        return None
    low, high = eta.bounds(state.work, state.totals, first.seconds, first.kin, first.before)
    return (low, high) if high > 0 else None


def _past(folder: Path, without: str) -> Iterator[tuple[RunConfig, dict[str, Work]]]:
    """Configuration and work of each session that was run here, the newest first."""
    try:
        there = names(folder)
    except OSError:  # no such name can be, or it may not be looked into
        return
    for name in there:
        if name == without:
            continue
        try:
            state = store.read_state(folder / name)
            if state.session != name and identity.foreign(folder / name) is not None:
                continue  # a copy, perhaps from another machine
            if state.work:
                yield session_config.read(folder / name, state.config).config, state.work
        except Exception as error:  # noqa: BLE001  files of any content, from anywhere
            log.debug("%s tells no times: %s", name, error)


def _computed_as(config: RunConfig) -> tuple[object, ...]:
    """What a guess does not know, or not well enough, of how fast it goes."""
    model, convert = config.model, config.convert
    asked = convert.missing_sections == "teacher"
    return (
        model.model_name_or_path, model.load_in_4bit, config.runtime.device,
        (convert.teacher, convert.teaching.model) if asked else None,
    )  # fmt: skip
