"""In every process that finds this folder on its path the engine's steps are the toy ones, slow enough to be hit."""

from crash import toy

toy.UNIT_SECONDS = 0.04
toy.install()
