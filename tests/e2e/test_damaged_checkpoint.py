"""A damaged newest checkpoint is named where a person looks, by the real command; what a cut has left is no damage."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers import program, toy_engine
from so8t_engine.session import incidents, manifest, recovery, store
from so8t_engine.session.state import PipelineState

BIG = 64 << 20  # bytes of a payload that nobody reads while somebody waits


def flipped(folder: Path) -> None:
    data = bytearray((folder / "weights").read_bytes())
    data[7] ^= 1
    (folder / "weights").write_bytes(data)


def shortened(folder: Path) -> None:
    (folder / "weights").write_bytes(b"short")


def without_manifest(folder: Path) -> None:
    (folder / manifest.NAME).unlink()


def saved(root: Path, status: str = "paused", size: int = 100) -> Path:
    """A session with two checkpoints."""
    text = program.SMALL.read_text(encoding="utf-8")
    session = store.create(root, "20260101-000000-x", text, "then")
    state = store.read_state(session).changed(status=status)
    for number in (1, 2):
        state = store.commit(session, state, {"weights": bytes([number]) * size})
    return session


def said(command: str, root: Path, *more: str) -> str:
    done = program.so8t(command, *more, "--data-root", root, "--lang", "en")
    assert "Traceback" not in done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize(
    ("hurt", "words"),
    [
        (flipped, "not as it was written: 000002/weights: its content has changed"),
        (shortened, "not as it was written: 000002/weights: 5 bytes where 100 were written"),
        (without_manifest, "not as it was written: 000002: manifest.json is missing or torn"),
        (shutil.rmtree, "checkpoint, 000002, is missing"),
    ],
)
def test_a_damaged_newest_checkpoint_is_named_with_the_one_that_is_used_instead(
    tmp_path: Path, hurt: Callable[[Path], None], words: str
) -> None:
    """`status`, `sessions` and `ready` said nothing of it, `verify` that every file was as it was written."""
    session = saved(tmp_path)
    whole = [said(command, tmp_path) for command in ("status", "sessions", "ready")]
    hurt(session / "checkpoints" / "000002")

    assert not any("000002" in text for text in whole)
    looked = ["status", "ready"] if hurt is flipped else ["status", "sessions", "ready"]
    for command in looked:
        text = said(command, tmp_path)
        assert words in text and "goes on from 000001" in text and f"so8t verify {session.name}" in text
    verified = program.so8t("verify", session.name, "--data-root", tmp_path, "--lang", "en")
    assert verified.returncode == 4 and "checkpoints/000002" in verified.stdout
    assert "goes on from 000001" in verified.stdout


def test_a_large_one_is_judged_by_names_and_sizes_while_somebody_waits(tmp_path: Path) -> None:
    """`status` read gigabytes, twice; `verify` and `ready` read everything."""
    session = saved(tmp_path, size=BIG)
    flipped(session / "checkpoints" / "000002")
    assert "000002" not in said("status", tmp_path) and "000002" in said("ready", tmp_path)
    assert "000002" in said("verify", tmp_path, session.name)
    shortened(session / "checkpoints" / "000002")
    assert f"5 bytes where {BIG:,} were written" in said("status", tmp_path)


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        (PipelineState("x", status="running"), "killed"),
        (PipelineState("x", status="paused"), "damage"),
        (PipelineState("x", status="failed", error={"code": "crashed"}), "crashed"),
    ],
)
def test_what_ended_a_run_is_told_as_it_is_known(tmp_path: Path, state: PipelineState, kind: str) -> None:
    """A kill whose last save was found torn was told as damage on the disk."""
    session = saved(tmp_path)
    store.write_state(session, store.read_state(session).changed(status=state.status, error=state.error))
    shortened(session / "checkpoints" / "000002")
    recovered = recovery.recover(session)
    incident = incidents.describe(recovered.state, recovered.notes, {}, "killed", "now")

    assert incident is not None and incident["kind"] == kind
    assert "000002" in str(recovered.notes[-1]) and incident["resumed_from"] == "000001"


def test_a_missing_checkpoint_is_told_by_the_run_that_goes_on(tmp_path: Path) -> None:
    """It went on from the one before without a word."""
    command = ["run", str(toy_engine.TOY), "--json", "--data-root", str(tmp_path)]
    environment = program.environment(**toy_engine.toys(), SO8T_TROUBLE="kill@60/always", SO8T_BACK_OFF="0,0,0")
    subprocess.run(
        [toy_engine.sys.executable, "-m", "so8t_engine.cli", *command],
        env=environment, capture_output=True, check=False, timeout=200,
    )  # fmt: skip
    session = toy_engine.session_in(tmp_path)
    newest = str(store.read_state(session).checkpoint)
    shutil.rmtree(session / "checkpoints" / newest)
    events, code = toy_engine.told(toy_engine.start(tmp_path, "resume"))
    [incident] = toy_engine.named(events, "incident")

    assert code == 0 and f"checkpoint {newest}, the newest, is missing" in json.dumps(incident["notes"])
