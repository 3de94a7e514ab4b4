"""Found first on PYTHONPATH by the processes of tests that say whom nobody may ask (nobody_asks.py)."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
from e2e import nobody_asks

nobody_asks.install()
