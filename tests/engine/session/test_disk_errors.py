"""Whatever a library says when the disk is full, defective or forbids it becomes the same sentence."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import torch
from gguf import GGUFWriter
from safetensors.torch import save_file
from tokenizers import Tokenizer
from tokenizers.models import WordLevel

from helpers import small_disk
from so8t_engine.errors import EngineError
from so8t_engine.session import disk_errors, durable, sealed_folder

resource = pytest.importorskip("resource")  # limits and mounts: POSIX
LARGE = 3 << 20


def numpys(part: Path) -> None:
    with (part / "x.bin").open("wb") as file:
        np.ones(LARGE // 4, dtype=np.float32).tofile(file)


def ggufs(part: Path) -> None:
    writer = GGUFWriter(part / "x.gguf", "phi3")
    writer.add_tensor("w", np.ones(LARGE // 4, dtype=np.float32))
    try:
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
    finally:
        writer.close()


def parquets(part: Path) -> None:
    values = np.random.default_rng(0).integers(0, 1 << 60, LARGE // 8)
    pq.write_table(pa.table({"x": values}), part / "x.parquet", compression="none")


def tokenizers(part: Path) -> None:
    Tokenizer(WordLevel({f"word{number}": number for number in range(200_000)}, "word0")).save(str(part / "t.json"))


def torchs(part: Path) -> None:
    torch.save(torch.ones(LARGE // 4), part / "x.pt")


WRITERS: dict[str, Callable[[Path], None]] = {
    "numpy": numpys,
    "gguf": ggufs,
    "safetensors": lambda part: save_file({"w": torch.ones(LARGE // 4)}, part / "x.safetensors"),
    "arrow": parquets,
    "tokenizers": tokenizers,
    "torch": torchs,
    "python": lambda part: (part / "x.txt").write_text("x" * LARGE, encoding="utf-8") and None,
    "ours": lambda part: durable.write(part / "x.bin", bytes(LARGE)),
}


@pytest.fixture(name="small_disk")
def disk_of_two_megabytes(tmp_path: Path) -> Iterator[Path]:
    """A real file system of two megabytes."""
    with small_disk.small_disk(tmp_path / "disk", size="2m") as folder:
        yield folder


def refusal(folder: Path, fill: Callable[[Path], None]) -> EngineError:
    with pytest.raises(EngineError) as refused:
        sealed_folder.publish(folder / "out", fill, {})
    return refused.value


@pytest.mark.parametrize("library", WRITERS)
def test_a_full_disk_is_known_whatever_library_meets_it_and_gets_its_space_back(small_disk: Path, library: str) -> None:
    before = os.statvfs(small_disk).f_bavail
    error = refusal(small_disk, WRITERS[library])

    assert error.code == "disk_full" and "The disk is full." in error.detail and "out.part" in error.detail
    assert list(small_disk.iterdir()) == []
    if library != "torch":  # its writer stays open with the error; nothing of ours is written by it
        assert os.statvfs(small_disk).f_bavail == before, "no file that is still open keeps its space"


@pytest.mark.parametrize("library", WRITERS)
def test_a_limit_of_file_sizes_is_no_full_disk(tmp_path: Path, library: str) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, before[1]))
    try:
        error = refusal(tmp_path, WRITERS[library])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert error.code == "disk_file_limit" and "FAT32" in str(error.action)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.EIO, "disk_error"), (errno.EROFS, "disk_read_only"), (errno.EDQUOT, "disk_full")],
)
@pytest.mark.parametrize("call", ["write", "fsync"])
def test_fault_19_a_disk_that_fails_without_a_number_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str, call: str
) -> None:
    def short(part: Path) -> None:
        (part / "x").write_bytes(b"x")
        monkeypatch.setattr(os, call, failing)
        raise OSError("13056 requested and 2016 written")

    def failing(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    assert refusal(tmp_path, short).code == code


def test_the_number_that_an_error_gives_is_believed_where_the_disk_has_room_again(tmp_path: Path) -> None:
    def full(part: Path) -> None:
        (part / "x").write_bytes(b"x")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    assert refusal(tmp_path, full).code == "disk_full"


def test_an_error_of_a_healthy_disk_stays_what_it_is(tmp_path: Path) -> None:
    def broken(part: Path) -> None:
        (part / "x").write_bytes(b"x")
        raise ValueError("no such tensor")

    with pytest.raises(ValueError, match="no such tensor"):
        sealed_folder.publish(tmp_path / "out", broken, {})
    assert list(tmp_path.iterdir()) == []


def test_asking_gives_a_file_its_length_back_and_leaves_one_with_a_second_name_alone(tmp_path: Path) -> None:
    (tmp_path / "published").write_bytes(b"published")
    part = tmp_path / "part"
    part.mkdir()
    os.link(tmp_path / "published", part / "linked")
    before = (tmp_path / "published").stat().st_mtime_ns
    assert disk_errors.asked(part) is None
    assert (tmp_path / "published").stat().st_mtime_ns == before
    assert sorted(path.name for path in part.iterdir()) == ["linked"]
    (part / "half").write_bytes(b"half")
    assert disk_errors.asked(part) is None

    assert (tmp_path / "published").read_bytes() == b"published" and (part / "half").read_bytes() == b"half"


@pytest.mark.parametrize(
    ("winerror", "code"),
    [(112, "disk_full"), (39, "disk_full"), (1295, "disk_full"), (19, "disk_read_only"), (1117, "disk_error"),
     (23, "disk_error"), (223, "disk_file_limit"), (5, "disk_permission"), (32, "disk_permission")],
)  # fmt: skip
def test_windows_own_numbers_are_known_where_pythons_errno_does_not_tell(
    tmp_path: Path, winerror: int, code: str
) -> None:
    error = OSError(errno.EINVAL, "Windows says something in the user's language")
    error.winerror = winerror  # type: ignore[attr-defined]
    with pytest.raises(EngineError) as refused, disk_errors.translated(tmp_path):
        raise error

    assert refused.value.code == code


def test_a_rust_librarys_number_is_windows_own_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    error = RuntimeError("Error while serializing: I/O error: Nicht genug Platz. (os error 112)")
    with pytest.raises(RuntimeError), disk_errors.translated(tmp_path):
        raise error
    monkeypatch.setattr(disk_errors, "WINDOWS", True)
    with pytest.raises(EngineError, match="The disk is full"), disk_errors.translated(tmp_path):
        raise error


def test_a_foreign_error_that_speaks_of_permission_is_not_taken_for_the_disks(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), disk_errors.translated(tmp_path):
        raise RuntimeError("the hub said [Errno 13] Permission denied")


def test_an_error_that_says_its_number_is_believed_without_asking_the_disk(tmp_path: Path) -> None:
    with pytest.raises(EngineError) as refused, disk_errors.asking(tmp_path):
        raise OSError(errno.ENOSPC, "No space left on device")

    assert refused.value.code == "disk_full"


@pytest.mark.parametrize(
    "error", [RuntimeError("it broke"), OSError(errno.ENOSPC), OSError(errno.ENOSPC, "the disk's own words")]
)
def test_the_reason_is_the_systems_own_words_else_what_the_number_means(tmp_path: Path, error: Exception) -> None:
    said = disk_errors.told(errno.ENOSPC, tmp_path, error)

    words = "the disk's own words" if "own words" in str(error) else os.strerror(errno.ENOSPC)
    assert (said.code, said.sentence.args["error"]) == ("disk_full", words)
