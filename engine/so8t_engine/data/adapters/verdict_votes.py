"""What several people say of one answer, each in a column of their own; figures and marks that judge by what all are.

Most of the people count, of equally many neither. A figure below 0 condemns where all of its column are -1, 0 and 1, or
counts of votes; so do more votes against an answer than for it. What is called the right answer (正解) is a mark for
whether this one is, where nothing but marks stands there. All rows must bear it out (`Look`).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters import verdict_names, verdict_values

PEOPLE, BELOW_0, COUNTED = "most of these count", "below 0 is bad", "bad where the second is more"  # in what rows tell
MARKED = "says whether the answer is right, not which one is"
NAMED_BY_USER = "by the user"
Group = tuple[str, ...]
ANYBODY = (
    "annotator|rater|reviewer|judge|label|labell?er|grader|evaluator|expert|worker|coder|voter|vote|verdict|review|eval"
    "|evaluation|rating|judge?ment|assessor|assessment|checker|評価者|判定者|採点者|レビュアー|レビュワー|審査員|査読者"
    "|アノテータ|アノテーター|作業者|判定|採点|評価|投票|ラベル|gutachter|bewerter|prüfer|annotatorin|bewertung|urteil"
    "|annotateur|évaluateur|juge|évaluation|avis|anotador|evaluador|juez|evaluación|annotatore|valutatore|giudice"
    "|valutazione|avaliador|juiz|avaliação|beoordelaar|beoordeling|аннотатор|асессор|эксперт|оценщик|оценка|anotator"
    "|oceniający|recenzent|ocena|hakem|değerlendirici|değerlendirme|标注者|标注员|评审|评委|评分员|评价|标签|标注"
    "|평가자|심사위원|주석자|평가|라벨"
)
NUMBERED = re.compile(
    rf"(?P<stem>{ANYBODY})s?_?(?P<mark>\d|[a-h](?![^\W_]))(?P<of>_(?:label|rating|verdict|vote|decision|result)s?)?"
)
NAMED = re.compile(r"(?P<mark>[^\W_]+)_(?P<stem>verdict|vote)")
NO_PERSON = re.compile(rf"{verdict_names.OF_ANSWERS}|{verdict_names.OF_QUESTIONS}|chosen|rejected|up|down|final|total")
SIGNED = re.compile(
    r"(?:(?:user|human|answer|response|model|annotator|rater|community|vote|net|total)_)?(?:score|rating|votes)"
    r"|up_?votes|ups|karma|points|(?:(?:user|human)_)?feedback|評価|評価点|評点|得点|点数|スコア"
)
COUNTS = re.compile(r"rating|(?:user|human|model|answer|response)_rating|(?:\w+_)?feedback|評価|評価点|評点|得点|点数")
FOR_AND_AGAINST = {
    "upvotes": "downvotes", "up_votes": "down_votes", "ups": "downs", "likes": "dislikes", "thumbs_up": "thumbs_down",
    "votes_up": "votes_down", "votes_good": "votes_bad", "good_votes": "bad_votes", "votes_for": "votes_against",
    "helpful_votes": "unhelpful_votes", "いいね": "よくないね", "高評価": "低評価", "賛成": "反対", "賛成数": "反対数",
}  # fmt: skip
RIGHT = re.compile(r"正解|正答|정답|正确答案|正確答案|(?:right|correct)_answer")
MARKS = {"○", "◯", "〇", "⭕", "×", "✕", "✗", "❌", "✓", "✔", "✅", "true", "false", "0", "1", "x", "o"}
LEAST, MOST = -1, 1  # of a thumb that is a figure


class Look:
    """What rows tell of such columns, beside question and answer. `named`: the user says that they judge."""

    def __init__(self, names: Sequence[str], where: Columns, named: bool = False) -> None:
        self._named = named
        given = where.model_dump(exclude={"label"} if named else {"label", "answer"}).values()
        taken = {part.strip() for place in given if place for part in (place, *place.split(","))}
        self._answers = [name for name in (where.response, where.prompt) if name is not None]
        free = [name for name in names if name not in taken and not set(",\n") & set(name)]
        self._people = {group: set[bool]() for group in groups(tuple(free))}
        self._figures = {name: set[float]() for name in free if SIGNED.fullmatch(verdict_names.plain(name))}
        self._marks = {name: set[str]() for name in free if RIGHT.fullmatch(verdict_names.plain(name))}
        by_name = {verdict_names.plain(name): name for name in free}
        pairs = ((by_name.get(up), by_name.get(down)) for up, down in FOR_AND_AGAINST.items())
        self._pairs = [(up, down) for up, down in pairs if up is not None and down is not None]

    def add(self, row: Mapping[str, Any]) -> None:
        for group in [*self._people]:
            said = [_word(name, row.get(name), self._named) for name in group if not _is_open(row.get(name))]
            self._people[group].update(one for one in said if one is not None)
            if None in said:
                del self._people[group]
        for name in [*self._figures]:
            number = verdict_values.number_of(row.get(name))
            if number is not None and number == int(number):
                self._figures[name].add(number)
            elif row.get(name) not in (None, ""):
                del self._figures[name]
        for name in [*self._marks]:
            self._marks[name].add(_mark(row.get(name)))
            is_gold = any(_mark(row[other]) in MARKS for other in self._answers if other in row)
            if is_gold or not self._marks[name] <= MARKS:
                del self._marks[name]
        self._pairs = [pair for pair in self._pairs if all(_is_count(row.get(name)) for name in pair)]

    def is_open(self) -> bool:
        """Whether more rows may tell more."""
        return bool(self._people or self._figures or self._pairs or self._marks)

    def found(self) -> dict[str, tuple[str, str]]:
        counted = [", ".join(pair) for pair in self._pairs]
        beside = {name for pair in self._pairs for name in pair}
        people = [", ".join(group) for group, said in self._people.items() if said == {True, False}]
        below = [name for name, numbers in self._figures.items() if name not in beside and _is_signed(name, numbers)]
        marked = [name for name, said in self._marks.items() if len(said) > 1]
        told = {PEOPLE: people, BELOW_0: below, COUNTED: counted, MARKED: marked}
        return {key: ("\n".join(those), NAMED_BY_USER if self._named else "") for key, those in told.items() if those}


def of(row: Mapping[str, Any], index: Mapping[str, tuple[str, str]]) -> tuple[str, str] | None:
    """What condemns the answer of a row: the columns, and what they say."""
    for place in _listed(index, PEOPLE):
        said = _of_people(row, place, index)
        if said.count(True) > said.count(False):
            return place, str(row[place.split(", ")[said.index(True)]])
    for name in _listed(index, BELOW_0):
        number = verdict_values.number_of(row.get(name))
        if number is not None and number < 0:
            return name, str(row[name])
    for place in _listed(index, COUNTED):
        up, down = (verdict_values.number_of(row.get(name)) or 0 for name in place.split(", "))
        if down > up:
            return place, "<"
    for name in _listed(index, MARKED):
        if verdict_values.finding("answer", row.get(name)) or verdict_values.is_cross(row.get(name)):
            return name, str(row[name])
    return None


def places(index: Mapping[str, tuple[str, str]]) -> list[str]:
    """The columns that judge in this way."""
    return [
        name
        for key in (PEOPLE, BELOW_0, COUNTED, MARKED)
        for place in _listed(index, key)
        for name in place.split(", ")
    ]


def without_marks(where: Columns, index: Mapping[str, tuple[str, str]]) -> Columns:
    """A mapping without a gold answer that is none."""
    return where.model_copy(update={"answer": None}) if where.answer in [*_listed(index, MARKED)] else where


def tied(rows: Sequence[Mapping[str, Any]], index: Mapping[str, tuple[str, str]]) -> list[tuple[Group, int]]:
    """The people of whom as many call an answer good as bad, and of how many rows."""
    found = []
    for place in _listed(index, PEOPLE):
        said = [_of_people(row, place, index) for row in rows]
        found.append((tuple(place.split(", ")), sum(one.count(True) == one.count(False) > 0 for one in said)))
    return [(people, count) for people, count in found if count]


@functools.lru_cache(maxsize=512)
def groups(names: tuple[str, ...]) -> tuple[Group, ...]:
    """Columns of which each is what another one says; not of one of several answers."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for name in names:
        called = verdict_names.plain(name)
        match = NUMBERED.fullmatch(called) or NAMED.fullmatch(called)
        if match is not None and not NO_PERSON.fullmatch(match["mark"]):
            found.setdefault((match["stem"], match.groupdict().get("of") or ""), {})[match["mark"]] = name
    several = [marked for marked in found.values() if len(marked) > 1]
    return tuple(tuple(marked.values()) for marked in several if not _are_of_answers(marked, names))


