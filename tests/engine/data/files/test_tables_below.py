"""Records below a first table belong to it, to another one that is read, or to one that is passed over."""

from __future__ import annotations

from typing import Any

import pytest

from so8t_engine.data.files import tables_below
from so8t_engine.data.files.tables_below import TablesBelow

HEAD = ["q", "a"]
FAQ = [["Why is it so?", "Because of the rain."], ["How is it done?", "With a long spoon."]]
TERMS, TERM = ["Abbreviation", "Meaning"], ["VAT", "a tax"]
SHADES, SHADE = ["Shade", "Finish", "Lead time"], ["Red", "matt", "7 days"]
ASK, ASKED = ["Frage", "Antwort"], ["Wer?", "Ich."]


def read(
    records: list[list[str] | None], unit: Any = "line", asked: Any = None, head: list[str] = HEAD
) -> tuple[str, list[tuple[str, str]]]:
    """For each record whether it is a row (+), one of another table (o), none (-); None: one that cannot be read."""
    said: list[tuple[str, str]] = []
    tables = TablesBelow(
        head, asked, unit, lambda note: said.append((note.code.removeprefix("data.table_"), str(note.args["place"])))
    )
    signs = ""
    for at, record in enumerate(records, 2):
        is_row = tables.is_row(record or [], at, is_whole=record is not None)
        signs += "-" if not is_row else "+" if tables.names is None else "o"
    return signs, said


@pytest.mark.parametrize(
    ("records", "signs", "said"),
    [
        ([*FAQ, ["", ""], TERMS, TERM], "+++--", [("below", "line 5")]),
        ([*FAQ, [], TERMS, TERM], "++---", [("below", "line 5")]),
        ([*FAQ, TERMS, TERM], "++++", []), ([*FAQ, ["", ""], SHADES, SHADE], "+++--", [("below", "line 5")]),
        ([*FAQ, [], SHADES, SHADE, [], SHADES], "++-----", [("below", "line 5")]),
        ([*FAQ, [], ASK, ASKED], "++--o", [("below_read", "line 5")]),
        ([*FAQ, [], TERMS, TERM, [], [" Q ", "A"], FAQ[0]], "++-----+", [("below", "line 5")]),
        ([*FAQ, [], ASK, ASKED, [], HEAD, FAQ[0]], "++--o--+", [("below_read", "line 5")]),
        ([*FAQ, [], ["x", ""], TERMS, TERM], "++-+--", [("below", "line 6")]),
        ([*FAQ, [], FAQ[0], TERMS], "++-++", []), ([*FAQ, None, TERMS], "++++", []),
        ([*FAQ, [], None, TERMS], "++-+-", [("below", "line 6")]),
        ([*FAQ, [], TERMS, None, TERM], "++----", [("below", "line 5")]),
        ([*FAQ, [], ["Payment", "Invoice only"], [], ["Shipping", "By post"]], "++-+-+", [("below_perhaps", "line 5")]),
        ([TERM, ["EU", "a union"], [], ["Payment", "Invoice only"]], "++-+", []), ([[], TERMS, TERM], "-++", []),
        ([["Name", "Date"], ["Item", "Note"], [], TERMS], "++-+", []),
        ([*FAQ, [], ["Frage", "Frage"], ASKED], "++-++", []),
        ([*FAQ, ["A ", "Q"], FAQ[1][::-1], HEAD, FAQ[0]], "++-o-+", [("reordered", "line 4")]),
        ([*FAQ, ["a", "", "q"], ["Of rain.", "", "Why?"]], "++-o", [("reordered", "line 4")]),
        ([*FAQ, ["Q", " A"], FAQ[0], ["q", "q"], ["a", ""], ["q", "a lot"]], "++-++++", []),
    ],
)  # fmt: skip
def test_what_stands_behind_an_empty_record(
    records: list[list[str] | None], signs: str, said: list[tuple[str, str]]
) -> None:
    assert read(records) == (signs, said)


def test_some_of_the_names_are_names_where_they_ask_and_answer() -> None:
    head, row = ["q", "a", "topic"], ["Why is it?", "It is so.", "ice"]
    assert read([row, ["q", "a", ""], row], head=head) == ("+-+", [])
    assert read([row, ["", "a", "topic"], row], head=head) == ("+++", [])
    assert read([row, ["a", "q", ""], row], head=head) == ("+-o", [("reordered", "line 3")])


def test_names_that_neither_ask_nor_answer_are_known_in_another_order_too_if_all_are_there() -> None:
    given = [["EU", "May"], ["Date", "Term"], ["June", "VAT"], ["Date", ""], ["", "Term"]]
    assert read([*given], head=["Term", "Date"]) == ("+-ooo", [("reordered", "line 3")])


def test_in_a_sheet_a_row_that_is_left_out_is_a_gap() -> None:
    said: list[str] = []
    tables = TablesBelow(HEAD, None, "row", lambda note: said.append(note.code))
    assert [tables.is_row(fields, at, is_whole=True) for fields,
     at in ((FAQ[0], 7), (FAQ[1], 8), (FAQ[0], 9), (TERMS, 11))] == [
        True, True, True, False,
    ]  # fmt: skip
    assert said == ["data.table_below"]
    tables.first_again(12)
    assert tables.is_row(FAQ[0], 13, is_whole=True)
    text = TablesBelow(HEAD, None, "line", lambda note: said.append(note.code))
    assert all(text.is_row(fields, at, is_whole=True) for fields, at in ((FAQ[0], 2), (TERMS, 4)))


@pytest.mark.parametrize(
    ("asked", "names", "sign"),
    [(("Zu", None), ["Zu", "Blim"], "o"), (("Zu", "Blim"), ["Zu", "Blim"], "o"), (("Zu", "Ga"), ["Zu", "Blim"], "+"),
     (("Zu", None), ASK, "-"), ((None, None), ASK, "o"), (None, ["Zu", "Blim"], "+")],
)  # fmt: skip
def test_the_columns_that_the_user_names_begin_another_table(asked: Any, names: list[str], sign: str) -> None:
    assert read([*FAQ, [], names, ASKED], asked=asked)[0][-1] == sign


def test_what_the_first_table_is_like_its_first_rows_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables_below, "ABOVE", 2)
    alike = [["Payment", "Invoice"], ["Shipping", "Post"], ["Packing", "Box"]]
    assert read([*FAQ, *alike, [], TERMS])[0] == "+++++--"
    assert read([*alike, *FAQ, [], TERMS])[0] == "+++++-+"
    assert read([FAQ[0], *alike, [], TERMS])[0] == "++++-+"


def test_names_of_another_table_are_known_by_their_places() -> None:
    tables = TablesBelow(HEAD, None, "line", lambda note: None)
    for at, fields in enumerate(([*FAQ[0]], [""], ["", " Frage ", "", "Antwort"]), 2):
        tables.is_row(fields, at, is_whole=True)
    assert tables.names == {1: "Frage", 3: "Antwort"}
