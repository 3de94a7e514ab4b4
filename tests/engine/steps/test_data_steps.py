"""The data steps on real sessions: what comes out, with what notes, and on which side of the split."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from helpers.data_sources import pairs, records, small
from helpers.sessions import Session, local, make_config, write_lines
from so8t_engine.config import file as config_file
from so8t_engine.data import shards
from so8t_engine.data.thought import thought_table
from so8t_engine.data.thought.thinking import parse
from so8t_engine.sentences import from_json
from so8t_engine.session import manifest, verification
from so8t_engine.steps import collect


def test_every_source_goes_through_all_three_steps(tmp_path: Path) -> None:
    session = Session(tmp_path, small(tmp_path / "data"))
    session.run()

    kept = records(session)
    assert Counter(record.source for record in kept) == {"judge": 5, "many": 8, "sums": 9, "table": 7}
    assert verification.problems(session.path) == []
    converted = [*shards.read_examples(session.path, "train"), *shards.read_examples(session.path, "heldout")]
    thoughtless = {record.id for record in kept if record.split == "train" and record.reasoning is None}
    assert {example.id for example in converted} == {record.id for record in kept} - thoughtless
    assert len({record.id for record in kept}) == len(kept)
    assert all(parse(example.completion) is not None for example in converted)


def test_shards_are_closed_by_the_size_of_their_rows_too_and_counted_to_the_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_lines(tmp_path / "a.jsonl", pairs(7))
    size = len(json.dumps(pairs(1)[0], separators=(",", ":")))
    monkeypatch.setattr(collect, "SHARD_BYTES", 2 * size + 1)
    session = Session(tmp_path, make_config([local("a", path)]))
    context = session.run("collect")
    written = sorted((session.path / "data" / "collected").glob("*.parquet"))

    assert [pq.read_table(each).num_rows for each in written] == [3, 3, 1]
    assert context.state.totals["collect/shard"] == 3


def thinking(count: int) -> list[dict[str, str]]:
    return [
        {
            "prompt": f"Is {n} even?",
            "response": str(n % 2 == 0),
            "reasoning": f"Its last digit, {n % 10}, is looked at.",
        }
        for n in range(1_000, 1_000 + count)
    ]


def test_records_without_thought_are_learnt_up_to_a_share_and_the_rest_is_counted(tmp_path: Path) -> None:
    choices = [{"question": f"Which is {n}?", "choices": ["x", str(n)], "answer": 1} for n in range(500, 520)]
    sources = [
        local("thought", write_lines(tmp_path / "thought.jsonl", thinking(45))),
        local("bare", write_lines(tmp_path / "bare.jsonl", pairs(60))),
        local("choices", write_lines(tmp_path / "choices.jsonl", choices)),
    ]
    session = Session(tmp_path, make_config(sources, integrate={"heldout_fraction": 0.0}))
    session.run()

    train = shards.read_examples(session.path, "train")
    learnt = shards.taught(train)
    assert Counter("<think-" in example.completion for example in learnt) == {True: 45, False: 5}
    table = {row["source"]: row for row in thought_table.rows(session.notes("converted", "counts.json")["thought"])}
    assert (table["thought"]["thinking"], table["thought"]["sections"]["logic"]) == (1.0, 1.0)
    assert table["bare"]["learnt"] + table["choices"]["learnt"] == 5
    assert table["bare"]["left_out"] == 60 - table["bare"]["learnt"]
    assert table["choices"]["prompts"] == 20 - table["choices"]["learnt"]  # their answers can be checked by a reward
    assert {example.source for example in train if not example.completion} == {"choices"}
    warned = {warning["code"]: warning["sentence"]["text"] for warning in session.said("warning")}
    out = table["bare"]["left_out"]
    assert f"nothing but a final answer, beyond convert.final_only_share ({out})" in warned["records_dropped"]
    assert "prompts_only" in warned and "thin_thought" not in warned

    other = Session(tmp_path, make_config(sources[::-1], integrate={"heldout_fraction": 0.0}), "other")
    other.run()
    assert {example.id for example in shards.taught(shards.read_examples(other.path, "train"))} == {
        example.id for example in learnt
    }


def test_a_bad_answer_is_never_a_target_and_its_prompt_is_for_the_reward(tmp_path: Path) -> None:
    rows = [
        {"prompt": "How do I steal?", "response": "Climb in at night.", "safety": "unsafe"},
        {"prompt": "How do I forge?", "response": "I can't help with that.", "safety": "unsafe", "reason": "A crime."},
    ]
    source = local("unsafe", write_lines(tmp_path / "unsafe.jsonl", rows))
    session = Session(tmp_path, make_config([source], integrate={"heldout_fraction": 0.0}))
    session.run()

    asked, taught = sorted(shards.read_examples(session.path, "train"), key=lambda example: bool(example.completion))
    assert (asked.prompt, asked.completion, asked.plain, asked.safety) == ("How do I steal?", "", "", "unsafe")
    assert taught.completion.startswith("<think-safety>A crime.</think-safety>")
    assert session.notes("converted", "counts.json")["thought"]["unsafe"]["prompts"] == 1
    assert "prompts_only" in [warning["code"] for warning in session.said("warning")]


def test_turns_and_system_prompts_stay_what_they_are(tmp_path: Path) -> None:
    rows = [
        {"messages": [
            {"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi."},
            {"role": "assistant", "content": "Yes?"}, {"role": "user", "content": "A bird?"},
            {"role": "assistant", "content": "An owl."},
        ]},
        {"messages": [{"role": "user", "content": "Hi."}, {"role": "assistant", "content": "Hello."}]},
    ]  # fmt: skip
    source = local("talk", write_lines(tmp_path / "talk.jsonl", rows))
    session = Session(tmp_path, make_config([source], integrate={"heldout_fraction": 0.0}))
    session.run()

    by_id = {record.id: record for record in records(session)}
    long, short = sorted(shards.read_examples(session.path, "train"), key=lambda example: example.messages is None)
    assert long.prompt == "Be brief.\n\nUser: Hi.\n\nAssistant: Yes?\n\nUser: A bird?" and short.messages is None
    assert [(turn["role"], turn["content"]) for turn in json.loads(long.messages or "")] == [
        ("system", "Be brief."), ("user", "Hi."), ("assistant", "Yes?"), ("user", "A bird?"),
    ]  # fmt: skip
    assert by_id[long.id].messages == long.messages


def test_shards_of_an_older_version_have_no_turns_and_are_read(tmp_path: Path) -> None:
    session = Session(tmp_path, small(tmp_path / "data"))
    session.run()
    record = records(session)[0]
    old = [field for field in shards.INTEGRATED_SCHEMA if field.name != "messages"]
    path = tmp_path / "old.parquet"
    row = record._asdict() | {"key": "k", "prompt_key": "p"}
    path.write_bytes(shards.parquet(pa.Table.from_pylist([row], pa.schema(old))))

    assert shards.read_records(path) == [record]


def test_questions_that_are_nearly_all_the_same_are_told_with_the_columns_that_nobody_reads(tmp_path: Path) -> None:
    rows = [{"instruction": "Correct it.", "input": f"a {n} house", "output": f"house {n}"} for n in range(24)]
    mapped = {"adapter": "columns", "columns": {"prompt": "instruction", "response": "output"}}
    source = local("d", write_lines(tmp_path / "d.jsonl", rows), **mapped)
    session = Session(tmp_path, make_config([source], integrate={"heldout_fraction": 0.0}))
    session.run("collect", "integrate")

    [warning] = [each for each in session.said("warning") if each["code"] == "columns_unused"]
    assert 'among 24 records: 1; 24 ask "Correct it."' in warning["sentence"]["text"]
    assert "Nothing is taken from the columns 'input'." in warning["sentence"]["text"]


def test_where_nothing_thinks_everything_is_learnt_and_that_is_said(tmp_path: Path) -> None:
    source = local("bare", write_lines(tmp_path / "bare.jsonl", pairs(30)))
    session = Session(tmp_path, make_config([source], integrate={"heldout_fraction": 0.0}))
    session.run()

    assert len(shards.taught(shards.read_examples(session.path, "train"))) == 30
    [warning] = session.said("warning")[-1:]
    assert warning["code"] == "thin_thought" and "None of the records" in warning["sentence"]["text"]


def test_a_session_of_an_older_version_converts_as_that_version_did(tmp_path: Path) -> None:
    """Its configuration has none of the keys that say otherwise."""
    source = local("sums", write_lines(tmp_path / "sums.jsonl", pairs(3)), category="maths")
    new = make_config([source], integrate={"heldout_fraction": 0.0})
    text = config_file.dump(new)
    old = "\n".join(
        line for line in text.splitlines() if "repeated_sections" not in line and "final_only_share" not in line
    )
    assert config_file.parse(text, "config.yaml") == new
    read = config_file.parse(old, "config.yaml").convert
    assert (read.repeated_sections, read.final_only_share) == ("keep", 1.0)


def test_provenance_says_what_was_read_and_what_was_skipped(tmp_path: Path) -> None:
    session = Session(tmp_path, small(tmp_path / "data"))
    session.run("collect")

    many = session.notes("collected", "provenance.json")["many"]
    assert (many["kept"], many["skipped"]) == (15, {"not JSON": 1})
    assert many["examples"] == ["a.jsonl, line 6: not JSON"]
    assert many["files"]["a.jsonl"] == list(manifest.digest_file(tmp_path / "data" / "many" / "a.jsonl"))
    [warning] = session.said("warning")
    told = from_json(warning["sentence"])
    assert (warning["code"], told.code, told.args["skipped"], told.args["rows"]) == (
        "rows_skipped",
        "data.rows_skipped",
        1,
        16,
    )


def test_counts_give_every_reason_a_record_was_dropped_for(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        *pairs(4),
        *pairs(1),
        {"prompt": "what is  ITEM 0?", "response": "it is 0."},
        {"prompt": "", "response": "x"},
        {"prompt": "x" * 100, "response": "x"},
        {"prompt": "long", "response": "x" * 100},
        {"prompt": "Что это?", "response": "Это поезд."},
        {"prompt": "a <final> b", "response": "x"},
        {"prompt": "a", "response": "<|end|> x"},
        {"other": 1},
    ]
    limits = {"max_prompt_chars": 50, "max_response_chars": 60, "languages": ["en"]}
    config = make_config([local("a", write_lines(tmp_path / "a.jsonl", rows))], integrate=limits)
    session = Session(tmp_path, config)
    session.run("collect", "integrate")

    counts = session.notes("integrated", "counts.json")
    assert counts["sources"]["a"] == {
        "kept": 4,
        "dropped": {
            "a duplicate": 2,
            "an empty field": 1,
            "its prompt is longer than integrate.max_prompt_chars": 1,
            "its response is longer than integrate.max_response_chars": 1,
            "its language is not in integrate.languages": 1,
            "holds tags of the thinking format or of a chat template": 2,
            "another shape": 1,
        },
    }
    assert (counts["records"], counts["category"], counts["language"]) == (4, {"chat": 4}, {"en": 4})
    assert [warning["code"] for warning in session.said("warning")].count("records_dropped") == 1


def test_no_prompt_is_on_both_sides(tmp_path: Path) -> None:
    rows = [{"prompt": f"Question {n % 50}?", "response": f"Answer {n}."} for n in range(400)]
    rows += [{"prompt": f"QUESTION  {n}?", "response": "Other."} for n in range(50)]
    judged = [{"prompt": f"question {n}?", "response": "Judged."} for n in range(0, 50, 7)]
    config = make_config(
        [
            local("train", write_lines(tmp_path / "a.jsonl", rows)),
            local("judge", write_lines(tmp_path / "b.jsonl", judged), use="evaluation"),
        ],
        collect={"rows_per_shard": 30},
        integrate={"heldout_fraction": 0.4},
    )
    session = Session(tmp_path, config)
    session.run()
    train = {example.prompt.casefold().replace("  ", " ") for example in shards.read_examples(session.path, "train")}
    heldout = {
        example.prompt.casefold().replace("  ", " ") for example in shards.read_examples(session.path, "heldout")
    }

    assert train
    assert {row["prompt"] for row in judged} <= heldout
    assert len(train) + len(heldout) == 50
    assert not train & heldout
    dropped = session.notes("integrated", "counts.json")["sources"]["train"]["dropped"]
    assert dropped == {"its prompt is in an evaluation source": 8 * 9}


def test_examples_are_a_sequence(tmp_path: Path) -> None:
    session = Session(tmp_path, small(tmp_path / "data"))
    session.run()
    examples = shards.read_examples(session.path, "train")

    assert examples[-1] == examples[len(examples) - 1] == list(examples)[-1]
    assert list(examples[1:3]) == [examples[1], examples[2]]
    with pytest.raises(IndexError):
        examples[len(examples)]


def test_no_secret_of_the_environment_reaches_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_canary_0123456789")
    session = Session(tmp_path, small(tmp_path / "data"))
    session.run()

    for path in session.path.rglob("*"):
        assert not path.is_file() or b"canary" not in path.read_bytes(), path


def test_a_column_that_looks_like_a_verdict_is_told_by_the_step_as_well_with_the_line_that_obeys_it(
    tmp_path: Path,
) -> None:
    rows = [
        {"prompt": f"What is {n}?", "response": f"It is {n}.", "mood": "bad" if n % 2 else "good"} for n in range(6)
    ]
    session = Session(tmp_path, make_config([local("d", write_lines(tmp_path / "d.jsonl", rows))]))
    session.run("collect", "integrate")

    said = [each["sentence"]["text"] for each in session.said("warning") if each["code"] == "columns_unused"]
    assert said[0] == "d: nothing is taken from the columns 'mood'."
    assert "columns: {prompt: prompt, response: response, label: mood}" in said[1]


def test_a_source_may_have_its_name_in_any_script(tmp_path: Path) -> None:
    config = make_config([local("判定", write_lines(tmp_path / "判定.jsonl", pairs(30)))])
    session = Session(tmp_path, config)
    session.run()

    assert {example.source for example in shards.read_examples(session.path, "train")} == {"判定"}
