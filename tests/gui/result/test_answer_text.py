"""What was said, in its parts: whole, half written, malformed, without any tag."""

from __future__ import annotations

import pytest

from so8t_engine.data import record
from so8t_engine.data.thought import thinking
from so8t_gui.result import answer_text

WHOLE = "<think-task>Add.</think-task>\n<think-logic>2 + 2 = 4</think-logic>\n<final>4</final>"


def test_that_sections_are_those_of_the_engine() -> None:
    assert answer_text.SECTIONS == record.SECTIONS
    sections = thinking.parse(WHOLE)
    parts = answer_text.parts(WHOLE)
    assert sections is not None and (parts.final, parts.sections) == (sections.final, sections.thoughts)


@pytest.mark.parametrize(
    ("said", "final", "thoughts"),
    [
        ("4", "4", {}),
        ("", "", {}),
        ("<final>4", "4", {}),
        ("<think-task>Add", "", {"task": "Add"}),
        ("<think-task>Add.</thi", "", {"task": "Add."}),
        ("<think-task>Add.</think-task>\n<fin", "", {"task": "Add."}),
        ("<think-task>Is 3 < 4?", "", {"task": "Is 3 < 4?"}),
        ("<final>4</final> no, <final>5</final>", "5", {}),
        ("lost words <final>4</final> more", "4", {}),
        ("<think-logic>a</think-logic><think-logic>b</think-logic><final>4</final>", "4", {"logic": "a\nb"}),
        ("<think-other>x</think-other>", "<think-other>x</think-other>", {}),
    ],
)
def test_that_whatever_was_said_is_shown(said: str, final: str, thoughts: dict[str, str]) -> None:
    parts = answer_text.parts(said)
    assert (parts.final, dict(parts.sections)) == (final, thoughts)


def test_that_text_only_grows_while_an_answer_is_written() -> None:
    """No half tag is ever shown, and what was shown stays."""
    for end in range(len(WHOLE) + 1):
        parts = answer_text.parts(WHOLE[:end])
        shown = [parts.final, *parts.sections.values()]
        assert not any("<" in text or ">" in text for text in shown), WHOLE[:end]
        assert all(
            whole.startswith(part) for whole, part in (("4", parts.final), ("Add.", parts.sections.get("task", "")))
        )


def test_a_section_that_is_begun_once_more_goes_on_in_a_line_of_its_own() -> None:
    said = answer_text.parts("<think-logic>Add.</think-logic>\n<think-logic>9 + 4 = 13</think-logic><final>13</final>")
    assert said.sections == {"logic": "Add.\n9 + 4 = 13"}
