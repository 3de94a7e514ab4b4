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
from so8t_engine.data.adapters import column_names, generic, mapped, plausible, row_mapping, unanswered_rows
from so8t_engine.data.adapters.known import (
    annotation_tools,
    chat_exports,
    chat_programs,
    chat_stores,
    cloze,
    comparisons,
    forums,
    hh_pairs,
    judged_steps,
    named,
    nested_answers,
    passages,
    red_team,
    tickets,
)
from so8t_engine.data.adapters.parsed_row import OTHER_SHAPES, Fields, Index, ParsedRow, Skip
from so8t_engine.data.adapters.talks import speakers, transcripts, turn_columns, turns_in_rows

Adapt = Callable[[Fields, Index], ParsedRow]
OF_NO_FILE = Dataset(name="x", source="local", path="x")  # what a row is by itself
OF_LAWS = re.compile(r"(?i)(?:article|section|clause|paragraph)(?:[_ ](?:no|number))?")
NUMBERED = re.compile(r"\W*(?:[^\W\d]{1,10}\W{0,3})?\d{1,4}[\w.()-]{0,8}")  # "Art. 5", "§ 12a"
LOOKED_AT = 200  # rows, of which one must be read
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
        first = list(itertools.islice(flat, LOOKED_AT))
        return index_of(inner, lambda: itertools.chain(first, flat))

    return Adapter(adapt, (), index)


def _unpacked(rows: Iterable[Fields], unpack: Callable[[Fields], Fields]) -> Iterator[Fields]:
    """Those that can be; the others are counted where they are read."""
    for row in rows:
        with contextlib.suppress(Skip, *OTHER_SHAPES):
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
    "hh_rlhf": Adapter(hh_pairs.hh_rlhf, ("chosen", "rejected"), hh_pairs.look),
    "jcommonsenseqa": Adapter(named.jcommonsenseqa, ("question", "choice0", "label")),
    "commonsense_qa": Adapter(named.commonsense_qa, ("question", "choices", "answerKey")),
    "pku_saferlhf": Adapter(
        named.pku_saferlhf, ("prompt", "response_0", "response_1", "is_response_0_safe", "is_response_1_safe")
    ),
    "shp": Adapter(named.shp, ("history", "human_ref_A", "human_ref_B", "labels")),
    "drop": Adapter(nested_answers.drop, nested_answers.OF_DROP, nested_answers.drop_index),
    "pubmed_qa": Adapter(nested_answers.pubmed_qa, nested_answers.OF_PUBMED_QA),
    "apps": Adapter(nested_answers.apps, nested_answers.OF_APPS),
    "eli5": Adapter(nested_answers.eli5, nested_answers.OF_ELI5),
    "stack": Adapter(nested_answers.stack, nested_answers.OF_STACK, nested_answers.stack_index),
    "tickets": Adapter(tickets.read, ()),
    "discourse": Adapter(forums.discourse, forums.COLUMNS),
    "coqa": Adapter(passages.read, passages.COLUMNS),
    "squad": Adapter(named.squad, ("context", "question", "answers")),
    "safety": Adapter(named.safety, ("prompt", "response", "safety")),
    "dolly": Adapter(named.dolly, ("instruction", "context", "response")),
    "elyza": Adapter(named.elyza, ("input", "output", "eval_aspect")),
    "deepseek": Adapter(chat_programs.deepseek, ("mapping",)),
    "chatgpt": Adapter(chat_exports.chatgpt, ("mapping",)),
    "open_webui": Adapter(chat_programs.open_webui, ("chat",)),
    "llama_server": Adapter(chat_programs.llama_server, ("conv", "messages")),
    "koboldcpp": Adapter(chat_programs.koboldcpp, ("gamestarted", "prompt", "actions")),
    "grok": Adapter(chat_programs.grok, ("conversation", "responses")),
    "gemini": Adapter(chat_programs.gemini, ("header", "title", "safeHtmlItem")),
    "lm_studio": Adapter(chat_programs.lm_studio, ("messages",)),
    "libre_chat": Adapter(chat_programs.libre_chat, ("messages",)),
    "anythingllm": Adapter(chat_stores.anythingllm, chat_stores.OF_ANYTHINGLLM),
    "claude": Adapter(chat_exports.claude, ("chat_messages",)),
    "comparison": Adapter(comparisons.read, (), comparisons.look),
    "harmbench": Adapter(red_team.harmbench, ()),
    "xstest": Adapter(red_team.xstest, red_team.OF_XSTEST),
    "red_team_attempts": Adapter(red_team.attempts, red_team.OF_ATTEMPTS),
    "judged_requests": Adapter(red_team.judged_requests, ()),
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
    "turns_in_rows": Adapter(turns_in_rows.read, (), turns_in_rows.look),
    "text": Adapter(generic.plain_text, ("text",)),
}

SHEETS = re.compile(r"(?i)\.xls[xm]$")
LINKED = (turns_in_rows.look, nested_answers.stack_index, named.oasst1_index)  # looks at rows that belong together

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
        where = row_mapping.mapping(row, dataset.roles) or _written(row, dataset.roles)
        if where is None and turn_columns.is_one(row):
            read = functools.partial(turns_in_rows.read, roles=dataset.roles)
            return Adapter(read, (), turns_in_rows.look)
        return _mapped(where, dataset) if where is not None else None
    by_name = ADAPTERS.get(canonical(dataset.path.split("/")[-1])) if dataset.source == "hub" else None
    if by_name is not None and set(by_name.columns) <= row.keys():
        return by_name
    for name in _named(tuple(row)):
        if plausible.is_one(row, name):
            return ADAPTERS[name]
    guessed, where = column_names.guess(tuple(row)), row_mapping.mapping(row)
    if where is not None and not (where.messages in row and turn_columns.names_its_talk(row, where.messages)):
        return _of_names(tuple(row)) if where is guessed else _mapped(where)
    if turn_columns.columns(tuple(row)) is not None:
        if turn_columns.is_one(row) or turn_columns.counted(row) is not None:
            return ADAPTERS["turns_in_rows"]
        if turn_columns.lacks_talk(row):
            return None
    if cloze.place(row) is not None:
        return Adapter(cloze.read, ())
    if "text" in row:
        return ADAPTERS["text"] if _is_plain_text(row) else None
    where = _written(row)
    return _mapped(where) if where is not None else None


