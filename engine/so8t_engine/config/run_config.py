"""One YAML per run, checked at the door: types, ranges, unknown keys; Hugging Face and TRL names.

`RunConfig` is what the rest of the engine trusts. Reading and writing YAML with places in the file is
file.py's.
"""

from __future__ import annotations

import codecs
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints, field_validator, model_validator

from so8t_engine import session_name
from so8t_engine.config import label_limits
from so8t_engine.config.gate import Alpha as Alpha
from so8t_engine.config.gate import Gate as Gate
from so8t_engine.config.group import Grpo as Grpo
from so8t_engine.config.group import Rloo as Rloo
from so8t_engine.config.model import Build as Build
from so8t_engine.config.model import Lora as Lora
from so8t_engine.config.model import Model as Model
from so8t_engine.config.reward import Reward as Reward
from so8t_engine.config.teaching import SELF, holds_secret, is_endpoint, is_half_an_address
from so8t_engine.config.teaching import Teaching as Teaching
from so8t_engine.config.types import Fraction, Misfit, Positive, Rate, Section
from so8t_engine.config.used_where import only, others
from so8t_engine.sentences import sentence

GgufType = Literal["F32", "F16", "BF16", "Q8_0", "Q4_K_M", "Q5_K_M", "Q6_K"]


class Columns(Section):
    """Which columns of a dataset hold what: a column, a way into one (`a.b.0`), or a template (`"{a}\\n{b}"`).

    `query` is put behind `prompt`, a passage before its question. `messages`: a list of turns, a talk written out, or a
    column for each turn (`q1, a1`). `answer`: the gold answer alone;
    `choices`: the options of a choice question, whose right ones `answer` names (or is the same, where they are marked
    among them); `response` beside them: a model's answer, whose way to the right one is learnt. `chosen` is learnt,
    `rejected` never; nor is a row whose `label` says that it is bad (several with commas; named columns judge, and no
    others; of `not x` what x calls good is bad; of scores `x >= 4` are good, or `x <= 2`, of words those in `x = A|B`).
    """

    prompt: str | None = None
    query: str | None = None
    system: str | None = None
    history: str | None = None
    messages: str | None = None
    response: str | None = None
    reasoning: str | None = None
    answer: str | None = None
    choices: str | None = None
    chosen: str | None = None
    rejected: str | None = None
    label: Annotated[str, AfterValidator(label_limits.checked)] | None = None

    @model_validator(mode="after")
    def _asks_and_answers(self) -> Columns:
        asks = self.prompt or self.messages or self.chosen
        answers = self.response or self.messages or self.chosen or (self.choices and self.answer)
        if not (asks and answers):
            raise ValueError(sentence("config.columns_too_few"))
        return self


class Dataset(Section):
    """One source. `path` is a hub id, or for `source: local` a file, folder or glob.

    A relative local path is taken from the folder of the YAML file; `demo:NAME` names a file of the shipped corpus.
    `config_name` and `split` hold for a local folder too, where its files or its card tell configs and splits apart
    (`split: all` takes every one). `encoding`, `delimiter` and `header` are of text files; None: they are looked for,
    and what was found is said. `labels`: what a value of the answer is called; `roles`: whose turn a name stands for,
    `*` any other's. `header`: whether the first record holds names, the number of the line that does, or the names of
    the columns. `sheet`: the only one of a workbook that is read, by its name or number, or several in a list.
    `required: false`: a run goes on without it where it cannot be had; once that is so it stays so in that session.
    `turns`: of a talk the last answer is learnt, or all of them, each with what was said before it.
    """

    name: str = Field(pattern=r"^[^\W_A-Z](?:[^\WA-Z]|-)*$")
    source: Literal["hub", "local"] = "hub"
    path: str
    config_name: str | None = None
    split: str = "train"
    revision: str | None = None
    adapter: str = "auto"
    columns: Columns | None = None
    max_rows: Positive | None = None
    use: Literal["train", "evaluation"] = "train"
    category: str | None = None
    license: str | None = None
    required: bool = True
    encoding: str | None = None
    delimiter: str | None = None
    labels: dict[str, str] = {}
    roles: dict[str, Literal["user", "assistant", "system", "tool", "call"]] = {}
    header: bool | Positive | list[str] | None = None
    sheet: int | str | list[int | str] | None = None
    turns: Literal["last", "all"] = "last"

    @field_validator("labels", mode="before")
    @classmethod
    def _texts(cls, value: Any) -> Any:
        """`labels: {0: entailment}`: YAML reads numbers and true where a column holds their text."""
        if not isinstance(value, dict):
            return value
        return {str(key).lower() if isinstance(key, bool) else str(key): name for key, name in value.items()}

    @field_validator("encoding")
    @classmethod
    def _encoding_known(cls, value: str | None) -> str | None:
        try:
            return value if value is None or codecs.lookup(value) else None
        except LookupError:
            raise ValueError(sentence("config.no_encoding", value=value)) from None

    @field_validator("delimiter")
    @classmethod
    def _one_character(cls, value: str | None) -> str | None:
        plain = {"tab": "\t", "\\t": "\t"}.get(value or "", value)
        if plain is not None and (len(plain) != 1 or plain in '\r\n"'):
            raise ValueError(sentence("config.no_delimiter", value=value))
        return plain

    @model_validator(mode="after")
    def _columns_named(self) -> Dataset:
        if self.adapter == "columns" and self.columns is None:
            raise Misfit(sentence("config.columns_needed"), "columns")
        return self


