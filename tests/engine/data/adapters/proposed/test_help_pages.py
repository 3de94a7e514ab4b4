"""Pages of a help centre: the line that is proposed asks what their titles ask, or about what these want."""

from __future__ import annotations

from typing import Any

import pytest

from so8t_engine.config.run_config import Columns, Dataset
from so8t_engine.data.adapters import choose_adapter
from so8t_engine.data.adapters.proposed import help_pages, proposals

ASK = ("How do I reset it?", "Can I change the address?", "Do you ship abroad?")
WANT = ("パスワードを再設定する方法", "配送先を変更したい", "ログインできない")
NEWS = ("Rain floods the valley", "New mayor elected", "Bridge opens in May")
TEXTS = ("Hold the button for ten seconds.", "Open My orders and press Change.", "Yes, to all of Europe.")


STEPS = ("ログイン画面を開いてください。", "注文履歴から変更できます。", "再設定をお試しください。")


def pages(
    titles: tuple[str, ...], title: str = "title", text: str = "body", texts: tuple[str, ...] = TEXTS, **more: Any
) -> list[dict[str, Any]]:
    return [{title: one, text: said, **more} for one, said in zip(titles, texts, strict=True)]


@pytest.mark.parametrize(
    ("rows", "where"),
    [
        (pages(ASK), Columns(prompt="title", response="body")),
        (pages(WANT, "タイトル", "本文", STEPS),
         Columns(prompt="「{タイトル}」について教えてください。", response="本文")),
        (pages(("How to reset it", "How to pay", "How to ship"), "Title", "Content", id=3),
         Columns(prompt="Explain: {Title}", response="Content")),
        (pages(ASK, "件名", "内容"), Columns(prompt="件名", response="内容")),
        (pages((*ASK[:2], "Shipping")), Columns(prompt="title", response="body")),
        (pages(("How to pay", ASK[0], "Shipping")), Columns(prompt="Explain: {title}", response="body")),
        (pages((*ASK, "More"), texts=(*TEXTS[:2], "All of it.", "")), Columns(prompt="title", response="body")),
        (pages(("?" * 150, *ASK[1:]), note="x" * 60), Columns(prompt="title", response="body")),
        (pages(ASK, section="Basics"), Columns(prompt="title", response="body")),
    ],
)  # fmt: skip
def test_a_title_that_asks_is_the_question_and_one_that_wants_is_asked_about(
    rows: list[dict[str, Any]], where: Columns
) -> None:
    assert proposals.propose(rows) == where


@pytest.mark.parametrize(
    "rows",
    [
        pages(NEWS), pages(ASK)[:2], pages((ASK[0],) * 3), pages(("?" * 151, *ASK[1:])), [{"title": "Why?"}] * 3,
        pages(("How to pay", *NEWS[:2])), pages((ASK[0], *NEWS[:2])), pages(ASK, note="x" * 61), pages(ASK, note=["x"]),
        pages(ASK, texts=(TEXTS[0], "It is so.", "")), pages(ASK, answer="So."),
        pages(("How to pay", "How to ship", "How to reset it"), section="Basics"),
    ],
)  # fmt: skip
def test_other_titles_are_not_taken_for_pages_of_help(rows: list[dict[str, Any]]) -> None:
    assert help_pages.mapping(rows) is None


@pytest.mark.parametrize(
    "said",
    [
        ("I tried it and nothing came.", "My order is late. Open since May.", "We wait for days."),
        ("It is broken.", "Nothing came of it.", "The screen is dark."),
        ("エラーが出て困っています。", "開けません。確認してください。", "届きません。"),
        ("Open it, but then?", "Press it, and what now?", "Hold it?"),
    ],
)
def test_what_somebody_asks_in_a_forum_below_a_title_is_no_answer_to_it(said: tuple[str, str, str]) -> None:
    rows = [{"title": one, "body": text} for one, text in zip(ASK, said, strict=True)]
    assert help_pages.mapping(rows) is None
    assert proposals.propose(rows) is None


def test_articles_of_a_law_beside_their_text_are_asked_for_and_not_read_as_plain_texts() -> None:
    rows = [{"article": f"Art. {n}", "text": f"Every person shall have right {n}."} for n in range(1, 5)]
    local = Dataset(name="x", source="local", path="x.csv")
    assert choose_adapter.choose(local, rows[0]) is None
    assert proposals.propose(rows) == Columns(prompt="What does {article} say?", response="text")
    page = {"article": "A long story of the sea", "text": "It was night.\n\nThe wind rose."}
    assert choose_adapter.choose(local, page) is choose_adapter.ADAPTERS["text"]
