"""Of two versions of an answer the one is learnt that a column beside them names; where it names none, neither is."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import parsed, reason
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import choose_adapter
from so8t_engine.data.adapters.parsed_row import Skip

FIRST, SECOND = "Asparagus, radishes and peas.", "Pumpkin, kale and leeks."


def row(first: str, second: str, use: str, said: Any, asks: str = "prompt") -> dict[str, Any]:
    return {asks: "Name three spring vegetables.", first: FIRST, second: SECOND, use: said, "who": "TM"}


@pytest.mark.parametrize(
    ("first", "second", "use", "words"),
    [
        ("old answer", "new answer", "use?", ("old", "new")), ("Answer (old)", "Answer (new)", "Keep", ("Old", "NEW")),
        ("before", "after", "keep", ("before", "after")), ("answer A", "answer B", "use", ("A", "b")),
        ("旧回答", "新回答", "採用", ("旧", "新")), ("修正前の回答", "修正後の回答", "採用", ("修正前", "修正後")),
        ("Antwort alt", "Antwort neu", "verwenden", ("alt", "neu")),
        ("alte Antwort", "neue Antwort", "behalten", ("alt", "neu")),
        ("old answer", "new answer", "which", ("old answer", "new answer")),
    ],
)  # fmt: skip
def test_the_version_that_is_named_is_learnt(first: str, second: str, use: str, words: tuple[str, str]) -> None:
    assert [parsed(row(first, second, use, said)).response for said in words] == [FIRST, SECOND]


@pytest.mark.parametrize(("said", "why"), [("both", drop_reasons.none_is_better("use?")), ("neither", None)])
def test_of_both_or_neither_none_is_learnt(said: str, why: Any) -> None:
    given = row("old answer", "new answer", "use?", said)
    assert reason(given) == (why or drop_reasons.labelled_bad("use?", said))


@pytest.mark.parametrize("said", ["yes", "1", 1, "A", "", "KL"])
def test_what_names_neither_points_at_none(said: Any) -> None:
    assert choose_adapter.choose(choose_adapter.OF_NO_FILE, row("old answer", "new answer", "use?", said)) is None


def test_a_column_that_says_whether_an_answer_is_to_be_used_is_no_pointer() -> None:
    given = {"prompt": "Name three spring vegetables.", "response": FIRST, "use": "yes"}
    assert parsed(given).response == FIRST
    with pytest.raises(Skip):
        parsed({**given, "use": "no"})
