"""How many rows each source has, and what share of all it is: who adds some to a preset's sees how few they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from so8t_engine.config.file import DEMO
from so8t_engine.config.run_config import Dataset, RunConfig
from so8t_engine.data.files import local_files
from so8t_engine.data.files.local_files import Reading
from so8t_engine.data.files.row_readers import RawRow
from so8t_engine.data.first_rows import FirstRows
from so8t_engine.doctor.findings import Finding
from so8t_engine.errors import EngineError
from so8t_engine.sentences import Sentence, sentence

COUNTED = 16 << 20  # bytes of a source; the rows of a larger one are guessed


@dataclass(frozen=True)
class Rows:
    """Of one source; None where nobody knows before it is fetched."""

    count: int | None
    counted: bool = True


def check(config: RunConfig, looks: Sequence[FirstRows]) -> list[Finding]:
    """Of the sources that are learnt from, where there are several."""
    learnt = [look for look in looks if look.dataset.use == "train"]
    if len(learnt) < 2:
        return []
    rows = [_rows(config, look) for look in learnt]
    known = [each.count for each in rows if each.count is not None]
    total = sum(known) if len(known) == len(rows) else 0
    told = [_line(look.dataset, each, total) for look, each in zip(learnt, rows, strict=True)]
    if {_origin(look.dataset) == "doctor.of_yours" for look in learnt} == {True, False}:
        return [Finding("note", sentence("doctor.data_shares_beside_yours", sources=told))]
    return [Finding("ok", sentence("doctor.data_shares", sources=told))]


def _line(dataset: Dataset, rows: Rows, total: int) -> Sentence:
    names = {"source": dataset.name, "origin": Sentence(_origin(dataset))}
    if rows.count is None:
        return sentence("doctor.share_unknown", **names)
    code = "doctor.rows_counted" if rows.counted else "doctor.rows_guessed"
    count = Sentence(code, {"rows": rows.count})
    if not total:
        return sentence("doctor.share_of_rows_unknown", **names, rows=count)
    return sentence("doctor.share_of_rows", **names, rows=count, share=rows.count / total)


def _origin(dataset: Dataset) -> str:
    if dataset.source == "hub":
        return "doctor.of_the_hub"
    return "doctor.of_so8t" if dataset.path.startswith(DEMO) else "doctor.of_yours"


def _rows(config: RunConfig, look: FirstRows) -> Rows:
    dataset = look.dataset
    if look.whole:
        return Rows(look.rows)
    if dataset.source == "hub":
        return Rows(dataset.max_rows, counted=False)
    most = dataset.max_rows
    try:
        files = local_files.choose(dataset).files
        if sum({file.path: file.path.stat().st_size for file in files}.values()) > COUNTED:
            guess = max(look.rows, local_files.guess_rows(files))
            return Rows(min(guess, most or guess), counted=False)
        reading, limit = Reading.of(dataset), config.collect.max_line_bytes
        read = (item for file in files for item in local_files.read(file, limit, reading=reading))
        count = sum(isinstance(item, RawRow) for item in read)
    except (EngineError, OSError):  # its own step says what is wrong with the rest of it
        return Rows(look.rows, counted=False)
    return Rows(min(count, most or count))
