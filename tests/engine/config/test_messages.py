"""Values in refusals as their writer knows them."""

from __future__ import annotations

import pytest

from so8t_engine.config import messages
from so8t_engine.sentences import Sentence


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "config.value_nothing"), ({"a": 1}, "config.value_section"), ([1], "config.value_list"),
        (True, "true"), (False, "false"), (1, "1"), (0.5, "0.5"), ("yes", "'yes'"),
        ("x" * 500, "'" + "x" * (messages.LONGEST_VALUE - 4) + "..."),
    ],
)  # fmt: skip
def test_a_value_is_shown_as_it_was_written(value: object, shown: str) -> None:
    said = messages.shown(value)

    assert (said.code if isinstance(said, Sentence) else said) == shown
