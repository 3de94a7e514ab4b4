"""An answer in its parts, also while it is still being written: the sections of the thinking, and the final one.

Lenient where the engine's own reader (data/thought/thinking.py) is strict: here a person looks at whatever was said.
No Qt.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

SECTIONS = ("task", "safety", "logic", "ethics", "practical", "creative")  # as data/record.py of the engine
FINAL = "final"
TAG = re.compile(rf"<(/?)(?:think-({'|'.join(SECTIONS)})|({FINAL}))>")
BEGUN = re.compile(r"</?[a-z-]{0,17}$")  # perhaps a tag, not yet whole


@dataclass(frozen=True)
class AnswerParts:
    """`sections` by name, in the order of their first words; `final`: what is for the reader.

    `tagged`: whether the answer itself says which that is.
    """

    sections: Mapping[str, str] = field(default_factory=dict)
    final: str = ""
    tagged: bool = False


def parts(text: str) -> AnswerParts:
    """Text outside of any section belongs to the final answer where nothing says `<final>`, else to nobody."""
    sections: dict[str, str] = {}
    final: str | None = None
    outside, at, here = "", 0, ""
    for tag in TAG.finditer(text):
        said, at = text[at : tag.start()], tag.end()
        final, outside = _put(sections, here, said, final, outside)
        here = "" if tag[1] else tag[2] or FINAL
        if here == FINAL:
            final = ""  # the last one is the answer
    final, outside = _put(sections, here, BEGUN.sub("", text[at:]), final, outside)
    thoughts = {name: body.strip() for name, body in sections.items() if body.strip()}
    return AnswerParts(thoughts, (outside if final is None else final).strip(), final is not None)


def _put(sections: dict[str, str], here: str, said: str, final: str | None, outside: str) -> tuple[str | None, str]:
    if here == FINAL:
        return (final or "") + said, outside
    if here:
        sections[here] = f"{sections[here]}\n{said}" if here in sections else said  # begun once more
        return final, outside
    return final, outside + said
