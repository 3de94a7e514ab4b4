"""Letters are never learnt as answers where what they stand for stands beside them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from helpers.rows import of_source, parsed, whole
from so8t_engine import cli
from so8t_engine.commands.printer import Printer
from so8t_engine.config.run_config import Columns, Dataset
from so8t_engine.data import admission, drop_reasons
from so8t_engine.data.adapters import row_mapping
from so8t_engine.data.adapters.answers import options_beside
from so8t_engine.data.adapters.parsed_row import ParsedRow, Skip

OPTIONS = ("Quito", "Lima", "La Paz", "Bogotá")
NAMES = {
    "a)": ("a)", "b)", "c)", "d)"), "(A)": ("(A)", "(B)", "(C)", "(D)"), "A": ("A", "B", "C", "D"),
    "イ": ("イ", "ロ", "ハ", "ニ"), "選択肢イ": ("選択肢イ", "選択肢ロ", "選択肢ハ", "選択肢ニ"),
    "选项A": ("选项A", "选项B", "选项C", "选项D"), "Opción 1": ("Opción 1", "Opción 2", "Opción 3", "Opción 4"),
    "Text A": ("Text A", "Text B", "Text C", "Text D"), "ア": ("ア", "イ", "ウ", "エ"),
}  # fmt: skip
KEYS = (
    ("Enunciado", "Solución"), ("题干", "标准答案"), ("题干", "参考答案"), ("question", "correct_answer"),
    ("問題文", "解答"), ("問題文", "正しい答え"), ("Frage", "Lösung"), ("Domanda", "Soluzione"),
    ("Pergunta", "Solução"), ("Question", "Réponse attendue"), ("Vraag", "Oplossing"), ("question", "solution"),
    ("Fråga", "Svar"), ("问题", "解答"), ("질문", "정답"),
)  # fmt: skip


def test_a_letter_beside_options_that_nothing_else_is_read_of_is_the_option() -> None:
    letters = {"イ": "ロ", "選択肢イ": "ロ", "ア": "イ", "Opción 1": "2"}
    for first, names in NAMES.items():
        for asks, key in KEYS:
            for said in {letters.get(first, "B"), letters.get(first, "b")}:
                row = {asks: "Capital of Peru?", **dict(zip(names, OPTIONS, strict=True)), key: said}
                found = parsed(row)
                assert found.prompt.endswith("A. Quito\nB. Lima\nC. La Paz\nD. Bogotá"), (first, asks, key)
                assert found.response == "B. Lima", (first, asks, key)


def test_several_letters_and_an_options_own_words_name_it_too() -> None:
    row = {"题干": "Which?", **dict(zip(NAMES["选项A"], OPTIONS, strict=True))}
    assert parsed({**row, "标准答案": "BD"}).response == "B. Lima\nD. Bogotá"
    assert parsed({**row, "模范解答": "x", "标准答案": "La Paz"}).response == "C. La Paz"
    iroha = {"問題": "Which?", **dict(zip(NAMES["イ"], OPTIONS, strict=True))}
    assert parsed({**iroha, "解答": "イ、ハ"}).response == "A. Quito\nC. La Paz"
    about = {"context": "Peru is large.", "question": "Capital?", **dict(zip(NAMES["Text A"], OPTIONS, strict=True))}
    assert parsed({**about, "response": "C"}).prompt.startswith("Peru is large.\n\nCapital?\nA. Quito")


@pytest.mark.parametrize(
    "row",
    [
        {"question": "What grade?", "Text A": "x", "Text B": "y", "response": "B"},
        {"question": "What grade?", "Text A": "x", "Text B": "y", "Text C": "z", "response": "It is B."},
        {"question": "Which?", "step 1": "x", "step 2": "y", "step 3": "z", "response": "2"},
        {"question": "Which?", "Text A": "", "Text B": "y", "Text C": "", "response": "B"},
        {"question": "Which?", "Text A": "x" * 200, "Text B": "y", "Text C": "z", "response": "B"},
    ],
)
def test_other_columns_and_other_answers_make_no_choice(row: dict[str, str]) -> None:
    where = row_mapping.mapping(row)
    assert where is not None and (where.choices, where.response) == (None, "response")


ROWS = [
    ("Capital of Peru?", *OPTIONS, "b"), ("Which gas?", "Oxygen", "Helium", "Nitrogen", "Argon", "c"),
    ("3/4 + 1/8?", "7/8", "1/3", "1", "5/8", "a"), ("Who wrote Faust?", "Kant", "Heine", "Rilke", "Goethe", "d"),
]  # fmt: skip
COLUMNS = ("question", "first", "second", "third", "fourth", "response")


def test_letters_beside_columns_that_are_not_named_alike_are_refused_with_the_line_for_them(tmp_path: Path) -> None:
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in ROWS]
    line = 'columns: {prompt: question, answer: response, choices: "first, second, third, fourth"}'
    assert of_source(rows) == [drop_reasons.OTHER_SHAPE] * 4
    told = admission.unfit(Dataset(name="x", path="x.csv", source="local"), rows)
    assert (told.code, told.args["line"]) == ("steps.letters_alone", line)
    path = tmp_path / "x.csv"
    path.write_text("\n".join(map(",".join, [COLUMNS, *ROWS])), encoding="utf-8")
    out = io.StringIO()
    cli.answered(cli.parsed(["data", "try", str(path)]), Printer(out, json=False, language="en"))
    assert "columns.choices=" in out.getvalue() and "= b" not in out.getvalue()
    named = {"prompt": "question", "answer": "response", "choices": "first, second, third, fourth"}
    assert [one.response for one in of_source(rows, columns=named) if isinstance(one, ParsedRow)] == [
        "B. Lima", "C. Nitrogen", "A. 7/8", "D. Goethe",
    ]  # fmt: skip
    asked = {"prompt": "question", "response": "response"}  # who names it means it
    assert [one.response for one in of_source(rows, columns=asked) if isinstance(one, ParsedRow)] == [
        "b",
        "c",
        "a",
        "d",
    ]


def test_letters_with_nothing_beside_them_are_answers() -> None:
    rows = [{"question": row[0], "topic": "maths", "url": "x" * 130, "response": row[-1]} for row in ROWS]
    assert [one.response for one in of_source(rows) if isinstance(one, ParsedRow)] == ["b", "c", "a", "d"]
    few = [{"question": row[0], "first": row[1], "second": row[2], "response": row[-1]} for row in ROWS]
    assert [one.response for one in of_source(few) if isinstance(one, ParsedRow)] == ["b", "c", "a", "d"]
    assert whole({"question": "Which?", "response": "B"}) == {"prompt": "Which?", "response": "B"}


@pytest.mark.parametrize(
    ("row", "choices"),
    [
        ({"A)": "Quito", "B)": "Lima", "said": "b"}, "A), B)"),
        ({"A)": "Quito", "B)": "Lima", "said": "Lima"}, "A), B)"),
        ({"A)": "Quito", "B)": "Lima", "said": 2}, "A), B)"), ({"A)": "Quito", "B)": "Lima", "said": 3}, None),
        ({"A)": "Quito", "B)": "Lima", "said": 0}, None), ({"A)": "Quito", "B)": "Lima", "said": "c"}, None),
        ({"A)": "Quito", "B)": "", "said": "a"}, None), ({"A)": "Quito", "B)": "Lima", "said": ["b"]}, None),
        ({"A)": "Quito", "B)": "Lima", "said": True}, None), ({"A)": "Quito", "B)": "Lima", "said": " "}, None),
        ({"A)": "Quito", "B)": "x" * 120, "said": "b"}, "A), B)"),
        ({"A)": "Quito", "B)": "x" * 121, "said": "b"}, None),
        ({"A)": "Quito", "B)": "x" * 120, "said": "x" * 120}, "A), B)"),
        ({"Text A": "Quito", "Text B": "Lima", "said": "B"}, None),
        ({"Text A": "Quito", "Text B": "Lima", "Text C": "Cuzco", "said": "B"}, "Text A, Text B, Text C"),
        ({"Text A": "Quito", "Text B": "Lima", "Text C": "Cuzco", "said": "2"}, None),
        ({"Text A": "Quito", "Text B": "Lima", "Text C": "Cuzco", "said": "Lima"}, None),
        ({"Text A": "Quito", "Text C": "Lima", "Text D": "Cuzco", "said": "C"}, None),
        ({"Text A": "Quito", "Text B": "Lima", "Text C": "", "said": "A, B"}, "Text A, Text B, Text C"),
        ({"Text A": "Quito", "Text B": "Lima", "Text C": "", "said": "C"}, None),
        ({"Text A": "Quito", "Text B": "Lima", "Text C": "Cuzco", "said": ", ".join("ABCABCAB") + ",A"},
         "Text A, Text B, Text C"),
        ({"Text A": "Quito", "Text B": "Lima", "Text C": "Cuzco", "said": ", ".join("ABCABCABC")}, None),
    ],
)  # fmt: skip
def test_an_answer_that_names_a_column_is_the_option_there(row: dict[str, object], choices: str | None) -> None:
    where = options_beside.mapping({"q": "Capital?", **row}, Columns(prompt="q", response="said"))
    assert (None if where is None else (where.choices, where.answer, where.prompt)) == (
        None if choices is None else (choices, "said", "q")
    )


@pytest.mark.parametrize(
    "where",
    [None, Columns(messages="m"), Columns(prompt="q", choices="A), B)", answer="said"),
     Columns(prompt="q", response="x")],
)  # fmt: skip
def test_where_options_are_known_or_nothing_is_answered_none_are_looked_for(where: Columns | None) -> None:
    assert options_beside.mapping({"q": "Capital?", "A)": "Quito", "B)": "Lima", "said": "b"}, where) is None


def _told(said: str, *texts: str, at_end: bool = False, **more: object) -> list[dict[str, object]]:
    """A row for each letter, with a column for each text: `o1` in the first row is its text and a 1."""
    columns = [{f"o{number}x": f"{text}{row}" for number, text in enumerate(texts)} for row, _ in enumerate(said)]
    rows = ({"q": f"{row}?", "said": letter} for row, letter in enumerate(said))
    return [
        {**more, **one, **two} if at_end else {**two, **more, **one} for one, two in zip(rows, columns, strict=True)
    ]


def _asking_how_many(count: int) -> list[dict[str, object]]:
    """Of ten rows."""
    return [{**row, "q": f"How many {n}?"} if n < count else row for n, row in enumerate(_told("1231231231", *"xyz"))]


ALONE = Columns(prompt="q", response="said")
LONG_KEY = "A, " + "B," * 10 + "B"  # 24 characters
O3, O4, O8 = (tuple(f"o{number}x" for number in range(count)) for count in (3, 4, 8))


@pytest.mark.parametrize(
    ("rows", "where", "found"),
    [
        (_told("abc", *"xyz"), ALONE, O3), (_told("abc", *"xyz", at_end=True), ALONE, O3),
        (_told("ABC", *"xyz"), ALONE, O3),
        (_told("ab", *"xyz"), ALONE, ()), (_told("aaa", *"xyz"), ALONE, ()), (_told("aab", *"xyz"), ALONE, O3),
        (_told("aab", *"xy"), ALONE, ()), (_told("abd", *"xyz"), ALONE, ()), (_told("abd", *"wxyz"), ALONE, O4),
        (_told("abz", *"xyz"), ALONE, ()), (_told("アイウ", *"xyz"), ALONE, O3), (_told("イロハ", *"xyz"), ALONE, O3),
        (_told("abh", *"stuvwxyz"), ALONE, O8), (_told("abh", *"stuvwxyzr"), ALONE, ()),
        (_told("abc", *"xyz", note=3), ALONE, ()),
        (_told("abc", "x", "y" * 119, "z"), ALONE, O3),
        (_told("abc", "x", "y" * 120, "z"), ALONE, ()), ([*_told("abc", *"xyz"), {"q": "4?", "said": ""}], ALONE, ()),
        ([*_told("a", *"xyz"), {"q": "4?", "said": ""}, *_told("abcabcab", *"xyz")], ALONE, O3),
        ([{**row, "o1x": "same"} for row in _told("abc", *"xyz")], ALONE, ()),
        ([{**row, "o1x": "same" if n % 2 else str(n)} for n, row in enumerate(_told("abca", *"xyz"))], ALONE, O3),
        ([{**row, "o1x": str(n // 2)} for n, row in enumerate(_told("abca", *"xyz"))], ALONE, ()),
        ([{**row, "said": LONG_KEY if row["q"] == "0?" else row["said"]} for row in _told("abc", *"xyz")], ALONE, O3),
        ([{**row, "said": f"{LONG_KEY},B" if row["q"] == "0?" else "b"} for row in _told("abc", *"xyz")], ALONE, ()),
        ([{**row, "o1x": "y" * 121 if row["q"] == "0?" else "y"} for row in _told("abc", *"xyz")], ALONE, ()),
        (_told("12312", *"xyz"), ALONE, O3), (_told("1231", *"xyz"), ALONE, ()), (_told("1a2b1", *"xyz"), ALONE, ()),
        (_asking_how_many(1), ALONE, O3), (_asking_how_many(2), ALONE, ()),
        (_told("abcdefgh", *"stuvwxyz"), ALONE, O8), (_told("hgfedcba", *"stuvwxyz"), ALONE, O8),
        ([{**row, "said": f"{row['said']}, b"} for row in _told("aca", *"xyz")], ALONE, O3),
        ([{**row, "said": 1} for row in _told("abc", *"xyz")], ALONE, ()),
        ([{**row, "said": "A, B, A, B, A, B, A, B, A"} for row in _told("abc", *"xyz")], ALONE, ()),
        (_told("abc", *"xyz"), Columns(prompt="{o0x} {q}", response="said"), ()),
        (_told("abc", *"xyz"), Columns(prompt="{q}", response="said"), ()), ([], ALONE, ()),
        (
            [{"q": f"{n}?", **{o: f"{o}{n}" for o in O3}, "why": "So.", "said": said} for n, said in enumerate("abc")],
            Columns(prompt="q", response="said", reasoning="why"),
            O3,
        ),
        (_told("abc", *"xyz"), Columns(prompt="q", response="other"), ()),
        (_told("abc", *"xyz"), Columns(prompt="q", choices="said", response="said"), ()),
    ],
)  # fmt: skip
def test_letters_stand_for_as_many_columns_of_short_texts_beside_them(
    rows: list[dict[str, object]], where: Columns, found: tuple[str, ...]
) -> None:
    assert options_beside.beside(rows, where) == found
    assert options_beside.look(rows, where) == ({options_beside.MARK: ("\n".join(found), "")} if found else {})


@pytest.mark.parametrize(
    ("said", "index", "where", "is_letter"),
    [
        ("b", True, ALONE, True), ("A, C", True, ALONE, True), ("b", False, ALONE, False),
        ("It is b.", True, ALONE, False),
        ("", True, ALONE, False), (None, True, ALONE, False), ("b)", True, ALONE, True),
        ("A, Lima", True, ALONE, False),
        (f"{LONG_KEY} ", True, ALONE, True), (f"{LONG_KEY},B", True, ALONE, False),
        ("b", True, Columns(prompt="q", choices="o", answer="said", response="said"), False),
    ],
)  # fmt: skip
def test_a_letter_of_such_options_is_no_answer(said: object, index: bool, where: Columns, is_letter: bool) -> None:
    try:
        options_beside.refuse({"q": "?", "said": said}, where, {options_beside.MARK: ("o", "")} if index else {})
        found: object = None
    except Skip as skip:
        found = skip.reason
    assert found == (drop_reasons.OTHER_SHAPE if is_letter else None)


ASKED = (
    ("Which is a mammal?", "bat", "trout", "eagle", 0), ("Which is made of wood?", "spoon", "table", "window", 1),
    ("Which flies?", "car", "ship", "kite", 2), ("Which is hot?", "fire", "ice", "snow", 0),
    ("Which is red?", "grass", "blood", "sky", 1), ("Which swims?", "goat", "hen", "shark", 2),
)  # fmt: skip


def answered(marks: Sequence[object], names: str = "question foo bar baz answer") -> list[dict[str, Any]]:
    return [dict(zip(names.split(), (*row[:4], marks[row[4]]), strict=True)) for row in ASKED]


@pytest.mark.parametrize("marks", ["ABC", "abc", "123", "012", (1, 2, 3), (0, 1, 2), "アイウ"])
@pytest.mark.parametrize(
    "names",
    ["question foo bar baz answer", "question foo bar baz key", "stem foo bar baz sol", "stem w1 w2 w3 sol",
     "設問 い案 ろ案 は案 解"],
)  # fmt: skip
def test_a_key_beside_options_of_any_names_gets_the_line_that_learns_them(marks: Any, names: str) -> None:
    rows = answered(marks, names)
    asks, *options, key = names.split()
    dataset = Dataset(name="x", path="x.csv", source="local")
    said = admission.unfit(dataset, rows)
    wanted = f'columns: {{prompt: {asks}, answer: {key}, choices: "{", ".join(options)}"}}'
    assert str(said.args["line"]) == wanted
    where = {"prompt": asks, "answer": key, "choices": ", ".join(options)}
    learnt = [getattr(item, "response", item) for item in of_source(rows, columns=where)]
    assert learnt == ["A. bat", "B. table", "C. kite", "A. fire", "B. blood", "C. shark"]


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        (answered("123")[:4], 4),  # too few that it could not be chance
        ([{**row, "question": f"How many legs {n}?"} for n, row in enumerate(answered("123"))], 6),
        ([{"topic" if name == "foo" else name: said for name, said in row.items()} for row in answered("123")], 6),
        (answered("124"), 6), (answered("129"), 6), ([{**row, "answer": "12"} for row in answered("123")], 6),
        (answered(("yes", "no", "both")), 6),
    ],
)  # fmt: skip
def test_a_number_that_may_count_something_is_an_answer(rows: list[dict[str, Any]], count: int) -> None:
    assert sum(isinstance(item, ParsedRow) for item in of_source(rows)) == count
