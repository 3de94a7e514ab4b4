"""The units that a shard is converted in, what becomes of each record, and what is said of all of them."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from helpers.sessions import local, make_config, refused
from so8t_engine.data import shards
from so8t_engine.data.drop_examples import LeftOut
from so8t_engine.data.record import Record
from so8t_engine.data.step_state import ShardTally
from so8t_engine.data.thought import final_only, thought_table, token_limits
from so8t_engine.data.thought.final_only import Limit
from so8t_engine.data.thought.sections import Evidence
from so8t_engine.data.thought.thinking import Sections
from so8t_engine.data.thought.token_limits import TokenLimits
from so8t_engine.sentences import sentence, verbatim
from so8t_engine.steps import convert

BARE = Record("0" * 15 + "5", "a", "2 + 3?", "5", "maths", "en", "train")
CHECKED = BARE._replace(answer="5", answer_kind="number")
THOUGHTS = {"logic": "2 and 3 more make 5"}


@pytest.mark.parametrize(
    ("rows", "sections", "wanted"),
    [
        (0, "leave_out", [(0, 0)]),
        (1, "leave_out", [(0, 1)]),
        (5, "leave_out", [(0, 5)]),
        (0, "teacher", [(0, 0)]),
        (5, "teacher", [(0, 2), (2, 4), (4, 5)]),
    ],
)
def test_a_shard_is_one_unit_or_with_a_teacher_as_many_as_it_has_blocks_of_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int, sections: str, wanted: list[tuple[int, int]]
) -> None:
    monkeypatch.setattr(convert, "TEACHER_RECORDS", 2)
    path = tmp_path / "shard.parquet"
    pq.write_table(pa.table({"number": list(range(rows))}), path)
    config = make_config([local("a", "a.jsonl")], convert={"missing_sections": sections, "teacher": "owner/model"})

    assert list(convert._units(config, [path])) == [(path, *unit) for unit in wanted]


@pytest.mark.parametrize(
    ("record", "thoughts", "below", "fate"),
    [
        (BARE._replace(response=""), THOUGHTS, None, "prompts"),
        (BARE, {}, None, "learnt"), (BARE, {}, 5, "learnt"), (BARE, {}, 4, "left_out"), (BARE, THOUGHTS, 4, "learnt"),
        (CHECKED, {}, 4, "prompts"), (CHECKED, {}, 5, "learnt"), (BARE._replace(split="heldout"), {}, 4, "learnt"),
    ],
)  # fmt: skip
def test_a_record_is_learnt_asked_or_left_out(
    record: Record, thoughts: dict[str, str], below: int | None, fate: str
) -> None:
    evidence = Evidence(Sections("5", thoughts), bool(thoughts), circular=False)
    assert convert._fate(record, evidence, Limit(9, 9, below)) == fate


class Filling:
    """A teacher that gives the first record it is asked for thought, and no other."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, Any]] = []

    def fill(self, records: list[tuple[Record, Sections]], counts: Any) -> Any:
        self.asked.append((records, counts))
        made = [sections._replace(thoughts=THOUGHTS if not at else {}) for at, (_, sections) in enumerate(records)]
        return SimpleNamespace(sections=made, counts={"asked": len(records)})


def test_a_teacher_is_asked_of_records_with_an_answer_and_what_it_wrote_counts_as_thought() -> None:
    circular = BARE._replace(reasoning="5")
    records = [BARE._replace(response=""), BARE, circular]
    settings = make_config([local("a", "a.jsonl")]).convert
    teacher: Any = Filling()
    counted, taught = convert._convert(records, settings, teacher, {"teacher": {"asked": 7}})
    plain, nothing = convert._convert(records, settings, None, {})

    [(asked, counts)] = teacher.asked
    assert [record for record, _ in asked] == records[1:] and counts == {"asked": 7}
    assert taught == {"teacher": {"asked": 2}} and nothing == {}
    assert [each.evidence.thinks for each in counted] == [False, True, False]
    assert [each.evidence.circular for each in plain] == [False, False, True]
    assert [each.evidence.circular for each in counted] == [False, False, True]
    assert [each.fate for each in counted] == ["prompts", "learnt", "learnt"]
    again, _ = convert._convert([circular], settings, teacher, {})
    assert [(each.evidence.thinks, each.evidence.circular) for each in again] == [(True, False)]


