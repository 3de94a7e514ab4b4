"""What is too long for the model is known before training, by its own tokenizer, and is what training would not use."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from transformers import Phi3Config

from helpers.sessions import Cut, Session, local, made_with, make_config, refused, write_lines
from so8t_engine.data import first_rows, inspection, shards
from so8t_engine.doctor import token_estimate
from so8t_engine.evaluate import data_page
from so8t_engine.model import conversations
from so8t_engine.model import tokenizer as tokens
from so8t_engine.sentences import from_json
from so8t_engine.steps import train as train_step
from so8t_engine.train import preflight
from so8t_engine.train.prompt_sampler import PromptSampler

MAX_LENGTH, MAX_PROMPT = 120, 40
WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base model's folder without its weights: step 3 needs none."""
    folder = tmp_path_factory.mktemp("model") / "base"
    tokenizer = tokens.train([" ".join(WORDS), "空は青いです。"], 384, 128)
    Phi3Config(
        vocab_size=384, hidden_size=32, num_attention_heads=2, num_hidden_layers=2, max_position_embeddings=128,
        original_max_position_embeddings=128, pad_token_id=0, bos_token_id=None, eos_token_id=0,
    ).save_pretrained(folder)  # fmt: skip
    tokenizer.save_pretrained(folder)
    return folder


def rows() -> list[dict[str, Any]]:
    """Prompts and answers of every pair of lengths, turns and systems among them."""
    made: list[dict[str, Any]] = []
    for number in range(60):
        asked = f"{number}: " + " ".join(WORDS[(number + k) % 10] for k in range(1 + number % 12 * 2))
        why = (
            "空は青い。" * (number % 7) + f" Since {number} " + " ".join(WORDS[k * number % 10] for k in range(number))
        )
        row: dict[str, Any] = {"prompt": asked, "reasoning": why, "response": f"It is {number}."}
        if number % 10 == 9:
            talk = [("system", "Be brief."), ("user", asked), ("assistant", "Yes?"), ("user", "And then?")]
            messages = [{"role": role, "content": text} for role, text in talk]
            answer = {"role": "assistant", "content": f"It is {number}.", "reasoning_content": why}
            row = {"messages": [*messages, answer]}
        made.append(row)
    return made


def session_of(root: Path, base: Path, **more: Any) -> Session:
    root.mkdir(exist_ok=True)
    data = root.parent  # one for all: its path is among what step 1 notes
    plain = [row for row in rows() if "prompt" in row]
    talks = [row for row in rows() if "messages" in row]
    sources = [
        local("plain", write_lines(data / "plain.jsonl", plain)),
        local("talks", write_lines(data / "talks.jsonl", talks)),
    ]
    sections: dict[str, Any] = {
        "model": {"model_name_or_path": str(base)},
        "collect": {"rows_per_shard": 20},
        "integrate": {"near_duplicates": False, "drop_repetition": False, "heldout_fraction": 0.1},
        "warmup": {"max_length": MAX_LENGTH},
        "ppo": {"max_prompt_length": MAX_PROMPT, "response_length": 20},
    }
    for name, values in more.items():
        sections[name] = sections.get(name, {}) | values
    return Session(root, make_config(sources, **sections))


def test_what_is_left_out_before_training_is_what_training_would_not_have_used(tmp_path: Path, base: Path) -> None:
    now, before = (
        session_of(tmp_path / "now", base),
        session_of(tmp_path / "before", base, convert={"drop_too_long": False}),
    )
    now.run()
    before.run()

    tokenizer = tokens_of(base)
    every = shards.read_examples(before.path, "train")
    asked = conversations.encode(tokenizer, list(every))
    said = tokens.encode_completions(tokenizer, [example.completion for example in every])
    learnt = {each.id for each, a, b in zip(every, asked, said, strict=True) if len(a) + len(b) <= MAX_LENGTH}
    prompts = {each.id for each, a in zip(every, asked, strict=True) if len(a) <= MAX_PROMPT}
    kept = shards.read_examples(now.path, "train")

    assert [(e.id, e.completion) for e in shards.taught(kept)] == [
        (e.id, e.completion) for e in every if e.id in learnt
    ]
    assert {kept[place].id for place in shards.askable(kept, MAX_PROMPT)} == prompts
    assert {example.id for example in kept} == learnt | prompts
    assert (
        0 < len(learnt & prompts) < len(learnt) < len(every)
        and prompts - learnt
        and {e.id for e in every} - learnt - prompts
    )
    lengths = {each.id: (len(a), len(b)) for each, a, b in zip(every, asked, said, strict=True)}
    for example in kept:
        assert (example.prompt_tokens, example.completion_tokens if example.completion else lengths[example.id][1]) == (
            lengths[example.id]
        )
    assert len(shards.read_examples(now.path, "heldout")) == len(shards.read_examples(before.path, "heldout")) > 0

    sampler = PromptSampler.of(now.config, kept, tokenizer)
    drawn = [row for row, _ in sampler.chosen(0, len(prompts))]
    assert {kept[row].id for row in drawn} == prompts and len(set(drawn)) == len(prompts)
    ppo = now.config.ppo.model_copy(update={"batch_size": 2 * now.config.ppo.answers_per_unit})
    batches = [sampler.batch(3, index, ppo) for index in range(2)]
    assert [len(batch) for batch in batches] == 2 * [ppo.answers_per_unit]
    assert sorted([*batches[0], *batches[1]]) == sorted(sampler.chosen(3, ppo.batch_size))
    assert preflight.lengths(every, tokenizer, before.config) == preflight.TooLong(
        len(every) - len(learnt), len(every) - len(prompts), len(every)
    )
    assert [*map(str, warnings(now, "too_long"))] == [
        f"{len(every) - len(learnt)} of {len(every)} examples are longer than warmup.max_length (120 tokens) and not "
        f"learnt; the prompts of {len(prompts - learnt)} of them are short enough to be asked all the same "
        "(convert.drop_too_long).",
        f"{len(every) - len(prompts)} of {len(every)} prompts are longer than ppo.max_prompt_length (40 tokens) and "
        "left out of PPO.",
    ]
    assert train_step._counted_before(now.context(), tokenizer)
    assert not train_step._counted_before(before.context(), tokenizer)

    found = inspection.look(now.path)
    rules = {rule["reason"]["code"]: rule for source in found["sources"].values() for rule in source["dropped"]}
    gone = [e for e in every if e.id not in learnt | prompts]
    left_out = [
        rule["rows"]
        for source in found["sources"].values()
        for rule in source["dropped"]
        if rule["reason"]["code"] == "data.too_many_tokens"
    ]
    assert sum(left_out) == len(gone) and rules["data.too_many_tokens"]["examples"]
    assert found["records"] == sum(source["kept"] for source in found["sources"].values())
    whole = [lengths[e.id][0] + lengths[e.id][1] * bool(e.completion) for e in kept]
    assert found["tokens"]["prompt + completion"]["most"] == max(whole) <= MAX_LENGTH
    assert "of the model's tokens" in "\n".join(map(str, inspection.lines(found)))
    page = data_page.html(found, "ja", "en")
    assert "長さ (モデルのトークン数)" in page and "モデルのトークン数が多すぎて" in page


