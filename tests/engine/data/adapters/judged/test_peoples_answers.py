"""Of the answers that several people gave to a question the accepted one is learnt, else the one with most votes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from helpers.rows import of_source, parsed, reason
from so8t_engine.config.run_config import Columns, Dataset
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import choose_adapter, unused_keys
from so8t_engine.data.adapters.judged import peoples_answers
from so8t_engine.data.adapters.parsed_row import ParsedRow, Skip
from so8t_engine.data.notes import absent_columns, label_notes, source_notes

NOBODY = drop_reasons.none_is_better("AcceptedAnswerId")
BAD, GOOD, OTHER = "Delete it and clone again.", "Run git reset --soft HEAD~1.", "Use the menu."


def post(*answers: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"Title": "How do I undo a commit?", "Body": "I committed too early.", **more, "Answers": [*answers]}


@pytest.mark.parametrize(
    "row",
    [
        post({"Id": 1, "Score": 140, "Body": BAD}, {"Id": 2, "Score": 88, "Body": GOOD}, AcceptedAnswerId=2),
        post({"Id": 1, "Score": 3, "Body": BAD}, {"Id": 2, "Score": 8, "Body": GOOD}, AcceptedAnswerId=None),
        post({"Id": 1, "Score": 3, "Body": BAD}, {"Id": 2, "Score": 8, "Body": GOOD}, AcceptedAnswerId="99"),
        post({"answer_id": "a", "text": BAD}, {"answer_id": "b", "text": GOOD}, accepted_answer_id="b"),
        post({"text": BAD, "is_accepted": False}, {"text": GOOD, "is_accepted": True}),
        post({"text": BAD, "accepted": False, "upvotes": 9}, {"text": GOOD, "accepted": True, "upvotes": 1}),
        post({"text": GOOD, "accepted": True}),
        post({"text": BAD, "upvotes": 40, "downvotes": 38}, {"text": GOOD, "upvotes": 12, "downvotes": 2}),
        post({"text": BAD, "votes": 1}, {"text": GOOD, "votes": 4}, {"text": OTHER, "votes": 2}),
        post({"Id": 7, "Score": 45, "Body": GOOD}, AcceptedAnswerId=7),
        post({"answerText": BAD, "helpful": 9, "notHelpful": 8}, {"answerText": GOOD, "helpful": 3, "notHelpful": 0}),
        post({"text": BAD, "helpful": 9, "unhelpful": 8}, {"text": GOOD, "helpful": 3, "unhelpful": 0}),
        post({"text": BAD, "votesUp": 9, "votesDown": 8}, {"text": GOOD, "votesUp": 3, "votesDown": 0}),
        post({"回答": BAD, "いいね": 1}, {"回答": GOOD, "いいね": 3}),
    ],
)
def test_the_accepted_one_is_learnt_else_the_one_with_most_votes(row: dict[str, Any]) -> None:
    found = parsed(row)
    assert (found.prompt, found.response) == ("How do I undo a commit?\n\nI committed too early.", GOOD)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (post({"Id": 1, "Score": 0, "Body": BAD}, AcceptedAnswerId=None), NOBODY),
        (post({"text": BAD, "ups": 1, "downs": 9}), drop_reasons.labelled_bad("Answers.ups", "-8")),
        (post({"text": BAD, "helpful": 1, "notHelpful": 9}), drop_reasons.labelled_bad("Answers.helpful", "-8")),
        (post({"text": BAD, "votes": 2}, {"text": GOOD, "votes": 2}), drop_reasons.none_is_better("Answers.votes")),
        (post({"text": BAD, "accepted": False}), drop_reasons.labelled_bad("Answers.accepted", "false")),
    ],
)  # fmt: skip
def test_what_nobody_is_for_is_not_learnt(row: dict[str, Any], why: Any) -> None:
    assert reason(row) == why


@pytest.mark.parametrize(
    "row",
    [
        post({"text": BAD}, {"text": GOOD}),
        {"title": "News of today", "comments": [{"text": BAD, "ups": 1}, {"text": GOOD, "ups": 4}]},
        {"name": "x", "answers": [{"text": BAD, "votes": 1}, {"text": GOOD, "votes": 4}]},
    ],
)
def test_answers_that_nothing_tells_apart_and_comments_are_not_read(row: dict[str, Any]) -> None:
    assert choose_adapter.choose(choose_adapter.OF_NO_FILE, row) is None


GIVEN = {"small": BAD, "large": GOOD, "human": OTHER}


@pytest.mark.parametrize(
    "beside",
    [
        {"scores": {"small": 1.5, "large": 8.7, "human": 7.9}}, {"ranks": {"small": 3, "large": 1, "human": 2}},
        {"is_correct": {"small": False, "large": True, "human": False}}, {"winner": "large"}, {"best": "Large"},
    ],
)  # fmt: skip
@pytest.mark.parametrize("column", ["outputs", "responses", "answers"])
def test_of_answers_under_their_givers_names_the_best_is_learnt(column: str, beside: dict[str, Any]) -> None:
    assert parsed({"input": "How do I undo a commit?", column: GIVEN, **beside}).response == GOOD


@pytest.mark.parametrize("beside", [{}, {"scores": {"small": 1, "large": 2}}, {"winner": "nobody"}])
def test_of_answers_under_names_that_nothing_tells_apart_none_is_learnt(beside: dict[str, Any]) -> None:
    row = {"input": "How do I undo a commit?", "outputs": GIVEN, **beside}
    assert choose_adapter.choose(choose_adapter.OF_NO_FILE, row) is None


def test_who_gave_the_best_one_may_stand_beside_a_list() -> None:
    row = {"prompt": "Undo?", "responses": [{"model": "x", "text": BAD}, {"model": "y", "text": GOOD}], "winner": "y"}
    assert parsed(row).response == GOOD


@pytest.mark.parametrize("label", [{}, {"label": "AcceptedAnswerId"}])
def test_the_line_that_names_the_list_obeys_the_accepted_one_too(label: dict[str, str]) -> None:
    row = post({"Id": 1, "Score": 140, "Body": BAD}, {"Id": 2, "Score": 88, "Body": GOOD}, AcceptedAnswerId=2)
    assert parsed(row, columns={"prompt": "Title", "response": "Answers", **label}).response == GOOD


@pytest.mark.parametrize(("up", "down"), [("upvotes", "downvotes"), ("helpful", "notHelpful")])
@pytest.mark.parametrize("both", [False, True])
def test_the_line_that_names_the_votes_chooses_by_them(up: str, down: str, both: bool) -> None:
    row = post({"text": BAD, up: 40, down: 38}, {"text": GOOD, up: 12, down: 2})
    label = f"Answers.{up}" + f", Answers.{down}" * both
    columns = Columns(prompt="Title", response="Answers", label=label)
    assert parsed(row, columns=columns).response == GOOD
    said = label_notes.of_named([row], columns, {}, None)
    assert said == []


def test_the_question_of_a_shop_is_read_with_its_best_answer_and_the_votes_against_it_are_used() -> None:
    question = {"questionText": "How do I undo a commit?", "asin": "B01"}
    answers = [{"answerText": BAD, "helpful": 1, "notHelpful": 9}, {"answerText": GOOD, "helpful": 1, "notHelpful": 0}]
    row = {**question, "answers": answers}
    assert parsed(row).response == parsed(row, columns={"prompt": "questionText", "response": "answers"}).response
    assert parsed(row).response == GOOD
    assert unused_keys.of(row, Columns(prompt="questionText", response="answers")) == []


@pytest.mark.parametrize(("label", "told"), [("Answers.upvotes", 0), ("Answers.zork", 1), ("Answers.0.upvotes", 0)])
def test_a_place_in_each_object_of_a_list_is_there_to_be_named(label: str, told: int) -> None:
    row = post({"text": BAD, "upvotes": 4}, {"text": GOOD, "upvotes": 12})
    columns = Columns(prompt="Title", response="Answers", label=label)
    dataset = Dataset(name="x", path="x.jsonl", source="local", columns=columns)
    assert len(absent_columns.notes(dataset, [row])) == told


def asked(*answers: tuple[bool | None, int | None, str], **more: Any) -> dict[str, Any]:
    """A question as Stack Exchange's API gives it."""
    given = [
        {"answer_id": number, "is_accepted": mark, "score": score, "body": body}
        for number, (mark, score, body) in enumerate(answers)
    ]
    ids = (
        {}
        if True not in [mark for mark, _, _ in answers]
        else {"accepted_answer_id": [a[0] for a in answers].index(True)}
    )
    told = [{key: value for key, value in one.items() if value is not None} for one in given]
    return {"title": "Is it dead?", "body": "It is grey.", "score": 9, "question_id": 7, **ids, **more, "answers": told}


