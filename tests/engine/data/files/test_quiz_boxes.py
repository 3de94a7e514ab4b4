"""Options with boxes are options of their question, the ticked ones its answer; a list of things to do is no quiz."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.data.files.test_files_people_have import put, read
from so8t_engine.data.files import numbered_quizzes, quiz_boxes

ASKED = ["What does a red octagon mean?", "When must you use lights?", "赤い信号の意味は？"]
OPTIONS = [["Yield", "Stop", "No entry"], ["At dusk", "In fog", "At noon"], ["進め", "止まれ"]]
TICKED = [[1], [0, 1], [1]]


def quiz(head: str, empty: str, full: str, gap: str = "") -> str:
    texts = ["# Road safety", "Tick what is right."]
    for at, (asked, options, ticked) in enumerate(zip(ASKED, OPTIONS, TICKED, strict=True)):
        boxes = [f"{full if place in ticked else empty}{text}" for place, text in enumerate(options)]
        texts.append("\n".join([head.format(asked, number=at + 1) + gap, *boxes]))
    return "\n\n".join(texts) + "\n"


@pytest.mark.parametrize("head", ["{number}. {}", "## {}", "{}", "**{}**", "## Question {number}: {}", "問{number} {}"])
@pytest.mark.parametrize(
    ("empty", "full"),
    [("- [ ] ", "- [x] "), ("   * [ ] ", "   * [X] "), ("☐ ", "☑ "), ("□", "■"), ("( ) ", "(x) "), ("- [] ", "- [✓] ")],
)
@pytest.mark.parametrize("name", ["quiz.md", "quiz.txt"])
def test_ticked_boxes_are_the_answer(tmp_path: Path, head: str, empty: str, full: str, name: str) -> None:
    """The whole list was learnt as the answer."""
    found, _ = read(put(tmp_path / name, quiz(head, empty, full)))

    assert [row["question"] for row in found] == ASKED
    assert [row["answer"] for row in found] == ["B", "A,B", "B"]
    assert [[row[letter] for letter in "ABC" if letter in row] for row in found] == OPTIONS


def test_an_empty_line_may_stand_above_the_boxes_and_letters_behind_them(tmp_path: Path) -> None:
    found, _ = read(put(tmp_path / "quiz.md", quiz("### {}", "- [ ] a) ", "- [x] a) ", "\n")))
    assert [(row["A"], row["answer"]) for row in found] == [("Yield", "B"), ("At dusk", "A,B"), ("進め", "B")]


@pytest.mark.parametrize(
    "text",
    [
        "## Shopping\n- [x] milk\n- [ ] bread\n\n## Garden:\n- [x] mow\n- [ ] water\n",
        "Is it done?\n- [ ] milk\n- [ ] bread\n\nAnd the garden?\n- [ ] mow\n- [ ] water\n",
        "Is it done?\n- [x] milk\n- [ ] bread\n\nGarden\n- [x] mow\n- [ ] water\n\nHouse\n- [x] sweep\n- [ ] wipe\n",
        "Q: What do I do?\nA: Two?\n- [x] mow\n- [ ] water\n\nQ: What else?\nA: Two.\n- [x] sweep\n- [ ] rest\n",
    ],
)
def test_what_is_to_do_is_no_quiz(text: str) -> None:
    lines = [(at, line, None) for at, line in enumerate(text.splitlines(), 1)]
    assert quiz_boxes.laid_out(lines) == lines
    assert numbered_quizzes.kind_of(text) is None


def boxes(asked: str, count: int) -> str:
    return f"{asked}\n" + "".join(f"- [{'x' if at == 1 else ' '}] word {at}\n" for at in range(count)) + "\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (boxes("Which?", 10) * 2, ["B", "B"]), (boxes("Which?", 11) * 2, []), (boxes("Which?", 2) * 2, ["B", "B"]),
        (boxes("Which?", 1) * 2, []), (boxes("Which?", 3), []), (boxes("Which?", 3) * 2 + boxes("Home", 3), ["B"] * 3),
        (boxes("Which?", 3) * 2 + boxes("Home", 3) * 2, []),
        (boxes("It is ...", 3) + boxes("It is __ so", 3), ["B", "B"]),
        (boxes("Which?", 3) + boxes("", 3), []), (boxes("Which?\nOf these", 3) * 2, ["B", "B"]),
        (boxes("Which?\n\nOf these", 3) * 2, []), ("- [ ] a\n- [x] b\n\n" + boxes("Which?", 3), []),
    ],
)  # fmt: skip
def test_two_lists_or_more_are_a_quiz_where_two_of_three_stand_below_what_asks(text: str, told: list[str]) -> None:
    lines = [(at, line, None) for at, line in enumerate(text.splitlines(), 1)]
    found = [line.removeprefix("Answer: ") for _, line, _ in quiz_boxes.laid_out(lines) if line.startswith("Answer: ")]
    assert found == told and (bool(told) or quiz_boxes.laid_out(lines) == lines)
