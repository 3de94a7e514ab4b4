"""What a session no longer uses lies in `set-aside/` under a number of its own, and whoever moves it is told where."""

from __future__ import annotations

from pathlib import Path

from so8t_engine.session import set_aside


def test_that_each_gets_the_next_number_and_nothing_takes_the_place_of_another(tmp_path: Path) -> None:
    def put(name: str, text: str) -> Path:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    places = [set_aside.move(tmp_path, put("report", "one")), set_aside.move(tmp_path, put("report", "two"))]
    (tmp_path / "set-aside" / "009-older").mkdir()
    (tmp_path / "set-aside" / "notes-of-mine").mkdir()
    places.append(set_aside.copy(tmp_path, "report", b"three"))

    assert places == ["set-aside/001-report", "set-aside/002-report", "set-aside/010-report"]
    assert [(tmp_path / place).read_text(encoding="utf-8") for place in places] == ["one", "two", "three"]
    assert not (tmp_path / "report").exists()


def test_that_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    first = set_aside.copy(tmp_path, "history.jsonl", b"a")

    assert set_aside.copy(tmp_path, "history.jsonl", b"b") == "set-aside/002-history.jsonl"
    assert set_aside.copy(tmp_path, "history.jsonl", b"a") == first == "set-aside/001-history.jsonl"
    assert set_aside.copy(tmp_path, "other.jsonl", b"a") == "set-aside/003-other.jsonl"