TIED = drop_reasons.none_is_better("answers.score")


@pytest.mark.parametrize(
    ("row", "becomes"),
    [
        (asked((False, -2, BAD), (True, 14, GOOD)), GOOD),
        (asked((False, 40, BAD), (True, 3, GOOD)), GOOD),
        (asked((False, 2, BAD), (False, 6, GOOD)), GOOD),
        (asked((False, 6, GOOD)), GOOD),
        (asked((True, 0, GOOD)), GOOD),
        (asked((True, None, GOOD)), GOOD),
        (asked((False, 3, GOOD), accepted_answer_id=99), GOOD),
        (asked((False, 0, GOOD)), TIED),
        (asked((False, 3, BAD), (False, 3, GOOD)), TIED),
        (asked((False, -1, GOOD)), drop_reasons.labelled_bad("answers.score", "-1")),
        (asked((False, -1, BAD), (False, -4, GOOD)), drop_reasons.labelled_bad("answers.score", "-1")),
        (asked((False, 4, BAD), (True, -3, GOOD)), drop_reasons.labelled_bad("answers.score", "-3")),
        (asked((False, None, GOOD)), drop_reasons.labelled_bad("answers.is_accepted", "false")),
    ],
)
def test_what_nobody_accepted_is_learnt_only_by_its_votes_and_nothing_that_was_voted_down(
    row: dict[str, Any], becomes: Any
) -> None:
    [found] = of_source([row])
    assert (found.response if isinstance(found, ParsedRow) else found) == becomes


