"""A row read by a mapping: which of its columns holds the question, the answer, the talk, the trace, the preference.

The mapping stands in the configuration (`columns:`) or is what the names of the columns mean (column_names.py). A place
is a column, a way into one (`answers.text.0`), or a template with such places in braces.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal

from so8t_engine.config.run_config import Columns
from so8t_engine.config.types import Category
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.answers import (
    conclusions,
    continued_code,
    corrector_marks,
    counting,
    gold_beside,
    headed_traces,
    labels_beside,
    left_overs,
    no_answers,
    option_thoughts,
    options,
    options_beside,
    paragraphs,
    right_options,
    short_thoughts,
    traces,
    words_for_none,
    worked,
)
from so8t_engine.data.adapters.judged import (
    first_filled,
    samples,
    verdict_evidence,
    verdict_names,
    verdict_votes,
    verdicts,
)
from so8t_engine.data.adapters.known import api_logs, attack_targets
from so8t_engine.data.adapters.parsed_row import NO_INPUT, Fields, Index, ParsedRow, Skip, choice, dialogue
from so8t_engine.data.adapters.talks import called_tools, every_answer, media_marks, speakers, talk, transcripts
from so8t_engine.data.adapters.talks.talk import ASSISTANT, SYSTEM, USER, Turns
from so8t_engine.data.texts.refusals import refuses, says_no
from so8t_engine.sentences import Sentence

PLACE = re.compile(r"\{([^{}]+)\}")
WHY_RATED = ("rationale", "rationales", "justification", "explanation")
GROUND_TRUTH, OF_TEMPLATES = ("ground_truth", "reward_model.ground_truth"), ("<|", "<｜", "[INST]", "<start_of_turn>")
LONGEST_MARKS = 40  # characters that name options: "B. hen", "A, C"
LONGEST_RESULT = 120  # characters: what is boxed and longer is no result but a sentence


def read(
    where: Columns,
    row: Fields,
    labels: Mapping[str, str] = {},
    roles: Mapping[str, str] = {},
    index: Mapping[str, tuple[str, str]] = {},
    named: bool = False,
) -> ParsedRow:
    """Raises Skip; KeyError, TypeError, ValueError where the row has another shape.

    `labels`: what a value of the answer is called; `roles`: whose turn a name stands for; `index`: as of `look`;
    `named`: the mapping is the user's own.
    """
    row, index = every_answer.as_far(row, where.messages, roles, index)
    where = first_filled.of(where, row)
    row = api_logs.opened(row, where.response, row.get(str(where.prompt or where.messages)))
    where = where.model_copy(update={"reasoning": None}) if short_thoughts.MARK in index else where
    where = labels_beside.applied(verdict_votes.without_marks(where, index), row, index)
    no_answers.refuse(row, where, named)
    options_beside.refuse(row, where, index)
    verdict = verdicts.of(row, where, index, named=named)
    several = samples.of(row, where, index, named=named)
    if several is not None:
        row = {**row, str(where.response): several.answer, **_trace_of(row, where, several)}
        verdict = samples.verdict_of(several, where, verdict)
    of_attempt = verdict is not None and where.choices and verdict_names.is_of_attempt(verdict.place, where.response)
    if verdict is not None and of_attempt:
        where, verdict = where.model_copy(update={"response": None}), None
    if verdict is not None and (where.choices or not (verdict.harm or _gold(where, row))):
        raise Skip(verdict.reason)
    if where.chosen and (better := verdict_votes.rejected_scores_more(row)) is not None:
        raise Skip(drop_reasons.labelled_bad(*better))
    if where.chosen and (gold := gold_beside.contradicting(row, row.get(where.chosen))) not in (None, where.chosen):
        raise Skip(drop_reasons.other_than_gold(str(gold)))
    turns: Turns = []
    if where.system and (system := talk.described(row.get(where.system)).strip().removeprefix("SYSTEM:")).strip():
        turns.append((SYSTEM, system))
    if where.history:
        turns += talk.history(row.get(where.history), roles)
    if where.messages:
        turns += _turns_in(row, where.messages, roles)
    if where.prompt:
        turns += _asked(at(row, where.prompt), roles)
    if where.query:
        turns += _about(where, row, turns.pop()[1].strip() if turns and turns[-1][0] == USER else None, index)
    if where.choices:
        return _choice(where, row, turns, index, labels, bool(of_attempt))
    if where.chosen:
        turns = _with_chosen(turns, at(row, where.chosen), roles)
    elif where.response:
        if where.response.lower() in GROUND_TRUTH and isinstance(talk.opened(at(row, where.response)), Mapping):
            raise Skip(drop_reasons.ONLY_CHECKED)
        said = continued_code.whole(row.get(str(where.prompt)), at(row, where.response))
        turns += _answer(said, labels, roles)
    if not where.chosen:
        media_marks.refuse(row, turns)
    turns = every_answer.up_to(called_tools.with_steps(turns), index)
    if len(turns) != 2:  # a question and its answer stay as they are
        turns = turns[: 1 + max((n for n, (role, _) in enumerate(turns) if role == ASSISTANT), default=len(turns))]
        turns = [(role, traces.without_trace(text, role)) for role, text in turns[:-1]] + turns[-1:]
        if turns and turns[0][0] == SYSTEM:
            turns[0] = (SYSTEM, traces.without_format(turns[0][1], turns[-1][1]))
    prompt, response, messages = dialogue(turns, index, labels.values())
    if not labels or response.strip() not in labels.values():
        left_overs.refuse(prompt, response)
        response = response if messages else corrector_marks.without(prompt, response)
    trace, final = traces.split(response)
    if trace is None and (headed := headed_traces.split(final, prompt)) is not None:
        trace, final = headed
    record = _record(where, row, prompt, final, trace)._replace(messages=messages)
    if where.response and attack_targets.is_one(where.response, str(where.prompt), prompt, final):
        return _for_the_reward(record, drop_reasons.ANSWERS_UNSAFE)
    if where.rejected and verdict_evidence.PREFERS_HARM in index and not refuses(final.strip()):
        raise Skip(drop_reasons.ANSWERS_UNSAFE)
    if verdict is None:
        is_thought = not named and bool(where.reasoning or trace)
        return _with_option_named(_right(record, final, where, row, is_thought, index))
    if verdict.but_refused and (refuses(final.strip()) or says_no(final)):
        return record._replace(category="safety", safety="unsafe")
    why = verdict.reason
    gold = record.answer if not verdict.harm else None
    if gold and gold_beside.is_judged_too(where, verdict, gold, record.reasoning, final):
        raise Skip(why)  # the column for the gold answer holds the bad one's own
    return _for_the_reward(record, why) if verdict.harm else record._replace(reasoning=None, bad_answer=why)


def _about(where: Columns, row: Fields, asked: str | None, index: Index) -> Turns:
    """What is asked with what stands beside it: a question behind its passage, an input behind its instruction."""
    value = at(row, str(where.query))
    if str(where.query).lower() in paragraphs.PUT_IN:
        value, passage = paragraphs.put_in(value) or ("" if value == {} else value), None
    else:
        passage = paragraphs.text_of(talk.opened(value), where.query)
    given = paragraphs.below_title(passage or _given(talk.words(value), asked, index)).strip()
    first = passage is not None or paragraphs.is_told_first(row, where.prompt, where.query)
    parts = [given, asked] if first else [asked, given]
    return [(USER, "\n\n".join(filter(None, parts)))] if given or asked is not None else []


def _given(text: str, asked: str | None, index: Index) -> str:
    """What stands beside an instruction, where that is no word for nothing."""
    if text.strip() not in NO_INPUT or (asked is not None and words_for_none.is_given(asked, text, index)):
        return text
    return ""


def _trace_of(row: Fields, where: Columns, chosen: samples.Sample) -> dict[str, Any]:
    """Of a trace for each of several answers the chosen one's; why each was rated so is no thought."""
    traces_of = talk.opened(row.get(str(where.reasoning)))
    if chosen.count < 2 or not isinstance(traces_of, list) or len(traces_of) != chosen.count:
        return {}
    name = str(where.reasoning)
    return {name: None if name.lower() in WHY_RATED else traces_of[chosen.number]}


