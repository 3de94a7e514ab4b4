"""The first rows of a source are judged as the steps will judge all of them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from helpers.sessions import local, make_config, write_lines
from so8t_engine.data import drop_reasons, first_rows
from so8t_engine.data.first_rows import FirstRows

GOOD = [{"prompt": f"What is {n}?", "response": f"It is {n}."} for n in range(3)]


def seen(path: Path, **more: object) -> FirstRows:
    [found] = first_rows.look(make_config([local("a", path, **more)]))
    return found


@pytest.mark.parametrize(("rows", "code"), [([], "dataset_no_rows"), ([*GOOD, b"{broken"], "dataset_bad")])
def test_a_source_that_is_seen_whole_is_judged_as_at_its_end(tmp_path: Path, rows: list[object], code: str) -> None:
    found = seen(write_lines(tmp_path / "a.jsonl", rows))
    assert found.whole and found.problem is not None
    assert found.problem.code == code


def test_a_source_that_goes_on_is_judged_by_as_many_rows_as_tell(tmp_path: Path) -> None:
    found = seen(write_lines(tmp_path / "a.jsonl", [*GOOD * 40, *[b"{broken"] * 9, *GOOD * 100]))
    assert not found.whole and found.problem is not None and found.problem.code == "dataset_bad"


def test_of_a_source_that_goes_on_the_rest_is_not_judged(tmp_path: Path) -> None:
    found = seen(write_lines(tmp_path / "a.jsonl", [*GOOD * 100, b"{broken"]))
    assert (found.whole, found.problem, found.rows) == (False, None, first_rows.ROWS)


def test_a_source_of_the_hub_is_not_looked_at_and_one_that_is_not_there_says_so(tmp_path: Path) -> None:
    source = {"name": "hub", "path": "owner/a"}
    gone = local("a", tmp_path / "gone.jsonl")
    hub, missing = first_rows.look(make_config([source, gone]))

    assert (hub.unseen, hub.problem, hub.rows, hub.whole) == (True, None, 0, False)
    assert missing.problem is not None and missing.problem.code == "dataset_missing" and not missing.unseen


def test_sources_are_told_in_their_order_and_those_of_evaluation_seen_first(tmp_path: Path) -> None:
    train = local("train", write_lines(tmp_path / "a.jsonl", [*GOOD, GOOD[1]]))
    asked = local("asked", write_lines(tmp_path / "b.jsonl", GOOD[:1]), use="evaluation")
    first, second = first_rows.look(make_config([train, asked], integrate={"heldout_fraction": 0.0}))

    assert (first.dataset.name, first.rows, first.train, first.heldout, first.columns) == (
        "train", 4, 2, 0, ("prompt", "response"),
    )  # fmt: skip
    assert first.dropped == {str(drop_reasons.EVALUATED): 1, str(drop_reasons.DUPLICATE): 1}
    assert (second.dataset.name, second.train, second.heldout, second.dropped) == ("asked", 0, 1, {})
    assert [len(found.examples) for found in (first, second)] == [2, 0]
    assert (bool(first.thought), bool(second.thought)) == (True, False)
    assert [example.split for example in first.examples] == ["train", "train"]


def test_held_out_records_are_counted_and_are_examples_all_the_same(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", GOOD)
    [found] = first_rows.look(make_config([local("a", path)], integrate={"heldout_fraction": 0.9}))

    assert found.train + found.heldout == 3 and found.heldout > 0
    assert [(example.split, bool(example.completion)) for example in found.examples] == [("train", True)] * 3


def test_thought_is_told_of_all_records_and_of_those_to_train_on(tmp_path: Path) -> None:
    rows = [{"prompt": f"A pen costs {n}. What do two cost?", "response": f"It is {2 * n}."} for n in range(20, 51)]
    path = write_lines(tmp_path / "a.jsonl", rows)
    for repeated, begins in (("leave_out", "<final>"), ("keep", "<think-task>")):
        config = make_config(
            [local("a", path)], integrate={"heldout_fraction": 0.5}, convert={"repeated_sections": repeated}
        )
        [found] = first_rows.look(config)
        assert found.heldout != found.train > 0
        assert (found.thought["a"]["learnt"], found.training["a"]["learnt"]) == (31, found.train)
        assert all(example.completion.startswith(begins) for example in found.examples)


@pytest.mark.parametrize(
    ("count", "more", "whole", "rows"),
    [(199, {}, True, 199), (200, {}, True, 200), (201, {}, False, 200), (9, {"max_rows": 5}, True, 5),
     (5, {"max_rows": 5}, True, 5), (300, {"max_rows": 250}, False, 200), (300, {"max_rows": 200}, True, 200)],
)  # fmt: skip
def test_as_many_rows_are_read_as_are_looked_at_or_wanted(
    tmp_path: Path, count: int, more: dict[str, int], whole: bool, rows: int
) -> None:
    items = [{"prompt": f"What is {n}?", "response": f"It is {n}."} for n in range(count)]
    found = seen(write_lines(tmp_path / "a.jsonl", items), **more)
    assert (found.whole, found.rows, found.unseen, found.problem) == (whole, rows, False, None)


def test_of_many_files_the_first_row_of_each_is_read_and_of_more_than_fifty_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_rows, "ROWS", 2)
    monkeypatch.setattr(first_rows, "FILES", 4)
    for number in range(6):
        bad = [b"{broken"] * 2 * (number in (2, 4))
        write_lines(tmp_path / f"{number}.jsonl", [*bad, {"prompt": f"What is {number}?", "response": "It."}, *GOOD])
    found = seen(tmp_path / "*.jsonl")

    assert (found.whole, found.source.kept, found.source.skipped) == (False, 2, {str(drop_reasons.NOT_JSON): 1})
    assert found.problem is None, "a broken row in a later file is told, not judged"


def test_no_more_bytes_are_read_than_are_looked_at_and_what_has_none_in_them_is_unseen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_lines(tmp_path / "a.jsonl", GOOD)
    write_lines(tmp_path / "b.jsonl", [{**row, "prompt": f"And {row['prompt']}"} for row in GOOD])
    write_lines(tmp_path / "more.jsonl", [{**row, "prompt": f"Or {row['prompt']}"} for row in GOOD])
    size = path.stat().st_size
    lines = [line for name in "ab" for line in (tmp_path / f"{name}.jsonl").read_text().splitlines()]
    two = sum(len(json.dumps(json.loads(line), separators=(",", ":"))) for line in lines)
    for name, most, rows, whole, unseen in (
        ("a.jsonl", size // 2, 0, False, True), ("a.jsonl", size, 3, True, False),
        ("?.jsonl", size + 15, 4, False, False),
        ("?.jsonl", 3 * size, 6, True, False), ("*.jsonl", two, 6, False, False), ("*.jsonl", two + 1, 7, False, False),
    ):  # fmt: skip
        monkeypatch.setattr(first_rows, "BYTES", most)
        found = seen(tmp_path / name)
        assert (found.rows, found.whole, found.unseen) == (rows, whole, unseen)


def test_a_pipe_is_left_unseen_as_its_other_end_may_never_come(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    os.mkfifo(tmp_path / "a.jsonl")
    found = seen(tmp_path / "a.jsonl")
    assert (found.unseen, found.problem) == (True, None)


def test_where_no_adapter_reads_any_row_advice_says_what_would_and_of_a_whole_source_it_is_the_problem(
    tmp_path: Path,
) -> None:
    odd = [{"aufgabe": f"What is {n}, and why is it so?", "loesung": f"It is {n}."} for n in range(300)]
    part, whole = (seen(write_lines(tmp_path / f"{n}.jsonl", odd[:n])) for n in (300, 9))
    mixed = seen(write_lines(tmp_path / "mixed.jsonl", [*GOOD, *odd[:9]]))

    assert part.advice is not None and part.problem is None
    assert whole.problem is not None and whole.advice is not None
    assert (whole.problem.code, whole.problem.sentence) == ("dataset_shape", whole.advice)
    assert (mixed.advice, mixed.problem, mixed.dropped) == (None, None, {str(drop_reasons.OTHER_SHAPE): 9})
    parts = [[part.code for part in note.args.get("parts", [note])] for note in mixed.notes]
    assert ["steps.unfit_in_part", "steps.no_adapter_fits"] in parts
