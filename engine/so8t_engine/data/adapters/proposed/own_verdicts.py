"""What an attempt's own object or columns say of it: `attempts.0.ok` beside `attempts.0.code`, `attempt_1_passed`.

A proposed line names that as its `label`, so that no attempt is learnt that failed; of attempts in a list it names the
list, of which one that did not fail is learnt.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters import column_words
from so8t_engine.data.adapters.answers import right_beside
from so8t_engine.data.adapters.judged import verdict_names, verdict_values, verdicts
from so8t_engine.data.adapters.parsed_row import Fields
from so8t_engine.data.adapters.talks import talk

NO_VERDICTS = ("predicted", "rate", "remark", "request")
OF_ATTEMPTS = ("answer", "checked", "run", "tests", "verdict", "word")
ERROR_LISTS = re.compile(  # what whoever judged a translation found in it
    r"(?:mqm_|annotated_|translation_|human_|esa_)?(?:errors?|mistakes?|issues)(?:_(?:spans?|annotations?|list))?|(?:fehler|erreurs|errores|errori)"
    r"|(?:誤訳|エラー|誤り)(?:一覧|箇所|リスト)?|错误"
)
PENALTIES = {  # figures of which 0 is best, and the worst that is still good
    re.compile(r"(?:mqm_)?(?:total_)?penalt(?:y|ies)(?:_(?:score|points|total))?"): 4,  # 5 for one major error
    re.compile(
        r"(?:mqm_)?(?:num(?:ber)?_(?:of_)?|n_|total_)?(?:errors?|mistakes?)_?(?:count|number|total)|n(?:um)?_errors"
    ): 0,
}
IN_A_LIST = re.compile(r"(.+?)\.\d+(?:\.|$)")


def with_label(where: Columns, rows: Sequence[Fields]) -> Columns:
    """The mapping with these columns as its label."""
    if where.response is None or "{" in where.response or "," in where.response:
        return where
    found = [place for place, kind in _beside(where.response, rows[0]) if _tells(place, kind, rows)]
    told = where.label.split(", ") if where.label else []
    return where.model_copy(update={"label": ", ".join(dict.fromkeys((*told, *found))) or None})


def of_the_right_one(where: Columns, rows: Sequence[Fields]) -> Columns:
    """The mapping to what is called right, not what a system said beside it: item.correct_answer, sample.output_text;
    without a gold answer that is the answer once more.
    """
    answer, response = str(where.answer), str(where.response)
    if where.choices or None in (where.answer, where.response):
        return where
    if answer != response and all(verdicts.at(row, answer) == verdicts.at(row, response) for row in rows):
        return where.model_copy(update={"answer": None})
    right, said = (verdict_names.plain(place.rpartition(".")[2]) in right_beside.NAMES for place in (answer, response))
    return where.model_copy(update={"response": answer, "answer": None}) if right and not said else where


def of_translation(where: Columns, rows: Sequence[Fields]) -> Columns:
    """The mapping with what says how far a translation has come as its label; a grade may be of another one."""
    names = tuple(dict.fromkeys(name for row in rows for name in row))
    states = [name for name in names if verdict_names.STATES.fullmatch(verdict_names.plain(name))]
    found = [name for name in states if any(verdict_values.stated(row.get(name)) for row in rows)]
    lists = [name for name in names if ERROR_LISTS.fullmatch(verdict_names.plain(name)) and _lists(name, rows)]
    found += [f"{name} = []" for name in lists] or _penalties(names, rows)
    return where.model_copy(update={"label": ", ".join(found)}) if found and where.label is None else where


def _lists(name: str, rows: Sequence[Fields]) -> bool:
    """Whether lists stand there, some with something in them and some without."""
    held = [talk.opened(row.get(name)) for row in rows]
    return all(isinstance(value, list) for value in held) and any(held) and not all(held)


def _penalties(names: Sequence[str], rows: Sequence[Fields]) -> list[str]:
    """The limits of what counts errors, where some rows have more of them than others."""
    found = []
    for name in names:
        most = next((most for called, most in PENALTIES.items() if called.fullmatch(verdict_names.plain(name))), None)
        figures = [verdict_values.number_of(row.get(name)) for row in rows] if most is not None else []
        if figures and all(figure is not None and figure >= 0 for figure in figures) and len({*figures}) > 1:
            found.append(f"{name} <= {most}")
    return found


def are_of_each(where: Columns, rows: Sequence[Fields]) -> bool:
    """Whether it is one of several attempts in a list, each with a verdict of its own."""
    inside = IN_A_LIST.match(str(where.response))
    if inside is None:
        return False
    given = verdicts.at(rows[0], inside[1])
    several = isinstance(given, list) and len(given) > 1
    return several and any(_tells(place, kind, rows) for place, kind in _beside(str(where.response), rows[0]))


def is_of_a_giver(response: str, row: Fields) -> bool:
    """Whether it is one of several answers in an object, each under who gave it: outputs.gpt-small."""
    around, _, own = response.rpartition(".")
    given = verdicts.at(row, around) if around else None
    if not isinstance(given, Mapping) or not verdict_names.holds_several(around.rpartition(".")[2]):
        return False
    return sum(isinstance(one, str) for one in given.values()) > 1 and column_words.ANSWERS.search(own) is None


def is_judged(place: str, rows: Sequence[Fields]) -> bool:
    """Whether what stands there, in an object, is an attempt, which asks nothing."""
    if "." not in place or "{" in place:
        return False
    return any(kind in OF_ATTEMPTS and _tells(beside, kind, rows) for beside, kind in _beside(place, rows[0]))


def _beside(response: str, row: Fields) -> list[tuple[str, verdict_names.Kind]]:
    """(place, what it judges) of those that by their names judge what stands at `response`."""
    around, _, own = response.rpartition(".")
    fields = verdicts.at(row, around) if around else row
    if not isinstance(fields, Mapping):
        return []
    if around:
        judging = verdict_names.judging(tuple(name for name in fields if name != own), None)
        return [(f"{around}.{name}", kind) for name, kind in judging if kind not in NO_VERDICTS]
    ahead = [name for name in fields if name.lower().startswith(f"{own.lower()}_")]
    kinds = ((name, verdict_names.kind_of(name[len(own) + 1 :])) for name in ahead)
    return [(name, kind) for name, kind in kinds if kind is not None and kind not in NO_VERDICTS]


def _tells(place: str, kind: verdict_names.Kind, rows: Sequence[Fields]) -> bool:
    """Whether some values are known to say good or bad."""
    values = [verdicts.at(row, place) for row in rows]
    return any(verdict_values.finding(kind, value) is not None for value in values if value not in (None, ""))
