"""What each key does is said in both languages, of every key that the form shows, and of no other."""

from __future__ import annotations

import re
import tomllib
from collections import Counter

import pytest

import so8t_resources
from so8t_engine.commands import queries
from so8t_engine.sentences import JAPANESE, named, say
from so8t_gui.forms import schema_fields
from so8t_gui.forms.schema_fields import AREA

LONGEST = {"en": 130, "ja": 80}  # letters, so that a hint is read at a glance
JAPANESE_LETTERS = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def said() -> dict[str, dict[str, str]]:
    """As it stands in the catalogue."""
    text = so8t_resources.path("sentences", f"{AREA}.toml").read_text(encoding="utf-8")
    return {name: dict(texts) for name, texts in tomllib.loads(text).items()}


def names() -> set[str]:
    sections = schema_fields.sections(queries.schema(), ("datasets",))
    return {field.key for section in sections for field in section.fields} | {each.key for each in sections} - {""}


def test_no_key_and_no_section_lacks_its_description_and_none_is_described_that_is_not_there(
    said: dict[str, dict[str, str]],
) -> None:
    missing, unknown = sorted(names() - said.keys()), sorted(said.keys() - names())
    assert not missing, f"to be described in sentences/{AREA}.toml: {missing}"
    assert not unknown, f"no key of the form any more: {unknown}"
    assert len(said) > 190


def test_each_is_a_short_sentence_in_its_own_language(said: dict[str, dict[str, str]]) -> None:
    for name, texts in said.items():
        assert texts.keys() == {"en", "ja"}, name
        assert all(texts[language] == texts[language].strip() for language in texts), name
        assert all(len(texts[language]) <= most for language, most in LONGEST.items()), name
        assert texts["en"].endswith(".") and not JAPANESE_LETTERS.search(texts["en"]), name
        assert texts["ja"].endswith("。") and JAPANESE_LETTERS.search(texts["ja"]), name


def test_two_keys_of_one_section_are_never_described_alike(said: dict[str, dict[str, str]]) -> None:
    for language in LONGEST:
        alike = Counter((name.rpartition(".")[0], texts[language]) for name, texts in said.items())
        assert not [each for each, times in alike.items() if times > 1]


def test_a_key_of_a_newer_engine_keeps_what_its_schema_says() -> None:
    schema = {"properties": {"seed": {"type": "integer"}, "zeal": {"type": "integer", "description": "How much."}}}
    [section] = schema_fields.sections(schema)
    assert {field.key: field.about for field in section.fields} == {
        "seed": say(named(AREA, "seed")), "zeal": "How much."
    }  # fmt: skip
    assert say(named(AREA, "seed"), JAPANESE).startswith("乱数")
