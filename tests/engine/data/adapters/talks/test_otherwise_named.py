"""A talk whose entries name speaker and text otherwise is told with what to call them, and the line reads it then."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from helpers.rows import parsed
from so8t_engine.config.run_config import Dataset
from so8t_engine.data import admission
from so8t_engine.data.adapters.talks import otherwise_named

SAID = [("Ann", "What is 2 and 3?"), ("Bob", "It is 5."), ("Ann", "And 4 and 4?"), ("Bob", "That is 8.")]


def row(speaker: str, text: str, said: list[tuple[str, str]] = SAID, place: str = "発言") -> dict[str, Any]:
    return {"date": "2024-05-10", place: [{speaker: who, text: what} for who, what in said]}


def told(given: dict[str, Any]) -> Any:
    return admission.unfit(Dataset(name="x", path="x.jsonl", source="local"), [given])


@pytest.mark.parametrize(
    ("speaker", "text"),
    [
        ("名前", "文"),
        ("who", "line"),
        ("name", "text"),
        ("speaker", "sentence"),
        ("キャラ", "セリフ"),
        ("Person", "Satz"),
    ],
)
def test_what_to_call_them_is_said_and_the_line_reads_them_then(speaker: str, text: str) -> None:
    said = told(row(speaker, text))
    assert said.code == "steps.talk_named_otherwise"
    assert (said.args["list"], said.args["speaker"], said.args["text"]) == ("発言", speaker, text)
    entry = yaml.safe_load("{" + said.args["line"] + "}")
    assert parsed(row("role", "content"), **entry).response == "That is 8."


@pytest.mark.parametrize(
    "given",
    [
        row("name", "body", [("Ann", "Nice."), ("Bob", "I agree."), ("Cid", "So do I.")], "comments"),
        row("name", "text", [("saw", "It cuts."), ("pan", "It fries.")], "products"),
        row("name", "text", [("Ann", "Hm."), ("Ann", "So."), ("Bob", "Yes?"), ("Ann", "No.")]),  # not by turns
        {"list": [*row("name", "line")["発言"], {"name": None, "line": "It rains."}]},
        row("name", "price", SAID), {"list": ["a", "b"]}, {"list": []}, row("role", "content"),
    ],
)  # fmt: skip
def test_lists_of_other_things_are_no_talks(given: dict[str, Any]) -> None:
    assert otherwise_named.of([given]) is None
