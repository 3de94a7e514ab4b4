"""Talks in one text that name who speaks, and messages whose roles nobody knows until they are named."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from helpers.rows import parsed, reason
from helpers.sessions import write_lines
from so8t_engine import cli
from so8t_engine.commands.printer import Printer
from so8t_engine.config.run_config import Dataset
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.talks import unknown_roles

TURNS = (("user", "Which gas?"), ("assistant", "Oxygen."), ("user", "Why?"))


def said(first: str, second: str, between: str = ": ") -> str:
    lines = [(first, "Which gas?"), (second, "Oxygen."), (first, "Why?"), (second, "It burns.\nNote: always.")]
    return "\n".join(f"{name}{between}{text}" for name, text in lines)


NAMES = [
    ("Customer", "Agent"), ("Client", "Support"), ("Visitor", "Operator"), ("Patient", "Doctor"), ("Student", "Tutor"),
    ("客", "担当"), ("お客様", "オペレーター"), ("顧客", "担当者"), ("ユーザー", "アシスタント"), ("User", "Bot"),
    ("Q", "A"), ("ユーザー", "AI"), ("質問者", "回答者"), ("利用者", "ボット"), ("CUSTOMER", "AGENT"),
    ("**Customer**", "**Agent**"),
    ("[00:01] Customer", "[00:07] Agent"),
]  # fmt: skip


@pytest.mark.parametrize("column", ["transcript", "会話", "text"])
@pytest.mark.parametrize(("first", "second"), NAMES)
def test_a_talk_in_one_text_has_its_turns_whatever_the_two_are_called(column: str, first: str, second: str) -> None:
    for between in (": ", "：", ":\n"):
        found = parsed({"id": 0, column: said(first, second, between)})
        assert (found.messages, found.response) == (TURNS, "It burns.\nNote: always.")


def test_what_is_said_may_stand_in_brackets() -> None:
    found = parsed({"会話": "客「どの気体ですか」\n担当「酸素です」"})
    assert (found.prompt, found.response) == ("どの気体ですか", "酸素です")


def test_names_of_people_are_told_by_roles() -> None:
    roles = {"Ann": "user", "Bob B.": "assistant"}
    for row in ({"transcript": said("Ann", "Bob B.")}, {"id": 1, "log": said("Ann", "Bob B.")}):
        assert parsed(row, roles=roles).messages == TURNS
    assert parsed({"transcript": said("Customer", "Ann")}, roles={"Ann": "assistant"}).messages == TURNS


def test_a_third_speaker_is_not_put_into_the_mouth_of_another() -> None:
    text = said("Customer", "Agent") + "\nBoss: No.\nCustomer: Oh.\nBoss: Yes."
    assert reason({"transcript": text}, columns={"messages": "transcript"}) == drop_reasons.UNKNOWN_ROLE
    mixed = said("Customer", "Agent") + "\nAGENT: Always."
    assert parsed({"transcript": mixed}).response == "It burns.\nNote: always.\n\nAlways."
    assert parsed({"transcript": text}, roles={"Boss": "assistant"}).messages[1] == ("assistant", "Oxygen.")


def test_a_talk_that_is_to_be_summed_up_is_not_learnt_as_a_talk() -> None:
    where = {"prompt": "dialogue", "response": "summary"}
    row = {"dialogue": said("Doctor", "Patient"), "summary": "It was gas."}
    assert parsed(row, columns=where).response == "It was gas."
    assert "messages" not in (tried_on([row])[1]["line"] or "")


def tried_on(rows: list[dict[str, Any]], folder: Path | None = None, *more: str) -> tuple[int, dict[str, Any]]:
    import tempfile

    with tempfile.TemporaryDirectory() as made:
        path = write_lines((folder or Path(made)) / "a.jsonl", rows)
        out = io.StringIO()
        code = cli.answered(cli.parsed(["data", "try", str(path), *more]), Printer(out, json=True, language="en"))
    return code, json.loads(out.getvalue())


def message(name: Any, text: str) -> dict[str, Any]:
    return {"author": name, "content": text}


@pytest.mark.parametrize("shape", ["text", "name", "object"])
def test_speakers_that_nobody_knows_are_named_with_the_line_to_write(shape: str, tmp_path: Path) -> None:
    def row(n: int) -> dict[str, Any]:
        if shape == "text":
            return {"id": n, "transcript": f"ann: Which gas, {n}?\nhelper: Oxygen {n}."}
        names = ({"name": "ann", "id": 1}, {"name": "helper", "id": 2}) if shape == "object" else ("ann", "helper")
        return {"messages": [message(names[0], f"Which gas, {n}?"), message(names[1], f"Oxygen {n}.")]}

    rows = [row(n) for n in range(3)]
    code, found = tried_on(rows, tmp_path)
    told = " ".join(note["text"] for note in found["notes"])
    assert code == 7 and "'ann', 'helper'" in told and "roles: {ann: user, helper: assistant}" in told
    line = ["--set=roles={ann: user, helper: assistant}"]
    line += ["--set=columns.messages=transcript"] if shape == "text" else []
    assert tried_on(rows, tmp_path, *line)[1]["kept"] == 3


def test_where_a_program_answers_all_others_ask(tmp_path: Path) -> None:
    people = [message({"name": name, "isBot": name == "x"}, f"{name}?") for name in ("ann", "bob", "x")]
    _, found = tried_on([{"messages": people}], tmp_path)
    assert any("roles: {ann: user, bob: user}" in note["text"] for note in found["notes"])


def test_a_star_stands_for_all_other_roles_and_a_bot_says_what_it_is() -> None:
    talk = [message("ann", "Which gas?"), message("helper", "Oxygen.")]
    assert parsed({"messages": talk}, roles={"helper": "assistant", "*": "user"}).response == "Oxygen."
    people = [message({"name": "ann", "isBot": False}, "Which gas?"), message({"name": "x", "isBot": True}, "Oxygen.")]
    assert parsed({"messages": people}, roles={"ann": "user"}).response == "Oxygen."


def test_a_question_that_is_written_with_marks_of_its_own_names_no_speakers() -> None:
    rows = [
        {"source": f"Q: Which gas is number {n}?\nA:", "target": "Oxygen.", "rationale": "It burns."} for n in range(4)
    ]
    assert unknown_roles.note(Dataset(name="d", source="local", path="x"), rows) is None