class Collect(Section):
    """`retries`: how often in a row the Hub is asked again; `parallel_downloads`: files of a source at a time."""

    rows_per_shard: Positive = 20_000
    max_bad_fraction: Fraction = 0.01
    max_line_bytes: Positive = 4_000_000
    retries: Annotated[int, Field(ge=0, le=20)] = 5
    parallel_downloads: Annotated[int, Field(ge=1, le=16)] = 4


Weight = Annotated[float, Field(ge=0, le=100)]
OfRecords = Annotated[str, Field(pattern=r"^(language|category|source):.+$")]


class Integrate(Section):
    """What a record must be to be kept.

    `heldout_fraction` of the prompts are kept from training, to ask the model; of very many rows about `max_heldout`
    (None: without limit), as more of them would tell nothing that these do not.
    `near_duplicates`: one that is nearly the same as an earlier one is left out. `decontaminate`: so is training data
    that holds a question of an evaluation source or of the held-out part, inside a longer prompt, with a word changed.
    `detect_language`: by a small model where the script does not tell. `fix_encoding`: text read in a wrong encoding is
    repaired, or left out. `clean_markup`: HTML's tags and entities and marks of sources are taken for words where they
    are left over (code stays); buttons of a chat's page go, and `/no_think` behind a question. `cut_next_turn`: so is a
    turn of the user cut off that an answer goes on with. `cut_citations`: so are numbers of sources that are not there
    (`[3]`). `drop_repetition`: an answer that says one thing over and over is left out. `drop_unfilled`: so is one with
    holes of a template (`{{Order Number}}`, `[Your Name]`) that nobody asked for. `drop_disclaimers`: so is one that
    only says what a language model lacks. `mask_personal_data`: e-mail addresses and telephone numbers give way to
    `[e-mail]` and `[phone]`. `licenses`: those allowed; None: all.
    `max_records`: how many are kept at most, by `language:ja`, `category:chat` or `source:NAME`; sources for evaluation
    are not counted. `weights`: which share of them is kept (below 1), or how often training has them in one pass (2.5:
    twice, and half of them once more), by the same names; of a record with several the product; which ones follows from
    their texts. A source of which more than `max_dropped_fraction` would be left out for what
    its rows are ends the run with the reasons.
    """

    heldout_fraction: Fraction = 0.02
    max_heldout: Annotated[Positive | None, only("integrate.heldout_fraction", above=0)] = 20_000
    max_prompt_chars: Positive = 8_000
    max_response_chars: Positive = 16_000
    languages: list[str] | None = None
    near_duplicates: bool = True
    decontaminate: bool = True
    detect_language: Literal["model", "script"] = "model"
    fix_encoding: bool = True
    clean_markup: bool = True
    cut_next_turn: bool = True
    cut_citations: bool = True
    drop_repetition: bool = True
    drop_unfilled: bool = True
    drop_disclaimers: bool = True
    mask_personal_data: bool = True
    licenses: list[str] | None = None
    max_records: dict[OfRecords, Positive] = {}
    weights: dict[OfRecords, Weight] = {}
    max_dropped_fraction: Fraction = 0.5


