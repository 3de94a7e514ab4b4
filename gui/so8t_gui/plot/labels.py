"""The plot's names in the user's language: series, phases, marks, and the values of one update."""

from __future__ import annotations

import numpy as np

from so8t_engine import numerals
from so8t_engine.plain_text import plain
from so8t_gui.i18n.translate import say, tr
from so8t_gui.plot.series import PlotMark, Table
from so8t_gui.view.messages import mark_name

SHORT = 40  # characters of a label in the plot
SHARES = ("accuracy",)  # series that are shares of one


def series_name(name: str) -> str:
    names = {"reward": tr("reward"), "kl": tr("KL (nats per answer)"), "accuracy": tr("right answers")}
    return names.get(name, name)


def series_meaning(name: str) -> str:
    return {
        "loss": tr("Loss: what an update tries to make smaller. That of two phases is not the same thing."),
        "alpha": tr("Alpha: how strongly the rotation gates act, by its schedule."),
        "reward": tr("Reward: what the answers of an update earned, more is better."),
        "kl": tr("KL: how far the model has moved from where reinforcement learning began."),
        "accuracy": tr("Right answers: their share among those that it tried before an update."),
    }.get(name, "")


def phase_name(phase: str) -> str:
    names = {"pretrain": tr("base model"), "warmup": tr("warm-up"), "ppo": "PPO", "grpo": "GRPO", "rloo": "RLOO"}
    return names.get(phase, plain(phase, most=SHORT))


def short(mark: PlotMark) -> str:
    names = {
        "phase_transition": tr("transition"),
        "interruption": tr("interrupted"),
        "evaluated_again": tr("evaluated again"),
        "phase": mark.text,
    }
    return names.get(mark.kind, plain(mark.kind, most=SHORT).replace("_", " "))


def sentence(mark: PlotMark) -> str:
    """Its name and its reason in the user's language."""
    if mark.text:
        return mark.text
    return f"{mark_name(mark.kind)}: {say(mark.why)}" if mark.why else mark_name(mark.kind)


def values_at(table: Table, row: int) -> str:
    """The values of one update; `row` counts from 0."""
    texts = [tr("update {n}", n=row + 1)]
    names = {
        "loss": tr("loss"),
        "alpha": tr("alpha"),
        "reward": tr("reward"),
        "kl": "KL",
        "accuracy": tr("right answers"),
    }
    for key, name in names.items():
        value = (table.alpha if key == "alpha" else table.columns[key].values)[row]
        if np.isfinite(value):
            texts.append(f"{name} {value_text(key, float(value))}")
    return tr(", ").join(texts)


def value_text(name: str, value: float) -> str:
    """Of a series: a share as shares are shown everywhere."""
    return numerals.percent(value) if name in SHARES else numerals.formatted(value, ".4g")
