"""What is said once about a source: columns that nothing is taken from, and questions that are nearly all the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from so8t_engine.config import label_limits
from so8t_engine.config.run_config import Columns, Dataset
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import choose_adapter, column_names, row_mapping, unused_keys
from so8t_engine.data.adapters.answers import conclusions, labels_beside, short_thoughts
from so8t_engine.data.adapters.judged import (
    evaluated,
    judged_others,
    peoples_answers,
    refusal_labels,
    samples,
    score_limits,
    user_labels,
    verdict_evidence,
    verdict_names,
    verdict_values,
    verdict_votes,
    verdicts,
)
from so8t_engine.data.adapters.judged.verdict_names import BY_WORDS
from so8t_engine.data.adapters.known import annotation_tools, comparisons, hh_pairs
from so8t_engine.data.adapters.parsed_row import Fields, Index, Skip
from so8t_engine.data.adapters.talks import talk, unknown_roles
from so8t_engine.data.notes import (
    ballot_notes,
    bare_classes,
    context_notes,
    follow_ups,
    label_notes,
    none_notes,
    refusal_notes,
    sheet_damage,
    thought_notes,
    unaccepted_notes,
    unlearnt_notes,
    unread_verdicts,
)
from so8t_engine.data.record import Record
from so8t_engine.sentences import Sentence, sentence, verbatim

FEWEST = 10  # records, from which on equal prompts are no chance
MANY_TIMES = 5  # the mean number of records a prompt has, from which on part of it is probably missing
NOTHING: Index = {}
LONGEST = 80  # characters of a prompt that is shown
SCALES = tuple(sorted(user_labels.OF_SCALES, reverse=True))  # the lower one judges, whichever that is
RIGHT_ANSWERS = re.compile(r"(?:\w+_)?(?:in)?correct_(?:answers?|responses?|options?|choices?)")
OF_OTHERS = re.compile(rf"(?:{verdict_names.OF_QUESTIONS}|rejected)_.*")
MOST_STATES = 6  # that are good, in a line
OF_SIGHT = re.compile(r"(?:is_)?(?:published|public|visible|shown)|公開|掲載|表示|公開フラグ|表示フラグ")
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


def mapping(dataset: Dataset, row: Fields, index: Index = NOTHING) -> Columns | None:
    """The mapping by which a row is read, with the columns that judge its answer; None where the dataset is known by
    name. `index`: what all rows tell, as an adapter has it.
    """
    adapter = choose_adapter.choose(dataset, row)
    if adapter is None or any(known is adapter for known in choose_adapter.ADAPTERS.values()):
        return None
    where = dataset.columns or row_mapping.mapping(row, dataset.roles)
    if where is None or dataset.columns is not None:
        return where
    where = labels_beside.applied(where, row, index)
    if short_thoughts.MARK in index:
        where = where.model_copy(update={"reasoning": None})
    told = index is not NOTHING  # then a remark that condemns nothing is in it
    found = [
        (place, kind)
        for place, kind, value in verdicts.said(row, where)
        if (kind not in BY_WORDS and not (kind == "word" and type(value) is float))
        or (kind == "remark" and told and not where.choices)
        or _is_stated(value, kind)
    ]
    said = [name for place, kind in found for name in (SCALES if kind == "low" else (place,))]
    said += [*samples.judges(row, where), *filter(None, [refusal_labels.place(row)])]
    where = verdict_votes.without_marks(where, index)
    voted = verdict_votes.places(index)
    judging = [place for place in said if place not in index and place.partition(".")[0] not in voted]
    judging += [verdict_votes.as_label(place, index) for place in voted]
    return where.model_copy(update={"label": ", ".join(dict.fromkeys(judging)) or None})


def _is_stated(value: object, kind: verdict_names.Kind) -> bool:
    judged = kind if kind == "seen" else "stated"
    return value in (None, "") or verdict_values.finding(judged, value) is not None


def unused(dataset: Dataset, row: Fields, index: Index = NOTHING, others: Sequence[Fields] = ()) -> list[str]:
    """The columns of a row that no mapping reads, and keys of objects that one reads in part; none where the dataset is
    known by name. `others`: rows of the same source, of which some may be read by another mapping.
    """
    dataset, rows, _ = choose_adapter.as_read(dataset, [row])
    row = rows[0] if rows else {}
    if choose_adapter.choose(dataset, row) is choose_adapter.ADAPTERS["comparison"]:
        asks, answers, judges = comparisons.described(tuple(row))
        judging = (name for name, _ in verdict_names.judging(tuple(row), None))
        used = comparisons.used(tuple(row))
        return [name for name in row if name not in (asks, *answers, *judges, *judging, *used)]
    where = mapping(dataset, row, index)
    if where is None:
        return []
    found = {other for one in others if dataset.columns is None and (other := mapping(dataset, one, index)) is not None}
    left = column_names.unused(tuple(row), where)
    left = [name for name in left if all(name in column_names.unused((name,), other) for other in found)]
    return left + unused_keys.of(row, where)


def verdicts_obeyed(where: Columns, reasons: Iterable[Sentence], tool: str | None = None) -> Sentence | None:
    """Which columns have kept answers from being learnt, by these reasons, and how to learn them all the same."""
    columns = {str(reason.args["column"]): None for reason in reasons if reason.code in drop_reasons.BY_A_VERDICT}
    if tool is not None:
        columns.pop(str(annotation_tools.TOOLS[tool].verdict), None)
    if not columns:
        return None
    line = column_names.line(where.model_copy(update={"label": None}), tool)
    return sentence("data.verdicts_obeyed", columns=list(columns), line=line)


def other_results(where: Columns, reasons: Iterable[Sentence], tool: str | None = None) -> Sentence | None:
    """That answers are not learnt which come to something else than the gold one, and how to learn them as well."""
    column = next((why.args["column"] for why in reasons if why.code == drop_reasons.OTHER_THAN_GOLD), None)
    if column is None:
        return None
    line = column_names.line(where.model_copy(update={"label": None, "answer": None}), tool)
    return sentence("data.other_results", column=column, line=line)


def contradictions(where: Columns, reasons: Iterable[Sentence], tool: str | None = None) -> Sentence | None:
    """That reasoning which contradicts its answer is not learnt, and how to learn it as well."""
    count = sum(why == drop_reasons.CONTRADICTS for why in reasons)
    return sentence("data.contradictions", count=count, line=column_names.line(where, tool)) if count else None


def compared(dataset: Dataset, row: Fields) -> Sentence | None:
    """Which columns hold two answers and who won, where a row is such a comparison."""
    if choose_adapter.choose(dataset, row) is not choose_adapter.ADAPTERS["comparison"]:
        return None
    asks, answers, judges = comparisons.described(tuple(row))
    if asks is None:
        return sentence("data.compared_talks", answers=answers, judge=judges)
    return sentence("data.compared", asks=asks, answers=answers, judge=judges)


def verdicts_unused(
    dataset: Dataset, rows: Sequence[Fields], index: Index = NOTHING, *, proposed: bool = False
) -> list[Sentence]:
    """Columns that are not read but look like verdicts on the answers, or like scores of them, by what they hold.

    `proposed`: the mapping is no user's, who has named all that judges.
    """
    dataset, rows, tool = choose_adapter.as_read(dataset, rows)
    where = mapping(dataset, rows[0], index) if rows else None
    named = not proposed and dataset.columns is not None and dataset.columns.label is not None
    if where is None or named or where.choices or choose_adapter.choose(dataset, rows[0]) is None:
        return []
    names = tuple(dict.fromkeys(name for row in rows for name in row))
    states = {
        name: _unsettled(name, [row.get(name) for row in rows], where, index, tool=tool)
        for name in _of_states(names, where)
    }
    told = {*(name for name, said in states.items() if said is not None), *judged_others.of_others(names, where)}
    if where.response in map(evaluated.reference, [{verdict_names.plain(name): name for name in names}]):
        told |= {name for name in names if evaluated.SCORES.fullmatch(verdict_names.plain(name))}
    told |= {name for name in names if verdict_names.is_revision(name)}
    told |= {name for row in rows if (name := refusal_labels.place(row)) is not None}
    told |= peoples_answers.of_question(names, talk.opened(rows[0].get(str(where.response))))
    left = [
        name for name in column_names.unused(names, where) if not (_is_of_others(name, names, where) or name in told)
    ]
    held = {name: [row.get(name) for row in rows] for name in left}
    of_runs = dataset.columns is None  # else the user has left them out
    found = (unread_verdicts.note(name, values, where, tool, of_runs) for name, values in held.items())
    return [said for said in (*states.values(), *found) if said is not None]


def _of_states(names: tuple[str, ...], where: Columns) -> list[str]:
    shown = [name for name in names if OF_SIGHT.fullmatch(verdict_names.plain(name))]
    return [*verdicts.columns(names, where), *shown]


def _unsettled(
    name: str, values: Sequence[object], where: Columns, index: Index, *, tool: str | None
) -> Sentence | None:
    """That a state is noted which neither takes an answer out nor calls it done, and the line that leaves it out."""
    obeyed = verdict_names.kind_of(name, where.response) == "seen" and name in verdicts.places(where)
    unsettled = (value for value in values if verdict_values.is_unsettled(value))
    words = [str(value).strip() for value in unsettled if not (obeyed and verdict_values.finding("seen", value))]
    if OF_SIGHT.fullmatch(verdict_names.plain(name)):
        words += [label_notes.shown(value) for value in values if value in (False, "false", "False", "FALSE", "0")]
    kind, filled = verdict_names.kind_of(name, where.response), [value for value in values if value not in ("", None)]
    if kind in ("answer", "checked") and verdicts.SELECTED + name not in index:
        praised = all(verdict_values.finding(kind, value) is False for value in filled)
        words += [verdicts.EMPTY] * (len(values) - len(filled)) * praised
    if not words or len(words) == len(values):
        return None
    shown, left = label_notes.first(Counter(words)), [score_limits.shown(value) for value in filled]
    left = [said for said in dict.fromkeys(left) if said not in words and not verdict_values.called(said)]
    good = [said for said in left if not {":", "："} & {*said}]  # a total below: 合計：4件
    if not 0 < len(good) <= MOST_STATES or verdicts.EMPTY in words or label_limits.UNHELD & {*name, *"".join(good)}:
        return sentence("data.looks_unsettled", column=name, values=shown, count=len(words))
    line = label_notes.line_with(f"{name} = {'|'.join(good)}", where, tool, name)
    return sentence("data.unsettled_line", column=name, values=shown, count=len(words), line=line)


def _is_of_others(name: str, names: tuple[str, ...], where: Columns) -> bool:
    """Whether it is of the question, of another answer, of a verdict that is there, or holds answers itself."""
    called = verdict_names.plain(name)
    if OF_OTHERS.fullmatch(called) or RIGHT_ANSWERS.fullmatch(called):
        return True
    if verdict_names.of_another(name, names, where.response) or judged_others.of_pupil(names, where, name):
        return True
    of_verdict = re.fullmatch(r"(.+)[ _](?:reason|comment|explanation|rationale|note)s?", name)
    return of_verdict is not None and of_verdict[1] in names


def labels_read(dataset: Dataset, rows: Sequence[Fields], index: Index = NOTHING) -> list[Sentence]:
    """How the values of columns are read that judge: of those named as `label`, of others where some are not known."""
    named = dataset.columns
    dataset, rows, tool = choose_adapter.as_read(dataset, rows)
    if named is not None:
        return label_notes.of_named(rows, named, index, tool)
    where = mapping(dataset, rows[0], index) if rows else None
    if where is None:
        return []
    return [*label_notes.by_their_names(rows, where, index, tool), *label_notes.of_scales(rows, where, index, tool)]


def prefers_harm(where: Columns, index: Index, tool: str | None = None) -> Sentence | None:
    """That no preferred answer of a source is learnt, as most of its rejected ones refuse; and how to learn them."""
    if verdict_evidence.PREFERS_HARM not in index:
        return None
    wanted = Columns(prompt=where.prompt, response=where.chosen) if where.prompt else Columns(messages=where.chosen)
    line = column_names.line(wanted, tool)
    return sentence("data.prefers_harm", chosen=where.chosen, rejected=where.rejected, line=line)


def votes(dataset: Dataset, rows: Sequence[Fields], index: Index) -> list[Sentence]:
    """How what several people say of an answer is read, and how to have it read otherwise."""
    named = dataset.columns is not None
    dataset, rows, tool = choose_adapter.as_read(dataset, rows)
    where = mapping(dataset, rows[0], index) if rows else None
    return [] if where is None else ballot_notes.of_rows(rows, where, index, tool, named)


def roles_unknown(dataset: Dataset, rows: Sequence[Fields]) -> list[Sentence]:
    """Who speaks and is not known, with the line that tells it."""
    read = choose_adapter.as_read(dataset, rows)
    adapter = choose_adapter.choose(read.dataset, read.rows[0]) if read.rows else None
    if any(choose_adapter.ADAPTERS[name] is adapter for name in choose_adapter.OF_DATASETS):
        return []
    said = unknown_roles.note(read.dataset, read.rows)
    return [] if said is None else [said]


def of_rows(dataset: Dataset, rows: Sequence[Fields], index: Index) -> list[Sentence]:
    """All that columns tell besides what is read of them."""
    return [
        *labels_read(dataset, rows, index), *verdicts_unused(dataset, rows, index), *_of_answers(dataset, rows, index),
        *votes(dataset, rows, index), *label_notes.numbers_untold(index), *roles_unknown(dataset, rows),
        *hh_pairs.untold(dataset, rows, index),
    ]  # fmt: skip


def _of_answers(dataset: Dataset, rows: Sequence[Fields], index: Index) -> list[Sentence]:
    """That only the first of several texts is learnt, and that no draft is which nobody has revised."""
    dataset, rows, tool = choose_adapter.as_read(dataset, rows)
    where = mapping(dataset, rows[0], index) if rows else None
    if where is None:
        return []
    about, short = (
        context_notes.note(dataset, rows, where, tool),
        unlearnt_notes.short_thoughts_of(rows, where, index, tool),
    )
    short = short or (thought_notes.note(rows, where, tool) if dataset.columns is None and about is None else None)
    if where.choices:
        others = unlearnt_notes.of_other_options(dataset, rows, where, index)
        return [note for note in (about, short, others) if note is not None]
    found: list[Sentence] = []
    place = where.chosen or where.response
    lists = sum(_are_several(row, where, index) for row in rows)
    if place is not None and lists:
        joined = where.model_copy(update={"chosen" if where.chosen else "response": f"{{{place}}}"})
        found.append(sentence("data.first_of_list", column=place, count=lists, line=column_names.line(joined, tool)))
    bare = bare_classes.note(rows, where, dataset.labels)
    more = (
        context_notes.scored(dataset, rows, where, tool, index),
        unlearnt_notes.anothers_thoughts(rows) if dataset.columns is None else None,
        context_notes.typed_once(rows, where),
        _unrevised(dataset, rows, where, tool),
        _mended(dataset, rows, where),
        none_notes.note(dataset, rows, where),
        unaccepted_notes.note(rows, where, tool),
        refusal_notes.note(rows, where, tool),
        about,
        short,
        unlearnt_notes.tools_unread(rows, where, tool),
        unlearnt_notes.questions_left(rows, where),
        bare,
    )
    return [*found, *(said for said in more if said is not None), *label_notes.beside(rows, where, index, tool)]


def _mended(dataset: Dataset, rows: Sequence[Fields], where: Columns) -> Sentence | None:
    """That a mended answer is learnt in the rows which have one, and that which was there before in the others."""
    names = tuple(dict.fromkeys(name for row in rows for name in row))
    revised = next((name for name in names if verdict_names.is_revised(name)), None)
    if dataset.columns is not None or revised is None or all(revised in row for row in rows):
        return None
    others = (column_names.guess(tuple(row)) for row in rows if revised not in row)
    draft = next((other.response for other in others if other is not None), None)
    count = sum(revised in row for row in rows)
    return sentence("data.mended_learnt", column=revised, count=count, draft=draft) if draft is not None else None


def _unrevised(dataset: Dataset, rows: Sequence[Fields], where: Columns, tool: str | None) -> Sentence | None:
    """By the names of all columns: the mapping of the first row may be that of a draft which is called right."""
    if dataset.columns is None:
        where = column_names.guess(tuple(rows[0])) or where
    revised = where.response
    if revised is None or not verdict_names.is_revision(revised):
        return None
    draft = column_names.guess(tuple(name for name in rows[0] if name != revised))
    if draft is None or draft.response is None:
        return None
    empty = [row for row in rows if revised in row and row[revised] in ("", None)]
    count = sum(not verdicts.approves_draft(row, draft) for row in empty)
    both = where.model_copy(update={"response": f"{revised}, {draft.response}"})
    line = column_names.line(both, tool)
    said = sentence("data.unrevised_left_out", column=revised, count=count, draft=draft.response, line=line)
    return said if count else None


def _are_several(row: Fields, where: Columns, index: Index) -> bool:
    """Whether an answer is a list of texts of which nothing says which one is best."""
    texts = row.get(str(where.chosen or where.response))
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts) or len(set(texts)) < 2:
        return False
    if all(conclusions.LETTER.fullmatch(text.strip()) for text in texts):
        return False  # several right options
    try:
        return samples.of(row, where, index) is None
    except (Skip, TypeError):
        return False


def notes(dataset: Dataset, row: Fields | None, asked: Sequence[str]) -> list[Sentence]:
    """`row`: the first one; `asked`: its prompt and those of the rows that follow."""
    left = unused(dataset, row) if row is not None else []
    same = equal_prompts(dataset, left, asked)
    if same is not None:
        return [same]
    return [sentence("steps.columns_unused", source=dataset.name, columns=left)] if left else []


def of_records(dataset: Dataset, rows: Sequence[Fields], records: Sequence[Record]) -> list[Sentence]:
    """What the records tell of their source."""
    earlier = unlearnt_notes.earlier_answers(records) if dataset.turns == "last" else None
    found = (other_answers(records), sheet_damage.note(records), earlier, follow_ups.note(rows, records))
    return [note for note in found if note is not None]


def other_answers(records: Sequence[Record]) -> Sentence | None:
    """That questions come with several answers, none of which anything calls wrong; not of a question all have."""
    answers: dict[str, dict[str, None]] = {}
    for record in records:
        if record.response:
            answers.setdefault(record.prompt, {})[record.response] = None
    several = {prompt: list(said) for prompt, said in answers.items() if len(said) > 1}
    if not several or len(records) >= MANY_TIMES * len(answers):
        return None
    prompt, said = next(iter(several.items()))
    shown = [_cut(answer) for answer in said[:2]]
    return sentence("data.several_answers", count=len(several), example=_cut(prompt), answers=shown)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + ELLIPSIS


def equal_prompts(dataset: Dataset, left: Sequence[str], asked: Sequence[str]) -> Sentence | None:
    """That a question occurs far more often than chance explains; `left`: columns that are not read."""
    prompts = Counter(asked)
    if len(asked) < FEWEST or len(asked) < MANY_TIMES * len(prompts):
        return None
    [(text, most)] = prompts.most_common(1)
    unread = sentence("data.columns_not_read", columns=left) if left else verbatim("")
    return sentence(
        "data.equal_prompts", source=dataset.name, records=len(asked), prompts=len(prompts), most=most,
        example=_cut(text), unused=unread,
    )  # fmt: skip
