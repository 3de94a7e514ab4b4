"""What all tests have in common, and the programs they start: English everywhere, and idle threads sleep."""

from __future__ import annotations

import os

# Two threads of torch that wait for each other keep a core busy each; asleep they leave it to another test.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
os.environ["SO8T_LANG"] = "en"  # before any test starts a process; LANG and its like no longer matter
