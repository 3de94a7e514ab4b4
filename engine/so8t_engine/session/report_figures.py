"""report.json of a finished session, as it was written: the one way to its figures, for whoever tells of them.

One that was changed or damaged later has figures that nobody measured, however well it reads.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from so8t_engine.sentences import sentence
from so8t_engine.session import manifest, results

MOST_BYTES = 16 << 20


def read(session: Path) -> Any:
    """Whatever JSON it holds. Raises OSError, FileNotFoundError where there is none, ValueError (with a sentence)."""
    try:
        return json.loads(manifest.sealed_data(session / results.FIGURES, MOST_BYTES))
    except RecursionError as error:
        raise ValueError(sentence("session.too_deep")) from error


def known(session: Path) -> dict[str, Any] | None:
    """None where there are none that can be believed: for what is only a hint."""
    try:
        body = read(session)
    except (OSError, ValueError):
        return None
    return body if isinstance(body, dict) else None
