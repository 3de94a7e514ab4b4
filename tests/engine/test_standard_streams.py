"""A stream that is put in its place is there for child processes too."""

from __future__ import annotations

import os

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
