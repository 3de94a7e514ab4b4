"""Estimates what a run needs, item by item: GPU memory, main memory, disk. Arithmetic from the shape of the model.

All sizes in bytes. N: parameters, H: hidden size, I: intermediate size, L: layers, V: vocabulary, T: tokens of a
sequence, B: sequences at a time.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import so8t_resources
from so8t_engine.config import Dataset, RunConfig

GIB = 1 << 30
NF4_BYTES = (
    0.5 + 1 / 64 + 4 / (64 * 256)
)  # 4 bits, an 8-bit scale per 64, a float32 per 256 scales (double quantization)
DTYPE_BYTES = {"float32": 4, "bfloat16": 2, "float16": 2}
GGUF_BYTES = {"F32": 4.0, "F16": 2.0, "BF16": 2.0, "Q8_0": 34 / 32}  # Q8_0: 32 bytes and a 2-byte scale per 32
CUDA_CONTEXT = 0.5 * GIB
ALLOCATOR = 0.1  # of what tensors take: blocks that do not fit each other
TRAINED_BYTES = 16  # a float32 value, its gradient, Adam's two moments
SAVED_BYTES = 12  # the same without the gradient
LIBRARIES = 2.5 * GIB  # torch, transformers and their like in main memory, with CUDA loaded
COPIES = 4  # of a source: collected, integrated, converted, and one half-written
ROW_BYTES = 3_000  # of a hub row over all copies
UNKNOWN_ROWS = 100_000
DEMO_BYTES = 2_000_000


@dataclass(frozen=True)
class Shape:
    """What of a config.json decides sizes. `intermediate` is one of the two halves of gate_up_proj."""

    hidden: int
    intermediate: int
    layers: int
    vocabulary: int
    key_values: int  # width of the keys of a token in a layer

    @property
    def layer_parameters(self) -> int:
        qkv = self.hidden * (self.hidden + 2 * self.key_values)
        return qkv + self.hidden**2 + 3 * self.hidden * self.intermediate

    @property
    def parameters(self) -> int:
        """Without the norms: 0.005 % of Phi-3.5-mini."""
        return self.layers * self.layer_parameters + 2 * self.vocabulary * self.hidden


Items = dict[str, float]


def shape_of(config: RunConfig) -> Shape | None:
    """From the local config.json, the known ids, or the settings of a model built here; None where nobody knows."""
    build = config.model.build
    if build is not None:
        size = build.hidden_size
        return Shape(size, build.intermediate_size, build.num_hidden_layers, build.vocab_size, size)
    name = str(config.model.model_name_or_path)
    try:
        return from_json((Path(name) / "config.json").read_text(encoding="utf-8"))
    except OSError:
        return KNOWN.get(name.lower())


def _shipped(name: str) -> Shape:
    """One of resources/arch: the numbers of a public config.json that decide sizes."""
    shape = from_json(so8t_resources.path("arch", f"{name}.json").read_text(encoding="utf-8"))
    assert shape is not None
    return shape


def from_json(text: str) -> Shape | None:
    try:
        values = json.loads(text)
        hidden, heads = int(values["hidden_size"]), int(values["num_attention_heads"])
        key_values = hidden // heads * int(values.get("num_key_value_heads") or heads)
        layers, vocabulary = int(values["num_hidden_layers"]), int(values["vocab_size"])
        return Shape(hidden, int(values["intermediate_size"]), layers, vocabulary, key_values)
    except (ValueError, KeyError, TypeError, ZeroDivisionError):
        return None


PHI35_MINI = _shipped("phi-3.5-mini")
KNOWN = {"microsoft/phi-3.5-mini-instruct": PHI35_MINI, "microsoft/phi-3-mini-4k-instruct": PHI35_MINI}


def trained_parameters(shape: Shape, config: RunConfig) -> int:
    """LoRA (r times in + out of each map), tag rows of both big matrices, gates, value head; or all and gates."""
    h, i, r = shape.hidden, shape.intermediate, config.lora.r
    sides = {
        "qkv_proj": 2 * h + 2 * shape.key_values, "o_proj": 2 * h, "gate_up_proj": h + 2 * i, "down_proj": h + i,
    }  # fmt: skip
    lora = sum(sides.get(name, 0) for name in config.lora.target_modules) * r * shape.layers
    band = int(shape.layers * max(0.0, config.gate.last - config.gate.first)) or 1
    gates = h // 8 * 28 * (1 if config.gate.shared else band) * len(config.gate.target_modules)
    tags = 28 * h if config.lora.train_tag_rows else 0
    return (lora + tags if config.lora.enabled else shape.parameters) + (gates if config.gate.enabled else 0) + h + 1


def gpu_memory(shape: Shape, config: RunConfig) -> Items:
    """The peak of the run: what is always there, and the larger of rollout, update and evaluation."""
    model, ppo, warmup, evaluate, group = config.model, config.ppo, config.warmup, config.evaluate, config.group
    linear = shape.layers * shape.layer_parameters
    width = DTYPE_BYTES[model.dtype]
    weights = linear * (NF4_BYTES if model.load_in_4bit else width) + 2 * shape.vocabulary * shape.hidden * width
    prompt, response = config.lengths
    longest, asked, micro = prompt + response, ppo.local_rollout_forward_batch_size, ppo.per_device_train_batch_size
    if group is not None:
        asked, micro = group.per_device_train_batch_size * group.steps, group.per_device_train_batch_size
    phases = {
        "rollouts (keys and values)": _cache(shape, asked, longest, width),
        "updates (activations, logits)": _training(shape, config, micro, longest, response),
        "warm-up (activations, logits)": _training(
            shape, config, warmup.per_device_train_batch_size, warmup.max_length, warmup.max_length
        ),
        "evaluation (keys and values)": _cache(
            shape, evaluate.per_device_eval_batch_size, prompt + evaluate.max_new_tokens, width
        ),
    }
    phase = max(phases, key=lambda name: phases[name])
    items: Items = {
        "base model": weights,
        "trained parameters, gradients, moments": trained_parameters(shape, config) * TRAINED_BYTES,
        phase: phases[phase],
    }
    return {**items, "allocator": ALLOCATOR * sum(items.values()), "CUDA": CUDA_CONTEXT}


def _cache(shape: Shape, sequences: int, tokens: int, width: int) -> float:
    """Keys and values of every layer, and the last token's logits in float32 with their softmax."""
    return sequences * (tokens * shape.layers * 2 * shape.key_values * width + shape.vocabulary * 8)


