"""Sheets of one workbook are read each as when alone, also where the rows of one belong together."""

from __future__ import annotations

import contextlib
import itertools
from typing import Any

import pytest

from so8t_engine.config.run_config import Dataset
from so8t_engine.data.adapters import choose_adapter
from so8t_engine.data.adapters.parsed_row import ParsedRow, Skip

FAQ = [{"question": f"How is it done {number}?", "answer": f"Thus {number}."} for number in range(3)]
CHAT = [
    {"チャットID": "c1", "発言者": "お客様", "メッセージ": "この靴はありますか?"},
    {"チャットID": "c1", "発言者": "スタッフ", "メッセージ": "はい、ございます。"},
    {"チャットID": "c2", "発言者": "お客様", "メッセージ": "いつ届きますか?"},
    {"チャットID": "c2", "発言者": "スタッフ", "メッセージ": "明後日です。"},
]
POST = dict.fromkeys(("Id", "PostTypeId", "ParentId", "AcceptedAnswerId", "Score", "Title", "Body"), "")
POSTS = [
    {**POST, "Id": "1", "PostTypeId": "1", "AcceptedAnswerId": "3", "Title": "How to reverse?", "Body": "A list."},
    {**POST, "Id": "2", "PostTypeId": "2", "ParentId": "1", "Score": "9", "Body": "You cannot."},
    {**POST, "Id": "3", "PostTypeId": "2", "ParentId": "1", "Score": "1", "Body": "By a slice."},
]
JUDGED = [{"質問": f"問い{n}は?", "回答": f"答え{n}です。", "評価": grade} for n, grade in enumerate("○×○×")]
SAID = {
    "faq": ["Thus 0.", "Thus 1.", "Thus 2."], "chat": ["はい、ございます。", "明後日です。"], "posts": ["By a slice."],
    "judged": ["答え0です。", "答え2です。"],
}  # fmt: skip
SHEETS: dict[str, list[dict[str, Any]]] = {"faq": FAQ, "chat": CHAT, "posts": POSTS, "judged": JUDGED}


def learnt(rows: list[dict[str, Any]], path: str = "book.xlsx") -> list[str]:
    dataset = Dataset(name="x", source="local", path=path)
    index = choose_adapter.index_of(dataset, lambda: iter(rows))
    found = []
    for row in rows:
        adapter = choose_adapter.choose(dataset, row)
        with contextlib.suppress(Skip):
            found += [adapter.adapt(row, index)] if adapter is not None else []
    return [one.response.strip() for one in found if isinstance(one, ParsedRow) and one.bad_answer is None]


@pytest.mark.parametrize("path", ["book.xlsx", "BOOK.XLSM"])
@pytest.mark.parametrize("order", list(itertools.permutations(SHEETS)))
def test_turns_and_replies_of_one_sheet_are_read_beside_the_rows_of_others(order: tuple[str, ...], path: str) -> None:
    rows = [{"店": "渋谷"}, *(row for name in order for row in SHEETS[name])]
    assert learnt(rows, path) == [said for name in order for said in SAID[name]]


QUIZ = [
    {"question": f"Which is item {at}?", "choices": f'["a{at}", "b{at}", "c{at}"]', "answer": at} for at in (1, 3, 2)
]
HUMAN = "\n\nHuman: Which gas?\n\nAssistant: "
PAIRS = [{"chosen": f"{HUMAN}Oxygen.", "rejected": f"{HUMAN}Neon."}]


@pytest.mark.parametrize("order", ["cq", "qc", "cqf"])
def test_numbers_of_options_are_counted_as_the_rows_of_their_own_sheet_do(order: str) -> None:
    sheets: dict[str, list[dict[str, Any]]] = {"c": CHAT, "q": QUIZ, "f": FAQ}
    said = {"c": SAID["chat"], "q": ["A. a1", "C. c3", "B. b2"], "f": SAID["faq"]}
    rows = [row for name in order for row in sheets[name]]
    assert learnt(rows) == [text for name in order for text in said[name]]


def test_rows_of_another_sheet_that_lack_columns_tell_a_known_data_set_nothing() -> None:
    assert learnt([*PAIRS, *CHAT, *FAQ]) == ["Oxygen.", *SAID["chat"], *SAID["faq"]]


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_alone_is_read_as_any_table_is(name: str) -> None:
    assert learnt(SHEETS[name]) == learnt(SHEETS[name], "table.csv") == SAID[name]


def test_a_workbook_that_nothing_is_understood_of_has_nothing_to_look_up() -> None:
    assert choose_adapter.index_of(Dataset(name="x", source="local", path="x.xlsx"), lambda: iter([{"店": "a"}])) == {}
