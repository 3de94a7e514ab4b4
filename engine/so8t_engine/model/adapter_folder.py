"""Reads and writes the trained parts of a policy as a sealed folder of the session.

Layout of `session/adapter/` (published whole, sealed by `manifest.json`):

    adapter_model.safetensors   LoRA tensors under PEFT's own key names
    adapter_config.json         PEFT's configuration of them
    model.safetensors           in place of both: the whole base model after full fine-tuning (lora.enabled: false)
    tag_rows.safetensors        `ids` (n,), `embed_tokens` (n, hidden), `lm_head` (n, hidden): whole new rows
                                (present only with LoRA and lora.train_tag_rows)
    gates.safetensors           base module name -> generators (blocks, 28) float32; `alpha` (1,) float32
                                (present only with gate.enabled)
    value_head.safetensors      `weight` (1, hidden), `bias` (1,)
    alpha.json                  {"alpha": final strength, "mode": "geodesic" | "residual", "updates": PPO updates done}
    tokenizer/                  the tokenizer with chat template and tags

`session/reference/` has the same layout: the policy after the warm-up, which is PPO's reference.
`session/model/` (only with `model.build`): a plain Hugging Face folder with its tokenizer, and `manifest.json`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save
from torch import Tensor

from so8t_engine.config.run_config import RunConfig
from so8t_engine.errors import EngineError
from so8t_engine.model import base_model as base
from so8t_engine.model import runtime
from so8t_engine.model.policy import LORA, WHOLE, Policy
from so8t_engine.sentences import sentence
from so8t_engine.session import durable, manifest
from so8t_engine.session.sealed_folder import Publish

ADAPTER, REFERENCE = "adapter", "reference"


def load_base(session: Path, config: RunConfig, device: str | None = None) -> tuple[Any, Any]:
    """(Phi3ForCausalLM in eval mode, tokenizer): the model before any tuning, on the run's device.

    Raises EngineError model_missing, model_unfit, or session_damaged where the built base was altered.
    """
    base_model, tokenizer = base.load(session, config, runtime.choose_device(device or config.runtime.device))
    return base_model.eval(), tokenizer


def load_trained(
    session: Path, config: RunConfig, device: str | None = None, name: str = ADAPTER
) -> tuple[Policy, Any]:
    """(policy, tokenizer): base, LoRA, tag rows and gates at the saved alpha, in eval mode.

    `name` REFERENCE gives the policy between warm-up and reinforcement learning. Raises EngineError as `load_base`.
    """
    files, alpha = read(session / name)
    model, tokenizer = load_base(session, config, device)
    policy = Policy.wrap(model, tokenizer, config, seed=0)
    policy.load_tensors(to_tensors(policy, files))
    policy.set_alpha(alpha)
    policy.eval()
    return policy, tokenizer


def read(folder: Path) -> tuple[dict[str, dict[str, Tensor]], float]:
    """(tensors by file and key, alpha) of an adapter folder. Raises EngineError session_damaged."""
    problems = manifest.problems(folder)
    if problems:
        raise EngineError("session_damaged", sentence("model.adapter_unreadable", problem=problems[0]))
    files = {path.stem: load_file(path) for path in sorted(folder.glob("*.safetensors"))}
    return files, float(json.loads((folder / "alpha.json").read_text(encoding="utf-8"))["alpha"])


def write(
    publish: Publish, folder: Path, policy: Policy, tokenizer: Any, alpha: dict[str, Any], about: dict[str, Any]
) -> None:
    """Publishes the trained parts as they are now. `alpha` is the content of alpha.json, `about` the manifest's.

    `publish` is a run's own, which waits while the disk is full. Raises EngineError disk_*.
    """

    def fill(part: Path) -> None:
        for name, tensors in to_files(policy).items():
            plain = {key: tensor.detach().cpu().contiguous().clone() for key, tensor in tensors.items()}
            durable.write(part / f"{name}.safetensors", save(plain))
        if policy.adapted:
            settings = policy.model.peft_config["default"].to_dict()
            settings["target_modules"] = sorted(settings["target_modules"])  # a set: its order changes from run to run
            settings["base_model_name_or_path"] = None  # the session may move; its config.yaml names the base
            durable.write(part / "adapter_config.json", _json(settings))
        durable.write(part / "alpha.json", _json(alpha))
        tokenizer.save_pretrained(part / "tokenizer")

    publish(folder, fill, about)


def to_files(policy: Policy) -> dict[str, dict[str, Tensor]]:
    """The safetensors files by name without suffix: tensor by key."""
    own = policy.tensors()
    file, prefix = ("adapter_model", LORA) if policy.adapted else ("model", WHOLE)
    files = {
        file: {name.removeprefix(prefix): tensor for name, tensor in own.items() if name.startswith(prefix)},
        "value_head": {"weight": own["value_head.weight"], "bias": own["value_head.bias"]},
    }
    if policy.tags is not None:
        rows = {name: own[f"tag_rows.{name}"] for name in ("embed_tokens", "lm_head")}
        files["tag_rows"] = {"ids": policy.tags.ids, **rows}
    if policy.gates is not None:
        files["gates"] = {
            **dict(zip(policy.gates.names, own["gates.generators"], strict=True)),
            "alpha": policy.gates.alpha.reshape(1),
        }
    return files


def to_tensors(policy: Policy, files: Mapping[str, Mapping[str, Tensor]]) -> dict[str, Tensor]:
    """The inverse of `to_files`: tensors under the names of `Policy.trainable`. Raises EngineError model_unfit."""
    tensors = {f"{LORA}{name}": tensor for name, tensor in files.get("adapter_model", {}).items()}
    tensors |= {f"{WHOLE}{name}": tensor for name, tensor in files.get("model", {}).items()}
    tensors |= {f"value_head.{name}": tensor for name, tensor in files.get("value_head", {}).items()}
    rows = files.get("tag_rows", {})
    tensors |= {f"tag_rows.{name}": tensor for name, tensor in rows.items() if name != "ids"}
    if policy.gates is not None and "gates" in files:
        if not set(policy.gates.names) <= set(files["gates"]):
            raise EngineError("model_unfit", sentence("model.other_gates"))
        tensors["gates.generators"] = torch.stack([files["gates"][name] for name in policy.gates.names])
    return tensors


def _json(body: dict[str, Any]) -> bytes:
    return (json.dumps(body, ensure_ascii=False, indent=1, sort_keys=True, default=str) + "\n").encode()
