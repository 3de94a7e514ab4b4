"""Answers of several people or models to one question, and a column that says which of them holds."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import parsed

Q = "Which gas?"
SAID = {"answer_1": "Helium", "answer_2": "Oxygen", "answer_3": "Oxygen"}
ROWS: list[dict[str, Any]] = [
    {"question": Q, **SAID, "majority": "Oxygen"},
    {"question": Q, "annotator_a": "Helium", "annotator_b": "Oxygen", "annotator_c": "Oxygen", "consensus": "Oxygen"},
    {"質問": Q, "回答A": "Helium", "回答B": "Oxygen", "回答C": "Oxygen", "多数決": "Oxygen"},
    {"質問": Q, "回答者A": "Helium", "回答者B": "Oxygen", "回答者C": "Oxygen", "最良": "Oxygen"},
    {"prompt": Q, "response_a": "Helium", "response_b": "Oxygen", "majority_vote": "Oxygen"},
]


@pytest.mark.parametrize("row", ROWS)
def test_the_one_that_holds_is_learnt(row: dict[str, Any]) -> None:
    found = parsed({"id": 7, **row})
    assert (found.prompt, found.response, found.choices) == (Q, "Oxygen", ())
