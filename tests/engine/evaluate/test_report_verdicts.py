"""What a report and a comparison may say, by their figures: each bound from both sides."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from so8t_engine.evaluate import comparison, report_verdicts
from so8t_engine.evaluate.comparison import Measured
from so8t_engine.sentences import Sentence
from so8t_engine.session import next_run


def figures(gained: int, lost: int, p: float = 0.01, **more: Any) -> dict[str, Any]:
    shares = {name: {"share": share} for name, share in (("base", 0.2), ("warmed", 0.25), ("tuned", 0.3))}
    return {"records": 50, "graded": 40, "gained": gained, "lost": lost, "p_value": p} | shares | more


def inner(said: Sentence | None, *path: str) -> str | None:
    """The code of a sentence, or of one inside it."""
    for name in path:
        assert said is not None
        said = said.args[name]
    return said and said.code.partition(".")[2]


@pytest.mark.parametrize(
    ("about", "said"),
    [
        (figures(5, 1), "better"),
        (figures(1, 5), "worse"),
        (figures(5, 1, 0.05), "chance"),
        (figures(5, 1, 0.0499), "better"),
        (figures(1, 5, 0.05), "chance"),
        (figures(3, 3), "even"),
        (figures(0, 0), "unchanged"),
        (figures(0, 3), "worse"),
        (figures(3, 0), "better"),
        (figures(5, 1, graded=0), "no_gold"),
        (figures(5, 1, records=0), "not_measured"),
        (figures(5, 1, records=0, graded=0), "not_measured"),
        ({key: value for key, value in figures(5, 1).items() if key != "records"}, "better"),
        ({key: value for key, value in figures(5, 1, graded=0).items() if key != "records"}, "not_measured"),
    ],
)
def test_the_verdict_is_no_more_than_the_test_allows(about: dict[str, Any], said: str) -> None:
    assert inner(report_verdicts.verdict(about)) == said


@pytest.mark.parametrize(
    ("difference", "said"),
    [
        (None, "changed"),
        ({"share": 0.1, "low": 0.05, "high": 0.15}, "changed_by"),
        ({"share": 0.1, "low": 0.1, "high": 0.1}, "changed"),
    ],
)
def test_an_interval_is_told_where_there_is_one(difference: dict[str, float] | None, said: str) -> None:
    about = figures(5, 1) | ({} if difference is None else {"difference": difference})
    changed = report_verdicts.verdict(about).args["changed"]

    assert inner(changed) == said and (changed.args["gained"], changed.args["lost"]) == (5, 1)
    if said == "changed_by":
        assert [changed.args[key] for key in ("share", "low", "high")] == ["+10.0", "+5.0", "+15.0"]


@pytest.mark.parametrize(
    ("added", "said"),
    [
        (figures(5, 1), "learning_helped"),
        (figures(1, 5), "learning_harmed"),
        (figures(5, 1, 0.05), "learning_chance"),
        (figures(3, 3), "learning_even"),
        (figures(0, 0), "learning_unchanged"),
        (figures(0, 2), "learning_harmed"),
    ],
)
def test_what_reinforcement_learning_added_is_told_beside_the_warm_up(added: dict[str, Any], said: str) -> None:
    def result(course: dict[str, Any] | None = None, algorithm: str = "ppo", **more: Any) -> dict[str, Any]:
        every = figures(9, 9, by_learning=added) | more
        return {"heldout": {"groups": {"all": every}}, "training": {"ppo": course or {}}, "algorithm": algorithm}

    told = report_verdicts.share_of_learning(result())
    assert told is not None and inner(told) == said and told.args["phase"].code == "phase.ppo"
    assert report_verdicts.share_of_learning(result(algorithm="grpo")) is None
    assert report_verdicts.share_of_learning(result(graded=0)) is None
    assert report_verdicts.share_of_learning(result(by_learning=None)) is None
    for reward, fell in (
        ((0.5, 0.4), True),
        ((0.5, 0.5), False),
        ((0.4, 0.5), False),
        ((None, 0.1), False),
        ((0.5, None), False),
    ):
        told = report_verdicts.share_of_learning(result({"reward": reward}))
        assert told is not None
        codes = [part.code for part in told.args.get("parts", [told])]
        assert codes == [f"report.{said}", *["report.reward_fell"] * fell]


@pytest.mark.parametrize(
    ("counted", "said"),
    [({"right": 8, "total": 40, "share": 0.2}, True), ({"right": 7, "total": 40, "share": 0.175}, False),
     ({"right": 0, "total": 0, "share": None}, False), (None, False)],
)  # fmt: skip
def test_a_fifth_of_all_answers_that_are_cut_empty_or_thought_alone_is_worth_a_sentence(
    counted: dict[str, Any] | None, said: bool
) -> None:
    for name in ("cut", "empty", "no_final"):
        found = next_run.troubles({} if counted is None else {f"tuned_{name}": counted})
        assert [inner(each) for each in found] == [f"many_{name}"] * said
        assert not said or found[0].args == {"count": 8, "total": 40}
    every = {f"tuned_{name}": {"right": 9, "total": 9, "share": 1.0} for name in ("no_final", "empty", "cut")}
    assert [inner(each) for each in next_run.troubles(every)] == ["many_cut", "many_empty", "many_no_final"]


@pytest.mark.parametrize(
    ("about", "said", "same"),
    [
        ({"same_answer": {"right": 95, "total": 100}}, "take", 95),
        ({"same_answer": {"right": 94, "total": 100}}, "take_closest", 94),
        ({"argmax_agreement": 0.95}, "take_by_token", "95"),
        ({"argmax_agreement": 0.949}, "take_closest_by_token", "95"),
        ({"same_answer": {"right": 0, "total": 0}, "argmax_agreement": 0.99}, "take_by_token", "99"),
        ({}, "take_closest_by_token", "0"),
    ],
)
def test_a_file_is_advised_for_its_answers_else_for_its_next_tokens(
    about: dict[str, Any], said: str, same: object
) -> None:
    told = report_verdicts.advice({"Q8_0": {"bytes": 5} | about})

    assert told is not None and (inner(told), told.args["type"], told.args["same"]) == (said, "Q8_0", same)
    worse = report_verdicts.advice({"Q8_0": {"bytes": 5} | about}, worse=True)
    assert worse is not None and str(worse).startswith("The tuned model answers worse than its base model, so use that")
    assert str(worse).endswith(str(told)) and report_verdicts.advice({}, worse=True) is None
    assert report_verdicts.advice({}) is None and report_verdicts.advice({"Q8_0": {"error": "x"}}) is None


def pair(share: float, p: float, *, paired: bool = True, low: float = -0.1, **more: Any) -> dict[str, Any]:
    every = {
        "graded": 40,
        "gained": 5,
        "lost": 1,
        "p_value": p,
        "first": 0.4,
        "second": 0.4 + share,
        "difference": {"share": share, "low": low, "high": 0.3},
    }
    return {"titles": ["one", "two"], "paired": paired, "all": every | more}


@pytest.mark.parametrize(
    ("about", "said", "changed", "better"),
    [
        (pair(0.1, 0.01), "better", "changed", "two"),
        (pair(-0.1, 0.01), "better", "changed", "one"),
        (pair(0.1, 0.05), "chance", "changed", None),
        (pair(0.1, 0.049), "better", "changed", "two"),
        (pair(0.0, 0.01), "even", "changed", None),
        (pair(0.1, 0.01, low=0.3), "better", "changed_throughout", "two"),
        (pair(0.1, 0.01, paired=False), "better_unpaired", "changed_unpaired", "two"),
        (pair(-0.1, 0.01, paired=False), "better_unpaired", "changed_unpaired", "one"),
        (pair(0.1, 0.05, paired=False), "chance", "changed_unpaired", None),
        (pair(0.0, 1.0, paired=False, gained=0, lost=0), "even", "changed_unpaired", None),
        (pair(0.0, 1.0, gained=0, lost=0), "unchanged", None, None),
        (pair(0.0, 1.0, graded=0), "no_gold", None, None),
    ],
)
def test_two_sessions_are_told_apart_no_more_than_the_test_allows(
    about: dict[str, Any], said: str, changed: str | None, better: str | None
) -> None:
    told = comparison.verdict(about)

    assert inner(told) == said and told.args.get("session") == better
    assert ("changed" in told.args and inner(told, "changed")) == (changed or False)
    if changed in ("changed", "changed_throughout"):
        assert (told.args["changed"].args["gained"], told.args["changed"].args["lost"]) == (5, 1)
    if changed in ("changed", "changed_unpaired"):
        assert [told.args["changed"].args[key] for key in ("low", "high")] == ["\N{MINUS SIGN}10.0", "+30.0"]


@pytest.mark.parametrize(
    ("counts", "paired", "said"),
    [
        ((9, 9, 9), True, None),
        ((9, 9, 8), True, "shared_questions"),
        ((9, 8, 8), True, "shared_questions"),
        ((8, 9, 8), True, "shared_questions"),
        ((9, 9, 0), False, "other_questions"),
        ((9, 9, 9), False, "other_questions"),
    ],
)
def test_what_was_compared_is_told_where_it_is_not_the_same_questions_throughout(
    counts: tuple[int, int, int], paired: bool, said: str | None
) -> None:
    questions = dict(zip(("of_first", "of_second", "shared"), counts, strict=True))
    told = comparison.asked({"titles": ["one", "two"], "paired": paired, "questions": questions})

    assert inner(told) == said and (told is None or told.args == {"first": "one", "second": "two", **questions})


def item(number: int, tuned: bool | None, prompt: str = "", **more: Any) -> dict[str, Any]:
    right = {"base": True, "tuned": tuned}
    return {"id": str(number), "prompt": prompt or str(number), "gold": "7", "right": right, "category": "maths"} | more


def measured(name: str, items: list[dict[str, Any]], report: dict[str, Any] | None = None) -> Measured:
    return Measured(name, Path("/nowhere") / name, report or {}, items)


@pytest.mark.parametrize(("shared", "paired"), [(5, True), (4, False), (0, False)])
def test_half_of_the_smaller_set_shared_is_enough_for_pairs(shared: int, paired: bool) -> None:
    one = measured("one", [item(number, True) for number in range(10)])
    two = measured("two", [item(number, False, "" if number < shared else f"other {number}") for number in range(12)])
    [found] = comparison.compare([one, two])["pairs"]

    assert found["paired"] is paired and found["questions"] == {"of_first": 10, "of_second": 12, "shared": shared}
    assert found["all"]["graded"] == (shared if paired else 10)
    assert ("gained" in found["all"]) is paired and (found["all"]["first"], found["all"]["second"]) == (1.0, 0.0)
    assert found["all"]["difference"]["share"] == -1.0


def test_figures_of_pairs_count_what_was_gained_and_lost_where_both_are_graded() -> None:
    verdicts = [(True, True), (True, False), (False, True), (False, True), (False, False), (None, True), (True, None)]
    ours, theirs = ([item(n, pair[side]) for n, pair in enumerate(verdicts)] for side in (0, 1))
    found = comparison._figures(ours, theirs)

    assert (found["graded"], found["gained"], found["lost"]) == (5, 2, 1)
    assert (found["first"], found["second"], found["difference"]["share"]) == (0.4, 0.6, 0.2)
    nothing = comparison._figures([], [])
    assert (nothing["graded"], nothing["first"], nothing["difference"]["share"]) == (0, 0.0, 0.0)


def test_figures_of_different_questions_are_the_shares_of_each() -> None:
    ours, theirs = [item(n, n < 3) for n in range(4)], [item(n, n < 1) for n in range(2)] + [item(9, None)]
    found = comparison._figures_apart(ours, theirs)

    assert (found["graded"], found["first"], found["second"]) == (2, 0.75, 0.5)
    assert found["difference"]["share"] == -0.25 and found["difference"]["low"] < -0.25 < found["difference"]["high"]
    nothing = comparison._figures_apart([], theirs)
    assert (nothing["graded"], nothing["first"], nothing["p_value"]) == (0, 0.0, 1.0)


def test_groups_are_those_in_which_both_have_an_answer_that_can_be_checked() -> None:
    ours = [
        item(1, True),
        item(2, True, category="logic"),
        item(3, None, category="chat"),
        item(4, True, category=None),
    ]
    theirs = [
        item(1, False),
        item(2, True, category="logic"),
        item(3, True, category="chat"),
        item(4, True, category=None),
    ]
    one, two = measured("one", ours), measured("two", theirs)
    [together] = comparison.compare([one, two])["pairs"]

    assert list(together["categories"]) == ["logic", "maths"] and together["languages"] == {}
    assert together["categories"]["maths"]["lost"] == 1 and together["categories"]["logic"]["lost"] == 0
    assert all(part["p_holm"] >= part["p_value"] for part in together["categories"].values())


@pytest.mark.parametrize(
    ("report", "settings", "thinking"),
    [
        ({}, [], None),
        ({"settings": [["seed", 1], ["odd"], "x", ["a", "b", "c"]]}, [["seed", "1"]], None),
        ({"base_model": {"name": "o/m", "revision": "abc"}}, [["base_model", "o/m abc"]], None),
        ({"base_model": {"name": "o/m", "revision": None}}, [["base_model", "o/m"]], None),
        ({"data": [{"name": "a", "kept": 3}, "x", {"name": "b", "kept": 0}]}, [["data", "a (3), b (0)"]], None),
        ({"data": "x", "settings": "x", "base_model": "x"}, [], None),
        ({"heldout": {"groups": {"all": {"tuned_sections": {"thinking": 1.5}}}}}, [], 1.5),
        ({"heldout": {"groups": {"all": {"tuned_sections": {"thinking": 1e3}}}}}, [], None),
        ({"heldout": {"groups": {"all": {"tuned_sections": {"thinking": "1"}}}}}, [], None),
        ({"heldout": {"groups": []}}, [], None),
    ],
)
def test_what_a_report_of_any_content_tells_of_its_run(
    report: dict[str, Any], settings: list[list[str]], thinking: float | None
) -> None:
    about = comparison._about(measured("one", [item(1, True), item(2, None), item(3, False)], report))

    assert (about["settings"], about["thinking"], about["session"]) == (settings, thinking, "one")
    assert (about["tuned"]["right"], about["tuned"]["total"], about["base"]["right"]) == (1, 2, 2)
