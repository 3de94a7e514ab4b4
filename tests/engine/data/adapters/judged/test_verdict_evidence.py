"""What all rows tell of the columns that judge: which are no verdicts, which only mark, and how far one must read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.judged import pointers, turn_ratings, verdict_evidence, verdict_votes
from so8t_engine.data.adapters.judged.verdicts import CROSSED, SELECTED

W = Columns(prompt="q", response="r")
OWN = Columns(prompt="q", response="answer")  # the data set's, beside which a state may be of anything
GOLD = Columns(prompt="q", response="r", answer="gold")
PAIRS = Columns(prompt="q", chosen="c", rejected="x")
TALK = Columns(messages="m")
LIST = Columns(prompt="q", response="answers")
Index = dict[str, tuple[str, str]]


def read(
    rows: list[Mapping[str, Any]], where: Columns, look: Callable[..., Index] = verdict_evidence.look
) -> tuple[Index, int]:
    """What the rows tell, and how many of them were read."""
    taken = list[Mapping[str, Any]]()

    def given() -> Iterator[Mapping[str, Any]]:
        for row in rows:
            taken.append(row)
            yield row

    return look(given(), where), len(taken)


def told(*keys: str) -> Index:
    return dict.fromkeys(keys, ("", ""))


def of_column(name: str, values: list[Any], where: Columns = W) -> list[Mapping[str, Any]]:
    return [{"q": "p", **({where.response: "s"} if where.response else {}), name: value} for value in values]


UNREAD = ["no verdict"]
MIXED = [False] * 5 + [True]


@pytest.mark.parametrize(
    ("name", "values", "where", "tells", "count"),
    [
        ("is_correct", [5, 0], W, UNREAD, 1), ("is_correct", [0, 5, 1], W, UNREAD, 2),
        ("is_correct", [1.5], W, UNREAD, 1),
        ("is_correct", [-5, 1], W, UNREAD, 2), ("is_correct", [1, 0], W, [], 2), ("is_correct", [-1, 1, 0], W, [], 3),
        ("is_correct", [True, False], W, [], 1), ("is_correct", ["wrong", "good"], W, [], 1),
        ("pass_rate", [5, 0], W, [], 1), ("predicted_answer", [42, 1], GOLD, [], 1), ("vote", [7, 1], W, [], 2),
        ("status", [3, "failed"], W, UNREAD, 1), ("status", ["failed", "blue"], W, [], 2),
        ("status", ["failed", "blue"], OWN, UNREAD, 2), ("status", ["blue", "failed"], OWN, UNREAD, 1),
        ("status", ["failed", "pending"], OWN, [], 2),
        ("status", ["failed", ""], OWN, [], 2), ("status", ["failed", None], OWN, [], 2),
        ("status", ["failed", []], OWN, [], 2), ("status", ["failed", 0], OWN, [], 2),
        ("status", ["failed", "0"], OWN, [], 2),
        ("status", ["failed", 1], OWN, UNREAD, 2), ("status", ["failed", "x"], OWN, [], 2),
        ("status", ["passed", "passed"], OWN, [*UNREAD, "crosses"], 2),
        ("status", ["failed", "passed"], OWN, ["crosses"], 2), ("status", ["x", "passed"], OWN, ["crosses"], 2),
        ("status", ["failed"] * 5, OWN, UNREAD, 5), ("status", ["failed"] * 4, OWN, [], 4),
        ("success", [False] * 5, W, UNREAD, 5), ("success", [False] * 4, W, [], 4),
        ("success", [*MIXED, True], W, [], 6),
        ("success", [True, False], W, [], 1), ("success", ["blue", "red"], W, [], 1),
        ("is_correct", [False] * 5, W, [], 1), ("verified", [False] * 5, W, UNREAD, 5),
        ("verified", [False] * 4, W, [], 4),
        ("verified", MIXED, W, [], 6), ("tests_passed", [False] * 5, W, UNREAD, 5),
        ("visibility", ["internal"], W, UNREAD, 1), ("visibility", ["internal", "public"], W, [], 2),
        ("visibility", ["public"] * 2, W, UNREAD, 2), ("visibility", ["internal", "blue"], W, UNREAD, 2),
        ("is_correct", ["blue"] * 2, W, UNREAD, 2), ("is_correct", ["blue", "good", "red"], W, ["crosses"], 2),
        ("is_correct", ["", None], W, UNREAD, 2), ("is_correct", ["", True, False], W, [], 2),
        ("is_correct", ["x", ""], W, UNREAD, 2), ("is_correct", ["x", "good"], W, ["crosses"], 2),
        ("is_wrong", ["x", ""], W, [], 1), ("is_wrong", ["x", "ok"], W, [], 1),
        ("critique", ["nice", "well"], W, UNREAD, 2), ("critique", ["nice", "wrong", "x"], W, [], 2),
        ("comment", ["nice"], W, UNREAD, 1), ("comment", ["nice", "wrong: it is 7"], W, [], 2),
        ("comment", ["harmful"], W, [], 1), ("comment", [3], W, UNREAD, 1),
        ("accepted", ["○", ""], W, ["marks", "crosses"], 2), ("accepted", ["○", "", "bad"], W, ["crosses"], 3),
        ("accepted", ["", ""], W, UNREAD, 2), ("accepted", ["○", "○"], W, ["crosses"], 2),
        ("colour", ["red", "blue"], W, [], 1),
    ],
)  # fmt: skip
def test_all_values_of_a_column_tell_whether_it_judges(
    name: str, values: list[Any], where: Columns, tells: list[str], count: int
) -> None:
    """Of empty cells alone nothing is heard, and no more rows are read than it takes."""
    places = {"no verdict": name, "crosses": f"{CROSSED}{name}", "marks": f"{SELECTED}{name}"}
    assert read(of_column(name, values, where), where) == (told(*(places[tell] for tell in tells)), count)


YES, NO, LONG = ("Yes.", "yes"), ("No", "no"), "yes".ljust(12)


@pytest.mark.parametrize(
    ("said", "is_copy", "count"),
    [
        ([YES, NO, YES, NO, YES], True, 5), ([YES, NO, YES, NO], False, 4), ([YES] * 5, False, 5), ([NO] * 5, False, 5),
        ([YES, NO, YES, NO, YES, ("No", "yes")], False, 6), ([YES, NO, YES, NO, YES, ("No", "")], True, 6),
        ([YES, NO, YES, NO, YES, ("No", None)], True, 6), ([NO, YES, NO, YES, (LONG, "yes")], True, 5),
        ([NO, YES, NO, YES, (f"{LONG} ", "yes")], False, 5), ([NO, YES, NO, YES, ("Yes", f"{LONG} ")], False, 5),
        ([YES, NO, ("Blue", "yes"), NO, YES, YES], False, 3), ([("Yes, as it is so long", "yes"), NO, YES], False, 1),
        ([(True, "yes"), NO, YES, NO, YES, NO], False, 1), ([NO, YES, NO, YES, ("Yes", LONG)], True, 5),
    ],
)  # fmt: skip
def test_what_says_yes_and_no_as_the_answer_does_is_its_copy(
    said: list[tuple[Any, Any]], is_copy: bool, count: int
) -> None:
    index, taken = read([{"q": "Is it?", "r": answer, "label": label} for answer, label in said], W)
    assert ("label" in index, taken) == (is_copy, count)


REFUSES, HELPS = "I'm sorry, but I can't help with that.", "Take a saw."


@pytest.mark.parametrize(
    ("pairs", "prefers_harm"),
    [
        ([(HELPS, REFUSES)], True), ([(HELPS, REFUSES), (HELPS, HELPS)], False),
        ([(HELPS, REFUSES), (HELPS, REFUSES), (HELPS, HELPS)], True), ([(REFUSES, REFUSES)], False),
        ([(REFUSES, HELPS)], False), ([(HELPS, f"Human: How?\n\nAssistant: {REFUSES}")], True),
        ([(HELPS, [{"role": "user", "content": "How?"}, {"role": "assistant", "content": REFUSES}])], True),
        ([(HELPS, [{"role": "user", "content": REFUSES}, {"role": "assistant", "content": HELPS}])], False),
        ([(HELPS, f'[{{"role": "assistant", "content": "{REFUSES}"}}]')], True), ([(HELPS, [])], False),
        ([(HELPS, {"text": REFUSES})], True), ([(HELPS, {"blue": REFUSES})], False), ([(HELPS, 7)], False),
        ([(HELPS, {"content": 3, "value": REFUSES})], True), ([(HELPS, f" {REFUSES}")], True), ([], False),
    ],
)  # fmt: skip
def test_where_most_rejected_answers_refuse_harm_is_preferred(pairs: list[tuple[Any, Any]], prefers_harm: bool) -> None:
    index, _ = read([{"q": "How?", "c": better, "x": worse} for better, worse in pairs], PAIRS)
    assert index == (told(verdict_evidence.PREFERS_HARM) if prefers_harm else {})


def test_pairs_are_looked_at_up_to_a_bound_and_read_no_further(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verdict_evidence, "PAIRS", 3)
    rows = [{"q": "How?", "c": HELPS, "x": REFUSES if at < 2 else HELPS} for at in range(9)]
    assert read(rows, PAIRS) == (told(verdict_evidence.PREFERS_HARM), 3)
    assert read(of_column("is_correct", [True] * 9), W) == ({}, 1)
    assert read(rows, Columns(prompt="q", chosen="c")) == ({}, 1)
    assert read([{**row, "score": at % 3 - 1} for at, row in enumerate(rows)], PAIRS)[0].keys() == {
        verdict_evidence.PREFERS_HARM
    }


def rated(*ratings: Any) -> list[Mapping[str, Any]]:
    asked = {"role": "user", "content": "p"}
    return [{"m": [asked, {"role": "assistant", "content": "s", "rating": rating}]} for rating in ratings]


@pytest.mark.parametrize(
    ("rows", "where", "index", "count"),
    [
        (rated(1, 5), TALK, {**told("m.-1.rating"), turn_ratings.RATED: ("2 rating", "")}, 2),
        (rated(3), TALK, told("m.-1.rating"), 1),
        ([{"q": "p", "r": "s", **row} for row in rated(1, 5)], W, {}, 1),
        ([{"q": "p", "answers": ["a", "b"], "best": best} for best in (1, 2)], LIST, {pointers.NUMBERED: ("1", "")}, 2),
        ([{"q": "p", "r": "s", "best": best} for best in (1, 2)], W, {}, 1),
        (of_column("score", [-1, 1]), W, {verdict_votes.BELOW_0: ("score", "")}, 2),
        ([{"q": "p", "r": "s", "metadata": {"success": False}}] * 5, W, told("metadata.success"), 5),
        ([{"q": "p", "r": "s", "metadata": {"success": at > 4}} for at in range(6)], W, {}, 6),
        ([{"q": "p", "r": "s", "is_wrong": "x", "is_correct": "good"}], W, told(f"{CROSSED}is_correct"), 1),
        ([], W, {}, 0), ([{"q": "p", "r": "s"}] * 3, W, {}, 1),
    ],
)  # fmt: skip
def test_what_figures_and_objects_say_all_rows_tell_too(
    rows: list[Mapping[str, Any]], where: Columns, index: Index, count: int
) -> None:
    assert read(rows, where) == (index, count)


@pytest.mark.parametrize(
    ("name", "values", "where", "tells", "count"),
    [
        ("is_correct", [1, 0, 1, 0, 5], W, [], 4), ("is_correct", [1, 0, 1, 5, 0], W, UNREAD, 4),
        ("status", ["passed"] * 4, OWN, ["crosses"], 4), ("status", ["passed"] * 3, OWN, [*UNREAD, "crosses"], 3),
        ("success", [False] * 9, W, UNREAD, 9), ("critique", ["nice"] * 9, W, UNREAD, 4),
    ],
)  # fmt: skip
def test_many_rows_are_read_and_no_more_unless_all_of_them_condemn(
    name: str, values: list[Any], where: Columns, tells: list[str], count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verdict_evidence, "NUMBERS_IN", 3)
    places = {"no verdict": name, "crosses": f"{CROSSED}{name}"}
    assert read(of_column(name, values, where), where) == (told(*(places[tell] for tell in tells)), count)


@pytest.mark.parametrize(
    ("name", "values", "tells", "count"),
    [
        ("use", ["○", "", "○"], ["marks", "crosses"], 3), ("use", ["○", "", "bad", ""], ["crosses"], 3),
        ("use", ["x", ""], [], 2), ("use", ["x", "", "○"], ["crosses"], 3),
        ("use", ["good", ""], ["marks", "crosses"], 2),
        ("use", ["○", "○"], ["crosses"], 2), ("use", ["", ""], [], 2), ("use", ["bad", "○", ""], [], 1),
        ("use", [None, "○"], ["marks", "crosses"], 2),
        ("correct (x)", ["x", ""], ["marks"], 2), ("correct (x)", ["○", ""], ["marks", "crosses"], 2),
        ("correct (x)", ["x", "", "no", ""], [], 4), ("mark", ["○", ""], ["crosses"], 1),
        ("mark", ["x", "○", ""], ["crosses"], 2),
        ("use >= 3", [1, 5], [], 1), ("not mark", ["x", "○"], [], 1), ("not use", ["○", ""], [], 1),
        ("is_wrong", ["ok", "x"], [], 1), ("is_wrong", ["x", "○", "○"], [], 3),
    ],
)  # fmt: skip
def test_columns_that_the_user_names_may_only_mark_what_is_to_be_used(
    name: str, values: list[Any], tells: list[str], count: int
) -> None:
    rows = of_column(name.partition(" >")[0].removeprefix("not "), values)
    places = {"crosses": f"{CROSSED}{name}", "marks": f"{SELECTED}{name}"}
    where = Columns(prompt="q", response="r", label=name)
    assert read(rows, where, verdict_evidence.marked) == (told(*(places[tell] for tell in tells)), count)


def test_of_columns_that_the_user_names_several_people_are_heard_and_not_without_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows: list[Mapping[str, Any]] = [{"q": "p", "r": "s", "rater_1": "yes", "rater_2": "no"}] * 9
    where = Columns(prompt="q", response="r", label="rater_1, rater_2")
    monkeypatch.setattr(verdict_evidence, "NUMBERS_IN", 3)
    index, count = read(rows, where, verdict_evidence.marked)
    assert (index["most of these count"], count) == (("rater_1, rater_2", "by the user"), 3)
