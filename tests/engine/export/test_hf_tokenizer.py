"""The tokenizer of the delivered model opens in transformers 4 and 5, and means the same."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from transformers import AutoTokenizer

from helpers.sessions import shared
from so8t_engine.export import hf_tokenizer
from so8t_engine.model import tokenizer as tokens

TEXTS = [
    "  two  spaces",
    "<|user|>\nhow many?<|end|>\n<think-logic> 2 + 3</think-logic>\n<final>\n5</final>",
    "猫　é🙂",
]


def folders(root: Path) -> tuple[Path, Path]:
    for name in ("saved", "part"):
        (root / name).mkdir(parents=True)
    return root / "saved", root / "part"


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def phi35(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real Phi-3.5's tokenizer with our tags, as it is delivered."""
    base = shared("phi-3.5-mini")
    saved, part = folders(tmp_path_factory.mktemp("phi35"))
    tokenizer = AutoTokenizer.from_pretrained(base)
    tokens.add_tags(tokenizer)
    tokenizer.save_pretrained(saved)
    hf_tokenizer.write(base, saved, part)
    shutil.copyfile(base / "config.json", part / "config.json")
    return part


def test_the_class_of_the_base_stays_and_what_transformers_4_reads_is_there(phi35: Path) -> None:
    settings, base = read(phi35 / "tokenizer_config.json"), shared("phi-3.5-mini")

    assert settings["tokenizer_class"] == read(base / "tokenizer_config.json")["tokenizer_class"] == "LlamaTokenizer"
    assert settings["chat_template"] == (base / "chat_template.jinja").read_text(encoding="utf-8")
    assert settings["added_tokens_decoder"]["32011"]["content"] == "<think-task>"
    assert read(phi35 / "special_tokens_map.json") == read(base / "special_tokens_map.json")
    assert read(phi35 / "added_tokens.json").items() >= read(base / "added_tokens.json").items()
    assert len(read(phi35 / "added_tokens.json")) == 11 + 14
    assert (phi35 / "tokenizer.model").read_bytes() == (base / "tokenizer.model").read_bytes()


def test_it_reads_the_same_tokens_as_before(phi35: Path) -> None:
    own, expected = AutoTokenizer.from_pretrained(phi35), AutoTokenizer.from_pretrained(phi35.parent / "saved")

    assert own(TEXTS)["input_ids"] == expected(TEXTS)["input_ids"]


def test_a_tokenizer_of_our_own_names_a_class_that_both_generations_know(tmp_path: Path) -> None:
    saved, part = folders(tmp_path)
    tokenizer = tokens.train(TEXTS * 20, 400, 64)
    tokenizer.save_pretrained(saved)
    hf_tokenizer.write(saved, saved, part)
    settings = read(part / "tokenizer_config.json")

    assert read(saved / "tokenizer_config.json")["tokenizer_class"] == "TokenizersBackend"
    assert settings["tokenizer_class"] == "PreTrainedTokenizerFast" and "backend" not in settings
    assert read(part / "special_tokens_map.json").keys() == {"eos_token", "pad_token"}
    assert set(tokens.TAGS) <= read(part / "added_tokens.json").keys()
    assert AutoTokenizer.from_pretrained(part)(TEXTS)["input_ids"] == tokenizer(TEXTS)["input_ids"]


def test_a_list_of_special_tokens_has_the_name_it_had_in_transformers_4() -> None:
    settings = hf_tokenizer._settings({"extra_special_tokens": ["<a>"], "tokenizer_class": "X"}, {}, [])

    assert settings["additional_special_tokens"] == ["<a>"] and "extra_special_tokens" not in settings
