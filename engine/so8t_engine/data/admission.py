"""Whether a row becomes a record, and which: its adapter, clean text, limits, duplicates, the held-out split.

`integrate` asks this about every row, the check of a configuration about the first of each source. What takes all
records to know, duplicates above all, a step asks its Sieve.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from so8t_engine.config.run_config import Columns, Dataset, Integrate, RunConfig
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import choose_adapter, column_names, thinking_switches, unanswered_rows
from so8t_engine.data.adapters.answers import options_beside
from so8t_engine.data.adapters.choose_adapter import Adapter
from so8t_engine.data.adapters.known import character_cards
from so8t_engine.data.adapters.parsed_row import OTHER_SHAPES, Fields, Index, ParsedRow, Skip
from so8t_engine.data.adapters.proposed import (
    choice_shapes,
    form_answers,
    mail_rows,
    nearest_mapping,
    never_proposed,
    proposals,
    source_targets,
    tasks,
)
from so8t_engine.data.adapters.talks import every_answer, otherwise_named, turn_columns, unknown_roles
from so8t_engine.data.files import batch_halves
from so8t_engine.data.notes import absent_columns, bare_classes, source_notes
from so8t_engine.data.record import Record
from so8t_engine.data.sieve import duplicates, heldout_split
from so8t_engine.data.texts import citations, detect_language, disclaimers, markup, normalise, text_rules, unfilled
from so8t_engine.sentences import Sentence, in_turn, sentence

TOKENS = "input_ids"
SHOWN = 60  # characters
TABLE = re.compile(r"(?i)\.[ct]sv(?:\.\w+)?$")


@dataclass
class Seen:
    """Keys of the records of a look kept so far (a step has a Sieve); `evaluated`: keys of the prompts of evaluation
    sources, which training must not see. Both only grow.
    """

    keys: set[str] = field(default_factory=set)
    evaluated: set[str] = field(default_factory=set)

    def add(self, item: KeptRecord, dataset: Dataset) -> None:
        self.keys.add(item.key)
        if dataset.use == "evaluation":
            self.evaluated.add(item.prompt_key)


class KeptRecord(NamedTuple):
    """A record with the keys of its whole text and of its prompt, and both as they are compared (duplicates.py).

    `changed`: the rules that changed its text (text_rules.py); `bad_answer`: why its answer is not learnt, as in
    ParsedRow.
    """

    record: Record
    key: str
    prompt_key: str
    plain: tuple[str, str]
    changed: tuple[str, ...] = ()
    bad_answer: Sentence | None = None


Found = KeptRecord | Sentence  # or why there is none


def of_row(config: RunConfig, dataset: Dataset, *, source: str, row: Fields, index: Index, seen: Seen) -> list[Found]:
    """What becomes of a row, or of each of its answers where all are learnt, beside those seen; kept ones are added."""
    read = answers(dataset, row, index)
    made = iter(records(config, dataset, source=source, parsed=[each for each in read if isinstance(each, ParsedRow)]))
    found = [next(made) if isinstance(each, ParsedRow) else each for each in read]
    for place, item in enumerate(found):
        if isinstance(item, Sentence):
            continue
        if dataset.use == "train" and item.prompt_key in seen.evaluated:
            found[place] = drop_reasons.EVALUATED
        elif item.key in seen.keys:
            # of a question alone, what keeps its answer from it
            found[place] = item.bad_answer or drop_reasons.DUPLICATE
        else:
            seen.add(item, dataset)
    return found


def fits(dataset: Dataset, row: Fields) -> bool:
    """Whether an adapter reads rows like this one, be it to leave them out."""
    return answers(dataset, row, {}) != [drop_reasons.OTHER_SHAPE]


def are_unfit(dropped: Mapping[str, int], count: int) -> bool:
    """Whether no adapter reads so many rows, by the reasons why they were left out; of a few nothing may be said."""
    others = dropped.get(str(drop_reasons.ONE_PARAGRAPH), 0)  # a row whose list of answers is empty
    shapes = dropped.get(str(drop_reasons.OTHER_SHAPE), 0)
    return shapes + others == count and shapes > others


def unfit_in_part(dataset: Dataset, rows: Sequence[Fields], dropped: Mapping[str, int]) -> Sentence | None:
    """That no adapter reads half of these rows or more, with what would; None where all are read, or none is."""
    count = dropped.get(str(drop_reasons.OTHER_SHAPE), 0)
    if count * 2 < len(rows) or not count or are_unfit(dropped, len(rows)):
        return None
    return in_turn(sentence("steps.unfit_in_part", count=count, rows=len(rows)), unfit(dataset, rows))


def unfit(dataset: Dataset, rows: Sequence[Fields]) -> Sentence:
    """That no adapter reads rows like these, and which columns the first has."""
    rows = [row for row in rows if not fits(dataset, row)] or rows
    row = rows[0]
    columns = sorted(row)
    if absent := absent_columns.notes(dataset, rows):
        return in_turn(*absent)
    garbled = _garbled(rows)
    if garbled is not None:
        return sentence("steps.garbled", path=dataset.path, example=garbled[:SHOWN])
    if (lettered := _letters_alone(dataset, rows)) is not None:
        return lettered
    rivals = column_names.rivals(tuple(row)) if dataset.adapter == "auto" else []
    if rivals and not choice_shapes.are_options(rivals, rows):
        return sentence("steps.several_answers", path=dataset.path, columns=columns, answers=rivals)
    if dataset.adapter == "auto":
        return _advice(dataset, rows, columns)
    return sentence("steps.adapter_does_not_fit", adapter=dataset.adapter, path=dataset.path, columns=columns)


def _letters_alone(dataset: Dataset, rows: Sequence[Fields]) -> Sentence | None:
    """That the answers are nothing but letters of options that nothing is read of, with the line for these."""
    read, flat, tool = choose_adapter.as_read(dataset, rows)
    where = source_notes.mapping(read, flat[0]) if flat and dataset.columns is None else None
    found = options_beside.beside(flat, where) if where is not None else ()
    if where is None or not found:
        return None
    line = column_names.line(options_beside.asked_of(where, found), tool)
    return sentence("steps.letters_alone", path=dataset.path, column=where.response, options=list(found), line=line)


def _garbled(rows: Sequence[Fields]) -> str | None:
    """A text that was lost in a wrong encoding, where the names of the columns or most rows hold such."""
    texts = [list(rows[0]), *([value for value in row.values() if isinstance(value, str)] for row in rows)]
    found = [next(filter(text_rules.is_broken, row), None) for row in texts]
    is_most = sum(one is not None for one in found[1:]) > len(rows) / 2
    return found[0] or (next(filter(None, found[1:])) if is_most else None)


def _advice(dataset: Dataset, rows: Sequence[Fields], columns: list[str]) -> Sentence:
    """Which line of the configuration would read rows that nothing is understood of."""
    _, flat, tool = choose_adapter.as_read(dataset, rows)
    rows = flat or rows
    if (turns := otherwise_named.of(rows)) is not None:
        return _talk_named_otherwise(dataset, rows, turns)
    inside = nearest_mapping.list_of_rows(rows[0], nearest_mapping.columns(rows[0]))
    if inside is not None:
        return sentence("steps.rows_in_a_list", path=dataset.path, list=inside)
    if TOKENS in columns and not any(isinstance(value, str) for value in rows[0].values()):
        return sentence("steps.tokens_alone", path=dataset.path, column=TOKENS)
    turn = turn_columns.lacks_talk(rows[0])
    if turn is not None:
        return sentence("steps.turns_without_a_talk", path=dataset.path, speaker=turn.speaker, text=turn.text)
    speak = unknown_roles.note(dataset, rows)
    if speak is not None and not tasks.sums_up(rows[0]):
        return sentence("steps.roles_to_be_told", path=dataset.path, roles=speak)
    half = _no_pairs(dataset, rows[0])
    if half is not None:
        return half
    if (form := form_answers.said(dataset.path, rows, form_answers.MANY)) is not None:
        return form
    where = proposals.propose(rows, f"{dataset.path} {dataset.config_name or ''}")
    if mail_rows.are_mails(rows, where):
        return sentence("steps.mails_as_rows", path=dataset.path)
    nameless = dataset.header is None and TABLE.search(dataset.path) and not nearest_mapping.are_names(columns)
    if where is None:
        said = form_answers.said(dataset.path, rows) or _nothing_answers(dataset, rows[0], columns)
        return _perhaps_without_header(said, rows) if nameless else said
    bare = bare_classes.line(rows, where, tool)
    if bare is not None:
        classes, line = bare
        named = {"path": dataset.path, "columns": columns, "column": where.response}
        return sentence("steps.classes_alone", **named, values=classes, line=line)
    line = column_names.line(where, tool) + bare_classes.lettered(rows, where)
    said = sentence("steps.no_adapter_fits", path=dataset.path, columns=columns, line=line)
    mapped = dataset.model_copy(update={"columns": where, "adapter": "auto"})
    said = in_turn(said, *source_notes.verdicts_unused(mapped, rows, proposed=True))
    return _perhaps_without_header(said, rows) if nameless else said


def _perhaps_without_header(said: Sentence, rows: Sequence[Fields]) -> Sentence:
    """With the line for a table whose first row holds no names, where that gives questions and answers."""
    without = proposals.without_header(rows)
    if without is None:
        return said
    line = f"header: false, {column_names.line(without)}"
    return in_turn(said, sentence("steps.perhaps_no_header", line=line))


def _talk_named_otherwise(dataset: Dataset, rows: Sequence[Fields], named: otherwise_named.NamedTalk) -> Sentence:
    """What to call who speaks and what is said in the entries of a list, and the line that reads them then."""
    where = Columns(messages=named.place)
    known = [otherwise_named.renamed(row, named) for row in rows if isinstance(row.get(named.place), list)]
    speak = unknown_roles.note(dataset.model_copy(update={"columns": where}), known)
    line = column_names.line(where) + (f", {speak.args['line']}" if speak is not None else "")
    names = {"list": named.place, "speaker": named.speaker, "text": named.text}
    return sentence("steps.talk_named_otherwise", path=dataset.path, **names, line=line)


def _no_pairs(dataset: Dataset, row: Fields) -> Sentence | None:
    """What a file of a known tool is that holds the one half of what is learnt, or answers right and wrong."""
    if (half := batch_halves.half(row)) is not None:
        return sentence("steps.half_of_a_batch", path=dataset.path, **batch_halves.described(row, half))
    if isinstance(spec := row.get("spec"), Mapping) and "eval_name" in spec:
        return sentence("steps.log_of_evals", path=dataset.path)
    return None


def _nothing_answers(dataset: Dataset, row: Fields, columns: list[str]) -> Sentence:
    """Why no line is proposed, where that can be told."""
    inside = nearest_mapping.list_of_questions(row)
    if inside is not None:
        return sentence("steps.rows_in_a_list", path=dataset.path, list=inside)
    if (pair := source_targets.pair(row)) is not None:
        return sentence("steps.pairs_alone", path=dataset.path, source=pair.source, target=pair.target)
    if (texts := never_proposed.list_of_texts(row)) is not None:
        return sentence("steps.answers_in_a_list", path=dataset.path, columns=columns, list=texts)
    if never_proposed.are_of_others(nearest_mapping.places_of(row)):
        return sentence("steps.answers_of_others", path=dataset.path, columns=columns)
    return sentence("steps.nothing_answers", path=dataset.path, columns=columns)


def parsed(dataset: Dataset, row: Fields, index: Index) -> ParsedRow:
    """The row as its adapter reads it. Raises Skip."""
    return _read(choose_adapter.choose(dataset, row), row, index)


def answers(dataset: Dataset, row: Fields, index: Index) -> list[ParsedRow | Sentence]:
    """The same, of a talk all of whose answers are learnt each of them in their order; or why there is none."""
    adapter = choose_adapter.choose(dataset, row)
    whole: ParsedRow | Sentence
    try:
        whole = _read(adapter, row, index)
    except Skip as skip:
        lacks = skip.reason in (drop_reasons.OTHER_SHAPE, drop_reasons.EMPTY_FIELD)
        asks_alone = lacks and unanswered_rows.is_one(row, index)
        whole = drop_reasons.UNANSWERED if asks_alone else skip.reason
    if dataset.turns == "last" or adapter is None:
        return [whole]
    return [*every_answer.earlier(functools.partial(_read, adapter), row, index, whole), whole]


def _read(adapter: Adapter | None, row: Fields, index: Index) -> ParsedRow:
    if adapter is None:
        raise Skip(drop_reasons.OTHER_SHAPE)
    try:
        read = adapter.adapt(row, index)
        read = character_cards.with_names(read, row) if character_cards.may_hold(read) else read
        sourced = "[" in read.response and citations.are_listed(row)
        return read._replace(sourced=True) if sourced else read
    except OTHER_SHAPES as error:
        raise Skip(drop_reasons.OTHER_SHAPE) from error


def records(config: RunConfig, dataset: Dataset, *, source: str, parsed: Sequence[ParsedRow]) -> list[Found]:
    """Of each row what became of it, or why it is not kept.

    One thing is done to all rows before the next: many times over it costs less than in turns with others.
    """
    limits = config.integrate
    before, parsed = parsed, list(map(thinking_switches.without, parsed)) if limits.clean_markup else parsed
    texts = [_texts(row, limits, row is not old) for row, old in zip(parsed, before, strict=True)]
    refused = [_refusal(each, limits, dataset) for each in texts]
    kept = [place for place, reason in enumerate(refused) if reason is None]
    spoken = [(f"{texts[place].prompt}\n{texts[place].response}", parsed[place].language) for place in kept]
    languages = [detect_language.detect_language(text, told, limits.detect_language) for text, told in spoken]
    plain = [(duplicates.plain(texts[place].prompt), duplicates.plain(texts[place].response)) for place in kept]
    keys = [(duplicates.key_of(*pair), duplicates.key_of(pair[0])) for pair in plain]
    found: list[Found | None] = list(refused)
    for place, language, pair, (key, prompt_key) in zip(kept, languages, plain, keys, strict=True):
        if limits.languages is not None and language not in limits.languages:
            found[place] = drop_reasons.OTHER_LANGUAGE
            continue
        row, text = parsed[place], texts[place]
        is_heldout = dataset.use == "evaluation" or heldout_split.is_heldout(
            config.seed, _split_key(dataset, parsed[place], prompt_key), limits.heldout_fraction
        )
        record = Record(
            duplicates.key_of(_plain_name(source), key)[:16], source, text.prompt, text.response,
            dataset.category or row.category,  # type: ignore[arg-type] # checked at the door
            language, "heldout" if is_heldout else "train", text.answer or None,
            row.answer_kind, text.reasoning, text.choices, row.safety, _messages(row, limits),
        )  # fmt: skip
        found[place] = KeptRecord(record, key, prompt_key, pair, text.changed, row.bad_answer)
    return found  # type: ignore[return-value] # each has been decided


def _split_key(dataset: Dataset, row: ParsedRow, prompt_key: str) -> str:
    """What decides whether a record is held out. Of a talk whose answers are all learnt its first question: it would
    be asked what it was taught.
    """
    if dataset.turns == "last":
        return prompt_key
    first = next((said for role, said in row.messages if role == "user"), row.prompt)
    return duplicates.key_of(duplicates.plain(first))


class _Texts(NamedTuple):
    """A row's texts as they are kept. `thought`: its reasoning, also where that is not kept with a bad answer."""

    prompt: str
    response: str
    reasoning: str | None
    thought: str
    choices: list[str]
    answer: str
    changed: tuple[str, ...]
    unanswered: bool
    struck: bool = False  # all that was asked or answered


