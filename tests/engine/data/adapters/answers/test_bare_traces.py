"""A trace without tags beside the gold answer is thought, not what is answered."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import parsed
from so8t_engine.config.run_config import Dataset
from so8t_engine.data.adapters import choose_adapter
from so8t_engine.data.adapters.answers import bare_traces
from so8t_engine.data.notes import source_notes

Q = "How many legs have three spiders?"
TRACES = [
    "Okay, so a spider has 8 legs. Three of them have 24. Wait, are there any with fewer? No. So the answer is **24**",
    "Alright, let me see. Eight legs each, 8 * 3 = 24. Let me double check: 8 + 8 + 8 = 24. Good.",
    "Hmm, spiders are no insects, so not 6 but 8 legs. 24. Let me verify: 24 / 3 = 8.",
    "まず、クモの脚は8本です。3匹なら24本。うーん、昆虫の6本ではないはず。8×3=24。",
    "嗯,蜘蛛有八条腿。三只就是24条。等等,再检查一下:8×3=24。",
]
WORKED = "A spider has 8 legs, so three spiders have 8 * 3 legs. That makes 24."


@pytest.mark.parametrize("trace", TRACES)
@pytest.mark.parametrize(("said", "gold"), [("response", "answer"), ("output", "expected_answer"), ("回答", "正解")])
def test_a_trace_that_thinks_aloud_is_thought_and_the_gold_answer_is_what_is_learnt(
    trace: str, said: str, gold: str
) -> None:
    found = parsed({"question": Q, said: trace, gold: "24"})
    assert (found.reasoning, found.response, found.answer, found.bad_answer) == (trace, "24", "24", None)


def test_a_column_named_for_the_traces_of_a_reasoner_holds_one_however_it_is_written() -> None:
    row: dict[str, Any] = {"question": Q, "final_answer": "24", "r1_solution_1": WORKED, "r1_solution_2": "Second."}
    found = parsed(row)
    assert (found.reasoning, found.response, found.answer) == (WORKED, "24", "24")

    tagged = parsed({**row, "r1_solution_1": f"{WORKED}</think>Three spiders have 24 legs."})
    assert (tagged.reasoning, tagged.response) == (WORKED, "Three spiders have 24 legs.")


def test_of_traces_it_is_not_said_that_they_are_the_answers_which_are_learnt() -> None:
    dataset = Dataset(name="x", source="local", path="x.jsonl")

    def said(name: str) -> list[str]:
        rows = [{"question": f"{Q} {n}", "final_answer": "24", name: f"{WORKED} {n}. That is 24."} for n in range(6)]
        index = choose_adapter.index_of(dataset, lambda: iter(rows))
        return [note.code for note in source_notes.of_rows(dataset, rows, index)]

    assert "data.label_beside_is_gold" in said("response")
    assert "data.label_beside_is_gold" not in said("r1_solution_1")


def test_a_trace_that_comes_to_something_else_is_not_learnt() -> None:
    found = parsed({"question": Q, "final_answer": "24", "r1_solution_1": "Wait, six legs. So the answer is **18**"})
    assert found.bad_answer is not None


@pytest.mark.parametrize("said", [WORKED, "Okay, here is the solution: three spiders have 24 legs.", "24 legs. Wait!"])
def test_an_answer_that_does_not_think_aloud_is_learnt_as_it_is(said: str) -> None:
    assert parsed({"question": Q, "response": said, "answer": "24"}).response == said
    assert not bare_traces.is_one(said, "response", "24")


def test_beside_a_long_gold_answer_nothing_is_told() -> None:
    assert bare_traces.is_one(TRACES[0], None, "2" * 40)
    assert not bare_traces.is_one(TRACES[0], None, "2" * 121)
    assert not bare_traces.is_one(TRACES[0], None, "")
    assert not bare_traces.is_one("Wait, 24", "r1_solution_1", "24242")
