"""What judges an answer, at its bounds: votes, marks, refusals, limits, words, and whose answer they are of."""

from __future__ import annotations

from typing import Any

import pytest

from so8t_engine.config import label_limits
from so8t_engine.config.run_config import Columns
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.judged import (
    first_filled,
    judged_others,
    opposites,
    peoples_answers,
    refusal_labels,
    samples,
    score_limits,
    verdict_names,
    verdict_values,
)
from so8t_engine.data.adapters.parsed_row import Skip

W = Columns(prompt="q", response="answers")
ONE, TWO = {"text": "one"}, {"text": "two"}


def voted(*votes: Any, name: str = "votes", **more: Any) -> list[dict[str, Any]]:
    return [{"text": f"answer {at}", name: vote, **more} for at, vote in enumerate(votes)]


def test_votes_and_scores_tell_answers_apart_where_each_has_a_whole_number() -> None:
    assert peoples_answers.tells({}, "answers", voted(3, 1, name="score")) is True
    assert peoples_answers.tells({}, "answers", [ONE, TWO]) is False
    for votes, best in (((1, 2), 1), (("1", "2"), 1), ((1, "x"), None), ((1, 2.5), None), ((1, None), None)):
        assert peoples_answers.most_voted({}, "answers", voted(*votes)) == best, votes
    for votes in ((0, -1), (0, 0), (2, 2)):
        with pytest.raises(Skip):
            peoples_answers.most_voted({}, "answers", voted(*votes))
    assert peoples_answers.most_voted({}, "answers", voted(0)) == 0
    assert peoples_answers.tells({}, "answers", [*voted(1, 2), "x"]) is False
    for body in ({}, {"Body": " "}):
        where = peoples_answers.mapping({"Title": "Why?", **body, "Answers": voted(1, 2)})
        assert where == Columns(prompt="Title", response="Answers"), body


def test_a_number_accepts_one_answer_where_each_has_its_own() -> None:
    both = [{"Id": 1, **ONE}, {"Id": 2, **TWO}]
    assert peoples_answers.accepted({"AcceptedAnswerId": 2.0}, both) == 1
    assert peoples_answers.accepted({"AcceptedAnswerId": 1}, [both[0], TWO]) is None
    none = {"AcceptedAnswerId": None}
    assert peoples_answers.most_voted(none, "answers", both[:1]) is None
    with pytest.raises(Skip) as skipped:
        peoples_answers.most_voted(none, "answers", both)
    assert skipped.value.reason == drop_reasons.none_is_better("AcceptedAnswerId")


def test_a_mark_accepts_where_each_answer_has_it_and_votes_may_be_against_that_one() -> None:
    marked = [{**one, "accepted": at == 1} for at, one in enumerate(voted(5, -3))]
    assert peoples_answers.acceptance(marked) == "accepted"
    assert peoples_answers.acceptance([marked[0], TWO]) is None
    assert peoples_answers.unaccepted({}, "answers", marked) is False
    assert peoples_answers.unaccepted({}, "answers", voted(5, -3)) is False
    assert peoples_answers.unaccepted({}, "answers", [{**one, "accepted": False} for one in marked]) is True
    assert peoples_answers.voted_down({}, "answers", marked, 1) == ("answers.votes", "-3")
    assert peoples_answers.voted_down({}, "answers", marked, 0) is peoples_answers.voted_down({}, "a", marked, None)
    assert peoples_answers.voted_down({}, "answers", voted(5, -3), 1) is None


def test_the_columns_of_a_question_are_those_that_its_answers_have_too_and_its_own_votes() -> None:
    names = ("title", "votes", "upvotes", "Score", "tags")
    assert peoples_answers.of_question(names, voted(1, 2)) == {"votes", "upvotes", "Score"}
    assert peoples_answers.of_question(names, voted(1, 2, title="x")) == {"votes", "upvotes", "Score", "title"}
    assert peoples_answers.of_question(names, voted(1, 2, name="score")) == {"votes", "upvotes", "Score"}
    assert peoples_answers.of_question(names, [ONE, TWO]) == set()


