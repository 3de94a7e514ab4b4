"""What is said once about a source: columns that nothing is taken from, and questions that are nearly all the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from so8t_engine.config.run_config import Columns, Dataset
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import choose_adapter, column_names, verdict_evidence, verdicts
from so8t_engine.data.adapters.parsed_row import Fields, Index
from so8t_engine.sentences import Sentence, sentence, verbatim

FEWEST = 10  # records, from which on equal prompts are no chance
MANY_TIMES = 5  # the mean number of records a prompt has, from which on part of it is probably missing
NOTHING: Index = {}
LONGEST = 80  # characters of a prompt that is shown


def mapping(dataset: Dataset, row: Fields, index: Index = NOTHING) -> Columns | None:
    """The mapping by which a row is read, with the columns that judge its answer; None where the dataset is known by
    name. `index`: what all rows tell, as an adapter has it.
    """
    adapter = choose_adapter.choose(dataset, row)
    if adapter is None or any(known is adapter for known in choose_adapter.ADAPTERS.values()):
        return None
    where = dataset.columns or choose_adapter.mapping(row)
    if where is None or dataset.columns is not None:
        return where
    judging = [place for place, _, _ in verdicts.said(row, where) if place not in index]
    return where.model_copy(update={"label": ", ".join(dict.fromkeys(judging)) or None})


def unused(dataset: Dataset, row: Fields, index: Index = NOTHING) -> list[str]:
    """The columns of a row that no mapping reads; none where the dataset is known by name."""
    where = mapping(dataset, row, index)
    return column_names.unused(tuple(row), where) if where is not None else []


def verdicts_obeyed(where: Columns, reasons: Iterable[Sentence]) -> Sentence | None:
    """Which columns have kept answers from being learnt, by these reasons, and how to learn them all the same."""
    columns = {str(reason.args["column"]): None for reason in reasons if reason.code == drop_reasons.LABELLED_BAD_BY}
    if not columns:
        return None
    line = column_names.line(where.model_copy(update={"label": None}))
    return sentence("data.verdicts_obeyed", columns=list(columns), line=line)


def prefers_harm(where: Columns, index: Index) -> Sentence | None:
    """That no preferred answer of a source is learnt, as most of its rejected ones refuse; and how to learn them."""
    if verdict_evidence.PREFERS_HARM not in index:
        return None
    wanted = Columns(prompt=where.prompt, response=where.chosen) if where.prompt else Columns(messages=where.chosen)
    return sentence("data.prefers_harm", chosen=where.chosen, rejected=where.rejected, line=column_names.line(wanted))


def notes(dataset: Dataset, row: Fields | None, asked: Sequence[str]) -> list[Sentence]:
    """`row`: the first one; `asked`: its prompt and those of the rows that follow."""
    left = unused(dataset, row) if row is not None else []
    same = equal_prompts(dataset, left, asked)
    if same is not None:
        return [same]
    return [sentence("steps.columns_unused", source=dataset.name, columns=left)] if left else []


def equal_prompts(dataset: Dataset, left: Sequence[str], asked: Sequence[str]) -> Sentence | None:
    """That a question occurs far more often than chance explains; `left`: columns that are not read."""
    prompts = Counter(asked)
    if len(asked) < FEWEST or len(asked) < MANY_TIMES * len(prompts):
        return None
    [(text, most)] = prompts.most_common(1)
    example = text if len(text) <= LONGEST else text[: LONGEST - 1] + "\N{HORIZONTAL ELLIPSIS}"
    unread = sentence("data.columns_not_read", columns=left) if left else verbatim("")
    return sentence(
        "data.equal_prompts", source=dataset.name, records=len(asked), prompts=len(prompts), most=most,
        example=example, unused=unread,
    )  # fmt: skip
