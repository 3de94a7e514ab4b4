"""What all tests have in common, and the programs they start: English everywhere, idle threads sleep, and Python does
not look for garbage among what stays.
"""

from __future__ import annotations

import gc
import os
import signal

import pytest

from helpers import dealt_files, time_limits

gc.disable()  # until everything is imported and collected

# Two threads of torch that wait for each other keep a core busy each; asleep they leave it to another test.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
# Started by nohup or in the background, signals are ignored, and so they would be in every program that a test starts.
for number in (signal.SIGINT, getattr(signal, "SIGHUP", signal.SIGINT)):
    if signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, lambda *_: None)  # another program begins with the system's own answer
os.environ["SO8T_LANG"] = "en"  # before any test starts a process; LANG and its like no longer matter


def pytest_configure(config: pytest.Config) -> None:
    for plugin in (time_limits, dealt_files):
        config.pluginmanager.register(plugin)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What is imported and collected stays to the end. TRL asks for a look at all of it with every trainer, a third of
    what the tests of training would cost.
    """
    gc.collect()
    gc.freeze()
    gc.enable()