def _for_the_reward(record: ParsedRow, why: Sentence) -> ParsedRow:
    """A request that is one to refuse: asked in reinforcement learning, its answer never learnt."""
    return record._replace(
        category="safety", safety="unsafe", reasoning=None, answer=None, answer_kind=None, bad_answer=why
    )


def _right(record: ParsedRow, final: str, where: Columns, row: Fields, is_thought: bool, index: Index) -> ParsedRow:
    """The record, its answer not to be learnt where that plainly comes to something else than the gold one.

    `is_thought`: its reasoning is held against both. Raises Skip where thought and answer contradict each other.
    """
    gold, thought = _gold(where, row), record.reasoning if is_thought else None
    said = (record.reasoning if where.response == where.answer else final) or ""
    differs, apart = bool(gold and said) and conclusions.differs(said, gold), False
    if thought and not differs:
        apart = conclusions.contradicts(thought, final)
        differs = not apart and bool(gold) and conclusions.contradicts(thought, gold)
    if not (differs or apart) or verdicts.approves(row, where, index):
        return record
    if (where.answer is None or where.response != where.answer) and (apart or conclusions.agrees(final, gold)):
        raise Skip(drop_reasons.CONTRADICTS)  # nobody knows which of them is right
    return record._replace(reasoning=None, bad_answer=drop_reasons.other_than_gold(str(where.answer)))


