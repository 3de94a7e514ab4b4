"""What questions are about is asked with them, by the names that are known; what may be it is told."""

from __future__ import annotations

import json
from typing import Any

import pytest

from helpers.rows import parsed
from so8t_engine.config.run_config import Columns, Dataset
from so8t_engine.data import admission
from so8t_engine.data.adapters.parsed_row import Fields
from so8t_engine.data.notes import context_notes, source_notes

HOURS = "The museum opens at nine and closes at six; on Mondays it stays shut."
PRICES = "Tickets cost twelve euros for adults, children pay nothing."


def rows_of(column: str, *texts: Any) -> list[Fields]:
    asked = [("When does it close?", "At six."), ("What do adults pay?", "Twelve euros."), ("Is it cheap?", "Yes"),
             ("Who pays nothing?", "Children under ten."), ("Which day is it shut?", "Mondays.")]  # fmt: skip
    return [
        {column: text, "question": question, "answer": answer}
        for text, (question, answer) in zip(texts, asked, strict=False)
    ]


def told(rows: list[Fields], **entry: Any) -> list[tuple[Any, Any]]:
    dataset = Dataset(name="d", source="local", path="x", **entry)
    notes = [note for note in source_notes.of_rows(dataset, rows, {}) if note.code == "data.answers_stand_in"]
    return [(note.args["column"], note.args["line"]) for note in notes]


@pytest.mark.parametrize("name", ["text", "document", "passage_text", "news", "資料", "課題文", "contexto", "本文"])
def test_what_a_question_is_about_is_asked_with_it(name: str) -> None:
    assert parsed({name: HOURS, "question": "When does it close?", "answer": "At six."}).prompt == (
        f"{HOURS}\n\nWhen does it close?"
    )


def test_what_an_instruction_is_about_stands_behind_it() -> None:
    row = {"instruction": "Say it in one word.", "article": HOURS, "response": "Hours."}
    assert parsed(row).prompt == f"Say it in one word.\n\n{HOURS}"


def test_several_passages_are_asked_with_it_and_options_stand_behind_one() -> None:
    row = {"contexts": [HOURS, PRICES], "question": "When does it close?", "answer": "At six."}
    assert parsed(row).prompt == f"{HOURS}\n{PRICES}\n\nWhen does it close?"
    row = {"text": HOURS, "question": "When does it close?", "options": ["six", "ten"], "answer": "six"}
    assert parsed(row).prompt == f"{HOURS}\n\nWhen does it close?\nA. six\nB. ten"


@pytest.mark.parametrize(
    ("ahead", "code"), [("", "data.thought_stands_in"), ("According to the text: ", "data.answers_stand_in")]
)
def test_what_works_answers_out_is_thought_unless_a_question_names_a_text(ahead: str, code: str) -> None:
    rows: list[Fields] = [
        {"question": f"{ahead}How many pieces are six fours and three?", "margin": "4 * 6 + 3 = 27, so 27 pieces",
         "answer": "27 pieces"},
        {"question": "How far is it in two hours at 60 km/h?", "margin": "60 * 2 = 120, so 120 km by then",
         "answer": "120 km"},
        {"question": "What are 1200 yen less a fifth?", "margin": "1200 * 0.8 = 960, so 960 yen to pay",
         "answer": "960 yen"},
    ]  # fmt: skip
    [note] = source_notes.of_rows(Dataset(name="d", source="local", path="x"), rows, {})
    assert (note.code, note.args["column"]) == (code, "margin")


@pytest.mark.parametrize(
    ("more", "said", "differ", "is_spoken_of"),
    [
        ("", "x", True, False), ("s", "x", True, True), ("s", "x", False, False), ("s" * 9, "y" * 92, True, True),
        ("s" * 9, "y" * 93, True, False),
    ],
)  # fmt: skip
def test_a_question_speaks_of_a_text_by_words_where_that_is_longer_than_both(
    more: str, said: str, differ: bool, is_spoken_of: bool
) -> None:
    asked = "Which museum opens at nine on this street?"
    text = "The museum opens at nine o'clock, as others do, in that street, and it is shut at six" + more
    assert len(text) == 2 * len(asked) + len(more) + 1
    assert context_notes._is_spoken_of(text[1:], asked, said, differ) is is_spoken_of


def test_a_text_in_lines_is_asked_with_them() -> None:
    rows = rows_of("review", [HOURS, "So it says."], [PRICES, "So it says."])
    assert told(rows) == [("review", "columns: {prompt: question, query: review, response: answer}")]


