"""What a session folder grows to, from what each step really writes: its peak while a run lasts, and what stays.

A moment is a time at which everything of it lies on the disk at once: what earlier steps left, all kept checkpoints and
the one being written beside them. In bytes, item by item; by arithmetic from shapes, without torch.
tests/engine/steps hold it against the files of real runs, measured at each flush.
"""

from __future__ import annotations

import glob
from dataclasses import dataclass
from pathlib import Path

import so8t_resources
from so8t_engine import paths
from so8t_engine.config.run_config import Dataset, RunConfig
from so8t_engine.doctor.gpu_memory_estimate import DTYPE_BYTES, Items, Shape, trained_parameters
from so8t_engine.run import workload

GGUF_BYTES = {
    "F32": 4.0,
    "F16": 2.0,
    "BF16": 2.0,
    "Q8_0": 34 / 32,  # Q8_0: 32 bytes and a 2-byte scale per 32
    "Q6_K": 210 / 256,
    "Q5_K_M": 185 / 256,
    "Q4_K_M": 160 / 256,
}  # with the tensors that have more bits
MOMENTS = 3  # of a trained number: its value and Adam's two moments
DATA_COPIES = 1.8  # of plain text: collected and integrated in zstd, converted as it is, to be mapped into memory
WHILE_INTEGRATING = 1.3  # of all this: no converted copy yet, but plain texts and bands by which duplicates are found
ROW_ADDED = 250  # keys, system prompt's tags, the language, ...
UNPACKED = 3  # of a compressed source
PACKED = (".gz", ".parquet")
ROW_BYTES = 3_000  # of a hub row over all copies
UNKNOWN_ROWS = 100_000
SAMPLE_BYTES = 1 << 16
SAVED_AT_ONCE = ("answers", "gguf_answers", "llama")  # units of the evaluation (steps/evaluate.py)
DEMO = "demo:"
TOKEN_BYTES = 60  # of a tokenizer's entry as JSON, in model/, reference/, adapter/ and final_model/
GGUF_TOKEN_BYTES = 35
POINT_BYTES = 400  # of the history and the report's curves
REPORT_BYTES = 30_000
PROGRAM_BYTES = 4  # a float32 in a model built here
ROLLOUT_TOKEN_BYTES = 8  # of a prompt; an answer's token has two log-probabilities and a value besides
ANSWER_TOKEN_BYTES = 8 + 3 * 4


@dataclass(frozen=True)
class DiskNeed:
    """`peak`: the largest moment of the run; `kept`: what a finished session holds; `largest_file` of all it writes."""

    peak: Items
    kept: Items
    largest_file: float

    @property
    def most(self) -> float:
        return sum(self.peak.values())


def disk(shape: Shape, config: RunConfig) -> DiskNeed:
    moments = by_moment(shape, config)
    kept = {code: size for code, size in moments["end"].items() if size}
    files = [*_checkpoint_files(shape, config), *_gguf_files(shape, config), *_weight_files(shape, config)]
    peak = max(moments.values(), key=lambda items: sum(items.values()))
    return DiskNeed({code: size for code, size in peak.items() if size}, kept, max(files))


def by_moment(shape: Shape, config: RunConfig) -> dict[str, Items]:
    """`integrating`: the data's own peak; `building`: a base's last save while it is published; `training`: the
    adapter's; `evaluating`; `end`.
    """
    limit, build = config.checkpoint.save_total_limit, config.model.build  # the limit is 2 at least
    whole, trained = shape.parameters * PROGRAM_BYTES * MOMENTS, _training_checkpoint(shape, config)
    tokenizer = shape.vocabulary * TOKEN_BYTES
    rows = sum(map(_data, config.datasets))
    data = {"memory.collected_data": rows, "memory.history": _history(config)}
    base = {"memory.built_model": shape.parameters * PROGRAM_BYTES + tokenizer} if build is not None else {}
    # PPO, GRPO and RLOO each keep the policy after the warm-up; a run of warm-up alone has no use for it
    learned = trained_parameters(shape, config) * _width(config) + tokenizer
    reference = {"memory.reference": learned} if config.learns else {}
    adapter = {"memory.adapter": learned}
    results = {
        "memory.final_model": sum(_weight_files(shape, config)) + tokenizer,
        "memory.gguf": sum(_gguf_files(shape, config)),
    }
    moments = {
        "integrating": {"memory.collected_data": rows * WHILE_INTEGRATING},
        "training": {"memory.kept_checkpoints": trained * (limit + 1), **data, **base, **reference, **adapter},
        "evaluating": {"memory.kept_checkpoints": trained * limit, **data, **base, **reference, **adapter, **results},
        "end": {
            "memory.kept_checkpoints": _left(limit - 2, trained, whole, config),
            **data,
            **base,
            **reference,
            **adapter,
            **results,
        },
    }
    if build is not None and build.max_steps:
        saves = min(limit + 1, build.max_steps)  # none between two updates
        moments["building"] = {"memory.kept_checkpoints": whole * saves, **data, **base}
    return moments


