"""Which line to propose for rows that nothing is understood of: each is tried on them, and what it gives looked at.

Nothing is proposed that would teach names, numbers, tags, harm, or the first answer where another one is the best.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters import column_words, mapped
from so8t_engine.data.adapters.answers import options, right_beside
from so8t_engine.data.adapters.judged import pupils, scales, verdict_names, verdicts
from so8t_engine.data.adapters.parsed_row import OTHER_SHAPES, Fields, ParsedRow, Skip
from so8t_engine.data.adapters.proposed import (
    choice_shapes,
    class_questions,
    completed,
    help_pages,
    language_pairs,
    mended_translations,
    nearest_mapping,
    never_proposed,
    option_rows,
    own_verdicts,
    plain_pairs,
    premises,
    reasons_beside,
    sentence_pairs,
    solutions_in_steps,
    source_targets,
    stamped_comments,
    tags,
    tasks,
    things,
)
from so8t_engine.data.adapters.proposed.nearest_mapping import ASKED, ASKING, ASKS, SAYS_NOTHING
from so8t_engine.data.adapters.talks import talk, ticket_comments

TRIED = 50  # rows
FEWEST = 3  # rows that tell whether texts differ
MOST_PLACES = 8  # that may ask or answer
ENDS_ASKING = re.compile(r"[?？]\s*$")
IDENTIFIER = re.compile(r"\S+@\S+\.\w+|https?://\S+|(?=\S*\d)[\w.-]+|[\d\s:/.,TZ+-]+")
NUMBER = re.compile(r"[\d.,:/-]+")
TAGS = re.compile(r"</?[A-Za-z][^<>]*>")
BARE_OPTION = re.compile(r"[A-Ha-h1-9①-⑨アイウエオ]")
OPTION_MARK = re.compile(r"(?m)(?:^|[\s,;|/])[(（]?(?:[A-H1-9]|[①-⑨]|[アイウエオ])[)）.:]?\s*\S")
TEXTS = frozenset(("sent", "sentence", "text", "phrase", "statement", "passage", "document", "paragraph", "文", "文章"))
JUDGED_BY = re.compile(
    r"(?i).*(?:score|vote|ups\b|likes?$|points|rating|rank|accepted|is_?best|reward|favou?rite|weight|fraction).*"
)


def propose(rows: Sequence[Fields], path: str = "") -> Columns | None:
    """The first mapping that gives questions and answers in rows like these; None where none does. `path`: of them."""
    rows = rows[:TRIED]
    if (marked := option_rows.mapping(rows)) is not None:
        return marked
    texts = _texts(rows)
    if never_proposed.are_of_a_character(texts):
        return None
    if (labelled := class_questions.of_unnamed(texts)) is not None:
        return class_questions.asked(labelled, rows, texts)
    if all(map(language_pairs.NUMBERED.fullmatch, rows[0])):
        said = {name: [str(row.get(name) or "") for row in rows] for name in rows[0]}
        if (translated := language_pairs.mapping(said)) is not None:
            return translated
    if (related := sentence_pairs.mapping(rows) or premises.mapping(rows)) is not None:
        return related
    if (known := stamped_comments.mapping(rows) or help_pages.mapping(rows) or things.mapping(rows)) is not None:
        return scales.labelled(known, rows)
    candidates = (completed.completed(where, rows, texts) for where in _candidates(rows, texts, path))
    turned = (own_verdicts.with_label(own_verdicts.of_the_right_one(where, rows), rows) for where in candidates)
    good = next((where for where in turned if _is_good(where, rows, texts)), None)
    return class_questions.asked(scales.labelled(good, rows), rows, texts) if good is not None else None


def without_header(rows: Sequence[Fields]) -> Columns | None:
    """The same by `column1`, `column2`, where the names of the columns look like another row; else None."""
    columns = {name: [str(row.get(name) or "") for row in rows[:TRIED]] for name in rows[0]}
    alike = all(looks_like(name, said) for name, said in columns.items())
    if all(map(NUMBER.fullmatch, columns)) or not (alike or _may_be_row(columns)):
        return None
    texts = {name: f"column{number}" for number, name in enumerate(columns, 1) if not NUMBER.fullmatch(name)}
    above = {column: name for name, column in texts.items()}
    return propose([above, *({column: row.get(name) for name, column in texts.items()} for row in rows)])


def looks_like(name: str, said: Sequence[str]) -> bool:
    """Whether a name may be one of these texts: of like length, as many words, ended in the same way."""
    texts = [text for text in said if text.strip()]
    return bool(texts) and _mostly(lambda text: _shape(text) == _shape(name), texts)


def _may_be_row(columns: Mapping[str, Sequence[str]]) -> bool:
    """Whether names are written as texts are: in several words, which begin large or small as those below them do."""
    return any(" " in name.strip() and name[:1].islower() for name in columns) and all(
        2 * sum(text[:1].islower() == name[:1].islower() for text in said) >= len(said)
        for name, said in columns.items()
    )


def _shape(text: str) -> tuple[bool, bool, str, int]:
    plain = text.strip()
    end = plain[-1:] if plain[-1:] in "?？.。!！" else ""
    return NUMBER.fullmatch(plain) is not None, "\n" in plain, end, min(len(plain.split()), 3)


def _candidates(rows: Sequence[Fields], texts: Mapping[str, list[str]], path: str) -> Iterator[Columns]:
    if (corrected := mended_translations.mapping(rows)) is not None:
        yield source_targets.into(corrected, rows)
    if source_targets.pair(rows[0]) is not None:
        yield from filter(None, [source_targets.mapping(rows, path)])
        return
    of_task = tasks.mapping(rows[0])
    if of_task is not None and tasks.translates(of_task):
        of_task = source_targets.into(own_verdicts.of_translation(of_task, rows), rows)
    of_steps = solutions_in_steps.mapping(rows[0])
    yield from filter(None, (choice_shapes.mapping(rows), of_task, reasons_beside.mapping(rows), of_steps))
    nearest = nearest_mapping.columns(rows[0])
    yield nearest
    if nearest.response and ".0" in nearest.response:
        yield nearest.model_copy(update={"response": nearest.response.partition(".0")[0]})
    yield from _pairs(rows, texts)


def _pairs(rows: Sequence[Fields], texts: Mapping[str, list[str]]) -> Iterator[Columns]:
    """What asks before what only might; of what answers the column that says so, then the longest."""
    usable = {
        place: said
        for place, said in texts.items()
        if not SAYS_NOTHING.search(re.sub(r"\.\d+$", "", place))
        and not nearest_mapping.never_answers(place, rows[0])
        and verdict_names.kind_of(place) in (None, *verdict_names.BY_WORDS)
        and not _mostly(IDENTIFIER.fullmatch, said)
        and not _mostly(ticket_comments.STAMPED.match, said)
        and not _is_class(said)
        and (not tags.is_tag(_leaf(place)) or _mostly(ASKED.search, said))
    }

    def how_asking(place: str) -> tuple[bool, bool, bool]:
        named = _leaf(place) in ASKS or ASKING.search(place) is not None
        told = not named and (tags.replies(_leaf(place)) or _gives_reasons(_leaf(place)))
        return told, not _mostly(ASKED.search, usable[place]), not named

    def how_answering(place: str) -> tuple[bool, bool, int]:
        named = tags.replies(_leaf(place))
        return not named and _gives_reasons(_leaf(place)), not named, -sum(map(len, usable[place]))

    asking = sorted(usable, key=how_asking)[:MOST_PLACES]
    answering = sorted(usable, key=how_answering)[:MOST_PLACES]
    for prompt, response in itertools.product(asking, answering):
        if prompt != response:
            label = nearest_mapping.judging(rows[0], prompt, response)
            yield Columns(prompt=prompt, response=response, label=label)


def _gives_reasons(called: str) -> bool:
    return called in column_words.REASONING or tags.is_view(called) or tags.is_grounds(called)


def _is_good(where: Columns, rows: Sequence[Fields], texts: Mapping[str, list[str]]) -> bool:
    response = where.chosen or where.response
    named = _is_worked(where)
    if _asks_nothing(where, rows) or _is_tagged(where, texts):
        return False
    if response is not None and _answers_nothing(where, response, rows, texts):
        return False
    if response is not None and not named and _only_counts(response, rows):
        return False
    records, understood = _read(where, rows)
    if understood * 2 < len(rows) or (not records and len(rows) >= FEWEST):
        return False
    if response is None or where.prompt is None:
        return where.messages is None or not _are_answers(where.messages, rows, texts)
    asked = [record.prompt for record in records]
    said = [record.response for record in records]
    if any(_mostly(no.fullmatch, asked) for no in (IDENTIFIER, BARE_OPTION)):
        return False
    if _are_of_a_choice(response, said, asked, rows):
        return False
    judged = any(_is_first_of_judged(row, place) for row in rows for place in (where.prompt, response))
    if judged or own_verdicts.are_of_each(where, rows):
        return False
    if _are_alike(texts) and not (
        tasks.translates(where) or _is_of_class(response) or column_words.ANSWERS.search(response)
    ):
        return False
    if not (named or plain_pairs.is_plain(where, asked, texts)):
        return False
    if "{" not in where.prompt and not tags.answers(_leaf(response)) and _are_foreign(asked, said):
        return False
    return len(records) < FEWEST or (_ask(asked, texts) and _answer(where, asked, said, texts))


def _asks_nothing(where: Columns, rows: Sequence[Fields]) -> bool:
    """Whether what would ask is a grade, a pupil's or a machine's answer, an attempt, or the options."""
    prompt, names = str(where.prompt), tuple(rows[0])
    return (
        "?" in where.model_dump().values()
        or any(_holds_options(place) for place in (where.prompt, where.messages) if place)
        or completed.asks_itself(where)
        or completed.is_of_machine(prompt)
        or completed.is_figure(prompt)
        or completed.is_numbered(prompt, names)
        or pupils.is_answer(_leaf(prompt))
        or own_verdicts.is_judged(prompt, rows)
    )


def _answers_nothing(where: Columns, response: str, rows: Sequence[Fields], texts: Mapping[str, list[str]]) -> bool:
    """Whether by its name, by what stands there or beside it this is no answer that may be learnt."""
    names, places = tuple(rows[0]), nearest_mapping.places_of(rows[0])
    return (
        _holds_options(response)
        or response in options.spread(names)
        or nearest_mapping.never_answers(response, rows[0])
        or never_proposed.forbids(where, places)
        or never_proposed.takes_of_thread(where, rows)
        or completed.is_of_machine(response)
        or completed.is_rating(response, texts)
        or completed.is_part(response, names)
        or own_verdicts.is_of_a_giver(response, rows[0])
        or right_beside.is_of_pupil(response, names)
        or right_beside.is_outdone(_leaf(response), tuple(map(_leaf, places)))
        or all(never_proposed.is_span(verdicts.at(row, response)) for row in rows)
        or (".0" in response and _is_named_elsewhere(where, names))
        or choice_shapes.are_told_apart(response, rows)
        or never_proposed.are_constants(response, texts.get(response, []))
        or never_proposed.is_outdone(response, rows, places)
    )


def _is_tagged(where: Columns, texts: Mapping[str, list[str]]) -> bool:
    """Whether what sorts, names or dates rows would answer."""
    prompt, response = str(where.prompt), where.response
    if response is None or where.messages:
        return False
    called, said = _leaf(response), texts.get(response, [])
    if tags.is_tag(called):
        sorts = column_words.CLASSES.fullmatch(called) is None or (len(said) >= FEWEST and len({*said}) * 2 > len(said))
        return sorts or any(tags.replies(_leaf(name)) for name in texts if name not in prompt)
    named = tags.answers(called) or _is_of_class(response) or verdict_names.is_revision(called)
    if (
        named
        or called in nearest_mapping.PROGRAMS
        or "{" in prompt
        or where.reasoning
        or len(texts) <= plain_pairs.CARDS
    ):
        return False
    return tags.are_outdone(response, texts, prompt, str(where.label).split(", "))


def _are_of_a_choice(response: str, said: Sequence[str], asked: Sequence[str], rows: Sequence[Fields]) -> bool:
    """Whether letters or numbers answer, which say nothing without the options beside the question or in it."""
    if column_words.CLASSES.fullmatch(_leaf(response)) or not _mostly(BARE_OPTION.fullmatch, said):
        return False
    beside = bool(options.columns(tuple(rows[0]))) or choice_shapes.are_there(rows)
    return beside or _mostly(lambda text: len(OPTION_MARK.findall(text)) > 2, asked)


def _are_foreign(asked: Sequence[str], said: Sequence[str]) -> bool:
    """Whether of question and answer one would be Japanese: a translation, if anything."""
    languages = {source_targets.language(asked), source_targets.language(said)}
    return len(languages) == 2 and "Japanese" in languages and languages.isdisjoint((None, "Chinese"))  # 与信


def _only_counts(response: str, rows: Sequence[Fields]) -> bool:
    """Whether its values are the numbers of the rows: 1, 2, 3."""
    said = [talk.words_if_any(verdicts.at(row, response)).strip() for row in rows]
    if column_words.ANSWERS.search(response) or len(said) < 2 or not all(map(str.isdecimal, said)):
        return False
    return [*map(int, said)] == [*range(int(said[0]), int(said[0]) + len(said))]


def _is_named_elsewhere(where: Columns, names: tuple[str, ...]) -> bool:
    """Whether another column says which of several answers is right."""
    right = options.right_column(names, (), where.prompt)
    return right is not None and right != str(where.response).partition(".0")[0]


def _ask(asked: Sequence[str], texts: Mapping[str, list[str]]) -> bool:
    """Whether texts may be questions, and no other column's are rather."""
    if len({*asked}) * 2 < len(asked):
        return False
    return _mostly(ASKED.search, asked) or not any(_mostly(ENDS_ASKING.search, said) for said in texts.values())


