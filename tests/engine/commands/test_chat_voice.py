"""What is written of an answer while it comes, to the letter."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from so8t_engine.chat.answerer import Answerer
from so8t_engine.chat.conversation import Conversation
from so8t_engine.chat.llama_process import Ended
from so8t_engine.chat.thinking_stream import Piece
from so8t_engine.commands.chat_voice import Voice
from so8t_engine.commands.printer import Printer
from so8t_engine.sentences import sentence

ABOUT = Answerer(Path("s"), Path("f.gguf"), "tuned", system=None, context=9, max_new_tokens=7, threads=1)
THOUGHT = [
    Piece("task", " add "),
    Piece("task", "two"),
    Piece("logic", "2 + 3"),
    Piece("final", "\n 5"),
    Piece("final", "\n"),
]


def shown(pieces: list[Piece], why: Any = "stop", thinking: bool = False, as_json: bool = False, times: int = 1) -> str:
    out = io.StringIO()
    voice = Voice(Printer(out, json=as_json), thinking)
    for _ in range(times):
        talk = Conversation(cast(Any, None), ABOUT)
        for piece in pieces:
            talk.last._said[piece.section] = talk.last._said.get(piece.section, "") + piece.text
            voice.heard(piece, talk)
        voice.heard(Ended(why, tokens=3, tokens_per_second=1.234, left_out=0), talk)
    return out.getvalue()


def test_that_an_answer_begins_at_its_first_letter_and_keeps_its_own_lines() -> None:
    """White space before it is left out, white space inside is not; nothing stands before it."""
    assert shown([Piece(None, " \n"), Piece(None, " a"), Piece(None, "\n\n b ")]) == "a\n\n b \n"
    assert shown([Piece("final", "5")], times=2) == "5\n5\n"


def test_that_thoughts_are_named_in_one_line_or_shown_each_under_its_name() -> None:
    assert shown(THOUGHT, times=2) == 2 * "thought about: task · logic\n5\n\n"
    assert shown(THOUGHT, thinking=True) == "[task]  add two\n\n[logic] 2 + 3\n\n5\n\n"
    assert shown([Piece("task", "a")]) == "thought about: task\n"


@pytest.mark.parametrize(
    ("pieces", "why", "said"),
    [
        ([Piece("task", "a")], "stop", "without an answer"),
        ([Piece("final", "5")], "length", "cut off at 7 tokens (evaluate.max_new_tokens).\n"),
        ([Piece("task", "a")], "length", "before it had written an answer"),
        ([Piece(None, "  ")], "length", "before it had written an answer"),
        ([Piece("final", "5")], "stop", ""),
        ([Piece("final", ", so refuse.")], "stop", "begins in the middle of a sentence"),
        ([], "stopped", ""),
    ],
)
def test_that_an_answer_which_is_none_or_was_cut_off_is_told_beside_it(
    capfd: pytest.CaptureFixture[str], pieces: list[Piece], why: str, said: str
) -> None:
    shown(pieces, why)
    heard = capfd.readouterr().err

    assert said in heard and bool(said) == bool(heard)


def test_that_answers_to_questions_from_a_pipe_stay_apart_where_one_of_them_is_empty() -> None:
    assert shown([Piece(None, "  ")], "length", times=3) == "\n\n\n"


def test_that_a_program_hears_every_piece_as_it_is_and_the_whole_at_the_end() -> None:
    events = [json.loads(line) for line in shown([Piece(None, " "), *THOUGHT], as_json=True).splitlines()]

    assert [(event["section"], event["text"]) for event in events[:-1]] == [
        (None, " "), *((piece.section, piece.text) for piece in THOUGHT),
    ]  # fmt: skip
    assert (events[-1]["event"], events[-1]["ended"], events[-1]["tokens"]) == ("answer", "stop", 3)
    assert events[-1]["tokens_per_second"] == 1.23 and events[-1]["fragment"] is False
    assert json.loads(shown([Piece("final", "、だから")], as_json=True).splitlines()[-1])["fragment"] is True


@pytest.mark.parametrize("model", ["tuned", "base"])
def test_that_who_answers_is_told_to_people_beside_the_answers_and_to_programs_as_an_event(
    capfd: pytest.CaptureFixture[str], model: Any
) -> None:
    answerer, out, heard = replace(ABOUT, model=model), io.StringIO(), io.StringIO()
    Voice(Printer(out, json=False), False).begins(answerer, leave=True)
    people = capfd.readouterr().err.splitlines()

    assert out.getvalue() == "" and len(people) == 2 and "f.gguf" in people[0]
    assert ("before training" in people[0]) == (model == "base")
    Voice(Printer(heard, json=True), False).begins(answerer, leave=True)
    assert json.loads(heard.getvalue()) == {
        "event": "answering", "file": "f.gguf", "session": "s", "model": model, "path": "f.gguf",
    }  # fmt: skip
    assert capfd.readouterr().err == ""


def test_that_a_notice_to_a_program_is_an_event_and_to_people_a_line_beside_the_answers(
    capfd: pytest.CaptureFixture[str],
) -> None:
    for as_json in (False, True):
        out = io.StringIO()
        Voice(Printer(out, json=as_json), False).notice(sentence("chat.said_nothing"))
        events = [json.loads(line) for line in out.getvalue().splitlines()]
        assert [event["event"] for event in events] == ["notice"] * as_json
        assert all(event["sentence"]["code"] == "chat.said_nothing" for event in events)
        assert bool(capfd.readouterr().err) != as_json


@pytest.mark.parametrize("as_json", [False, True])
def test_each_piece_can_be_read_at_once_also_through_a_pipe(as_json: bool) -> None:
    pipe = io.BytesIO()
    voice, talk = Voice(Printer(io.TextIOWrapper(pipe), json=as_json), False), Conversation(cast(Any, None), ABOUT)
    for number, text in enumerate(("one", "two"), start=1):
        voice.heard(Piece("final", text), talk)
        assert [word in pipe.getvalue().decode() for word in ("one", "two")] == [True, number == 2]
