"""In every process that finds this folder on its path: toy steps in the worker, a short countdown in the window."""

import sys
from pathlib import Path

if "so8t_engine.process.worker" in sys.orig_argv:
    sys.path.insert(0, str(Path(__file__).parents[2]))
    from crash import toy

    toy.UNIT_SECONDS = 0.05
    toy.install()
if "so8t_gui" in sys.orig_argv:
    from so8t_gui.startup import after_crash

    after_crash.COUNTDOWN_SECONDS = 1
