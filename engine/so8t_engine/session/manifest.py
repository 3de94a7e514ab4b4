"""A manifest lists a folder's files with sizes and SHA-256 digests, and seals itself.

safetensors is no checksum (a flipped bit loads without an error), so whatever is read back is checked here
first. It guards against accidents; someone with write access to the folder can rewrite it.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from so8t_engine.sentences import Sentence, of_error, sentence
from so8t_engine.session import durable, wary_read

if TYPE_CHECKING:
    import hashlib

NAME = "manifest.json"
CHUNK = 1 << 20


def build(listed: Mapping[str, tuple[int, str]], about: Mapping[str, Any]) -> bytes:
    """`listed`: relative name -> (size in bytes, sha256 hex). `about`: what else the folder must be bound to."""
    body = {"about": dict(about), "files": {name: list(listed[name]) for name in sorted(listed)}}
    text = json.dumps(body, ensure_ascii=False, sort_keys=True)
    return (text + "\n" + _sha256(text.encode()).hexdigest() + "\n").encode()


def _sha256(data: bytes = b"") -> hashlib._Hash:
    import hashlib  # and with it OpenSSL: 3 MiB that the window, which reads states only, need not hold

    return hashlib.sha256(data)


def digest(data: bytes) -> tuple[int, str]:
    return len(data), _sha256(data).hexdigest()


class Tally:
    """Size and digest of what passes through: nothing is read twice. Both grow chunk by chunk.

    hashlib lets other threads run while it works on a chunk of more than 2 KiB.
    """

    def __init__(self) -> None:
        self._sha, self._size = _sha256(), 0

    def passing(self, chunks: Iterable[durable.Chunk]) -> Iterator[durable.Chunk]:
        for chunk in chunks:
            self._sha.update(chunk)
            self._size += len(chunk)
            yield chunk

    def result(self) -> tuple[int, str]:
        return self._size, self._sha.hexdigest()


def digest_file(path: Path) -> tuple[int, str]:
    sha, size = _sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            sha.update(chunk)
            size += len(chunk)
    return size, sha.hexdigest()


def of_folder(folder: Path) -> dict[str, tuple[int, str]]:
    """Every file below the folder, but for the manifest itself."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / NAME)
    return {path.relative_to(folder).as_posix(): digest_file(path) for path in files}


def read(folder: Path) -> tuple[dict[str, tuple[int, str]], dict[str, Any]]:
    """(files, about) as written. Raises ValueError where it is missing, torn, altered or names a path outside.

    OSError where it is there but may not be read: that says nothing about the folder.
    """
    try:
        read_it = functools.partial(wary_read.data, folder / NAME, wary_read.LINES_BYTES)
        text, seal, end = durable.read_twice(read_it).decode().split("\n")
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and not durable.is_lost(error):
            raise
        raise ValueError(sentence("session.manifest_torn", file=NAME)) from error
    if end or _sha256(text.encode()).hexdigest() != seal:
        raise ValueError(sentence("session.manifest_altered", file=NAME))
    try:
        body = json.loads(text)
        listed = {str(name): (int(size), str(sha)) for name, (size, sha) in body["files"].items()}
        about = dict(body["about"])
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, RecursionError) as error:
        raise ValueError(sentence("session.manifest_shape", file=NAME)) from error
    for name in listed:
        pure = PurePosixPath(name)
        if pure.is_absolute() or ".." in pure.parts or "\\" in name or ":" in name:
            raise ValueError(sentence("session.manifest_outside", file=NAME, path=name))
    return listed, about


def lists_any(folder: Path | None) -> bool:
    """Whether there are files in it besides the manifest. Raises as `read`."""
    return folder is not None and bool(read(folder)[0])


def problems(folder: Path, most: int | None = None) -> list[Sentence]:
    """What does not match, one sentence each; empty when the folder is as it was written.

    `most`: only a folder with no more bytes is read, of a larger one names and sizes are looked at. A file the disk
    cannot read is as bad as a changed one; OSError where something else keeps it from being read.
    """
    try:
        listed, _ = read(folder)
    except ValueError as error:
        return [sentence("session.problem_at", place=folder.name, what=of_error(error))]
    problems = []
    reads = most is None or sum(size for size, _ in listed.values()) <= most
    for name, (size, sha) in listed.items():
        try:
            wrong = durable.read_twice(functools.partial(_problem, folder / name, size, sha, reads))
        except OSError as error:
            if not durable.is_lost(error):
                raise
            wrong = sentence("session.file_unreadable", error=error.strerror)
        if wrong is not None:
            problems.append(sentence("session.problem_at", place=f"{folder.name}/{name}", what=wrong))
    return problems


def problem_of(path: Path) -> Sentence | None:
    """What of this one file, of any size, does not match its folder's manifest; None where it does, or is not in it.

    Raises OSError.
    """
    try:
        written = read(path.parent)[0].get(path.name)
        wrong = None if written is None else durable.read_twice(functools.partial(_problem, path, *written))
    except ValueError as error:
        wrong = of_error(error)
    return None if wrong is None else _at(path, wrong)


def sealed_data(path: Path, limit: int) -> bytes:
    """A small file as its folder's manifest has it: read once, so that what is used is what was checked.

    One that nobody has noted there is taken as it is. Raises OSError; ValueError (with a sentence) where it is another.
    """
    data = durable.read_twice(functools.partial(wary_read.data, path, limit))
    wrong = _difference(digest(data), read(path.parent)[0].get(path.name))
    if wrong is not None:
        raise ValueError(_at(path, wrong))
    return data


def _at(path: Path, wrong: Sentence) -> Sentence:
    return sentence("session.problem_at", place=f"{path.parent.name}/{path.name}", what=wrong)


def _problem(path: Path, size: int, sha: str, reads: bool = True) -> Sentence | None:
    if path.is_symlink() or not path.is_file():
        return sentence("session.file_missing")
    there = path.stat().st_size  # of another size it need not be read
    if there == size and not reads:
        return None
    return _difference(digest_file(path) if there == size else (there, ""), (size, sha))


def _difference(found: tuple[int, str], written: tuple[int, str] | None) -> Sentence | None:
    if written is None or found == written:
        return None
    if found[0] != written[0]:
        return sentence("session.file_size", size=found[0], written=written[0])
    return sentence("session.file_changed")
