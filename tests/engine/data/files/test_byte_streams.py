"""A file that lies elsewhere is read as if it lay here, and only what is asked for is fetched."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from so8t_engine.data.files import byte_streams

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


TEXT = "".join(f"{number} und Ä\n" for number in range(2_000)).encode()
PACKED = {
    ".gz": gzip.compress(TEXT), ".bz2": bz2.compress(TEXT), ".xz": lzma.compress(TEXT),
    ".zst": zstandard.compress(TEXT[:9_000]) + zstandard.compress(TEXT[9_000:]),
}  # fmt: skip


@pytest.mark.parametrize("packing", [None, *byte_streams.PACKINGS])
@pytest.mark.parametrize("in_archive", [False, True])
def test_a_packed_file_is_read_from_any_place_and_again_from_its_beginning(packing: str, in_archive: bool) -> None:
    data = PACKED.get(packing, TEXT)
    if in_archive:
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as made:
            made.writestr("other", b"other")
            made.writestr("member", data)
        data = archive.getvalue()
    file = byte_streams.opened(lambda: io.BytesIO(data), packing, "member" if in_archive else None)

    assert file.readline() == "0 und Ä\n".encode() and file.read(3) == b"1 u"
    assert file.seek(9_500) == 9_500 and file.read(20) == TEXT[9_500:9_520] and file.tell() == 9_520
    assert file.seek(5) == 5 and file.read() == TEXT[5:] and file.read() == b""
    assert file.seek(0) == 0 and file.read() == TEXT
    file.close()


def test_a_stream_of_zstandard_goes_on_from_where_it_is_and_no_further_than_its_end() -> None:
    raw = byte_streams._Zstandard(lambda: io.BytesIO(PACKED[".zst"]))
    assert (raw.readable(), raw.seekable(), raw.tell()) == (True, True, 0)
    assert raw.seek(100) == 100 and raw.seek(50, io.SEEK_CUR) == raw.tell() == 150
    assert raw.read(7) == TEXT[150:157] and raw.seek(-7, io.SEEK_CUR) == 150 and raw.read(7) == TEXT[150:157]
    assert raw.seek(10 * len(TEXT)) == len(TEXT)


@pytest.mark.parametrize(
    ("endings", "head", "rightly"),
    [
        ((".jsonl",), b"anything", True), ((".jsonl", ".gz"), b"\x1f\x8b\x08", True), ((".jsonl", ".gz"), b"{}", False),
        ((".gz",), b"", True), ((".zst",), b"\x5f\x2a\x4d\x18", True), ((".zst",), b"\x60\x2a\x4d\x18", False),
        ((".parquet",), b"PAR1....", True), ((".parquet",), b"PK", False), ((".arrow",), b"\xff\xff\xff\xff", True),
        ((".feather",), b"\xff\xff\xff\xff", False), ((".zip",), b"PK\x03", True),
    ],
)  # fmt: skip
def test_the_first_bytes_show_that_a_file_is_not_what_its_ending_says(
    tmp_path: Path, endings: tuple[str, ...], head: bytes, rightly: bool
) -> None:
    path = tmp_path / "a"
    path.write_bytes(head + b"and more of it" * bool(head))
    assert byte_streams.is_named_rightly(path, endings) is rightly


WAYS: list[Callable[[byte_streams.Head], bytes]] = [
    lambda head: head.read(),
    lambda head: head.read(50) + head.read(1),
    lambda head: b"".join(iter(head.readline, b"")),
    lambda head: head.readline(3) + head.readline() + head.readline(99) + head.read(0),
]


@pytest.mark.parametrize("most", [9, 10, 11])
@pytest.mark.parametrize("way", WAYS)
def test_of_a_head_no_more_may_be_read_than_allowed_and_a_file_that_ends_there_is_whole(
    most: int, way: Callable[[byte_streams.Head], bytes]
) -> None:
    data = b"1234\n6789\n"
    head = byte_streams.Head(io.BytesIO(data), most)
    if most < len(data):
        with pytest.raises(byte_streams.TooMuch):
            way(head)
    else:
        assert way(head) == data
        assert head.seek(5) == 5 and head.read(4) == b"6789"


@pytest.mark.parametrize("chunk", [1, 3, 1 << 18])
def test_a_text_of_another_encoding_becomes_utf8_and_what_is_none_of_its_characters_a_byte_that_is_refused(
    monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr(byte_streams, "CHUNK", chunk)
    text = "山は富士山です。\n" * 3
    file = byte_streams.in_utf8(io.BytesIO(text.encode("cp932")), "cp932")
    assert file.read() == text.encode() and file.seek(0) == 0 and file.readline() == text.encode()[:25]

    broken = byte_streams.in_utf8(io.BytesIO("山".encode("cp932") + b"\xff" + "川".encode("cp932")[:1]), "cp932")
    data = broken.read()
    assert data.startswith("山".encode()) and b"\x80" in data
    with pytest.raises(UnicodeDecodeError):
        data.decode()


def test_such_a_text_goes_back_to_its_beginning_alone() -> None:
    raw = byte_streams._Utf8(io.BytesIO(b"abc"), "cp1252")
    assert (raw.read(2), raw.tell(), raw.seek(0, io.SEEK_CUR), raw.seek(2)) == (b"ab", 2, 2, 2)
    for place, whence in ((1, io.SEEK_SET), (1, io.SEEK_CUR)):
        with pytest.raises(io.UnsupportedOperation):
            raw.seek(place, whence)
    assert raw.seek(0) == 0 and raw.read(9) == b"abc" and raw.read(9) == b""


def test_of_a_head_a_piece_is_as_long_as_asked_for_and_one_byte_is_looked_at_behind_it() -> None:
    file = io.BytesIO(b"1234567890\n" * 9)
    head = byte_streams.Head(file, 20)
    assert (head.readline(3), head.read(4), head.readline()) == (b"123", b"4567", b"890\n")
    for way in (head.read, head.readline, lambda: head.read(99), lambda: head.readline(99)):
        head.seek(11)
        with pytest.raises(byte_streams.TooMuch):
            while way():
                pass
        assert file.tell() == 21


def test_a_packed_file_is_closed_with_the_stream_of_what_is_in_it() -> None:
    packed = io.BytesIO(zstandard.ZstdCompressor().compress(b"a"))
    with byte_streams.opened(lambda: packed, ".zst", None) as stream:
        assert stream.read() == b"a" and not packed.closed
    assert packed.closed
