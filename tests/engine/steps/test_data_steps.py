"""The data steps on real sessions: what comes out, with what notes, and on which side of the split."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from helpers.data_sources import pairs, records, small
from helpers.sessions import Session, local, make_config, write_lines
from so8t_engine.data import shards
from so8t_engine.data.thinking import parse
from so8t_engine.sentences import from_json
from so8t_engine.session import manifest, verification


def test_every_source_goes_through_all_three_steps(tmp_path: Path) -> None:
    session = Session(tmp_path, small(tmp_path / "data"))
    session.run()

    kept = records(session)
    assert Counter(record.source for record in kept) == {"judge": 5, "many": 8, "sums": 9, "table": 7}
    assert verification.problems(session.path) == []
    converted = [*shards.read_examples(session.path, "train"), *shards.read_examples(session.path, "heldout")]
    assert {example.id for example in converted} == {record.id for record in kept}
    assert len({record.id for record in kept}) == len(kept)
    assert all(parse(example.completion) is not None for example in converted)


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
