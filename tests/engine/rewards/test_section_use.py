"""Sections that are there, sections that think, and what is paid for them."""

from __future__ import annotations

import pytest

from so8t_engine.config.reward import Reward
from so8t_engine.data.record import Example
from so8t_engine.rewards import scoring, section_use

PROMPT, LOGIC = "Tom has 48 clips and half as many pens. How many things?", "48 / 2 = 24, 48 + 24 = 72"
FULL = f"<think-logic>{LOGIC}</think-logic>\n<final>72</final>"


def record(completion: str = FULL) -> Example:
    return Example("1", "s", "maths", "en", "train", PROMPT, completion, "72", "72", "number", None)


@pytest.mark.parametrize(
    ("text", "thinks"),
    [
        (LOGIC, True),
        ("Half of 48 is 24.", True),
        ("72", False),
        ("Tom has 48 clips.", False),
        ("Tom wonders", False),
        ("Tom wonders aloud", True),
        ("Subtract nothing, add both amounts", True),
        ("24 " * 40, False),
        ("半分は二十四本です", True),
    ],
)
def test_a_section_thinks_that_says_more_than_question_and_answer(text: str, thinks: bool) -> None:
    assert section_use.says_more(text, PROMPT, "72") is thinks


def test_sections_are_counted_of_well_formed_answers_only() -> None:
    logic, nothing = frozenset(("logic",)), frozenset[str]()
    assert section_use.of(PROMPT, FULL) == section_use.SectionUse(True, logic, logic)
    assert section_use.of(PROMPT, FULL.replace(LOGIC, "72")) == section_use.SectionUse(True, logic, nothing)
    assert section_use.of(PROMPT, "<final>72</final>") == section_use.SectionUse(True, nothing, nothing)
    assert section_use.of(PROMPT, FULL + "<final>") == section_use.SectionUse(False, nothing, nothing)


@pytest.mark.parametrize(
    ("completion", "share", "expected"),
    [
        (FULL, 0.0, 1.0),
        ("<final>72</final>", 0.0, 1.0),
        (FULL, 0.4, 1.0),
        ("<final>72</final>", 0.4, 0.6),
        ("<think-logic>72</think-logic><final>72</final>", 0.4, 0.6),
        ("<think-ethics>Everybody deserves kindness here</think-ethics><final>72</final>", 0.4, 0.6),
        ("<final>72", 0.4, 0.1),
    ],
)
def test_the_format_pays_for_thoughts_as_far_as_the_share_says(completion: str, share: float, expected: float) -> None:
    scored = scoring.score([record()], [completion], Reward(section_share=share), {})

    assert scored.components["format"] == [pytest.approx(expected)]


def test_nothing_is_asked_of_a_record_without_evidence_for_a_section() -> None:
    assert section_use.credit(record("<final>72</final>"), "<final>72</final>") == 1.0


def test_each_expected_section_earns_its_share() -> None:
    both = "<think-task>Add both amounts carefully</think-task>\n" + FULL
    assert section_use.credit(record(both), both) == 1.0
    assert section_use.credit(record(both), FULL) == 0.5
    assert section_use.credit(record(), both) == 1.0


def test_figures_are_shares_of_the_answers_and_their_sums_are_sections_an_answer() -> None:
    both = section_use.SectionUse(True, frozenset(("logic", "task")), frozenset(("logic",)))
    none = section_use.SectionUse(False, frozenset(), frozenset())
    figures = section_use.figures([both, both, none, none])
    assert (figures["sections"], figures["thinking"]) == (1.0, 0.5)
    assert figures["used"] == dict.fromkeys(section_use.SECTIONS, 0.0) | {"logic": 0.5, "task": 0.5}
    assert figures["thinks"] == dict.fromkeys(section_use.SECTIONS, 0.0) | {"logic": 0.5}
    assert section_use.figures([])["sections"] == 0.0


def test_the_figures_of_one_answer_are_its_own() -> None:
    found = section_use.figures([section_use.of(PROMPT, FULL)])

    assert (found["sections"], found["thinking"]) == (1.0, 1.0)
    assert section_use.figures([])["sections"] == 0.0
