"""Cards of notes in Markdown, as Obsidian's spaced repetition has them: "front::back", or "?" in a line between both;
its callouts that ask: "> [!question] front" with the back quoted below.

Only where most lines are of such cards, and most fronts of several words: fields of notes ("status:: done") and names
of programs (std::sort) have the same sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import IO, NamedTuple

from so8t_engine.data.drop_reasons import TOO_LONG
from so8t_engine.data.files.row_readers import BadRow, RawRow, row, text_lines
from so8t_engine.sentences import Sentence

FEWEST, MOST_OF = 3, 2 / 3  # cards; share of the lines that are of one
WORDS, LONGEST_BARE = 3, 3  # of a front that says something; characters of one without spaces that says nothing
CARD = re.compile(
    r"[ \t]*(?:[-*+][ \t]+|\d{1,4}[.)][ \t]+)?(?P<front>[^:\s].*?[^:])(?P<sign>:::?)(?!:)(?P<back>.*\S.*)"
)
CALLOUT = re.compile(r"(?i)[ \t]*>[ \t]*\[!(?:question|faq|help|frage|flashcard)\][-+]?[ \t]*(?P<front>.*\S)")
QUOTED, INNER = re.compile(r"(?:[ \t]*>)+[ \t]?"), re.compile(r"(?:[ \t]*>)+[ \t]*\[![\w-]+\].*")
BETWEEN = re.compile(r"[ \t]*\?{1,2}[ \t]*")
SCHEDULED = re.compile(r"\s*<!--SR:.*?-->")
TAGGED = re.compile(r"\s*#(?:flash)?cards?(?:/[\w/-]+)?\s*$")
HEADING = re.compile(r"[ \t]*(?:#{1,6}[ \t].*|#[\w/-]+(?:[ \t]+#[\w/-]+)*[ \t]*|[-=*_]{3,}[ \t]*)")
FENCE, AROUND = re.compile(r"[ \t]*(?:```|~~~)"), "---"

Line = tuple[int, str, Sentence | None]


class _Card(NamedTuple):
    at: int
    front: str
    back: str
    problem: Sentence | None = None
    lines: int = 1
    is_told: bool = False  # by a word that it asks


def is_one(text: str) -> bool:
    """Whether most of a text, or of its beginning, is cards."""
    lines = [(at, line, None) for at, line in enumerate(text.splitlines(), 1)]
    cards = [*_cards(lines, len(text))]
    plain = sum(len(block) for block in _blocks(lines, len(text)))
    told = sum(_says_something(card.front) for card in cards)
    fewest = FEWEST - all(card.is_told for card in cards)
    return len(cards) >= fewest and 2 * told >= len(cards) and sum(c.lines for c in cards) >= MOST_OF * plain


def rows(file: IO[bytes], limit: int, skip: int = 0) -> Iterator[RawRow | BadRow]:
    """A row for each card behind number `skip`."""
    for number, card in enumerate(_cards(text_lines(file, limit), limit), 1):
        if number <= skip:
            continue
        if card.problem is not None:
            yield BadRow(number, "line", card.at, card.problem)
        else:
            yield row({"question": card.front, "answer": card.back}, number, "line", card.at)


def _says_something(front: str) -> bool:
    bare = len(front.split()) == 1
    return len(front.split()) >= WORDS or front.endswith(("?", "？")) or (
        bare and not front.isascii() and len(front) > LONGEST_BARE
    )  # fmt: skip


def _cards(lines: Iterable[Line], limit: int) -> Iterator[_Card]:
    for block in _blocks(lines, limit):
        problem = next((problem for _, _, problem in block if problem is not None), None)
        if problem is not None:
            yield _Card(block[0][0], "", "", problem)
            continue
        texts = [text for _, text, _ in block]
        if (asks := CALLOUT.fullmatch(texts[0])) is not None:
            back = "\n".join(QUOTED.sub("", text, count=1) for text in texts[1:] if not INNER.fullmatch(text))
            yield _Card(block[0][0], asks["front"], back.strip(), lines=len(texts), is_told=True)
            continue
        between = next((at for at, text in enumerate(texts) if BETWEEN.fullmatch(text)), 0)
        if 0 < between < len(texts) - 1:
            front, back = "\n".join(texts[:between]), "\n".join(texts[between + 1 :])
            yield _Card(block[0][0], TAGGED.sub("", front).strip(), back.strip(), lines=len(texts))
            continue
        for at, text, _ in block:
            if found := CARD.fullmatch(text):
                yield _Card(at, found["front"].strip(), TAGGED.sub("", found["back"]).strip())


def _blocks(lines: Iterable[Line], limit: int) -> Iterator[list[Line]]:
    """The lines between empty ones and headings, without code, what a file says of itself, and when to repeat."""
    block, size = list[Line](), 0
    fenced = ahead = False
    for at, text, problem in lines:
        ahead = text.strip() == AROUND if at == 1 else ahead and text.strip() != AROUND
        fenced = fenced != (FENCE.match(text) is not None)
        text = SCHEDULED.sub("", text).rstrip()
        if problem is None and (ahead or fenced or not text or HEADING.fullmatch(text) or FENCE.match(text)):
            if block:
                yield block
            block, size = [], 0
            continue
        size += len(text)
        block.append((at, text, problem))
        if size > limit:
            block = [(block[0][0], "", TOO_LONG)]
    if block:
        yield block
