"""A page as a text that people can read: each part that is seen, in its layout, with all that was set on it.

What was set is what differs from a new widget of the same Qt class: words, signs, tool tips, names for screen readers,
whether it can be used, wraps, is reached by Tab, how it grows. `clicked!` means that somebody listens to that signal,
`clicked!2` that two do. No sizes, fonts, colours or clocks of this machine.
"""

from __future__ import annotations

import difflib
import re
import zlib
from collections.abc import Iterator
from enum import Enum
from functools import cache
from itertools import groupby
from typing import Any

from PySide6.QtCore import QMetaMethod, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QFont, QIcon, QPixmap, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QBoxLayout,
    QComboBox,
    QFormLayout,
    QGridLayout,
    QLabel,
    QLayout,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QTableView,
    QTabWidget,
    QWidget,
)

from so8t_gui.widgets import status_icons
from so8t_gui.widgets.flow_layout import FlowLayout

LOOKED_AT = {  # properties of Qt, by the word for them
    "accessibleName": "name", "accessibleDescription": "about", "toolTip": "tip", "placeholderText": "hint",
    "title": "title", "enabled": "enabled", "checked": "checked", "checkable": "checkable", "readOnly": "readOnly",
    "sizePolicy": "grows", "maximumWidth": "widest", "wordWrap": "wraps",
    "textInteractionFlags": "allows", "styleSheet": "style", "pixmap": "sign", "icon": "sign",
    "acceptDrops": "drops", "default": "default", "flat": "flat", "value": "value", "textVisible": "textVisible",
    "orientation": "orientation", "currentIndex": "current", "documentMode": "documentMode", "drawBase": "drawBase",
    "expanding": "expanding", "widgetResizable": "resizable", "horizontalScrollBarPolicy": "sideways",
    "verticalScrollBarPolicy": "upright", "tabChangesFocus": "tabLeaves", "lineWrapMode": "lineWrap",
    "maximumBlockCount": "lines", "alternatingRowColors": "striped", "selectionBehavior": "selects",
    "selectionMode": "selection", "showGrid": "grid", "sortingEnabled": "sorts", "tabKeyNavigation": "tabInside",
    "verticalScrollMode": "scrolls", "editTriggers": "edits", "clearButtonEnabled": "clearable",
    "childrenCollapsible": "collapses", "autoFillBackground": "filled", "undoRedoEnabled": "undo",
    "autoDefault": "auto", "indent": "indent", "openExternalLinks": "links", "contextMenuPolicy": "menu",
    "minimum": "least",
    "specialValueText": "special", "suffix": "suffix", "hideOnClick": "hides", "editable": "editable",
    "maximum": "most", "maxLength": "longest", "textElideMode": "shortens",
    "autoRaise": "autoRaise", "defaultDropAction": "dropAction", "invertedAppearance": "inverted",
    "wordWrapMode": "wrapsAt", "cornerButtonEnabled": "corner", "elideMode": "shortensTabs",
}  # fmt: skip
CALLED = {"focusPolicy": "focus", "frameShape": "frame", "alignment": "at"}  # asked of the widget: flags by name
ELSEWHERE = (
    "HardwareStrip",
    "Verdict",
    "SchemaForm",
    "GraphicsLayoutWidget",
    "TallPage",
)  # of the machine, or told apart
QUIET = ("destroyed", "objectNameChanged")
WHEN = re.compile(r"\d{1,4}\D\d{1,2}\D\d{2,4},?\s\d{1,2}:\d\d(?:\s[AP]M)?")


def lines_of(page: QWidget, **instead: str) -> list[str]:
    """`instead`: what another run would call otherwise, by the word that stands for it here."""
    text = WHEN.sub("WHEN", "\n".join(_widget(page, 0)))
    for word, real in instead.items():
        text = text.replace(real, word)
    folded: list[str] = []
    for line, same in groupby(text.splitlines()):
        count = len(list(same))
        folded.append(line if count == 1 else f"{line} x {count}")
    return folded


def differing(before: list[str], after: list[str]) -> list[str]:
    """The lines that went (-) and came (+)."""
    lines = list(difflib.unified_diff(before, after, n=0, lineterm=""))[2:]
    return [line for line in lines if not line.startswith("@@")]


