"""Versions of PySide6 that must not be used are found here, before a user finds them."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import os
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
label = QLabel()
for number in range(200_000):
    label.setEnabled(number % 2 == 0)
print("alive", flush=True)
os._exit(0)
"""


def test_two_hundred_thousand_void_calls_do_not_end_the_process() -> None:
    """PySide6 6.12 on Python 3.11 gives back a reference to None too many with each."""
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "alive"), done.stderr[-300:]
