"""What of a model's configuration a GGUF file says, and that its tensors pass through memory a block at a time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gguf
import numpy as np
import pytest

from so8t_engine.export import gguf_writer
from so8t_engine.export.gguf_vocabulary import Vocabulary

CONFIG: dict[str, Any] = {
    "hidden_size": 240, "intermediate_size": 700, "num_hidden_layers": 5, "num_attention_heads": 6,
    "max_position_embeddings": 8192, "rms_norm_eps": 1e-4,
}  # fmt: skip
SAID = {
    "context_length": 8192, "rope.scaling.original_context_length": 8192, "embedding_length": 240,
    "feed_forward_length": 700, "block_count": 5, "attention.head_count": 6, "attention.head_count_kv": 6,
    "attention.layer_norm_rms_epsilon": 1e-4, "rope.dimension_count": 40, "rope.freq_base": 10_000.0,
    "attention.sliding_window": 0,
}  # fmt: skip
LONG = {"long_factor": [2.0], "short_factor": [1.0], "original_max_position_embeddings": 2048}


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ({}, {}),
        ({"num_key_value_heads": 2}, {"attention.head_count_kv": 2}),
        ({"rope_theta": 500_000}, {"rope.freq_base": 500_000.0}),
        ({"rope_theta": 1, "rope_parameters": {"rope_theta": 250_000}}, {"rope.freq_base": 250_000.0}),
        ({"partial_rotary_factor": 0.75}, {"rope.dimension_count": 30}),
        ({"partial_rotary_factor": 1, "rope_parameters": {"partial_rotary_factor": 0.5}}, {"rope.dimension_count": 20}),
        ({"sliding_window": 512}, {"attention.sliding_window": 512}),
        ({"original_max_position_embeddings": 4096}, {"rope.scaling.original_context_length": 4096}),
        ({"rope_scaling": LONG}, {"rope.scaling.original_context_length": 2048, "rope.scaling.type": "longrope",
                                  "rope.scaling.attn_factor": pytest.approx((1 + 2 / 11) ** 0.5)}),
        ({"rope_scaling": {**LONG, "attention_factor": 1.5}}, {"rope.scaling.original_context_length": 2048,
          "rope.scaling.type": "longrope", "rope.scaling.attn_factor": 1.5}),
        ({"rope_scaling": {**LONG, "original_max_position_embeddings": 8192}}, {"rope.scaling.type": "longrope",
                                                                                "rope.scaling.attn_factor": 1.0}),
    ],
)  # fmt: skip
def test_a_file_says_what_the_configuration_says(config: dict[str, Any], said: dict[str, Any]) -> None:
    writer = gguf.GGUFWriter(None, "phi3")
    gguf_writer._add_shape(writer, CONFIG | config)

    found = {key.removeprefix("phi3."): value.value for key, value in writer.kv_data[0].items()}
    assert found == {"general.architecture": "phi3"} | SAID | said


class Rows:
    """A matrix that counts the rows which are asked for at once."""

    def __init__(self, numbers: Any) -> None:
        self.numbers, self.at_once = numbers, list[int]()

    def rows(self, start: int, end: int) -> Any:
        self.at_once.append(len(self.numbers[start:end]))
        return self.numbers[start:end]

    def whole(self) -> Any:
        self.at_once.append(-1)
        return self.numbers


@pytest.mark.parametrize(
    ("shape", "block", "asked"),
    [((7, 64), 4 * 64 * 3, [3, 3, 1]), ((6, 64), 4 * 64 * 3, [3, 3]), ((2, 64), 1, [1, 1]), ((64,), 1, [-1])],
)
def test_a_matrix_is_written_a_block_of_rows_at_a_time_with_the_bytes_of_the_whole(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, shape: tuple[int, ...], block: int, asked: list[int]
) -> None:
    monkeypatch.setattr(gguf_writer, "BLOCK_BYTES", block)
    numbers = np.random.default_rng(0).normal(size=shape).astype(np.float32)
    source, kind = Rows(numbers), gguf.GGMLQuantizationType.Q8_0
    tensor = gguf_writer.RowBlocks(source, shape, kind)  # type: ignore[arg-type]
    with (tmp_path / "x").open("wb") as file:
        tensor.tofile(file)

    assert source.at_once == asked
    assert (tmp_path / "x").read_bytes() == gguf.quantize(numbers, kind).tobytes()
    assert tensor.nbytes == (tmp_path / "x").stat().st_size


CONTROL = [gguf.TokenType.CONTROL]


@pytest.mark.parametrize(
    ("vocabulary", "said"),
    [
        (Vocabulary("llama", "default", ["<unk>", "<s>", "<|endoftext|>", "<|end|>"], CONTROL * 4, [0.0] * 4),
         {"scores": [0.0] * 4, "add_space_prefix": True, "bos_token_id": 1, "unknown_token_id": 0, "eos_token_id": 2,
          "eot_token_id": 3, "padding_token_id": 0}),
        (Vocabulary("llama", "default", ["<s>", "<unk>"], CONTROL * 2, [1.0, 2.0], space_prefix=False),
         {"scores": [1.0, 2.0], "add_space_prefix": False, "bos_token_id": 0, "unknown_token_id": 1,
          "padding_token_id": 0}),
        (Vocabulary("gpt2", "gpt-2", ["<|end|>", "a"], CONTROL * 2, merges=["a b"]),
         {"merges": ["a b"], "eot_token_id": 0, "padding_token_id": 0}),
    ],
)  # fmt: skip
def test_a_file_says_which_tokens_there_are_and_that_none_is_added(
    tmp_path: Path, vocabulary: Vocabulary, said: dict[str, Any]
) -> None:
    writer = gguf.GGUFWriter(None, "phi3")
    gguf_writer._add_vocabulary(writer, vocabulary, tmp_path, {"pad_token_id": 0})

    found = {key.removeprefix("tokenizer.ggml."): value.value for key, value in writer.kv_data[0].items()}
    assert found == said | {
        "general.architecture": "phi3", "model": vocabulary.model, "pre": vocabulary.pre, "tokens": vocabulary.tokens,
        "token_type": vocabulary.types, "add_bos_token": False, "add_eos_token": False,
    }  # fmt: skip
