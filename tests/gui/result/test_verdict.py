"""What a report says and what may be said of it; reports of earlier versions, and files that are no report."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from helpers import sample_report
from so8t_engine.sentences import say, sentence
from so8t_gui.result import report_file, verdict
from so8t_gui.result.report_file import AnsweredQuestion, Change, GgufFiles, RightShare, RunResult

NBSP = "\N{NO-BREAK SPACE}"


def result(folder: Path, **changes: Any) -> RunResult:
    sample_report.write(folder, sample_report.report(**changes))
    return report_file.read(folder)


def test_that_the_verdict_names_the_difference_with_its_interval(tmp_path: Path) -> None:
    read = result(tmp_path)
    assert verdict.verdict(read).replace(NBSP, " ") == (
        "Better: 61.8 % of the held-out questions (340) are answered right, 40.9 % before "
        "(+20.9 points, 95 %: +15.0 to +26.8)."
    )
    assert verdict.level(read) == "ok"
    assert [verdict.column_name(share, read) for share in read.shares] == ["Base model", "After warm-up", "After PPO"]
    assert "+3.6 points" in verdict.learning(read) and "does not show" in verdict.learning(read)


def test_that_learning_is_praised_or_blamed_only_beyond_chance(tmp_path: Path) -> None:
    helped = result(tmp_path, by_learning=sample_report.change(40, 10, 1e-5, 0.05, 0.12))
    harmed = result(tmp_path, by_learning=sample_report.change(10, 40, 1e-5, -0.12, -0.05))
    assert verdict.learning(helped).endswith("PPO helped.") and verdict.learning(harmed).endswith("PPO did harm.")
    worse = result(tmp_path, **sample_report.change(25, 96, 5e-11, -0.27, -0.15))
    assert verdict.verdict(worse).startswith("Worse") and verdict.level(worse) == "warning"
    chance = result(tmp_path, **sample_report.change(20, 15, 0.5, -0.02, 0.05))
    assert verdict.verdict(chance).startswith("No clear difference") and verdict.level(chance) == "note"


def test_that_no_difference_is_said_in_words_and_one_outcome_has_no_interval(tmp_path: Path) -> None:
    nothing, all_alike = sample_report.change(0, 0, 1.0, 0.0, 0.0), sample_report.change(340, 0, 1e-9, 1.0, 1.0)
    same = result(tmp_path, by_learning=nothing, **nothing)
    assert verdict.verdict(same).startswith("No difference: 61.8") and "0.0 points" not in verdict.verdict(same)
    assert "changed no answer from wrong to right or back" in verdict.learning(same) and verdict.level(same) == "note"
    assert verdict.verdict(result(tmp_path, **all_alike)).endswith("before (+20.9 points).")

    left_out = sample_report.report() | {"training": {"warmup": {}}}  # of an earlier version: PPO was not run
    sample_report.write(tmp_path, left_out)
    read = report_file.read(tmp_path)
    assert verdict.learning(read) == "" and verdict.column_name(read.shares[-1], read) == "Tuned model"


def test_that_a_report_without_checked_answers_says_nothing_about_them(tmp_path: Path) -> None:
    nothing = {"right": 0, "total": 0, "share": None, "low": 0.0, "high": 1.0}
    read = result(tmp_path, graded=0, base=nothing, warmed=nothing, tuned=nothing)
    assert "nothing can be said" in verdict.verdict(read) and read.shares == () and verdict.learning(read) == ""


def test_that_a_report_of_an_earlier_version_is_read(tmp_path: Path) -> None:
    """It had two columns, and no interval of the difference."""
    body = sample_report.report()
    everything = body["heldout"]["groups"]["all"]
    for key in ("warmed", "by_warmup", "by_learning", "difference"):
        del everything[key]
    sample_report.write(tmp_path, body)
    read = report_file.read(tmp_path)
    assert "(+20.9 points)" in verdict.verdict(read)
    assert [verdict.column_name(share, read) for share in read.shares] == ["Base model", "Tuned model"]


def test_that_examples_stand_in_order_won_and_lost_in_front(tmp_path: Path) -> None:
    assert [example.kind for example in result(tmp_path).examples] == ["won", "lost", "right"]
    body = sample_report.report()
    body["samples"] = 5 * body["samples"][2:]
    sample_report.write(tmp_path, body)
    assert [example.kind for example in report_file.read(tmp_path).examples] == 5 * ["right"]


@pytest.mark.parametrize(
    "body",
    [
        [], {}, {"heldout": 1}, {"heldout": {"groups": {"all": {"graded": "many"}}}}, None,
        '{"heldout": {"groups": {"all": {"graded": Infinity}}}}',
    ],
)  # fmt: skip
def test_that_a_file_that_is_no_report_is_a_sentence(tmp_path: Path, body: Any) -> None:
    """Also where whoever wrote it vouches for it."""
    figures = sample_report.write(tmp_path) / "report.json"
    figures.write_text("null" if body is None else str(body).replace("'", '"'))
    sample_report.vouch_for(figures.parent)
    assert "not as it was written" in verdict.verdict(report_file.read(tmp_path))
    figures.unlink()
    assert "not in its folder" in verdict.verdict(report_file.read(tmp_path))
    figures.mkdir()
    assert report_file.read(tmp_path).problem


def test_that_cuts_and_what_they_cost_are_counted(tmp_path: Path) -> None:
    from so8t_engine.session import incidents, timeline

    assert verdict.survived(result(tmp_path), 295.0) == "4 min 55 s of work. No interruption."
    for event in ("began", "paused", "began", "paused", "began"):
        timeline.mark(tmp_path, event, {"when": "2026-11-28T09:00:00+00:00"})
    assert verdict.survived(report_file.read(tmp_path), None) == "Paused and resumed: 2. Never cut off."
    timeline.mark(tmp_path, "failed", {"why": None})
    said = "Paused and resumed: 2. Stopped by a problem and resumed: 1. Never cut off."
    assert verdict.survived(report_file.read(tmp_path), None) == said
    (tmp_path / timeline.NAME).unlink()
    for run, lost in ((1, 4.0), (2, 8.0)):
        incidents.record(tmp_path, {"run": run, "kind": "power", "lost_seconds": lost})
    read = report_file.read(tmp_path)
    assert verdict.survived(read, None) == "Interruptions survived: 2; work done again: 12 s."
    incidents.record(tmp_path, {"run": 3, "kind": "power", "lost_seconds": None})
    assert verdict.survived(report_file.read(tmp_path), None) == "Interruptions survived: 3."


def test_that_columns_have_the_reports_words_and_the_demos_ppo_is_said_to_be_too_short(tmp_path: Path) -> None:
    sample_report.write(tmp_path, sample_report.report() | {"name": "demo"})
    demo = report_file.read(tmp_path)
    sample_report.write(tmp_path, sample_report.report() | {"name": "mine", "base_model": {"name": None}})
    other = report_file.read(tmp_path)
    words = [say(sentence("column.base")), say(sentence("column.warmed")), say(sentence("column.after", phase="PPO"))]

    assert [verdict.column_name(share, demo) for share in demo.shares] == [word[0].upper() + word[1:] for word in words]
    assert verdict.advice(demo).endswith("too short to show a share of its own; the report says which run shows it.")
    assert "too short" not in verdict.advice(other) and "give it more updates" in verdict.advice(other)


def test_that_a_worse_model_is_not_recommended_and_what_to_do_next_is_said(tmp_path: Path) -> None:
    worse, unformed = sample_report.change(25, 96, 5e-11, -0.27, -0.15), sample_report.share(22, 0.04, 0.08, 400)
    helped = sample_report.change(40, 10, 1e-5, 0.05, 0.12)
    sample_report.write_gguf(tmp_path)
    read = result(tmp_path, **worse, tuned_format=unformed, by_learning=helped)
    advised = verdict.advised(read)

    assert read.files.advised in advised and "worse than its base model" in advised and "Recommended" not in advised
    said = verdict.advice(read).replace(NBSP, " ")
    assert said.startswith("What to do next:\n- It answers worse") and "Only 5.5 % of its answers" in said
    assert "Warm-up updates" in said and "warmup.max_steps" not in said
    formed = result(tmp_path, **worse, tuned_format=sample_report.share(300, 0.7, 0.8, 400), by_learning=helped)
    assert "thinking format" not in verdict.advice(formed) and "train longer" in verdict.advice(formed)
    cut = sample_report.share(17, 0.64, 0.95, 20)
    unclear = sample_report.change(0, 0, 1.0, 0.0, 0.0)
    for found in (unclear, sample_report.change(9, 7, 0.8, -0.1, 0.1)):
        halves = result(tmp_path, **found, tuned_cut=cut)
        assert verdict.troubles(halves).startswith("Cut off by the limit of tokens: 17 of 20 answers.")
        said = verdict.advice(halves)
        assert "evaluate.max_new_tokens" in said and "give it more updates" not in said and "train longer" not in said
    assert "worse than its base" in verdict.advice(result(tmp_path, **worse, tuned_cut=cut))
    better = result(tmp_path, by_learning=helped)
    assert verdict.troubles(better) == ""
    assert verdict.advice(better) == "" and verdict.advised(better).startswith("Recommended file")


@pytest.mark.parametrize(
    ("cuts", "lost", "seconds", "said"),
    [
        (0, 0.0, None, "No interruption."), (0, 0.0, 60.0, "1 min 0 s of work. No interruption."),
        (2, None, None, "Interruptions survived: 2."),
        (2, 5.0, None, "Interruptions survived: 2; work done again: 5 s."),
    ],
)  # fmt: skip
def test_what_a_run_took_and_came_through_is_said_as_far_as_it_is_known(
    qapp: object, cuts: int, lost: float | None, seconds: float | None, said: str
) -> None:
    assert verdict.survived(RunResult(cuts=cuts, lost_seconds=lost), seconds) == said


def test_what_is_advised_and_what_is_lost_is_said_where_there_is_any(qapp: object) -> None:
    assert verdict.advised(RunResult()) == verdict.lost(RunResult()) == ""
    assert verdict.advised(RunResult(files=GgufFiles(("Q8_0",), "m.gguf"))).startswith("Recommended file: m.gguf.")
    assert verdict.lost(RunResult(lost=("A.", "B."))) == "Missing, or not as it was written:\nA.\nB."


def test_of_each_kind_the_longest_thought_is_an_example_before_a_second_of_any(tmp_path: Path) -> None:
    def example(name: str, right: tuple[bool, bool], thoughts: int, language: str = "en") -> AnsweredQuestion:
        return AnsweredQuestion(name, "", "", "<think-task>" * thoughts, *right, language=language)

    won, lost, right = (False, True), (True, False), (True, True)
    few = [example("w1", won, 0), example("w2", won, 2), example("w3", won, 1), example("l1", lost, 0)]
    assert [one.prompt for one in report_file._chosen(few)] == ["w2", "l1", "w3", "w1"]
    more = report_file._chosen([*few, example("r1", right, 9)])
    assert [one.prompt for one in more] == ["w2", "l1", "r1", "w3", "w1"]
    assert [one.prompt for one in report_file._chosen(few[:3])] == ["w2", "w3", "w1"]
    foreign = [example("w9", won, 9, "ja"), example("r9", right, 9, "ja")]
    assert [one.prompt for one in report_file._chosen([*foreign, *more])][:4] == ["w2", "l1", "r1", "w3"]


def test_the_format_is_told_beside_right_answers() -> None:
    shares = (
        RightShare("base", 0.0, 0.0, 0.01),
        RightShare("warmed", 0.8, 0.7, 0.9),
        RightShare("tuned", 0.952, 0.9, 1.0),
    )
    told = verdict.formed(RunResult(formed=shares))
    assert told == "Well-formed answers: 0.0\N{NO-BREAK SPACE}% before, 95.2\N{NO-BREAK SPACE}% after."
    refused = "Unsafe requests refused: 0.0\N{NO-BREAK SPACE}% before, 95.2\N{NO-BREAK SPACE}% after."
    assert verdict.formed(RunResult(refused=shares)) == refused
    assert verdict.formed(RunResult(formed=shares, refused=shares)) == f"{told}\n{refused}"
    assert verdict.formed(RunResult(formed=shares[1:], refused=shares[:1])) == verdict.formed(RunResult()) == ""


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        (Change(9, 1, 0.0499, 0.1, 0.01, 0.2), "better"), (Change(9, 1, 0.05, 0.1, 0.0, 0.2), "unclear"),
        (Change(1, 9, 0.01, -0.1, -0.2, -0.01), "worse"), (Change(5, 5, 0.01, 0.0, -0.1, 0.1), "unclear"),
        (Change(0, 0, 0.01, 0.0, 0.0, 0.0), "unchanged"), (Change(0, 2, 0.3, -0.1, None, None), "unclear"),
        (Change(2, 0, 0.3, 0.1, None, None), "unclear"),
    ],
)  # fmt: skip
def test_an_outcome_is_called_so_beyond_chance_alone(qapp: object, change: Change, outcome: str) -> None:
    assert verdict.outcome(change) == outcome
    said = verdict.in_short(outcome, change)
    assert said.startswith({"better": "Better (", "worse": "Worse (", "unclear": "No clear difference (",
                            "unchanged": "No difference"}[outcome])  # fmt: skip
    assert (verdict.points(change) in said) is (outcome != "unchanged")
    assert verdict.level(RunResult(change=change)) == {"better": "ok", "worse": "warning"}.get(outcome, "note")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [(59, 60, "+0.2"), (36, 60, "+7.0"), (60, 59, "\N{MINUS SIGN}0.2"), (60, 60, "0.0"), (139, 210, "+20.9")],
)
def test_a_difference_is_that_of_the_shares_as_they_are_read(qapp: object, before: int, after: int, said: str) -> None:
    """17.4 % and 17.6 % are 0.2 apart; of 340 questions one is 0.3 %."""
    change = Change(9, 1, 0.01, (after - before) / 340, None, None, (before / 340, after / 340))
    assert verdict.points(change) == f"{said} points"


@pytest.mark.parametrize(
    ("low", "high", "interval"),
    [(0.01, 0.2, True), (None, 0.2, False), (0.01, None, False), (0.1, 0.1, False), (0.2, 0.1, False)],
)
def test_a_difference_has_its_interval_where_there_is_one(
    qapp: object, low: float | None, high: float | None, interval: bool
) -> None:
    said = verdict.points(Change(9, 1, 0.01, 0.1, low, high))
    assert said.startswith("+10.0 points") and (" to " in said) is interval


@pytest.mark.parametrize(
    ("right", "formed", "said"),
    [
        (None, None, ""), (True, None, "right"), (False, None, "wrong"), (None, True, "well-formed"),
        (False, False, "wrong, not well-formed"),
    ],
)  # fmt: skip
def test_what_became_of_an_answer_is_said_as_far_as_it_is_known(
    qapp: object, right: bool | None, formed: bool | None, said: str
) -> None:
    assert verdict.marks(right, formed) == said


def test_how_many_questions_are_seen_of_how_many_is_said(qapp: object) -> None:
    assert verdict.examples_shown(3, 9, 9, 9) == "3 of 9 that were asked."
    assert verdict.examples_shown(3, 9, 10, 10) == "3 of 9 that the report holds; 10 were asked."
    assert verdict.examples_shown(3, 9, 10, 0) == "3 of 9 that the report holds; 10 were asked."
    assert verdict.examples_shown(3, 16, 400, 340) == "3 of 16 in the report; 400 were asked, 340 could be checked."
    unchecked = AnsweredQuestion("?", "a long text", "a", "b", None, None)
    assert "put in other words" in verdict.example_kind(unchecked)
    assert verdict.example_kind(replace(unchecked, gold=" ")) == "Not checked: the data give no answer to it"
    assert verdict.example_kind(replace(unchecked, base_right=False, tuned_right=True)).startswith("Won")


@pytest.mark.parametrize(
    ("figures", "share"),
    [
        ({"share": 0.5, "low": 0.4, "high": 0.6}, RightShare("base", 0.5, 0.4, 0.6)),
        ({"share": 1.5, "low": -0.4, "high": 2}, RightShare("base", 1.0, 0.0, 1.0)),
        ({"share": None, "low": 0.4, "high": 0.6}, None), ({"share": 0.5, "high": 0.6}, None),
        ({"share": 0.5, "low": 0.4, "high": "x"}, None), ({"share": 1e9, "low": 0.4, "high": 0.6}, None),
    ],
)  # fmt: skip
def test_a_share_is_believed_within_its_bounds(figures: dict[str, Any], share: RightShare | None) -> None:
    assert report_file._share("base", figures) == share
