"""Where a table begins: the title above it, the names of its columns, of records of a text or rows of a sheet."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from so8t_engine.data.adapters import column_names
from so8t_engine.data.adapters.parsed_row import LETTERS
from so8t_engine.data.adapters.proposed import language_pairs
from so8t_engine.data.files import heading_words, repeated_names
from so8t_engine.data.texts import text_rules
from so8t_engine.sentences import Sentence, sentence

RECORDS = 50  # at the beginning, that are looked at
LENGTH = re.compile(r" - (?:max \d+ characters|choose at least one)$")  # Kahoot says it behind its columns' names
ABOVE = 10  # records that may stand above the names of the columns
AGREE = 0.8  # of the first records have as many fields as the header
LONGEST_NAME = 60  # of a column
ALIKE = 0.25  # of the texts below end as what should be their name: it is one of them
NAMES = ("question", "answer", "prompt", "response", "q", "a", "input", "output", "質問", "回答", "答え", "問題")
FEWEST_OPTIONS = 3
FEWEST_OF_TITLE = 3  # records: itself, names, and one below
MAY_ASK = re.compile(r"[?？。:：_…]|\.$|(?:\S+\s+){3}\S")  # and no name, of a table of marks
MARKED, REASON_OF_GRADER = re.compile(r"\[(?:PASS|FAIL|ERROR)\] \(\d\.\d\d[,)]"), "Grader Reason"  # of promptfoo
SENTENCE_END = re.compile(r"[.!?。！？][\"'”」]?$")


@dataclass(frozen=True)
class Form:
    """`delimiter`; `header`: whether the first record holds names, the number of the line that does, or the names
    themselves; `asked`: the columns of questions and answers. None: look for it.
    """

    delimiter: str | None = None
    header: bool | int | tuple[str, ...] | None = None
    asked: tuple[str | None, str | None] | None = None


def title(records: list[list[str]], is_double: Callable[[int], bool] = lambda above: False) -> list[list[str]]:
    """The records above the names of the columns, most of them empty: a title, what a table is of, a blank line.

    `is_double`: whether names are known to stand in that record and in the next; else their words must tell.
    """
    if (known := next((at for at, record in enumerate(records[:ABOVE]) if _is_of_line(record)), None)) is not None:
        return records[:known]
    if (known := _below_scattered(records)) is not None:
        return records[:known]
    above = next((number for number, record in enumerate(records) if sum(map(bool, record)) > 1), 0)
    above += _is_title_with_more(records[above:], above + 2 < len(records) and is_double(above + 1))
    if above + 1 < len(records):
        known = is_double(above) or _are_names(records[above + 1], records[above + 2 :])
        above += _stand_in_two(records[above], records[above + 1], known)
    below = [record for record in records[above + 1 : -1] or records[above + 1 :] if record]
    alike = sum(len(record) == len(records[above]) for record in below)
    return records[:above] if above <= ABOVE and alike and alike >= AGREE * len(below) else []


def _below_scattered(records: list[list[str]]) -> int | None:
    """How many records of few fields (a school, a teacher and a day, a blank line) stand above the first full one, if
    that may be names and none below it looks so but itself once more.
    """
    counts = [sum(map(bool, record)) for record in records]
    for at, record in enumerate(records[: ABOVE + 1]):
        if not 1 < max(counts[:at], default=0) <= counts[at] / 2:
            continue
        below = [row for row in records[at + 1 :] if row != record]
        repeats = len(below) < len(records) - at - 1
        grouped = counts[at - 1] > 1  # what is right above are groups of names, and of a title something above them
        named = _of_both(_once(records[at - 1]), record) if grouped and any(counts[: at - 1]) else record
        cells = [field for field in named or () if field]
        known = heading_words.may_be_names(cells) and (repeats or heading_words.are_known(cells))
        alone = heading_words.are_unlike([field for field in row if field] for row in below)
        is_title = not grouped or named is not record
        return at if known and alone and below and is_title and len(record) == max(map(len, records)) else None
    return None


def _is_of_line(record: list[str]) -> bool:
    """Whether the names of a talk's columns stand there, as LINE's official accounts have them below their settings."""
    return [field.strip().lower() for field in record] in (
        ["送信者タイプ", "送信者名", "送信日", "送信時刻", "内容"],
        ["sender type", "sender name", "date sent", "time sent", "content"],
    )


def below_groups(above: Sequence[Sequence[str]], first: list[str]) -> list[str]:
    """The names of the columns: where groups of them stand above, a cell left empty is called as the one above it."""
    return next((_of_both(_once(list(map(name, record))), first) for record in groups(above)), None) or first


def tables_note(above: Sequence[Sequence[str]], named: Sequence[str], first: Sequence[str]) -> Sentence | None:
    """That tables with the same names stand side by side; `named`: the names, `first`: with those of groups."""
    filled = [one for one in named if one]
    titles = [one for record in groups(above) for one in _once(list(map(name, record))) if one]
    if not titles or list(named) == list(first) or not _are_of_tables(filled) or ask_and_answer(first):
        return None
    return sentence("data.tables_side_by_side", titles=titles, names=list(dict.fromkeys(filled)))


def groups(above: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """The record right above the names that says what several of them are about, if one does."""
    return [record for record in above[-1:] if sum(map(bool, record)) > 1]


def title_note(above: Sequence[Sequence[str]]) -> Sentence:
    said = next((" ... ".join(filter(None, record)) for record in above if any(record)), "")
    return sentence("data.title_passed_over", count=len(above), first=said[:LONGEST_NAME])


def name(field: str) -> str:
    """What the header calls a column."""
    return text_rules.repaired(LENGTH.sub("", field.strip()))


def header(
    first: list[str], below: list[list[str]], form: Form, problem: Sentence | None = None
) -> tuple[list[str], bool]:
    """(names, whether the first record holds them). `problem`: what is wrong with it.

    Raises ValueError with a Sentence where there are none that can be used.
    """
    numbered = [f"column{number}" for number in range(1, len(first) + 1)]
    if form.header is False:
        return numbered, False
    if isinstance(form.header, tuple):
        if len(form.header) != len(first):
            raise ValueError(sentence("data.header_length", names=len(form.header), fields=len(first)))
        return list(form.header), False
    exam = _of_exam([first, *below]) if form.header is None else None
    if exam is not None:
        return exam, False
    if first.count("") > 1 and any(first):
        first = [name or number for name, number in zip(first, numbered, strict=True)]
    if _marked(first, below):
        raise ValueError(sentence("data.promptfoo_table"))
    if (repeated := repeated_names.repeated(first)) and problem is None:
        told = repeated_names.numbered(first)
        if told is None:
            raise ValueError(Sentence(side_by_side(first), {"names": repeated}))
        first = told
    if problem or len(set(first)) != len(first) or not any(first):
        raise ValueError(sentence("data.header_unusable", why=problem or sentence("data.header_names")))
    columns = [[record[place] for record in below if len(record) == len(first)] for place in range(len(first))]
    names = [first[0], *columns[0]]
    if form.header is None and len(first) > len(names) > 1 and all(name.lower() in NAMES for name in names):
        raise ValueError(sentence("data.table_lies_on_its_side", names=names))
    if form.header is None and len(first) > 1 and any(map(_is_another, first, columns)):
        texts = {name: [above, *said] for name, above, said in zip(numbered, first, columns, strict=True)}
        if (translated := language_pairs.mapping(texts)) is not None:
            line = f"header: false, {column_names.line(translated)}"
            raise ValueError(sentence("data.header_missing_pairs", first=first[0][:LONGEST_NAME], line=line))
        lengths = {place: _reads(first[place], columns[place]) for place in range(len(first))}
        shorter, *longest = sorted([-1, *lengths], key=lambda place: lengths.get(place, 0))[-3:]
        if 2 * lengths.get(shorter, 0) > lengths[longest[0]]:  # which of them answers nobody can tell
            raise ValueError(sentence("data.header_and_columns_missing", first=first[0][:LONGEST_NAME]))
        asked, said = sorted(longest)
        line = f"header: false, columns: {{prompt: {numbered[asked]}, response: {numbered[said]}}}"
        raise ValueError(sentence("data.header_missing", first=first[0][:LONGEST_NAME], line=line))
    return first, True


def _marked(first: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether it is a table of promptfoo's whose marks stand in the answers, or in columns of one name for several."""
    cells = [field for record in below for field in record[1:]]
    marks = sum(MARKED.match(field) is not None for field in cells)
    return first.count(REASON_OF_GRADER) > 1 or marks >= max(1, len(below)) * AGREE


