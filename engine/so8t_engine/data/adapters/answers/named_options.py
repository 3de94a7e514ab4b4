"""Options that a thought calls by their words or by their numbers: "Therefore Jupiter is the right answer.", よって3。

A mention is no conclusion: only a last sentence that names one option alone, and says nothing else, is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from so8t_engine.data.adapters.answers import closings
from so8t_engine.data.adapters.parsed_row import LETTERS

TAIL, LONGEST = 240, 80  # characters: where a thought concludes, of an option that is looked for there
FIRST = 0xE000  # stands for the first option in a sentence
SENTENCES = re.compile(r"(?<=[.!?])\s+|[。！？\n]+")
SO, SO_JA = rf"(?:and\s+|but\s+)?{closings.SO},?\s+(?:that\s+)?", rf"(?:{'|'.join(closings.SO_JA)})[、,]?\s*"
X, RIGHT = r"[\"“'(]*(?:the\s+|an?\s+)?[\"“'(]*X[\"”')]*", closings.RIGHT
IS = r"(?:['’]s| is| was| must be| has to be| can only be)(?: therefore| thus| clearly| indeed)*"
CONCLUDES = (
    re.compile(
        rf"{SO}(?:(?:it|this|that){IS}\s+|(?:that|this|which)?\s*(?:only\s+)?leaves\s+(?:only\s+)?"
        rf"|(?:we|i) (?:choose|pick|select)\s+)?{X}(?: it is| remains| is left)?"
        rf"|(?:{SO}|.*[,;:]\s+)?(?:only\s+)?{X}{IS} the (?:only )?{RIGHT} (?:answer|option|choice|one)"
        rf"|(?:{SO}|.*[,;:]\s+)?the {RIGHT} (?:option|choice|one){IS}:?\s+{X}"
        rf"|{SO}the (?:option|choice){IS}\s+{X}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:{SO_JA}|.*、)?(?:正解|正答|答え)は[、]?[「『]?X[」』]?(?:です|である|だ|となる|となります|になる|になります)?"
        rf"|(?:{SO_JA}|.*、)?[「『]?X[」』]?(?:が|こそ)(?:正解|正答|答え)(?:です|である|だ|となる|となります|になる|になります)?"
        rf"|{SO_JA}[「『]?X[」』]?(?:です|である|だ|となる|となります|になる|になります|を選ぶ|を選びます|が残る"
        r"|が当てはまる|が該当する)?"
    ),
)
LEADS = ("so ", "so,", "thus", "therefore", "hence", "consequently", "right", "correct", "best", "正解", "正答", "答え")
SUPPOSES = re.compile(r"(?i)\b(?:if|unless|would|might|were|some|many|often)\b|もし|なら|場合|思われ|と思")
DIGIT = re.compile(r"([1-9１-９])(?<![\d０-９.．,，第].)(?![\d０-９%％]|[.．,，/](?=[\d０-９]))番?")
NAMES = ("option", "choice", "answer", "選択肢", "答", "正", "誤", "適切", "間違", "当ては", "該当", *closings.SO_JA)
AROUND = 28  # characters before and behind one that are looked at
ENGLISH_AHEAD = re.compile(
    r"(?i)\b(?:option|choice|answer(?: is| must be|:)|(?:option|choice) is)\s+(?:number |no\. ?)?\(?\Z"
)
ENGLISH_BEHIND = re.compile(
    r"(?!\w|\s+(?!(?:is|was|and|or|because|as|since|can|cannot|does|would|has|fits)\b)[a-z%°])", re.IGNORECASE
)
CALLED_AHEAD = re.compile(r"(?:選択肢|(?:正解|正答|答え?|解答)(?:は|が|:|：)[、,]?)[ 　]*[「（(]?\Z")
CALLED_BEHIND = re.compile(r"(?:[」）)。、\sはがもとを]|\Z|です|である|だ|となる)")
SO_AHEAD = re.compile(rf"{SO_JA}[「（(]?\Z")
SO_BEHIND = re.compile(
    r"[」）)]?(?:です|である|だ|となる|となります|が(?:正しい|正解|適切|答え)(?:です|である|だ|となる)?"
    r"|を選(?:ぶ|びます))?(?:[。\n]|\Z)"
)
JUDGED_BEHIND = re.compile(r"[はがも](?:正し|正解|誤|適切|不適切|間違|当ては|該当)")


def concluded(thought: str, texts: Sequence[str]) -> int | None:
    """The option, from 0, that the last sentence of a thought concludes with by its own words."""
    tail = thought.rstrip()[-TAIL:]
    lower = tail.lower()
    if not any(map(lower.__contains__, LEADS)) and not any(map(lower.__contains__, closings.SO_JA)):
        return None
    places = {_bare(text).lower(): number for number, text in enumerate(texts) if _is_looked_for(_bare(text))}
    if len(places) < len(texts):
        return None
    marked = tail
    for word in sorted(places, key=len, reverse=True):
        marked = _marked(marked, word, chr(FIRST + places[word]))
    last = next((part for part in reversed(SENTENCES.split(marked)) if part.strip()), "").strip().rstrip(".!")
    found = [one for one in last if FIRST <= ord(one) < FIRST + len(texts)]
    if len(found) != 1 or SUPPOSES.search(last):
        return None
    if not any(pattern.fullmatch(last.replace(found[0], "X")) for pattern in CONCLUDES):
        return None
    return ord(found[0]) - FIRST


def _marked(text: str, word: str, mark: str) -> str:
    """With a mark for each place of a word, as far as it is one there."""
    return re.sub(rf"(?<![a-z]){re.escape(word)}(?![a-z])", mark, text, flags=re.IGNORECASE)


def _bare(text: str) -> str:
    return re.sub(r"^(?:the|an?)\s+", "", text.strip(' .。"“”「」'), flags=re.IGNORECASE)


def _is_looked_for(word: str) -> bool:
    """Not of numbers and single letters, which a sentence may hold for other reasons."""
    return 1 < len(word) <= LONGEST and re.search(r"[^\W\d_]{2}|[^\x00-\x7f]", word) is not None


def lettered(thought: str, texts: Sequence[str], rights: Sequence[int], said: str) -> str:
    """With A, B, C for numbers by which a thought calls options that count from 1; `said`: what names the right one.

    Unchanged where a number may be of what an option says, or where it is not known from what they count.
    """
    if len(rights) != 1 or not any(map(thought.lower().__contains__, NAMES)) or not (found := _named(thought)):
        return thought
    numbers = [int(digit[1]) for digit in found]
    counts_from_1 = said.isdecimal() and int(said) == rights[0] + 1
    if not (counts_from_1 or (not said.isdecimal() and numbers[-1] == rights[0] + 1)):
        return thought
    of_texts = {int(number) for text in texts for number in re.findall(r"\d+", text)}
    if max(numbers) > len(texts) or of_texts.intersection(numbers):
        return thought
    places = {digit.start() for digit in found}
    return DIGIT.sub(lambda digit: LETTERS[int(digit[1]) - 1] if digit.start() in places else digit[0], thought)


def _named(thought: str) -> list[re.Match[str]]:
    """The digits of a thought that call options."""
    return [digit for digit in DIGIT.finditer(thought) if _calls(thought, digit.start(), digit.end())]


def _calls(thought: str, start: int, end: int) -> bool:
    ahead, behind = thought[max(0, start - AROUND) : start], thought[end : end + AROUND]
    if ENGLISH_AHEAD.search(ahead):
        return ENGLISH_BEHIND.match(behind) is not None
    if JUDGED_BEHIND.match(behind) or (CALLED_BEHIND.match(behind) and CALLED_AHEAD.search(ahead)):
        return True
    return SO_BEHIND.match(behind) is not None and SO_AHEAD.search(ahead) is not None
