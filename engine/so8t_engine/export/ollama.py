"""A session's model in Ollama: `ollama create NAME -f Modelfile`.

Ollama takes the file into a store of its own. The Modelfile it is given is the session's, with the place of the file
written out; it lies in the cache, so that the same line can be typed later.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from so8t_engine import paths, shells
from so8t_engine.errors import EngineError
from so8t_engine.export import gguf_choice, other_program
from so8t_engine.export.other_program import Delivery
from so8t_engine.sentences import sentence
from so8t_engine.session import cached_files, durable, gguf_files, wary_read
from so8t_engine.session.results import GGUF

PROGRAM = "ollama"
MODELFILE = "Modelfile"
MOST_BYTES = 1 << 20
FROM = re.compile(r"^FROM [^\n]*$", re.MULTILINE)
# Comments, and values in triple quotes as Ollama reads them: from behind the command to the first line that ends so.
# What looks like one anywhere else is none there, and must not hide a line from us.
QUOTED = re.compile(r'^[ \t]*#.*$|^(?:TEMPLATE|SYSTEM) """(?s:.*?)"""[ \t]*$', re.MULTILINE)
LEADS_ELSEWHERE = re.compile(r"^\s*(?:FROM|ADAPTER|DRAFT)\b", re.MULTILINE | re.IGNORECASE)


def add(session: Path, kind: str | None = None, name: str | None = None) -> Delivery:
    """`name`: so8t/TITLE where none is given, with the type behind it if one was named.

    Raises EngineError no_gguf, usage, results_damaged, other_program, disk_*.
    """
    file = gguf_choice.file(session, kind)
    tag = f":{gguf_files.kind_of(file).lower()}" if kind else ""
    model = name or f"{gguf_choice.PUBLISHER}/{gguf_choice.title(session)}{tag}"
    if gguf_choice.MODEL.fullmatch(model) is None:
        raise EngineError("usage", sentence("use.bad_name", name=model))
    gguf_choice.refuse_changed(file)
    recipe = _recipe(session, file)
    words = ("create", model, "-f", str(recipe))
    program = other_program.find(PROGRAM, places())
    line = shells.line(PROGRAM, *words)
    if program is None:
        return Delivery(False, model, line, sentence("use.no_ollama"), recipe)
    other_program.call(program, words)
    return Delivery(True, model, shells.line(PROGRAM, "run", model), sentence("use.in_ollama", model=model))


def places(home: Path | None = None) -> list[Path]:
    """Where its installers put it."""
    if sys.platform == "win32":
        return [(home or Path.home()) / "AppData" / "Local" / "Programs" / "Ollama"]
    if sys.platform == "darwin":
        return [Path("/Applications/Ollama.app/Contents/Resources"), Path("/opt/homebrew/bin"), Path("/usr/local/bin")]
    return [Path("/usr/local/bin"), Path("/usr/bin"), Path("/snap/bin")]


def _recipe(session: Path, file: Path) -> Path:
    """A Modelfile for this file. Raises EngineError results_damaged, cache_disk."""
    text = _of_session(session)
    folder = paths.cache_home() / PROGRAM / session.name
    path = folder / f"{MODELFILE}-{gguf_files.kind_of(file)}"
    with cached_files.filling(folder):
        part = durable.own_part(path)
        try:
            part.write_bytes(FROM.sub(lambda _: f"FROM {file.absolute()}", text, count=1).encode())
            durable.retry_busy(lambda: part.replace(path))
        finally:
            part.unlink(missing_ok=True)
    return path


def _of_session(session: Path) -> str:
    """It may name no file but the one beside it, whoever wrote it."""
    path = session / GGUF / MODELFILE
    try:
        text = wary_read.data(path, MOST_BYTES).decode("utf-8")
    except (OSError, ValueError) as error:
        raise EngineError("results_damaged", sentence("use.no_modelfile", session=session.name)) from error
    outside_quotes = QUOTED.sub("", text.replace("\r", "\n"))  # to Ollama it ends a line, too
    if len(LEADS_ELSEWHERE.findall(outside_quotes)) != 1 or FROM.match(text) is None:
        raise EngineError("results_damaged", sentence("use.strange_modelfile", path=path))
    return text
