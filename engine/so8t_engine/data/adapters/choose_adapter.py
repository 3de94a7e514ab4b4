"""Chooses how the rows of a source are read: by the adapter it names, or by the columns it has.

An adapter is a function (row, index) -> ParsedRow, which raises Skip for a row that is to be left out; KeyError,
TypeError and ValueError mean that the row has another shape.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from so8t_engine.config.adapter_names import canonical
from so8t_engine.config.run_config import Dataset
from so8t_engine.data.adapters import generic, named
from so8t_engine.data.adapters.parsed_row import Fields, Index, ParsedRow

Adapt = Callable[[Fields, Index], ParsedRow]


@dataclass(frozen=True)
class Adapter:
    """`columns`: what a row must have to be taken for this shape. `index`: one look at all rows beforehand.

    `only`: the columns worth fetching, where the others are large.
    """

    adapt: Adapt
    columns: tuple[str, ...]
    index: Callable[[Iterator[Fields]], Index] | None = None
    only: tuple[str, ...] | None = None


# In this order `auto` looks: the more particular shapes first.
ADAPTERS: dict[str, Adapter] = {
    "math_qa": Adapter(named.math_qa, ("Problem", "Rationale", "options", "correct")),
    "code_contests": Adapter(
        named.code_contests, ("description", "solutions"), only=("name", "description", "solutions")
    ),
    "oasst1": Adapter(named.oasst1, ("message_id", "parent_id", "role", "text", "rank", "lang"), named.oasst1_index),
    "hh_rlhf": Adapter(named.hh_rlhf, ("chosen", "rejected")),
    "jcommonsenseqa": Adapter(named.jcommonsenseqa, ("question", "choice0", "label")),
    "commonsense_qa": Adapter(named.commonsense_qa, ("question", "choices", "answerKey")),
    "safety": Adapter(named.safety, ("prompt", "response", "safety")),
    "dolly": Adapter(named.dolly, ("instruction", "context", "response")),
    "elyza": Adapter(named.elyza, ("input", "output", "eval_aspect")),
    "gsm8k": Adapter(named.gsm8k, ("question", "answer")),
    "orca_math": Adapter(named.orca_math, ("question", "answer")),
    "question_answer": Adapter(generic.question_answer, ("question", "answer")),
    "messages": Adapter(generic.messages, ("messages",)),
    "conversations": Adapter(generic.conversations, ("conversations",)),
    "instruction": Adapter(generic.instruction, ("instruction", "output")),
    "prompt_response": Adapter(generic.prompt_response, ("prompt", "response")),
    "prompt_completion": Adapter(generic.prompt_completion, ("prompt", "completion")),
    "input_output": Adapter(generic.input_output, ("input", "output")),
    "text": Adapter(generic.plain_text, ("text",)),
}


def columns_of(dataset: Dataset) -> tuple[str, ...] | None:
    """The only columns worth fetching, where the source names an adapter which knows."""
    adapter = ADAPTERS.get(canonical(dataset.adapter))
    return adapter.only if adapter else None


def choose(dataset: Dataset, row: Fields) -> Adapter | None:
    """The adapter for this row; None where none fits (`auto`) or the named one misses columns."""
    name = canonical(dataset.adapter)
    if name == "columns" and dataset.columns is not None:
        adapter = generic.of_columns(dataset.columns)
        wanted = (dataset.columns.prompt, dataset.columns.response)
        return Adapter(adapter, wanted) if set(wanted) <= row.keys() else None
    if name != "auto":
        return ADAPTERS[name] if set(ADAPTERS[name].columns) <= row.keys() else None
    by_name = ADAPTERS.get(canonical(dataset.path.split("/")[-1])) if dataset.source == "hub" else None
    if by_name is not None and set(by_name.columns) <= row.keys():
        return by_name
    for name, adapter_of_name in ADAPTERS.items():
        if set(adapter_of_name.columns) <= row.keys() and _plausible(name, row):
            return adapter_of_name
    return None


def index_of(dataset: Dataset, rows: Callable[[], Iterator[Fields]]) -> Index:
    """What the adapter of these rows must have looked up in all of them; `rows` begins anew at each call."""
    first = next(rows(), None)
    adapter = choose(dataset, first) if first is not None else None
    if adapter is None or adapter.index is None:
        return {}
    columns = set(adapter.columns)
    return adapter.index(row for row in rows() if columns <= row.keys())


def _plausible(name: str, row: Fields) -> bool:
    """Tells shapes apart which have the same columns."""
    if name == "gsm8k":
        return isinstance(row["answer"], str) and "####" in row["answer"]
    if name == "orca_math":
        return False  # only by its name: question and answer alone may be about anything
    if name == "hh_rlhf":
        return isinstance(row["chosen"], str) and "Human:" in row["chosen"]
    return True
