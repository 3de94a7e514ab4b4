"""Snapshots of tensors: copied to host memory at once, turned into safetensors bytes later, chunk by chunk.

The copy is all that training waits for. Serialising happens in the thread that writes: the file's header, then each
tensor's own memory in chunks, so there is no second copy of everything. Nothing here holds the interpreter for long:
numpy, hashlib and write(2) let the training thread run meanwhile.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import torch
from torch import Tensor

from so8t_engine.errors import EngineError
from so8t_engine.sentences import sentence
from so8t_engine.session.durable import Chunk

BLOCK = 64 << 20
CHUNK = 2 << 20
ALIGNED = 64

# In the order of safetensors' own type list: a file holds the last of these first, each sorted by name.
NAMES = {
    torch.bool: "BOOL", torch.uint8: "U8", torch.int8: "I8", torch.float8_e5m2: "F8_E5M2",
    torch.float8_e4m3fn: "F8_E4M3", torch.int16: "I16", torch.uint16: "U16", torch.float16: "F16",
    torch.bfloat16: "BF16", torch.int32: "I32", torch.uint32: "U32", torch.float32: "F32", torch.float64: "F64",
    torch.int64: "I64", torch.uint64: "U64",
}  # fmt: skip
RANKS = {dtype: rank for rank, dtype in enumerate(NAMES)}

# Inf and NaN are the numbers whose exponent has all bits set (e4m3fn has only NaN: all bits but the sign).
EXPONENTS: dict[torch.dtype, tuple[type[np.unsignedinteger[Any]], int]] = {
    torch.float64: (np.uint64, 0x7FF0_0000_0000_0000), torch.float32: (np.uint32, 0x7F80_0000),
    torch.float16: (np.uint16, 0x7C00), torch.bfloat16: (np.uint16, 0x7F80),
    torch.float8_e5m2: (np.uint8, 0x7C), torch.float8_e4m3fn: (np.uint8, 0x7F),
}  # fmt: skip


class Buffers:
    """Host memory that is reused from save to save; pinned for a GPU, so that the copies run beside training.

    State: the blocks. Fresh memory would cost as much as the copy (page faults; on CUDA far more, cudaHostAlloc).
    """

    def __init__(self) -> None:
        self._blocks: list[Tensor] = []

    def reserve(self, size: int, device: torch.device) -> None:
        """Allocates about that many bytes before training begins, so that the first save need not."""
        for _ in range(len(self._blocks), size // BLOCK):
            self._blocks.append(torch.empty(BLOCK, dtype=torch.uint8, pin_memory=device.type == "cuda").zero_())

    def fill(self, tensors: Iterable[Tensor]) -> tuple[list[Tensor], Callable[[], None]]:
        """Copies of these, and what waits until all of them have arrived.

        Training may go on at once: on CUDA the copies are queued in the stream before whatever comes next. The copies
        of the call before are overwritten: the save they belong to must be over.
        """
        sources = list(tensors)
        devices = {source.device for source in sources if source.is_cuda}
        if self._blocks and self._blocks[0].is_pinned() != bool(devices):
            self._blocks = []
        copies, block, used = [], 0, 0
        for source in sources:
            while block < len(self._blocks) and used + source.nbytes > self._blocks[block].nbytes:
                block, used = block + 1, 0
            if block == len(self._blocks):
                size = max(BLOCK, source.nbytes)
                self._blocks.append(torch.empty(size, dtype=torch.uint8, pin_memory=bool(devices)))
            room = self._blocks[block][used : used + source.nbytes]
            copy = room.view(source.dtype).view(source.shape)
            copies.append(copy.copy_(source.detach(), non_blocking=True))
            used += -(-source.nbytes // ALIGNED) * ALIGNED
        events = []
        for device in devices:
            events.append(torch.cuda.Event(blocking=True))
            events[-1].record(torch.cuda.current_stream(device))

        def arrived() -> None:
            for event in events:
                event.synchronize()

        return copies, arrived


def chunks(file: str, tensors: Mapping[str, Tensor], arrived: Callable[[], None]) -> Iterator[Chunk]:
    """The bytes of a safetensors file, the same that the library would write. The tensors are contiguous, on the CPU.

    Raises EngineError not_finite for a tensor that holds Inf or NaN: such a checkpoint must never be committed.
    """
    arrived()
    names = sorted(tensors, key=lambda name: (-RANKS[tensors[name].dtype], name))
    yield _header({name: tensors[name] for name in names})
    for name in names:
        tensor = tensors[name]
        data = tensor.reshape(-1).view(torch.uint8).numpy().data
        for start in range(0, len(data), CHUNK):
            chunk = data[start : start + CHUNK]
            if not _finite(chunk, tensor.dtype):
                raise EngineError("not_finite", sentence("train.tensor_not_finite", tensor=name, file=file))
            yield chunk


def _header(tensors: Mapping[str, Tensor]) -> bytes:
    """8 bytes of length, then JSON, filled up with spaces to a multiple of 8."""
    about, end = {}, 0
    for name, tensor in tensors.items():
        place = [end, end := end + tensor.nbytes]
        about[name] = {"dtype": NAMES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": place}
    text = json.dumps(about, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return len(text).to_bytes(8, "little") + text


def _finite(chunk: memoryview, dtype: torch.dtype) -> bool:
    if dtype not in EXPONENTS:
        return True
    unsigned, exponent = EXPONENTS[dtype]
    mask = unsigned(exponent)
    return not bool(((np.frombuffer(chunk, unsigned) & mask) == mask).any())
