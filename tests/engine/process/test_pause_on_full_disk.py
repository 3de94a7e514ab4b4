"""Real processes on a real disk that fills while the run goes on, and somebody who pauses the run then."""

from __future__ import annotations

from pathlib import Path

from helpers import small_disk, toy_engine
from helpers.paths import TOY
from so8t_engine.errors import EXIT_PAUSED
from so8t_engine.session import catalog, store


def test_a_run_that_is_paused_while_it_waits_for_space_is_paused_and_no_failure(tmp_path: Path) -> None:
    """What was saved before stands, and that no more was is said."""
    with small_disk.small_disk(tmp_path / "disk", size="1m") as disk:
        with toy_engine.start(disk, "run", str(TOY), "--force", trouble="full@60") as engine:
            assert engine.stdin is not None
            for event in toy_engine.heard(engine):
                if event["name"] == "waiting":
                    engine.stdin.write('{"v":2,"name":"pause"}\n')
                    engine.stdin.flush()
                    break
            *_, said, paused, bye = toy_engine.heard(engine)
        session = toy_engine.session_in(disk)
        state = store.read_state(session)

        assert (engine.returncode, bye["exit_code"]) == (EXIT_PAUSED, EXIT_PAUSED)
        assert (said["name"], said["code"]) == ("warning", "disk_full")
        assert said["sentence"]["text"].endswith("The last save was given up; the one before it stands.")
        assert (paused["name"], paused["reason"]["code"]) == ("paused", "run.pause_by_window")
        assert (state.status, toy_engine.reason_of(disk), state.error) == ("paused", "run.pause_by_window", None)
        assert catalog.entry(session).stands_by == "by_user"

        (disk / "ballast").unlink()
        assert toy_engine.resume(disk)[1] == 0
