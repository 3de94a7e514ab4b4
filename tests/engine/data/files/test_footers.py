"""What closes a text below its last answer is not learnt with it; an answer that ends so by itself keeps its end."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.data.files.test_files_people_have import put, read
from so8t_engine.data.files import footers

ABOVE = "Q: Is it on?\nA: It is.\n\nQ: Is it far?\nA: It is not.\n\n"


@pytest.mark.parametrize(
    "footer",
    [
        "\nOpening hours: Mon-Fri 9:00-18:00",
        "\nお問い合わせ: 03-1234-5678（平日9時〜17時）",
        "\nLast updated 12 March 2024",
        "\nLast updated: 2024-03-12 by Anna",
        "\nPage 3 of 3",
        "\nPágina 3 de 3",
        "\n| 第3页 |",
        "\n3 / 3 ページ",
        "\n3/3",
        "\n- 3 -",
        "\n© 2024 Green Bakery",
        "\nCopyright 2024 Green Bakery. All rights reserved.",
        "\n無断転載を禁じます。",
        "\n最終更新日：2024年3月1日",
        "\nGreen Bakery, 12 High Street\nTel. 030 123456\ninfo@bakery.example",
        "\nQuestions?\nwww.bakery.example",
        "\n営業時間：9:00〜18:00\n定休日：水曜日\n住所：東京都港区1-2-3",
        "\n【お問い合わせ】\nsupport@shop.example",
        "\nContact: Anna\n\nVersion 1.2\n\nPage 2",
        "\n---\nWritten for all who ask.",
        "\n---\n\nWritten for all\nwho ask.",
        "\n(2024年4月現在)",
        "\nContact\n-------\ninfo@bakery.example",
        "\nÖffnungszeiten: Mo-Fr 9-18 Uhr",
        "\nStand: 12.03.2024",
        "Page 3 of 3",
        "© 2024 Green Bakery",
        "最終更新日：2024年3月1日",
        "\nEnd of FAQ",
        "\n作成：総務部",
    ],
)
def test_what_closes_a_text_is_no_part_of_the_last_answer_and_said(tmp_path: Path, footer: str) -> None:
    """It was learnt with it."""
    found, said = read(put(tmp_path / "faq.txt", f"{ABOVE}Q: Can I park?\nA: Yes, behind\nthe shop.\n{footer}\n"))
    assert found[-1] == {"question": "Can I park?", "answer": "Yes, behind\nthe shop."} and len(found) == 3
    [note] = said
    assert note.args["what"].code == "data.footer_left" and note.args["what"].args["lines"] == footer.strip()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("When are you open?", "We are open as follows.\n\nOpening hours: Mon-Fri 9:00-18:00"),
        ("What does the sign say?", "It says:\n\nOpening hours: Mon-Fri 9:00-18:00"),
        ("What are your hours?", "Our opening hours: Mon-Fri 9:00-18:00"),
        ("Is it dear?", "Opening hours: free.\nAsk us."),
        ("How do I reach you?", "In many ways.\n\nPhone: 030 123456\nE-mail: info@bakery.example"),
        ("Where is it?", "In the old town.\n\nAddress: 12 High Street"),
        ("連絡先は？", "次のとおりです。\n\n電話：03-1234-5678"),
        ("Which version is it?", "The new one.\n\nVersion 1.2"),
        ("On which page is it?", "It stands here.\nPage 3 of 3"),
        ("What must the notice say?", "It must say\n© 2024 Green Bakery"),
        ("What is a half?", "3/6"),
        ("What is a half?", "It is\n3/6"),
        ("What does the form ask for?", "Two things.\n\nDate: the day on which you ordered.\nAuthor: who wrote it."),
    ],
)
def test_an_answer_that_ends_so_by_itself_keeps_its_end(tmp_path: Path, asked: str, said: str) -> None:
    found, notes = read(put(tmp_path / "faq.txt", f"Q: Is it on?\nA: It is.\n\nQ: {asked}\nA: {said}\n"))
    assert found[-1] == {"question": asked, "answer": said} and notes == []


def test_a_line_that_closes_no_text_stays_in_the_answer(tmp_path: Path) -> None:
    text = "Q: Can I park?\nA: Yes.\n\nOpening hours: Mon-Fri 9:00-18:00\n\nQ: Is it on?\nA: It is.\n"
    found, notes = read(put(tmp_path / "faq.txt", text))
    assert found[0]["answer"] == "Yes.\n\nOpening hours: Mon-Fri 9:00-18:00" and notes == []


@pytest.mark.parametrize(
    ("above", "end", "is_said"),
    [
        (ABOVE, "Thank you for reading, and see you soon!", True),
        (ABOVE[: len(ABOVE) // 2], "Thank you!", False),
        (ABOVE.replace("It is not.", "It is not.\n\nNot at all."), "Thank you!", False),
        (ABOVE, "x" * 301, False),
        (ABOVE, "Phone: 030 123456", True),
    ],
)
def test_what_may_be_no_part_of_the_last_answer_is_learnt_and_said(
    tmp_path: Path, above: str, end: str, is_said: bool
) -> None:
    found, said = read(put(tmp_path / "faq.txt", f"{above}Q: Can I park?\nA: Call us, please.\n\n{end}\n"))
    assert found[-1]["answer"] == f"Call us, please.\n\n{end}"
    what = [(note.args["what"].code, note.args["what"].args["lines"]) for note in said]
    assert what == ([("data.footer_perhaps", end)] if is_said else [])


def test_below_headings_and_below_a_thought_a_text_is_closed_too(tmp_path: Path) -> None:
    text = "# FAQ\n\n## Why?\n\nSo.\n\n## Who?\n\nWe.\n\n## Is it on?\n\nIt is.\n\n---\n\n"
    text += "Last updated: 2024-05-01\n\nTel. 030 12345\n"
    assert read(put(tmp_path / "faq.md", text))[0][-1] == {"question": "Is it on?", "answer": "It is."}
    text = "Q: 1 + 1?\nA: 2\nQ: 2 + 2?\nA: 4\nExplanation: Two and two\nare four.\n\n© 2024 School\n"
    thought = "Two and two\nare four."
    assert read(put(tmp_path / "q.txt", text))[0][-1] == {"question": "2 + 2?", "reasoning": thought, "answer": "4"}


def test_much_below_a_rule_stays(tmp_path: Path) -> None:
    lines = ["---", *(f"line {number}" for number in range(7))]
    assert footers.parted(["Why?"], ["So.", "", *lines[:7]], 1).lines == ["So."]
    assert footers.parted(["Why?"], ["So.", "", *lines], 1).lines == ["So.", "", *lines]
    assert footers.parted(["Why?"], [""], 1) == ([""], "", "")


@pytest.mark.parametrize(
    "page", ["Page 1 of 2", "- Page 1 -", "Seite 1 von 2", "1/2ページ", "第1頁", "- 3 -", "Página 1 de 2"]
)
@pytest.mark.parametrize("mark", ["Q{}: {}\nA{}: {}\n", "{}. {}\n答え: {}{}\n"])
def test_the_number_of_a_page_between_two_questions_is_no_part_of_an_answer(
    tmp_path: Path, page: str, mark: str
) -> None:
    asked = [("Is it on?", "It is."), ("Is it far?", "It is not."), ("Can I park?", "Behind the shop.")]
    texts = [mark.format(at, ask, at if mark[0] == "Q" else "", say) for at, (ask, say) in enumerate(asked, 1)]
    found, _ = read(put(tmp_path / "faq.txt", f"{texts[0]}\n{texts[1]}\n{page}\n\n{texts[2]}"))
    assert [(row["question"], row["answer"]) for row in found] == asked


@pytest.mark.parametrize(
    ("asked", "said"),
    [("On which page is it?", ["See", "", "Page 1 of 2"]), ("What stands there?", ["It says:", "", "Page 1 of 2"]),
     ("Where?", ["Page 1 of 2"]), ("Where?", ["On", "Page 1 of 2"]), ("Where?", ["Here.", "", "Page 1", "below."]),
     ("How much?", ["Of all:", "of it", "", "1/2"])],
)  # fmt: skip
def test_the_number_of_a_page_may_be_of_the_answer(asked: str, said: list[str]) -> None:
    assert footers.without_pages([asked], said) == said
    assert footers.without_pages(["Where?"], ["Here.", "", "- 3 -", "", "And there."]) == [
        "Here.",
        "",
        "",
        "And there.",
    ]


TEL, RIGHTS = "Tel. 030 123456", "© 2024 Shop"


@pytest.mark.parametrize(
    ("asked", "said", "kept"),
    [
        ("Can I park?", ["So.", RIGHTS], 1), ("Can I park?", [RIGHTS], 1),
        ("Can I park?", ["So.", RIGHTS, "Page 2"], 1),
        ("What is there?", ["It says:", RIGHTS], 2), ("What is there?", ["This:", "Yes.", RIGHTS], 2),
        ("What is there?", ["Yes.", "It says:", RIGHTS], 3), ("Which page?", ["So.", "Page 2"], 2),
        ("Can I park?", ["So.", "", "3/3"], 1), ("Can I park?", ["So.", "3/3"], 2),
        ("Can I park?", ["So.", "", TEL], 1), ("Can I call?", ["So.", "", TEL], 3),
        ("Can I park?", ["It says:", "", TEL], 3), ("Can I park?", ["", "So.", "", TEL, ""], 1),
        ("Can I park?", ["So.", "", "a@shop.example"], 1), ("Have you an e-mail?", ["So.", "", "a@shop.example"], 3),
        ("Can I park?", ["So.", "", RIGHTS, TEL], 1), ("Who has the rights?", ["So.", "", RIGHTS, TEL], 4),
        ("Can I park?", ["So.", "", "(as of May 2024)"], 1), ("When was it?", ["So.", "", "(as of May 2024)"], 3),
        ("Can I park?", ["So.", "", "x" * 60, TEL], 1), ("Can I park?", ["So.", "", "Ann wrote it.", TEL], 4),
        ("Can I park?", ["So.", "", "x" * 61, TEL], 4), ("Can I park?", ["So.", "", "Contact: Room 7."], 1),
        ("Can I park?", ["So.", "", "Contact: at our desk."], 3), ("Can I park?", ["So.", "", TEL, "", TEL], 1),
        ("Can I park?", ["So.", "* * *", "It is ours."], 1),
        ("Can I park?", ["So.", "", "---", "It is ours.", "", TEL], 1),
    ],
)  # fmt: skip
def test_what_is_taken_off_and_what_the_question_or_the_answer_leads_to(asked: str, said: list[str], kept: int) -> None:
    lines = "\n".join(said).strip().split("\n")
    footer = "\n".join(lines[kept:]).strip()
    assert footers.parted([asked], said, 1) == (lines[:kept], footer, "")


@pytest.mark.parametrize(
    ("said", "others", "doubted"),
    [
        (["Call us.", "", TEL, "Open: 9-17"], 0, f"{TEL}\nOpen: 9-17"), (["So.", "", "Bye"], 2, "Bye"),
        (["So.", "", "Bye"], 1, ""), (["So.", "", "x" * 300], 2, "x" * 300), (["So.", "", "x" * 301], 2, ""),
        (["So.", "", "---", *"abcdefg"], 2, ""), (["So:", "", "Bye"], 2, ""), (["So.", "Bye"], 2, ""),
    ],
)  # fmt: skip
def test_what_may_be_of_the_answer_stays_and_is_said(said: list[str], others: int, doubted: str) -> None:
    assert footers.parted(["Can I park?"], said, others) == (said, "", doubted)


@pytest.mark.parametrize(
    ("said", "kept"),
    [(["So.", "", "Page 2", "", "It is."], [0, 1, 3, 4]), (["So.", "", "Page 2"], [0, 1]), (["So.", "Page 2"], [0, 1]),
     (["So.", "", "Page 2", "is it."], [0, 1, 2, 3]), (["Page 2", "", "So."], [0, 1, 2]),
     (["", "Page 2", "", "So."], [0, 1, 2, 3]),
     (["See:", "", "Page 2"], [0, 1, 2]), (["See:", "", "So.", "", "Page 2"], [0, 1, 2, 3])],
)  # fmt: skip
def test_a_page_ends_between_empty_lines_below_a_text_that_does_not_lead_to_it(
    said: list[str], kept: list[int]
) -> None:
    assert footers.without_pages(["Can I park?"], said) == [said[at] for at in kept]
    assert footers.without_pages(["On which page?"], said) == said


def test_an_answer_goes_on_behind_an_empty_line_within_it_alone() -> None:
    assert footers.goes_on(["So.", " ", "It is."]) and not footers.goes_on(["", "So.", "It is.", ""])