def test_a_label_wants_accepted_answers_alone_where_it_names_the_mark_alone() -> None:
    marked = [{**one, "accepted": at == 1} for at, one in enumerate(voted(5, 3))]
    for named, wanted in (
        (["answers.accepted"], False), (["answers.accepted", "answers.votes"], True), (["answers.votes"], True),
        ([], True), (["answers.accepted", "answers.votes", "x"], False),
    ):  # fmt: skip
        assert peoples_answers.are_wanted({"answers": marked}, "answers", marked, named) is wanted, named


def test_what_says_of_a_refusal_is_known_by_its_column_and_its_word() -> None:
    safe = {"prompt_label": "safe"}
    for row, column, reading in (
        ({"label": "refusal"}, "label", True), ({"note": "refusal"}, "note", None),
        ({"label": "blue"}, "label", None),
        ({"label": "compliance"}, "label", False), ({"refusal": "full_refusal"}, "refusal", True),
        ({"refusal": "yes"}, "refusal", True), ({"refusal": "no"}, "refusal", False),
        ({"label": "true"}, "label", None),
        ({"label": 1.5}, "label", None),
    ):  # fmt: skip
        assert refusal_labels.reading({**row, **safe}, column) is reading, row
    assert refusal_labels.reading({"label": "refusal"}, "label") is None
    columns = ("annotator_label", "label", "final_label")
    for names, place in ((columns, "final_label"), (columns[:2], "label"), (columns[:1], "annotator_label")):
        assert refusal_labels.place(dict.fromkeys(names, "refusal")) == place, names


def test_what_judges_a_draft_says_nothing_of_the_whole_nor_of_what_is_used() -> None:
    names = ("source", "mt", "human_edit")
    where = Columns(prompt="source", response="human_edit")
    for name, kind, of_draft in (
        ("feedback", "critique", True), ("is_correct", "answer", True), ("approved", "answer", False),
        ("status", "stated", False), ("votes", "vote", False),
    ):  # fmt: skip
        assert judged_others.is_of_draft((*names, name), where, name, kind) is of_draft, name  # type: ignore[arg-type]
    assert judged_others.is_made_of("human_edit", names) is True
    assert judged_others.is_made_of("human_edit", ("source", "human_edit")) is False


def test_of_several_columns_the_first_that_is_filled_is_the_answer_and_other_judges_stay() -> None:
    row = {"q": "Who?", "corrected_answer": "She.", "answer": "He.", "colour": "red", "votes": 3, "is_correct": False}
    for response, given, filled, label, left in (
        ("corrected_answer, answer", {}, "corrected_answer", "colour", "colour"),
        ("corrected_answer, answer", {}, "corrected_answer", "votes >= 2", "votes >= 2"),
        ("corrected_answer, answer", {}, "corrected_answer", "is_correct, colour", "colour"),
        ("corrected_answer, answer", {"corrected_answer": "same"}, "answer", "is_correct", "is_correct"),
        ("answer, note", {"answer": "same", "note": "x"}, "answer", "is_correct", "is_correct"),
    ):  # fmt: skip
        where = first_filled.of(Columns(prompt="q", response=response, label=label), {**row, **given})
        assert (where.response, where.label) == (filled, left), (response, label)


def test_a_limit_is_held_against_the_number_of_a_choice_and_against_a_list() -> None:
    least, empty = (label_limits.limit_of(text) for text in ("rating >= 3", "mqm_errors = []"))
    assert least is not None and empty is not None
    for text, holds in (("1." + "x" * 38, False), ("3." + "x" * 38, True), ("1." + "x" * 39, None)):
        assert score_limits.holds(least, text) is holds, text
    day = label_limits.limit_of("day >= 2024-03-02")
    assert day is not None
    for said, late in (("2024-03-02", True), ("2024-03-01", False), ("03/02/2024", None), ("blue", None)):
        assert score_limits.holds(day, said) is late, said
    for value, against in (([], None), ("[]", None), (["x"], "…"), ("x", "x"), (None, None)):
        assert score_limits.against(empty, value) == ((empty.place, against) if against else None), value


