"""Where the base of a chat is found without torch."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest

from helpers.sessions import refused
from so8t_engine.chat import answerer
from so8t_engine.config import file as config_file
from so8t_engine.export import gguf_writer
from so8t_engine.model import base_model
from so8t_engine.sentences import Sentence

NAME, SHARDS = "owner/model", [f"model-0000{n}-of-00002.safetensors" for n in (1, 2)]


@pytest.fixture
def snapshot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A model of the Hub in the cache, in two shards, the second of which has not arrived."""
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    cached = tmp_path / "models--owner--model"
    folder = cached / "snapshots" / ("a" * 40)
    folder.mkdir(parents=True)
    (cached / "refs").mkdir()
    (cached / "refs" / "main").write_text("a" * 40)
    for name in ("config.json", "tokenizer_config.json"):
        (folder / name).write_text("{}")
    index = {"weight_map": {"one": SHARDS[0], "two": SHARDS[1]}}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index))
    (folder / SHARDS[0]).touch()
    return folder


def test_a_base_that_has_arrived_only_in_part_is_fetched_and_one_that_is_whole_is_taken(
    snapshot: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    preset = config_file.load_preset("phi35-so8t")
    config = preset.model_copy(
        update={"model": preset.model.model_copy(update={"model_name_or_path": NAME, "revision": "main"})}
    )
    fetched = tmp_path / "fetched"
    monkeypatch.setattr(base_model, "folder", lambda session, config: fetched)

    assert answerer._base_folder(tmp_path, config) == fetched
    (snapshot / "model.safetensors.index.json").rename(snapshot / "aside")
    assert answerer._base_folder(tmp_path, config) == fetched, "one shard, and nothing that says how many there are"
    (snapshot / "aside").rename(snapshot / "model.safetensors.index.json")
    (snapshot / SHARDS[1]).touch()
    assert answerer._base_folder(tmp_path, config) == snapshot
    (snapshot / "model.safetensors.index.json").write_text("[]")
    assert answerer._base_folder(tmp_path, config) == fetched


def test_a_file_that_could_not_be_written_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def torn(folder: Path, part: Path, kind: str, name: str) -> None:
        part.write_bytes(b"GGUF")
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(gguf_writer, "write", torn)
    assert refused(lambda: answerer._make(tmp_path, tmp_path / "chat" / "base.gguf", "Q8_0")).code == "cache_disk"
    assert list((tmp_path / "chat").iterdir()) == []


def test_a_base_is_made_once_and_kept_for_another_month_whenever_it_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    preset = config_file.load_preset("phi35-so8t")
    (tmp_path / "model").mkdir()
    model = preset.model.model_copy(update={"model_name_or_path": str(tmp_path / "model")})
    monkeypatch.setenv("SO8T_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(answerer, "config_of", lambda session: preset.model_copy(update={"model": model}))
    monkeypatch.setattr(answerer, "_answerer", lambda session, config, which, file: file)
    monkeypatch.setattr(gguf_writer, "write", lambda folder, part, kind, name: part.write_bytes(b"GGUF"))
    said = list[Sentence]()
    file = answerer.base(tmp_path, "Q8_0", said.append)
    assert isinstance(file, Path)
    os.utime(file, (0, 0))

    assert answerer.base(tmp_path, "Q8_0", said.append) == file and len(said) == 1
    assert file.stat().st_mtime > 0
