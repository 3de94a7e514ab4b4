"""The check of a new session: problems of keys and findings, said in the window's language, as text."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from so8t_engine.config import file as config_file
from so8t_engine.sentences import sentence, to_json
from so8t_gui.forms.findings import Findings, Verdict, named
from so8t_gui.forms.preset_descriptions import DESCRIPTIONS, described, description
from so8t_gui.i18n.language import Language
from so8t_gui.widgets.panels import Banner

FULL = to_json(sentence("disk.full", path="/x", error="28"))


@pytest.fixture
def language(qapp: QObject) -> Iterator[Language]:
    made = Language()
    made.use("ja")
    yield made
    made.use("en")


@pytest.fixture
def verdict(qtbot: QtBot) -> Verdict:
    made = Verdict(lambda path: None, lambda path, values: None)
    qtbot.addWidget(made)
    return made


def test_problems_and_findings_are_said_in_the_users_language(language: Language, verdict: Verdict) -> None:
    verdict.put({
        "problems": [{"key": "ppo.kl_coef", "sentence": FULL}],
        "findings": [{"level": "error", "what": FULL, "why": None, "change": to_json(sentence("action.disk_full"))}],
    })  # fmt: skip

    assert verdict.problems == ((("ppo", "kl_coef"), "ディスクがいっぱいです。/x: 28"),) and verdict.unfit
    assert verdict.sentences[0] == "ppo.kl_coef: ディスクがいっぱいです。/x: 28"
    assert verdict.sentences[1].startswith("ディスクがいっぱいです。/x: 28") and "再開" in verdict.sentences[1]


def test_how_alpha_ends_is_told_behind_what_is_said_of_the_data(qapp: QObject, verdict: Verdict) -> None:
    alpha = to_json(sentence("doctor.alpha_leaps", updates=4, last="0.447", final="0.382"))
    notes = [alpha, "It learns from your data."]
    verdict.put({"problems": [], "findings": [{"level": "note", "what": what} for what in notes]})

    assert verdict.sentences[0] == "It learns from your data." and "0.447" in verdict.sentences[1]


def test_plain_words_are_taken_as_they_are_and_never_as_html(qapp: QObject, verdict: Verdict) -> None:
    verdict.put(
        {"problems": [], "findings": [{"level": "warning", "what": "<b>No GPU.</b>", "why": "", "change": "Buy."}]}
    )

    assert verdict.sentences == ("<b>No GPU.</b> Buy.",) and not verdict.unfit
    labels = [label for label in verdict.findChildren(QLabel) if "No GPU" in label.text()]
    assert labels and all(label.textFormat() == Qt.TextFormat.PlainText for label in labels)


def test_every_preset_is_described_in_the_users_language(qapp: QObject) -> None:
    presets = {name: config_file.load_preset(name).description for name, _ in config_file.presets()}

    assert set(presets.values()) == {str(sentence) for sentence in DESCRIPTIONS}
    assert all(description(about).code == f"presets.{name}" for name, about in presets.items())
    assert str(description("My own run.")) == "My own run."
    for name, about in presets.items():  # as older engines answer, and as this one does
        assert described(about).code == described(to_json(sentence(f"presets.{name}"))).code == f"presets.{name}"


class _Windows(QObject):
    """How many windows open while it watches."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[QWidget] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.opened.append(watched)
        return False


def test_that_no_finding_is_for_a_moment_a_window_of_its_own(qapp: QApplication, verdict: Verdict) -> None:
    """They took the focus, and closed a list that was open."""
    verdict.show()
    windows = _Windows()
    qapp.installEventFilter(windows)
    verdict.put({"problems": [{"key": "seed", "sentence": FULL}], "findings": [{"level": "warning", "what": FULL}]})
    qapp.processEvents()
    qapp.removeEventFilter(windows)

    assert windows.opened == []


def test_keys_are_told_by_their_labels_and_shown_wherever_they_are_named(qtbot: QtBot) -> None:
    """The check spoke of `ppo.total_episodes`, the page of Episodes, and nothing led from one to the other."""
    opened: list[tuple[str, ...]] = []
    verdict = Verdict(opened.append, lambda path, values: None)
    qtbot.addWidget(verdict)
    verdict.show()
    verdict.put_labels({"name": "Name", "ppo.total_episodes": "Episodes", "ppo.batch_size": ""})
    few = to_json(sentence("doctor.fewer_episodes_than_a_batch", episodes=32, batch=128))
    problem = {"key": "name", "sentence": to_json(sentence("disk.full", path="name", error="28"))}
    rows = {"key": "datasets.0.max_rows", "sentence": FULL}
    other = {"level": "note", "what": "A file whose name is not.a.key", "why": "", "change": ""}
    finding = {"level": "error", "what": few, "why": None, "change": None}
    verdict.put({"problems": [problem, rows], "findings": [finding, other]}, [{"name": "think"}])
    assert verdict.sentences == (
        "Name (name): The disk is full. name: 28",
        "think (Rows at most): The disk is full. /x: 28",
        "Episodes (ppo.total_episodes) is 32, fewer than the 128 episodes of one iteration (ppo.batch_size).",
        "A file whose name is not.a.key",
    )
    for button in verdict.findChildren(QPushButton, "go"):
        button.click()
    assert opened == [("name",), ("datasets", "0", "max_rows"), ("ppo", "total_episodes")]


