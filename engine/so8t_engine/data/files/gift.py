"""Questions in Moodle's GIFT format as rows: choices, short answers, numbers, true or false, pairs to be matched.

What explains the right answer is its thought. Free texts and ranges of numbers have no answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, NamedTuple

from so8t_engine.data.drop_reasons import TOO_LONG
from so8t_engine.data.files.row_readers import BadRow, RawRow, row, text_lines
from so8t_engine.sentences import Sentence

SIGNS = re.compile(r"(?m)^::|^\s*//|\{\s*(?:=|~|#|T(?:RUE)?\s*[#}]|F(?:ALSE)?\s*[#}])")
FEWEST = 2  # signs
ASIDE = re.compile(r"\s*(?://|\$CATEGORY\s*:)")
TITLE = re.compile(r"\s*::(?:.*?)::\s*", re.DOTALL)
FORMAT = re.compile(r"\s*\[(?:html|plain|moodle|markdown)\]\s*")
ESCAPED = re.compile(r"\\([~=#{}:\\])|\\n")
HIDDEN = 0xE000  # where signs are kept that end nothing
BLOCK = re.compile(r"\{([^{}]*)\}")
TRUTH = re.compile(r"(T|TRUE|F|FALSE)", re.IGNORECASE)
ITEM = re.compile(r"\s*([=~])\s*(?:%(-?[\d.]+)%)?([^=~]*)")
NUMBER = re.compile(r"\s*=?\s*(?:%100%)?\s*(-?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?)\s*(?::\s*[\d.]+)?\s*")
PAIR = re.compile(r"(.*?)\s*->\s*(.*)", re.DOTALL)
GAP = "____"
TRUE_FALSE = {True: ("True", "False"), False: ("正しい", "誤り")}
PRAISE = re.compile(
    r"(?i)(?:(?:yes|that['’]?s|that is|very|quite|absolutely|your answer is|it is)[, ]*)?"
    r"(?:correct|right|yes|well done|good(?: job)?|great|excellent|exactly|perfect|bravo|richtig|genau"
    r"|(?:その通り|正解|正しい)(?:です)?|よくできました)"
    r"(?:\s+answer)?[!.。！ ]*(?:\d+\s?% credit)?[.]?"
)
CLOSES = re.compile(r"[.,;:!?。、！？]*")
JAPANESE = re.compile(r"[ぁ-ヿ一-鿿]")


Line = tuple[int, str, Sentence | None]


class _Item(NamedTuple):
    """Of an answer: what it says, whether it is right, what is said of it."""

    text: str
    is_right: bool
    why: str


def is_one(text: str) -> bool:
    """Whether a text has questions in this format."""
    if len(SIGNS.findall(text)) < FEWEST:
        return False
    lines: list[Line] = [(at, line, None) for at, line in enumerate(text.splitlines(), 1)]
    asked = [read for _, found, problem in _questions(lines) if problem is None and (read := _read(found)) is not None]
    return any(read["answer"] for read in asked)


def rows(file: IO[bytes], limit: int, skip: int = 0) -> Iterator[RawRow | BadRow]:
    """A row for each question behind number `skip`."""
    number = 0
    for at, text, problem in _questions(text_lines(file, limit)):
        problem = problem or (TOO_LONG if len(text) > limit else None)
        found = _read(text) if problem is None else None
        if found is None and problem is None:
            continue  # a description
        number += 1
        if number <= skip:
            continue
        if problem is not None:
            yield BadRow(number, "line", at, problem)
        elif found is not None:
            yield row(found, number, "line", at)


def _questions(lines: Iterable[Line]) -> Iterator[Line]:
    """(its first line, its text, what is wrong with it) of each; an empty line ends it, but within its answers."""
    kept, first, depth = list[str](), 0, 0
    wrong: Sentence | None = None
    for at, text, problem in lines:
        first = at if not kept and wrong is None else first
        wrong = wrong or problem
        ends = (not text.strip() and problem is None and depth <= 0) or text.startswith("::")
        if ends and (kept or wrong):
            yield first, "\n".join(kept), wrong
            kept, first, depth, wrong = [], at, 0, None
        if text.strip() and not ASIDE.match(text):
            kept.append(ESCAPED.sub(_hide, text))
            depth += kept[-1].count("{") - kept[-1].count("}")
    if kept or wrong:
        yield first, "\n".join(kept), wrong


def _hide(escaped: re.Match[str]) -> str:
    return chr(HIDDEN + ord(escaped[1])) if escaped[1] else "\n"


def _shown(text: str) -> str:
    return "".join(chr(ord(one) - HIDDEN) if HIDDEN <= ord(one) < HIDDEN + 128 else one for one in text).strip()


def _read(text: str) -> dict[str, str] | None:
    """A question; None where nothing is asked."""
    text = FORMAT.sub("", TITLE.sub("", text, count=1), count=1)
    block = BLOCK.search(text)
    if block is None:
        return None
    ahead, behind = text[: block.start()].rstrip(), text[block.end() :].strip()
    inside, _, general = block[1].partition("####")
    found = _answered(_shown(_with_gap(ahead, behind)), inside.strip())
    return explained(found, _shown(general))


def explained(found: dict[str, str], general: str) -> dict[str, str]:
    """With what explains the answer, where there is one, and is more than praise."""
    whys = (found.pop("explanation", ""), general)
    reasons = "\n".join(why for why in whys if why and PRAISE.fullmatch(why) is None)
    return {**found, "explanation": reasons} if reasons and found["answer"] else found


def _with_gap(ahead: str, behind: str) -> str:
    """A question whose answers stand within it."""
    if not behind or (CLOSES.fullmatch(behind) and ahead.endswith(("?", "？", ":", "："))):
        return ahead
    between = "" if JAPANESE.search(ahead + behind) else " "
    return f"{ahead}{between}{GAP}{'' if CLOSES.fullmatch(behind[:1]) else between}{behind}"


def _answered(asked: str, inside: str) -> dict[str, str]:
    said, *whys = [part.strip() for part in inside.split("#")]
    if TRUTH.fullmatch(said):
        words = TRUE_FALSE[JAPANESE.search(asked) is None]
        behind = {"explanation": _shown(whys[1])} if len(whys) > 1 else {}
        return {"question": asked, "A": words[0], "B": words[1], "answer": "AB"[said[0] in "fF"], **behind}
    if inside.startswith("#"):
        first = re.split(r"(?<=\S)\s*[=~]", inside[1:].strip().lstrip("="), maxsplit=1)[0]
        number, _, why = first.partition("#")
        value = NUMBER.fullmatch(number)
        return {"question": asked, "answer": value[1] if value else "", "explanation": _shown(why)}
    items = [_item(found) for found in ITEM.finditer(inside)]
    pairs = [PAIR.fullmatch(item.text) for item in items]
    if len(pairs) > 1 and all(pairs):
        return matched(asked, [(pair[1], pair[2]) for pair in pairs if pair is not None])
    rights = [item for item in items if item.is_right]
    if not rights or not asked:
        return {"question": asked, "answer": ""}
    why = rights[0].why if len(rights) == 1 or len(rights) == len(items) else ""
    if len(rights) == len(items) and "~" not in inside:
        return {"question": asked, "answer": rights[0].text, "explanation": why}
    letters = {chr(ord("A") + at): item for at, item in enumerate(items)}
    options = {letter: item.text for letter, item in letters.items()}
    right = ",".join(letter for letter, item in letters.items() if item.is_right)
    return {"question": asked, **options, "answer": right, "explanation": why}


def _item(found: re.Match[str]) -> _Item:
    text, _, why = found[3].partition("#")
    is_right = float(found[2]) > 0 if found[2] else found[1] == "="
    return _Item(_shown(FORMAT.sub("", text)), is_right, _shown(FORMAT.sub("", why)))


def matched(asked: str, pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """What is to be matched with what, in another order than it is answered."""
    named = [one for one, _ in pairs if one]
    others = sorted({other for _, other in pairs})
    lines = "\n".join(f"- {one}" for one in named)
    answer = "\n".join(f"- {one} -> {other}" for one, other in pairs if one)
    return {"question": f"{asked}\n\n{lines}\n\n{' / '.join(others)}", "answer": answer}
