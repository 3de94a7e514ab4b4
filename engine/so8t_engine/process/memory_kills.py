"""How many programs the system has ended because memory had run out, by its own count."""

from __future__ import annotations

from pathlib import Path

COUNTER = Path("/proc/vmstat")  # Linux; of the whole machine, with those of limited groups


def count() -> int | None:
    """Since the machine was started; None where the system does not say."""
    try:
        lines = COUNTER.read_text(encoding="ascii").splitlines()
        return next((int(line.split()[1]) for line in lines if line.startswith("oom_kill ")), None)
    except (OSError, ValueError, IndexError):
        return None
