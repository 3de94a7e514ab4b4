"""A trained policy read back from a session, and merged as PEFT merges: what the export is compared with."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from so8t_engine.model.adapter_folder import load_trained as load_trained
from so8t_engine.model.policy import Policy


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
