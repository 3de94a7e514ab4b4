"""Batches of requests to a model: answers are read with what was asked, which lies in another file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from helpers.sessions import refused
from so8t_engine.config.run_config import Dataset
from so8t_engine.data import admission
from so8t_engine.data.files import batch_halves, local_files
from so8t_engine.data.files.local_files import Reading
from so8t_engine.data.files.row_readers import RawRow
from so8t_engine.sentences import Sentence

Row = dict[str, Any]


def openai(number: str, asked: str, said: str | None) -> tuple[Row, Row]:
    body = {"choices": [{"message": {"role": "assistant", "content": said}, "finish_reason": "stop"}]}
    reply = {"status_code": 200, "body": body} if said else None
    messages = [{"role": "user", "content": asked}]
    return (
        {"custom_id": number, "method": "POST", "url": "/v1/chat/completions", "body": {"messages": messages}},
        {"id": "b", "custom_id": number, "response": reply, "error": None if said else {"code": "batch_expired"}},
    )


def anthropic(number: str, asked: str, said: str | None) -> tuple[Row, Row]:
    message = {"type": "message", "content": [{"type": "text", "text": said}], "stop_reason": "end_turn"}
    result = {"type": "succeeded", "message": message} if said else {"type": "errored", "error": {"type": "x"}}
    return (
        {"custom_id": number, "params": {"system": "Be.", "messages": [{"role": "user", "content": asked}]}},
        {"custom_id": number, "result": result},
    )


def gemini(number: str, asked: str, said: str | None) -> tuple[Row, Row]:
    reply = {"candidates": [{"content": {"role": "model", "parts": [{"text": said}]}}]} if said else {"candidates": []}
    return (
        {"key": number, "request": {"contents": [{"role": "user", "parts": [{"text": asked}]}]}},
        {"key": number, "response": reply},
    )


def put(path: Path, rows: list[Row]) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def source(path: Path) -> Dataset:
    return Dataset(name="d", source="local", path=str(path))


def read(path: Path) -> tuple[list[Row], list[str]]:
    chosen = local_files.choose(source(path))
    items = [item for file in chosen.files for item in local_files.read(file, 100_000, reading=Reading())]
    return [json.loads(item.text) for item in items if isinstance(item, RawRow)], [note.code for note in chosen.notes]


@pytest.mark.parametrize("of", [openai, anthropic, gemini])
def test_answers_of_a_batch_are_read_with_their_requests_whatever_their_order(tmp_path: Path, of: Any) -> None:
    pairs = [
        of("r0", "Where is Paris?", "In France."),
        of("r1", "Where is Kyoto?", "In Japan."),
        of("r2", "Why?", None),
    ]
    put(tmp_path / "sent.jsonl", [asked for asked, _ in pairs])
    put(tmp_path / "came_back.jsonl", [said for _, said in pairs[::-1]])
    rows, said = read(tmp_path)
    assert said == ["data.batch_joined"]
    found = [admission.answers(source(tmp_path), row, {})[0] for row in rows]
    assert [getattr(one, "code", None) for one in found] == ["data.unanswered", None, None]
    parsed = [admission.parsed(source(tmp_path), row, {}) for row in rows[1:]]
    talks = [(one.prompt.rpartition("\n")[2], one.response) for one in parsed]
    assert talks == [("Where is Kyoto?", "In Japan."), ("Where is Paris?", "In France.")]


def test_a_session_goes_on_with_both_files_of_a_batch(tmp_path: Path) -> None:
    asked, said = zip(*(openai(f"r{n}", f"What is {n}?", f"It is {n}.") for n in range(3)), strict=True)
    put(tmp_path / "a.jsonl", list(asked))
    put(tmp_path / "b.jsonl", list(said))
    files = local_files.choose(source(tmp_path), frozenset(("a.jsonl", "b.jsonl"))).files
    assert [file.name for file in files] == ["a.jsonl", "b.jsonl"]
    rows = [list(local_files.read(file, 100_000, skip=2)) for file in files]
    assert [[item.number for item in of_file] for of_file in rows] == [[], [3]]


def test_a_number_of_two_requests_joins_nothing_but_folders_keep_batches_apart(tmp_path: Path) -> None:
    for what in ("first", "second"):
        asked, said = openai("r0", f"What is the {what}?", f"The {what}.")
        for place, name in ((tmp_path / "one", what), (tmp_path / "two" / what, "it")):
            place.parent.mkdir(exist_ok=True)
            put(place / f"{name}_sent.jsonl", [asked])
            put(place / f"{name}_back.jsonl", [said])
    error = refused(lambda: read(tmp_path / "one"))
    assert (error.code, error.sentence.args["why"].code) == ("dataset_file", "data.batch_number_twice")
    rows, _ = read(tmp_path / "two")
    assert [row["request"]["messages"][0]["content"] for row in rows] == ["What is the first?", "What is the second?"]


@pytest.mark.parametrize(
    ("row", "half"),
    [
        (openai("a", "q", "a")[0], ("asked", "body", "response", "custom_id")),
        (openai("a", "q", None)[1], ("came back", "response", "body", "custom_id")),
        (anthropic("a", "q", "a")[1], ("came back", "result", "params", "custom_id")),
        (gemini("a", "q", "a")[1], ("came back", "response", "request", "key")),
        ({"custom_id": "a", "prompt": "q", "response": "a"}, None),
        ({"key": "a", "request": {"text": "q"}}, None), ({"custom_id": "a", "body": "text"}, None), ([], None),
    ],
)  # fmt: skip
def test_a_half_of_a_batch_is_told_with_what_the_other_one_holds(row: Any, half: tuple[str, ...] | None) -> None:
    found = batch_halves.half(row)
    assert found == (half and half[0])
    if half is not None and found is not None:
        told = dict(zip(("holds", "missing", "number"), half[1:], strict=True))
        said = admission.unfit(source(Path("x.jsonl")), [row])
        assert said == Sentence("steps.half_of_a_batch", {"path": "x.jsonl", **told})
