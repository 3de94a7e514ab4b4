"""Quizzes that schools and people write: 問1 with ア, イ, ウ and 解答 イ; "1. ..." with a), b), c), a key at the end.

A question is told by its number, or, where none has one, by its options. What explains the right answer is its thought;
a longer text above questions is what they are about.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, Literal

from so8t_engine.data.drop_reasons import TOO_LONG
from so8t_engine.data.files import answer_keys, footers, key_runs, quiz_boxes, quiz_lines, quiz_options
from so8t_engine.data.files.answer_keys import KeyEntry
from so8t_engine.data.files.quiz_lines import FEWEST, N
from so8t_engine.data.files.row_readers import BadRow, RawRow, row, text_lines
from so8t_engine.sentences import Sentence, sentence

MOST = 16 << 20  # bytes: all of it is held in memory
NEAREST = 12  # lines at the end of a question
ANSWERED = 2 / 3  # of the questions
CONTEXT = {True: 100, False: 50}  # characters from which on a text above questions belongs to them: ASCII, others

Kind = Literal["choice", "open"]
Line = tuple[int, str, Sentence | None]

BOLD_ALL = re.compile(r"(\*\*|__)([^*_\n]+)\1")
UP_TO = re.compile(
    rf"(?i)(?:問題?|設問|questions?)[ 　]*{N}[ 　]*(?:[-–—〜～~、,・]|から|to|and|と)[ 　]*(?:問題?)?({N})"
)


@dataclass
class _Numbered:
    """One that is being read; `at`: its first line. `part`: what its lines belong to now."""

    at: int
    number: str
    above: str
    asked: list[str]
    said: list[str] = field(default_factory=list)
    why: list[str] = field(default_factory=list)
    part: Literal["asked", "said", "why"] = "asked"
    problem: Sentence | None = None

    @property
    def lines(self) -> list[str]:
        return {"asked": self.asked, "said": self.said, "why": self.why}[self.part]

    @property
    def is_answered(self) -> bool:
        return any(map(str.strip, self.said))


def kind_of(text: str, tail: str = "") -> Kind | None:
    """Of a text, or of its beginning where it is long: `tail` then is its end, where its answers may be."""
    laid_out = quiz_boxes.laid_out([(at, line, None) for at, line in enumerate(text.splitlines(), 1)])
    lines = [line for _, line, _ in laid_out]
    style = quiz_lines.style_of(lines)
    if style is None and not any(map(quiz_lines.ANSWER.match, lines)):
        return None
    read = [item for item in _read([(at, line, None) for at, line in enumerate(lines, 1)]) if item.asked]
    chosen = [item for item in read if _options(item) is not None]
    answered = [item for item in read if item.is_answered or item in chosen]
    if len(read) < FEWEST or not (len(answered) >= FEWEST and len(answered) >= ANSWERED * len(read)):
        with_options = sum(bool(quiz_options.found("\n".join(item.asked))) for item in read)
        are_behind = not answered and answer_keys.count(tail.splitlines()) >= FEWEST
        return "choice" if are_behind and with_options >= max(FEWEST, ANSWERED * len(read)) else None
    if len(chosen) >= FEWEST and len(chosen) >= len(answered) / 2:
        return "choice"
    return "open" if style is not None and all(item.number for item in read) else None


def rows(file: IO[bytes], limit: int, skip: int, notice: Callable[[Sentence], None]) -> Iterator[RawRow | BadRow]:
    """A row for each question behind number `skip`. Raises ValueError with a Sentence where there is too much."""
    lines, size = list[Line](), 0
    for line in text_lines(file, limit):
        size += len(line[1]) + 1
        if size > MOST:
            raise ValueError(sentence("data.quiz_too_large", bytes=MOST))
        lines.append(line)
    for number, item in enumerate(_read(quiz_boxes.laid_out(lines), notice), 1):
        if number > skip:
            yield _row(item, number, limit)


def _row(item: _Numbered, number: int, limit: int) -> RawRow | BadRow:
    above = {"context": item.above} if item.above else {}
    asked, said, why = _joined(item.asked), _joined(item.said), _joined(item.why)
    if item.problem is None and len(asked) + len(said) + len(why) + len(item.above) > limit:
        item.problem = TOO_LONG
    if item.problem is not None:
        return BadRow(number, "line", item.at, item.problem)
    chosen = _options(item)
    if chosen is None and (not said or quiz_options.is_mark(said)) and (ways := quiz_options.found(asked)):
        chosen = ways[0], said, ""  # the right one of none
    if chosen is None:
        thought = {"explanation": why} if why else {}
        return row({**above, "question": asked, "answer": said, **thought}, number, "line", item.at)
    options, mark, rest = chosen
    reasons = "\n".join(filter(None, (rest, why)))
    texts = {"question": _joined([options.asked]), **quiz_options.columns(options.texts)}
    thought = {"explanation": reasons} if reasons else {}
    return row({**above, **texts, "answer": mark, **thought}, number, "line", item.at)


def _joined(lines: Sequence[str]) -> str:
    text = "\n".join(line.rstrip() for line in lines).strip(" \t　\n")
    bold = BOLD_ALL.fullmatch(text)
    return bold[2] if bold is not None else text


def _options(item: _Numbered) -> tuple[quiz_options.Options, str, str] | None:
    """(the options, the right one, what is said of it); None where the answer is none of any."""
    for found in quiz_options.found(_joined(item.asked)):
        said = _joined(item.said) or found.starred
        if said and found.asked and (named := quiz_options.right(said, found.texts)) is not None:
            return found, named[0].upper() if named[0].isascii() else named[0], named[1]
    return None


def _read(lines: Sequence[Line], notice: Callable[[Sentence], None] = lambda _: None) -> list[_Numbered]:
    texts = [text for _, text, _ in lines]
    style = quiz_lines.style_of(texts)
    asked = sum(style.match(text) is not None for text in texts) if style is not None else 0
    texts = key_runs.laid_out(texts, answer_keys.KEY, answer_keys.KEY_AHEAD, asked)
    keys = [*answer_keys.begins(texts, style)] or [answer_keys.begins_without_heading(texts)]
    ends = [*(answer_keys.end(texts, style, key, other) for key, other in itertools.pairwise(keys)), len(lines)]
    found, start = list[_Numbered](), 0
    for key, end in zip(keys, ends, strict=True):
        if start >= end:
            continue
        part = [*_with_what_goes_on(_asked(lines[start:key], style))]
        _answer(part, [*answer_keys.entries(texts[key:end])])
        found, start = [*found, *part], end
    for item in found[:-1]:
        item.lines[:] = footers.without_pages(item.asked[:1], item.lines)
    if found:
        closed = footers.parted(found[-1].asked, found[-1].lines, 0)
        found[-1].lines[:] = closed.lines
        if closed.footer:
            notice(sentence("data.footer_left", lines=closed.footer))
    return found


def _with_what_goes_on(items: Iterator[_Numbered]) -> Iterator[_Numbered]:
    """Those that are numbered or have options; what stands between these belongs to what is above it."""
    last: _Numbered | None = None
    for item in items:
        if item.number or item.problem is not None or quiz_options.found(_joined(item.asked)):
            if last is not None:
                yield last
            last = item
        elif last is not None:
            last.lines.extend(["", *item.asked, *item.said, *item.why])
    if last is not None:
        yield last


def _answer(found: Sequence[_Numbered], entries: Sequence[KeyEntry]) -> None:
    """The entries of a key to their questions: by number, or in their order where numbers begin anew."""
    answers = [entry for entry in entries if entry.said]
    numbers = [item.number for item in found]
    in_order = len(set(numbers)) < len(numbers) and [entry.number for entry in answers] == numbers
    if in_order:
        for item, entry in zip(found, answers, strict=True):
            _take(item, entry)
        return
    once = {number for number, count in Counter(numbers).items() if count == 1}
    once -= {number for number, count in Counter(entry.number for entry in answers).items() if count > 1}
    by_number = {item.number: item for item in found if item.number in once}
    for entry in entries:
        if entry.number in by_number:
            _take(by_number[entry.number], entry)


def _take(item: _Numbered, entry: KeyEntry) -> None:
    if entry.said and not item.is_answered:
        item.said = [*entry.said]
    item.why += entry.why
    item.part = "why" if entry.why else "said"


def _asked(lines: Sequence[Line], style: re.Pattern[str] | None) -> Iterator[_Numbered]:
    """The questions above a key."""
    item: _Numbered | None = None
    above, context, is_gap = list[str](), "", False
    for at, text, problem in lines:
        if problem is not None:
            if item is not None and item.is_answered:
                yield item
                item = None
            item = item or _Numbered(at, "", "", [])
            item.problem = item.problem or problem
            continue
        if not text.strip():
            is_gap = True
            (above if item is None else item.lines).append("")
            continue
        asks = style.match(text) if style is not None else None
        begins = asks is not None or (style is None and _begins_unnumbered(item, text, is_gap))
        if begins or (item is not None and _ends(item, text, is_gap)):
            if item is not None:
                yield item
                above = []
            item = None
        if begins:
            number = quiz_lines.number(asks["number"] or asks.groupdict().get("nth") or "") if asks is not None else ""
            rest = asks["rest"].removesuffix(asks["bold"] or "\0") if asks is not None else text
            context = _context(above) if any(map(str.strip, above)) else _goes_on(context, number)
            item = _Numbered(at, number, context, [rest])
        elif item is None and quiz_lines.SECTION.fullmatch(text):
            above, context = [], ""
        elif item is None:
            above.append(text)
        else:
            _hear(item, text)
        is_gap = False
    if item is not None:
        yield item


def _begins_unnumbered(item: _Numbered | None, text: str, is_gap: bool) -> bool:
    if quiz_lines.SECTION.fullmatch(text) or quiz_lines.ANSWER.match(text) or quiz_lines.WHY.match(text):
        return False
    return item is None or (is_gap and item.is_answered)


def _ends(item: _Numbered, text: str, is_gap: bool) -> bool:
    """Whether a line behind a question is no part of that: the next section, what the next questions are about."""
    if quiz_lines.ANSWER.match(text) or quiz_lines.WHY.match(text):
        return False
    if quiz_lines.SECTION.fullmatch(text):
        return True
    if not is_gap:
        return False
    if quiz_lines.READS.search(text):
        return True
    if item.part == "said":
        return item.is_answered
    near = item.asked[-NEAREST:] if item.part == "asked" else []
    options = quiz_options.found(_joined(near))
    return bool(options) and quiz_options.found(_joined([*near, text]))[0].texts.keys() == options[0].texts.keys()


def _hear(item: _Numbered, text: str) -> None:
    answer = quiz_lines.ANSWER.match(text) if not item.is_answered else None
    why = quiz_lines.WHY.match(text) if answer is None else None
    if answer is not None:
        said, reasons = quiz_lines.split(answer["rest"])
        item.said, item.part = [said], "said"
        if reasons:
            item.why, item.part = reasons, "why"
    elif why is not None and (item.is_answered or item.part != "said"):
        item.why, item.part = [*item.why, why["rest"]], "why"
    else:
        item.lines.append(text)


def _context(above: Sequence[str]) -> str:
    """What stands above a question, where that is more than a heading or a word on how to answer."""
    text = _joined(above)
    return text if len(text) >= CONTEXT[text.isascii()] else ""


def _goes_on(context: str, number: str) -> str:
    """What the question before this one was about, unless that says up to which question."""
    last = UP_TO.search(context)
    return "" if last is not None and number.isdecimal() and int(number) > int(quiz_lines.number(last[1])) else context
