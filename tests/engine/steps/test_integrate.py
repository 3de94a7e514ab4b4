"""What step 2 has written is what it reads again."""

from __future__ import annotations

from pathlib import Path

from helpers.sessions import Session, local, make_config, refused
from so8t_engine.data import shards
from so8t_engine.session import manifest
from so8t_engine.steps import integrate


def test_a_shard_that_is_gone_or_another_now_is_named(tmp_path: Path) -> None:
    session = Session(tmp_path, make_config([local("a", "a.jsonl")]))
    folder = shards.folder(session.path, shards.INTEGRATED)
    folder.mkdir(parents=True)
    context, shard = session.context(), folder / "a.parquet"
    listed = {shard.name: manifest.digest(b"as written")}
    for data in (None, b"another..."):
        if data is not None:
            shard.write_bytes(data)
        error = refused(lambda: integrate._check_written(context, listed))
        assert error.code == "session_damaged" and shard.name in error.detail
    shard.write_bytes(b"as written")
    integrate._check_written(context, listed)
