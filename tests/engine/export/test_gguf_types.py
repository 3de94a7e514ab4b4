"""llama.cpp's type mix, and the bytes of its K-quants, by two builds of its code."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from gguf import GGMLQuantizationType as Type

from helpers.sessions import refused
from so8t_engine.export import gguf_encoder, gguf_types, llama_quantize


def test_the_mix_of_phi35_is_that_of_llama_quantize() -> None:
    """32 layers: Q6_K in the first four, the last four and every third between (src/llama-quant.cpp, b11739)."""
    more = [layer for layer in range(32) if gguf_types.more_bits(layer, 32)]
    named = {
        name: gguf_types.choose(name, [9216, 3072], "Q4_K_M", layers=32, tied=False).stored.name
        for name in ("output.weight", "token_embd.weight", "blk.0.attn_qkv.weight", "blk.4.ffn_down.weight",
                     "blk.6.ffn_down.weight", "blk.0.ffn_up.weight", "blk.0.attn_output.weight")
    }  # fmt: skip

    assert more == [0, 1, 2, 3, 6, 9, 12, 15, 18, 21, 24, 27, 28, 29, 30, 31]
    assert list(named.values()) == ["Q6_K", "Q4_K", "Q6_K", "Q4_K", "Q6_K", "Q4_K", "Q4_K"]
    assert gguf_types.choose("token_embd.weight", [9, 256], "Q4_K_M", layers=2, tied=True).stored == Type.Q6_K
    assert gguf_types.choose("output_norm.weight", [256], "Q4_K_M", layers=2, tied=False).stored == Type.F32


@pytest.mark.parametrize(
    ("kind", "width", "stored"),
    [("Q4_K_M", 96, Type.Q5_0), ("Q5_K_M", 96, Type.Q5_1), ("Q6_K", 96, Type.Q8_0), ("Q4_K_M", 48, Type.F16),
     ("Q8_0", 48, Type.F16), ("F16", 48, Type.F16)],
)  # fmt: skip
def test_rows_that_fit_no_block_have_a_type_that_is_named(kind: str, width: int, stored: Type) -> None:
    choice = gguf_types.choose("blk.0.ffn_up.weight", [4, width], kind, layers=2, tied=False)

    assert choice.stored == stored and choice.fell_back is (kind != "F16")


@pytest.mark.parametrize("kind", gguf_encoder.K_TYPES)
def test_two_builds_of_llama_cpp_encode_to_the_same_bytes(kind: Type) -> None:
    first, second = gguf_encoder.by_libgguf(), gguf_encoder.by_xllamacpp()
    if first is None or second is None:
        pytest.skip("needs libgguf and a library of xllamacpp that gives its functions away")
    rows = np.random.default_rng(3).normal(size=(5, 512)).astype(np.float32)
    rows[0] = 0.0

    assert np.array_equal(first(rows, kind), second(rows, kind))


@pytest.mark.parametrize("first", [True, False])
def test_either_package_is_enough_and_the_one_for_every_system_comes_first(
    monkeypatch: pytest.MonkeyPatch, first: bool
) -> None:
    def one(rows: Any, kind: Type) -> Any:
        return rows

    def other(rows: Any, kind: Type) -> Any:
        return rows

    monkeypatch.setattr(gguf_encoder, "by_libgguf", lambda: one if first else None)
    monkeypatch.setattr(gguf_encoder, "by_xllamacpp", lambda: other)
    assert gguf_encoder.k_encoder.__wrapped__() is (one if first else other)
    monkeypatch.setattr(gguf_encoder, "by_xllamacpp", lambda: None)
    assert gguf_encoder.k_encoder.__wrapped__() is (one if first else None)


@pytest.mark.parametrize(("package", "found"), [("libgguf", "by_libgguf"), ("xllamacpp", "by_xllamacpp")])
def test_a_package_that_is_installed_encodes(package: str, found: str) -> None:
    """144 bytes for 256 numbers: llama.cpp's block of Q4_K."""
    if importlib.util.find_spec(package) is None or sys.platform == "win32":
        pytest.skip(f"needs {package}")
    encode = getattr(gguf_encoder, found)()
    assert encode(np.zeros((2, 256), np.float32), Type.Q4_K).shape == (2, 144)


@pytest.fixture
def no_encoder(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    gguf_encoder.k_encoder.cache_clear()
    monkeypatch.setattr(gguf_encoder, "by_libgguf", lambda: None)
    monkeypatch.setattr(gguf_encoder, "by_xllamacpp", lambda: None)
    monkeypatch.delenv(llama_quantize.VARIABLE, raising=False)
    monkeypatch.setenv("PATH", "")
    yield
    gguf_encoder.k_encoder.cache_clear()


@pytest.mark.usefixtures("no_encoder")
def test_without_an_encoder_a_sentence_says_what_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    nothing = refused(gguf_encoder.refuse_without_k_quants)
    monkeypatch.setenv(llama_quantize.VARIABLE, str(tmp_path))
    wrong = refused(gguf_encoder.refuse_without_k_quants)

    assert nothing.code == "export" and "libgguf is not installed" in nothing.detail
    assert "llama-quantize is neither on the path nor named by SO8T_LLAMA_QUANTIZE" in nothing.detail
    assert f"SO8T_LLAMA_QUANTIZE names {tmp_path}, which is not" in wrong.detail
