"""Who speaks in the talks of a source and is not known: the names, and the line that tells them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from so8t_engine.config.run_config import Dataset
from so8t_engine.data.adapters import row_mapping
from so8t_engine.data.adapters.parsed_row import Fields
from so8t_engine.data.adapters.talks import speakers, talk, turns_in_rows
from so8t_engine.sentences import Sentence, sentence

MOST = 5  # names that are shown; where there are more, one answers and all others ask
PLAIN = re.compile(r"[^\W\d][\w-]*")


def note(dataset: Dataset, rows: Sequence[Fields]) -> Sentence | None:
    """None where nobody is unknown whose talks would be read."""
    in_rows = turns_in_rows.speakers_of(rows, dataset.roles)
    said = in_rows or [(place, names) for row in rows for place, names in _talks(dataset, row)]
    places = Counter(place for place, names in said if any(_is_unknown(name, dataset) for name in names))
    place = max(places, key=lambda name: places[name], default=None)
    if place is None or 2 * places[place] < (len(said) if in_rows else len(rows)):
        return None
    talks = [names for at, names in said if at == place]
    count = Counter(name for names in talks for name in names if _is_unknown(name, dataset))
    first = Counter(names[0] for names in talks)
    names = [name for name, _ in count.most_common(MOST)]
    asks = [name for name in names if 2 * first[name] >= sum(name in one for one in talks)]
    answered = any(talk.ROLES.get(name.strip().lower()) == talk.ASSISTANT for one in talks for name in one)
    asks = names if answered else asks
    if not answered and len(asks) == len(names) > 1:  # each begins talks: somebody must answer
        asks = sorted(asks, key=lambda name: -first[name])[:-1]
    if len(count) > MOST and not answered:
        answers = next((name for name in names if name not in asks), names[-1])
        roles = [f"{_quoted(answers)}: assistant", f'"{talk.ALL_OTHERS}": user']
    elif len(count) > MOST:
        roles = [f'"{talk.ALL_OTHERS}": user']
    else:
        roles = [f"{_quoted(name)}: {talk.USER if name in asks else talk.ASSISTANT}" for name in names]
    line = f"roles: {{{', '.join(roles)}}}"
    return sentence("data.unknown_roles", column=place, count=len(count), names=names, line=line)


def _talks(dataset: Dataset, row: Fields) -> Iterator[tuple[str, list[str]]]:
    """(column, who speaks in it, one after another) of all that may be talks."""
    where = dataset.columns or row_mapping.mapping(row, dataset.roles)
    named = [where.messages, where.history, where.chosen, where.prompt] if where is not None else list(row)
    for place in named:
        value = talk.opened(row.get(place)) if place is not None else None
        is_question = where is not None and place == where.prompt  # which is asked as it is written
        is_answer = where is not None and place == where.chosen and (where.messages or where.prompt)  # Step 1: ...
        said = [] if is_question or is_answer else _of_text(value, dataset)
        names = _of_messages(value) if isinstance(value, list) else said
        if names:
            yield str(place), names


def _of_messages(value: list[Any]) -> list[str]:
    """Programs write turns in forms of their own, which say who speaks in other ways."""
    return [name for turn in value if (name := talk.name_of(turn)) is not None]


def _of_text(value: Any, dataset: Dataset) -> list[str]:
    if not isinstance(value, str) or not speakers.strangers(value, dataset.roles):
        return []
    return [] if speakers.talk_in(value, dataset.roles) else speakers.names(value)


def _is_unknown(name: str, dataset: Dataset) -> bool:
    return not {name, talk.ALL_OTHERS} & dataset.roles.keys() and name.strip(talk.AROUND).lower() not in talk.ROLES


def _quoted(name: str) -> str:
    return name if PLAIN.fullmatch(name) else f'"{name}"'