def _are_of_answers(marked: Mapping[str, str], names: Sequence[str]) -> bool:
    """Whether another column has the same number or letter: label_1 and response_1."""
    others = [verdict_names.plain(name) for name in names if name not in marked.values()]
    return any(re.fullmatch(rf"\w*[^\W\d]_?{re.escape(mark)}|{re.escape(mark)}_\w+", other)
               for mark in marked for other in others)  # fmt: skip


def _of_people(row: Mapping[str, Any], place: str, index: Mapping[str, tuple[str, str]]) -> list[bool | None]:
    named = index[PEOPLE][1] == NAMED_BY_USER
    return [_word(name, row.get(name), named) for name in place.split(", ")]


def _word(name: str, value: Any, named: bool) -> bool | None:
    """Whether what somebody says condemns."""
    word = verdict_values.word_of(value) or ""
    if word in verdict_values.BY_SIGN:
        return verdict_values.BY_SIGN[word]
    if word in verdict_values.CROSSES:
        return True
    stated = verdict_values.stated(value)
    kind = None if stated is not None else "answer" if named else _kind_of(name)
    return verdict_values.finding(kind, value) if kind is not None and verdict_values.is_known(kind, value) else stated


@functools.lru_cache(maxsize=512)
def _kind_of(name: str) -> verdict_names.Kind | None:
    """What one column without its number would judge; of an annotator's nobody knows what 1 means."""
    match = NUMBERED.fullmatch(verdict_names.plain(name))
    kind = verdict_names.kind_of(match["stem"]) if match is not None else None
    return kind if kind in ("answer", "vote", "verdict") else None


def _mark(value: Any) -> str:
    return str(value).strip().lower().replace("\ufe0f", "")


def _is_open(value: Any) -> bool:
    return value in (None, "") or verdict_values.is_unsettled(value)


def _is_count(value: Any) -> bool:
    number = verdict_values.number_of(value)
    return value in (None, "") or (number is not None and number >= 0 and number == int(number))


def _is_signed(name: str, numbers: set[float]) -> bool:
    """Whether figures are thumbs, or votes for and against."""
    if not numbers or min(numbers) >= 0 or max(numbers) <= 0:
        return False
    are_thumbs = min(numbers) == LEAST and max(numbers) == MOST
    return are_thumbs or COUNTS.fullmatch(verdict_names.plain(name)) is None


def _listed(index: Mapping[str, tuple[str, str]], key: str) -> Iterator[str]:
    yield from index[key][0].split("\n") if key in index else ()
