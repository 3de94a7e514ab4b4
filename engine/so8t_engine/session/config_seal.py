"""The configuration as it was when the session last took it: its digest and its text, kept in the state.

The state lies in the pointer and in every manifest, so config.yaml can be compared with what the run was made with, and
put back where it is damaged. Bytes only: what a changed file means is run/session_config.py's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from so8t_engine.session import manifest

NAME = "config.yaml"


@dataclass(frozen=True)
class ConfigSeal:
    """`text`: the whole file; `sha256`: of its bytes, so that a damaged copy is not taken for the original."""

    sha256: str
    text: str

    @property
    def intact(self) -> bool:
        return of(self.text.encode()).sha256 == self.sha256


def of(data: bytes) -> ConfigSeal:
    """Raises UnicodeDecodeError for what is no UTF-8."""
    return ConfigSeal(manifest.digest(data)[1], data.decode())


def from_json(body: Any) -> ConfigSeal | None:
    """None where a state has none: its session is of a version that sealed nothing. TypeError for another shape."""
    return None if body is None else ConfigSeal(**body)
