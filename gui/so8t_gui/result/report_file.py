"""The result of a finished session, read from its report.json, whatever lies there. No Qt here."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from so8t_engine.plain_text import plain
from so8t_engine.sentences import Sentence
from so8t_engine.session import gguf_files, incidents, next_run, report_figures, timeline, verification
from so8t_gui.i18n.translate import say, tr

COLUMNS = ("base", "warmed", "tuned")  # warmed: between warm-up and reinforcement learning, where there was one
LONGEST_NAME = 80
LONGEST = 4_000  # characters of a question or an answer


@dataclass(frozen=True)
class RightShare:
    """Of the right or the well-formed answers of one column: from 0 to 1, with its 95 % interval."""

    column: str
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Change:
    """Between two columns over the same questions. `low`, `high`: of the difference, None in older reports.

    `shares`: of right answers before and after, where they are known.
    """

    gained: int
    lost: int
    p_value: float
    difference: float
    low: float | None
    high: float | None
    shares: tuple[float, float] | None = None


@dataclass(frozen=True)
class AnsweredQuestion:
    """A held-out question with both answers; right or wrong is None where no answer could be checked.

    `gold`: the answer that the data give, also where it is a text that nobody can check. `formed`, `base_formed`:
    whether the tuned model's answer, the base's, has the thinking format; None in older reports.
    """

    prompt: str
    gold: str
    base: str
    tuned: str
    base_right: bool | None
    tuned_right: bool | None
    formed: bool | None = None
    base_formed: bool | None = None
    language: str = ""

    @property
    def kind(self) -> str:
        """won, lost, or what both were: right, wrong, unknown."""
        if self.base_right is None or self.tuned_right is None:
            return "unknown"
        if self.base_right != self.tuned_right:
            return "won" if self.tuned_right else "lost"
        return "right" if self.tuned_right else "wrong"


@dataclass(frozen=True)
class GgufFiles:
    """`types`: of the files that lie in the session, the advised one first, then from small to large; `advised`: the
    name of the file that all buttons take, which is the one that the report advises. Empty without files.
    """

    types: tuple[str, ...] = ()
    advised: str = ""


@dataclass(frozen=True)
class RunResult:
    """`demo`: a run of the preset `demo`. `graded`: questions whose answers could be checked. `records`: all of them,
    whose answers `formed` is of; `refused`: of the unsafe requests among them. `examples`: those that the report holds.
    `problem`: why there is nothing to show, a sentence.

    `cuts`: interruptions; `lost_seconds`: work done again because of them, None where nobody knows. `pauses`, `stops`:
    how often it was paused, or stopped by a problem. `own_not_asked`: the user's own sources, where no question was of
    theirs. `lost`: folders of its results that are gone, files of its report that are not as they were written, a
    sentence each. `troubles`: what is wrong with many answers whatever they say; `advice`: what to do in the next run.
    """

    algorithm: str = ""
    demo: bool = False
    graded: int = 0
    records: int = 0
    shares: tuple[RightShare, ...] = ()
    formed: tuple[RightShare, ...] = ()
    refused: tuple[RightShare, ...] = ()
    change: Change | None = None
    by_learning: Change | None = None
    examples: tuple[AnsweredQuestion, ...] = ()
    cuts: int = 0
    pauses: int = 0
    stops: int = 0
    lost_seconds: float | None = 0.0
    problem: str = ""
    own_not_asked: tuple[str, ...] = ()
    troubles: tuple[Sentence, ...] = ()
    advice: tuple[Sentence, ...] = ()
    files: GgufFiles = field(default_factory=lambda: GgufFiles())
    lost: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        return not self.problem and not self.lost


def read(session: Path) -> RunResult:
    """Never raises: files may be of any content, from anywhere."""
    cuts = incidents.read(session)
    lost = [_number(cut.get("lost_seconds")) for cut in cuts]
    known = [seconds for seconds in lost if seconds is not None]
    counted = RunResult(cuts=len(cuts), lost_seconds=sum(known) if len(known) == len(lost) else None)
    rests = [line.get("event") for line in timeline.lines(session)]
    counted = replace(counted, pauses=rests.count("paused"), stops=rests.count("failed"), files=_files(session))
    try:
        counted = replace(counted, lost=tuple(say(what) for what in verification.lost_results(session)))
        return replace(counted, **_figures(report_figures.read(session)))
    except FileNotFoundError:
        problem = tr("The report of this session is not in its folder; its figures cannot be shown.")
    except OSError as error:
        problem = tr("The report of this session cannot be read: {why}.", why=error.strerror or str(error))
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
        problem = tr("The report of this session is not as it was written; its figures are not shown.")
    return replace(counted, problem=problem)


def _files(session: Path) -> GgufFiles:
    there, advised = gguf_files.of(session), gguf_files.advised(session)
    if advised is None:
        return GgufFiles()
    first = gguf_files.kind_of(advised)
    others = sorted((kind for kind in there if kind != first), key=lambda kind: (gguf_files.size(there[kind]), kind))
    return GgufFiles((first, *others), advised.name)


def _figures(body: Mapping[str, Any]) -> dict[str, Any]:
    """Raises KeyError, TypeError, ValueError, AttributeError, OverflowError where it is no report."""
    everything = body["heldout"]["groups"]["all"]
    graded = int(everything["graded"])
    shares = [_share(column, everything[column]) for column in COLUMNS if column in everything]
    formed = [_share(column, everything.get(f"{column}_format") or {}) for column in COLUMNS]
    unsafe = (body["heldout"].get("safety") or {}).get("unsafe") or {}
    refused = [_share(column, unsafe.get(column) or {}) for column in COLUMNS]
    algorithm, demo = plain(body.get("algorithm") or "", most=20), body.get("name") == "demo"
    unasked, learnt = bool(body.get("own_not_asked")), _learnt(body)
    return {
        "algorithm": algorithm,
        "demo": demo,
        "troubles": tuple(next_run.troubles(everything)),
        "advice": tuple(next_run.advice(everything, algorithm, demo=demo, unasked=unasked, learnt=learnt)),
        "graded": graded,
        "records": int(everything.get("records") or 0),
        "formed": tuple(share for share in formed if share is not None),
        "refused": tuple(share for share in refused if share is not None),
        "shares": tuple(share for share in shares if share is not None) if graded else (),
        "change": _change(everything, everything, ("base", "tuned")) if graded else None,
        "by_learning": _by_learning(everything) if graded and learnt else None,
        "own_not_asked": tuple(plain(name, most=LONGEST_NAME) for name in body.get("own_not_asked") or []),
        "examples": _chosen([_example(sample) for sample in body.get("samples") or []]),
    }


def _learnt(body: Mapping[str, Any]) -> bool:
    """Whether there was learning after the warm-up to tell apart; without figures of training that is believed."""
    training = body.get("training")
    there = not isinstance(training, Mapping) or body.get("algorithm") in training
    return there and "by_learning" in body["heldout"]["groups"]["all"]


def _share(column: str, figures: Mapping[str, Any]) -> RightShare | None:
    share, low, high = (_number(figures.get(key)) for key in ("share", "low", "high"))
    if share is None or low is None or high is None:
        return None
    return RightShare(column, *(min(1.0, max(0.0, value)) for value in (share, low, high)))


def _change(figures: Mapping[str, Any], everything: Mapping[str, Any], columns: tuple[str, str]) -> Change:
    """Of all questions from one column to the other."""
    gained, lost = int(figures["gained"]), int(figures["lost"])
    difference = figures.get("difference") or {}
    share = _number(difference.get("share"))
    before, after = (_number(everything.get(column, {}).get("share")) for column in columns)
    if share is None:
        share = (after or 0.0) - (before or 0.0)
    low, high = _number(difference.get("low")), _number(difference.get("high"))
    shares = None if before is None or after is None else (before, after)
    return Change(gained, lost, float(figures["p_value"]), share, low, high, shares)


def _by_learning(everything: Mapping[str, Any]) -> Change:
    return _change(everything["by_learning"], everything, ("warmed", "tuned"))


def _example(sample: Mapping[str, Any]) -> AnsweredQuestion:
    prompt, gold, base, tuned = (plain(sample[key], most=LONGEST, lines=True) for key in (
        "prompt", "gold", "base", "tuned",
    ))  # fmt: skip
    keys = ("base_right", "tuned_right", "tuned_format", "base_format")
    base_right, tuned_right, formed, base_formed = (_judged(sample.get(key)) for key in keys)
    language = plain(sample.get("language") or "", most=20)
    return AnsweredQuestion(prompt, gold, base, tuned, base_right, tuned_right, formed, base_formed, language)


def _judged(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _chosen(examples: list[AnsweredQuestion]) -> tuple[AnsweredQuestion, ...]:
    """All of them; one that was won and one that was lost, where there are any, in front; of each kind those in the
    window's language first, the longest thought first.
    """
    kinds, here = ("won", "lost", "right", "wrong", "unknown"), tr("en")
    by_thought = sorted(examples, key=lambda one: (one.language != here, -one.tuned.count("<think-")))
    of_kind = [[example for example in by_thought if example.kind == kind] for kind in kinds]
    firsts, others = [some[:1] for some in of_kind], [some[1:] for some in of_kind]
    return tuple(itertools.chain(*firsts, *others))


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, (int, float)) and abs(value) < 1e9 else None
