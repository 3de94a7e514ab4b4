"""What points at one of several answers of a row: a number, a letter, a side, who gave it, its own text, a mark; or at
none.

A number may count from 0 or from 1, or prefer by its sign, which all rows tell (`Numbers`). Of a tie none is the better
one, of two bad ones none is good. Of several people who point (a list, how many said what) most count.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from so8t_engine.data.adapters.judged import verdict_values
from so8t_engine.data.adapters.talks import talk

NUMBERED = "what points at an answer"  # in what all rows tell: by its sign, counted from 0 or from 1, or nobody knows
BY_SIGN, FROM_0, FROM_1, UNTOLD = "by its sign", "0", "1", ""
FROM_0_ON = "from 0 to how many there are"  # of numbered columns: 0 is a tie
STRONGEST = 3  # of a preference with a sign: much better
OF_HELPSTEER = "overall_preference"  # whose sign always says it
NAMES = re.compile(
    r"(?i)(?:(?:human|overall|user|annotator|gpt-?4)_)?(?:winner|preference|preferred|better)(?:_(?:response|answer|model|label|idx|index|id))?"
    r"|(?:best|chosen|preferred|selected)(?:_\w+)?_(?:idx|index|id)|chosen|selected|winner|choice"
    r"|best(?:_(?:answer|response|output|completion|candidate|solution|choice|model))?|(?:より)?良い(?:方|ほう|回答)|良かった方|優れた(?:方|回答)|勝者"
    r"|bessere?(?:[_ ]antwort)?|gewinner|préférée?|meilleure?(?:[_ ]réponse)?|gagnante?|mejor(?:[_ ]respuesta)?"
    r"|preferida|migliore|preferita|melhor(?:[_ ]resposta)?|лучше|лучший(?:[_ ]ответ)?|更好|更好的?(?:回答|答案)?"
    r"|较好的?回答|胜者|优选|選択(?:結果)?|採用(?:番号|回答)"
)
# In words alone, where nothing else points at one.
SAID = re.compile(r"[_ ](?:answer|response|output|reply|completion|text)$")
MAY_POINT = re.compile(
    r"(?i)labels?|votes?|verdicts?|判定|判定結果|judge?ments?|preferences|annotations?|投票(?:結果)?"
)
BETWEEN, LONGEST_VOTES = re.compile(r"\s*[,;|、，；]\s*"), 200  # what several people say in one text; characters
SAYS = ("winner", "preference", "preferred", "better", "choice", "vote", "verdict", "label", "judgment", "judgement")
_OF = r"(?:(?:model|response|answer|output|assistant|conversation|completion|candidate|option)[ _-]*)?"
WORD = re.compile(
    rf"(?:the )?{_OF}(?:(?:回答|応答|出力|返答"
    r"|antwort|réponse|respuesta|risposta|resposta|ответ|答案|回复|답변)[ _-]*)?"
    r"([a-hxy0-9甲乙丙丁①-⑨])(?:番目?)?"
    r"(?:(?: is| was)? (?:the )?(?:better|best|preferred|winner)(?: one)?| wins| won|の?(?:方|ほう)|の?勝ち)?"
)
COMPARED = re.compile(rf"\[?\[?{_OF}([a-hxy0-9])\]?\]?\s*(>+|<+|≫|≪|=+|≈)\s*\[?\[?{_OF}([a-hxy0-9])\]?\]?")
SIDES = (
    ("left", "first", "the first", "the first one", "the left one", "the former", "former", "1st", "左", "左側", "前者",
     "1つ目", "一つ目", "links", "erste", "gauche", "première", "izquierda", "primera", "sinistra", "prima"),
    ("right", "second", "the second", "the second one", "the right one", "the latter", "latter", "2nd", "右", "右側",
     "後者", "2つ目", "二つ目", "rechts", "zweite", "droite", "deuxième", "derecha", "segunda", "destra", "direita"),
    ("third", "the third", "the third one", "3rd", "3つ目", "三つ目"),
)  # fmt: skip
SIDE = {word: number for number, words in enumerate(SIDES) for word in words}
TIES = {
    "tie", "tied", "draw", "equal", "equally good", "even", "both", "same", "both_good", "both good", "tie (bothgood)",
    "no preference", "引き分け", "引分", "同じ", "同等", "同点", "互角", "どちらも良い", "両方", "unentschieden",
    "égalité", "empate", "pareggio", "平局", "両方良い", "両方とも良い", "どちらも同じ", "both are good", "beide gut",
}  # fmt: skip
BOTH_BAD = {
    "tie (bothbad)", "tie_both_bad", "bothbad", "both_bad", "both bad", "both are bad", "both wrong", "neither", "none",
    "どちらも悪い", "どちらも不可", "どちらもだめ", "どちらもダメ", "どちらも不適切", "両方悪い", "両方とも悪い",
    "両方だめ", "両方ダメ", "両方不可", "両方不適切", "beide schlecht", "les deux mauvaises", "ambas malas",
    "entrambe cattive", "都不好", "都差", "둘 다 나쁨",
}  # fmt: skip

YES, NO = ("true", "1", "1.0"), ("false", "0", "0.0")  # of marks

Outcome = int | Literal["tie", "bad"]
Index = Mapping[str, tuple[str, str]]


class Numbers:
    """What numbers that point at answers say, by all rows."""

    def __init__(self) -> None:
        self._said, self._beyond, self._is_last = set[int](), False, False

    def add(self, name: str, value: Any, count: int) -> None:
        """`count`: of the answers of this row."""
        number = verdict_values.whole_of(value)
        if number is None or name.lower() == OF_HELPSTEER:
            return
        self._said.add(number)
        self._beyond, self._is_last = self._beyond or number > count, self._is_last or number == count

    def is_open(self) -> bool:
        """Whether more rows may tell more."""
        return bool(self._said) and min(self._said) >= 0

    def found(self) -> dict[str, tuple[str, str]]:
        if any(number < 0 for number in self._said):
            return {NUMBERED: (BY_SIGN, "")}
        if self._beyond:
            return {NUMBERED: (UNTOLD, "")}
        told = (FROM_0_ON if self._is_last else FROM_0) if 0 in self._said else FROM_1 if self._is_last else None
        return {NUMBERED: (told, "")} if told is not None else {}


def pointed(
    name: str, value: Any, answers: Sequence[Any], index: Index, ends: Sequence[str] = (), givers: Sequence[str] = ()
) -> Outcome | None:
    """Which answer a value in the column `name` points at, from 0; None where that is not plain.

    `ends`: how the names of the answers' columns end (a, b), nothing for those in a list; `givers`: who gave each.
    """
    if isinstance(value, str) and value and value in answers:
        return answers.index(value)
    if (several := _said_by_several(value, None if ends else len(answers))) is not None:
        return most((pointed(name, said, answers, index, ends, givers), count) for said, count in several)
    number = verdict_values.whole_of(value)
    if number is not None:
        return None if MAY_POINT.fullmatch(name) else _numbered(name, number, len(answers), ends, index)
    word = value.strip().lower().rstrip("。.") if isinstance(value, str) else ""
    bare = word.strip("[]()*\"'")
    if word in BOTH_BAD or bare in BOTH_BAD:
        return "bad"
    if word in TIES or bare in TIES or (word == "[[c]]" and len(answers) == 2):
        return "tie"
    word = bare
    if word in ends:
        return ends.index(word)
    named = [number for number, end in enumerate(ends) if word in re.split(r"[_ ]", end)]
    if len(named) == 1 and len(word) > 1:  # "human", of human_expert_answer and ai_answer
        return named[0]
    if ends and (owner := SAID.sub("", word)) != word:  # "human_answer", the column itself
        return pointed(name, owner, answers, index, ends, givers)
    if word and givers.count(word) == 1:
        return givers.index(word)
    if word in SIDE:
        return SIDE[word] if SIDE[word] < len(answers) else None
    compared = COMPARED.fullmatch(word)
    if compared is None:
        return _lettered(word, ends, len(answers))
    if compared[2][0] in "=≈":
        return "tie"
    return _lettered(compared[1 if compared[2][0] in ">≫" else 3], ends, len(answers))


def most(outcomes: Iterable[tuple[Outcome | None, int]]) -> Outcome | None:
    """What most of several people point at, a tie where as many point at another; None where one points at nothing."""
    counts = Counter[Outcome | None]()
    for outcome, count in outcomes:
        counts[outcome] += count
    first = counts.most_common()
    if not first or None in counts:
        return None
    return "tie" if len(first) > 1 and first[0][1] == first[1][1] else first[0][0]


def marked(values: Sequence[Any]) -> tuple[int, ...]:
    """The places in a list of marks that are marked, from 0."""
    return tuple(place for place, value in enumerate(values) if str(value).strip().lower() in YES)


def are_marks(values: Sequence[Any]) -> bool:
    """Whether a list holds nothing but marks, some of them for yes and some for no."""
    known = all(isinstance(one, (int, float, str)) and str(one).strip().lower() in (*YES, *NO) for one in values)
    return known and 0 < len(marked(values)) < len(values)


@functools.lru_cache(maxsize=512)
def columns(names: tuple[str, ...]) -> tuple[str, ...]:
    """Those that may point at one of several answers; `label` and the like where nothing else does."""
    found = tuple(name for name in names if NAMES.fullmatch(name))
    return found or tuple(name for name in names if MAY_POINT.fullmatch(name))


def _said_by_several(value: Any, count: int | None) -> list[tuple[Any, int]] | None:
    """(a word, how often) of what several people say, each in an entry, or how many say what; None of anything else.

    Numbers may be marks; as many entries as answers in a list (`count`), all of them different, may be their names.
    """
    opened = talk.opened(value)
    if isinstance(opened, str) and len(opened) <= LONGEST_VOTES:
        opened = BETWEEN.split(opened.strip())
    if isinstance(opened, Mapping) and opened:
        if all(type(number) is int and number >= 0 for number in opened.values()):
            return [(said, number) for said, number in opened.items() if number]
        opened = [*opened.values()]
    if not isinstance(opened, list) or len(opened) < 2:
        return None
    said = [_word_in(one) if isinstance(one, Mapping) else one for one in opened]
    filled = [one for one in said if one not in (None, "")]
    if not all(isinstance(one, str) and verdict_values.whole_of(one) is None for one in filled):
        return None
    return None if len({*filled}) == len(opened) == count else [*Counter(filled).items()]


def _word_in(one: Mapping[str, Any]) -> Any:
    return next((one[key] for key in SAYS if key in one), one)


def _numbered(name: str, number: int, count: int, ends: Sequence[str], index: Index) -> Outcome | None:
    told = index[NUMBERED][0] if NUMBERED in index else None
    if name.lower() == OF_HELPSTEER or told == BY_SIGN or number < 0:
        return None if count != 2 else 0 if number < 0 else 1 if number else "tie"
    if told == UNTOLD or (told == FROM_0_ON and "1" not in ends):
        return None
    if told in (FROM_0, FROM_1):
        place = number - int(told)
    elif ends:
        if told == FROM_0_ON and number == 0:
            return "tie"
        return ends.index(str(number)) if str(number) in ends else None
    else:
        place = number
    return place if 0 <= place < count else None


def _lettered(word: str, ends: Sequence[str], count: int) -> int | None:
    match = WORD.fullmatch(word)
    if match is None:
        return None
    if match[1] in ends:
        return ends.index(match[1])
    if (number := unicodedata.normalize("NFKC", match[1])).isdecimal():  # "Response 2", ②: people count from 1
        return int(number) - 1 if not ends and 1 <= int(number) <= count else None
    if not ("a" <= match[1] <= "h") or {"x", "甲"} & {*ends}:
        return None
    place = ord(match[1]) - ord("a")
    return place if place < count else None
