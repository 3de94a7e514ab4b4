"""Which thinking sections an answer uses, and which of them think: say more than the question and the final answer do.

An answer is well-formed without any section. So the report tells the three apart, and `reward.section_share` pays for
the last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from so8t_engine.data.record import SECTIONS, Example
from so8t_engine.data.thought import thinking
from so8t_engine.rewards import answer_matching, degenerate_text

NEW_WORDS = 2  # words that stand neither in the question nor in the final answer; one, where it is a number


@dataclass(frozen=True)
class SectionUse:
    """`used`: the sections of a well-formed answer; `thinks`: those that say more; both empty for any other answer."""

    well_formed: bool
    used: frozenset[str]
    thinks: frozenset[str]


def of(prompt: str, completion: str) -> SectionUse:
    parsed = thinking.parse(completion)
    if parsed is None:
        return SectionUse(False, frozenset(), frozenset())
    thinks = {name for name, text in parsed.thoughts.items() if says_more(text, prompt, parsed.final)}
    return SectionUse(True, frozenset(parsed.thoughts), frozenset(thinks))


def expected(example: Example) -> frozenset[str]:
    """The sections for which a record of its kind has evidence."""
    return of(example.prompt, example.completion).used


def says_more(text: str, prompt: str, final: str) -> bool:
    words = answer_matching.words
    new = set(words(text)) - set(words(prompt)) - set(words(final))
    enough = len(new) >= NEW_WORDS or any(word.isdigit() for word in new)
    return enough and degenerate_text.says_something(text)


def credit(example: Example, completion: str) -> float:
    """0 to 1: the share of the expected sections that are there and say more; 1 where none is expected."""
    wanted = expected(example)
    return len(of(example.prompt, completion).thinks & wanted) / len(wanted) if wanted else 1.0


def figures(uses: Sequence[SectionUse]) -> Mapping[str, object]:
    """Of some answers: shares of 0 to 1 by section, and how many sections an answer uses, in the mean."""
    count = max(1, len(uses))
    used = {name: sum(name in use.used for use in uses) / count for name in SECTIONS}
    thinks = {name: sum(name in use.thinks for use in uses) / count for name in SECTIONS}
    return {"used": used, "thinks": thinks, "sections": sum(used.values()), "thinking": sum(thinks.values())}
