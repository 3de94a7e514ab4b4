"""A step of fixed shapes, recorded once as a CUDA graph and replayed: one launch in place of thousands.

A step of generation launches a few thousand small kernels for one token a row; launched one by one they take ten times
as long as the GPU needs for them. A graph needs no compiler (Triton is not to be had on Windows).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any

import torch

Step = Callable[[int], None]


class StepGraphs(AbstractContextManager["StepGraphs"]):
    """Runs `step(width)`, which reads and writes the same tensors at every call and reads no value on the host.

    On a GPU the first step of a width runs as it is, which also prepares what may not be prepared while recording; the
    second is recorded, and from then on replayed. On a CPU, and where recording fails (memory, driver), every step runs
    as it is. State: the graphs, which share one pool of memory; they and it are gone at the end of the context.
    """

    def __init__(self, step: Step, device: torch.device, failed: Callable[[str], None]) -> None:
        """`failed` is told once why recording did not work."""
        self._step, self._device, self._failed = step, device, failed
        self._recording = device.type == "cuda"
        self._seen: set[int] = set()
        self._graphs: dict[int, Any] = {}
        self._pool: Any = None

    @property
    def replays(self) -> bool:
        """False on a CPU and once recording has failed."""
        return self._recording

    def run(self, width: int) -> None:
        if self._recording and width in self._seen and width not in self._graphs:
            self._record(width)
        if width in self._graphs:
            self._graphs[width].replay()
        else:
            self._seen.add(width)
            self._step(width)

    def _record(self, width: int) -> None:
        try:
            graph = torch.cuda.CUDAGraph()
            self._pool = self._pool or torch.cuda.graph_pool_handle()
            # Other threads may use the GPU meanwhile: the one that saves does.
            with torch.cuda.graph(graph, pool=self._pool, capture_error_mode="thread_local"):
                self._step(width)
        except RuntimeError as error:  # torch.OutOfMemoryError is one
            self._recording = False
            self._failed(str(error).strip().split("\n")[0])
            return
        self._graphs[width] = graph

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        used = bool(self._graphs)
        self._graphs.clear()
        if used:
            torch.cuda.empty_cache()  # else the pool stays reserved, and updates need the room
