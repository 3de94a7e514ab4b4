"""Ways to make the real protocol wrong, applied inside the recorded process; the gate must catch every one."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from so8t_engine.session import durable, store, verification
from so8t_engine.session.state import PipelineState


def no_folder_flush() -> None:
    durable.flush_folder = lambda folder: None


def nothing_flushed() -> None:
    os.fsync = lambda fd: None


def history_not_flushed() -> None:
    real = durable.append

    def append(path: Path, data: bytes, at: int) -> None:
        kept, os.fsync = os.fsync, lambda fd: None
        try:
            real(path, data, at)
        finally:
            os.fsync = kept

    durable.append = append


def state_before_checkpoint() -> None:
    real = store.commit

    def commit(session: Path, state: PipelineState, *more: Any) -> PipelineState:
        store.write_state(session, state.changed(checkpoint="000001"))
        return real(session, state, *more)

    store.commit = commit


def retention_before_acknowledgement() -> None:
    real = store.commit

    def commit(session: Path, state: PipelineState, *more: Any) -> PipelineState:
        for name in verification.complete(session / store.CHECKPOINTS):
            durable.discard(session / store.CHECKPOINTS / name)
        return real(session, state, *more)

    store.commit = commit


def rename_before_flush() -> None:
    """A checkpoint gets its final name first and is flushed after; nothing else changes."""
    rename, folder_flush, flush = durable.rename, durable.flush_folder, os.fsync

    def renamed(source: Path, target: Path) -> None:
        rename(source, target)
        if target.parent.name == store.CHECKPOINTS and source.suffix == ".part":
            os.fsync = flush
            for path in target.iterdir():
                durable.flush_file(path)
            folder_flush(target)

    def write(path: Path, data: bytes | Iterable[durable.Chunk]) -> None:
        path.write_bytes(data if isinstance(data, bytes) else b"".join(data))
        if path.parent.suffix != ".part":
            durable.flush_file(path)

    durable.rename, durable.write = renamed, write


def like_windows() -> None:
    """Not wrong: folders cannot be flushed there. To be judged with an ordered-metadata journal."""
    durable.WINDOWS = True


ALL = {
    patch.__name__: patch
    for patch in (
        no_folder_flush,
        nothing_flushed,
        history_not_flushed,
        state_before_checkpoint,
        retention_before_acknowledgement,
        rename_before_flush,
    )
}


def apply(name: str) -> None:
    {**ALL, "like_windows": like_windows}[name]()
