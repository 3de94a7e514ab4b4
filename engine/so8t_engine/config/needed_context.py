"""How many tokens the base model must hold, by the settings that say how long a text may be."""

from __future__ import annotations

from so8t_engine.config.run_config import RunConfig
from so8t_engine.sentences import Sentence, sentence


def tokens(config: RunConfig) -> int:
    return max(config.warmup.max_length, sum(config.lengths))


def over(config: RunConfig, context: int) -> list[Sentence]:
    """The settings that a context of so many tokens is too short for, each by its key."""
    found = []
    if config.warmup.max_length > context:
        found.append(sentence("config.length_over", key="warmup.max_length", tokens=config.warmup.max_length))
    if sum(config.lengths) > context:
        prompt, answer = config.length_keys
        found.append(sentence("config.lengths_over", prompt=prompt, answer=answer, tokens=sum(config.lengths)))
    return found
