"""What mail programs and ticket systems leave around an answer is none of it."""

from __future__ import annotations

import pytest

from so8t_engine.config.run_config import Integrate
from so8t_engine.data.texts import mail, text_rules

Q, A = "Why does ice float?\n\nRegards", "Hi Jo,\nIt is less dense."


@pytest.mark.parametrize(
    "answer",
    [
        f"{A}\n\n> On Monday you wrote:\n> Why does ice float?\n> Regards",
        f"{A}\n\n> On Monday you wrote:\n> Why does ice float?\n> Regards\n--\nHelp team\nTel 555",
        f"{A}\n\nOn Mon, 5 Jan 2025 at 10:00, Jo <jo@x.com> wrote:\n> Why does ice float?\n>\n> Regards",
        f"{A}\n\nOn Mon, 5 Jan 2025 at 10:00,\nJo <jo@x.com> wrote:\n\n> Why does ice float?",
        f"{A}\n\nAm 05.01.2025 um 10:00 schrieb Jo:\n> Why does ice float?",
        f"{A}\n\nLe 5 janv. 2025 à 10:00, Jo a écrit :\n> Why does ice float?",
        f"{A}\n\n2025年1月5日(日) 10:00 Jo <jo@x.com>:\n> Why does ice float?",
        f"{A}\n\n2025/01/05 10:00、Jo <jo@x.com>のメール:\n> Why does ice float?",
        f"{A}\n\n2025/01/05 10:00、Joのメッセージ:\n\nWhy does ice float?\n\nRegards",
        f"{A}\n\n-----Original Message-----\nFrom: Jo\nSent: Monday\nSubject: Ice\n\nWhy does ice float?",
        f"{A}\n\n----- 元のメッセージ -----\n差出人: Jo\n件名: Ice\n\nWhy does ice float?",
        f"{A}\n\n{'_' * 32}\nFrom: Jo <jo@x.com>\nSent: Monday\nTo: Help\nSubject: Ice\n\nWhy does ice float?",
        f"{A}\n\nFrom: Jo <jo@x.com>\nSent: Monday\nTo: Help\nSubject: Ice\n\nWhy does ice float?",
        f"{A}\n\n差出人: Jo\n送信日時: 2025年1月5日\n宛先: Help\n件名: Ice\n\nWhy does ice float?",
        f"> Why does ice float?\n\n{A}",
        f"Jo wrote:\n> Why does ice float?\n> Regards\n\n{A}",
        f"12/Jan/25 10:00;jdoe;{A}", f"12/Jan/25 10:00 AM;jdoe;{A}", f"2025-01-12 10:00;Jane Doe;{A}",
    ],
)  # fmt: skip
def test_quotes_headers_and_signatures_around_an_answer_go(answer: str) -> None:
    assert text_rules.answered(answer, Integrate(), Q) == (A, ["clean_markup"])


@pytest.mark.parametrize(
    ("answer", "asked"),
    [
        ("As Poe wrote:\n> Once upon a midnight dreary\n\nIt is a poem.", "Quote Poe."),
        ("> Be brief.\n\nThat is his rule, and a good one.", "What is his rule?"),
        ("On Monday he wrote:\n> I am well.\n", "What did he write?"),
        ("Use `a > b`:\n> a > b", "How do I compare?"),
        ("From: Jo\nTo: Ann\nSubject: Ice\n\nDear Ann, ...", "Write an email to Ann."),
        ("SELECT 1\n--\n-- done", "Comment a line in SQL."),
        ("12/Jan/25 is a date.", "Which date?"), ("a;b;c", "Join them."),
        ("He was brave.\nOn 5 May 1821 he wrote:\n> Farewell.\n\nIt is famous.", "What did he say?"),
        ("He was brave.\nOn his last day he wrote:\n> Farewell.", "What did he say?"),
        ("Here it is:\n\nFrom: Jo\nTo: Ann\nSubject: Ice\n\nDear Ann, it floats.", "Tell Ann that ice floats."),
        (f"{A}\n\n> Why does ice float?", "Answer this e-mail, and quote it: Why does ice float?"),
        ("```\n> Why does ice float?\n```", Q), ("> Why does ice float?", Q),
        ("> Why does ice float?\n> It is light.\n> So it swims.\n\nThat is what he says.", Q),
    ],
)  # fmt: skip
def test_what_an_answer_says_itself_stays(answer: str, asked: str) -> None:
    assert mail.without_left_overs(answer, asked) == answer


def test_a_quote_of_which_half_was_asked_is_one_of_the_question() -> None:
    quoted = f"> Why does ice float?\n> Asked by Jo today.\n\n{A}"
    assert mail.without_left_overs(quoted, Q) == A


def test_the_rule_can_be_switched_off() -> None:
    answer = f"{A}\n\n> On Monday you wrote:\n> Why does ice float?"
    assert text_rules.answered(answer, Integrate(clean_markup=False), Q) == (answer, [])
