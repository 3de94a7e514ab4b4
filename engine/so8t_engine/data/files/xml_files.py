"""Which XML is read, by its first element: a quiz of Moodle's, the posts of a Stack Exchange dump, translations."""

from __future__ import annotations

import codecs
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from so8t_engine.data.files import moodle_quizzes, post_dumps, translation_memory
from so8t_engine.data.files.row_readers import BadRow, RawRow
from so8t_engine.errors import EngineError
from so8t_engine.sentences import sentence

ENDING = ".xml"
MEMORY, QUIZ, POSTS = ".tmx", ".moodle", ".posts"
KINDS = (MEMORY, QUIZ, POSTS)
ROOTS = {"tmx": MEMORY, "quiz": QUIZ, "posts": POSTS}
OF_TRANSLATORS = ("xliff",)
HEAD = 1 << 16  # bytes
IN_TWO_BYTES = {  # marked, or without a mark, as an XML parser reads it too
    codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be",
}  # fmt: skip
ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[[^\]]*\][^>]*)?>|\s)*<([A-Za-z_][\w.-]*)",
    re.DOTALL,
)


def reader_of(path: Path) -> str | None:
    """The kind of one that is read; None of any other. Raises EngineError where something is known of it."""
    root = _root(lambda: path.open("rb"))
    if root in OF_TRANSLATORS:
        raise EngineError("dataset_kind", sentence("data.translation", path=path))
    return ROOTS.get(root)


def kind_of(name: str, opened: Callable[[], IO[bytes]]) -> str | None:
    """The kind of one beside other files, in a folder or an archive; None of any other, and of what is no XML."""
    return ROOTS.get(_root(opened)) if name.lower().endswith(ENDING) else None


def _root(opened: Callable[[], IO[bytes]]) -> str:
    """The name of the first element; empty where there is none, or the file cannot be opened."""
    try:
        with opened() as file:
            head = file.read(HEAD)
    except (
        OSError,
        RuntimeError,
        NotImplementedError,
        zipfile.BadZipFile,
        zlib.error,
    ):  # of an archive, with a password
        return ""
    for begins, encoding in IN_TWO_BYTES.items():
        if head.startswith(begins):
            head = head[: len(head) // 2 * 2].decode(encoding, errors="ignore").encode()
    found = ROOT.match(head)
    return found[1].decode() if found else ""


def rows(file: IO[bytes], kind: str, limit: int, skip: int) -> Iterator[RawRow | BadRow]:
    """Those behind number `skip`. Raises ValueError with a Sentence."""
    reader = {QUIZ: moodle_quizzes.rows, POSTS: post_dumps.rows}.get(kind, translation_memory.rows)
    yield from reader(file, limit, skip)
