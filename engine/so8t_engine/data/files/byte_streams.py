"""A file's bytes as its readers want them: unpacked, in UTF-8, no more of them than allowed.

Every stream here can go back to its beginning; what cannot by itself is opened anew.
"""

from __future__ import annotations

import bz2
import codecs
import gzip
import io
import lzma
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, cast

import zstandard

PACKINGS = (".gz", ".bz2", ".xz", ".zst")
ARCHIVE = ".zip"
CHUNK = 1 << 18
NOT_TEXT = "\udc80"  # stands for bytes that are not in the encoding; in UTF-8 it becomes a byte that no text may hold

MAGIC: dict[str, tuple[bytes, ...]] = {
    ".gz": (b"\x1f\x8b",),
    ".bz2": (b"BZh",),
    ".xz": (b"\xfd7zXZ\x00",),
    ".zst": (b"\x28\xb5\x2f\xfd", *(bytes([low]) + b"\x2a\x4d\x18" for low in range(0x50, 0x60))),
    ".zip": (b"PK",),
    ".xlsx": (b"PK",),
    ".xlsm": (b"PK",),
    ".ods": (b"PK",),
    ".parquet": (b"PAR1",),
    ".arrow": (b"ARROW1", b"\xff\xff\xff\xff"),
    ".feather": (b"ARROW1",),
}


class TooMuch(Exception):
    """Reading on would take more than the caller allowed."""


def is_named_rightly(path: Path, endings: tuple[str, ...]) -> bool:
    """False where the first bytes show that a file is not what one of these endings says; an empty file may be."""
    wanted = next((MAGIC[ending] for ending in endings if ending in MAGIC), None)
    if wanted is None:
        return True
    with path.open("rb") as file:
        head = file.read(8)
    return not head or head.startswith(wanted)


def opened(packed: Callable[[], IO[bytes]], packing: str | None, member: str | None) -> IO[bytes]:
    """The bytes inside one packed file, or inside a member of an archive (which may be packed itself)."""
    if member is None:
        return packed() if packing is None else _unpacked(packed, packing)

    def inside() -> IO[bytes]:
        return zipfile.ZipFile(packed()).open(member)

    return inside() if packing is None else _unpacked(inside, packing)


def _unpacked(packed: Callable[[], IO[bytes]], packing: str) -> IO[bytes]:
    if packing == ".gz":
        return cast("IO[bytes]", gzip.open(packed()))
    if packing == ".bz2":
        return bz2.open(packed())
    if packing == ".xz":
        return lzma.open(packed())
    return io.BufferedReader(_Zstandard(packed), CHUNK)


class _Sought(io.RawIOBase):
    """What BufferedReader asks of a stream that can be read from a place it was sought to; `_at` is that place."""

    _at: int

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at


class _Zstandard(_Sought):
    """Frames of zstandard one after another, as `zstd` and its parallel brothers write them."""

    def __init__(self, packed: Callable[[], IO[bytes]]) -> None:
        self._packed, self._at = packed, 0
        self._stream = self._begin()

    def _begin(self) -> IO[bytes]:
        unpacker = zstandard.ZstdDecompressor(max_window_size=1 << 31)  # `zstd --long` asks for that much
        return unpacker.stream_reader(self._packed(), read_across_frames=True, closefd=True)

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def seek(self, place: int, whence: int = io.SEEK_SET) -> int:
        if whence == io.SEEK_CUR:
            place += self._at
        if place < self._at:
            self._stream.close()
            self._stream, self._at = self._begin(), 0
        while data := self._stream.read(min(CHUNK, place - self._at)):
            self._at += len(data)
        return self._at

    def close(self) -> None:
        self._stream.close()
        super().close()


class Head:
    """A file of which only the first `most` bytes may be read, as the readers of rows use one."""

    def __init__(self, file: IO[bytes], most: int) -> None:
        self._file, self._most = file, most

    def read(self, size: int = -1) -> bytes:
        return self._within(self._file.read(min(size, self._left) if size >= 0 else self._left))

    def readline(self, size: int = -1) -> bytes:
        return self._within(self._file.readline(min(size, self._left) if size >= 0 else self._left))

    def seek(self, place: int) -> int:
        return self._file.seek(place)

    @property
    def _left(self) -> int:
        """One more than allowed: a file that ends there is whole."""
        return self._most + 1 - self._file.tell()

    def _within(self, data: bytes) -> bytes:
        if self._file.tell() > self._most:
            raise TooMuch
        return data


class Pieces(_Sought):
    """A file that lies elsewhere: `piece(at, size)` brings the bytes there, never fewer."""

    def __init__(self, size: int, piece: Callable[[int, int], bytes]) -> None:
        self._size, self._piece, self._at = size, piece, 0

    def seek(self, place: int, whence: int = io.SEEK_SET) -> int:
        self._at = max(0, place + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence])
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        count = max(0, min(len(buffer), self._size - self._at))
        if count:
            buffer[:count] = self._piece(self._at, count)
        self._at += count
        return count


def elsewhere(size: int, piece: Callable[[int, int], bytes]) -> IO[bytes]:
    return io.BufferedReader(Pieces(size, piece), CHUNK)


class _Utf8(_Sought):
    """A text of another encoding; bytes that are none of its characters become one that UTF-8 refuses."""

    def __init__(self, file: IO[bytes] | Head, encoding: str) -> None:
        self._file, self._encoding = file, encoding
        self._begin()

    def _begin(self) -> None:
        self._decoder = codecs.getincrementaldecoder(self._encoding)(errors="so8t-not-text")
        self._ready, self._at, self._ended = b"", 0, False

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._ready and not self._ended:
            data = self._file.read(CHUNK)
            self._ended = not data
            self._ready = self._decoder.decode(data, final=self._ended).encode(errors="surrogateescape")
        count = min(len(buffer), len(self._ready))
        buffer[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        self._at += count
        return count

    def seek(self, place: int, whence: int = io.SEEK_SET) -> int:
        if whence != io.SEEK_CUR and place == 0:
            self._file.seek(0)
            self._begin()
        elif place != (0 if whence == io.SEEK_CUR else self._at):
            raise io.UnsupportedOperation("only back to the beginning")
        return self._at


def in_utf8(file: IO[bytes] | Head, encoding: str) -> IO[bytes]:
    return io.BufferedReader(_Utf8(file, encoding), CHUNK)


def _not_text(error: UnicodeError) -> tuple[str, int]:
    if isinstance(error, UnicodeDecodeError):
        return NOT_TEXT, error.end
    raise error


codecs.register_error("so8t-not-text", _not_text)
