"""A trained policy read back from a session, and merged as PEFT merges: what the export is compared with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from so8t_engine.config.run_config import RunConfig
from so8t_engine.model import adapter_folder
from so8t_engine.model.policy import Policy


def load_trained(
    session: Path, config: RunConfig, device: str | None = None, name: str = adapter_folder.ADAPTER
) -> tuple[Policy, Any]:
    """(policy, tokenizer): base + LoRA + tag rows + gates at the saved alpha, in eval mode.

    `name` REFERENCE gives the policy before PPO.
    """
    files, alpha = adapter_folder.read(session / name)
    model, tokenizer = adapter_folder.load_base(session, config, device)
    policy = Policy.wrap(model, tokenizer, config, seed=0)
    policy.load_tensors(adapter_folder.to_tensors(policy, files))
    policy.set_alpha(alpha)
    policy.eval()
    return policy, tokenizer


def merge(policy: Policy) -> tuple[Any, dict[str, Tensor]]:
    """(the plain model with LoRA and tag rows merged in, rotations by module name). The policy is used up."""
    rotations = {}
    if policy.gates is not None:
        rotations = policy.gates.named_rotations()
        policy.gates.enabled = False
    plain = policy.model.merge_and_unload() if policy.adapted else policy.model
    if policy.tags is not None:
        policy.tags.enabled = False
        with torch.no_grad():
            for module, rows in (
                (plain.get_input_embeddings(), policy.tags.embed_tokens),
                (plain.lm_head, policy.tags.lm_head),
            ):
                module.weight[policy.tags.ids] = rows.to(module.weight.dtype)
    return plain, rotations
