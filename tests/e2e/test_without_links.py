"""Results on a disk that knows no links (FAT, exFAT, some network folders): the same folders, nothing large copied."""

from __future__ import annotations

import errno
import functools
import os
import shutil
from pathlib import Path

import pytest

from so8t_engine.config import file as config_file
from so8t_engine.export import final_model, gguf_folder, model_card
from so8t_engine.session import gguf_files, manifest, sealed_folder


def test_a_disk_without_links_gets_the_same_folders_and_nothing_large_is_copied(
    untouched: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Path(shutil.copytree(untouched, tmp_path / untouched.name))
    model, folder, file = session / "final_model", session / "gguf", gguf_files.advised(untouched)
    config = config_file.parse((session / "config.yaml").read_text(encoding="utf-8"), "config.yaml")

    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(shutil, "copyfile", refuse)
    with monkeypatch.context() as on_windows:
        on_windows.setattr(Path, "write_text", functools.partialmethod(Path.write_text, newline="\r\n"))
        gguf_folder.add(sealed_folder.publish, model, folder, config, "F16", [])
    assert b"\r" not in (folder / gguf_folder.MODELFILE).read_bytes(), "the same bytes on every system"
    size, _ = gguf_folder.add(sealed_folder.publish, model, folder, config, "Q8_0", ["F16"])
    assert file is not None and size == gguf_files.size(gguf_files.of(folder.parent)["Q8_0"])
    gguf_folder.with_advised(sealed_folder.publish, model, folder, config, gguf_files.kind_of(file))
    final_model.with_file(sealed_folder.publish, model, model_card.NAME, "other results\n")

    assert manifest.read(folder) == manifest.read(untouched / "gguf") and manifest.problems(folder) == []
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        path.name for path in (untouched / "gguf").iterdir()
    )
    assert (model / model_card.NAME).read_text(encoding="utf-8") == "other results\n" and not manifest.problems(model)
