"""The descriptions of SO8T's presets, in the user's language; a configuration holds the English text."""

from __future__ import annotations

from typing import Any

from so8t_engine.sentences import Sentence, from_json, sentence, verbatim

DESCRIPTIONS = (
    sentence("presets.demo"),
    sentence("presets.phi35-so8t"),
    sentence("presets.phi35-so8t-24gb"),
    sentence("presets.phi35-so8t-jp"),
)


def description(text: str) -> Sentence:
    """Of a configuration: the sentence of the preset whose description it is, else the user's own words."""
    return next((preset for preset in DESCRIPTIONS if str(preset) == text), verbatim(text))


def described(value: Any) -> Sentence:
    """Of a preset, as `so8t presets --json` has it: a sentence, or its English text."""
    return description(value) if isinstance(value, str) else from_json(value)
