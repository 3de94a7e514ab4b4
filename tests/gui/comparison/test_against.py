"""What the engine answers about sessions against each other, as the table takes it: by the engine's own comparison."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from so8t_engine.evaluate import comparison
from so8t_engine.sentences import below
from so8t_gui.comparison import against
from so8t_gui.i18n.translate import say, tr
from so8t_gui.result import verdict

TRUE, FALSE = [True], [False]


def session(name: str, right: list[bool | None], prompt: str = "?") -> comparison.Measured:
    items: list[dict[str, Any]] = [
        {"id": str(n), "prompt": f"{prompt} {n}", "gold": "7", "right": {"tuned": value}}
        for n, value in enumerate(right)
    ]
    return comparison.Measured(name, Path(name), {"name": name}, items)


@pytest.mark.parametrize(
    ("first", "second", "outcome", "n"),
    [
        (session("a", FALSE * 20), session("b", TRUE * 12 + FALSE * 8), "better", 20),
        (session("a", TRUE * 12 + FALSE * 8), session("b", FALSE * 20), "worse", 20),
        (session("a", FALSE * 20), session("b", TRUE * 2 + FALSE * 18), "unclear", 20),
        (session("a", TRUE * 9 + FALSE), session("b", FALSE + TRUE * 9), "unclear", 10),
        (session("a", TRUE * 9), session("b", TRUE * 9), "unchanged", 9),
        (session("a", [None]), session("b", [None]), "unknown", 0),
        (session("a", FALSE * 30), session("b", TRUE * 20, "other"), "better", 20),
        (session("a", TRUE * 30), session("b", TRUE * 20, "other"), "unclear", 20),
    ],
)  # fmt: skip
def test_the_outcome_is_that_of_the_engines_test(
    first: comparison.Measured, second: comparison.Measured, outcome: str, n: int
) -> None:
    answer = comparison.compare([first, second])
    [pair] = answer["pairs"]
    found = against.read(json.loads(json.dumps(answer)))["b"]
    assert (found.outcome, found.n) == (outcome, n)
    sentences = [told for told in (comparison.asked(pair), comparison.verdict(pair)) if told is not None]
    assert found.told == say(below(*sentences))
    assert found.change.difference == pytest.approx(pair["all"]["difference"]["share"])
    words = {"better": tr("Better"), "worse": tr("Worse"), "unclear": tr("No clear difference")}
    if outcome in words:
        assert found.in_short == tr("{verdict} ({change})", verdict=words[outcome], change=verdict.points(found.change))
    else:
        assert found.in_short == (tr("No difference") if outcome == "unchanged" else "")


@pytest.mark.parametrize("answer", [{}, {"pairs": None}, {"pairs": [{}]}, {"pairs": ["a"]}, [1]])
def test_what_is_no_such_answer_is_refused(answer: Any) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        against.read(answer)
