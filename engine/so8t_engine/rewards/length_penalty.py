"""What the length of an answer costs: nothing up to a target, then more with every token, until all is lost."""

from __future__ import annotations

from collections.abc import Sequence

from so8t_engine.config.reward import Length


def penalty(length: int, settings: Length) -> float:
    """0 up to `target`, -1 from `max` on, on a straight line in between (DAPO, arXiv 2503.14476, equation 13).

    DAPO's L_max is `max`, its L_cache `max - target`.
    """
    over = length - settings.target
    return -min(1.0, max(0, over) / (settings.max - settings.target))


def penalties(
    completions: Sequence[str], completion_ids: Sequence[Sequence[int]] | None, settings: Length
) -> list[float]:
    """Raises ValueError where tokens are to be counted and nobody gave them."""
    if settings.unit == "characters":
        return [penalty(len(completion), settings) for completion in completions]
    if completion_ids is None:
        raise ValueError("reward.length counts tokens: score() needs completion_ids")
    return [penalty(len(ids), settings) for ids in completion_ids]
