"""What Verify found of a session, and what becomes of that when the session goes on."""

from __future__ import annotations

from pathlib import Path

from helpers.application import Application, buttons_of
from so8t_engine.session import store
from so8t_gui.i18n.translate import tr
from so8t_gui.sessions.actions import name_of


def test_what_verify_found_is_said_of_then_once_the_session_has_gone_on(
    application: Application, session: Path
) -> None:
    """ "Every file is as it was written" stood beside a session that had trained for an hour since."""
    page = application.pages.sessions
    since = tr("Verified on {time}; the session has changed since then. What was found:", time="|").partition("|")[2]
    application.select(session.name)
    application.press("&Verify")
    application.wait(lambda: application.sees("&OK"))
    found = page._message.text
    assert found == tr("{name}: every file is as it was written.", name=name_of(page.selected[0]))
    page.refresh()
    application.wait(lambda: not page._reading)
    assert page._message.text == found, "nothing has changed"
    application.press("&Resume")
    application.wait(lambda: application.controller.runner.view.phase == "running")
    application.open("sessions")
    application.wait(lambda: since in page._message.text)
    assert page._message.text.endswith(f"\n{found}") and application.sees("&OK")
    application.controller.runner.pause()
    application.wait(lambda: not application.controller.runner.running)
    (session / store.CONFIG).write_text("name: another\n")
    page.refresh()
    application.wait(lambda: not page._reading)
    application.press("&Verify")
    application.wait(lambda: page._message.text.startswith(f"{name_of(page.selected[0])}: "))
    damage = page._message.text
    assert damage != found and since not in damage
    store.commit(session, store.read_state(session).changed(status="failed"), {})
    page.refresh()
    application.wait(lambda: since in page._message.text)
    assert page._message.text.endswith(damage)
    application.wait(lambda: [one.objectName() for one in buttons_of(page._message)] == ["close"])
