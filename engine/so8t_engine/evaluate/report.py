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
from so8t_engine.evaluate import chart, grading

SAMPLES = 8


def samples(examples: Sequence[Example], base: Sequence[str], tuned: Sequence[str]) -> list[dict[str, Any]]:
    """A few questions with both answers, spread over the categories."""
    rows = list(zip(examples, base, tuned, strict=True))
    step = max(1, len(rows) // SAMPLES)
    return [
        {
            "prompt": example.prompt, "category": example.category, "gold": example.answer or example.plain,
            "base": before, "tuned": after,
            "base_right": grading.grade(example, before).right, "tuned_right": grading.grade(example, after).right,
        }
        for example, before, after in rows[::step][:SAMPLES]
    ]  # fmt: skip


def training(session: Path) -> dict[str, dict[str, Any]]:
    """By phase: updates, and the mean loss and reward over the first and the last tenth of them."""
    found: dict[str, list[chart.Point]] = {}
    for point in chart.points(history.read(session / history.NAME)):
        found.setdefault(point.phase, []).append(point)
    return {phase: _phase(points) for phase, points in found.items()}


def _phase(points: Sequence[chart.Point]) -> dict[str, Any]:
    tenth = max(1, len(points) // 10)
    ends = (points[:tenth], points[-tenth:])
    return {
        "updates": len(points),
        "loss": [_mean([point.loss for point in end]) for end in ends],
        "reward": [_mean([point.reward for point in end]) for end in ends],
        "alpha": [points[0].alpha, points[-1].alpha],
    }


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return float(f"{sum(known) / len(known):.6g}") if known else None


def provenance(session: Path) -> list[dict[str, Any]]:
    """Where the data came from, without this machine's folders."""
    path = shards.folder(session, shards.COLLECTED) / "provenance.json"
    if not path.exists():
        return []
    wanted = ("name", "use", "source", "revision", "licence", "kept", "skipped")
    found = json.loads(path.read_text(encoding="utf-8"))
    return [
        {key: one.get(key) for key in wanted} | {"path": one["path"] if one["source"] == "hub" else None}
        for _, one in sorted(found.items())
    ]


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
    return environment.from_string(template).render(
        session=session.name,
        result=result,
        groups=result["heldout"]["groups"],
        chart=jinja2.utils.markupsafe.Markup(figure),
        provenance=result["data"],
        incidents=incidents.read(session),
    )
