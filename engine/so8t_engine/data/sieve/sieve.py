"""Which records of a shard are kept beside those kept before: duplicates, near duplicates, what evaluation holds.

What it knows lies in a folder of its own on the disk, so that its memory does not grow with the data (but for what
evaluation sets ask). It is made anew from the shards after a restart. Records go through one by one in their order, so
what is kept does not depend on the size of a shard.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from so8t_engine.config.run_config import Integrate
from so8t_engine.data import drop_reasons
from so8t_engine.data.sieve.decontamination import Asked, Questions
from so8t_engine.data.sieve.near_duplicates import NearDuplicates
from so8t_engine.data.sieve.sorted_runs import SortedRuns, Write
from so8t_engine.data.sieve.text_store import Pair
from so8t_engine.data.texts.ngrams import Numbers
from so8t_engine.sentences import Sentence


class Compared(NamedTuple):
    """A record as it is compared: its keys, its plain texts, what it asks. `evaluation`: of a source for that."""

    key: str
    prompt_key: str
    plain: Pair
    asked: Asked
    evaluation: bool


@dataclass(frozen=True)
class Ruling:
    """Why a record is left out; `like`: the earlier one it is too like, or the question it holds."""

    reason: Sentence
    like: Pair | None = None


Refuse = Callable[[int], Sentence | None]


class Sieve:
    def __init__(self, rules: Integrate, folder: Path, write: Write) -> None:
        self._keys = SortedRuns(folder, "keys", write)
        self._near = NearDuplicates(folder, write) if rules.near_duplicates else None
        self._evaluated: set[str] = set()
        self._questions = Questions() if rules.decontaminate else None

    def sift(
        self, records: Sequence[Compared], refuse: Refuse = lambda _: None, bands: Numbers | None = None
    ) -> list[Ruling | None]:
        """None for a record that is kept, which from then on others are compared with.

        `refuse` is asked about a row that all else would keep, in their order: the reason against it, if there is one.
        `bands`: of near_duplicates.bands, where the caller has them.
        """
        heads, tails = _halves([record.key for record in records])
        values, found = self._keys.find(heads)
        known = found & (values == tails)
        held = self._held(records)
        if self._near is not None:
            asked = [
                not (gone or record.evaluation or question)
                for record, gone, question in zip(records, known.tolist(), held, strict=True)
            ]
            self._near.begin([record.plain for record in records], asked, bands)
        here: set[str] = set()
        verdicts: list[Ruling | None] = []
        for row, record in enumerate(records):
            verdict = self._verdict(row, record, bool(known[row]) or record.key in here, held[row])
            if verdict is None:
                reason = refuse(row)
                verdict = None if reason is None else Ruling(reason)
            verdicts.append(verdict)
            if verdict is None:
                here.add(record.key)
                self._keep(row, record)
        self._end(heads, tails, verdicts)
        return verdicts

    def remember(self, records: Sequence[Compared]) -> None:
        """Records of an earlier start, which were kept."""
        if self._near is not None:
            self._near.begin([record.plain for record in records], [False] * len(records))
        for row, record in enumerate(records):
            self._keep(row, record)
        self._end(*_halves([record.key for record in records]), [None] * len(records))

    def _held(self, records: Sequence[Compared]) -> list[str | None]:
        if self._questions is None or not records or records[0].evaluation:
            return [None] * len(records)
        return self._questions.held_by([record.plain for record in records], [record.asked for record in records])

    def _verdict(self, row: int, record: Compared, known: bool, held: str | None) -> Ruling | None:
        if not record.evaluation and record.prompt_key in self._evaluated:
            return Ruling(drop_reasons.EVALUATED)
        if known:
            return Ruling(drop_reasons.DUPLICATE)
        if held is not None:
            return Ruling(drop_reasons.HOLDS_EVALUATED, (held, ""))
        if self._near is not None and not record.evaluation:
            like = self._near.alike(row)
            if like is not None:
                return Ruling(drop_reasons.NEAR_DUPLICATE, like)
        return None

    def _keep(self, row: int, record: Compared) -> None:
        if record.evaluation:
            self._evaluated.add(record.prompt_key)
            if self._questions is not None:
                self._questions.add([record.asked])
        if self._near is not None:
            self._near.keep(row)

    def _end(self, heads: Numbers, tails: Numbers, verdicts: Sequence[Ruling | None]) -> None:
        kept = [row for row, verdict in enumerate(verdicts) if verdict is None]
        self._keys.add(heads[kept], tails[kept])
        if self._near is not None:
            self._near.end()


def _halves(keys: Sequence[str]) -> tuple[Numbers, Numbers]:
    """Keys of 128 bits as two numbers each."""
    both = np.frombuffer(bytes.fromhex("".join(keys)), ">u8").astype(np.uint64).reshape(-1, 2)
    return both[:, 0], both[:, 1]
