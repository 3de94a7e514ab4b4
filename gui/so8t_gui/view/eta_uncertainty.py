"""How far off the remaining time may be: by how much the guesses of the end have differed lately."""

from __future__ import annotations

import math
from collections.abc import Sequence

FEWEST = 5  # guesses


def eta_uncertainty(ends: Sequence[float]) -> float | None:
    """Seconds either way, two standard deviations of `ends` (times of the end, as guessed one after the other).

    None while there are too few.
    """
    if len(ends) < FEWEST:
        return None
    mean = math.fsum(ends) / len(ends)  # by hand: `statistics` costs the tray two megabytes
    return 2 * math.sqrt(math.fsum((end - mean) ** 2 for end in ends) / len(ends))
