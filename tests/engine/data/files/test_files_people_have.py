"""Files as they lie on people's disks: packed, in other encodings, laid out in other ways, cloned, saved, damaged."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import zipfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from helpers.sessions import refused
from so8t_engine.config.run_config import Dataset
from so8t_engine.data import drop_reasons
from so8t_engine.data.files import byte_streams, local_files
from so8t_engine.data.files.row_readers import BadRow, RawRow
from so8t_engine.sentences import Sentence

ROWS: list[dict[str, Any]] = [{"q": f"Wo liegt {n}?", "a": f"Antwort {n}, 日本"} for n in range(12)]
LINES = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS)
CSV = "q,a\n" + "".join(f'{row["q"]},"{row["a"]}"\n' for row in ROWS)


def read(path: Path, **entry: Any) -> tuple[list[Any], list[Sentence]]:
    """(rows, or the reason of a bad one; what was said)."""
    dataset = Dataset(name="d", source="local", path=str(path), **entry)
    chosen = local_files.choose(dataset)
    said = list(chosen.notes)
    items: list[RawRow | BadRow] = []
    for file in chosen.files:
        items += local_files.read(file, 100_000, reading=local_files.Reading.of(dataset), notice=said.append)
    return [json.loads(item.text) if isinstance(item, RawRow) else item.reason for item in items], said


def put(path: Path, data: bytes | str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


@pytest.mark.parametrize(
    ("ending", "pack"),
    [(".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress), (".zst", zstandard.compress)],
)
def test_packed_files_are_unpacked_and_read_from_any_row_on(tmp_path: Path, ending: str, pack: Any) -> None:
    half = LINES.encode()[: LINES.index("\n") + 1], LINES.encode()[LINES.index("\n") + 1 :]
    for name, data in (("a.jsonl", pack(half[0]) + pack(half[1])), ("a.csv", pack(CSV.encode()))):
        [file] = local_files.find(str(put(tmp_path / (name + ending), data)))
        rows = [json.loads(item.text) for item in local_files.read(file, 1_000, 5) if isinstance(item, RawRow)]
        assert rows == ROWS[5:]


def test_an_archive_gives_each_of_its_files_and_one_that_is_locked_or_damaged_is_named(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("data/a.jsonl", LINES)
        archive.writestr("b.csv.gz", gzip.compress(CSV.encode()))
        archive.writestr("__MACOSX/._a.jsonl", "x")
        archive.writestr("readme.txt", "x")

    assert read(path)[0] == ROWS * 2
    assert [file.name for file in local_files.find(str(path))] == ["all.zip/b.csv.gz", "all.zip/data/a.jsonl"]
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the bit for a password
    locked = refused(lambda: read(put(tmp_path / "locked.zip", bytes(data))))
    assert (locked.code, locked.sentence.code) == ("dataset_file", "data.not_packed")
    assert refused(lambda: read(put(tmp_path / "no.zip", b"PKxx"))).sentence.code == "data.not_zip"


@pytest.mark.parametrize("ending", [".jsonl.bz2", ".json.xz", ".csv.zst", ".arrow", ".parquet"])
def test_a_file_that_is_not_what_its_ending_says_or_is_cut_off_is_refused_by_name(tmp_path: Path, ending: str) -> None:
    path = put(tmp_path / f"a{ending}", b"nothing of the kind")
    error = refused(lambda: read(path))

    assert error.code == "dataset_file" and str(path) in error.detail


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "utf-8-sig", "cp932", "euc_jp", "iso2022_jp"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv"])
def test_an_encoding_is_recognised_and_said_where_no_mark_says_it(tmp_path: Path, name: str, encoding: str) -> None:
    rows = [{"q": f"日本の首都はどこですか？その{n}", "a": f"東京です。{n}"} for n in range(12)]
    text = {
        "a.jsonl": "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows),
        "a.json": json.dumps(rows, ensure_ascii=False, indent=1),
        "a.csv": "q,a\n" + "".join(f"{row['q']},{row['a']}\n" for row in rows),
    }[name]
    found, said = read(put(tmp_path / name, text.encode(encoding)))

    marked = encoding in ("utf-16", "utf-32", "utf-8-sig")
    assert found == rows
    assert [note.code for note in said] == ([] if marked else ["data.read_as"])
    assert marked or encoding.replace("_", "-") in str(said[0])


def test_an_encoding_that_alone_makes_good_words_is_read_and_said_and_one_of_few_words_is_named(tmp_path: Path) -> None:
    text = "q,a\n" + "".join(
        f"Où est la clé {n} ?,À côté du théâtre où l’été dernier était très gai\n" for n in range(9)
    )
    path = put(tmp_path / "a.csv", text.encode("cp1252"))
    found, said = read(path)
    assert found[0] == {"q": "Où est la clé 0 ?", "a": "À côté du théâtre où l’été dernier était très gai"}
    assert [note.code for note in said] == ["data.read_as_by_words"] and "cp1252" in str(said[0])
    assert read(path, encoding="cp1252")[1] == []

    error = refused(lambda: read(put(tmp_path / "b.csv", "q,a\nOù ?,Là\n".encode("cp1252"))))
    assert error.sentence.code == "data.unusable_file" and "`encoding: cp125" in error.detail


def test_bytes_that_are_no_characters_of_the_encoding_cost_their_row_alone(tmp_path: Path) -> None:
    lines = [json.dumps({"q": "ひらがな"}, ensure_ascii=False).encode("cp932")] * 3
    path = put(tmp_path / "a.jsonl", b"\n".join([lines[0], b'{"q": "\x81 "}', lines[1]]))

    assert read(path, encoding="cp932")[0] == [{"q": "ひらがな"}, drop_reasons.NOT_UTF8, {"q": "ひらがな"}]


@pytest.mark.parametrize("delimiter", [";", "\t", "|", ","])
def test_what_separates_fields_is_found_and_said(tmp_path: Path, delimiter: str) -> None:
    text = "".join(f'"{q}"{delimiter}"{a}"\r\n' for q, a in [("q", "a"), *((row["q"], row["a"]) for row in ROWS)])
    found, said = read(put(tmp_path / "a.csv", "\ufeff" + text))

    assert found == ROWS
    assert [note.code for note in said] == ([] if delimiter == "," else ["data.of_file"])
    assert read(put(tmp_path / "b.txt.csv", text), delimiter=delimiter)[1] == []


def test_a_table_may_have_tabs_old_ends_of_lines_or_no_header(tmp_path: Path) -> None:
    rows = [{"q": row["q"], "a": row["a"]} for row in ROWS]
    tabs = "".join(f"{q}\t{a}\n" for q, a in [("q", "a"), *((row["q"], row["a"]) for row in rows)])
    assert read(put(tmp_path / "a.tsv", tabs)) == (rows, [])
    assert read(put(tmp_path / "old.csv", CSV.replace("\n", "\r")))[0] == rows
    bare = put(tmp_path / "bare.csv", CSV.partition("\n")[2])
    error = refused(lambda: read(bare))
    assert "`header: false, columns: {prompt: column1, response: column2}`" in error.detail
    assert read(bare, header=["q", "a"])[0] == rows
    assert read(bare, header=False)[0] == [{"column1": row["q"], "column2": row["a"]} for row in rows]
    assert len(read(bare, header=True)[0]) == len(rows) - 1


DUMP = json.dumps
LAYOUTS = {
    "array.jsonl": DUMP(ROWS, indent=1),
    "oneline.jsonl": DUMP(ROWS),
    "commas.jsonl": ",\n".join(map(DUMP, ROWS)) + "\n",
    "printed.jsonl": "\n".join(DUMP(row, indent=2) for row in ROWS),
    "arrays.json": DUMP(ROWS[:5]) + "\n" + DUMP(ROWS[5:]),
    "hand.json": DUMP(ROWS)[:-1] + ",]",
    "listed.json": DUMP({"type": "x", "version": 1, "instances": ROWS}),
    "splits.json": DUMP({"train": ROWS, "test": ROWS[:1]}, indent=1),
    "viewer.json": DUMP(
        {"features": [{"name": "q"}], "rows": [{"row_idx": n, "row": row} for n, row in enumerate(ROWS)]}
    ),
    "columns.json": DUMP({key: [row[key] for row in ROWS] for key in ROWS[0]}),
    "pandas.json": DUMP({key: {str(n): row[key] for n, row in enumerate(ROWS)} for key in ROWS[0]}),
    "by-name.json": DUMP({f"id-{n}": row for n, row in enumerate(ROWS)}),
    "split.json": DUMP({"columns": ["q", "a"], "index": [*range(12)], "data": [[row["q"], row["a"]] for row in ROWS]}),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_json_is_read_however_it_is_laid_out(tmp_path: Path, name: str) -> None:
    assert read(put(tmp_path / name, LAYOUTS[name]))[0] == ROWS


def test_one_row_is_a_row_though_it_holds_a_list(tmp_path: Path) -> None:
    row = {"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]}
    for indent in (None, 1):
        assert read(put(tmp_path / "a.json", DUMP(row, indent=indent)))[0] == [row]


@pytest.mark.parametrize("name", ["openai_moderation", "individual_preference", "parts"])
def test_one_line_of_lines_is_a_row_whatever_lists_of_objects_it_holds(tmp_path: Path, name: str) -> None:
    row = {"id": "x", name: [{"score": 1}], "more": [{"a": 1}]}
    assert read(put(tmp_path / "a.jsonl", DUMP(row)))[0] == [row]


def test_one_line_of_lines_is_a_row_though_its_lists_are_as_long_as_each_other(tmp_path: Path) -> None:
    row = {"prompts": ["a", "b"], "answers": ["c", "d"]}

    assert read(put(tmp_path / "a.jsonl", DUMP(row)))[0] == [row]
    assert read(put(tmp_path / "a.json", DUMP(row)))[0] == [
        {"prompts": "a", "answers": "c"}, {"prompts": "b", "answers": "d"},
    ]  # fmt: skip


def test_of_several_configs_in_a_folder_is_told_that_all_are_read(tmp_path: Path) -> None:
    for place in ("main/train.jsonl", "main/test.jsonl", "socratic/train.jsonl", "socratic/test.jsonl"):
        put(tmp_path / place, LINES)
    rows, said = read(tmp_path)
    assert len(rows) == 2 * len(ROWS) and said[0].code == "data.several_configs"
    assert said[0].args["configs"] == ["main", "socratic"]
    assert "data.several_configs" not in [note.code for note in read(tmp_path, config_name="main")[1]]
    (tmp_path / "socratic" / "test.jsonl").unlink()
    assert "data.several_configs" not in [note.code for note in read(tmp_path)[1]]


def test_of_several_lists_the_split_names_one(tmp_path: Path) -> None:
    path = put(tmp_path / "a.json", DUMP({"easy": ROWS[:2], "hard": ROWS[2:]}))

    assert "('easy', 'hard'); say `split:`" in refused(lambda: read(path)).detail
    assert read(path, split="hard")[0] == ROWS[2:]


def test_values_are_those_of_pythons_decoder_in_an_array_of_any_size(tmp_path: Path) -> None:
    odd = [{"n": 10**30, "x": float("inf"), "s": "\ud800", "long": "é" * 700_000}, {"n": 1.1}]
    rows, _ = read(put(tmp_path / "a.json", DUMP(odd)))

    assert rows == [drop_reasons.NOT_UNICODE, {"n": 1.1}]
    many = put(tmp_path / "b.json", DUMP([{"n": 10**30, "x": float("inf"), "long": "é" * 700_000}, *ROWS * 9_000]))
    items = local_files.read(local_files.find(str(many))[0], 100)
    assert json.loads(next(items).text)["n"] == 10**30  # type: ignore[union-attr]
    assert sum(1 for _ in items) == 9_000 * len(ROWS)


@pytest.mark.parametrize("name", ["train.jsonl", "train.parquet", "train.csv", "train.arrow"])
def test_a_pointer_of_git_lfs_is_named_and_so_is_a_web_page(tmp_path: Path, name: str) -> None:
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 123456\n"
    error = refused(lambda: read(put(tmp_path / name, pointer)))
    assert (error.code, error.sentence.code) == ("dataset_file", "data.git_lfs_pointer")
    page = put(tmp_path / f"page-{name}", "<!DOCTYPE html>\n<html><body>Not here</body></html>\n")
    assert refused(lambda: read(page)).sentence.code == "data.web_page"


def clone(root: Path, card: str = "") -> Path:
    for place, split in ((place, split) for place in ("main", "socratic") for split in ("train", "test")):
        put(root / place / f"{split}-00000-of-00001.jsonl", DUMP({"q": place, "a": split}) + "\n")
    put(root / "README.md", f"---\nlicense: mit\n{card}---\n# A set\n")
    put(root / ".gitattributes", "x")
    return root


CARD = (
    "configs:\n- config_name: main\n  data_files:\n  - {split: train, path: main/test-*}\n"
    "- config_name: other\n  data_files: socratic/*\n"
)


def test_a_clone_of_a_hub_repository_gives_the_config_and_split_that_are_asked_for(tmp_path: Path) -> None:
    plain, carded = clone(tmp_path / "plain"), clone(tmp_path / "carded", CARD)

    rows, said = read(plain, config_name="main")
    assert rows == [{"q": "main", "a": "train"}] and "main/test-00000-of-00001.jsonl" in str(said[0])
    assert [row["a"] for row in read(plain, split="test")[0]] == ["test", "test"]
    assert len(read(plain, split="all")[0]) == len(read(plain, split="train+test")[0]) == 4
    assert read(carded, config_name="main")[0] == [{"q": "main", "a": "test"}]
    assert {row["q"] for row in read(carded, config_name="other")[0]} == {"socratic"}
    for path, entry, words in (
        (plain, {"config_name": "nowhere"}, "no config 'nowhere'; there are main, socratic"),
        (plain, {"split": "validation"}, "no split 'validation', only test, train"),
        (carded, {}, "one of main, other"),
        (carded, {"config_name": "main", "split": "test"}, "only train"),
    ):
        error = refused(lambda path=path, entry=entry: read(path, **entry))  # type: ignore[misc]
        assert error.code == "dataset_missing" and words in error.detail


def test_a_folder_without_splits_is_read_whole_and_what_is_left_lying_is_named(tmp_path: Path) -> None:
    put(tmp_path / "a.jsonl", LINES)
    put(tmp_path / "tested.jsonl", LINES)
    for name in ("b.jsonl.zst", "c.zip", "e.xlsx", "f.arrow", "notes.txt"):
        put(tmp_path / name, b"x" * 100)
    rows, said = read(tmp_path)

    assert rows == ROWS * 2
    assert said[0].args["names"] == ["b.jsonl.zst", "c.zip", "e.xlsx", "f.arrow", "notes.txt"]


def test_what_datasets_saved_to_disk_is_read_split_by_split(tmp_path: Path) -> None:
    import datasets

    made = datasets.Dataset.from_list(ROWS)
    made.save_to_disk(tmp_path / "one")
    datasets.DatasetDict({"train": made, "test": made.select([0])}).save_to_disk(tmp_path / "two")
    put(tmp_path / "one" / "cache-0123.arrow", b"x")

    assert read(tmp_path / "one") == (ROWS, [])
    assert read(tmp_path / "two")[0] == ROWS
    assert read(tmp_path / "two", split="test")[0] == ROWS[:1]


def test_a_feather_file_is_an_arrow_file(tmp_path: Path) -> None:
    with pa.ipc.new_file(tmp_path / "a.feather", pa.Table.from_pylist(ROWS).schema) as writer:
        writer.write_table(pa.Table.from_pylist(ROWS), max_chunksize=5)
    [file] = local_files.find(str(tmp_path / "a.feather"))

    rows = [json.loads(item.text) for item in local_files.read(file, 1, 7) if isinstance(item, RawRow)]
    assert rows == ROWS[7:]


def test_a_damaged_page_of_a_parquet_file_is_one_sentence(tmp_path: Path) -> None:
    pq.write_table(pa.Table.from_pylist(ROWS * 100), tmp_path / "a.parquet")
    data = bytearray((tmp_path / "a.parquet").read_bytes())
    data[60:120] = b"\xff" * 60
    error = refused(lambda: read(put(tmp_path / "a.parquet", bytes(data))))

    assert (error.code, error.sentence.code) == ("dataset_file", "data.not_parquet")


@pytest.mark.parametrize(
    ("ending", "head", "right"),
    [
        (".zip", b"PK\x03\x04", True), (".zip", b"{}", False), (".zip", b"", True), (".xz", b"PK\x03\x04", False),
        (".jsonl", b"PK\x03\x04", True), (".arrow", b"\xff\xff\xff\xff\x00", True),
    ],
)  # fmt: skip
def test_the_first_bytes_show_a_file_that_is_named_wrongly(
    tmp_path: Path, ending: str, head: bytes, right: bool
) -> None:
    file = tmp_path / f"a{ending}"
    file.write_bytes(head)

    assert byte_streams.is_named_rightly(file, (ending,)) is right


def test_a_line_that_tells_excel_the_separator_is_no_header(tmp_path: Path) -> None:
    for bom in ("", "\ufeff"):
        rows, said = read(put(tmp_path / "a.csv", f"{bom}sep=;\r\nq;a\r\nWhy, so?;Because.\r\n"))
        assert rows == [{"q": "Why, so?", "a": "Because."}] and len(said) == 1


def test_a_workbook_of_another_kind_is_refused_with_what_to_do(tmp_path: Path) -> None:
    error = refused(lambda: read(put(tmp_path / "a.numbers", b"PK")))
    assert error.code == "dataset_kind" and "Save it as .xlsx" in str(error)


def test_text_that_a_table_holds_as_bytes_is_text_and_a_map_an_object(tmp_path: Path) -> None:
    table = pa.table({
        "q": [b"Why?"], "picture": [b"\x89PNG\r\n\x1a\n"], "zeros": [b"a\x00b"],
        "more": pa.array([[("a", "So.")]], pa.map_(pa.string(), pa.string())),
    })  # fmt: skip
    pq.write_table(table, tmp_path / "a.parquet")
    assert read(tmp_path / "a.parquet")[0] == [
        {"q": "Why?", "picture": "89504e470d0a1a0a", "zeros": "610062", "more": {"a": "So."}}
    ]


def test_of_squads_own_files_each_question_is_a_row_with_its_paragraph(tmp_path: Path) -> None:
    asked = [{"question": f"Q{n}", "id": str(n), "answers": [{"text": "A", "answer_start": 0}]} for n in range(3)]
    articles = [{"title": "T", "paragraphs": [{"context": "C", "qas": asked[:2]}, {"context": "D", "qas": asked[2:]}]}]
    rows, _ = read(put(tmp_path / "a.json", json.dumps({"version": "2.0", "data": articles})))
    assert [(row["title"], row["context"], row["question"]) for row in rows] == [
        ("T", "C", "Q0"), ("T", "C", "Q1"), ("T", "D", "Q2"),
    ]  # fmt: skip


def test_which_lists_of_a_file_are_not_read_is_said(tmp_path: Path) -> None:
    rows, said = read(put(tmp_path / "a.json", json.dumps({"train": ROWS, "test": ROWS[:1]})))
    assert rows == ROWS and "only its list 'train' is read, not 'test'" in str(said[0])


@pytest.mark.parametrize("title", ["社内FAQ一覧 2026年度,,\n,,\n", "FAQ\n", "\n", '"FAQ, as of\ntoday",,\n'])
def test_a_title_above_the_names_of_the_columns_is_passed_over_and_said(tmp_path: Path, title: str) -> None:
    lines = "No,q,a\n" + "".join(f'{n},{row["q"]},"{row["a"]}"\n' for n, row in enumerate(ROWS))
    found, said = read(put(tmp_path / "a.csv", title + lines))
    assert [{"q": row["q"], "a": row["a"]} for row in found] == ROWS
    assert "above the names of the columns" in str(said[0])
    assert read(put(tmp_path / "b.csv", lines))[1] == []
    semicolons = (title + lines).replace(",", ";")
    assert len(read(put(tmp_path / "c.csv", semicolons))[0]) == len(ROWS)


def test_a_table_of_one_column_has_no_title(tmp_path: Path) -> None:
    found, said = read(put(tmp_path / "a.csv", "text\none\ntwo\n"))
    assert (found, said) == ([{"text": "one"}, {"text": "two"}], [])


def test_a_text_is_refused_with_the_name_it_should_have(tmp_path: Path) -> None:
    error = refused(lambda: read(put(tmp_path / "a.txt", "q\ta\n")))
    assert (error.code, "call it .tsv" in error.detail) == ("dataset_kind", True)


def test_of_columns_without_names_several_are_called_by_their_numbers(tmp_path: Path) -> None:
    found, _ = read(put(tmp_path / "a.csv", "v1,v2,,\nham,Go,,\nspam,Free,!,\n"))
    assert found[1] == {"v1": "spam", "v2": "Free", "column3": "!", "column4": ""}


def test_a_header_among_the_rows_is_none_and_kahoots_lengths_are_no_part_of_names(tmp_path: Path) -> None:
    text = "Question - max 120 characters,Answer 1 - max 75 characters\nWhy?,So.\n"
    found, _ = read(put(tmp_path / "a.csv", text + "Question,Answer 1\nHow?,Thus.\n"))
    assert found == [{"Question": "Why?", "Answer 1": "So."}, {"Question": "How?", "Answer 1": "Thus."}]


def test_what_anki_notes_above_a_table_is_passed_over_and_a_line_without_a_header_names_the_texts(
    tmp_path: Path,
) -> None:
    notes = "#separator:tab\n#html:true\n"
    found, _ = read(put(tmp_path / "a.tsv", notes + "dog\t犬\ncat\t猫\n"), header=False)
    assert found == [{"column1": "dog", "column2": "犬"}, {"column1": "cat", "column2": "猫"}]
    error = refused(lambda: read(put(tmp_path / "b.csv", "1,空はなぜ青い？,青です。\n2,海は？,青いです。\n")))
    assert "{prompt: column2, response: column3}" in error.detail
