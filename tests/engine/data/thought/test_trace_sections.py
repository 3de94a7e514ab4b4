"""A trace is logic; a paragraph that plainly speaks of another section goes there, in its own words."""

from __future__ import annotations

import pytest

from so8t_engine.data.thought.trace_sections import split


@pytest.mark.parametrize(
    "trace",
    [
        "First 3 + 4 = 7.\nThen 7 * 2 = 14.",
        "We look at practical numbers.\n\nThe safety factor is 2, so the task is done.",
        "The ethics committee has 5 members.\nIn 2 of 3 cases safety matters.",
        "実際の値は 3 です。\n安全率は 2 です。",
        "Alternatively, think in practice runs.",
        "One.  \n\n\n\nTwo.",
    ],
)
def test_ordinary_reasoning_stays_whole_and_is_logic(trace: str) -> None:
    assert split(trace) == {"logic": trace}


def test_paragraphs_with_the_name_of_a_section_go_there_without_it() -> None:
    trace = (
        "Task: Two joined.\n\n**Safety:** Nobody is hurt.\n\nCount them:\n1, 2, 3.\n\n## Practical notes\nTake a bag."
    )

    assert split(trace) == {
        "task": "Two joined.",
        "safety": "Nobody is hurt.",
        "logic": "Count them:\n1, 2, 3.",
        "practical": "Take a bag.",
    }
    assert split("課題: 減るので引き算。\n8 - 5 = 3") == {"task": "減るので引き算。", "logic": "8 - 5 = 3"}
    assert split("【安全性】\n誰も困らない。\n【倫理】相手の立場で考える。", otherwise="safety") == {
        "safety": "誰も困らない。", "ethics": "相手の立場で考える。",
    }  # fmt: skip


def test_paragraphs_that_leave_no_doubt_go_there_in_their_own_words() -> None:
    trace = "The user wants a recipe.\n\nEggs set at 70 degrees.\n\nIn practice, use a timer.\n\nEthically, say so."

    assert split(trace) == {
        "task": "The user wants a recipe.", "logic": "Eggs set at 70 degrees.", "ethics": "Ethically, say so.",
        "practical": "In practice, use a timer.",
    }  # fmt: skip
    assert split("この質問は危険な薬品についてです。\n量を計算する。\n実際には手袋を使う。") == {
        "safety": "この質問は危険な薬品についてです。", "logic": "量を計算する。", "practical": "実際には手袋を使う。",
    }  # fmt: skip


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n \n\n"])
def test_code_keeps_its_indentation_where_another_paragraph_is_about_something_else(gap: str) -> None:
    code = ["def f(x):", "    y = 2 * x", "    return y"]

    assert split(gap.join(["Practical: Test it.", *code])) == {
        "logic": ("\n" if gap == "\n" else "\n\n").join(code),
        "practical": "Test it.",
    }


def test_what_is_asked_is_said_at_the_beginning_or_nowhere() -> None:
    assert split("3 + 4 = 7\nTask: done.") == {"logic": "3 + 4 = 7\nTask: done."}


def test_the_reason_of_a_record_about_safety_is_safety() -> None:
    assert split("Locks protect.", otherwise="safety") == {"safety": "Locks protect."}
    assert split("") == {}
