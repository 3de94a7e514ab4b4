"""The language people are spoken to in: `--lang`, else SO8T_LANG, else the system's; English where that is another."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from so8t_engine.sentences import ENGLISH, JAPANESE, LANGUAGES

VARIABLE = "SO8T_LANG"
LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")  # POSIX: the first that is set decides
WINDOWS_JAPANESE, WINDOWS_PRIMARY = 0x11, 0x3FF  # LANG_JAPANESE, and the bits of a LANGID that say the language


def chosen(option: str | None, environment: Mapping[str, str] = os.environ) -> str:
    """One of sentences.LANGUAGES. `option`: what --lang said, None where it was not given."""
    return _language((option if option in LANGUAGES else None) or environment.get(VARIABLE) or system(environment))


def system(environment: Mapping[str, str]) -> str:
    """As the system names it (`ja_JP.UTF-8`); empty where it does not say."""
    if sys.platform == "win32":
        import ctypes

        number = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        return JAPANESE if number & WINDOWS_PRIMARY == WINDOWS_JAPANESE else ENGLISH
    return next((environment[name] for name in LOCALE_VARIABLES if environment.get(name)), "")


def _language(name: str) -> str:
    return JAPANESE if name.lower().replace("-", "_").partition("_")[0].partition(".")[0] == JAPANESE else ENGLISH