def listeners(thing: QObject, new: QObject | None = None) -> Iterator[str]:
    """The signals of a thing that somebody listens to, those left out that Qt itself does in a `new` one."""
    counts = dict[str, int]()
    for name, signature in _signals(type(thing)):
        count = thing.receivers(signature)
        if count and new:
            count -= new.receivers(signature)
        counts[name] = max(count, counts.get(name, 0))
    return (f"{name}!{count if count > 1 else ''}" for name, count in counts.items() if count > 0)


@cache
def _signals(kind: type[QObject]) -> tuple[tuple[str, str], ...]:
    """By name, each with what it takes as Qt's macro SIGNAL writes it."""
    meta = kind.staticMetaObject
    methods = [meta.method(place) for place in range(meta.methodCount())]
    signals = [method for method in methods if method.methodType() == QMetaMethod.MethodType.Signal]
    named = [(bytes(one.name().data()).decode(), bytes(one.methodSignature().data()).decode()) for one in signals]
    return tuple((name, f"2{signature}") for name, signature in named if name not in QUIET)


def _widget(widget: QWidget, depth: int) -> Iterator[str]:
    kind = type(widget).__name__
    if widget.isHidden() and depth:
        yield f"{' ' * depth}{kind} hidden"
        return
    if kind in ELSEWHERE and depth:
        yield f"{' ' * depth}{kind} {widget.accessibleName()!r} ..."
        return
    yield f"{' ' * depth}{' '.join([kind, *_facts(widget)])}"
    yield from (f"{' ' * (depth + 1)}{line}" for line in _held(widget))
    layout = widget.layout()
    if isinstance(widget, (QTabWidget, QStackedWidget)):
        yield from _widget(widget.currentWidget(), depth + 1)
    elif isinstance(widget, QSplitter):
        for place in range(widget.count()):
            yield from _widget(widget.widget(place), depth + 1)
    elif isinstance(widget, QScrollArea):
        inner: QWidget | None = widget.widget()
        yield from _widget(inner, depth + 1) if inner is not None else ()
    elif layout is not None and not isinstance(widget, (QComboBox, QAbstractSpinBox, QTabBar, QLabel)):
        yield from _layout(layout, depth + 1)


def _layout(layout: QLayout, depth: int) -> Iterator[str]:
    edges = layout.contentsMargins()
    margins = (edges.left(), edges.top(), edges.right(), edges.bottom())
    right = f", {layout._right} at the right" if isinstance(layout, FlowLayout) and layout._right else ""
    kind = type(layout).__name__.removeprefix("Q").removesuffix("Layout")
    yield f"{' ' * depth}[{kind} {_gaps(layout)} {margins}{right}]{_side(layout.alignment())}"
    for place in range(layout.count()):
        item = layout.itemAt(place)
        share = layout.stretch(place) if isinstance(layout, QBoxLayout) else 0
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            lines = _layout(inner, depth + 1)
        elif widget is not None:
            lines = _widget(widget, depth)
        else:
            lines = iter([f"{' ' * depth}- space"])
        grows = isinstance(layout, FlowLayout) and widget is not None and widget is layout._growing
        told = (f" stretch={share}" if share else "") + (" grows" if grows else "")
        yield next(lines) + told + _side(item.alignment() if widget else None)
        yield from lines


def _gaps(layout: QLayout) -> str:
    """And what else a form or a grid was told."""
    if isinstance(layout, QFormLayout):
        told = (layout.rowWrapPolicy(), layout.fieldGrowthPolicy(), layout.labelAlignment())
        gaps = f"{layout.horizontalSpacing()}/{layout.verticalSpacing()}"
        return " ".join([gaps, *(_said(value) for value in told)])
    if isinstance(layout, QGridLayout):
        shares = [layout.columnStretch(column) for column in range(layout.columnCount())]
        return f"{layout.horizontalSpacing()}/{layout.verticalSpacing()} {shares}"
    return str(layout.spacing())


def _side(alignment: Qt.AlignmentFlag | None) -> str:
    return f" at={_said(alignment)}" if alignment else ""


