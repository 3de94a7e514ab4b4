"""A line to begin with, for rows that nothing is understood of: it only needs the right names put in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters import column_names, column_words
from so8t_engine.data.adapters.column_names import guess, line
from so8t_engine.data.adapters.column_words import ANSWERS, CLASSES, MESSAGES, PROMPT, WRONG_ANSWERS
from so8t_engine.data.adapters.judged import pupils, verdict_names, verdict_values, verdicts
from so8t_engine.data.adapters.proposed import tags
from so8t_engine.data.adapters.talks import talk

SAYS_NOTHING = re.compile(
    r"(?i)^(?:タイムスタンプ|日時|日付|番号|通番|メール\w*|timestamp|time|date|created_at|updated_at)$"
    r"|(?:^|[._ -])(?:[qu]?id\d*|idx|index|uuid|slug|repo|url|link|score|scores"
    r"|source|lang|language|split|date|tools?|notetype|deck|guid|tags|model|object|author|role|created|finish_reason)$"
    r"|(?:^|(?<!r[ée]ponse)[._ -])type$"  # réponse type: the answer that is given to everybody
    r"|(?-i:[a-z]Ids?)$"
    r"|^(?:no|nr|n[°ºo]|#|№|num(?:ber|mer|éro|ero|m)?|número|lfd\.? ?nr|s(?:l|er(?:ial)?)?\.? ?no|номер"
    r"|(?:設?問)?題?番号|項番|連番|通し番号|整理番号|管理番号|序号|编号|번호)[.．:]?$"
)
# For a line to begin with: what asks and what answers, where nothing better is there.
ASKS = (*PROMPT, "problem_description", "problem_statement", "description", "content", "text", "sentence", "vanilla")
ASKED = re.compile(r"[?？]|ですか|ますか|ください|教えて")  # of a text
ASKING = re.compile(
    r"(?i)question|query|first[ _]message|inquiry|enquiry|concern|complaint|質問|問い|問合|お困り|相談|悩み|依頼"
    r"|(?<![a-z])requests?(?![a-z])"
)
PROGRAMS = (  # what an answer in code is called
    "code", "python", "snippet", "patch", "new_contents", "cpp", "c++", "java",
    "javascript", "rust", "sql", "sql_query", "query_sql",
)  # fmt: skip
TEXT_OF = ("text", "content", "value", "message", "answer", "response", "output", "completion")  # of an answer's object


def nearest(row: Mapping[str, Any]) -> str:
    return line(columns(row))


def columns(row: Mapping[str, Any]) -> Columns:
    """Looks into columns that hold objects, and puts two texts with a label together."""
    places = [place for place in places_of(row) if verdicts.at(row, place) not in (None, "")] or places_of(row)
    numbers = [place for place in places if _is_number(row, place)]
    by_leaf = {_leaf(place): place for place in reversed(places)}
    by_leaf = {
        leaf: place for leaf, place in by_leaf.items() if leaf.lower() not in MESSAGES or _holds_talk(row, place)
    }
    inner = guess(tuple(by_leaf))
    roles = inner.model_dump() if inner is not None else {}
    given = {role: name.split(", ") for role, name in roles.items() if name}
    if (
        inner is not None
        and not inner.choices
        and by_leaf.keys() >= {name for names in given.values() for name in names}
    ):
        found = {role: [by_leaf[name] for name in names] for role, names in given.items()}
        beside = found.get("response", [""])[0].rpartition(".")[0]  # what judges the answer stands beside it
        kinds = {name: verdict_names.kind_of(name) for name in given.get("label", [])}
        judges = [
            name for name, kind in kinds.items() if kind not in ("rate", "remark")
        ]  # of the question, of anything
        found["label"] = [f"{beside}.{name}" if f"{beside}.{name}" in places else by_leaf[name] for name in judges]
        answered = next((place for place in places if _is_answer(verdicts.at(row, place))), None)
        if inner.messages and not inner.response and answered and answered != found["messages"][0]:
            found["response"] = [answered]
        return Columns(**{role: ", ".join(names) for role, names in found.items() if names})
    turns = next((name for name, value in row.items() if is_list_of_texts(value)), None)
    if turns is not None and len(row) < 3:
        return Columns(messages=turns)
    places = [place for place in places if not never_answers(place, row)] or ["?"]
    names = [place for place in places if not SAYS_NOTHING.search(re.sub(r"\.\d+$", "", place))] or places
    names = [name for name in names if name not in numbers or CLASSES.fullmatch(name)] or names
    names = [name for name in names if CLASSES.fullmatch(name) or not _is_tag(row, name)] or names
    revised = next((name for name in names if verdict_names.is_revision(_leaf(name))), None)
    label = next((name for name in names if CLASSES.fullmatch(name)), None) if revised is None else None
    said = [name for name in names if ANSWERS.search(name.lower().replace("resolution", ""))] or [
        name for name in names if tags.replies(_leaf(name))
    ]
    answer = revised or next((name for name in said if name.rpartition(".")[2] in TEXT_OF), said[0] if said else None)
    answer = answer or next((name for name in names if name.lower() in PROGRAMS), None)
    of_pupils = [place for place in places_of(row) if pupils.is_answer(_leaf(place))]  # they ask nothing, nor do grades
    of_pupils += [name for name in names if of_pupils and pupils.is_grade(_leaf(name))]
    texts = [name for name in names if name not in (label, answer, *of_pupils)]
    if label is not None and answer is None and texts:
        texts = ["text"] if "text" in texts else texts
        known = [name for name in texts if name.lower() in ASKS]
        texts = known if len(known) == 1 else texts
        asked = texts[0] if len(texts) == 1 else "\\n".join(f"{{{name}}}" for name in texts[:2])
        return Columns(prompt=asked, response=label)
    plain = {name: _leaf(name).lower() for name in texts}
    texts.sort(key=lambda name: plain[name] in column_words.SUMS)  # which ask where nothing else does
    known = [name for name in texts if plain[name] in ASKS and plain[name] not in column_words.SUMS]
    known.sort(key=lambda name: ASKS.index(plain[name]))
    others = [name for name in names if name not in (answer, *of_pupils)] or ["?"]
    asking = [name for name in texts if ASKING.search(name)]
    prompt = ([name for name in texts if _is_talk(row.get(name))] or known or asking or texts or others)[0]
    answer = "text" if answer is None and "text" in texts and prompt != "text" else answer
    left = sorted((name for name in names if name != prompt), key=lambda name: tags.is_grounds(_leaf(name)))
    response = answer or next(iter(left), "?" if len(row) > 1 else names[-1])
    return Columns(prompt=prompt, response=response, label=judging(row, prompt, response))


def never_answers(place: str, row: Mapping[str, Any]) -> bool:
    """Whether its name says that it holds bad answers, or what somebody says about answers."""
    parts = [verdict_names.plain(part) for part in place.split(".")]
    if any(map(pupils.is_answer, parts)):
        return judging(row, "", place) is None
    return any(WRONG_ANSWERS.fullmatch(part) or column_words.REMARKS.fullmatch(part) for part in parts)


def judging(row: Mapping[str, Any], prompt: str, response: str) -> str | None:
    """The columns that seem to judge the answer."""
    found = [
        name
        for name, kind in verdict_names.judging(tuple(row), response)
        if kind not in ("rate", "predicted", "remark")
    ]
    found += [name for name in row if name not in found and verdict_values.stated(row[name]) is not None]
    return ", ".join(name for name in found if name != prompt and response.partition(".")[0] != name) or None


def list_of_rows(row: Mapping[str, Any], where: Columns) -> str | None:
    """The list whose entries are the rows, where a row is the one object around them: only the first would be read."""
    found = [re.match(r"(.+?)\.0\.", place) for place in (where.prompt, where.response, where.messages) if place]
    lists = {match[1] if match else None for match in found}
    inside = lists.pop() if len(lists) == 1 else None
    return inside if inside is not None and len(verdicts.at(row, inside)) > 1 else None


def list_of_questions(row: Mapping[str, Any]) -> str | None:
    """The list in which several questions stand, whatever stands around it."""
    inside = (re.fullmatch(r"(.+)\.0\.([^.]+)", place) for place in places_of(row))
    lists = [match[1] for match in inside if match and match[2].lower() in column_words.QUESTIONS]
    return next((name for name in lists if len(verdicts.at(row, name)) > 1), None)


def are_names(columns: Sequence[str]) -> bool:
    """Whether one of these says what its column holds; else they may be the first row of a table without a header."""
    return any(column_names.is_known(name) or SAYS_NOTHING.search(name) is not None for name in columns)


def _is_answer(value: Any) -> bool:
    """Whether this is a message of an assistant, and not the talk before it."""
    return isinstance(value, Mapping) and talk.role_of(value) == talk.ASSISTANT


def _is_tag(row: Mapping[str, Any], place: str) -> bool:
    return tags.is_tag(_leaf(place)) and ASKED.search(str(verdicts.at(row, place))) is None


def _is_number(row: Mapping[str, Any], place: str) -> bool:
    return isinstance(verdicts.at(row, place), (int, float))


def _leaf(place: str) -> str:
    """What a place in an object is called: by the object where it is only its text."""
    return re.sub(r"(?<=\w)\.(?:text|content|value)$", "", place.replace(".0", "")).rpartition(".")[2]


def _holds_talk(row: Mapping[str, Any], place: str) -> bool:
    """Not a dialogue told in one text, which is to be summarised, nor a user's questions alone."""
    value = verdicts.at(row, place)
    return isinstance(value, list) or (isinstance(value, str) and value.lstrip().startswith(("[", "{", "<", "##")))


def _is_talk(value: Any) -> bool:
    opened = talk.opened(value)
    first = opened[0] if isinstance(opened, Sequence) and opened else None
    return talk.are_pairs(opened) or (isinstance(first, Mapping) and not first.keys().isdisjoint(("role", "from")))


def is_list_of_texts(value: Any) -> bool:
    return isinstance(value, list) and len(value) > 1 and all(isinstance(item, str) for item in value)


def places_of(row: Mapping[str, Any], before: str = "", deep: int = 0) -> list[str]:
    """The columns, and the ways into those that hold objects or lists of them."""
    places = []
    for name, value in row.items():
        value = talk.opened(value)
        if not name:  # a column without one
            continue
        if isinstance(value, Sequence) and not isinstance(value, str) and value and not _is_talk(value):
            name, value = f"{name}.0", value[0]
        if isinstance(value, Mapping) and talk.role_of(value) is None and deep < 4:
            places += places_of(value, f"{before}{name}.", deep + 1)
        else:
            places.append(f"{before}{name}")
    return places
