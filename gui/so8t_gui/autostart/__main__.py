"""`python -m so8t_gui.autostart on|off|status [--json]`: exit code 0 if it is as asked, else 1 and a sentence."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict

from so8t_gui import autostart, missing_console


def main(argv: Sequence[str] | None = None) -> int:
    missing_console.open_log()
    parser = argparse.ArgumentParser(prog="so8t autostart", description="Whether SO8T starts at logon.")
    parser.add_argument("action", choices=["on", "off", "status"])
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(argv)
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
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