@pytest.mark.parametrize("name", ["review", "policy", "口コミ", "Beipackzettel"])
def test_a_column_in_which_most_answers_stand_is_told_and_the_line_asks_about_it(name: str) -> None:
    rows = rows_of(name, HOURS, PRICES, HOURS)
    [(column, line)] = told(rows)
    assert told(rows_of(name, HOURS, "It costs twelve in all.")) == [(column, line)]  # half of an answer's words
    without = {key: value for key, value in rows[1].items() if key != name}
    assert told([rows[0], without, *rows_of(name, HOURS, PRICES)[1:]]) == [(column, line)]

    assert (column, line) == (name, f'columns: {{prompt: "{{{name}}}\\n\\n{{question}}", response: answer}}')
    columns = Columns(prompt=f"{{{name}}}\\n\\n{{question}}", response="answer")
    dataset = Dataset(name="d", source="local", path="x", columns=columns)
    assert admission.parsed(dataset, rows[0], {}).prompt == f"{HOURS}\n\nWhen does it close?"
    assert told(rows, columns=columns) == [] == told(rows, columns=Columns(prompt="question", response="answer"))


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("review", ("Approved by Ann", "Checked twice")),
        ("topic", ("hours", "prices")), ("url", ("x.org/1", "x.org/2")),
        ("wrong_answer", ("At six or ten in the morning", "Twelve euros and a cent")), ("notes", (HOURS, PRICES)),
        ("policy", (HOURS, HOURS)), ("shout", ("AT SIX.", "TWELVE EUROS.")), ("policy", (HOURS, None)),
        ("policy", (HOURS, PRICES, HOURS, "No", "Free")), ("claude_3", (HOURS, PRICES)),
        ("policy", (HOURS, None, HOURS, "Children are seen there on most days.")),
        ("hypothesis", ("It does close at six.", "Adults do pay twelve euros.")),
        ("full_text_proof", (HOURS, PRICES)),
        ("policy", (HOURS, HOURS, "Yes, it is cheap, as such a thing can be.")),
    ],
)  # fmt: skip
def test_other_columns_are_not_told_of(name: str, texts: tuple[str, ...]) -> None:
    assert told(rows_of(name, *texts)) == []


@pytest.mark.parametrize(
    ("column", "texts", "count"),
    [
        ("Passage", (HOURS, "", None), 2), ("本文", (HOURS, "", ""), 2), ("Passage", (HOURS, "", PRICES), 0),
        ("Passage", ("", HOURS, ""), 0), ("context", (HOURS, "", ""), 0),
    ],
)  # fmt: skip
def test_a_text_that_is_typed_once_for_several_questions_is_told(column: str, texts: tuple[Any], count: int) -> None:
    notes = source_notes.of_rows(Dataset(name="d", source="local", path="x"), rows_of(column, *texts), {})
    found = [note.args for note in notes if note.code == "data.text_typed_once"]
    assert found == ([{"column": column, "count": count}] if count else [])


@pytest.mark.parametrize(("count", "told_of"), [(8, 2), (9, 0)])
def test_a_text_that_lacks_in_one_row_of_four_is_typed_once(count: int, told_of: int) -> None:
    rows = [{"passage": HOURS, "question": f"When is it {n}?", "answer": "At six."} for n in range(count)]
    rows[3]["passage"] = rows[5]["passage"] = " "
    notes = source_notes.of_rows(Dataset(name="d", source="local", path="x"), rows, {})
    assert [note.args["count"] for note in notes if note.code == "data.text_typed_once"] == [told_of] * bool(told_of)


def test_of_rows_with_other_columns_the_first_one_counts() -> None:
    rows = rows_of("policy", HOURS, PRICES, HOURS)
    assert told([rows[0], {"policy": "x"}, *rows[1:]]) == told(rows) != []


RIVERS = [
    f"The Amber river rises in the {hills} hills and flows {length} kilometres to the sea at Port {port}."
    for hills, length, port in (
        ("Karst", 212, "Ellen"),
        ("Low", 87, "Rika"),
        ("Gray", 341, "Tamo"),
        ("Sandy", 45, "Ida"),
    )
]
SPOKEN_OF = "data.questions_speak_of"


def notes_of(rows: list[Fields]) -> list[tuple[str, Any]]:
    notes = source_notes.of_rows(Dataset(name="d", source="local", path="x"), rows, {})
    codes = (SPOKEN_OF, "data.answers_stand_in")
    return [(note.code, note.args["line"]) for note in notes if note.code in codes]


PLAIN = ("chunks", "docs", "retrieved", "schema", "ddl", "evidence", "table", "call_transcript", "transcript",
         "search_results", "retrieved_chunks", "検索結果", "文字起こし")  # fmt: skip


