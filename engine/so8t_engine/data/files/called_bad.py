"""Files and folders that are called as what people put aside: rejected.jsonl, falsch/, 不採用_2024.csv.

The name must say no more than that: bad-homburg/ is a town, wrong-way.csv about roads.
"""

from __future__ import annotations

import re
from pathlib import Path

from so8t_engine.data.adapters.judged import opposites
from so8t_engine.data.adapters.judged.verdict_words import HARMFUL

CALLED = HARMFUL | {
    "rejects", "donotuse", "unusable", "not usable", "trash", "mistakes", "ボツ", "没案", "没", "不良", "不適切",
}  # fmt: skip
NAMES = {"fel", "sai"}  # as well as words for bad
PARTS = re.compile(r"[-_. \s]+")
OF_FILES = re.compile(  # which say what kind of file it is, or which of several
    r"(?:answers?|responses?|outputs?|examples?|samples?|rows?|records?|items?|data|dataset|lists?|files?|train|training"
    r"|test|testing|dev|val|validation|eval|part|of|v?\d+|(?:jsonl?|csv|tsv|parquet|arrow|txt|zip|gz|zst|bz2|xz)"
    r"|回答|解答|データ|一覧|リスト|分)"
)
ENDS = re.compile(r"(?:回答|解答|データ|一覧|リスト|分)$")


def is_one(path: Path) -> bool:
    """Of a path below the folder or archive that is read."""
    return any(_is_called_bad(part) for part in path.parts)


def _is_called_bad(name: str) -> bool:
    words = [word for word in PARTS.split(name.lower()) if word and not OF_FILES.fullmatch(word)]
    called = " ".join(words)
    return any(one in CALLED or (one not in NAMES and opposites.said(one)) for one in (called, ENDS.sub("", called)))
