"""The header of a GGUF file: its numbers, whatever stands between them, and files that are none."""

from __future__ import annotations

from pathlib import Path

import pytest
from gguf import GGUFWriter

from so8t_engine.export import gguf_header


def write(file: Path) -> bytes:
    writer = GGUFWriter(file, "phi3")
    writer.add_context_length(131_072)
    writer.add_array("tokenizer.ggml.tokens", ["a", "名前", ""])
    writer.add_array("tokenizer.ggml.scores", [0.5, 1.5])
    writer.add_layer_norm_rms_eps(0.25)
    writer.add_bool("tokenizer.ggml.add_bos_token", True)
    writer.add_string("general.name", "x" * 40)
    writer.add_block_count(32)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.close()
    return file.read_bytes()


def test_numbers_are_read_past_texts_and_lists(tmp_path: Path) -> None:
    write(tmp_path / "x.gguf")

    assert gguf_header.numbers(tmp_path / "x.gguf") == {
        "phi3.context_length": 131_072,
        "phi3.attention.layer_norm_rms_epsilon": 0.25,
        "tokenizer.ggml.add_bos_token": True,
        "phi3.block_count": 32,
    }


def test_numbers_of_every_kind_are_read(tmp_path: Path) -> None:
    writer, expected = GGUFWriter(tmp_path / "x.gguf", "phi3"), dict[str, float]()
    kinds = {"uint8": 200, "int8": -100, "uint16": 60_000, "int16": -30_000, "uint32": 4_000_000_000,
             "int32": -2_000_000_000, "uint64": 2**63, "int64": -(2**62), "float32": 0.5, "float64": 0.1}  # fmt: skip
    for kind, value in kinds.items():
        getattr(writer, f"add_{kind}")(kind, value)
        writer.add_array(f"list of {kind}", [1, 2])
        expected[kind] = value
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.close()

    assert gguf_header.numbers(tmp_path / "x.gguf") == expected


def test_what_is_cut_off_anywhere_or_something_else_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.gguf"
    whole = write(file)
    for data in (*(whole[:end] for end in range(len(whole))), b"GGML" + whole[4:], b"GGUF" + b"\xff" * 200):
        file.write_bytes(data)
        with pytest.raises(ValueError):
            gguf_header.numbers(file)


def test_versions_2_and_3_are_read_and_no_other(tmp_path: Path) -> None:
    file = tmp_path / "x.gguf"
    whole = write(file)
    for version in range(6):
        file.write_bytes(whole[:4] + version.to_bytes(4, "little") + whole[8:])
        if version in (2, 3):
            assert gguf_header.numbers(file)["phi3.block_count"] == 32
        else:
            with pytest.raises(ValueError, match="no GGUF file"):
                gguf_header.numbers(file)


@pytest.mark.parametrize("length", [(1 << 40) + 1, 1 << 41, 1 << 62])
def test_a_length_that_no_file_has_is_refused_before_anything_is_skipped(tmp_path: Path, length: int) -> None:
    key = (1).to_bytes(8, "little") + b"k" + (8).to_bytes(4, "little")
    start = b"GGUF" + (3).to_bytes(4, "little") + bytes(8) + (1).to_bytes(8, "little")
    (tmp_path / "x.gguf").write_bytes(start + key + length.to_bytes(8, "little"))

    with pytest.raises(ValueError, match="a length that no file has"):
        gguf_header.numbers(tmp_path / "x.gguf")
