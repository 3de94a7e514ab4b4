"""What is said of two sessions, case by case: outcome, verdict, which questions are the same, and what differs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from so8t_engine.evaluate import comparison
from so8t_engine.evaluate.comparison import Measured
from so8t_engine.session import manifest


def pair(paired: bool = True, graded: int = 20, gained: int = 3, lost: int = 1, p: float = 0.5, **more: Any) -> Any:
    share = (gained - lost) / max(1, graded)
    figures = {
        "graded": graded, "gained": gained, "lost": lost, "p_value": p, "first": 0.4, "second": 0.4 + share,
        "difference": {"share": share, "low": share - 0.1, "high": share + 0.1},
    }  # fmt: skip
    questions = {"of_first": 20, "of_second": 20, "shared": 20}
    return {"paired": paired, "all": figures | more, "titles": ["a", "b"], "questions": questions}


@pytest.mark.parametrize(
    ("given", "outcome", "verdict"),
    [
        (pair(graded=0, gained=0, lost=0, p=1.0), "unknown", "no_gold"),
        (pair(gained=0, lost=0, p=1.0), "unchanged", "unchanged"),
        (pair(False, gained=0, lost=0, p=1.0), "unclear", "even"),
        (pair(gained=2, lost=2, p=1.0), "unclear", "even"),
        (pair(gained=2, lost=2, p=0.001), "unclear", "even"),
        (pair(p=0.05), "unclear", "chance"),
        (pair(p=0.049), "better", "better"),
        (pair(gained=1, lost=3, p=0.049), "worse", "better"),
        (pair(False, p=0.05), "unclear", "chance"),
        (pair(False, p=0.049), "better", "better_unpaired"),
        (pair(False, gained=1, lost=3, p=0.049), "worse", "better_unpaired"),
    ],
)
def test_an_outcome_and_its_verdict_claim_what_the_test_allows(given: Any, outcome: str, verdict: str) -> None:
    said = comparison.verdict(given)

    assert (comparison.outcome(given), said.code) == (outcome, f"compare.{verdict}")
    if "better" in verdict:
        assert said.args["session"] == {"better": "b", "worse": "a"}[outcome]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (pair(), "changed"),
        (pair(False), "changed_unpaired"),
        (pair(difference={"share": 0.1, "low": 0.1, "high": 0.1}), "changed_throughout"),
        (pair(False, difference={"share": 0.1, "low": 0.1, "high": 0.1}), "changed_unpaired"),
    ],
)
def test_a_change_is_told_with_its_interval_where_it_has_one(given: Any, code: str) -> None:
    changed = comparison.verdict(given).args["changed"]

    assert changed.code == f"compare.{code}"
    assert ("gained" in changed.args, "low" in changed.args) == (given["paired"], code != "changed_throughout")
    assert (changed.args["first"], changed.args["second"]) == ("a", "b")


@pytest.mark.parametrize(
    ("paired", "counts", "code"),
    [
        (True, (9, 9, 9), None), (True, (9, 10, 9), "shared_questions"), (True, (10, 9, 9), "shared_questions"),
        (True, (9, 9, 8), "shared_questions"), (False, (9, 9, 2), "other_questions"),
        (False, (9, 9, 9), "other_questions"),
    ],
)  # fmt: skip
def test_which_questions_were_compared_is_said_unless_it_is_all_of_both(
    paired: bool, counts: tuple[int, int, int], code: str | None
) -> None:
    questions = dict(zip(("of_first", "of_second", "shared"), counts, strict=True))
    said = comparison.asked(pair(paired) | {"questions": questions})

    assert (said and said.code) == (code and f"compare.{code}")
    assert said is None or said.args == {"first": "a", "second": "b", **questions}


def item(number: int | str, prompt: str = "?", right: bool | None = True, **more: Any) -> dict[str, Any]:
    return {"id": str(number), "prompt": prompt, "gold": "7", "right": {"tuned": right, "base": False}, **more}


def measured(name: str, items: list[Any], **report: Any) -> Measured:
    return Measured(name, Path(name), report, items)


def test_questions_are_the_same_by_id_and_text_first_and_then_by_text_each_but_once() -> None:
    ours = [item(1, "a"), item(2, "a"), item(3, "b"), item(4, "c")]
    theirs = [item(9, "a"), item(2, "a"), item(3, "other"), item(8, "c"), item(7, "c")]
    found = comparison.paired(measured("x", ours), measured("y", theirs))

    assert [(one["id"], two["id"]) for one, two in found] == [("2", "2"), ("1", "9"), ("4", "8")]


@pytest.mark.parametrize(("shared", "paired"), [(0, False), (1, False), (2, True), (4, True)])
def test_pairs_are_tested_where_half_of_the_smaller_set_is_in_both(shared: int, paired: bool) -> None:
    ours, theirs = [item(n) for n in range(4)], [item(n + 4 - shared, f"{'?' if n < shared else n}") for n in range(6)]
    told = comparison._pair(measured("x", ours), measured("y", theirs))

    assert (told["paired"], told["questions"]) == (paired, {"of_first": 4, "of_second": 6, "shared": shared})


def test_groups_are_those_that_both_can_be_graded_in() -> None:
    ours = [item(1, right=True, category="a"), item(2, right=None, category="b"), item(3, right=False, category=None)]
    theirs = [item(1, right=False, category="a"), item(2, right=True, category="b"), item(3, right=False)]
    told = comparison._pair(measured("x", ours), measured("y", theirs))

    assert list(told["categories"]) == ["a"] and told["languages"] == {}
    a = told["categories"]["a"]
    assert (a["graded"], a["gained"], a["lost"], a["first"], a["second"]) == (1, 0, 1, 1.0, 0.0)
    assert (told["all"]["graded"], told["all"]["difference"]["share"]) == (2, -0.5)


def test_of_different_questions_shares_are_held_against_each_other() -> None:
    ours = [item(n, f"x{n}", right=n < 1, language="en") for n in range(4)]
    theirs = [item(n, f"y{n}", right=n < 6 if n < 8 else None, language="en" if n else "ja") for n in range(9)]
    told = comparison._pair(measured("x", ours), measured("y", theirs))["all"]

    assert (told["graded"], told["first"], told["second"], told["difference"]["share"]) == (4, 0.25, 0.75, 0.5)
    assert "gained" not in told
    one, none = comparison._figures_apart([item(1)], [item(2, "y", right=False)]), comparison._figures_apart([], [])
    assert (one["graded"], one["first"], one["second"]) == (1, 1.0, 0.0)
    assert (none["graded"], none["first"], none["second"]) == (0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("value", "thinking"), [(1.25, 1.25), (2, 2.0), (0, 0.0), (999.9, 999.9), (1e3, None), (-1e3, None), ("1", None),
                            (None, None)],
)  # fmt: skip
def test_how_many_sections_think_is_known_as_far_as_the_report_says_it(value: Any, thinking: float | None) -> None:
    report = {"heldout": {"groups": {"all": {"tuned_sections": {"thinking": value}}}}}

    assert comparison._thinking(report) == thinking
    assert comparison._thinking({}) is None and comparison._thinking({"heldout": {"groups": 5}}) is None


@pytest.mark.parametrize(
    ("report", "told"),
    [
        ({}, []),
        ({"settings": [["seed", 1], ["x"], "ab", ["y", 2, 3], ["lora", "r 8"]]}, [("seed", 1), ("lora", "r 8")]),
        ({"settings": {"seed": 1}, "base_model": "phi", "data": {"a": 1}}, []),
        ({"base_model": {"name": "phi", "revision": "main"}}, [("base_model", "phi main")]),
        ({"base_model": {"name": "phi", "revision": None}}, [("base_model", "phi")]),
        ({"data": [{"name": "a", "kept": 9}, 5, {"name": "b", "kept": 2}]}, [("data", "a (9), b (2)")]),
        ({"data": []}, []), ({"data": [5]}, []),
    ],
)  # fmt: skip
def test_settings_are_those_that_a_report_of_any_content_names(report: dict[str, Any], told: list[Any]) -> None:
    assert list(comparison._settings(report)) == told


def test_whether_answers_were_there_once_is_known_by_the_seal(tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    assert comparison._listed(file) is False
    for listed in ({}, {"answers.jsonl": (1, "0" * 64)}):
        (tmp_path / manifest.NAME).write_bytes(manifest.build(listed, {}))
        assert comparison._listed(file) is bool(listed)
    (tmp_path / manifest.NAME).write_bytes(b"torn")
    assert comparison._listed(file) is False
