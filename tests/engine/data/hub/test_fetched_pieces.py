"""What had arrived of a file before a power cut counts as far as it is as it was written."""

from __future__ import annotations

from pathlib import Path

import pytest

from so8t_engine.data.hub import fetched_pieces

DATA = bytes(range(30))


@pytest.fixture(autouse=True, params=[4, 1 << 20])
def _bytes_at_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetched_pieces, "CHUNK", request.param)


def arrived(part: Path, *ends: int) -> Path:
    """A part that came in pieces up to these places; that nothing more came is noted, too, and says nothing."""
    start = 0
    for end in ends:
        part.write_bytes(DATA[:end])
        fetched_pieces.note(part, start)
        fetched_pieces.note(part, end)
        start = end
    return part


def sums(part: Path) -> Path:
    return part.with_name(part.name + ".sums")


@pytest.mark.parametrize(
    ("found", "kept"),
    [
        (DATA, 30),
        (DATA + b"behind", 30),
        (DATA[:29] + b"x", 20),
        (DATA[:25], 20),
        (DATA[:12] + b"x" + DATA[13:], 10),
        (b"x" + DATA[1:], 0),
        (b"", 0),
    ],
)
def test_a_part_is_cut_behind_the_last_piece_that_is_as_it_was_written(tmp_path: Path, found: bytes, kept: int) -> None:
    part = arrived(tmp_path / "a.part", 10, 20, 30)
    lines = sums(part).read_bytes().splitlines(keepends=True)
    part.write_bytes(found)
    fetched_pieces.verify(part)

    assert part.read_bytes() == DATA[:kept]
    assert sums(part).read_bytes() == b"".join(lines[: kept // 10])


@pytest.mark.parametrize(
    "damaged",
    [b"10 20\n", b"10 20 %s more\n", b"10 x %s\n", b"0 20 %s\n", b"11 20 %s\n", b"10 5 %s\n", b"10 10 %s\n",
     b"\x00\xff\n"],
)  # fmt: skip
def test_a_line_that_makes_no_sense_ends_what_counts(tmp_path: Path, damaged: bytes) -> None:
    part = arrived(tmp_path / "a.part", 10, 20, 30)
    first, second, third = sums(part).read_bytes().splitlines(keepends=True)
    sums(part).write_bytes(first + damaged.replace(b"%s", second.split()[2]) + third)
    fetched_pieces.verify(part)

    assert (part.read_bytes(), sums(part).read_bytes()) == (DATA[:10], first)


def test_what_an_older_version_left_without_digests_is_taken_as_it_is_and_has_them_from_then_on(tmp_path: Path) -> None:
    part = tmp_path / "a.part"
    part.write_bytes(DATA)
    for _ in range(2):
        fetched_pieces.verify(part)
        assert part.read_bytes() == DATA
    part.write_bytes(DATA[:-1] + b"x")
    fetched_pieces.verify(part)
    assert part.read_bytes() == b""


def test_digests_of_a_part_that_is_gone_are_gone_and_there_are_none_of_one_that_never_came(tmp_path: Path) -> None:
    part = arrived(tmp_path / "a.part", 10)
    part.unlink()
    fetched_pieces.verify(part)
    fetched_pieces.verify(part)
    fetched_pieces.note(part, 0)
    assert list(tmp_path.iterdir()) == []
