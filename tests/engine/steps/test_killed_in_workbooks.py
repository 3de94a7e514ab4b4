"""SIGKILL in the middle of a workbook's rows, in a process of its own: the shards are those of an untouched run."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

from helpers import killed_in_rows, open_documents, workbooks
from helpers.data_sources import EVERY_TICK
from helpers.sessions import Session, local, make_config

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
ROWS, PER_SHARD = 130, 16


def texts(sheet: str) -> list[tuple[str, str]]:
    """With cells that stand for those above them where shards end and where the process dies."""
    found = [("question", "answer")]
    for n in range(ROWS):
        question = "〃" if n % 8 in (0, 1) and n else f"Why is {sheet} number {n} so?"
        found.append((question, f"Since {sheet} is number {n}, it is so."))
    return found


def written(path: Path) -> Path:
    sheets = {name: texts(name) for name in ("First", "Second")}
    if path.suffix == ".ods":
        return open_documents.write(
            path, "".join(open_documents.sheet(name, open_documents.table(*rows)) for name, rows in sheets.items())
        )
    merged = {"Second": ["A60:A63", "A96:A98"]}
    return workbooks.write(path, {name: workbooks.table(*rows) for name, rows in sheets.items()}, merged=merged)


@pytest.mark.parametrize("name", ["faq.xlsx", "faq.ods"])
def test_killed_within_the_rows_of_a_sheet_the_shards_are_those_of_an_untouched_run(tmp_path: Path, name: str) -> None:
    config = make_config([local("a", written(tmp_path / name))], collect={"rows_per_shard": PER_SHARD}, **EVERY_TICK)
    whole = Session(tmp_path, config, "whole")
    whole.run("collect")
    cut = Session(tmp_path, config)
    shards = []
    for sheet, row in (("First", 61), ("First", 98), ("Second", 53), ("Second", 97), ("Second", ROWS + 1)):
        assert killed_in_rows.run(tmp_path, config, sheet, row) == -signal.SIGKILL
        shards.append(len(list((cut.path / "data").rglob("*.parquet"))))
    assert shards == sorted({*shards}), "each went on from where the one before it had come to, and had got further"
    assert killed_in_rows.run(tmp_path, config, "", 0) == 0

    assert len(whole.digests()) >= 2 * ROWS // PER_SHARD
    assert cut.digests() == whole.digests()
