"""Pictures of every page in both languages and themes: `python tests/gui/screenshots.py --out FOLDER`.

The pages are the program's own; sessions and histories are written by the engine's own writers. Runs without a display
(QT_QPA_PLATFORM=offscreen) as well as on one. Prints the names of the files.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from helpers import sample_sessions
from so8t_engine.errors import EngineError, failed
from so8t_engine.protocol import PROTOCOL_VERSION, Message
from so8t_engine.sentences import sentence
from so8t_engine.session import catalog, history, incidents, timeline
from so8t_gui.desktop import icons, theme
from so8t_gui.engine.events import Started
from so8t_gui.i18n.language import Language
from so8t_gui.pages.run import TRY
from so8t_gui.settings_file import Settings
from so8t_gui.startup import unfinished_session
from so8t_gui.view.reduce import reduce
from so8t_gui.view.state import View
from so8t_gui.view.tray_icon import Icon
from so8t_gui.window_pages import WindowPages

SIZE = QSize(1120, 760)
TRAY = (16, 22, 24, 32, 48, 64)
LANGUAGES, THEMES = ("en", "ja"), ("light", "dark")
NAME, _, FINISHED, *_ = (name for name, *_ in sample_sessions.SAMPLES)
FAILED = failed(EngineError("stuck", sentence("process.stuck", seconds=900)))
QUESTION = "7 + 8 = ?"
LOG = """2026-11-23 08:15:03 INFO so8t: loading microsoft/Phi-3.5-mini-instruct
2026-11-23 08:15:41 INFO so8t: LoRA r 64 on 128 maps, gates on 16 layers
2026-11-23 08:15:42 INFO so8t: rollout batch 18 of 64
"""


def write_history(folder: Path, updates: int = 900) -> None:
    """A warm-up and PPO as they look like, with a transition and a cut."""
    chance = random.Random(4)
    entries: list[dict[str, Any]] = []
    for n in range(1, updates + 1):
        warm = n <= updates // 3
        share = 0.0 if warm else (n - updates / 3) / (updates * 2 / 3)
        alpha = 0.382 + 0.618 / (1 + math.exp(10 * (share - 0.5)))
        loss = 0.35 + 2.2 * math.exp(-n / 60) if warm else 0.30 - 0.10 * (share > 0.55) - 0.06 * share
        entry = {"kind": "point", "phase": "warmup" if warm else "ppo", "update": n, "alpha": alpha}
        entry["loss"] = loss + chance.gauss(0, 0.05)
        if not warm:
            entry |= {"reward": 0.3 + 0.4 * share + chance.gauss(0, 0.04), "kl": 3 * share + chance.gauss(0, 0.1)}
        entries.append(entry)
        if n == round(updates * (1 / 3 + 0.56 * 2 / 3)):
            entries.append({"kind": "mark", "mark": "phase_transition", "direction": "down", "size": 0.1, "since": n})
    numbered = [{"number": n, **entry} for n, entry in enumerate(entries, 1)]
    history.extend(folder / history.NAME, history.Prefix(), numbered)
    for done in range(60, len(numbered), 60):
        timeline.add(folder, done, done * 95.0)
    incidents.record(folder, {
        "run": 1, "kind": "power", "when": "2026-11-23T03:12:00Z", "lost_seconds": 130.0, "lost_units": 1,
        "resumed_from": "000412", "step": "train", "unit": 412, "points": 640, "notes": [],
    })  # fmt: skip
    (folder / "logs" / "engine.log").write_text(LOG)


def running(folder: Path, now: float) -> View:
    view = reduce(View(), Started(NAME, "phi35-so8t"), now - 400)
    cut = {"kind": "power", "lost_seconds": 130.0, "step": "train", "unit": 412}
    started = {"session": NAME, "title": "phi35-so8t", "path": str(folder), "step": "train", "resumed": True}
    progress = {
        "step": "train", "kind": "update", "unit": 900, "total": 1450, "rate": 0.0105, "eta_seconds": 52_000.0,
        "eta_total_seconds": 57_000.0, "active_seconds": 93_000.0, "unsaved_seconds": 41.0, "points": 901,
        "metrics": {"loss": 0.142, "alpha": 0.41},
    }  # fmt: skip
    hello = {"protocol": PROTOCOL_VERSION, "version": "0.1.0", "pid": 1}
    events = [
        ("hello", hello), ("session", started), ("incident", cut),
        ("step", {"step": "train", "state": "running"}),
        ("mark", {"number": 738, "mark": "phase_transition", "direction": "down", "size": 0.1, "since": 736}),
        *[("progress", {**progress, "eta_total_seconds": 57_000.0 + 3_000 * (n % 3)}) for n in range(8)],
    ]  # fmt: skip
    for place, (name, body) in enumerate(events):
        view = reduce(view, Message(name, body), now - 300 + 20 * place)
    return view


def settle(seconds: float, ready: Callable[[], bool] = lambda: False) -> None:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends and not ready():
        QApplication.processEvents()
        time.sleep(0.01)


def pages_of(settings: Settings, root: Path) -> WindowPages:
    window_pages = WindowPages(settings, root, "~/.local/share/so8t/sessions", root)
    window_pages.window.resize(SIZE)
    window_pages.window.show()
    return window_pages


def each(window_pages: WindowPages, root: Path) -> Iterator[tuple[str, QWidget]]:
    """Each page as it should be seen, one after the other."""
    window, run, now = window_pages.window, window_pages.run, time.monotonic()
    window.show_page("welcome")
    settle(0.2)
    yield "welcome", window
    window.show_page("run")
    view = running(root / NAME, now)
    run.render_view(view, now)
    settle(15, lambda: bool(run.panel.chart.lines))
    window.render_view(view)
    run.panel._extra.setCurrentIndex(1)
    run.panel._extra.activated.emit(1)
    settle(2.5)
    run.render_view(view, now)
    yield "run", window
    run.render_view(reduce(view, FAILED, now), now)
    settle(0.3)
    yield "run-failed", window
    paused = reduce(View(), unfinished_session.chosen(catalog.entry(root / NAME)), now)
    run.render_view(paused, now)
    window.render_view(paused)
    settle(0.3)
    yield "run-paused", window
    run.panel._as_text.setChecked(True)
    settle(0.3)
    yield "run-words", window
    run.panel._as_text.setChecked(False)
    finished = reduce(View(), unfinished_session.chosen(catalog.entry(root / FINISHED)), now)
    run.render_view(finished, now)
    window.render_view(finished)
    settle(15, lambda: bool(run.result.cards))
    run.result.open_first()
    settle(0.3)
    yield "run-finished", window
    run.trial.question.setPlainText(QUESTION)
    for side, thoughts, final in (("base", {}, "18"), ("tuned", {"task": QUESTION, "logic": "7 + 8 = 15"}, "15")):
        run.trial.sides[side].answers(f"{side}-Q4_K_M.gguf")
        run.trial.sides[side].end({"sections": thoughts, "final": final, "tokens": 21, "tokens_per_second": 34.5})
    run._tabs.setCurrentIndex(TRY)
    settle(0.3)
    yield "run-try", window
    window.show_page("sessions")
    settle(15, lambda: window_pages.sessions._read_once)
    window_pages.sessions.select([NAME])
    settle(0.6)
    yield "sessions", window
    window.show_page("new")
    settle(40, lambda: bool(window_pages.new._verdict.sentences) and window_pages.new._form is not None)
    settle(1.0)
    yield "new", window
    window_pages.new._tabs.setCurrentIndex(1)
    settle(0.5)
    yield "new-keys", window
    window.show_page("settings")
    settle(0.3)
    yield "settings", window
    window.show_page("doctor")
    settle(30, lambda: "torch" in window_pages.doctor.text)
    yield "doctor", window


def tray_icons() -> QPixmap:
    """Every state at every size, on light and on dark ground."""
    states: list[tuple[Icon, float]] = [
        ("idle", 0), ("running", 0.15), ("running", 0.6), ("paused", 0.6), ("attention", 0), ("finished", 1),
    ]  # fmt: skip
    sheet = QPixmap(2 * (sum(TRAY) + 12 * len(TRAY)) + 24, 76 * len(states))
    sheet.fill(QColor("#e9e9ea"))
    painter = QPainter(sheet)
    painter.fillRect(sheet.width() // 2, 0, sheet.width(), sheet.height(), QColor("#1d1f21"))
    for row, (state, share) in enumerate(states):
        for left in (12, sheet.width() // 2 + 12):
            for size in TRAY:
                painter.drawPixmap(left, 76 * row + (76 - size) // 2, icons.icon(state, share).pixmap(size, size))
                left += size + 12
    painter.end()
    return sheet


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--languages", nargs="*", default=LANGUAGES)
    parser.add_argument("--themes", nargs="*", default=THEMES)
    parser.add_argument("--pages", nargs="*", help="only these")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    application, language = QApplication([]), Language()
    tray_icons().save(str(given.out / "tray.png"))
    with tempfile.TemporaryDirectory() as spare:
        root = Path(spare)
        sample_sessions.make_all(root)
        write_history(root / NAME)
        write_history(root / FINISHED, 300)
        for tongue in given.languages:
            language.use(tongue)
            for look in given.themes:
                theme.apply(application, look)
                window_pages = pages_of(Settings(language=tongue, theme=look), root)
                for name, widget in each(window_pages, root):
                    if given.pages and name not in given.pages:
                        continue
                    path = given.out / f"{name}-{tongue}-{look}.png"
                    widget.grab().save(str(path))
                    print(path, flush=True)
                window_pages.close()
                settle(0.2)
    sys.stdout.flush()
    os._exit(0)  # at the end of Python the order in which Qt's objects go is not defined


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main()