def side_by_side(names: list[str]) -> str:
    """What is said of names that stand there twice: as of two tables, if all of them do."""
    filled = [name for name in names if name]
    half = len(filled) // 2
    two = len(filled) == 2 * half and half > 1 and filled[:half] == filled[half:]
    return "data.header_of_two_tables" if two else "data.header_repeated"


def _of_exam(records: Sequence[Sequence[str]]) -> list[str] | None:
    """Names for a table of questions, options and the letter of the right one (or of several) that has none, as MMLU's
    files.
    """
    if len(records[0]) < FEWEST_OPTIONS + 2:
        return None
    letters = LETTERS[: len(records[0]) - 2]
    named = any(text in [*letters] for text in records[0][1:-1])  # question, A, B, C, D
    told = [bool(record) and record[-1] != "" and {*record[-1]} <= {*letters} for record in records]
    right = sum(len(record) == len(records[0]) and is_told for record, is_told in zip(records, told, strict=True))
    if named or len(records) < 2 or not told[0]:
        return None
    asked = sum(MAY_ASK.search(record[0]) is not None for record in records if record)
    return ["question", *letters, "answer"] if min(right, 2 * asked) >= AGREE * len(records) else None


def _reads(first: str, below: Sequence[str]) -> int:
    """How long the texts of a column are that differ from each other."""
    return sum(map(len, {first, *below}))


