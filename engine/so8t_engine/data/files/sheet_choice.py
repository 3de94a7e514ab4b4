"""Which sheets of a workbook are read: those with rows to learn from, as with the files of a folder; or `sheet:`."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from so8t_engine.config.run_config import Dataset
from so8t_engine.data.adapters import choose_adapter
from so8t_engine.data.files import source_folder
from so8t_engine.data.files.row_readers import BadRow, RawRow
from so8t_engine.data.files.workbook import Sheet
from so8t_engine.errors import EngineError
from so8t_engine.sentences import Sentence, sentence

FirstRows = Callable[[Sheet], Iterator[RawRow | BadRow]]


def choose(
    path: Path, sheets: Sequence[Sheet], dataset: Dataset, rows: FirstRows
) -> tuple[list[Sheet], list[Sentence]]:
    """Of one workbook, and what is said of the others. Raises EngineError dataset_missing."""
    if dataset.sheet is not None:
        asked = dataset.sheet if isinstance(dataset.sheet, list) else [dataset.sheet]
        return list(dict.fromkeys(_asked(path, sheets, one) for one in asked)), []
    hidden = [sheet for sheet in sheets if sheet.hidden]
    visible = [sheet for sheet in sheets if not sheet.hidden] or hidden
    named = {path / sheet.name: sheet for sheet in visible}
    paths, notes = source_folder.by_names(path, list(named), dataset.model_copy(update={"config_name": None}))
    wanted = [named[one] for one in paths]
    left = [sheet for sheet in hidden if sheet not in visible]
    if len(wanted) > 1:
        first = {sheet: _first(sheet, rows) for sheet in wanted}
        wanted = [sheet for sheet in wanted if first[sheet] != {}] or wanted
        fitting = [sheet for sheet in wanted if fits(first[sheet], dataset)]
        left = [*(sheet for sheet in wanted if fitting and sheet not in fitting), *left]
        wanted = fitting or wanted
    if len(wanted) > 1:
        notes = [*notes, sentence("data.sheets_read", path=path, names=[sheet.name for sheet in wanted])]
    if left:
        names = [sheet.name for sheet in left]
        both = json.dumps([*(sheet.name for sheet in wanted if sheet not in left), names[0]], ensure_ascii=False)
        alone = json.dumps(names[0], ensure_ascii=False)
        more = {"count": len(left), "names": names, "first": alone, "both": both}
        notes = [*notes, Sentence("data.sheets_left_out", {"path": str(path), **more})]
    return wanted, notes


def _asked(path: Path, sheets: Sequence[Sheet], asked: str | int) -> Sheet:
    """By its name, else by its number from 1."""
    found = next((sheet for sheet in sheets if sheet.name == str(asked)), None)
    if found is None and isinstance(asked, int) and 0 < asked <= len(sheets):
        found = sheets[asked - 1]
    if found is None:
        names = [sheet.name for sheet in sheets]
        what = sentence("data.no_sheet_here", path=path, sheet=str(asked), sheets=names)
        raise EngineError("dataset_missing", what)
    return found


def _first(sheet: Sheet, rows: FirstRows) -> dict[str, object] | None:
    """The first row; {} of a sheet without any, None where its columns have no names."""
    try:
        good = (json.loads(row.text) for row in itertools.islice(rows(sheet), 50) if isinstance(row, RawRow))
        return next(good, {})
    except ValueError:
        return None


def fits(row: Mapping[str, object] | None, dataset: Dataset) -> bool:
    """Whether there is something to learn from rows as this one."""
    if not row:
        return False
    if dataset.columns is None:
        return choose_adapter.choose(dataset, row) is not None
    return set(choose_adapter.columns_of(dataset) or ()) <= row.keys()
