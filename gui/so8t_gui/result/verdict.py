"""What the figures of a result allow to say, as sentences in the window's language. No Qt here."""

from __future__ import annotations

from so8t_gui.i18n.translate import tr
from so8t_gui.result.report_file import AnsweredQuestion, Change, RightShare, RunResult
from so8t_gui.view.messages import duration

PERCENT = "\N{NO-BREAK SPACE}%"
SIGNIFICANT = 0.05  # as in the report
ALGORITHMS = {"ppo": "PPO", "grpo": "GRPO", "rloo": "RLOO"}


def level(result: RunResult) -> str:
    """Of the sign beside the verdict: ok, note or warning."""
    if result.change is None or not _sure(result.change):
        return "note"
    return "ok" if result.change.difference > 0 else "warning"


def verdict(result: RunResult) -> str:
    """Better, worse, or neither, in one sentence with the interval of the difference."""
    shares = {share.column: share for share in result.shares}
    if result.problem:
        return result.problem
    if result.change is None or "base" not in shares or "tuned" not in shares:
        return tr(
            "No held-out question had an answer that could be checked, so nothing can be said about right answers."
        )
    told = {
        "before": percent(shares["base"].share), "after": percent(shares["tuned"].share), "n": result.graded,
        "change": points(result.change),
    }  # fmt: skip
    if _unchanged(result.change):
        return tr(
            "No difference: {after} of the held-out questions ({n}) are answered right, before and after; none was "
            "gained and none lost.", **told,
        )  # fmt: skip
    if not _sure(result.change):
        return tr(
            "No clear difference: {after} of the held-out questions ({n}) are answered right, {before} before "
            "({change}).", **told,
        )  # fmt: skip
    if result.change.difference > 0:
        return tr(
            "Better: {after} of the held-out questions ({n}) are answered right, {before} before ({change}).", **told
        )
    return tr("Worse: {after} of the held-out questions ({n}) are answered right, {before} before ({change}).", **told)


def learning(result: RunResult) -> str:
    """What reinforcement learning added to the warm-up; empty where that was not told apart."""
    added = result.by_learning
    if added is None:
        return ""
    told = {"name": ALGORITHMS.get(result.algorithm, result.algorithm), "change": points(added)}
    if _unchanged(added):
        return tr(
            "{name} by itself, after the warm-up, changed no answer from wrong to right or back: this run does not "
            "show that {name} helped.", **told,
        )  # fmt: skip
    if not _sure(added):
        return tr(
            "{name} by itself, after the warm-up: {change}. No more than chance explains: this run does not show that "
            "{name} helped.", **told,
        )  # fmt: skip
    if added.difference > 0:
        return tr("{name} by itself, after the warm-up: {change}. More than chance explains: {name} helped.", **told)
    return tr("{name} by itself, after the warm-up: {change}. More than chance explains: {name} did harm.", **told)


def survived(result: RunResult, seconds: float | None) -> str:
    """How long it took, `seconds` of work, and what it has come through."""
    parts = [] if seconds is None else [tr("{time} of work.", time=duration(seconds))]
    if not result.cuts:
        parts.append(tr("No interruption."))
    elif result.lost_seconds is None:
        parts.append(tr("Interruptions survived: {n}.", n=result.cuts))
    else:
        again = duration(result.lost_seconds)
        parts.append(tr("Interruptions survived: {n}; work done again: {time}.", n=result.cuts, time=again))
    return " ".join(parts)


def advised(result: RunResult) -> str:
    """Which file is taken where none is chosen; empty where there is none."""
    if not result.files.advised:
        return ""
    return tr("Recommended file: {file}. Ollama and LM Studio get this one.", file=result.files.advised)


def column_name(share: RightShare, result: RunResult) -> str:
    if share.column == "base":
        return tr("Base model")
    if share.column == "warmed":
        return tr("After warm-up")
    told_apart = result.by_learning is not None
    name = ALGORITHMS.get(result.algorithm, result.algorithm)
    return tr("After {name}", name=name) if told_apart and name else tr("Tuned model")


def example_kind(example: AnsweredQuestion) -> str:
    kinds = {
        "won": tr("Won: wrong before, right after"),
        "lost": tr("Lost: right before, wrong after"),
        "right": tr("Right before and after"),
        "wrong": tr("Wrong before and after"),
    }
    return kinds.get(example.kind, tr("Not checked: there is no single right answer"))


def percent(share: float) -> str:
    return f"{100 * share:.1f}{PERCENT}"


def points(change: Change) -> str:
    """The difference in points, with its interval where the report has one: where every question came out alike, one
    point would say nothing of others.
    """
    difference = _points(change.difference)
    if change.low is None or change.high is None or not change.low < change.high:
        return tr("{points} points", points=difference)
    low, high = _points(change.low), _points(change.high)
    return tr("{points} points, {sure}: {low} to {high}", points=difference, sure=f"95{PERCENT}", low=low, high=high)


def _points(share: float) -> str:
    """With its sign: no -0.0, no +0.0."""
    rounded = round(100 * share, 1)
    return f"{rounded:+.1f}" if rounded else "0.0"


def _unchanged(change: Change) -> bool:
    return not change.gained and not change.lost


def _sure(change: Change) -> bool:
    return change.p_value < SIGNIFICANT and change.gained != change.lost
