"""One backbone in four roles: base model, policy, reference and value.

Policy = base + LoRA + tag rows + gates; base = the same with all three disabled; reference = what PPO started from (the
trained tensors of that moment, swapped in); value = one linear layer on the policy's last hidden state. With
`lora.enabled: false` every parameter of the base is trained instead, and the base cannot be had back.

The reference is the warmed-up model and not the base: the base gives the section tags no probability at all, and a KL
penalty against it (72 nats per answer on the demo) drives the policy out of the format it has just learned.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from torch import Tensor, nn

from so8t_engine.config.run_config import Lora, RunConfig
from so8t_engine.errors import EngineError
from so8t_engine.model import logprobs, lora_in_place, lora_products, merged_weights, seeds, tag_embeddings
from so8t_engine.model import tokenizer as tokens
from so8t_engine.model.fused_norms import fused_norms
from so8t_engine.model.so8_gate import SO8Gates, band
from so8t_engine.sentences import sentence

LORA, WHOLE = "lora.", "model."  # first parts of names of trained tensors
MODULES = {"o_proj": "self_attn.o_proj", "down_proj": "mlp.down_proj"}


class Policy:
    """`model` is the PEFT model, or the plain one where all of it is trained; `base` is the plain one."""

    def __init__(
        self, model: Any, gates: SO8Gates | None, tags: tag_embeddings.TagRows | None, value_head: nn.Linear
    ) -> None:
        self.model, self.gates, self.tags, self.value_head = model, gates, tags, value_head
        self._reference: tuple[dict[str, Tensor], float] | None = None

    @classmethod
    def wrap(cls, base: Any, tokenizer: Any, config: RunConfig, seed: int) -> Policy:
        """Adds the trained parts to a base model; without training the policy equals it to the last bit.

        Raises EngineError model_unfit where the modules to adapt are not there.
        """
        seeds.seed_everything(seed, "policy")
        model, tags = base, None
        for parameter in base.parameters():
            parameter.requires_grad_(not config.lora.enabled)
        if config.lora.enabled and config.lora.train_tag_rows:
            tags = tag_embeddings.TagRows(tokens.tag_ids(tokenizer), base.get_input_embeddings(), base.lm_head)
        if config.lora.enabled:
            model = _adapted(base, config.lora)
            if config.lora.compute_dtype == "auto":
                lora_products.install(model, base.get_input_embeddings().weight.dtype)
            lora_in_place.install(model)
        device = base.lm_head.weight.device
        gates = _gates(base, config)
        if gates is not None:
            gates.to(device)
        if tags is not None:
            tags.attach(base.get_input_embeddings(), base.lm_head)
        value_head = nn.Linear(base.config.hidden_size, 1).to(device)
        nn.init.zeros_(value_head.weight)
        nn.init.zeros_(value_head.bias)
        if config.model.gradient_checkpointing:
            base.activation_checkpointing_enable({"use_reentrant": False})
        return cls(model, gates, tags, value_head)

    @property
    def base(self) -> Any:
        return self.model.base_model.model if self.adapted else self.model

    @property
    def adapted(self) -> bool:
        """True with LoRA, False where all parameters are trained."""
        return isinstance(self.model, PeftModel)

    def modules(self) -> dict[str, nn.Module | None]:
        """The parts that supervised training and generation use: all but the value head."""
        return {"model": self.model, "tags": self.tags, "gates": self.gates}

    @property
    def device(self) -> torch.device:
        return torch.device(self.base.lm_head.weight.device)

    def set_alpha(self, alpha: float) -> None:
        if self.gates is not None:
            self.gates.alpha.fill_(alpha)
            self.gates.forget()

    def eval(self) -> None:
        self.model.eval()

    def train(self, dropout: bool) -> None:
        """Training mode (gradient checkpointing needs it); PPO runs without dropout, as its ratios compare passes."""
        self.model.train()
        if not dropout:
            for module in self.model.modules():
                if isinstance(module, nn.Dropout):
                    module.eval()

    @contextmanager
    def as_base(self) -> Iterator[None]:
        """Inside the context the model is the base model again, to the last bit. Only with LoRA."""
        switches = [part for part in (self.gates, self.tags) if part is not None]
        with self.model.disable_adapter():
            for part in switches:
                part.enabled = False
            try:
                yield
            finally:
                for part in switches:
                    part.enabled = True

    @contextmanager
    def generating(self) -> Iterator[None]:
        """Inside the context tokens come faster; what is trained is merged or rounded once, and must not change."""
        self.eval()
        with self.merged(), lora_products.prepared(self.model), fused_norms(self.base):
            yield

    @contextmanager
    def merged(self) -> Iterator[None]:
        """Inside the context LoRA and gates are merged into float32 weights; for generation only."""
        rotations = {} if self.gates is None else self.gates.named_rotations()
        if not merged_weights.possible(self.base, rotations):
            yield
            return
        with merged_weights.merged(self.base, rotations):
            if self.gates is not None:
                self.gates.enabled = False
            try:
                yield
            finally:
                if self.gates is not None:
                    self.gates.enabled = True

    def keep_reference(self, tensors: Mapping[str, Tensor], alpha: float) -> None:
        """From now on `reference` means the policy with these trained tensors and this alpha.

        They are kept in host memory; a GPU holds them only while it scores a rollout, without gradients or activations.
        """
        self._reference = ({name: tensor.detach().cpu().clone() for name, tensor in tensors.items()}, alpha)

    @contextmanager
    def reference(self) -> Iterator[None]:
        """Inside the context the model is what PPO started from; without a kept reference it is the base model."""
        if self._reference is None:
            with self.as_base():
                yield
            return
        tensors, alpha = self._reference
        before = 0.0 if self.gates is None else float(self.gates.alpha)
        own = {name: parameter for name, parameter in self.trainable().items() if name in tensors}
        kept = {name: parameter.data for name, parameter in own.items()}
        for name, parameter in own.items():
            parameter.data = tensors[name].to(parameter.device)
        self.set_alpha(alpha)
        try:
            yield
        finally:
            for name, parameter in own.items():
                parameter.data = kept[name]
            self.set_alpha(before)

    def hidden(self, input_ids: Tensor, attention_mask: Tensor | None = None) -> Tensor:
        """(B, T) to (B, T, hidden); with a mask, padding may be on either side.

        Without one it must be on the right, where no real token attends to it.
        """
        positions = None if attention_mask is None else (attention_mask.cumsum(1) - 1).clamp(min=0)
        output = self.base.model(
            input_ids=input_ids, attention_mask=attention_mask, position_ids=positions, use_cache=False
        )
        return output.last_hidden_state

    def logprobs(
        self, hidden: Tensor, chosen: Tensor, temperature: float = 1.0, entropy: bool = True
    ) -> tuple[Tensor, Tensor]:
        """(log-probability of `chosen`, entropy without gradient or zeros) per row (N,); hidden: (N, hidden)."""
        return logprobs.of_tokens(self.base.lm_head, hidden, chosen, temperature, entropy)

    def values(self, hidden: Tensor) -> Tensor:
        return self.value_head(hidden.to(self.value_head.weight.dtype)).squeeze(-1)

    def trainable(self) -> dict[str, nn.Parameter]:
        """Every trained tensor by its name: `lora.*` or `model.*`, `tag_rows.*`, `gates.generators`, `value_head.*`."""
        parameters = {
            f"{LORA}{name.replace('.default.', '.')}" if self.adapted else f"{WHOLE}{name}": parameter
            for name, parameter in self.model.named_parameters()
            if ".lora_" in name or not self.adapted
        }
        parts: dict[str, nn.Module | None] = {
            "tag_rows": self.tags,
            "gates": self.gates,
            "value_head": self.value_head,
        }
        for part, module in parts.items():
            if module is not None:
                parameters |= {f"{part}.{name}": parameter for name, parameter in module.named_parameters()}
        return dict(sorted(parameters.items()))

    def tensors(self) -> dict[str, Tensor]:
        return {name: parameter.detach() for name, parameter in self.trainable().items()}

    def load_tensors(self, saved: Mapping[str, Tensor]) -> None:
        """Raises EngineError model_unfit where names or shapes are another model's."""
        own = self.trainable()
        if set(own) != set(saved) or any(own[name].shape != saved[name].shape for name in own):
            raise EngineError("model_unfit", sentence("model.other_tensors"))
        with torch.no_grad():
            for name, parameter in own.items():
                parameter.copy_(saved[name])


