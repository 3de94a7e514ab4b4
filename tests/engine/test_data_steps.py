"""The data steps on real sessions: what comes out, what is refused, and that a cut anywhere changes nothing."""

from __future__ import annotations

import csv
import gzip
import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from so8t_engine import manifest, store
from so8t_engine.data import shards
from so8t_engine.data.record import Record
from so8t_engine.data.thinking import parse
from support import Cut, Session, local, make_config, refused, shared, write_lines

SMALL = {"collect": {"rows_per_shard": 4}, "integrate": {"heldout_fraction": 0.3}}
EVERY_TICK = {"checkpoint": {"interval_seconds": 1e-9, "save_total_limit": 2}}


def pairs(count: int, start: int = 0) -> list[dict[str, str]]:
    return [
        {"prompt": f"What is item {number}?", "response": f"It is {number}."} for number in range(start, start + count)
    ]


def several_sources(folder: Path) -> list[dict[str, Any]]:
    """A source of each kind: several files, gzip, CSV, Parquet, with bad lines, doubles and evaluation."""
    folder.mkdir(exist_ok=True)
    many = folder / "many"
    many.mkdir(exist_ok=True)
    write_lines(many / "a.jsonl", [*pairs(5), b"{broken", *pairs(4, 5)])
    (many / "b.jsonl.gz").write_bytes(
        gzip.compress(b"".join(json.dumps(row).encode() + b"\n" for row in pairs(6, 7)), mtime=0)
    )
    with (folder / "c.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, ["question", "answer"])
        writer.writeheader()
        writer.writerows(
            {"question": f"How much is {n} + 1?", "answer": f"{n} + 1 = {n + 1}\n#### {n + 1}"} for n in range(9)
        )
    pq.write_table(pa.Table.from_pylist(pairs(9, 100)), folder / "d.parquet")
    write_lines(folder / "e.jsonl", pairs(5, 3))
    return [
        local("many", many),
        local("sums", folder / "c.csv"),
        local("table", folder / "d.parquet", max_rows=7),
        local("judge", folder / "e.jsonl", use="evaluation"),
    ]


def small(folder: Path, **more: Any) -> Any:
    settings = {**SMALL, **more}
    settings["collect"] = {**SMALL["collect"], "max_bad_fraction": 0.2, **more.get("collect", {})}
    return make_config(several_sources(folder), **settings)


def records(session: Session) -> list[Record]:
    paths = shards.listed(session.path, shards.INTEGRATED)
    return [record for path in paths for record in shards.read_records(path)]


def test_every_source_goes_through_all_three_steps(tmp_path: Path) -> None:
    session = Session(tmp_path, small(tmp_path / "data"))
    session.run()

    kept = records(session)
    assert Counter(record.source for record in kept) == {"judge": 5, "many": 8, "sums": 9, "table": 7}
    assert store.problems(session.path) == []
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
    assert (warning["code"], "1 of 16 rows" in warning["detail"]) == ("rows_skipped", True)


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


@pytest.mark.parametrize("event", ["saved", "progress"])
def test_a_cut_at_every_unit_leaves_the_same_bytes(tmp_path: Path, event: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("so8t_engine.context.PROGRESS_SECONDS", 0)
    whole = Session(tmp_path, small(tmp_path / "data"), "whole")
    whole.run()
    cut = Session(tmp_path, small(tmp_path / "data", **EVERY_TICK), "cut")
    cuts = cut.run_with_cuts() if event == "saved" else _run_with_cuts_before_commits(cut)

    assert cuts >= 15
    assert cut.digests() == whole.digests()


def _run_with_cuts_before_commits(session: Session) -> int:
    """Cuts after a unit's file was written and before its commit, once at each unit."""
    met: set[tuple[str, int]] = set()

    def cut(message: Any) -> None:
        here = (message.data.get("step", ""), message.data.get("unit", 0))
        if message.name == "progress" and here not in met:
            met.add(here)
            raise Cut

    while True:
        try:
            session.run(context=session.context(cut=cut))
            return len(met)
        except Cut:
            continue


def test_a_restart_goes_on_and_does_not_begin_again(tmp_path: Path) -> None:
    session = Session(tmp_path, small(tmp_path / "data", **EVERY_TICK))
    session.run_with_cuts("collect")
    units = [event["unit"] for event in session.said("saved") if event["step"] == "collect" and event["unit"]]

    assert units == list(range(1, len(units) + 1))


def test_the_same_input_gives_the_same_bytes_and_another_seed_another_split(tmp_path: Path) -> None:
    first = Session(tmp_path, small(tmp_path / "data"), "a")
    second = Session(tmp_path, small(tmp_path / "data"), "b")
    other = Session(tmp_path, small(tmp_path / "data", seed=18), "c")
    for session in (first, second, other):
        session.run()

    assert first.digests() == second.digests()
    assert [one.id for one in records(first)] == [one.id for one in records(other)]
    assert [one.split for one in records(first)] != [one.split for one in records(other)]


@pytest.mark.parametrize("rows_per_shard", [1, 3, 50])
def test_what_is_kept_does_not_depend_on_the_size_of_a_shard(tmp_path: Path, rows_per_shard: int) -> None:
    session = Session(tmp_path, small(tmp_path / "data", collect={"rows_per_shard": rows_per_shard}))
    whole = Session(tmp_path, small(tmp_path / "data"), "whole")
    session.run()
    whole.run()

    assert records(session) == records(whole)


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


def test_replies_find_their_questions_across_shards_and_cuts(tmp_path: Path) -> None:
    rows = []
    for n in range(6):
        reply = {"message_id": f"r{n}", "parent_id": f"q{n}", "role": "assistant", "text": f"Reply {n}.", "rank": 0}
        rows.append({**reply, "lang": "en"})
    for n in range(6):
        first = {"message_id": f"q{n}", "parent_id": None, "role": "prompter", "text": f"First {n}?", "rank": None}
        rows.append({**first, "lang": "en"})
    path = write_lines(tmp_path / "a.jsonl", rows)
    config = make_config([local("oasst", path)], collect={"rows_per_shard": 2}, **EVERY_TICK)
    session = Session(tmp_path, config)
    session.run_with_cuts()

    assert [(one.prompt, one.response) for one in records(session)] == [
        (f"First {n}?", f"Reply {n}.") for n in range(6)
    ]


BAD = [
    ("broken.jsonl", [*pairs(30), b"{broken"], "dataset_bad", "line 31: not JSON"),
    ("latin.jsonl", [*pairs(30), b'{"prompt": "\xff"}'], "dataset_bad", "line 31: not UTF-8"),
    ("huge.jsonl", [b'{"prompt": "' + b"x" * 500_000 + b'"}', *pairs(30)], "dataset_bad", "line 1: longer than"),
    ("numbers.jsonl", [b"1", b"2"], "dataset_bad", "line 1: not a JSON object"),
    ("empty.jsonl", [], "dataset_empty", "holds no rows"),
    ("blank.jsonl", [b"", b" "], "dataset_empty", "holds no rows"),
    ("empty.json", [b"[]"], "dataset_empty", "holds no rows"),
]


@pytest.mark.parametrize(("name", "rows", "code", "words"), BAD)
def test_bad_input_stops_with_a_sentence_that_names_the_place(
    tmp_path: Path, name: str, rows: list[Any], code: str, words: str
) -> None:
    path = write_lines(tmp_path / name, rows)
    session = Session(tmp_path, make_config([local("a", path)], collect={"max_line_bytes": 100_000}))
    error = refused(lambda: session.run("collect"))

    assert error.code == code
    assert str(path) in error.detail
    assert words in error.detail


def test_too_many_bad_lines_stop_early_and_few_do_not(tmp_path: Path) -> None:
    few = write_lines(tmp_path / "few.jsonl", [*pairs(150), b"{", *pairs(50, 150)])
    many = write_lines(tmp_path / "many.jsonl", [*pairs(97), b"{", b"{", b"{", *pairs(10_000, 97)])
    session = Session(tmp_path, make_config([local("few", few)]))
    session.run("collect")

    assert session.notes("collected", "provenance.json")["few"]["kept"] == 200
    error = refused(lambda: Session(tmp_path, make_config([local("many", many)]), "t").run("collect"))
    assert "2 of 100 rows" in error.detail or "3 of 100 rows" in error.detail


def test_a_missing_file_is_named_before_anything_is_collected(tmp_path: Path) -> None:
    there = write_lines(tmp_path / "a.jsonl", pairs(3))
    session = Session(tmp_path, make_config([local("a", there), local("b", tmp_path / "nowhere.jsonl")]))
    error = refused(lambda: session.run("collect"))

    assert (error.code, "nowhere.jsonl" in error.detail) == ("dataset_missing", True)
    assert session.digests() == {}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_named(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", pairs(3))
    path.chmod(0)
    error = refused(lambda: Session(tmp_path, make_config([local("a", path)])).run("collect"))

    assert (error.code, "permission denied" in error.detail) == ("dataset_missing", True)


def test_an_empty_file_among_others_is_only_reported(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    write_lines(tmp_path / "data" / "a.jsonl", [])
    write_lines(tmp_path / "data" / "b.jsonl", pairs(3))
    session = Session(tmp_path, make_config([local("a", tmp_path / "data")]))
    session.run("collect")

    assert [warning["code"] for warning in session.said("warning")] == ["file_empty"]


def test_rows_no_adapter_knows_are_refused_with_their_columns(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", [{"foo": 1, "bar": 2}])
    error = refused(lambda: Session(tmp_path, make_config([local("a", path)])).run("collect", "integrate"))

    assert (error.code, "bar, foo" in error.detail) == ("dataset_shape", True)


def test_nothing_left_to_train_on_is_refused_with_the_reasons(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", pairs(5))
    config = make_config([local("a", path)], integrate={"languages": ["ja"]})
    error = refused(lambda: Session(tmp_path, config).run("collect", "integrate"))

    assert error.code == "dataset_empty"
    assert "5 its language is not in integrate.languages" in error.detail


def test_a_source_that_changed_during_the_step_is_refused_or_accepted(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", pairs(9))
    session = Session(tmp_path, make_config([local("a", path)], **{**SMALL, **EVERY_TICK}))
    with pytest.raises(Cut):
        session.run("collect", context=session.context(cut=_cut_when_saved))
    write_lines(path, pairs(12))

    error = refused(lambda: session.run("collect"))
    assert (error.code, str(path) in error.detail) == ("source_changed", True)
    session.run("collect", context=session.context(accept_changes=True))
    assert session.notes("collected", "provenance.json")["a"]["kept"] == 12
    assert session.said("mark")[0]["mark"] == "exactness_break"


def _cut_when_saved(message: Any) -> None:
    if message.name == "saved":
        raise Cut


def test_data_that_was_altered_is_not_read(tmp_path: Path) -> None:
    session = Session(tmp_path, small(tmp_path / "data"))
    session.run()
    path = shards.listed(session.path, shards.CONVERTED)[0]
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))

    error = refused(lambda: shards.read_examples(session.path, "train"))
    assert (error.code, path.name in error.detail) == ("session_damaged", True)
    assert any(path.name in line for line in store.problems(session.path))


def test_integrate_notices_that_its_own_earlier_shard_was_altered(tmp_path: Path) -> None:
    session = Session(tmp_path, small(tmp_path / "data", **EVERY_TICK))
    session.run("collect")
    with pytest.raises(Cut):
        session.run("integrate", context=session.context(cut=_cut_when_saved))
    [path] = (session.path / "data" / "integrated").iterdir()
    path.write_bytes(path.read_bytes() + b"x")

    assert refused(lambda: session.run("integrate")).code == "session_damaged"


def test_what_an_earlier_attempt_left_behind_is_cleared_away(tmp_path: Path) -> None:
    session = Session(tmp_path, small(tmp_path / "data"))
    stale = session.path / "data" / "collected" / "999-old-00000.parquet"
    stale.parent.mkdir(parents=True)
    stale.write_bytes(b"old")
    session.run()

    assert not stale.exists()
    assert all("old" not in record.source for record in records(session))


def test_examples_are_a_sequence(tmp_path: Path) -> None:
    session = Session(tmp_path, small(tmp_path / "data"))
    session.run()
    examples = shards.read_examples(session.path, "train")

    assert examples[-1] == examples[len(examples) - 1] == list(examples)[-1]
    assert list(examples[1:3]) == [examples[1], examples[2]]
    with pytest.raises(IndexError):
        examples[len(examples)]


def test_a_hub_source_is_collected_through_datasets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datasets.config.HF_DATASETS_CACHE", tmp_path / "cache")
    (tmp_path / "repo").mkdir()
    write_lines(tmp_path / "repo" / "train.jsonl", pairs(10))
    entry = {"name": "h", "path": str(tmp_path / "repo"), "license": "mit"}
    whole = Session(tmp_path, make_config([entry], **SMALL), "whole")
    whole.run()
    streamed = Session(tmp_path, make_config([{**entry, "max_rows": 10}], **SMALL, **EVERY_TICK), "streamed")
    streamed.run_with_cuts()

    assert records(whole) == records(streamed)
    assert len(records(whole)) == 10
    assert whole.notes("collected", "provenance.json")["h"]["licence"] == "mit"


def test_no_secret_of_the_environment_reaches_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_canary_0123456789")
    session = Session(tmp_path, small(tmp_path / "data"))
    session.run()

    for path in session.path.rglob("*"):
        assert not path.is_file() or b"canary" not in path.read_bytes(), path


def test_a_teacher_model_writes_the_missing_sections(tmp_path: Path) -> None:
    teacher = _tiny_teacher(tmp_path / "teacher")
    source = local("a", write_lines(tmp_path / "a.jsonl", pairs(5)))
    settings = {"missing_sections": "teacher", "teacher": str(teacher)}
    config = make_config([source], convert=settings, runtime={"device": "cpu"})
    session, again = Session(tmp_path, config, "a"), Session(tmp_path, config, "b")
    session.run()
    again.run()

    examples = shards.read_examples(session.path, "train")
    assert sum(session.notes("converted", "counts.json")["sections"].values()) >= len(examples)
    assert [parse(example.completion).final for example in examples] == [row["response"] for row in pairs(5)]  # type: ignore[union-attr]
    assert session.digests() == again.digests()


def test_a_teacher_that_is_not_there_is_named(tmp_path: Path) -> None:
    source = local("a", write_lines(tmp_path / "a.jsonl", pairs(5)))
    settings = {"missing_sections": "teacher", "teacher": str(tmp_path / "nowhere")}
    error = refused(lambda: Session(tmp_path, make_config([source], convert=settings)).run())

    assert (error.code, "nowhere" in error.detail) == ("teacher", True)


def _tiny_teacher(folder: Path) -> Path:
    """A causal language model of a few thousand random weights, saved as a real one is."""
    import tokenizers
    import torch
    import transformers

    words = tokenizers.Tokenizer(tokenizers.models.BPE())
    words.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    words.decoder = tokenizers.decoders.ByteLevel()
    alphabet = tokenizers.pre_tokenizers.ByteLevel.alphabet()
    trainer = tokenizers.trainers.BpeTrainer(special_tokens=["<|endoftext|>"], initial_alphabet=alphabet)
    words.train_from_iterator(["a word"], trainer)
    tokenizer = transformers.PreTrainedTokenizerFast(tokenizer_object=words, eos_token="<|endoftext|>")
    torch.manual_seed(0)
    config = transformers.Phi3Config(
        vocab_size=len(tokenizer), hidden_size=32, intermediate_size=32, num_hidden_layers=1, num_attention_heads=2,
        num_key_value_heads=2, pad_token_id=0, eos_token_id=0, bos_token_id=0,
    )  # fmt: skip
    transformers.Phi3ForCausalLM(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def test_the_shipped_demo_corpus_goes_through_and_stays_short(tmp_path: Path) -> None:
    names = ["maths", "choice", "chat", "unsafe"]
    config = make_config(
        [local(name, f"demo:{name}") for name in names]
        + [local(f"{name}-heldout", f"demo:{name}.heldout", use="evaluation") for name in names]
    )
    session = Session(tmp_path, config)
    session.run()

    heldout = shards.read_examples(session.path, "heldout")
    train = shards.read_examples(session.path, "train")
    assert {example.category for example in train} == {"maths", "choice", "chat", "safety"}
    assert {example.source for example in heldout} >= {f"{name}-heldout" for name in names}
    assert max(len(example.completion) for example in train) < 300


def test_real_datasets_go_through(tmp_path: Path) -> None:
    config = make_config(
        [
            local("gsm8k", shared("gsm8k", "train.jsonl"), max_rows=800),
            local("gsm8k-test", shared("gsm8k", "test.jsonl"), max_rows=200, use="evaluation"),
            local("jcommonsenseqa", shared("jcommonsenseqa", "train-v1.3.json"), max_rows=800),
            local("hh", shared("hh-rlhf", "harmless-base-test.jsonl.gz"), max_rows=800),
        ],
        collect={"rows_per_shard": 300},
    )
    session = Session(tmp_path, config)
    session.run()

    by_source = {record.source: record for record in records(session)}
    counts = session.notes("integrated", "counts.json")
    assert counts["records"] > 2_500
    assert counts["language"].get("other", 0) < 5
    assert by_source["gsm8k"].answer_kind == "number"
    assert by_source["jcommonsenseqa"].language == "ja"
    assert all(parse(example.completion) for example in shards.read_examples(session.path, "train"))
    assert set(session.notes("converted", "counts.json")["sections"]) == {"task", "safety", "logic"}
