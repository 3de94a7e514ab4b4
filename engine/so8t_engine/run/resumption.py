"""What was asked of a session that goes on, beyond going on."""

from __future__ import annotations

import argparse
from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Resumption:
    """`from_start`: all of it once more. `evaluate_again`: step 5 once more. `accept_changes`: the configuration as it
    is now, a history as far as it can be read.
    """

    from_start: bool = False
    evaluate_again: bool = False
    accept_changes: bool = False

    def flags(self, first: bool) -> list[str]:
        """For the process that does the work; `first`: the one that opens the session, which begins again but once."""
        asked = [*["--from-start"] * self.from_start, *["--evaluate-again"] * self.evaluate_again] if first else []
        return [*asked, *["--accept-changes"] * self.accept_changes]


GOES_ON = Resumption()


def add_flags(parser: argparse.ArgumentParser) -> None:
    for field in fields(Resumption):
        parser.add_argument(f"--{field.name.replace('_', '-')}", action="store_true")


def of(arguments: argparse.Namespace) -> Resumption:
    return Resumption(**{field.name: getattr(arguments, field.name) for field in fields(Resumption)})
