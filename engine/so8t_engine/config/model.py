"""The sections of a run's configuration about the model: what is tuned, or built, and with which adapter."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, model_validator

from so8t_engine.config.types import Misfit, Positive, Rate, Section
from so8t_engine.config.used_where import only, others
from so8t_engine.sentences import sentence


class Build(Section):
    """A small Phi-3-architecture base model made on this machine from the training records themselves."""

    hidden_size: Annotated[int, Field(ge=8, multiple_of=8)] = 256
    intermediate_size: Positive = 512
    num_hidden_layers: Positive = 4
    num_attention_heads: Positive = 4
    vocab_size: Annotated[int, Field(ge=320)] = 4096
    max_position_embeddings: Positive = 1024
    max_steps: Annotated[int, Field(ge=0)] = 400
    per_device_train_batch_size: Positive = 32
    learning_rate: Rate = 2e-3


class Model(Section):
    """The base model: a local folder or a hub id, or one built here (`build`).

    `attn_implementation: auto`: flash_attention_2 where its package is installed and a GPU computes in 16 bits, or else
    sdpa.
    """

    model_name_or_path: str | None = None
    revision: Annotated[str | None, only("model.model_name_or_path", set=True)] = None
    build: Annotated[Build | None, only("model.model_name_or_path", set=False)] = None
    dtype: Literal["float32", "bfloat16", "float16"] = "bfloat16"
    load_in_4bit: bool = False
    attn_implementation: Literal["auto", "sdpa", "flash_attention_2", "eager"] = "sdpa"
    gradient_checkpointing: bool = False

    @model_validator(mode="after")
    def _one_base(self) -> Model:
        if (self.model_name_or_path is None) == (self.build is None):
            raise Misfit(sentence("config.model_or_build"), "model_name_or_path")
        return self


class Lora(Section):
    """`enabled: false` trains every parameter instead (full fine-tuning): for small models.

    `compute_dtype: auto` multiplies with A and B rounded to the model's own type (bfloat16 on a GPU), as QLoRA does;
    `float32` is slower and no more exact than the model around it. What is trained is float32 in both.
    """

    model_config = ConfigDict(json_schema_extra=others("enabled", "lora.enabled", is_in=[True]))

    enabled: bool = True
    r: Positive = 64
    lora_alpha: Positive = 128
    lora_dropout: Annotated[float, Field(ge=0, lt=1)] = 0.0
    target_modules: list[str] = ["qkv_proj", "o_proj", "gate_up_proj", "down_proj"]
    train_tag_rows: bool = True
    compute_dtype: Literal["auto", "float32"] = "auto"
