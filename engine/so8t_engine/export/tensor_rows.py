"""Rows of the tensors in safetensors files, as float32, read from the disk when they are asked for.

Without torch, and without mapping the files: a process that converts gigabytes holds the rows at hand and no more.
Format: 8 bytes with the length of a JSON header, the header, the tensors (https://github.com/huggingface/safetensors).
"""

from __future__ import annotations

import json
import math
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from so8t_engine.errors import EngineError
from so8t_engine.sentences import sentence

Array = np.ndarray[Any, np.dtype[Any]]

STORED = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "BF16": "<u2"}


@dataclass(frozen=True)
class Stored:
    """A tensor in an open file. `kind`: a key of STORED; `start`: of its first byte in the file."""

    file: BinaryIO
    kind: str
    shape: list[int]
    start: int

    def whole(self) -> Array:
        return self._read(0, math.prod(self.shape)).reshape(self.shape)

    def rows(self, first: int, last: int) -> Array:
        """(last - first, width) of a matrix; `last` may lie behind its end."""
        width = math.prod(self.shape[1:])
        last = min(last, self.shape[0])
        return self._read(first * width, (last - first) * width).reshape(-1, width)

    def _read(self, first: int, count: int) -> Array:
        """Raises EngineError export where the file ends before, OSError."""
        kind = np.dtype(STORED[self.kind])
        raw = np.empty(count, kind)
        self.file.seek(self.start + first * kind.itemsize)
        if self.file.readinto(raw.view(np.uint8)) != raw.nbytes:  # type: ignore[attr-defined]
            place = Path(self.file.name)
            raise EngineError("export", sentence("doctor.weights_cut_off", name=place.parent.name, file=place.name))
        if self.kind != "BF16":
            return raw.astype(np.float32, copy=False)
        wide = np.empty(count, np.uint32)  # the upper half of a float32 each
        np.left_shift(raw, 16, out=wide, dtype=np.uint32)
        return wide.view(np.float32)


def open_files(paths: list[Path], stack: ExitStack) -> dict[str, Stored]:
    """The tensors of all of them, by name; `stack` closes the files. Raises EngineError export, OSError."""
    found: dict[str, Stored] = {}
    for path in paths:
        file = stack.enter_context(path.open("rb", buffering=0))
        folder = path.parent.name
        try:
            size = int.from_bytes(file.read(8), "little")
            header = json.loads(file.read(size))
        except (ValueError, OverflowError, MemoryError) as error:
            raise EngineError("export", sentence("doctor.weights_cut_off", name=folder, file=path.name)) from error
        for name, entry in header.items():
            if name == "__metadata__":
                continue
            if entry["dtype"] not in STORED:
                raise EngineError("export", sentence("doctor.no_such_weight", name=folder, tensor=name))
            found[name] = Stored(file, entry["dtype"], entry["shape"], 8 + size + entry["data_offsets"][0])
    return found
