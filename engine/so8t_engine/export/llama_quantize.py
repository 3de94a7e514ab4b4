"""K-quants by llama.cpp's own program, where no package encodes them: named by SO8T_LLAMA_QUANTIZE, or on the path.

The variable is of the environment and no key of a configuration: what a session says must not start programs.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from so8t_engine.errors import EngineError
from so8t_engine.export import other_program
from so8t_engine.sentences import sentence
from so8t_engine.session import disk_errors

PROGRAM, VARIABLE = "llama-quantize", "SO8T_LLAMA_QUANTIZE"


def program(environment: Mapping[str, str] = os.environ) -> Path:
    """Raises EngineError export where there is none."""
    named = environment.get(VARIABLE)
    if named:
        path = Path(named)
        if path.is_absolute() and path.is_file() and os.access(path, os.X_OK):
            return path
        raise EngineError("export", sentence("export.no_such_quantizer", variable=VARIABLE, path=named))
    found = other_program.find(PROGRAM, (), environment)
    if found is None:
        raise EngineError("export", sentence("export.no_k_quants", program=PROGRAM, variable=VARIABLE))
    return found


def quantize(by: Path, source: Path, to: Path, kind: str) -> None:
    """`source`: a GGUF file with the weights' own numbers. Raises EngineError export, OSError on a full disk."""
    try:
        other_program.call(by, [str(source), str(to), kind])
    except EngineError as error:
        number = disk_errors.asked(to.parent)
        if number is not None:
            raise OSError(number, os.strerror(number), str(to)) from error
        raise EngineError("export", error.sentence) from error
    if not to.is_file():
        raise EngineError("export", sentence("use.failed_silently", program=by.stem, code=0))
