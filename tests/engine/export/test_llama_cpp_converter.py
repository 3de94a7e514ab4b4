"""Our GGUF files against llama.cpp's own converter, and its tokens against Hugging Face's, with Phi-3.5's tokenizer."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from transformers import AutoTokenizer

from helpers import llama_cpp_converter as converter
from helpers import phi35
from helpers.sessions import shared
from so8t_engine.evaluate import llama_cpp
from so8t_engine.export import gguf_writer

NAME = "Phi-3.5-test"


@pytest.fixture(scope="module")
def delivered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("phi35")
    source = shared("phi-3.5-mini")
    base = phi35.hub_folder(source, folder / "hub", heads=2, intermediate=64, layers=1)
    return phi35.delivered_folder(base, folder / "final_model")


@pytest.mark.parametrize("kind", ["F16", "Q8_0"])
def test_llama_cpps_converter_writes_the_same_tensors_and_keys(delivered: Path, tmp_path: Path, kind: str) -> None:
    """The other types: `python -m bench.gguf_parity`."""
    source = converter.script()
    if source is None:
        pytest.skip(f"llama.cpp's converter is not at hand: {converter.VARIABLE} names no folder with it")
    gguf_writer.write(delivered, tmp_path / "ours.gguf", kind, NAME)
    converter.convert(source, delivered, tmp_path / "theirs.gguf", kind)
    found = converter.compare(tmp_path / "ours.gguf", tmp_path / "theirs.gguf")

    assert found.tensors == 11 and found.other_tensors == {}
    assert converter.unexplained(found) == {}


@pytest.mark.parametrize("base", ["tokenizer.json", "tokenizer.model alone"])
def test_llama_cpp_reads_any_text_as_the_tokens_that_transformers_does(
    delivered: Path, tmp_path: Path, base: str
) -> None:
    """transformers puts no space behind special tokens where it made the tokenizer of tokenizer.model by itself."""
    folder, first = delivered, ""
    if base == "tokenizer.model alone":
        slow = tmp_path / "slow"
        shutil.copytree(delivered.with_name("hub"), slow)
        (slow / "tokenizer.json").unlink()
        folder, first = phi35.delivered_folder(slow, tmp_path / "final_model"), "<|user|>\n"
    texts = [first + text for text in phi35.texts(400) if not phi35.wide_space_behind_special(first + text)]
    tokenizer = AutoTokenizer.from_pretrained(folder)
    gguf_writer.write(folder, tmp_path / "x.gguf", "F16", NAME)
    answer = llama_cpp.ask(tmp_path / "x.gguf", [[1]], [[0]], texts=texts)
    expected = [list(ids) for ids in tokenizer(texts, add_special_tokens=False)["input_ids"]]

    assert isinstance(answer, llama_cpp.Answer), str(answer)
    assert [text for text, own, its in zip(texts, expected, answer.tokens, strict=True) if own != its] == []
    assert len(texts) > 300
