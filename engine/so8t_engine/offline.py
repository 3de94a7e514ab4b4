"""Whether the user forbids asking the Hub: by any of the variables that Hugging Face's libraries know, for all of them.

HF_HUB_OFFLINE decides where it is set, as it does in these libraries. Each of them reads its own variable when it is
imported; one alone would let the others go on asking.
"""

from __future__ import annotations

import os

VARIABLES = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_DATASETS_OFFLINE")
YES = ("1", "ON", "YES", "TRUE")


def asked_for() -> bool:
    said = os.environ.get(VARIABLES[0]) or next((os.environ[name] for name in VARIABLES[1:] if _yes(name)), "")
    return said.upper() in YES


def tell_libraries() -> None:
    """What the user said in one variable, in all of them: before any library is imported, and for child processes."""
    if asked_for():
        os.environ.update(dict.fromkeys(VARIABLES, "1"))


def _yes(name: str) -> bool:
    return os.environ.get(name, "").upper() in YES
