"""Opens a file or a folder with the desktop's own program, and says so where nothing opens, with the path to copy."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from so8t_engine.session import results
from so8t_gui.desktop.background import Background
from so8t_gui.i18n.translate import tr
from so8t_gui.widgets.panels import Banner

PATIENCE_SECONDS = 8.0  # an opener still there by then has opened something (some are the program themselves)


class Opener(QObject):
    """What it has to say appears in `message`, a banner of the page, until `forget`."""

    def __init__(self, message: Banner, parent: QObject) -> None:
        super().__init__(parent)
        self._message, self._background = message, Background(self)
        self._said = ""
        self._wanted: Path | None = None  # what is being opened

    def forget(self) -> None:
        """What it was about is no longer shown: what it has said of it goes, and no more is said."""
        self._wanted = None
        if self._said and self._message.text == self._said:
            self._message.quieten()
        self._said = ""

    def open(self, path: Path) -> None:
        """Qt hears of success on Linux before the opener has tried; there it is started here and its end waited for."""
        self._message.quieten()
        self._wanted = path
        program = shutil.which("xdg-open") if sys.platform.startswith("linux") else None
        if not path.exists():
            self._tell(tr("There is no {path} any more.", path=path))
        elif program is not None:
            self._background.run(lambda: opened(program, path), lambda worked: self._tried(path, worked))
        elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._failed(path)

    def open_report(self, session: Path) -> None:
        """The report's page in the window's language; a session of an earlier version has it in English alone."""
        page = session / results.REPORT
        spoken = page.with_name(f"{page.stem}.{tr('en')}{page.suffix}")  # a translation gives its own code
        self.open(spoken if spoken.is_file() else page)

    def _tried(self, path: Path, worked: bool) -> None:
        if not worked and path == self._wanted:
            self._failed(path)

    def _failed(self, path: Path) -> None:
        text = tr("Nothing on this desktop opened {path}. Open it yourself in a file manager or browser.", path=path)
        self._tell(text, copy=(tr("Copy the &path"), lambda: QGuiApplication.clipboard().setText(str(path))))

    def _tell(self, text: str, **buttons: object) -> None:
        self._said = text
        self._message.say("warning", text, **buttons, close=(tr("&OK"), self._message.quieten))  # type: ignore[arg-type]


def opened(program: str, path: Path) -> bool:
    """Whether `program PATH` ends well, or goes on. It outlives the window."""
    try:
        nothing = subprocess.DEVNULL
        child = subprocess.Popen(
            [program, str(path)], stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True
        )
    except OSError:
        return False
    try:
        return child.wait(PATIENCE_SECONDS) == 0
    except subprocess.TimeoutExpired:
        return True
