"""Rows of safetensors files as float32: the numbers that torch reads, from files that torch wrote."""

from __future__ import annotations

import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from helpers.sessions import refused
from so8t_engine.export import tensor_rows


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32, torch.float16, torch.bfloat16])
def test_every_number_is_the_one_that_torch_reads(tmp_path: Path, dtype: torch.dtype) -> None:
    torch.manual_seed(0)
    weights = {"a": torch.randn(7, 5).to(dtype), "b": torch.tensor([0.0, -0.0, 1e-40, 3e38, float("inf")]).to(dtype)}
    save_file(weights, tmp_path / "x.safetensors")
    with ExitStack() as stack:
        found = tensor_rows.open_files([tmp_path / "x.safetensors"], stack)
        a, b = found["a"], found["b"]
        read = [a.rows(0, 3), a.rows(3, 99)]

        assert [rows.shape for rows in read] == [(3, 5), (4, 5)] and a.shape == [7, 5]
        for rows, expected in zip([*read, b.whole()], [*weights["a"].split([3, 4]), weights["b"]], strict=True):
            assert rows.tobytes() == expected.float().numpy().tobytes()


def test_a_file_cut_off_and_numbers_of_another_kind_are_told(tmp_path: Path) -> None:
    path = tmp_path / "x.safetensors"
    save_file({"w": torch.zeros(4, 4)}, path)
    whole = path.read_bytes()

    def read() -> None:
        with ExitStack() as stack:
            tensor_rows.open_files([path], stack)["w"].rows(0, 4)

    for end in (4, 40, len(whole) - 1):
        path.write_bytes(whole[:end])
        error = refused(read)
        assert error.code == "export" and "x.safetensors is cut off" in error.detail
    save_file({"w": torch.zeros(4, 4, dtype=torch.float8_e4m3fn)}, path)
    assert "has no weight w in 16 or 32 bits" in refused(read).detail


def test_writing_a_gguf_file_needs_no_torch() -> None:
    """Which is 150 MB of memory and seconds at each start, where a chat makes the base's file."""
    script = "import sys; from so8t_engine.export import gguf_writer; sys.exit('torch' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
