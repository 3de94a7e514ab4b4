"""Which side of the split between training and held-out questions a prompt falls on."""

from __future__ import annotations

import hashlib

from so8t_engine.config.run_config import Integrate


def share(rules: Integrate, rows: int) -> float:
    """Of the prompts of so many rows to train on."""
    if rules.max_heldout is None or not rows:
        return rules.heldout_fraction
    return min(rules.heldout_fraction, rules.max_heldout / rows)


def is_heldout(seed: int, prompt_key: str, fraction: float) -> bool:
    """Depends on the prompt and the seed alone: equal prompts never straddle, order and restarts do not matter."""
    draw = hashlib.sha256(f"{seed}:{prompt_key}".encode()).digest()[:8]
    return int.from_bytes(draw, "big") < fraction * 2**64