def _facts(widget: QWidget) -> Iterator[str]:
    """What is particular to it."""
    words = _said(widget.property("text")) if not isinstance(widget, QPlainTextEdit) else ""
    plain = words.replace("&", "")
    if words:
        yield words
    kind = _qt_class(type(widget))
    new = _new(kind)
    properties, called = _usual(kind)
    for name, word, before in properties:
        value = _said(widget.property(name))
        if value != before and value not in ("", plain):
            yield f"{word}={value}"
    for name, word, before in called:
        value = _said(getattr(widget, name)())
        if value != before:
            yield f"{word}={value}"
    if widget.minimumWidth() == widget.maximumWidth():
        yield "fixed"
    yield from _sizes(widget, new)
    yield from _letters(widget.font(), new.font())
    if widget.foregroundRole() != new.foregroundRole():
        yield f"ink={widget.foregroundRole().name}"
    if widget.backgroundRole() != new.backgroundRole():
        yield f"ground={widget.backgroundRole().name}"
    if widget.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents):
        yield "not clicked"
    if isinstance(widget, QAbstractScrollArea) and not widget.viewport().autoFillBackground():
        yield "seen through"
    if widget.property("main"):
        yield "main"
    buddy = widget.buddy() if isinstance(widget, QLabel) else None
    if buddy is not None:
        yield f"names={type(buddy).__name__}"
    yield from listeners(widget, new)


def _sizes(widget: QWidget, new: QWidget) -> Iterator[str]:
    """That there is a least or a fixed one: how much it is, is the font's."""
    if not widget.isWindow():
        yield from (["kept wide"] if widget.minimumWidth() > new.minimumWidth() else [])
        yield from (["kept high"] if widget.minimumHeight() > new.minimumHeight() else [])
    yield from (["kept low"] if widget.maximumHeight() < new.maximumHeight() else [])
    if widget.sizePolicy().retainSizeWhenHidden():
        yield "keeps its place"


def _letters(font: QFont, new: QFont) -> Iterator[str]:
    if font.family() != new.family():
        yield "other letters"
    elif round(font.pointSizeF() / new.pointSizeF(), 2) != 1:
        yield f"letters x {font.pointSizeF() / new.pointSizeF():.2f}"
    yield from (["bold"] if font.bold() > new.bold() else [])
    yield from (["italic"] if font.italic() else [])


def _held(widget: QWidget) -> Iterator[str]:
    """What is no widget of its own: entries, tabs, columns and rows, menus, keys, timers."""
    if isinstance(widget, QComboBox):
        yield f"| {', '.join(repr(widget.itemText(place)) for place in range(widget.count()))}"
    if isinstance(widget, (QTabBar, QTabWidget)):
        yield from (
            f"| {widget.tabText(place)!r} {widget.tabToolTip(place)}".rstrip() for place in range(widget.count())
        )
    menu = widget.menu() if isinstance(widget, QPushButton) else None
    for action in menu.actions() if menu else []:
        yield f"| {' '.join([repr(action.text()), *listeners(action)])}"
    if isinstance(widget, QAbstractItemView):
        yield from _rows(widget)
    yield from helpers(widget)


def helpers(owner: QObject) -> Iterator[str]:
    """Keys, timers and whatever else works for it and is not seen."""
    for part in owner.children():
        if isinstance(part, (QWidget, QLayout, QAction)):
            continue
        said = " ".join(listeners(part))
        if isinstance(part, QShortcut):
            keys = [key.toString() for key in list(part.keys())]
            how = " off" * (not part.isEnabled()) + " once" * (not part.autoRepeat())
            yield f"* {' or '.join(keys)} {part.context().name}{how} {said}"
        elif isinstance(part, QTimer):
            yield f"* every {part.interval()} ms{', once' * part.isSingleShot()} {said}"
        elif type(part).__module__.startswith("so8t_gui"):
            yield f"* {type(part).__name__} {said}".rstrip()
            yield from (f" {line}" for line in helpers(part))


