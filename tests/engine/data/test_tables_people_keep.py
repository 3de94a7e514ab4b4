"""Tables as people keep them for themselves: merged cells above the names, ditto marks, a header once more."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from so8t_engine.data.csv_rows import csv_rows
from so8t_engine.data.row_readers import RawRow


def rows(text: str, skip: int = 0) -> list[dict[str, Any]]:
    return [
        json.loads(item.text) for item in csv_rows(io.BytesIO(text.encode()), 10_000, skip) if isinstance(item, RawRow)
    ]


@pytest.mark.parametrize("mark", ["〃", "同上", "（同上）", "same as above"])
def test_a_ditto_mark_stands_for_what_is_above_it_wherever_reading_begins(mark: str) -> None:
    text = f"q,a\nWhich gas?,Oxygen\nAnd here?,{mark}\nAnd there?,{mark}\nWhich metal?,Iron\n"

    assert [row["a"] for row in rows(text)] == ["Oxygen", "Oxygen", "Oxygen", "Iron"]
    assert rows(text, 2)[0] == {"q": "And there?", "a": "Oxygen"}
    assert rows(f"q,a\nWhich gas?,{mark}\n") == [{"q": "Which gas?", "a": mark}]


def test_merged_cells_above_the_names_of_the_columns_are_a_title() -> None:
    text = "Input,,Output,\nQuestion,Context,Answer,Source\nWhy?,None,So.,wiki\nHow?,None,Thus.,wiki\n"

    assert rows(text)[0] == {"Question": "Why?", "Context": "None", "Answer": "So.", "Source": "wiki"}
    assert rows("Question,,Answer,\nWhy,x,So,y\nHow,x,Thus,y\n")[0]["Question"] == "Why"


@pytest.mark.parametrize("heads", ["ID,Input,,Output,\n,Question,Context,Thinking,Answer",
                                   ",Input,,Output,\nID,Question,Context,Thinking,Answer"])  # fmt: skip
def test_a_name_that_spans_both_rows_of_names_is_not_lost(heads: str) -> None:
    found = rows(f"{heads}\n1,How?,here,By.,So.\n2,Why?,there,As.,Thus.\n")
    assert found == [
        {"ID": "1", "Question": "How?", "Context": "here", "Thinking": "By.", "Answer": "So."},
        {"ID": "2", "Question": "Why?", "Context": "there", "Thinking": "As.", "Answer": "Thus."},
    ]


@pytest.mark.parametrize(
    "text",
    [
        "question,answer,,source\n,,a note,wiki\nWhy?,So.,,wiki\n", "question,answer,\nWhy?,,note\nHow?,So.,x\n",
        "question,,answer\nWhy is it?,x,\nWhy?,y,So.\n", "question,answer,,\n,So.,x,y\nHow?,So.,x,y\n",
    ],
)  # fmt: skip
def test_a_first_row_without_question_or_answer_is_no_row_of_names(text: str) -> None:
    assert [next(iter(row)) for row in rows(text)] == ["question"] * 2


def test_names_of_columns_that_were_read_in_a_wrong_encoding_are_repaired_as_texts_are() -> None:
    garbled = "質問,réponse\n".encode().decode("latin-1")
    assert rows(f"{garbled}Why?,So\nHow?,Thus\n")[0] == {"質問": "Why?", "réponse": "So"}
    lost = "質問".encode().decode("cp1252", "replace")
    assert rows(f"{lost},b\n1,2\n3,4\n")[0] == {lost: "1", "b": "2"}
    assert rows("Größe,Straße\n1,2\n3,4\n")[0] == {"Größe": "1", "Straße": "2"}
