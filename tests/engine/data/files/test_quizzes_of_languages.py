"""Quizzes and worked exercises in Chinese, Korean and Vietnamese are read by what their lines are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.data.files.test_files_people_have import put, read

RIVERS = ("{0}哪一项是河流？\nA. 长江\nB. 泰山\nC. 青海\n{2}C\n", "{1}哪一项是山？\nA. 黄河\nB. 泰山\nC. 洞庭\n{2}B\n")
WHY = ("这是原因。", "那是原因。")


@pytest.mark.parametrize(
    "answer", ["答案：", "【答案】", "正确答案：", "参考答案:", "正解：", "答：", "정답: ", "Đáp án: ", "Answer: "]
)
@pytest.mark.parametrize(
    "why", ["解析：", "【解析】", "详解：", "解释：", "答案解析：", "해설: ", "풀이: ", "Lời giải: "]
)
@pytest.mark.parametrize(
    "numbers", [("1. ", "2. "), ("第1题 ", "第2题 "), ("Câu 1: ", "Câu 2: "), ("문제 1. ", "문제 2. ")]
)
def test_a_quiz_has_its_answers_and_explanations(
    tmp_path: Path, answer: str, why: str, numbers: tuple[str, str]
) -> None:
    text = "".join(f"{one}{why}{said}\n\n" for one, said in zip(RIVERS, WHY, strict=True)).format(*numbers, answer)
    found, _ = read(put(tmp_path / "题.txt", "2024年模拟题\n\n" + text))
    assert [(row["question"], row["answer"], row["explanation"]) for row in found] == [
        ("哪一项是河流？", "C", WHY[0]), ("哪一项是山？", "B", WHY[1]),
    ]  # fmt: skip


def test_a_key_at_the_end_of_a_chinese_quiz_is_read(tmp_path: Path) -> None:
    asked = "".join(RIVERS).format("1. ", "2. ", "{}").replace("{}C\n", "").replace("{}B\n", "")
    found, _ = read(put(tmp_path / "题.txt", asked + "\n参考答案\n1. C\n2. B\n"))
    assert [row["answer"] for row in found] == ["C", "B"]


@pytest.mark.parametrize(
    ("asks", "thinks", "answers"),
    [
        ("**Câu {}:** ", "**Lời giải:** ", "**Đáp số:** "), ("Bài {}: ", "Bài giải: ", "Đáp số: "),
        ("问题{}：", "解析：", "答案："), ("题目{}：", "解题过程：", "答："), ("문제 {}: ", "풀이: ", "답: "),
        ("Exercício {}: ", "Explicação: ", "Resposta: "),
    ],
)  # fmt: skip
def test_a_worked_exercise_has_its_thought_and_its_result(tmp_path: Path, asks: str, thinks: str, answers: str) -> None:
    told = (("240 - 84?", "240 - 84 = 156.", "156 kg"), ("135 : 2,25?", "135 : 2,25 = 60.", "60 km"))
    blocks = (
        f"{asks.format(number)}{asked}\n\n{thinks}{thought}\n\n{answers}{said}\n"
        for number, (asked, thought, said) in enumerate(told, 1)
    )
    found, _ = read(put(tmp_path / "t.md", "# Toán\n\n" + "\n".join(blocks)))
    assert [(row["question"], row["reasoning"], row["answer"]) for row in found] == [*told]
