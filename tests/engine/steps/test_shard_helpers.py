"""Helpers admit shards: the same bytes with them, without them, and where they end by themselves; none stays behind."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psutil
import pytest

from helpers import planted
from helpers.data_sources import EVERY_TICK, several_sources, small
from helpers.sessions import Cut, Session, local, make_config, write_lines
from so8t_engine.data import helper_process, shard_helpers
from so8t_engine.protocol import Message
from so8t_engine.sentences import Sentence, sentence

ECHOES = """
from so8t_engine.data.helper_process import serve
serve(lambda request: request["say"].encode())
"""
STARTS_ONE = """
from so8t_engine.data.helper_process import Helper
helper = Helper("so8t_engine.data.shard_helpers")
print(helper.process.pid, flush=True)
helper.reply()
"""


def helpers() -> list[psutil.Process]:
    """Those of this process that run."""
    found = []
    for child in psutil.Process().children():
        with contextlib.suppress(psutil.Error):  # killed a moment ago
            if "so8t_engine.data.shard_helpers" in child.cmdline():
                found.append(child)
    return found


def sources(folder: Path) -> list[dict[str, Any]]:
    rows = [{"prompt": item.prompt, "response": item.response} for item in planted.records(90, seed=7, share=0.3)]
    rows += [{"prompt": f"Go on: {row['prompt']}", "response": "I shall."} for row in rows[::3]]
    return [*several_sources(folder), local("leaky", write_lines(folder / "leaky.jsonl", rows))]


def test_a_step_whose_helpers_are_cut_off_and_later_killed_leaves_the_bytes_of_one_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("so8t_engine.run.context.PROGRESS_SECONDS", 0)
    settings = {"collect": {"rows_per_shard": 12, "max_bad_fraction": 0.2}, "integrate": {"heldout_fraction": 0.3}}
    datasets = sources(tmp_path / "data")
    alone = Session(tmp_path, make_config(datasets, **settings), "alone")
    alone.run("collect", "integrate")
    monkeypatch.setattr(shard_helpers, "WORTH_IT", 1)
    monkeypatch.setattr(shard_helpers, "_cores", lambda: 2)
    session = Session(tmp_path, make_config(datasets, **settings, **EVERY_TICK), "helped")
    session.run("collect")
    seen: list[int] = []

    def cut(message: Message) -> None:
        if message.name == "saved":
            seen.append(len(helpers()))
            raise Cut

    with pytest.raises(Cut):
        session.run("integrate", context=session.context(cut=cut))
    assert (seen, helpers()) == ([shard_helpers.HELPERS], []), "the step has ended them"

    def kill(message: Message) -> None:
        metrics = message.data.get("metrics") or {}
        if "dropped" in metrics and "kept" not in metrics:  # of held-out leaks
            for helper in helpers():
                helper.kill()

    session.run("integrate", context=session.context(cut=kill))

    assert session.digests() == alone.digests()
    assert [warning["code"] for warning in session.said("warning")].count("helper_ended") == 1
    assert helpers() == []


def test_helpers_are_for_many_rows_and_for_cores_that_the_configuration_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shard_helpers, "_cores", lambda: 2)
    session = Session(tmp_path, small(tmp_path / "data"))
    session.run("collect")
    paths = sorted((session.path / "data" / "collected").glob("*.parquet"))
    one_thread = session.config.model_copy(
        update={"runtime": session.config.runtime.model_copy(update={"num_threads": 1})}
    )

    assert shard_helpers.wanted(session.config, paths) == 0
    monkeypatch.setattr(shard_helpers, "WORTH_IT", 36)
    assert (shard_helpers.wanted(session.config, paths), shard_helpers.wanted(one_thread, paths)) == (2, 0)
    monkeypatch.setattr(shard_helpers, "_cores", lambda: 1)
    assert shard_helpers.wanted(session.config, paths) == 0


def test_the_cores_are_those_the_process_may_use_where_the_system_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(psutil, "cpu_count", lambda: 8)
    monkeypatch.setattr(psutil.Process, "cpu_affinity", lambda _: [2, 5], raising=False)
    assert shard_helpers._cores() == 2

    monkeypatch.delattr(psutil.Process, "cpu_affinity")
    assert shard_helpers._cores() == 8
    monkeypatch.setattr(psutil, "cpu_count", lambda: None)
    assert shard_helpers._cores() == 1


@pytest.mark.skipif(not hasattr(psutil.Process, "memory_maps") or sys.platform == "darwin", reason="shows no files")
def test_a_helper_that_has_admitted_a_shard_holds_no_pandas(tmp_path: Path) -> None:
    session = Session(tmp_path, small(tmp_path / "data"))
    session.run("collect")
    [path, *_] = sorted((session.path / "data" / "collected").glob("*.parquet"))
    source = session.config.datasets[0].name
    work = shard_helpers.ShardWork(session.config, {source: [path]})
    with contextlib.closing(shard_helpers.ShardHelpers(work, 1, pytest.fail)) as running:
        [admitted] = running.admitted([(source, path)])
        [helper] = helpers()
        files = {Path(mapped.path).as_posix() for mapped in helper.memory_maps()}

    assert admitted.table.equals(work.admit(source, path).table)
    assert any("/numpy/" in file for file in files) and not any("/pandas/" in file for file in files)


def test_a_helper_ends_with_whoever_started_it() -> None:
    with subprocess.Popen([sys.executable, "-c", STARTS_ONE], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        helper = psutil.Process(int(parent.stdout.readline()))
        parent.kill()

    psutil.wait_procs([helper], timeout=30)
    assert not helper.is_running() or helper.status() == psutil.STATUS_ZOMBIE


@pytest.mark.skipif(sys.platform == "win32", reason="a signal ends a process there")
def test_a_signal_to_all_of_a_service_or_a_terminal_is_left_to_whoever_started_the_helper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "echoes.py").write_text(ECHOES, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    helper = helper_process.Helper("echoes")
    try:
        for said in ("SIGINT", "SIGHUP", "SIGTERM"):
            helper.ask({"say": said})
            assert helper.reply() == said.encode()
            os.kill(helper.process.pid, getattr(signal, said))
        helper.ask({"say": "still here"})
        assert helper.reply() == b"still here"
    finally:
        helper.close()


def test_what_helpers_reply_is_taken_in_order_and_done_here_only_when_one_has_ended() -> None:
    """Each is asked one ahead. A reply that was not taken would be worked out here a second time."""
    asked: list[tuple[str, int]] = []

    def helper(name: str, replies: list[bytes | None]) -> Any:
        ask = lambda request: asked.append((name, request))  # noqa: E731
        return SimpleNamespace(ask=ask, reply=lambda: replies.pop(0), code=lambda: -9, close=lambda: None)

    def each(*replies: list[bytes | None]) -> tuple[list[object], list[Sentence]]:
        ended: list[Sentence] = []
        made = shard_helpers.ShardHelpers(
            SimpleNamespace(sources={}, config=make_config([local("a", "a.jsonl")])), 0, ended.append
        )  # type: ignore[arg-type]
        made._running = [helper(name, list(each)) for name, each in zip("ab", replies, strict=True)]
        return list(made._each([{"n": n} for n in range(5)], bytes.decode, lambda number: number)), ended

    assert each([b"0", b"2", b"4"], [b"1", b"3"]) == (["0", "1", "2", "3", "4"], [])
    assert [(name, request["n"]) for name, request in asked] == [("a", 0), ("b", 1), ("a", 2), ("b", 3), ("a", 4)]  # type: ignore[index]
    assert each([b"0", None], [b"1"]) == (["0", "1", 2, 3, 4], [sentence("steps.helper_ended", code=-9)])


def test_helpers_are_asked_for_what_is_left_and_where_nothing_is_for_the_search_through_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("so8t_engine.run.context.PROGRESS_SECONDS", 0)
    counted: list[int] = []
    monkeypatch.setattr(shard_helpers, "wanted", lambda config, paths: counted.append(len(paths)) or 0)
    session = Session(
        tmp_path,
        make_config(
            several_sources(tmp_path / "data"), collect={"rows_per_shard": 12, "max_bad_fraction": 0.2}, **EVERY_TICK
        ),
    )
    session.run("collect")
    shards = len(list((session.path / "data" / "collected").glob("*.parquet")))

    def cut(message: Message) -> None:
        if message.name == "saved":
            raise Cut

    for _ in range(shards):
        with pytest.raises(Cut):
            session.run("integrate", context=session.context(cut=cut))
    session.run("integrate")
    assert counted == [*range(shards, 0, -1), shards]
