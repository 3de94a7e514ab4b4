"""All chats of a program together: Cherry Studio's backup, AnythingLLM's export as a table."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from engine.data.files.test_files_people_have import put, read
from helpers.rows import parsed, reason
from so8t_engine.data import drop_reasons

Q, A = "Which saw is it?", "The small one."


def exported(**more: Any) -> dict[str, Any]:
    row = {"id": 1, "prompt": Q, "response": A, "sent_at": "2025-11-01T10:00:00.000Z", "workspace": "home"}
    return {**row, "username": "me", "rating": "--", **more}


@pytest.mark.parametrize("rating", ["--", "GOOD"])
def test_a_row_of_anythingllm_is_a_question_and_its_answer(rating: str) -> None:
    result = parsed(exported(rating=rating, attachments=[]))
    assert (result.prompt, result.response) == (Q, A)
    embedded = {name: value for name, value in exported().items() if name not in ("username", "rating")}
    assert parsed(embedded).response == A


def test_of_anythingllm_a_thumb_down_and_a_picture_are_never_learnt() -> None:
    assert reason(exported(rating="BAD")) == drop_reasons.labelled_bad("rating", "BAD")
    picture = {"type": "image", "image": "data:image/png;base64,AAAA"}
    assert reason(exported(attachments=[picture])) == drop_reasons.NEEDS_MEDIA


def test_anythingllms_table_is_read_as_it_writes_it(tmp_path: Path) -> None:
    rows = [exported(id=n, rating=rating) for n, rating in enumerate(("GOOD", "BAD"))]
    lines = [",".join(rows[0]), *(",".join(f'"{value}"' for value in row.values()) for row in rows)]
    found, _ = read(put(tmp_path / "chats.csv", "\n".join(lines)))
    assert parsed(found[0]).response == A and reason(found[1]) == drop_reasons.labelled_bad("rating", "BAD")


def message(number: int, role: str, *blocks: tuple[str, str], **more: Any) -> dict[str, Any]:
    return {"id": f"m{number}", "role": role, "status": "success", "topicId": "t", "blocks": [*blocks], **more}


def backup(*topics: list[dict[str, Any]]) -> dict[str, Any]:
    """As version 5 has it: blocks lie apart, and a message names them."""
    blocks = []
    for topic in topics:
        for one in topic:
            named = []
            for place, (kind, text) in enumerate(one["blocks"]):
                named.append(f"{one['id']}-{place}")
                blocks.append({"id": named[-1], "messageId": one["id"], "type": kind, "content": text})
            one["blocks"] = named
    kept = {"topics": [{"id": f"t{n}", "messages": topic} for n, topic in enumerate(topics)], "message_blocks": blocks}
    return {
        "time": 1,
        "version": 5,
        "localStorage": {"persist:cherry-studio": "{}"},
        "indexedDB": {**kept, "files": []},
    }


def test_each_talk_of_a_backup_of_cherry_studio_is_a_row(tmp_path: Path) -> None:
    asked = message(1, "user", ("main_text", Q))
    told = message(2, "assistant", ("thinking", "It is small."), ("main_text", A), ("citation", ""), askId="m1")
    data = json.dumps(backup([asked, told], [], [message(3, "user", ("main_text", "How?"))]), ensure_ascii=False)
    said = {"role": "assistant", "content": f"<think>It is small.</think>{A}"}
    talk = {"topic": "t0", "messages": [{"role": "user", "content": Q}, said]}
    alone = {"topic": "t2", "messages": [{"role": "user", "content": "How?"}]}
    assert read(put(tmp_path / "data.json", data)) == ([talk, alone], [])
    result = parsed(talk)
    assert (result.prompt, result.response, result.reasoning) == (Q, A, "It is small.")

    with zipfile.ZipFile(tmp_path / "cherry-studio.202511281200.zip", "w") as archive:
        archive.writestr("data.json", data)
    assert read(tmp_path / "cherry-studio.202511281200.zip")[0] == [talk, alone]


def test_of_several_models_answers_the_useful_one_counts_else_the_first_and_no_failed_one(tmp_path: Path) -> None:
    def answers(**useful: Any) -> list[dict[str, Any]]:
        failed = message(2, "assistant", ("error", ""), askId="m1", status="error")
        stopped = message(3, "assistant", ("main_text", "Half an"), askId="m1", status="paused")
        first = message(4, "assistant", ("main_text", "First."), askId="m1")
        second = message(5, "assistant", ("main_text", "Second."), askId="m1", **useful)
        return [message(1, "user", ("main_text", Q)), failed, stopped, first, second]

    for useful, said in (({}, "First."), ({"useful": True}, "Second.")):
        [row] = read(put(tmp_path / "data.json", json.dumps(backup(answers(**useful)))))[0]
        assert [turn["content"] for turn in row["messages"]] == [Q, said]


def test_where_the_context_was_cleared_another_talk_begins_and_pictures_are_not_learnt(tmp_path: Path) -> None:
    topic = [
        message(1, "user", ("main_text", Q)), message(2, "assistant", ("main_text", A)),
        message(3, "user", type="clear"), message(4, "user", ("main_text", "What is it?"), ("image", "")),
        message(5, "assistant", ("main_text", "A saw.")),
    ]  # fmt: skip
    first, second = read(put(tmp_path / "data.json", json.dumps(backup(topic))))[0]
    assert parsed(first).response == A and reason(second) == drop_reasons.NEEDS_MEDIA


def test_messages_of_older_backups_hold_their_text_themselves(tmp_path: Path) -> None:
    old = backup([])
    told = {"id": "2", "role": "assistant", "content": A, "reasoning_content": "So."}
    old["indexedDB"] = {"topics": [{"id": "t", "messages": [{"id": "1", "role": "user", "content": Q}, told]}]}
    [row] = read(put(tmp_path / "data.json", json.dumps(old)))[0]
    assert (parsed(row).response, parsed(row).reasoning) == (A, "So.")
