"""A session's model in LM Studio: `publisher/model/file.gguf` below its models folder, a hard link where disks allow.

Which folder that is stands in LM Studio's settings; they are read as its own program does (lmstudio-ai/lms,
src/modelsFolder.ts). Without LM Studio's folder `lms import` is asked, where it is found.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from so8t_engine import shells
from so8t_engine.errors import EngineError
from so8t_engine.export import gguf_choice, other_program
from so8t_engine.export.other_program import Delivery
from so8t_engine.sentences import sentence
from so8t_engine.session import disk_errors, durable, manifest, wary_read

PROGRAM = "lms"
POINTER = ".lmstudio-home-pointer"  # holds the path of a home that was moved
HOMES = (Path(".cache") / "lm-studio", Path(".lmstudio"))  # the older one first, as lms does
MOST_BYTES = 1 << 20


def add(session: Path, kind: str | None = None, name: str | None = None) -> Delivery:
    """`name`: of the model's folder. Raises EngineError no_gguf, usage, other_program, disk_*, lm_studio_folder."""
    file = gguf_choice.file(session, kind)
    title = name or gguf_choice.title(session)
    model = f"{gguf_choice.PUBLISHER}/{title}"
    if "/" in title or ":" in title or gguf_choice.MODEL.fullmatch(title) is None:
        raise EngineError("usage", sentence("use.bad_name", name=title))
    gguf_choice.refuse_changed(file)
    home = home_folder(Path.home())
    words = ("import", "--hard-link", "--yes", "--user-repo", model, str(file.absolute()))
    line = shells.line(PROGRAM, *words)
    if home is not None:
        return _put(file, models_folder(home, Path.home()), model, line)
    program = other_program.find(PROGRAM, [Path.home() / folder / "bin" for folder in HOMES])
    if program is None:
        return Delivery(False, model, line, sentence("use.no_lm_studio"))
    other_program.call(program, words)
    return Delivery(True, model, line, sentence("use.imported", file=file.name, model=model))


def home_folder(home: Path) -> Path | None:
    """LM Studio's own, None where it was never started on this account."""
    try:
        told = Path(wary_read.data(home / POINTER, MOST_BYTES).decode("utf-8").strip())
        if told.is_absolute() and told.is_dir():
            return told
    except (OSError, ValueError):
        pass
    return next((home / folder for folder in HOMES if (home / folder).is_dir()), None)


def models_folder(lm_studio: Path, home: Path) -> Path:
    """As its settings have it. Raises EngineError lm_studio_folder where that is not there, on a disk unplugged."""
    for settings in (lm_studio / "settings.json", _application_data(home) / "LM Studio" / "settings.json"):
        chosen = wary_read.json_object(settings).get("downloadsFolder")
        if isinstance(chosen, str) and Path(chosen).is_absolute():
            if not Path(chosen).is_dir():
                raise EngineError("lm_studio_folder", sentence("use.lm_studio_away", path=chosen))
            return Path(chosen)
    return lm_studio / "models"


def _application_data(home: Path) -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or home / "AppData" / "Roaming")
    if sys.platform == "darwin":
        return home / "Library" / "Application Support"
    return Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")


def _put(file: Path, models: Path, model: str, line: str) -> Delivery:
    """Whole or not at all; a file of the same name, of an earlier run, is replaced.

    What is there already stays: the same file, or a copy with the size and digest that the session has sealed.
    """
    place = models / model / file.name
    told = {"file": file.name, "model": model, "path": place}
    with disk_errors.translated(place):
        if place.is_file() and (place.samefile(file) or _is_copy(place, file)):
            return Delivery(True, model, line, sentence("use.there_already", **told), place)
        place.parent.mkdir(parents=True, exist_ok=True)
        part = durable.own_part(place)
        try:
            linked = _link_or_copy(file, part)
            durable.retry_busy(lambda: part.replace(place))
        except PermissionError as error:
            if not place.is_file():
                raise
            raise EngineError("lm_studio_busy", sentence("use.lm_studio_busy", path=place)) from error
        finally:
            part.unlink(missing_ok=True)
    return Delivery(True, model, line, sentence("use.linked" if linked else "use.copied", **told), place)


def _is_copy(place: Path, file: Path) -> bool:
    """Whether it holds what the session's manifest says of the file; only a file of the same size is read."""
    try:
        sealed = manifest.read(file.parent)[0].get(file.name)
        return sealed is not None and place.stat().st_size == sealed[0] and manifest.digest_file(place) == sealed
    except (OSError, ValueError):
        return False


def _link_or_copy(file: Path, part: Path) -> bool:
    """Whether no second copy was needed: on another disk, or one that knows no links, it is."""
    try:
        os.link(file, part)
    except OSError:
        shutil.copyfile(file, part)
        return False
    return True
