"""Each answer of a talk by itself, with all that was said before it: `turns: all` of a source.

A row is read once for each of its answers, up to that one, by the adapter that reads it whole: what holds of the last
answer (thought in front of it, calls of tools, placeholders) holds of the others.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable

from so8t_engine.data.adapters.parsed_row import Fields, Index, ParsedRow, Skip
from so8t_engine.data.adapters.talks.talk import ASSISTANT, CALL, Turns
from so8t_engine.sentences import Sentence

UP_TO = "\0up to answer"  # in the index: how many answers come before the one that is read


def earlier(
    read: Callable[[Fields, Index], ParsedRow], row: Fields, index: Index, whole: ParsedRow
) -> list[ParsedRow | Sentence]:
    """Those before the last one, which `whole` has, in their order; or why one is left out. `read`: as the row is.

    None of a talk that is judged bad, or has one gold answer: that is said of all, or of the last.
    """
    if whole.bad_answer is not None or whole.safety is not None:
        return []
    found: list[ParsedRow | Sentence] = []
    for number in range(sum(role == ASSISTANT for role, _ in whole.messages)):
        try:
            one = read(row, ChainMap({UP_TO: (str(number), "")}, index))  # type: ignore[arg-type] # only read
        except Skip as skip:
            found.append(skip.reason)
            continue
        if one.messages == whole.messages:
            break
        if one.answer is not None and one.answer == whole.answer:
            return []
        found.append(one)
    return found


def mark(index: Index) -> Index:
    """What it says of this and nothing else."""
    return {UP_TO: index[UP_TO]} if UP_TO in index else {}


def up_to(turns: Turns, index: Index) -> Turns:
    """The turns as far as the answer that is asked for; all where none is, or it is the last.

    What somebody goes on saying is no answer yet: another turn of theirs follows, or a call.
    """
    if UP_TO not in index:
        return turns
    following = [role for role, _ in turns[1:]] + [""]
    ends = [
        place
        for place, ((role, _), after) in enumerate(zip(turns, following, strict=True), 1)
        if role == ASSISTANT and after not in (ASSISTANT, CALL)
    ]
    number = int(index[UP_TO][0])
    return turns[: ends[number]] if number < len(ends) else turns
