"""A collected shard as a table of records beside the rows that became none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from helpers.sessions import make_config
from so8t_engine.config.run_config import RunConfig
from so8t_engine.data import admitted, drop_reasons, shards
from so8t_engine.data.admitted import Admitted
from so8t_engine.data.sieve import duplicates, near_duplicates
from so8t_engine.data.sieve.decontamination import Asked

GOOD: list[dict[str, Any]] = [
    {"prompt": "Why?", "response": "So."},
    {"question": "Which is a fruit?", "choices": ["Stone", "Pear"], "answer": "B"},
    {"prompt": "Whom do I ask?", "response": "Write to anna.b@mail.company.com."},
]
BAD = [{"nothing": number} for number in range(12)]


def admit(folder: Path, rows: list[dict[str, Any]], **integrate: Any) -> Admitted:
    path = folder / "shard.parquet"
    text = [(number, json.dumps(row), "a.jsonl", number) for number, row in enumerate(rows, 5)]
    pq.write_table(shards.collected("a", text), path)
    config: RunConfig = make_config([{"name": "a", "path": "owner/a"}], integrate=integrate)
    return admitted.admit(config, config.datasets[0], path, {})


def test_records_are_compared_as_they_are_written_a_choice_by_its_question_and_options(tmp_path: Path) -> None:
    found = admit(tmp_path, GOOD)
    plain, choice, mail = found.compared(evaluation=False)

    assert plain.plain == ("why?", "so.") and plain.asked == Asked("why?")
    assert choice.asked == Asked("which is a fruit?", ("pear", "stone"))
    assert choice.plain[0].startswith("which is a fruit?") and choice.plain[1].startswith("b")
    assert mail.plain[1] == "write to [e-mail]."
    for each in (plain, choice, mail):
        assert (each.key, each.prompt_key) == (duplicates.key_of(*each.plain), duplicates.key_of(each.plain[0]))
        assert not each.evaluation
    assert all(each.evaluation for each in found.compared(evaluation=True))
    assert found.table["changed"].to_pylist() == [None, None, ["mask_personal_data"]]


def test_a_record_and_its_number_are_those_of_the_row(tmp_path: Path) -> None:
    found = admit(tmp_path, [BAD[0], *GOOD, BAD[1]])

    assert [found.number(row) for row in range(3)] == [6, 7, 8]
    assert (found.record(0).prompt, found.record(0).response, found.record(0).source) == ("Why?", "So.", "a")
    assert list(found.record(1).choices) == ["Stone", "Pear"]
    assert [each.number for each in found.left_out] == [5, 9]


def test_of_rows_that_became_none_the_first_ten_of_each_reason_are_kept(tmp_path: Path) -> None:
    found = admit(tmp_path, [*BAD, {"prompt": "Why?", "response": "<|end|>"}])

    assert [each.row for each in found.left_out[:12]] == [*BAD[:10], None, None]
    assert all(each.reason == drop_reasons.OTHER_SHAPE for each in found.left_out[:12])
    assert [each.row is None for each in found.left_out[12:]] == [False]
    assert found.table.num_rows == 0 and found.compared(evaluation=False) == []


def test_bands_are_there_only_where_near_duplicates_are_looked_for(tmp_path: Path) -> None:
    found = admit(tmp_path, GOOD)

    assert found.bands is not None
    assert np.array_equal(found.bands, near_duplicates.bands([each.plain for each in found.compared(False)]))
    assert admit(tmp_path, GOOD, near_duplicates=False).bands is None
    again = admitted.from_bytes(admitted.to_bytes(found)).bands
    assert again is not None and again.dtype == found.bands.dtype and np.array_equal(again, found.bands)
    without = admitted.from_bytes(admitted.to_bytes(admit(tmp_path, [*GOOD, BAD[0]], near_duplicates=False)))
    assert without.bands is None and without.table.equals(found.table)
    assert [(each.number, each.row) for each in without.left_out] == [(8, BAD[0])]
