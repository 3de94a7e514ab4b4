"""Whether a row becomes a record, and which: its adapter, clean text, limits, duplicates, the held-out split.

`integrate` asks this about every row, the check of a configuration about the first of each source. What takes all
records to know, duplicates above all, a step asks its Sieve.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass, field

from so8t_engine.config.run_config import Dataset, Integrate, RunConfig
from so8t_engine.data import detect_language, drop_reasons, duplicates, heldout_split, normalise, text_rules
from so8t_engine.data.adapters import choose_adapter, column_names
from so8t_engine.data.adapters.parsed_row import Fields, Index, ParsedRow, Skip
from so8t_engine.data.record import Record
from so8t_engine.sentences import Sentence, sentence


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


@dataclass(frozen=True)
class KeptRecord:
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


def kept(config: RunConfig, dataset: Dataset, *, source: str, row: Fields, index: Index, seen: Seen) -> KeptRecord:
    """The row as a record of this source, beside those seen. Raises Skip with the reason why it is left out."""
    item = record_of(config, dataset, source=source, row=row, index=index)
    if dataset.use == "train" and item.prompt_key in seen.evaluated:
        raise Skip(drop_reasons.EVALUATED)
    if item.key in seen.keys:
        raise Skip(drop_reasons.DUPLICATE)
    return item


def record_of(config: RunConfig, dataset: Dataset, *, source: str, row: Fields, index: Index) -> KeptRecord:
    """The row as a record of this source, whatever else there is. Raises Skip with the reason why it is left out."""
    return record_of_parsed(config, dataset, source=source, parsed=parsed(dataset, row, index))


def fits(dataset: Dataset, row: Fields) -> bool:
    """Whether an adapter reads rows like this one, be it to leave them out."""
    try:
        parsed(dataset, row, {})
    except Skip as skip:
        return skip.reason != drop_reasons.OTHER_SHAPE
    return True


def unfit(dataset: Dataset, row: Fields) -> Sentence:
    """That no adapter reads rows like this one, and which columns they have."""
    columns = sorted(row)
    rivals = column_names.rivals(tuple(row)) if dataset.adapter == "auto" else []
    if rivals:
        return sentence("steps.several_answers", path=dataset.path, columns=columns, answers=rivals)
    if dataset.adapter == "auto":
        line = column_names.nearest(row)
        return sentence("steps.no_adapter_fits", path=dataset.path, columns=columns, line=line)
    return sentence("steps.adapter_does_not_fit", adapter=dataset.adapter, path=dataset.path, columns=columns)


def parsed(dataset: Dataset, row: Fields, index: Index) -> ParsedRow:
    """The row as its adapter reads it. Raises Skip."""
    adapter = choose_adapter.choose(dataset, row)
    if adapter is None:
        raise Skip(drop_reasons.OTHER_SHAPE)
    try:
        return adapter.adapt(row, index)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise Skip(drop_reasons.OTHER_SHAPE) from error


def record_of_parsed(config: RunConfig, dataset: Dataset, *, source: str, parsed: ParsedRow) -> KeptRecord:
    """Raises Skip with the reason why it is not kept."""
    limits = config.integrate
    texts = [normalise.clean(text or "") for text in (parsed.prompt, parsed.response, parsed.reasoning)]
    (prompt, *_), (response, *_), (thought, *_) = ready = [text_rules.prepared(text, limits) for text in texts]
    reasoning = thought or None
    choices = [text_rules.prepared(normalise.clean(option), limits)[0] for option in parsed.choices]
    answer, _ = text_rules.prepared(normalise.clean(parsed.answer or ""), limits)  # or no learnt answer would be right
    if not prompt or not (response or parsed.bad_answer):
        raise Skip(drop_reasons.EMPTY_FIELD)
    if parsed.bad_answer is not None:
        response, reasoning = "", None
    if any(normalise.holds_marks(text) for text in (prompt, response, reasoning or "")):
        raise Skip(drop_reasons.HOLDS_TAGS)
    if len(prompt) > limits.max_prompt_chars:
        raise Skip(drop_reasons.LONG_PROMPT)
    if len(response) + len(reasoning or "") > limits.max_response_chars:
        raise Skip(drop_reasons.LONG_RESPONSE)
    if limits.fix_encoding and any(map(text_rules.is_broken, (prompt, response, thought))):
        raise Skip(drop_reasons.BROKEN_ENCODING)
    if limits.drop_repetition and dataset.use == "train" and text_rules.repeats_itself(response):
        raise Skip(drop_reasons.REPEATS)
    language = detect_language.detect_language(f"{prompt}\n{response}", parsed.language, limits.detect_language)
    if limits.languages is not None and language not in limits.languages:
        raise Skip(drop_reasons.OTHER_LANGUAGE)
    plain = duplicates.plain(prompt), duplicates.plain(response)
    key, prompt_key = duplicates.key_of(*plain), duplicates.key_of(plain[0])
    heldout = dataset.use == "evaluation" or heldout_split.is_heldout(config.seed, prompt_key, limits.heldout_fraction)
    record = Record(
        id=duplicates.key_of(_plain_name(source), key)[:16], source=source, prompt=prompt, response=response,
        category=dataset.category or parsed.category, language=language,  # type: ignore[arg-type] # checked at the door
        split="heldout" if heldout else "train", answer=answer or None,
        answer_kind=parsed.answer_kind, reasoning=reasoning, choices=choices, safety=parsed.safety,
        messages=_messages(parsed, limits),
    )  # fmt: skip
    changed = tuple(sorted({rule for _, rules in ready for rule in rules}))
    return KeptRecord(record, key, prompt_key, plain, changed, parsed.bad_answer)


@functools.lru_cache(maxsize=64)
def _plain_name(source: str) -> str:
    return duplicates.plain(source)


def _messages(parsed: ParsedRow, limits: Integrate) -> str | None:
    if not parsed.messages:
        return None
    turns = [
        {"role": role, "content": text_rules.prepared(normalise.clean(content), limits)[0]}
        for role, content in parsed.messages
    ]
    return json.dumps(turns, ensure_ascii=False)
