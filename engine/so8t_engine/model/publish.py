"""Makes what training produced part of the session: whole folders, sealed by a manifest, published in one instant."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from safetensors.torch import save

from so8t_engine.model.policy import Policy
from so8t_engine.session import durable, manifest


def model(folder: Path, trained: Any, tokenizer: Any, about: dict[str, Any]) -> None:
    """A built base model as a Hugging Face folder."""

    def fill(part: Path) -> None:
        trained.save_pretrained(part)
        tokenizer.save_pretrained(part)

    _publish(folder, fill, about)


def adapter(folder: Path, policy: Policy, tokenizer: Any, alpha: dict[str, Any], about: dict[str, Any]) -> None:
    """The trained parts as they are now, laid out as adapter_folder.py says."""

    def fill(part: Path) -> None:
        for name, tensors in policy.parts().items():
            plain = {key: tensor.detach().cpu().contiguous().clone() for key, tensor in tensors.items()}
            durable.write(part / f"{name}.safetensors", save(plain))
        if policy.adapted:
            settings = policy.model.peft_config["default"].to_dict()
            settings["target_modules"] = sorted(settings["target_modules"])  # a set: its order changes from run to run
            settings["base_model_name_or_path"] = None  # the session may move; its config.yaml names the base
            durable.write(part / "adapter_config.json", _json(settings))
        durable.write(part / "alpha.json", _json(alpha))
        tokenizer.save_pretrained(part / "tokenizer")

    _publish(folder, fill, about)


def _publish(folder: Path, fill: Callable[[Path], None], about: dict[str, Any]) -> None:
    part = folder.with_name(folder.name + ".part")
    if part.exists():
        durable.discard(part)
    durable.make_folder(part)
    with durable.translated(part):  # the libraries' own writes meet a full disk too
        fill(part)
    durable.write(part / manifest.NAME, manifest.build(manifest.of_folder(part), about))
    durable.publish(part, folder)


def _json(body: dict[str, Any]) -> bytes:
    return (json.dumps(body, ensure_ascii=False, indent=1, sort_keys=True, default=str) + "\n").encode()
