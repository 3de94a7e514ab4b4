"""lm-evaluation-harness, an optional dependency: is it there, and what installs it. Looked for without importing it."""

from __future__ import annotations

import importlib.util
import sys

from so8t_engine import shells
from so8t_engine.errors import EngineError
from so8t_engine.sentences import sentence

MODULES = ("lm_eval", "tenacity", "aiohttp", "requests")
REQUIREMENT = "lm-eval[api]>=0.4.13"  # the extra `eval` of pyproject.toml


def refuse_without_lm_eval() -> None:
    """Raises EngineError lm_eval_missing, with the line that installs it."""
    if any(importlib.util.find_spec(name) is None for name in MODULES):
        line = shells.line(sys.executable, "-m", "pip", "install", REQUIREMENT)
        raise EngineError("lm_eval_missing", sentence("evaluate.lm_eval_missing", line=line))
