"""Which side of the split between training and held-out questions a prompt falls on."""

from __future__ import annotations

import hashlib


def is_heldout(seed: int, prompt_key: str, fraction: float) -> bool:
    """Depends on the prompt and the seed alone: equal prompts never straddle, order and restarts do not matter."""
    draw = hashlib.sha256(f"{seed}:{prompt_key}".encode()).digest()[:8]
    return int.from_bytes(draw, "big") < fraction * 2**64
