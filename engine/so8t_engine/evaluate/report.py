"""The folder `session/report/`: figures for programs (report.json), and the same as a page that needs no network.

report.json and answers.jsonl hold only what follows from data, configuration and weights: an interrupted run writes the
same bytes. What depends on the clock (time, energy, interruptions, speed) is in run.json and on the page alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from so8t_engine.config.run_config import RunConfig
from so8t_engine.data import fates, own_questions, shards
from so8t_engine.data.record import Example
from so8t_engine.data.thought import thought_table
from so8t_engine.evaluate import grading, report_chart, report_files, run_facts, transitions
from so8t_engine.evaluate.heldout import Row
from so8t_engine.session import history, manifest, results

SAMPLES_PER_CATEGORY, WON, LOST = 4, 2, 1
BY_SAFETY = {"unsafe": "a refusal", "safe": "an answer"}  # expected where nothing but that is looked at (grading.py)


def samples(examples: Sequence[Example], base: Sequence[str], tuned: Sequence[str]) -> list[dict[str, Any]]:
    """Some questions of every category with both answers: some that were gained, one that was lost, and any."""
    rows = [_sample(*row) for row in zip(examples, base, tuned, strict=True)]
    chosen: list[dict[str, Any]] = []
    for category in sorted({row["category"] for row in rows}):
        here = [row for row in rows if row["category"] == category]
        gained = [row for row in here if row["tuned_right"] and not row["base_right"]]
        lost = [row for row in here if row["base_right"] and not row["tuned_right"]]
        picked: list[dict[str, Any]] = []
        for row in (*gained[:WON], *lost[:LOST], *here):
            if row not in picked and len(picked) < SAMPLES_PER_CATEGORY:
                picked.append(row)
        chosen += picked
    return chosen


def _sample(example: Example, before: str, after: str) -> dict[str, Any]:
    graded = [grading.grade(example, answer) for answer in (before, after)]
    wanted = BY_SAFETY.get(example.safety or "")
    return {
        "prompt": example.prompt,
        "category": example.category,
        "language": example.language,
        "gold": example.answer or wanted or example.plain,
        "base": before,
        "tuned": after,
        "base_right": graded[0].right,
        "tuned_right": graded[1].right,
        "base_format": graded[0].well_formed,
        "tuned_format": graded[1].well_formed,
    }


def training(session: Path) -> dict[str, dict[str, Any]]:
    """By phase: updates, and the mean loss and reward over the first and the last tenth of them."""
    phases: dict[str, list[report_chart.UpdatePoint]] = {}
    for update in report_chart.updates_of(history.read(session / history.NAME)):
        phases.setdefault(update.phase, []).append(update)
    return {phase: _phase(updates) for phase, updates in phases.items()}


def strength(session: Path, config: RunConfig) -> dict[str, float]:
    """Of the gates, as the model has it, and where it was to go; {} where there are none, or nothing moved it."""
    try:
        about = json.loads((session / "adapter" / "alpha.json").read_text(encoding="utf-8"))
        moved = config.gate.enabled and about["updates"]
        return {"delivered": float(about["alpha"]), "goal": config.alpha.final} if moved else {}
    except (OSError, ValueError, LookupError, TypeError):
        return {}


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
    """Where the data came from, without this machine's folders, and what became of it (None: nobody knows).

    `path`: of the Hub, or what comes with SO8T.
    """
    sources = _notes(session, shards.COLLECTED, "provenance.json")
    counts = (_notes(session, stage, "counts.json") for stage in (shards.INTEGRATED, shards.CONVERTED))
    became, keys = fates.of(sources, *counts), ("name", "use", "source", "revision", "licence", "kept", "skipped")
    return [
        {key: source.get(key) for key in keys}
        | {"path": source["path"] if _is_public(source) else None, "became": became.get(name)}
        for name, source in sorted(sources.items())
    ]


def _is_public(source: Mapping[str, Any]) -> bool:
    return bool(source["source"] == "hub" or source["path"].startswith(own_questions.DEMO))


def _notes(session: Path, stage: str, name: str) -> dict[str, Any]:
    path = shards.folder(session, stage) / name
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def thought(session: Path) -> list[dict[str, Any]]:
    """What thought the records of each source held; none where an older version converted them."""
    return thought_table.rows(_notes(session, shards.CONVERTED, "counts.json").get("thought", {}))


def write(folder: Path, session: Path, result: dict[str, Any], rows: Sequence[Row], speed: Mapping[str, Any]) -> None:
    """Fills `folder`: report.json, answers.jsonl (`rows`, by column), run.json (what the clock says, and `speed`, what
    llama.cpp took for each GGUF file), the page and the one about the data in every language, and report.md.

    report.html is in the user's language, the page in the other one lies beside it. What lm-eval has measured for a
    report of the same figures stays in it.
    """
    facts, figures = run_facts.read(session) | {"speed": dict(speed)}, _json(result)
    benchmark = _benchmark(session, figures)
    texts = {
        Path(results.FIGURES).name: figures,
        Path(results.ANSWERS).name: "".join(json.dumps(row.to_json(), ensure_ascii=False) + "\n" for row in rows),
        report_files.FACTS: _json(facts),
        **({results.BENCHMARK: _json(benchmark)} if benchmark is not None else {}),
        **report_files.pages(session, result, facts, benchmark),
    }
    report_files.fill(folder, texts)


def _benchmark(session: Path, figures: str) -> dict[str, Any] | None:
    """Of the report that is there, where that is whole and has these figures."""
    folder = session / Path(results.FIGURES).parent
    if manifest.problems(folder) or (session / results.FIGURES).read_bytes() != figures.encode("utf-8", "replace"):
        return None
    path = folder / results.BENCHMARK
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else None


def _json(body: Any) -> str:
    return json.dumps(body, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
