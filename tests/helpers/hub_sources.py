"""Sources on the hub of this machine: rows, their files, sessions that collect them, and what came of it."""

from __future__ import annotations

import io
import json
import random
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from helpers.sessions import Session, make_config
from so8t_engine.data.hub import hub, hub_download
from so8t_engine.sentences import from_json, say


def rows(count: int, start: int = 0) -> list[dict[str, str]]:
    """About 250 bytes each that do not pack well."""
    return [
        {"question": f"What is {n}? {random.Random(n).randbytes(90).hex()}", "answer": f"{n} it is.\n#### {n}"}
        for n in range(start, start + count)
    ]


def lines(items: list[dict[str, str]]) -> bytes:
    return b"".join(json.dumps(item).encode() + b"\n" for item in items)


def parquet(items: list[dict[str, str]], group: int = 1_000_000) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(items), sink, row_group_size=group)
    return sink.getvalue()


def source(name: str = "a", path: str = "owner/maths", **more: Any) -> dict[str, Any]:
    return {"name": name, "path": path, **more}


def session_of(tmp_path: Path, *sources: dict[str, Any], name: str = "s", **sections: Any) -> Session:
    collect = {"rows_per_shard": 40, "retries": 2} | sections.pop("collect", {})
    return Session(tmp_path, make_config(list(sources), collect=collect, **sections), name)


def collected(session: Session) -> list[dict[str, str]]:
    found = []
    for path in sorted((session.path / "data" / "collected").glob("*.parquet")):
        found += [json.loads(row) for row in pq.read_table(path)["row"].to_pylist()]
    return found


def warned(session: Session, code: str) -> list[str]:
    return [say(from_json(event["sentence"])) for event in session.said("warning") if event["code"] == code]


def zeroed(data: bytes) -> bytes:
    return data[:200] + bytes(400) + data[600:]


def another_word(data: bytes) -> bytes:
    return data.replace(b"it is", b"it be", 1)


def half(data: bytes) -> bytes:
    return data[: len(data) // 2]


def large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "LARGE", 1_000)
    monkeypatch.setattr(hub_download, "AHEAD", 4_000)
    monkeypatch.setattr("so8t_engine.data.files.byte_streams.CHUNK", 1_024)
    monkeypatch.setattr("so8t_engine.data.files.encodings.HEAD", 2_000)


def http_error(kind: str, status: int, headers: dict[str, str] | None = None) -> Exception:
    """An exception of the real class, as the library raises it from an answer of the hub."""
    import httpx2
    from huggingface_hub import errors

    request = httpx2.Request("GET", "https://huggingface.co/api/datasets/someone/some-data")
    return getattr(errors, kind)(
        "the hub's own words", response=httpx2.Response(status, headers=headers, request=request)
    )
