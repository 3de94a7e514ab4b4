"""Names that a program repeats for one field with several values (Jira: Comment, Comment): they get numbers."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from so8t_engine.data.adapters import column_names, column_words
from so8t_engine.data.adapters.answers import options
from so8t_engine.data.adapters.judged import verdict_names
from so8t_engine.sentences import Sentence, sentence

FEWEST_OTHERS = 2  # columns that have a name of their own: what asks and what answers
OPTIONS = re.compile(
    r"(?:\w+_)?(?:options?|choices?|alternatives?|distractors?)|\w*(?:選択肢|選択|肢)|optionen|opción|opciones"
)
OF_NO_PART = ("tag", "tags", "category", "カテゴリ", "カテゴリー", "分類", "備考")  # of an example


def repeated(names: Sequence[str]) -> list[str]:
    return [name for name, count in Counter(filter(None, names)).items() if count > 1]


def numbered(names: Sequence[str]) -> list[str] | None:
    """`Comment`, `Comment 2`; None where they may be of several tables, or a question, an answer or a verdict would be
    read from the first of them alone.
    """
    again = repeated(names)
    runs = [name for name, _ in itertools.groupby(names)]
    told = [f"{name} {names[:place].count(name) + 1}" if name in again and name in names[:place] else name
            for place, name in enumerate(names)]  # fmt: skip
    if len(runs) != len({*runs}) or len({*told}) != len(told) or len(runs) - len(again) < FEWEST_OTHERS:
        return None
    taken = {name for place, name in enumerate(told) if names[place] in again}
    return told if not any(map(_is_read, again)) and taken.isdisjoint(_of_mapping(told)) else None


def note(names: Sequence[str], header: Sequence[str]) -> Sentence | None:
    """That `header` tells apart what is called alike in a file."""
    again = [name for name in repeated(names) if header.count(name) == 1]
    return sentence("data.names_numbered", names=again, second=f"{again[0]} 2") if again else None


def _is_read(name: str) -> bool:
    """Whether a column of this name asks, answers, or judges an answer."""
    plain = verdict_names.plain(name)
    known = plain in column_words.KNOWN and plain not in OF_NO_PART
    answers = column_words.ANSWERS.search(plain) or column_names.is_reasons(name) or column_names.is_hint(name)
    return bool(known or answers or OPTIONS.fullmatch(plain)) or verdict_names.kind_of(name) not in (None, "remark")


def _of_mapping(names: Sequence[str]) -> set[str]:
    """The columns that are read of themselves."""
    where = column_names.guess(tuple(names))
    unused = column_names.unused(names, where) if where is not None else names
    return {*names}.difference(unused).union(options.columns(tuple(names)))