def _with_option_named(record: ParsedRow) -> ParsedRow:
    """A choice question where the options stand at the end of what is asked, and nothing but marks answers it."""
    said = record.response
    if len(said) > LONGEST_MARKS or record.messages or record.bad_answer or "\n" not in record.prompt:
        return record
    found = options.at_the_end(record.prompt)
    if found is None:
        return record
    question, texts, marks = found
    named = [said] if right_options.LETTERED.match(said) else right_options.parts(said) or [said]
    if not all(right_options.bare(one).upper() in marks or right_options.LETTERED.match(one) for one in named):
        return record
    try:
        rights = right_options.find(texts, marks, said, 0, counts=False)
    except Skip as skip:
        if skip.reason == drop_reasons.LETTER_OF_ANOTHER:
            raise
        return record
    return choice(question, texts, rights, record.reasoning, record.language)


def _gold(where: Columns, row: Fields) -> str:
    """The gold answer as its column has it."""
    gold = conclusions.gold_of(row, where)
    several = isinstance(gold, list) and len(gold) > 1  # which may be other wordings, or candidates
    return "" if gold is None or several else talk.words(gold).strip()


def at(row: Fields, place: str) -> Any:
    """The value at a place; a template gives a text. Raises KeyError where a row has no such place."""
    if place in row:
        return row[place]
    if PLACE.search(place):
        return PLACE.sub(lambda match: _put_in(at(row, match[1])), place).replace("\\n", "\n")
    value: Any = row
    for part in place.split("."):
        value = talk.opened(value)
        if isinstance(value, Mapping):
            value = value[part]
        elif isinstance(value, Sequence) and not isinstance(value, str) and part.lstrip("-").isdecimal():
            value = value[int(part)]
        else:
            raise KeyError(place)
    return value


def _put_in(value: Any) -> str:
    """In a template an object without a text is JSON."""
    try:
        return paragraphs.below_title(talk.words(value))
    except TypeError:
        return paragraphs.put_in(value) or ""


