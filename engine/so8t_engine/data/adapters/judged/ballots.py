"""What several people say of one answer: each in a column of their own, or all in one cell (a list, counts, a text).

Most of them count; of equally many on both sides the answer is held back. Words for good and bad speak for themselves.
Yes and no, true and false, 1 and 0 do so where the columns are called as what judges (`is_correct_1`, `vote_a`); else
no is taken for bad only where most answers are not called so, and it is said (`ballot_notes`), as nobody knows what
was asked.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from so8t_engine.data.adapters.judged import fault_flags, step_verdicts, user_labels, verdict_names, verdict_values
from so8t_engine.data.adapters.judged.user_labels import NOT
from so8t_engine.data.adapters.parsed_row import listed
from so8t_engine.data.adapters.talks import talk

PEOPLE, YES_IS_GOOD = "most of these count", "most of these count, and yes is good"  # in what all rows tell
UNTOLD = "several say yes or no, and mostly no"
NAMED_BY_USER = "by the user"
MOST_PEOPLE = 20  # in one cell: longer lists are of something else
LONGEST = 400  # characters of several words
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
OF = r"(?:label|rating|verdict|vote|decision|result)s?"
NUMBERED = re.compile(rf"(?P<stem>{ANYBODY})s?_?(?P<mark>\d\d?|[a-h](?![^\W_]))(?:_(?P<of>\w+))?")
NAMED = re.compile(r"(?P<mark>[^\W_]+)_(?P<stem>verdict|vote)")
JUDGED = re.compile(r"(?P<stem>.+?)(?:_?(?P<number>\d\d?)|_(?P<letter>[a-h]))")  # is_correct_1, 正しい2
NO_PERSON = re.compile(rf"{verdict_names.OF_ANSWERS}|{verdict_names.OF_QUESTIONS}|chosen|rejected|up|down|final|total")
BESIDE_VOTES = re.compile(
    r"comment|note|remark|reason|confidence|time|duration|name|(?:^|_)id(?:_|$)|理由|コメント|メモ|備考"
)
CELL = re.compile(
    rf"(?:{ANYBODY})(?:s|en|es)?(?:_{OF})?|annotations?|(?:vote|rating|label|annotation|verdict|judge?ment)s?_by_\w+"
    r"|(?:\w+_)?(?:label|vote|rating|annotation|verdict|judge?ment|review)s?(?:_(?:counts?|list|distribution))?"
    r"|(?:投票|判定|評価|ラベル|アノテーション)(?:結果|一覧|数)?|stimmen|bewertungen|urteile|votos|voti|votes|голоса|оценки"
)
OF_VOTES = re.compile(r"(?:\w+_)?votes?(?:_by_\w+)?|投票(?:結果|一覧)?|stimmen|votos|voti|голоса|by_\w+")
PERSON = re.compile(r"(?:a|r|w|u|p|ann|anno|user|person|評価者|担当)_?\d+")
VOTE = (
    "vote", "verdict", "label", "rating", "judgment", "judgement", "decision", "choice", "value", "answer", "score",
    "result", "評価", "判定", "ラベル", "投票",
)  # fmt: skip
KINDS = (
    "answer",
    "checked",
    "verdict",
    "vote",
    "thumb",
    "wrong",
    "safe",
    "harm",
)  # of columns that judge by their name
OF_WHAT_IS_WRONG = ("wrong", "harm")
OWN_WORDS = {"agree": False, "disagree": True, "+": False, "-": True, "賛成": False, "反対": True}
ABSTAINS = {
    "?", "n/a", "na", "none", "null", "skip", "skipped", "unsure", "not sure", "unknown", "unclear", "undecided",
    "don't know", "dont know", "neutral", "abstain", "unrated", "not rated", "未評価", "未採点",
    "わからない", "分からない", "不明", "どちらでもない", "棄権",
    "weiß nicht", "unklar", "je ne sais pas", "no sé", "non so", "不确定", "모름",
}  # fmt: skip
PARTS = re.compile(r"\s*[,;/|、，；／・\n]\s*")
SAID_BY = re.compile(  # "Anna: ok", "ok (Anna)"
    r"(?P<who>[^\W\d_][\w .'-]{0,30}?)\s*[:=：]\s*(?P<word>\S.*)|(?P<first>\S.*?)\s*[(（][^\W\d_][\w .'-]{0,30}[)）]"
)
COUNTED = re.compile(r"(?P<word>\D+?)\s*[:=：]\s*(?P<count>\d{1,4})|(?P<first>\d{1,4})\s*[x×]?\s*(?P<what>[^\d\s].*)")


class VoteCount(NamedTuple):
    """How many call an answer good, and how many bad; `said`: the first word against it."""

    good: int
    bad: int
    said: str

    @property
    def is_tied(self) -> bool:
        return self.good == self.bad > 0


class BallotLook:
    """What rows tell of such columns. `named`: the user says that they judge, and nothing else does."""

    def __init__(self, free: Sequence[str], names: Sequence[str], response: str | None, named: bool) -> None:
        self._named, self._response = named, response
        bare = [without_not(name) for name in free]
        turned = {without_not(name) for name in free if name.startswith(NOT)}
        grouped = [
            group
            for group in groups(tuple(bare), tuple(map(without_not, names)))
            if turned.issuperset(group) or turned.isdisjoint(group)
        ]
        several = any(map(verdict_names.holds_several, names))  # each of which a list may judge
        cells = [
            (name,)
            for name in bare
            if not any(name in group for group in grouped) and not several and (named or _is_cell(name))
        ]
        self._seen = {_place(group, turned): _Seen(cell=len(group) == 1) for group in (*grouped, *cells)}

    def add(self, row: Mapping[str, Any]) -> None:
        several = isinstance(row.get(str(self._response)), list)
        for place, seen in [*self._seen.items()]:
            if seen.cell and (several or _is_of_steps(row, place, self._response)):
                del self._seen[place]
                continue
            votes = votes_in(row, place)
            if votes is None or not seen.add(place, votes, row):
                del self._seen[place]

    def is_open(self) -> bool:
        return any(not seen.cell or seen.most > 1 for seen in self._seen.values())

    def found(self) -> dict[str, tuple[str, str]]:
        told: dict[str, list[str]] = {}
        for place, seen in self._seen.items():
            if (key := seen.found(self._named)) is not None:
                told.setdefault(key, []).append(place)
        return {key: ("\n".join(those), NAMED_BY_USER if self._named else "") for key, those in told.items()}


class _Seen:
    """What is known of one group, or of one cell. `most`: the most votes on one answer."""

    def __init__(self, cell: bool) -> None:
        self.cell, self.most = cell, 0
        self._sure, self._said, self._open = set[bool](), set[bool](), False
        self._good = self._bad = 0
        self._numbers = set[float]()

    def add(self, place: str, votes: Sequence[tuple[str, Any, int]], row: Mapping[str, Any]) -> bool:
        """False where somebody says something else than good or bad."""
        for name, value, _ in votes:
            if abstains(value):
                continue
            said = word(name, value, yes_is_good=True)
            if said is None:
                return False
            sure = word(name, value, yes_is_good=False)
            self._open = self._open or sure is None
            self._sure |= set() if sure is None else {sure}
            self._said.add(said)
            if (number := verdict_values.number_of(value)) is not None:
                self._numbers.add(number)
        self.most = max(self.most, sum(count for _, _, count in votes))
        found = tally(row, place, yes_is_good=True)
        self._good += found.good > found.bad
        self._bad += found.bad > found.good
        return True

    def found(self, named: bool) -> str | None:
        if self._said != {True, False} or (self.cell and (self.most < 2 or not self._good)):
            return None
        if named or not self._open or any(number < 0 for number in self._numbers):
            return PEOPLE
        return YES_IS_GOOD if self._sure or self._bad < self._good else UNTOLD


def of(row: Mapping[str, Any], index: Mapping[str, tuple[str, str]]) -> tuple[str, str] | None:
    """What condemns the answer of a row: the columns, and what they say; an empty text where as many praise it."""
    for place, yes_is_good in heard(index):
        found = tally(row, place, yes_is_good)
        if found.bad >= found.good and found.bad:
            return ", ".join(map(without_not, place.split(", "))), "" if found.is_tied else found.said
    return None


def heard(index: Mapping[str, tuple[str, str]]) -> Iterator[tuple[str, bool]]:
    """The places that judge so, each with whether yes is good there."""
    for key in (PEOPLE, YES_IS_GOOD):
        for place in listed(index, key):
            yield place, key == YES_IS_GOOD or index[key][1] == NAMED_BY_USER


def tally(row: Mapping[str, Any], place: str, yes_is_good: bool) -> VoteCount:
    good, bad, said = 0, 0, dict[bool | None, str]()
    for name, value, count in votes_in(row, place) or ():
        finding = None if abstains(value) else word(name, value, yes_is_good)
        good, bad = good + count * (finding is False), bad + count * (finding is True)
        said[finding] = said.get(finding) or (str(value).lower() if isinstance(value, bool) else str(value))
    turned = is_turned(row, place)
    return VoteCount(bad, good, said.get(False, "")) if turned else VoteCount(good, bad, said.get(True, ""))


def is_turned(row: Mapping[str, Any], place: str) -> bool:
    """Whether the user says that what these columns call good is bad."""
    return user_labels.turned(row, place.split(", ")[0]) is not None


def votes_in(row: Mapping[str, Any], place: str) -> list[tuple[str, Any, int]] | None:
    """(column, what somebody says there, how often); None where a cell holds something else than votes."""
    names = [user_labels.turned(row, name) or name for name in place.split(", ")]
    if len(names) > 1:
        return [(name, row.get(name), 1) for name in names]
    found = _in_cell(row.get(names[0]), names[0])
    return None if found is None else [(names[0], value, count) for value, count in found]


def word(name: str, value: Any, yes_is_good: bool) -> bool | None:
    """Whether what somebody says condemns; None where it is no word for good or bad."""
    kind = _kind_of(name)
    if verdict_values.number_of(value) not in (None, -1, 0, 1):
        return None
    if kind in OF_WHAT_IS_WRONG:
        return verdict_values.finding(kind, value) if verdict_values.is_known(kind, value) else None
    said = verdict_values.word_of(value) or ""
    if said in verdict_values.BY_SIGN:
        return verdict_values.BY_SIGN[said]
    if said in verdict_values.CROSSES:
        return True
    stated = verdict_values.stated(value)
    if stated is not None:
        return stated
    if kind is not None and verdict_values.is_known(kind, value):
        return verdict_values.finding(kind, value)
    if not yes_is_good:
        return None
    if said in OWN_WORDS:
        return OWN_WORDS[said]
    return verdict_values.finding("answer", value) if verdict_values.is_known("answer", value) else None


@functools.lru_cache(maxsize=512)
def groups(names: tuple[str, ...], beside: tuple[str, ...]) -> tuple[Group, ...]:
    """Columns of which each is what another one says; not of one of several answers. `beside`: all columns."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for name in names:
        part = _person(name)
        if part is not None and not NO_PERSON.fullmatch(part[2]):
            found.setdefault(part[:2], {})[part[2]] = name
    several = [marked for marked in found.values() if len(marked) > 1]
    return tuple(tuple(marked.values()) for marked in several if not _are_of_answers(marked, beside))


