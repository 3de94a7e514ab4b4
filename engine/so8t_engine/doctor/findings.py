"""What the environment check says: one finding per thing it looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Finding:
    """`what` is missing or found, `why` it matters, what to `change`: sentences for the user."""

    level: Literal["error", "warning", "ok"]
    what: str
    why: str = ""
    change: str = ""
