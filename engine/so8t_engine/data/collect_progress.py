"""How far collecting is, source by source: what a checkpoint of step 1 holds.

Sources are collected in their order. One that fails waits while the others are collected; one that may fail is left
out for good. Both are steps of their own, so that a restart decides nothing twice.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any

from so8t_engine.data import shards, step_state
from so8t_engine.data.provenance import Provenance
from so8t_engine.run.step_context import StepContext
from so8t_engine.sentences import Sentence, from_json, to_json


@dataclass(frozen=True)
class SourcePlace:
    """In a source: `file` files are done, of the next one `number` rows; `part` shards are written."""

    file: int = 0
    number: int = 0
    part: int = 0


@dataclass(frozen=True)
class Progress:
    """`order` sources have been gone through; of the next one `file`, `number` and `part` are its SourcePlace.

    `listed`: all shards, name -> (bytes, sha256); `sources`: the provenance of every source begun so far. `waiting`:
    sources gone through that failed, name -> SourcePlace; `left_out`: those the run goes on without, name -> why.
    `decisions`: steps that wrote no shard, and shards that were given up again.
    """

    order: int = 0
    file: int = 0
    number: int = 0
    part: int = 0
    listed: dict[str, shards.Digest] = field(default_factory=dict)
    sources: dict[str, Provenance] = field(default_factory=dict)
    waiting: dict[str, list[int]] = field(default_factory=dict)
    left_out: dict[str, dict[str, Any]] = field(default_factory=dict)
    decisions: int = 0

    @property
    def units(self) -> int:
        return len(self.listed) + self.decisions

    def is_open(self, index: int, name: str) -> bool:
        return name in self.waiting or index >= self.order

    def place(self, index: int, name: str) -> SourcePlace:
        if name in self.waiting:
            return SourcePlace(*self.waiting[name])
        return SourcePlace(self.file, self.number, self.part) if index == self.order else SourcePlace()

    def with_shard(
        self, index: int, place: SourcePlace, shard: tuple[str, shards.Digest], source: Provenance
    ) -> Progress:
        listed = self.listed | {shard[0]: shard[1]}
        return self._at(index, source.name, place)._changed(listed=listed, sources=self.sources | {source.name: source})

    def done(self, index: int, name: str) -> Progress:
        return self._behind(index)._changed(waiting=_without(self.waiting, name))

    def failed(self, index: int, name: str, keep: bool) -> Progress:
        """It is asked again by the next start: from where it is if `keep`, else from its beginning."""
        place = self.place(index, name)
        kept = self if keep else self._forgotten(index, name)
        waiting = self.waiting | {name: list(dataclasses.astuple(place if keep else SourcePlace()))}
        return kept._behind(index)._changed(waiting=waiting, decisions=kept.decisions + 1)

    def begun_again(self, index: int, name: str) -> Progress:
        """An open source from its beginning: the same files at the same revision, none of its rows."""
        source = dataclasses.replace(self.sources[name], kept=0, skipped={}, examples=[])
        less = self._forgotten(index, name)
        return less._at(index, name, SourcePlace())._changed(sources=less.sources | {name: source})

    def without(self, index: int, name: str, why: Sentence) -> Progress:
        """The run goes on without it: what was collected of it is no part of the data."""
        less = self._forgotten(index, name)
        left_out = self.left_out | {name: to_json(why)}
        waiting = _without(self.waiting, name)
        return less._behind(index)._changed(waiting=waiting, left_out=left_out, decisions=less.decisions + 1)

    def reconsidered(self) -> Progress:
        """What was left out waits instead: nothing to train on would be left."""
        waiting = self.waiting | {name: list(dataclasses.astuple(SourcePlace())) for name in self.left_out}
        return self._changed(waiting=waiting, left_out={}, decisions=self.decisions + 1)

    def why_left_out(self) -> dict[str, Sentence]:
        return {name: from_json(why) for name, why in self.left_out.items()}

    def payload(self) -> dict[str, bytes]:
        """What came later than the first version is there only where it says something."""
        state = dataclasses.asdict(self)
        return step_state.files({key: state[key] for key in state if key not in LATER or state[key]})

    def _behind(self, index: int) -> Progress:
        return self._changed(order=index + 1, file=0, number=0, part=0) if index == self.order else self

    def _at(self, index: int, name: str, place: SourcePlace) -> Progress:
        if index == self.order:
            return self._changed(**dataclasses.asdict(place))
        return self._changed(waiting=self.waiting | {name: list(dataclasses.astuple(place))})

    def _forgotten(self, index: int, name: str) -> Progress:
        """Without the shards of a source and without what it was read from."""
        listed = {shard: digest for shard, digest in self.listed.items() if not shard.startswith(f"{index:03d}-")}
        gone = len(self.listed) - len(listed)
        return self._changed(listed=listed, sources=_without(self.sources, name), decisions=self.decisions + gone)

    def _changed(self, **fields: Any) -> Progress:
        return dataclasses.replace(self, **fields)


LATER = ("waiting", "left_out", "decisions")


def read(context: StepContext) -> Progress:
    state = step_state.read(context)
    if state is None:
        return Progress()
    sources = {name: Provenance(**source) for name, source in state["sources"].items()}
    return Progress(**state | {"sources": sources, "listed": step_state.digests(state["listed"])})


def _without(values: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key != name}