def _written(row: Fields, roles: Mapping[str, str] = {}) -> Columns | None:
    """The column of a talk written out in one text, where nothing else asks or answers."""
    texts = ((name, value) for name, value in row.items() if isinstance(value, str))
    written = next((name for name, value in texts if speakers.talk_in(value, roles)), None)
    return Columns(messages=written) if written is not None else None


def _tool(row: Fields) -> str | None:
    """The tool that has exported a row like this one."""
    return next((name for name in _tools(tuple(row)) if _is_one(name, row)), None)


@functools.lru_cache(maxsize=512)
def _tools(columns: tuple[str, ...]) -> tuple[str, ...]:
    names = frozenset(columns)
    return tuple(name for name, tool in annotation_tools.TOOLS.items() if tool.fits(names))


def _is_plain_text(row: Fields) -> bool:
    """Whether the text is all there is: with a label, a summary, a prompt beside it only they would say what to do."""
    others = [name for name, value in row.items() if name != "text" and value not in (None, "", [], {})]
    if any(OF_LAWS.fullmatch(name) and NUMBERED.fullmatch(str(row[name])) for name in others):
        return False
    return not any(map(column_names.is_part, others)) or _written_out(row["text"])


def _written_out(value: object) -> bool:
    return isinstance(value, str) and transcripts.parse(value) is not None


@functools.lru_cache(maxsize=512)
def _of_names(columns: tuple[str, ...]) -> Adapter | None:
    """The adapter for what these names mean, made once."""
    where = column_names.guess(columns)
    return _mapped(where) if where is not None else None


def _mapped(where: Columns, dataset: Dataset | None = None) -> Adapter:
    users = dataset is not None and dataset.columns is not None
    labels = dataset.labels if dataset is not None else {}
    return Adapter(generic.of_columns(where, dataset), (), mapped.look(where, named=users, labels=labels))


def _is_one(tool: str, row: Fields) -> bool:
    try:
        return annotation_tools.TOOLS[tool].is_one(row)
    except OTHER_SHAPES:
        return False


@functools.lru_cache(maxsize=512)
def _named(columns: tuple[str, ...]) -> tuple[str, ...]:
    """The datasets known by name whose columns these are."""
    there = set(columns)
    fit = {
        "comparison": comparisons.compares(columns),
        "harmbench": red_team.fits(columns),
        "judged_requests": red_team.judged(columns) is not None,
        "tickets": tickets.fits(columns),
    }
    return tuple(name for name in OF_DATASETS if set(ADAPTERS[name].columns) <= there and fit.get(name, True))


def from_read(dataset: Dataset, rows: Sequence[Fields]) -> Sequence[Fields]:
    """The rows from the first one on that is read; all where none is."""
    number = next((at for at, row in enumerate(rows[:LOOKED_AT]) if choose(dataset, row) is not None), 0)
    return rows[number:]


def index_of(dataset: Dataset, rows: Callable[[], Iterator[Fields]]) -> Index:
    """What the adapter of these rows must have looked up in all of them; `rows` begins anew at each call."""
    if SHEETS.search(dataset.path) and dataset.columns is None and canonical(dataset.adapter) == "auto":
        return _of_sheets(dataset, rows)
    first = next(iter(from_read(dataset, list(itertools.islice(rows(), LOOKED_AT)))), None)
    adapter = choose(dataset, first) if first is not None else None
    if first is None or adapter is None or adapter.index is None:
        return {}
    columns = set(adapter.columns)
    found = adapter.index(row for row in rows() if columns <= row.keys())
    if not any(known is adapter for known in ADAPTERS.values()):
        where = dataset.columns or row_mapping.mapping(first, dataset.roles)
        found = {**found, **unanswered_rows.look(itertools.islice(rows(), LOOKED_AT), where)}
    return hh_pairs.of_itself(found) if canonical(dataset.adapter) == "hh_rlhf" else found


def _of_sheets(dataset: Dataset, rows: Callable[[], Iterator[Fields]]) -> Index:
    """Of a workbook, whose sheets may be of several shapes: for rows that belong together all of theirs, as replies
    and turns; of the others what the first of them tell, as of any source.
    """
    shapes: dict[tuple[str, ...], Adapter | None] = {}
    for row in rows():
        names = tuple(row)
        if names not in shapes:
            shapes[names] = choose(dataset, row)
    found: dict[str, tuple[str, str]] = {}
    linked = {names: each for names, each in shapes.items() if each is not None and each.index in LINKED}
    others = (each for names, each in shapes.items() if names not in linked and each is not None)
    for index, needed in [(each.index, {*each.columns}) for each in others if each.index is not None][:1]:
        found |= index(row for row in rows() if tuple(row) not in linked and needed <= row.keys())
    for names, each in linked.items():
        found |= each.index(row for row in rows() if tuple(row) == names) if each.index is not None else {}
    return found