def _answer(where: Columns, asked: Sequence[str], said: Sequence[str], texts: Mapping[str, list[str]]) -> bool:
    """Whether texts may be answers: not all the same, no questions, no names."""
    place = str(where.response)
    named = _is_worked(where) or tags.replies(_leaf(place)) or _is_of_class(place)
    asked_for = "{" in str(where.prompt) and _leaf(place) in column_words.ANSWERING
    if len({*said}) == 1 or _mostly(ENDS_ASKING.search, said):
        return False
    repeated = (_bare(answer).startswith(_bare(question)) for question, answer in zip(asked, said, strict=True))
    if sum(repeated) * 2 > len(said):
        return False
    may_be_class = len(texts) < FEWEST or not _is_class(said)
    return named or asked_for or (may_be_class and not _mostly(IDENTIFIER.fullmatch, said))


def _is_worked(where: Columns) -> bool:
    """Whether the answer is what steps or reasons in columns of their own come to."""
    return solutions_in_steps.is_one(where) or reasons_beside.is_one(where)


def _read(where: Columns, rows: Sequence[Fields]) -> tuple[list[ParsedRow], int]:
    """What becomes of the rows, and how many are of a shape that the mapping fits."""
    records, understood = [], 0
    for row in rows:
        try:
            records.append(mapped.read(where, row, named=True))
        except Skip:
            pass
        except OTHER_SHAPES:
            continue
        understood += 1
    return [record for record in records if record.prompt.strip() and record.response.strip()], understood


