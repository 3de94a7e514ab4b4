"""A first guess of how much work a run is, before anything was measured; the ETA starts from it."""

from __future__ import annotations

from dataclasses import dataclass, field

from so8t_engine.config.run_config import Dataset, RunConfig
from so8t_engine.config.teaching import is_endpoint

CPU_FLOPS = 1.5e11  # measured on the demo, two cores
UPDATE_BEGINS = 0.08  # seconds of an update there, however small the model
GPU_FLOPS = 1e13  # what 4-bit weights and recomputed activations leave of an RTX 3080; never measured there
REAL_JOB_PARAMETERS = 3.8e9
GENERATED_TOKENS_PER_SECOND = {True: 1_500.0, False: 250.0}  # small model on a CPU; 3.8 B in NF4 on a 10 GB card:
# 665 on an H100 (tests/bench/RESULTS.md), whose memory is 4.4 times as fast, and both read all weights at every token

MORE_ROWS = 0.64  # twice the rows generate 2 ** 0.64 as many tokens (665 and 1,036 there)


TEACHER_ON_CPU = 10.0  # tokens/s of 3.8 B on a CPU, all rows together; never measured
TEACHER_RECORDS = 256  # of a unit of step 3 where a teacher writes
UNSEEN_ROWS = 50_000  # of a source at which nobody has looked
LENGTH_OF_REPLY = 0.4  # of convert.teaching.max_new_tokens
ASKED_AGAIN = 0.4  # of the records, for each sample beyond the first


# Step 5 but for what models answer, on the processor. Seconds to begin with, measured on the demo, two cores; and for
# each parameter, never measured at 3.8 B.
FILES = {
    "model": (0.5, 8e-8), "gguf": (0.05, 4e-8), "reference": (0.2, 1.5e-8), "llama": (1.5, 2.5e-8),
    "gguf_answers": (0.4, 2.5e-9), "report": (1.2, 1.5e-8),
}  # fmt: skip
WRITING = ("rollout", "cycle", "answers")  # kinds of units in which the model writes
LLAMA_ANSWERS = 8  # questions of a unit (evaluate/gguf_answers.py)
LLAMA_SPEED, LLAMA_FASTEST = 3.8e10, 600.0  # parameters read a second; tokens a second of the smallest model
LENGTH_OF_ANSWER = 0.3  # of evaluate.max_new_tokens


@dataclass(frozen=True)
class Guess:
    """`totals`: units by "step/kind"; `seconds`: seconds per unit of that kind; `kin`: what a kind's time goes with.

    Kin are "what computes/what it does": where a guess is off, it is as far off for all that is of one kin. `before`:
    seconds per unit as sessions before have measured them (past_sessions.py).
    """

    totals: dict[str, int]
    seconds: dict[str, float]
    kin: dict[str, str]
    before: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class CardClass:
    """A class of cards, by their `memory` in bytes at least: how many times as fast as an RTX 3080 they are."""

    memory: float
    generating: float
    training: float


# Of these an H100 was measured: 665 tokens/s generated, 6,550 tokens/s in updates (tests/bench/RESULTS.md).
CARDS = (CardClass(0, 1.0, 1.0), CardClass(20e9, 1.3, 2.0), CardClass(70e9, 2.66, 15.0))


def card(memory: float) -> CardClass:
    """The class of a card with so many bytes."""
    return [each for each in CARDS if memory >= each.memory][-1]


@dataclass(frozen=True)
class TeacherCost:
    """`tokens` are those that it writes, `speed` how many a second."""

    records: int
    tokens: float
    speed: float

    @property
    def hours(self) -> float:
        return self.tokens / self.speed / 3_600


def teacher_cost(config: RunConfig, records: int, memory: float = 0.0) -> TeacherCost:
    """What it takes to ask the teacher about so many records, on a card with so many bytes (0: on a CPU).

    A server is taken to be as fast as a 10 GB card.
    """
    teaching, teacher = config.convert.teaching, config.convert.teacher or ""
    asked = 1 + ASKED_AGAIN * (teaching.samples - 1)
    speed = GENERATED_TOKENS_PER_SECOND[False] * (teaching.batch_size / 8) ** MORE_ROWS
    if not is_endpoint(teacher):
        speed = speed * card(memory).generating if memory else TEACHER_ON_CPU
    return TeacherCost(records, records * asked * LENGTH_OF_REPLY * teaching.max_new_tokens, speed)


def rows(config: RunConfig) -> int:
    """How many rows the datasets may have, where nobody has looked."""
    return sum(map(rows_of, config.datasets))


def rows_of(dataset: Dataset) -> int:
    return min(dataset.max_rows or UNSEEN_ROWS, UNSEEN_ROWS)


