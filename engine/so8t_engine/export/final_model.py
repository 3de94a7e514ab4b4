"""The folder `session/final_model/`: folded, published whole, and once more with the results in its model card."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from so8t_engine.config.run_config import RunConfig
from so8t_engine.export import gguf_vocabulary, gguf_writer, model_card
from so8t_engine.session import durable, manifest
from so8t_engine.session.sealed_folder import Publish

NAME = "final_model"
Replace = Callable[[Path, bytes], None]  # durable.replace, or a run's own, which waits while the disk is full


def write(base: Path, adapter: Path, part: Path, config: RunConfig, card: str) -> None:
    """Fills the folder `part`. Raises EngineError export."""
    from transformers import AutoTokenizer  # a chat, which reads what lies beside this folder, starts without torch

    from so8t_engine.export import fold
    from so8t_engine.model import tokenizer as tokens

    tokenizer = AutoTokenizer.from_pretrained(adapter / "tokenizer", trust_remote_code=False)
    dtype = config.model.dtype if config.model.build is None else "float32"
    fold.write(base, adapter, part, dtype, tokens.stop_ids(tokenizer), tokens.pad_id(tokenizer), card)


def card(
    base: Path,
    tokenizer: Path,
    config: RunConfig,
    languages: Sequence[str],
    sources: Sequence[Mapping[str, Any]],
    results: Mapping[str, Any] | None = None,
) -> str:
    """`base`, `tokenizer`: folders; the rest as for `model_card.render`."""
    return model_card.render(
        config,
        base=model_card.base_of(config, base),
        model_name=gguf_writer.model_name(config.name, gguf_vocabulary.strips_right_in(tokenizer)),
        languages=languages,
        sources=sources,
        results=results,
    )


def with_file(publish: Publish, folder: Path, changed: str, text: str, replace: Replace = durable.replace) -> None:
    """The same folder with another text in its file `changed`, and no byte of its weights copied.

    Published anew with links to all else. Where the disk knows no links, the file is replaced by `replace`, and the
    manifest after it: a cut between the two leaves that one file unlisted, and whoever calls again mends it.
    """
    data = text.encode()
    listed, about = manifest.read(folder)
    digest = manifest.digest(data)
    if listed.get(changed) == digest and (folder / changed).is_file() and (folder / changed).read_bytes() == data:
        return
    if not durable.knows_links(folder / manifest.NAME):
        replace(folder / changed, data)
        replace(folder / manifest.NAME, manifest.build({**listed, changed: digest}, about))
        durable.let_everybody_read(folder)
        return
    kept = {name: known for name, known in listed.items() if name != changed}

    def fill(part: Path) -> None:
        for name in kept:
            link(folder / name, part / name)
        (part / changed).write_bytes(data)

    publish(folder, fill, about, kept, readable=True)


def link(source: Path, target: Path) -> None:
    """No second copy of gigabytes where the file system can do without."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
