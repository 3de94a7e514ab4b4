"""What annotators did with answers besides writing and judging one: ranked several, chatted, answered a talk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import column_names
from so8t_engine.data.adapters.parsed_row import Skip
from so8t_engine.data.adapters.talks import talk

BODY, NUMBER = "body", "id"  # of an answer that Label Studio ranks
ITEMS_LEAST = 2
ANSWER = "text"  # besides the names of an answer everywhere


def ranked(flat: Mapping[str, Any], rankings: Sequence[tuple[str, Any]]) -> dict[str, Any] | None:
    """The columns with the answer that most people put first, and the last of theirs, in place of a list of answers.

    None where no list of them was ranked as one. Raises Skip where as many put another first.
    """
    lists = {name: _bodies(value) for name, value in flat.items()}
    name, bodies = next(((name, bodies) for name, bodies in lists.items() if bodies), ("", {}))
    orders = [order for _, value in rankings if (order := _order(value)) and {*order} == bodies.keys()]
    if not bodies or not orders:
        return None
    first = best([order[0] for order in orders], rankings[0][0])
    last = next(order[-1] for order in orders if order[0] == first)
    others = {key: value for key, value in flat.items() if key != name}
    return {**others, "chosen": bodies[first], "rejected": bodies[last]}


def best(firsts: Sequence[str], column: str) -> str:
    """What most say. Raises Skip where as many say another."""
    (one, most), *others = Counter(firsts).most_common()
    if others and others[0][1] == most:
        raise Skip(drop_reasons.tied(column))
    return one


def first_of(value: Any, columns: Mapping[str, Any], question: str) -> str | None:
    """The column that a ranking of Argilla's puts first; None where it is none. Raises Skip of a tie."""
    if not isinstance(value, list) or len(value) < ITEMS_LEAST:
        return None
    pairs = [(one.get("value"), one.get("rank")) if isinstance(one, Mapping) else (one, None) for one in value]
    if not all(isinstance(name, str) and name in columns for name, _ in pairs):
        return None
    ranks = [number if rank is None else rank for number, (_, rank) in enumerate(pairs)]
    if not all(isinstance(rank, int) for rank in ranks):
        return None
    firsts = [name for (name, _), rank in zip(pairs, ranks, strict=True) if rank == min(ranks)]
    return best([str(name) for name in firsts], question)


def with_answer(flat: dict[str, Any], written: Sequence[str]) -> dict[str, Any]:
    """A talk that ends with its question and the answer somebody wrote to it as one talk."""
    talks = [name for name, value in flat.items() if _asks(value)]
    texts = [name for name in written if isinstance(flat.get(name), str) and flat[name].strip() and _answers(name)]
    if len(talks) != 1 or len(texts) != 1:
        return flat
    turns = [*flat[talks[0]], {"role": talk.ASSISTANT, "content": flat[texts[0]]}]
    return {**{name: value for name, value in flat.items() if name != texts[0]}, talks[0]: turns}


def chatted(flat: dict[str, Any], messages: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """With the turns of a chat that was held while it was annotated, behind those it began with."""
    if not messages:
        return flat
    begun = flat["messages"] if isinstance(flat.get("messages"), list) else []
    turns = [{"role": one.get("role"), "content": one.get("content")} for one in messages]
    return {**flat, "messages": [*begun, *turns]}


def stated_in(path: Any, states: Any) -> str | None:
    """Of a place in a taxonomy the part that judges, else all of them."""
    parts = [str(part) for part in path] if isinstance(path, list) else []
    return next((part for part in parts if states(part)), " / ".join(parts)) if parts else None


def _order(value: Any) -> list[str]:
    """Of what was ranked in one list."""
    lists = [one for one in value.values() if isinstance(one, list)] if isinstance(value, Mapping) else []
    return [str(one) for one in lists[0]] if len(lists) == 1 else []


def _bodies(value: Any) -> dict[str, str]:
    if not isinstance(value, list) or len(value) < ITEMS_LEAST:
        return {}
    if not all(isinstance(one, Mapping) and isinstance(one.get(BODY), str) and NUMBER in one for one in value):
        return {}
    return {str(one[NUMBER]): one[BODY] for one in value}


def _asks(value: Any) -> bool:
    if not isinstance(value, list) or not value or not all(isinstance(one, Mapping) for one in value):
        return False
    return all("content" in one for one in value) and talk.role_of(value[-1]) == talk.USER


def _answers(name: str) -> bool:
    where = column_names.guess(("prompt", name))
    return name == ANSWER or (where is not None and where.response == name)
