"""Replies kept by what was asked: nothing is asked twice, after a restart or by a second session.

`<session>/data/taught/replies.jsonl`, a line for each batch with a checksum, appended durably: a batch is there as a
whole or not at all. So the batches after a kill are those of an untouched run, and so are the answers (a model's last
bits depend on the company a prompt is in). Other sessions beside this one are looked at, never written to; what they
know is copied, as they may go.
"""

from __future__ import annotations

import json
import stat
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from so8t_engine.session import durable
from so8t_engine.teacher.replies import Reply

FOLDER, NAME = "taught", "replies.jsonl"
MOST_BYTES = 4 << 30  # of a file; beyond, replies are no longer kept
MOST_LINE = 32 << 20
MOST_SESSIONS = 20  # others that are looked at: those that answered last
KEY_CHARS = 32


class _Place(NamedTuple):
    path: Path
    at: int
    size: int


class ReplyCache:
    """State: where each key's line lies, where the own file ends, the line read last."""

    def __init__(self, session: Path, teacher: str, patiently: Callable[[Callable[[], None]], None]) -> None:
        """`teacher`: a digest of everything but the question that a reply depends on. `patiently` runs a write and
        waits while the disk is full.
        """
        self._session, self._path = session, session / "data" / FOLDER / NAME
        self._teacher, self._patiently = teacher, patiently
        self._places: dict[bytes, _Place] = {}
        self._line: tuple[_Place, Mapping[str, Reply]] | None = None
        for path in _others(session):
            self._index(path)
        self._theirs = dict(self._places)
        self._places.clear()
        self._end = self._index(self._path)

    def get(self, key: str) -> Reply | None:
        return self._read(self._places, key)

    def get_elsewhere(self, key: str) -> Reply | None:
        """What another session was told."""
        return self._read(self._theirs, key)

    def add(self, replies: Mapping[str, Reply]) -> None:
        """One batch. Raises EngineError disk_*."""
        body = json.dumps([[key, *reply] for key, reply in replies.items()], ensure_ascii=True)
        crc = zlib.crc32(body.encode())
        line = f'{{"teacher":"{self._teacher}","crc":{crc},"replies":{body}}}\n'.encode()
        if self._end + len(line) > MOST_BYTES or len(line) > MOST_LINE:
            return

        def write() -> None:
            durable.make_folder(self._path.parent, below=self._session)
            durable.append(self._path, line, self._end)

        self._patiently(write)
        self._enter(line, _Place(self._path, self._end, len(line)))
        self._end += len(line)

    def _index(self, path: Path) -> int:
        """Takes in what stands in a file; returns where its last whole line ends."""
        at = 0
        try:
            if not stat.S_ISREG(path.lstat().st_mode):
                return 0
            with path.open("rb") as file:
                while (line := file.readline(MOST_LINE)).endswith(b"\n") and at + len(line) <= MOST_BYTES:
                    self._enter(line, _Place(path, at, len(line)))
                    at += len(line)
        except OSError:
            pass  # not there, or not to be read: then it is asked anew
        return at

    def _enter(self, line: bytes, place: _Place) -> None:
        for key in _replies(line, self._teacher):
            self._places.setdefault(bytes.fromhex(key), place)

    def _read(self, places: Mapping[bytes, _Place], key: str) -> Reply | None:
        place = places.get(bytes.fromhex(key))
        if place is None:
            return None
        if self._line is None or self._line[0] != place:
            try:
                with place.path.open("rb") as file:
                    file.seek(place.at)
                    self._line = place, _replies(file.read(place.size), self._teacher)
            except OSError:
                return None
        return self._line[1].get(key)


def _replies(line: bytes, teacher: str) -> dict[str, Reply]:
    """Of a whole line of this teacher; nothing of a damaged one, or of one that anybody else may have written."""
    try:
        value = json.loads(line)
        if value["teacher"] != teacher or value["crc"] != zlib.crc32(json.dumps(value["replies"]).encode()):
            return {}
        return {key: Reply(str(text), str(fault)) for key, text, fault in value["replies"] if _is_key(key)}
    except (ValueError, TypeError, KeyError, RecursionError):
        return {}


def _is_key(key: object) -> bool:
    return isinstance(key, str) and len(key) == KEY_CHARS and all(letter in "0123456789abcdef" for letter in key)


def _others(session: Path) -> Sequence[Path]:
    """The same file of the sessions beside this one, newest last."""
    found = []
    try:
        for path in session.parent.glob(f"*/data/{FOLDER}/{NAME}"):
            if path.parents[2] != session:
                found.append((path.lstat().st_mtime, path))
    except OSError:
        pass
    return [path for _, path in sorted(found)[-MOST_SESSIONS:]]