def without_not(name: str) -> str:
    return name.removeprefix(NOT).strip() if name.startswith(NOT) else name


def _place(group: Group, turned: set[str]) -> str:
    return ", ".join(f"{NOT}{name}" if name in turned else name for name in group)


@functools.lru_cache(maxsize=512)
def _person(name: str) -> tuple[str, str, str] | None:
    """(what is called so, of what, who), of the name of one person's column."""
    called = verdict_names.plain(name)
    match = NUMBERED.fullmatch(called)
    if match is not None:
        of = match["of"] or ""
        return (match["stem"], of, match["mark"]) if not of or re.fullmatch(OF, of) or _judges(of) else None
    if (match := NAMED.fullmatch(called)) is not None:
        return match["stem"], "", match["mark"]
    if (
        (match := JUDGED.fullmatch(called)) is not None
        and verdict_names.kind_of(name) is None
        and _judges(match["stem"])
    ):
        return match["stem"], "", match["number"] or match["letter"]
    short = verdict_names.IN_PARENTHESES.sub("", name)
    if short != name and _judges(short):
        return verdict_names.plain(short), "()", verdict_names.plain(name[len(short) :])
    return None


def _judges(called: str) -> verdict_names.Kind | None:
    plain = verdict_names.plain(called)
    kind = "wrong" if fault_flags.is_one(plain) else verdict_names.kind_of(plain)
    return kind if kind in KINDS else None