def _rows(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    columns = range(1 if isinstance(view, QListView) else model.columnCount())
    if not isinstance(view, QListView):
        yield f"| {[model.headerData(column, Qt.Orientation.Horizontal) for column in columns]}"
        yield from _columns(view, columns)
    told = set[str]()
    for row in range(model.rowCount()):
        cells = [model.index(row, column) for column in columns]
        tips = dict.fromkeys(str(tip) for cell in cells if (tip := cell.data(Qt.ItemDataRole.ToolTipRole)))
        signs = [_said(cell.data(Qt.ItemDataRole.DecorationRole)) for cell in cells]
        ticks = [cell.data(Qt.ItemDataRole.CheckStateRole) for cell in cells]
        signs += ["boxed" if tick in (0, Qt.CheckState.Unchecked) else "ticked" for tick in ticks if tick is not None]
        signs += ["bold" for cell in cells if (font := cell.data(Qt.ItemDataRole.FontRole)) and font.bold()]
        signs += (
            [f"{view.columnSpan(row, 0)} wide"] if isinstance(view, QTableView) and view.columnSpan(row, 0) > 1 else []
        )
        signs += ["edited" for cell in cells if cell.flags() & Qt.ItemFlag.ItemIsEditable]
        words = ", ".join(sign for sign in dict.fromkeys(signs) if sign)
        yield f"| {[cell.data() for cell in cells]} {words}".rstrip()
        yield from (f"|   {tip!r}" for tip in tips if tip not in told)
        told.update(tips)


def _columns(view: QAbstractItemView, columns: range) -> Iterator[str]:
    """How wide each is, what paints it where that is not Qt's own, and the headers."""
    if not isinstance(view, QTableView):
        return
    header = view.horizontalHeader()
    for column in columns:
        own = view.itemDelegateForColumn(column) or view.itemDelegate()
        how = header.sectionResizeMode(column).name.replace("Fixed", "Stretch")  # which, may be the font's
        said = [how, "hidden" * view.isColumnHidden(column)]
        said += [type(own).__name__.replace("QStyledItemDelegate", "")]
        yield f"|   column {column}: {' '.join(word for word in said if word)}"
    lit, last = ("lit" * header.highlightSections(), "last one grows" * header.stretchLastSection())
    rows = "" if view.verticalHeader().isHidden() else "numbered"
    yield f"|   head: {' '.join(word for word in (_said(header.defaultAlignment()), lit, last, rows) if word)}"


def _qt_class(kind: type) -> type[QWidget]:
    return next(base for base in kind.__mro__ if base.__module__.startswith("PySide6."))


@cache
def _new(kind: type[QWidget]) -> QWidget:
    return kind()


@cache
def _usual(kind: type[QWidget]) -> tuple[tuple[tuple[str, str, str], ...], tuple[tuple[str, str, str], ...]]:
    """Of a new one: properties, and what is asked otherwise; the name, our word for it, the value as text."""
    new = _new(kind)
    there = [name for name in LOOKED_AT if new.metaObject().indexOfProperty(name) >= 0]
    return (
        tuple((name, LOOKED_AT[name], _said(new.property(name))) for name in there),
        tuple((name, word, _said(getattr(new, name)())) for name, word in CALLED.items() if hasattr(new, name)),
    )


def _said(value: Any) -> str:
    """A value as text: flags by name, a picture by the sign it shows, a style by its beginning and a sum."""
    if isinstance(value, (bool, int, float)) and not isinstance(value, Enum):
        return str(value)
    if isinstance(value, QIcon):
        value = QPixmap() if value.isNull() else value.pixmap(16, 16)
    if isinstance(value, QPixmap):
        return "" if value.isNull() else sign(value)
    if isinstance(value, QSizePolicy):
        shares = [str(share) for share in (value.horizontalStretch(), value.verticalStretch()) if share]
        return " ".join([f"{value.horizontalPolicy().name}/{value.verticalPolicy().name}", *shares])
    if isinstance(value, str):
        styled = "{" in value or value.startswith("color:")
        return f"{zlib.crc32(value.encode()):08x}" if styled and value else repr(value) if value else ""
    return str(value.name or "").replace("Align", "") if isinstance(value, Enum) else ""


def sign(picture: QPixmap) -> str:
    palette, image = QApplication.palette(), picture.toImage()
    for name in status_icons.HUES:
        if status_icons.icon(name, palette).pixmap(picture.deviceIndependentSize().toSize()).toImage() == image:
            return name
    return "picture"
