"""A row as the record it becomes, in one call."""

from __future__ import annotations

from so8t_engine.config.run_config import Dataset, RunConfig
from so8t_engine.data import admission
from so8t_engine.data.adapters.parsed_row import Fields, Skip
from so8t_engine.data.admission import KeptRecord, Seen
from so8t_engine.sentences import Sentence


def record_of(
    config: RunConfig, row: Fields, *, dataset: Dataset | None = None, seen: Seen | None = None
) -> KeptRecord:
    """Of the configuration's first source, or of `dataset`. Raises Skip with the reason where it is left out."""
    of = dataset or config.datasets[0]
    [found] = admission.of_row(config, of, source=of.name, row=row, index={}, seen=seen or Seen())
    if isinstance(found, Sentence):
        raise Skip(found)
    return found
