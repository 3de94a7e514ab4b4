"""Chooses how the rows of a source are read: by the adapter it names, or by the columns it has.

An adapter is a function (row, index) -> ParsedRow, which raises Skip for a row that is to be left out; KeyError,
TypeError and ValueError mean that the row has another shape.
"""

from __future__ import annotations

import contextlib
import functools
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from so8t_engine.config.adapter_names import canonical
from so8t_engine.config.run_config import Columns, Dataset
from so8t_engine.data.adapters import (
    annotation_tools,
    chat_exports,
    chat_programs,
    column_names,
    comparisons,
    generic,
    gold_beside,
    judged_steps,
    mapped,
    named,
    options,
    plausible,
    red_team,
    samples,
    talk,
    trajectories,
    transcripts,
    verdict_names,
    verdicts,
)
from so8t_engine.data.adapters.parsed_row import Fields, Index, ParsedRow, Skip

Adapt = Callable[[Fields, Index], ParsedRow]
OF_NO_FILE = Dataset(name="x", source="local", path="x")  # what a row is by itself
NO_GOLD = ("proof", "notfound", "not found", "n/a")  # what stands for a gold answer that there is not
PLAIN = re.compile(r"[\w-]+")  # a place that is a column's name, not a way into one or a template


@dataclass(frozen=True)
class Adapter:
    """`columns`: what a row must have to be taken for this shape. `index`: one look at all rows beforehand.

    `only`: the columns worth fetching, where the others are large.
    """

    adapt: Adapt
    columns: tuple[str, ...]
    index: Callable[[Iterator[Fields]], Index] | None = None
    only: tuple[str, ...] | None = None


def _of_tool(name: str, dataset: Dataset | None = None) -> Adapter:
    """Reads what a tool has exported as the rows that were put into it; `dataset`: what its entry says of those."""
    unpack, inner = annotation_tools.TOOLS[name].unpack, dataset or OF_NO_FILE

    def adapt(row: Fields, index: Index) -> ParsedRow:
        flat = unpack(row)
        adapter = choose(inner, flat)
        if adapter is None:
            raise KeyError(name)
        return adapter.adapt(flat, index)

    def index(rows: Iterator[Fields]) -> Index:
        flat = _unpacked(rows, unpack)
        first = list(itertools.islice(flat, 1))
        return index_of(inner, lambda: itertools.chain(first, flat))

    return Adapter(adapt, (), index)


def _unpacked(rows: Iterable[Fields], unpack: Callable[[Fields], Fields]) -> Iterator[Fields]:
    """Those that can be; the others are counted where they are read."""
    for row in rows:
        with contextlib.suppress(Skip, KeyError, TypeError, ValueError, AttributeError, IndexError):
            yield unpack(row)


class AsRead(NamedTuple):
    """What the adapters of a source's shape see. `tool`: what it was unpacked from, if it was."""

    dataset: Dataset
    rows: Sequence[Fields]
    tool: str | None


def as_read(dataset: Dataset, rows: Sequence[Fields]) -> AsRead:
    """The rows of a tool's export as they were put into it; all others as they are."""
    name = canonical(dataset.adapter)
    tool = name if name in annotation_tools.TOOLS else None
    if name == "auto" and dataset.columns is None and rows:
        tool = _tool(rows[0])
    if tool is None:
        return AsRead(dataset, rows, None)
    flat = list(_unpacked(rows, annotation_tools.TOOLS[tool].unpack))
    return AsRead(dataset.model_copy(update={"adapter": "columns" if dataset.columns else "auto"}), flat, tool)


