"""In every process that finds this folder on its path the engine's steps are the toy ones, slow enough to be hit."""

import os

from crash import toy

toy.UNIT_SECONDS = float(os.environ.get("SO8T_TOY_SECONDS", "0.04"))
toy.install()
