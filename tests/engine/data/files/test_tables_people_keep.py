"""Tables as people keep them for themselves: merged cells above the names, ditto marks, a header once more."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from so8t_engine.data.files.csv_rows import csv_rows
from so8t_engine.data.files.row_readers import RawRow
from so8t_engine.sentences import Sentence


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


@pytest.mark.parametrize(
    ("heads", "names"),
    [
        ("問題,,解答,\n本文,出典,答え,解説", ["本文", "出典", "答え", "解説"]),
        ("Frage,Antwort,,Meta\n,kurz,Erklärung,Stand", ["Frage", "Antwort kurz", "Antwort Erklärung", "Stand"]),
        ("Input,Input,Output,Output\nTopic,Question,Reasoning,Answer", ["Topic", "Question", "Reasoning", "Answer"]),
    ],
)  # fmt: skip
def test_names_in_two_rows_are_told_by_their_words_and_by_the_rows_below(heads: str, names: list[str]) -> None:
    below = "Why is it so?,wiki,So it is said.,Because.\nHow is it done?,wiki,Thus it is done.,By hand.\n"
    assert list(rows(f"{heads}\n{below}")[0]) == names


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


FAQ = ["Why is it so?,Because of the rain.", "How is it done?,With a long spoon."]


@pytest.mark.parametrize(
    ("below", "read", "said"),
    [
        (",\nAbbreviation,Meaning\nVAT,Value added tax", [], "data.table_below"),
        ("\nAbbreviation,Meaning\nVAT,Value added tax", [], "data.table_below"),
        (",\nAbbreviations,\nAbbreviation,Meaning\nVAT,Value added tax", [], "data.table_below"),
        (",\n用語,説明\n年休,年次有給休暇のこと。\n,\n連絡先,\n総務部,内線201", [], "data.table_below"),
        (",\nName,Phone,Mail\nAnn,12,a@x.org", [], "data.table_below"),
        (",\nTerm,Meaning\nVAT,a tax\n,\nQ,A\nWho?,I.", [{"q": "Who?", "a": "I."}], "data.table_below"),
        ("a,q\nOf rain.,Why wet?\nQ,A\nWho?,I.", [{"a": "Of rain.", "q": "Why wet?"}, {"q": "Who?", "a": "I."}],
         "data.table_reordered"),
        (",\nFrage,Antwort\nWer?,Ich.", [{"Frage": "Wer?", "Antwort": "Ich."}], "data.table_below_read"),
        (",\nID,Frage,Antwort\n7,Wer?,Ich.", [{"ID": "7", "Frage": "Wer?", "Antwort": "Ich."}],
         "data.table_below_read"),
        (",\n q ,A\nWho?,I.", [{"q": "Who?", "a": "I."}], None),
        ("q,a\nWho?,I.", [{"q": "Who?", "a": "I."}], None),
        (",\nPayment,Invoice only\nWho?,I.", [{"q": "Payment", "a": "Invoice only"}, {"q": "Who?", "a": "I."}],
         "data.table_below_perhaps"),
        (",\nShade,Finish,Lead time\nRed,matt,7 days", [], "data.table_below"),
        (",\nPayment,Invoice only\n,\nShipping,By post", [{"q": "Payment", "a": "Invoice only"},
                                                        {"q": "Shipping", "a": "By post"}],
         "data.table_below_perhaps"),
        (",\nWho pays?,The owner.", [{"q": "Who pays?", "a": "The owner."}], None),
        (",\nDelivery,14 days", [{"q": "Delivery", "a": "14 days"}], None),
    ],
)  # fmt: skip
def test_a_table_below_the_first_one_is_no_part_of_it(below: str, read: list[dict[str, Any]], said: str | None) -> None:
    notes: list[Sentence] = []
    text = "\n".join(["q,a", *FAQ, below, ""])
    items = [item for item in csv_rows(io.BytesIO(text.encode()), 10_000, notice=notes.append)]

    found = [json.loads(item.text) for item in items if isinstance(item, RawRow)]
    assert [row for row in found[2:] if any(row.values()) and row.get("a") != ""] == read
    assert [note.code for note in notes] == ([] if said is None else [said])
    for item in items:  # from wherever it goes on
        assert list(csv_rows(io.BytesIO(text.encode()), 10_000, item.number))[:1] == items[items.index(item) + 1 :][:1]


def test_of_short_texts_only_a_row_of_known_questions_begins_another_table() -> None:
    terms = "term,meaning\nVAT,a tax\nEU,a union\n,\nName,Date\nSLA,an agreement\n"
    assert [row["term"] for row in rows(terms)] == ["VAT", "EU", "", "Name", "SLA"]
    assert len(rows("term,meaning\nWhat is it?,It is this.\n" + "VAT,Tax\n" * 4 + ",\nName,Date\nSLA,Deal\n")) == 8
    assert rows("Owner,IT\nAuthor,Ann\n,\nquestion,answer\nWhy?,So.\n")[-1] == {"question": "Why?", "answer": "So."}


def test_a_ditto_mark_stands_for_nothing_of_a_record_that_cannot_be_read() -> None:
    """And one below that row stands for nothing that is known: it took a part of a text, or its row was left out."""
    text = "q,a,b\n1,2,3\n4,〃\n5,〃,〃,〃\n6,〃,7\n8,〃,〃\n"
    assert rows(text) == [
        {"q": "1", "a": "2", "b": "3"}, {"q": "6", "a": "〃", "b": "7"}, {"q": "8", "a": "〃", "b": "7"},
    ]  # fmt: skip
