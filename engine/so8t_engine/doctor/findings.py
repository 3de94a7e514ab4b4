"""What the environment check says: one finding per thing it looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from so8t_engine import sentences
from so8t_engine.sentences import Sentence, in_turn

UNSEEN = ("doctor.not_looked_at", "doctor.data_too_large")


@dataclass(frozen=True)
class Finding:
    """`what` is missing or there, `why` it matters, what to `change`. `note`: good to know, or not looked at, which
    `why` says then."""

    level: Literal["error", "warning", "note", "ok"]
    what: Sentence
    why: Sentence | None = None
    change: Sentence | None = None

    @property
    def what_and_why(self) -> Sentence:
        return in_turn(*(part for part in (self.what, self.why) if part is not None))

    @property
    def unseen(self) -> bool:
        """Whether it says that something was not looked at."""
        return self.why is not None and self.why.code in UNSEEN

    @property
    def whole(self) -> Sentence:
        return in_turn(*(part for part in (self.what, self.why, self.change) if part is not None))


def to_json(finding: Finding) -> dict[str, Any]:
    """`level`, and `what`, `why` and `change` as sentences (sentences.to_json) or null."""
    parts = {"what": finding.what, "why": finding.why, "change": finding.change}
    return {"level": finding.level} | {
        name: None if part is None else sentences.to_json(part) for name, part in parts.items()
    }


def errors(findings: list[Finding]) -> list[Finding]:
    """Those that a run should not start with."""
    return [finding for finding in findings if finding.level == "error"]
