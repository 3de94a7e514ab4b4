"""Of the answers that several people gave to a question the accepted one is learnt, else the one with most votes."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import of_source, parsed, reason
from so8t_engine.config.run_config import Columns, Dataset
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import choose_adapter, unused_keys
from so8t_engine.data.adapters.parsed_row import ParsedRow
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