def _texts(rows: Sequence[Fields]) -> dict[str, list[str]]:
    """What stands in the places that hold texts in most rows."""
    found: dict[str, list[str]] = {}
    for place in nearest_mapping.places_of(rows[0]):
        values = [verdicts.at(row, place) for row in rows]
        said = [value.strip() for value in values if isinstance(value, str) and value.strip()]
        if len(said) * 2 >= len(rows):
            found[place] = said
    return found


def _are_answers(place: str, rows: Sequence[Fields], texts: Mapping[str, list[str]]) -> bool:
    """Whether texts in a list are no turns of a talk but versions of one, or answers to what another column asks."""
    lists = [verdicts.at(row, place) for row in rows]
    if not nearest_mapping.is_list_of_texts(lists[0]):
        return False
    if 2 * sum(map(never_proposed.are_versions, lists)) > len(lists):
        return True
    others = (texts[name] for name in texts if name != place and not name.startswith(f"{place}."))
    return any(_mostly(ENDS_ASKING.search, asked) for asked in others)


def _is_first_of_judged(row: Mapping[str, Any], place: str) -> bool:
    """Whether it is the first of several answers, each with a score, votes, or a mark that one is the best."""
    several = verdicts.at(row, place.partition(".0")[0])
    if not isinstance(several, list) or len(several) < 2:
        return False
    if isinstance(several[0], Mapping):
        return ".0" in place and any(JUDGED_BY.fullmatch(str(key)) for key in several[0])
    beside = [value for name, value in row.items() if JUDGED_BY.fullmatch(name)]
    return any(isinstance(value, list) and len(value) == len(several) for value in beside)


