"""A trace, a solution, a rationale as thinking sections: all is logic but paragraphs that plainly speak of another.

A paragraph speaks of a section if it begins with its name ("Safety:", "**倫理**") or with words that leave no doubt
("In practice, ..."). Everything else stays where it stood, in its own words.
"""

from __future__ import annotations

import re

from so8t_engine.data.record import SECTIONS

BEFORE = r"^[\s#*_>•【\[「(（-]*"
BEHIND = r"(?:】\s*[:：]?|[*_】\]」)）]*\s*[:：\n][*_]*)\s*"
# Section -> (what a heading calls it, how a paragraph about it begins).
PLAINLY = {
    "task": (
        r"(?:the )?task|(?:restating|understanding) the (?:task|question|problem)|課題|問題の理解",
        r"(?:we are|i am|i'm) asked to\b|the user (?:wants|asks|is asking)\b"
        r"|ユーザーは.{0,80}(?:求めて|尋ねて|知りたい)",
    ),
    "safety": (
        r"safety(?: check| considerations?)?|安全(?:性|面)?(?:の確認)?",
        r"this (?:request|question) (?:is|could be|may be|might be|would be) "
        r"(?:safe|unsafe|harmless|harmful|dangerous|illegal)\b"
        r"|nothing (?:here|in this|about (?:this|it)) is (?:harmful|dangerous|unsafe)\b"
        r"|この(?:質問|依頼|要求|お願い)(?:は|に).{0,20}(?:安全|危険|有害|違法|無害)|安全上",
    ),
    "logic": (r"logic|reasoning|論理|推論|考え方", r"(?!)"),
    "ethics": (
        r"ethics|ethical considerations?|倫理(?:面|的な(?:観点|配慮|考慮))?",
        r"ethically,|from an ethical (?:point of view|perspective)|倫理的に|倫理の面では",
    ),
    "practical": (
        r"practical(?: considerations?| notes?| advice)?|実用(?:面|性)?|実際面",
        r"in practice,|practically speaking,|実際には|実用上|実務では",
    ),
    "creative": (
        r"creativ(?:e|ity)(?: ideas?)?|発想|創造(?:性)?",
        r"another way to (?:look at|see) (?:it|this)\b|別の見方",
    ),
}
NAMED = {name: re.compile(f"{BEFORE}(?:{called}){BEHIND}", re.IGNORECASE) for name, (called, _) in PLAINLY.items()}
BEGINS = {name: re.compile(f"{BEFORE}(?:{opening})", re.IGNORECASE) for name, (_, opening) in PLAINLY.items()}
BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")


def split(trace: str, otherwise: str = "logic") -> dict[str, str]:
    """Section -> text, in the order of the sections; `otherwise`: where a paragraph belongs that speaks of none."""
    if not trace:
        return {}
    gap = "\n\n" if BLANK_LINES.search(trace) else "\n"
    parts = BLANK_LINES.split(trace) if gap == "\n\n" else trace.split("\n")
    paragraphs = [part.rstrip() for part in parts]  # code keeps its indentation
    found: dict[str, list[str]] = {}
    named: str | None = None  # a heading on a line of its own is about what follows
    for number, paragraph in enumerate(part for part in paragraphs if part):
        name, text = _section(paragraph, first=number == 0)
        if not text:
            named = name
            continue
        found.setdefault(name or named or otherwise, []).append(text)
        named = None
    if set(found) <= {otherwise}:
        return {otherwise: trace.strip()} if trace.strip() else {}
    return {name: gap.join(found[name]).strip() for name in SECTIONS if name in found}


def _section(paragraph: str, first: bool) -> tuple[str | None, str]:
    """(the section it speaks of, its text without a heading). What is asked is said at the beginning or nowhere."""
    for name, heading in NAMED.items():
        if (name != "task" or first) and (match := heading.match(paragraph + "\n")):
            return name, paragraph[match.end() :].strip()
    openings = (name for name, opening in BEGINS.items() if (name != "task" or first) and opening.match(paragraph))
    return next(openings, None), paragraph
