"""Names of what the plot shows, and the values of one update in words."""

from __future__ import annotations

import numpy as np

from so8t_gui.i18n.translate import say, tr
from so8t_gui.plot.series import Mark, Table
from so8t_gui.view.messages import mark_name


def series_name(name: str) -> str:
    names = {"reward": tr("reward"), "kl": tr("KL (nats an answer)"), "accuracy": tr("right answers")}
    return names.get(name, name)


def phase_name(phase: str) -> str:
    names = {"pretrain": tr("base model"), "warmup": tr("warm-up"), "ppo": "PPO", "grpo": "GRPO", "rloo": "RLOO"}
    return names.get(phase, phase)


def short(mark: Mark) -> str:
    names = {"phase_transition": tr("transition"), "interruption": tr("cut"), "phase": mark.words}
    return names.get(mark.kind, mark.kind.replace("_", " "))


def sentence(mark: Mark) -> str:
    """Its name and its reason in the user's language."""
    if mark.words:
        return mark.words
    return f"{mark_name(mark.kind)}: {say(mark.why)}" if mark.why else mark_name(mark.kind)


def words_at(table: Table, row: int) -> str:
    """The values of one update."""
    found = [tr("update {n}", n=row + 1)]
    names = {
        "loss": tr("loss"),
        "alpha": tr("alpha"),
        "reward": tr("reward"),
        "kl": "KL",
        "accuracy": tr("right answers"),
    }
    for key, name in names.items():
        value = table.columns[key].values[row]
        if np.isfinite(value):
            found.append(f"{name} {value:.4g}")
    return ", ".join(found)
