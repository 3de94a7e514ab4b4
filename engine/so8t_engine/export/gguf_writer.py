"""Writes a Phi-3-architecture Hugging Face folder as a GGUF file for llama.cpp, a block of rows in memory at a time.

Keys and tensor names: llama.cpp's `phi3` (gguf-py's constants, convert_hf_to_gguf.py's Phi3MiniModel). q, k and v stay
fused and are not permuted; norms and rope factors are F32 in every type.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from gguf import (
    GGMLQuantizationType,
    GGUFType,
    GGUFWriter,
    Metadata,
    RopeScalingType,
    quant_shape_to_byte_shape,
    size_label,
)

from so8t_engine.errors import EngineError
from so8t_engine.export import gguf_encoder, gguf_types, gguf_vocabulary, llama_quantize, tensor_rows
from so8t_engine.export.gguf_types import FILE_TYPES, Choice
from so8t_engine.export.gguf_vocabulary import Vocabulary
from so8t_engine.export.tensor_rows import Stored
from so8t_engine.model import chat_template
from so8t_engine.sentences import sentence

Array = np.ndarray[Any, np.dtype[Any]]

ARCHITECTURE = "phi3"
QUANTIZATION_VERSION = 2
BLOCK_BYTES = 4 << 20  # of a matrix in float32 that are in memory at once
PLAIN_NAMES = {
    "model.embed_tokens.weight": "token_embd.weight",
    "model.norm.weight": "output_norm.weight",
    "lm_head.weight": "output.weight",
}
LAYER_NAMES = {
    "input_layernorm": "attn_norm",
    "self_attn.qkv_proj": "attn_qkv",
    "self_attn.o_proj": "attn_output",
    "post_attention_layernorm": "ffn_norm",
    "mlp.gate_up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}
LAYER = re.compile(r"model\.layers\.(\d+)\.(.+)\.weight")
PHI3 = re.compile(r"(phi)-?(?=3)", re.IGNORECASE)


@dataclass(frozen=True)
class RowBlocks:
    """A tensor that is read and encoded a block of rows at a time, while GGUFWriter writes it."""

    source: Stored
    shape: Sequence[int]
    stored: GGMLQuantizationType

    @property
    def nbytes(self) -> int:
        return math.prod(quant_shape_to_byte_shape(self.shape, self.stored))

    def tofile(self, file: Any) -> None:
        if len(self.shape) < 2:
            gguf_encoder.encode(self.source.whole(), self.stored).tofile(file)
            return
        step = max(1, BLOCK_BYTES // (4 * self.shape[-1]))
        for start in range(0, self.shape[0], step):
            gguf_encoder.encode(self.source.rows(start, start + step), self.stored).tofile(file)


def write(model: Path, to: Path, kind: str, name: str) -> list[str]:
    """`model`: a folder with config.json, tokenizer and safetensors; `kind`: a key of FILE_TYPES.

    Returns which tensors have another type than they should ("blk.0.ffn_down.weight: Q5_0 instead of Q4_K"). Raises
    EngineError export.
    """
    if kind not in FILE_TYPES:
        raise EngineError("export", sentence("export.unknown_type", type=kind, types=list(FILE_TYPES)))
    config = json.loads((model / "config.json").read_text(encoding="utf-8"))
    if config.get("model_type") != "phi3":
        raise EngineError("export", sentence("export.not_phi3", type=config.get("model_type")))
    if kind in gguf_types.K_QUANTS and gguf_encoder.k_encoder() is None:
        return _by_program(model, to, kind, name, config["num_hidden_layers"])
    vocabulary = gguf_vocabulary.read(model, config["vocab_size"])
    factors = _rope_factors(config)
    writer = GGUFWriter(to, ARCHITECTURE)
    with ExitStack() as stack:
        stack.callback(writer.close)  # a file still open would keep its space although it is removed
        tensors = tensor_rows.open_files(sorted(model.glob("*.safetensors")), stack)
        sources = {gguf_name(source): stored for source, stored in tensors.items()}
        shapes = {target: sources[target].shape for target in sorted(sources)}
        types = _types(shapes, kind, config["num_hidden_layers"])
        parameters = sum(map(math.prod, shapes.values())) + sum(values.size for _, values in factors)
        _add_metadata(writer, model, model_name(name, vocabulary.strips_right), parameters)
        _add_shape(writer, config)
        writer.add_file_type(FILE_TYPES[kind][1])
        writer.add_quantization_version(QUANTIZATION_VERSION)
        _add_vocabulary(writer, vocabulary, model, config)
        for target, shape in shapes.items():
            _announce(writer, target, shape, types[target].stored)
        for target, values in factors:
            _announce(writer, target, list(values.shape), GGMLQuantizationType.F32)
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_ti_data_to_file()
        for target, shape in shapes.items():
            writer.write_tensor_data(RowBlocks(sources[target], shape, types[target].stored), writer.endianess)
        for _, values in factors:
            writer.write_tensor_data(values)
    return _fallbacks(types)


def _by_program(model: Path, to: Path, kind: str, name: str, layers: int) -> list[str]:
    """By llama.cpp's own program, from a file that holds the weights as they are; that one is gone afterwards."""
    program = llama_quantize.program()
    with ExitStack() as stack:
        tensors = tensor_rows.open_files(sorted(model.glob("*.safetensors")), stack)
        shapes = {gguf_name(source): stored.shape for source, stored in tensors.items()}
        own = {stored.kind for stored in tensors.values()}
    whole = to.with_name(f"{to.name}.whole")
    try:
        write(model, whole, own.pop() if len(own) == 1 and own <= {"BF16", "F16"} else "F32", name)
        llama_quantize.quantize(program, whole, to, kind)
    finally:
        whole.unlink(missing_ok=True)
    return _fallbacks(_types(shapes, kind, layers))


