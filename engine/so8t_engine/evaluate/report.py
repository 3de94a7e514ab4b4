"""`session/report/`: the figures as JSON, and a page for people that needs no network.

report.json holds only what follows from data, configuration and weights: an interrupted run writes the same bytes. What
depends on the clock (interruptions) stands on the page alone.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jinja2

import so8t_resources
from so8t_engine import history, incidents
from so8t_engine.data import shards
from so8t_engine.data.record import Example
from so8t_engine.evaluate import chart, heldout

SAMPLES = 8


def samples(examples: Sequence[Example], base: Sequence[str], tuned: Sequence[str]) -> list[dict[str, Any]]:
    """A few questions with both answers, spread over the categories."""
    rows = list(zip(examples, base, tuned, strict=True))
    step = max(1, len(rows) // SAMPLES)
    return [
        {
            "prompt": example.prompt, "category": example.category, "gold": example.answer or example.plain,
            "base": before, "tuned": after,
            "base_right": heldout.grade(example, before).right, "tuned_right": heldout.grade(example, after).right,
        }
        for example, before, after in rows[::step][:SAMPLES]
    ]  # fmt: skip


def write(folder: Path, session: Path, result: dict[str, Any]) -> None:
    """Fills `folder` with report.json and report.html."""
    body = json.dumps(result, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    (folder / "report.json").write_text(body, encoding="utf-8")
    (folder / "report.html").write_text(page(session, result), encoding="utf-8")


def page(session: Path, result: dict[str, Any]) -> str:
    """The HTML text. Everything that came from data or a model is escaped."""
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    environment.filters["percent"] = lambda value: "–" if value is None else f"{100 * value:.1f} %"
    environment.filters["megabytes"] = lambda value: f"{value / 1e6:,.1f} MB"
    template = so8t_resources.path("report", "report.html").read_text(encoding="utf-8")
    figure = chart.draw(chart.points(history.read(session / history.NAME)))
    sources = shards.folder(session, shards.COLLECTED) / "provenance.json"
    provenance = json.loads(sources.read_text(encoding="utf-8")) if sources.exists() else {}
    return environment.from_string(template).render(
        session=session.name,
        result=result,
        groups=result["heldout"]["groups"],
        chart=jinja2.utils.markupsafe.Markup(figure),
        provenance=list(provenance.values()),
        incidents=incidents.read(session),
    )
