"""A stream that is put in its place is there for child processes too."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from so8t_engine import standard_streams


@pytest.mark.skipif(os.name != "posix", reason="Windows hands on handles, not descriptors")
def test_a_stream_in_its_place_is_inherited_and_what_it_was_opened_as_is_closed() -> None:
    read, write = os.pipe()
    assert not os.get_inheritable(read)
    standard_streams._put(read, read)
    assert os.get_inheritable(read)

    place = os.dup(write)
    os.set_inheritable(place, False)
    standard_streams._put(read, place)
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(read)
    os.write(write, b"heard")
    assert os.read(place, 5) == b"heard" and os.get_inheritable(place)
    for handle in (write, place):
        os.close(handle)


@pytest.mark.skipif(os.name != "posix", reason="Windows hands on handles, not descriptors")
def test_what_is_said_where_nobody_listens_is_in_the_log(tmp_path: Path) -> None:
    """In a process of its own, which is started with both streams closed."""
    log = tmp_path / "home" / "logs" / "log.txt"
    said = f"standard_streams.open_missing(Path({str(log)!r})); os.write(1, b'out '); os.write(2, b'err')"
    code = f"import os; from pathlib import Path; from so8t_engine import standard_streams; {said}"
    closed = [(os.POSIX_SPAWN_CLOSE, 1), (os.POSIX_SPAWN_CLOSE, 2)]
    child = os.posix_spawn(sys.executable, [sys.executable, "-c", code], os.environ, file_actions=closed)

    assert os.waitpid(child, 0)[1] == 0
    assert log.read_text() == "out err"


def test_where_there_can_be_no_log_what_is_said_goes_nowhere(tmp_path: Path) -> None:
    (tmp_path / "logs").touch()
    nowhere = standard_streams._end_of(tmp_path / "logs" / "log.txt")
    assert stat.S_ISCHR(os.fstat(nowhere).st_mode)
    os.close(nowhere)


@pytest.mark.parametrize(("name", "descriptor", "errors"), [
    ("stdin", 0, "replace"), ("stdout", 1, "backslashreplace"), ("stderr", 2, "backslashreplace"),
])  # fmt: skip
def test_a_stream_that_python_has_not_is_given_its_descriptor(
    monkeypatch: pytest.MonkeyPatch, name: str, descriptor: int, errors: str
) -> None:
    monkeypatch.setattr(sys, name, None)
    standard_streams.open_missing()
    made = getattr(sys, name)

    assert (made.fileno(), made.encoding, made.errors, made.readable()) == (
        descriptor,
        "utf-8",
        errors,
        descriptor == 0,
    )
    assert made.line_buffering is (descriptor > 0), "what was said before a crash is heard"
    made.close()
    os.fstat(descriptor)  # its descriptor stays
