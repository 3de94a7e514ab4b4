"""The state of a step in its checkpoints, as JSON: what it needs to go on after a restart.

`ShardTally` is that of the steps that turn one folder of shards into another.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from so8t_engine.data import shards
from so8t_engine.data.drop_examples import DropExamples
from so8t_engine.run.step_context import StepContext

STATE = "state.json"


def read(context: StepContext) -> dict[str, Any] | None:
    """The state in the step's own last checkpoint; None at the beginning of a step."""
    folder = context.checkpoint()
    return dict(json.loads((folder / STATE).read_bytes())) if folder is not None else None


def files(state: Mapping[str, Any]) -> dict[str, bytes]:
    """The payload of a checkpoint; the same state gives the same bytes."""
    return {STATE: json.dumps(state, ensure_ascii=False, sort_keys=True).encode()}


def digests(listed: Mapping[str, Any]) -> dict[str, shards.Digest]:
    """Shard name -> (bytes, sha256), which JSON holds as lists."""
    return {name: (size, sha) for name, (size, sha) in listed.items()}


@dataclass(frozen=True)
class ShardTally:
    """`listed`: the shards written so far, name -> (bytes, sha256); `counts`: what counts.json would say of them.

    `examples` of what was left out (drop_examples.py).
    """

    listed: dict[str, shards.Digest] = field(default_factory=dict)
    counts: dict[str, Any] = field(default_factory=dict)
    examples: DropExamples = field(default_factory=dict)

    def payload(self) -> dict[str, bytes]:
        return files({"listed": self.listed, "counts": self.counts, "examples": self.examples})


def read_tally(context: StepContext, nothing: Mapping[str, Any]) -> ShardTally:
    """`nothing`: the counts at the beginning of the step."""
    state = read(context)
    if state is None:
        return ShardTally({}, dict(nothing))
    return ShardTally(digests(state["listed"]), state["counts"], state.get("examples", {}))


def added(counts: Mapping[str, int], names: Iterable[str]) -> dict[str, int]:
    """The counts with one more for every name."""
    return dict(Counter(counts) + Counter(names))