@pytest.mark.parametrize("name", PLAIN)
def test_a_passage_under_any_plain_name_is_asked_with_its_question(name: str) -> None:
    asked = f"{HOURS}\n\nWhen does it close?"
    assert parsed({name: HOURS, "question": "When does it close?", "answer": "At six."}).prompt == asked
    assert parsed({name: HOURS, "質問": "When does it close?", "回答": "At six."}).prompt == asked
    instructed = parsed({name: HOURS, "instruction": "Say when it closes.", "output": "At six."})
    assert instructed.prompt == f"Say when it closes.\n\n{HOURS}"


@pytest.mark.parametrize(
    "value", ["https://x.org/a", "report 2023.pdf", "1-10015132-11", "concert_singer", ["a.pdf"], ""]
)
def test_what_a_passage_is_called_is_none(value: Any) -> None:
    for name in ("documents", "table", "schema", "docs"):
        assert (
            parsed({name: value, "question": "When does it close?", "answer": "At six."}).prompt
            == "When does it close?"
        )


FOUND = [{"title": "Hours", "text": HOURS, "score": 0.9}, {"title": "", "text": PRICES, "score": 0.4}]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (FOUND, f"Hours: {HOURS}\n\n{PRICES}"), (json.dumps(FOUND), f"Hours: {HOURS}\n\n{PRICES}"),
        ([{"page_content": HOURS, "metadata": {"title": "Hours"}}], f"Hours: {HOURS}"),
        ([{"node": {"text": HOURS}, "score": 1}], HOURS), ({"is_selected": [0, 1], "passage_text": [HOURS, PRICES]},
                                                          f"{HOURS}\n\n{PRICES}"),
        ({"header": ["city", "people"], "rows": [["Rome", 3], ["Oslo", None]]},
         "| city | people |\n| --- | --- |\n| Rome | 3 |\n| Oslo |  |"),
        ([["city", "people"], ["A|B", "3"]], "| city | people |\n| --- | --- |\n| A\\|B | 3 |"),
        ([{"city": "Rome", "people": 3}], "| city | people |\n| --- | --- |\n| Rome | 3 |"),
        ({"city": ["Rome", "Oslo"], "people": [3, 1]}, "| city | people |\n| --- | --- |\n| Rome | 3 |\n| Oslo | 1 |"),
    ],
)  # fmt: skip
def test_what_was_found_and_tables_are_written_out(value: Any, text: str) -> None:
    for name in ("context", "retrieved", "table"):
        row = {name: value, "question": "When does it close?", "answer": "At six."}
        assert parsed(row).prompt == f"{text}\n\nWhen does it close?"


def test_a_schema_of_any_form_is_asked_with_its_question_and_the_query_answers() -> None:
    row = {"question": "How many?", "schema": {"river": ["id", "name"], "sea": ["id"]}, "query": "SELECT 1"}
    found = parsed(row)
    assert json.loads(found.prompt.removesuffix("\n\nHow many?")) == row["schema"]
    assert found.response == "SELECT 1"


@pytest.mark.parametrize("asked", ["Is the river in the text above long?", "Does the Amber river rise in the hills?",
                                   "この文章の川は長いですか。"])  # fmt: skip
def test_a_column_that_questions_speak_of_is_told_where_no_answer_stands_there(asked: str) -> None:
    rows = [
        {"leaflet": river, "question": f"{asked} {n}", "answer": ["Yes", "No"][n % 2]} for n, river in enumerate(RIVERS)
    ]
    assert notes_of(rows) == [(SPOKEN_OF, 'columns: {prompt: "{leaflet}\\n\\n{question}", response: answer}')]
    other = [
        {**row, "leaflet": f"Printed by Ann & Sons in the autumn of the year, number {n}"} for n, row in enumerate(rows)
    ]
    assert (notes_of(other) == []) == ("text" not in asked and "文章" not in asked)
    assert notes_of([{**row, "leaflet": f"### Question\n{row['question']}\n### Answer"} for row in rows]) == []


@pytest.mark.parametrize(
    ("naming", "of", "is_told"),
    [(1, 1, False), (2, 2, True), (2, 3, True), (2, 4, False), (3, 4, True), (3, 6, False), (4, 6, True)],
)
def test_most_questions_must_speak_of_the_text(naming: int, of: int, is_told: bool) -> None:
    rows: list[Fields] = [
        {"leaflet": f"{RIVERS[n % 4]} {n}", "question": f"What does the text say? {n}" if n < naming else f"Why? {n}",
         "answer": ["Yes", "No"][n % 2]} for n in range(of)
    ]  # fmt: skip
    assert bool(notes_of(rows)) is is_told


