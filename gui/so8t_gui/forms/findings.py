"""What the engine's check says about a configuration and this machine: a message each, the serious ones first."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from so8t_engine.plain_text import plain
from so8t_engine.sentences import from_json
from so8t_gui.forms import columns_text
from so8t_gui.forms.schema_fields import Keys
from so8t_gui.forms.session_draft import DATASETS
from so8t_gui.i18n.translate import say, tr
from so8t_gui.view.messages import whole
from so8t_gui.widgets.focus_outline import CLEAR, FocusOutline
from so8t_gui.widgets.panels import Banner, heading, quiet

Buttons = Mapping[str, tuple[str, Callable[[], None]]]  # a label and what it does, by name
KEY = re.compile(r"\b[a-z][a-z_0-9]*(?:\.[a-z][a-z_0-9]*)+|^[a-z][a-z_0-9]*(?=: )")  # of one word: only where it leads
UNSEEN = ("doctor.not_looked_at", "doctor.data_too_large")  # why something is no more than a note
MINOR = ("doctor.alpha_leaps",)  # behind all else of their level
LEVELS = ("error", "warning", "note", "ok")


class Verdict(QWidget):
    """The last check of a draft: `problems` (key, text), and whether the machine is `unfit` for the rest."""

    def __init__(self, open_row: Callable[[Keys], None], change: Callable[[Keys, Mapping[str, Any]], None]) -> None:
        """`change(key, values)`: what the engine proposes for the dataset that this key is about."""
        super().__init__()
        self.problems: tuple[tuple[Keys, str], ...] = ()
        self.unfit = False
        self.stale = False  # it was about other data than there are now
        self._checked: Sequence[Mapping[str, Any]] | None = None
        self._open_row, self._change = open_row, change
        self._proposed: dict[Keys, dict[str, Any]] = {}
        self._mistakes: dict[Keys, str] = {}
        self._listed: list[Mapping[str, Any]] = []
        self._datasets: Sequence[Mapping[str, Any]] = ()
        self._labels: Mapping[str, str] = {}
        self._summary = quiet()
        self._findings = Findings()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(heading(tr("Check"), 1.15))
        column.addWidget(self._summary)
        column.addWidget(self._findings, 1)

    def hasHeightForWidth(self) -> bool:
        """A box takes the height that it would like to have for one that it must have, and lays it on what is above."""
        return False

    @property
    def sentences(self) -> tuple[str, ...]:
        return self._findings.sentences

    def put_labels(self, labels: Mapping[str, str]) -> None:
        """Of every key that the form shows: what stands beside it there, empty where that is the key itself."""
        self._labels = labels

    def wait(self) -> None:
        """The engine checks; its last findings stay in sight."""
        self._summary.setText(tr("Checking ..."))

    def follow(self, datasets: Sequence[Mapping[str, Any]]) -> None:
        """Other data than those that were checked may be anything: what was found right says nothing of them."""
        self.stale = self._checked is not None and list(self._checked) != list(datasets)
        if self.stale:
            self._listed = [finding for finding in self._listed if finding.get("level") != "ok"]
            self._put()
            self.wait()

    def forget(self) -> None:
        """Of another source nothing is known yet."""
        self._checked, self.stale = None, False
        self.problems, self.unfit, self._listed = (), False, []
        self._put()

    def fail(self, text: str) -> None:
        """There is no verdict, and why; the engine checks again before it starts."""
        self._checked, self.stale = None, False
        self.problems, self.unfit, self._listed = (), False, [{"level": "error", "what": text}]
        self._put()
        self._summary.setText("")

    def put_mistakes(self, mistakes: Mapping[Keys, str]) -> None:
        """What is typed and is no value, by key; it stands before what the engine says of the rest."""
        if dict(mistakes) != self._mistakes:
            self._mistakes = dict(mistakes)
            self._put()
            if self._summary.text() != tr("Checking ..."):
                self._sum_up()

    def put(self, answer: Mapping[str, Any], datasets: Sequence[Mapping[str, Any]] = ()) -> None:
        """`problems` (key, sentence) and `findings` (level, what, why, change) of `so8t config check --json`.

        `datasets`: those that were checked.
        """
        problems = [
            (tuple(str(problem["key"]).split(".")), from_json(problem["sentence"]))
            for problem in answer.get("problems", [])
        ]
        self.problems = tuple((path, say(why)) for path, why in problems)
        self._proposed = {path: columns_text.proposed(why) for path, why in problems}
        self._checked, self.stale = datasets, False
        self._datasets, self._listed = datasets, list(answer.get("findings", []))
        self.unfit = "error" in [finding.get("level") for finding in self._listed]
        self._put()
        self._sum_up()

    def _put(self) -> None:
        of_keys = (*self._mistakes.items(), *self.problems)
        paths = [*(path for path, _ in of_keys), *map(self._of_finding, self._listed)]
        buttons = {number: self._buttons(path) for number, path in enumerate(paths) if any(path)}
        said = [{"level": "error", "what": self._of_key(path, text)} for path, text in of_keys]
        self._findings.put([*said, *self._listed], buttons, self._labels)

    def _of_key(self, path: Keys, text: str) -> str:
        return f"{named(path, self._datasets)}: {text}" if any(path) else text

    def _of_finding(self, finding: Mapping[str, Any]) -> Keys:
        """The dataset that it proposes to read otherwise, or the first key that it names, or the dataset that something
        is the matter with; () where it has none of these.
        """
        keys = (key for key in KEY.findall(whole(finding)) if key in self._labels)
        key = tuple(next(keys, "").split(".") if self._labels else ())
        dataset, proposed = self._dataset_of(finding), columns_text.proposed(from_json(finding.get("why")))
        if dataset and proposed:
            self._proposed[dataset] = proposed
            return dataset
        return key if any(key) or finding.get("level") == "ok" else dataset

    def _dataset_of(self, finding: Mapping[str, Any]) -> Keys:
        """Its path's key; () of a finding about none."""
        what, names = from_json(finding.get("what")), [dataset.get("name") for dataset in self._datasets]
        name = what.args.get("name", what.args.get("source"))
        return (*DATASETS, str(names.index(name)), "path") if name in names else ()

    def _buttons(self, path: Keys) -> Buttons:
        show = {"go": (tr("Show"), lambda: self._open_row(path))}
        values = self._proposed.get(path)
        if not values:
            return show
        return {"change": (tr("Use these columns"), lambda: self._change(path, values)), **show}

    def _sum_up(self) -> None:
        levels = [finding.get("level") for finding in self._listed]
        errors = len(self._mistakes) + len(self.problems) + levels.count("error")
        unseen = sum(from_json(finding.get("why")).code in UNSEEN for finding in self._listed)
        if errors:
            self._summary.setText(tr("To correct before it can run: {n}", n=errors))
        elif "warning" in levels and unseen:
            known = levels.count("warning")
            self._summary.setText(tr("Warnings: {n}. Not looked at: {unseen}", n=known, unseen=unseen))
        elif "warning" in levels:
            self._summary.setText(tr("It can run. Warnings: {n}", n=levels.count("warning")))
        elif unseen:
            self._summary.setText(tr("What was looked at fits. Not looked at: {n}", n=unseen))
        else:
            self._summary.setText(tr("No problems found."))


