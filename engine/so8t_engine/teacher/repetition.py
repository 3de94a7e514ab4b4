"""Whether a thought only repeats what question and answer say anyway."""

from __future__ import annotations

from so8t_engine.rewards import section_use


def repeats(thought: str, prompt: str, final: str) -> bool:
    return not section_use.says_more(thought, prompt, final)
