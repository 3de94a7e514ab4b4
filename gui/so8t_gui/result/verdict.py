"""What the figures of a result allow to say, as sentences in the window's language. No Qt here."""

from __future__ import annotations

from collections.abc import Sequence

from so8t_engine import numerals
from so8t_engine.sentences import Sentence, named, sentence
from so8t_gui.i18n.translate import say, tr
from so8t_gui.result.report_file import AnsweredQuestion, Change, RightShare, RunResult
from so8t_gui.view.messages import duration

SIGNIFICANT = 0.05  # as in the report


def level(result: RunResult) -> str:
    """Of the sign beside the verdict: ok, note or warning."""
    if not result.complete:
        return "warning"
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
        "before": numerals.percent(shares["base"].share), "after": numerals.percent(shares["tuned"].share),
        "n": result.graded, "change": points(result.change),
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


def formed(result: RunResult) -> str:
    """What may have changed where right answers have not: the format, and what is refused. Empty where neither was
    looked at.
    """
    said = []
    if (shares := _before_and_after(result.formed)) is not None:
        said.append(tr("Well-formed answers: {before} before, {after} after.", **shares))
    if (shares := _before_and_after(result.refused)) is not None:
        said.append(tr("Unsafe requests refused: {before} before, {after} after.", **shares))
    return "\n".join(said)


def troubles(result: RunResult) -> str:
    """What is wrong with many answers whatever they say, by the report's words, line by line."""
    return "\n".join(say(told) for told in result.troubles)


def _before_and_after(shares: Sequence[RightShare]) -> dict[str, str] | None:
    told = {share.column: numerals.percent(share.share) for share in shares}
    return {"before": told["base"], "after": told["tuned"]} if told.keys() >= {"base", "tuned"} else None


def not_asked(result: RunResult) -> str:
    """That what was measured says nothing of the user's own data, by the report's words; empty where it does."""
    names = [*result.own_not_asked]
    return say(sentence("report.own_not_asked", names=names)) if names else ""


def outcome(change: Change) -> str:
    """better, worse, unclear, or unchanged, answer by answer."""
    if _unchanged(change):
        return "unchanged"
    if not _sure(change):
        return "unclear"
    return "better" if change.difference > 0 else "worse"


def in_short(came_out: str, change: Change) -> str:
    """An `outcome` in a word or two, with the difference where there is one."""
    words = {
        "better": tr("Better"),
        "worse": tr("Worse"),
        "unclear": tr("No clear difference"),
        "unchanged": tr("No difference"),
    }
    word = words[came_out]
    return word if came_out == "unchanged" else tr("{verdict} ({change})", verdict=word, change=points(change))


def learning(result: RunResult) -> str:
    """What reinforcement learning added to the warm-up; empty where that was not told apart."""
    added = result.by_learning
    if added is None:
        return ""
    told = {"name": say(named("phase", result.algorithm)), "change": points(added)}
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


def advice(result: RunResult) -> str:
    """What to do in the next run, line by line; empty where nothing is advised."""
    said = [f"- {say(told)}" for told in result.advice]
    return "\n".join([tr("What to do next:"), *said]) if said else ""


def survived(result: RunResult, seconds: float | None) -> str:
    """How long it took, `seconds` of work, and what it has come through."""
    parts = [] if seconds is None else [tr("{time} of work.", time=duration(seconds))]
    if result.pauses:
        parts.append(tr("Paused and resumed: {n}.", n=result.pauses))
    if result.stops:
        parts.append(tr("Stopped by a problem and resumed: {n}.", n=result.stops))
    if not result.cuts:
        parts.append(tr("Never cut off.") if result.pauses or result.stops else tr("No interruption."))
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
    if result.change is not None and outcome(result.change) == "worse":
        return tr("The file that Ollama and LM Studio get: {file}. It answers worse than its base model.",
                  file=result.files.advised)  # fmt: skip
    return tr("Recommended file: {file}. Ollama and LM Studio get this one.", file=result.files.advised)


def lost(result: RunResult) -> str:
    """What there is no more of it, line by line; empty where all is there."""
    return "\n".join([tr("Missing, or not as it was written:"), *result.lost]) if result.lost else ""


def column_name(share: RightShare, result: RunResult) -> str:
    return column_of(share.column, result)


def column_of(column_key: str, result: RunResult) -> str:
    """The last is called by what made it, where that can be told apart."""
    if column_key == "tuned" and result.by_learning is not None and result.algorithm:
        return column(sentence("column.after", phase=named("phase", result.algorithm)))
    return column(named("column", column_key))


def column(name: Sentence) -> str:
    """In the report's word for it, as a heading."""
    said = say(name)
    return said[:1].upper() + said[1:]


def example_kind(example: AnsweredQuestion) -> str:
    kinds = {
        "won": tr("Won: wrong before, right after"),
        "lost": tr("Lost: right before, wrong after"),
        "right": tr("Right before and after"),
        "wrong": tr("Wrong before and after"),
    }
    if example.kind == "unknown" and example.gold.strip():
        return tr("Not checked: the expected answer is a text that can be put in other words")
    return kinds.get(example.kind, tr("Not checked: the data give no answer to it"))


def marks(right: bool | None, formed: bool | None) -> str:
    """What became of one answer, in the report's words; empty where nothing is known."""
    told = []
    if right is not None:
        told.append(say(sentence("report.is_right" if right else "report.is_wrong")))
    if formed is not None:
        told.append(say(sentence("report.well_formed" if formed else "report.not_well_formed")))
    return tr(", ").join(told)


def examples_shown(shown: int, there: int, asked: int, checked: int) -> str:
    """How many questions are seen, of those that the report holds with both answers, of all that were asked; and of how
    many of these an answer could be checked.
    """
    if asked > there and 0 < checked < asked:
        told = {"shown": shown, "n": there, "asked": asked, "checked": checked}
        return tr("{shown} of {n} in the report; {asked} were asked, {checked} could be checked.", **told)
    if asked > there:
        return tr("{shown} of {n} that the report holds; {asked} were asked.", shown=shown, n=there, asked=asked)
    return tr("{shown} of {n} that were asked.", shown=shown, n=there)


def share_with_interval(share: RightShare) -> str:
    low, high = numerals.share_text(share.low, 0), numerals.percent(share.high, 0)
    return tr("{share} ({low} to {high})", share=numerals.percent(share.share), low=low, high=high)


def points(change: Change) -> str:
    """The difference of the shares as they are read, in points, with its interval where the report has one: where every
    question came out alike, one point would say nothing of others.
    """
    difference = numerals.points_between(*change.shares) if change.shares else numerals.points(change.difference)
    if change.low is None or change.high is None or not change.low < change.high:
        return tr("{points} points", points=difference)
    low, high = numerals.points(change.low), numerals.points(change.high)
    sure = numerals.percent(0.95, 0)
    return tr("{points} points, {sure}: {low} to {high}", points=difference, sure=sure, low=low, high=high)


def _unchanged(change: Change) -> bool:
    return not change.gained and not change.lost


def _sure(change: Change) -> bool:
    return change.p_value < SIGNIFICANT and change.gained != change.lost
