"""The axes of the plot: what stands at their ticks."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pyqtgraph as pg

from so8t_engine import numerals

FLAT = 1e-9  # above one, of what rounding adds


class AlphaAxis(pg.AxisItem):  # type: ignore[misc]
    """What stands above one is room for names."""

    def tickValues(self, least: float, most: float, size: float) -> list[tuple[float, list[float]]]:
        levels: list[tuple[float, list[float]]] = super().tickValues(least, most, size)
        return [(step, [value for value in values if value <= 1 + FLAT]) for step, values in levels]


class ValueAxis(pg.AxisItem):  # type: ignore[misc]
    """`share`: its values are shares of one, shown in percent."""

    share = False

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        if not self.share:
            return list(super().tickStrings(values, scale, spacing))
        digits = max(0, -math.floor(math.log10(100 * spacing))) if spacing > 0 else 0
        return [numerals.percent(value, digits) for value in values]


class UpdatesAxis(pg.AxisItem):  # type: ignore[misc]
    """`whole`: it counts updates, of which there are no parts."""

    whole = True

    def tickSpacing(self, least: float, most: float, size: float) -> list[tuple[float, float]]:
        wanted: list[tuple[float, float]] = super().tickSpacing(least, most, size)
        if not self.whole:
            return wanted
        return [pair for pair in wanted if pair[0] == round(pair[0])] or [(1.0, 0.0)]
