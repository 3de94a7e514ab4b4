"""The form knows exactly what the engine's schema says, for every key there is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from so8t_engine.config import file as config_file
from so8t_engine.config.run_config import RunConfig
from so8t_engine.sentences import sentence
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
    assert replace(FIELDS["ppo.gamma"], needs=(), about="") == Field(("ppo", "gamma"), "number", 1.0, low=0, high=1)
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


@pytest.mark.parametrize(
    ("key", "values", "why"),
    [
        ("seed", {}, ""),
        ("convert.teacher", {}, "convert.missing_sections is teacher"),
        ("convert.teacher", {"convert.missing_sections": "teacher"}, ""),
        ("convert.teaching.samples", {}, "convert.missing_sections is teacher"),
        ("convert.teaching.samples", {"convert.missing_sections": "teacher"}, ""),
        ("convert.teaching.model", {"convert.teacher": "http://x/v1"}, "convert.missing_sections is teacher"),
        ("convert.teaching.model", {"convert.missing_sections": "teacher"}, "convert.teacher begins with http:// or h"),
        ("convert.teaching.model", {"convert.missing_sections": "teacher", "convert.teacher": "self"}, "begins with"),
        ("convert.teaching.model", {"convert.missing_sections": "teacher", "convert.teacher": "https://x/v1"}, ""),
        ("convert.teaching.temperature", {"convert.missing_sections": "teacher", "convert.teaching.samples": 1}, "mor"),
        ("convert.teaching.temperature", {"convert.missing_sections": "teacher", "convert.teaching.samples": 2}, ""),
        ("ppo.kl_coef", {"algorithm": "ppo"}, ""),
        ("ppo.kl_coef", {"algorithm": "rloo"}, "algorithm is ppo"),
        ("grpo.loss_type", {"algorithm": "ppo"}, "algorithm is grpo"),
        ("alpha.adaptive.speed", {"gate.enabled": False, "alpha.schedule": "adaptive"}, "gate.enabled is true"),
        ("alpha.adaptive.speed", {"gate.enabled": True, "alpha.schedule": "linear"}, "alpha.schedule is adaptive"),
        ("alpha.adaptive.speed", {"gate.enabled": True, "alpha.schedule": "adaptive"}, ""),
        ("evaluate.gguf_records", {"evaluate.gguf": []}, "evaluate.gguf is set"),
        ("evaluate.gguf_records", {"evaluate.gguf": ["F16"]}, ""),
        ("model.build.hidden_size", {"model.model_name_or_path": "a/b"}, "is not set"),
        ("model.build.hidden_size", {}, ""),
        ("reward.model.weight", {}, "reward.model.name_or_path is set"),
    ],
)
def test_a_key_that_means_nothing_says_by_which_other_one(key: str, values: dict[str, Any], why: str) -> None:
    said = FIELDS[key].unused(lambda path: values.get(".".join(path)))
    assert said is None if not why else why in str(said)


def test_a_condition_of_a_newer_engine_is_no_reason_to_grey_out() -> None:
    said = {"key": "a", "odd": 3, "sentence": {"code": "config.missing", "args": {}, "text": "x"}}
    schema = {"properties": {"b": {"type": "integer", "used_where": said}}}
    [section] = schema_fields.sections(schema)
    assert section.fields[0].needs and section.fields[0].unused(lambda path: None) is None


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


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("text", None, ""), ("list", None, ""), ("boolean", True, "true"), ("boolean", False, "false"),
        ("list", ["a", 1], "a, 1"), ("list", [], ""), ("number", 0.1 + 0.2, "0.3"), ("number", 1e-7, "1e-07"),
        ("integer", 3, "3"), ("text", "x", "x"), ("text", 0.1 + 0.2, "0.30000000000000004"),
        ("number", 10**12, "1000000000000"),
    ],
)  # fmt: skip
def test_a_value_stands_in_its_line_as_people_write_it(kind: Any, value: Any, text: str) -> None:
    assert schema_fields.shown(schema_fields.Field(("key",), kind), value) == text


@given(JSON)
def test_set_words_are_the_yaml_they_should_be(value: Any) -> None:
    key, _, written = schema_fields.word(("a", "b"), value).partition("=")

    assert key == "a.b" and yaml.safe_load(written) == value


SCHEMA = {
    "description": "All of it.",
    "$defs": {"Speed": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 9}, "Way": {"enum": ["a", 2]}},
    "properties": {
        "either": {"anyOf": [{"type": "integer", "minimum": 1, "maximum": 8, "multipleOf": 4}, {"type": "string"}]},
        "may": {"anyOf": [{"type": "null"}, {"$ref": "#/$defs/Speed"}], "default": 2.5},
        "always": {"const": 7}, "way": {"$ref": "#/$defs/Way"}, "ways": {"type": "array", "items": {"enum": [1, 2]}},
        "names": {"type": "array"}, "rows": {"type": "array", "items": {"type": "object"}}, "odd": {"type": "odd"},
        "left": {"type": "string"},
        "inner": {"type": "object", "description": "Inside.", "properties": {"on": {"type": "boolean"}}},
        "datasets": {"type": "string"}, "empty": {"type": "object", "description": "Nothing."},
    },
}  # fmt: skip


def test_a_schema_becomes_sections_of_fields_and_what_no_line_could_hold_is_left_out() -> None:
    top, inner = schema_fields.sections(SCHEMA, ("left", "datasets"))
    assert [replace(field, about="") for field in top.fields] == [
        Field(("either",), "integer", low=1, high=8, multiple=4),
        Field(("may",), "number", 2.5, optional=True, low=0, high=9, open_low=True, open_high=True),
        Field(("always",), "choice", choices=("7",)), Field(("way",), "choice", choices=("a", "2")),
        Field(("ways",), "choices", choices=("1", "2")), Field(("names",), "list"),
    ]  # fmt: skip
    assert (top.path, top.about, inner.key, inner.fields[0].key) == ((), "", "inner", "inner.on")
    assert inner.about == "Inside."
    assert "left" in [field.key for field in schema_fields.sections(SCHEMA)[0].fields]
    assert "datasets" not in [field.key for field in schema_fields.sections(SCHEMA)[0].fields]
    assert schema_fields.about(("nowhere", "known"), "As it says.") == "As it says."


@pytest.mark.parametrize(
    ("field", "range_"),
    [
        (Field(("a",), "number"), ""), (Field(("a",), "number", low=0), "≥ 0"),
        (Field(("a",), "number", low=0, high=1, open_low=True, open_high=True), "> 0, < 1"),
        (Field(("a",), "number", high=0.5, multiple=8), "≤ 0.5, a multiple of 8"),
    ],
)  # fmt: skip
def test_a_range_is_told_with_its_ends_or_without_them(qapp: object, field: Field, range_: str) -> None:
    assert schema_fields.limits(field) == range_


@pytest.mark.parametrize(
    ("kind", "options", "text", "value", "wrong"),
    [
        ("list", {}, " ", [], ""), ("list", {"optional": True}, "", None, ""), ("text", {}, "", "", ""),
        ("text", {"optional": True}, "", None, ""), ("integer", {}, "", None, "A value is required."),
        ("integer", {"optional": True}, " ", None, ""), ("choices", {}, "a,, b ,", ["a", "b"], ""),
        ("boolean", {}, "TRUE", True, ""), ("boolean", {}, "yes", False, ""), ("text", {}, " x ", "x", ""),
        ("integer", {}, "9_007_199_254_740_993", 9007199254740993, ""), ("integer", {}, "-3", -3, ""),
        ("integer", {}, "1e3", 1000, ""), ("integer", {}, "2.0", 2, ""), ("number", {}, "1_0.5", 10.5, ""),
        ("number", {"low": 1}, "1", 1.0, ""), ("number", {"low": 1}, "0.9", None, "It must be at least 1."),
        ("number", {"low": 1, "open_low": True}, "1", None, "It must be greater than 1."),
        ("number", {"high": 1}, "1", 1.0, ""), ("number", {"high": 1}, "1.1", None, "It must be at most 1."),
        ("number", {"high": 1, "open_high": True}, "1", None, "It must be less than 1."),
        ("number", {"high": 1, "open_high": True}, "0.9", 0.9, ""),
        ("integer", {"multiple": 8}, "16", 16, ""),
        ("integer", {"multiple": 8}, "12", None, "It must be a multiple of 8."),
        ("integer", {}, "1.5", None, "A whole number is required."), ("number", {}, "1.5", 1.5, ""),
        ("number", {}, "-inf", None, "-inf is not a number."), ("number", {}, "many", None, "many is not a number."),
    ],
)  # fmt: skip
def test_what_is_typed_is_a_value_or_says_why_not(
    qapp: object, kind: Any, options: dict[str, Any], text: str, value: Any, wrong: str
) -> None:
    found = schema_fields.read(Field(("key",), kind, **options), text)
    assert found == (value, wrong) and type(found[0]) is type(value)


@pytest.mark.parametrize(
    ("condition", "met", "unmet"),
    [
        ({"is": ["a", True]}, ["a", True], ["b", None]), ({"begins": ["x", "y"]}, ["xa", "y"], ["ax", None, 3]),
        ({"above": 1}, [2, 1.5], [1, 0, "2", None]), ({"set": True}, ["a", 0, False, [1]], [None, "", [], {}]),
        ({"set": False}, [None, "", [], {}], ["a", 0]), ({"odd": 1}, [None, "a"], []),
    ],
)  # fmt: skip
def test_a_need_is_met_by_what_its_condition_says(condition: Any, met: list[Any], unmet: list[Any]) -> None:
    need = schema_fields.Need(("a",), condition, sentence("config.missing"))
    assert all(need.met_by(value) is True for value in met) and all(need.met_by(value) is False for value in unmet)
