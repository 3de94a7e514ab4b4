"""What VS Code exports of a chat with Copilot: good answers are learnt, those with a thumb down or cut off are not."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from helpers.rows import parsed, reason
from so8t_engine.data import drop_reasons
from so8t_engine.data.files import json_documents
from so8t_engine.data.files.row_readers import RawRow

Q, A = "How do I reverse a list?", "Keep three pointers."


def rows(*requests: dict[str, Any]) -> list[dict[str, Any]]:
    whole = {"requesterUsername": "mika", "responderUsername": "GitHub Copilot", "requests": list(requests)}
    found = json_documents.json_rows(io.BytesIO(json.dumps(whole, indent=1).encode()), 10_000)
    return [json.loads(item.text) for item in found if isinstance(item, RawRow)]


def request(*parts: Any, **more: Any) -> dict[str, Any]:
    asked = {"text": Q, "parts": [{"kind": "text", "text": Q}]}
    return {"requestId": "r", "message": asked, "response": list(parts) or [{"value": A}], "isCanceled": False, **more}


def refers(to: Any) -> dict[str, Any]:
    return {"kind": "inlineReference", "inlineReference": to}


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ([{"value": A}], A),
        ([{"value": "Keep "}, {"value": "three pointers."}], A),
        ([{"kind": "toolInvocationSerialized", "value": "x"}, {"kind": "markdownContent", "content": {"value": A}}], A),
        ([{"value": "See "}, {"kind": "inlineReference", "name": "list.c"}, {"value": "."}, "x"], "See `list.c`."),
        (
            [{"value": "See "}, refers({"name": "next", "location": {"uri": {"path": "/a.c"}}}), {"value": "."}],
            "See `next`.",
        ),
        ([{"value": "See "}, refers({"$mid": 1, "path": "/home/u/list.c", "scheme": "file"})], "See `list.c`"),
        ([{"value": "See "}, refers({"uri": {"fsPath": "c:\\src\\list.c"}, "range": {}})], "See `list.c`"),
        ([{"value": "See it"}, refers({"x": 1}), refers("y"), {"kind": "inlineReference"}], "See it"),
        (
            [
                {"kind": "prepareToolInvocation", "toolName": "x"},
                {"kind": "progressTaskSerialized", "content": {"value": "x"}},
                {"kind": "warning", "content": {"value": "x"}},
                {"kind": "textEditGroup", "edits": []},
                {"value": A},
            ],
            A,
        ),
    ],
)
@pytest.mark.parametrize("vote", [{}, {"vote": None}, {"vote": 1}])
def test_a_request_is_a_question_and_the_parts_of_its_response_the_answer(
    parts: list[Any], said: str, vote: dict[str, Any]
) -> None:
    [row] = rows(request(*parts, **vote))
    found = parsed(row)
    assert (found.prompt, found.response) == (Q, said)


@pytest.mark.parametrize("more", [{"isCanceled": True}, {"result": {"errorDetails": {"message": "x"}}}, {"vote": 0}])
def test_an_answer_with_a_thumb_down_or_that_was_cut_off_is_not_learnt(more: dict[str, Any]) -> None:
    """Both were proposed to be learnt."""
    [row] = rows(request(**more))
    assert getattr(reason(row), "code", None) == (
        drop_reasons.CUT_OFF_BY if "vote" not in more else drop_reasons.LABELLED_BAD_BY
    )


def test_what_goes_on_from_what_was_asked_before_stays_in_its_talk() -> None:
    """It was asked alone: "and the second?" was learnt without the first."""
    onward = request({"value": "The next node."}, message={"text": "and the second?"})
    bad, good = rows(request(vote=0), request({"kind": "progress"}, isCanceled=True), onward)
    assert getattr(reason(bad), "code", None) == drop_reasons.LABELLED_BAD_BY
    found = parsed(good)
    assert (found.response, found.messages) == (
        "The next node.", (("user", Q), ("assistant", A), ("user", "and the second?")),
    )  # fmt: skip


def test_what_is_no_request_of_it_stays_as_it_is() -> None:
    others = [request(message="x"), request() | {"response": "x"}, {**request(), "message": {"text": 1}}]
    assert rows(*others) == others


@pytest.mark.parametrize(
    ("values", "thought"),
    [
        (["Count the nodes."], "Count the nodes."), (["Count.", " Then turn. "], "Count.\n\nThen turn."),
        ([["Count ", "them."]], "Count them."), ([""], None), ([None], None), ([], None),
    ],
)  # fmt: skip
def test_what_was_thought_is_the_reasoning_of_the_answer(values: list[Any], thought: str | None) -> None:
    [row] = rows(request(*({"kind": "thinking", "value": value, "id": "t"} for value in values), {"value": A}))
    found = parsed(row)

    assert (found.prompt, found.response, found.reasoning) == (Q, A, thought)