def _training(shape: Shape, config: RunConfig, sequences: int, tokens: int, scored: int) -> float:
    """Checkpointed: one hidden state a layer, and all of one layer; then the logits of the scored tokens.

    A layer keeps for its backward pass about 10 H + 6 I values a token, the logits 14 bytes a token and word (the
    16-bit output, float32 copy, softmax and gradient); NF4 unpacks the largest map once.
    """
    width = DTYPE_BYTES[config.model.dtype]
    layer = tokens * (10 * shape.hidden + 6 * shape.intermediate) * width
    checkpointed = tokens * shape.layers * shape.hidden * width + layer
    activations = checkpointed if config.model.gradient_checkpointing else shape.layers * layer
    unpacked = 2 * shape.hidden * shape.intermediate * width if config.model.load_in_4bit else 0
    return sequences * (activations + scored * shape.vocabulary * 14) + unpacked


def main_memory(shape: Shape, config: RunConfig, cuda: bool) -> Items:
    """With a GPU the peak is merging the adapter into the 16-bit base; without one all training is here, in float32."""
    if cuda:
        return {
            "libraries": LIBRARIES,
            "merged model": shape.parameters * DTYPE_BYTES[config.model.dtype],
            "trained parameters": trained_parameters(shape, config) * 4,
        }
    changed = config.model.model_copy(update={"dtype": "float32", "load_in_4bit": False})
    items = gpu_memory(shape, config.model_copy(update={"model": changed}))
    return {"libraries": LIBRARIES / 2, **{name: size for name, size in items.items() if name != "CUDA"}}


def disk(shape: Shape, config: RunConfig) -> Items:
    """What a session folder grows to."""
    width = DTYPE_BYTES[config.model.dtype]
    saved = trained_parameters(shape, config) * SAVED_BYTES
    keep = config.checkpoint.save_total_limit + 1  # one is being written while all others are still there
    data = sum(_data(dataset) for dataset in config.datasets)
    items: Items = {
        f"{keep} checkpoints": saved * keep,
        "final model": shape.parameters * width,
        "GGUF": shape.parameters * sum(GGUF_BYTES[kind] for kind in config.evaluate.gguf),
        "data": data,
    }
    if config.model.build is not None:
        items["built model"] = shape.parameters * 4
    return items


def _data(dataset: Dataset) -> float:
    if dataset.source == "hub":
        return (dataset.max_rows or UNKNOWN_ROWS) * ROW_BYTES
    path = Path(dataset.path)
    if path.is_file():
        return COPIES * path.stat().st_size * (3 if path.suffix == ".gz" else 1)
    if path.is_dir():
        return COPIES * sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
    return DEMO_BYTES


def download(shape: Shape) -> float:
    """A hub model as it lies in the cache: 16-bit weights."""
    return shape.parameters * 2


def itemised(items: Items) -> str:
    return ", ".join(f"{name} {gib(size)}" for name, size in items.items())


def gib(size: float) -> str:
    return f"{size / GIB:.1f} GiB" if size >= 0.05 * GIB else f"{size / (1 << 20):.0f} MiB"
