"""Names in `integrate` that match nothing: a limit under a misspelt name would limit nothing and say so to nobody.

Warnings, not refusals: sessions that were begun with such a name go on.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from typing import get_args

from so8t_engine.config.run_config import RunConfig
from so8t_engine.config.types import Category
from so8t_engine.data.texts.detect_language import LANGUAGES
from so8t_engine.doctor.findings import Finding
from so8t_engine.sentences import sentence


def check(config: RunConfig) -> list[Finding]:
    """One for each name of `max_records`, `weights` and `languages` that no record can have."""
    sources = [dataset.name for dataset in config.datasets]
    known = {"source": sources, "language": LANGUAGES, "category": get_args(Category)}
    found = []
    settings: dict[str, Iterable[str]] = {
        "integrate.max_records": config.integrate.max_records,
        "integrate.weights": config.integrate.weights,
    }
    for key, of in [(key, of) for key, names in settings.items() for of in names]:
        kind, _, name = of.partition(":")
        if name not in known[kind]:
            found.append(_unknown(key, name, known[kind], of=f"{kind}:"))
        elif kind == "source" and config.datasets[sources.index(name)].use == "evaluation":
            found.append(Finding("warning", sentence("doctor.limits_evaluation", key=key, name=of)))
    for name in config.integrate.languages or []:
        if name not in LANGUAGES:
            found.append(_unknown("integrate.languages", name, LANGUAGES))
    return found


def _unknown(key: str, name: str, known: Sequence[str], of: str = "") -> Finding:
    """With the name that is probably meant, where one is near; `of`: what stands before all of them."""
    plain = {each.casefold(): each for each in known}
    near = difflib.get_close_matches(name.casefold(), plain)
    change = (
        sentence("doctor.name_meant", name=of + plain[near[0]])
        if near
        else sentence("doctor.names_there_are", names=[of + each for each in known])
    )
    return Finding("warning", sentence("doctor.name_matches_nothing", key=key, name=of + name), change=change)
