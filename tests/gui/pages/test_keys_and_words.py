"""Every page by keyboard and by ear: reached by Tab, named, one control a letter; Japanese pages are Japanese."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QStackedWidget,
    QTabWidget,
    QWidget,
)

from gui import parts_of_pages, screenshots
from so8t_gui.desktop import theme
from so8t_gui.forms.field_row import FieldRow
from so8t_gui.forms.schema_form import SchemaForm
from so8t_gui.i18n.language import Language
from so8t_gui.i18n.translate import tr
from so8t_gui.pages.doctor import DoctorPage
from so8t_gui.result.answer_view import Said
from so8t_gui.settings_file import Settings
from so8t_gui.widgets.panels import Banner
from so8t_gui.window_pages import WindowPages

LETTER = re.compile(r"(?<!&)&([^&\s])")
WORD = re.compile(r"[A-Za-z][A-Za-z0-9]+")
TECHNICAL = re.compile(
    r"\b(?:SO8T|Phi|PC|GPU|CPU|GB|[KMG]iB|OK|YAML|Hugging Face|ID|alpha|loss|KL|PPO|GRPO|RLOO|PyTorch|pyqtgraph|Qt|CUDA"
    r"|PySide6|Transformers|TRL|PEFT|Datasets|llama|cpp|xllamacpp|Apache|LGPL|MIT|BSD|Clause|jsonl?|[ct]sv|parquet|arrow|zip|txt|xlsx|ods"
    r"|English|Python|torch|cpu|GGUF|CSV|Ollama|LM Studio|Ctrl"
    r"|task|safety|logic|ethics|practical|creative)\b"  # sections, by the names of their tags
    r"|\S+\.gguf|(?m:^(?:- )?\w+(?:: |(?= \()))|列は(?:「[\w ]*」、?)+です"  # a dataset by its name, and its columns
)
KEYS_OF_FILES = re.compile(r"(?:~|/|\w+/)\S*|[a-z0-9]+(?:[-_.][a-z0-9]+)+|\bauto\b|\bdemo\b")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return parts_of_pages.sessions(tmp_path_factory.mktemp("sessions"))


@pytest.fixture(params=["en", "ja"])
def tongue(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def pages(qapp: QApplication, root: Path, tongue: str) -> Iterator[WindowPages]:
    language = Language()
    language.use(tongue)
    theme.apply(qapp, "light")
    made = screenshots.pages_of(Settings(language=tongue, theme="light"), root)
    yield made
    made.close()
    language.use("en")


def focusable(window: QWidget) -> list[QWidget]:
    """What Tab should reach: seen, not greyed out, not the inside of another control."""
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or not widget.isEnabled() or widget.focusProxy() is not None:
            continue
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not inner(widget):
            found.append(widget)
    return found


def inner(widget: QWidget) -> bool:
    return isinstance(widget.parent(), (QAbstractSpinBox, QComboBox)) or widget.objectName().startswith("qt_")


def by_tab(window: QWidget) -> list[QWidget]:
    """The controls in the order of Tab; of a group of radio buttons the chosen one stands for all."""
    order, widget = [], window.nextInFocusChain()
    while widget is not window:
        order.append(widget)
        widget = widget.nextInFocusChain()
    return order


def mnemonics(window: QWidget) -> list[str]:
    """The letters that Alt reaches, with what they do."""
    texts = [w.text() for w in window.findChildren(QAbstractButton) if w.isVisible() and w.isEnabled()]
    texts += [w.text() for w in window.findChildren(QLabel) if w.isVisible() and w.buddy() is not None]
    texts += [w.title() for w in window.findChildren(QGroupBox) if w.isVisible()]
    for tabs in window.findChildren(QTabWidget):
        texts += [tabs.tabText(place) for place in range(tabs.count()) if tabs.isVisible()]
    return [found[1].upper() for text in texts if (found := LETTER.search(text))]


def letters(page: QWidget) -> list[tuple[str, str, QWidget]]:
    """Of all its controls, seen or not: letter, label, control."""
    controls: list[tuple[str, QWidget]] = [(one.text(), one) for one in page.findChildren(QAbstractButton)]
    controls += [(one.text(), one) for one in page.findChildren(QLabel) if one.buddy() is not None]
    for tabs in page.findChildren(QTabWidget):
        controls += [(tabs.tabText(place), tabs) for place in range(tabs.count())]
    return [(found[1].upper(), text, one) for text, one in controls if (found := LETTER.search(text))]


def seen_in_turn(first: QWidget, second: QWidget) -> bool:
    """Whether they stand on two leaves of a stack, of which one is seen."""
    above: list[list[QWidget]] = []
    for at in (first, second):
        above.append([])
        while (at := at.parentWidget()) is not None:
            above[-1].append(at)
    return any(
        isinstance(one, QStackedWidget) and leaf(one, first) != leaf(one, second) for one in above[0] if one in above[1]
    )


def leaf(stack: QStackedWidget, widget: QWidget) -> int:
    return next(
        place
        for place in range(stack.count())
        if stack.widget(place).isAncestorOf(widget) or stack.widget(place) is widget
    )


NEVER_TOGETHER = {("&Pause", "Open re&port")}  # of a run that goes on, and of a finished one


def no_letter_has_two_controls(pages: WindowPages) -> None:
    """Whatever is seen at the moment; what stands beside every page counts as part of it."""
    beside = [one for one in letters(pages.window) if not pages.window._stack.isAncestorOf(one[2])]
    allowed = {frozenset(tr(label) for label in pair) for pair in NEVER_TOGETHER}
    for name in ("run", "sessions", "new", "settings", "doctor", "welcome"):
        for (letter, text, one), (other, again, another) in combinations([*beside, *letters(getattr(pages, name))], 2):
            twice = letter == other and text != again and not seen_in_turn(one, another)
            assert not twice or frozenset((text, again)) in allowed, f"{name}: {text!r}, {again!r}"
    assert not any(
        LETTER.search(button.text())
        for banner in pages.window.findChildren(Banner)
        for button in banner.findChildren(QAbstractButton)
    )


def test_every_page_serves_keys_and_ears_in_its_language(pages: WindowPages, root: Path, tongue: str) -> None:
    """One walk through the pages for all of it: to draw them takes longer than to look at them."""
    parts = parts_of_pages.Parts(root)
    for name, window in screenshots.each(pages, root):
        if tongue == "en":
            parts.add(name, window)
        is_named_and_reached_by_tab(window, name)
        leads_out(window, name)
        goes_down(pages, window, name)
        twice = [letter for letter, times in Counter(mnemonics(window)).items() if times > 1]
        assert not twice, f"{name}: {twice}"
        if tongue == "ja":
            is_japanese(window, name)
    no_letter_has_two_controls(pages)
    if tongue == "en" and sys.platform == "linux":  # elsewhere some keys are others
        nothing_was_lost(parts)


def nothing_was_lost(parts: parts_of_pages.Parts) -> None:
    """Nor came without being looked at: `parts_of_pages` writes down anew what the pages are made of."""
    for page, text in parts.files.items():
        assert text.splitlines() == parts_of_pages.expected(page), page


def is_named_and_reached_by_tab(window: QWidget, name: str) -> None:
    wanted = focusable(window)
    assert wanted, name
    order = by_tab(window)
    for widget in wanted:
        said = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
        assert said.strip(), f"{name}: {type(widget).__name__} {widget.parent()} has no name"
        assert widget in order, f"{name}: {said} is not reached"


def leads_out(window: QWidget, name: str) -> None:
    """A part that hands its focus on takes Tab back into itself, unless it stands right before what it hands it to."""
    order = by_tab(window)
    for place, widget in enumerate(order):
        proxy = widget.focusProxy()
        if proxy is None or proxy.isAncestorOf(widget) or not proxy.focusPolicy() & Qt.FocusPolicy.TabFocus:
            continue
        stops = (one for one in order[place + 1 :] if one.focusPolicy() & Qt.FocusPolicy.TabFocus and not inner(one))
        assert next((one for one in stops if one.isVisible()), None) in (proxy, None) or inner(proxy), (name, widget)


def goes_down(pages: WindowPages, window: QWidget, name: str) -> None:
    """From the list of pages to the page; on it from above to below, within what stands side by side."""
    order = by_tab(window)
    wanted = sorted(focusable(pages.window.centralWidget()), key=order.index)
    page = [widget for widget in wanted if pages.window._stack.isAncestorOf(widget)]
    tops = [widget.mapTo(window, widget.rect().center()).y() for widget in page]
    lefts = [widget.mapTo(window, widget.rect().topLeft()).x() for widget in page]
    back = [
        (page[i].accessibleName(), page[i + 1].accessibleName())
        for i in range(len(page) - 1)
        if tops[i + 1] < tops[i] - 40 and lefts[i + 1] <= lefts[i]
    ]
    assert not back, f"{name}: Tab jumps up from {back}"
    if name.startswith("new"):  # its form is made when the engine has told its keys
        assert page[-1].accessibleName() == tr("&Start").replace("&", ""), name


def is_japanese(window: QWidget, name: str) -> None:
    """What the engine says too. Keys of a configuration, and words that are its values, are as the file has them."""
    for text in sentences(window):
        bare = TECHNICAL.sub(" ", KEYS_OF_FILES.sub(" ", text))
        english = WORD.findall(bare)
        assert not english, f"{name}: {english} in {text!r}"


def sentences(window: QWidget) -> Iterator[str]:
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or within(widget, SchemaForm, Said):  # Said: words of the data
            continue
        if isinstance(widget, (QLabel, QAbstractButton)):
            yield re.sub(r"<[^>]*>", "", widget.text())
        elif isinstance(widget, QPlainTextEdit) and not within(widget, DoctorPage):
            yield from widget.toPlainText().splitlines()
        elif isinstance(widget, QLineEdit):
            yield widget.placeholderText()
        elif isinstance(widget, QComboBox) and not within(widget, FieldRow):
            yield widget.currentText()
        yield widget.accessibleName()
        if not within(widget, FieldRow):  # its values and its hint are the configuration's own
            yield widget.toolTip()


def within(widget: QWidget, *kinds: type[QWidget]) -> bool:
    at: QWidget | None = widget
    while at is not None and not isinstance(at, kinds):
        at = at.parentWidget()
    return at is not None