def _texts(parsed: ParsedRow, limits: Integrate, switched: bool) -> _Texts:
    """`switched`: a switch of another model's thinking was taken from what is asked."""
    changed: list[str] = ["clean_markup"] if switched else []
    prompt = _ready(parsed.prompt, limits, changed)
    response, rules_of = text_rules.answered(
        _clean(parsed.response, limits, changed), limits, parsed.prompt, parsed.sourced
    )
    changed += rules_of
    thought = _ready(parsed.reasoning, limits, changed, parsed.prompt) if parsed.reasoning else ""
    answer = (
        _ready(parsed.answer, limits, [], parsed.prompt) if parsed.answer else ""
    )  # or no learnt answer would be right
    choices = [_ready(option, limits, []) for option in parsed.choices]
    rules = tuple(sorted(set(changed))) if changed else ()
    if parsed.bad_answer is not None:
        return _Texts(prompt, "", None, thought, choices, answer, rules, unanswered=False)
    gone = [said for left, said in ((prompt, parsed.prompt), (response, parsed.response)) if not left]
    struck = any(map(markup.is_struck_out, gone))
    return _Texts(prompt, response, thought or None, thought, choices, answer, rules, not response, struck)


def _ready(text: str, limits: Integrate, changed: list[str], asked: str = "") -> str:
    """`changed` gets the names of the rules that changed it."""
    found, rules = text_rules.prepared(_clean(text, limits, changed), limits, asked)
    changed += rules
    return found