def test_how_it_looks_is_said_in_a_sentence(verdict: Verdict) -> None:
    def summary(*levels: str, why: object = "", problems: int = 0) -> str:
        findings = [{"level": level, "what": FULL, "why": why} for level in levels]
        verdict.put({"problems": [{"key": "seed", "sentence": FULL}] * problems, "findings": findings})
        return verdict._summary.text()

    assert summary("ok") == "No problems found." == summary()
    assert summary("ok", "warning", "warning") == "It can run. Warnings: 2"
    unseen = to_json(sentence("doctor.not_looked_at"))
    assert summary("warning", "note", why=unseen) == "Warnings: 1. Not looked at: 2"
    assert summary("note", why=unseen) == "What was looked at fits. Not looked at: 1"
    assert summary("error", "warning", problems=2) == "To correct before it can run: 3" and verdict.unfit
    assert summary(problems=1) == "To correct before it can run: 1" and not verdict.unfit
    verdict.put_mistakes({("lr",): "No number."})
    assert verdict._summary.text() == "To correct before it can run: 2"
    assert verdict.sentences[0] == "lr: No number."
    verdict.wait()
    verdict.put_mistakes({})
    assert verdict._summary.text() == "Checking ..." and len(verdict.sentences) == 1
    verdict.fail("It could not be asked.")
    assert (verdict._summary.text(), verdict.sentences) == ("", ("It could not be asked.",)) and not verdict.problems
    summary("error", problems=1)
    verdict.forget()
    assert verdict.sentences == () and not verdict.problems and not verdict.unfit


def test_the_worst_stands_first_and_what_is_not_known_last(qtbot: QtBot) -> None:
    shown = Findings()
    qtbot.addWidget(shown)
    levels = ("odd", "ok", "note", "warning", "error", "warning")
    shown.put([{"level": level, "what": f"{n}."} for n, level in enumerate(levels)])
    order = [int(text[0]) for text in shown.sentences]
    assert order[:3] == [4, 3, 5] and order[-1] == 0
    assert shown.accessibleDescription().splitlines() == list(shown.sentences)
    banners = shown.findChildren(Banner)
    assert [banner.text for banner in banners] == list(shown.sentences)


def test_each_key_leads_to_its_field_and_what_is_about_none_does_not(qtbot: QtBot) -> None:
    shown = list[tuple[str, ...]]()
    verdict = Verdict(shown.append, lambda *_: None)
    qtbot.addWidget(verdict)
    verdict.put_labels({"ppo.seed": "Seed", "lr": ""})
    verdict.put_mistakes({("lr",): "No number."})
    found = [{"level": "warning", "what": "Look at ppo.seed and lr."}, {"level": "note", "what": "Nothing."}]
    verdict.put({"problems": [{"key": "ppo.seed", "sentence": FULL}, {"key": "", "sentence": FULL}], "findings": found})
    for button in [one for one in verdict.findChildren(QPushButton) if not one.isHidden()]:
        button.click()
    assert shown == [("lr",), ("ppo", "seed"), ("ppo", "seed")]
    assert verdict.sentences == (
        "lr: No number.", "Seed (ppo.seed): The disk is full. /x: 28", "The disk is full. /x: 28",
        "Look at Seed (ppo.seed) and lr.", "Nothing.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("seed", "seed"), ("datasets", "datasets"), ("datasets.x", "datasets.x"), ("datasets.2.use", "datasets.2.use"),
        ("datasets.0.path", "maths"), ("datasets.0", "maths"), ("datasets.0.max_rows", "maths (Rows at most)"),
        ("datasets.0.split", "maths (split)"), ("datasets.1.path", "datasets.1"),
    ],
)  # fmt: skip
def test_a_dataset_is_told_by_its_name(qapp: QObject, path: str, said: str) -> None:
    assert named(tuple(path.split(".")), [{"name": "maths"}, {}]) == said


@pytest.mark.parametrize(("level", "led"), [("ok", []), ("warning", [("datasets", "1", "path")])])
def test_what_is_the_matter_with_a_dataset_leads_to_it(qtbot: QtBot, level: str, led: list[tuple[str, ...]]) -> None:
    shown = list[tuple[str, ...]]()
    verdict = Verdict(shown.append, lambda *_: None)
    qtbot.addWidget(verdict)
    about = to_json(sentence("commands.named", session="x", name="maths"))
    verdict.put({"findings": [{"level": level, "what": about}]}, [{"name": "a"}, {"name": "maths"}])
    for button in [one for one in verdict.findChildren(QPushButton) if not one.isHidden()]:
        button.click()
    assert shown == led
    verdict.put({"findings": [{"level": level, "what": about}]}, [{"name": "a"}])
    assert not [one for one in verdict.findChildren(QPushButton) if one.isVisibleTo(verdict)]


def test_a_finding_about_a_dataset_that_names_a_key_leads_to_the_key(qtbot: QtBot) -> None:
    shown = list[tuple[str, ...]]()
    verdict = Verdict(shown.append, lambda *_: None)
    qtbot.addWidget(verdict)
    verdict.put_labels({"ppo.seed": ""})
    about = to_json(sentence("commands.named", session="ppo.seed", name="maths"))
    verdict.put({"findings": [{"level": "warning", "what": about}]}, [{"name": "maths"}])
    for button in [one for one in verdict.findChildren(QPushButton) if one.isVisibleTo(verdict)]:
        button.click()
    assert shown == [("ppo", "seed")]
