"""Rows of numbers as GGUF stores them. K-quants are llama.cpp's own code, from whichever package brings it.

libgguf has wheels for Windows, macOS and Linux; xllamacpp's library gives its functions away on Linux and macOS. Both
give the same bytes. The other types are numpy, by gguf-py.
"""

from __future__ import annotations

import ctypes
import functools
import importlib.util
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from gguf import GGML_QUANT_SIZES, quants
from gguf import GGMLQuantizationType as Type

from so8t_engine.errors import EngineError
from so8t_engine.export import llama_quantize
from so8t_engine.sentences import sentence

Array = np.ndarray[Any, np.dtype[Any]]
Encode = Callable[[Array, Type], Array]

K_TYPES = (Type.Q4_K, Type.Q5_K, Type.Q6_K)


def encode(rows: Array, kind: Type) -> Array:
    """float32 (rows, n) to bytes (rows, m). For K-quants there must be an encoder."""
    if kind not in K_TYPES:
        return np.ascontiguousarray(quants.quantize(rows, kind))
    encoder = k_encoder()
    assert encoder is not None, kind
    return encoder(np.ascontiguousarray(rows, dtype=np.float32), kind)


def refuse_without_k_quants() -> None:
    """Raises EngineError export where neither a package nor a program on this machine writes them."""
    if k_encoder() is None:
        llama_quantize.program()


@functools.cache
def k_encoder() -> Encode | None:
    """None where no package encodes K-quants; llama.cpp's program may (llama_quantize.py)."""
    return by_libgguf() or by_xllamacpp()


def by_libgguf() -> Encode | None:
    try:
        import libgguf  # no wheel for every Python
    except (ImportError, OSError):
        return None
    return lambda rows, kind: libgguf.quantize_rows(rows, int(kind))


def by_xllamacpp() -> Encode | None:
    """ggml_quantize_chunk(type, source, target, first, rows, n, importances) of ggml/include/ggml.h."""
    spec = importlib.util.find_spec("xllamacpp")
    places = list(spec.submodule_search_locations or []) if spec is not None else []
    for file in [path for place in places for path in sorted(Path(place).glob("xllamacpp*.so"))]:
        try:
            quantize = ctypes.CDLL(str(file)).ggml_quantize_chunk
        except (OSError, AttributeError):
            continue
        quantize.restype = ctypes.c_size_t
        quantize.argtypes = [ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, *[ctypes.c_int64] * 3, ctypes.c_void_p]
        return functools.partial(_chunk, quantize)
    return None


def _chunk(quantize: Any, rows: Array, kind: Type) -> Array:
    count, width = math.prod(rows.shape[:-1]), rows.shape[-1]
    block, size = GGML_QUANT_SIZES[kind]
    result = np.empty((count, width // block * size), np.uint8)
    written = quantize(int(kind), rows.ctypes.data, result.ctypes.data, 0, count, width, None)
    if written != result.nbytes:
        raise EngineError("export", sentence("export.encoder_failed", type=kind.name))
    return result
