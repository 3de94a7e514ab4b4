"""`python -m so8t_gui.autostart on|off|status [--json]`: exit code 0 if it is as asked, else 1 and a sentence."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict

from so8t_gui import autostart


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="so8t autostart", description="Whether SO8T starts at logon.")
    parser.add_argument("action", choices=["on", "off", "status"])
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(words)
    said = ""
    if asked.action == "on":
        said = autostart.enable()
    elif asked.action == "off":
        said = autostart.disable()
    found = autostart.status()
    reached = {"on": found.on, "off": not found.on and not found.broken, "status": not found.broken}[asked.action]
    if asked.json:
        text = json.dumps({"ok": reached, "said": said or found.sentence, **asdict(found)}, ensure_ascii=False)
    else:
        text = said or found.sentence
    sys.stdout.buffer.write(f"{text}\n".encode("utf-8", "replace"))
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
