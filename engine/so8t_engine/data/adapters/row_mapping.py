"""What the columns of one row mean: by their names (column_names.py), as far as the row's values bear it out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters import bilingual_names, column_names, column_words, instructed_questions, question_titles
from so8t_engine.data.adapters.answers import (
    answers_given,
    gold_beside,
    options,
    options_beside,
    own_answers,
    paragraphs,
    right_beside,
    right_options,
    task_numbers,
    worked,
)
from so8t_engine.data.adapters.judged import (
    evaluated,
    peoples_answers,
    pointers,
    samples,
    verdict_names,
    verdict_values,
    verdicts,
)
from so8t_engine.data.adapters.parsed_row import Fields
from so8t_engine.data.adapters.talks import edited, open_talks, speakers, talk, trajectories, transcripts

NO_GOLD = ("proof", "notfound", "not found", "n/a")  # what stands for a gold answer that there is not
MARKS = ("is_correct", "correct", "labels", "is_right", "right", "is_answer", "marks", "正誤")  # a list beside options
OF_AGENTS = ("trajectory", "messages", "turns", "contents")  # which may hold how the answer came to be


def mapping(row: Fields, roles: Mapping[str, str] = {}) -> Columns | None:
    """What the columns of a row mean by their names, as far as its values bear it out. `roles`: as of Dataset."""
    names = tuple(name for name in row if row[name] not in (None, "") or bilingual_names.original(name, row) is None)
    if {"vanilla", "adversarial", "completion"} <= row.keys():  # WildJailbreak: what was asked is the one that is there
        return Columns(prompt="adversarial" if row["adversarial"] else "vanilla", response="completion")
    where = _asked_in_words(column_names.guess(names), row, names)
    where = answers_given.mapping(row, where) or where
    if where is not None and not where.choices and where.response in row:
        mended = edited.alone(row)
        if mended not in (None, where.prompt):
            return where.model_copy(update={"response": mended, "answer": None})
    several = _several(row, where, names)
    where = several or _worked_answer(row, where) or right_one(row, where) or _its_own(row, where)
    where = peoples_answers.mapping(row) or _talk_alone(row) if where is None else where
    if where is None and (marked := column_names.guess_marked(names)) is not None:
        return marked if options.are_marked(row, str(marked.choices).split(", ")) else _marked_beside(row, marked)
    several_at = where is not None and several is None and verdict_names.holds_several(where.response)
    if where is not None and several_at and not samples.can_be_told(row, where):
        where = column_names.guess(tuple(name for name in names if name != where.response))
    if where is not None and where.chosen and not (where.prompt or where.messages or _is_talk(row[where.chosen])):
        return None
    if where is not None and where.messages in row:
        where = _of_talk(where, row, names, roles)
    if where is not None and where.reasoning in row and not where.choices:
        where = _with_steps(where, row, str(where.reasoning))
    if where is not None and where.choices and (wrong := _answers_in_prose(row, where)):
        where = column_names.guess(tuple(name for name in names if name not in wrong))
    if where is not None and where.choices and _is_no_list(row, where):
        prose = where.choices  # "choice": "the first"
        where = column_names.guess(tuple(name for name in names if name != prose))
        if where is not None and where.query is None and options.are_written_out(row[prose]):
            where = where.model_copy(update={"query": prose})
    if where is not None and not where.choices:
        where = question_titles.whole(row, _by_values(where, row))
        where = options_beside.mapping(row, where) or where
    where = gold_beside.without_result(row, where) if where is not None else None
    if where is not None and where.answer is None and not where.choices and not where.chosen:
        gold = gold_beside.place(row, where)
        where = where if gold is None else where.model_copy(update={"answer": gold})
    if where is not None and where.choices:
        where = _without_remark(_asked_of_options(where, row), row)
    where = instructed_questions.whole(row, where) if where is not None else None
    if where is not None and where.query:
        asked = paragraphs.PLACE.findall(where.query) or [where.query]
        kept = [name for name in asked if _can_be_asked(name, row[name])]
        if len(kept) < len(asked):
            where = where.model_copy(update={"query": kept[0] if kept else None})
    unclear = (name for name in verdicts.places(where) if verdict_names.UNCLEAR.fullmatch(name)) if where else ()
    return None if any(_is_number(row.get(name)) for name in unclear) else where


def _of_talk(where: Columns, row: Fields, names: tuple[str, ...], roles: Mapping[str, str]) -> Columns | None:
    """The same of a row with a column that is called as a talk is, by what stands in it."""
    place = str(where.messages)
    others = tuple(name for name in names if name != place)
    if not _may_be_talk(place, row[place]):
        return column_names.guess(others) or _talk_alone(row)  # "turns": 3
    if _is_prose(row, place, roles):
        told = column_names.guess(others) or (None if any(map(column_words.ANSWERS.search, others)) else where)
        return None if told is None else _about_a_talk(_with_steps(told, row, place), place)
    return where if where.chosen else _with_what_a_talk_lacks(where, row)


def _asked_in_words(where: Columns | None, row: Fields, names: tuple[str, ...]) -> Columns | None:
    """The mapping to the question, where what is called so too holds the task's number: "1a" beside its text."""
    if where is None or where.prompt not in row or not task_numbers.is_one(row[str(where.prompt)]):
        return where
    other = column_names.guess(tuple(name for name in names if name != where.prompt))
    asked = row.get(str(other.prompt)) if other is not None else None
    return other if isinstance(asked, str) and asked.strip() and not task_numbers.is_one(asked) else where


