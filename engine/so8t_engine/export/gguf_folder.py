"""The folder `session/gguf/`: a GGUF file per type beside an Ollama Modelfile; at any instant it is complete."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from so8t_engine.config.run_config import GgufType, RunConfig
from so8t_engine.export import gguf_writer, modelfile
from so8t_engine.session import manifest
from so8t_engine.session.sealed_folder import Publish

MODELFILE = "Modelfile"


def file_name(name: str, kind: str) -> str:
    return f"{name}-{kind}.gguf"


def add(publish: Publish, model: Path, folder: Path, config: RunConfig, kind: GgufType) -> int:
    """Writes the file of one more type from the Hugging Face folder `model`; returns its size in bytes.

    Files of earlier types stay as they are (links where the disk knows links), others go. The Modelfile names the
    smallest. `publish` is a run's own. Raises EngineError export, disk_*.
    """
    kinds, name = config.evaluate.gguf, config.name
    earlier = [file_name(name, before) for before in kinds[: kinds.index(kind)]]
    listed = manifest.read(folder)[0] if earlier else {}

    def fill(part: Path) -> None:
        for file in earlier:
            _link(folder / file, part / file)
        gguf_writer.write(model, part / file_name(name, kind), kind, name)
        smallest = min((*earlier, file_name(name, kind)), key=lambda file: (part / file).stat().st_size)
        longest = config.evaluate.max_new_tokens
        room = config.lengths[0] + longest
        text = modelfile.render(smallest, config.convert.system_prompt, longest, room)
        (part / MODELFILE).write_text(text, encoding="utf-8")

    publish(folder, fill, {"folder": folder.name}, {file: listed[file] for file in earlier})
    return (folder / file_name(name, kind)).stat().st_size


def _link(source: Path, target: Path) -> None:
    """No second copy of gigabytes where the file system can do without."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
