"""What became of the records of one unit of step 3: the examples written, and those left out, each with its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import pyarrow as pa

from so8t_engine.data import drop_reasons, shards, step_state
from so8t_engine.data.drop_examples import LeftOut
from so8t_engine.data.record import Example
from so8t_engine.data.sieve import limits as record_limits
from so8t_engine.data.thought import sections, thought_table, token_limits
from so8t_engine.data.thought.thought_table import Counted
from so8t_engine.data.thought.token_limits import TokenLimits

TOKENS = "tokens"  # in the counts where lengths are known: those of an older version, or of a built model, have none
REPEATED = "repeated"  # in the counts where `integrate.weights` repeats any: by source, how many more than once

Measure = Callable[[Sequence[Example]], list[Example]]


class Conversion(NamedTuple):
    """`counted`: all but what is too long for the model in every use; `measured`: all examples, as they came."""

    counted: list[Counted]
    written: list[Example]
    left_out: list[LeftOut]
    measured: list[Example]


def of(items: Sequence[Counted], numbers: Sequence[int], limits: TokenLimits, measure: Measure | None) -> Conversion:
    """`numbers`: of the rows that the records were made of. `measure` counts tokens; None: every length fits."""
    there = [place for place, each in enumerate(items) if each.fate != "left_out"]
    examples = [
        sections.example(each.record, each.evidence.sections, taught=each.fate == "learnt")
        for each in items
        if each.fate != "left_out"
    ]
    left_out = [
        LeftOut(numbers[place], drop_reasons.FINAL_ONLY, record=each.record)
        for place, each in enumerate(items)
        if each.fate == "left_out"
    ]
    if measure is None:
        return Conversion(list(items), examples, left_out, [])
    measured = measure(examples)
    written, fates = [], {place: each for place, each in enumerate(items)}
    for place, example in zip(there, measured, strict=True):
        verdict = limits.verdict(example)
        if verdict == "left_out":
            left_out.append(LeftOut(numbers[place], drop_reasons.TOO_MANY_TOKENS, record=items[place].record))
            del fates[place]
        elif verdict == "prompt_alone":
            written.append(token_limits.prompt_alone(example))
            fates[place] = items[place]._replace(fate="prompts")
        else:
            written.append(example)
    ordered = sorted(left_out, key=lambda item: item.number)
    return Conversion([*fates.values()], written, ordered, measured)


def table(written: Sequence[Example], repeats: Sequence[int], schema: pa.Schema) -> pa.Table:
    """`schema`: of shards.converted_schema."""
    columns: dict[str, list[Any]] = {shards.REPEATS: list(repeats)}
    columns |= {name: [each[place] for each in written] for place, name in enumerate(Example._fields)}
    return shards.table(columns, schema)


def begin(weights: Mapping[str, float]) -> dict[str, Any]:
    """What the counts hold of repeats at the beginning of the step."""
    return {REPEATED: {}} if any(weight > 1 for weight in weights.values()) else {}


def repeats(written: Sequence[Example], weights: Mapping[str, float]) -> list[int]:
    """How often training has each in one pass. A held-out question is asked once, whatever its weight."""
    if not weights:
        return [1] * len(written)
    return [max(1, record_limits.times(each, weights)) if each.split == "train" else 1 for each in written]


def counted(counts: Mapping[str, Any], made: Conversion, limits: TokenLimits, repeats: Sequence[int]) -> dict[str, Any]:
    """Without what an older version did not count where it had begun the step: it would tell of a part."""
    learnt = (name for item in made.counted if item.fate == "learnt" for name in item.evidence.sections.thoughts)
    new = {
        **counts,
        "examples": counts["examples"] + len(made.written),
        "split": step_state.added(counts["split"], (example.split for example in made.written)),
        "sections": step_state.added(counts["sections"], learnt),
    }
    if "thought" in counts:
        new["thought"] = thought_table.with_records(counts["thought"], made.counted)
    if "dropped" in counts:
        new["dropped"] = _dropped(counts["dropped"], made.left_out)
    if REPEATED in counts:
        more = Counter(counts[REPEATED])
        for each, times in zip(made.written, repeats, strict=True):
            more[each.source] += times - 1
        new[REPEATED] = dict(more)
    if TOKENS in counts:
        new[TOKENS] = token_limits.added(counts[TOKENS], limits, made.measured)
    return new


def _dropped(counts: Mapping[str, Mapping[str, int]], left_out: Sequence[LeftOut]) -> dict[str, dict[str, int]]:
    """By source and reason (in English)."""
    new = {source: dict(reasons) for source, reasons in counts.items()}
    for item in left_out:
        if item.record is not None:
            of_source = new.setdefault(item.record.source, {})
            of_source[str(item.reason)] = of_source.get(str(item.reason), 0) + 1
    return new
