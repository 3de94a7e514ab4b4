"""Places that `columns:` names and none of the first rows has: misspelt, or of another file."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

from so8t_engine.config.run_config import Dataset
from so8t_engine.data.adapters import choose_adapter, mapped
from so8t_engine.data.adapters.judged import user_labels, verdicts
from so8t_engine.data.adapters.parsed_row import Fields
from so8t_engine.sentences import Sentence, sentence

MOST_COLUMNS = 40  # that are named in one sentence
CODES = ("data.no_such_column", "data.no_such_column_but_near")


def notes(dataset: Dataset, rows: Sequence[Fields]) -> list[Sentence]:
    """One for each, in the order of the keys: which key, which name, which columns there are."""
    if dataset.columns is None or not rows:
        return []
    read = [*rows, *choose_adapter.as_read(dataset, rows).rows]
    columns = list(dict.fromkeys(name for row in read for name in row))
    return [_note(dataset, key, place, columns) for key, place in _named(dataset) if not _is_in(place, read)]


def _named(dataset: Dataset) -> Iterator[tuple[str, str]]:
    """(key, place): of a template each place in it, of several with commas each of them."""
    for key, value in dataset.columns.model_dump(exclude_none=True).items() if dataset.columns else ():
        places = mapped.PLACE.findall(value) or [value]
        for place in places:
            yield key, place


def _is_in(place: str, rows: Sequence[Fields]) -> bool:
    """Whether any row has it, as it stands or each of its parts between commas."""
    return any(_has(row, place) for row in rows) or (
        "," in place and all(any(_has(row, part.strip()) for row in rows) for part in place.split(","))
    )


def _has(row: Fields, place: str) -> bool:
    place = user_labels.column_of(row, place)
    each = verdicts.at(row, place) if "." in place else None
    if isinstance(each, list) and any(one is not None for one in each):
        return True
    try:
        mapped.at(row, place)
    except (LookupError, TypeError, ValueError):
        return False
    return True


def _note(dataset: Dataset, key: str, place: str, columns: list[str]) -> Sentence:
    plain = {name.casefold(): name for name in columns}
    near = difflib.get_close_matches(user_labels.column_of({}, place).casefold(), plain, n=1)
    about = {"path": dataset.path, "key": key, "place": place, "columns": columns[:MOST_COLUMNS]}
    if near:
        return sentence("data.no_such_column_but_near", **about, near=plain[near[0]])
    return sentence("data.no_such_column", **about)
