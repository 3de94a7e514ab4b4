"""What the user allows of a run's records: licences, and how many of a language, a category, a source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from so8t_engine.config.run_config import Integrate
from so8t_engine.data import drop_reasons
from so8t_engine.data.record import Record
from so8t_engine.sentences import Sentence


class Limits:
    """For one shard. `licence`: of its source, as far as known; `counts`: of the records kept before (counts.json).

    Records for evaluation (`counts["evaluation"]`) are always kept and take no place from those that are learnt.
    """

    def __init__(self, rules: Integrate, licence: str | None, counts: Mapping[str, Any]) -> None:
        allowed = None if rules.licenses is None else set(map(_plain, rules.licenses))
        self._licensed = allowed is None or (licence is not None and _plain(licence) in allowed)
        self._most = rules.max_records
        self._kept = Counter({f"source:{name}": rows["kept"] for name, rows in counts["sources"].items()})
        for kind in ("language", "category"):
            self._kept.update({f"{kind}:{name}": count for name, count in counts[kind].items()})
        self._kept.subtract(counts.get("evaluation", {}))

    def refuse(self, record: Record) -> Sentence | None:
        """The reason against a record that all else would keep; one that is kept counts."""
        if not self._licensed:
            return drop_reasons.OTHER_LICENCE
        of = [f"source:{record.source}", *kinds(record)]
        if any(self._kept[name] >= self._most.get(name, float("inf")) for name in of):
            return drop_reasons.CAPPED
        self._kept.update(of)
        return None


def kinds(record: Record) -> list[str]:
    return [f"language:{record.language}", f"category:{record.category}"]


def _plain(licence: str) -> str:
    """`cc-by-4.0` and `CC BY 4.0` are one."""
    return licence.casefold().replace("-", " ").strip()