ROWS = [asked((False, -2, BAD), (True, 14, GOOD)), asked((False, 2, BAD), (False, 6, GOOD)), asked((False, 1, OTHER))]
ALL_LABELS = "accepted_answer_id, answers.is_accepted, answers.score"


@pytest.mark.parametrize(
    ("label", "learnt"),
    [(None, 3), ("answers.is_accepted", 1), (ALL_LABELS, 3), ("answers.is_accepted, answers.score", 3)],
)
def test_the_mark_alone_wants_accepted_answers_alone(label: str | None, learnt: int) -> None:
    found = of_source(ROWS, columns={"prompt": "title", "response": "answers", **({"label": label} if label else {})})
    assert sum(isinstance(one, ParsedRow) for one in found) == learnt


def notes_of(rows: list[dict[str, Any]]) -> list[str]:
    dataset = Dataset(name="x", path="x.json", source="local")
    return [note.code for note in source_notes.of_rows(dataset, rows, {})]


def test_that_nobody_accepted_what_is_learnt_is_said_and_a_questions_votes_are_none_of_its_answers() -> None:
    assert notes_of(ROWS) == ["data.unaccepted_learnt_line"]
    assert notes_of(ROWS[:1]) == [] and notes_of([asked((False, 0, BAD))]) == []
    dumped = post({"Id": 1, "Score": 3, "Body": BAD}, {"Id": 2, "Score": 8, "Body": GOOD}, AcceptedAnswerId=None)
    assert notes_of([dumped]) == ["data.unaccepted_learnt"]
    dataset = Dataset(name="x", path="x.json", source="local")
    [said] = [note for note in source_notes.of_rows(dataset, ROWS, {}) if note.code.startswith("data.unaccepted")]
    assert said.args["count"] == 2 and "label: answers.is_accepted}" in str(said.args["line"])
    where = source_notes.mapping(dataset, ROWS[0])
    assert where is not None and {*str(where.label).split(", ")} == {*ALL_LABELS.split(", ")}


