"""What lm-evaluation-harness said, as lines of one table: a metric of a task, and its value for each model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from so8t_engine import numerals

ERROR_OF = "_stderr"


@dataclass(frozen=True)
class Line:
    """`values`: by model, None where it was not measured; `reported`: right of how many in the report, by our rule."""

    task: str
    metric: str
    items: int | None
    values: Mapping[str, float | None]
    errors: Mapping[str, float | None]
    reported: Mapping[str, int] | None


def lines(benchmark: Mapping[str, Any]) -> list[Line]:
    """`benchmark`: lm_eval.json."""
    models = benchmark["models"]
    result = []
    for task in sorted({task for about in models.values() for task in about.get("tasks", {})}):
        by_model = {model: about.get("tasks", {}).get(task, {}) for model, about in models.items()}
        figures = {model: about.get("figures", {}) for model, about in by_model.items()}
        items = next((about["items"] for about in by_model.values() if about.get("items")), None)
        for metric in sorted({metric for each in figures.values() for metric in each if ERROR_OF not in metric}):
            name, _, filtered = metric.partition(",")
            error = ",".join(filter(None, (name + ERROR_OF, filtered)))
            result.append(
                Line(
                    task=task,
                    metric=metric,
                    items=items,
                    values={model: each.get(metric) for model, each in figures.items()},
                    errors={model: each.get(error) for model, each in figures.items()},
                    reported=benchmark["report"].get(task) if metric == "acc" else None,
                )
            )
    return result


def value(number: float | None, error: float | None = None) -> str:
    """A share as percent, with its standard error; any other number as it is."""
    if number is None or not 0 <= number <= 1:
        return numerals.formatted(number, ".4g")
    return numerals.percent(number) + (f" ±\N{NO-BREAK SPACE}{numerals.share_text(error)}" if error else "")