def _adapted(base: Any, lora: Lora) -> Any:
    settings = LoraConfig(
        r=lora.r,
        lora_alpha=lora.lora_alpha,
        lora_dropout=lora.lora_dropout,
        target_modules=list(lora.target_modules),
        task_type="CAUSAL_LM",
    )
    try:
        return get_peft_model(base, settings)
    except ValueError as error:
        raise EngineError("model_unfit", sentence("model.lora_unfit", error=str(error).splitlines()[0])) from error


def _gates(base: Any, config: RunConfig) -> SO8Gates | None:
    """Gates on the band's modules; those are LoRA wrappers by now, so that the adapter's part is rotated too."""
    settings = config.gate
    if not settings.enabled:
        return None
    layers = band(base.config.num_hidden_layers, settings.first, settings.last)
    modules: dict[str, nn.Module] = {}
    for layer in layers:
        for target in settings.target_modules:
            name = f"model.layers.{layer}.{MODULES[target]}"
            try:
                modules[name] = base.get_submodule(name)
            except AttributeError as error:
                raise EngineError("model_unfit", sentence("model.no_module_for_gate", module=name)) from error
    gates = SO8Gates(list(modules), base.config.hidden_size, settings.mode, settings.shared)
    gates.attach(base.model, modules)
    return gates
