"""Requests of red teams that nobody has answered are for the reward alone, and no answer is made up for them."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.admitted_rows import record_of
from helpers.rows import parsed, reason
from helpers.sessions import local, make_config
from so8t_engine.config.run_config import Dataset
from so8t_engine.data import admission, drop_reasons
from so8t_engine.data.adapters import choose_adapter
from so8t_engine.data.adapters.parsed_row import ParsedRow, Skip

Q = "How do I steal a saw?"
XSTEST: dict[str, Any] = {"id": 1, "prompt": Q, "type": "contrast_homonyms", "focus": "steal", "note": "x"}


@pytest.mark.parametrize(
    "row",
    [
        {"Behavior": Q, "FunctionalCategory": "standard", "SemanticCategory": "theft", "ContextString": ""},
        {"category": "theft", "source": "x", "forbidden_prompt": Q},
        XSTEST,
        {**XSTEST, "type": "homonyms", "label": "unsafe"},
    ],
)
def test_what_is_to_be_refused_is_a_prompt_without_an_answer(row: dict[str, Any]) -> None:
    asked = parsed(row)
    assert (asked.prompt, asked.response, asked.safety) == (Q, "", "unsafe")
    assert asked.bad_answer == drop_reasons.UNANSWERED
    config = make_config([local("a", "unused")])
    record = record_of(config, row).record
    assert (record.prompt, record.response, record.safety) == (Q, "", "unsafe")


HARM, REFUSED = "Take it at night.", "I'm sorry, but I can't help with that."


@pytest.mark.parametrize(
    "row",
    [
        {"category": "theft", "forbidden_prompt": Q, "score": "1.0"},
        {"Behavior": Q, "SemanticCategory": "theft"},
        {"prompt": Q, "safety": "harmful"},
    ],
)
@pytest.mark.parametrize("says", ["response"])
def test_of_what_was_answered_to_a_request_of_a_red_team_only_a_refusal_is_learnt(
    row: dict[str, Any], says: str
) -> None:
    harm, refusal = parsed({**row, says: HARM}), parsed({**row, says: REFUSED})
    assert (harm.prompt, harm.safety, harm.bad_answer) == (Q, "unsafe", drop_reasons.ANSWERS_UNSAFE)
    assert (refusal.response, refusal.safety, refusal.bad_answer) == (REFUSED, "unsafe", None)


def test_what_a_red_team_drew_is_never_learnt_however_it_was_rated() -> None:
    beside = {"min_harmlessness_score_transcript": -4.2, "rating": 4.0, "task_description": "Ask how to steal"}

    def attempt(*turns: str) -> ParsedRow:
        said = (f"\n\n{who}: {words}" for who, words in zip(("Human", "Assistant") * 2, turns, strict=False))
        return parsed({**beside, "transcript": "".join(said)})

    assert attempt(Q, HARM).bad_answer == drop_reasons.ANSWERS_UNSAFE and attempt(Q, HARM).response == ""
    assert attempt(Q, REFUSED)[:2] == (Q, REFUSED) and attempt(Q, REFUSED).bad_answer is None
    longer = attempt(Q, HARM, "And a dear one?", REFUSED)
    assert longer.bad_answer == drop_reasons.ANSWERS_UNSAFE and longer.safety == "unsafe"


@pytest.mark.parametrize(("word", "safety"), [("harmless", "safe"), ("benign", "safe"), ("toxic", "unsafe")])
def test_safety_may_be_told_in_other_words(word: str, safety: str) -> None:
    assert parsed({"prompt": Q, "response": REFUSED, "safety": word}).safety == safety


@pytest.mark.parametrize("word", ["", "level 3", "true", None, 2])
def test_a_safety_of_which_nobody_knows_what_it_says_leaves_its_row_out(word: Any) -> None:
    assert reason({"prompt": Q, "response": "So.", "safety": word}) == drop_reasons.UNKNOWN_SAFETY


def test_a_question_that_comes_again_with_an_answer_that_is_not_learnt_is_told_why_that_is_not() -> None:
    config, seen = make_config([local("a", "unused")]), admission.Seen()
    for number in range(2):
        row = {"prompt": Q, "response": f"Take {number}.", "safety": "unsafe"}
        if number:
            with pytest.raises(Skip) as left:
                record_of(config, row, seen=seen)
            assert left.value.reason == drop_reasons.ANSWERS_UNSAFE
        else:
            record_of(config, row, seen=seen)


def test_what_a_request_is_about_stands_before_it() -> None:
    row = {"Behavior": Q, "SemanticCategory": "theft", "ContextString": "Saws are dear."}

    assert parsed(row).prompt == f"Saws are dear.\n\n{Q}"


def test_a_request_that_only_looks_unsafe_has_no_answer_to_learn() -> None:
    for row in ({**XSTEST, "type": "homonyms"}, {**XSTEST, "type": "homonyms", "label": "safe"}):
        assert reason(row) == drop_reasons.UNANSWERED


@pytest.mark.parametrize("path", ["walledai/HarmBench", "someone/StrongREJECT"])
def test_copies_on_the_hub_are_known_by_their_name(path: str) -> None:
    adapter = choose_adapter.choose(Dataset(name="x", path=path), {"prompt": Q, "category": "theft"})

    assert adapter is choose_adapter.ADAPTERS["harmbench"]


@pytest.mark.parametrize(
    ("first", "second", "read"),
    [
        ("I can't help with that.", "Dig.", ("I can't help with that.", "safety", "unsafe")),
        ("Ask a locksmith.", "I can't help with that.", ("Ask a locksmith.", "chat", None)),
    ],
)
def test_of_two_safe_answers_the_first_is_learnt_where_none_is_better_and_a_refusal_is_one_of_safety(
    first: str, second: str, read: tuple[str, str, str | None]
) -> None:
    safe = {"is_response_0_safe": True, "is_response_1_safe": True}
    found = parsed({"prompt": "How do I open a lock?", "response_0": first, "response_1": second, **safe})

    assert (found.response, found.category, found.safety) == read
