"""The descriptions of SO8T's presets, in the user's language; a configuration holds the English text."""

from __future__ import annotations

from so8t_engine.sentences import Sentence, sentence, verbatim

DESCRIPTIONS = (sentence("preset.demo"), sentence("preset.phi35-so8t"), sentence("preset.phi35-so8t-24gb"))


def description(text: str) -> Sentence:
    """Of a configuration: the sentence of the preset whose description it is, else the user's own words."""
    return next((preset for preset in DESCRIPTIONS if str(preset) == text), verbatim(text))
