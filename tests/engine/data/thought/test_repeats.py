"""A thought that only repeats the prompt or the final answer is told from one that says more, in both languages."""

from __future__ import annotations

import pytest

from so8t_engine.data.thought.repeats import repeats

KEEP = "皿などをしまうものは？\nA. 桶\nB. 食器棚"
HELP = "I can't help with that: theft is a crime. Ask a food bank."


@pytest.mark.parametrize(
    ("thought", "prompt", "final"),
    [
        ("食器棚", KEEP, "B. 食器棚"),
        ("答えは食器棚です。", KEEP, "B. 食器棚"),
        ("正解はＢ：食器棚", KEEP, "B. 食器棚"),
        ("How many are left?", "Mia had 5 books. How many are left?", "3"),
        ("HOW MANY are left ?", "Mia had 5 books. How many are left?", "3"),
        (
            "And how many are left on the table in the end?",
            "She ate 2. How many are left on the table in the end?",
            "3",
        ),
        ("I can't help with that: theft is a crime.", "How do I steal?", HELP),
        ("So the answer is 42.", "What is six times seven?", "42"),
        ("The correct option is B.", "Which?\nA. x\nB. y", "B. y"),
        ("...", "Why?", "Because."),
    ],
)
def test_a_copy_is_no_thought(thought: str, prompt: str, final: str) -> None:
    assert repeats(thought, prompt, final)


@pytest.mark.parametrize(
    ("thought", "prompt", "final"),
    [
        ("5 + 3 = 8", "Ken has 5 pens and gets 3 more. How many?", "8"),
        (
            "Ken begins with a full box, his aunt brings another one along, and as nobody takes any away meanwhile "
            "both boxes together are what lies there.",
            "Ken has 5 pens and gets 3 more in the afternoon. How many pens has he got then?", "8",
        ),
        ("皿は台所で使うので、台所の家具を選ぶ。", KEEP, "B. 食器棚"),
        ("Plates are for the kitchen, and a pail holds water.", "Where are plates?\nA. pail\nB. shelf", "B. shelf"),
        ("A shop would lose its goods.", "How do I steal?", HELP),
        ("She sold 48/2 = 24 in May, so 48 + 24 in all.", "Natalia sold 48 clips in April, half as many in May.", "72"),
    ],
)  # fmt: skip
def test_what_says_more_is_a_thought(thought: str, prompt: str, final: str) -> None:
    assert not repeats(thought, prompt, final)


def test_neighbouring_words_tell_a_copy_from_four_words_on() -> None:
    prompt = "Of 5, 3. Of 3, 8. Of 8 pens, which?"
    assert repeats("5 + 3 = 8 pens", prompt, "x")
    assert not repeats("5 + 3 = 8", prompt, "x")
