"""Which files of a finished session are offered, and in which order."""

from __future__ import annotations

from pathlib import Path

from so8t_gui.result import report_file
from so8t_gui.result.report_file import GgufFiles


def test_the_advised_file_comes_first_and_the_others_from_small_to_large(tmp_path: Path) -> None:
    """Without a report the smallest is advised; two of the same size follow by name."""
    assert report_file._files(tmp_path) == GgufFiles()
    (tmp_path / "gguf").mkdir()
    for kind, size in (("F16", 90), ("Q8_0", 50), ("Q4_K_M", 30), ("Q5_K_M", 50)):
        (tmp_path / "gguf" / f"my-run-{kind}.gguf").write_bytes(bytes(size))

    assert report_file._files(tmp_path) == GgufFiles(("Q4_K_M", "Q5_K_M", "Q8_0", "F16"), "my-run-Q4_K_M.gguf")
