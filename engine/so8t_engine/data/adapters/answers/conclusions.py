"""What an answer comes to, held against the gold one: who ends in another result has nothing to be learnt from.

A result is what another column says it is (`predicted_answer`), or what the answer marks itself: boxed, behind ####,
"the answer is" in the main languages, "so it is B" (closings.py), nothing but a number or a letter, or the number that
ends a short answer. What it marks is only held against a gold answer where both are plain: numbers, fractions, letters,
yes or no, amounts of the same unit, single words (other_words.py); a formula may be written in many ways
(same_values.py).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.answers import (
    amounts,
    boxed,
    closings,
    number_words,
    option_marks,
    other_words,
    said_first,
    said_results,
    same_values,
)
from so8t_engine.data.adapters.answers.amounts import Amount
from so8t_engine.data.adapters.answers.said_first import NUMBER
from so8t_engine.data.adapters.parsed_row import Fields
from so8t_engine.data.adapters.talks import talk

LONGEST = 120  # characters: what is longer is no result but a text
LONGEST_ALONE = 40  # of a result that is all there is
TAIL = 200  # characters at the end of a text, where it says what it comes to
# A solution that ends with its result: GSM8K's mark, or a last sentence that says so.
MARKED = re.compile(r"(?:^|\n)\s*####[ \t]*([^\n#]{1,40}?)\s*(?:\n+\s*The answer is:?[^\n]*)?$")
OVER = re.compile(r"([-+]?)\\[dt]?frac(?:\{([-+]?\d+)\}\{(\d+)\}|(\d)(\d))|([-+]?\d+)/(\d+)")
WORKED_OUT = re.compile(r"=\s*[$¥€£]?\s*([-+]?\d[\d,.]*)\D{0,12}$")
LETTER = re.compile(r"\(?([A-Ja-j])\s*[).:]?")
OPTION = re.compile(  # with its text; not of several, each with its own
    r"(?:\(([A-J])\)|([A-J])[).:：．])\s*\S(?!.*(?<![^\s,;、，；])\(?[A-J][).:：．]).*"
)
OPTION_CALLED = re.compile(r"(?:(?i:option|choice)|選択肢)\s*\(?([A-J])\)?")
MIXED = re.compile(r"([-+]?)(\d+)(?:\s+(\d+)/(\d+)|\s*\\[dt]?frac\{?(\d+)\}?\{?(\d+)\}?)")  # 1 1/2
TO_ASCII = str.maketrans("０１２３４５６７８９．，－＋％−’", "0123456789.,-+%-'")  # as people type figures
GERMAN = re.compile(r"[-+]?\d{1,3}(?:\.\d{3})+,\d+|[-+]?\d{1,3}(?:\.\d{3}){2,}")
OF_THOUSANDS = re.compile(r"[-+]?\d{1,3}(?:[.']\d{3})+")
BY_COMMAS = re.compile(r"[-+]?\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?")
WITH_COMMA = re.compile(r"[-+]?\d+,\d+")
PARTED = re.compile(r"([€£¥]?)([-+]?[\d.,']*\d)([^\d.,'].*)?")  # a number and its unit
FIGURES = re.compile(r"[-+]?\d[\d.,']*\d|[-+]?\d")
LABEL_BEHIND = re.compile(r"(?i)[\s.。(（*:=-]+(?:final answer|answer|答え)[\s.。)）*]*\Z")
COPULA = re.compile(r"(?<=[\w%])(?:です|である|になります|となります)$")
COUNTED = re.compile(r"(?<=\d)(?:円|個|人|本|枚|匹|冊|台|回|点|歳|つ)$")
VARIABLE = re.compile(r"[A-Za-z]=(?=.)")  # x = 3
HEAD = re.compile(r"\s*\(?([A-Ja-j]|[^\W\d_]{2,5})(?:[).:,、。，．]|\s*[-–—])\s*\S")
LAST_SENTENCE = re.compile(r"(?:[^.!?。！？\n]|\.(?=\d))+[.!?。！？\s]*$")
YES = ("yes", "true", "はい", "ja", "oui", "sí", "sì", "sim", "да", "네", "예", "是", "是的")
NO = ("no", "false", "いいえ", "nein", "non", "não", "нет", "아니요", "아니오", "否", "不是")
SAYS = dict.fromkeys(YES, True) | dict.fromkeys(NO, False)
DRESS = re.compile(
    r"\\(?:left|right|displaystyle|[!,;:()\[\]])|\\(?:text|mathrm|mathbf|textbf|boxed)\{((?:[^{}])*)\}|[$*`\s]|(?<=\d),(?=\d{3})"
)


PERCENT = re.compile(r"(?i)%|\bper ?cent|パーセント|\bcents?\b|¢|\bpence\b")

Plain = Fraction | str | bool | Amount


def is_other(row: Fields, where: Columns, predicted: Any, *, owned: bool) -> bool:
    """Whether an answer is said to come to something else than the gold one, and does not contradict that itself.

    `owned`: the worked answer is the data set's, so what was predicted is somebody else's unless it ends in that.
    """
    gold, said = short(gold_of(row, where)), short(predicted)
    if not gold or not said or _same(said, gold) or agrees(said, gold):
        return False
    text = _ends(row, where)
    if ends_in(text, gold) and not ends_in(text, said):
        return False
    return ends_in(text, said) or not owned


def gold_of(row: Fields, where: Columns) -> Any:
    """The gold answer as its place has it; None where there is none."""
    return None if where.answer is None else gold_at(row, where.answer)


def gold_at(row: Fields, place: str) -> Any:
    """What stands at the place of a gold answer."""
    if place in row:
        return row[place]
    value: Any = row
    for part in place.split("."):
        value = talk.opened(value)
        try:
            value = value[part] if isinstance(value, Mapping) else value[int(part)]
        except (KeyError, ValueError, IndexError, TypeError):
            return None
    return value


def differs(text: str, gold: str) -> bool:
    """Whether a text marks a result, and that is plainly another than the gold answer."""
    if text == gold:
        return False  # most often: nothing but the gold answer
    wanted = plain(gold)
    if wanted is None:
        said = results(text) if other_words.may_be_one(gold) else ()
        if not said and not gold.isascii() and (word := other_words.preferred(text)) is not None:
            return other_words.are_other(word, gold)
        return len(said) == 1 and plain(said[0]) is None and other_words.are_other(said[0], gold)
    said = results(text)
    found = [plain(result) for result in said] or _at_its_end(text, wanted) or said_first.of(text, wanted)
    if not found or not all(result is not None and _is_another(result, wanted) for result in found):
        return False
    if any(_reads_as(one, gold) for one in said or FIGURES.findall(_unlabelled(text).translate(TO_ASCII))):
        return False
    if any(amounts.are_one_on_a_dial(one, gold) for one in said):
        return False
    if isinstance(wanted, Fraction) and PERCENT.search(text[-TAIL:]):
        return not any(result in (100 * wanted, wanted / 100) for result in found)
    return True


def _reads_as(result: str, gold: str) -> bool:
    """Whether two numbers are one, as some country writes them: 12.500 and 12500, 12,5 € and 12.5 €."""
    return not _readings(result).isdisjoint(_readings(gold))


def _readings(result: str) -> frozenset[Amount]:
    """Of a number with its unit, or with none."""
    parted = PARTED.fullmatch(DRESS.sub(lambda match: match[1] or "", result.translate(TO_ASCII)).rstrip(".。"))
    if parted is None:
        return frozenset()
    bare, unit = parted[2], (parted[1] or parted[3] or "").translate(amounts.POWERS)
    found = {bare, bare.replace(",", "")} if BY_COMMAS.fullmatch(bare) else {bare}
    if GERMAN.fullmatch(bare) or OF_THOUSANDS.fullmatch(bare):
        found.add(re.sub(r"[.']", "", bare).replace(",", "."))
    if WITH_COMMA.fullmatch(bare):
        found.add(bare.replace(",", "."))
    return frozenset(Amount(Fraction(one), unit) for one in found if NUMBER.fullmatch(one))


def _unlabelled(text: str) -> str:
    """Without "Final answer" behind it: "13 * 2 = 26. Final answer"."""
    return LABEL_BEHIND.sub("", text)


def _is_another(result: Plain, wanted: Plain) -> bool:
    """Of different kinds or units they may still be the same."""
    if isinstance(result, Amount) and isinstance(wanted, Amount):
        return amounts.are_different(result, wanted)
    if isinstance(result, Fraction) and isinstance(wanted, Fraction):
        return not amounts.are_rounded(result, wanted)
    if isinstance(result, Amount) and isinstance(wanted, Fraction):
        return result.number != wanted and not amounts.may_be_one_by_unit(wanted, result)
    if isinstance(result, Fraction) and isinstance(wanted, Amount):
        return result != wanted.number and not amounts.may_be_one_by_unit(result, wanted)
    if isinstance(result, str) and isinstance(wanted, str) and not option_marks.are_of_one_kind(result, wanted):
        return False
    return type(result) is type(wanted) and result != wanted


def _at_its_end(text: str, wanted: Plain) -> list[Plain | None]:
    """The numbers of a short answer that ends with one: "The total is 8."; its times of day, where one is wanted."""
    if not isinstance(wanted, (Fraction, Amount)) or len(text) > TAIL or any(mark in text for mark in "\\%/^"):
        return []
    bare = _bare(_unlabelled(number_words.in_figures(text)))
    if said_first.ENDS.search(bare) is None:
        return []
    if isinstance(wanted, Fraction):
        numbers = NUMBER.findall(bare)
        last = _fraction(numbers[-1])
        if last == wanted:
            return [last]  # most often: what stands before it tells no more
        return [] if said_first.may_be_by_unit(bare, last, wanted) else [*map(_fraction, numbers)]
    if wanted.unit != ":":
        return []
    found = [minutes for _, minutes in amounts.clocks(bare)]
    return [wanted if (minutes - wanted.number) % 720 == 0 else Amount(Fraction(minutes), ":") for minutes in found]


@functools.lru_cache(maxsize=1024)
def _fraction(number: str) -> Fraction:
    return Fraction(number)


def contradicts(reasoning: str, answer: str) -> bool:
    """Whether reasoning works out another result than the answer behind it: marked, or behind its last equals sign."""
    worked_out = WORKED_OUT.search(reasoning.rstrip()[-TAIL:])
    if worked_out is not None and worked_out[1].replace(",", "").rstrip(".") == answer.strip():
        return False  # most often
    if len(answer) > said_first.LONGEST:
        return False
    short = answer if len(answer) <= LONGEST_ALONE else ""
    value = plain(short)
    is_result = value is not None or other_words.may_be_one(short)
    said = [answer] if is_result else said_first.all_of(answer, reasoning)
    if not said or not (worked_out is not None or results(reasoning) or said_first.ends_in_number(reasoning)):
        return False
    if all(differs(reasoning, one) for one in said):
        return True
    number = said_first.number_of(value, reasoning) if isinstance(value, Amount) else None
    return number is not None and differs(reasoning, str(number))


def is_same(result: str, gold: str) -> bool:
    """Whether a result is the gold one, however it is written."""
    return _same(result, gold) or _reads_as(result, gold)


def agrees(text: str, gold: str) -> bool:
    """Whether a text marks the gold answer as its result, or ends with that number: "It is not 42 but 40." is 40."""
    if said := results(text):
        return any(is_same(result, gold) for result in said)
    wanted = plain(gold)
    numbers = _at_its_end(text, wanted) if wanted is not None else []
    return bool(numbers) and numbers[-1] == wanted


def begins_with(text: str, gold: str) -> bool:
    """Whether a text opens with the gold letter, or yes or no, and goes on: "B. Because ...", "No, as ..."."""
    wanted = plain(gold)
    if not isinstance(wanted, (str, bool)):
        return False
    head = HEAD.match(text)
    return head is not None and plain(head[1]) == wanted


def closes_with(text: str, gold: str) -> bool:
    """Whether the last sentence of a text says the gold number, and no other: "So there are 7 of them in all." """
    wanted = plain(gold)
    if not isinstance(wanted, (Fraction, Amount)):
        return False
    found = LAST_SENTENCE.search(_bare(text.rstrip()[-TAIL:]))
    last = found[0] if found is not None else ""
    number, unit = wanted if isinstance(wanted, Amount) else (wanted, "")
    return unit in last and {Fraction(said) for said in NUMBER.findall(last)} == {number}


def results(text: str) -> Sequence[str]:
    """What a text marks as its result; several where several are boxed."""
    end = text.rstrip()
    if len(end) <= LONGEST_ALONE and plain(end) is not None:
        return [end]
    if framed := boxed.results(end):
        return framed
    tail = end[-TAIL:]
    marked = MARKED.search(end) if "####" in end else None
    said = marked[1] if marked is not None else None if "####" in end else said_results.of(tail)
    closing = closings.result(tail) if said is None else said
    return [closing] if closing is not None else []


@functools.lru_cache(maxsize=4096)
def plain(result: str) -> Plain | None:
    """A number, a letter, yes or no, an amount, however it is dressed; None where it is none of these."""
    if (option := OPTION.fullmatch(result.strip())) is not None:
        return option[1] or option[2]
    if (option := OPTION_CALLED.fullmatch(result.strip(" .*"))) is not None:
        return option[1]
    if ("/" in result or "frac" in result) and (mixed := _mixed(result)) is not None:
        return mixed
    figures = number_words.in_figures(result)
    figures = figures if result.isascii() else figures.replace(number_words.MENTIONED, "")
    bare = result if result.isdecimal() and result.isascii() else COUNTED.sub("", COPULA.sub("", undressed(figures)))
    bare = VARIABLE.sub("", bare if bare.isascii() else bare.translate(TO_ASCII), count=1)
    if GERMAN.fullmatch(bare):
        bare = bare.replace(".", "").replace(",", ".")
    if NUMBER.fullmatch(bare):
        return Fraction(bare)
    if (parts := OVER.fullmatch(bare)) is not None:
        above, below = next((parts[n], parts[n + 1]) for n in (2, 4, 6) if parts[n])
        above = f"{parts[1] or ''}{above}"
        return Fraction(int(above.replace("--", "")), int(below)) if int(below) else None
    if (match := LETTER.fullmatch(bare)) is not None:
        return match[1].upper()
    if (mark := option_marks.of(bare) or (None if result.isascii() else option_marks.of(result.strip()))) is not None:
        return mark
    if (number := amounts.in_words(result)) is not None:
        return number
    if (amount := amounts.of(bare)) is not None:
        return amount
    return SAYS.get(bare.casefold())


def _mixed(result: str) -> Fraction | None:
    """One and a half as 1 1/2, which without its space is eleven halves."""
    match = MIXED.fullmatch(result.translate(TO_ASCII).strip(" $."))
    if match is None:
        return None
    above, below = filter(None, match.groups()[2:])
    if int(below) == 0:
        return None
    return (-1 if match[1] == "-" else 1) * (int(match[2]) + Fraction(int(above), int(below)))


def undressed(result: str) -> str:
    """Without marks of type, spaces and separators of thousands."""
    bare = result
    for _ in range(2):  # \\boxed{\\text{A}}
        bare = DRESS.sub(lambda match: match[1] or "", bare)
    return re.sub(r"\\[dt]frac", r"\\frac", bare.replace("\\%", "%")).rstrip(".。")


def short(value: Any) -> str:
    """A result as text; empty where it is none."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    text = talk.words(value).strip() if isinstance(value, (str, int, float)) else ""
    return text if len(text) <= LONGEST and "\n" not in text else ""


