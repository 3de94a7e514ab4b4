"""Events on their way to whoever reads them, and what is done where nobody does."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import pytest

from so8t_engine.process import output
from so8t_engine.process.output import Channel, Outlet
from so8t_engine.protocol import Message, encode
from so8t_engine.sentences import Sentence
from so8t_engine.typed import Typed


def stream(descriptor: int) -> TextIO:
    return io.TextIOWrapper(io.BufferedWriter(Outlet(descriptor)), encoding="utf-8", newline="\n", line_buffering=True)


@pytest.fixture
def nobody() -> Iterator[TextIO]:
    """A pipe whose other end is closed."""
    read, write = os.pipe()
    os.close(read)
    yield stream(write)
    os.close(write)


def test_an_event_is_a_line_of_json_or_one_for_people() -> None:
    for json, text in ((True, encode(Message("saved", {}))), (False, "")):
        out = io.StringIO()
        output.emitter(Channel(out, json))(Message("saved", {}))
        assert out.getvalue() == text
    out = io.StringIO()
    output.emitter(Channel(out, False, language="ja"))(Message("session", {"session": "a", "path": "/there"}))
    assert out.getvalue().splitlines()[0].startswith("セッション")


def test_that_nobody_reads_is_told_once_and_nothing_fails(nobody: TextIO) -> None:
    told = list[Sentence]()
    emit = output.emitter(Channel(nobody, True), told.append)
    assert output.trouble(nobody) is None
    for _ in range(3):
        emit(Message("saved", {}))

    assert [each.code for each in told] == ["run.pause_no_reader"] and isinstance(
        output.trouble(nobody), BrokenPipeError
    )


def test_what_is_written_for_people_to_nobody_is_told_too(nobody: TextIO) -> None:
    told = list[Sentence]()
    output.emitter(Channel(nobody, False), told.append)(Message("session", {"session": "a", "path": "/there"}))

    assert [each.code for each in told] == ["run.pause_no_reader"]


def test_an_output_on_a_full_disk_is_told_with_the_systems_words() -> None:
    lost = output.unheard(OSError(errno.ENOSPC, "No space left on device"))
    assert (lost.code, lost.args) == ("run.pause_output_lost", {"error": "No space left on device"})
    assert output.unheard(BrokenPipeError()).code == "run.pause_no_reader"


def test_a_stream_that_is_not_ours_has_no_trouble_that_is_known() -> None:
    assert output.trouble(io.StringIO()) is None
    with Path(os.devnull).open("w", encoding="utf-8") as file:
        assert output.trouble(file) is None


def test_an_outlet_says_what_it_is_and_how_much_it_took(nobody: TextIO) -> None:
    read, write = os.pipe()
    outlet = Outlet(write)
    assert (outlet.write(b"abc"), os.read(read, 9)) == (3, b"abc")
    assert (outlet.fileno(), outlet.writable(), outlet.isatty()) == (write, True, False)
    os.close(read)
    assert (outlet.write(b"defg"), type(outlet.error)) == (4, BrokenPipeError)
    os.close(write)
    assert outlet.write(b"hi") == 2, "it takes everything and keeps nothing"


def test_a_process_of_its_own_is_told_how_the_run_speaks() -> None:
    out = io.StringIO()
    assert Channel(out, True, language="ja").flags == ["--json", "--lang", "ja", "--program=so8t"]
    assert Channel(out, False, typed=Typed("./so8t")).flags == ["--lang", "en", "--program=./so8t"]
