"""Opens what step 4 left behind: the base model alone, or the base with its trained parts.

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

`session/reference/` has the same layout: the policy as PPO found it after the warm-up, which is also PPO's reference.
`session/model/` (only with `model.build`): a plain Hugging Face folder with its tokenizer, and `manifest.json`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from safetensors.torch import load_file
from torch import Tensor

from so8t_engine.config.run_config import RunConfig
from so8t_engine.errors import EngineError
from so8t_engine.model import base_model as base
from so8t_engine.model import runtime
from so8t_engine.model.policy import Policy
from so8t_engine.session import manifest

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
    """(policy, tokenizer): base + LoRA + tag rows + gates at the final alpha, in eval mode.

    `name` REFERENCE gives the policy before PPO. `policy.model` is the PEFT model (call it, or give it to
    `generate.generate`); `policy.as_base()` is a context manager that turns it back into the base; `policy.merge()`
    returns (plain Phi3ForCausalLM with LoRA and tag rows merged in, {base module name: R (blocks, 8, 8)}) ready for
    `gate.fold`. Raises EngineError as `load_base`, and session_damaged where the folder is missing or altered.
    """
    parts, alpha = read_parts(session / name)
    model, tokenizer = load_base(session, config, device)
    policy = Policy.wrap(model, tokenizer, config, seed=0)
    policy.load_parts(parts)
    policy.set_alpha(alpha)
    policy.eval()
    return policy, tokenizer


def read_parts(folder: Path) -> tuple[dict[str, dict[str, Tensor]], float]:
    """(tensors by file, alpha) of an adapter folder. Raises EngineError session_damaged."""
    problems = manifest.problems(folder)
    if problems:
        raise EngineError("session_damaged", f"The trained adapter cannot be read: {problems[0]}.")
    parts = {path.stem: load_file(path) for path in sorted(folder.glob("*.safetensors"))}
    return parts, float(json.loads((folder / "alpha.json").read_text(encoding="utf-8"))["alpha"])
