"""What a moderation has flagged is harmful, not only wrong."""

from __future__ import annotations

import pytest

from helpers.rows import parsed
from so8t_engine.data import drop_reasons

PAIR = {"prompt": "Which saw is it?", "response": "The small one."}


@pytest.mark.parametrize("column", ["moderation", "moderation_result"])
@pytest.mark.parametrize("name", ["flagged", "is_flagged"])
def test_an_answer_that_a_moderation_has_flagged_is_called_unsafe(column: str, name: str) -> None:
    found = parsed({**PAIR, column: {name: True}})
    assert (found.safety, found.bad_answer) == ("unsafe", drop_reasons.labelled_bad(f"{column}.{name}", "true"))
    assert parsed({**PAIR, column: {name: False}}).bad_answer is None
