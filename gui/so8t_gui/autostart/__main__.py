"""`python -m so8t_gui.autostart on|off|status [--json] [--lang ja]`: exit code 0 if it is as asked; else 1, and why."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict

from so8t_engine.sentences import ENGLISH, JAPANESE, LANGUAGES
from so8t_gui import autostart, missing_console


def main(argv: Sequence[str] | None = None) -> int:
    missing_console.open_log()
    parser = argparse.ArgumentParser(prog="so8t autostart", description="Whether SO8T starts at logon.")
    parser.add_argument("action", choices=["on", "off", "status"])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--lang", choices=LANGUAGES, default=ENGLISH)
    options = parser.parse_args(argv)
    spoken = (
        _japanese() if options.lang == JAPANESE and not options.json else None
    )  # held: Qt keeps translators by reference only
    outcome = ""
    if options.action == "on":
        outcome = autostart.enable()
    elif options.action == "off":
        outcome = autostart.disable()
    status = autostart.status()
    reached = {"on": status.on, "off": not status.on and not status.broken, "status": not status.broken}
    ok, text = reached[options.action], outcome or status.sentence
    if options.json:
        text = json.dumps({"ok": ok, "said": text, **asdict(status)}, ensure_ascii=False)
    sys.stdout.buffer.write(f"{text}\n".encode("utf-8", "replace"))
    del spoken
    return 0 if ok else 1


def _japanese() -> object:
    """The window's words for who reads Japanese; English needs no Qt, so it is not loaded then."""
    from PySide6.QtCore import QCoreApplication

    from so8t_gui.i18n.language import Language

    application, spoken = QCoreApplication.instance() or QCoreApplication([]), Language()
    spoken.use(JAPANESE)
    return application, spoken


if __name__ == "__main__":
    sys.exit(main())