# In this order `auto` looks: the more particular shapes first.
ADAPTERS: dict[str, Adapter] = {
    **{name: _of_tool(name) for name in annotation_tools.TOOLS},
    "math_qa": Adapter(named.math_qa, ("Problem", "Rationale", "options", "correct")),
    "code_contests": Adapter(
        named.code_contests, ("description", "solutions"), only=("name", "description", "solutions")
    ),
    "oasst1": Adapter(named.oasst1, ("message_id", "parent_id", "role", "text", "rank", "lang"), named.oasst1_index),
    "oasst_tree": Adapter(named.oasst_tree, ("message_tree_id", "prompt")),
    "hh_rlhf": Adapter(named.hh_rlhf, ("chosen", "rejected"), named.hh_rlhf_index),
    "jcommonsenseqa": Adapter(named.jcommonsenseqa, ("question", "choice0", "label")),
    "commonsense_qa": Adapter(named.commonsense_qa, ("question", "choices", "answerKey")),
    "pku_saferlhf": Adapter(
        named.pku_saferlhf, ("prompt", "response_0", "response_1", "is_response_0_safe", "is_response_1_safe")
    ),
    "shp": Adapter(named.shp, ("history", "human_ref_A", "human_ref_B", "labels")),
    "squad": Adapter(named.squad, ("context", "question", "answers")),
    "safety": Adapter(named.safety, ("prompt", "response", "safety")),
    "dolly": Adapter(named.dolly, ("instruction", "context", "response")),
    "elyza": Adapter(named.elyza, ("input", "output", "eval_aspect")),
    "deepseek": Adapter(chat_programs.deepseek, ("mapping",)),
    "chatgpt": Adapter(chat_exports.chatgpt, ("mapping",)),
    "open_webui": Adapter(chat_programs.open_webui, ("chat",)),
    "grok": Adapter(chat_programs.grok, ("conversation", "responses")),
    "gemini": Adapter(chat_programs.gemini, ("header", "title", "safeHtmlItem")),
    "lm_studio": Adapter(chat_programs.lm_studio, ("messages",)),
    "claude": Adapter(chat_exports.claude, ("chat_messages",)),
    "comparison": Adapter(comparisons.read, (), comparisons.look),
    "harmbench": Adapter(red_team.harmbench, ()),
    "xstest": Adapter(red_team.xstest, red_team.OF_XSTEST),
    "math_shepherd": Adapter(named.math_shepherd, ("input", "label", "task")),
    "prm800k": Adapter(judged_steps.prm800k, ("question", "label", "labeler")),
    "process_bench": Adapter(judged_steps.process_bench, ("problem", "steps", "label", "final_answer_correct")),
    "segments": Adapter(generic.segments, ("segments",)),
    "orz": Adapter(judged_steps.orz, ("messages",)),
    "mt_bench": Adapter(judged_steps.mt_bench, ("question_id", "turns", "category")),
    "gsm8k": Adapter(named.gsm8k, ("question", "answer")),
    "orca_math": Adapter(named.orca_math, ("question", "answer")),
    "question_answer": Adapter(generic.of(prompt="question", response="answer"), ("question", "answer")),
    "messages": Adapter(generic.of(messages="messages"), ("messages",)),
    "conversations": Adapter(generic.of(messages="conversations"), ("conversations",)),
    "instruction": Adapter(generic.of(prompt="instruction", response="output"), ("instruction", "output")),
    "prompt_response": Adapter(generic.of(prompt="prompt", response="response"), ("prompt", "response")),
    "prompt_completion": Adapter(generic.of(prompt="prompt", response="completion"), ("prompt", "completion")),
    "input_output": Adapter(generic.of(prompt="input", response="output"), ("input", "output")),
    "text": Adapter(generic.plain_text, ("text",)),
}

OF_DATASETS = tuple(ADAPTERS)[len(annotation_tools.TOOLS) : tuple(ADAPTERS).index("question_answer")]


def columns_of(dataset: Dataset) -> tuple[str, ...] | None:
    """The only columns worth fetching, where the source names an adapter which knows, or the columns themselves."""
    if dataset.columns is not None and canonical(dataset.adapter) in ("columns", "auto"):
        named = [place for place in dataset.columns.model_dump().values() if place is not None]
        return tuple(dict.fromkeys(named)) if all(PLAIN.fullmatch(place) for place in named) else None
    adapter = ADAPTERS.get(canonical(dataset.adapter))
    return adapter.only if adapter else None


def choose(dataset: Dataset, row: Fields) -> Adapter | None:
    """The adapter for this row; None where none fits (`auto`) or the named one misses columns."""
    name = canonical(dataset.adapter)
    if dataset.columns is not None and name in ("columns", "auto"):
        return _mapped(dataset.columns, dataset)
    if dataset.columns is not None and name in annotation_tools.TOOLS:
        return _of_tool(name, dataset.model_copy(update={"adapter": "columns"}))
    if name != "auto":
        return ADAPTERS[name] if set(ADAPTERS[name].columns) <= row.keys() else None
    tool = _tool(row)
    if tool is not None:
        return _of_tool(tool, dataset) if dataset.labels or dataset.roles else ADAPTERS[tool]
    if dataset.labels or dataset.roles:
        where = mapping(row)
        return _mapped(where, dataset) if where is not None else None
    by_name = ADAPTERS.get(canonical(dataset.path.split("/")[-1])) if dataset.source == "hub" else None
    if by_name is not None and set(by_name.columns) <= row.keys():
        return by_name
    for name in _named(tuple(row)):
        if plausible.is_one(row, name):
            return ADAPTERS[name]
    guessed, where = column_names.guess(tuple(row)), mapping(row)
    if where is not None:
        return _of_names(tuple(row)) if where is guessed else _mapped(where)
    if "text" in row:
        return ADAPTERS["text"] if _is_plain_text(row) else None
    written = next((name for name, value in row.items() if isinstance(value, str) and transcripts.parse(value)), None)
    return _mapped(Columns(messages=written)) if written is not None else None


