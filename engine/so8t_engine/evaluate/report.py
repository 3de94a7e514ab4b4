"""The folder `session/report/`: figures for programs (report.json), and the same as a page that needs no network.

report.json holds only what follows from data, configuration and weights: an interrupted run writes the same bytes. What
depends on the clock (interruptions) stands on the page alone.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

import so8t_resources
from so8t_engine.data import shards, thought_table
from so8t_engine.data.record import SECTIONS, Example
from so8t_engine.evaluate import grading, report_chart, transitions
from so8t_engine.session import history, incidents

SAMPLES_PER_CATEGORY = 2
SIGNIFICANT = 0.05
COLUMNS = {"base": "base", "warmed": "after warm-up", "tuned": "tuned"}


def samples(examples: Sequence[Example], base: Sequence[str], tuned: Sequence[str]) -> list[dict[str, Any]]:
    """Some questions of every category with both answers: one that was gained, one that was lost, or any."""
    rows = [_sample(*row) for row in zip(examples, base, tuned, strict=True)]
    chosen: list[dict[str, Any]] = []
    for category in sorted({row["category"] for row in rows}):
        here = [row for row in rows if row["category"] == category]
        gained = [row for row in here if row["tuned_right"] and not row["base_right"]]
        lost = [row for row in here if row["base_right"] and not row["tuned_right"]]
        picked: list[dict[str, Any]] = []
        for row in (*gained[:1], *lost[:1], *here):
            if row not in picked and len(picked) < SAMPLES_PER_CATEGORY:
                picked.append(row)
        chosen += picked
    return chosen


def _sample(example: Example, before: str, after: str) -> dict[str, Any]:
    graded = [grading.grade(example, answer) for answer in (before, after)]
    refusal = "a refusal" if example.safety == "unsafe" else None
    return {
        "prompt": example.prompt,
        "category": example.category,
        "language": example.language,
        "gold": example.answer or refusal or example.plain,
        "base": before,
        "tuned": after,
        "base_right": graded[0].right,
        "tuned_right": graded[1].right,
        "tuned_format": graded[1].well_formed,
    }


def training(session: Path) -> dict[str, dict[str, Any]]:
    """By phase: updates, and the mean loss and reward over the first and the last tenth of them."""
    phases: dict[str, list[report_chart.UpdatePoint]] = {}
    for update in report_chart.updates_of(history.read(session / history.NAME)):
        phases.setdefault(update.phase, []).append(update)
    return {phase: _phase(updates) for phase, updates in phases.items()}


def phase_transitions(session: Path, initial: float, final: float) -> dict[str, list[dict[str, Any]]]:
    """`marked` while training ran, and `found` afterwards over the whole history; alpha moves from initial to final."""
    entries = list(history.read(session / history.NAME))
    keys = ("update", "since", "direction", "size", "sigmas", "alpha")
    marked = [entry for entry in entries if entry.get("mark") == "phase_transition"]
    jumps = transitions.of_history(entries, initial, final)
    return {
        "marked": [{key: mark[key] for key in keys} for mark in marked],
        "found": [{key: _short(value) for key, value in jump.items()} for jump in jumps],
    }


def _short(value: Any) -> Any:
    """Six digits: the last ones of a fit are of no interest, and may differ between machines."""
    return float(f"{value:.6g}") if isinstance(value, float) else value


def _phase(updates: Sequence[report_chart.UpdatePoint]) -> dict[str, Any]:
    tenth = max(1, len(updates) // 10)
    ends = (updates[:tenth], updates[-tenth:])
    return {
        "updates": len(updates),
        "loss": [_mean([update.loss for update in end]) for end in ends],
        "reward": [_mean([update.reward for update in end]) for end in ends],
        "alpha": [updates[0].alpha, updates[-1].alpha],
    }


def _mean(values: Sequence[float | None]) -> float | None:
    numbers = [value for value in values if value is not None]
    return float(f"{sum(numbers) / len(numbers):.6g}") if numbers else None


def provenance(session: Path) -> list[dict[str, Any]]:
    """Where the data came from, without this machine's folders."""
    path = shards.folder(session, shards.COLLECTED) / "provenance.json"
    if not path.exists():
        return []
    keys = ("name", "use", "source", "revision", "licence", "kept", "skipped")
    sources = json.loads(path.read_text(encoding="utf-8"))
    return [
        {key: source.get(key) for key in keys} | {"path": source["path"] if source["source"] == "hub" else None}
        for _, source in sorted(sources.items())
    ]


