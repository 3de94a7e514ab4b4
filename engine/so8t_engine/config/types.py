"""What the sections of a configuration have in common: unknown keys refused, values fixed, the usual ranges."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from so8t_engine.sentences import Sentence

Fraction = Annotated[float, Field(ge=0, le=1)]
Positive = Annotated[int, Field(ge=1)]
Rate = Annotated[float, Field(gt=0, lt=1)]
Category = Literal["maths", "choice", "code", "chat", "safety"]


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Misfit(ValueError):
    """Raised by a section whose keys do not fit each other: what is wrong, and at which of its keys to mend it."""

    def __init__(self, what: Sentence, *at: str) -> None:
        super().__init__(what)
        self.at = at