class Convert(Section):
    """`missing_sections: teacher` lets a model write the sections a record has no evidence for.

    `teacher`: `self` (the base model), the folder or hub id of another model, or the address of a server that speaks
    OpenAI's chat completions (`http://127.0.0.1:11434/v1`).

    `repeated_sections`: of sections that only repeat the prompt or the answer. `final_only_share`: so many of the
    records that are learnt may hold nothing but a final answer (1: all that there are). `drop_too_long`: what is longer
    than `warmup.max_length` or the prompts of reinforcement learning, in the model's own tokens, is left out before
    training; false: while it trains.
    """

    missing_sections: Literal["leave_out", "teacher"] = "leave_out"
    repeated_sections: Literal["leave_out", "keep"] = "leave_out"
    final_only_share: Fraction = 0.1
    drop_too_long: bool = True
    teacher: Annotated[
        Annotated[str, StringConstraints(strip_whitespace=True)] | None,
        only("convert.missing_sections", is_in=["teacher"]),
    ] = None
    teaching: Annotated[Teaching, only("convert.missing_sections", is_in=["teacher"])] = Teaching()
    system_prompt: str | None = None

    @model_validator(mode="after")
    def _teacher_named(self) -> Convert:
        if self.missing_sections == "teacher" and self.teacher is None:
            raise Misfit(sentence("config.teacher_needed"), "teacher")
        if self.teacher is not None and is_endpoint(self.teacher):
            if not (self.teaching.model or "").strip():
                raise Misfit(sentence("config.teaching_model_needed"), "teaching", "model")
            if holds_secret(self.teacher):
                raise Misfit(sentence("config.secret_in_address"), "teacher")
        elif self.teacher is not None and is_half_an_address(self.teacher):
            raise Misfit(sentence("config.half_an_address"), "teacher")
        return self


class Warmup(Section):
    """Supervised fine-tuning before PPO (names of transformers.TrainingArguments and trl.SFTConfig)."""

    model_config = ConfigDict(json_schema_extra=others("max_steps", "warmup.max_steps", above=0))

    max_steps: Annotated[int, Field(ge=0)] = 1_000
    per_device_train_batch_size: Positive = 2
    gradient_accumulation_steps: Positive = 8
    learning_rate: Rate = 2e-4
    warmup_ratio: Fraction = 0.03
    lr_scheduler_type: Literal["constant", "linear", "cosine"] = "cosine"
    weight_decay: Annotated[float, Field(ge=0)] = 0.0
    max_grad_norm: Annotated[float, Field(gt=0)] = 1.0
    max_length: Positive = 1_024


class Ppo(Section):
    """Names and defaults of trl.experimental.ppo.PPOConfig (TRL 1.12) where it has them.

    One iteration: `batch_size` prompts are answered, `local_rollout_forward_batch_size` at a time, then
    `num_ppo_epochs` x `num_mini_batches` optimizer updates, each in micro-batches of `per_device_train_batch_size`.
    `generation_batch_size` (TRL's GRPOConfig has it): so many answers are one restart point; a row takes up the next
    prompt when its answer ends, so that with more of them than rows none waits for the longest. None: as many as rows.
    """

    total_episodes: Annotated[int, Field(ge=0)] = 20_000
    batch_size: Positive = 64
    local_rollout_forward_batch_size: Positive = 16
    generation_batch_size: Positive | None = None
    per_device_train_batch_size: Positive = 4
    num_ppo_epochs: Positive = 4
    num_mini_batches: Positive = 4
    learning_rate: Rate = 3e-6
    value_learning_rate: Rate | None = None
    lr_scheduler_type: Literal["constant", "linear", "cosine"] = "linear"
    warmup_ratio: Fraction = 0.0
    kl_coef: Annotated[float, Field(ge=0)] = 0.05
    kl_estimator: Literal["k1", "k3"] = "k1"
    cliprange: Annotated[float, Field(gt=0)] = 0.2
    cliprange_value: Annotated[float, Field(gt=0)] = 0.2
    vf_coef: Annotated[float, Field(ge=0)] = 0.1
    gamma: Fraction = 1.0
    lam: Fraction = 0.95
    whiten_rewards: bool = False
    missing_eos_penalty: Annotated[float, Field(ge=0)] | None = 1.0
    response_length: Positive = 512
    max_prompt_length: Positive = 512
    temperature: Annotated[float, Field(gt=0)] = 0.7
    max_grad_norm: Annotated[float, Field(gt=0)] = 1.0

    @model_validator(mode="after")
    def _divides(self) -> Ppo:
        if self.batch_size % self.num_mini_batches:
            raise Misfit(sentence("config.no_multiple_of", key="batch_size", of="num_mini_batches"), "batch_size")
        key = "local_rollout_forward_batch_size" if self.generation_batch_size is None else "generation_batch_size"
        if self.batch_size % self.answers_per_unit:
            raise Misfit(sentence("config.no_multiple_of", key="batch_size", of=key), "batch_size")
        return self

    @property
    def answers_per_unit(self) -> int:
        """How many answers are one restart point."""
        return self.generation_batch_size or self.local_rollout_forward_batch_size


