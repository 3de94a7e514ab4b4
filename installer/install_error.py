"""What the starter cannot do, as a sentence for the user and an exit code."""

from __future__ import annotations

EXIT_USAGE = 2
EXIT_ENVIRONMENT = 3
EXIT_INTERRUPTED = 130


class InstallError(Exception):
    """What happened and what to do; the starter prints it and leaves with `exit_code`."""

    def __init__(self, sentence: str, exit_code: int = EXIT_ENVIRONMENT) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code