def _talk_of(value: Any, roles: Mapping[str, str]) -> Turns:
    """Messages, or a talk written out in one text."""
    opened = talk.opened(value)
    if isinstance(opened, str):
        turns = speakers.talk_in(opened, roles)
        if turns is None:
            raise Skip(drop_reasons.UNKNOWN_ROLE if speakers.strangers(opened, roles) else drop_reasons.NO_QUESTION)
        return turns
    return talk.turns(opened, roles)


def _turns_in(row: Fields, place: str, roles: Mapping[str, str]) -> Turns:
    """A talk in one column, or in a column for each turn: `q1, a1, q2, a2`, those behind the last empty."""
    if place in row or "," not in place:
        return _talk_of(at(row, place), roles)
    said = [talk.words(at(row, name.strip())).strip() for name in place.split(",")]
    while said and not said[-1]:
        said.pop()
    return talk.by_turns(said)


def _asked(value: Any, roles: Mapping[str, str]) -> Turns:
    """A question: a text (perhaps a whole talk with the marks of a template), or messages."""
    if isinstance(value, str) and value.lstrip()[:1] in ("[", "{") and talk.is_talk(talk.opened(value)):
        value = talk.opened(value)  # as everything is text in CSV
    if not isinstance(value, str):
        return talk.turns(value, roles) if isinstance(value, (list, dict)) else [(USER, talk.words(value))]
    if any(mark in value for mark in OF_TEMPLATES) or value.lstrip().startswith("Human:"):
        ends = ("\n\nAssistant: -",) if "Human:" in value[:20] else ("", "-", "<|message|>-")  # of an answer begun
        written = next(filter(None, (transcripts.parse(value + end) for end in ends)), None)
        if written is not None:
            role, begun = written[-1]  # of an answer, which a template may have begun
            return written[:-1] if role == ASSISTANT and (begun == "-" or not traces.LEFT.sub("", begun)) else written
    return [(USER, value)]


def _answer(value: Any, labels: Mapping[str, str], roles: Mapping[str, str]) -> Turns:
    if isinstance(value, str) and value.lstrip()[:1] in ("[", "{") and talk.is_talk(talk.opened(value)):
        value = talk.opened(value)
    if isinstance(value, list) and value and isinstance(value[0], Mapping) and ({"role", "from"} & value[0].keys()):
        return talk.turns(value, roles)
    if isinstance(value, list) and any(isinstance(one, Mapping) and one.get("type") == "message" for one in value):
        return talk.turns([talk.of_output(one) for one in value], roles)
    if isinstance(value, Mapping) and ({"role", "from"} & value.keys()):
        return talk.turns([value], roles)
    if isinstance(value, list) and value and (len(value) == 1 or all(isinstance(one, str) for one in value)):
        several = len(value) > 1 and all(conclusions.LETTER.fullmatch(one.strip()) for one in value)
        value = ", ".join(value) if several else value[0]  # right options, or other spellings of it
    elif isinstance(value, list) and any(isinstance(one, Mapping) and "type" not in one for one in value):
        raise TypeError("several answers")  # of which nobody says which is right
    text = talk.words(value)
    return [(ASSISTANT, labels.get(text.strip(), text))]


def _with_chosen(turns: Turns, value: Any, roles: Mapping[str, str]) -> Turns:
    """The preferred answer behind what was asked; of a whole talk only its end where its beginning is there already."""
    opened = talk.opened(value)
    if isinstance(opened, str):
        written = transcripts.parse(opened) if not turns or "Human:" in opened[:20] else None
        if written is None and not any(role == USER for role, _ in turns):
            raise Skip(drop_reasons.NO_QUESTION)
        if written is None:
            return [*turns, (ASSISTANT, opened)]
        return [turn for turn in turns if turn[0] == SYSTEM and turn not in written] + written
    if isinstance(opened, list) and opened and all(isinstance(one, str) for one in opened) and turns:
        return [*turns, (ASSISTANT, opened[0])]  # the others are as good
    preferred = talk.turns(opened, roles)
    if len(preferred) == 1:
        return [*turns, (ASSISTANT, preferred[0][1])]
    system = [turn for turn in turns if turn[0] == SYSTEM and turn not in preferred]
    return system + preferred


