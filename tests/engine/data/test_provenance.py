"""Where the rows of a source came from and which were skipped: what is written, what stops a run, what is said."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from helpers.sessions import refused
from so8t_engine.config.run_config import Dataset
from so8t_engine.data import drop_reasons, provenance
from so8t_engine.data.files.row_readers import BadRow

LOCAL = Dataset(name="a", source="local", path="a.jsonl", license="MIT")
HUB = Dataset(name="b", path="owner/b", config_name="main", split="train+test", use="evaluation")


def test_of_a_source_of_the_hub_config_and_split_are_written_down_of_a_local_one_neither() -> None:
    local, hub = provenance.begin(LOCAL), provenance.begin(HUB)

    assert (local.source, local.path, local.use, local.licence) == ("local", "a.jsonl", "train", "MIT")
    assert (local.config_name, local.split) == (None, None)
    assert (hub.source, hub.use, hub.config_name, hub.split) == ("hub", "evaluation", "main", "train+test")


def test_skipped_rows_are_counted_by_reason_and_the_first_five_shown() -> None:
    source = provenance.with_kept(provenance.begin(LOCAL), 93)
    for number in range(1, 8):
        reason = drop_reasons.NOT_JSON if number < 7 else drop_reasons.NOT_OBJECT
        source = provenance.with_bad(source, "a.jsonl", BadRow(number=number, unit="line", at=number, reason=reason))
    told = provenance.summary(source)

    assert source.skipped == {"not JSON": 6, "not a JSON object": 1}
    assert source.examples == [f"a.jsonl, line {number}: not JSON" for number in range(1, 6)]
    assert (source.kept, source.seen, told.args["skipped"], told.args["rows"]) == (93, 100, 7, 100)
    assert [str(each) for each in told.args["examples"]] == [f"line {n} of a.jsonl (not JSON)" for n in range(1, 6)]
    older = dataclasses.replace(source, examples=["what an older version wrote"])
    assert [str(each) for each in provenance.summary(older).args["examples"]] == ["what an older version wrote"]


@pytest.mark.parametrize(
    ("kept", "bad", "at_end", "stops"),
    [
        (99, 1, False, False), (98, 2, False, True), (97, 2, False, False), (97, 2, True, True), (0, 1, True, True),
        (0, 1, False, False), (0, 0, True, False), (198, 2, True, False), (500, 0, False, False),
    ],
)  # fmt: skip
def test_more_than_the_allowed_share_of_bad_rows_stops_from_a_hundred_on_or_at_the_end(
    kept: int, bad: int, at_end: bool, stops: bool
) -> None:
    source = provenance.with_kept(provenance.begin(LOCAL), kept)
    for number in range(1, bad + 1):
        row = BadRow(number=number, unit="line", at=number, reason=drop_reasons.NOT_JSON)
        source = provenance.with_bad(source, "a.jsonl", row)
    if not stops:
        provenance.check(source, 0.01, at_end)
        return
    args = refused(lambda: provenance.check(source, 0.01, at_end)).sentence.args
    assert (args["bad"], args["rows"], args["path"]) == (bad, kept + bad, "a.jsonl")


def test_sources_of_the_same_files_or_the_same_place_are_the_same_data(tmp_path: Path) -> None:
    hub = {"path": "owner/x", "config_name": None, "split": "train", "revision": "v1"}
    sources = {
        "one": {"path": "a", "files": {"a": [3, "ff"], "b": [4, "00"]}, "licence": "MIT"},
        "same": {"path": "c", "files": {"c": [4, "00"], "d": [3, "ff"]}},
        "more": {"path": "a", "files": {"a": [3, "ff"]}},
        "hub": hub | {"files": {}},
        "again": hub | {"licence": None},
        **{key: hub | {key: "other"} for key in hub},
    }
    (tmp_path / "provenance.json").write_text(json.dumps(sources), encoding="utf-8")

    assert {name: provenance.same_data(tmp_path, name) for name in sources} == {
        "one": ["same"], "same": ["one"], "more": [], "hub": ["again"], "again": ["hub"], **{key: [] for key in hub},
    }  # fmt: skip
    assert provenance.licences(tmp_path) == dict.fromkeys(sources) | {"one": "MIT"}
