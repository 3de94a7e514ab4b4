"""How much GPU memory training takes, item by item: arithmetic from the shape of the model, without torch.

Shared by the environment check and tests/bench/ppo_memory.py. The bytes a token takes in a layer were counted on real
small models, allocation by allocation (tests/engine/doctor/test_gpu_memory_estimate.py holds them to it). All
sizes in bytes. H: hidden size, K: width of a token's keys, I: intermediate size.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import so8t_resources
from so8t_engine.config.run_config import RunConfig

GIB = 1 << 30
NF4_BYTES = (
    0.5 + 1 / 64 + 4 / (64 * 256)
)  # 4 bits, an 8-bit scale per 64, a float32 per 256 scales (double quantization)
DTYPE_BYTES = {"float32": 4, "bfloat16": 2, "float16": 2}
CUDA_CONTEXT = 0.5 * GIB
ALLOCATOR = 0.1  # of what tensors take: blocks that do not fit each other
SCORED_BYTES = 8  # a token and word of a chunk of logits: the output, its float32 copy, the gradient
NORMED_BYTES = 12  # a token and H behind the last layer: its norm in float32, what the head gets
CHUNK = 16 << 20  # logits at a time: train/logprobs.py's CHUNK_BYTES in float32
PREFILL = 2_048  # tokens of prompts at a time in generating, and
COLUMNS = 64  # of one prompt at least: train/generate.py's

# Bytes a token takes of H, K and I by the size of a number: what a layer keeps for its backward pass; the most it takes
# while it is computed again and differentiated; the most while nothing is kept. LoRA in float32 keeps float32 copies of
# a 16-bit layer's inputs.
HALF, HALF_WIDE_LORA, FULL = "16 bits", "16 bits, LoRA in float32", "float32"
KEPT = {HALF: (28, 6, 7), HALF_WIDE_LORA: (28, 6, 10), FULL: (36, 12, 16)}
DIFFERENTIATED = {HALF: (26, 8, 12), HALF_WIDE_LORA: (40, 6, 20), FULL: (40, 12, 24)}
PASSING = {HALF: (12, 6, 8), HALF_WIDE_LORA: (14, 0, 20), FULL: (19, 0, 24)}

Items = dict[str, float]  # by the item's code in resources/.../sentences/memory.toml


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

    def of_layer(self, bytes_each: tuple[int, int, int]) -> int:
        """Bytes a token takes in a layer, from those of H, K and I."""
        h, k, i = bytes_each
        return h * self.hidden + k * self.key_values + i * self.intermediate


def from_json(text: str) -> Shape | None:
    try:
        values = json.loads(text)
        hidden, heads = int(values["hidden_size"]), int(values["num_attention_heads"])
        key_values = hidden // heads * int(values.get("num_key_value_heads") or heads)
        layers, vocabulary = int(values["num_hidden_layers"]), int(values["vocab_size"])
        return Shape(hidden, int(values["intermediate_size"]), layers, vocabulary, key_values)
    except (ValueError, KeyError, TypeError, ZeroDivisionError):
        return None


def shipped(name: str) -> Shape:
    """One of resources/arch: the numbers of a public config.json that decide sizes."""
    shape = from_json(so8t_resources.path("arch", f"{name}.json").read_text(encoding="utf-8"))
    assert shape is not None
    return shape


PHI35_MINI = shipped("phi-3.5-mini")
KNOWN = dict.fromkeys(
    (
        "microsoft/phi-3.5-mini-instruct",
        "microsoft/phi-3-mini-4k-instruct",
        "axcxept/borea-phi-3.5-mini-instruct-jp",
    ),
    PHI35_MINI,
)


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


def trained_parameters(shape: Shape, config: RunConfig) -> int:
    """LoRA, tag rows of both big matrices, gates, value head; or all and gates."""
    h, lora = shape.hidden, lora_parameters(shape, config)
    band = max(1, int(shape.layers * config.gate.last) - int(shape.layers * config.gate.first))
    gates = h // 8 * 28 * len(config.gate.target_modules) * band
    if config.gate.shared:
        gates //= h // 8
    tags = 28 * h if config.lora.train_tag_rows else 0
    return (lora + tags if config.lora.enabled else shape.parameters) + (gates if config.gate.enabled else 0) + h + 1


def lora_parameters(shape: Shape, config: RunConfig) -> int:
    """r times in + out of each map."""
    h, i, r = shape.hidden, shape.intermediate, config.lora.r
    sides = {
        "qkv_proj": 2 * h + 2 * shape.key_values, "o_proj": 2 * h, "gate_up_proj": h + 2 * i, "down_proj": h + i,
    }  # fmt: skip
    return sum(sides.get(name, 0) for name in config.lora.target_modules) * r * shape.layers


def weights(shape: Shape, config: RunConfig) -> float:
    """The base model: its layers in 4 bits where so configured, embeddings and head never."""
    width = DTYPE_BYTES[config.model.dtype]
    each = NF4_BYTES if config.model.load_in_4bit else width
    return shape.layers * shape.layer_parameters * each + 2 * shape.vocabulary * shape.hidden * width


def always(shape: Shape, config: RunConfig) -> Items:
    """What is there all the time. PPO's reference, a copy of what is trained, is kept in main memory."""
    trained = trained_parameters(shape, config)
    width = 4 if config.lora.enabled else DTYPE_BYTES[config.model.dtype]
    base = {"memory.base_model": weights(shape, config)} if config.lora.enabled else {}
    return {**base, "memory.trained_parameters": trained * width, "memory.optimizer_moments": trained * 2 * width}