def _tool(row: Fields) -> str | None:
    """The tool that has exported a row like this one."""
    return next((name for name in _tools(tuple(row)) if annotation_tools.TOOLS[name].is_one(row)), None)


@functools.lru_cache(maxsize=512)
def _tools(columns: tuple[str, ...]) -> tuple[str, ...]:
    names = frozenset(columns)
    return tuple(name for name, tool in annotation_tools.TOOLS.items() if tool.fits(names))


def _is_plain_text(row: Fields) -> bool:
    """Whether the text is all there is: with a label, a summary, a prompt beside it only they would say what to do."""
    others = (name for name, value in row.items() if name != "text" and value not in (None, "", [], {}))
    return not any(map(column_names.is_part, others)) or _written_out(row["text"])


def _written_out(value: object) -> bool:
    return isinstance(value, str) and transcripts.parse(value) is not None


def mapping(row: Fields) -> Columns | None:
    """What the columns of a row mean by their names, as far as its values bear it out."""
    names = tuple(row)
    if {"vanilla", "adversarial", "completion"} <= row.keys():  # WildJailbreak: what was asked is the one that is there
        return Columns(prompt="adversarial" if row["adversarial"] else "vanilla", response="completion")
    where = column_names.guess(names)
    if where is None and (marked := column_names.guess_marked(names)) is not None:
        return marked if options.are_marked(row, str(marked.choices).split(", ")) else None
    if where is not None and verdict_names.holds_several(where.response) and not samples.can_be_told(row, where):
        where = column_names.guess(tuple(name for name in names if name != where.response))
    if where is not None and where.chosen and not (where.prompt or where.messages or _is_talk(row[where.chosen])):
        return None
    if (
        where is not None
        and where.messages
        and where.messages in row
        and not _may_be_talk(where.messages, row[where.messages])
    ):
        where = column_names.guess(tuple(name for name in names if name != where.messages))  # "turns": 3
    elif where is not None and where.messages and where.messages in row and _is_prose(row[where.messages]):
        others = tuple(name for name in names if name != where.messages)
        steps = where.messages
        where = column_names.guess(others) or (None if any(map(column_names.ANSWERS.search, others)) else where)
        where = _with_steps(where, row, steps) if where is not None else None
    elif where is not None and where.messages and where.messages in row and not where.chosen:
        where = _with_what_a_talk_lacks(where, row)
    if where is not None and where.reasoning in row and not where.choices:
        where = _with_steps(where, row, str(where.reasoning))
    if where is not None and where.choices and _is_no_list(row, where):
        prose = where.choices  # "choice": "the first"
        where = column_names.guess(tuple(name for name in names if name != prose))
        if where is not None and where.query is None and options.are_written_out(row[prose]):
            where = where.model_copy(update={"query": prose})
    if where is not None and not where.choices:
        where = _by_values(where, row)
    if where is not None and where.answer is None and not where.choices and not where.chosen:
        gold = gold_beside.place(row, where)
        where = where if gold is None else where.model_copy(update={"answer": gold})
    if where is not None and where.query and not isinstance(row[where.query], (str, type(None))):
        where = where.model_copy(update={"query": None})
    unclear = (
        next((name for name in verdicts.places(where) if verdict_names.UNCLEAR.fullmatch(name)), None)
        if where
        else None
    )
    return None if unclear is not None and _is_number(row[unclear]) else where


def _with_steps(where: Columns, row: Fields, place: str) -> Columns:
    """What an agent thought, called and saw is a part of the talk, and ends with the answer, if need be that beside."""
    said = row[place]
    if not isinstance(said, str) or not trajectories.may_be(said) or (steps := trajectories.turns(said)) is None:
        return where
    ended, beside = steps[-1][0] == talk.ASSISTANT, where.response
    if beside is None or beside == place:
        return where
    gold = where.answer or (beside if ended and len(str(row[beside])) <= mapped.LONGEST_RESULT else None)
    response = place if ended else f"{{{place}}}\\nFinal Answer: {{{beside}}}"
    return where.model_copy(update={"response": response, "reasoning": None, "answer": gold})


