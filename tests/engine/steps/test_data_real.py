"""Sources as people have them: a hub repository, a teacher model, the demo corpus, the real datasets."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import datasets
import pytest
import transformers

from helpers.data_sources import EVERY_TICK, SMALL, pairs, records
from helpers.sessions import Session, local, make_config, refused, shared, write_lines
from so8t_engine.data import shards
from so8t_engine.data.thought.thinking import parse
from so8t_engine.run import wait_for_space


def full_once(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str) -> None:
    """The first download of this kind meets a disk without room."""
    whole, tries = getattr(owner, name), []

    def first_full(*arguments: Any, **named: Any) -> Any:
        tries.append(name)
        if len(tries) == 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        return whole(*arguments, **named)

    monkeypatch.setattr(owner, name, first_full)
    monkeypatch.setattr(wait_for_space, "SPACE_SECONDS", 0.0)


def test_a_hub_source_is_collected_through_datasets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the disk of the cache is full it waits, and goes on by itself."""
    monkeypatch.setattr("datasets.config.HF_DATASETS_CACHE", tmp_path / "cache")
    (tmp_path / "repo").mkdir()
    write_lines(tmp_path / "repo" / "train.jsonl", pairs(10))
    entry = {"name": "h", "path": str(tmp_path / "repo"), "license": "mit"}
    whole = Session(tmp_path, make_config([entry], **SMALL), "whole")
    full_once(monkeypatch, datasets, "load_dataset")
    whole.run()
    assert [told["sentence"]["code"] for told in whole.said("waiting")] == ["data.cache_full"]
    streamed = Session(tmp_path, make_config([{**entry, "max_rows": 10}], **SMALL, **EVERY_TICK), "streamed")
    streamed.run_with_cuts()

    assert records(whole) == records(streamed)
    assert len(records(whole)) == 10
    assert whole.notes("collected", "provenance.json")["h"]["licence"] == "mit"


def test_a_teacher_of_noise_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One without a chat template. It is waited for where there is no room to download it."""
    teacher = _tiny_teacher(tmp_path / "teacher")
    source = local("a", write_lines(tmp_path / "a.jsonl", pairs(5)))
    teaching = {"max_new_tokens": 16}
    settings = {"missing_sections": "teacher", "teacher": str(teacher), "teaching": teaching, "final_only_share": 1.0}
    config = make_config([source], convert=settings, runtime={"device": "cpu"})
    session, again = Session(tmp_path, config, "a"), Session(tmp_path, config, "b")
    full_once(monkeypatch, transformers.AutoModelForCausalLM, "from_pretrained")
    session.run()
    again.run()

    assert len(session.said("waiting")) == 1 and not again.said("waiting")
    examples = shards.read_examples(session.path, "train")
    counts = session.notes("converted", "counts.json")
    assert (counts["teacher"]["asked"], sum(counts["teacher"]["rejected"].values()), counts["sections"]) == (5, 10, {})
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

    bpe = tokenizers.Tokenizer(tokenizers.models.BPE())
    bpe.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    bpe.decoder = tokenizers.decoders.ByteLevel()
    alphabet = tokenizers.pre_tokenizers.ByteLevel.alphabet()
    trainer = tokenizers.trainers.BpeTrainer(special_tokens=["<|endoftext|>"], initial_alphabet=alphabet)
    bpe.train_from_iterator(["a word"], trainer)
    tokenizer = transformers.PreTrainedTokenizerFast(tokenizer_object=bpe, eos_token="<|endoftext|>")
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
        + [local(f"{name}-heldout", f"demo:{name}.heldout", use="evaluation") for name in names],
        integrate={"near_duplicates": False, "decontaminate": False},  # as the preset has it: patterns are meant
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
    assert counts["records"] > 1_750
    assert 0 < counts["sources"]["hh"]["kept"] < 100 and by_source["hh"].safety == "unsafe"
    assert {record.response for record in records(session) if record.source == "hh"} == {""}  # prompts for the reward
    assert counts["language"].get("other", 0) < 5
    assert by_source["gsm8k"].answer_kind == "number"
    assert by_source["jcommonsenseqa"].language == "ja"
    train = shards.read_examples(session.path, "train")
    assert all(parse(example.completion) for example in shards.taught(train))
    converted = session.notes("converted", "counts.json")
    assert set(converted["sections"]) == {"logic"}  # nobody says anything else there
    assert {example.source for example in train if not example.completion} == {"jcommonsenseqa", "hh"}
    bare = sum("<think-" not in example.completion for example in shards.taught(train))
    assert 0 < bare <= 0.1 * len(shards.taught(train))
    assert converted["thought"]["jcommonsenseqa"]["circular"] == 0  # the option is no longer called its own reason