def phases(shape: Shape, config: RunConfig) -> Items:
    """The peak of each phase beyond what is always there. Only one of them is at a time."""
    ppo, warmup, group = config.ppo, config.warmup, config.group
    prompt, response = config.lengths
    asked, micro = ppo.local_rollout_forward_batch_size, ppo.per_device_train_batch_size
    if group is not None:
        asked, micro = group.per_device_train_batch_size * group.steps, group.per_device_train_batch_size
    supervised, evaluate = warmup.per_device_train_batch_size, config.evaluate
    return {
        "memory.rollouts": generating(shape, config, asked, prompt, response),
        "memory.updates": updating(shape, config, micro * (prompt + response), micro * response),
        "memory.warmup": updating(shape, config, supervised * warmup.max_length, supervised * warmup.max_length),
        "memory.evaluation": generating(
            shape, config, evaluate.per_device_eval_batch_size, prompt, evaluate.max_new_tokens
        ),
    }


def keys_and_values(shape: Shape, config: RunConfig, tokens: int) -> int:
    return tokens * shape.layers * 2 * shape.key_values * DTYPE_BYTES[config.model.dtype]


def generating(shape: Shape, config: RunConfig, sequences: int, prompt: int, new: int) -> float:
    """Keys and values of every layer, and one layer's work on the prompts, a piece of them at a time.

    In float32 adapter and gates are merged for it: a second copy of the layers' weights.
    """
    width = DTYPE_BYTES[config.model.dtype]
    merged = config.model.dtype == "float32" and not config.model.load_in_4bit and config.lora.enabled
    copy = shape.layers * shape.layer_parameters * 4 if merged else 0
    if _numbers(config) == HALF and config.lora.enabled:
        copy = lora_parameters(shape, config) * width  # A and B rounded once
    piece = sequences * min(prompt, max(COLUMNS, PREFILL // sequences))
    passing = max(piece * shape.of_layer(PASSING[_numbers(config)]), sequences * shape.vocabulary * 24)
    return keys_and_values(shape, config, sequences * (prompt + new)) + passing + _unpacked(shape, config) + copy


def updating(shape: Shape, config: RunConfig, tokens: int, scored: int) -> float:
    """Gradients; what all layers keep, and then either the logits of a chunk or one layer's work.

    Checkpointed, a layer keeps its input; NF4 unpacks the largest map once.
    """
    width = DTYPE_BYTES[config.model.dtype]
    gradients = trained_parameters(shape, config) * (4 if config.lora.enabled else width)
    logits = min(scored * shape.vocabulary, CHUNK) * SCORED_BYTES
    numbers = _numbers(config)
    recomputed = shape.of_layer(DIFFERENTIATED[numbers])
    if config.model.gradient_checkpointing:
        kept = shape.layers * shape.hidden * width
    else:
        kept = shape.layers * shape.of_layer(KEPT[numbers])
        recomputed = max(0, recomputed - shape.of_layer(KEPT[numbers]))
    scoring = logits + tokens * shape.hidden * NORMED_BYTES
    return gradients + tokens * kept + max(tokens * recomputed, scoring) + _unpacked(shape, config)


def gpu_memory(shape: Shape, config: RunConfig) -> Items:
    """The peak of the run: what is always there, and the largest of the phases."""
    peaks = phases(shape, config)
    largest = max(peaks, key=lambda name: peaks[name])
    return with_margins({**always(shape, config), largest: peaks[largest]})


def with_margins(items: Items) -> Items:
    return {**items, "memory.allocator_reserve": ALLOCATOR * sum(items.values()), "memory.cuda": CUDA_CONTEXT}


def _numbers(config: RunConfig) -> str:
    if config.model.dtype == "float32":
        return FULL
    return HALF if config.lora.compute_dtype == "auto" else HALF_WIDE_LORA


def _unpacked(shape: Shape, config: RunConfig) -> int:
    return 2 * shape.hidden * shape.intermediate * DTYPE_BYTES[config.model.dtype] if config.model.load_in_4bit else 0
