"""Questions and answers that people have written into a text are rows; no other text is taken for such a one."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.data.files.test_files_people_have import put, read
from helpers.sessions import refused
from so8t_engine.data import drop_reasons
from so8t_engine.data.files import local_files, question_headings
from so8t_engine.data.files.row_readers import BadRow

TWO = [{"question": "Why is it so?", "answer": "Since it is."}, {"question": "How is it done?", "answer": "Thus."}]


@pytest.mark.parametrize(
    "text",
    [
        "Q: Why is it so?\nA: Since it is.\n\nQ: How is it done?\nA: Thus.\n",
        "Our FAQ\n=======\n\nQ1. Why is it so?\nA1. Since it is.\nQ2. How is it done?\nA2. Thus.\n",
        "\ufeffQ. Why is it so?\r\nA. Since it is.\r\n\r\nQ. How is it done?\r\nA. Thus.",
        "q: Why is it so?\na: Since it is.\nq: How is it done?\na: Thus.",
        "Ｑ１．Why is it so?\nＡ１．Since it is.\nＱ２．How is it done?\nＡ２．Thus.\n",
        "質問：Why is it so?\n回答：Since it is.\n\n質問： How is it done?\n回答： Thus.\n",
        "【質問1】Why is it so?\n【回答1】Since it is.\n【質問2】How is it done?\n【回答2】Thus.\n",
        "Question 1: Why is it so?\nAnswer: Since it is.\n\nQuestion 2: How is it done?\nAnswer: Thus.\n",
        "Frage: Why is it so?\nAntwort: Since it is.\nFrage: How is it done?\nAntwort: Thus.\n",
        "**Q:** Why is it so?\n\n**A:** Since it is.\n\n---\n\n**Q: How is it done?**\n**A**: Thus.\n",
        "### Q: Why is it so?\nA: Since it is.\n\n## More\n\n### Q: How is it done?\n- A: Thus.\n",
        "質問1\nWhy is it so?\n回答1\nSince it is.\n\n質問2\nHow is it done?\n回答2\nThus.\n",
        "Question\nWhy is it so?\nAnswer\nSince it is.\n\n**Question**\nHow is it done?\n**Answer**\nThus.\n",
        "Q1\nWhy is it so?\nA1\nSince it is.\nQ2\nHow is it done?\nA2\nThus.\n",
    ],
)
def test_questions_and_answers_behind_marks_are_rows(tmp_path: Path, text: str) -> None:
    assert read(put(tmp_path / "faq.txt", text)) == (TWO, [])
    [file] = local_files.find(str(tmp_path / "faq.txt"))
    assert list(local_files.read(file, 1_000, 1)) == list(local_files.read(file, 1_000))[1:]


@pytest.mark.parametrize(
    ("line", "is_between"),
    [
        ("RETURNS & REFUNDS", True), ("【返品について】", True), ("■返品について", True), ("## Returns", True),
        ("以上", True), ("Returns", False), ("【返品について】はこちら。", False), ("■ is a sign.", False),
        ("OK.", False), ("以上の通り", False),
    ],
)  # fmt: skip
def test_the_heading_of_the_next_section_is_no_part_of_an_answer(tmp_path: Path, line: str, is_between: bool) -> None:
    """It was learnt with the answer above it."""
    text = f"Q: Why is it so?\nA: Since it is.\n\n{line}\n\nQ: How is it done?\nA: Type this:\n\nRESTART\n\n{line}\n"
    [first, second], _ = read(put(tmp_path / "faq.txt", text))
    [_, close], _ = read(put(tmp_path / "close.txt", f"Q: Why?\nA: So.\nQ: Which?\nA: One of\nthese\nOPEN\n{line}\n"))
    assert close["answer"].endswith(f"OPEN\n{line}"), "in the lines of the answer itself"
    assert first["answer"] == ("Since it is." if is_between else f"Since it is.\n\n{line}")
    assert second["answer"] == ("Type this:\n\nRESTART" if is_between else f"Type this:\n\nRESTART\n\n{line}")


def test_what_goes_on_below_a_mark_belongs_to_it_up_to_the_next(tmp_path: Path) -> None:
    text = (
        "Q: Which of these:\n   a list?\nA:\nOne line.\n\n    indented\n\n1. first\n\nQ: And then?\n"
        "Q: Nobody knows?\nA: I do.\nA: So do I.\n\n2.\n"
    )
    assert read(put(tmp_path / "faq.md", text))[0] == [
        {"question": "Which of these:\n   a list?", "answer": "One line.\n\n    indented\n\n1. first"},
        {"question": "And then?", "answer": ""},
        {"question": "Nobody knows?", "answer": "I do."}, {"question": "Nobody knows?", "answer": "So do I."},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("note", "is_one"),
    [
        ("> remember for the exam!!", True), ("> 試験に出る！", True), ("> learn this\n> by heart", True),
        (">ask the teacher", True), ("> Four score and seven years ago", False), ("> " + "on the exam " * 8, False),
        ("> on the exam " + "x" * 68, True), ("> on the exam " + "x" * 69, False),
        ("> Was that on the test?\n\nIt was.", False), ("> Revise your proof.", False),
    ],
)  # fmt: skip
def test_a_quoted_note_of_whoever_learns_is_no_part_of_the_answer(tmp_path: Path, note: str, is_one: bool) -> None:
    text = f"Q: What does it do, and who can revise it?\nA: It packs\nand sends.\n\n{note}\n\nQ: Who?\nA: She.\n"
    found = read(put(tmp_path / "notes.md", text))[0][0]["answer"]
    assert found == ("It packs\nand sends." if is_one else f"It packs\nand sends.\n\n{note.strip()}")


@pytest.mark.parametrize("said", ["> remember for the exam!!", "It reads:\n\n> learn this", "So.\n> learn this"])
def test_what_is_quoted_as_the_answer_or_in_it_stays(tmp_path: Path, said: str) -> None:
    text = f"Q: What does the sign say?\nA: {said}\n\nQ: Who?\nA: She.\n"
    assert read(put(tmp_path / "notes.md", text))[0][0]["answer"] == said


def test_one_that_cannot_be_read_costs_itself_alone(tmp_path: Path) -> None:
    text = b"Q: Why?\nA: So.\nQ: How?\nA: Th\xffus.\nQ: Where?\n" + b"A: There, where it always was.\n" * 1
    text += b"more\n" * 40 + b"Q: When?\nA: Then.\n"
    [file] = local_files.find(str(put(tmp_path / "faq.txt", text)))
    items = list(local_files.read(file, 60, reading=local_files.Reading("utf-8")))
    bad = [(item.number, item.at, item.reason) for item in items if isinstance(item, BadRow)]
    assert bad == [(2, 3, drop_reasons.NOT_UTF8), (3, 5, drop_reasons.TOO_LONG)] and len(items) == 4


def test_a_text_in_another_encoding_is_known_too(tmp_path: Path) -> None:
    text = "質問：空はなぜ青いのですか。\n回答：光が散らばるからです。\n" * 4
    found, said = read(put(tmp_path / "faq.txt", text.encode("cp932")))
    assert found[0] == {"question": "空はなぜ青いのですか。", "answer": "光が散らばるからです。"} and len(found) == 4
    assert [note.code for note in said] == ["data.read_as"]


def test_questions_that_are_headings_are_answered_by_what_stands_below_them(tmp_path: Path) -> None:
    code = "```sh\n# does this ask?\n## it does not\n```"
    text = (
        "# FAQ\n\nWords.\n\n## Why is it so?\n\nSince *it* is.\n\n### In short\n\nSo.\n\n## **How** is it done? ##\n"
        f"Thus.\n{code}\n\n## **どこですか？**\nそこです。\n\n# Licence\n\nNo answer.\n\n## Who is it?\n"
    )
    assert [tuple(item.values()) for item in read(put(tmp_path / "faq.md", text))[0]] == [
        ("Why is it so?", "Since *it* is.\n\n### In short\n\nSo."), ("**How** is it done?", f"Thus.\n{code}"),
        ("どこですか？", "そこです。"), ("Who is it?", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Q: Which is a star?\nA. Sun\nB. Mars\n\nQ: Which is a planet?\nA. Sun\nB. Mars\n",  # options, no answer
        "A: Hello.\nB: Hi.\nA: How are you?\nB: Fine.\n",  # a dialogue
        "Q: Only one?\nA: Yes.\n",
        "Q: One?\nQ: Two?\nQ: Three?\nQ: Four?\nQ: Five?\nA: Yes.\nA: No.\n",
        "A. Introduction\nQ4 2024 was good.\nA. Results\nQ1 2025 too.\n",
        "## One?\n## Two?\n",
        "# Why?\n\nSo.\n\n# Install\n\nSo.\n\n# How?\n\nSo.\n\n# Use\n",
    ],
)  # fmt: skip
def test_other_texts_stay_unread(tmp_path: Path, text: str) -> None:
    assert refused(lambda: read(put(tmp_path / "notes.md", text))).sentence.code == "data.unknown_text"


ASKED = "## Why is it so?\n\nSince it is.\n\n## How is it done?\n\nThus.\n\n"


@pytest.mark.parametrize("contact", ["## Contact\n\nWrite to us.\n", "## アクセス\n駅から4分。\n", ""])
def test_a_question_below_another_is_one_of_its_own_and_one_section_that_asks_nothing_is_passed_over(
    tmp_path: Path, contact: str
) -> None:
    text = f"# FAQ\n\nNew.\n\n{ASKED}### What about the others?\n\nThem too.\n\n### Why?\n\nSo.\n\n{contact}"
    found, said = read(put(tmp_path / "faq.md", text))
    assert found == [*TWO, {"question": "What about the others?", "answer": "Them too.\n\n### Why?\n\nSo."}]
    names = [contact.split("\n")[0][3:]] if contact else []
    assert [note.args["what"].args["names"] for note in said] == [names][: len(names)]


def test_japanese_headings_ask_without_a_sign_too(tmp_path: Path) -> None:
    text = "## いつからですか\n9時。\n## 駐車場はありますか。\nはい。\n### 料金はいくらですか\n無料。\n## 地図"
    assert [tuple(item.values()) for item in read(put(tmp_path / "faq.md", text))[0]] == [
        ("いつからですか", "9時。"), ("駐車場はありますか。", "はい。"), ("料金はいくらですか", "無料。"),
    ]  # fmt: skip


@pytest.mark.parametrize("mark", ["Q{}. ", "質問{} ", "質問{}：", "Ｑ{}　", "FAQ #{} - "])
def test_a_heading_that_is_numbered_as_a_question_asks_whatever_its_words(tmp_path: Path, mark: str) -> None:
    """One that was no sentence that asks kept the whole text from being read."""
    said = ["打刻ボタンが押せません", "残業申請はどこからできますか？", "代理承認者を設定するには？"]
    parts = [f"## {mark.format(number)}{one}\n\nSo {number}.\n" for number, one in enumerate(said, 1)]
    found, _ = read(put(tmp_path / "faq.md", "\n".join(["# Help\n", *parts, "## Contact\n", "Call us."])))
    assert found == [{"question": one, "answer": f"So {number}."} for number, one in enumerate(said, 1)]


@pytest.mark.parametrize(
    ("headings", "level"),
    [
        (("## Where does it happen?", "## What does it make?"), 2),
        (("## Where does it happen?", "## 何ができますか？"), 2),
        (("## Where does it happen?", "## What does it make?", "## State"), 2),
        (("## Where does it happen?", "## What does it make?", "## State", "## More"), 0),
        (("## Where does it happen?", "## Why?"), 0), (("## Where does it happen?", "## Q2. It is broken"), 0),
        (("## Where does it happen?",), 0), (("# Where does it happen?", "## What does it make?"), 0),
        (("## Where does it happen?", "### What does it make?"), 0),
    ],
)  # fmt: skip
def test_two_headings_are_enough_where_both_end_as_questions(headings: tuple[str, ...], level: int) -> None:
    assert question_headings.level([line for heading in headings for line in (heading, "", "So.", "")]) == level


def test_headings_with_a_number_of_another_kind_do_not_ask(tmp_path: Path) -> None:
    for heading in ("Q{} 2024", "Q{} 売上", "1.{} Sales"):
        parts = [f"## {heading.format(number)}\n\nGood.\n" for number in (1, 2, 3)]
        assert not question_headings.level("\n".join(["# Report\n", *parts]).splitlines())


def test_a_question_above_the_others_is_read_but_for_the_title(tmp_path: Path) -> None:
    text = (
        f"# Any questions?\n\nHere.\n\n## Where is it?\n\nThere.\n\n{ASKED.replace('##', '###')}### Who is it?\nShe.\n"
    )
    found = [tuple(item.values()) for item in read(put(tmp_path / "faq.md", text))[0]]
    assert found == [("Where is it?", "There."), *(tuple(one.values()) for one in TWO), ("Who is it?", "She.")]


def test_headings_that_keep_questions_from_being_read_are_named_and_taken_out_it_is_read(tmp_path: Path) -> None:
    text, others = f"{ASKED}## Who?\n\nI.\n\n", "## Install\n\nSo.\n\n## Use\n"
    said = refused(lambda: read(put(tmp_path / "guide.md", text + others))).sentence
    assert (said.code, said.args["names"]) == ("data.headings_stop", ["Install", "Use"])
    assert read(put(tmp_path / "guide.md", text)) == ([*TWO, {"question": "Who?", "answer": "I."}], [])
