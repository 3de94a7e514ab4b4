"""What step 5 takes over when it is begun again: only what is as it was made, and answers to just these questions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from so8t_engine import VERSION
from so8t_engine.config.run_config import Evaluate
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


NOW = Evaluate(max_records=9, per_device_eval_batch_size=3, max_new_tokens=7, gguf_records=4)
THEN = {"max_records": 9, "per_device_eval_batch_size": 3, "max_new_tokens": 7, "gguf_records": 4}
RESULTS: dict[str, Any] = {
    "base": ["a", "b"], "tuned": ["c"], "cut": {"base": [False, True], "tuned": [True]}, "made": {"by": "x"},
    "columns": ["base", "tuned"], "gguf_answers": {"F16": {"texts": ["a"]}}, "speed": 5,
}  # fmt: skip


def test_what_was_answered_and_made_before_is_taken_over_and_nothing_else() -> None:
    kept = {name: RESULTS[name] for name in ("base", "tuned", "cut", "made", "columns", "gguf_answers")}

    assert earlier_answers.of(RESULTS, THEN, NOW) == kept
    assert earlier_answers.of({}, THEN, NOW) == {"made": {}, "cut": {}, "columns": [], "gguf_answers": {}}
    assert earlier_answers.of({"base": ["a"]}, THEN, NOW)["cut"] == {"base": []}


@pytest.mark.parametrize("key", ["max_records", "per_device_eval_batch_size", "max_new_tokens"])
def test_of_other_questions_or_lengths_no_answer_is_taken_over(key: str) -> None:
    assert earlier_answers.of(RESULTS, THEN | {key: 8}, NOW) == {"made": {"by": "x"}}


def test_of_other_questions_to_gguf_files_only_those_answers_are_left() -> None:
    kept = earlier_answers.of(RESULTS, THEN | {"gguf_records": 5}, NOW)

    assert "gguf_answers" not in kept and kept["base"] == ["a", "b"]


def test_where_it_was_begun_again_before_what_had_come_further_counts() -> None:
    before = {
        "base": ["a", "b", "c"], "tuned": ["d"], "warmed": ["w"], "made": {"by": "old"}, "columns": ["old"],
        "cut": {"base": [True, True, True], "tuned": [False]}, "gguf_answers": {"F16": {}, "Q8_0": {"texts": ["q"]}},
    }  # fmt: skip
    kept = earlier_answers.of({**RESULTS, "earlier": before}, THEN, NOW)

    assert (kept["base"], kept["tuned"], kept["warmed"]) == (["a", "b", "c"], ["c"], ["w"])
    assert kept["cut"] == {"base": [True, True, True], "tuned": [True], "warmed": []}
    assert (kept["made"], kept["columns"]) == ({"by": "x"}, ["base", "tuned"])
    assert kept["gguf_answers"] == {"F16": {"texts": ["a"]}, "Q8_0": {"texts": ["q"]}}
    bare = earlier_answers.of({"earlier": before}, THEN, NOW)
    assert (bare["made"], bare["columns"], bare["base"]) == ({"by": "old"}, ["old"], ["a", "b", "c"])


def test_answers_of_another_model_or_file_are_left_out() -> None:
    earlier = {
        "made": {"final_model": "1", "gguf": {"F16": {"sha256": "2"}}}, "base": ["a"], "tuned": ["b"],
        "gguf_answers": {"F16": {"texts": ["c"]}, "Q8_0": {"texts": ["d"]}},
    }  # fmt: skip

    assert earlier_answers.with_model(earlier, "1") == earlier
    assert earlier_answers.with_model(earlier, "9") == {
        name: earlier[name] for name in ("made", "base", "gguf_answers")
    }
    assert earlier_answers.with_model({"tuned": ["b"]}, "1") == {}
    assert earlier_answers.with_file(earlier, "F16", "2") == earlier
    assert earlier_answers.with_file(earlier, "F16", "9") == earlier | {"gguf_answers": {"Q8_0": {"texts": ["d"]}}}
    assert earlier_answers.with_file(earlier, "Q8_0", "2") == earlier | {"gguf_answers": {"F16": {"texts": ["c"]}}}
    assert earlier_answers.with_file({"made": {}}, "F16", "2") == {"made": {}}


def test_a_model_is_as_made_where_this_version_made_all_of_it_but_for_its_card(tmp_path: Path) -> None:
    def lies_there(**files: bytes) -> None:
        for name, data in files.items():
            (tmp_path / name).write_bytes(data)
        listed = {name: manifest.digest(data) for name, data in files.items()}
        (tmp_path / manifest.NAME).write_bytes(manifest.build(listed, {}))

    lies_there(weights=b"w", config=b"c", card=b"good")
    made = {"by": VERSION, "final_model": earlier_answers.digest(tmp_path, "card")}

    def as_made(**other: object) -> bool:
        return earlier_answers.is_as_made({"made": made | other}, tmp_path, "card")

    assert as_made()
    others: list[dict[str, object]] = [{"by": "an older version"}, {"final_model": None}, {"final_model": "other"}]
    assert [as_made(**other) for other in others] == [False, False, False]
    assert earlier_answers.is_as_made({}, tmp_path, "card") is False
    assert earlier_answers.digest(tmp_path) != made["final_model"]
    lies_there(weights=b"w", config=b"c", card=b"better")
    assert as_made()
    lies_there(weights=b"v", config=b"c", card=b"better")
    assert not as_made()
    lies_there(weights=b"w", config=b"c", card=b"better")
    (tmp_path / "weights").write_bytes(b"v")
    assert not as_made(), "written to since it was sealed"
