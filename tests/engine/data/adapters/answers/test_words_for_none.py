"""Words for none are answers where the question asks for them, and questions where a dictionary has them."""

from __future__ import annotations

import json

import pytest

from so8t_engine.config.run_config import Columns, Dataset
from so8t_engine.data import admission, drop_reasons
from so8t_engine.data.adapters import choose_adapter
from so8t_engine.data.adapters.answers import words_for_none
from so8t_engine.data.adapters.parsed_row import Fields, ParsedRow, Skip
from so8t_engine.data.notes import source_notes
from so8t_engine.sentences import Sentence


def read(rows: list[Fields], **entry: object) -> list[ParsedRow | Sentence]:
    dataset = Dataset(name="d", source="local", path="x", **entry)
    index = choose_adapter.index_of(dataset, lambda: iter(rows))
    found: list[ParsedRow | Sentence] = []
    for row in rows:
        try:
            found.append(admission.parsed(dataset, row, index))
        except Skip as skip:
            found.append(skip.reason)
    return found


def pairs(found: list[ParsedRow | Sentence]) -> list[tuple[str, str] | Sentence]:
    return [(one.prompt, one.response) if isinstance(one, ParsedRow) else one for one in found]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("What does Go call the empty pointer?", "nil"), ("What does SQL call a missing value?", "NULL"),
        ("What does JavaScript's 0/0 give?", "NaN"), ("Morse code for T?", "-"), ("Morse code for S?", "..."),
        ("What does Excel show when a cell reference is gone?", "#REF!"), ("A German word for zero?", "null"),
        ("What does VLOOKUP return where nothing is found?", "#N/A"), ("Opposite of all?", "nil"),
        ("What is the symbol for minus?", "-"), ("Which sign separates two dates?", "–"),
        ("¿Qué palabra es el contrario de 'nada'?", "todo"), ("How is 'not applicable' abbreviated?", "N/A"),
        ("「なし」を英語に訳してください。", "none"), ("範囲を表す記号は？", "―"),
        ("Excelで参照先がないときの表示は？", "#REF!"), ("Translate into English:\n\nkeine", "none"),
    ],
)  # fmt: skip
def test_a_word_for_none_that_is_asked_for_is_the_answer(question: str, answer: str) -> None:
    assert pairs(read([{"question": question, "answer": answer}])) == [(question, answer)]
    talk = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]
    talk += [{"role": "user", "content": question}, {"role": "assistant", "content": answer}]
    [found] = read([{"messages": talk}])
    assert isinstance(found, ParsedRow) and found.response == answer


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("What is the fax number?", "-"), ("What is the hotel called?", "N/A"), ("What is the postal code?", "nan"),
        ("Who do I call?", "NULL"), ("What discount do you give?", "--"), ("Who is the main character?", "nan"),
        ("What is the return policy?", "NULL"), ("Where do I sign?", "-"), ("電話番号は？", "―"), ("価格は？", "nan"),
        ("Which formula sums A1:A3 in Excel?", "#N/A"),
        ("Is there a code word?", "<nooutput>"), ("What is the word for snow?", "<nooutput>"),
        ("How do I write to you?", "n/a"), ("「雨降って地固まる」とはどういう意味ですか。", "未回答"),
        ("How would you say it in English?", "no answer"),
    ],
)  # fmt: skip
def test_where_something_else_is_asked_it_stands_for_no_answer(question: str, answer: str) -> None:
    [found] = read([{"question": question, "answer": answer}])
    assert found in (drop_reasons.EMPTY_FIELD, drop_reasons.NO_ANSWER, drop_reasons.PLACEHOLDER)


def test_one_row_of_a_dictionary_is_about_such_a_word_and_many_rows_lack_their_question() -> None:
    words = [{"question": "nan", "answer": "Oma"}, {"question": "-", "answer": "minus"}]
    assert pairs(read([*words, {"question": "tree", "answer": "Baum"}])) == [
        ("nan", "Oma"), ("-", "minus"), ("tree", "Baum"),
    ]  # fmt: skip
    lost = [
        {"question": "Name a colour", "answer": "Red"},
        *({"question": "nan", "answer": it} for it in ("Blue", "Green")),
    ]
    assert pairs(read(lost)) == [("Name a colour", "Red"), drop_reasons.EMPTY_FIELD, drop_reasons.EMPTY_FIELD]
    long = [{"question": "nan", "answer": "Switch it off, wait for a minute, and switch it on again."}]
    assert pairs(read(long)) == [drop_reasons.EMPTY_FIELD]


def test_what_an_instruction_is_about_may_be_such_a_word_where_few_rows_have_it() -> None:
    def asked(instruction: str, given: str, count: int = 1) -> str:
        row = {"instruction": instruction, "input": given, "output": "keine"}
        found = read([row, *({**row, "instruction": f"{instruction} {number}"} for number in range(1, count))])[0]
        assert isinstance(found, ParsedRow)
        return found.prompt

    assert asked("Translate the word into German.", "none") == "Translate the word into German.\n\nnone"
    assert asked("次の言葉を英語に訳してください。", "なし") == "次の言葉を英語に訳してください。\n\nなし"
    assert asked("Translate 'Good morning'.", "nan", 3) == "Translate 'Good morning'."
    assert asked("Name a capital.", "None") == "Name a capital."
    assert asked("Translate the word into German.", "<noinput>") == "Translate the word into German."


def test_a_word_that_the_user_calls_so_is_an_answer_and_the_note_has_the_line() -> None:
    rows = [{"question": "The eye's lens?", "answer": "NULL"}, {"question": "The fax?", "answer": "-"},
            {"question": "The door?", "answer": "open"}]  # fmt: skip
    dataset = Dataset(name="d", source="local", path="x")
    of_sheet = {"question": "The price?", "answer": "#N/A"}
    assert read([of_sheet]) == [drop_reasons.PLACEHOLDER] and source_notes.of_rows(dataset, [of_sheet], {}) == []
    [note] = [said for said in source_notes.of_rows(dataset, rows, {}) if said.code == "data.words_for_none"]
    line = str(note.args["line"])

    assert (note.args["count"], note.args["words"]) == (2, ["NULL", "-"])
    assert line == 'labels: {"NULL": "NULL", "-": "-"}'
    assert read(rows)[:2] == [drop_reasons.EMPTY_FIELD] * 2
    labels = json.loads(line.removeprefix("labels: "))
    assert pairs(read(rows, labels=labels)) == [(row["question"], row["answer"]) for row in rows]
    columns = Columns(prompt="question", response="answer")
    assert pairs(read(rows, labels=labels, columns=columns)) == [(row["question"], row["answer"]) for row in rows]
    assert not any(said.code == note.code for said in source_notes.of_rows(
        dataset.model_copy(update={"labels": labels}), rows, {}
    ))  # fmt: skip


@pytest.mark.parametrize(
    ("said", "looked_up"),
    [("a b c", True), ("a b c d", False), ("x" * 24, True), (f" {'x' * 24} ", True), ("x" * 25, False)]
)  # fmt: skip
def test_what_a_dictionary_says_of_a_word_is_short_and_one_row_alone_asks_it(said: str, looked_up: bool) -> None:
    assert words_for_none.is_looked_up(" nil ", said, {words_for_none.ONE_ASKS + "nil": True}) is looked_up
    assert not words_for_none.is_looked_up("nil", said, {})
