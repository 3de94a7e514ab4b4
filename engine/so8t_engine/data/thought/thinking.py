"""The thinking format of a completion, rendered from sections or parsed into them, strictly.

`<think-task>...</think-task>`, then safety, logic, ethics, practical, creative, each at most once and in this order,
then exactly one `<final>...</final>`; nothing but white space outside. Only `<final>` is for the reader.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

from so8t_engine.data.record import SECTION_TAGS, SECTIONS, TAGS

FINAL = "final"
_NAMES = (*SECTION_TAGS, FINAL)
_TAG = re.compile("|".join(re.escape(tag) for tag in TAGS))
_HALF_TAG = re.compile(r"</?[a-z-]{0,17}\Z")
_BLOCK = re.compile(r"\s*<(?P<name>" + "|".join(_NAMES) + r")>(?P<body>.*?)</(?P=name)>", re.DOTALL)


class Sections(NamedTuple):
    """`final` and the thoughts by section name ("logic"); a section that is not there has no key."""

    final: str
    thoughts: Mapping[str, str]


def render(sections: Sections) -> str:
    """The whole assistant turn. Raises ValueError for an empty text, an unknown section or a tag inside a text."""
    final = _tagged(FINAL, sections.final)
    if not sections.thoughts:
        return final
    unknown = sections.thoughts.keys() - set(SECTIONS)
    if unknown:
        raise ValueError(f"no such section: {', '.join(sorted(unknown))}")
    thoughts = [_tagged(f"think-{name}", sections.thoughts[name]) for name in SECTIONS if name in sections.thoughts]
    return "\n".join([*thoughts, final])


def _tagged(name: str, text: str) -> str:
    bare = text.strip()
    if not bare or ("<" in bare and holds_tag(bare)):
        raise ValueError(f"the text of {name} is empty or holds a tag")
    return f"<{name}>{bare}</{name}>"


def holds_tag(text: str) -> bool:
    """Whether a tag of the format stands in it: no section has one inside."""
    return _TAG.search(text) is not None


def parse(completion: str) -> Sections | None:
    """The sections of a well-formed completion, stripped; None for anything else."""
    thoughts: dict[str, str] = {}
    final: str | None = None
    at, last = 0, -1
    while match := _BLOCK.match(completion, at):
        name, body = match["name"], match["body"].strip()
        order = _NAMES.index(name)
        if order <= last or not body or holds_tag(body):
            return None
        at, last = match.end(), order
        if name == FINAL:
            final = body
        else:
            thoughts[name.removeprefix("think-")] = body
    if final is None or completion[at:].strip():
        return None
    return Sections(final, thoughts)


def final_answer(completion: str, *, without_tag: Literal["nothing", "outside", "up to its end"]) -> str:
    """What the reader sees: the final section, or, of a malformed completion, what follows its last `<final>`.

    Where there is no `<final>` at all, readers differ on purpose, and `without_tag` says what is read:

    - "nothing": the rule-based rewards (rewards/scoring.py). An answer outside `<final>` earns nothing, or the policy
      would have no reason to write the tag.
    - "outside": grading (evaluate/grading.py), and whoever chats (chat/thinking_stream.py). The base model was never
      taught the tags, and its plain answer counts as much as the tuned model's final section; but of a thought that
      was cut off before its answer nothing is for the reader, whatever it says.
    - "up to its end": the reward model (rewards/reward_model.py), which must score something. All of it, too, but
      what follows a `</final>` was not meant for the reader.
    """
    sections = parse(completion)
    if sections is not None:
        return sections.final
    if "<final>" not in completion and without_tag != "up to its end":
        return _outside(completion) if without_tag == "outside" else ""
    return completion.rpartition("<final>")[2].partition("</final>")[0]


def _outside(completion: str) -> str:
    """What stands in no section; where there are some, half a tag at the end is none of it."""
    if holds_tag(completion):
        completion = _HALF_TAG.sub("", completion)
    said, at, inside = list[str](), 0, False
    for tag in _TAG.finditer(completion):
        said += [] if inside else [completion[at : tag.start()]]
        at, inside = tag.end(), not tag[0].startswith("</")
    return "".join(said if inside else [*said, completion[at:]])
