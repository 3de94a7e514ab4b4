"""Opens Hugging Face models from a folder or the hub; whatever is wrong with one becomes an EngineError."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import torch
from huggingface_hub.errors import StrictDataclassError
from safetensors import SafetensorError
from transformers import BitsAndBytesConfig

from so8t_engine.errors import EngineError
from so8t_engine.session import manifest

WEIGHTS = ("*.safetensors", "*.json", "*.model", "*.jinja")


class Source(NamedTuple):
    """A model by folder or hub id; `what` is its name in sentences, `missing` and `unfit` are error codes."""

    where: str
    revision: str | None
    what: str
    missing: str
    unfit: str

    def __str__(self) -> str:
        return f"{self.what} {self.where}"


def attempt(source: Source, action: Callable[[], Any]) -> Any:
    """Runs `action`; raises EngineError with the source's codes where transformers cannot open the model."""
    try:
        return action()
    except torch.OutOfMemoryError:
        raise
    except OSError as error:
        raise EngineError(source.missing, f"{source} cannot be opened: {_first_line(error)}") from error
    except SafetensorError as error:
        raise EngineError(
            source.missing, f"{source} has a weight file that is cut off or damaged ({_first_line(error)[:-1]})."
        ) from error
    except (StrictDataclassError, ValueError, KeyError, RuntimeError, ImportError, AttributeError, TypeError) as error:
        raise EngineError(source.unfit, f"{source} cannot be used: {_first_line(error)}") from error


def refuse_missing(source: Source) -> None:
    """A path that can only be a folder must be one; the hub is not asked. Raises EngineError."""
    if looks_local(source.where) and not Path(source.where).is_dir():
        raise EngineError(source.missing, f"There is no model folder {source.where}.")


def weights(source: Source, kind: Any, **settings: Any) -> Any:
    """The model, every tensor of it from its files: transformers would fill gaps with random numbers.

    Raises EngineError with the source's codes.
    """
    model, info = attempt(
        source,
        lambda: kind.from_pretrained(
            source.where,
            revision=source.revision,
            output_loading_info=True,
            use_safetensors=True,  # no pickle
            ignore_mismatched_sizes=True,  # named below, in a sentence
            **settings,
        ),
    )
    absent = sorted(info["missing_keys"])
    if absent:
        count = f"{len(absent)} of its tensors, {absent[0]} for one," if len(absent) > 1 else f"its tensor {absent[0]}"
        raise EngineError(source.unfit, f"{source} is incomplete: {count} cannot be found in its files.")
    shapes = sorted(str(key[0] if isinstance(key, tuple) else key) for key in info["mismatched_keys"])
    if shapes:
        raise EngineError(source.unfit, f"{source}: {shapes[0]} has another shape than config.json says.")
    bad = not_finite(model)
    if bad is not None:
        raise EngineError(
            source.unfit, f"{source} has numbers that are none (NaN or Inf) in {bad}: the file is damaged."
        )
    return model


def not_finite(model: Any) -> str | None:
    """The name of the first tensor that holds NaN or Inf; integer tensors (4-bit weights) are skipped."""
    named = [*model.named_parameters(), *model.named_buffers()]
    return next((n for n, t in named if t.is_floating_point() and not bool(torch.isfinite(t).all())), None)


def four_bit(compute: torch.dtype) -> BitsAndBytesConfig:
    return BitsAndBytesConfig(
        load_in_4bit=True,
        bnb_4bit_quant_type="nf4",
        bnb_4bit_use_double_quant=True,
        bnb_4bit_compute_dtype=compute,
    )


def fingerprint(where: str, revision: str | None) -> str:
    """Changes with any byte of a local model; a hub model is pinned by its revision."""
    folder = Path(where)
    if not folder.is_dir():
        return f"{where}@{revision or 'main'}"
    names = sorted({path.name for pattern in WEIGHTS for path in folder.glob(pattern)})
    text = "".join(f"{name} {manifest.digest_file(folder / name)[1]}\n" for name in names)
    return hashlib.sha256(text.encode()).hexdigest()


def looks_local(where: str) -> bool:
    return where.startswith(("/", ".", "~", "\\")) or where.count("/") != 1 or ":" in where


def _first_line(error: Exception) -> str:
    """The first line that is not a heading."""
    lines = [line.strip() for line in str(error).strip().splitlines() if line.strip()]
    shown = next((line for line in lines if not line.endswith(":")), lines[0] if lines else type(error).__name__)
    return shown.rstrip(".") + "."
