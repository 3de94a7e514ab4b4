"""What became of everything that was read of each source: held out, learnt, asked alone or left out; it adds up.

By what the data steps have counted, the same for the report, its page about the data and `so8t data inspect`. Of a
source whose answers are all learnt (`turns: all`) each answer counts as one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

Json = Mapping[str, Any]


def of(collected: Json, integrated: Json, converted: Json) -> dict[str, dict[str, Any]]:
    """By source: `read`, `held_out`, `learnt`, `asked` (prompts alone), `left_out`, and of the last the number by
    `reasons`, in English (drop_reasons.py).

    The arguments are provenance.json and the counts of the steps 2 and 3. A source of which an older version has
    counted less is not there.
    """
    found = {}
    for name, rows in integrated.get("sources", {}).items():
        of_source = _of(collected.get(name, {}).get("skipped", {}), rows, name, converted)
        if of_source is not None:
            found[name] = of_source
    return found


def _of(unreadable: Mapping[str, int], rows: Json, name: str, converted: Json) -> dict[str, Any] | None:
    if not converted.keys() >= {"thought", "dropped"}:
        return None
    trained = converted["thought"].get(name, {})
    learnt, asked = trained.get("learnt", 0), trained.get("prompts", 0)
    later = converted["dropped"].get(name, {})
    held_out = rows["kept"] - sum(later.values()) - learnt - asked
    if held_out < 0:
        return None
    out = Counter(unreadable) + Counter(rows["dropped"]) + Counter(later)
    left_out = sum(out.values())
    return {
        "read": left_out + held_out + learnt + asked, "held_out": held_out, "learnt": learnt, "asked": asked,
        "left_out": left_out, "reasons": dict(sorted(out.items())),
    }  # fmt: skip