def look(where: Columns, named: bool = False, labels: Mapping[str, str] = {}) -> Callable[[Iterator[Fields]], Index]:
    """What all rows of a source tell: whether a number of the right option counts from 0 or from 1, and which columns
    are no verdicts.
    """
    counts = where.choices and where.answer
    return lambda rows: short_thoughts.beside(
        rows, where, named, lambda rows: counting.look(rows, where, labels) if counts else _verdicts(rows, where, named)
    )


def _verdicts(rows: Iterator[Fields], where: Columns, named: bool) -> Index:
    first = list(itertools.islice(rows, words_for_none.ROWS))
    words, rows = words_for_none.look(first, where), itertools.chain(first, rows)
    if named and not where.rejected:
        return words | (verdict_evidence.marked(rows, where) if where.label else {})
    words |= options_beside.look(first, where) | labels_beside.look(first, where)
    return words | verdict_evidence.look(rows, where)


def _choice(
    where: Columns, row: Fields, turns: Turns, index: Index, labels: Mapping[str, str], doubted: bool
) -> ParsedRow:
    among = where.answer == where.choices  # where the right ones are marked
    right = at(row, where.answer) if where.answer and not among else None
    right = right[0] if isinstance(right, list) and len(right) == 1 else right
    right, places = counting.called(right, labels), counting.options_of(where)
    start = int(index[counting.FROM][0]) if counting.FROM in index else None
    if start is None and type(right) is int and str(where.answer).lower() == "label" and right < len(places):
        start = 0  # as data sets keep classes
    texts, rights = options.read(row, places, right, start, among)
    if not among and right_options.disagrees(row, where.answer, texts, rights):
        raise Skip(drop_reasons.TWO_RIGHT_OPTIONS)
    media_marks.refuse(row, turns)
    thought = where.reasoning and (at(row, where.reasoning) if "{" in where.reasoning else row.get(where.reasoning))
    lettered = not options.are_sorted(places)
    thought = option_thoughts.relettered(
        talk.words(thought).strip(), row, places if lettered else (), right, len(texts), texts, rights
    )
    reasoning = option_thoughts.reasons(thought, texts, rights, lettered, doubted)
    if reasoning is None and where.response:
        reasoning = option_thoughts.of_answer(row.get(where.response), texts, rights, lettered)
    return choice("\n\n".join(text for _, text in turns), texts, rights, reasoning, None)


def _record(where: Columns, row: Fields, prompt: str, response: str, trace: str | None) -> ParsedRow:
    """The gold answer and the trace, from their columns or from the answer itself."""
    given = _gold(where, row)
    reasoning = None
    if where.reasoning and isinstance(value := at(row, where.reasoning), (str, list)):
        reasoning = traces.without(talk.words(talk.thought_in(value))) or None
        if reasoning and (left_overs.is_no_thought(reasoning) or (trace and reasoning in f"{response}\n{trace}")):
            reasoning = None
    if not (reasoning and trace and trace in reasoning):  # else the column has all of it, and perhaps more
        reasoning = "\n\n".join(part for part in (trace, reasoning) if part) or None
    is_marked = False
    if trace or not reasoning:
        response, given, way, is_marked = worked.split(response, prompt, where.response, given, trace)
        reasoning = reasoning or way
    if not given and worked.NUMBER.fullmatch(response.strip()):
        given = response.strip()
    kind: Literal["number", "text"] | None = None
    if given:
        kind = "number" if worked.NUMBER.fullmatch(given) else "text"
        given = given.replace(",", "") if kind == "number" else given
    category: Category = "maths" if kind == "number" or is_marked else "chat"
    return ParsedRow(prompt, response, category, given or None, kind, reasoning)
