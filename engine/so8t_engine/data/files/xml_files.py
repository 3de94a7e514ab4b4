"""Which XML is read, by its first element: a quiz of Moodle's, the posts of a Stack Exchange dump, translations."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[[^\]]*\][^>]*)?>|\s)*<([A-Za-z_][\w.-]*)",
    re.DOTALL,
)


def reader_of(path: Path) -> str | None:
    """The kind of one that is read; None of any other. Raises EngineError where something is known of it."""
    try:
        with path.open("rb") as file:
            found = ROOT.match(file.read(HEAD))
    except OSError:
        return None
    root = found[1].decode() if found else ""
    if root in OF_TRANSLATORS:
        raise EngineError("dataset_kind", sentence("data.translation", path=path))
    return ROOTS.get(root)


def rows(file: IO[bytes], kind: str, limit: int, skip: int) -> Iterator[RawRow | BadRow]:
    """Those behind number `skip`. Raises ValueError with a Sentence."""
    reader = {QUIZ: moodle_quizzes.rows, POSTS: post_dumps.rows}.get(kind, translation_memory.rows)
    yield from reader(file, limit, skip)
