"""The folder `session/final_model/`: folded, published whole, and once more with the results in its model card."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from so8t_engine.config.run_config import RunConfig
from so8t_engine.export import gguf_vocabulary, gguf_writer, model_card
from so8t_engine.session import manifest
from so8t_engine.session.sealed_folder import Publish

NAME = "final_model"


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


def with_file(publish: Publish, folder: Path, changed: str, text: str) -> None:
    """The same folder with another text in its file `changed`; weights are not copied where the disk knows links."""
    listed, about = manifest.read(folder)
    kept = {name: digest for name, digest in listed.items() if name != changed}

    def fill(part: Path) -> None:
        for name in kept:
            link(folder / name, part / name)
        (part / changed).write_bytes(text.encode())

    publish(folder, fill, about, kept, readable=True)


def link(source: Path, target: Path) -> None:
    """No second copy of gigabytes where the file system can do without."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
