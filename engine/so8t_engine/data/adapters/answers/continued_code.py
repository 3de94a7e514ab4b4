"""A program that begins in the question and goes on, indented, in the answer (HumanEval): the answer is the whole of
it, as an answer begins without spaces, and the rest alone is no program.
"""

from __future__ import annotations

import re
from typing import Any

PROGRAM = re.compile(r"(?:(?:async )?def|class|import|from|@|#)\b|@\w", re.ASCII)
OPENED = re.compile(r"(?m)^\s*(?:async )?(?:def|class)\b[^\n]*")


def whole(asked: Any, said: Any) -> Any:
    """The answer, with what was asked before it where it goes on with that."""
    if not isinstance(said, str) or said[:1] not in (" ", "\t") or not isinstance(asked, str):
        return said
    begins = PROGRAM.match(asked.lstrip()) is not None and OPENED.search(asked) is not None
    return f"{asked.rstrip()}\n{said.rstrip()}" if begins else said
