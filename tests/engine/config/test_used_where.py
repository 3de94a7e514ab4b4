"""Which keys mean nothing by another's value is said in the schema, for forms to grey them out."""

from __future__ import annotations

from typing import Any

import pytest

from so8t_engine.commands import queries
from so8t_engine.config.run_config import RunConfig
from so8t_engine.sentences import JAPANESE, from_json, say

ADDRESS = {"key": "convert.teacher", "begins": ["http://", "https://"]}
EXPECTED: dict[str, dict[str, Any]] = {
    "ppo": {"key": "algorithm", "is": ["ppo"]},
    "grpo": {"key": "algorithm", "is": ["grpo"]},
    "rloo": {"key": "algorithm", "is": ["rloo"]},
    "alpha": {"key": "gate.enabled", "is": [True]},
    "alpha.adaptive": {"key": "alpha.schedule", "is": ["adaptive"]},
    "convert.teacher": {"key": "convert.missing_sections", "is": ["teacher"]},
    "convert.teaching": {"key": "convert.missing_sections", "is": ["teacher"]},
    "convert.teaching.temperature": {"key": "convert.teaching.samples", "above": 1},
    "evaluate.gguf_records": {"key": "evaluate.gguf", "set": True},
    "integrate.max_heldout": {"key": "integrate.heldout_fraction", "above": 0},
    "model.build": {"key": "model.model_name_or_path", "set": False},
    "model.revision": {"key": "model.model_name_or_path", "set": True},
    **{f"convert.teaching.{name}": ADDRESS for name in ("model", "api_key_env", "timeout_seconds", "retries")},
    **{f"reward.{name}": {"key": "reward.functions", "set": True} for name in ("function_weights", "folder")},
}
BUT_ONE = {  # sections of which one key says whether the others count
    "gate": ("enabled", {"is": [True]}), "lora": ("enabled", {"is": [True]}), "warmup": ("max_steps", {"above": 0}),
    "reward.length": ("weight", {"above": 0}), "reward.model": ("name_or_path", {"set": True}),
}  # fmt: skip


def declared() -> tuple[set[str], dict[str, dict[str, Any]]]:
    """All keys and sections, and what the schema says of them."""
    schema = queries.schema()
    keys, found = set[str](), dict[str, dict[str, Any]]()

    def walk(section: dict[str, Any], path: str) -> None:
        for name, body in section["properties"].items():
            keys.add(f"{path}{name}")
            if "used_where" in body:
                found[f"{path}{name}"] = body["used_where"]
            for part in (body, *body.get("anyOf", [])):
                if "$ref" in part:
                    walk(schema["$defs"][part["$ref"].rpartition("/")[2]], f"{path}{name}.")

    walk(schema, "")
    return keys, found


def test_the_schema_says_which_key_makes_others_mean_nothing() -> None:
    keys, found = declared()
    expected = dict(EXPECTED)
    for section, (own, condition) in BUT_ONE.items():
        others = {key for key in keys if key.rpartition(".")[0] == section} - {f"{section}.{own}"}
        expected |= {key: {"key": f"{section}.{own}", **condition} for key in others}

    assert {key: {name: what for name, what in said.items() if name != "sentence"} for key, said in found.items()} == (
        expected
    )
    assert {said["key"] for said in found.values()} <= keys


@pytest.mark.parametrize(
    ("key", "english", "japanese"),
    [
        ("grpo", "It counts only where algorithm is grpo.", "algorithm が grpo のときだけ使われます。"),
        ("gate.mode", "It counts only where gate.enabled is true.", "gate.enabled が true のときだけ使われます。"),
        (
            "convert.teaching.model",
            "It counts only where convert.teacher begins with http:// or https://.",
            "convert.teacher が http://、またはhttps:// で始まるときだけ使われます。",
        ),
        (
            "convert.teaching.temperature",
            "It counts only where convert.teaching.samples is more than 1.",
            "convert.teaching.samples が 1 より大きいときだけ使われます。",
        ),
        ("reward.folder", "It counts only where reward.functions is set.", "reward.functions が設定されているとき"),
        ("model.build", "It counts only where model.model_name_or_path is not set.", "が設定されていないときだけ"),
    ],
)
def test_the_reason_is_said_in_both_languages(key: str, english: str, japanese: str) -> None:
    said = from_json(declared()[1][key]["sentence"])
    assert say(said) == english and japanese in say(said, JAPANESE)


def test_what_does_not_count_is_taken_as_before() -> None:
    values = {"datasets": [{"name": "a", "path": "b"}], "model": {"build": {}}, "algorithm": "grpo"}
    config = RunConfig.model_validate(values | {"ppo": {"kl_coef": 0.5}, "gate": {"enabled": False, "first": 0.1}})
    assert (config.ppo.kl_coef, config.gate.first, config.convert.teaching.samples) == (0.5, 0.1, 2)
