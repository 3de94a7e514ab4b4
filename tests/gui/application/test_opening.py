"""A desktop whose opener fails: each page that opens something says so, with the path."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from helpers.application import FINISHED, Application
from so8t_gui.i18n.translate import tr
from so8t_gui.widgets import opener
from so8t_gui.widgets.panels import Banner


def test_an_opener_that_fails_is_told_of_with_the_path_to_copy(application: Application) -> None:
    application.opened.ends_with(3)  # xdg-open: a needed program could not be found
    for page in ("run", "sessions", "doctor"):
        path = str(application.root / FINISHED / "report" / "report.html")
        if page == "run":
            application.show(FINISHED)
            application.press("Open re&port")
        elif page == "sessions":
            application.select(FINISHED)
            application.press("Open re&port")
        else:
            path = str(application.root)
            application.open("doctor")
            application.press("Open the &sessions' folder")
        banners = getattr(application.pages, page).findChildren(Banner)
        application.wait(lambda path=path, banners=banners: any(path in one.text for one in banners))  # type: ignore[misc]
        (shown,) = (one for one in banners if path in one.text)
        application.press("Copy the &path", shown)
        assert QGuiApplication.clipboard().text() == path
        application.press("&OK", shown)
        assert shown.text == ""


def test_that_the_report_opens_in_the_language_of_the_window(application: Application) -> None:
    folder = application.root / FINISHED / "report"
    for language in ("en", "ja"):
        (folder / f"report.{language}.html").write_text("<html></html>")
    page = str(folder / f"report.{tr('en')}.html")
    application.show(FINISHED)
    application.press("Open re&port")
    application.wait(lambda: application.opened.paths == [page])
    application.select(FINISHED)
    application.press("Open re&port")
    application.wait(lambda: application.opened.paths == [page, page])


def test_an_opener_that_is_the_program_itself_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opener, "PATIENCE_SECONDS", 0.2)
    program = tmp_path / "xdg-open"
    program.write_text("#!/bin/sh\nexec sleep 2\n")
    program.chmod(0o755)

    assert opener.opened(str(program), tmp_path)
    assert not opener.opened(str(tmp_path / "none"), tmp_path)
