"""Numbers of a row as people write them: 3 for 3.0, 3.8 for 3.799999952316284, which is what four bytes know of it."""

from __future__ import annotations

import struct

LONGEST = 12  # characters of one from four bytes


def written(value: float) -> str:
    """A number as text."""
    if not isinstance(value, float):
        return str(value)
    if value.is_integer():
        return str(int(value))
    said = str(value)
    if len(said) <= LONGEST:
        return said
    short = f"{value:.7g}"
    return short if struct.unpack("f", struct.pack("f", float(short)))[0] == value else said
