"""Sources of the user's own that the evaluation asks nothing of, where it asks questions that came with a preset."""

from __future__ import annotations

import pytest

from so8t_engine.data import own_questions
from so8t_engine.data.own_questions import AskedSource


def source(name: str, path: str | None, asked: bool, use: str = "train") -> AskedSource:
    return AskedSource(name, "hub" if name.startswith("hub") else "local", path, use, asked)


DEMO, ASKED_DEMO = source("demo", "demo:sums.jsonl", False), source("demo", "demo:sums.jsonl", True)
HUB, ASKED_HUB = source("hub", "owner/a", False), source("hub", "owner/a", True)
OWN, ASKED_OWN = source("own", "a.jsonl", False), source("own", "a.jsonl", True)


@pytest.mark.parametrize(
    ("sources", "names"),
    [
        ([], []), ([OWN], []), ([OWN, DEMO], []), ([OWN, ASKED_DEMO], ["own"]),
        ([OWN, HUB, ASKED_DEMO], ["own", "hub"]),
        ([OWN, ASKED_HUB], ["own"]), ([OWN, HUB, ASKED_HUB], ["own"]), ([OWN, ASKED_DEMO, ASKED_HUB], ["own"]),
        ([ASKED_OWN, HUB, ASKED_DEMO], []), ([source("own", None, False), ASKED_DEMO], ["own"]),
        ([source("own", "a.jsonl", False, "evaluation"), ASKED_DEMO], []), ([ASKED_DEMO, DEMO], []),
    ],
)  # fmt: skip
def test_own_sources_are_named_where_only_others_are_asked(sources: list[AskedSource], names: list[str]) -> None:
    assert own_questions.never_asked(iter(sources)) == names
    told = [{**each._asdict(), "became": {"held_out": int(each.asked)}} for each in sources]
    assert own_questions.of_report(told) == names
    assert own_questions.of_report([{**each, "became": None} for each in told]) == []