def _types(shapes: Mapping[str, Sequence[int]], kind: str, layers: int) -> dict[str, Choice]:
    tied = gguf_types.OUTPUT not in shapes
    return {name: gguf_types.choose(name, shape, kind, layers=layers, tied=tied) for name, shape in shapes.items()}


def _fallbacks(types: Mapping[str, Choice]) -> list[str]:
    return [
        f"{target}: {choice.stored.name} instead of {choice.wanted.name}"
        for target, choice in types.items()
        if choice.fell_back
    ]


def _add_metadata(writer: GGUFWriter, model: Path, name: str, parameters: int) -> None:
    """What llama.cpp's converter writes: licence, base model, data and languages from the folder's model card."""
    metadata = Metadata.load(None, model, name, parameters)
    metadata.size_label = metadata.size_label or size_label(parameters, 0, 0, 0)
    writer.add_type(GGUFType.MODEL)
    metadata.set_gguf_meta_model(writer)


def gguf_name(source: str) -> str:
    """Raises EngineError export for a tensor that llama.cpp's phi3 does not have."""
    if source in PLAIN_NAMES:
        return PLAIN_NAMES[source]
    match = LAYER.fullmatch(source)
    if match is None or match[2] not in LAYER_NAMES:
        raise EngineError("export", sentence("export.unknown_tensor", tensor=source))
    return f"blk.{match[1]}.{LAYER_NAMES[match[2]]}.weight"


def model_name(name: str, strips_right: bool) -> str:
    """llama.cpp drops white space behind special tokens where the name says phi-3, so the name must tell the truth."""
    if strips_right:
        return name if PHI3.search(name) else f"Phi-3 {name}"
    return PHI3.sub(r"\1 ", name)


def _announce(writer: GGUFWriter, name: str, shape: list[int], kind: GGMLQuantizationType) -> None:
    stored = quant_shape_to_byte_shape(shape, kind)
    writer.add_tensor_info(name, stored, np.dtype(np.uint8), math.prod(stored), raw_dtype=kind)


def _add_shape(writer: GGUFWriter, config: dict[str, Any]) -> None:
    heads, hidden = config["num_attention_heads"], config["hidden_size"]
    longest = config["max_position_embeddings"]
    rope = _rope(config)
    writer.add_context_length(longest)
    writer.add_rope_scaling_orig_ctx_len(original_context(config))
    writer.add_embedding_length(hidden)
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_head_count(heads)
    writer.add_head_count_kv(config.get("num_key_value_heads") or heads)
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
    partial = rope.get("partial_rotary_factor", config.get("partial_rotary_factor", 1.0))
    writer.add_rope_dimension_count(int(partial * hidden) // heads)
    writer.add_rope_freq_base(float(rope.get("rope_theta") or config.get("rope_theta") or 10_000.0))
    writer.add_sliding_window(config.get("sliding_window") or 0)
    if "long_factor" in rope:
        writer.add_rope_scaling_type(RopeScalingType.LONGROPE)
        scale = longest / original_context(config)
        given = rope.get("attention_factor")
        computed = math.sqrt(1 + math.log(scale) / math.log(original_context(config))) if scale > 1 else 1.0
        writer.add_rope_scaling_attn_factors(float(given if given is not None else computed))


def _rope(config: dict[str, Any]) -> dict[str, Any]:
    """transformers 5 writes `rope_parameters`, earlier ones `rope_scaling`."""
    return config.get("rope_parameters") or config.get("rope_scaling") or {}


def original_context(config: dict[str, Any]) -> int:
    inside = _rope(config).get("original_max_position_embeddings")
    return int(inside or config.get("original_max_position_embeddings") or config["max_position_embeddings"])


def _rope_factors(config: dict[str, Any]) -> list[tuple[str, Array]]:
    rope = _rope(config)
    if "long_factor" not in rope:
        return []
    kinds = ("long", "short")
    return [(f"rope_factors_{kind}.weight", np.array(rope[f"{kind}_factor"], dtype=np.float32)) for kind in kinds]


def _add_vocabulary(writer: GGUFWriter, vocabulary: Vocabulary, model: Path, config: dict[str, Any]) -> None:
    writer.add_tokenizer_model(vocabulary.model)
    writer.add_tokenizer_pre(vocabulary.pre)
    writer.add_token_list(vocabulary.tokens)
    writer.add_token_types(vocabulary.types)
    if vocabulary.scores:
        writer.add_token_scores(vocabulary.scores)
        writer.add_add_space_prefix(vocabulary.space_prefix)
    if vocabulary.merges:
        writer.add_token_merges(vocabulary.merges)
    for name, number in _token_ids(vocabulary, config):
        getattr(writer, f"add_{name}_token_id")(number)
    writer.add_add_bos_token(False)
    writer.add_add_eos_token(False)
    template = chat_template.text_of_folder(model)
    if template is not None:
        writer.add_chat_template(template)


def _token_ids(vocabulary: Vocabulary, config: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """The end of a turn is `eot`, the end of a text `eos`; llama.cpp stops at both."""
    numbers = {token: number for number, token in enumerate(vocabulary.tokens)}
    if vocabulary.model == "llama":
        yield "bos", numbers["<s>"]
        yield "unk", numbers["<unk>"]
    if "<|endoftext|>" in numbers:
        yield "eos", numbers["<|endoftext|>"]
    if "<|end|>" in numbers:
        yield "eot", numbers["<|end|>"]
    if config.get("pad_token_id") is not None:
        yield "pad", int(config["pad_token_id"])
