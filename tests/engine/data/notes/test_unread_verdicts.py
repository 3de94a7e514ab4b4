"""Columns that nothing reads: which of them look like verdicts, scores or labels, and by which line they judge."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from so8t_engine.config.run_config import Columns
from so8t_engine.data.notes import unread_verdicts

W = Columns(prompt="q", response="r")


def noted(
    name: str, held: Sequence[object], where: Columns = W, of_runs: bool = True
) -> tuple[str, object, str] | None:
    """(what is said of a column, its values, the end of its line)."""
    found = unread_verdicts.note(name, held, where, None, of_runs)
    if found is None:
        return None
    return (
        found.code.removeprefix("data.looks_like_"),
        found.args["values"],
        str(found.args["line"]).partition("label: ")[2],
    )


CASES: list[tuple[Callable[..., Any], tuple[Any, ...], object]] = [
    (noted, ("state", ["good", "bad", "good"]), ("verdict", ["good", "bad"], "state}")),
    (noted, ("state", ["good", "good"]), None),
    *(
        (noted, (name, ["none", "2024", "none", "2024", ""]), None)
        for name in (
            "valid_until",
            "Valid from",
            "expires",
            "expiry_date",
            "gültig bis",
            "Gültigkeit",
            "有効期限",
            "válido hasta",
        )
    ),
    *((noted, ("review", [day, "", day, ""] + 2 * ["2023-12-31"]), None) for day in ("2024-01-02", "2024-1-2 10:00")),
    (noted, ("checked", ["31.12.2023", "1.2.2024", "", ""]), None),
    (noted, ("validity", ["fine", "meh", "fine", "meh"]), ("label", ["fine", "meh"], '"validity = fine|meh"}')),
    (noted, ("valid", ["yes", "no", "yes", "no"]), ("verdict", ["yes", "no"], "valid}")),
    (noted, ("state", ["good", ""]), None),
    (noted, ("state", ["bad", ""]), ("verdict", ["bad"], "state}")),
    (noted, ("state", ["blue", "red"]), None),
    (
        noted,
        ("Durum", ["Onaylandı", "Reddedildi", "Kontrolde"]),
        ("verdict", ["Onaylandı", "Reddedildi", "Kontrolde"], "Durum}"),
    ),
    (
        noted,
        ("Stato", ["approvato", "respinto", "da vedere"]),
        ("verdict", ["approvato", "respinto", "da vedere"], "Stato}"),
    ),
    (noted, ("Durum", ["Onaylandı", "Kontrolde"]), None),
    (noted, ("state", [1, -1, 1]), ("verdict", ["1", "-1"], "state}")),
    (noted, ("state", ["1", "-1"]), ("verdict", ["1", "-1"], "state}")),
    (noted, ("state", [1, 0]), None),
    (noted, ("review", ["fine", "meh", "fine", "meh"]), ("label", ["fine", "meh"], '"review = fine|meh"}')),
    (noted, ("review", ["fine", "meh", "fine"]), None),
    (noted, ("review", ["fine", "wrong", "fine", "wrong"]), ("verdict", ["fine", "wrong"], "review}")),
    (
        noted,
        ("review", ["y" * 40, "x", "x", "x"]),
        ("label", ["x", "yyyyyyyyyyyyyyyyyyy…"], '"review = x|' + "y" * 40 + '"}'),
    ),
    (noted, ("review", ["y" * 41, "x", "x", "x"]), None),
    (
        noted,
        ("review", [*"abcdefghijkl"] * 2),
        ("label", ["a", "b", "c", "d", "e", "…"], '"review = a|b|c|d|e|f|g|h|i|j|k|l"}'),
    ),
    (noted, ("review", [*"abcdefghijklm"] * 2), None),
    (noted, ("review", [1, 2, 3, 1, 2, 3]), ("score", ["1", "2", "3"], '"review >= 3"}')),
    (noted, ("review", [1, 2, 3]), None),
    (noted, ("is_rejected_by", [1, 0, 1, 0]), ("verdict", ["1", "0"], "is_rejected_by}")),
    (noted, ("score", [1, 2, 3]), ("score", ["1", "2", "3"], '"score >= 3"}')),
    (noted, ("score", [0.1, 0.9]), ("score", ["0.1", "0.9"], '"score >= 0.5"}')),
    (noted, ("score", [3, 3, None]), ("score", ["3"], '"score >= 4"}')),
    (noted, ("score", [3, 3]), None),
    (noted, ("score", ["A", "B+", "C"]), ("label", ["A", "B+", "C"], '"score = A|B+|C"}')),
    (noted, ("score", ["A", "B++", "C"]), None),
    (noted, ("score", [*range(100)]), ("score", ["0", "1", "2", "3", "4", "…"], '"score >= 70"}')),
    (noted, ("score", [*range(101)]), None),
    (noted, ("colour (1-5)", [1, 2, 3]), ("score", ["1", "2", "3"], '"colour (1-5) >= 3"}')),
    (noted, ("upvotes", [0, 3, 7]), ("score", ["0", "3", "7"], '"upvotes >= 1"}')),
    (noted, ("likes", [*range(200)]), ("score", ["0", "1", "2", "3", "4", "…"], '"likes >= 1"}')),
    (noted, ("colour", [1, 2, 3]), None),
    (noted, ("colour", ["A", "B"]), None),
    (noted, ("score", [[1, 2], [3]]), ("score", ["[1, 2]", "[3]"], '"score >= 3"}')),
    (noted, ("score", [1, "x"]), ("label", ["1", "x"], '"score = 1|x"}')),
    (noted, ("grade", ["A|B", "C"]), None),
    (noted, ("success", [True, False]), ("verdict", ["true", "false"], "success}")),
    (noted, ("success", [True, False], W, False), None),
    (noted, ("success", ["done", "failed"]), ("verdict", ["done", "failed"], "success}")),
    (
        noted,
        ("score", [1, 2, 3], Columns(prompt="q", response="r", label="mark")),
        ("score", ["1", "2", "3"], '"mark, score >= 3"}'),
    ),
    (noted, ("flag", ["x", "", "x", ""]), None),
    (noted, ("flag", [None, None]), None),
    (noted, ("confidence", ["high", "low", "high", "low"]), ("label", ["high", "low"], '"confidence = high|low"}')),
    (noted, ("checked_by", ["Ann", "Bob", "Ann", "Bob"]), ("label", ["Ann", "Bob"], '"checked_by = Ann|Bob"}')),
]


@pytest.mark.parametrize(("function", "given", "value"), CASES)
def test_which_columns_look_like_verdicts(function: Callable[..., Any], given: tuple[Any, ...], value: object) -> None:
    said = function(*given)
    assert (said, type(said)) == (value, type(value))
