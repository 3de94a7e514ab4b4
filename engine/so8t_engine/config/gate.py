"""The `gate` and `alpha` sections of a configuration: where rotation gates sit, and how strong they are when."""

from __future__ import annotations

import math
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, model_validator

from so8t_engine.config.types import Fraction, Misfit, Positive, Rate, Section
from so8t_engine.config.used_where import only, others
from so8t_engine.sentences import sentence

PHI_SQUARED_INVERSE = (3 - math.sqrt(5)) / 2  # phi^-2 = 0.381966..., phi the golden ratio


class Gate(Section):
    """SO(8) rotation gates on the outputs of `target_modules` in layers first..last (fractions of the depth)."""

    model_config = ConfigDict(json_schema_extra=others("enabled", "gate.enabled", is_in=[True]))

    enabled: bool = True
    mode: Literal["geodesic", "residual"] = "geodesic"
    target_modules: list[Literal["o_proj", "down_proj"]] = ["o_proj"]
    first: Fraction = 0.25
    last: Fraction = 0.75
    shared: bool = False
    learning_rate: Rate | None = None

    @model_validator(mode="after")
    def _band(self) -> Gate:
        if self.first > self.last:
            raise Misfit(sentence("config.empty_band", first=self.first, last=self.last), "first")
        if self.enabled and not self.target_modules:
            raise Misfit(sentence("config.no_gate_targets"), "target_modules")
        return self


class Adaptive(Section):
    """For `schedule: adaptive`: alpha stands still while the loss rises.

    `speed`: how many times as fast as a straight line it moves otherwise, so with 2 it can stand still for half of the
    time; `memory`: PPO iterations the smoothed loss is the mean of; `tolerance`: standard errors by which it must have
    risen.
    """

    speed: Annotated[float, Field(ge=1, le=100)] = 2.0
    memory: Annotated[int, Field(ge=2, le=1_000)] = 8
    tolerance: Annotated[float, Field(ge=0)] = 1.0


class Alpha(Section):
    """The gates' strength from `initial` to `final`, over all PPO updates where `annealing_steps` is not set."""

    schedule: Literal["sigmoid", "linear", "cosine", "exponential", "step", "adaptive"] = "sigmoid"
    initial: Fraction = 1.0
    final: Fraction = PHI_SQUARED_INVERSE
    annealing_steps: Positive | None = None
    adaptive: Annotated[Adaptive, only("alpha.schedule", is_in=["adaptive"])] = Adaptive()
