"""A change put into functions that are imported already: their code objects are exchanged, nothing is imported anew."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FunctionType

Key = tuple[str, tuple[object, ...]]


def swap(path: Path, before: str, after: str) -> bool:
    """Every living function of the file gets its new code.

    False where that cannot be, or where no function that lives is changed by it: then nothing has been done.
    """
    old, new = (_functions(compile(source, str(path), "exec", dont_inherit=True)) for source in (before, after))
    if len(old) != len(new) or [code.co_qualname for code in old] != [code.co_qualname for code in new]:
        return False
    changed = {_key(was): becomes for was, becomes in zip(old, new, strict=True) if not _same(was, becomes)}
    twice = len({_key(code) for code in old}) != len(old)
    living: list[tuple[FunctionType, CodeType]] = []
    gc.unfreeze()  # what tests/conftest.py has frozen is not among the objects
    everything = gc.get_objects()
    gc.freeze()
    for found in everything:
        if isinstance(found, FunctionType) and found.__code__.co_filename == str(path):
            code = changed.get(_key(found.__code__))
            if code is not None:
                living.append((found, code))
    if twice or not living or any(function.__code__.co_freevars != code.co_freevars for function, code in living):
        return False
    for function, code in living:
        function.__code__ = code
    return True


def forget(*first_names: str) -> None:
    """As if modules of these names had never been imported."""
    for name in [name for name in sys.modules if name.partition(".")[0] in first_names]:
        del sys.modules[name]


def _functions(code: CodeType) -> list[CodeType]:
    """All in it, the outer before the inner, from top to bottom."""

    def walk(outer: CodeType) -> Iterator[CodeType]:
        for inner in outer.co_consts:
            if isinstance(inner, CodeType):
                yield inner
                yield from walk(inner)

    return list(walk(code))


def _key(code: CodeType) -> Key:
    """Its name and where it stands, to the column: two lambdas may share a line."""
    return code.co_qualname, tuple(code.co_positions())


def _same(one: CodeType, other: CodeType) -> bool:
    return one.co_code == other.co_code and one.co_consts == other.co_consts and one.co_names == other.co_names