def _clean(text: str, limits: Integrate, changed: list[str]) -> str:
    restored = text_rules.restored(text) if limits.fix_encoding else text
    if restored != text:
        changed.append("fix_encoding")
    return normalise.clean(restored)


def _refusal(texts: _Texts, limits: Integrate, dataset: Dataset) -> Sentence | None:
    """The reason against a row that its texts give."""
    prompt, response, reasoning = texts.prompt, texts.response, texts.reasoning or ""
    if not prompt or texts.unanswered:
        return drop_reasons.STRUCK_OUT if texts.struck else drop_reasons.EMPTY_FIELD
    if normalise.holds_marks(prompt) or normalise.holds_marks(response) or normalise.holds_marks(reasoning):
        return drop_reasons.HOLDS_TAGS
    if len(prompt) > limits.max_prompt_chars:
        return drop_reasons.LONG_PROMPT
    if len(response) + len(reasoning) > limits.max_response_chars:
        return drop_reasons.LONG_RESPONSE
    if limits.fix_encoding and any(map(text_rules.is_broken, (prompt, response, texts.thought))):
        return drop_reasons.BROKEN_ENCODING
    if limits.drop_repetition and dataset.use == "train" and text_rules.repeats_itself(response):
        return drop_reasons.REPEATS
    if limits.drop_unfilled and dataset.use == "train" and unfilled.has_holes(prompt, response):
        return drop_reasons.UNFILLED
    if limits.drop_disclaimers and dataset.use == "train" and disclaimers.is_one(prompt, response):
        return drop_reasons.DISCLAIMS
    return None


@functools.lru_cache(maxsize=64)
def _plain_name(source: str) -> str:
    return duplicates.plain(source)


def _messages(parsed: ParsedRow, limits: Integrate) -> str | None:
    if not parsed.messages:
        return None
    turns = [{"role": role, "content": _ready(content, limits, [])} for role, content in parsed.messages]
    return json.dumps(turns, ensure_ascii=False)