def _left(places: int, trained: float, whole: float, config: RunConfig) -> float:
    """The checkpoints that a finished session still holds behind those of the evaluation, which are next to nothing:
    its last two, and one after each unit that is saved at once.

    Of a short run that built its base some are of that: training after it is over before enough others are saved.
    """
    guess = workload.first_guess(config)
    places = max(0, places - sum(guess.totals.get(f"evaluate/{kind}", 0) for kind in SAVED_AT_ONCE))
    kinds = ("train/warmup", "train/rollout", "train/update", "train/cycle")
    seconds = sum(guess.totals[kind] * guess.seconds[kind] for kind in kinds if kind in guess.totals)
    saves = int(min(places, seconds // config.checkpoint.interval_seconds))
    build = config.model.build
    return trained * saves + (whole * (places - saves) if build is not None and build.max_steps else 0)


def download(shape: Shape) -> float:
    """A hub model as it lies in the cache: 16-bit weights."""
    return shape.parameters * 2


def _width(config: RunConfig) -> int:
    """Bytes of a trained number."""
    return 4 if config.lora.enabled else DTYPE_BYTES[config.model.dtype]


def _training_checkpoint(shape: Shape, config: RunConfig) -> float:
    """Trained numbers and their moments; with PPO the rollouts of an iteration."""
    prompt, answer = config.lengths
    tokens = config.ppo.batch_size * ((prompt + answer) * ROLLOUT_TOKEN_BYTES + answer * (ANSWER_TOKEN_BYTES - 8))
    rollouts = tokens if config.group is None and config.learns else 0
    return trained_parameters(shape, config) * _width(config) * MOMENTS + rollouts


def _checkpoint_files(shape: Shape, config: RunConfig) -> list[float]:
    """The moments, both in one file."""
    trained = trained_parameters(shape, config) * _width(config) * (MOMENTS - 1)
    build = config.model.build
    return [trained, shape.parameters * PROGRAM_BYTES * (MOMENTS - 1) if build is not None and build.max_steps else 0]


def _weight_files(shape: Shape, config: RunConfig) -> list[float]:
    """`final_model/` in the base's own files: one where it was built here, else no more than 5 GB each."""
    if config.model.build is not None:
        return [shape.parameters * PROGRAM_BYTES]
    size, largest = shape.parameters * DTYPE_BYTES[config.model.dtype], 5e9
    return [min(largest, size - start * largest) for start in range(int(-(-size // largest)))]


def _gguf_files(shape: Shape, config: RunConfig) -> list[float]:
    words = shape.vocabulary * GGUF_TOKEN_BYTES
    return [shape.parameters * GGUF_BYTES[kind] + words for kind in config.evaluate.gguf]


def _history(config: RunConfig) -> float:
    ppo, group, build = config.ppo, config.group, config.model.build
    iterations = ppo.total_episodes // ppo.batch_size
    updates = iterations * (ppo.num_ppo_epochs * ppo.num_mini_batches + 1)
    if group is not None:
        updates = group.max_steps
    points = config.warmup.max_steps + updates + (build.max_steps if build is not None else 0)
    return points * POINT_BYTES + REPORT_BYTES


def _data(dataset: Dataset) -> float:
    """Of all three data steps. A local source is looked at: how much of it `max_rows` takes, by its first rows."""
    if dataset.source == "hub":
        return (dataset.max_rows or UNKNOWN_ROWS) * ROW_BYTES
    files = _files(dataset.path)
    try:
        size: float = sum(path.stat().st_size * (UNPACKED if path.suffix in PACKED else 1) for path in files)
        row = _row_bytes(files[0]) if files else None
    except OSError:
        return 0.0  # the check of the data says what is wrong
    if dataset.max_rows is not None and row is not None:
        size = min(size, dataset.max_rows * row)
    return DATA_COPIES * size + ROW_ADDED * (size / row if row else 0)


def _files(path: str) -> list[Path]:
    if path.startswith(DEMO):
        return [Path(so8t_resources.path("demo", f"{path.removeprefix(DEMO)}.jsonl"))]
    base = paths.at_home(path)
    inside = base.rglob("*") if base.is_dir() else [base] if base.exists() else map(Path, glob.iglob(str(base)))  # noqa: PTH207
    return [file for file in inside if file.is_file()]


def _row_bytes(path: Path) -> float | None:
    """The mean length of the first lines; None where a line is no row."""
    if path.suffix not in (".jsonl", ".ndjson", ".csv"):
        return None
    with path.open("rb") as file:
        head = file.read(SAMPLE_BYTES)
    return len(head) / max(1, head.count(b"\n"))
