"""Whether a thought says nothing that is worth learning: it repeats question or answer, or is no text at all."""

from __future__ import annotations

from so8t_engine.data.thought import repeats as of_data
from so8t_engine.rewards import degenerate_text


def repeats(thought: str, prompt: str, final: str) -> bool:
    return of_data.repeats(thought, prompt, final) or not degenerate_text.says_something(thought)