def named(path: Keys, datasets: Sequence[Mapping[str, Any]]) -> str:
    """A key as a person finds it again: a dataset by its name, what is no fault of its path with its own key."""
    if path[:1] != DATASETS or not path[1:] or not path[1].isdecimal() or int(path[1]) >= len(datasets):
        return ".".join(path)
    name = plain(str(datasets[int(path[1])].get("name") or ".".join(path[:2])), most=60)
    key = ".".join(path[2:])
    return name if key in ("", "path") else f"{name} ({column_labels().get(key, key)})"


def column_labels() -> dict[str, str]:
    """What stands above the keys of a dataset, where that is a word of its own."""
    return {
        "name": tr("Name"), "adapter": tr("Read as"), "columns": tr("Columns"), "max_rows": tr("Rows at most"),
        "use": tr("Only to evaluate"),
    }  # fmt: skip


def with_labels(text: str, labels: Mapping[str, str]) -> str:
    """Keys are told by what stands beside them in the form, and stay in brackets: a file has them."""
    return KEY.sub(lambda found: f"{labels[found[0]]} ({found[0]})" if labels.get(found[0]) else found[0], text)


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
        self, findings: Sequence[Mapping[str, Any]], buttons: Mapping[int, Buttons] | None = None,
        labels: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        """`findings`: level, what, why, change; `buttons`: by the number of a finding; `labels`: by key."""
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(CLEAR, CLEAR, 6, CLEAR)
        column.setSpacing(8)
        texts = []
        for number, finding in sorted(enumerate(findings), key=lambda pair: _rank(pair[1])):
            text = with_labels(whole(finding), labels or {})
            message = Banner(narrow=True)
            column.addWidget(message)  # what is said to a widget of its own would open a window for it
            message.say(str(finding.get("level", "note")), text, **(buttons or {}).get(number, {}))
            texts.append(text)
        column.addStretch(1)
        self._texts = tuple(texts)
        self.setWidget(inner)
        self.setAccessibleDescription("\n".join(texts))


def _rank(finding: Mapping[str, Any]) -> tuple[int, bool]:
    level = finding.get("level")
    minor = from_json(finding.get("what")).code in MINOR
    return (LEVELS.index(level) if level in LEVELS else len(LEVELS)), minor
