"""The `reward` section: weights of the parts, the user's functions, a reward model, the length."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, field_validator, model_validator

from so8t_engine.config.types import Fraction, Misfit, Positive, Section
from so8t_engine.config.used_where import only, others
from so8t_engine.sentences import sentence


class Length(Section):
    """Soft overlong punishment (DAPO, arXiv 2503.14476, equation 13): 0 up to `target`, falling evenly to -1 at `max`.

    `unit` counts the whole completion, thoughts and tags included. Off by default (weight 0): PPO already charges
    `missing_eos_penalty` to an answer that does not end.
    """

    model_config = ConfigDict(json_schema_extra=others("weight", "reward.length.weight", above=0))

    weight: Annotated[float, Field(ge=0)] = 0.0
    target: Positive = 384
    max: Positive = 512
    unit: Literal["tokens", "characters"] = "tokens"

    @model_validator(mode="after")
    def _falls(self) -> Length:
        if self.target >= self.max:
            raise Misfit(sentence("config.target_and_max"), "target")
        return self


class RewardModel(Section):
    """A Hugging Face sequence classifier with one output (folder or hub id); its raw score times `weight` is added.

    It is asked for `reads: final` (what the reader sees) or the whole `completion`. `device` and `dtype` are the
    policy's unless given; `load_in_4bit` needs CUDA.
    """

    model_config = ConfigDict(json_schema_extra=others("name_or_path", "reward.model.name_or_path", set=True))

    name_or_path: str
    revision: str | None = None
    weight: float = 1.0
    reads: Literal["final", "completion"] = "final"
    per_device_batch_size: Positive = 8
    max_length: Positive = 1_024
    device: str | None = Field(default=None, pattern=r"^(cpu|cuda(:\d+)?)$")
    dtype: Literal["float32", "bfloat16", "float16"] | None = None
    load_in_4bit: bool = False


class Reward(Section):
    """What an answer is worth: reasoning * (form and right answer) + safety * (refused or answered) + the rest.

    reasoning = format_share * format + (1 - format_share) * answer; the form alone where nobody knows the answer.
    Of a well-formed answer's format, `section_share` is paid for the sections that its kind of record asks for and that
    say more than the question and the final answer; with 0 an answer without any thought has all of it.
    The rest: length.weight * length + model.weight * score + each function's value times its weight (1 unless
    `function_weights` says otherwise). `functions` are `module:function` with TRL's signature, looked for in `folder`
    first (that of the YAML file, filled in when it is read), then in the current one.
    """

    reasoning: Fraction = 0.7
    safety: Fraction = 0.3
    format_share: Fraction = 0.3
    section_share: Annotated[float, Field(ge=0, le=0.5)] = 0.0
    length: Length = Length()
    functions: list[Annotated[str, Field(pattern=r"^[\w.]+:\w+$")]] = []
    function_weights: Annotated[list[float] | None, only("reward.functions", set=True)] = None
    folder: Annotated[str | None, only("reward.functions", set=True)] = None
    model: RewardModel | None = None

    @field_validator("model", mode="before")
    @classmethod
    def _named(cls, value: Any) -> Any:
        """`model: some/name` is short for `model: {name_or_path: some/name}`."""
        return {"name_or_path": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _weighed(self) -> Reward:
        if len(set(self.functions)) < len(self.functions):
            raise Misfit(sentence("config.functions_twice"), "functions")
        if self.function_weights is not None and len(self.function_weights) != len(self.functions):
            counts = {"weights": len(self.function_weights), "functions": len(self.functions)}
            raise Misfit(sentence("config.function_weights", **counts), "function_weights")
        return self
