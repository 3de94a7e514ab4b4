"""What one source gave: where it came from, what was kept, and what was skipped for which reason."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any

from so8t_engine.config.run_config import Dataset
from so8t_engine.data.row_readers import Bad
from so8t_engine.errors import EngineError

EXAMPLES = 5
ENOUGH_ROWS = 100  # from here on the share of bad rows means something


@dataclass(frozen=True)
class Provenance:
    """A value of `provenance.json`. `files`: name -> [bytes, sha256] of local files; `skipped`: reason -> rows."""

    name: str
    source: str
    path: str
    use: str
    config_name: str | None = None
    split: str | None = None
    revision: str | None = None
    licence: str | None = None
    files: dict[str, list[Any]] = field(default_factory=dict)
    kept: int = 0
    skipped: dict[str, int] = field(default_factory=dict)
    examples: list[str] = field(default_factory=list)

    @property
    def seen(self) -> int:
        return self.kept + sum(self.skipped.values())


def begin(dataset: Dataset) -> Provenance:
    hub = dataset.source == "hub"
    return Provenance(
        name=dataset.name, source=dataset.source, path=dataset.path, use=dataset.use, licence=dataset.license,
        config_name=dataset.config_name if hub else None, split=dataset.split if hub else None,
    )  # fmt: skip


def with_row(known: Provenance) -> Provenance:
    return dataclasses.replace(known, kept=known.kept + 1)


def with_bad(known: Provenance, file: str, bad: Bad) -> Provenance:
    skipped = known.skipped | {bad.reason: known.skipped.get(bad.reason, 0) + 1}
    examples = [*known.examples, f"{file}, {bad.place}: {bad.reason}"][:EXAMPLES]
    return dataclasses.replace(known, skipped=skipped, examples=examples)


def check(known: Provenance, max_bad_fraction: float, at_end: bool) -> None:
    """Raises EngineError dataset_bad with the first examples when too many rows are bad."""
    bad = known.seen - known.kept
    if not bad or not (at_end or known.seen >= ENOUGH_ROWS) or bad <= max_bad_fraction * known.seen:
        return
    raise EngineError(
        "dataset_bad",
        f"In {known.path} {bad} of {known.seen} rows are bad, more than {max_bad_fraction:.1%}: "
        f"{'; '.join(known.examples)}.",
    )


def summary(known: Provenance) -> str:
    reasons = ", ".join(f"{count} {reason}" for reason, count in sorted(known.skipped.items()))
    skipped = known.seen - known.kept
    return f"{known.name}: {skipped} of {known.seen} rows were skipped ({reasons}); first: {'; '.join(known.examples)}."
