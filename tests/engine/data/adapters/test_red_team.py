"""Requests of red teams that nobody has answered are for the reward alone, and no answer is made up for them."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import parsed, reason
from helpers.sessions import local, make_config
from so8t_engine.config.run_config import Dataset
from so8t_engine.data import admission, drop_reasons
from so8t_engine.data.adapters import choose_adapter

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
    record = admission.record_of(config, config.datasets[0], source="a", row=row, index={}).record
    assert (record.prompt, record.response, record.safety) == (Q, "", "unsafe")


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