def _marked_beside(row: Fields, where: Columns) -> Columns | None:
    """The mapping to options that a list beside them marks, one mark for each: `is_correct: [false, true]`."""
    count = len(options.counted_options(row, str(where.choices).split(", "))[0])
    for name, value in row.items():
        marks = talk.opened(value) if verdict_names.plain(name) in MARKS else None
        if isinstance(marks, list) and len(marks) == count > 1 and pointers.are_marks(marks):
            return where.model_copy(update={"answer": name})
    return None


def _several(row: Fields, where: Columns | None, names: tuple[str, ...]) -> Columns | None:
    """The mapping to a list of answers that a gold one beside it tells apart."""
    if not gold_beside.may_tell(names):
        return None
    where = where or column_names.guess((*names, "response"))
    if where is None or not where.prompt or where.messages or where.chosen:
        return None
    if where.answer is not None and verdict_names.holds_several(where.response):  # as it is
        return None
    where = gold_beside.without_result(row, where)
    return None if where.reasoning and where.response == where.answer else gold_beside.of_list(row, where)


def right_one(row: Fields, where: Columns | None) -> Columns | None:
    """The mapping to the answer whose name says that it is right, without another's reasoning, unless that is praised
    for what it came to. Of an answer that is called bad the right one stands for it, whatever both are.
    """
    if where is None or where.response not in row:
        return None
    right = right_beside.mapping(row, where)
    if right_beside.column(tuple(row), where.response) and _is_wrong(row, where):
        right = right_beside.instead(row, where) or right
    if right is None or verdicts.approves(row, where, {}):
        return right
    return own_answers.without_anothers(row, where, right)


def _is_unwritten(row: Fields, where: Columns, other: Columns | None) -> bool:
    return (
        other is not None
        and bool(other.response)
        and right_beside.is_unwritten(row, str(other.response), str(where.response))
    )


def _is_wrong(row: Fields, where: Columns) -> bool:
    verdict = verdicts.of(row, where, {})
    return verdict is not None and not verdict.harm


def _its_own(row: Fields, where: Columns | None) -> Columns | None:
    """The same where what is called right, or was made of a draft, is what the columns mean by themselves."""
    if where is None or not where.reasoning or where.choices or where.response not in row:
        return where
    learnt = str(where.response)
    other = column_names.guess(tuple(name for name in row if name != learnt))
    if other is None or other.reasoning != where.reasoning or not own_answers.is_replaced(learnt, other):
        return where
    unmended = verdict_names.is_mended(learnt) and verdict_names.is_unmended(learnt, row[learnt])
    return where if unmended else own_answers.without_anothers(row, other, where)


def _worked_answer(row: Fields, where: Columns | None) -> Columns | None:
    """The mapping to what was scored, where that is no system's reply but the worked answer."""
    if where is None or where.choices:
        return None
    names = evaluated.without_scores(tuple(row), where.response, verdict_names.plain)
    other = column_names.guess(names) if names is not None else None
    if other is None or other.response in (None, where.response):
        return None
    return other if evaluated.is_worked(row.get(str(other.response)), row.get(str(where.response))) else None


