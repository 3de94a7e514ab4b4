"""Every key with its default and what it may be, as they were agreed on: sessions begun before rely on each of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from helpers.sessions import make_config
from so8t_engine.config import earlier, file
from so8t_engine.config.run_config import RunConfig

KEYS = Path(__file__).with_name("keys.txt")
LIMITS = (
    "type", "const", "enum", "minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum", "minLength", "maxLength",
    "pattern", "minItems", "maxItems", "uniqueItems",
)  # fmt: skip


def lines(schema: Mapping[str, Any], parts: Mapping[str, Any], path: str = "") -> Iterator[str]:
    """`path = default; limits`, for every key below a section."""
    needed = schema.get("required", [])
    for name, body in schema["properties"].items():
        here = f"{path}{name}"
        default = "needed" if name in needed else repr(body.get("default", "made anew"))
        below = list(_sections(body, parts))
        if below and isinstance(body.get("default"), dict):
            default = "a section"
        yield f"{here} = {default}; {_limits(body)}"
        for section in below:
            yield from lines(section, parts, f"{here}.")


def _sections(body: Mapping[str, Any], parts: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for choice in [body, *body.get("anyOf", []), body.get("items", {})]:
        if "$ref" in choice:
            yield parts[choice["$ref"].rpartition("/")[2]]


def _limits(body: Mapping[str, Any]) -> str:
    """Of the value; of each of its kinds where it may have several; of what a list or a mapping holds."""
    found = [f"{limit} {body[limit]}" for limit in LIMITS if limit in body]
    found += [f"({_limits(choice)})" for choice in body.get("anyOf", [])]
    for inner in ("items", "additionalProperties"):
        if isinstance(body.get(inner), dict):
            found.append(f"each ({_limits(body[inner])})")
    return ", ".join(found)


def test_no_default_and_no_limit_changes_unnoticed() -> None:
    """A new key gets a new line. A line that changes changes what sessions and files of others mean."""
    schema = RunConfig.model_json_schema()

    assert list(lines(schema, schema["$defs"])) == KEYS.read_text(encoding="utf-8").splitlines()


def test_what_earlier_versions_did_stays_what_they_did() -> None:
    assert {
        "integrate": {
            **dict.fromkeys(
                ["near_duplicates", "decontaminate", "fix_encoding", "clean_markup", "cut_next_turn", "cut_citations",
                 "drop_repetition", "drop_unfilled", "drop_disclaimers", "mask_personal_data"], False,
            ),
            "max_heldout": None, "detect_language": "script", "max_dropped_fraction": 1.0,
        },
        "convert": {"repeated_sections": "keep", "final_only_share": 1.0, "drop_too_long": False},
    } == earlier.AS_IT_WAS  # fmt: skip


def test_a_session_of_a_version_without_a_key_means_by_its_absence_what_that_version_did() -> None:
    values = make_config([{"name": "a", "path": "/a.jsonl"}]).model_dump(mode="json")
    for section, keys in earlier.AS_IT_WAS.items():
        for key in keys:
            del values[section][key]
    read = file.parse(json.dumps(values), "config.yaml").model_dump(mode="json")

    for section, keys in earlier.AS_IT_WAS.items():
        assert {key: read[section][key] for key in keys} == keys
    assert read["integrate"]["max_heldout"] is None, "20,000 of ten million would be another split"
