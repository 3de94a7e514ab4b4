"""One of several processes that all want the same thing at once; reads a task a line, answers with a word a line."""

from __future__ import annotations

import sys
from pathlib import Path

from so8t_engine.errors import EngineError
from so8t_engine.session import lock, store


def main() -> None:
    """`lock FOLDER`: holds it until the next line. `create ROOT NAME`: makes that session."""
    for line in sys.stdin:
        task, *words = line.split()
        if task == "lock":
            hold(Path(words[0]))
        elif task == "create":
            say(create(Path(words[0]), words[1]))


def hold(session: Path) -> None:
    try:
        with lock.held(session, {"pid": 1}):
            say("runs")
            sys.stdin.readline()
    except EngineError as error:
        say(error.code)
        sys.stdin.readline()


def create(root: Path, name: str) -> str:
    try:
        return store.create(root, name, "name: s\n", "now").name
    except FileExistsError:
        return "taken"


def say(word: str) -> None:
    print(word, flush=True)


if __name__ == "__main__":
    main()
