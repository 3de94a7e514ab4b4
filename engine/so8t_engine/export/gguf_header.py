"""The numbers in the header of a GGUF file, by llama.cpp's keys; neither its texts nor its tensors are read."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any, BinaryIO

START = "<4sIQQ"  # magic, version, number of tensors, number of keys
MAGIC, VERSIONS = b"GGUF", (2, 3)
NUMBERS = {0: "<B", 1: "<b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "<?", 10: "<Q", 11: "<q", 12: "<d"}
TEXT, LIST = 8, 9


def numbers(file: Path) -> dict[str, float]:
    """Raises OSError, and ValueError where it has no whole header."""
    found: dict[str, float] = {}
    with file.open("rb") as source:
        magic, version, _, keys = _read(source, START)
        if magic != MAGIC or version not in VERSIONS:
            raise ValueError("no GGUF file")
        for _ in range(keys):
            key = source.read(_length(source)).decode("utf-8", "replace")
            [kind] = _read(source, "<I")
            if kind in NUMBERS:
                [found[key]] = _read(source, NUMBERS[kind])
            else:
                _skip(source, kind)
    return found


def _read(source: BinaryIO, form: str) -> tuple[Any, ...]:
    size = struct.calcsize(form)
    data = source.read(size)
    if len(data) < size:
        raise ValueError("it ends within its header")
    return struct.unpack(form, data)


def _length(source: BinaryIO) -> int:
    [length] = _read(source, "<Q")
    if length > 1 << 40:
        raise ValueError("a length that no file has")
    return length


def _skip(source: BinaryIO, kind: int) -> None:
    if kind == TEXT:
        source.seek(_length(source), 1)
    elif kind == LIST:
        [inner] = _read(source, "<I")
        count = _length(source)
        if inner in NUMBERS:
            source.seek(count * struct.calcsize(NUMBERS[inner]), 1)
        else:
            for _ in range(count):
                _skip(source, inner)
    else:
        raise ValueError("a kind of value that there is not")
