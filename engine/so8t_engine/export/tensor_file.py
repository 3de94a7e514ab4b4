"""A safetensors file written tensor by tensor: the bytes of the library's `save_file`, which wants all of them at once.

Format: 8 bytes with the length of a JSON header, the header (padded with spaces to a multiple of 8), the tensors in
the header's order (https://github.com/huggingface/safetensors#format).
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from so8t_engine.session import durable

NAMES = {torch.float32: "F32", torch.bfloat16: "BF16", torch.float16: "F16"}


def write(path: Path, shapes: Mapping[str, Sequence[int]], dtype: torch.dtype, tensor: Callable[[str], Tensor]) -> int:
    """All tensors as `dtype`, in the order of their names; returns their bytes. `tensor` is asked for one at a time.

    Raises EngineError disk_*.
    """
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    end = 0
    for name in sorted(shapes):
        start, end = end, end + math.prod(shapes[name]) * dtype.itemsize
        header[name] = {"dtype": NAMES[dtype], "shape": list(shapes[name]), "data_offsets": [start, end]}
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)

    def chunks() -> Iterator[bytes | memoryview]:
        yield len(text).to_bytes(8, "little") + text
        for name in sorted(shapes):
            values = tensor(name).to(dtype).contiguous().reshape(-1)
            raw: Any = values.view(torch.uint8).numpy()
            yield memoryview(raw)

    durable.write(path, chunks())
    return end
