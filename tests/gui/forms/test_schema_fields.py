"""The form knows exactly what the engine's schema says, for every key there is."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from so8t_engine.config import file as config_file
from so8t_engine.config.run_config import RunConfig
from so8t_gui.forms import schema_fields
from so8t_gui.forms.schema_fields import Field

SECTIONS = schema_fields.sections(RunConfig.model_json_schema())
FIELDS = {field.key: field for section in SECTIONS for field in section.fields}
NAMES = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\u2028\u2029\ufeff\x85"))
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | FLOATS | NAMES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)


def test_every_key_of_a_configuration_is_a_field() -> None:
    dumped = config_file.load_preset("phi35-so8t").model_dump(mode="json")

    def keys(values: dict[str, Any], path: str = "") -> set[str]:
        found: set[str] = set()
        for name, value in values.items():
            at = f"{path}.{name}" if path else name
            found |= keys(value, at) if isinstance(value, dict) else {at}
        return found

    sections = {section.key for section in SECTIONS}
    assert keys(dumped) - set(FIELDS) - {"datasets"} <= sections  # an optional section that is not set


def test_types_ranges_and_choices_are_the_schema_s() -> None:
    assert FIELDS["ppo.gamma"] == Field(("ppo", "gamma"), "number", 1.0, low=0, high=1)
    assert FIELDS["warmup.learning_rate"].open_low and FIELDS["warmup.learning_rate"].open_high
    assert FIELDS["alpha.schedule"].choices[0] == "sigmoid"
    assert FIELDS["gate.target_modules"].kind == "choices"
    assert FIELDS["ppo.value_learning_rate"].optional
    assert FIELDS["model.build.hidden_size"].multiple == 8
    assert FIELDS["alpha.adaptive.speed"].high == 100


def test_what_is_typed_is_judged_at_once() -> None:
    def said(key: str, text: str) -> str:
        return schema_fields.read(FIELDS[key], text)[1]

    assert schema_fields.read(FIELDS["seed"], "4_000") == (4000, "")
    assert schema_fields.read(FIELDS["ppo.learning_rate"], "3e-6") == (3e-6, "")
    assert schema_fields.read(FIELDS["ppo.value_learning_rate"], " ") == (None, "")
    assert schema_fields.read(FIELDS["integrate.languages"], "en, ja") == (["en", "ja"], "")
    assert "0" in said("ppo.learning_rate", "0") and "at most 1" in said("ppo.gamma", "1.1")
    assert "whole" in said("seed", "1.5") and "number" in said("seed", "nan") and "multiple" in said(
        "model.build.hidden_size", "12")  # fmt: skip
    assert said("seed", "") and said("seed", "twelve") and said("seed", "inf")


@pytest.mark.parametrize("name", ["demo", "phi35-so8t"])
def test_every_value_survives_the_way_through_a_line_of_text(name: str) -> None:
    values = config_file.load_preset(name).model_dump(mode="json")
    for key, field in FIELDS.items():
        here: Any = values
        for part in field.path:
            here = here.get(part) if isinstance(here, dict) else None
        if here is not None:
            value, sentence = schema_fields.read(field, schema_fields.shown(field, here))
            assert sentence == "" and (
                value == pytest.approx(here, rel=1e-9) if field.kind == "number" else value == here
            ), key


@given(JSON)
def test_set_words_are_the_yaml_they_should_be(value: Any) -> None:
    key, _, written = schema_fields.word(("a", "b"), value).partition("=")

    assert key == "a.b" and yaml.safe_load(written) == value
