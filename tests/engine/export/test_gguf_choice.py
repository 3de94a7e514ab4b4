"""Which file of a session is taken, and when it is read once more before it is."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from engine.export.test_other_programs import session
from so8t_engine.errors import EngineError
from so8t_engine.export import gguf_choice


def test_a_file_as_old_as_its_manifest_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = session(tmp_path) / "gguf"
    file, seal = folder / "my-run-Q8_0.gguf", (folder / "manifest.json").stat().st_mtime_ns
    monkeypatch.setattr(gguf_choice, "refuse_changed", lambda path: read.append(path))
    read = list[Path]()
    for written in (seal - 1, seal, seal + 1):
        os.utime(file, ns=(1, written))
        gguf_choice.refuse_written_to(file)

    assert read == [file], "only what was written after it"
    (folder / "manifest.json").write_text("torn")
    os.utime(file, ns=(1, 1))
    gguf_choice.refuse_written_to(file)
    assert read == [file] * 2


@pytest.mark.parametrize(
    ("kind", "found"),
    [("Q8_0", "my-run-Q8_0.gguf"), ("q8_0", "my-run-Q8_0.gguf"), (None, "my-run-Q4_K_M.gguf"), ("Q9", "usage"),
     ("BF16", "no_gguf")],
)  # fmt: skip
def test_a_type_nobody_knows_is_told_from_one_that_is_not_there(tmp_path: Path, kind: str | None, found: str) -> None:
    made = session(tmp_path)
    if found.endswith(".gguf"):
        assert gguf_choice.file(made, kind).name == found
    else:
        with pytest.raises(EngineError) as refused:
            gguf_choice.file(made, kind)
        assert refused.value.code == found


@pytest.mark.parametrize(
    ("figures", "had"),
    [(None, True), ({}, False), ({"Q8_0": {"error": "no"}}, False), ({"Q8_0": {"bytes": 5}}, True)],
)
def test_whether_a_session_had_a_file_is_what_its_report_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, figures: Any, had: bool
) -> None:
    monkeypatch.setattr(gguf_choice.gguf_files, "reported", lambda path: figures)

    assert gguf_choice._had_one(tmp_path) is had
