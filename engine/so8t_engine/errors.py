"""The closed list of things that can go wrong in a way the user can act on."""

from __future__ import annotations

from typing import Any

from so8t_engine.protocol import Message
from so8t_engine.sentences import Sentence, say, sentence, to_json

EXIT_FINISHED = 0
EXIT_UNEXPECTED = 1
EXIT_USAGE = 2
EXIT_ENVIRONMENT = 3
EXIT_SESSION = 4
EXIT_LOCKED = 5
EXIT_DISK = 6
EXIT_DATA = 7
EXIT_MODEL = 8
EXIT_GONE = 9
EXIT_PAUSED = 75
EXIT_RETRY = 76
EXIT_INTERRUPTED = 130


# Each code with the exit code of a process that ends so; what to do about it is in the catalogue, `action.CODE`.
CODES: dict[str, int] = {
    "usage": EXIT_USAGE,
    "config_invalid": EXIT_USAGE,
    "preset_unknown": EXIT_USAGE,
    "file_missing": EXIT_USAGE,
    "environment": EXIT_ENVIRONMENT,
    "device_missing": EXIT_ENVIRONMENT,
    "session_unknown": EXIT_SESSION,
    "session_name": EXIT_SESSION,
    "session_unsafe": EXIT_SESSION,
    "session_newer": EXIT_SESSION,
    "session_finished": EXIT_SESSION,
    "session_damaged": EXIT_SESSION,
    "results_damaged": EXIT_SESSION,
    "session_foreign": EXIT_SESSION,
    "session_at_home": EXIT_SESSION,
    "session_gone": EXIT_GONE,
    "history_damaged": EXIT_SESSION,
    "config_changed": EXIT_SESSION,
    "training_config_changed": EXIT_SESSION,
    "report_missing": EXIT_SESSION,
    "not_comparable": EXIT_SESSION,
    "lm_eval_missing": EXIT_ENVIRONMENT,
    "lm_eval": EXIT_MODEL,
    "lm_eval_busy": EXIT_LOCKED,
    "chat": EXIT_MODEL,
    "chat_busy": EXIT_LOCKED,
    "chat_too_long": EXIT_USAGE,
    "trash": EXIT_DISK,
    "no_gguf": EXIT_SESSION,
    "other_program": EXIT_ENVIRONMENT,
    "lm_studio_folder": EXIT_DISK,
    "lm_studio_busy": EXIT_DISK,
    "window_missing": EXIT_ENVIRONMENT,
    "locked": EXIT_LOCKED,
    "another_runs": EXIT_LOCKED,
    "data_root": EXIT_DISK,
    "disk_full": EXIT_DISK,
    "disk_read_only": EXIT_DISK,
    "disk_permission": EXIT_DISK,
    "disk_error": EXIT_DISK,
    "cache_disk": EXIT_DISK,
    "disk_file_limit": EXIT_DISK,
    "dataset_missing": EXIT_DATA,
    "dataset_kind": EXIT_DATA,
    "dataset_file": EXIT_DATA,
    "dataset_no_rows": EXIT_DATA,
    "dataset_gated": EXIT_DATA,
    "dataset_network": EXIT_DATA,
    "dataset_bad": EXIT_DATA,
    "dataset_shape": EXIT_DATA,
    "dataset_dropped": EXIT_DATA,
    "dataset_empty": EXIT_DATA,
    "dataset_several": EXIT_DATA,
    "source_changed": EXIT_DATA,
    "teacher": EXIT_MODEL,
    "model_missing": EXIT_MODEL,
    "model_unfit": EXIT_MODEL,
    "reward": EXIT_MODEL,
    "code_not_allowed": EXIT_ENVIRONMENT,
    "reward_model": EXIT_MODEL,
    "training": EXIT_MODEL,
    "memory": EXIT_MODEL,
    "out_of_memory": EXIT_RETRY,
    "device_error": EXIT_RETRY,
    "not_finite": EXIT_RETRY,
    "stuck": EXIT_RETRY,
    "crashed": EXIT_RETRY,
    "export": EXIT_MODEL,
    "unexpected": EXIT_UNEXPECTED,
    "command_failed": EXIT_UNEXPECTED,
}


class EngineError(Exception):
    """What happened and why, for the user. `code` is a key of CODES; what to do about it follows from the code."""

    def __init__(self, code: str, what: Sentence) -> None:
        if code not in CODES:
            raise KeyError(code)
        self.code = code
        self.sentence = what
        super().__init__(self.detail)

    @property
    def detail(self) -> str:
        """In English, for logs."""
        return say(self.sentence)

    @property
    def exit_code(self) -> int:
        return CODES[self.code]

    @property
    def action(self) -> Sentence:
        return action(self.code)


def failed(error: EngineError) -> Message:
    """The event a run ends with."""
    return Message("failed", as_json(error))


def warning(code: str, what: Sentence) -> Message:
    """The event for something the user should know while the run goes on."""
    return Message("warning", {"code": code, "sentence": to_json(what)})


def as_json(error: EngineError) -> dict[str, Any]:
    """Its code, what happened and what to do, as it crosses the protocol and lies in a session's state."""
    return {"code": error.code, "sentence": to_json(error.sentence), "action": to_json(error.action)}


def action(code: str) -> Sentence:
    """What the user can do about an error of this code."""
    return sentence(f"action.{code}")
