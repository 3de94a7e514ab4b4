"""Letters are never learnt as answers where what they stand for stands beside them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from helpers.rows import of_source, parsed, whole
from so8t_engine import cli
from so8t_engine.commands.printer import Printer
from so8t_engine.config.run_config import Dataset
from so8t_engine.data import admission, drop_reasons
from so8t_engine.data.adapters import row_mapping
from so8t_engine.data.adapters.parsed_row import ParsedRow

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