def first_guess(config: RunConfig, card: CardClass = CARDS[0]) -> Guess:
    """From the configuration alone. Training: 6 FLOP per parameter and token; rollouts: tokens per second."""
    build, warmup, ppo, evaluate = config.model.build, config.warmup, config.ppo, config.evaluate
    small = build is not None
    flops = CPU_FLOPS if small else GPU_FLOPS * card.training
    parameters = _parameters(config)
    shards = max(len(config.datasets), rows(config) // config.collect.rows_per_shard)
    speed = GENERATED_TOKENS_PER_SECOND[small]
    if not small:
        speed *= card.generating * (ppo.local_rollout_forward_batch_size / 8) ** MORE_ROWS
    iterations = ppo.total_episodes // ppo.batch_size
    rollouts = iterations * (ppo.batch_size // ppo.answers_per_unit)
    updates = iterations * ppo.num_ppo_epochs * ppo.num_mini_batches
    length = 0.4 * (ppo.response_length + ppo.max_prompt_length)
    sequences = warmup.per_device_train_batch_size * warmup.gradient_accumulation_steps
    per_token, begun = 6 * parameters / flops, UPDATE_BEGINS if small else 0.0
    kinds = {
        "collect/shard": (shards, 0.5 if small else 20.0),
        "integrate/shard": (shards, 0.5 if small else 10.0),
        "convert/shard": (shards, 0.5 if small else 10.0),
        "train/setup": (1, 10.0 if small else 90.0),
        "train/warmup": (warmup.max_steps, begun + sequences * warmup.max_length * 0.4 * per_token),
        "train/rollout": (
            rollouts,
            ppo.answers_per_unit * ppo.response_length * 0.5 / speed,
        ),
        "train/update": (updates, begun + ppo.batch_size / ppo.num_mini_batches * length * per_token),
        "evaluate/setup": (1, 5.0 if small else 60.0),
        "evaluate/answers": (
            1,
            evaluate.per_device_eval_batch_size * evaluate.max_new_tokens * LENGTH_OF_ANSWER / speed,
        ),
    }
    if config.convert.missing_sections == "teacher":
        cost = teacher_cost(config, rows(config), card.memory or 1.0)
        units = max(shards, cost.records // TEACHER_RECORDS)
        kinds["convert/shard"] = (units, cost.hours * 3_600 / units)
    group = config.group
    if group is not None:
        del kinds["train/rollout"], kinds["train/update"]
        count = group.per_device_train_batch_size * group.steps
        drawn = count * group.max_completion_length * 0.5 / speed
        learnt = group.num_iterations * count * 0.4 * sum(config.lengths) * per_token
        kinds["train/cycle"] = (group.max_steps // group.updates, drawn + learnt)
    if build is not None:
        batch = build.per_device_train_batch_size * 64
        kinds["train/pretrain"] = (build.max_steps, begun + batch * per_token)
    kinds |= {f"evaluate/{kind}": (1, least + each * parameters) for kind, (least, each) in FILES.items()}
    seconds = {key: each for key, (_, each) in kinds.items()}
    tokens = LLAMA_ANSWERS * evaluate.max_new_tokens * LENGTH_OF_ANSWER
    seconds["evaluate/gguf_answers"] += tokens / min(LLAMA_FASTEST, LLAMA_SPEED / parameters)
    totals = {key: total for key, (total, _) in kinds.items()} | of_heldout(config, evaluate.max_records)
    return Guess(totals, seconds, {key: _kin(key, small) for key in kinds})


def of_heldout(config: RunConfig, records: int) -> dict[str, int]:
    """Units of step 5 whose number depends on how many records are held out, and on the files that are wanted."""
    evaluate, files = config.evaluate, len(config.evaluate.gguf)
    asked = min(records, evaluate.max_records)
    return {
        "evaluate/answers": models(config) * -(-asked // evaluate.per_device_eval_batch_size),
        "evaluate/gguf": files,
        "evaluate/reference": min(1, files),
        "evaluate/llama": files,
        "evaluate/gguf_answers": files * -(-min(asked, evaluate.gguf_records) // LLAMA_ANSWERS),
    }


def models(config: RunConfig) -> int:
    """How many models answer in step 5: base, tuned, and the warmed-up one where it is another."""
    learns = config.group is not None or config.ppo.total_episodes >= config.ppo.batch_size
    return 3 if config.warmup.max_steps and learns else 2


def _kin(key: str, small: bool) -> str:
    step, kind = key.split("/")
    if step in ("train", "evaluate") and (kind in WRITING or (small and kind == "gguf_answers")):
        return "model/writes"
    if step == "train":
        return "model/learns"
    if step == "evaluate":
        return "model/files" if small else "processor/files"  # a small model has nothing but the processor itself
    return f"{step}/{kind}"


def _parameters(config: RunConfig) -> float:
    build = config.model.build
    if build is None:
        return REAL_JOB_PARAMETERS
    layer = 4 * build.hidden_size**2 + 3 * build.hidden_size * build.intermediate_size
    return float(build.num_hidden_layers * layer + 2 * build.vocab_size * build.hidden_size)
