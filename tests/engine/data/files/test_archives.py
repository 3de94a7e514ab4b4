"""What lies in a .zip is chosen as if it lay in a folder."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from helpers.sessions import refused
from so8t_engine.config.run_config import Dataset
from so8t_engine.data.files import local_files
from so8t_engine.data.files.row_readers import RawRow
from so8t_engine.sentences import Sentence

ROWS = [{"q": f"Where is {n}?", "a": f"Answer {n}"} for n in range(4)]
LINES = "".join(json.dumps(row) + "\n" for row in ROWS)


def read(path: Path, **entry: Any) -> tuple[list[Any], list[Sentence]]:
    """(rows; what was said)."""
    chosen = local_files.choose(Dataset(name="d", source="local", path=str(path), **entry))
    said = list(chosen.notes)
    items = [item for file in chosen.files for item in local_files.read(file, 100_000, notice=said.append)]
    return [json.loads(item.text) for item in items if isinstance(item, RawRow)], said


def test_splits_in_an_archive_are_those_of_a_folder(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("data/train/a.jsonl", LINES)
        archive.writestr("data/test/b.jsonl", LINES * 2)
        archive.writestr("readme.md", "x")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "all.zip").write_bytes(path.read_bytes())

    card = "---\nconfigs:\n- config_name: x\n  data_files: '*.zip'\n---\n"
    (tmp_path / "README.md").write_text(card.replace("*.zip", "other.csv"), encoding="utf-8")

    for place, inside in ((path, "data/test/b.jsonl"), (folder, "all.zip/data/test/b.jsonl")):
        rows, said = read(place)
        assert rows == ROWS
        assert [(note.code, note.args["names"]) for note in said] == [("data.other_splits", [inside])]
        assert read(place, split="test")[0] == ROWS * 2
        assert read(place, split="all")[0] == ROWS * 3
    (folder / "README.md").write_text(card, encoding="utf-8")
    assert read(folder)[0] == ROWS * 3
    assert refused(lambda: read(path, split="dev")).sentence.code == "data.no_split_here"
    dataset = Dataset(name="d", source="local", path=str(path))
    begun = frozenset({"all.zip/data/train/a.jsonl", "all.zip/data/test/b.jsonl"})
    assert {file.name for file in local_files.choose(dataset, begun).files} == begun


def test_what_in_an_archive_is_of_no_kind_that_is_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.jsonl", LINES)
        for name in ("book.ods", "notes.txt", "sub/more.zip", "sub/x.tar.gz"):
            archive.writestr(name, "x")
        for name in ("README.md", "__MACOSX/._a.jsonl", "sub/"):
            archive.writestr(name, "x")
    (tmp_path / "b.csv").write_text("q,a\nWhy?,So\n", encoding="utf-8")

    left = ["book.ods", "notes.txt", "sub/more.zip", "sub/x.tar.gz"]
    rows, [said] = read(path)
    assert rows == ROWS
    assert (said.code, said.args["path"], said.args["names"]) == ("data.not_read_inside", str(path), left)
    assert [note.args["names"] for note in read(tmp_path)[1]] == [left]


def test_what_is_said_of_a_file_in_an_archive_names_that_file(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a/good.jsonl", LINES)
        archive.writestr("b/qa.csv", "質問,回答\n空は？,青いです。\n".encode("cp932"))

    [said] = read(path)[1]
    assert (said.code, said.args["path"]) == ("data.read_as", str(path / "b" / "qa.csv"))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("c.json", "3")
    assert refused(lambda: read(path)).sentence.args["path"] == str(path / "c.json")


@pytest.mark.parametrize("name", ["x.tar", "x.tar.gz", "x.TGZ", "x.tar.zst", "x.7z", "x.rar"])
def test_an_archive_of_another_kind_is_to_be_unpacked(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert refused(lambda: read(tmp_path / name)).sentence.code == "data.other_archive"


@pytest.mark.parametrize(
    "bad",
    [
        "rejected.jsonl",
        "bad_answers.jsonl",
        "不採用.jsonl",
        "NG/a.jsonl",
        "wrong-2024.jsonl",
        "falsch/a.jsonl",
        "Faux/a.jsonl",
        "不正解リスト.jsonl",
        "错误/a.jsonl",
        "do_not_use.jsonl",
        "train-rejected.jsonl",
    ],
)
def test_files_that_are_called_bad_are_not_read_and_told(tmp_path: Path, bad: str) -> None:
    folder, archive = tmp_path / "folder", tmp_path / "all.zip"
    for name, lines in (("good.jsonl", LINES), ("bad-homburg/a.jsonl", LINES), (bad, LINES * 2)):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(lines, encoding="utf-8")
        with zipfile.ZipFile(archive, "a") as inside:
            inside.writestr(name, lines)

    for place in (folder, archive):
        rows, said = read(place)
        assert rows == ROWS * 2
        assert [(note.code, note.args["names"]) for note in said] == [("data.called_bad", [bad])]
        assert read(place, split="all")[0] == ROWS * 4
    (folder / "good.jsonl").unlink()
    (folder / "bad-homburg" / "a.jsonl").unlink()
    assert read(folder)[0] == ROWS * 2, "where there is nothing else it is what the user wants"