def thought(session: Path) -> list[dict[str, Any]]:
    """What thought the records of each source held; none where an older version converted them."""
    path = shards.folder(session, shards.CONVERTED) / "counts.json"
    counts = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return thought_table.rows(counts.get("thought", {}))


def write(folder: Path, session: Path, result: dict[str, Any]) -> None:
    """Fills `folder` with report.json and report.html."""
    body = json.dumps(result, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    (folder / "report.json").write_text(body, encoding="utf-8")
    (folder / "report.html").write_text(page(session, result), encoding="utf-8")


def page(session: Path, result: dict[str, Any]) -> str:
    """The HTML text. Everything that came from data or a model is escaped."""
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"percent": percent, "megabytes": megabytes, "p_value": p_value, "interval": interval}
    template = so8t_resources.path("report", "report.html").read_text(encoding="utf-8")
    entries = list(history.read(session / history.NAME))
    updates = report_chart.updates_of(entries)
    drawn = (report_chart.loss_and_alpha(updates, report_chart.marks(entries)), report_chart.reward_and_kl(updates))
    return environment.from_string(template).render(
        session=session.name,
        result=result,
        groups=result["heldout"]["groups"],
        verdict=verdict(result["heldout"]["groups"]["all"]),
        learning=share_of_learning(result),
        columns=_columns(result),
        sections=SECTIONS,
        charts=[Markup(svg) for svg in drawn if svg],  # our own drawing: every word in it is escaped there
        phases=report_chart.PHASES,
        incidents=incidents.read(session),
    )


def _columns(result: dict[str, Any]) -> dict[str, str]:
    """What each column is called; the last by what made it, where that can be told apart."""
    apart = "by_learning" in result["heldout"]["groups"]["all"]
    return COLUMNS | ({"tuned": f"after {report_chart.PHASES[result['algorithm']]}"} if apart else {})


def verdict(figures: dict[str, Any]) -> str:
    """What the paired comparison allows to say, and no more."""
    if not figures["graded"]:
        return "No held-out question had a known answer, so nothing can be said about right answers."
    changed = f"{figures['gained']} questions were gained and {figures['lost']} lost{_points(figures)}"
    if figures["p_value"] >= SIGNIFICANT:
        return f"{changed}: so small a difference could be chance."
    better = "better" if figures["gained"] > figures["lost"] else "worse"
    return f"{changed}: the tuned model answers {better}, and more so than chance explains."


def share_of_learning(result: dict[str, Any]) -> str:
    """What reinforcement learning added to the warm-up, with its interval; "" where there was none to tell apart."""
    added = result["heldout"]["groups"]["all"].get("by_learning")
    if added is None or not result["heldout"]["groups"]["all"]["graded"]:
        return ""
    name = report_chart.PHASES[result["algorithm"]]
    said = f"{name} alone, after the warm-up: {added['gained']} gained and {added['lost']} lost{_points(added)}"
    if added["p_value"] >= SIGNIFICANT:
        text = f"{said}: a difference that could be chance, so this run does not show that {name} helped."
    else:
        helped = "helped" if added["gained"] > added["lost"] else "did harm"
        text = f"{said}: {name} {helped}, and more so than chance explains."
    first, last = result["training"].get(result["algorithm"], {}).get("reward", (None, None))
    if first is not None and last is not None and last < first:
        text += f" The mean reward fell meanwhile, from {first:.3f} to {last:.3f}."
    return text


def _points(figures: dict[str, Any]) -> str:
    """Sessions of an earlier version had no interval of the difference."""
    if "difference" not in figures:
        return ""
    share, low, high = (100 * figures["difference"][key] for key in ("share", "low", "high"))
    return f" ({share:+.1f} points, 95 %: {low:+.1f} to {high:+.1f})"


def percent(share: float | None) -> str:
    return "\N{EN DASH}" if share is None else f"{100 * share:.1f}\N{NO-BREAK SPACE}%"


def interval(figures: dict[str, Any]) -> str:
    """`41\N{EN DASH}59 %` of a share's 95 % interval."""
    if not figures["total"]:
        return ""
    return f"{100 * figures['low']:.0f}\N{EN DASH}{100 * figures['high']:.0f}\N{NO-BREAK SPACE}%"


def megabytes(size: int) -> str:
    return f"{size / 1e9:,.2f}\N{NO-BREAK SPACE}GB" if size >= 1e9 else f"{size / 1e6:,.1f}\N{NO-BREAK SPACE}MB"


def p_value(value: float) -> str:
    return "<\N{NO-BREAK SPACE}0.001" if value < 0.001 else f"{value:.3f}"