def is_result(value: Any) -> bool:
    """Whether a value is nothing but a number, a letter, yes or no, or an amount."""
    return plain(short(value)) is not None


def ends_in(text: str, result: str) -> bool:
    """Whether a result stands in the last words of a text."""
    wanted = undressed(result)
    return bool(wanted) and re.search(rf"(?<![\w.]){re.escape(wanted)}(?![\w]|\.\d)", _bare(text[-TAIL:])) is not None


def _bare(text: str) -> str:
    return re.sub(r"(?<=\d),(?=\d{3})|[$*`]", "", text)


def _same(result: str, gold: str) -> bool:
    one, other = plain(result), plain(gold)
    if one is not None and type(one) is type(other):
        return one == other or _reads_as(result, gold) or amounts.are_one(one, other)
    if isinstance(one, (Fraction, Amount)) and isinstance(other, (Fraction, Amount)):  # 68 °F, where 68 is asked for
        return amounts.number_of(one) == amounts.number_of(other) or amounts.share_of(one) == amounts.share_of(other)
    if undressed(result).rstrip("%").casefold() == undressed(gold).rstrip("%").casefold():
        return True
    return same_values.are_one(result, gold, _same)


def _ends(row: Fields, where: Columns) -> str:
    """The text that ends with a result: the worked answer, where the answer is the gold one itself the trace."""
    place = where.reasoning if where.response == where.answer else where.messages or where.response
    value = talk.opened(row.get(str(place)))
    if isinstance(value, list) and value:
        value = value[-1]
    try:
        return talk.words(value).rstrip()
    except TypeError:
        return ""
