"""How much of the data is too long for the model, counted by a tokenizer of words."""

from __future__ import annotations

from pathlib import Path

import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

from so8t_engine.config import file as config_file
from so8t_engine.config.run_config import Dataset, RunConfig
from so8t_engine.data.first_rows import FirstRows
from so8t_engine.data.provenance import Provenance
from so8t_engine.data.record import Example
from so8t_engine.doctor import token_estimate
from so8t_engine.doctor.findings import Finding

FRAME = 9  # "<|", "user", "|>" and the same of two more tags


@pytest.fixture
def base(tmp_path: Path) -> Path:
    words = Tokenizer(models.WordLevel({"?": 0}, unk_token="?"))
    words.pre_tokenizer = pre_tokenizers.Whitespace()
    words.save(str(tmp_path / "tokenizer.json"))
    return tmp_path


def config_of(base: Path | str, *words: str) -> RunConfig:
    lengths = ("warmup.max_length=40", "ppo.max_prompt_length=20", "convert.system_prompt=")
    return config_file.load_preset("phi35-so8t", (f"model.model_name_or_path={base}", *lengths, *words))


def look(name: str, *lengths: tuple[int, int]) -> FirstRows:
    """A source of examples with so many words in prompt and answer."""
    examples = [
        Example(str(place), name, "chat", "en", "train", "w " * asked, "w " * said, "", None, None, None)
        for place, (asked, said) in enumerate(lengths)
    ]
    return FirstRows(
        Dataset(name=name, path="x.jsonl", source="local"),
        Provenance(name, "local", "x.jsonl", "train"),
        examples=examples,
    )


@pytest.mark.parametrize(
    ("lengths", "answers", "prompts"),
    [
        ([(11, 19)], 0.0, 0.0),  # 20 and 40 tokens: an answer ends with one more
        ([(11, 20)], 1.0, 0.0),
        ([(12, 18)], 0.0, 1.0),
        ([(12, 19)], 1.0, 1.0),
        ([(31, 0)], 0.0, 1.0),
        ([(11, 20), (12, 18), (12, 18), (1, 1)], 0.25, 0.5),
    ],
)  # fmt: skip
def test_an_example_is_too_long_by_its_tokens_with_the_turns_around_it(
    base: Path, lengths: list[tuple[int, int]], answers: float, prompts: float
) -> None:
    [found] = token_estimate.check(config_of(base), [look("a", *lengths)])

    if not answers and not prompts:
        assert (found.level, found.what.code) == ("ok", "doctor.all_short_enough")
        return
    [line] = found.what.args["sources"]
    assert line.args == {
        "source": "a", "answers": answers, "most": 40, "prompts": prompts, "longest": 20,
        "key": "ppo.max_prompt_length",
    }  # fmt: skip
    assert (found.level, found.what.code) == ("warning", "doctor.too_long")
    assert found.change and found.change.args == {"key": "ppo.max_prompt_length"}


def test_a_system_prompt_takes_its_part_of_every_prompt(base: Path) -> None:
    def level(*words: str) -> str:
        [found] = token_estimate.check(config_of(base, *words), [look("a", (11, 1))])
        return found.level

    assert level() == "ok" and level("convert.system_prompt=Be kind") == "warning"
    assert token_estimate.check(config_of(base, "convert.system_prompt=Be kind"), [look("a", (3, 1))])[0].level == "ok"
    assert token_estimate.check(config_of(base, "convert.system_prompt=Be kind"), [look("a", (4, 1))])[0].level != "ok"


def test_more_than_a_tenth_of_one_source_is_a_warning_and_less_a_note(base: Path) -> None:
    def found(*looks: FirstRows) -> Finding:
        [finding] = token_estimate.check(config_of(base), [*looks])
        return finding

    few, many, none = look("few", *[(1, 1)] * 10, (12, 1)), look("many", *[(1, 1)] * 8, (12, 1)), look("none", (1, 1))
    assert found(few, none).level == "note" and found(few, many).level == "warning"
    assert [line.args["source"] for line in found(many, none, few).what.args["sources"]] == ["many", "few"]
    assert found(look("empty"), many).level == "warning", "a source without records has no share"
    assert found(look("empty"), none).level == "ok"


def test_nothing_is_said_where_nothing_can_be_counted(base: Path) -> None:
    assert token_estimate.check(config_of(base), [look("a")]) == [] == token_estimate.check(config_of(base), [])
    built = config_file.load_preset("demo")
    assert token_estimate.check(built, [look("a", (900, 900))]) == []
    (base / "tokenizer.json").write_text("{", encoding="utf-8")
    [broken] = token_estimate.check(config_of(base), [look("a", (900, 900))])
    assert (broken.level, broken.what.code, broken.what.args) == (
        "note", "doctor.tokens_unknown", {"name": str(base)},
    )  # fmt: skip
    (base / "tokenizer.json").unlink()
    assert token_estimate.counter(str(base), None) is None


def test_only_the_words_of_a_text_are_counted_and_no_special_tokens(base: Path) -> None:
    count = token_estimate.counter(str(base), None)

    assert count is not None and (count("one two"), count(""), count(token_estimate.FRAME)) == (2, 0, FRAME)
