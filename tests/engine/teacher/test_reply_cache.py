"""Replies are kept batch by batch: torn or damaged ones are asked anew, other sessions' are copied."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from so8t_engine.teacher import reply_cache
from so8t_engine.teacher.replies import Reply
from so8t_engine.teacher.reply_cache import ReplyCache

A, B, C = ("a" * 32, "b" * 32, "c" * 32)
ONE, TWO, THREE = Reply("one 一\ud800"), Reply("two", "truncated"), Reply("three")


def at_once(write: Callable[[], None]) -> None:
    write()


def opened(session: Path, teacher: str = "t") -> ReplyCache:
    session.mkdir(exist_ok=True)
    return ReplyCache(session, teacher, at_once)


def file_of(session: Path) -> Path:
    return session / "data" / "taught" / "replies.jsonl"


def test_that_a_reply_is_found_again_by_the_same_teacher_only(tmp_path: Path) -> None:
    opened(tmp_path / "s").add({A: ONE, B: TWO})

    again = opened(tmp_path / "s")
    assert (again.get(A), again.get(B), again.get(C)) == (ONE, TWO, None)
    assert opened(tmp_path / "s", "another").get(A) is None


def test_that_the_line_of_a_batch_is_read_once_for_all_of_its_replies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(tmp_path / "s").add({A: ONE, B: TWO})
    opened(tmp_path / "s").add({C: THREE})
    cache, real, read = opened(tmp_path / "s"), reply_cache._replies, []
    monkeypatch.setattr(reply_cache, "_replies", lambda line, teacher: read.append(line) or real(line, teacher))

    assert [cache.get(key) for key in (A, B, A, C, C)] == [ONE, TWO, ONE, THREE, THREE]
    assert len(read) == 2


@pytest.mark.parametrize("kept", range(0, 120, 7))
def test_that_a_batch_cut_off_while_it_was_written_never_was(tmp_path: Path, kept: int) -> None:
    cache = opened(tmp_path / "s")
    cache.add({A: ONE})
    before = file_of(tmp_path / "s").read_bytes()
    cache.add({B: TWO, C: THREE})
    whole = file_of(tmp_path / "s").read_bytes()
    file_of(tmp_path / "s").write_bytes(whole[: min(len(before) + kept, len(whole) - 1)])

    again = opened(tmp_path / "s")
    assert (again.get(A), again.get(B), again.get(C)) == (ONE, None, None)
    again.add({B: TWO, C: THREE})
    assert file_of(tmp_path / "s").read_bytes() == whole


def test_that_a_damaged_batch_is_forgotten_and_the_rest_kept(tmp_path: Path) -> None:
    cache = opened(tmp_path / "s")
    for key, reply in {A: ONE, B: TWO, C: THREE}.items():
        cache.add({key: reply})
    data = file_of(tmp_path / "s").read_bytes()
    file_of(tmp_path / "s").write_bytes(data.replace(b'"two"', b'"tow"'))

    again = opened(tmp_path / "s")
    assert (again.get(A), again.get(B), again.get(C)) == (ONE, None, THREE)


def test_that_what_another_session_was_told_is_read_but_neither_links_nor_rubbish(tmp_path: Path) -> None:
    opened(tmp_path / "other").add({A: ONE})
    for name, data in {"empty": b"", "rubbish": b'\xff\n[]\n{"teacher":"t","crc":0,"replies":[[1,2,3]]}\n'}.items():
        file_of(tmp_path / name).parent.mkdir(parents=True)
        file_of(tmp_path / name).write_bytes(data)
    file_of(tmp_path / "linked").parent.mkdir(parents=True)
    file_of(tmp_path / "linked").symlink_to("/dev/zero")

    cache = opened(tmp_path / "s")
    assert (cache.get(A), cache.get_elsewhere(A), cache.get_elsewhere(B)) == (None, ONE, None)
    assert not file_of(tmp_path / "s").exists()


def test_that_the_file_ends_at_its_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = opened(tmp_path / "s")
    cache.add({A: ONE})
    monkeypatch.setattr(reply_cache, "MOST_BYTES", file_of(tmp_path / "s").stat().st_size + 10)
    cache.add({B: TWO})

    assert opened(tmp_path / "s").get(A) == ONE
    assert cache.get(B) is None
