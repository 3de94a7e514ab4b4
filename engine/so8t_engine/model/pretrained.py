"""Opens Hugging Face models from a folder or the hub; whatever is wrong with one becomes an EngineError."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import torch
from huggingface_hub.constants import HF_HUB_CACHE
from huggingface_hub.errors import StrictDataclassError
from safetensors import SafetensorError
from transformers import BitsAndBytesConfig

from so8t_engine import paths
from so8t_engine.errors import EngineError
from so8t_engine.sentences import Sentence, first_line, sentence
from so8t_engine.session import disk_errors, manifest

CACHE = Path(HF_HUB_CACHE)  # where models of the hub are downloaded to
WEIGHTS = ("*.safetensors", "*.json", "*.model", "*.jinja")


class Source(NamedTuple):
    """A model by folder or hub id; `what` names it in sentences ("The base model"), the last two are error codes."""

    where: str
    revision: str | None
    what: Sentence
    missing: str
    unfit: str

    def named(self) -> Sentence:
        """What it is and where, as the beginning of a sentence."""
        return sentence("model.source", what=self.what, where=self.where)

    def __str__(self) -> str:
        return str(self.named())


def attempt(source: Source, action: Callable[[], Any]) -> Any:
    """Runs `action`; raises EngineError with the source's codes where transformers cannot open the model.

    A disk that is full while a model of the hub is fetched to it is no missing model: disk_full.
    """
    try:
        return action()
    except torch.OutOfMemoryError:
        raise
    except (OSError, RuntimeError) as error:
        full = disk_full(error)
        if full is not None:
            raise full from error
        if not isinstance(error, OSError):
            raise _unfit(source, error) from error
        what = sentence("model.cannot_be_opened", source=source.named(), error=first_line(error))
        raise EngineError(source.missing, what) from error
    except SafetensorError as error:
        what = sentence("model.weights_damaged", source=source.named(), error=first_line(error))
        raise EngineError(source.missing, what) from error
    except (StrictDataclassError, ValueError, KeyError, ImportError, AttributeError, TypeError) as error:
        raise _unfit(source, error) from error


def disk_full(error: Exception) -> EngineError | None:
    """What a library met that had no room for a model of the hub; None for any other error."""
    number = disk_errors.number_of(error)
    return disk_errors.told(number, CACHE, error) if number is not None and number in disk_errors.FULL else None


def _unfit(source: Source, error: Exception) -> EngineError:
    if wants_own_code(error):
        return EngineError(source.unfit, sentence("model.own_code", source=source.named()))
    what = sentence("model.cannot_be_used", source=source.named(), error=first_line(error))
    return EngineError(source.unfit, what)


def wants_own_code(error: Exception) -> bool:
    """transformers' answer to a model whose classes are Python files of its own, which are never run here."""
    return isinstance(error, ValueError) and "trust_remote_code" in str(error)


def refuse_missing(source: Source) -> None:
    """A path that can only be a folder must be one; the hub is not asked. Raises EngineError."""
    if paths.looks_local(source.where) and not Path(source.where).is_dir():
        raise EngineError(source.missing, sentence("model.no_folder", path=source.where))


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
            trust_remote_code=False,  # said, or transformers asks for it on standard input
            ignore_mismatched_sizes=True,  # named below, in a sentence
            **settings,
        ),
    )
    absent = sorted(info["missing_keys"])
    name = source.named()
    if len(absent) == 1:
        raise EngineError(source.unfit, sentence("model.tensor_missing", source=name, tensor=absent[0]))
    if absent:
        what = sentence("model.tensors_missing", source=name, count=len(absent), tensor=absent[0])
        raise EngineError(source.unfit, what)
    shapes = sorted(str(key[0] if isinstance(key, tuple) else key) for key in info["mismatched_keys"])
    if shapes:
        raise EngineError(source.unfit, sentence("model.other_shape", source=name, tensor=shapes[0]))
    bad = not_finite(model)
    if bad is not None:
        raise EngineError(source.unfit, sentence("model.weights_not_finite", source=name, tensor=bad))
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
