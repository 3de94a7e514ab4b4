"""A .txt that a program has written is read, or refused with the way to have it read."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from helpers.rows import parsed, reason
from helpers.sessions import refused
from so8t_engine.config.run_config import Dataset
from so8t_engine.data import drop_reasons
from so8t_engine.data.files import local_files, quiz_texts, yaml_rows
from so8t_engine.data.files.row_readers import BadRow, RawRow
from so8t_engine.errors import EngineError

AIKEN = """\ufeffWhich city lies
in Peru?
A. Quito
B. Lima
ANSWER: B

Which gas is noble?
A) Neon
B) Iron,
or steel
C) Oxygen
ANSWER: A
Feedback: It reacts with nothing.
How many legs has an ant?
A. 6
B. 8
ANSWER: A
"""


def rows(path: Path, text: str, skip: int = 0, encoding: str = "utf-8") -> list[dict[str, str]]:
    path.write_text(text, encoding=encoding)
    [file] = local_files.choose(Dataset(name="d", source="local", path=str(path))).files
    return [json.loads(item.text) for item in local_files.read(file, 10_000, skip) if isinstance(item, RawRow)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_questions_in_aikens_form_are_rows_with_options(tmp_path: Path, encoding: str) -> None:
    text = AIKEN if encoding == "utf-8" else AIKEN[1:]
    found = rows(tmp_path / "quiz.txt", text, encoding=encoding)

    assert found == [
        {"question": "Which city lies\nin Peru?", "A": "Quito", "B": "Lima", "answer": "B"},
        {"question": "Which gas is noble?", "A": "Neon", "B": "Iron,\nor steel", "C": "Oxygen", "answer": "A",
         "explanation": "It reacts with nothing."},
        {"question": "How many legs has an ant?", "A": "6", "B": "8", "answer": "A"},
    ]  # fmt: skip
    assert [parsed(row).answer for row in found] == ["B", "A", "A"]
    assert rows(tmp_path / "quiz.txt", AIKEN, skip=2) == found[2:] and rows(tmp_path / "q.txt", AIKEN, skip=3) == []


def test_the_letter_of_the_right_option_may_stand_alone_above_the_question(tmp_path: Path) -> None:
    text = "\nb\nIt rains.\nWhat follows?\nA.It is dry.\nB.It is wet.\n\nA\nAll do.\nWho does?\nA. All.\nB.None.\n"
    found = rows(tmp_path / "train.txt", text)
    assert found == [
        {"question": "It rains.\nWhat follows?", "A": "It is dry.", "B": "It is wet.", "answer": "B"},
        {"question": "All do.\nWho does?", "A": "All.", "B": "None.", "answer": "A"},
    ]
    assert rows(tmp_path / "more.txt", text, skip=1) == found[1:]
    one = refused(lambda: rows(tmp_path / "one.txt", text[: text.index("\n\nA\n")]))
    assert one.sentence.code == "data.unknown_text"


def test_a_question_of_aikens_without_its_answer_is_left_out_and_takes_no_other_with_it(tmp_path: Path) -> None:
    given = {"Which is a bird?": "b", "Which is a tree?": " D", "Which is a drink?": "", "Which is a tool?": "A, B",
             "Which is hot?": None, "Which is cold?": "A "}  # fmt: skip
    text = "\n\n".join(
        f"{asked}\nA. Ice\n\nB. Lava" + ("" if said is None else f"\nANSWER:{said}") for asked, said in given.items()
    )
    path = tmp_path / "quiz.txt"
    path.write_text(f"{text}\n\nThat is all.\n")
    [file] = local_files.choose(Dataset(name="d", source="local", path=str(path))).files
    items = list(local_files.read(file, 10_000))

    good = [json.loads(item.text) for item in items if isinstance(item, RawRow)]
    assert [(row["question"], row["B"], row["answer"]) for row in good] == [
        ("Which is a bird?", "Lava", "B"), ("Which is cold?", "Lava", "A"),
    ]  # fmt: skip
    bad = [(item.number, item.at, item.reason) for item in items if isinstance(item, BadRow)]
    reason = drop_reasons.NO_RIGHT_OPTION
    assert bad == [(2, 11, reason), (3, 17, reason), (4, 23, reason), (5, 28, reason)]
    assert list(local_files.read(file, 10_000, 3)) == items[3:]


def test_the_number_before_a_question_of_aikens_is_no_part_of_it(tmp_path: Path) -> None:
    asked = ("1. Which is hot?", "2) Which is cold?", "1984. FC is what?", "Which is it?", "5.5 is what?")
    text = "\n\n".join(f"{one}\nA. Ice\nB. Lava\nANSWER: B" for one in asked)
    found = [row["question"] for row in rows(tmp_path / "quiz.txt", text)]
    assert found == ["Which is hot?", "Which is cold?", *asked[2:]]


def test_the_separator_that_anki_names_is_the_one(tmp_path: Path) -> None:
    cards = "".join(f"What is {word}, say?\tIt is, well, {word}.\n" for word in ("ice", "dew", "fog"))
    found = rows(tmp_path / "cards.txt", f"#separator:tab\n#html:true\n{cards}")
    assert found[0] == {"column1": "What is ice, say?", "column2": "It is, well, ice."} and len(found) == 3


@pytest.mark.parametrize(("name", "between"), [("tab", "\t"), ("Semicolon", ";")])
def test_notes_that_anki_exports_are_a_table(tmp_path: Path, name: str, between: str) -> None:
    cards = "".join(f"What is {word}?{between}It is {word}.{between}tag\n" for word in ("ice", "dew", "fog"))
    found = rows(tmp_path / "cards.txt", f"#separator:{name}\n#html:true\n#tags column:3\n{cards}")
    assert found[1] == {"column1": "What is dew?", "column2": "It is dew.", "tags": "tag"} and len(found) == 3


@pytest.mark.parametrize(
    ("text", "code", "program"),
    [
        ("[LINE] 花子とのトーク履歴\n保存日時：2026/11/20\n", "data.chat_as_text", "LINE"),
        ("[12/03/24, 09:12:01] Anna: Hi\n[12/03/24, 09:13:11] Shop: At 10.\n", "data.chat_as_text", "WhatsApp"),
        ("12/01/2024, 9:14 pm - Shop: Hello\n12/01/2024, 9:15 pm - Mia: Hi: you\n", "data.chat_as_text", "WhatsApp"),
        ("Question: why? {so}\nA. first point\n", "data.unknown_text", None), ("\n", "data.unknown_text", None),
    ],
)  # fmt: skip
def test_other_texts_are_refused_by_what_they_are(tmp_path: Path, text: str, code: str, program: str | None) -> None:
    error = refused(lambda: rows(tmp_path / "x.txt", text))
    assert (error.code, error.sentence.code, error.sentence.args.get("program")) == ("dataset_kind", code, program)


def test_a_yaml_file_of_records_is_read_as_its_json(tmp_path: Path) -> None:
    text = "- question: Is it on?\n  answer: yes\n  date: 2024-01-02\n- {question: How many, answer: 7}\n"
    first = {"question": "Is it on?", "answer": "yes", "date": "2024-01-02"}
    assert rows(tmp_path / "q.yaml", text) == [first, {"question": "How many", "answer": 7}]
    assert rows(tmp_path / "q.yml", f"qa:\n{text}", skip=1) == [{"question": "How many", "answer": 7}]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: &a [1]\nb: [*a, *a]", "data.yaml_alias"),
        ("- q: [", "data.not_yaml"),
        ("- !!python/name:os.system x", "data.not_yaml"),
    ],
)
def test_a_yaml_file_that_grows_or_makes_objects_is_refused(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(EngineError) as refused_as:
        rows(tmp_path / "q.yaml", text)
    assert refused_as.value.sentence.args["why"].code == code


def test_a_yaml_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "- {question: How many, answer: 7}\n"
    monkeypatch.setattr(yaml_rows, "MOST", len(text))
    assert len(rows(tmp_path / "q.yaml", text)) == 1
    with pytest.raises(EngineError) as refused_as:
        rows(tmp_path / "q.yaml", text + "\n")
    assert refused_as.value.sentence.args["why"].code == "data.yaml_too_large"


def test_a_mailbox_is_refused_with_what_to_make_of_it(tmp_path: Path) -> None:
    with pytest.raises(EngineError) as refused_as:
        rows(tmp_path / "mail.mbox", "From x\n")
    assert refused_as.value.sentence.code == "data.mailbox"


def test_a_note_with_gaps_asks_for_what_stands_in_the_first_one() -> None:
    row = {"Text": "{{c1::Lima::city}} is in {{c2::Peru}}.", "Extra": "x"}
    found = parsed(row)
    assert (found.prompt, found.response) == ("Fill in the gap:\n\n____ (city) is in Peru.", "Lima")
    assert parsed({"text": r"A half is {{c1::\frac{1}{2}}}."}).response == r"\frac{1}{2}"
    assert parsed({"text": "首都は{{c1::リマ}}です。"}).prompt == "空欄に入る言葉は何ですか。\n\n首都は____です。"
    assert reason({"text": "L{{c1::i}}ma is in Peru."}) == drop_reasons.NO_QUESTION
    assert reason({"text": '{{c1::<img src="x.png">}} is it.'}) == drop_reasons.NEEDS_MEDIA


def test_columns_that_anki_names_for_itself_are_neither_front_nor_back(tmp_path: Path) -> None:
    text = "#separator:tab\n#notetype column:1\n#tags column:4\nBasic\tIs it on?\tIt is.\tx y\n"
    names = ["notetype", "column2", "column3", "tags"]
    assert [list(row) for row in rows(tmp_path / "notes.txt", text)] == [names]


ONE = b"Which is hot?\nA. Ice\nB. Lava\nANSWER: B\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (ONE, ["B"]), (b"x" * 101 + b"\n" + ONE, [(1, drop_reasons.TOO_LONG), "B"]),
        (b"\xff\n" + ONE, [(1, drop_reasons.NOT_UTF8), "B"]),
        (ONE + b"\n" + b"x" * 101 + b"\n" + ONE, [(6, drop_reasons.TOO_LONG), "B", "B"]), (ONE + ONE, ["B", "B"]),
        (b"\xef\xbb\xbf" + ONE + b"Feedback: So.", ["B"]),
        (ONE.replace(b"B. L", b"C. L"), [(4, drop_reasons.NO_RIGHT_OPTION)]),
        (ONE.replace(b": B", b": b"), ["B"]), (ONE.replace(b": B", b": C"), [(4, drop_reasons.NO_RIGHT_OPTION)]),
        (ONE[:-10], [(3, drop_reasons.NO_RIGHT_OPTION)]), (b"Only a text.\n", []), (b"", []),
    ],
)  # fmt: skip
def test_a_line_of_a_quiz_that_cannot_be_read_is_named_and_the_questions_around_it_are_read(
    text: bytes, found: list[object]
) -> None:
    items = list(quiz_texts.aiken_rows(io.BytesIO(text), 100))
    assert [
        json.loads(item.text)["answer"] if isinstance(item, RawRow) else (item.at, item.reason) for item in items
    ] == found
    assert [item.number for item in items] == [*range(1, len(found) + 1)]
    assert list(quiz_texts.aiken_rows(io.BytesIO(text), 100, 1)) == items[1:]


@pytest.mark.parametrize(
    "text",
    [
        "# Topic\n\n## 🧑‍💻 User\n\nWhy?\n\n|question|answer|\n|---|---|\n|a|b|\n---\n## 🤖 gpt-4o | OpenAI\n\nSo.\n",
        "Topic\n\nUser:\nWhy?\n\nAssistant:\nSo.\n", "**You:** Why?\n\n**ChatGPT:** So.\n",
        "#### You:\nWhy?\n\n#### ChatGPT:\nSo.\n", "## Prompt:\nWhy?\n\n## Response:\nSo.\n",
        "ユーザー：なぜ？\nアシスタント：そういうものです。\n",
        "**User**\n\nQ: Why?\nQ: How?\n\n**Assistant**\n\nA: So.\nA: Thus.\n",
    ],
)  # fmt: skip
def test_a_chat_written_out_as_a_text_is_refused_as_such_whatever_else_it_holds(tmp_path: Path, text: str) -> None:
    assert refused(lambda: rows(tmp_path / "chat.md", text)).sentence.code == "data.talk_as_text"


@pytest.mark.parametrize(
    "text",
    ["Q: Are you a user?\nA: You are.\nQ: Is it AI?\nA: Ask me: it is.\n", "Q: a?\nA: b\nUser: c\nQ: d?\nA: e\n"],
)
def test_questions_about_users_are_no_chat(tmp_path: Path, text: str) -> None:
    assert len(rows(tmp_path / "faq.txt", text)) == 2


def test_the_end_of_a_text_begins_behind_its_beginning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quiz_texts, "HEAD", 10)
    for size, end in ((9, b""), (10, b""), (15, b"abcde"), (20, b"abcdefghij"), (25, b"fghijabcde")):
        (tmp_path / "a.txt").write_bytes((b"abcdefghij" * 3)[:size])
        assert quiz_texts._tail(tmp_path / "a.txt") == end
