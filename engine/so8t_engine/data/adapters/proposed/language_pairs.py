"""Sentences in one language beside the same in another, in columns without names: what to do with them is to translate.

As Tatoeba and ManyThings give them, with numbers, codes of languages or whose they are beside them. Told by an
attribution to Tatoeba, by two scripts, or by the commonest words of two languages; where one column asks and the other
does not, that one answers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.proposed import source_targets, tasks

NUMBERED = re.compile(r"column\d+")
ATTRIBUTION = re.compile(r"(?i)tatoeba\.org|\bCC[- ]BY\b|\bCC0\b|creativecommons\.org")
NO_TEXT = re.compile(r"[\d\s.,:/#%T+-]*|[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?|https?://\S+|\\N|\S+@\S+")
SENTENCE = re.compile(r"\S\s+\S|[.!?。！？؟।]$|[ぁ-んァ-ヶ一-龠가-힣ก-๛]{4}")
MARKS, FOREIGN = frozenset(".?!"), re.compile("[À-ɏḀ-ỿ]")
SCRIPTS = {
    "Latin": re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]"), "Han and kana": re.compile("[ぁ-ヿ一-龠]"), "Hangul": re.compile("[가-힣]"),
    "Cyrillic": re.compile("[Ѐ-ӿ]"), "Greek": re.compile("[Ͱ-Ͽἀ-῿]"), "Arabic": re.compile("[؀-ۿ]"),
    "Hebrew": re.compile("[\u0590-\u05ff]"), "Devanagari": re.compile("[\u0900-\u097f]"),
    "Thai": re.compile("[\u0e00-\u0e7f]"), "Armenian": re.compile("[\u0530-\u058f]"),
    "Georgian": re.compile("[\u10a0-\u10ff]"), "Bengali": re.compile("[\u0980-\u09ff]"),
    "Tamil": re.compile("[\u0b80-\u0bff]"),
}  # fmt: skip
FEWEST, MOSTLY = 2, 0.8  # texts of a column; of them, those that are of one kind


class SentencePair(NamedTuple):
    source: str
    target: str
    language: str | None


def mapping(columns: Mapping[str, Sequence[str]]) -> Columns | None:
    """What asks for the translation. `columns`: what stands in each, in the same order."""
    found = pair(columns)
    if found is None:
        return None
    into = {None: "Translate this:", "Japanese": tasks.INTO_JAPANESE}
    asked = into.get(found.language, f"Translate into {found.language}:")
    return Columns(prompt=f"{asked}\\n\\n{{{found.source}}}", response=found.target)


def pair(columns: Mapping[str, Sequence[str]]) -> SentencePair | None:
    """The two columns of sentences, and the language of the second where that is plain."""
    held = {name: [text.strip() for text in said if text.strip()] for name, said in columns.items()}
    owed = any(_mostly(ATTRIBUTION, said) for said in held.values())
    texts = [
        name for name, said in held.items() if said and not any(_mostly(no, said) for no in (NO_TEXT, ATTRIBUTION))
    ]
    if len(texts) != 2 or min(len(held[name]) for name in texts) < FEWEST:
        return None
    source, target = texts
    one, other = held[source], held[target]
    if not owed and not all(_mostly(SENTENCE, said) for said in (one, other)):
        return None
    if not owed and source_targets.ask(one) and not source_targets.ask(other):
        return None
    of_one, of_other = source_targets.language(one), source_targets.language(other)
    aligned = list(zip(columns[source], columns[target], strict=True))
    if not (owed or _are_two(of_one, of_other, one, other) or _end_alike(aligned)):
        return None
    coded = _coded(columns, target) or of_other
    return SentencePair(source, target, coded if coded != of_one else None)


def _are_two(of_one: str | None, of_other: str | None, one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether these are two languages: by their scripts, of which Chinese and Japanese share one, or by their words."""
    scripts = (_script(one), _script(other))
    if None not in scripts and scripts[0] != scripts[1]:
        return True
    return None not in (of_one, of_other) and of_one != of_other and scripts != ("Han and kana", "Han and kana")


def _end_alike(rows: Sequence[tuple[str, str]]) -> bool:
    """Whether both ask or exclaim together, and only one of them has letters with accents or the like."""
    ends = [(one.strip()[-1:], other.strip()[-1:]) for one, other in rows if one.strip() and other.strip()]
    alike = [one for one, other in ends if one == other and one in MARKS]
    foreign = {len(FOREIGN.findall("".join(said))) > 0 for said in zip(*rows, strict=True)}
    return len({*alike}) > 1 and "?" in alike and len(alike) >= MOSTLY * len(ends) and len(foreign) == 2


def _script(said: Sequence[str]) -> str | None:
    """The one that nearly all letters are of."""
    whole = "".join(said)
    counts = {name: len(script.findall(whole)) for name, script in SCRIPTS.items()}
    name = max(counts, key=lambda script: counts[script])
    return name if counts[name] and counts[name] >= MOSTLY * sum(counts.values()) else None


def _coded(columns: Mapping[str, Sequence[str]], target: str) -> str | None:
    """The language that a column of nothing but its code names, right before that of the texts."""
    before: set[str] = set()
    for name, said in columns.items():
        if name == target:
            break
        before = {text.strip().lower() for text in said}
    return tasks.LANGUAGES.get(tasks.SCRIPT.sub("", before.pop())) if len(before) == 1 else None


def _mostly(pattern: re.Pattern[str], said: Sequence[str]) -> bool:
    found = pattern.fullmatch if pattern is NO_TEXT else pattern.search
    return sum(found(text) is not None for text in said) >= MOSTLY * len(said)
