"""A limit on a computation by its number of function calls: in any thread, on every system, without a clock.

A verdict must not depend on how busy the machine is, so no timeout. The price: `sys.settrace` belongs to one at a
time, and for the length of the call coverage and debuggers see nothing.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any, TypeVar

T = TypeVar("T")

IMPORT = "<frozen importlib._bootstrap>"


class Exceeded(BaseException):
    """The limit is reached. A BaseException, so that no `except Exception` on the way takes it for an answer."""


def within(calls: int, action: Callable[[], T]) -> T:
    """What `action` returns. Raises Exceeded once it has called Python functions `calls` times.

    Where modules were imported on the way it gets another try, so that the first call in a process has as much room as
    later ones. Time in C (large integers) does not count: bound the input for that.
    """
    while True:
        modules = len(sys.modules)
        try:
            return _counted(calls, action)
        except Exceeded:
            if len(sys.modules) == modules:
                raise


def _counted(calls: int, action: Callable[[], T]) -> T:
    left = calls

    def count(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal left
        left -= 1
        if left < 0 and _may_end(frame):
            raise Exceeded

    before = sys.gettrace()  # a debugger's
    sys.settrace(count)
    try:
        return action()
    finally:
        sys.settrace(before)


def _may_end(frame: FrameType) -> bool:
    """Not in a generator (raised while one is thrown away it would be lost) nor in the middle of an import."""
    if frame.f_code.co_flags & inspect.CO_GENERATOR:
        return False
    caller: FrameType | None = frame
    while caller is not None:
        if caller.f_code.co_filename == IMPORT:
            return False
        caller = caller.f_back
    return True
