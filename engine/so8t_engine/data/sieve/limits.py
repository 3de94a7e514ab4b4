"""What the user allows of a run's records: licences; of a language, a category, a source how many, or how often."""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from so8t_engine.config.run_config import Integrate
from so8t_engine.data import drop_reasons, shards
from so8t_engine.data.record import Example, Record
from so8t_engine.sentences import Sentence

ONE_OF = re.compile(r"\s+or\s+|\s*\|+\s*", re.IGNORECASE)
ALL_OF = re.compile(r"\s+and\s+|\s*[,;/&+]\s*", re.IGNORECASE)


class Limits:
    """For one shard. `licence`: of its `source`, as far as known; `counts`: of the records kept before (counts.json).

    Records for evaluation (`counts["evaluation"]`) are always kept and take no place from those that are learnt.
    """

    def __init__(self, rules: Integrate, source: str, licence: str | None, counts: Mapping[str, Any]) -> None:
        refused = counts["sources"].get(source, {}).get("dropped", {}).get(str(drop_reasons.OTHER_LICENCE), 0)
        # An earlier version knew one licence alone: a source that it had begun to refuse is refused to its end.
        self._licensed = not refused and (rules.licenses is None or licensed(licence, rules.licenses))
        self._most, self._weights = rules.max_records, rules.weights
        self._kept = Counter({f"source:{name}": rows["kept"] for name, rows in counts["sources"].items()})
        for kind in ("language", "category"):
            self._kept.update({f"{kind}:{name}": count for name, count in counts[kind].items()})
        self._kept.subtract(counts.get("evaluation", {}))

    @property
    def may_refuse(self) -> bool:
        """Whether it may refuse any: else nobody need ask."""
        return bool(not self._licensed or self._most or self._weights)

    def refuse(self, record: Record) -> Sentence | None:
        """The reason against a record that all else would keep; one that is kept counts."""
        if not self._licensed:
            return drop_reasons.OTHER_LICENCE
        of = [f"source:{record.source}", *kinds(record)]
        if self._weights and not times(record, self._weights):
            return drop_reasons.NOT_DRAWN
        if any(self._kept[name] >= self._most.get(name, float("inf")) for name in of):
            return drop_reasons.CAPPED
        self._kept.update(of)
        return None


def kinds(record: Record | Example) -> list[str]:
    return [f"language:{record.language}", f"category:{record.category}"]


def times(record: Record | Example, weights: Mapping[str, float]) -> int:
    """How often it is to be learnt: its weight, whose fraction is drawn for, 0 where it is left out.

    The draw is by the record alone: the same ones in any order, and with a smaller weight fewer of these.
    """
    weight = math.prod(weights.get(name, 1.0) for name in (f"source:{record.source}", *kinds(record)))
    whole = math.floor(weight)
    draw = hashlib.sha256(f"weight:{record.id}".encode()).digest()[:8]
    return whole + (int.from_bytes(draw, "big") < (weight - whole) * 2**64)


def kinds_of(records: pa.Table) -> list[str]:
    """The kinds of all of these."""
    return [f"{kind}:{name}" for kind in ("language", "category") for name in shards.values(records[kind])]


def licensed(licence: str | None, allowed: Sequence[str]) -> bool:
    """Whether these terms are allowed: of "MIT OR CC-BY-4.0" one must be, of "mit, cc-by-4.0" all.

    A list says nothing of which part of the data is under which. Nothing known is not allowed.
    """
    if licence is None:
        return False
    names = set(map(_plain, allowed))
    return _plain(licence) in names or any(
        all(_plain(part) in names for part in ALL_OF.split(choice)) for choice in ONE_OF.split(licence.strip(" ()"))
    )


def _plain(licence: str) -> str:
    """`cc-by-4.0` and `CC BY 4.0` are one."""
    return licence.casefold().replace("-", " ").strip()
