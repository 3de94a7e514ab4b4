"""Which GGUF file of a session is taken, and that no report, whatever it holds, is in the way."""

from __future__ import annotations

import errno
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from helpers import sample_report
from so8t_engine.session import gguf_files


def test_that_the_file_to_take_is_the_smallest_that_answers_as_the_model_does() -> None:
    def file(size: int, same: int) -> dict[str, Any]:
        return {"bytes": size, "argmax_agreement": 1.0, "same_answer": {"right": same, "total": 20}}

    best = gguf_files.best
    assert best({"F16": file(9, 20), "Q8_0": file(5, 20), "Q4_K_M": file(3, 19)}) == "Q4_K_M"
    assert best({"F16": file(9, 20), "Q8_0": file(5, 20), "Q4_K_M": file(3, 18)}) == "Q8_0"
    assert best({"Q4_K_M": file(3, 10), "Q8_0": file(5, 12)}) == "Q8_0"
    assert best({"F16": {"error": "no"}, "Q8_0": {"bytes": 5, "error": "crashed"}}) is None
    assert best({"F16": {"bytes": 9, "argmax_agreement": 1.0}, "Q8_0": {"bytes": 5, "argmax_agreement": 0.9}}) == "F16"


def test_that_it_is_the_advised_one_of_those_that_are_there(tmp_path: Path) -> None:
    folder = sample_report.write_gguf(tmp_path)
    assert gguf_files.advised(tmp_path) == folder / "demo-Q4_K_M.gguf"  # there is no report yet
    sample_report.write(tmp_path)
    assert gguf_files.advised(tmp_path) == folder / "demo-Q8_0.gguf"
    (folder / "demo-Q8_0.gguf").unlink()
    assert gguf_files.advised(tmp_path) == folder / "demo-F16.gguf"
    assert sorted(gguf_files.of(tmp_path)) == ["F16", "Q4_K_M"]


@pytest.mark.parametrize(
    "figures",
    [
        None, [], "x", {"Q8_0": 3}, {"Q8_0": {"bytes": "many"}}, {"Q8_0": {"bytes": float("nan")}},
        {"Q8_0": {"bytes": 5, "same_answer": 7, "argmax_agreement": []}}, {"Q8_0": {"bytes": True}},
        {"Q4_K_M": {"bytes": 5, "same_answer": {"right": [], "total": -1}}},
    ],
)  # fmt: skip
def test_that_a_report_of_any_content_is_no_trouble(tmp_path: Path, figures: Any) -> None:
    sample_report.write_gguf(tmp_path)
    sample_report.write(tmp_path, {"gguf": figures})
    found = gguf_files.advised(tmp_path)
    assert found is not None and gguf_files.kind_of(found) in ("Q4_K_M", "Q8_0")
    (tmp_path / "report" / "report.json").write_text(json.dumps([figures]) + "{")
    found = gguf_files.advised(tmp_path)
    assert found is not None and gguf_files.kind_of(found) == "Q4_K_M"


def test_that_a_report_which_was_changed_advises_nothing(tmp_path: Path) -> None:
    sample_report.write_gguf(tmp_path)
    report = sample_report.write(tmp_path) / "report.json"
    assert gguf_files.reported(tmp_path) == sample_report.GGUF
    report.write_text(report.read_text().replace("3400000", "9400000"))
    advised = gguf_files.advised(tmp_path)
    assert gguf_files.reported(tmp_path) is None and advised is not None and advised.name == "demo-Q4_K_M.gguf"


def test_that_only_files_of_the_session_itself_count(tmp_path: Path) -> None:
    assert gguf_files.of(tmp_path) == {} and gguf_files.advised(tmp_path) is None
    for name in ("theirs", "mine"):
        (tmp_path / name).mkdir()
    theirs = sample_report.write_gguf(tmp_path / "theirs")
    (tmp_path / "mine" / "gguf").write_bytes(b"a file in the folder's place")
    assert gguf_files.of(tmp_path / "mine") == {}
    if sys.platform != "win32":
        (tmp_path / "linked").mkdir()
        (tmp_path / "linked" / "gguf").symlink_to(theirs)
        assert gguf_files.of(tmp_path / "linked") == {}
    (theirs / "x-Q2_K.gguf").mkdir()
    (theirs / "notes.txt").write_bytes(b"")
    assert set(gguf_files.of(tmp_path / "theirs")) == {"F16", "Q4_K_M", "Q8_0"}
    assert gguf_files.size(theirs / "gone.gguf") == 0


@pytest.mark.parametrize(("size", "made"), [(0, False), (1, True), (None, False), (True, False), ("9", False)])
def test_a_file_of_no_bytes_was_not_made(size: Any, made: bool) -> None:
    assert gguf_files.best({"Q8_0": {"bytes": size, "argmax_agreement": 1.0}}) == ("Q8_0" if made else None)


def test_a_folder_that_cannot_be_listed_has_no_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sample_report.write_gguf(tmp_path)

    def torn(self: Path) -> Any:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(Path, "iterdir", torn)

    assert gguf_files.of(tmp_path) == {}
