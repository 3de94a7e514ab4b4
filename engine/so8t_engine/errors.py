"""The closed list of things that can go wrong in a way the user can act on."""

from __future__ import annotations

from dataclasses import dataclass

EXIT_FINISHED = 0
EXIT_UNEXPECTED = 1
EXIT_USAGE = 2
EXIT_ENVIRONMENT = 3
EXIT_SESSION = 4
EXIT_LOCKED = 5
EXIT_DISK = 6
EXIT_DATA = 7
EXIT_MODEL = 8
EXIT_PAUSED = 75
EXIT_RETRY = 76


@dataclass(frozen=True)
class Kind:
    """One row of the list: the process's exit code and what the user can do about it."""

    exit_code: int
    action: str


CODES: dict[str, Kind] = {
    "usage": Kind(EXIT_USAGE, "See `so8t --help`."),
    "config_invalid": Kind(EXIT_USAGE, "Correct the places named above; `so8t config check FILE` checks again."),
    "preset_unknown": Kind(EXIT_USAGE, "`so8t presets` lists the presets there are."),
    "file_missing": Kind(EXIT_USAGE, "Check the path."),
    "environment": Kind(EXIT_ENVIRONMENT, "Change what is named above, or go on all the same with --force."),
    "session_unknown": Kind(EXIT_SESSION, "`so8t sessions` lists the sessions there are."),
    "session_name": Kind(EXIT_SESSION, "Use the id as `so8t sessions` prints it."),
    "session_unsafe": Kind(EXIT_SESSION, "Remove the link, or copy the real files into its place."),
    "session_newer": Kind(EXIT_SESSION, "Update SO8T; the session was left untouched."),
    "session_finished": Kind(EXIT_SESSION, "Its report is in the session folder; `so8t run` starts a new one."),
    "session_damaged": Kind(
        EXIT_SESSION,
        "Nothing was deleted. `so8t verify SESSION` names the bad files; "
        "`so8t resume SESSION --from-start` begins this session again from its first step.",
    ),
    "report_missing": Kind(EXIT_SESSION, "`so8t resume SESSION` goes on with it."),
    "trash": Kind(EXIT_DISK, "Nothing was deleted. Delete the folder itself if nobody needs it any more."),
    "window_missing": Kind(EXIT_ENVIRONMENT, "Install SO8T with its window; every other command works without it."),
    "locked": Kind(EXIT_LOCKED, "Wait for it, or pause it where it runs."),
    "disk_full": Kind(EXIT_DISK, "Free the space named above, then `so8t resume`."),
    "disk_read_only": Kind(EXIT_DISK, "Make the folder writable, or choose another with --data-root."),
    "disk_permission": Kind(EXIT_DISK, "Give your user write access, or choose another with --data-root."),
    "disk_error": Kind(EXIT_DISK, "Check the disk (cable, SMART values, free space), then `so8t resume`."),
    "dataset_missing": Kind(EXIT_DATA, "Check its id or path in the configuration."),
    "dataset_gated": Kind(EXIT_DATA, "Accept its terms on huggingface.co, set HF_TOKEN, then `so8t resume`."),
    "dataset_network": Kind(EXIT_DATA, "Check the connection, then `so8t resume`; what is there is kept."),
    "dataset_bad": Kind(EXIT_DATA, "Repair the lines named above, or raise collect.max_bad_fraction in a new session."),
    "dataset_shape": Kind(EXIT_DATA, "Name the columns in the configuration (adapter: columns)."),
    "dataset_empty": Kind(EXIT_DATA, "Give it more data, or loosen the limits under `integrate`."),
    "source_changed": Kind(
        EXIT_DATA,
        "Put the original back, or `so8t resume SESSION --accept-changes`: "
        "it goes on, and the history notes that it is no longer exact.",
    ),
    "teacher": Kind(EXIT_MODEL, "Check convert.teacher, or leave out missing sections."),
    "model_missing": Kind(EXIT_MODEL, "Check model.model_name_or_path; a hub model needs a connection once."),
    "model_unfit": Kind(EXIT_MODEL, "Choose a Phi-3-like base model, or change the settings named above."),
    "reward": Kind(EXIT_MODEL, "Correct the reward function, then `so8t resume`; nothing is lost."),
    "reward_model": Kind(EXIT_MODEL, "Put a classifier with one output there, then `so8t resume`."),
    "training": Kind(EXIT_MODEL, "Lower the learning rate in a new session; the checkpoints before are kept."),
    "memory": Kind(EXIT_MODEL, "Close other programs that use the GPU, or shorten the sequences in a new session."),
    "out_of_memory": Kind(EXIT_RETRY, "`so8t resume` goes on with smaller micro-batches."),
    "device_error": Kind(EXIT_RETRY, "If it comes again: restart the computer, update the driver, undo overclocking."),
    "not_finite": Kind(EXIT_RETRY, "`so8t resume` goes on in another order and at a lower learning rate."),
    "stuck": Kind(
        EXIT_RETRY, "The log shows where it hung. Raise runtime.stuck_seconds in a new session if it was slow."
    ),
    "crashed": Kind(EXIT_RETRY, "The log has what it last said; check memory and driver, then `so8t resume`."),
    "export": Kind(EXIT_MODEL, "The trained weights are safe; `so8t resume` tries this step again."),
    "unexpected": Kind(
        EXIT_UNEXPECTED, "Nothing that was saved is lost; `so8t resume` tries again. The log has the details."
    ),
}


class EngineError(Exception):
    """What happened and why, for the user. `code` is a key of CODES; the action comes from there."""

    def __init__(self, code: str, detail: str) -> None:
        if code not in CODES:
            raise KeyError(code)
        super().__init__(detail)
        self.code = code
        self.detail = detail

    @property
    def exit_code(self) -> int:
        return CODES[self.code].exit_code

    @property
    def action(self) -> str:
        return CODES[self.code].action