def voted(*votes: Any, **more: Any) -> list[dict[str, Any]]:
    return [{"text": "So.", "votes": vote, **more} for vote in votes]


IDS, BOTH = [{"Id": 1}, {"Id": 2}], [{"up votes": 3, "Down_Votes": 1}, {"up votes": 4, "Down_Votes": 5}]
MARKED = [{"accepted": True, "score": 1}, {"accepted": False, "score": 2}]
ACCEPTS = {"AcceptedAnswerId": 9}
CASES: list[tuple[Callable[..., Any], tuple[Any, ...], object]] = [
    (peoples_answers.tells, ({}, "answers", BOTH), True),
    (peoples_answers.tells, ({}, "x.answers", BOTH), True),
    (peoples_answers.tells, ({}, "colours", BOTH), False),
    (peoples_answers.tells, ({}, "answers", []), False),
    (peoples_answers.tells, ({}, "answers", "x"), False),
    (peoples_answers.tells, ({}, "answers", [{"best": 1}, {"text": "So."}]), True),
    (peoples_answers.tells, (ACCEPTS, "answers", IDS), True),
    (peoples_answers.tells, (ACCEPTS, "answers", [{"Id": 1}, {"x": 2}]), False),
    (peoples_answers.tells, ({"x": 1}, "answers", IDS), False),
    (peoples_answers.judges, (ACCEPTS, "answers", [{**one, **mark} for one in IDS for mark in MARKED]),
     ["AcceptedAnswerId", "answers.accepted", "answers.score"]),
    (peoples_answers.judges, ({}, "answers", MARKED), ["answers.accepted", "answers.score"]),
    (peoples_answers.judges, ({}, "answers", [{"x": True, "score": 1}]), []),
    (peoples_answers.judges, ({}, "answers", [{"accepted": 1, "score": 1}]), []),
    (peoples_answers.judges, ({}, "answers", "x"), []),
    (peoples_answers.votes, ("answers", BOTH), ["answers.up votes", "answers.Down_Votes"]),
    (peoples_answers.votes, ("answers", voted(1)), ["answers.votes"]),
    (peoples_answers.votes, ("answers", MARKED), []),
    (peoples_answers.votes, ("answers", "x"), []),
    (peoples_answers.accepted, ({"AcceptedAnswerId": 2}, IDS), 1),
    (peoples_answers.accepted, ({"AcceptedAnswerId": 3}, IDS), None),
    (peoples_answers.accepted, ({"AcceptedAnswerId": 2}, [*IDS, {"Id": "2.0"}]), None),
    (peoples_answers.accepted, ({"AcceptedAnswerId": ""}, [{"Id": ""}, {"Id": 2}]), None),
    (peoples_answers.accepted, ({"AcceptedAnswerId": 2}, ["x"]), None),
    (peoples_answers.accepted, ({"best_answer_id": "a"}, [{"answer id": "b"}, {"answer id": "a"}]), 1),
    (peoples_answers.most_voted, ({}, "answers", voted(0, 1)), 1),
    (peoples_answers.most_voted, ({}, "answers", voted(0)), 0),
    (peoples_answers.most_voted, ({}, "answers", BOTH), 0),
    (peoples_answers.most_voted, ({}, "answers", MARKED), 1),
    (peoples_answers.most_voted, ({}, "answers", [{"x": False, "score": 1}]), None),
    (peoples_answers.most_voted, ({}, "answers", voted(1, None)), None),
    (peoples_answers.most_voted, ({}, "answers", [BOTH[0], {"up votes": 4, "Down_Votes": None}]), None),
    (peoples_answers.most_voted, (ACCEPTS, "answers", IDS[:1]), None),
    (peoples_answers.most_voted, ({}, "answers", ["x"]), None),
    (peoples_answers.unaccepted, (ACCEPTS, "answers", [{"Id": 1, "score": 2}, {"Id": 2, "score": 1}]), True),
    (peoples_answers.unaccepted, ({"AcceptedAnswerId": 1}, "answers", [{"Id": 1, "score": 2}]), False),
    (peoples_answers.unaccepted, ({}, "answers", MARKED), False),
    (peoples_answers.unaccepted, ({}, "answers", [{"accepted": False, "score": 2}] * 2), False),
    (peoples_answers.unaccepted, ({}, "answers", [{"accepted": False}]), False),
    (peoples_answers.unaccepted, ({}, "answers", voted(1, 2)), False),
    (peoples_answers.unaccepted, ({}, "answers", "x"), False),
    (peoples_answers.voted_down, (ACCEPTS, "answers", [{"Id": 1, "score": -2}], 0), ("answers.score", "-2")),
    (peoples_answers.voted_down, ({}, "answers", [{"accepted": True, "score": -1}], 0), ("answers.score", "-1")),
    (peoples_answers.voted_down, ({}, "answers", [{"accepted": True, "score": 0}], 0), None),
    (peoples_answers.voted_down, ({}, "answers", [{"accepted": True}], 0), None),
    (peoples_answers.voted_down, ({}, "answers", [{"score": -1}], 0), None),
    (peoples_answers.voted_down, ({}, "answers", "x", 0), None),
    (peoples_answers.are_wanted, (ACCEPTS, "answers", [{"Id": 1, "votes": 3}], ["AcceptedAnswerId"]), True),
    (peoples_answers.are_wanted, ({}, "answers", voted(1, 2), ["AcceptedAnswerId"]), True),
    (peoples_answers.are_wanted, ({}, "answers", BOTH, ["answers.up votes", "answers.Down_Votes"]), True),
    (peoples_answers.are_wanted, ({}, "answers", [{"accepted": True}], ["answers.accepted"]), True),
    (peoples_answers.are_wanted, ({"x": 1}, "answers", voted(1, 2), ["x"]), False),
    (peoples_answers.mapping, ({"title": "Why?", "body": 7, "answers": voted(1, 2)},),
     Columns(prompt="{title}\\n\\n{body}", response="answers")),
    (peoples_answers.mapping, ({"title": "Why?", "answers": voted(1, 2), "replies": voted(1, 2)},), None),
    (peoples_answers.mapping, ({"title": 7, "answers": voted(1, 2)},), None),
    (peoples_answers.mapping, ({"件名": "Why?", "本文": {"type": "image"}, "回答": voted(1, 2)},),
     Columns(prompt="件名", response="回答")),
    (peoples_answers.acceptance, ([{"IsAccepted": True}, {"IsAccepted": False}],), "IsAccepted"),
    (peoples_answers.acceptance, ([{"IsAccepted": 1, "accepted": True}],), "accepted"),
    (peoples_answers.acceptance, ("x",), None),
]  # fmt: skip


