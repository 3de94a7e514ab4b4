"""FAQs whose answers have no mark: each question gets the text below it, and what is no FAQ is read as none."""

from __future__ import annotations

import io
import json

import pytest

from so8t_engine.data.files import question_headings, question_lines, question_texts
from so8t_engine.data.files.row_readers import RawRow

FAQ = [
    ("How do I reset my password?", "Choose 'Forgot password'.\nA mail comes at once."),
    ("Can I change the delivery address?", "Yes, as long as nothing is packed:\n1. Open My orders.\n2. Press Change."),
    ("Which payment methods are there?", "Cards, PayPal and bank transfer."),
]
JA = [("パスワードを忘れました。", "再設定してください。"), ("配送先は変更できますか？", "発送前なら変更できます。"),
      ("領収書はもらえますか。", "はい、発行できます。")]  # fmt: skip


def read(text: str) -> list[tuple[str, str]] | None:
    kind = question_texts.kind_of(text)
    if kind != "asked":
        return None
    found = question_texts.rows(io.BytesIO(text.encode()), 1 << 20, kind)
    rows = [json.loads(one.text) for one in found if isinstance(one, RawRow)]
    return [(row["question"], row["answer"]) for row in rows]


def written(question: str, gap: str = "\n", pairs: list[tuple[str, str]] = FAQ, above: str = "FAQ\n\n") -> str:
    return above + "\n\n".join(f"{question.format(n, asked)}{gap}{said}" for n, (asked, said) in enumerate(pairs, 1))


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize(
    "question",
    [
        "{0}. {1}",
        "{0}) {1}",
        "({0}) {1}",
        "Q{0}. {1}",
        "Q: {1}",
        "**{0}. {1}**",
        "**{1}**",
        "{1}",
        "- {1}",
        "[{0}] {1}",
    ],
)
def test_the_text_below_a_question_answers_it(question: str, gap: str) -> None:
    assert read(written(question, gap)) == FAQ


def test_in_japanese_too_and_behind_q_a_question_may_be_told_as_a_sentence() -> None:
    assert read(written("Q. {1}", pairs=JA)) == read(written("Q{0}：{1}", pairs=JA)) == JA
    assert read(written("{0}．{1}", pairs=[("何時に開きますか？", "9時です。"), *JA[1:]])) == [
        ("何時に開きますか？", "9時です。"),
        *JA[1:],
    ]


def test_titles_of_sections_belong_to_no_answer_also_where_no_empty_line_parts_anything() -> None:
    pairs = [("How many days do I have?", "You have 25 days."), ("Whom do I call?", "Your manager."),
             ("When do I call?", "Before nine.")]  # fmt: skip
    first, *others = [f"{asked}\n{said}\n" for asked, said in pairs]
    text = f"FAQ\nHolidays\n{first}Sickness\n{''.join(others)}"
    assert read(text) == read(text.replace("Sickness", "\nSickness")) == pairs
    assert question_lines.without_title(["Type this.", "sudo reboot 1"]) == ["Type this.", "sudo reboot 1"]
    assert question_lines.without_title(["Type this:", "", "restart;"]) == ["Type this:", "", "restart;"]


@pytest.mark.parametrize(
    "text",
    [
        "1. Where is it?|2. Who was it?|3. What is it?|4. How is it?",  # an exercise
        "1. Where is it?|______|2. Who was it?|______|3. What is it?|______",
        "1. Where is it?|A. here|B. there|2. Who was it?|A. me|B. you|3. What is it?|A. a|B. b",
        "1. Take it out.|Slowly.|2. Loosen it.|With care.|3. Put it in.|That is all.",
        "1. Where is it?|Here.|2. Who was it?|Me.|5. What is it?|A thing.",  # pages are missing
        "Dear Anna,||How was the trip?|I wondered.||What about Peter now?|He never wrote.||Shall we book it?|Do so.",
        "Our trip|Dear all,||How was the trip?|Fine.||What about Peter now?|He never wrote.||Shall we book it?|Do.",
        "Hello||I am fine.|And how are you?|Well.||What about Peter now?|He never wrote.||Shall we book it?|Do so.",
        "Jo: How did you begin?|By chance.||Jo: What came next then?|A book.||Jo: And what comes now?|I rest.",
        "He asked whether the sea would|ever be calm?|No.||Who told them of it?|Not he.||Where was it all gone?|Away.",
        "# FAQ||## Is it free?||Yes.||## Contact||By mail.||## Is it it?||No.||## Is it me?||No.||## Terms||None."
        "||## On||No."
        "||**Is it so?**|Yes.||**Is it now?**|Yes.||**Is it?**|Yes.",
        "Q. Is it free?|Yes.||Q. Is it safe?|Yes.||Q. Is it new?||A. Yes.",  # one answer has its mark
    ],
)  # fmt: skip
def test_what_is_no_faq_is_read_as_none(text: str) -> None:
    assert read(text.replace("|", "\n")) is None


def test_numbers_of_headings_that_ask_are_no_part_of_the_question() -> None:
    text = "# FAQ\n\n## 1. Is it free?\n\nYes.\n\n## 2.1 Is it safe?\n\nYes.\n\n## 3 is a prime, is it?\n\nYes.\n"
    found = question_texts.rows(io.BytesIO(text.encode()), 1 << 20, "headed")
    asked = [json.loads(one.text)["question"] for one in found if isinstance(one, RawRow)]
    assert asked == ["Is it free?", "Is it safe?", "3 is a prime, is it?"]


@pytest.mark.parametrize(
    ("said", "alone"),
    [("Is it so?", True), ("Is it?", False), ("Whyisitso?", False), ("これは何ですか", True), ("なぜですか？", False),
     ("これは 何ですか", False), (" これは何ですか ", True)],
)  # fmt: skip
def test_a_question_of_three_words_is_understood_alone(said: str, alone: bool) -> None:
    assert question_headings.stands_alone(said) is alone


@pytest.mark.parametrize(
    ("said", "asks"),
    [("Is it so?", True), ("**Is it so?**", True), ("Is it so? \n", True), ("So.\nIs it?", True),
     ("Is it?\nSo.", False),
     ("それですか", True), ("それですか。", True), ("それですかね", False), ("", False), (" \n", False)],
)  # fmt: skip
def test_a_text_asks_by_its_last_line(said: str, asks: bool) -> None:
    assert question_headings.asks(said) is asks


@pytest.mark.parametrize(("first", "begins"), [(1, True), (2, False), (0, False)])
def test_numbered_questions_begin_with_the_first(first: int, begins: bool) -> None:
    lines = question_lines.LinesThatAsk("numbered", lambda text: None)
    assert (lines.mark(f"{first}. Why does it rain?") is not None) is begins
    assert lines.passed_over == (not begins)
