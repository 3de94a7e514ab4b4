"""One file of a finished folder changed: by links, or in its place where the disk knows none."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from so8t_engine.config import file as config_file
from so8t_engine.export import final_model, fold, gguf_folder, gguf_writer
from so8t_engine.model import tokenizer as tokens
from so8t_engine.session import durable, manifest, sealed_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    def fill(part: Path) -> None:
        (part / "weights").write_bytes(b"weights")
        (part / "card").write_bytes(b"first")

    sealed_folder.publish(tmp_path / "model", fill, {"kind": "model"})
    return tmp_path / "model"


@pytest.fixture(params=[True, False], ids=["links", "no links"])
def links(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    if not request.param:

        def refuse(*_: object) -> None:
            raise OSError(1, "Operation not permitted")

        monkeypatch.setattr(os, "link", refuse)
    return bool(request.param)


def test_the_same_text_writes_nothing_and_another_only_its_own_file(folder: Path, links: bool) -> None:
    written: list[str] = []

    def publish(*arguments: Any, **more: Any) -> None:
        written.append("published")
        sealed_folder.publish(*arguments, **more)

    def replace(path: Path, data: bytes) -> None:
        written.append(path.name)
        durable.replace(path, data)

    weights = (folder / "weights").stat().st_ino
    for text, expected in (("first", []), ("second", ["published"] if links else ["card", manifest.NAME])):
        written.clear()
        final_model.with_file(publish, folder, "card", text, replace)
        assert written == expected and (folder / "card").read_text() == text
        assert manifest.read(folder)[1] == {"kind": "model"} and manifest.problems(folder) == []
        assert (folder / "weights").stat().st_ino == weights and (folder / "weights").read_bytes() == b"weights"


def test_a_file_that_its_manifest_lists_wrongly_or_that_went_is_written_again(folder: Path, links: bool) -> None:
    (folder / "card").write_bytes(b"SECOND")  # a cut between the file and its manifest
    final_model.with_file(sealed_folder.publish, folder, "card", "SECOND")
    assert manifest.problems(folder) == []
    (folder / "card").unlink()
    final_model.with_file(sealed_folder.publish, folder, "card", "SECOND")
    assert manifest.problems(folder) == []
    (folder / "card").write_bytes(b"damage")
    final_model.with_file(sealed_folder.publish, folder, "card", "SECOND")
    assert manifest.problems(folder) == [] and (folder / "card").read_bytes() == b"SECOND"


def test_a_second_name_or_else_a_copy(folder: Path, links: bool) -> None:
    final_model.link(folder / "weights", folder / "again")
    assert (folder / "again").read_bytes() == b"weights"
    assert (folder / "again").samefile(folder / "weights") is links


def test_one_type_after_another_comes_into_the_folder_and_the_smallest_is_named(
    tmp_path: Path, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The writer of a file is put in for: what is in it is of no matter here."""
    sizes = {"F16": 90, "Q4_K_M": 30, "Q8_0": 50}

    def write(model: Path, target: Path, kind: str, name: str) -> list[str]:
        target.write_bytes(kind.lower().encode() * sizes[kind])
        return [f"{name}.{kind}"]

    monkeypatch.setattr(gguf_writer, "write", write)
    (tmp_path / "config.json").write_text('{"max_position_embeddings": 512}')
    config = config_file.load_preset("phi35-so8t", ["name=mine"])
    folder, before = tmp_path / "gguf", list[Any]()
    published: list[str] = []

    def publish(place: Path, *fill_and_more: Any, **more: Any) -> None:
        published.append(place.name)
        sealed_folder.publish(place, *fill_and_more, **more)

    for kind, smallest in (("Q8_0", "Q8_0"), ("Q4_K_M", "Q4_K_M"), ("F16", "Q4_K_M")):
        older = {each: (folder / f"mine-{each}.gguf").stat().st_ino for each in before}
        added = gguf_folder.add(publish, tmp_path, folder, config, kind, before)  # type: ignore[arg-type]
        assert older == {each: (folder / f"mine-{each}.gguf").stat().st_ino for each in before}, "no byte is copied"
        before.append(kind)
        assert added == (sizes[kind] * len(kind), [f"mine.{kind}"])
        assert sorted(path.name for path in folder.iterdir()) == sorted([
            *[f"mine-{each}.gguf" for each in before], "Modelfile", manifest.NAME
        ])  # fmt: skip
        assert (folder / "Modelfile").read_text().startswith(f"FROM ./mine-{smallest}.gguf\n")
        assert manifest.read(folder)[1] == {"folder": "gguf"} and manifest.problems(folder) == []

    assert published == (["gguf"] * 3 if links else ["gguf", gguf_folder.NEW, gguf_folder.NEW])
    gguf_folder.with_advised(sealed_folder.publish, tmp_path, folder, config, "F16")
    assert (folder / "Modelfile").read_text().startswith("FROM ./mine-F16.gguf\n")
    gguf_folder.add(sealed_folder.publish, tmp_path, folder, config, "Q8_0", ["F16"])
    assert manifest.problems(folder) == [] and set(manifest.read(folder)[0]) == {
        "mine-F16.gguf", "mine-Q8_0.gguf", "Modelfile"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "dtype"),
    [
        (["model.model_name_or_path=null", "model.build={}", "model.load_in_4bit=false"], "float32"),
        (["model.dtype=float16"], "float16"),
        (["model.dtype=bfloat16"], "bfloat16"),
    ],
)
def test_a_model_is_written_in_the_numbers_it_was_read_in_and_one_built_here_in_float32(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], dtype: str
) -> None:
    tokenizer, written = tokens.train(["two and three are five"], 320, 64), list[Any]()
    tokenizer.save_pretrained(tmp_path / "adapter" / "tokenizer")
    monkeypatch.setattr(fold, "write", lambda *arguments: written.append(arguments))
    config = config_file.load_preset("phi35-so8t", words)
    final_model.write(tmp_path / "base", tmp_path / "adapter", tmp_path / "part", config, "card")

    ends, pad = tokens.stop_ids(tokenizer), tokens.pad_id(tokenizer)
    assert written == [(tmp_path / "base", tmp_path / "adapter", tmp_path / "part", dtype, ends, pad, "card")]
