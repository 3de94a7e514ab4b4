"""The columns that the user names as `label`: what they judge, whether their good and bad change places (`not x`),
and from where on a score is good (`x >= 4`).
"""

from __future__ import annotations

from typing import Any

from so8t_engine.data.adapters.judged import fault_flags, refusal_labels, score_limits
from so8t_engine.data.adapters.judged.verdict_names import BY_WORDS, ERRORS, Kind, kind_of, plain
from so8t_engine.data.adapters.judged.verdict_values import finding, is_known
from so8t_engine.data.adapters.parsed_row import Fields

NOT = "not "  # before a column: what it calls good is bad
OF_SCALES = ("correctness", "helpfulness")


def turned(row: Fields, place: str) -> str | None:
    """The column of a `label` whose good is bad: "not passed_off"; None of any other."""
    return place[len(NOT) :].strip() if place.startswith(NOT) and place not in row else None


def column_of(row: Fields, place: str) -> str:
    """The column that a part of a `label` names."""
    limit = score_limits.of(row, place)
    return turned(row, place) or place if limit is None else limit.place


def read_as(row: Fields, place: str, value: Any) -> bool | None:
    """Whether a value of a label condemns; None where it is not known to say either."""
    if (limit := score_limits.of(row, place)) is not None:
        return score_limits.against(limit, value) is not None if score_limits.is_scored(limit, value) else None
    if value in ("", None):
        return None
    name = turned(row, place)
    if name is None and (refused := refusal_labels.reading(row, place)) is not None:
        return refused
    kind = kind_of_label(row, name or place)
    found = finding(kind, value) if is_known(kind, value) else None
    if kind == "critique" and found is None and finding("answer", value) is False:
        found = False
    return found if name is None or found is None else not found


def kind_of_label(row: Fields, place: str) -> Kind:
    """What a column judges that the user says does so."""
    low = lowest(row) if place in OF_SCALES else None
    if low is not None and place == low[0]:
        return "low"
    name = place.rpartition(".")[2]
    kind = kind_of(name) or ("against" if ERRORS.fullmatch(plain(name)) else "answer")
    if kind == "answer" and fault_flags.is_one(plain(name)):
        return "wrong"
    return "answer" if kind in BY_WORDS else kind  # of which the user has said that it judges


def lowest(row: Fields) -> tuple[str, float] | None:
    """HelpSteer's helpfulness and correctness, 0 to 4: the lower one."""
    scores = [
        (score, name)
        for name in OF_SCALES
        if isinstance(score := row.get(name), (int, float)) and not isinstance(score, bool)
    ]
    if len(scores) < 2:
        return None
    score, name = min(scores)
    return name, score
