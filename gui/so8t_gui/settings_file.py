"""What the user chose for the window, in one small JSON file; a damaged file is never an obstacle. No widgets here."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from so8t_engine import paths
from so8t_engine.session import durable
from so8t_gui.i18n.translate import tr

CHOICES = {
    "on_logon": ("ask", "auto", "off"),
    "language": ("system", "en", "ja"),
    "theme": ("system", "light", "dark"),
}
MOST_THREADS = 1024


@dataclass(frozen=True)
class Settings:
    """`data_root`: empty for the default folder (paths.default_root); `threads`: 0 for what the configuration says.

    `window`: position and size, as QWidget.saveGeometry writes them; `opened`: it is, or was at a crash.
    `folder`: where files were chosen last. `plot_...`: how the plot is shown.
    `sleep_told`: that this desktop offers no way to stay awake was read, and is known.
    """

    data_root: str = ""
    on_logon: str = "ask"
    language: str = "system"
    theme: str = "system"
    notifications: bool = True
    threads: int = 0
    inhibit_sleep: bool = True
    welcomed: bool = False
    window: str = ""
    opened: bool = False
    folder: str = ""
    plot_log: bool = False
    plot_by_time: bool = False
    plot_as_table: bool = False
    plot_smoothing: float = 0.9
    plot_extra: str = ""
    sleep_told: bool = False


def default_path() -> Path:
    """In the folder of paths.config_home."""
    return paths.config_home() / paths.SETTINGS


def load(path: Path) -> tuple[Settings, str]:
    """The settings, and a sentence where they could not be read (then they are the defaults). Never raises."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings(), ""
    except OSError as error:
        return Settings(), tr("The settings in {path} cannot be read: {why}.", path=path, why=error.strerror or error)
    except (ValueError, RecursionError):
        return Settings(), tr("The settings in {path} are damaged; the defaults are used.", path=path)
    if not isinstance(values, dict):
        return Settings(), tr("The settings in {path} are damaged; the defaults are used.", path=path)
    defaults = Settings()
    fitting = {field.name: _fitting(field.name, values.get(field.name), defaults) for field in fields(Settings)}
    return Settings(**fitting), ""


def save(path: Path, settings: Settings) -> str:
    """Writes them: at any instant the file is the old or the new one. Returns why it could not, or an empty string."""
    try:
        write(path, asdict(settings))
    except OSError as error:
        why = error.strerror or error
        return tr("The settings could not be saved in {path}: {why}. They apply until you quit.", path=path, why=why)
    return ""


def write(path: Path, values: Mapping[str, Any]) -> None:
    """A small JSON file, old or new at any instant. Raises OSError, and leaves nothing half-written then."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8") as file:
            json.dump(values, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        durable.retry_busy(lambda: part.replace(path))
    except OSError:
        _forget(part)
        raise


def _fitting(name: str, value: Any, defaults: Settings) -> Any:
    """The value if it is of the right kind, else the default: one bad entry does not cost the others."""
    default = getattr(defaults, name)
    if type(value) is not type(default):
        return default
    if name in CHOICES and value not in CHOICES[name]:
        return default
    if name == "threads" and not 0 <= value <= MOST_THREADS:
        return default
    return value


def _forget(part: Path) -> None:
    try:
        part.unlink()
    except OSError:
        pass  # there is none, as its folder is a file or may not be written
