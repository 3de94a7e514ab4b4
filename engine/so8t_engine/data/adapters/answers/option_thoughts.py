"""The thought of a choice question, held against the option that is right: reasons, or what a model has answered.

Reasons that plainly come to another option are no thought. Of a model's answer the way is learnt where it comes to the
right one, and nothing where that is not plain. The right option is that of its own column either way.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from so8t_engine.data.adapters.answers import conclusions, left_overs, traces, worked
from so8t_engine.data.adapters.parsed_row import LETTERS, Skip

WITH_LETTER = re.compile(r"\(?([A-J])\s*[).:：．]\s*(\S.*)")
BEGINS = re.compile(r"\s*\(?[A-Ja-j]\s*[).:,、。，．–—-]+\s*")
SHORTEST = 20  # characters of reasons behind a letter


def reasons(thought: str | None, texts: Sequence[str], rights: Sequence[int], lettered: bool = True) -> str | None:
    """`lettered`: whether the options have the order that whoever wrote the reasons saw."""
    if not thought or left_overs.is_no_thought(thought):
        return None
    if len(rights) != 1 or [*conclusions.results(thought)] == [thought.rstrip()]:  # "A: a warm one": a note, no result
        return thought
    return thought if place(thought, texts, lettered) in (None, rights[0]) else None


def of_answer(answer: object, texts: Sequence[str], rights: Sequence[int], lettered: bool = True) -> str | None:
    """How a model came to the right option; None where it came to another, or to that by no way."""
    if not isinstance(answer, str) or len(answer) <= conclusions.LONGEST_ALONE or len(rights) != 1:
        return None
    try:
        trace, final = traces.split(answer)
    except Skip:
        return None
    letter, right = LETTERS[rights[0]], texts[rights[0]]
    came_to, begins = place(final, texts, lettered), lettered and conclusions.begins_with(final, letter)
    if came_to != rights[0] and not (came_to is None and begins):
        return None
    if trace:
        return trace
    if came_to is None:
        behind = BEGINS.sub("", final, count=1).strip().removeprefix(right.strip()).lstrip(" .,:。、：–—-\n")
        return behind if len(behind) >= SHORTEST else None
    way = next((way for gold in (letter, right) if (way := worked.split(final, "", None, gold, None).way)), None)
    return way or final.strip()


def place(text: str, texts: Sequence[str], lettered: bool = True) -> int | None:
    """The option that a text marks as its result, from 0."""
    found = {_place(result.strip(" *"), texts, lettered) for result in conclusions.results(text.rstrip())}
    return found.pop() if len(found) == 1 else None


def _place(result: str, texts: Sequence[str], lettered: bool) -> int | None:
    with_letter = WITH_LETTER.fullmatch(result)
    for said in (result, with_letter[2] if with_letter is not None else ""):
        same = [number for number, text in enumerate(texts) if _bare(said) == _bare(text)] if said else []
        if len(same) == 1:
            return same[0]
    letter = conclusions.plain(result)
    number = LETTERS.find(letter) if lettered and isinstance(letter, str) else -1
    return number if 0 <= number < len(texts) else None


def _bare(text: str) -> str:
    return conclusions.undressed(text).strip(" .。").casefold()
