"""The user's word that a session may run its own code: given once for each content, kept with the user's settings.

A session folder may come from anybody, and `reward.functions` is code in it. So nothing of it runs before the user has
allowed exactly these files (`--allow-code`, or the button in the window); a changed byte needs a new word.
"""

from __future__ import annotations

import json
import time
from pathlib import Path

from so8t_engine import paths
from so8t_engine.config.reward import Reward
from so8t_engine.errors import EngineError
from so8t_engine.rewards import source_files
from so8t_engine.rewards.source_files import SourceFiles
from so8t_engine.sentences import sentence
from so8t_engine.session import durable

NAME = "allowed_code.json"


def folders_of(reward: Reward) -> list[Path]:
    """Where its functions' modules are looked for, in this order."""
    folders = [Path(reward.folder)] if reward.folder else []
    return [*folders, *([Path.cwd()] if Path.cwd() not in folders else [])]


def allowed(reward: Reward) -> SourceFiles:
    """The files that its functions run, all of them allowed.

    Raises EngineError code_not_allowed, which names them; reward where one cannot be read.
    """
    files = _files(reward)
    if files.digests and files.digest not in _given():
        names = [str(path) for path in sorted(files.digests)]
        raise EngineError("code_not_allowed", sentence("rewards.code_not_allowed", files=names))
    return files


def allow(reward: Reward) -> None:
    """From now on these files may run, in every session. Raises EngineError disk_*; reward as `allowed` does."""
    files = _files(reward)
    if not files.digests:
        return
    entry = {"files": [str(path) for path in sorted(files.digests)], "allowed": time.strftime("%Y-%m-%d %H:%M:%S")}
    folder = paths.config_home()
    durable.make_folder(folder)
    content = json.dumps(_given() | {files.digest: entry}, ensure_ascii=False, indent=1)
    durable.replace(folder / NAME, content.encode())


def _files(reward: Reward) -> SourceFiles:
    try:
        return source_files.of_functions(reward.functions, folders_of(reward))
    except OSError as error:
        why = error.strerror or str(error)
        raise EngineError("reward", sentence("doctor.unreadable", path=error.filename, error=why)) from error


def _given() -> dict[str, object]:
    """By digest. A file that cannot be read allows nothing."""
    try:
        values = json.loads((paths.config_home() / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return values if isinstance(values, dict) else {}
