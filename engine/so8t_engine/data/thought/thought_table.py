"""What thought the records of each source hold: one line a source, for people, report.json and the check.

Counted as plain numbers, so that a step can keep them in its checkpoints. Of training records; lengths are characters,
to two digits from a hundred on, so that a median of millions of records needs a few hundred numbers.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple

from so8t_engine.data.record import SECTIONS, Record
from so8t_engine.data.thought.sections import Evidence, evidence
from so8t_engine.sentences import Sentence, named, sentence

Counts = Mapping[str, Any]
Table = Mapping[str, Counts]  # by source
Fate = Literal["learnt", "left_out", "prompts"]  # learnt, for want of thought not, kept as a prompt alone

ENOUGH = 0.5  # of the records that are learnt should hold thought
NOTHING: Counts = {
    "learnt": 0, "left_out": 0, "prompts": 0, "thinking": 0, "final_only": 0, "circular": 0, "sections": {},
    "lengths": {},
}  # fmt: skip


class Counted(NamedTuple):
    record: Record
    evidence: Evidence
    fate: Fate


def with_records(table: Table, items: Iterable[Counted]) -> dict[str, Counts]:
    """A new table with these records too; held-out ones are passed over."""
    new = copy.deepcopy(dict(table))
    alike = Counter(
        (record.source, fate, found.circular, found.thinks, *_kind(found.sections.thoughts))
        for record, found, fate in items
        if record.split == "train"
    )
    for (source, fate, circular, thinks, names, length), count in alike.items():
        row: dict[str, Any] = new.setdefault(source, copy.deepcopy(NOTHING))  # type: ignore[assignment]
        row[fate] += count
        row["circular"] += count * circular
        if fate == "learnt":
            row["thinking"] += count * thinks
            row["final_only"] += count * (not names)
            for name in names:
                row["sections"][name] = row["sections"].get(name, 0) + count
            row["lengths"][length] = row["lengths"].get(length, 0) + count
    return new


def of_records(records: Iterable[Record], keep_repeated: bool) -> dict[str, Counts]:
    """As if all of them were learnt that have an answer, held-out ones too."""
    return of_evidence((record, evidence(record, keep_repeated)) for record in records)


def of_evidence(found: Iterable[tuple[Record, Evidence]]) -> dict[str, Counts]:
    """The same of records whose thought has been looked at."""
    learnt = (
        Counted(record._replace(split="train"), held, "learnt" if record.response else "prompts")
        for record, held in found
    )
    return with_records({}, learnt)


def rows(table: Table) -> list[dict[str, Any]]:
    """By source: numbers of records; shares of those learnt, 0 to 1 (`circular`: of all); median length of thought."""
    return [_row(source, table[source]) for source in sorted(table)]


def thinking_share(table: Table) -> float | None:
    """Of all records that are learnt, those with thought that does not only repeat; None where there are none."""
    learnt = sum(row["learnt"] for row in table.values())
    return sum(row["thinking"] for row in table.values()) / learnt if learnt else None


def lines(table: Table) -> list[Sentence]:
    """Of each source; a source of prompts alone says no more than that."""
    found = []
    for row in rows(table):
        if row["learnt"]:
            found.append(line(row))
        if row["prompts"]:
            found.append(sentence("data.prompts_of_source", source=row["source"], count=row["prompts"]))
    return found


def thin(table: Table) -> Sentence | None:
    """A warning where less than half of what is learnt holds thought."""
    share = thinking_share(table)
    if share is None or share >= ENOUGH:
        return None
    return sentence("data.thin_thought", share=share) if share else sentence("data.no_thought")


def total(table: Table, fate: Fate) -> int:
    return sum(row[fate] for row in table.values())


def _kind(thoughts: Mapping[str, str]) -> tuple[tuple[str, ...], str]:
    """Which sections these are, and how long together."""
    return (tuple(thoughts), _rounded(sum(map(len, thoughts.values())))) if thoughts else ((), "0")


def _row(source: str, counts: Counts) -> dict[str, Any]:
    learnt = counts["learnt"]

    def share(count: int, of: int = learnt) -> float:
        return round(count / of, 4) if of else 0.0

    return {
        "source": source,
        "learnt": learnt,
        "left_out": counts["left_out"],
        "prompts": counts["prompts"],
        "sections": {name: share(counts["sections"].get(name, 0)) for name in SECTIONS},
        "thinking": share(counts["thinking"]),
        "final_only": share(counts["final_only"]),
        "circular": share(counts["circular"], learnt + counts["left_out"] + counts["prompts"]),
        "median_characters": _median(counts["lengths"]),
    }


def line(row: Mapping[str, Any]) -> Sentence:
    """One of `rows`, said; it has learnt records."""
    there = [(name, row["sections"][name]) for name in SECTIONS if row["sections"].get(name)]  # report.json sorts them
    shares = [sentence("data.section_share", name=named("section", name), share=share) for name, share in there]
    told = {name: row[name] for name in ("source", "learnt", "final_only", "circular")}
    if not shares:
        return sentence("data.no_thought_of_source", **told)
    return sentence("data.thought_of_source", **told, sections=shares, median=row["median_characters"])


def _rounded(length: int) -> str:
    digits = str(length)
    return digits if len(digits) <= 2 else digits[:2] + "0" * (len(digits) - 2)


def _median(lengths: Mapping[str, int]) -> int:
    """Of the thoughts there are: "0" counts the records without any."""
    ordered = sorted((int(length), count) for length, count in lengths.items() if length != "0")
    half = sum(count for _, count in ordered) / 2
    passed = 0
    for length, count in ordered:
        passed += count
        if passed >= half:
            return length
    return 0
