"""Main memory that a pass on a CPU has given back is kept for the next one.

glibc hands large blocks, and whatever lies free at the end of the heap, to the system at once; the next pass asks for
them again, and the system fills every page with zeros first: a tenth of the time of a PPO iteration at hidden size 256.
Elsewhere (Windows, macOS, another C library) nothing is changed.
"""

from __future__ import annotations

import ctypes
import os
import sys

TRIM_THRESHOLD, MMAP_THRESHOLD = -1, -3  # names of mallopt's parameters in malloc.h
LARGEST, KEPT = 128 << 20, 512 << 20  # a block from which on it is the system's; what may lie free at the heap's end
OWN = ("MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_", "GLIBC_TUNABLES")


def keep() -> bool:
    """For the whole process, from now on; what the user has set by environment variables stays. True if it was done."""
    if sys.platform != "linux" or any(name in os.environ for name in OWN):
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:
        return False
    return all([bool(mallopt(MMAP_THRESHOLD, LARGEST)), bool(mallopt(TRIM_THRESHOLD, KEPT))])