def _with_steps(where: Columns, row: Fields, place: str) -> Columns:
    """What an agent thought, called and saw is a part of the talk, and ends with the answer, if need be that beside."""
    said = row[place]
    if not isinstance(said, str) or not trajectories.may_be(said) or (steps := trajectories.turns(said)) is None:
        return where
    ended, beside = steps[-1][0] == talk.ASSISTANT, where.response
    if beside is None or beside == place:
        return where
    gold = where.answer or (beside if ended and len(str(row[beside])) <= worked.LONGEST_RESULT else None)
    response = place if ended else f"{{{place}}}\\nFinal Answer: {{{beside}}}"
    return where.model_copy(update={"response": response, "reasoning": None, "answer": gold})


def _about_a_talk(where: Columns, told: str) -> Columns:
    """A talk that is told in one text is what a question beside it is about: a call, a meeting."""
    used = " ".join(str(place) for place in where.model_dump().values() if place)
    asks = paragraphs.asks(where.prompt) and told.lower() not in OF_AGENTS
    if where.query or not asks or told in used:
        return where
    if where.choices:
        return where.model_copy(update={"prompt": f"{{{told}}}\\n\\n{{{where.prompt}}}"})
    return where.model_copy(update={"query": told})


def _by_values(where: Columns, row: Fields) -> Columns:
    """What only values tell: a trace or an answer in the second of two columns, options among answers, code to run."""
    if where.response in row and row[str(where.response)] in (None, ""):
        other = column_names.guess(tuple(name for name in row if row[name] not in (None, "")))
        unrevised = verdict_names.is_revision(str(where.response)) or _is_unwritten(row, where, other)
        if other is not None and other.prompt == where.prompt and other.response:
            where = where if unrevised and not verdicts.approves_draft(row, other) else other
    if where.reasoning in row and row[str(where.reasoning)] in (None, "", []):
        other = column_names.guess(tuple(name for name in row if name != where.reasoning))
        if other is not None and other.reasoning and other.prompt == where.prompt:
            where = other
    answers, label = str(where.response), str(where.label)
    if answers.lower() == "answers" and _are_marked_options(row.get(answers)):
        return Columns(prompt=where.prompt, choices=answers, answer=answers, reasoning=where.reasoning)
    if answers.lower() == "answers" and label in row and _is_choice(row[answers], row[label]):
        asked = where.prompt if where.query is None else f"{{{where.query}}}\\n\\n{{{where.prompt}}}"
        return Columns(prompt=asked, choices=answers, answer=label, reasoning=where.reasoning)
    if where.answer in row and str(row[str(where.answer)]).strip().lower() in NO_GOLD:
        other = column_names.guess(tuple(name for name in row if name != where.answer))
        if other is not None and other.prompt == where.prompt:
            where = other
    may_be_example = where.query and where.prompt in row and paragraphs.may_be_example(where.query)
    if may_be_example and str(row[str(where.prompt)]) in str(row[str(where.query)]):
        where = where.model_copy(update={"query": None})  # the whole example once more, as it is trained on
    code = next((name for name in row if name.lower() == "code"), None)
    if str(where.prompt).lower() == "input" and code and _is_program(row[code]) and code != where.response:
        return where.model_copy(update={"prompt": code, "query": where.prompt})
    return where


def _with_what_a_talk_lacks(where: Columns, row: Fields) -> Columns:
    """The answer to a talk that ends with a question; the short gold answer beside one that ends with an answer."""
    names = tuple(name for name in row if name != where.messages and row[name] not in (None, "", [], {}))
    response, answer, reasoning = column_names.answering(names)
    turns = talk.opened(row[str(where.messages)])
    last = turns[-1] if isinstance(turns, list) and turns else None
    role = last.get("role", last.get("from")) if isinstance(last, Mapping) else None
    if talk.ROLES.get(str(role).lower()) == talk.USER and (response or answer):
        return where.model_copy(update={"response": response or answer, "reasoning": reasoning})
    if open_talks.ends_open(turns) and (beside := open_talks.answer(row, str(where.messages))) is not None:
        return where.model_copy(update={"response": beside, "reasoning": reasoning})
    gold = row[answer] if answer else None
    if role is not None and isinstance(gold, (str, int, float)) and 0 < len(str(gold)) <= worked.LONGEST_RESULT:
        return where.model_copy(update={"answer": answer})
    return where


