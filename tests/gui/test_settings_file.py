"""Settings survive what happens to files: damage, read-only folders, values from another version."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from so8t_gui.settings_file import Settings, load, save


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.json"
    chosen = Settings(data_root="/data/データ", on_logon="auto", language="ja", threads=3, welcomed=True)

    assert save(path, chosen) == ""
    assert load(path) == (chosen, "")
    assert [file.name for file in path.parent.iterdir()] == ["settings.json"]


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