@functools.lru_cache(maxsize=512)
def _kind_of(name: str) -> verdict_names.Kind | None:
    """What a column judges by its name without who speaks; of an annotator's nobody knows what 1 means."""
    part = _person(name)
    if part is None:
        kind = _judges(name)
        return kind if verdict_names.plain(name) not in ("label", "labels") else None
    stem, of, _ = part
    kind = _judges(of) if of not in ("", "()") else None
    kind = kind or _judges(stem)
    return kind if kind != "thumb" else None


def _is_cell(name: str) -> bool:
    return CELL.fullmatch(verdict_names.plain(name)) is not None or _judges(name) is not None


def _in_cell(value: Any, name: str) -> list[tuple[Any, int]] | None:
    """(a word, how often) of what one cell holds; None where it holds something else."""
    value = talk.opened(value)
    if value in (None, "", [], {}):
        return []
    if isinstance(value, Mapping):
        return _in_object(value, name)
    if isinstance(value, list):
        if len(value) > MOST_PEOPLE:
            return None
        said = [_of_object(one) if isinstance(one, Mapping) else one for one in value]
        return None if any(isinstance(one, (Mapping, list)) for one in said) else [(one, 1) for one in said]
    if (
        not isinstance(value, str)
        or verdict_values.PART.fullmatch(value)
        or len(value) > MOST_PEOPLE * verdict_values.LONGEST
    ):
        return None
    parts = [part for part in PARTS.split(value.strip()) if part]
    counts = [COUNTED.fullmatch(part) for part in parts]
    if counts and all(counts):
        return [(one["word"] or one["what"], int(one["count"] or one["first"])) for one in counts if one is not None]
    return [(part, 1) for part in _without_people(parts)]


