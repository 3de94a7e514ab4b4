"""What the window prints where it has no console: into a file beside its settings, which does not grow for ever."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from so8t_engine import standard_streams
from so8t_gui import missing_console


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, ...]]:
    monkeypatch.setenv("SO8T_CONFIG_HOME", str(tmp_path))
    calls: list[tuple[Path, ...]] = []
    monkeypatch.setattr(standard_streams, "open_missing", lambda *log: calls.append(log))
    return calls


@pytest.mark.parametrize(
    ("missing", "logged"), [((), False), (("stdout",), True), (("stderr",), True), (("stdout", "stderr"), True)]
)
def test_a_program_without_a_stream_prints_into_its_log(
    opened: list[tuple[Path, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: tuple[str, ...],
    logged: bool,
) -> None:  # fmt: skip
    for name in missing:
        monkeypatch.setattr(sys, name, None)
    missing_console.open_log()
    assert opened == [(tmp_path / missing_console.NAME,) if logged else ()]


@pytest.mark.parametrize(
    ("size", "moved"), [(missing_console.MOST_BYTES, False), (missing_console.MOST_BYTES + 1, True)]
)
def test_a_log_that_has_grown_is_set_aside(
    opened: list[tuple[Path, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, moved: bool
) -> None:
    log = tmp_path / missing_console.NAME
    log.write_bytes(b"x" * size)
    monkeypatch.setattr(sys, "stdout", None)
    missing_console.open_log()
    assert [path.name for path in tmp_path.iterdir()] == [f"{log.name}.1" if moved else log.name]


class Refuses(io.StringIO):
    def write(self, text: str) -> int:
        raise OSError("full")

    def flush(self) -> None:
        raise OSError("full")


def test_a_stream_that_takes_nothing_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream in (Refuses(), None):
        monkeypatch.setattr(sys, "stderr", stream)
        monkeypatch.setattr(sys, "stdout", stream)
        missing_console.say("a sentence")
        missing_console.flush()
    kept = io.StringIO()
    monkeypatch.setattr(sys, "stderr", kept)
    missing_console.say("a sentence")
    assert kept.getvalue() == "a sentence\n"


def test_both_streams_are_flushed(monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[str] = []
    for name in ("stdout", "stderr"):
        stream = io.StringIO()
        monkeypatch.setattr(stream, "flush", lambda name=name: flushed.append(name))
        monkeypatch.setattr(sys, name, stream)
    missing_console.flush()
    assert flushed == ["stdout", "stderr"]
