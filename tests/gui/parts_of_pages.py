"""What every page is made of, the plot and the application too, in `tests/gui/parts`: written anew by

    .venv/bin/python tests/gui/parts_of_pages.py

One file a page; of its further states only the lines that differ from the state before. A test holds the pages to it,
so that whatever is lost from one shows. After a change to a page: write, look at `git diff`, commit.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from gui import parts_of_application, parts_of_paintings, parts_of_plot, parts_of_states, screenshots
from helpers import parts_of_page, sample_sessions
from helpers.application import Application
from so8t_gui.desktop import theme
from so8t_gui.i18n.language import Language
from so8t_gui.settings_file import Settings

PARTS = Path(__file__).with_name("parts")
UPDATES = 60  # of the history that is shown


class Parts:
    """Collects the pages as they are walked through: `files` by name."""

    def __init__(self, root: Path) -> None:
        self._root = str(root)
        self._before: dict[str, list[str]] = {}
        self.files: dict[str, str] = {}

    def add(self, state: str, window: QWidget) -> None:
        """`state`: as `screenshots.each` calls it; its first word is the page."""
        if state == "new-keys":  # told by the engine's schema; forms/test_schema_form.py
            return
        if not self.files:
            self._put("window", "window", window)
        page = window.findChild(QStackedWidget).currentWidget()
        self._put(state.partition("-")[0], state, page)

    def _put(self, page: str, state: str, widget: QWidget) -> None:
        lines = parts_of_page.lines_of(widget, ROOT=self._root)
        before, self._before[page] = self._before.get(page), lines
        told = lines if before is None else parts_of_page.differing(before, lines)
        self.files[page] = self.files.get(page, "") + "\n".join([f"# {state}", *told]) + "\n"


def expected(name: str) -> list[str]:
    return (PARTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()


def sessions(root: Path) -> Path:
    sample_sessions.make_all(root)
    screenshots.write_history(root / screenshots.NAME, UPDATES)
    return root


def main() -> None:
    program = QApplication([])
    Language().use("en")
    theme.apply(program, "light")
    with tempfile.TemporaryDirectory() as folder:
        root = sessions(Path(folder) / "sessions")
        parts, pages = Parts(root), screenshots.pages_of(Settings(language="en", theme="light"), root)
        for state, window in screenshots.each(pages, root):
            parts.add(state, window)
        pages.close()
        home = Path(folder) / "home"
        home.mkdir()
        os.environ.update(dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"), str(home)))
        application = Application(program, QtBot(None), home, "en")
        files = {
            **parts.files,
            "plot": parts_of_plot.text(),
            "paintings": parts_of_paintings.text(),
            "states": parts_of_states.text(),
        }
        files["application"] = parts_of_application.text(application.controller)
    for name, text in files.items():
        (PARTS / f"{name}.txt").write_text(text, encoding="utf-8")
        print(PARTS / f"{name}.txt", flush=True)
    os._exit(0)  # at the end of Python the order in which Qt's objects go is not defined


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main()
