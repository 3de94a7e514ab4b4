"""For in_evaluation/: a model that is asked although its answers are known ends the run.

What `NOBODY_ASKS` names among `answers` (of the two models) and `gguf_answers` (of GGUF files) may not be asked for.
"""

from __future__ import annotations

import os
from typing import Any

from so8t_engine.evaluate import gguf_answers, heldout

VARIABLE = "NOBODY_ASKS"
ANSWERS, GGUF_ANSWERS = "answers", "gguf_answers"


def install() -> None:
    for module, kind in ((heldout, ANSWERS), (gguf_answers, GGUF_ANSWERS)):
        module.ask = _unless_forbidden(module.ask, kind)  # type: ignore[attr-defined]


def _unless_forbidden(ask: Any, kind: str) -> Any:
    def asked(*arguments: Any, **named: Any) -> Any:
        if kind in os.environ.get(VARIABLE, "").split():
            raise AssertionError(f"{kind} are asked for anew")
        return ask(*arguments, **named)

    return asked
