"""What all tests have in common, and the programs they start: English everywhere, and idle threads sleep."""

from __future__ import annotations

import os
import signal

# Two threads of torch that wait for each other keep a core busy each; asleep they leave it to another test.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
# Started by nohup or in the background, signals are ignored, and so they would be in every program that a test starts.
for number in (signal.SIGINT, getattr(signal, "SIGHUP", signal.SIGINT)):
    if signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, lambda *_: None)  # another program begins with the system's own answer
os.environ["SO8T_LANG"] = "en"  # before any test starts a process; LANG and its like no longer matter
