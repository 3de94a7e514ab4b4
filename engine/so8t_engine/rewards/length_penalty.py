"""The penalty for long answers: 0 up to a target length, then falling with every token to -1."""

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
    """One number per completion, from -1 to 0. Raises ValueError where tokens are counted and were not given."""
    if settings.unit == "characters":
        return [penalty(len(completion), settings) for completion in completions]
    if completion_ids is None:
        raise ValueError("reward.length counts tokens: score() needs completion_ids")
    return [penalty(len(ids), settings) for ids in completion_ids]