@pytest.mark.parametrize(("function", "given", "value"), CASES)
def test_what_tells_answers_apart_and_which_one_that_is(
    function: Callable[..., Any], given: tuple[Any, ...], value: object
) -> None:
    said = function(*given)
    assert (said, type(said)) == (value, type(value))


NONE = drop_reasons.none_is_better


@pytest.mark.parametrize(
    ("row", "answers", "why"),
    [
        ({}, voted(-1), drop_reasons.labelled_bad("answers.votes", "-1")),
        ({}, voted(-1, -2), drop_reasons.labelled_bad("answers.votes", "-1")),
        ({}, BOTH[1:], drop_reasons.labelled_bad("answers.up votes", "-1")),
        ({}, voted(0, -1), NONE("answers.votes")), ({}, voted(1, 1), NONE("answers.votes")),
        ({}, voted(2, 1, 2), NONE("answers.votes")), (ACCEPTS, [{"Id": 1, "votes": 0}], NONE("AcceptedAnswerId")),
        ({}, [{"accepted": False, "score": 0}], NONE("answers.score")), (ACCEPTS, IDS, NONE("AcceptedAnswerId")),
        (ACCEPTS, [{**one, "score": 2} for one in IDS], NONE("AcceptedAnswerId")),
    ],
)  # fmt: skip
def test_why_none_of_several_is_learnt(row: dict[str, Any], answers: list[dict[str, Any]], why: object) -> None:
    with pytest.raises(Skip) as skipped:
        peoples_answers.most_voted(row, "answers", answers)
    assert skipped.value.reason == why
