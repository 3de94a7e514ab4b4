"""Tables of questions side by side, and of questions and answers in turn: each pair is a row."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from helpers import workbooks
from helpers.workbooks import table as sheet
from so8t_engine.config.run_config import Columns, Dataset
from so8t_engine.data.files import alternating_rows, local_files
from so8t_engine.data.files.csv_rows import csv_rows
from so8t_engine.data.files.local_files import Reading
from so8t_engine.data.files.row_readers import RawRow
from so8t_engine.data.files.table_head import Form

SIDE = [
    ["質問1", "回答1", "質問2", "回答2"],
    ["開館は?", "9時です。", "何冊?", "10冊です。"],
    ["予約は?", "窓口で。", "", ""],
]
OF_SIDE = [
    {"質問": "開館は?", "回答": "9時です。"},
    {"質問": "何冊?", "回答": "10冊です。"},
    {"質問": "予約は?", "回答": "窓口で。"},
]
FOUND = Form()
TURNS = [["Q", "敷金とは?"], ["A", "預けるお金です。"], ["Q", "礼金は?"], ["A", "戻りません。"]]
OF_TURNS = [{"question": "敷金とは?", "answer": "預けるお金です。"}, {"question": "礼金は?", "answer": "戻りません。"}]


def as_text(table: Sequence[Sequence[str]]) -> bytes:
    return "\n".join(",".join(record) for record in table).encode()


def rows_of(table: Sequence[Sequence[str]], skip: int = 0, form: Form = FOUND) -> tuple[list[object], list[str]]:
    said: list[str] = []
    found = csv_rows(io.BytesIO(as_text(table)), 1_000, skip, form, lambda what: said.append(what.code))
    return [json.loads(one.text) if isinstance(one, RawRow) else one.reason for one in found], said


def read(path: Path, skip: int = 0, **entry: object) -> list[tuple[int, object]]:
    dataset = Dataset(name="x", source="local", path=str(path), **entry)  # type: ignore[arg-type]
    [file] = local_files.choose(dataset).files
    rows = local_files.read(file, 10_000, skip, reading=Reading.of(dataset))
    return [(one.number, json.loads(one.text)) for one in rows if isinstance(one, RawRow)]


def test_questions_side_by_side_in_a_row_are_rows_of_their_own() -> None:
    assert rows_of(SIDE) == (OF_SIDE, ["data.pairs_in_rows"])


@pytest.mark.parametrize("names", [
    ("Question {}", "Answer {}"), ("問題{}", "答え{}"), ("Frage_{}", "Antwort_{}"), ("Pregunta{}", "Respuesta{}"),
    ("질문{}", "답변{}"), ("prompt_{}", "response_{}"),
])  # fmt: skip
def test_pairs_are_told_in_any_language(names: tuple[str, str]) -> None:
    header = [name.format(number) for number in (1, 2) for name in names]
    found, _ = rows_of([header, *SIDE[1:]])
    assert [list(one.values()) for one in found if isinstance(one, dict)] == [list(one.values()) for one in OF_SIDE]


def test_what_stands_once_is_of_all_pairs_and_what_is_numbered_of_its_own() -> None:
    table = [
        ["分類", "質問１", "質問２", "回答１", "回答２", "解説１", "解説２"],
        ["貸出", "何冊?", "期間は?", "10冊", "2週間", "規則。", "延長可。"],
    ]
    assert rows_of(table)[0] == [
        {"分類": "貸出", "質問": "何冊?", "回答": "10冊", "解説": "規則。"},
        {"分類": "貸出", "質問": "期間は?", "回答": "2週間", "解説": "延長可。"},
    ]


@pytest.mark.parametrize("header", [
    ["質問", "回答1", "回答2", "備考"], ["q1", "a1", "q2", "a2"], ["質問1", "回答1", "質問2", "備考2"],
    ["question", "choice1", "choice2", "answer"], ["質問1", "回答1", "質問3", "回答3"],
    ["質問", "質問1", "回答1", "質問2"],
])  # fmt: skip
def test_rivals_options_and_turns_of_a_talk_are_no_pairs(header: list[str]) -> None:
    found, said = rows_of([header, *SIDE[1:2]])
    assert (len(found), said) == (1, [])


def test_columns_that_are_asked_for_as_they_are_called_stay_where_they_are(tmp_path: Path) -> None:
    as_they_are = Form(asked=("質問1", "回答1"))
    assert len(rows_of(SIDE, form=as_they_are)[0]) == 2
    assert len(rows_of(SIDE, form=Form(asked=("質問", "回答")))[0]) == 3
    assert len(rows_of(SIDE, form=Form(asked=(None, None)))[0]) == 2  # as a talk

    path = tmp_path / "x.jsonl"
    whole = dict(zip(*SIDE[:2], strict=True))
    path.write_text(f"{json.dumps(whole)}\n{json.dumps(whole)}")
    assert [row for _, row in read(path)] == OF_SIDE[:2] * 2
    columns = Columns(prompt="質問1", response="回答1")
    assert [row for _, row in read(path, columns=columns)] == [whole] * 2


@pytest.mark.parametrize("text", [
    json.dumps, lambda rows: "\n".join(map(json.dumps, rows)), lambda rows: json.dumps({"data": rows}),
])  # fmt: skip
def test_pairs_in_objects_are_rows_too(tmp_path: Path, text: object) -> None:
    path = tmp_path / "x.json"
    path.write_text(text([dict(zip(SIDE[0], record, strict=True)) for record in SIDE[1:]]))  # type: ignore[operator]
    assert [row for _, row in read(path)] == OF_SIDE


@pytest.mark.parametrize(("table", "rows"), [(SIDE, OF_SIDE), (TURNS, OF_TURNS)])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_reading_goes_on_behind_any_of_them(
    tmp_path: Path, table: list[list[str]], rows: list[object], kind: str
) -> None:
    path = tmp_path / f"x.{kind}"
    path.write_bytes(as_text(table)) if kind == "csv" else workbooks.write(path, {"S": sheet(*map(tuple, table))})
    found = read(path)

    assert [row for _, row in found] == rows
    for place, (number, _) in enumerate(found, 1):
        assert read(path, skip=number) == found[place:]


@pytest.mark.parametrize(("asks", "answers"), [
    ("Q", "A"), ("Q1.", "A1."), ("【質問】", "【回答】"), ("問１", "答１"), ("Question", "Answer"),
    ("Frage:", "Antwort:"), ("F", "A"), ("P", "R"), ("Domanda", "Risposta"), ("Вопрос", "Ответ"), ("问", "答"),
    ("질문", "답변"),
])  # fmt: skip
def test_rows_that_ask_and_answer_in_turn_are_read_two_by_two(asks: str, answers: str) -> None:
    table = [[{"Q": asks, "A": answers}[mark], text] for mark, text in TURNS]
    assert rows_of(table) == (OF_TURNS, ["data.rows_in_turn"])


def test_that_rows_of_a_sheet_were_read_in_turn_is_said_too(tmp_path: Path) -> None:
    path, said = workbooks.write(tmp_path / "x.xlsx", {"S": sheet(*map(tuple, TURNS))}), list[str]()
    [file] = local_files.find(str(path))
    rows = [*local_files.read(file, 1_000, notice=lambda what: said.append(str(what)))]

    assert [json.loads(one.text) for one in rows if isinstance(one, RawRow)] == OF_TURNS
    assert str(alternating_rows.note(alternating_rows.Turns(0, 1, frozenset("q"), False, ("Q", "A")))) in "".join(said)


def test_that_rows_were_read_in_turn_is_said_in_the_words_of_their_table() -> None:
    turns = alternating_rows.look([["Frage:", "Wann?"], ["Antwort:", "Um neun."]] * 2)

    assert turns is not None
    assert alternating_rows.note(turns).args == {"asks": "Frage:", "answers": "Antwort:"}


def test_what_has_no_mark_goes_on_with_what_stands_above_it() -> None:
    table = [["番号", "種別", "内容"], ["1", "質問", "敷金とは?"], ["", "回答", "預けるお金です。"],
             ["", "", "後で戻ります。"], ["2", "質問", "礼金は?"], ["", "回答", "戻りません。"],
             ["3", "質問", "答えのない質問は?"]]  # fmt: skip
    assert rows_of(table)[0] == [
        {"question": "敷金とは?", "answer": "預けるお金です。\n後で戻ります。"}, OF_TURNS[1],
        {"question": "答えのない質問は?", "answer": ""},
    ]  # fmt: skip


@pytest.mark.parametrize("table", [
    [["Q", "A"], ["敷金とは?", "預けるお金です。"], ["礼金は?", "戻りません。"]],
    [["種別", "内容"], ["質問", "敷金とは?"], ["要望", "安くして。"], ["質問", "礼金は?"], ["要望", "早くして。"]],
    [["question", "answer"], ["A", "B"], ["Q", "C"], ["A", "D"]],
    [["talk_id", "speaker", "text"], ["1", "Q", "敷金?"], ["1", "A", "お金。"], ["1", "Q", "礼金?"],
     ["1", "A", "いいえ。"]],
])  # fmt: skip
def test_other_tables_keep_their_rows(table: list[list[str]]) -> None:
    found, said = rows_of(table)
    assert (len(found), said) == (len(table) - 1, [])


def test_who_says_what_the_columns_are_is_obeyed() -> None:
    assert len(rows_of(TURNS, form=Form(header=True))[0]) == 3
    assert len(rows_of(TURNS, form=Form(header=False, asked=("column1", "column2")))[0]) == 4
    assert rows_of(TURNS, form=Form(asked=("question", "answer")))[0] == OF_TURNS
    assert len(rows_of(TURNS, form=Form(asked=(None, None), header=False))[0]) == 4
