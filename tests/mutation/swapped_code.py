"""A change put into functions that are imported already: their code objects are exchanged, nothing is imported anew."""

from __future__ import annotations

import gc
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FunctionType

Key = tuple[str, int]


def swap(path: Path, before: str, after: str) -> bool:
    """Every living function of the file gets its new code; False where that cannot be (then nothing is changed)."""
    old, new = (dict(_functions(compile(source, str(path), "exec", dont_inherit=True))) for source in (before, after))
    if old.keys() != new.keys():
        return False
    changed = {key: code for key, code in new.items() if not _same(old[key], code)}
    living: list[tuple[FunctionType, CodeType]] = []
    for found in gc.get_objects():
        if isinstance(found, FunctionType) and found.__code__.co_filename == str(path):
            key = next((key for key, code in old.items() if code == found.__code__), None)
            if key in changed:
                living.append((found, changed[key]))
    if any(function.__code__.co_freevars != code.co_freevars for function, code in living):
        return False
    for function, code in living:
        function.__code__ = code
    return True


def forget(*first_names: str) -> None:
    """As if modules of these names had never been imported."""
    for name in [name for name in sys.modules if name.partition(".")[0] in first_names]:
        del sys.modules[name]


def _functions(code: CodeType) -> Iterator[tuple[Key, CodeType]]:
    """By qualified name, and which of that name it is."""
    seen: Counter[str] = Counter()

    def walk(outer: CodeType) -> Iterator[tuple[Key, CodeType]]:
        for inner in outer.co_consts:
            if isinstance(inner, CodeType):
                seen[inner.co_qualname] += 1
                yield (inner.co_qualname, seen[inner.co_qualname]), inner
                yield from walk(inner)

    return walk(code)


def _same(one: CodeType, other: CodeType) -> bool:
    return one.co_code == other.co_code and one.co_consts == other.co_consts and one.co_names == other.co_names
