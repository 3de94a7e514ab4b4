"""Tables in Markdown texts are read by their names, those that do not ask and answer are passed over, and told."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.data.files.test_files_people_have import put, read
from helpers.sessions import refused
from so8t_engine.data import drop_reasons
from so8t_engine.data.files import local_files, markdown_tables
from so8t_engine.data.files.row_readers import BadRow

TWO = [{"question": "Why?", "answer": "So."}, {"question": "How?", "answer": "Thus."}]


@pytest.mark.parametrize(
    "text",
    [
        "# FAQ\n\nWords | more.\n\n| question | answer |\n|---|---|\n| Why? | So. |\n| How? | Thus. |\n\nThe end.\n",
        "question | answer\n--- | ---\nWhy? | So.\nHow? | Thus.",
        "| **question** | `answer` |\r\n| :-- | :-: |\r\n| Why? | So. |\r\n|How?|Thus.|\r\nText below.\r\n",
        "|question|answer|\n|-|-|\n|Why?|So.|\n\n## More\n\n|question|answer|\n|-|-|\n|How?|Thus.|\n",
        "```\n|question|answer|\n|---|---|\n|no|no|\n```\n|question|answer|\n|---|---|\n|Why?|So.|\n|How?|Thus.|\n",
    ],
)
def test_a_table_is_read_by_its_names(tmp_path: Path, text: str) -> None:
    assert read(put(tmp_path / "faq.md", text)) == (TWO, [])
    [file] = local_files.find(str(tmp_path / "faq.md"))
    assert list(local_files.read(file, 1_000, 1)) == list(local_files.read(file, 1_000))[1:]


def test_a_cell_may_hold_bars_and_several_lines(tmp_path: Path) -> None:
    text = (
        "| question | answer |\n|---|---|\n|a \\| b?|One.<br>Two. <BR/> Three &#124; four|\n| 〃 | again |\n| c | |\n"
    )
    assert [tuple(item.values()) for item in read(put(tmp_path / "faq.md", text))[0]] == [
        ("a | b?", "One.\nTwo.\nThree | four"), ("a | b?", "again"), ("c", ""),
    ]  # fmt: skip


def test_a_row_with_too_many_cells_or_damage_is_left_out_by_its_line(tmp_path: Path) -> None:
    text = (
        b"| question | answer |\n|---|---|\n| a | b | c |\n| d |\n| e | \xff |\n| f | " + b"g" * 99 + b" |\n| h | i |\n"
    )
    [file] = local_files.find(str(put(tmp_path / "faq.md", text)))
    items = list(local_files.read(file, 60, reading=local_files.Reading("utf-8")))
    bad = [(item.number, item.at, item.reason) for item in items if isinstance(item, BadRow)]
    assert bad == [
        (1, 3, drop_reasons.WRONG_FIELDS), (3, 5, drop_reasons.NOT_UTF8), (4, 6, drop_reasons.TOO_LONG),
    ]  # fmt: skip
    assert [item.number for item in items] == [1, 2, 3, 4, 5]


def test_of_several_tables_those_that_ask_and_answer_are_read_or_those_with_the_columns_named(tmp_path: Path) -> None:
    text = (
        "| key | means |\n|---|---|\n| F1 | help |\n\n| Question | Answer |\n|---|---|\n| Why? | So. |\n\n"
        "| 質問 | 回答 | 備考 |\n|---|---|---|\n| どこ？ | そこ。 | |\n\n| key | means |\n|---|---|\n| F2 | save |\n"
    )
    path = put(tmp_path / "readme.md", text)
    found, [said] = read(path)
    assert found == [{"Question": "Why?", "Answer": "So."}, {"質問": "どこ？", "回答": "そこ。", "備考": ""}]
    told = said.args["what"]
    assert (told.code, told.args["count"], told.args["names"]) == ("data.tables_passed_over", 2, ["key", "means"])
    assert str(told.args["place"]) == "line 1"
    assert told.args["place"].args["number"] == 1
    named = read(path, columns={"prompt": "key", "response": "means"})[0]
    assert named == [{"key": "F1", "means": "help"}, {"key": "F2", "means": "save"}]
    both = read(path, columns={"prompt": "Question", "response": "Answer"})[0]
    assert both == [{"Question": "Why?", "Answer": "So."}]


def test_where_none_asks_the_first_is_read_so_that_its_columns_can_be_named(tmp_path: Path) -> None:
    text = "| a | |\n|---|---|\n| 1 | 2 |\n\n| c | d |\n|---|---|\n| 3 | 4 |\n"
    found, said = read(put(tmp_path / "a.md", text))
    assert found == [{"a": "1", "column2": "2"}] and len(said) == 1
    for text in ("a |\n- |\n1 |\n", "| a\n| -\n| 1\n", "| a |\n|---|\n| 1 |\n"):
        assert read(put(tmp_path / "b.md", text))[0] == [{"a": "1"}]


def test_names_that_stand_there_twice_are_refused_and_dashes_alone_are_no_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    twice = put(tmp_path / "a.md", "| a | a |\n|---|---|\n| 1 | 2 |\n")
    assert refused(lambda: read(twice)).sentence.args["why"].args["names"] == ["a"]
    for text in ("a | b\n---\n", "Title\n---\nText | text\n", "| a | b |\n|---|---|---|\n", "    | a |\n    |---|\n"):
        assert refused(lambda text=text: read(put(tmp_path / "b.md", text))).sentence.code == "data.unknown_text"  # type: ignore[misc]
    monkeypatch.setattr(markdown_tables, "MOST_TABLES", 1)
    many = "".join(f"| question | answer {n} |\n|---|---|\n| Why? | So. |\n\n" for n in range(3))
    found, said = read(put(tmp_path / "c.md", many))
    assert len(found) == 1 and said[0].args["what"].args["count"] == 2


def test_names_that_are_repeated_and_neither_ask_nor_answer_get_numbers(tmp_path: Path) -> None:
    text = "| Question | Answer | Tag | Tag |\n|---|---|---|---|\n| q | a | x | y |\n"
    rows, said = read(put(tmp_path / "a.md", text))
    assert rows == [{"Question": "q", "Answer": "a", "Tag": "x", "Tag 2": "y"}]
    assert [note.args["what"].code for note in said] == ["data.names_numbered"]
    two = put(tmp_path / "b.md", "| Question | Answer | Question | Answer |\n|---|---|---|---|\n| q | a | r | b |\n")
    assert refused(lambda: read(two)).sentence.args["why"].code == "data.header_of_two_tables"