def _without_people(parts: list[str]) -> list[str]:
    """What each says, where nothing but words for good and bad stands beside their names."""
    said = [SAID_BY.fullmatch(part) for part in parts]
    words = [match["word"] or match["first"] for match in said if match]
    known = len(words) == len(parts) > 1 and all(word("", one, yes_is_good=True) is not None for one in words)
    return words if known else parts


def _in_object(value: Mapping[str, Any], name: str) -> list[tuple[Any, int]] | None:
    """How many said what, or what each person said."""
    counts = all(type(count) is int and count >= 0 for count in value.values())
    if counts and all(word("", key, yes_is_good=True) is not None or abstains(key) for key in value):
        return list(value.items())
    people = OF_VOTES.fullmatch(verdict_names.plain(name)) or all(
        PERSON.fullmatch(verdict_names.plain(key)) or NUMBERED.fullmatch(verdict_names.plain(key)) for key in value
    )
    said = [_of_object(one) if isinstance(one, Mapping) else one for one in value.values()]
    return [(one, 1) for one in said] if people and not any(isinstance(one, (Mapping, list)) for one in said) else None


def _of_object(one: Mapping[str, Any]) -> Any:
    """What somebody says, in an object with who it is; the object where it is none of these."""
    known = {verdict_names.plain(key): value for key, value in one.items()}
    found = [known[key] for key in VOTE if key in known]
    return found[0] if len(found) == 1 else one


def _is_of_steps(row: Mapping[str, Any], place: str, response: str | None) -> bool:
    """Whether a list has one entry for each line of the answer, or for each step of a list."""
    value, said = talk.opened(row.get(without_not(place))), row.get(str(response))
    if step_verdicts.are_of_steps(row, value):
        return True
    if not isinstance(value, list) or len(value) < 3 or not isinstance(said, str):
        return False
    return len(value) == len([line for line in said.split("\n") if line.strip()])


def _are_of_answers(marked: Mapping[str, str], names: Sequence[str]) -> bool:
    """Whether another column has the same number or letter: label_1 and response_1."""
    plain = [verdict_names.plain(name) for name in names if name not in marked.values()]
    others = [other for other in plain if not BESIDE_VOTES.search(other)]
    return any(re.fullmatch(rf"\w*[^\W\d]_?{re.escape(mark)}|{re.escape(mark)}_\w+", other)
               for mark in marked for other in others)  # fmt: skip


def abstains(value: Any) -> bool:
    """Whether somebody says neither good nor bad."""
    if value in (None, "") or verdict_values.is_unsettled(value):
        return True
    return isinstance(value, str) and value.strip().lower() in ABSTAINS