def _is_of_class(place: str) -> bool:
    return any(names.fullmatch(_leaf(place)) for names in (column_words.CLASSES, tasks.VERDICT, tasks.ACCEPTABLE))


def _are_alike(names: Iterable[str]) -> bool:
    """Whether some tell of two texts of one kind, neither of which answers the other: sent_more and sent_less."""
    parts = [re.split(r"[\s_-]+|(?<![\s_-])(?=\d$)", name.lower()) for name in names]
    kinds = [kind for kind, *mark in parts if len(mark) == 1 and kind in TEXTS]
    return len({*kinds}) < len(kinds)


def _holds_options(place: str) -> bool:
    return any(part.lower() in options.LISTS for part in place.split("."))


def _is_class(said: Sequence[str]) -> bool:
    """Whether there are few values, each many times."""
    return len(said) >= FEWEST and len({*said}) * 2 <= len(said) and max(map(len, said)) <= column_words.LONGEST_CLASS


def _bare(text: str) -> str:
    """Without its tags, which the same text may have in another column."""
    return " ".join((TAGS.sub(" ", text) if "<" in text else text).split())


def _leaf(place: str) -> str:
    return re.sub(r"(?:\.\d+)+$", "", place).rpartition(".")[2].lower()


def _mostly(holds: Callable[[str], object], said: Sequence[str]) -> bool:
    return bool(said) and sum(bool(holds(text)) for text in said) * 2 >= len(said)