@pytest.mark.parametrize(("share", "below"), [(1.0, None), (0.5, 0x22), (0.25, -1)])
def test_how_many_without_thought_are_learnt_follows_from_all_that_think(
    monkeypatch: pytest.MonkeyPatch, share: float, below: int | None
) -> None:
    """Of two shards: one record thinks, one only repeats its answer, three have nothing."""
    thinks, repeats = BARE._replace(reasoning="First take 2, then three more."), BARE._replace(reasoning="5", id="11")
    read = {"one": ([thinks, repeats], ["33"]), "two": ([], ["22", "44"])}
    monkeypatch.setattr(shards, "read_reasoned", lambda path: read[path.name])
    monkeypatch.setattr(final_only, "limit", lambda thinking, bare, wanted: (thinking, sorted(bare.tolist()), wanted))
    settings = make_config([local("a", "a.jsonl")], convert={"final_only_share": share}).convert
    found: Any = convert._limit(settings, [Path("one"), Path("two")])

    assert found == (Limit() if below is None else (1, [0x11, 0x22, 0x33, 0x44], share))
    assert below is None or convert._limit(settings, []) == (0, [], share)


@pytest.mark.parametrize(
    ("counts", "limits"),
    [({}, (None, None)), ({"tokens": {"whole": 9}}, (9, None)), ({"tokens": {"whole": None, "prompt": 3}}, (None, 3))],
)
def test_limits_are_those_that_the_step_began_with(counts: dict[str, Any], limits: tuple[Any, Any]) -> None:
    assert convert._limits_of(counts) == TokenLimits(*limits)


def test_examples_of_what_is_left_out_are_kept_by_source_and_none_where_an_older_version_began() -> None:
    reason = verbatim("no use")
    out = [LeftOut(2, reason, record=BARE._replace(source=source)) for source in ("b", "a", "b")]
    found = convert._examples(ShardTally({}, {"dropped": {}}), [*out, LeftOut(3, reason)])

    assert {source: len(each[str(reason)]) for source, each in found.items()} == {"b": 2, "a": 1}
    assert convert._examples(ShardTally({}, {}, found), out) is found


def row(**counts: int) -> dict[str, Any]:
    return {**thought_table.NOTHING, **counts}


THINKS = row(learnt=4, thinking=4)


@pytest.mark.parametrize(
    ("table", "warmup", "built", "codes"),
    [
        ({}, 1, False, []),
        ({"a": THINKS}, 1, False, []),
        ({"a": THINKS | {"left_out": 2}}, 1, False, ["records_dropped"]),
        ({"a": THINKS | {"prompts": 3}}, 1, False, ["prompts_only"]),
        ({"a": THINKS | {"left_out": 2, "prompts": 3}}, 1, False, ["records_dropped", "prompts_only"]),
        ({"a": row(learnt=4, thinking=1)}, 1, False, ["thin_thought"]),
        ({"a": row(prompts=3)}, 1, False, None),
        ({"a": row(left_out=3)}, 1, False, None),
        ({"a": row(prompts=3)}, 0, True, None),
        ({"a": row(prompts=3)}, 0, False, ["prompts_only"]),
    ],
)
def test_what_is_not_learnt_is_said_and_nothing_left_to_learn_refused(
    monkeypatch: pytest.MonkeyPatch, table: dict[str, Any], warmup: int, built: bool, codes: list[str] | None
) -> None:
    model: dict[str, Any] = {"build": {}} if built else {"build": None, "model_name_or_path": "owner/m"}
    config = make_config([local("a", "a.jsonl")], model=model, warmup={"max_steps": warmup})
    told: list[tuple[str, Any]] = []
    context: Any = SimpleNamespace(config=config, warn=lambda *given: told.append(given))
    monkeypatch.setattr(token_limits, "check", lambda counts, _: [counts])
    share = config.convert.final_only_share
    out, asked, learnt = (sum(each[of] for each in table.values()) for of in ("left_out", "prompts", "learnt"))
    if codes is None:
        error = refused(lambda: convert._check(context, {"thought": table}))
        assert error.sentence == sentence("steps.no_thought_left", count=3, share=share)
        assert error.code == "dataset_empty" and told == []
        return
    convert._check(context, {"thought": table, "tokens": "counted"})

    assert told.pop(0) == ("too_long", "counted") and [code for code, _ in told] == codes
    said = dict(told)
    if "records_dropped" in said:
        args = said["records_dropped"].args
        assert (args["learnt"], args["share"], args["reason"].args["count"]) == (learnt, share, out)
    if "prompts_only" in said:
        assert said["prompts_only"] == sentence("steps.prompts_only", count=asked)
    if "thin_thought" in said:
        assert said["thin_thought"].args["what"] == sentence("data.thin_thought", share=0.25)
        assert said["thin_thought"].args["sources"] == thought_table.lines(table)
