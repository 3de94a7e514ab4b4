"""What the engine's check says about a configuration and this machine: a message each, the serious ones first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from so8t_engine.plain_text import plain
from so8t_engine.sentences import from_json
from so8t_gui.forms.schema_fields import Keys
from so8t_gui.forms.session_draft import DATASETS
from so8t_gui.i18n.translate import say, tr
from so8t_gui.view.messages import whole
from so8t_gui.widgets.focus_outline import FocusOutline
from so8t_gui.widgets.panels import Banner, heading, quiet

LEVELS = ("error", "warning", "note", "ok")


class Verdict(QWidget):
    """The last check of a draft: `problems` (key, text), and whether the machine is `unfit` for the rest."""

    def __init__(self, open_row: Callable[[Keys], None]) -> None:
        super().__init__()
        self.problems: tuple[tuple[Keys, str], ...] = ()
        self.unfit = False
        self._open_row = open_row
        self._summary = quiet()
        self._findings = Findings()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(heading(tr("Check"), 1.15))
        column.addWidget(self._summary)
        column.addWidget(self._findings, 1)

    @property
    def sentences(self) -> tuple[str, ...]:
        return self._findings.sentences

    def wait(self) -> None:
        """The engine checks; its last findings stay in sight."""
        self._summary.setText(tr("Checking ..."))

    def fail(self, text: str) -> None:
        """There is no verdict, and why; the engine checks again before it starts."""
        self.problems, self.unfit = (), False
        self._summary.setText("")
        self._findings.put([{"level": "error", "what": text}])

    def put(self, answer: Mapping[str, Any], datasets: Sequence[Mapping[str, Any]] = ()) -> None:
        """`problems` (key, sentence) and `findings` (level, what, why, change) of `so8t config check --json`.

        `datasets`: those that were checked.
        """
        self.problems = tuple(
            (tuple(str(problem["key"]).split(".")), say(from_json(problem["sentence"])))
            for problem in answer.get("problems", [])
        )
        findings = list(answer.get("findings", []))
        levels = [finding.get("level") for finding in findings]
        self.unfit = "error" in levels
        errors, warnings = len(self.problems) + levels.count("error"), levels.count("warning")
        buttons = {
            number: (tr("Show"), lambda path=path: self._open_row(path))
            for number, (path, _) in enumerate(self.problems)
        }
        of_keys = [{"level": "error", "what": f"{named(path, datasets)}: {text}"} for path, text in self.problems]
        self._findings.put([*of_keys, *findings], buttons)
        if errors:
            self._summary.setText(tr("To correct before it can run: {n}", n=errors))
        elif warnings:
            self._summary.setText(tr("It can run. To know before: {n}", n=warnings))
        elif "note" in levels:
            unseen = levels.count("note")
            self._summary.setText(tr("What was looked at fits. Not looked at: {n}", n=unseen))
        else:
            self._summary.setText(tr("Everything fits."))


def named(path: Keys, datasets: Sequence[Mapping[str, Any]]) -> str:
    """A key as a person finds it again: a dataset by its name, what is no fault of its path with its own key."""
    if path[:1] != DATASETS or not path[1:] or not path[1].isdecimal() or int(path[1]) >= len(datasets):
        return ".".join(path)
    name = plain(str(datasets[int(path[1])].get("name") or ".".join(path[:2])), most=60)
    return name if path[2:] in ((), ("path",)) else f"{name} ({'.'.join(path[2:])})"


class Findings(QScrollArea):
    """A column of messages, one a finding."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Findings of the check"))
        FocusOutline(self)
        self._texts: tuple[str, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        return self._texts

    def put(
        self, findings: Sequence[Mapping[str, Any]], buttons: Mapping[int, tuple[str, Callable[[], None]]] | None = None
    ) -> None:
        """`findings`: level, what, why, change; `buttons`: by the number of a finding, a label and what it does."""
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(8)
        texts = []
        for number, finding in sorted(enumerate(findings), key=lambda pair: _rank(pair[1])):
            text = whole(finding)
            message = Banner(narrow=True)
            column.addWidget(message)  # what is said to a widget of its own would open a window for it
            extra = {"go": buttons[number]} if buttons and number in buttons else {}
            message.say(str(finding.get("level", "note")), text, **extra)
            texts.append(text)
        column.addStretch(1)
        self._texts = tuple(texts)
        self.setWidget(inner)
        self.setAccessibleDescription("\n".join(texts))


def _rank(finding: Mapping[str, Any]) -> int:
    level = finding.get("level")
    return LEVELS.index(level) if level in LEVELS else len(LEVELS)
