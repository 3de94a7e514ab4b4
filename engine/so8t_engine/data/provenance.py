"""The provenance of a source: where it came from, how many of its rows were kept or skipped, for which reasons."""

from __future__ import annotations

import dataclasses
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from so8t_engine.config.run_config import Dataset
from so8t_engine.data import drop_reasons
from so8t_engine.data.files import row_readers
from so8t_engine.data.files.row_readers import BadRow, Unit
from so8t_engine.errors import EngineError
from so8t_engine.sentences import Sentence, sentence, verbatim

EXAMPLES = 5
ENOUGH_ROWS = 100  # from here on the share of bad rows means something
EXAMPLE = re.compile(r"(?P<file>.+), (?P<unit>line|row|item) (?P<number>\d+): (?P<reason>.+)", re.DOTALL)


@dataclass(frozen=True)
class Provenance:
    """A value of `provenance.json`.

    `files`: name -> [bytes, sha256] of local files; `skipped`: reason -> rows; `examples`: the first skipped rows, as
    "FILE, line 3: REASON". Reasons and examples are English, see drop_reasons.py.
    """

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


def licences(collected: Path) -> dict[str, str | None]:
    """The licence of each source, as far as the configuration or the Hub says it, of a finished collected folder."""
    sources = json.loads((collected / "provenance.json").read_text(encoding="utf-8"))
    return {name: source.get("licence") for name, source in sources.items()}


def same_data(collected: Path, name: str) -> list[str]:
    """The other sources of a finished collected folder that were read from the same files, or from the same place."""
    sources = json.loads((collected / "provenance.json").read_text(encoding="utf-8"))

    def data(source: dict[str, Any]) -> object:
        files = sorted(sha for _, sha in (source.get("files") or {}).values())
        return files or [source.get(key) for key in ("path", "config_name", "split", "revision")]

    return [other for other, source in sources.items() if other != name and data(source) == data(sources[name])]


def with_kept(source: Provenance, kept: int) -> Provenance:
    return dataclasses.replace(source, kept=kept)


def with_bad(source: Provenance, file: str, bad: BadRow) -> Provenance:
    reason = str(bad.reason)
    skipped = source.skipped | {reason: source.skipped.get(reason, 0) + 1}
    examples = source.examples
    if len(examples) < EXAMPLES:
        examples = [*examples, f"{file}, {bad.place}: {reason}"]
    return dataclasses.replace(source, skipped=skipped, examples=examples)


def check(source: Provenance, max_bad_fraction: float, at_end: bool) -> None:
    """Raises EngineError dataset_bad with the first examples when too many rows are bad."""
    bad = source.seen - source.kept
    if not bad or not (at_end or source.seen >= ENOUGH_ROWS) or bad <= max_bad_fraction * source.seen:
        return
    raise EngineError(
        "dataset_bad",
        sentence(
            "data.too_many_bad_rows",
            path=source.path,
            bad=bad,
            rows=source.seen,
            limit=max_bad_fraction,
            examples=[_example(text) for text in source.examples],
        ),
    )


def summary(source: Provenance) -> Sentence:
    """How many rows were skipped and why, with the first of them; for a warning."""
    return sentence(
        "data.rows_skipped",
        name=source.name,
        skipped=source.seen - source.kept,
        rows=source.seen,
        reasons=drop_reasons.with_counts(source.skipped),
        examples=[_example(text) for text in source.examples],
    )


def _example(text: str) -> Sentence:
    """The sentence of an example as files hold it."""
    parts = EXAMPLE.fullmatch(text)
    if parts is None:
        return verbatim(text)
    place = row_readers.place(cast(Unit, parts["unit"]), int(parts["number"]))
    reason = drop_reasons.of_text(parts["reason"])
    return sentence("data.bad_row", file=parts["file"], place=place, reason=reason)
