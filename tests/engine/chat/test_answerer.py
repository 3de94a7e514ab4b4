"""Where the base of a chat is found without torch."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest
from gguf import GGUFWriter

from helpers.sessions import refused
from so8t_engine.chat import answerer
from so8t_engine.config import file as config_file
from so8t_engine.export import gguf_writer
from so8t_engine.model import base_model
from so8t_engine.sentences import Sentence, say, sentence
from so8t_engine.session import display_name, lock, one_run, store

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


LONG_CONTEXT = {
    "phi3.context_length": 131_072, "phi3.rope.scaling.original_context_length": 4_096, "phi3.embedding_length": 3_072,
    "phi3.block_count": 32, "phi3.attention.head_count": 32, "phi3.attention.head_count_kv": 8,
}  # fmt: skip


def header(file: Path, numbers: dict[str, int] = LONG_CONTEXT) -> Path:
    writer = GGUFWriter(file, "phi3")
    for key, value in numbers.items():
        writer.add_uint32(key, value)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.close()
    return file


def test_a_files_own_header_says_how_much_memory_a_chat_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys and values of 32 layers, 8 heads of 96 numbers of two bytes, twice, for each of 4,096 tokens."""
    file = header(tmp_path / "x.gguf")
    assert answerer.shape_of(file) == {
        "max_position_embeddings": 131_072, "original_max_position_embeddings": 4_096, "hidden_size": 3_072,
        "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8,
    }  # fmt: skip
    needed = file.stat().st_size + 2 * 32 * 8 * 96 * 4_096 * 2 + 300_000_000
    config = config_file.load_preset("phi35-so8t", ["convert.system_prompt=Think.", "evaluate.max_new_tokens=77"])
    free = SimpleNamespace(available=needed)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: free)
    monkeypatch.setattr(psutil, "cpu_count", lambda logical: 6 if not logical else 12)
    assert answerer._answerer(tmp_path, config, "tuned", file) == answerer.Answerer(
        session=tmp_path, file=file, model="tuned", system="Think.", context=4_096, max_new_tokens=77, threads=6
    )
    free.available -= 1
    error = refused(lambda: answerer._answerer(tmp_path, config, "tuned", file))
    assert error.code == "chat"
    assert error.sentence == sentence("chat.memory", file="x.gguf", needed=needed, free=needed - 1)


@pytest.mark.parametrize(
    ("model", "preset", "words", "system", "threads"),
    [
        ("base", "phi35-so8t", [], None, 2),
        ("tuned", "phi35-so8t", ["runtime.num_threads=5"], "Think.", 5),
        ("base", "demo", [], "Think.", 2),
    ],
)
def test_a_base_that_was_not_made_here_is_asked_without_the_system_prompt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, model: str, preset: str, words: list[str], system: str | None,
    threads: int,
) -> None:  # fmt: skip
    monkeypatch.setattr(psutil, "cpu_count", lambda logical: None)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: SimpleNamespace(available=1 << 50))
    config = config_file.load_preset(preset, ["convert.system_prompt=Think.", *words])
    found = answerer._answerer(tmp_path, config, model, header(tmp_path / "x.gguf"))
    assert (found.system, found.threads, found.model) == (system, threads, model)


@pytest.mark.parametrize("numbers", [{}, {**LONG_CONTEXT, "phi3.attention.head_count": 0}])
def test_a_header_that_says_too_little_is_damage(tmp_path: Path, numbers: dict[str, int]) -> None:
    file = header(tmp_path / "x.gguf", numbers)
    assert refused(lambda: answerer.shape_of(file)).sentence == sentence("chat.no_header", path=file)
    file.write_bytes(b"GGML")
    assert refused(lambda: answerer.shape_of(file)).code == "results_damaged"


def test_a_base_is_known_by_the_names_sizes_and_times_of_its_files(tmp_path: Path) -> None:
    config = config_file.load_preset("phi35-so8t")
    for name in ("config.json", "model.safetensors", "README.md"):
        (tmp_path / name).write_text(name)
    (tmp_path / "folder").mkdir()
    before = answerer._key(tmp_path, config)
    (tmp_path / "README.md").write_text("a new card")
    assert answerer._key(tmp_path, config) == before and len(before) == 16
    built = config_file.load_preset("demo")
    assert answerer._key(tmp_path, built) != before, "of another name"
    (tmp_path / "config.json").write_text("{ }")
    assert answerer._key(tmp_path, config) != before
    stat = (tmp_path / "model.safetensors").stat()
    known = answerer._key(tmp_path, config)
    os.utime(tmp_path / "model.safetensors", ns=(stat.st_atime_ns, stat.st_mtime_ns + 1))
    assert answerer._key(tmp_path, config) != known


def test_nobody_chats_while_a_session_trains_which_is_named_as_its_user_did(tmp_path: Path) -> None:
    _, runs = (store.create(tmp_path, f"2026010{day}-000000-x", "", "then") for day in (1, 2))
    for name, said in (("", runs.name), ("My FAQ", f'{runs.name} "My FAQ"')):
        display_name.give(runs, name)
        with lock.held(runs, {"pid": 1}):
            error = refused(lambda: answerer.refuse_while_training(tmp_path))
            assert error.code == "chat_busy" and say(error.sentence).startswith(f"Session {said} is running:")
            other = refused(lambda: one_run.refuse_beside(tmp_path)).sentence
            assert say(other).startswith(f"Session {said} is running;")
    answerer.refuse_while_training(tmp_path)


def test_a_chat_is_held_by_the_configuration_that_the_session_has_sealed(tmp_path: Path) -> None:
    sealed = config_file.load_preset("demo", ["convert.system_prompt=Be brief.", "seed=5"])
    session = store.create(tmp_path, "20260101-000000-demo", config_file.dump(sealed), "now")

    assert answerer.config_of(session) == sealed
