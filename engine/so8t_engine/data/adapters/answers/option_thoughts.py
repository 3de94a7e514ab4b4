"""The thought of a choice question, held against the option that is right: reasons, or what a model has answered.

Reasons that plainly come to another option are no thought. Of a model's answer the way is learnt where it comes to the
right one, and nothing where that is not plain. The right option is that of its own column either way.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from so8t_engine.data.adapters.answers import conclusions, left_overs, named_options, option_marks, traces, worked
from so8t_engine.data.adapters.parsed_row import LETTERS, Fields, Skip

WITH_LETTER = re.compile(r"\(?([A-J])\s*[).:：．]\s*(\S.*)")
BEGINS = re.compile(r"\s*\(?[A-Ja-j]\s*[).:,、。，．–—-]+\s*")
CIRCLED = re.compile(f"[{option_marks.CIRCLED}]")
KANA = re.compile(rf"(?<![ァ-ヶー・])[{option_marks.KANA}](?![ァ-ヶー・段行列音])")
SHORTEST = 20  # characters of reasons behind a letter


def reasons(
    thought: str | None, texts: Sequence[str], rights: Sequence[int], lettered: bool = True, doubted: bool = False
) -> str | None:
    """`lettered`: whether the options have the order that whoever wrote the reasons saw; `doubted`: whether these may
    be of another answer, so that they must name the right one first.
    """
    if not thought or left_overs.is_no_thought(thought):
        return None
    if doubted and len(rights) != 1:
        return None
    if len(rights) != 1 or [*conclusions.results(thought)] == [thought.rstrip()]:  # "A: a warm one": a note, no result
        return thought
    came_to = place(thought, texts, lettered)
    if came_to is None and doubted:
        return thought if _begins_with_right(thought, texts, rights[0]) else None
    return thought if came_to in (None, rights[0]) else None


def _begins_with_right(thought: str, texts: Sequence[str], right: int) -> bool:
    """Whether the right option is the first that is named, of those with a word of their own."""
    words = [text.strip(" .。").lower() for text in texts]
    if len(words[right]) < (3 if words[right].isascii() else 2) or not re.search(r"[^\W\d_]", words[right]):
        return False
    found = [re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", thought.lower()) for word in words if word]
    starts = {place[0]: place.start() for place in found if place is not None}
    return bool(starts) and starts.get(words[right]) == min(starts.values())


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
    results = conclusions.results(text.rstrip())
    if not results:
        return named_options.concluded(text, texts)
    found = {_place(result.strip(" *"), texts, lettered) for result in results}
    return found.pop() if len(found) == 1 else None


def _place(result: str, texts: Sequence[str], lettered: bool) -> int | None:
    with_letter = WITH_LETTER.fullmatch(result)
    for said in (result, with_letter[2] if with_letter is not None else ""):
        same = [number for number, text in enumerate(texts) if _bare(said) == _bare(text)] if said else []
        if len(same) == 1:
            return same[0]
    letter = conclusions.plain(result)
    number = option_marks.place(letter) if lettered and isinstance(letter, str) else None
    return number if number is not None and number < len(texts) else None


def relettered(
    thought: str,
    row: Fields,
    places: Sequence[str],
    right: object,
    count: int,
    texts: Sequence[str] = (),
    rights: Sequence[int] = (),
) -> str:
    """With A, B, C for the marks that options had before they were lettered: ①, ②, ③, ア, イ, ウ or 1, 2, 3."""
    if not places:
        return thought
    said = str(right).strip(" ()（）.．。番")
    thought = named_options.lettered(thought, texts, rights, said)
    if thought.isascii():
        return thought
    if any(map(thought.__contains__, option_marks.CIRCLED)) and any(
        option_marks.CIRCLED[0] in str(row.get(name)) or said in [*option_marks.CIRCLED] for name in places
    ):
        return _by_letters(CIRCLED, thought, count)
    of_kana = said in [*option_marks.KANA] or places[0].endswith(option_marks.KANA[0])
    return _by_letters(KANA, thought, count) if of_kana and KANA.search(thought) else thought


def _by_letters(marks: re.Pattern[str], thought: str, count: int) -> str:
    """Unchanged where a mark is of none of them: the thought counts something else."""
    named = [option_marks.place(mark) for mark in marks.findall(thought)]
    if any(number is None or number >= count for number in named):
        return thought
    return marks.sub(lambda match: LETTERS[option_marks.place(match[0]) or 0], thought)


def _bare(text: str) -> str:
    return conclusions.undressed(text).strip(" .。").casefold()
