"""Quizzes as people write them are rows with options and right answers; no other text is taken for one."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from engine.data.files.test_files_people_have import put, read
from helpers.rows import parsed, reason
from helpers.sessions import refused
from so8t_engine.data import drop_reasons
from so8t_engine.data.files import local_files, numbered_quizzes, quiz_texts
from so8t_engine.data.files.row_readers import BadRow, RawRow

KANA = [
    {"question": "哺乳類はどれか。", "ア": "サメ", "イ": "イルカ", "ウ": "マグロ", "answer": "イ"},
    {"question": "魚類はどれか。", "ア": "サメ", "イ": "イルカ", "ウ": "クジラ", "answer": "ア"},
]
LATIN = [
    {"question": "Which is a river?", "A": "Nile", "B": "Alps", "C": "Etna", "answer": "A"},
    {"question": "Which is a hill?", "A": "Rhine", "B": "Volga", "C": "Etna", "answer": "C"},
]
COUNTED = [
    {"question": "哺乳類はどれか。", "option1": "サメ", "option2": "イルカ", "option3": "マグロ", "answer": "2"},
    {"question": "魚類はどれか。", "option1": "サメ", "option2": "イルカ", "option3": "クジラ", "answer": "1"},
]
ASKED_JA = "問1 哺乳類はどれか。\nア サメ\nイ イルカ\nウ マグロ\n{0}\n"
ASKED_JA += "問2 魚類はどれか。\nア サメ\nイ イルカ\nウ クジラ\n{1}\n"
ASKED = "1. Which is a river?\na) Nile\nb) Alps\nc) Etna\n{0}\n2. Which is a hill?\na) Rhine\nb) Volga\nc) Etna\n{1}\n"


@pytest.mark.parametrize(
    "text",
    [
        ASKED_JA.format("解答 イ", "解答 ア"),
        ASKED_JA.format("正解:イ\n", "正解：ア"),
        ASKED_JA.format("【解答】イ", "【解答】\nア"),
        ASKED_JA.format("答え　イ　イルカ", "答え　ア（サメ）"),
        ASKED_JA.format("正解はイ", "正解は、ア"),
        "生物 過去問\n\n" + ASKED_JA.format("", "") + "解答\n問1 イ\n問2 ア\n",
        ASKED_JA.format("", "") + "【解答一覧】\n問１　イ　　問２　ア\n",
        ASKED_JA.format("", "") + "\n問1：イ、問2：ア\n",
        ASKED_JA.replace("問1 ", "問題１．").replace("問2 ", "問題２．").format("", "")
        + "■正解\n| 1 | イ |\n| 2 | ア |\n",
        ASKED_JA.replace("問1 ", "【第1問】").replace("問2 ", "【第2問】").format("答：イ", "答：ア"),
        ASKED_JA.replace("問1 ", "問一　").replace("問2 ", "問二　").format("", "") + "解答\n問一 イ\n問二 ア\n",
        "（１）哺乳類はどれか。\n　ア．サメ　イ．イルカ　ウ．マグロ\n"
        "（２）魚類はどれか。\n　ア．サメ　イ．イルカ　ウ．クジラ\n"
        "\n■解答\n（１）イ　（２）ア\n",
        "第1章 動物\n" + ASKED_JA.format("解答 イ\n\n第2章 魚", "解答 ア\n\n以上"),
    ],
)
def test_japanese_quizzes_are_rows_with_their_options_and_answers(tmp_path: Path, text: str) -> None:
    assert read(put(tmp_path / "過去問.txt", text)) == (KANA, [])
    [file] = local_files.find(str(tmp_path / "過去問.txt"))
    assert list(local_files.read(file, 1_000, 1)) == list(local_files.read(file, 1_000))[1:]
    assert [parsed(row).response for row in KANA] == ["B. イルカ", "A. サメ"]


@pytest.mark.parametrize(
    "text",
    [
        ASKED.format("Answer: a", "Answer: c"),
        ASKED.format("Correct answer: a) Nile", "The correct answer is c."),
        ASKED.format("**Answer:** A\n", "ans. C".replace("ans.", "Ans:")),
        "Quiz 3   Name: ______\n\n" + ASKED.format("", "") + "Answer Key\n1. a\n2. c\n",
        ASKED.format("", "") + "Answers: 1-a, 2-c\n",
        ASKED.format("", "") + "## Answers\n\n1 A\n2 C\n",
        ASKED.format("", "") + "KEY\n1. A) Nile\n2. C) Etna\n",
        ASKED.format("", "") + "\n1: a; 2: c",
        ASKED.replace("a) N", "*a) N").replace("c) Etna\n{1}", "*c) Etna\n{1}").format("", ""),
        ASKED.replace("a) ", "   (A) ")
        .replace("b) ", "(B) ")
        .replace("c) ", "(C) ")
        .format("Answer (A)", "Answer (C)"),
        ASKED.replace("\na) ", " a) ").replace("\nb)", " b)").replace("\nc)", " c)").format("", "")
        + "Answers\n1 a 2 c",
        ASKED.replace("1. ", "Question 1\n").replace("2. ", "Question 2\n").format("Answer: A", "Answer: C"),
        ASKED.replace("1. W", "**1.** W")
        .replace("2. W", "**2.** W")
        .replace("a) ", "- A) ")
        .replace("b) ", "- B) ")
        .replace("c) ", "- C) ")
        .format("Answer: A", "Answer: C"),
        ASKED.replace("1. ", "").replace("2. ", "\n").format("Answer: a", "Answer: c\n\nLast updated 2024"),
    ],
)
def test_numbered_questions_with_options_are_rows(tmp_path: Path, text: str) -> None:
    assert read(put(tmp_path / "quiz.txt", text))[0] == LATIN


@pytest.mark.parametrize(
    "text",
    [
        ASKED_JA.replace("ア ", "1 ").replace("イ イ", "2 イ").replace("ウ ", "3 ").format("答え 2", "答え 1"),
        ASKED_JA.replace("ア ", "1. ").replace("イ イ", "2. イ").replace("ウ ", "3. ").format("", "")
        + "解答\n問1 2\n問2 1\n",
        ASKED_JA.replace("ア ", "（１）")
        .replace("イ イ", "（２）イ")
        .replace("ウ ", "（３）")
        .format("正解 ２番", "正解 １番"),
    ],
)
def test_options_that_are_numbered_are_told_from_questions(tmp_path: Path, text: str) -> None:
    assert read(put(tmp_path / "quiz.txt", text))[0] == COUNTED


def test_numbers_in_circles_stay_what_an_answer_and_its_explanation_call_options(tmp_path: Path) -> None:
    circled = ASKED_JA.replace("ア ", "①").replace("イ イ", "②イ").replace("ウ ", "③")
    text = circled.format("【解答】②\n【解説】②は肺で呼吸する。", "【解答】①")
    first, second = read(put(tmp_path / "quiz.txt", text))[0]
    assert first == {**COUNTED[0], "answer": "②", "explanation": "②は肺で呼吸する。"}
    assert second == {**COUNTED[1], "answer": "①"} and parsed(first).reasoning == "Bは肺で呼吸する。"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("解答 イ\n解説 肺で\n呼吸する。\n\nイが正しい。\n", "解答 ア"),
        ("解答 イ（解説：肺で\n呼吸する。\n\nイが正しい。\n", "解答 ア"),
        ("\n", "\n解答と解説\n問1 イ\n肺で\n呼吸する。\n\nイが正しい。\n問2 ア"),
        ("\n", "\n解答\n問1 イ\n問2 ア\n解説\n問1 肺で\n呼吸する。\n\nイが正しい。"),
        ("正解：イ\n【解説】\n肺で\n呼吸する。\n\nイが正しい。\n", "正解：ア"),
    ],
)
def test_what_explains_an_answer_is_its_thought(tmp_path: Path, first: str, second: str) -> None:
    found = read(put(tmp_path / "quiz.txt", ASKED_JA.format(first, second)))[0]
    assert found == [{**KANA[0], "explanation": "肺で\n呼吸する。\n\nイが正しい。"}, KANA[1]]
    assert parsed(found[0]).reasoning == "肺で\n呼吸する。\n\nBが正しい。"


def test_each_part_may_have_its_own_key_and_numbers_that_begin_anew(tmp_path: Path) -> None:
    part = ASKED_JA.format("", "")
    own = f"第1章\n{part}\n解答\n問1 イ\n問2 ア\n\n第2章\n{part}\n解答\n問1 ウ\n問2 イ\n"
    shared = f"第1章\n{part}\n第2章\n{part}\n解答\n第1章\n問1 イ\n問2 ア\n第2章\n問1 ウ\n問2 イ\n"
    for text in (own, shared):
        assert [row["answer"] for row in read(put(tmp_path / "quiz.txt", text))[0]] == ["イ", "ア", "ウ", "イ"]
    unclear = shared.replace("第2章\n問1 ウ", "第2章\n問3 ウ")
    assert refused(lambda: read(put(tmp_path / "quiz.txt", unclear))).sentence.code == "data.unknown_text"


def test_a_longer_text_above_questions_is_what_they_are_about_as_far_as_it_says(tmp_path: Path) -> None:
    story = "次の文章を読んで、問1〜問2に答えなさい。\n\n" + "むかしむかし、ある海に大きな動物が住んでいた。" * 3
    text = f"国語\n\n{story}\n\n{ASKED_JA.format('解答 イ', '解答 ア')}\n問3 空は何色か。\nア 青\nイ 赤\n解答 ア\n"
    found = read(put(tmp_path / "quiz.txt", text))[0]
    assert [row.get("context") for row in found] == [f"国語\n\n{story}"] * 2 + [None]
    assert parsed(found[1]).prompt.startswith("国語\n\n次の文章を") and "魚類は" in parsed(found[1]).prompt


def test_questions_without_options_are_answered_by_their_key_or_below(tmp_path: Path) -> None:
    said = [{"question": "鎌倉幕府を開いたのは誰か。", "answer": "源頼朝"}]
    said += [{"question": "Q1で何年か。", "answer": "645年"}]
    asked = "一問一答\n\n問1　鎌倉幕府を開いたのは誰か。\n{0}問2　Q1で何年か。\n{1}"
    assert read(put(tmp_path / "q.txt", asked.format("答 源頼朝\n", "答 645年\n")))[0] == said
    assert read(put(tmp_path / "q.txt", asked.format("", "\n【解答】\n問1　源頼朝\n問2　645年\n")))[0] == said
    text = "1. Find (a) the area and (b) the rim.\n2. What is it?\n\nAnswer key\n"
    text += "1. (a) 16 (b) 12\n2. A square.\nOf side 4.\n\nPage 2"
    found = read(put(tmp_path / "q.txt", text))[0]
    assert [row["answer"] for row in found] == ["(a) 16 (b) 12", "A square.\nOf side 4."]


def test_a_question_without_its_answer_is_left_out_and_several_right_ones_are_named(tmp_path: Path) -> None:
    asked = ASKED + "3. Which are birds?\na) Hen\nb) Duck\nc) Cat\nAnswer: a and b\n"
    asked += "4. Which is not?\na) Hen\nb) Cat\nAnswer: b\n"
    text = asked.format("Answer: d", "Answer: c")
    found = read(put(tmp_path / "quiz.txt", text))[0]
    assert reason(found[0]) == drop_reasons.NO_RIGHT_OPTION and found[1] == LATIN[1]
    assert [row["answer"] for row in found[2:]] == ["A,B", "B"] and parsed(found[2]).response == "A. Hen\nB. Duck"
    untold = read(put(tmp_path / "untold.txt", asked.replace("{0}", "").replace("{1}", "Answer: c")))[0]
    assert untold == [{**LATIN[0], "answer": ""}, LATIN[1], *found[2:]]


def test_what_cannot_be_read_costs_its_question_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = ASKED.format("Answer: a", "Answer: c").encode()
    text += b"3. Why\xff?\na) So\nb) No\nAnswer: a\n4. Why " + b"so " * 40 + b"?\na) So\nb) No\nAnswer: a\n"
    [file] = local_files.find(str(put(tmp_path / "quiz.txt", text)))
    items = list(local_files.read(file, 60, reading=local_files.Reading("utf-8")))
    bad = [(item.number, item.reason) for item in items if isinstance(item, BadRow)]
    assert bad == [(3, drop_reasons.NOT_UTF8), (4, drop_reasons.TOO_LONG)] and len(items) == 4
    monkeypatch.setattr(numbered_quizzes, "MOST", 40)
    put(tmp_path / "quiz.txt", ASKED.format("Answer: a", "Answer: c"))
    assert refused(lambda: read(tmp_path / "quiz.txt")).sentence.args["why"].code == "data.quiz_too_large"


def test_the_key_of_a_long_quiz_is_found_at_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quiz_texts, "HEAD", 1_000)
    asked = "".join(f"{at}. Which is the number {at}?\na) the one of {at}\nb) none of these\n\n" for at in range(1, 40))
    key = "".join(f"{at}. {'ab'[at % 2]}\n" for at in range(1, 40))
    assert numbered_quizzes.kind_of(asked[:1_000]) is None
    found = read(put(tmp_path / "quiz.txt", f"{asked}\nAnswers\n{key}"))[0]
    assert [row["answer"] for row in found] == [*"BA" * 19, "B"]
    asked = "".join(f"問{at}　{at}番は何か。\nア　{at}の物\nイ　何でもない物\n\n" for at in range(1, 80))
    key = "".join(f"問{at}　{'アイ'[at % 2]}\n" for at in range(1, 80))
    for encoding in ("utf-8", "utf-16", "cp932"):
        found = read(put(tmp_path / "quiz.txt", f"{asked}\n解答\n{key}".encode(encoding)))[0]
        assert [row["answer"] for row in found] == [*"イア" * 39, "イ"]


def test_what_the_next_questions_are_about_ends_an_open_question_and_counts_with_its_own() -> None:
    story = "Read the passage below and answer.\n" + "The sea is wide. " * 6
    text = f"1. Who was it?\n\n{story}\n\n2. Why?\n\nAnswers\n1. He.\n2. So.\nIt was.\n"
    first = '{"question":"Who was it?","answer":"He."}'
    second = f'{{"context":{json.dumps(story.rstrip())},"question":"Why?","answer":"So.\\nIt was."}}'
    size = len(story.rstrip()) + len("Why?So.\nIt was.")
    for limit, found in ((size, second), (size - 1, drop_reasons.TOO_LONG)):
        rows = numbered_quizzes.rows(io.BytesIO(text.encode()), limit, 0, lambda note: None)
        assert [row.text if isinstance(row, RawRow) else row.reason for row in rows] == [first, found]


@pytest.mark.parametrize(
    "text",
    [
        "My notes\n\n1. Buy milk\n2. Call Anna\n3. Write\n\nAnswers\nWe got them all.\n1. ok\n",
        "1. Mix the flour.\n2. Add water.\na) warm\nb) cold\n3. Bake.\n",
        ASKED.format("", ""),
        ASKED_JA.format("", ""),
        "議事録\n1. 予算\n理由 足りない\n2. 人員\n理由 足りない\n",
        "1. Introduction\n2. Methods\n3. Results\n",
        "A: Hello.\nB: Hi.\n\nA: How are you?\nB: Fine.\n",
    ],
)
def test_other_texts_are_no_quiz(tmp_path: Path, text: str) -> None:
    assert refused(lambda: read(put(tmp_path / "notes.txt", text))).sentence.code == "data.unknown_text"