def tokens_of(base: Path) -> Any:
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(base)
    tokens.add_tags(tokenizer)
    return tokenizer


def warnings(session: Session, code: str) -> list[Any]:
    return [from_json(said["sentence"]) for said in session.said("warning") if said["code"] == code]


def test_cut_off_at_every_shard_it_ends_with_the_same_bytes(tmp_path: Path, base: Path) -> None:
    sections: dict[str, Any] = {
        "checkpoint": {"interval_seconds": 1e-6},
        "integrate": {"near_duplicates": True, "weights": {"source:talks": 2.5}},
    }
    whole, cut = (session_of(tmp_path / name, base, **sections) for name in ("whole", "cut"))
    whole.run()
    cut.run("collect", "integrate")

    assert cut.run_with_cuts("convert") >= 2
    assert cut.digests() == whole.digests()


def test_a_session_that_an_older_version_was_converting_goes_on_as_it_began(tmp_path: Path, base: Path) -> None:
    sections: dict[str, Any] = {"checkpoint": {"interval_seconds": 1e-6}, "convert": {"drop_too_long": False}}
    old, resumed = (session_of(tmp_path / name, base, **sections) for name in ("old", "resumed"))
    old.run()
    resumed.run("collect", "integrate")

    def at_first_save(message: Any) -> None:
        if message.name == "saved" and message.data["unit"] > 0:
            raise Cut

    with pytest.raises(Cut):
        resumed.run("convert", context=resumed.context(cut=at_first_save))
    values = json.loads(resumed.config.model_dump_json())
    values["convert"]["drop_too_long"] = True
    made_with(resumed.path, json.dumps(values))
    resumed.config = type(resumed.config).model_validate(values)
    resumed.run("convert")

    assert resumed.digests() == old.digests()
    assert shards.read_converted(old.path).column_names == shards.CONVERTED_SCHEMA.names


def test_without_its_tokenizer_nothing_is_converted(tmp_path: Path, base: Path) -> None:
    session = session_of(tmp_path / "s", base.parent / "gone")
    error = refused(session.run)

    assert (error.code, session.context().state.cursor.step) == ("model_missing", "convert")
    assert not list((session.path / "data" / "converted").glob("*.arrow"))


def test_where_no_record_is_short_enough_the_limit_is_named_before_training(tmp_path: Path, base: Path) -> None:
    error = refused(session_of(tmp_path / "s", base, warmup={"max_length": 10}).run)

    assert error.code == "dataset_empty" and "warmup.max_length (10 tokens)" in error.detail


def test_the_check_estimates_from_the_first_rows_what_is_too_long(tmp_path: Path, base: Path) -> None:
    session = session_of(tmp_path / "s", base)
    session.run()
    [found] = token_estimate.check(session.config, first_rows.look(session.config))
    counts = session.notes("converted", "counts.json")["tokens"]
    over = found.what.args["sources"]
    plain = {line.args["source"]: line.args for line in over}["plain"]

    assert (found.level, found.what.code) == ("warning", "doctor.too_long")
    assert abs(plain["answers"] - counts["answers_over"] / counts["examples"]) < 0.15
    nowhere = session.config.model_copy(
        update={"model": session.config.model.model_copy(update={"model_name_or_path": "no/where"})}
    )
    [unknown] = token_estimate.check(nowhere, first_rows.look(session.config))
    assert (unknown.level, unknown.what.code) == ("note", "doctor.tokens_unknown")
    assert unknown.why is not None and unknown.why.code == "doctor.tokens_counted"
    kept = nowhere.model_copy(update={"convert": nowhere.convert.model_copy(update={"drop_too_long": False})})
    [not_counted] = token_estimate.check(kept, first_rows.look(session.config))
    assert not_counted.why is not None and not_counted.why.code == "doctor.tokens_not_counted"
