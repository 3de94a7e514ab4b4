"""A file that lies elsewhere is read as if it lay here, and only what is asked for is fetched."""

from __future__ import annotations

import io
import random

import pytest

from so8t_engine.data import byte_streams

DATA = bytes(range(256)) * 5


@pytest.mark.parametrize("seed", range(5))
def test_reading_and_seeking_give_what_they_give_in_a_file(seed: int) -> None:
    draw = random.Random(seed)
    pieces = byte_streams.Pieces(len(DATA), lambda at, size: DATA[at : at + size])
    here = io.BytesIO(DATA)

    for _ in range(200):
        whence = draw.choice([io.SEEK_SET, io.SEEK_CUR, io.SEEK_END])
        place = draw.choice([0, 0, draw.randrange(1, 1500)]) * (1 if whence == io.SEEK_SET else draw.choice([1, -1]))
        assert pieces.seek(place, whence) == here.seek(place, whence)
        size = draw.choice([0, 1, 7, 500])
        assert pieces.read(size) == here.read(size)
        assert pieces.tell() == here.tell()


def test_nothing_is_fetched_where_nothing_is_left() -> None:
    asked: list[tuple[int, int]] = []

    def piece(at: int, size: int) -> bytes:
        asked.append((at, size))
        return DATA[at : at + size]

    file = byte_streams.elsewhere(len(DATA), piece)
    assert file.read() == DATA and sum(size for _, size in asked) == len(DATA)
    asked.clear()
    assert file.read() == b"" and asked == []
    assert byte_streams.elsewhere(0, piece).read() == b"" and asked == []
