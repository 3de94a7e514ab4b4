"""By which rules files and rows are read, as a digest of the code that reads them.

A session may be resumed by another version of the program. What a source gives must then not be half of what the one
reads and half of what the other does; a digest that lies in the session tells (steps/collect.py, steps/integrate.py).
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Literal

from so8t_engine.run.step_context import StepContext
from so8t_engine.sentences import Sentence, to_json

PACKAGE = "so8t_engine.data"
# What a file's rows are; what becomes of a row, beside the rows kept before.
ROOTS = {
    "files": ("hub.hub", "files.local_files"),
    "rows": ("admitted", "sieve.heldout_leaks", "sieve.limits", "sieve.sieve"),
}
IMPORT = re.compile(rf"^from ({re.escape(PACKAGE)}[\w.]*) import (\([^)]*\)|.*)$", re.MULTILINE)
PROSE = re.compile(r'^[ \t]*(?:"""[\s\S]*?"""[ \t]*$|#.*$)|^\s*\n', re.MULTILINE)  # with empty lines


def changed(context: StepContext, what: Literal["files", "rows"]) -> bool:
    """Whether the session was begun by a version with other rules, or by one that did not say by which."""
    return context.results.get(_key(what)) != digest(what)


def take(context: StepContext, what: Literal["files", "rows"]) -> None:
    """From the next commit on the session is one of today's rules."""
    context.result(_key(what), digest(what))


def say(context: StepContext, why: Sentence) -> None:
    """That results differ from those of a run that was not resumed by another version."""
    context.mark("exactness_break", why=to_json(why))
    context.warn("exactness_break", why)


@functools.cache
def digest(what: str) -> str:
    """Of the modules that `what` is decided by and those they use in turn, without comments and docstrings."""
    rules: dict[str, str] = {}
    ahead = [f"{PACKAGE}.{name}" for name in ROOTS[what]]
    while ahead:
        name = ahead.pop()
        if name not in rules:
            rules[name] = _file(name).read_text(encoding="utf-8")
            ahead += _used(rules[name])
    text = "".join(f"{name}\n{PROSE.sub('', rules[name])}\n" for name in sorted(rules))
    return hashlib.sha256(text.encode()).hexdigest()


def _key(what: str) -> str:
    return f"{what}_read_by"


def _used(source: str) -> Iterator[str]:
    """The modules of this package that one imports."""
    for package, names in IMPORT.findall(source):
        if _file(package).is_file():  # names of a module
            yield package
        else:  # modules of a package
            modules = [f"{package}.{name}" for name in re.findall(r"\w+", names)]
            yield from (module for module in modules if _file(module).is_file())


def _file(module: str) -> Traversable:
    package, _, name = module.rpartition(".")
    return resources.files(package).joinpath(f"{name}.py")
