"""Options of a quiz with a box each, the right ones ticked: "- [x] Stop", "( ) Yield", "☑ 東京"; told as letters.

Only where most of what stands above such lists asks: the boxes of a list of things to do say what is done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from so8t_engine.data.files import question_headings, quiz_lines
from so8t_engine.sentences import Sentence

Line = tuple[int, str, Sentence | None]

FEWEST, MOST = 2, 10  # lists, and options of one; of these
ASKING = 2 / 3  # of the lists stand below what asks
BOX = re.compile(
    r"[ \t　]*(?:[-*+・•][ \t　]+|\d{1,2}[.)][ \t]+)?"
    r"(?:\[(?P<square>[ xX✓✔✗☓　]?)\]|[(（](?P<round>[ xX✓✔○●•　]?)[)）]"
    r"|(?P<sign>[☐☑☒✅⬜□■◻◼🔲🔳]))\ufe0f?[ \t　]*(?=\S)(?P<rest>.*)"
)
EMPTY = frozenset(("", " ", "　", "☐", "⬜", "□", "◻", "🔲"))
LETTERED = re.compile(r"[(（]?[A-Ja-j][.)）．][ \t　]*(?=\S)")
SAYS = re.compile(r"[ \t]*(?:\*\*)?[AＡ]\d{0,4}[.:：]")  # and asks no more
HASHES = re.compile(r"[ \t]*#{1,6}[ \t]+|(?<!\*)\*\*(?=[^*]+\*\*\s*$)")


def laid_out(lines: Sequence[Line]) -> list[Line]:
    """Lines with a letter for each box, and a line that names the ticked ones below them; as they are without such."""
    blocks = [*_blocks([text for _, text, _ in lines])]
    ticked = [block for block in blocks if _is_mixed([lines[at][1] for at in block])]
    above = {block[0]: _above(lines, block[0]) for block in ticked}
    asking = sum(start is not None and _asks(lines, start, block[0]) for block, start in
                 zip(ticked, above.values(), strict=True))  # fmt: skip
    if len(ticked) < FEWEST or asking < ASKING * len(blocks):
        return list(lines)
    boxes = {at for block in blocks for at in block}
    numbered = quiz_lines.style_of([text for at, (_, text, _) in enumerate(lines) if at not in boxes]) is not None
    heads = {} if numbered else {start: at for at, start in enumerate(above.values(), 1) if start is not None}
    lasts = {block[-1]: block for block in blocks}
    letters = {at: chr(ord("A") + place) for block in blocks for place, at in enumerate(block)}
    found = list[Line]()
    for at, (number, text, problem) in enumerate(lines):
        if at in heads:
            text = f"Q{heads[at]}. {HASHES.sub('', text).removesuffix('**')}"
        if at in letters:
            text = f"{letters[at]}) {LETTERED.sub('', _box(text)['rest'], count=1)}"
        found.append((number, text, problem))
        if at in lasts and (right := [letters[one] for one in lasts[at] if _is_ticked(lines[one][1])]):
            found += [(number, f"Answer: {','.join(right)}", None), (number, "", None)]
    return found


def _box(text: str) -> re.Match[str]:
    found = BOX.match(text)
    assert found is not None
    return found


def _is_ticked(text: str) -> bool:
    box = _box(text)
    return (box["sign"] or box["square"] or box["round"] or "") not in EMPTY


def _is_mixed(texts: Sequence[str]) -> bool:
    """Whether some are ticked and others not."""
    return len({*map(_is_ticked, texts)}) > 1


def _blocks(texts: Sequence[str]) -> Iterator[list[int]]:
    """The lines of each list of boxes; empty ones may stand between them."""
    block = list[int]()
    for at, text in enumerate(texts):
        if BOX.match(text):
            block.append(at)
        elif text.strip():
            if FEWEST <= len(block) <= MOST:
                yield block
            block = []
    if FEWEST <= len(block) <= MOST:
        yield block


def _above(lines: Sequence[Line], at: int) -> int | None:
    """Where the paragraph right above a list begins."""
    end = next((one for one in range(at - 1, -1, -1) if lines[one][1].strip()), None)
    if end is None or BOX.match(lines[end][1]):
        return None
    return next((one + 1 for one in range(end, -1, -1) if not lines[one][1].strip()), 0)


def _asks(lines: Sequence[Line], start: int, end: int) -> bool:
    """Whether one of these lines asks, or leaves a gap to be filled in."""
    texts = [HASHES.sub("", text).removesuffix("**").strip() for _, text, _ in lines[start:end]]
    if any(map(SAYS.match, texts)):
        return False
    return any(text.endswith(("…", "...")) or "__" in text or question_headings.asks(text) for text in texts)
