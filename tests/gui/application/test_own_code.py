"""Code that a session brings, in the whole window and with the real engine: refused, shown, allowed by one button."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from helpers.application import Application
from helpers.paths import SMALL
from so8t_gui.engine.process import EngineProcess, program
from so8t_gui.startup.offer_resume import ResumeOffer


@pytest.fixture
def own(application: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module of rewards that leaves a trace when it is imported; the window's engine is the real one."""
    monkeypatch.setenv("SO8T_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    engine = application.controller.runner._engine
    assert isinstance(engine, EngineProcess)
    engine._command = program()
    path = tmp_path / "own.py"
    body = "def f(completions, **_): return [0.0] * len(completions)"
    path.write_text(f"open({str(tmp_path / 'ran')!r}, 'w').close()\n{body}\n", encoding="utf-8")
    return path


def refused_and_allowed(application: Application, own: Path) -> str:
    """The page names the file; one click starts the same again, which now runs: the name of its session."""
    run, view = application.pages.run, lambda: application.controller.runner.view
    application.wait(lambda: application.sees("&Allow this code"))
    assert view().phase == "failed" and str(own) in run._message.text and not (own.parent / "ran").exists()
    application.press("&Allow this code")
    application.wait(lambda: view().alive)
    application.wait(lambda: bool(view().total) or view().problem is not None)
    problem = view().problem  # on a quick machine it has been called by now, and gives nothing
    assert problem is None or problem.code == "reward"
    assert not application.sees("&Allow this code")
    session = view().session
    application.rest()
    (own.parent / "ran").unlink(missing_ok=True)
    return session


@pytest.mark.parametrize("application", ["en"], indirect=True)
def test_code_of_a_session_runs_after_one_click_and_never_by_itself(application: Application, own: Path) -> None:
    """First a new run, which is refused before it has a session; then the session, whose file has changed since."""
    config = own.with_name("run.yaml")
    body = yaml.safe_load(SMALL.read_text(encoding="utf-8")) | {"reward": {"functions": ["own:f"]}}
    config.write_text(yaml.safe_dump(body), encoding="utf-8")
    application.controller.begin(["run", str(config)])
    session = refused_and_allowed(application, own)

    own.write_text(own.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    application.controller.resume(session)
    refused_and_allowed(application, own)

    own.write_text(own.read_text(encoding="utf-8") + "# and again\n", encoding="utf-8")
    notices: list[str] = []
    offer = ResumeOffer(application.controller)
    offer.notice.connect(lambda notice: notices.append(notice.text))
    elsewhere = own.with_name("elsewhere")  # with nothing else to go on with
    elsewhere.mkdir()
    (application.root / session).rename(elsewhere / session)
    offer.look(elsewhere, lambda: offer.begin("auto", False))
    application.wait(lambda: bool(notices))
    assert str(own) in notices[0] and not offer.counting
