"""Of a forum's topic the accepted post is learnt, and nothing where none is accepted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from helpers.rows import whole
from so8t_engine.data import drop_reasons
from so8t_engine.data.files import local_files

ASKS = "<p>The bridge blinks <em>orange</em>.</p>"


def post(number: int, text: str, **more: Any) -> dict[str, Any]:
    return {"id": number, "post_number": number, "username": f"u{number}", "cooked": text, **more}


def topic(*posts: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": 5, "title": "No pairing", **more, "post_stream": {"posts": list(posts), "stream": [1, 2]}}


FIRST, SAME = post(1, ASKS, accepted_answer=False), post(2, "<p>Same here!</p>", accepted_answer=False)
BEST, RIGHT = post(3, "<p>Hold the button.</p>", accepted_answer=True), post(3, "<p>Hold the button.</p>")
READ = {"prompt": "No pairing\n\nThe bridge blinks *orange*.", "response": "Hold the button."}


@pytest.mark.parametrize(
    ("row", "read"),
    [
        (topic(FIRST, SAME, BEST), READ), (topic(BEST, SAME, FIRST), READ),
        (topic(FIRST, SAME, RIGHT, accepted_answer={"post_number": 3}), READ),
        (topic(FIRST, SAME, RIGHT, accepted_answer=[{"post_number": 3}]), READ),
        (topic(FIRST, SAME, RIGHT), drop_reasons.NOT_ACCEPTED),
        (topic(FIRST, SAME, accepted_answer={"post_number": 30}), drop_reasons.NOT_ACCEPTED),
        (topic(FIRST, SAME, {**BEST, "deleted_at": "2025-01-02"}), drop_reasons.NOT_ACCEPTED),
        (topic(FIRST, SAME, {**BEST, "hidden": True}), drop_reasons.NOT_ACCEPTED),
        (topic(FIRST), drop_reasons.UNANSWERED), (topic({**FIRST, "accepted_answer": True}), drop_reasons.UNANSWERED),
        (topic(SAME, BEST), drop_reasons.NO_QUESTION), (topic(FIRST, {**BEST, "cooked": ""}), drop_reasons.EMPTY_FIELD),
        (topic(FIRST, {**BEST, "raw": "Hold *it*."}), {**READ, "response": "Hold *it*."}),
        (topic(FIRST, {**BEST, "raw": '[quote="u1, post:1"]\nThe bridge\n[/quote]\n\nHold it.'}),
         {**READ, "response": "Hold it."}),
        (topic(FIRST, {**BEST, "cooked": '<aside class="quote"><p>The bridge</p></aside>\n<p>Hold it.</p>'}),
         {**READ, "response": "Hold it."}),
        (topic(FIRST, {**BEST, "cooked": '<p><a class="mention" href="/u/u1">@u1</a> hold it.</p>'}),
         {**READ, "response": "@u1 hold it."}),
        ({**topic(FIRST, BEST), "title": None}, {**READ, "prompt": "The bridge blinks *orange*."}),
    ],
)  # fmt: skip
def test_the_first_post_is_answered_by_the_accepted_one(row: dict[str, Any], read: object) -> None:
    assert whole(row) == read


@pytest.mark.parametrize("lists", [{}, {"suggested_topics": [{"id": 9, "title": "Other"}]}])
def test_a_topic_alone_in_a_file_is_one_row_whatever_the_forum_suggests(lists: dict[str, Any], tmp_path: Path) -> None:
    (path := tmp_path / "5.json").write_text(json.dumps({**topic(FIRST, SAME, BEST), **lists}), encoding="utf-8")
    [file] = local_files.find(str(path))

    [row] = local_files.read(file, 10_000)

    assert whole(json.loads(row.text)) == READ  # type: ignore[union-attr]
