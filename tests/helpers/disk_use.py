"""What a session takes on the disk while it runs, measured where everything of a moment lies there: at each flush."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from so8t_engine.session import durable, store
from so8t_engine.train import pretrain


def size(session: Path) -> int:
    """Bytes of all files, one with several names once."""
    found: dict[int, int] = {}
    for path in session.rglob("*"):
        try:
            facts = path.lstat()
        except FileNotFoundError:
            continue  # renamed meanwhile
        if path.is_file():
            found[facts.st_ino] = facts.st_size
    return sum(found.values())


@contextmanager
def peaks_of(session: Path) -> Iterator[dict[str, int]]:
    """The most it took while a checkpoint of a base being built was there (`building`), and without one (`later`).

    Old files are removed only after the folder with the new ones was flushed, so no peak lies between two of them.
    """
    peaks = {"building": 0, "later": 0}
    flush = durable.flush_folder

    def measured(folder: Path) -> None:
        flush(folder)
        building = any((session / store.CHECKPOINTS).glob(f"*/{pretrain.TOKENIZER}"))
        moment = "building" if building else "later"
        peaks[moment] = max(peaks[moment], size(session))

    with pytest.MonkeyPatch().context() as patch:
        patch.setattr(durable, "flush_folder", measured)
        yield peaks
