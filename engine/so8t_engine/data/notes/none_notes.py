"""Answers left out because they are a word for none: which, in how many rows, and the line that learns them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from so8t_engine.config.run_config import Columns, Dataset
from so8t_engine.data.adapters import mapped
from so8t_engine.data.adapters.answers import left_overs, words_for_none
from so8t_engine.data.adapters.parsed_row import OTHER_SHAPES, Fields, Skip
from so8t_engine.data.adapters.talks import talk
from so8t_engine.sentences import Sentence, sentence

MOST = 5  # words that are shown
MAY_BE = (
    left_overs.OF_CODE | left_overs.NO_ANSWER_OR | {"n/a", "nan"}
)  # of those in left_overs.NONE few ever are answers


def note(dataset: Dataset, rows: Sequence[Fields], where: Columns) -> Sentence | None:
    """None where there are no such answers."""
    found = Counter(word for word in _left_out(rows, where) if word not in dataset.labels.values())
    if not found:
        return None
    words = [word for word, _ in found.most_common(MOST)]
    line = words_for_none.line(dataset.labels, words)
    return sentence("data.words_for_none", column=where.response, count=found.total(), words=words, line=line)


def _left_out(rows: Sequence[Fields], where: Columns) -> Iterator[str]:
    if where.response is None or where.prompt is None:
        return
    for row in rows:
        said = row.get(where.response)
        word = said.strip() if isinstance(said, str) and len(said) <= words_for_none.LONGEST else ""
        if not word or word in words_for_none.NEVER or word in words_for_none.PLACEHOLDERS:
            continue
        try:
            asked = talk.words(mapped.at(row, where.prompt)).strip()
        except (Skip, *OTHER_SHAPES):
            continue
        is_none = word in words_for_none.NO_VALUE or (word.lower() in MAY_BE and left_overs.is_none(asked, word))
        if asked and is_none and not words_for_none.is_asked_for(asked, word):
            yield word
