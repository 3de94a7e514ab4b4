"""`session/gguf/`: one file per wanted type and an Ollama Modelfile, published whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from so8t_engine import files, manifest
from so8t_engine.config import RunConfig
from so8t_engine.export import gguf_writer, modelfile


def file_name(name: str, kind: str) -> str:
    return f"{name}-{kind}.gguf"


def make(model: Path, folder: Path, config: RunConfig, said: Callable[[str], None]) -> None:
    """`model`: a Hugging Face folder; `said` hears of each file as it begins. Raises EngineError export, disk_*."""
    kinds, name = config.evaluate.gguf, config.name

    def fill(part: Path) -> None:
        for kind in kinds:
            said(kind)
            gguf_writer.write(model, part / file_name(name, kind), kind, name)
        smallest = min(kinds, key=lambda kind: (part / file_name(name, kind)).stat().st_size)
        longest = config.evaluate.max_new_tokens
        room = config.ppo.max_prompt_length + longest
        text = modelfile.render(file_name(name, smallest), config.convert.system_prompt, longest, room)
        (part / "Modelfile").write_text(text, encoding="utf-8")

    publish(folder, fill)


def publish(folder: Path, fill: Callable[[Path], None]) -> None:
    """A folder that `fill` fills beside the final place, sealed by a manifest and renamed in one instant."""
    part = folder.with_name(folder.name + ".part")
    if part.exists():
        files.discard(part)
    files.make_folder(part)
    with files.translated(part):
        fill(part)
    files.write(part / manifest.NAME, manifest.build(manifest.of_folder(part), {"folder": folder.name}))
    files.publish(part, folder)
