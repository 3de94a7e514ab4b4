"""Settings survive what happens to files: damage, read-only folders, values from another version."""

from __future__ import annotations

import errno
import json
import os
from dataclasses import asdict
from pathlib import Path

import platformdirs
import pytest

from so8t_gui import settings_file
from so8t_gui.settings_file import Settings, load, save


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "settings.json"
    chosen = Settings(data_root="/data/データ", on_logon="auto", language="ja", threads=3, welcomed=True)

    assert save(path, chosen) == ""
    assert load(path) == (chosen, "")
    assert [file.name for file in path.parent.iterdir()] == ["settings.json"]
    assert "データ" in path.read_text(encoding="utf-8"), "for whoever looks into it"


def test_its_words_are_on_the_disk_before_they_have_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, flushed = tmp_path / "settings.json", list[tuple[int, bool]]()
    monkeypatch.setattr(os, "fsync", lambda handle: flushed.append((os.fstat(handle).st_size, path.exists())))
    assert save(path, Settings()) == ""
    assert flushed == [(path.stat().st_size, False)]


def test_a_name_that_is_taken_by_a_folder_is_a_sentence_with_the_reason_and_leaves_no_part(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.mkdir()
    found, sentence = load(path)
    assert found == Settings() and os.strerror(errno.EISDIR) in sentence and "[Errno" not in sentence
    (path / "full").mkdir()
    assert "could not be saved" in save(path, Settings()) and "[Errno" not in save(path, Settings())
    assert [file.name for file in tmp_path.iterdir()] == ["settings.json"]


def test_no_file_means_the_usual_ones(tmp_path: Path) -> None:
    assert load(tmp_path / "settings.json") == (Settings(), "")


@pytest.mark.parametrize("content", [b"{", b"[1]", b"\xff\xfe", b"[" * 100_000, b""])
def test_damage_is_said_and_costs_nothing_else(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)

    found, sentence = load(path)

    assert found == Settings()
    assert str(path) in sentence


def test_one_bad_value_does_not_cost_the_others(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"language":"klingon","threads":-4,"theme":"dark","notifications":"no","other":1}')

    assert load(path) == (Settings(theme="dark"), "")


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    assert "file" in save(tmp_path / "file" / "settings.json", Settings())


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_a_sentence_and_leaves_the_old_ones(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    save(path, Settings(theme="dark"))
    tmp_path.chmod(0o500)
    try:
        assert save(path, Settings()) != ""
        assert load(path) == (Settings(theme="dark"), "")
    finally:
        tmp_path.chmod(0o700)


def test_a_new_user_is_asked_and_nothing_is_decided_for_him() -> None:
    """The values a person starts with, one by one: each of them is a decision."""
    assert asdict(Settings()) == {
        "data_root": "", "on_logon": "ask", "language": "system", "theme": "system", "notifications": True,
        "threads": 0, "inhibit_sleep": True, "welcomed": False, "window": "",
        "opened": False, "folder": "", "plot_log": False, "plot_by_time": False, "plot_as_table": False,
        "plot_smoothing": 0.9, "plot_extra": "", "sleep_told": False,
    }  # fmt: skip


def test_the_folder_of_the_settings_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SO8T_CONFIG_HOME", str(tmp_path / "chosen"))
    assert settings_file.default_path() == tmp_path / "chosen" / "settings.json"
    monkeypatch.delenv("SO8T_CONFIG_HOME")
    expected = platformdirs.user_config_path("so8t", appauthor=False) / "settings.json"
    assert settings_file.default_path() == expected and "so8t" in settings_file.default_path().parts


@pytest.mark.parametrize(("threads", "taken"), [(0, 0), (1, 1), (1024, 1024), (1025, 0), (-1, 0)])
def test_threads_are_taken_where_a_machine_may_have_them(tmp_path: Path, threads: int, taken: int) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"threads": threads}))
    assert load(path)[0].threads == taken