def test_lists_talks_and_choices_get_the_line_that_fits_them() -> None:
    rows: list[Fields] = [
        {"leaflet": [{"text": river}], "question": f"Where does the Amber river rise? {n}", "answer": river.split()[6]}
        for n, river in enumerate(RIVERS)
    ]
    assert notes_of(rows)[0][1] == "columns: {prompt: question, query: leaflet, response: answer}"
    talks: list[Fields] = [
        {"leaflet": river, "messages": [{"role": "user", "content": "Where does the Amber river rise?"},
                                        {"role": "assistant", "content": f"In the {river.split()[6]} hills."}]}
        for river in RIVERS
    ]  # fmt: skip
    assert notes_of(talks) == [("data.answers_stand_in", "columns: {system: leaflet, messages: messages}")]
    assert notes_of([{**row, "system": "Be brief."} for row in talks]) == []
    choices: list[Fields] = [
        {"leaflet": river, "question": "Where does the Amber river rise?", "choices": ["Karst", "Low"], "answer": "Low"}
        for river in RIVERS
    ]
    line = 'columns: {prompt: "{leaflet}\\n\\n{question}", answer: answer, choices: choices}'
    assert [found for found in notes_of(choices) if found[0] == SPOKEN_OF] == [(SPOKEN_OF, line)]


@pytest.mark.parametrize(
    "name",
    ["Working", "student_working", "Student answer", "attempt_text", "生徒の解答", "生徒の途中式", "途中計算",
     "Rough work",
     "submission", "first_try", "Schülerlösung", "copie", "draft", "calculation", "examiner_comment"],
)  # fmt: skip
def test_what_somebody_tried_is_no_part_of_the_question(name: str) -> None:
    rows = rows_of(name, HOURS, PRICES, HOURS, PRICES, HOURS)
    asked = [{**row, "question": f"{row['question']} According to the text?"} for row in rows]
    assert notes_of(rows) == [] and notes_of(asked) == []
    assert notes_of([{"review" if key == name else key: value for key, value in row.items()} for row in rows]) != []


CASE = "A 24-year-old woman has burning on urination and no fever."


@pytest.mark.parametrize(
    "name", ["Vignette", "clinical_vignette", "scenario", "Case", "stem", "Sachverhalt", "les_faits", "症例", "事案"]
)
def test_a_case_is_told_before_its_question(name: str) -> None:
    assert parsed({name: CASE, "question": "What is it?", "answer": "Cystitis."}).prompt == f"{CASE}\n\nWhat is it?"
    quiz = {name: CASE, "question": "What is it?", "options": ["cystitis", "flu"], "answer": "cystitis"}
    assert parsed(quiz).prompt == f"{CASE}\n\nWhat is it?\nA. cystitis\nB. flu"
    for word in ("restaurant", "Case 12", "", None, 3):
        assert parsed({name: word, "question": "What is it?", "answer": "Cystitis."}).prompt == "What is it?"
        assert parsed({**quiz, name: word}).prompt.strip() == "What is it?\nA. cystitis\nB. flu"


def test_a_stem_asks_where_nothing_else_does_and_a_questions_number_asks_nothing() -> None:
    quiz = {"Vignette": CASE, "Stem": "What is it?", "A": "cystitis", "B": "flu", "Answer": "A"}
    assert parsed(quiz).prompt == f"{CASE}\n\nWhat is it?\nA. cystitis\nB. flu"
    assert parsed({"question": 12, **quiz}).prompt == f"{CASE}\n\nWhat is it?\nA. cystitis\nB. flu"


@pytest.mark.parametrize(
    ("schema", "told", "before"),
    [
        ("CREATE TABLE t (c TEXT)", "class is c", "CREATE TABLE t (c TEXT)\n\nclass is c\n\n"),
        ("CREATE TABLE t (c TEXT)", "", "CREATE TABLE t (c TEXT)\n\n"), ("", "class is c", "class is c\n\n"),
        ("CREATE TABLE t (c TEXT)", None, "CREATE TABLE t (c TEXT)\n\n"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(("name", "answer"), [("SQL", "evidence"), ("query", "external_knowledge"), ("sql", "hint")])
def test_a_database_is_asked_with_its_schema_and_what_its_names_mean(
    schema: Any, told: Any, before: str, name: str, answer: str
) -> None:
    row = {"db_id": "s", "question": "How many?", answer: told, "schema": schema, name: "SELECT count(*) FROM t"}
    found = parsed(row)
    assert (found.prompt.strip(), found.response) == (f"{before}How many?", "SELECT count(*) FROM t")
    assert "school_db" not in parsed({**row, "schema": "school_db"}).prompt  # its name
