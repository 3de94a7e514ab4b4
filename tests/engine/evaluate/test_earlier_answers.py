"""What step 5 takes over when it is begun again: only what is as it was made, and answers to just these questions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from so8t_engine import VERSION
from so8t_engine.evaluate import earlier_answers
from so8t_engine.session import manifest

NAMES = {"F16": "x-F16.gguf", "Q8_0": "x-Q8_0.gguf"}


def sealed(folder: Path, **files: bytes) -> dict[str, Any]:
    """The folder with these files; what was noted of them when they were made."""
    listed = {NAMES[kind]: manifest.digest(data) for kind, data in files.items()}
    for kind, data in files.items():
        (folder / NAMES[kind]).write_bytes(data)
    (folder / manifest.NAME).write_bytes(manifest.build(listed, {}))
    return {"made": {"by": VERSION, "gguf": {kind: {"sha256": listed[NAMES[kind]][1]} for kind in files}}}


def test_a_gguf_file_is_taken_over_where_it_and_its_seal_are_those_that_were_made(tmp_path: Path) -> None:
    earlier = sealed(tmp_path, F16=b"wide", Q8_0=b"small")

    def as_made(names: dict[str, str] = NAMES, **made: object) -> list[str]:
        return [*earlier_answers.files_as_made({"made": earlier["made"] | made}, tmp_path, names)]

    assert as_made() == ["F16", "Q8_0"]
    assert as_made(by="an older version") == []
    assert as_made({"F16": NAMES["F16"]}) == [], "others lie beside it"
    assert as_made({**NAMES, "BF16": "x-BF16.gguf"}) == ["F16", "Q8_0"]
    sealed(tmp_path, F16=b"wide", Q8_0=b"other")
    assert as_made() == ["F16"], "sealed anew, of something else"
    (tmp_path / NAMES["F16"]).write_bytes(b"wild")
    assert as_made() == []
    (tmp_path / NAMES["F16"]).unlink()
    assert as_made() == []
    (tmp_path / manifest.NAME).unlink()
    assert as_made() == []


@pytest.mark.parametrize(
    ("start", "count", "wanted"),
    [(0, 2, (["a", "b"], [False, True])), (1, 2, (["b", "c"], [True, False])), (2, 2, None), (3, 1, None)],
)
def test_answers_are_known_where_each_question_of_the_batch_has_one(start: int, count: int, wanted: object) -> None:
    earlier = {"tuned": ["a", "b", "c"], "cut": {"tuned": [False, True, False]}}

    assert earlier_answers.said(earlier, "tuned", start, count) == wanted
    assert earlier_answers.said(earlier, "base", start, count) is None


def test_what_a_gguf_file_answered_counts_where_it_answered_all_and_is_the_same_file() -> None:
    earlier = {"made": {"gguf": {"F16": {"sha256": "1"}}}, "gguf_answers": {"F16": {"texts": ["a", "b"]}}}

    assert earlier_answers.by_file(earlier, "F16", 2) == {"texts": ["a", "b"]}
    assert [earlier_answers.by_file(earlier, kind, count) for kind, count in (("F16", 3), ("Q8_0", 2))] == [None, None]
    assert earlier_answers.with_file(earlier, "F16", "1") == earlier
    assert earlier_answers.with_file(earlier, "F16", "2") == {"made": earlier["made"], "gguf_answers": {}}
