"""What is done to each shard by itself, in two more processes where there is much of it: the same in the same order.

What a row becomes depends on the row alone, so shards are admitted ahead while this process sifts those before; so are
the questions of the held-out part looked for in each. A helper that ends by itself is said, and this process goes on
without any: it does itself what it had asked them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import psutil
import pyarrow as pa
import pyarrow.parquet as pq

from so8t_engine import garbage
from so8t_engine.config.run_config import Dataset, RunConfig
from so8t_engine.data import admitted, shards
from so8t_engine.data.adapters import choose_adapter
from so8t_engine.data.adapters.parsed_row import Fields, Index
from so8t_engine.data.admitted import Admitted
from so8t_engine.data.helper_process import Helper, Request, serve
from so8t_engine.data.sieve import heldout_leaks
from so8t_engine.data.sieve.decontamination import Questions
from so8t_engine.data.sieve.heldout_leaks import Leaks
from so8t_engine.sentences import Sentence, sentence

HELPERS = 2
WORTH_IT = 50_000  # rows: a helper's start takes a second of a core, admission 0.1 ms a row
T = TypeVar("T")


class ShardWork:
    """`sources`: the name of a source and its collected shards, in order; of all sources."""

    def __init__(self, config: RunConfig, sources: Mapping[str, Sequence[Path]]) -> None:
        self.config, self.sources = config, sources
        self._index: dict[str, Index] = {}  # of the source last asked about
        self._heldout: Questions | None = None

    def admit(self, source: str, path: Path) -> Admitted:
        [dataset] = [dataset for dataset in self.config.datasets if dataset.name == source]
        if source not in self._index:
            self._index = {source: _index_of(dataset, self.sources[source])}
        return admitted.admit(self.config, dataset, path, self._index[source])

    def leaks(self, path: Path, integrated: Sequence[Path]) -> Leaks:
        """Of one of these integrated shards, whose held-out records ask the questions."""
        if self._heldout is None:
            self._heldout = heldout_leaks.questions(integrated)
        return heldout_leaks.leaks(path, self._heldout)


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
    affinity = getattr(psutil.Process(), "cpu_affinity", None)  # macOS has none
    return len(affinity()) if affinity is not None else psutil.cpu_count() or 1


class ShardHelpers:
    """The helpers of a step, as many as asked for; `ended` is told once why there are none any more. To be closed."""

    def __init__(self, own: ShardWork, helpers: int, ended: Callable[[Sentence], None]) -> None:
        self._own, self._ended = own, ended
        self._running: list[Helper] = []
        try:
            for _ in range(helpers):
                self._running.append(Helper(__name__))
        except OSError as error:
            self.close()
            ended(sentence("steps.no_helper", error=error.strerror or str(error)))
        sources = {source: [str(path) for path in paths] for source, paths in own.sources.items()}
        self._tell({"config": own.config.model_dump(mode="json"), "sources": sources})

    def admitted(self, tasks: Sequence[tuple[str, Path]]) -> Iterator[Admitted]:
        """Of each (source, collected shard)."""
        requests = [{"source": source, "path": str(path)} for source, path in tasks]
        return self._each(requests, admitted.from_bytes, lambda number: self._own.admit(*tasks[number]))

    def leaks(self, paths: Sequence[Path]) -> Iterator[Leaks]:
        """Of each of these integrated shards."""
        self._tell({"integrated": list(map(str, paths))})
        requests = [{"leaks": str(path)} for path in paths]
        return self._each(requests, _leaks, lambda number: self._own.leaks(paths[number], paths))

    def _each(self, requests: Sequence[Request], read: Callable[[bytes], T], alone: Callable[[int], T]) -> Iterator[T]:
        """What became of each request, in order; each helper is asked one ahead."""
        for request, helper in zip(requests, self._running, strict=False):
            helper.ask(request)
        for number in range(len(requests)):
            reply = self._reply(number, requests) if self._running else None
            yield read(reply) if reply is not None else alone(number)

    def _reply(self, number: int, requests: Sequence[Request]) -> bytes | None:
        helper, following = self._running[number % len(self._running)], number + len(self._running)
        reply = helper.reply()
        if reply is None:
            self._ended(sentence("steps.helper_ended", code=helper.code()))
            self.close()
        elif following < len(requests):
            helper.ask(requests[following])
        return reply

    def _tell(self, request: Request) -> None:
        for helper in self._running:
            helper.ask(request)

    def close(self) -> None:
        for helper in self._running:
            helper.close()
        self._running = []


def _leaks(reply: bytes) -> Leaks:
    return [(row, question) for row, question in json.loads(reply)]


class _Answering:
    """The helper's side."""

    def __init__(self) -> None:
        self._work: ShardWork | None = None
        self._integrated: list[Path] = []

    def __call__(self, request: Request) -> bytes | memoryview | None:
        if self._work is None:
            sources = {source: [Path(path) for path in paths] for source, paths in request["sources"].items()}
            self._work = ShardWork(RunConfig.model_validate(request["config"]), sources)
        elif "integrated" in request:
            self._integrated = [Path(path) for path in request["integrated"]]
        elif "leaks" in request:
            return json.dumps(self._work.leaks(Path(request["leaks"]), self._integrated)).encode()
        else:
            return admitted.to_bytes(self._work.admit(request["source"], Path(request["path"])))
        return None


class _NoPandas:
    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(name)


def _in_little_memory() -> None:
    """pyarrow brings in pandas, where it is installed, at its first array: 50 MB and half a second of a core for what
    no helper asks of it. Its own allocator keeps more of what was freed than the system's.
    """
    sys.meta_path.insert(0, _NoPandas)
    pa.set_memory_pool(pa.system_memory_pool())


if __name__ == "__main__":
    _in_little_memory()
    with garbage.rarely_looked_for():
        serve(_Answering())
