"""Which type each tensor of a GGUF file has: llama.cpp's mix, as in `llama_tensor_get_type` of src/llama-quant.cpp.

Read in build b11739 for the architecture phi3, without experts and importance matrix. Files that llama.cpp made in 2024
may differ: it then gave attn_qkv a rule of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gguf import GGML_QUANT_SIZES, LlamaFileType
from gguf import GGMLQuantizationType as Type

FILE_TYPES = {
    "F32": (Type.F32, LlamaFileType.ALL_F32),
    "F16": (Type.F16, LlamaFileType.MOSTLY_F16),
    "BF16": (Type.BF16, LlamaFileType.MOSTLY_BF16),
    "Q8_0": (Type.Q8_0, LlamaFileType.MOSTLY_Q8_0),
    "Q4_K_M": (Type.Q4_K, LlamaFileType.MOSTLY_Q4_K_M),
    "Q5_K_M": (Type.Q5_K, LlamaFileType.MOSTLY_Q5_K_M),
    "Q6_K": (Type.Q6_K, LlamaFileType.MOSTLY_Q6_K),
}
K_QUANTS = ("Q4_K_M", "Q5_K_M", "Q6_K")
FALLBACKS = {Type.Q4_K: Type.Q5_0, Type.Q5_K: Type.Q5_1, Type.Q6_K: Type.Q8_0}  # for rows that 256 does not divide
OUTPUT, EMBEDDING = "output.weight", "token_embd.weight"
SENSITIVE = re.compile(r"blk\.(\d+)\.(?:attn_qkv|ffn_down)\.weight")


@dataclass(frozen=True)
class Choice:
    """`wanted` is the mix's; `stored` another one where the tensor's rows do not fit its blocks."""

    wanted: Type
    stored: Type

    @property
    def fell_back(self) -> bool:
        return self.stored != self.wanted


def choose(name: str, shape: Sequence[int], kind: str, layers: int, tied: bool) -> Choice:
    """`name`: llama.cpp's; `tied`: the embedding is the head too. Norms, one row each, are F32 in every file."""
    if len(shape) < 2:
        return Choice(Type.F32, Type.F32)
    wanted, width = FILE_TYPES[kind][0], shape[-1]
    if kind in K_QUANTS:
        wanted = _mixed(name, wanted, layers, tied)
        is_head = name == OUTPUT or (tied and name == EMBEDDING)
        if is_head and not _fits(width, wanted):
            return Choice(wanted, Type.Q8_0 if _fits(width, Type.Q8_0) else Type.F16)
    if _fits(width, wanted):
        return Choice(wanted, wanted)
    stored = FALLBACKS.get(wanted, Type.F16)
    return Choice(wanted, stored if _fits(width, stored) else Type.F16)


def _mixed(name: str, default: Type, layers: int, tied: bool) -> Type:
    if name == OUTPUT or (tied and name == EMBEDDING):
        return Type.Q6_K
    match = SENSITIVE.fullmatch(name)
    return Type.Q6_K if match is not None and more_bits(int(match[1]), layers) else default


def more_bits(layer: int, layers: int) -> bool:
    """The first and the last eighth of the layers, and every third between them."""
    return layer < layers // 8 or layer >= 7 * layers // 8 or (layer - layers // 8) % 3 == 2


def _fits(width: int, kind: Type) -> bool:
    return width % GGML_QUANT_SIZES[kind][0] == 0
