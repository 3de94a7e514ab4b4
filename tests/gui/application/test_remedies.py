"""What stops a run and what the user may agree to, in the whole window with the real engine over the toy steps."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.application import Application
from so8t_engine.session import history, store


def refused(application: Application, session: Path, code: str, button: str) -> None:
    """One click on Resume; the page says why not, and offers this button."""
    application.controller.resume(session.name)
    application.wait(lambda: application.sees(button))
    problem = application.controller.runner.view.problem
    assert problem is not None and problem.code == code


def finished(application: Application) -> bool:
    application.wait(lambda: application.controller.runner.view.phase != "failed")
    application.wait(lambda: application.controller.runner.view.phase in ("finished", "failed"))
    return application.controller.runner.view.phase == "finished"


@pytest.mark.parametrize("application", ["en"], indirect=True)
def test_a_changed_configuration_is_named_and_accepted_by_one_button(application: Application, session: Path) -> None:
    path = session / store.CONFIG
    path.write_text(path.read_text(encoding="utf-8").replace("seed: 17", "seed: 18"), encoding="utf-8")
    refused(application, session, "config_changed", "&Go on with the changes")
    assert all(word in application.pages.run._message.text for word in ("seed", "17", "18"))
    application.press("&Go on with the changes")

    assert finished(application) and '"exactness_break"' in (session / history.NAME).read_text(encoding="utf-8")


@pytest.mark.parametrize("application", ["ja"], indirect=True)
def test_with_all_checkpoints_bad_starting_over_is_asked_first(application: Application, session: Path) -> None:
    for folder in (session / store.CHECKPOINTS).iterdir():
        (folder / "manifest.json").write_bytes(b"{")
    refused(application, session, "session_damaged", "Start &over ...")
    application.press("Start &over ...")
    application.press("&Keep it as it is")
    assert application.sees("Start &over ...") and not application.controller.runner.view.alive
    application.press("Start &over ...")
    application.press("&Yes, start over")

    assert finished(application) and list((session / "set-aside").iterdir())


@pytest.mark.parametrize("application", ["en"], indirect=True)
def test_a_damaged_history_goes_on_without_its_lost_entries(application: Application, session: Path) -> None:
    path = session / history.NAME
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([lines[0], b"#" * (len(lines[1]) - 1) + b"\n", *lines[2:]]))
    refused(application, session, "history_damaged", "&Go on without the damaged entries")
    assert application.sees("Start &over ...")
    application.press("&Go on without the damaged entries")

    assert finished(application) and '"lost"' in path.read_text(encoding="utf-8").splitlines()[1]
