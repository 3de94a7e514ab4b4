"""The names of everything the program itself makes in a session, so that nothing else is ever swept or set aside."""

from __future__ import annotations

import re
from pathlib import PurePath

from so8t_engine.session.durable import ENDINGS

RESULTS = ("adapter", "final_model", "gguf", "report")  # folders a run ends with
FOLDERS = ("model", "reference", *RESULTS)  # published whole: `X.part`, then `X`, an older one as `X.old`
FILES = (
    "config.yaml", "pipeline_state.json", "history.jsonl", "timeline.jsonl", "told.jsonl", "incidents.jsonl",
    "progress.json", "engine.json", "lm_eval.json", "adopted.json", "display_name.json",
)  # fmt: skip
CHECKPOINT = re.compile(r"\d{6,}(\.bad)?")


def left_in_session(name: str) -> bool:
    """Whether a cut can have left this name in the session's folder."""
    return _made_from(name) in (*FOLDERS, *FILES)


def left_in_checkpoints(name: str) -> bool:
    return CHECKPOINT.fullmatch(_made_from(name)) is not None


def _made_from(name: str) -> str:
    """`gguf` of `gguf.old.1.dead`; what carries none of these endings is nothing left behind."""
    path = PurePath(name)
    if path.suffix not in ENDINGS:
        return ""
    while path.suffix in ENDINGS or path.suffix[1:].isdecimal():
        path = path.with_suffix("")
    return path.name
