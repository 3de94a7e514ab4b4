"""What becomes of the rows of each source: how many are learnt, as far as the rows that were looked at tell.

The held-out part and the share of answers without thought (final_only.py) are taken off, so that the figures before a
run are those of its report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from so8t_engine.config.run_config import RunConfig
from so8t_engine.data.files import local_files
from so8t_engine.data.files.local_files import Reading
from so8t_engine.data.files.row_readers import RawRow
from so8t_engine.data.first_rows import FirstRows
from so8t_engine.data.thought import final_only
from so8t_engine.errors import EngineError

COUNTED = 16 << 20  # bytes of a source; the rows of a larger one are guessed


@dataclass(frozen=True)
class Rows:
    """Of one source; None where nobody knows before it is fetched."""

    count: int | None
    counted: bool = True


@dataclass(frozen=True)
class Fate:
    """Of the records of one source: held out; in training with thought and without; `taken`: of these those learnt."""

    heldout: int
    thinking: int
    bare: int
    taken: int = 0

    @property
    def learnt(self) -> int:
        return self.thinking + self.taken

    @property
    def lost(self) -> int:
        return self.bare - self.taken

    @property
    def share_lost(self) -> float:
        return self.lost / (self.learnt + self.lost) if self.lost else 0.0


def of_sources(config: RunConfig, looks: Sequence[FirstRows], rows: Sequence[Rows]) -> list[Fate] | None:
    """Of each; None where one of them is not known before it is fetched, or was not looked at."""
    found = [_seen(look) for look in looks]
    if any(fate is None or each.count is None for fate, each in zip(found, rows, strict=True)):
        return None
    whole = [
        _scaled(fate, (each.count or 0) / look.rows)
        for fate, each, look in zip(found, rows, looks, strict=True)
        if fate is not None
    ]
    return shared(whole, 1.0 if config.convert.missing_sections == "teacher" else config.convert.final_only_share)


def shared(fates: Sequence[Fate], share: float) -> list[Fate]:
    """With what is `taken`: of all answers without thought so many as may be beside those with it (final_only.py)."""
    thinking, bare = sum(fate.thinking for fate in fates), sum(fate.bare for fate in fates)
    most = final_only.allowed(thinking, share)
    if most is None or most >= bare or final_only.Limit(thinking, bare).lifted:
        most = bare
    part = most / bare if bare else 0.0
    return [replace(fate, taken=round(fate.bare * part)) for fate in fates]


def _seen(look: FirstRows) -> Fate | None:
    if look.unseen or not look.rows:
        return None
    learnt = sum(counts["learnt"] for counts in look.training.values())
    bare = sum(counts["final_only"] for counts in look.training.values())
    return Fate(look.heldout, learnt - bare, bare)


def _scaled(fate: Fate, by: float) -> Fate:
    return Fate(round(fate.heldout * by), round(fate.thinking * by), round(fate.bare * by))


def count(config: RunConfig, look: FirstRows) -> Rows:
    """The rows of a source: counted where that is quick."""
    dataset = look.dataset
    if look.whole:
        return Rows(look.rows)
    if dataset.source == "hub":
        return Rows(dataset.max_rows, counted=False)
    most = dataset.max_rows
    try:
        files = local_files.choose(dataset).files
        if not all(file.path.is_file() for file in files):  # a pipe: who opens it waits for its other end
            return Rows(None, counted=False)
        if sum({file.path: file.path.stat().st_size for file in files}.values()) > COUNTED:
            guess = max(look.rows, local_files.guess_rows(files))
            return Rows(min(guess, most or guess), counted=False)
        reading, limit = Reading.of(dataset), config.collect.max_line_bytes
        read = (item for file in files for item in local_files.read(file, limit, reading=reading))
        found = sum(isinstance(item, RawRow) for item in read)
    except (EngineError, OSError):  # its own step says what is wrong with the rest of it
        return Rows(look.rows, counted=False)
    return Rows(min(found, most or found))