class Checkpoint(Section):
    interval_seconds: Annotated[float, Field(gt=0)] = 180.0
    save_total_limit: Annotated[int, Field(ge=2)] = 5


class Evaluate(Section):
    """`gguf_records`: held-out questions that each GGUF file is asked in llama.cpp, on the CPU; 0: none."""

    max_records: Positive = 500
    per_device_eval_batch_size: Positive = 16
    max_new_tokens: Positive = 512
    gguf: list[GgufType] = ["F16", "Q8_0", "Q4_K_M"]
    logit_prompts: Positive = 8
    gguf_records: Annotated[int, Field(ge=0), only("evaluate.gguf", set=True)] = 32


class Runtime(Section):
    """`stuck_seconds`: no unit done for so long (and ten times what units take): the process is replaced.

    While a step loads, and before the first unit of a kind, it is twelve times as long (watchdog.py).
    `tf32`: a GPU (from RTX 30 on) multiplies float32 faster, factors rounded to 10 bits, LoRA's and the gates' too.
    """

    device: str = Field(default="auto", pattern=r"^(auto|cpu|cuda(:\d+)?)$")
    num_threads: Positive | None = None
    tf32: bool = False
    stuck_seconds: Annotated[float, Field(gt=0)] = 300.0


def _name(typed: str) -> str:
    name = session_name.kept(typed)
    if not name:
        raise ValueError(sentence("config.no_run_name"))
    if len(name) > session_name.LONGEST:
        raise ValueError(sentence("session.name_too_long", count=len(name), most=session_name.LONGEST))
    return name


class RunConfig(Section):
    """Everything a run is: frozen into the session at its creation and never rewritten."""

    name: Annotated[str, AfterValidator(_name)] = "run"
    description: str = ""
    seed: Annotated[int, Field(ge=0, lt=2**31)] = 17
    data_root: str | None = None
    datasets: Annotated[list[Dataset], Field(min_length=1)]
    collect: Collect = Collect()
    integrate: Integrate = Integrate()
    convert: Convert = Convert()
    model: Model
    lora: Lora = Lora()
    gate: Gate = Gate()
    alpha: Annotated[Alpha, only("gate.enabled", is_in=[True])] = Alpha()
    warmup: Warmup = Warmup()
    algorithm: Literal["ppo", "grpo", "rloo"] = "ppo"
    ppo: Annotated[Ppo, only("algorithm", is_in=["ppo"])] = Ppo()
    grpo: Annotated[Grpo, only("algorithm", is_in=["grpo"])] = Grpo()
    rloo: Annotated[Rloo, only("algorithm", is_in=["rloo"])] = Rloo()
    reward: Reward = Reward()
    checkpoint: Checkpoint = Checkpoint()
    evaluate: Evaluate = Evaluate()
    runtime: Runtime = Runtime()

    @model_validator(mode="after")
    def _trainable(self) -> RunConfig:
        if not self.lora.enabled and self.model.load_in_4bit:
            raise Misfit(sentence("config.four_bit_needs_lora"), "model", "load_in_4bit")
        if self.model.build is not None and self.convert.teacher == SELF:
            raise Misfit(sentence("config.no_base_to_teach"), "convert", "teacher")
        return self

    @property
    def group(self) -> Grpo | Rloo | None:
        """The settings of GRPO or RLOO, where one of them is the algorithm."""
        return {"ppo": None, "grpo": self.grpo, "rloo": self.rloo}[self.algorithm]

    @property
    def learns(self) -> bool:
        """Whether there is an update of reinforcement learning, with which alone alpha moves."""
        group = self.group
        return self.ppo.total_episodes >= self.ppo.batch_size if group is None else group.max_steps > 0

    @property
    def lengths(self) -> tuple[int, int]:
        """(tokens of a prompt, tokens of an answer) at most, in reinforcement learning."""
        group = self.group
        if group is None:
            return self.ppo.max_prompt_length, self.ppo.response_length
        return group.max_prompt_length, group.max_completion_length

    @property
    def length_keys(self) -> tuple[str, str]:
        """The keys of `lengths`."""
        answer = "response_length" if self.group is None else "max_completion_length"
        return f"{self.algorithm}.max_prompt_length", f"{self.algorithm}.{answer}"

    @model_validator(mode="before")
    @classmethod
    def _distinct_names(cls, values: Any) -> Any:
        if isinstance(values, dict) and isinstance(values.get("datasets"), list):
            names = [item.get("name") for item in values["datasets"] if isinstance(item, dict)]
            twice = sorted({str(name) for name in names if name is not None and names.count(name) > 1})
            if twice:
                raise Misfit(sentence("config.same_names", names=twice), "datasets")
        return values
