"""A folder is published whole and sealed, or the one before stays; what was half-written leaves nothing behind."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from so8t_engine.session import manifest, sealed_folder


def fill(part: Path) -> None:
    (part / "deep").mkdir()
    (part / "deep" / "b.bin").write_bytes(b"bb")
    (part / "a.txt").write_bytes(b"a")


def test_that_every_file_is_sealed_by_its_name_below_the_folder(tmp_path: Path) -> None:
    (tmp_path / "gguf.part").mkdir()
    (tmp_path / "gguf.part" / "left.bin").write_bytes(b"of a run that was cut")
    sealed_folder.publish(tmp_path / "gguf", fill, {"step": 5})

    assert manifest.read(tmp_path / "gguf") == (
        {"a.txt": manifest.digest(b"a"), "deep/b.bin": manifest.digest(b"bb")}, {"step": 5},
    )  # fmt: skip
    assert [path.name for path in tmp_path.iterdir()] == ["gguf"] and not (tmp_path / "gguf" / "left.bin").exists()


def test_that_a_digest_which_is_known_is_taken_and_the_others_are_read(tmp_path: Path) -> None:
    sealed_folder.publish(tmp_path / "gguf", fill, {}, computed={"a.txt": (1, "0" * 64)})

    listed, _ = manifest.read(tmp_path / "gguf")
    assert listed == {"a.txt": (1, "0" * 64), "deep/b.bin": manifest.digest(b"bb")}


def test_that_the_one_before_stays_where_the_new_one_fails_and_gives_its_space_back(tmp_path: Path) -> None:
    sealed_folder.publish(tmp_path / "gguf", fill, {"number": 1})

    def fails(part: Path) -> None:
        fill(part)
        raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        sealed_folder.publish(tmp_path / "gguf", fails, {"number": 2})
    assert manifest.read(tmp_path / "gguf")[1] == {"number": 1} and manifest.problems(tmp_path / "gguf") == []
    assert [path.name for path in tmp_path.iterdir()] == ["gguf"]


@pytest.mark.skipif(sys.platform == "win32", reason="others are kept out by other means there")
def test_that_others_may_read_only_what_is_meant_for_them(tmp_path: Path) -> None:
    def modes(folder: Path) -> list[int]:
        return [path.stat().st_mode & 0o077 for path in (folder, folder / "deep", folder / "a.txt")]

    def fill_for_oneself(part: Path) -> None:
        fill(part)
        for path in (part, part / "deep", part / "a.txt"):
            path.chmod(path.stat().st_mode & 0o700)

    sealed_folder.publish(tmp_path / "kept", fill_for_oneself, {})
    sealed_folder.publish(tmp_path / "given", fill_for_oneself, {}, readable=True)

    assert modes(tmp_path / "kept") == [0, 0, 0] and modes(tmp_path / "given") == [0o055, 0o055, 0o044]
