"""What all tests have in common: programs speak English, whatever the language of this machine."""

from __future__ import annotations

import os

os.environ["SO8T_LANG"] = "en"  # before any test starts a process; LANG and its like no longer matter
