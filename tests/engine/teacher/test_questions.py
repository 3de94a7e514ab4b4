"""Which sections a record is asked for, and in which words: a changed word is another question, asked again."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from so8t_engine.config.teaching import Teaching
from so8t_engine.data.record import Record
from so8t_engine.data.thought.thinking import Sections
from so8t_engine.teacher import questions

RECORD = Record("07", "s", "1 + 1?", "2", "maths", "en", "train", answer="2", answer_kind="number")
LONG = "x" * 400


@pytest.mark.parametrize(
    ("changes", "sections"),
    [
        ({}, ("logic",)),
        ({"prompt": LONG[1:]}, ("logic",)),
        ({"prompt": LONG}, ("task", "logic")),
        ({"category": "choice"}, ("logic",)),
        ({"category": "choice", "prompt": LONG}, ("task", "logic")),
        ({"category": "code"}, ("logic",)),
        ({"category": "code", "prompt": LONG}, ("task", "logic", "practical")),
        ({"category": "chat"}, ("logic",)),
        ({"category": "chat", "prompt": LONG}, ("task", "logic", "practical")),
        ({"category": "safety"}, ("safety",)),
        ({"category": "safety", "prompt": LONG}, ("task", "safety")),
        ({"safety": "unsafe", "prompt": LONG}, ("safety", "ethics")),
        ({"safety": "safe"}, ("logic",)),
    ],
)
def test_a_record_is_asked_for_what_its_kind_needs(changes: dict[str, Any], sections: tuple[str, ...]) -> None:
    found = questions.of_record(RECORD._replace(**changes), Sections("2", {}), Teaching())
    assert found is not None and found.sections == sections


@pytest.mark.parametrize(
    ("answer", "kind", "settings", "own", "solving"),
    [
        ("2", "number", {}, {}, True),
        ("2", "number", {"solve": False}, {}, False),
        (None, "number", {}, {}, False),
        ("2", None, {}, {}, False),
        ("", "number", {}, {}, False),
        ("2", "number", {"sections": ["task"]}, {}, False),
        ("2", "number", {"sections": ["task", "logic"]}, {"logic": "One more than one makes two."}, False),
    ],
)
def test_only_reasoning_to_an_answer_that_can_be_checked_is_asked_without_it(
    answer: str | None, kind: Any, settings: dict[str, Any], own: dict[str, str], solving: bool
) -> None:
    record = RECORD._replace(answer=answer, answer_kind=kind)
    found = questions.of_record(record, Sections("2", own), Teaching(**settings))
    assert found is not None and found.solving is solving and ("Answer:\n2" in found.text) is not solving


def test_nothing_is_asked_where_nothing_is_missing_or_there_is_no_answer() -> None:
    assert questions.of_record(RECORD, Sections("2", {"logic": "One more than one makes two."}), Teaching()) is None
    assert questions.of_record(RECORD, Sections(" \n", {}), Teaching()) is None
    repeated = questions.of_record(RECORD, Sections("2", {"logic": "1 + 1?"}), Teaching())
    assert repeated is not None and repeated.known == Sections("2", {}) and repeated.sections == ("logic",)


def test_a_question_is_known_by_its_words_and_a_long_answer_is_shown_in_part() -> None:
    found = questions.of_record(RECORD, Sections("2", {}), Teaching())
    assert found is not None
    assert found.text == (
        "Answer the question below. Think before you answer.\n\nQuestion:\n1 + 1?\n\nReply with one JSON object and "
        "nothing else. Its keys, in this order, each with a text in English:\n"
        '- "logic": the reasoning that leads to the answer, step by step, no longer than it needs\n'
        '- "final": the final answer: the number alone'
    )
    assert found.digest == hashlib.sha256(found.text.encode()).hexdigest()
    assert questions.keys(found) == ("logic", "final")
    assert questions.schema(found) == {
        "type": "object", "properties": {"logic": {"type": "string"}, "final": {"type": "string"}},
        "required": ["logic", "final"], "additionalProperties": False,
    }  # fmt: skip
    chat = RECORD._replace(answer=None, answer_kind=None)
    long = questions.of_record(chat, Sections("y" * 6_001, {}), Teaching())
    assert long is not None and "y" * 6_000 in long.text and "y" * 6_001 not in long.text
    assert "the gist of the answer above" in long.text
    foreign = questions.of_record(RECORD._replace(language="fr"), Sections("2", {}), Teaching())
    assert foreign is not None and foreign.text == found.text
