"""Where a table begins: what stands above the names of its columns, and whether the first record holds names at all."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from engine.data.files.test_files_people_have import read
from helpers.sessions import refused
from so8t_engine.data.drop_reasons import TOO_LONG
from so8t_engine.data.files import table_head
from so8t_engine.data.files.table_head import Form
from so8t_engine.sentences import Sentence, sentence

STAR, PLANET = ["Which is a star?", "Sun", "Mars", "Io", "A"], ["Which is a planet?", "Sun", "Mars", "Io", "B"]
EXAM = (["question", "A", "B", "C", "answer"], False)
HOUSE = "Where is the big red house of the old man?"
REPEATED, TWO_TABLES, UNUSABLE, SIDE, NO_HEADER, NO_COLUMNS = (
    "data.header_repeated", "data.header_of_two_tables", "data.header_unusable", "data.table_lies_on_its_side",
    "data.header_missing", "data.header_and_columns_missing",
)  # fmt: skip
LINE = "header: false, columns: {prompt: column%d, response: column%d}"


def header(first: list[str], below: list[list[str]], problem: Sentence | None = None, said: Any = None) -> Any:
    try:
        return table_head.header(first, below, Form(header=said), problem)
    except ValueError as error:
        return error.args[0].code, error.args[0].args


@pytest.mark.parametrize(
    ("first", "below", "found"),
    [
        (["q", "a"], [], (["q", "a"], True)), (["", "a"], [], (["", "a"], True)),
        (["", "", "a"], [], (["column1", "column2", "a"], True)), (["q"], [["Who?"]], (["q"], True)),
        (["", ""], [], (UNUSABLE, {"why": sentence("data.header_names")})),
        ([], [[]], (UNUSABLE, {"why": sentence("data.header_names")})),
        (["q", "q"], [], (REPEATED, {"names": ["q"]})), (["q", "a", "q"], [], (REPEATED, {"names": ["q"]})),
        (["q", "a", "q", "a"], [], (TWO_TABLES, {"names": ["q", "a"]})),
        (["q", "a", "", "q", "a"], [], (TWO_TABLES, {"names": ["q", "a"]})),
        (["q", "a", "x", "q", "b", "x"], [], (REPEATED, {"names": ["q", "x"]})),
        (["q", "a", "q", "a", "x"], [], (REPEATED, {"names": ["q", "a"]})),
        # questions, options and a letter
        (PLANET, [STAR], EXAM), (PLANET, [STAR, STAR, STAR, ["x"] * 5], EXAM), (["Io?", *PLANET[1:]], [STAR], EXAM),
        (["Io?", "1", "2", "3", "B"], [["Ann", "1", "2", "3", "A"]], EXAM),
        (["Io", "1", "2", "3", "B"], [["Ann", "1", "2", "3", "A"]], (["Io", "1", "2", "3", "B"], True)),
        (["Io?", "1", "2", "3", "B"], [["Ann", "1", "2", "3", "A"]] * 2, (["Io?", "1", "2", "3", "B"], True)),
        (["Io"], [STAR], (["Io"], True)), (PLANET, [STAR] * 3 + [STAR[:4]], EXAM),
        (PLANET, [[], STAR, STAR, STAR], EXAM),
        (PLANET, [STAR, STAR[:4]], (NO_COLUMNS, {"first": PLANET[0]})),
        (PLANET, [STAR, ["x"] * 5], (NO_COLUMNS, {"first": PLANET[0]})),
        (PLANET, [], (PLANET, True)), (["Question", "A", "B", "C", "answer"], [STAR],
         (["Question", "A", "B", "C", "answer"], True)),
        (["Question", "x", "A", "y", "B"], [STAR], (["Question", "x", "A", "y", "B"], True)),
        (["Question", "A", "x", "y", "B"], [STAR], (["Question", "A", "x", "y", "B"], True)),
        (["Question", "x", "y", "A", "B"], [STAR], (["Question", "x", "y", "A", "B"], True)),
        (["Which is a planet?", "Sun", "Mars", "B"], [["Which is a star?", "Sun", "Mars", "A"]],
         (NO_COLUMNS, {"first": PLANET[0]})),
        (PLANET, [[*STAR[:4], "AC"], [*STAR[:4], "BC"]], EXAM), ([*PLANET[:4], "ABC"], [STAR], EXAM),
        (["Which?", "AB", "BC", "Io", "A"], [STAR], EXAM),
        ([*PLANET[:4], "D"], [STAR], (NO_COLUMNS, {"first": PLANET[0]})),
        (PLANET, [[*STAR[:4], "D"]], (NO_COLUMNS, {"first": PLANET[0]})),
        (PLANET, [[*STAR[:4], ""]], (NO_COLUMNS, {"first": PLANET[0]})),
        # on its side
        (["Question", "x?", "y?"], [["Answer", "1", "2"]], (SIDE, {"names": ["Question", "Answer"]})),
        (["question", "x"], [["answer", "1"]], (["question", "x"], True)),
        (["question", "x", "y"], [["answer", "1", "2"], ["z", "1", "2"]], (["question", "x", "y"], True)),
        (["Question", "x", "y"], [], (["Question", "x", "y"], True)),
        # a row where names should be
        ([HOUSE, "There."], [["Who is it then?", "A man."]], (NO_HEADER, {"first": HOUSE, "line": LINE % (1, 2)})),
        ([HOUSE, "There."], [["Who is it then", "A man"]], ([HOUSE, "There."], True)),
        ([HOUSE, "There"], [["Who is it then?", "A man"]], (NO_HEADER, {"first": HOUSE, "line": LINE % (1, 2)})),
        ([HOUSE], [["Who is it?"]], ([HOUSE], True)),
        ([HOUSE, "No"], [["Who?", "a"], *[["x", "y"]] * 3], (NO_HEADER, {"first": HOUSE, "line": LINE % (1, 2)})),
        ([HOUSE, "No"], [["Who?", "a"], *[["x", "y"]] * 4], ([HOUSE, "No"], True)),
        ([HOUSE, "No"], [["Who?", "a"], *[["x"]] * 9], (NO_HEADER, {"first": HOUSE, "line": LINE % (1, 2)})),
        (["1", HOUSE, "There."], [["2", "Who is it then?", "A man."]],
         (NO_HEADER, {"first": "1", "line": LINE % (2, 3)})),
        (["1", "There.", HOUSE], [["2", "A man.", "Who is it then?"]],
         (NO_HEADER, {"first": "1", "line": LINE % (2, 3)})),
        (["1234", HOUSE, "There it is."], [["56", "Who is he?", "A man."]],
         (NO_HEADER, {"first": "1234", "line": LINE % (2, 3)})),
        ([HOUSE, "a" * 20 + ".", "b" * 10 + "."], [["Who?", "c.", "d."]], (NO_COLUMNS, {"first": HOUSE})),
        ([HOUSE, "a" * 22 + ".", "b" * 10 + "."], [["Who?", "c", "d"]],
         (NO_HEADER, {"first": HOUSE, "line": LINE % (1, 2)})),
        (["x" * 61, "There"], [["y" * 31, "z"]], (NO_HEADER, {"first": "x" * 60, "line": LINE % (1, 2)})),
        (["x" * 61, "There"], [["y" * 30, "z"]], (["x" * 61, "There"], True)),
        (["x" * 60, "There"], [["y" * 31, "z"]], (["x" * 60, "There"], True)),
    ],
)  # fmt: skip
def test_a_first_record_holds_names_or_is_told(first: list[str], below: list[list[str]], found: Any) -> None:
    assert header(first, below) == found
    assert header(first, below, said=False) == ([f"column{n}" for n in range(1, len(first) + 1)], False)
    named = tuple(f"n{n}" for n in range(len(first)))
    assert header(first, below, said=named) == (list(named), False)
    assert header(first, below, said=(*named, "x")) == (
        "data.header_length", {"names": len(first) + 1, "fields": len(first)},
    )  # fmt: skip
    if found[0] in (SIDE, NO_HEADER, NO_COLUMNS) or found == EXAM:
        assert header(first, below, said=True) == (first, True)
    if found[1] is True:
        assert header(first, below, TOO_LONG) == (UNUSABLE, {"why": TOO_LONG})


DATED = ["Our list", "", "", "3 June"]
DECKS, SIDES = ["Deck A", "", "Deck B", ""], ["Front", "Back", "Front", "Back"]
SCATTERED = [["Test 7b", "", "", ""], ["Ms. Poe", "", "", "3 June"], ["", "", "", ""]]
T, N, R = ["T", ""], ["q", "a"], ["1", "2"]
GROUPS, NAMES = ["Input", "", "Output", ""], ["Question", "Context", "Answer", "Source"]
KNOWN = [["Zork", "", "Blim", ""], ["Name", "Date", "Status", "Note"]]
TEXTS = [["Why is it so?", "None of it.", "So it is.", "12"], ["How is it done?", "None of it.", "Thus it was.", "13"]]


@pytest.mark.parametrize(
    ("records", "above"),
    [
        ([T, N, R, R], 1), ([N, R], 0), ([["T"], [], N, R], 2), ([T] * 10 + [N, R, R], 10), ([T] * 11 + [N, R, R], 0),
        ([T, N], 0), ([T, N, ["1"]], 0), ([T, N, ["1"], R], 0), ([T, N, R, ["1"]], 1),
        ([T, N, *[R] * 4, ["1"], ["x"]], 1),
        ([T, N, *[R] * 3, ["1"], ["x"]], 0), ([T, N, [], R, R], 1), ([T], 0), ([], 0), ([[""], [""]], 0),
        ([GROUPS, NAMES, *TEXTS], 1), ([["A"], GROUPS, NAMES, *TEXTS], 2), ([GROUPS, NAMES], 0),
        ([KNOWN[0], KNOWN[1], *TEXTS], 1), ([*KNOWN, *TEXTS * 10, *[["Term", "Date", "Note", "Item"]] * 2], 1),
        ([KNOWN[0], ["Name", "Date", "Shu", "Gra Mo"], *TEXTS], 1),
        ([["Zork", "Blim", "", "Shu"], KNOWN[1], *TEXTS], 1),
        ([KNOWN[0], ["Name", "Fi", "Shu", "Gra"], *TEXTS], 0),
        ([["Question", "x", "Answer", "y"], NAMES, *TEXTS], 0), ([GROUPS, *TEXTS], 0),
        # a title with a date beside it, one over each of two tables
        ([DATED, NAMES, *TEXTS], 1), ([DATED, GROUPS, NAMES, *TEXTS], 2), ([DATED, *TEXTS], 0), ([DATED, NAMES], 0),
        ([DATED, GROUPS, *TEXTS], 0), ([["Term", "", "", "Note"], ["a bird", "x", "y", "z w"], *TEXTS], 0),
        ([DECKS, SIDES, *TEXTS], 1), ([DECKS, SIDES, SIDES, *TEXTS], 0), ([DECKS, SIDES], 0),
        ([DECKS, ["Front", "Back", "Front", "Side"], *TEXTS], 0), ([["A", "B", "C", ""], SIDES, *TEXTS], 0),
        # several lines, of which one has more fields, above names that are known or come again
        ([*SCATTERED, NAMES, *TEXTS], 3), ([*SCATTERED, NAMES, *TEXTS, ["", "", "", ""], NAMES, *TEXTS], 3),
        ([*SCATTERED, ["Zork", "Blim", "Shu", "Gra"], *TEXTS, ["Zork", "Blim", "Shu", "Gra"], *TEXTS], 3),
        ([*SCATTERED, ["Zork", "Blim", "Shu", "Gra"], *TEXTS], 1),
        # and groups of names between them and the names
        ([*SCATTERED, GROUPS, NAMES, *TEXTS], 4), ([*SCATTERED[:2], GROUPS, NAMES, *TEXTS], 3),
        ([*SCATTERED, ["", "Request", "", "Reply"], ["No.", "Text", "Date", "Text"], *TEXTS], 4),
        ([*SCATTERED, KNOWN[0], ["Gra", "Mo", "Shu", "Fi"], *TEXTS], 1),
    ],
)  # fmt: skip
def test_what_stands_above_the_names_is_a_title(records: list[list[str]], above: int) -> None:
    assert table_head.title(records) == records[:above]


def test_that_names_stand_in_two_records_may_be_known() -> None:
    strange = [["Zork", "", "Blim", ""], ["Shu", "Gra", "Mo", "Fi"], *TEXTS]
    assert table_head.title(strange) == []
    assert table_head.title(strange, lambda above: above == 0) == strange[:1]
    assert table_head.title([["A"], *strange], lambda above: above == 1) == [["A"], *strange[:1]]
    assert table_head.title([["Zork", "x", "Blim", "y"], *strange[1:]], lambda above: True) == []
    dated = [DATED, KNOWN[1], ["first", "of birth", "now", "own"], *TEXTS]
    assert table_head.title(dated, lambda above: above == 1) == [DATED] and table_head.title(dated) == []


@pytest.mark.parametrize(
    ("above", "first", "names"),
    [
        ([GROUPS], NAMES, NAMES), ([["x", "", ""]], ["q", "a", "b"], ["q", "a", "b"]), ([], ["q"], ["q"]),
        ([["Nr", "Frage", "Antwort", ""]], ["", "", "kurz", "lang"], ["Nr", "Frage", "Antwort kurz", "Antwort lang"]),
        ([["a", "", "b", ""]], ["x", "y", "x", "y"], ["a x", "a y", "b x", "b y"]),
        ([["a", "a", "b", "b"]], ["x", "y", "x", "y"], ["a x", "a y", "b x", "b y"]),
        ([["T", "", ""]], ["", "x", "y"], ["", "x", "y"]), ([["T", "", "U"]], ["", "x", "y"], ["", "x", "y"]),
        ([["a", "", "b", ""]], ["x", "x", "x", "x"], ["x", "x", "x", "x"]),
        ([["a", "", "b"]], ["x", "y"], ["x", "y"]),
        ([["", "a", "b", ""]], ["", "x", "y", "z"], ["", "x", "y", "z"]),
        ([["Question", "", "Answer", ""]], ["x", "y", "z", "w"], ["Question x", "Question y", "Answer z", "Answer w"]),
        ([[" Nr ", "Frage - max 9 characters", "Antwort", ""]], ["", "", "kurz", "lang"],
         ["Nr", "Frage", "Antwort kurz", "Antwort lang"]),
        ([["Nr", "Frage", "Antwort", ""], ["x", "", "", ""]], ["", "", "kurz", "lang"], ["", "", "kurz", "lang"]),
    ],
)  # fmt: skip
def test_names_below_those_of_groups_have_these_where_they_need_them(
    above: list[list[str]], first: list[str], names: list[str]
) -> None:
    assert table_head.below_groups(above, first) == names


@pytest.mark.parametrize(
    ("above", "named", "is_said"),
    [
        (DECKS, SIDES, True), (DECKS, ["x", "y", "x", "z"], False), (["Deck A"], SIDES, False),
        (["Question", "", "Answer", ""], ["", "Date", "", "Date"], False), ([""] * 4, SIDES, False),
    ],
)  # fmt: skip
def test_that_tables_stand_side_by_side_is_said(above: list[str], named: list[str], is_said: bool) -> None:
    note = table_head.tables_note([above], named, table_head.below_groups([above], named))
    assert (note.args if note else None) == (
        {"titles": ["Deck A", "Deck B"], "names": ["Front", "Back"]} if is_said else None
    )


def test_what_a_title_says_is_told_in_short_and_lengths_are_no_part_of_a_name() -> None:
    assert table_head.title_note([["", ""], ["T", "", "x"], ["U"]]).args == {"count": 3, "first": "T ... x"}
    assert table_head.title_note([["x" * 61]]).args == {"count": 1, "first": "x" * 60}
    assert table_head.title_note([[""]]).args == {"count": 1, "first": ""}
    names = [" Q - max 120 characters ", "A - choose at least one", "A - max x"]
    assert list(map(table_head.name, names)) == ["Q", "A", "A - max x"]


def test_a_table_of_promptfoo_whose_marks_are_no_columns_of_one_answer_is_refused_with_what_is_read(
    tmp_path: Path,
) -> None:
    of_one = ["[openai:gpt-4o] Answer: {{q}}", "Status", "Score", "Named Scores", "Grader Reason", "Comment"]
    told = ["It is so.", "PASS", "1.00", "", "All assertions passed", ""]
    one = [["question", *of_one], ["Why?", *told], ["How?", *told]]
    several = [["question", *of_one, *of_one], ["Why?", *told, *told], ["How?", *told, *told]]
    older = [["question", of_one[0]], ["Why?", "[PASS] (1.00)\n\nSo."], ["How?", "[FAIL] (0.50, a: 0.50)\n\nNo."]]

    def written(records: list[list[str]]) -> Path:
        with (tmp_path / "a.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(records)
        return tmp_path / "a.csv"

    assert read(written(one))[0][1] == dict(zip(one[0], one[2], strict=True))
    for records in (several, older):
        assert refused(lambda: read(written(records))).sentence.args["why"].code == "data.promptfoo_table"  # noqa: B023
    quoted = [["question", "answer"], ["Why?", "[PASS] (1.00) is a mark."], ["How?", "Thus."], ["Who?", "He."]]
    assert len(read(written(quoted))[0]) == 3


def test_settings_above_a_talk_of_lines_official_accounts_are_passed_over() -> None:
    names = ["送信者タイプ", "送信者名", "送信日", "送信時刻", "内容"]
    said = ["User", "山田", "2024/01/02", "10:00", "何時？"]
    settings = [["アカウント名", "花屋"], ["タイムゾーン", "+09:00"]]
    assert table_head.title([*settings, names, said]) == settings
    assert table_head.title([names, said]) == []


def test_where_names_begin_is_told_by_what_stands_below_them_alone() -> None:
    pair = [["x", "y"], ["z", "w"]]
    for records, above in (
        ([DATED, NAMES, TEXTS[0]], 1), ([["Name"], ["Date"], *KNOWN, *TEXTS], 3),
        ([["Deck A", "3 June"], ["Term", "Term"], *pair], 0),
        ([["Our list", "3 June", "", ""], GROUPS, ["Question", "", "Answer", "Source"], *TEXTS], 0),
        ([["Our list", "3 June"], ["Input", "Output"], ["Question", "Context", "Answer", "Source"], *TEXTS], 0),
    ):  # fmt: skip
        assert table_head.title(records) == records[:above], records
    assert header(["Why is it so?", "x"], [["How is it done?", "x"]])[0] == NO_HEADER