def test_a_limit_to_begin_with_fits_the_scale() -> None:
    best = "rating (1 = best)"
    for place, figures, limit in (
        (best, [1, 3], f"{best} <= 1"), (best, [1, 5], f"{best} <= 2"), (best, [1, 6], f"{best} <= 3"),
        ("votes", [0, 7], "votes >= 1"), ("votes", [0, 0.5, 1], "votes >= 0.5"), ("score", [0, 1], "score >= 1"),
        ("score", [1, 3], "score >= 3"),
    ):  # fmt: skip
        assert score_limits.proposed(place, figures) == limit, (place, figures)


def test_the_opposite_of_a_short_word_and_the_number_of_a_choice() -> None:
    for word, condemns in (
        ("not ok", True),
        ("not a", None),
        ("ok", None),
        ("answer accepted", False),
        ("answer rejected", True),
    ):
        assert opposites.of(word) is condemns, word
    for text, bare in (("1. good", "good"), ("1. blue", "1. blue"), ("2: pending", "pending"), ("good", "good")):
        assert opposites.without_number(text) == bare, text


def test_what_a_column_judges_is_told_by_its_name_and_by_the_answers() -> None:
    for name, kind in (
        ("prompt_label", "request"), ("is_jailbreak", "request"), ("prompt_harmful", "request"), ("harmful", "harm"),
        ("ticket_status", "stated"), ("rejected_status", None), ("question_status", None),
        ("Correct (y/n)", "answer"), ("Colour (x)", None), ("response_safe", "safe"), ("gemini_correct", None),
    ):  # fmt: skip
        assert verdict_names.kind_of(name) == kind, name
    assert verdict_names.kind_of("gemini_correct", "gemini_attempt") == "answer"
    assert verdict_names.is_ticked_by_x("Correct (x)") is True
    assert verdict_names.is_ticked_by_x("Colour (x)") is False is verdict_names.is_ticked_by_x("Correct")
    for names, response, judging in (
        (("response_quality", "openai_moderation"), "response", ["openai_moderation", "response_quality"]),
        (("r1_solution", "r1_correct", "zz_correct"), None, ["r1_correct"]),
        (("gpt_correct", "gpt_answer", "me_answer", "is_correct"), "me_answer", ["is_correct"]),
    ):  # fmt: skip
        assert [name for name, _ in verdict_names.judging(names, response)] == judging, names


def test_what_a_word_says_of_each_kind_and_how_long_one_may_be() -> None:
    for kind, value, finding in (
        ("remark", "harmful", True), ("stated", "harmful", None), ("thumb", "The answer is wrong.", True),
        ("answer", "The answer is wrong.", None), ("answer", "fairly satisfied", False),
        ("run", "fairly satisfied", False),
    ):  # fmt: skip
        assert verdict_values.finding(kind, value) is finding, (kind, value)  # type: ignore[arg-type]
    assert verdict_values.is_known("run", "fairly satisfied") is True is verdict_values.is_known("run", "good")
    for text, head in (
        ("bad", None), ("blue, bad", None), ("good, bad", "bad"), ("good; ok", "good"), ("bad: it is so", "bad"),
    ):  # fmt: skip
        assert verdict_values.head_of(text) == head, text
    longest = verdict_values.LONGEST
    assert verdict_values.is_unsettled("pending".ljust(longest)) is True
    assert verdict_values.is_unsettled("pending".ljust(longest + 1)) is False
    assert verdict_values.word_of("X" * longest) == "x" * longest
    assert verdict_values.word_of("X" * (longest + 1)) == f"{'x' * (longest + 1)} {'x' * (longest + 1)}"


def test_one_answer_or_a_text_has_no_figures_that_judge_it_and_ranks_are_places() -> None:
    row = {"q": "p", "answers": ["one", "two"]}
    for beside, chosen in (
        ({"ranks": [1, 9]}, None),
        ({"ranks": [1, 3]}, None),
        ({"ranks": [2, 0]}, None),
        ({"ranks": [1, 0]}, 1),
        ({"ranks": [2, 1]}, 1),
        ({"scores": "12"}, None),
        ({"scores": [3, 4]}, 1),
    ):
        found = samples.of({**row, **beside}, W, {})
        assert (None if found is None else found.number) == chosen, beside
    for answers, columns in ((["one", "two"], ["scores"]), (["one"], []), ("one", []), ([], [])):
        scores = [1] * len(answers)
        assert samples.judges({"q": "p", "answers": answers, "scores": scores}, W) == columns, answers