def _is_another(name: str, below: Sequence[str]) -> bool:
    """Whether what should be a name is one more of the texts below it: a sentence that ends as they do, or as long."""
    if not _is_no_name(name):
        return False
    end = name[-1] if SENTENCE_END.search(name) else ""
    alike = sum(text.endswith(end) if end else len(text) > LONGEST_NAME // 2 for text in below)
    return alike > 0 and alike >= ALIKE * len(below)


def _is_title_with_more(records: list[list[str]], is_double: bool) -> bool:
    """Whether a title with a date beside it, or one over each of several tables, stands above names that tell so."""
    rows = [[field for field in record if field] for record in records]
    if len(rows) < FEWEST_OF_TITLE or ask_and_answer(rows[0]):
        return False
    if 2 * len(rows[0]) > len(rows[1]):  # which then may be groups of names
        known = 2 * len(rows[0]) <= len(rows[2]) and _are_names(records[2], records[3:])
        return known and _stand_in_two(records[1], records[2], known)
    of_tables = _are_of_tables(rows[1]) and not any(map(_are_of_tables, rows[2:]))
    return of_tables or _are_names(records[1], records[2 + is_double :])


def _are_of_tables(names: list[str]) -> bool:
    """Whether the same names stand there for each of several tables side by side."""
    parts = ((names[: len(names) // count], count) for count in range(2, len(names) // 2 + 1))
    return any(first * count == names and heading_words.may_be_names(first) for first, count in parts)


def _are_names(record: list[str], below: list[list[str]]) -> bool:
    """Whether a record may be names by its words, and those below it, of which there must be some, may not."""
    cells = [field for field in record if field]
    return (
        bool(below) and heading_words.may_be_names(cells) and heading_words.are_known(cells)
        and heading_words.are_unlike([field for field in row if field] for row in below)
    )  # fmt: skip


def _stand_in_two(groups: list[str], below: list[str], known: bool) -> bool:
    """Whether merged cells above the names of the columns say what several of them are about; some programs write
    the text of such a cell into each of its columns.
    """
    groups = _once(groups)
    if "" not in groups:
        return False
    names = _of_both(groups, below)
    return names is not None and (known or ask_and_answer(names))


def _once(groups: list[str]) -> list[str]:
    """Empty where the same stands to the left."""
    return ["" if place and group == groups[place - 1] else group for place, group in enumerate(groups)]


def _of_both(groups: list[str], below: list[str]) -> list[str] | None:
    """Names below those of groups, with the group's where two are called alike, or none both asks and answers; those of
    a group beside which nothing is empty may stand for both. None where they do not fit each other.
    """
    if len(groups) != len(below):
        return None
    is_group = ["" in groups[place : place + 2] for place in range(len(groups))]
    if not all(below[place] or (groups[place] and not is_group[place]) for place in range(len(groups))):
        return None
    plain = [name or group for group, name in zip(groups, below, strict=True)]
    heads = list(itertools.accumulate(groups, _of_group))
    joined = [f"{head} {name}".strip() if is_group[place] and name else plain[place]
              for place, (head, name) in enumerate(zip(heads, below, strict=True))]  # fmt: skip
    alternatives = [names for names in (plain, joined) if len(set(names)) == len(names)]
    return next(filter(ask_and_answer, alternatives), alternatives[-1] if alternatives else None)


def _of_group(left: str, group: str) -> str:
    return group or left


def ask_and_answer(names: Sequence[str]) -> bool:
    where = column_names.guess(tuple(names))
    return where is not None and bool(where.prompt and (where.response or where.choices))


def _is_no_name(field: str) -> bool:
    return len(field) > LONGEST_NAME or SENTENCE_END.search(field) is not None