def _by_values(where: Columns, row: Fields) -> Columns:
    """What only values tell: a trace or an answer in the second of two columns, options among answers, code to run."""
    if where.response in row and row[str(where.response)] in (None, ""):
        other = column_names.guess(tuple(name for name in row if row[name] not in (None, "")))
        unrevised = verdict_names.is_revision(str(where.response))
        if other is not None and other.prompt == where.prompt and other.response:
            where = where if unrevised and not verdicts.approves_draft(row, other) else other
    if where.reasoning in row and row[str(where.reasoning)] in (None, "", []):
        other = column_names.guess(tuple(name for name in row if name != where.reasoning))
        if other is not None and other.reasoning and other.prompt == where.prompt:
            where = other
    answers, label = str(where.response), str(where.label)
    if answers.lower() == "answers" and label in row and _is_choice(row[answers], row[label]):
        asked = where.prompt if where.query is None else f"{{{where.query}}}\\n\\n{{{where.prompt}}}"
        return Columns(prompt=asked, choices=answers, answer=label, reasoning=where.reasoning)
    if where.answer in row and str(row[str(where.answer)]).strip().lower() in NO_GOLD:
        other = column_names.guess(tuple(name for name in row if name != where.answer))
        if other is not None and other.prompt == where.prompt:
            where = other
    if str(where.query).lower() in column_names.ABOUT and str(row.get(str(where.prompt))) in str(row[str(where.query)]):
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
    gold = row[answer] if answer else None
    if role is not None and isinstance(gold, (str, int, float)) and 0 < len(str(gold)) <= mapped.LONGEST_RESULT:
        return where.model_copy(update={"answer": answer})
    return where


def _may_be_talk(name: str, value: object) -> bool:
    """MT-Bench's `turns` are a user's questions, one after another."""
    if name.lower() == "turns" and isinstance(value, list) and all(isinstance(turn, str) for turn in value):
        return False
    return isinstance(value, (str, list))


def _is_choice(options: object, label: object) -> bool:
    number = str(label).strip()
    return (
        isinstance(options, list) and len(options) > 1 and type(label) is not bool
        and number.isdecimal() and int(number) < len(options)
    )  # fmt: skip


def _is_program(value: object) -> bool:
    """Not a language's name, an illness's number."""
    return isinstance(value, str) and ("\n" in value.strip() or " " in value.strip())


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) or (isinstance(value, str) and value.strip().lstrip("-").isdecimal())


@functools.lru_cache(maxsize=512)
def _of_names(columns: tuple[str, ...]) -> Adapter | None:
    """The adapter for what these names mean, made once."""
    where = column_names.guess(columns)
    return _mapped(where) if where is not None else None


def _mapped(where: Columns, dataset: Dataset | None = None) -> Adapter:
    users = dataset is not None and dataset.columns is not None
    return Adapter(generic.of_columns(where, dataset), (), mapped.look(where, named=users))


@functools.lru_cache(maxsize=512)
def _named(columns: tuple[str, ...]) -> tuple[str, ...]:
    """The datasets known by name whose columns these are."""
    there = set(columns)
    fit = {"comparison": comparisons.compares(columns), "harmbench": red_team.fits(columns)}
    return tuple(name for name in OF_DATASETS if set(ADAPTERS[name].columns) <= there and fit.get(name, True))


def _is_talk(value: object) -> bool:
    """Whether a preferred answer brings its question with it."""
    opened = talk.opened(value)
    if isinstance(opened, str):
        return transcripts.parse(opened) is not None
    return isinstance(opened, list) and len(opened) > 1 and all(isinstance(turn, dict) for turn in opened)


def _is_no_list(row: Fields, where: Columns) -> bool:
    """Whether what should be options is a text that holds none."""
    value = row.get(str(where.choices))
    return value is not None and _is_prose(value) and not options.are_in_one_text(value, row.get(str(where.answer)))


def _is_prose(value: object) -> bool:
    """A text in which nobody takes turns: what a question is about, where there is one."""
    opened = talk.opened(value)
    return isinstance(opened, str) and transcripts.parse(opened) is None


def index_of(dataset: Dataset, rows: Callable[[], Iterator[Fields]]) -> Index:
    """What the adapter of these rows must have looked up in all of them; `rows` begins anew at each call."""
    first = next(rows(), None)
    adapter = choose(dataset, first) if first is not None else None
    if adapter is None or adapter.index is None:
        return {}
    columns = set(adapter.columns)
    return adapter.index(row for row in rows() if columns <= row.keys())
