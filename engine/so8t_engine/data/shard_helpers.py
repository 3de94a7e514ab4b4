"""Admission in two more processes where there is much of it: the same records in the same order, sooner.

What a row becomes depends on nothing but the row, so shards are admitted ahead while this process sifts those before.
A helper that ends by itself is said, and this process goes on without any: it asks itself what it had asked them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pyarrow.parquet as pq

from so8t_engine.config.run_config import Dataset, RunConfig
from so8t_engine.data import admitted, garbage, shards
from so8t_engine.data.adapters import choose_adapter
from so8t_engine.data.adapters.parsed_row import Fields, Index
from so8t_engine.data.admitted import Admitted
from so8t_engine.data.helper_process import Helper, Request, serve
from so8t_engine.sentences import Sentence, sentence

HELPERS = 2
WORTH_IT = 50_000  # rows: a helper's start takes a second of a core, admission 0.1 ms a row


@dataclass
class Admission:
    """Admits collected shards. `sources`: the name of a source and its shards, in order; of all sources."""

    config: RunConfig
    sources: Mapping[str, Sequence[Path]]
    _index: dict[str, Index] = field(default_factory=dict)  # of the source last asked about

    def admit(self, source: str, path: Path) -> Admitted:
        [dataset] = [dataset for dataset in self.config.datasets if dataset.name == source]
        if source not in self._index:
            self._index = {source: _index_of(dataset, self.sources[source])}
        return admitted.admit(self.config, dataset, path, self._index[source])


def _index_of(dataset: Dataset, paths: Sequence[Path]) -> Index:
    """One look at a whole source, for the adapter that needs it (replies must find their questions)."""

    def rows() -> Iterator[Fields]:
        return (row for path in paths for _, _, row in shards.read_collected(path))

    return choose_adapter.index_of(dataset, rows)


def wanted(config: RunConfig, paths: Sequence[Path]) -> int:
    """How many helpers these shards are worth, and the machine and the configuration have cores for."""
    if min(_cores(), config.runtime.num_threads or _cores()) < 2:
        return 0
    return HELPERS if sum(pq.read_metadata(path).num_rows for path in paths) >= WORTH_IT else 0


def _cores() -> int:
    return len(psutil.Process().cpu_affinity()) if hasattr(psutil.Process, "cpu_affinity") else psutil.cpu_count() or 1


def admissions(
    own: Admission, tasks: Sequence[tuple[str, Path]], helpers: int, ended: Callable[[Sentence], None]
) -> Iterator[Admitted]:
    """Of each (source, shard) in order. `ended`: told once why there are no helpers any more."""
    done = 0
    with contextlib.ExitStack() as open_helpers:
        try:
            running = [open_helpers.enter_context(contextlib.closing(Helper(__name__))) for _ in range(helpers)]
        except OSError as error:
            running = []
            ended(sentence("steps.no_helper", error=error.strerror or str(error)))
        if running:
            for helper in running:
                helper.ask(_setting(own))
            for task, helper in zip(tasks, running, strict=False):
                helper.ask(_task(*task))
            for number in range(len(tasks)):
                helper = running[number % len(running)]
                reply = helper.reply()
                if reply is None:
                    ended(sentence("steps.helper_ended", code=helper.code()))
                    break
                if number + len(running) < len(tasks):
                    helper.ask(_task(*tasks[number + len(running)]))
                yield admitted.from_bytes(reply)
                done += 1
    for task in tasks[done:]:
        yield own.admit(*task)


def _setting(own: Admission) -> Request:
    sources = {source: [str(path) for path in paths] for source, paths in own.sources.items()}
    return {"config": own.config.model_dump(mode="json"), "sources": sources}


def _task(source: str, path: Path) -> Request:
    return {"source": source, "path": str(path)}


class _Answering:
    """The helper's side."""

    def __init__(self) -> None:
        self._admission: Admission | None = None

    def __call__(self, request: Request) -> bytes | None:
        if self._admission is None:
            sources = {source: [Path(path) for path in paths] for source, paths in request["sources"].items()}
            self._admission = Admission(RunConfig.model_validate(request["config"]), sources)
            return None
        return admitted.to_bytes(self._admission.admit(request["source"], Path(request["path"])))


if __name__ == "__main__":
    with garbage.rarely_looked_for():
        serve(_Answering())