def _talk_alone(row: Fields) -> Columns | None:
    """The only column that holds a talk beyond doubt, whatever it is called, perhaps in an object."""
    opened = {name: talk.opened(value) for name, value in row.items()}
    found = [name for name, value in opened.items() if talk.is_plain(talk.unwrapped(value))]
    place = found[0] if len(found) == 1 else open_talks.alone(opened)
    return Columns(messages=place) if place is not None else None


def _may_be_talk(name: str, value: object) -> bool:
    """MT-Bench's `turns` are a user's questions, one after another."""
    if name.lower() == "turns" and isinstance(value, list) and all(isinstance(turn, str) for turn in value):
        return False
    return isinstance(value, (str, list))


def _is_choice(options: object, label: object) -> bool:
    number = str(label).strip()
    return (
        isinstance(options, list) and len(options) > 1 and type(label) is not bool
        and number.isdecimal() and int(number) <= len(options)  # which may count from 1
    )  # fmt: skip


def _are_marked_options(value: object) -> bool:
    """Short ones: long ones are what models answered, of which the right one is learnt."""
    found = right_options.marked(value)
    return found is not None and max(map(len, found[0])) <= options.LONGEST_OPTION


def _is_program(value: object) -> bool:
    """Not a language's name, an illness's number."""
    return isinstance(value, str) and ("\n" in value.strip() or " " in value.strip())


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) or (isinstance(value, str) and value.strip().lstrip("-").isdecimal())


def _asked_of_options(where: Columns, row: Fields) -> Columns:
    """Without what only names a passage, and without the question's number, which asks nothing."""
    last = _parts(where)[-1]
    if last in row and _is_number(row[last]):
        where = column_names.guess(tuple(name for name in row if name != last)) or where
    first, *others = _parts(where)
    if len(others) == 1 and first in row and not _can_be_asked(first, row[first]):
        where = where.model_copy(update={"prompt": others[0]})
    return where


def _parts(where: Columns) -> list[str]:
    """The places of what is asked."""
    return paragraphs.PLACE.findall(str(where.prompt)) or [str(where.prompt)]


def _without_remark(where: Columns, row: Fields) -> Columns:
    """Without a remark that is a word for good or bad ("veraltet"): it judges, and explains nothing."""
    is_remark = verdict_names.plain(where.reasoning or "") in column_words.TOLD_OF_KEYS
    if not is_remark or verdict_values.called(row.get(str(where.reasoning))) is None:
        return where
    return where.model_copy(update={"reasoning": None})


def _can_be_asked(name: str, value: Any) -> bool:
    """Whether it is a part of the question: a number is where it is put in, elsewhere one of a passage."""
    given = value if isinstance(value, list) else [value]
    if name.lower() in paragraphs.PUT_IN and all(type(one) in (int, float) and math.isfinite(one) for one in given):
        return True
    if name.lower() in paragraphs.PUT_IN and not talk.is_talk(value):
        return value == {} or paragraphs.put_in(value) is not None or paragraphs.is_one(value, name)
    return paragraphs.is_one(value, name)


def _is_talk(value: object) -> bool:
    """Whether a preferred answer brings its question with it."""
    opened = talk.opened(value)
    if isinstance(opened, str):
        return transcripts.parse(opened) is not None
    return isinstance(opened, list) and len(opened) > 1 and all(isinstance(turn, dict) for turn in opened)


def _answers_in_prose(row: Fields, where: Columns) -> list[str]:
    """Wrong answers in columns of their own that are no options beside the right one: whole texts."""
    wrong = str(where.choices).split(", ")[:-1]
    if not wrong or not options.are_sorted(wrong):
        return []
    return wrong if max(len(str(row.get(name) or "")) for name in wrong) > options.LONGEST_OPTION else []


def _is_no_list(row: Fields, where: Columns) -> bool:
    """Whether what should be options is a text that holds none."""
    value = row.get(str(where.choices))
    is_prose = isinstance(talk.opened(value), str) and transcripts.parse(str(value)) is None
    return is_prose and not options.are_in_one_text(value, row.get(str(where.answer)))


def _is_prose(row: Fields, name: str, roles: Mapping[str, str] = {}) -> bool:
    """A text in which nobody takes turns: what a question is about, where there is one; or that is to be summed up."""
    opened = talk.opened(row[name])
    if not isinstance(opened, str) or transcripts.parse(opened) is not None:
        return False
    is_answered = any(column_words.ANSWERS.search(other) for other in row if other != name)
    return (is_answered and not roles) or speakers.turns(opened, roles) is None
