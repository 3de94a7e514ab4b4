"""Whether the evaluation asks anything of the user's own data, where it asks questions that came with a preset."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

DEMO = "demo:"  # begins the path of data that comes with SO8T


class AskedSource(NamedTuple):
    """Of a source of data, as the check sees it before a run and the report after it.

    `path`: None where nothing of this machine is told. `asked`: whether any of it is asked, or may be.
    """

    name: str
    source: str
    path: str | None
    use: str
    asked: bool


def never_asked(sources: Iterable[AskedSource]) -> list[str]:
    """Names of the user's own sources to train on, where the evaluation asks none of the user's data but others'."""
    sources = list(sources)
    asked = {_origin(each) for each in sources if each.asked}
    if not asked or "own" in asked:
        return []
    own = {"own", "hub"} if asked == {"demo"} else {"own"}  # else those of the Hub may be the preset's
    return [each.name for each in sources if each.use == "train" and _origin(each) in own and not each.asked]


def of_report(data: Iterable[Mapping[str, Any]]) -> list[str]:
    """The same of `data` of report.json, whose sources may be of an earlier version: then nothing is known of them."""
    return never_asked(
        AskedSource(source["name"], source["source"], source["path"], source["use"], bool(source["became"]["held_out"]))
        for source in data
        if source.get("became")
    )


def _origin(source: AskedSource) -> str:
    if source.source == "hub":
        return "hub"
    return "demo" if (source.path or "").startswith(DEMO) else "own"
