"""What annotators ranked, chatted and wrote in Label Studio and Argilla is learnt as they meant it."""

from __future__ import annotations

from typing import Any

import pytest

from engine.data.adapters.known.test_annotation_tools import choice, task, written
from helpers.rows import parsed, reason, whole
from so8t_engine.data import drop_reasons

Q, A = "Which saw is it?", "The small one."
ITEMS = [{"id": "m1", "title": "Model 1", "body": "No idea."}, {"id": "m2", "title": "Model 2", "body": A}]
ASKED = [{"role": "user", "content": Q}]


def ranks(*order: str, name: str = "rank", **more: list[str]) -> dict[str, Any]:
    return {"from_name": name, "to_name": "q", "type": "ranker", "value": {"ranker": {"rank": list(order), **more}}}


def message(role: str, text: str) -> dict[str, Any]:
    said = {"role": role, "content": text, "createdAt": 1}
    return {"from_name": "chat", "to_name": "chat", "type": "chatmessage", "value": {"chatmessage": said}}


def place(*path: str) -> dict[str, Any]:
    return {"from_name": "kind", "to_name": "q", "type": "taxonomy", "value": {"taxonomy": [list(path)]}}


def chat(*messages: dict[str, Any], **data: Any) -> dict[str, Any]:
    return {"id": 1, "data": {"topic": "tools", **data}, "annotations": [{"result": list(messages)}]}


def record(fields: dict[str, Any], responses: Any = None, **more: Any) -> dict[str, Any]:
    given = {name: [{"value": value, "user_id": "u"}] for name, value in (responses or {}).items()}
    return {"id": "1", "status": "completed", "fields": fields, "responses": given, "suggestions": {}, **more}


TWO = {"prompt": Q, "response1": "No idea.", "response2": A}


@pytest.mark.parametrize(
    "row",
    [
        task(ranks("m2", "m1"), prompt=Q, items=ITEMS),
        task(ranks("m2", "m1"), ranks("m1", "m2"), ranks("m2", "m1"), prompt=Q, items=ITEMS),
        chat(message("user", Q), message("assistant", A)), chat(message("assistant", A), messages=ASKED),
        {**chat(), "annotations": [{"result": [message("user", Q), message("assistant", A)]},
                                   {"result": [message("user", "What?"), message("assistant", "That.")]}]},
        {**chat(), "annotations": [{"result": [message("user", "What?")], "was_cancelled": True},
                                   {"result": [message("user", Q), message("assistant", A)]}]},
        task(written(A, "response"), messages=ASKED), task(written(A, "text"), chat=ASKED),
        record({"chat": ASKED}, {"text": A}), record({"chat": ASKED}, {"response": A, "topic": "tools"}),
        record(TWO, {"preference": [{"value": "response1", "rank": 2}, {"value": "response2", "rank": 1}]}),
        record(TWO, {"preference": ["response2", "response1"]}),
        task(place("Safe"), prompt=Q, response=A), task(place("Tools", "Saws"), prompt=Q, response=A),
        task(choice("Faithful", "faithful"), prompt=Q, response=A),
    ],
)  # fmt: skip
def test_the_answer_that_people_meant_is_learnt(row: dict[str, Any]) -> None:
    found = parsed(row)

    assert (found.prompt, found.response, found.bad_answer) == (Q, A, None)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (task(ranks("m2", "m1"), ranks("m1", "m2"), prompt=Q, items=ITEMS), drop_reasons.tied("rank")),
        (record(TWO, {"best": [{"value": "response1", "rank": 1}, {"value": "response2", "rank": 1}]}),
         drop_reasons.tied("best")),
        (record({"instruction": Q}, suggestions={"response": {"value": "That.", "agent": "x"}}, status="pending"),
         drop_reasons.UNANSWERED),
        (record({"chat": ASKED}, {"text": " "}), drop_reasons.NO_QUESTION),
    ],
)  # fmt: skip
def test_nothing_is_learnt_where_people_said_nothing_or_each_another(row: dict[str, Any], why: object) -> None:
    assert reason(row) == why


@pytest.mark.parametrize(
    "row",
    [
        task(place("Answer", "Wrong"), prompt=Q, response=A), task(place("Wrong", "Facts"), prompt=Q, response=A),
        task(choice("Not faithful", "faithful"), prompt=Q, response=A),
        task(choice("ungrounded", "check"), prompt=Q, response=A),
    ],
)  # fmt: skip
def test_a_place_in_a_taxonomy_and_unfaithfulness_judge(row: dict[str, Any]) -> None:
    assert getattr(reason(row), "code", None) == drop_reasons.LABELLED_BAD_BY


@pytest.mark.parametrize(
    ("items", "order"), [(ITEMS, ["m2"]), (ITEMS, ["m2", "m9"]), ([{"id": "m1"}], ["m1"]), ("x", ["m2", "m1"])]
)
def test_what_was_not_ranked_as_a_whole_has_no_best(items: Any, order: list[str]) -> None:
    row = task(ranks(*order), prompt=Q, response=A, items=items)

    assert whole(row) == {"prompt": Q, "response": A}


def test_a_list_that_was_sorted_into_several_has_no_order() -> None:
    row = task(ranks("m2", "m1", biased=["m1"]), prompt=Q, response=A, items=ITEMS)

    assert whole(row) == {"prompt": Q, "response": A}
