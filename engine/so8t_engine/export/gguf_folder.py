"""The folder `session/gguf/`: a GGUF file per type beside an Ollama Modelfile; with links whole at any instant."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from so8t_engine import session_name
from so8t_engine.config.run_config import GgufType, RunConfig
from so8t_engine.export import final_model, gguf_writer, modelfile
from so8t_engine.export.final_model import Replace
from so8t_engine.model import chat_template
from so8t_engine.session import disk_errors, durable, manifest
from so8t_engine.session.sealed_folder import Digest, Publish

MODELFILE = "Modelfile"
NEW = "new"  # inside the folder, while a file is made on a disk without links


def file_name(name: str, kind: str) -> str:
    """`name`: of the configuration."""
    return f"{session_name.folder(name)}-{kind}.gguf"


def add(
    publish: Publish,
    model: Path,
    folder: Path,
    config: RunConfig,
    kind: GgufType,
    before: Sequence[str],
    replace: Replace = durable.replace,
) -> tuple[int, list[str]]:
    """Writes the file of one more type from the Hugging Face folder `model`.

    Returns its size in bytes, and which tensors have another type than it says (`gguf_writer.write`). Files of the
    types `before` stay as they are, others go. The Modelfile names the smallest until the files have been measured
    (`with_advised`). Where the disk knows no links the new file comes into the folder that is there (`_move_in`).
    `publish` and `replace` are a run's own. Raises EngineError export, disk_*.
    """
    name = config.name
    earlier = [file_name(name, each) for each in before]
    listed = manifest.read(folder)[0] if earlier else {}
    fallbacks: list[str] = []
    made = file_name(name, kind)
    if earlier and not durable.knows_links(folder / manifest.NAME):

        def fill_new(part: Path) -> None:
            fallbacks[:] = gguf_writer.write(model, part / made, kind, name)

        publish(folder / NEW, fill_new, {"folder": NEW}, readable=True)
        files = {file: listed[file] for file in earlier} | {made: manifest.read(folder / NEW)[0][made]}
        smallest = min(files, key=lambda file: files[file][0])
        _move_in(replace, folder, files, _modelfile(model, config, smallest).encode())
        return files[made][0], fallbacks

    def fill(part: Path) -> None:
        for file in earlier:
            final_model.link(folder / file, part / file)
        fallbacks[:] = gguf_writer.write(model, part / made, kind, name)
        smallest = min((*earlier, made), key=lambda file: (part / file).stat().st_size)
        (part / MODELFILE).write_bytes(_modelfile(model, config, smallest).encode())

    publish(folder, fill, {"folder": folder.name}, {file: listed[file] for file in earlier}, readable=True)
    return (folder / made).stat().st_size, fallbacks


def _move_in(replace: Replace, folder: Path, files: Mapping[str, Digest], recipe: bytes) -> None:
    """What lies whole in the folder `NEW` beside its older brothers, the Modelfile, and last the manifest of all.

    A cut on the way leaves a file that the manifest does not list yet; the unit, done again, writes it again. `files`:
    with those that stay.
    """
    for path in [path for path in (folder / NEW).iterdir() if path.name in files]:
        with disk_errors.translated(path):
            durable.retry_busy(functools.partial(path.replace, folder / path.name))
    durable.flush_folder(folder)
    durable.discard(folder / NEW)
    replace(folder / MODELFILE, recipe)
    replace(
        folder / manifest.NAME, manifest.build({**files, MODELFILE: manifest.digest(recipe)}, {"folder": folder.name})
    )
    durable.let_everybody_read(folder)


def with_advised(
    publish: Publish,
    model: Path,
    folder: Path,
    config: RunConfig,
    kind: str,
    replace: Replace = durable.replace,
) -> None:
    """The Modelfile names the file of this type; nothing is written where it does already."""
    text = _modelfile(model, config, file_name(config.name, kind))
    final_model.with_file(publish, folder, MODELFILE, text, replace)


def _modelfile(model: Path, config: RunConfig, file: str) -> str:
    longest = config.evaluate.max_new_tokens
    render = chat_template.of_folder(model)
    turns = chat_template.turns(render) if render is not None else None
    if render is not None and turns is not None and turns.system is None and _kept(render, config):
        turns = None  # it says the system prompt, in a way that is not a turn of its own
    return modelfile.render(
        file,
        template=modelfile.template_of(turns) if turns is not None else None,
        system=config.convert.system_prompt if turns is None or turns.system is not None else None,
        max_new_tokens=longest,
        context=context(model, config),
    )


def context(model: Path, config: RunConfig) -> int:
    """`context_of` a Hugging Face folder."""
    return context_of(json.loads((model / "config.json").read_text(encoding="utf-8")), config)


def context_of(shape: dict[str, Any], config: RunConfig) -> int:
    """How many tokens a conversation may have: the model's original context, where rope factors are those of training.

    llama.cpp takes the long factors for a longer one from the first token on. `shape`: config.json.
    """
    longest = max(gguf_writer.original_context(shape), config.lengths[0] + config.evaluate.max_new_tokens)
    return min(longest, int(shape["max_position_embeddings"]))


def _kept(render: chat_template.Render, config: RunConfig) -> bool:
    if not config.convert.system_prompt:
        return False
    try:
        return chat_template.keeps_system(render, config.convert.system_prompt)
    except chat_template.TemplateRefused:
        return False
