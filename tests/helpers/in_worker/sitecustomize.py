"""Found first on PYTHONPATH by the processes of these tests: puts the toy steps in, and one trouble on the way.

SO8T_TROUBLE is KIND@UNIT or KIND@UNIT/always. Without `/always` it strikes once.
"""

import os
import sys
from pathlib import Path

if "so8t_engine.process.worker" in sys.orig_argv:
    sys.path.insert(0, str(Path(__file__).parents[2]))
    from helpers import process_troubles as troubles

    troubles.install(os.environ.get("SO8T_TROUBLE", ""))
